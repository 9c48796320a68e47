//! A line that comes in: a text to propose for.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A text to propose for.
#[derive(Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Request<'a> {
    /// What the answer is called by.
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    /// The text.
    #[serde(borrow)]
    pub text: Cow<'a, str>,
    /// Its language, as a BCP 47 tag; found out where it is not said.
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    pub language: Option<Cow<'a, str>>,
}

/// Reads a line, or says why it is none.
pub(super) fn read(line: &[u8]) -> Result<Request<'_>, String> {
    let line = std::str::from_utf8(line)
        .map_err(|error| format!("the line is not UTF-8, from byte {} on", error.valid_up_to() + 1))?;
    // A list would do for an object otherwise.
    if !line.trim_start().starts_with('{') {
        return Err("the line is no JSON object".to_owned());
    }
    serde_json::from_str(line).map_err(|error| {
        let (reason, place) = (error.to_string(), format!(" at line {} column {}", error.line(), error.column()));
        match reason.strip_suffix(&place) {
            Some(reason) => format!("{reason} at byte {}", error.column()),
            None => reason,
        }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn what_a_line_needs_and_what_does_not_matter() {
        let read = |line: &'static str| read(line.as_bytes());
        let request = read(r#" {"more": [{}], "text": "“No”\n", "id": "1", "language": "en"} "#).unwrap();
        assert_eq!((request.id.as_ref(), request.text.as_ref()), ("1", "“No”\n"));
        assert_eq!(request.language.as_deref(), Some("en"));
        assert_eq!(read(r#"{"id":"1","text":"","language":null}"#).unwrap().language, None);
        for (line, reason) in [
            (r#"{"text": "no"}"#, "missing field `id`"),
            (r#"{"id": "1"}"#, "missing field `text`"),
            (r#"{"id": 1, "text": ""}"#, "invalid type: integer `1`, expected a string at byte 8"),
            (r#"{"id": "1", "text": null}"#, "invalid type: null"),
            (r#"{"id": "1", "text": "", "language": 7}"#, "invalid type"),
            (r#"{"id": "1", "id": "2", "text": ""}"#, "duplicate field `id`"),
            (r#"["1", "text"]"#, "no JSON object"),
            (r#"{"id": "1", "text": "\ud800"}"#, "hex escape"),
            (r#"{"id": "1", "text": "\ud800 "}"#, "hex escape"),
            (r#"{"id": "1", "text": "a"} {}"#, "trailing characters"),
            (r#"{"id": "1", "text": "a"#, "EOF"),
        ] {
            let told = read(line).unwrap_err();
            assert!(told.contains(reason), "{line}: {told}");
            assert!(!told.contains("at line 1"), "the number of the line is told beside: {told}");
        }
        assert!(super::read(b"{\"id\": \"\xff\"}").unwrap_err().contains("not UTF-8, from byte 9"));
    }
}
