//! A heat map of figures: a colour and a number in each cell, and what is behind it a key or a click away.

use egui::{
    Align2, Color32, EventFilter, FontId, Id, Key, Rect, Response, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};
use egui_plot::{Heatmap, Plot, PlotBounds};

use crate::{
    reading::{list_key, tell_row},
    text::{Fonts, isolated, visible},
    theme::Theme,
};

/// How wide and high a cell is at least, and how wide at most, in points.
const CELL: (f32, f32, f32) = (72.0, 30.0, 150.0);
/// Size of the letters of its names.
const NAME: f32 = 13.0;

/// What a heat map shows.
pub(super) struct Grid {
    /// What it is a map of, in words.
    pub name: String,
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The names of the rows, the first on top.
    pub rows: Vec<String>,
    /// The cells, one row after the other.
    pub cells: Vec<Cell>,
    /// The numbers that have the palest and the strongest colour.
    pub range: (f64, f64),
}

/// A cell of a heat map.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cell {
    /// What is written in it.
    pub text: String,
    /// The number that its colour stands for; nothing where there is none.
    pub value: Option<f64>,
    /// All that is known of it, in words.
    pub says: String,
}

impl Grid {
    /// The number of the cell in that row and column.
    fn cell(&self, row: usize, column: usize) -> usize {
        row * self.columns.len() + column
    }

    /// What a cell is called in full.
    fn full_name(&self, row: usize, column: usize) -> String {
        let says = self.cells.get(self.cell(row, column)).map(|cell| cell.says.as_str()).unwrap_or_default();
        format!("{}, {}: {says}", isolated(&self.rows[row]), isolated(&self.columns[column]))
    }
}

/// The widget that has the keyboard for all cells.
fn map_id() -> Id {
    Id::unique("heat map")
}

/// Shows the map, with the cell that keys act on, and returns the cell whose content is asked for.
pub(super) fn ui(ui: &mut Ui, grid: &Grid, at: &mut (usize, usize), fonts: &mut Fonts, theme: &Theme) -> Option<usize> {
    let (rows, columns) = (grid.rows.len(), grid.columns.len());
    if rows == 0 || columns == 0 {
        return None;
    }
    *at = (at.0.min(rows - 1), at.1.min(columns - 1));
    let names = (ui.available_width() * 0.3).clamp(90.0, 220.0);
    let width = ((ui.available_width() - names - 12.0) / columns as f32).clamp(CELL.0, CELL.2);
    let mut asked = None;
    ScrollArea::horizontal().id_salt("heat map").show(ui, |ui| {
        let size = vec2(names + width * columns as f32, CELL.1 * (rows + 1) as f32);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let area = Rect::from_min_max(rect.min + vec2(names, CELL.1), rect.max);
        paint_names(ui, grid, rect, area, fonts, theme);
        let map = ui.interact(area, map_id(), Sense::click());
        map.widget_info(|| WidgetInfo::labeled(Role::Grid, true, &grid.name));
        paint_cells(ui, grid, area, theme);
        asked = cells(ui, grid, area, at, &map);
        if map.has_focus() {
            let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(map.id, filter));
            asked = keys(ui, grid, at).or(asked);
            tell_row(ui, map.id, map.id.with(grid.cell(at.0, at.1)));
            let here = cell_rect(area, grid, at.0, at.1);
            ui.painter().rect_stroke(here, 2.0, Stroke::new(2.0, theme.accent.0), StrokeKind::Inside);
            ui.painter().rect_stroke(area, 2.0, Stroke::new(1.0, theme.accent.0), StrokeKind::Outside);
        }
    });
    asked
}

fn cell_rect(area: Rect, grid: &Grid, row: usize, column: usize) -> Rect {
    let size = vec2(area.width() / grid.columns.len() as f32, area.height() / grid.rows.len() as f32);
    Rect::from_min_size(area.min + vec2(size.x * column as f32, size.y * row as f32), size)
}

/// Names stand outside the plot: the plot's own would set those from right to left in the wrong order.
fn paint_names(ui: &Ui, grid: &Grid, rect: Rect, area: Rect, fonts: &mut Fonts, theme: &Theme) {
    let painter = ui.painter_at(rect);
    let font = FontId::proportional(NAME);
    for (column, name) in grid.columns.iter().enumerate() {
        let cell = cell_rect(area, grid, 0, column);
        let place = Rect::from_min_max(pos2(cell.left() + 4.0, rect.top() + 7.0), pos2(cell.right() - 4.0, area.top()));
        fonts.paint_lines(&painter, &visible(name), place, 1, font.clone(), theme.muted.0);
    }
    for (row, name) in grid.rows.iter().enumerate() {
        let cell = cell_rect(area, grid, row, 0);
        let place = Rect::from_min_max(pos2(rect.left(), cell.top() + 7.0), pos2(area.left() - 10.0, cell.bottom()));
        fonts.paint_lines(&painter, &visible(name), place, 1, font.clone(), theme.ink.0);
    }
}

fn paint_cells(ui: &mut Ui, grid: &Grid, area: Rect, theme: &Theme) {
    let (rows, columns) = (grid.rows.len(), grid.columns.len());
    let colors: Vec<_> = grid.cells.iter().map(|cell| color(cell.value, grid.range, theme)).collect();
    // The plot counts rows from below. Each cell goes in as its number, because some have no value.
    let order = (0..rows).rev().flat_map(|row| (0..columns).map(move |column| row * columns + column));
    let values: Vec<_> = order.map(|cell| cell as f64).collect();
    let shown = colors.clone();
    let map = Heatmap::new(values, columns)
        .show_labels(false)
        .custom_mapping(Box::new(move |cell| shown.get(cell as usize).copied().unwrap_or_default()));
    let plot = Plot::new("heat map").show_axes(false).show_grid(false).show_background(false).sense(Sense::hover());
    let plot = plot.allow_zoom(false).allow_drag(false).allow_scroll(false).allow_boxed_zoom(false).show_x(false);
    let ui = &mut ui.new_child(egui::UiBuilder::new().id_salt("cells").max_rect(area));
    plot.show_y(false).label_formatter(|_| None).set_margin_fraction(vec2(0.0, 0.0)).show(ui, |plot| {
        plot.set_plot_bounds(PlotBounds::from_min_max([0.0, 0.0], [columns as f64, rows as f64]));
        plot.add(map);
    });
    for (number, cell) in grid.cells.iter().enumerate() {
        let at = cell_rect(area, grid, number / columns, number % columns);
        if !ui.is_rect_visible(at) {
            continue;
        }
        let ink = theme.ink_on(colors[number]);
        ui.painter().text(at.center(), Align2::CENTER_CENTER, &cell.text, FontId::proportional(NAME), ink);
        ui.painter().rect_stroke(at, 0.0, Stroke::new(1.0, theme.page.0), StrokeKind::Inside);
    }
}

/// The colour of a number, between the two of the theme.
fn color(value: Option<f64>, range: (f64, f64), theme: &Theme) -> Color32 {
    let Some(value) = value else { return theme.control.0 };
    let part = (value - range.0) / (range.1 - range.0).max(f64::EPSILON);
    theme.heat(part as f32)
}

/// Lets each cell be pointed at and read; returns the one that was clicked.
fn cells(ui: &Ui, grid: &Grid, area: Rect, at: &mut (usize, usize), map: &Response) -> Option<usize> {
    let mut asked = None;
    for (row, column) in (0..grid.rows.len()).flat_map(|row| (0..grid.columns.len()).map(move |column| (row, column))) {
        let cell = grid.cell(row, column);
        let place = cell_rect(area, grid, row, column);
        if !ui.is_rect_visible(place) && (row, column) != *at {
            continue;
        }
        // Arrow keys go from cell to cell: for Tab, all of the map is one stop.
        let response = ui.interact(place, map.id.with(cell), Sense::CLICK);
        let name = grid.full_name(row, column);
        response.widget_info(|| WidgetInfo::selected(Role::GridCell, true, (row, column) == *at, &name));
        if response.on_hover_text(&name).clicked() {
            (*at, asked) = ((row, column), Some(cell));
            map.request_focus();
        }
    }
    asked
}

fn keys(ui: &Ui, grid: &Grid, at: &mut (usize, usize)) -> Option<usize> {
    let (rows, columns) = (grid.rows.len(), grid.columns.len());
    if list_key(ui, Key::ArrowDown) {
        at.0 = (at.0 + 1).min(rows - 1);
    }
    if list_key(ui, Key::ArrowUp) {
        at.0 = at.0.saturating_sub(1);
    }
    if list_key(ui, Key::ArrowRight) {
        at.1 = (at.1 + 1).min(columns - 1);
    }
    if list_key(ui, Key::ArrowLeft) {
        at.1 = at.1.saturating_sub(1);
    }
    list_key(ui, Key::Enter).then(|| grid.cell(at.0, at.1))
}
