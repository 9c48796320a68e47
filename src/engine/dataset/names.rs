//! Names that follow from what they name, so that the same records always make the same files; and dates.

use std::ops::Range;

use uuid::Uuid;

/// The longest file name that is made of an id, without its ending, in bytes.
const LONGEST: usize = 160;

/// The UUID (version 5, RFC 9562) that stands for these words in this order.
#[must_use]
pub(super) fn uuid(words: &[&str]) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("urn:ascribe:{}", words.join("\0")).as_bytes())
}

/// A file name that no system refuses; different ids have different names.
#[must_use]
pub(super) fn file_name(id: &str) -> String {
    let mut name = String::with_capacity(id.len());
    let device = is_device(id);
    for (at, c) in id.char_indices() {
        let inside = at > 0 && at + 1 < id.len();
        let plain = c.is_alphanumeric() || c == '-' || c == '_' || (inside && (c == ' ' || c == '.'));
        if plain && (at > 0 || !device) {
            name.push(c);
        } else {
            c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| name.push_str(&format!("%{byte:02X}")));
        }
    }
    let long = name.len() > LONGEST;
    if long || name.is_empty() {
        let end = (0..=name.len().min(LONGEST)).rev().find(|end| name.is_char_boundary(*end)).unwrap_or_default();
        name = format!("{}%{}", &name[..end], uuid(&["file", id]).simple());
    }
    name
}

/// Whether Windows takes a name for a device, whatever its ending.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let port = |name: &str| stem.strip_prefix(name).is_some_and(|port| matches!(port.as_bytes(), [b'0'..=b'9']));
    ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str()) || port("COM") || port("LPT")
}

/// Whether a text is a date and time as RFC 3339 has it: `2026-11-22T10:12:31Z`, with a fraction or another zone.
pub(super) fn is_time(text: &str) -> bool {
    let shape = |text: &str, shape: &str| {
        text.len() == shape.len()
            && text.bytes().zip(shape.bytes()).all(|(c, s)| if s == b'0' { c.is_ascii_digit() } else { c == s })
    };
    let Some((start, mut rest)) = text.split_at_checked(19) else { return false };
    let most = [(5..7, 1, 12), (8..10, 1, 31), (11..13, 0, 23), (14..16, 0, 59), (17..19, 0, 60)];
    let within = |(at, least, most): (Range<usize>, u8, u8)| {
        start[at].parse::<u8>().is_ok_and(|number| (least..=most).contains(&number))
    };
    if !shape(start, "0000-00-00T00:00:00") || !most.into_iter().all(within) {
        return false;
    }
    if let Some(fraction) = rest.strip_prefix('.') {
        rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
        if rest.len() == fraction.len() {
            return false;
        }
    }
    rest == "Z" || shape(rest, "+00:00") || shape(rest, "-00:00")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::{file_name, is_time};

    #[test]
    fn file_names_are_harmless_and_differ() {
        assert_eq!(file_name("gantz-visits-morocco-k7m2q9xd"), "gantz-visits-morocco-k7m2q9xd");
        assert_eq!(file_name("../a/b:c"), "%2E.%2Fa%2Fb%3Ac");
        assert_eq!(["con", "Nul.txt", "lpt1"].map(file_name), ["%63on", "%4Eul.txt", "%6Cpt1"], "devices of Windows");
        assert_eq!(["console", "com10", "U.N.", "x "].map(file_name), ["console", "com10", "U.N%2E", "x%20"]);
        assert_ne!(file_name(&"x".repeat(900)), file_name(&"x".repeat(901)));
        assert!(file_name(&"é".repeat(900)).len() < 220 && !file_name("").is_empty());
    }

    #[test]
    fn times_are_told_from_other_texts() {
        for time in ["2026-11-22T10:12:31Z", "2026-11-22T10:12:31.25+02:00"] {
            assert!(is_time(time), "{time}");
        }
        for text in [
            "now",
            "2026-11-22",
            "2026-11-22T10:12:31",
            "2026-11-22T10:12:31.Z",
            "2026-11-22T10:12:3éZ",
            "2026-13-22T10:12:31Z",
        ] {
            assert!(!is_time(text), "{text}");
        }
    }
}
