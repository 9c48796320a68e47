//! Names of features and files: an attribute may be called anything, a feature only an identifier.

use std::{collections::HashSet, fmt::Write};

/// What features are called that are no attribute.
const TAKEN: [&str; 7] = ["begin", "end", "sofa", "label", "value", "note", "identifier"];

/// What the feature of an attribute is called: letters and digits of ASCII and `_`, a letter first; every other
/// character is its code point in hexadecimal between `_x` and `_`.
pub(in crate::dataset) fn feature_name(attribute: &str) -> String {
    let mut name = String::with_capacity(attribute.len());
    if attribute.is_empty() {
        return "x_x_".to_owned();
    }
    let taken = TAKEN.contains(&attribute) || attribute.starts_with("ROLE_") || attribute.starts_with("BT_");
    if taken || !attribute.starts_with(|c: char| c.is_ascii_alphabetic()) || attribute.starts_with("x_x") {
        // A prefix that no other name has, and that reading takes away.
        name.push_str("x_x_");
    }
    for (at, c) in attribute.char_indices() {
        let escape = c == '_' && attribute[at..].starts_with("_x");
        if (c.is_ascii_alphanumeric() || c == '_') && !escape {
            name.push(c);
        } else {
            // Writing into a string cannot fail.
            let _ = write!(name, "_x{:x}_", u32::from(c));
        }
    }
    name
}

/// The attribute that a feature of that name holds.
pub(super) fn attribute_name(feature: &str) -> String {
    let mut rest = feature.strip_prefix("x_x_").unwrap_or(feature);
    let mut name = String::with_capacity(rest.len());
    while let Some(at) = rest.find("_x") {
        let after = &rest[at + 2..];
        let code = after.find('_').filter(|end| (1..=6).contains(end));
        let sign = code.and_then(|end| u32::from_str_radix(&after[..end], 16).ok()).and_then(char::from_u32);
        let (Some(end), Some(sign)) = (code, sign) else {
            name.push_str(&rest[..at + 2]);
            rest = after;
            continue;
        };
        name.push_str(&rest[..at]);
        name.push(sign);
        rest = &after[end + 1..];
    }
    name.push_str(rest);
    name
}

/// The names of files in a folder: one for each record, whatever its id is.
#[derive(Debug, Default)]
pub(in crate::dataset) struct Names(HashSet<String>);

impl Names {
    /// `[ANNOTATOR/]ID`, with what file systems refuse as `_`, and with a number where that is taken already.
    pub fn next(&mut self, annotator: &str, id: &str) -> String {
        let (folder, id) = (safe(annotator), safe(id));
        let wanted = if annotator.is_empty() { id } else { format!("{folder}/{id}") };
        let mut name = wanted.clone();
        let mut number = 1;
        // File systems that do not tell capitals from small letters would put two files into one.
        // `account.json` is the file that says what became of everything.
        while name.eq_ignore_ascii_case("account") || !self.0.insert(name.to_lowercase()) {
            number += 1;
            name = format!("{wanted}-{number}");
        }
        name
    }
}

fn safe(name: &str) -> String {
    let kept = |c: char| !c.is_control() && !"/\\:*?\"<>|".contains(c);
    let mut safe: String = name.chars().take(120).map(|c| if kept(c) { c } else { '_' }).collect();
    if safe.is_empty() || safe.starts_with('.') || safe.ends_with(['.', ' ']) {
        safe = format!("_{}_", safe.trim_matches(['.', ' ']));
    }
    safe
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn every_attribute_name_comes_back() {
        for name in
            ["form", "ist-wörtlich", "label", "9", "a_x41_b", "_x", "x_x_label", "a b.c|d", "", "😀", "ROLE_a", "x_x"]
        {
            let feature = feature_name(name);
            assert_eq!(attribute_name(&feature), name, "{feature}");
            assert!(feature.starts_with(|c: char| c.is_ascii_alphabetic()), "{feature}");
            assert!(feature.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'), "{feature}");
        }
        assert_eq!(feature_name("form"), "form");
        assert_ne!(feature_name("x_x_label"), feature_name("label"));
    }

    #[test]
    fn two_records_never_share_a_file() {
        let mut names = Names::default();
        assert_eq!(names.next("", "a/b"), "a_b");
        assert_eq!(names.next("", "a:b"), "a_b-2");
        assert_eq!(names.next("amina", "A_B"), "amina/A_B");
        assert_eq!(names.next("", "A_B"), "A_B-3");
        assert_eq!(names.next("", ".."), "__");
        assert_eq!(names.next("", "account"), "account-2", "the account of the dataset has that name");
    }
}
