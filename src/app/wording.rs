//! Putting names, numbers and long texts into words.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::visible;

/// The first characters of a text that somebody wrote, in one line and fit for a label of its own.
pub fn shortened(text: &str, characters: usize) -> String {
    match text.grapheme_indices(true).nth(characters) {
        Some((end, _)) => visible(text[..end].trim_end()).into_owned() + "…",
        None => visible(text).into_owned(),
    }
}

/// With a capital first letter, and spaces for underscores.
pub fn capitalised(name: &str) -> String {
    let mut characters = name.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    (first + characters.as_str()).replace('_', " ")
}

/// A number with its noun: `1 tag`, `2 tags`.
pub fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(number))
}

/// A number with a comma between its thousands.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A share in percent: `97 %`.
pub fn percent(share: u32) -> String {
    format!("{share} %")
}

/// How sure a score is, in words.
pub fn likely(score: u32) -> &'static str {
    match score {
        95.. => "almost certain",
        85.. => "very likely",
        65.. => "likely",
        40.. => "possible",
        _ => "doubtful",
    }
}

/// Some words as a list: `a, b and c`.
pub fn listed(words: impl IntoIterator<Item = String>) -> String {
    let mut words: Vec<_> = words.into_iter().collect();
    match (words.pop(), words.is_empty()) {
        (None, _) => String::new(),
        (Some(last), true) => last,
        (Some(last), false) => format!("{} and {last}", words.join(", ")),
    }
}

/// With a capital first letter and a full stop.
pub fn sentence_case(words: &str) -> String {
    let mut characters = words.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    first + characters.as_str() + "."
}
