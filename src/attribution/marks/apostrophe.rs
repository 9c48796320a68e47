//! Apostrophes, feet and inches, told from marks that quote.

use super::sign::{Kind, Lean, Mark, Shape, is_ending};

/// Whether a single mark, behind which a quotation could begin, does begin one. `next` is the next single mark.
pub(super) fn opens(text: &str, mark: &Mark, next: Option<&Mark>, closers: bool) -> bool {
    let word = word_behind(text, mark);
    if is_shortened(word) || mark.right.is_some_and(|c| c.is_numeric()) && mark.left.is_some() {
        return false;
    }
    let answered =
        next.is_some_and(|next| matches!(next.lean, Lean::Left | Lean::Loose) && next.shape != Shape::Opening);
    match (mark.shape, mark.lean) {
        (_, Lean::Left) => false,
        (Shape::Opening, Lean::Right) => closers || is_introduced(text, mark),
        (Shape::Opening, _) => closers,
        (Shape::Straight, Lean::Right) => {
            mark.right.is_some_and(|c| !c.is_numeric() || mark.left.is_none()) && (closers || is_introduced(text, mark))
        }
        (Shape::Straight, Lean::Loose) => {
            answered && is_introduced(text, mark) && word.starts_with(char::is_alphabetic)
        }
        (Shape::Closing, Lean::Right) => answered,
        _ => false,
    }
}

/// Whether it stands at the start of the line, behind a colon or comma, or within another mark.
pub(super) fn is_introduced(text: &str, mark: &Mark) -> bool {
    let before = text[..mark.at].trim_end_matches([' ', '\u{a0}', '\u{202f}', '\t']).chars().next_back();
    before.is_none_or(|c| matches!(c, '\n' | ':' | ',' | '“' | '„' | '"' | '«' | '»' | '.' | '!' | '?'))
}

/// Whether the single mark, which could close, is an apostrophe of the word before it, as in `the workers’ rights` and
/// `goin’ home`: another one further on must then close.
pub(super) fn ends_word<'a>(text: &str, mark: &Mark, mut later: impl Iterator<Item = &'a Mark>) -> bool {
    let mut after = text[mark.end..].chars();
    let goes_on = after.next() == Some(' ') && after.next().is_some_and(|c| c.is_lowercase() || c.is_numeric());
    let before = &text[..mark.at];
    let shortened =
        || before.ends_with("in") || [" o", " th", " an", " wi", " ol"].iter().any(|end| before.ends_with(end));
    if !goes_on || !(before.ends_with(['s', 'S', 'z', 'x']) || shortened()) {
        return false;
    }
    let closes = |next: &Mark| {
        next.lean == Lean::Left
            && (next.left.is_some_and(is_ending) || next.right.is_none_or(|c| is_ending(c) || !c.is_whitespace()))
    };
    let near = later.by_ref().take(4).take_while(|next| next.lean == Lean::Left && next.shape != Shape::Opening);
    near.into_iter().any(closes)
}

/// Whether the mark says how many feet, inches, minutes or seconds; `next` is the next mark of its kind.
pub(super) fn is_measure(text: &str, mark: &Mark, next: Option<&Mark>, open: impl Fn() -> bool) -> bool {
    if mark.shape == Shape::Opening || !mark.left.is_some_and(char::is_numeric) || mark.lean == Lean::Right {
        return false;
    }
    let number = text[..mark.at].trim_end_matches(char::is_numeric);
    let feet = mark.kind == Kind::Double && number.trim_end().ends_with(['\'', '’', '′']);
    let inches = mark.kind == Kind::Single && text[mark.end..].trim_start().starts_with(char::is_numeric);
    let bare = mark.shape == Shape::Straight || mark.kind == Kind::Single;
    feet || inches || (bare && (!open() || next.is_some_and(|next| next.lean == Lean::Left)))
}

fn word_behind<'a>(text: &'a str, mark: &Mark) -> &'a str {
    let rest = text[mark.end..].trim_start_matches([' ', '\u{a0}']);
    let end = rest.char_indices().find(|(_, c)| !c.is_alphanumeric()).map_or(rest.len(), |(at, _)| at);
    &rest[..end]
}

/// Words that lose their beginning, and endings that stand alone in texts cut into words.
fn is_shortened(word: &str) -> bool {
    const WORDS: [&str; 30] = [
        "em", "tis", "twas", "twere", "twill", "til", "till", "cause", "bout", "n", "im", "er", "ere", "cos", "coz",
        "un", "neath", "round", "s", "t", "ll", "re", "ve", "d", "m", "hood", "fro", "kay", "gainst", "nother",
    ];
    word.len() <= 6 && WORDS.iter().any(|short| short.eq_ignore_ascii_case(word))
}
