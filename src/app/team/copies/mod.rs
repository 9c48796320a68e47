//! What two copies of one's own tags disagree about: a queue in which one side is taken after the other.

mod words;

use std::sync::Arc;

use ascribe_engine::{Session, merge::Choice};
use ascribe_schema::{Conflict, DocumentId};
use egui::{
    Button, EventFilter, Frame, Id, Key, Margin, RichText, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
};

use self::words::{Told, told};
use super::command;
use crate::{
    command::{Command, Team},
    reading::{list_key, list_move, tell_row},
    text::{Fonts, visible},
    theme::{Theme, strong},
    wording::{capitalised, counted},
    workspace::Workspace,
};

/// The queue of what two copies disagree about.
#[derive(Default)]
pub struct Copies {
    rows: Vec<Row>,
    /// The sets that they were read from, as they were then.
    read: Vec<(DocumentId, u64)>,
    here: usize,
    /// Whether the row that the keys act on should be brought into view.
    follow: bool,
    /// Whether the queue should get the keyboard.
    pub wants_keys: bool,
}

/// One thing that two copies disagree about.
struct Row {
    document: DocumentId,
    title: String,
    conflict: Arc<Conflict>,
    told: Told,
}

impl Copies {
    /// Keeps the queue up to date with the annotator's own sets.
    pub fn prepare(&mut self, session: &Session) {
        let documents = session.project().documents.keys();
        let with = documents.filter_map(|id| Some((id, session.set(id)?)));
        let with: Vec<_> = with.filter(|(_, set)| set.state().conflicts().len() > 0).collect();
        let read: Vec<_> = with.iter().map(|(id, set)| ((*id).clone(), set.version())).collect();
        if read == self.read {
            return;
        }
        self.read = read;
        let rows = with.into_iter().flat_map(|(id, set)| {
            let title = session.project().documents.get(id).map(|document| document.record.title.clone());
            let title = title.unwrap_or_default();
            set.state().conflicts().map(move |conflict| Row {
                document: id.clone(),
                title: title.clone(),
                conflict: conflict.clone(),
                told: told(conflict, set),
            })
        });
        self.rows = rows.collect();
        self.go_to(self.here);
    }

    /// How many things there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is nothing to settle.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Lets the keys act on another row.
    pub fn go_to(&mut self, number: usize) {
        (self.here, self.follow) = (number.min(self.rows.len().saturating_sub(1)), true);
    }

    /// Where the thing with that number is: its document, its record, and the tag to show.
    #[must_use]
    pub fn thing(&self, number: usize) -> Option<(&DocumentId, &Arc<Conflict>, Option<&ascribe_schema::AnnotationId>)> {
        let row = self.rows.get(number)?;
        Some((&row.document, &row.conflict, row.told.annotation.as_ref()))
    }
}

/// The widget that has the keyboard for the queue.
fn list_id() -> Id {
    Id::unique("copies that differ")
}

/// Shows the queue.
pub(super) fn ui(ui: &mut Ui, workspace: &mut Workspace, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    let copies = &mut workspace.team.copies;
    Frame::new().inner_margin(Margin { left: 16, right: 16, top: 0, bottom: 6 }).show(ui, |ui| {
        let words = match copies.len() {
            0 => "Nothing to settle. When your work comes together from two computers and both changed the same thing, it waits here until you choose.".to_owned(),
            1 => "Two copies of your work changed the same thing differently. Nothing is lost: choose which holds. Undo takes a choice back.".to_owned(),
            count => format!("Two copies of your work changed {} differently. Nothing is lost: choose for each which holds. Undo takes a choice back.", counted(count, "thing")),
        };
        fonts.label(ui, &words, 13.5, theme.muted.0);
    });
    if copies.is_empty() {
        return;
    }
    let area = ui.available_rect_before_wrap();
    let list = ui.interact(area, list_id(), Sense::click());
    if std::mem::take(&mut copies.wants_keys) {
        list.request_focus();
    }
    list.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, format!("Copies that differ: {}", copies.len())));
    if list.has_focus() {
        let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(list.id, filter));
        keys(ui, copies, queue);
        tell_row(ui, list.id, list.id.with(copies.here));
    }
    let (here, follow) = (copies.here, std::mem::take(&mut copies.follow));
    ScrollArea::vertical().id_salt("copies").auto_shrink(false).show(ui, |ui| {
        for (number, row) in copies.rows.iter().enumerate() {
            let place = card(ui, row, number, here == number, fonts, theme, queue);
            if follow && here == number {
                ui.scroll_to_rect(place, None);
            }
        }
    });
    if list.has_focus() {
        ui.painter().rect_stroke(area.shrink(1.0), 2.0, Stroke::new(1.5, theme.accent.0), StrokeKind::Inside);
    }
}

fn keys(ui: &Ui, copies: &Copies, queue: &mut Vec<Command>) {
    if let Some(number) = list_move(ui, copies.here, 5, copies.len() - 1) {
        queue.push(command(Team::Thing(number)));
    }
    for (key, choice) in [(Key::Num1, Choice::Ours), (Key::Num2, Choice::Theirs), (Key::Num3, Choice::AsItIs)] {
        if list_key(ui, key) {
            queue.push(command(Team::Settle(copies.here, choice)));
        }
    }
    if list_key(ui, Key::Enter) {
        queue.push(command(Team::ShowThing(copies.here)));
    }
}

/// One thing, with what each copy makes of it.
fn card(
    ui: &mut Ui,
    row: &Row,
    number: usize,
    here: bool,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) -> egui::Rect {
    let line = if here { Stroke::new(1.5, theme.accent.0) } else { Stroke::new(1.0, theme.line.0) };
    let frame = Frame::new().fill(theme.panel.0).stroke(line).corner_radius(6).inner_margin(Margin::symmetric(12, 8));
    let shown = frame.outer_margin(Margin { left: 16, right: 16, top: 3, bottom: 5 }).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let [base, first, second] = &row.told.values;
        fonts.label(ui, &format!("{}: {}", capitalised(&row.told.about), row.told.field), 14.5, theme.ink.0);
        fonts.label(ui, &visible(&row.title), 12.0, theme.muted.0);
        ui.add_space(2.0);
        for (name, value) in [("Before", base), ("First copy", first), ("Second copy", second)] {
            ui.horizontal_top(|ui| {
                let (_, place) = ui.allocate_space(egui::vec2(92.0, 18.0));
                let at = place.left_top() + egui::vec2(0.0, 1.0);
                ui.painter().text(at, egui::Align2::LEFT_TOP, name, strong(12.5), theme.muted.0);
                ui.vertical(|ui| fonts.label(ui, value, 14.0, theme.ink.0));
            });
        }
        ui.horizontal_wrapped(|ui| {
            for (name, key, choice) in [
                ("Take the first", "1", Choice::Ours),
                ("Take the second", "2", Choice::Theirs),
                ("Leave it as it stands now", "3", Choice::AsItIs),
            ] {
                let text = RichText::new(name);
                let button = ui.add(Button::new(text).shortcut_text(key));
                button.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{name}, {}", row.told.about)));
                if button.clicked() {
                    queue.push(command(Team::Settle(number, choice)));
                }
            }
            if ui.button("Show").on_hover_text("Go there in the article (Enter)").clicked() {
                queue.push(command(Team::ShowThing(number)));
            }
        });
    });
    let place = shown.response.rect;
    let response = ui.interact(place, list_id().with(number), Sense::HOVER);
    let [_, first, second] = &row.told.values;
    let spoken = format!("{}, {}: first copy {first}, second copy {second}", row.told.about, row.told.field);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, here, &spoken));
    place
}
