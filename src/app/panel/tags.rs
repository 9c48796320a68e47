//! The list of all tags of a document, for when none is in focus.

use ascribe_schema::Annotation;
use egui::{RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use crate::{
    command::{Command, Deciding, Suggesting, keys_of},
    reading::{Stop, label_color, sentence},
    reviewing::WHY,
    revising::list_ui,
    scroll::follow_focus,
    text::{Fonts, visible},
    theme::{Theme, strong},
    wording::{counted, shortened},
    workspace::Workspace,
};

/// Height of a row, so that only the visible ones are laid out.
const ROW: f32 = 44.0;

/// Shows the list.
pub fn ui(ui: &mut Ui, workspace: &Workspace, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    list_ui(ui, workspace, theme, queue);
    suggestions(ui, workspace);
    ui.label(RichText::new("Tags").font(strong(15.0)));
    let Some(set) = workspace.shown_set().filter(|set| !set.is_empty()) else {
        ui.label("None yet. Select words with the mouse, or with Shift and the arrow keys, and press a label's key.");
        let keys = |command: Command| keys_of(ui.ctx(), &workspace.entries, &command);
        let quoted =
            keys(Command::StepTo(Stop::Quoted, true)).map(|keys| format!("{keys} goes to the next quoted string."));
        let all = keys(Command::Shortcuts).map(|keys| format!("{keys} shows all keys."));
        ui.weak([quoted, all].into_iter().flatten().collect::<Vec<_>>().join(" "));
        others(ui, workspace, queue);
        ui.add_space(8.0);
        for (number, label) in workspace.scheme().labels.iter().enumerate() {
            let color = label_color(theme, workspace.scheme(), &label.name);
            ui.horizontal(|ui| {
                let keys = keys_of(ui.ctx(), &workspace.entries, &Command::Tag(number)).unwrap_or_default();
                ui.label(RichText::new(keys).font(strong(14.0)).color(color));
                ui.label(RichText::new(&label.name).color(color));
            });
            fonts.label(ui, &visible(&label.guideline), 14.0, theme.muted.0);
        }
        return;
    };
    let ties = counted(set.relations().len(), "tie");
    let change = if workspace.read_only().is_none() { " and change" } else { "" };
    ui.weak(format!("{}, {ties}. Click one to see{change} it.", counted(set.len(), "tag")));
    ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW, set.len(), |ui, rows| {
        ui.spacing_mut().item_spacing.y = 0.0;
        follow_focus(ui);
        for annotation in set.annotations_from(rows.start).take(rows.len()) {
            row(ui, workspace, annotation, fonts, theme, queue);
        }
    });
}

/// How to go through the suggestions, if there are any.
fn suggestions(ui: &mut Ui, workspace: &Workspace) {
    let open = workspace.reading().and_then(|reading| reading.offers.open());
    let Some(count) = open.map(|open| open.suggestions.len()).filter(|count| *count > 0) else { return };
    let keys = |command| keys_of(ui.ctx(), &workspace.entries, &Command::Suggesting(command));
    let next = keys(Suggesting::Step(true)).map(|keys| format!(" {keys} goes to the next one.")).unwrap_or_default();
    let answers = keys(Suggesting::Accept).zip(keys(Suggesting::Reject)).filter(|_| workspace.read_only().is_none());
    let answers = answers.map(|(yes, no)| format!(" There {yes} accepts, and {no} rejects.")).unwrap_or_default();
    ui.label(RichText::new("Suggestions").font(strong(15.0)));
    ui.weak(format!("{}, dashed in the text.{next}{answers}", counted(count, "suggestion")));
    ui.add_space(6.0);
}

fn row(
    ui: &mut Ui,
    workspace: &Workspace,
    annotation: &Annotation,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Show {}", sentence(annotation))));
    let painter = ui.painter_at(rect);
    if response.hovered() || response.has_focus() {
        painter.rect_filled(rect, 3.0, theme.control.0);
    }
    let color = label_color(theme, workspace.scheme(), &annotation.label);
    let at = rect.min + vec2(4.0, 4.0);
    painter.text(at, egui::Align2::LEFT_TOP, &annotation.label, strong(12.0), color);
    let quote = shortened(&annotation.quote(), 120);
    let line = egui::Rect::from_min_max(rect.min + vec2(4.0, 21.0), rect.max - vec2(4.0, 2.0));
    fonts.paint_lines(&painter, &quote, line, 1, egui::FontId::proportional(13.0), theme.ink.0);
    if response.clicked() {
        queue.push(Command::Focus(Some(annotation.id.clone())));
    }
}

/// Whose tags could be looked at while there are none of one's own.
fn others(ui: &mut Ui, workspace: &Workspace, queue: &mut Vec<Command>) {
    let Some(document) = workspace.document().filter(|_| workspace.view.is_none()) else { return };
    ui.add_space(12.0);
    if workspace.is_blind(&document.record.id) {
        ui.weak(WHY);
        if ui.button("I review this article").clicked() {
            queue.push(Command::Deciding(Deciding::OpenAnyway));
        }
    }
    for name in document.sets.keys().filter(|name| !workspace.hides(name)) {
        let text = if name.is_gold() { "See the gold tags".to_owned() } else { format!("See {name}'s tags") };
        if ui.button(text).clicked() {
            queue.push(Command::View(Some(name.clone())));
        }
    }
}
