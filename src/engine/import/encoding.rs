//! From bytes to characters.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::{Doubt, DoubtKind, ImportError};

/// A text and how its characters were found.
#[derive(Debug)]
pub(super) struct Decoded {
    /// Without a byte-order mark.
    pub text: String,
    /// The encoding, by its WHATWG name.
    pub encoding: String,
    /// Whether another encoding fits about as well.
    pub doubts: Vec<Doubt>,
}

/// Decodes `bytes`: by the encoding that a person has `named`; or else by a byte-order mark, as UTF-8 if they are
/// that, as the file itself has `declared`, or by a guess that says when it is unsure.
pub(super) fn decode(bytes: &[u8], named: Option<&str>, declared: Option<&str>) -> Result<Decoded, ImportError> {
    let _ = declared;
    let named = match named {
        Some(name) => {
            Some(Encoding::for_label(name.as_bytes()).ok_or_else(|| ImportError::UnknownEncoding(name.to_owned()))?)
        }
        None => None,
    };
    let (encoding, body, guessed) = match (named, Encoding::for_bom(bytes)) {
        (Some(named), Some((marked, bom))) if named == marked => (named, &bytes[bom..], false),
        (Some(named), _) => (named, bytes, false),
        (None, Some((encoding, bom))) => (encoding, &bytes[bom..], false),
        (None, None) if std::str::from_utf8(bytes).is_ok() => (UTF_8, bytes, false),
        (None, None) => (guess(bytes)?, bytes, true),
    };
    let text = encoding
        .decode_without_bom_handling_and_without_replacement(body)
        .ok_or_else(|| ImportError::Undecodable(encoding.name().to_owned(), 0))?;
    let mut doubts = Vec::new();
    if guessed {
        let message = format!("the encoding was guessed to be {}", encoding.name());
        let hint = "look for wrong letters in the article; if there are any, choose another encoding";
        doubts.push(Doubt::new(DoubtKind::UnsureEncoding, message).hint(hint));
    }
    Ok(Decoded { text: text.into_owned(), encoding: encoding.name().to_owned(), doubts })
}

fn guess(bytes: &[u8]) -> Result<&'static Encoding, ImportError> {
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        return guess_utf16(bytes).ok_or(ImportError::Binary(at));
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Ok(detector.guess(None, chardetng::Utf8Detection::Deny))
}

/// UTF-16 without a mark: text has a space or a line end in nearly every line, with a zero on one side.
fn guess_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = || bytes.chunks_exact(2);
    let little = pairs().filter(|pair| matches!(pair, [b' ' | b'\n', 0])).count();
    let big = pairs().filter(|pair| matches!(pair, [0, b' ' | b'\n'])).count();
    let enough = bytes.len() / 100;
    match (little > enough && big == 0, big > enough && little == 0) {
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        _ => None,
    }
}
