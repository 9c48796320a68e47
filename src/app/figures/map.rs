//! Which map is shown, what it is a map of, and which cell of it is open.

use ascribe_engine::{
    agree::{Behind, Layer, Row, Slice, behind},
    agreement::{Figure, measures},
};
use egui::{Button, ComboBox, Role, Ui, WidgetInfo};

use super::{
    Made, confusion,
    heat::{self, Cell, Grid},
    tables::number,
};
use crate::{text::Fonts, theme::Theme, wording::grouped};

/// What the map shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shows {
    /// Pairs of annotators by labels.
    #[default]
    Labels,
    /// Pairs of annotators by documents.
    Documents,
    /// The labels of two annotators by each other.
    Confusion,
}

/// The map and what is open in it.
#[derive(Default)]
pub(super) struct Map {
    shows: Shows,
    /// The pair whose labels are laid by each other.
    pair: usize,
    /// The measure, by layer and key.
    measure: Option<(Layer, &'static str)>,
    /// The cell that keys act on.
    at: (usize, usize),
    /// What is behind the cell that was opened, and what that is called.
    open: Option<(String, Vec<Behind>)>,
    /// Whether that must be brought into view.
    pub follow: bool,
    /// What is drawn, until something else is chosen.
    drawn: Option<Drawn>,
}

/// A map with what is behind its cells.
struct Drawn {
    grid: Grid,
    behind: Cells,
}

/// What is behind the cells of a map, one row after the other.
enum Cells {
    /// Parts of everything, of which the units are to be found.
    Slices(Layer, Vec<Slice>),
    /// The units themselves.
    Units(Vec<Vec<Behind>>),
}

impl Map {
    /// Lets go of what is not there any more.
    pub fn fit(&mut self, made: &Made) {
        (self.open, self.drawn) = (None, None);
        self.pair = self.pair.min(made.agreement.pairs().count().saturating_sub(1));
        if self.measure.is_none_or(|wanted| row(made, wanted).is_none()) {
            self.measure = Some((Layer::Found, measures::F1_EXACT.key));
        }
    }

    fn show(&mut self, name: String, units: Vec<Behind>) {
        (self.open, self.follow) = (Some((name, units)), true);
    }

    /// What was opened.
    pub fn open(&self) -> Option<(&str, &[Behind])> {
        self.open.as_ref().map(|(name, units)| (name.as_str(), units.as_slice()))
    }
}

/// The row of a measure over everything in its layer.
fn row<'a>(made: &'a Made, (layer, key): (Layer, &str)) -> Option<&'a Row> {
    made.agreement.rows.iter().find(|row| row.layer == layer && row.measure.key == key && row.about.is_empty())
}

/// Shows the map.
pub(super) fn ui(ui: &mut Ui, made: &Made, map: &mut Map, fonts: &mut Fonts, theme: &Theme) {
    let before = (map.shows, map.pair, map.measure);
    ui.horizontal_wrapped(|ui| choice(ui, made, map));
    if before != (map.shows, map.pair, map.measure) {
        (map.open, map.drawn) = (None, None);
    }
    ui.add_space(4.0);
    let Some(drawn) = map.drawn.take().or_else(|| draw(made, map)) else { return };
    if let Some(cell) = heat::ui(ui, &drawn.grid, &mut map.at, fonts, theme) {
        let units = match &drawn.behind {
            Cells::Units(units) => units.get(cell).cloned().unwrap_or_default(),
            Cells::Slices(layer, slices) => {
                behind(&made.agreement.annotators, &made.comparisons, &made.scheme, *layer, &slices[cell])
            }
        };
        map.show(named(&drawn.grid, cell), units);
    }
    map.drawn = Some(drawn);
}

/// The map that is chosen.
fn draw(made: &Made, map: &Map) -> Option<Drawn> {
    if map.shows == Shows::Confusion {
        let (grid, units) = confusion::grid(made, made.agreement.pairs().nth(map.pair)?);
        return Some(Drawn { grid, behind: Cells::Units(units) });
    }
    let row = row(made, map.measure?)?;
    let slices = slices(made, map.shows);
    Some(Drawn { grid: grid(made, map.shows, row, &slices), behind: Cells::Slices(row.layer, slices) })
}

fn named(grid: &Grid, cell: usize) -> String {
    let (row, column) = (cell / grid.columns.len(), cell % grid.columns.len());
    format!("{}, {}", grid.rows[row], grid.columns[column])
}

fn choice(ui: &mut Ui, made: &Made, map: &mut Map) {
    let kinds = [
        (Shows::Labels, "Pairs by labels"),
        (Shows::Documents, "Pairs by articles"),
        (Shows::Confusion, "Labels by each other"),
    ];
    for (shows, words) in kinds {
        let chosen = map.shows == shows;
        let button = ui.add(Button::selectable(chosen, words).frame_when_inactive(true));
        button.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, words));
        if button.clicked() {
            (map.shows, map.at) = (shows, (0, 0));
        }
    }
    ui.separator();
    if map.shows == Shows::Confusion {
        let pairs: Vec<_> = made.agreement.pairs().collect();
        let here = pairs.get(map.pair).map(|pair| made.pair(*pair)).unwrap_or_default();
        let list = ComboBox::from_id_salt("pair").selected_text(&here).show_ui(ui, |ui| {
            for (number, pair) in pairs.iter().enumerate() {
                ui.selectable_value(&mut map.pair, number, made.pair(*pair));
            }
        });
        list.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("Annotators: {here}")));
        return;
    }
    let wholes = || made.agreement.rows.iter().filter(|row| row.about.is_empty());
    let here = map.measure.and_then(|wanted| row(made, wanted));
    let words = |row: &Row| format!("{} ({})", row.measure.name, row.layer.name());
    let shown = here.map(words).unwrap_or_default();
    let list = ComboBox::from_id_salt("measure").width(240.0).selected_text(&shown).show_ui(ui, |ui| {
        for row in wholes() {
            ui.selectable_value(&mut map.measure, Some((row.layer, row.measure.key)), words(row));
        }
    });
    list.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("Measure: {shown}")));
}

/// The slice of each cell, one row after the other.
fn slices(made: &Made, shows: Shows) -> Vec<Slice> {
    let of_pair = |pair| {
        let pair = Some(pair);
        let labels = made.agreement.labels.iter().map(|label| Slice { label: Some(label.clone()), ..Slice::default() });
        let documents =
            made.agreement.documents.iter().map(|id| Slice { document: Some(id.clone()), ..Slice::default() });
        let parts: Vec<_> = if shows == Shows::Labels { labels.collect() } else { documents.collect() };
        [Slice::default()].into_iter().chain(parts).map(move |slice| Slice { pair, ..slice }).collect::<Vec<_>>()
    };
    made.agreement.pairs().flat_map(of_pair).collect()
}

fn grid(made: &Made, shows: Shows, row: &Row, slices: &[Slice]) -> Grid {
    let parts: Vec<_> = match shows {
        Shows::Labels => made.agreement.labels.iter().map(|label| label.replace('_', " ")).collect(),
        _ => made.agreement.documents.iter().map(|id| made.title(id).to_owned()).collect(),
    };
    Grid {
        name: format!(
            "{}: pairs of annotators by {}",
            row.measure.name,
            if shows == Shows::Labels { "labels" } else { "articles" }
        ),
        columns: ["all".to_owned()].into_iter().chain(parts).collect(),
        rows: made.agreement.pairs().map(|pair| made.pair(pair)).collect(),
        cells: slices.iter().map(|slice| cell(row.figures.get(slice))).collect(),
        range: (0.0, 1.0),
    }
}

fn cell(figure: Option<&Figure>) -> Cell {
    let dash = || "—".to_owned();
    let Some(figure) = figure else { return Cell { text: dash(), value: None, says: "nothing to compare".to_owned() } };
    let n = format!("{} {}", grouped(figure.n), figure.of);
    match figure.value {
        Ok(value) => Cell { text: number(value), value: Some(value), says: format!("{} of {n}", number(value)) },
        Err(reason) => Cell { text: dash(), value: None, says: format!("undefined, {reason}; {n}") },
    }
}
