//! Paths to places in a file, as records of conflicts name them.

use super::tree::{end_of_string, quoted};

/// What stands before the number of a second record of one place.
const NUMBER: char = '#';

/// The path to the thing with that name in the thing at `place`. A name that could be misread stands in quotes.
pub(super) fn join(place: &str, name: &str) -> String {
    let plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let name = if plain { name.to_owned() } else { quoted(name) };
    if place.is_empty() { name } else { format!("{place}.{name}") }
}

/// The names that a path goes through; nothing for one that is not well formed.
pub(super) fn names(at: &str) -> Option<Vec<String>> {
    let (mut names, mut rest) = (Vec::new(), place(at));
    loop {
        let end = if rest.starts_with('"') { end_of_string(rest)? } else { rest.find('.').unwrap_or(rest.len()) };
        let name = &rest[..end];
        names.push(if name.starts_with('"') { ron::from_str(name).ok()? } else { name.to_owned() });
        match rest[end..].strip_prefix('.') {
            Some(more) => rest = more,
            None if rest.len() == end => return Some(names),
            None => return None,
        }
    }
}

/// The path without the number that tells a second record of one place apart.
pub(super) fn place(at: &str) -> &str {
    match at.rsplit_once(NUMBER) {
        Some((place, number)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => place,
        _ => at,
    }
}

/// The path of the record with that number, counted from 1, of one place.
pub(super) fn numbered(place: &str, number: usize) -> String {
    if number == 1 { place.to_owned() } else { format!("{place}{NUMBER}{number}") }
}
