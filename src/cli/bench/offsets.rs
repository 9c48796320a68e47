//! Whether offsets survive every conversion of units, over very many texts.

use std::{sync::Arc, time::Instant};

use ascribe_engine::dataset::{Annotation, Record, Told, unify};
use ascribe_schema::{Offset, Span, Text};

use super::Random;
use crate::{DONE, Failed, Io};

/// How many texts.
const TEXTS: usize = 1_000_000;
/// What texts are made of: what makes the units differ, and what imports change.
const PIECES: [&str; 16] = [
    "word ",
    "e\u{301}",
    "😀",
    "👩\u{200d}👩\u{200d}👧",
    "\r\n",
    "\n",
    "\u{a0}",
    "\u{feff}",
    "“quote”",
    "قال ",
    "東京",
    "\u{ad}",
    "\r",
    "🇬🇧",
    "क्षि",
    "\u{200b}",
];

/// Makes texts, takes every offset through bytes and UTF-16 units and back, and some spans through the change of line
/// ends; prints how many offsets drifted, which must be none.
pub(super) fn run(io: &mut Io<'_>) -> Result<u8, Failed> {
    let (mut random, start) = (Random(11), Instant::now());
    let (mut offsets, mut spans, mut drifted) = (0_usize, 0_usize, 0_usize);
    for _ in 0..TEXTS {
        let pieces = 1 + random.below(24);
        let text: String = (0..pieces).map(|_| PIECES[random.below(16) as usize]).collect();
        let text = Text::new(text);
        let mut counted = (0, 0);
        for (at, c) in (0..).zip(text.as_str().chars()) {
            drifted += usize::from(!returns(&text, Offset(at), counted));
            counted = (counted.0 + c.len_utf8(), counted.1 + c.len_utf16());
        }
        drifted += usize::from(!returns(&text, text.len(), counted));
        offsets += text.len().get() + 1;
        let ends = [0; 2].map(|_: u32| Offset(random.below(text.len().0 + 1)));
        let span = Span::between(ends[0], ends[1]);
        if !span.is_empty() {
            spans += 1;
            drifted += usize::from(!moves_along(text, span));
        }
    }
    let time = start.elapsed().as_secs_f64();
    writeln!(
        io.out,
        "{TEXTS} texts: {offsets} offsets through bytes and UTF-16 units and back, {spans} spans through other line ends: {drifted} drifted ({time:.1} s)"
    )?;
    if drifted > 0 { Err("offsets drift".into()) } else { Ok(DONE) }
}

/// Whether an offset is where counting says, in both units, and comes back from both.
fn returns(text: &Text, offset: Offset, (bytes, units): (usize, usize)) -> bool {
    text.byte(offset) == Some(bytes)
        && text.utf16(offset) == Some(units)
        && text.offset_of_byte(bytes) == Some(offset)
        && text.offset_of_utf16(units) == Some(offset)
}

/// Whether a span holds the same characters after line ends became LF.
fn moves_along(text: Text, span: Span) -> bool {
    let wanted = text.slice(span).unwrap_or_default().to_owned();
    let starts = span.start == Offset::ZERO;
    // What goes: a mark at the very start, and a return whose line feed is part of the text, even just behind the span.
    let mut wanted = wanted.replace("\r\n", "\n");
    if wanted.ends_with('\r') && text.char_at(span.end) == Some('\n') {
        wanted.pop();
    }
    let wanted = if starts { wanted.strip_prefix('\u{feff}').unwrap_or(&wanted) } else { &wanted };
    let annotations = vec![Annotation::new("1", "quote", vec![span])];
    let (record, _) = unify(Record { text: Arc::new(text), annotations, ..Record::default() }, &mut Told::default());
    match record.annotations.first() {
        Some(annotation) => record.slice(annotation.spans[0]) == wanted,
        None => wanted.is_empty(),
    }
}
