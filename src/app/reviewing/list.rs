//! The list of differences, with what became of each.

use ascribe_engine::agreement::DifferenceKind;
use egui::{
    Align2, ComboBox, EventFilter, FontId, Frame, Id, Key, Margin, ProgressBar, Rect, RichText, Role, ScrollArea,
    Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::{
    compared::Compared,
    filter::{Filter, State, kind_name},
    words::verdict,
};
use crate::{
    command::{Command, Deciding, in_brackets, keys_of},
    panel::documents,
    reading::{label_color, list_key, list_move, tell_row},
    text::{Fonts, isolated, visible},
    theme::{Theme, strong},
    wording::{capitalised, counted, shortened},
    workspace::Workspace,
};

/// Height of a row, so that only the visible ones are laid out.
const ROW: f32 = 58.0;

/// How many of what all overlooked are told.
const MOST_ADDED: usize = 4;

/// The widget of the list.
fn list_id() -> Id {
    Id::unique("list of differences")
}

/// Shows the list, or that of documents.
pub fn ui(ui: &mut Ui, workspace: &mut Workspace, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    ui.set_min_width(ui.available_width());
    Frame::new().inner_margin(Margin { left: 12, right: 12, top: 8, bottom: 4 }).show(ui, |ui| {
        ui.horizontal(|ui| {
            for (name, documents) in [("Differences", false), ("Documents", true)] {
                let chosen = workspace.reviewing.documents == documents;
                let button = ui.add(egui::Button::selectable(chosen, name).frame_when_inactive(true));
                button.widget_info(|| WidgetInfo::selected(Role::Tab, true, chosen, name));
                if button.clicked() {
                    queue.push(Command::Deciding(Deciding::ListDocuments(documents)));
                }
            }
        });
    });
    if workspace.reviewing.documents {
        return documents::ui(ui, workspace, fonts, theme, queue);
    }
    let blind = workspace.current.as_ref().is_some_and(|document| workspace.is_blind(document));
    if workspace.reviewing.compared().is_none() || blind {
        Frame::new().inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
            ui.weak("What annotators tagged differently will be listed here.");
        });
        return;
    }
    Frame::new().inner_margin(Margin::symmetric(12, 2)).show(ui, |ui| {
        progress(ui, workspace, fonts, theme, queue);
        filters(ui, workspace, queue);
    });
    rows(ui, workspace, fonts, theme, queue);
}

/// How much has been decided, and what can be at once.
fn progress(ui: &mut Ui, workspace: &Workspace, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    let count = workspace.reviewing.count;
    let (done, all) = (count.of(State::Decided), count.all());
    let text = format!("{done} of {all} decided");
    ui.label(RichText::new(&text).font(strong(13.0)));
    let share = if all == 0 { 0.0 } else { done as f32 / all as f32 };
    let bar = ui.add(ProgressBar::new(share).desired_height(5.0).desired_width(ui.available_width()));
    bar.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, &text));
    let some = |state: State| (count.of(state) > 0).then(|| format!("{} {}", count.of(state), state.name()));
    let rest =
        [State::Open, State::Stale, State::Deferred].into_iter().filter_map(some).collect::<Vec<_>>().join(" · ");
    if !rest.is_empty() {
        ui.weak(rest);
    }
    if count.unanimous > 0 {
        let command = Command::Deciding(Deciding::Unanimous);
        let keys = keys_of(ui.ctx(), &workspace.entries, &command).unwrap_or_default();
        let text = format!("Accept {} alike…", count.unanimous);
        let button = ui.add(egui::Button::new(text).shortcut_text(keys));
        if button.on_hover_text("What all have tagged in the same way; shown first").clicked() {
            queue.push(command);
        }
    }
    gone(ui, workspace, queue);
    added(ui, workspace, fonts, theme, queue);
}

/// What was tagged because all had overlooked it.
fn added(ui: &mut Ui, workspace: &Workspace, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    let added = workspace.reviewing.compared().map(|compared| compared.layers.added.as_slice()).unwrap_or_default();
    if added.is_empty() {
        return;
    }
    ui.weak(format!("{} that all overlooked:", counted(added.len(), "tag")));
    for annotation in added.iter().take(MOST_ADDED) {
        ui.horizontal(|ui| {
            let words = isolated(&shortened(&annotation.quote(), 40)).into_owned();
            let button = ui.small_button("×").on_hover_text("Take this decision back");
            button.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Take back: {words}")));
            if button.clicked() {
                queue.push(Command::Deciding(Deciding::Withdraw(annotation.id.clone())));
            }
            let color = label_color(theme, workspace.scheme(), &annotation.label);
            let link = fonts.line(ui, &words, 13.0, color, Sense::click());
            link.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("Go to {words}")));
            if link.clicked() {
                queue.push(Command::Select(annotation.extent()));
            }
        });
    }
    if added.len() > MOST_ADDED {
        ui.weak(format!("and {} more", added.len() - MOST_ADDED));
    }
}

/// Decisions of which nothing is left.
fn gone(ui: &mut Ui, workspace: &Workspace, queue: &mut Vec<Command>) {
    let gone = workspace.reviewing.compared().map_or(0, |compared| compared.adjudication.gone().count());
    if gone == 0 {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.weak(format!("! {}: all tags that they were about have been deleted.", counted(gone, "decision")));
        if ui.small_button("Forget them").clicked() {
            queue.push(Command::Deciding(Deciding::ForgetGone));
        }
    });
}

/// Which of them are listed.
fn filters(ui: &mut Ui, workspace: &Workspace, queue: &mut Vec<Command>) {
    let Some(compared) = workspace.reviewing.compared() else { return };
    let filter = &workspace.reviewing.filter;
    let mut set = |filter: Filter| queue.push(Command::Deciding(Deciding::Filter(filter)));
    ui.add_space(2.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        let kinds = DifferenceKind::ALL.map(|kind| (Some(kind), kind_name(kind).to_owned()));
        choice(ui, "What differs", "any difference", &kinds, &filter.kind, |kind| {
            set(Filter { kind, ..filter.clone() });
        });
        let states = State::ALL.map(|state| (Some(state), format!("{} {}", state.sign(), state.name())));
        choice(ui, "State", "any state", &states, &filter.state, |state| set(Filter { state, ..filter.clone() }));
        let labels = workspace.scheme().labels.iter().map(|label| (Some(label.name.clone()), label.name.clone()));
        let labels: Vec<_> = labels.collect();
        choice(ui, "Label", "any label", &labels, &filter.label, |label| set(Filter { label, ..filter.clone() }));
        let side = |(number, side): (usize, &ascribe_engine::compare::Side)| {
            (Some(side.annotator.clone()), format!("tagged by {}", compared.names().name(number)))
        };
        let sides: Vec<_> = compared.comparison.sides.iter().enumerate().map(side).collect();
        choice(ui, "Annotator", "by anybody", &sides, &filter.annotator, |annotator| {
            set(Filter { annotator, ..filter.clone() });
        });
    });
    let mut identical = filter.identical;
    let text = format!("Show {} alike", workspace.reviewing.count.same);
    if workspace.reviewing.count.same > 0 && ui.checkbox(&mut identical, text).changed() {
        set(Filter { identical, ..filter.clone() });
    }
}

/// One thing to filter by.
fn choice<T: PartialEq + Clone>(
    ui: &mut Ui,
    name: &str,
    any: &str,
    options: &[(Option<T>, String)],
    now: &Option<T>,
    mut set: impl FnMut(Option<T>),
) {
    let shown = options.iter().find(|(value, _)| value == now).map_or(any, |(_, text)| text.as_str());
    let shown = if now.is_none() { any } else { shown };
    let combo = ComboBox::from_id_salt(name).selected_text(RichText::new(shown).size(12.0)).width(0.0);
    let combo = combo.show_ui(ui, |ui| {
        if ui.selectable_label(now.is_none(), any).clicked() {
            set(None);
        }
        for (value, text) in options {
            if ui.selectable_label(value == now, text).clicked() {
                set(value.clone());
            }
        }
    });
    combo.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("{name}: {shown}")));
}

fn rows(ui: &mut Ui, workspace: &mut Workspace, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    let reviewing = &mut workspace.reviewing;
    let follow = std::mem::take(&mut reviewing.follow);
    let (count, here) = (reviewing.listed.len(), reviewing.at);
    let here = here.and_then(|at| reviewing.listed.iter().position(|case| *case == at));
    let area = ui.available_rect_before_wrap();
    let list = ui.interact(area, list_id(), Sense::click());
    list.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, format!("Differences: {count}")));
    if count == 0 {
        nothing(ui, workspace, queue);
        return;
    }
    let page = (area.height() / ROW).floor().max(1.0) as usize;
    if list.has_focus() {
        let filter = EventFilter { tab: false, horizontal_arrows: false, vertical_arrows: true, escape: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(list.id, filter));
        if let Some(row) = list_move(ui, here.unwrap_or(0), page, count - 1) {
            let row = if here.is_none() { 0 } else { row };
            queue.push(Command::Deciding(Deciding::Case(workspace.reviewing.listed[row])));
        }
        if list_key(ui, Key::Enter) {
            queue.push(Command::Escape); // Back to the article, where Enter decides.
        }
        here.into_iter().for_each(|row| tell_row(ui, list.id, list.id.with(row)));
    }
    let mut scroll = ScrollArea::vertical().id_salt("differences").auto_shrink(false);
    if follow && let Some(here) = here {
        let top = ui.data(|data| data.get_temp::<f32>(list_id())).unwrap_or(0.0);
        let (row, height) = (here as f32 * ROW, area.height());
        if row < top || row + ROW > top + height {
            scroll = scroll.vertical_scroll_offset((row - height / 3.0).max(0.0));
        }
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let shown = scroll.show_rows(ui, ROW, count, |ui, rows| {
        for number in rows {
            row(ui, workspace, number, here == Some(number), fonts, theme, queue);
        }
    });
    ui.data_mut(|data| data.insert_temp(list_id(), shown.state.clamped_offset().y));
    if list.has_focus() {
        ui.painter().rect_stroke(area.shrink(1.0), 2.0, Stroke::new(1.5, theme.accent.0), StrokeKind::Inside);
    }
}

fn nothing(ui: &mut Ui, workspace: &Workspace, queue: &mut Vec<Command>) {
    Frame::new().inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
        let filter = &workspace.reviewing.filter;
        if filter.is_open() {
            ui.label("No differences: all have tagged the same.");
            return;
        }
        ui.label("No difference fits these filters.");
        if ui.button("Show all").clicked() {
            let filter = Filter { identical: filter.identical, ..Filter::default() };
            queue.push(Command::Deciding(Deciding::Filter(filter)));
        }
    });
}

fn row(
    ui: &mut Ui,
    workspace: &Workspace,
    number: usize,
    here: bool,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    let reviewing = &workspace.reviewing;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let Some((compared, &case)) = reviewing.compared().zip(reviewing.listed.get(number)) else { return };
    let Some((state, first)) = compared.case(case).map(State::of).zip(compared.first(case)) else { return };
    // Arrow keys go from row to row: for Tab, all of the list is one stop.
    let response = ui.interact(rect, list_id().with(number), Sense::CLICK);
    let (what, words) = (said(compared, case), shortened(&first.quote(), 80));
    let name = format!("{} {}: {}, {what}, {}", number + 1, first.label, isolated(&words), state.name());
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, here, &name));
    let painter = ui.painter_at(rect);
    if here {
        painter.rect_filled(rect, 0.0, theme.page.0);
        painter.rect_filled(Rect::from_min_size(rect.min, vec2(3.0, ROW)), 0.0, theme.accent.0);
    } else if response.hovered() {
        painter.rect_filled(rect, 0.0, theme.control.0);
    }
    let color = match state {
        State::Open => theme.muted.0,
        State::Stale => theme.warning.0,
        State::Deferred => theme.accent.0,
        State::Decided => theme.good.0,
    };
    let (left, right) = (rect.left() + 12.0, rect.right() - 8.0);
    painter.text(pos2(left, rect.top() + 7.0), Align2::LEFT_TOP, state.sign(), strong(12.0), color);
    let label = capitalised(&first.label);
    let galley = painter.layout_no_wrap(label, strong(12.0), label_color(theme, workspace.scheme(), &first.label));
    let after = left + 18.0 + galley.size().x + 6.0;
    painter.galley(pos2(left + 18.0, rect.top() + 7.0), galley, theme.ink.0);
    let place =
        |from: f32, top: f32| Rect::from_min_max(pos2(from, rect.top() + top), pos2(right, rect.bottom() - 2.0));
    fonts.paint_lines(&painter, &words, place(after, 6.0), 1, FontId::proportional(13.0), theme.ink.0);
    fonts.paint_lines(&painter, &visible(&what), place(left + 18.0, 23.0), 1, FontId::proportional(12.0), theme.ink.0);
    let below = below(compared, case, state);
    fonts.paint_lines(&painter, &visible(&below), place(left + 18.0, 39.0), 1, FontId::proportional(12.0), color);
    painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, theme.line.0.gamma_multiply(0.4)));
    if response.clicked() {
        queue.push(Command::Deciding(Deciding::Case(case)));
    }
}

/// What differs, in one line.
fn said(compared: &Compared, case: usize) -> String {
    let differences = compared.differences(case);
    if differences.is_empty() { "alike".to_owned() } else { differences.join(" · ") }
}

/// What became of it, in one line.
fn below(compared: &Compared, case: usize, state: State) -> String {
    let decision = compared.case(case).and_then(|case| case.state.decision());
    match decision.filter(|_| state != State::Deferred) {
        Some(decision) if state == State::Stale => {
            format!("{}: was {}", state.name(), verdict(decision, compared.names()))
        }
        Some(decision) => verdict(decision, compared.names()),
        None => state.name().to_owned(),
    }
}

/// How to get to the list, for a hint.
pub fn hint(ui: &Ui, workspace: &Workspace) -> String {
    let next = Command::Deciding(Deciding::Step(true));
    format!("Choose a difference in the list, or go to the next{}.", in_brackets(ui.ctx(), &workspace.entries, &next))
}
