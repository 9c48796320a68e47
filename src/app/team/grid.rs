//! The table of articles and people. Its head and its first column stay in view; only what is seen is drawn.

use ascribe_engine::{adjudicate::CaseCounts, assign::Stage};
use ascribe_schema::{AnnotatorName, DocumentId};
use egui::{
    Align2, Color32, EventFilter, FontId, Id, Key, Pos2, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use super::{
    board::{Board, Cell, Table, Total, bar, waiting},
    command,
};
use crate::{
    command::{Command, Team},
    reading::{list_key, list_move, tell_row},
    text::{Fonts, isolated, visible},
    theme::{Theme, strong},
    wording::counted,
};

/// Height of a row.
const ROW: f32 = 46.0;
/// Height of the names above.
const HEAD: f32 = 54.0;
/// The least width of a column, and the greatest.
const COLUMN: (f32, f32) = (112.0, 150.0);

/// The widget that has the keyboard for the table.
fn grid_id() -> Id {
    Id::unique("team table")
}

/// Where everything is.
struct Layout {
    /// The corner of the table, which moves when it is scrolled.
    origin: Pos2,
    /// What of it is seen.
    seen: Rect,
    title: f32,
    column: f32,
}

impl Layout {
    fn cell(&self, row: usize, column: usize) -> Rect {
        let x = self.origin.x + self.title + column as f32 * self.column;
        let y = self.origin.y + HEAD + row as f32 * ROW;
        Rect::from_min_size(pos2(x, y), vec2(self.column, ROW))
    }

    /// The title of a row, which stays at the left.
    fn title(&self, row: usize) -> Rect {
        let y = self.origin.y + HEAD + row as f32 * ROW;
        Rect::from_min_size(pos2(self.seen.left(), y), vec2(self.title, ROW))
    }

    /// The name of a column, which stays at the top.
    fn head(&self, column: usize) -> Rect {
        Rect::from_min_size(pos2(self.cell(0, column).left(), self.seen.top()), vec2(self.column, HEAD))
    }
}

/// Shows the table.
pub(super) fn ui(
    ui: &mut Ui,
    table: &Table<'_>,
    board: &Board,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    let area = ui.available_rect_before_wrap();
    let grid = ui.interact(area, grid_id(), Sense::click());
    if board.wants_keys {
        grid.request_focus();
    }
    let (rows, columns) = (table.documents.len(), table.people.len());
    let name = format!("Who annotates what: {} and {}", counted(rows, "article"), counted(columns, "annotator"));
    grid.widget_info(|| WidgetInfo::labeled(Role::Grid, true, &name));
    if grid.has_focus() {
        let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(grid.id, filter));
        keys(ui, table, board, ((area.height() - HEAD) / ROW).max(1.0) as usize, queue);
        board.here.into_iter().for_each(|here| tell_row(ui, grid.id, grid.id.with(here)));
    }
    let title = (area.width() * 0.34).clamp(150.0, 340.0);
    let column = ((area.width() - title - 14.0) / columns as f32).clamp(COLUMN.0, COLUMN.1);
    let size = vec2(title + column * columns as f32, HEAD + ROW * rows as f32);
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    ScrollArea::both().id_salt("team table").auto_shrink(false).show_viewport(ui, |ui, viewport| {
        let origin = ui.max_rect().min;
        ui.allocate_rect(Rect::from_min_size(origin, size), Sense::hover());
        let layout = Layout { origin, seen: ui.clip_rect(), title, column };
        if board.follow
            && let Some((row, column)) = board.here
        {
            // What stays in view covers the start of both.
            let mut place = layout.cell(row, column);
            place.min -= vec2(title, HEAD);
            ui.scroll_to_rect(place, None);
        }
        let first = ((viewport.top() / ROW).floor().max(0.0)) as usize;
        let last = (((viewport.bottom() - HEAD) / ROW).ceil().max(0.0) as usize).min(rows);
        for row in first.min(last)..last {
            cells(ui, table, board, &layout, row, theme, queue);
        }
        for row in first.min(last)..last {
            title_ui(ui, table, &layout, row, fonts, theme, queue);
        }
        heads(ui, table, &layout, fonts, theme);
    });
    if grid.has_focus() {
        ui.painter().rect_stroke(area.shrink(1.0), 2.0, Stroke::new(1.5, theme.accent.0), StrokeKind::Inside);
    }
}

fn keys(ui: &Ui, table: &Table<'_>, board: &Board, page: usize, queue: &mut Vec<Command>) {
    let (rows, columns) = (table.documents.len(), table.people.len());
    let Some(last) = rows.checked_sub(1) else { return };
    let (row, column) = board.here.map_or((0, 0), |(row, column)| (row.min(last), column.min(columns - 1)));
    let to = list_move(ui, row, page, last).map(|row| (row, column));
    let right = list_key(ui, Key::ArrowRight).then_some((row, (column + 1).min(columns - 1)));
    let left = list_key(ui, Key::ArrowLeft).then_some((row, column.saturating_sub(1)));
    if let Some((row, column)) = to.or(right).or(left) {
        // The first press only shows where the keys are.
        let (row, column) = if board.here.is_none() { (0, 0) } else { (row, column) };
        queue.push(command(Team::Cell(row, column)));
    }
    if board.here.is_none() {
        return;
    }
    if list_key(ui, Key::Space) {
        queue.push(command(Team::Assign(table.documents[row].clone(), table.people[column].clone())));
    }
    if list_key(ui, Key::Enter) {
        queue.push(command(Team::Open(table.documents[row].clone())));
    }
}

fn cells(
    ui: &mut Ui,
    table: &Table<'_>,
    board: &Board,
    layout: &Layout,
    row: usize,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    let id = table.documents[row];
    let line = layout.cell(row, 0).bottom();
    ui.painter().hline(layout.seen.x_range(), line, Stroke::new(1.0, theme.line.0.gamma_multiply(0.6)));
    for (column, name) in table.people.iter().enumerate() {
        let place = layout.cell(row, column);
        if place.right() < layout.seen.left() + layout.title || place.left() > layout.seen.right() {
            continue;
        }
        let cell = table.cell(id, name);
        let response = ui.interact(place, grid_id().with((row, column)), Sense::CLICK);
        let here = board.here == Some((row, column));
        let spoken = spoken(table, id, name, cell);
        response.widget_info(|| WidgetInfo::selected(Role::GridCell, true, cell.assigned, &spoken));
        paint(ui, place, cell, here, response.hovered(), theme);
        let what = if cell.assigned { "Click: no longer ask" } else { "Click: ask" };
        if response.on_hover_text(format!("{what} {name} to annotate this article")).clicked() {
            queue.push(command(Team::Cell(row, column)));
            queue.push(command(Team::Assign(id.clone(), name.clone())));
        }
    }
}

/// The colour of how far somebody is; the word always stands beside it.
fn color(stage: Stage, theme: &Theme) -> Color32 {
    match stage {
        Stage::NotStarted => theme.muted.0,
        Stage::InProgress => theme.accent.0,
        Stage::Finished => theme.good.0,
        Stage::Adjudicated => theme.ink.0,
    }
}

/// What a person who does not see the table hears of a cell.
fn spoken(table: &Table<'_>, id: &DocumentId, name: &AnnotatorName, cell: Cell) -> String {
    let title = table.session.project().documents.get(id).map_or("", |document| document.record.title.as_str());
    let tags = if cell.tags > 0 { format!(", {}", counted(cell.tags, "tag")) } else { String::new() };
    let assigned = if cell.assigned { "assigned" } else { "not assigned" };
    format!("{name}, {}: {}{tags}, {assigned}", isolated(title), cell.stage.name())
}

fn paint(ui: &Ui, place: Rect, cell: Cell, here: bool, hovered: bool, theme: &Theme) {
    let painter = ui.painter();
    let inner = place.shrink2(vec2(5.0, 5.0));
    if hovered {
        painter.rect_filled(inner, 4.0, theme.control.0);
    }
    if cell.assigned {
        painter.rect_stroke(inner, 4.0, Stroke::new(1.0, theme.control_line.0), StrokeKind::Inside);
    }
    if here {
        painter.rect_stroke(place.shrink(2.0), 5.0, Stroke::new(2.0, theme.accent.0), StrokeKind::Inside);
    }
    let color = color(cell.stage, theme);
    let small = FontId::proportional(12.0);
    if !cell.counts() {
        let words = if hovered { "+ ask" } else { "–" };
        painter.text(place.center(), Align2::CENTER_CENTER, words, small, theme.muted.0);
        return;
    }
    let line = if cell.tags > 0 { -8.0 } else { 0.0 };
    let at = inner.left_center() + vec2(8.0, line);
    painter.text(at, Align2::LEFT_CENTER, cell.stage.sign(), FontId::proportional(13.0), color);
    painter.text(at + vec2(17.0, 0.0), Align2::LEFT_CENTER, cell.stage.name(), small.clone(), color);
    if cell.tags > 0 {
        let words = counted(cell.tags, "tag");
        painter.text(at + vec2(17.0, 16.0), Align2::LEFT_CENTER, words, small, theme.muted.0);
    }
}

fn title_ui(
    ui: &mut Ui,
    table: &Table<'_>,
    layout: &Layout,
    row: usize,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    let id = table.documents[row];
    let Some(document) = table.session.project().documents.get(id) else { return };
    let place = layout.title(row);
    let response = ui.interact(place, grid_id().with(("title", row)), Sense::CLICK);
    let title = visible(&document.record.title);
    response.widget_info(|| WidgetInfo::labeled(Role::RowHeader, true, format!("Open {}", isolated(&title))));
    let painter = ui.painter();
    // The line above is the one below the row before.
    let fill = if response.hovered() { theme.control.0 } else { theme.page.0 };
    painter.rect_filled(place.with_min_y(place.top() + 1.0), 0.0, fill);
    painter.hline(place.x_range(), place.bottom(), Stroke::new(1.0, theme.line.0));
    painter.vline(place.right(), place.y_range(), Stroke::new(1.0, theme.line.0));
    let cases = table.cases(id);
    let rows = if cases.is_some() { 1 } else { 2 };
    let words = Rect::from_min_max(place.min + vec2(16.0, 6.0), place.max - vec2(10.0, 4.0));
    fonts.paint_lines(painter, &title, words, rows, FontId::proportional(13.0), theme.ink.0);
    if let Some(cases) = cases {
        let at = words.left_top() + vec2(0.0, 28.0);
        painter.text(at, Align2::LEFT_CENTER, decided(cases), FontId::proportional(12.0), theme.muted.0);
    }
    if response.on_hover_text(format!("Read {title}")).clicked() {
        queue.push(command(Team::Open(id.clone())));
    }
}

/// How much is decided between the annotators of a document.
fn decided(cases: CaseCounts) -> String {
    let all = cases.decided + waiting(cases);
    if waiting(cases) == 0 { format!("◆ all {all} decided") } else { format!("{} of {all} decided", cases.decided) }
}

fn heads(ui: &mut Ui, table: &Table<'_>, layout: &Layout, fonts: &mut Fonts, theme: &Theme) {
    let band = Rect::from_min_size(layout.seen.min, vec2(layout.seen.width(), HEAD));
    ui.painter().rect_filled(band, 0.0, theme.panel.0);
    for (column, name) in table.people.iter().enumerate() {
        let place = layout.head(column);
        if place.right() < layout.seen.left() + layout.title || place.left() > layout.seen.right() {
            continue;
        }
        let total = table.totals.get(name).copied().unwrap_or_default();
        let response = ui.interact(place, grid_id().with(("head", column)), Sense::HOVER);
        let (called, words) = (table.called(name), total.words());
        response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, format!("{called}: {words}")));
        head(ui, place, &called, total, fonts, theme);
        response.on_hover_text(format!("{called}: {words}, {} in progress", total.begun));
    }
    let corner = Rect::from_min_size(layout.seen.min, vec2(layout.title, HEAD));
    let painter = ui.painter();
    painter.rect_filled(corner, 0.0, theme.panel.0);
    let at = corner.left_bottom() + vec2(16.0, -10.0);
    painter.text(at, Align2::LEFT_BOTTOM, "Article", strong(13.0), theme.ink.0);
    painter.hline(band.x_range(), band.bottom(), Stroke::new(1.0, theme.line.0));
    painter.vline(corner.right(), corner.y_range(), Stroke::new(1.0, theme.line.0));
}

fn head(ui: &Ui, place: Rect, called: &str, total: Total, fonts: &mut Fonts, theme: &Theme) {
    let left = place.left() + 13.0;
    let row = |top: f32, height: f32| {
        Rect::from_min_max(pos2(left, place.top() + top), pos2(place.right() - 8.0, place.top() + top + height))
    };
    fonts.paint_lines(ui.painter(), called, row(6.0, 18.0), 1, strong(13.0), theme.ink.0);
    fonts.paint_lines(ui.painter(), &total.words(), row(23.0, 16.0), 1, FontId::proportional(11.5), theme.muted.0);
    bar(ui, row(42.0, 5.0), total, theme);
}
