//! From sentences to one text, with rows that lie where they say.

use ascribe_schema::Text;

use super::{
    escape::unescape_text,
    lines::{Row, Sentence, Table},
};
use crate::dataset::{Kind, Told, Unit};

/// The text of a file, and its rows with their places in it.
pub(super) struct Rows<'t, 'a> {
    pub text: Text,
    /// The rows, with where each lies in the text, in the units of the file, and the number of its token.
    pub rows: Vec<Placed<'t, 'a>>,
    /// How many rows do not have the text that they say.
    pub wrong: usize,
    /// How many sentences do not lie where they say.
    pub moved: usize,
}

/// A row and where it lies.
pub(super) struct Placed<'t, 'a> {
    pub row: &'t Row<'a>,
    pub begin: usize,
    pub end: usize,
    /// Which token of the file it is, or is part of.
    pub token: usize,
    /// Whether what it says stands there.
    pub right: bool,
}

/// How long a text is.
fn length(text: &str, unit: Unit) -> usize {
    match unit {
        Unit::Utf16 => text.encode_utf16().count(),
        Unit::CodePoints => text.chars().count(),
    }
}

/// Where a sentence begins, as its rows say: where the first does, or as far before it as the sentence has text before
/// that token, for the row of the first token may be broken.
fn begins(sentence: &str, rows: &[Row<'_>], unit: Unit) -> Option<usize> {
    let first = rows.first()?;
    let before = match sentence.find(first.token) {
        Some(at) => length(&sentence[..at], unit),
        None => 0,
    };
    Some(first.begin.saturating_sub(before))
}

/// The text, built of the sentences: where the next one begins later than the last one ends, a line feed and spaces
/// come between, as INCEpTION does it.
pub(super) fn place<'t, 'a>(table: &'t Table<'a>, unit: Unit) -> Rows<'t, 'a> {
    let mut text = String::new();
    let (mut filled, mut moved) = (0, 0);
    let (mut starts, mut origins) = (Vec::new(), Vec::new());
    for Sentence { text: sentence, rows } in &table.sentences {
        let begin = begins(sentence, rows, unit);
        origins.push(begin.unwrap_or_default());
        let gap = begin.map_or(usize::from(filled > 0), |begin| begin.saturating_sub(filled));
        // A place far behind the text is a mistake, not a gap.
        let far = gap > 100_000;
        let gap = if far || begin.is_some_and(|begin| begin < filled) { usize::from(filled > 0) } else { gap };
        for at in 0..gap {
            text.push(if at == 0 && filled > 0 { '\n' } else { ' ' });
        }
        filled += gap;
        moved += usize::from(begin.is_some_and(|begin| begin != filled));
        starts.push(filled);
        text.push_str(sentence);
        filled += length(sentence, unit);
    }
    let mut placed = Rows { text: Text::new(text), rows: Vec::new(), wrong: 0, moved };
    let mut token = 0;
    for ((Sentence { rows, .. }, start), origin) in table.sentences.iter().zip(starts).zip(origins) {
        for row in rows {
            token += usize::from(!row.is_part());
            let shifted = |at: usize| (at + start).checked_sub(origin).unwrap_or(usize::MAX);
            let (begin, end) = (shifted(row.begin), shifted(row.end));
            let right = placed.stands(begin, end, row.token, unit);
            placed.wrong += usize::from(!right);
            placed.rows.push(Placed { row, begin, end, token, right });
        }
    }
    placed
}

impl Rows<'_, '_> {
    /// Whether a token stands in the text from `begin` to `end`.
    fn stands(&self, begin: usize, end: usize, token: &str, unit: Unit) -> bool {
        let offset = |at: usize| match unit {
            Unit::Utf16 => self.text.offset_of_utf16(at),
            Unit::CodePoints => u32::try_from(at).ok().map(ascribe_schema::Offset),
        };
        let span = offset(begin).zip(offset(end)).map(|(start, end)| ascribe_schema::Span { start, end });
        let found = span.and_then(|span| self.text.slice(span));
        found.is_some_and(|found| found == token || found == unescape_text(token, false))
    }

    /// Tells of rows and sentences that are not where they say; those rows carry no annotations.
    pub fn tell(&self, content: &str, file: &str, told: &mut Told) {
        for placed in self.rows.iter().filter(|placed| !placed.right) {
            if placed.row.is_annotated() {
                let line = content.get(placed.row.source.clone()).unwrap_or_default();
                let reason = "its token is not what stands at its offsets";
                told.refuse((file, placed.row.line), Kind::Annotation, reason, line);
            } else {
                told.note("a token without annotations is not what stands at its offsets");
            }
        }
        for _ in 0..self.moved {
            told.note("a sentence does not begin where its first token says; it was put behind the one before");
        }
    }
}
