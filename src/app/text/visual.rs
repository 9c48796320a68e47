//! The visual order of a line, by UAX #9, of what a reader takes for one character.
//!
//! The layout orders a line by levels, but without rule L1: the space at its end would stand in the middle of a
//! mixed line. That is put right here, and everything that asks where a character is asks here.

use parley::layout::Line;

use super::chunks::is_boundary;
use super::signs::is_directional;

/// A grapheme cluster in its place on a line. Lengths are in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cell {
    pub start: u32,
    pub end: u32,
    pub left: f32,
    pub right: f32,
    pub rtl: bool,
    /// Whether it is a control character, for which fonts have a box at most.
    pub control: bool,
}

impl Cell {
    pub fn holds(&self, byte: usize) -> bool {
        (self.start as usize..self.end as usize).contains(&byte)
    }
}

/// One line: its cells among those of the paragraph, and where it begins and ends without the space that hangs
/// over its end.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LineCells {
    pub first: u32,
    pub end: u32,
    pub left: f32,
    pub right: f32,
    /// Whether the cells stand in the order of the text.
    pub in_order: bool,
}

/// Puts the cells of a line behind `cells`, from left to right. `rtl` is the direction of the paragraph, `width`
/// that of the column.
pub(super) fn set_line(line: &Line<'_, ()>, text: &str, rtl: bool, width: f32, cells: &mut Vec<Cell>) -> LineCells {
    let first = cells.len();
    for run in line.runs() {
        for (number, cluster) in run.visual_clusters().enumerate() {
            let bytes = cluster.text_range();
            let (start, end, rtl) = (bytes.start as u32, bytes.end as u32, cluster.is_rtl());
            let control = text[bytes.clone()].starts_with(char::is_control);
            let cell = Cell { start, end, left: 0.0, right: cluster.advance(), rtl, control };
            match cells[first..].last_mut().filter(|_| number == 0) {
                // Where script or font changes inside a grapheme cluster, the layout sees two.
                Some(last) if last.end == start && !is_boundary(text, bytes.start) => {
                    (last.end, last.right) = (end, last.right + cell.right);
                }
                Some(last) if last.start == end && !is_boundary(text, bytes.end) => {
                    (last.start, last.right) = (start, last.right + cell.right);
                }
                _ => cells.push(cell),
            }
        }
    }
    let line_cells = &mut cells[first..];
    let bytes = line.text_range();
    let ink = text[bytes.clone()].trim_end_matches(|c: char| c.is_whitespace() || is_directional(c)).len();
    let hangs = |cell: &Cell| cell.start as usize >= bytes.start + ink;
    let in_order = !rtl && line_cells.iter().all(|cell| !cell.rtl);
    if !in_order {
        line_cells.sort_by_key(|cell| hangs(cell) != rtl);
    }
    let advance = |cell: &Cell| cell.right;
    let total: f32 = line_cells.iter().map(advance).sum();
    let hanging: f32 = line_cells.iter().filter(|cell| hangs(cell)).map(advance).sum();
    let mut x = if rtl { width - total } else { 0.0 };
    let (left, right) = if rtl { (x + hanging, x + total) } else { (x, x + total - hanging) };
    for cell in line_cells {
        (cell.left, cell.right) = (x, x + cell.right);
        x = cell.right;
    }
    LineCells { first: first as u32, end: cells.len() as u32, left, right, in_order }
}
