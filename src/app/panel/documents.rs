//! The list of documents, with how far the annotator has come in each.

use ascribe_engine::Session;
use ascribe_schema::{DocumentId, Progress};
use egui::{FontId, Frame, Margin, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use crate::{
    command::Command,
    scroll::follow_focus,
    text::{Fonts, isolated, visible},
    theme::{Theme, strong},
    wording::counted,
    workspace::Workspace,
};

/// Height of a row, so that only the visible ones are laid out.
const ROW: f32 = 66.0;
/// From how many documents on there is a field to filter them.
const MANY: usize = 8;

/// Shows the list.
pub fn ui(ui: &mut Ui, workspace: &mut Workspace, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    Frame::new().inner_margin(Margin::symmetric(12, 4)).show(ui, |ui| {
        let Workspace { session, filter, team, .. } = workspace;
        let documents = &session.project().documents;
        let finished = session.finished();
        ui.weak(format!("{finished} of {} finished", documents.len()));
        if documents.len() >= MANY {
            let field = TextEdit::singleline(filter).hint_text("Filter by title");
            let field = ui.add(field.desired_width(f32::INFINITY));
            field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Filter documents by title"));
        }
        let asked = documents.keys().filter(|id| is_asked(session, id)).count();
        if asked > 0 && asked < documents.len() {
            let only = ui.checkbox(&mut team.only_asked, format!("Only those for you ({asked})"));
            only.on_hover_text("What the team has asked you to annotate");
        }
        team.only_asked &= asked > 0;
    });
    let wants_keys = std::mem::take(&mut workspace.left.wants_keys);
    let documents = &workspace.session.project().documents;
    let words = workspace.filter.to_lowercase();
    let fits = |title: &str| words.is_empty() || title.to_lowercase().contains(&words);
    let wanted = |id: &DocumentId| !workspace.team.only_asked || is_asked(&workspace.session, id);
    let fitting = documents.iter().filter(|(id, document)| wanted(id) && fits(&document.record.title));
    let shown: Vec<_> = fitting.map(|(id, _)| id).collect();
    if shown.is_empty() {
        empty(ui, documents.is_empty(), queue);
    }
    ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW, shown.len(), |ui, rows| {
        ui.spacing_mut().item_spacing.y = 0.0;
        follow_focus(ui);
        for id in &shown[rows] {
            let wants_keys = wants_keys && workspace.current.as_ref() == Some(id);
            row(ui, workspace, id, wants_keys, fonts, theme, queue);
        }
    });
}

/// Whether the annotator was asked to annotate a document.
fn is_asked(session: &Session, id: &DocumentId) -> bool {
    let asked = session.project().file.assignments.get(id);
    asked.is_some_and(|names| names.contains(session.annotator()))
}

fn empty(ui: &mut Ui, no_documents: bool, queue: &mut Vec<Command>) {
    Frame::new().inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
        if no_documents {
            ui.label("No articles yet. Drop some here, paste one, or");
            if ui.button("Import articles…").clicked() {
                queue.push(Command::Import);
            }
        } else {
            ui.label("No title has these words.");
        }
    });
}

fn row(
    ui: &mut Ui,
    workspace: &Workspace,
    id: &DocumentId,
    wants_keys: bool,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    let Some(document) = workspace.session.project().documents.get(id) else { return };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let chosen = workspace.current.as_ref() == Some(id);
    let count = workspace.session.set(id).map_or(0, ascribe_engine::WorkingSet::len);
    let (sign, state, color) = match workspace.session.progress(id) {
        _ if document.text.is_none() => ("!", "text missing".to_owned(), theme.error.0),
        None => ("○", "not started".to_owned(), theme.muted.0),
        Some(Progress::InProgress) => ("◐", format!("in progress · {}", counted(count, "tag")), theme.accent.0),
        Some(Progress::Finished) => ("●", format!("finished · {}", counted(count, "tag")), theme.good.0),
    };
    if wants_keys {
        response.request_focus();
    }
    let open = workspace.session.progress(id) != Some(Progress::Finished);
    let state = if open && is_asked(&workspace.session, id) { format!("{state} · for you") } else { state };
    let name = format!("{}, {state}", isolated(&document.record.title));
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &name));
    let painter = ui.painter_at(rect);
    if chosen {
        painter.rect_filled(rect, 0.0, theme.page.0);
        painter.rect_filled(egui::Rect::from_min_size(rect.min, vec2(3.0, ROW)), 0.0, theme.accent.0);
    } else if response.hovered() || response.has_focus() {
        painter.rect_filled(rect, 0.0, theme.control.0);
    }
    if response.has_focus() {
        let line = egui::Stroke::new(1.5, theme.accent.0);
        painter.rect_stroke(rect.shrink(1.0), 2.0, line, egui::StrokeKind::Inside);
    }
    let title = visible(&document.record.title);
    let place = egui::Rect::from_min_size(rect.min + vec2(14.0, 8.0), vec2(rect.width() - 26.0, 36.0));
    let font = if chosen { strong(13.5) } else { FontId::proportional(13.5) };
    fonts.paint_lines(&painter, &title, place, 2, font, theme.ink.0);
    let below = pos2(rect.left() + 14.0, rect.bottom() - 8.0);
    let line = [sign, &state].join(" ");
    painter.text(below, egui::Align2::LEFT_BOTTOM, line, FontId::proportional(12.0), color);
    painter.hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, theme.line.0));
    if response.clicked() {
        queue.push(Command::Show(id.clone()));
    }
}
