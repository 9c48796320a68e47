//! The outline: headings and paragraphs by their first words, with how many tags lie on each.

use egui::{
    Align2, EventFilter, FontId, Frame, Id, Key, Margin, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use crate::{
    command::Command,
    reading::{Reading, list_key, list_move, tell_row},
    text::{Fonts, visible},
    theme::{Theme, strong},
    wording::{counted, grouped, shortened},
    workspace::Workspace,
};

/// Height of a row, so that only the visible ones are laid out.
const ROW: f32 = 26.0;
/// How many characters of a part are read at most.
const WORDS: usize = 90;

/// The widget that has the keyboard for the outline.
#[must_use]
pub fn outline_id() -> Id {
    Id::unique("outline")
}

/// Shows the outline of the document that is shown.
pub fn ui(ui: &mut Ui, workspace: &mut Workspace, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    let Some(current) = workspace.current.clone() else { return };
    let Some(mut reading) = workspace.readings.remove(&current) else {
        return said(ui, "There is no text to outline.");
    };
    if reading.outline.is_busy() {
        said(ui, "Reading the text…");
    } else if reading.outline.parts.is_empty() {
        said(ui, "This text is empty.");
    } else {
        list(ui, workspace, &mut reading, fonts, theme, queue);
    }
    workspace.readings.insert(current, reading);
}

fn said(ui: &mut Ui, words: &str) {
    Frame::new().inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| ui.weak(words));
}

fn list(
    ui: &mut Ui,
    workspace: &mut Workspace,
    reading: &mut Reading,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    let area = ui.available_rect_before_wrap();
    let list = ui.interact(area, outline_id(), Sense::click());
    if std::mem::take(&mut workspace.left.wants_keys) {
        list.request_focus();
    }
    let (count, here) = (reading.outline.parts.len(), reading.part());
    let headings = reading.outline.headings;
    let name = format!("Outline: {}, {}", counted(headings, "heading"), counted(count - headings, "paragraph"));
    list.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, &name));
    let page = (area.height() / ROW).floor().max(1.0) as usize;
    if list.has_focus() {
        let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(list.id, filter));
        keys(ui, here.unwrap_or(0), count, page, queue);
        here.into_iter().for_each(|row| tell_row(ui, list.id, list.id.with(row)));
    }
    let mut scroll = ScrollArea::vertical().id_salt("outline").auto_shrink(false);
    let outline = &mut reading.outline;
    if outline.followed != here {
        outline.followed = here;
        // Only where the mark would be out of sight: what a person has scrolled to stays.
        if let Some(here) = here.filter(|here| !outline.seen.contains(here)) {
            scroll = scroll.vertical_scroll_offset((here as f32 - page as f32 / 2.0).max(0.0) * ROW);
        }
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let shown = scroll.show_rows(ui, ROW, count, |ui, rows| {
        for number in rows.clone() {
            row(ui, workspace, reading, number, here == Some(number), fonts, theme, queue);
        }
        rows
    });
    // The last two rows are seen in part at most.
    let seen = shown.inner;
    reading.outline.seen = seen.start..seen.end.saturating_sub(if seen.end < count { 2 } else { 0 });
    if list.has_focus() {
        ui.painter().rect_stroke(area.shrink(1.0), 2.0, Stroke::new(1.5, theme.accent.0), StrokeKind::Inside);
    }
}

fn keys(ui: &Ui, here: usize, count: usize, page: usize, queue: &mut Vec<Command>) {
    if let Some(number) = list_move(ui, here, page, count.saturating_sub(1)) {
        queue.push(Command::ShowPart(number, false));
    }
    if list_key(ui, Key::Enter) {
        queue.push(Command::ShowPart(here, true));
    }
}

#[expect(clippy::too_many_arguments, reason = "a row is drawn from all of it and nothing else needs the same")]
fn row(
    ui: &mut Ui,
    workspace: &Workspace,
    reading: &mut Reading,
    number: usize,
    here: bool,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    let Some(part) = reading.outline.parts.get(number).copied() else { return };
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    // Arrow keys go from row to row: for Tab, all of the list is one stop.
    let response = ui.interact(rect, outline_id().with(number), Sense::CLICK);
    let end = part.span.start.plus(WORDS as u32 + 1).min(part.span.end);
    let words = reading.pane.text().slice(ascribe_schema::Span { end, ..part.span }).unwrap_or_default();
    let words = shortened(words, WORDS);
    let viewed = workspace.view.as_ref().map(|(name, _)| name.as_str()).unwrap_or_default();
    let tags = reading.outline.count(number, workspace.shown_set(), viewed);
    let kind = if part.heading.is_some() { "Heading" } else { "Paragraph" };
    let name = format!("{kind}: {words}, {}", counted(tags, "tag"));
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, here, &name));
    let painter = ui.painter_at(rect);
    if here {
        painter.rect_filled(rect, 0.0, theme.page.0);
        painter.rect_filled(Rect::from_min_size(rect.min, vec2(3.0, ROW)), 0.0, theme.accent.0);
    } else if response.hovered() {
        painter.rect_filled(rect, 0.0, theme.control.0);
    }
    let mut right = rect.right() - 10.0;
    if tags > 0 {
        let at = pos2(right, rect.center().y);
        let count = painter.text(at, Align2::RIGHT_CENTER, grouped(tags), FontId::proportional(12.0), theme.muted.0);
        right = count.left() - 8.0;
    }
    let indent = part.heading.map_or(22.0, |level| 4.0 + 6.0 * f32::from(level.min(4)));
    let place = Rect::from_min_max(pos2(rect.left() + indent, rect.top() + 5.0), pos2(right, rect.bottom()));
    let color = if part.heading.is_some() || here { theme.ink.0 } else { theme.muted.0 };
    let font = if part.heading.is_some() { strong(13.0) } else { FontId::proportional(13.0) };
    fonts.paint_lines(&painter, &visible(&words), place, 1, font, color);
    if response.clicked() {
        queue.push(Command::ShowPart(number, true));
    }
}
