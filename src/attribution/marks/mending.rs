//! The best reading of marks that stay alone, or that were torn apart.

use std::ops::Range;

use super::{
    Marks, apostrophe,
    pairing::{Lone, Pair, Pairing},
    sign::{Kind, Lean, Mark, Shape, is_ending},
};
use crate::sentence_ends;

/// What is not closed and does not begin a line reaches no further than its sentence, if the line goes on for more
/// bytes than this.
const UNCLOSED: usize = 2000;

/// Which unclosed mark the next line may go on with.
pub(super) fn may_go_on(marks: &[Mark], pairing: &Pairing, again: bool) -> Option<usize> {
    let mut open = pairing.unclosed.iter().filter(|lone| lone.limit.is_none());
    if again && let Some(first) = open.clone().find(|lone| lone.open == 0) {
        return Some(first.open);
    }
    open.rfind(|lone| lone.next.is_none() && marks[lone.open].lean != Lean::Left).map(|lone| lone.open)
}

/// How far a quotation reaches that is not closed; nothing where that cannot be told.
pub(super) fn unclosed(text: &str, line: &Range<usize>, marks: &[Mark], lone: Lone) -> Option<Range<usize>> {
    let mark = &marks[lone.open];
    let opens =
        mark.lean == Lean::Right || (mark.shape == Shape::Opening && (mark.lean == Lean::Tight || mark.left.is_none()));
    let single = mark.kind == Kind::Single;
    if !opens || (single && (mark.shape != Shape::Opening || !apostrophe::is_introduced(text, mark))) {
        return None;
    }
    let limit = lone.limit.unwrap_or(line.end);
    let next = lone.next.map(|next| marks[next].at).filter(|next| *next < limit);
    let content = text[mark.end..next.unwrap_or(limit)].trim_end();
    if !content.contains(char::is_alphanumeric) {
        return None;
    }
    let mut end = mark.end + content.len();
    if next.is_some() && !content.ends_with(|c: char| is_ending(c) || c == '…') {
        return None;
    }
    if mark.left.is_some() && content.len() > UNCLOSED {
        let near = &content[..content.floor_char_boundary(UNCLOSED)];
        end = mark.end + sentence_ends(near).first().map_or(near, |end| &near[..*end]).trim_end().len();
    }
    Some(mark.at..end)
}

/// Where a quotation begins that is closed and not opened; nothing where that cannot be told.
pub(super) fn unopened(text: &str, line: &Range<usize>, marks: &[Mark], stray: usize) -> Option<Range<usize>> {
    let mark = &marks[stray];
    let spoken = mark.left.is_some_and(|c| is_ending(c) || c == '…') || mark.right == Some(',');
    if mark.kind == Kind::Single || !spoken {
        return None;
    }
    let from = if stray == 0 { line.start } else { marks[stray - 1].end };
    let content = &text[from..mark.at];
    let ends = sentence_ends(content);
    let last = ends.len().checked_sub(2).map_or(0, |before| ends[before]);
    let start = match (stray, mark.right) {
        (0, None) => 0,
        (0, _) => last,
        _ if last > 0 => last,
        _ => return None,
    };
    let content = content[start..].trim_start();
    content.contains(char::is_alphanumeric).then(|| mark.at - content.len()..mark.end)
}

/// The most bytes that are taken for a quotation within another whose marks were reversed.
const TORN: usize = 60;

/// Joins `“Strengthen its” hard power “in a tense context”`: the marks in the middle open and close the other way
/// round, which shows because the first part ends where nobody stops.
pub(super) fn join_torn(text: &str, marks: &[Mark], pairing: &mut Pairing) {
    let turned = |pair: &Pair| {
        let (open, close) = (&marks[pair.open], &marks[pair.close]);
        open.shape == Shape::Opening && close.shape == Shape::Closing
    };
    for number in 1..pairing.pairs.len() {
        let (first, second) = (pairing.pairs[number - 1], pairing.pairs[number]);
        if first.close + 1 != second.open || !turned(&first) || !turned(&second) {
            continue;
        }
        let (close, open) = (&marks[first.close], &marks[second.open]);
        let begun = &text[marks[first.open].end..close.at];
        let between = &text[close.end..open.at];
        let rest = text[open.end..marks[second.close].at].trim_start();
        let short = between.len() <= TORN && !between.contains(|c: char| is_ending(c) || c.is_numeric());
        let word = begun.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let words = between.split_whitespace().count();
        if short && (1..=5).contains(&words) && goes_on(word) && rest.starts_with(char::is_lowercase) {
            let state = Marks::Mismatched;
            pairing.pairs[number - 1] = Pair { open: first.open, close: second.close, state };
            pairing.pairs[number] = Pair { open: first.close, close: second.open, state };
        }
    }
}

/// Whether nobody ends with this word.
fn goes_on(word: &str) -> bool {
    const WORDS: [&str; 62] = [
        "a", "an", "the", "its", "his", "her", "their", "our", "my", "your", "of", "to", "for", "with", "from", "by",
        "in", "on", "at", "and", "or", "as", "than", "into", "this", "these", "le", "la", "les", "un", "une", "des",
        "du", "de", "et", "ou", "son", "sa", "ses", "leur", "leurs", "pour", "avec", "sur", "der", "die", "das", "den",
        "dem", "ein", "eine", "und", "oder", "mit", "el", "los", "las", "y", "con", "por", "su", "sus",
    ];
    WORDS.contains(&word)
}
