//! A paragraph in pieces that assistive technology can read, point at and walk through.
//!
//! A piece is what AccessKit calls a text run: characters on one line that run in one direction. Its characters
//! are grapheme clusters, as for the caret.

use std::ops::Range;

use ascribe_engine::segment;
use egui::Id;
use egui::accesskit::{Node, NodeId, Rect, Role, TextDirection};
use unicode_segmentation::UnicodeSegmentation;

use super::laid::Laid;
use super::visual::Cell;

/// AccessKit counts words by the number of their first character in a byte.
const MOST: usize = 255;

/// A piece of a paragraph.
pub(super) struct Run {
    pub id: NodeId,
    pub node: Node,
    /// The byte of the paragraph at which it starts.
    pub start: usize,
}

impl Run {
    /// The byte of the paragraph at which a character starts; at the end for one character too many.
    pub fn byte(&self, character: usize) -> usize {
        let before = self.node.character_lengths().iter().take(character);
        self.start + before.map(|&length| usize::from(length)).sum::<usize>()
    }

    /// The character that starts at a byte of the paragraph, or contains it.
    pub fn character(&self, byte: usize) -> usize {
        let mut end = self.start;
        let passed = self.node.character_lengths().iter().take_while(|&&length| {
            end += usize::from(length);
            end <= byte
        });
        passed.count()
    }
}

/// A character and where it stands: left and right edge in points, and whether it runs from right to left.
struct Piece {
    bytes: Range<usize>,
    edges: Option<(f32, f32)>,
    rtl: bool,
}

/// The pieces of a paragraph with `text`, of which all but the line break has been `laid` out, or nothing yet.
pub(super) fn runs(id: Id, text: &str, laid: Option<&Laid>) -> Vec<Run> {
    let words: Vec<usize> = segment::words(text).map(|word| word.start).collect();
    let lines = laid.map_or(1, Laid::line_count);
    let mut runs: Vec<Run> = Vec::new();
    for line in 0..lines {
        let bytes = match laid {
            Some(laid) if line + 1 < lines => laid.line_bytes(line),
            Some(laid) => laid.line_bytes(line).start..text.len(),
            None => 0..text.len(),
        };
        let pieces = pieces(text, bytes.clone(), laid.map(|laid| cells(laid, line)));
        let first = runs.len();
        for group in pieces.chunk_by(joins).flat_map(|group| group.chunks(MOST)) {
            runs.push(run(id.with(runs.len()), text, group, &words, laid.map(|laid| laid.line_range(line))));
        }
        link(&mut runs[first..]);
    }
    if runs.is_empty() {
        // Where the text ends with a line break, the caret can stand behind it.
        runs.push(run(id.with(0), text, &[], &words, laid.map(|laid| laid.line_range(0))));
    }
    runs
}

/// The clusters of a line in the order of the text.
fn cells(laid: &Laid, line: usize) -> Vec<Piece> {
    let edges = |cell: &Cell| Some((cell.left / laid.scale(), cell.right / laid.scale()));
    let piece =
        |cell: &Cell| Piece { bytes: cell.start as usize..cell.end as usize, edges: edges(cell), rtl: cell.rtl };
    let mut cells: Vec<_> = laid.cells(line).iter().map(piece).collect();
    cells.sort_by_key(|cell| cell.bytes.start);
    cells
}

/// The characters of a line, placed where the clusters are known.
fn pieces(text: &str, line: Range<usize>, cells: Option<Vec<Piece>>) -> Vec<Piece> {
    let placed = cells.is_some();
    let mut cells = cells.unwrap_or_default().into_iter().peekable();
    let mut last = (0.0, 0.0, false);
    let mut pieces = Vec::new();
    let graphemes = text.get(line.clone()).unwrap_or_default().grapheme_indices(true);
    for bytes in graphemes.flat_map(|(start, grapheme)| short(line.start + start, grapheme)) {
        let mut here: Option<Piece> = None;
        while let Some(cell) = cells.next_if(|cell| cell.bytes.start < bytes.end) {
            here = Some(match here {
                Some(before) => Piece { edges: before.edges.zip(cell.edges).map(|(a, b)| around(a, b)), ..before },
                None => cell,
            });
        }
        last = match here {
            Some(Piece { edges: Some((left, right)), rtl, .. }) => (left, right, rtl),
            // Part of the one before, or a line break: no width, where that one ends.
            _ if last.2 => (last.0, last.0, true),
            _ => (last.1, last.1, false),
        };
        pieces.push(Piece { bytes, edges: placed.then_some((last.0, last.1)), rtl: last.2 });
    }
    pieces
}

fn around(a: (f32, f32), b: (f32, f32)) -> (f32, f32) {
    (a.0.min(b.0), a.1.max(b.1))
}

/// Lengths are counted in a byte: a cluster of hundreds of marks has to be cut up.
fn short(start: usize, grapheme: &str) -> impl Iterator<Item = Range<usize>> {
    let whole = grapheme.len() <= MOST;
    let parts = grapheme.char_indices().filter(move |_| !whole);
    let parts = parts.map(move |(at, char)| start + at..start + at + char.len_utf8());
    whole.then_some(start..start + grapheme.len()).into_iter().chain(parts)
}

/// Whether two characters belong to one piece: the same direction, and nothing between them.
fn joins(one: &Piece, next: &Piece) -> bool {
    let meet = match (one.edges, next.edges) {
        (Some(one_edges), Some(next_edges)) if one.rtl => (one_edges.0 - next_edges.1).abs() < 1.0,
        (Some(one_edges), Some(next_edges)) => (one_edges.1 - next_edges.0).abs() < 1.0,
        _ => true,
    };
    one.rtl == next.rtl && meet
}

fn run(id: Id, text: &str, pieces: &[Piece], words: &[usize], line: Option<(f32, f32)>) -> Run {
    let start = pieces.first().map_or(text.len(), |first| first.bytes.start);
    let end = pieces.last().map_or(text.len(), |last| last.bytes.end);
    let rtl = pieces.first().is_some_and(|first| first.rtl);
    let mut node = Node::new(Role::TextRun);
    node.set_value(text.get(start..end).unwrap_or_default());
    node.set_character_lengths(pieces.iter().map(|piece| piece.bytes.len() as u8).collect::<Vec<_>>());
    let starts = |piece: &Piece| words.binary_search(&piece.bytes.start).is_ok();
    let numbered = pieces.iter().zip(0..=u8::MAX);
    node.set_word_starts(numbered.filter(|(piece, _)| starts(piece)).map(|(_, number)| number).collect::<Vec<_>>());
    node.set_text_direction(if rtl { TextDirection::RightToLeft } else { TextDirection::LeftToRight });
    if let Some((top, bottom)) = line {
        let edges: Vec<_> = pieces.iter().filter_map(|piece| piece.edges).collect();
        let (left, right) = edges.iter().copied().reduce(around).unwrap_or_default();
        node.set_bounds(Rect { x0: left.into(), y0: top.into(), x1: right.into(), y1: bottom.into() });
        let position = |&(from, to): &(f32, f32)| if rtl { right - to } else { from - left };
        node.set_character_positions(edges.iter().map(position).collect::<Vec<_>>());
        node.set_character_widths(edges.iter().map(|(from, to)| to - from).collect::<Vec<_>>());
    }
    Run { id: id.accesskit_id(), node, start }
}

/// Tells the pieces of one line of their neighbours.
fn link(runs: &mut [Run]) {
    for number in 1..runs.len() {
        let (before, here) = (runs[number - 1].id, runs[number].id);
        runs[number - 1].node.set_next_on_line(here);
        runs[number].node.set_previous_on_line(before);
    }
}
