//! From bytes to characters.

mod alphabet;
mod broad;
mod guess;
mod reading;
mod wide;

use encoding_rs::{DecoderResult, Encoding, ISO_2022_JP, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, X_USER_DEFINED};

use self::guess::Guess;
use super::{Doubt, DoubtKind, ImportError};

/// How many characters of a line show how an encoding would read it.
const SHOWN: usize = 60;
/// How many encodings are named beside the one that was guessed.
const NAMED: usize = 3;

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
    if let Some(name) = named {
        return decode_named(bytes, name);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return exactly(bytes, encoding, mark).map(|text| sure(text, encoding));
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.contains('\0')
        && guess::guess_wide(bytes).is_none()
    {
        // Text of seven-bit Japanese mail is ASCII, too, but for what its escapes switch on.
        let japanese = (text.contains("\u{1b}$B") || text.contains("\u{1b}$@"))
            .then(|| exactly(bytes, ISO_2022_JP, 0).ok().filter(|text| !text.contains('\u{1b}')))
            .flatten();
        let mut decoded = japanese.map_or_else(|| sure(text.to_owned(), UTF_8), |text| sure(text, ISO_2022_JP));
        let others = if declared == Some(UTF_8) { Vec::new() } else { guess::by_chance(bytes, text) };
        if !others.is_empty() {
            decoded.doubts.push(unsure("the text is read as", bytes, UTF_8, &others));
        }
        return Ok(decoded);
    }
    match declared {
        Some(encoding)
            if is_usable(encoding) && !bytes.contains(&0) && ![UTF_8, UTF_16LE, UTF_16BE].contains(&encoding) =>
        {
            decode_declared(bytes, encoding)
        }
        _ => decode_guessed(bytes),
    }
}

/// The encoding that people mean by a name: those of the WHATWG standard, and some that it lacks.
fn named_encoding(name: &str) -> Option<&'static Encoding> {
    let name = match name.trim().to_ascii_lowercase().as_str() {
        "macroman" | "mac-roman" | "mac_roman" => "macintosh".to_owned(),
        // The same letters; the standard knows some code pages only by this name.
        name => name
            .strip_prefix("cp")
            .filter(|page| page.len() == 4)
            .map_or_else(|| name.to_owned(), |page| format!("windows-{page}")),
    };
    Encoding::for_label(name.as_bytes()).filter(|encoding| is_usable(encoding))
}

/// Whether it says of bytes which characters they are: two in the standard do not.
fn is_usable(encoding: &'static Encoding) -> bool {
    encoding != REPLACEMENT && encoding != X_USER_DEFINED
}

fn decode_named(bytes: &[u8], name: &str) -> Result<Decoded, ImportError> {
    let mut encoding = named_encoding(name).ok_or_else(|| ImportError::UnknownEncoding(name.to_owned()))?;
    let mut start = 0;
    if let Some((marked, mark)) = Encoding::for_bom(bytes) {
        let either = name.trim().eq_ignore_ascii_case("utf-16") && marked != UTF_8;
        if either || marked == encoding {
            (encoding, start) = (marked, mark);
        } else {
            // The mark would become three or two odd letters.
            return Err(ImportError::Undecodable(encoding.name().to_owned(), 0));
        }
    }
    exactly(bytes, encoding, start).map(|text| sure(text, encoding))
}

fn sure(text: String, encoding: &'static Encoding) -> Decoded {
    Decoded { text, encoding: encoding.name().to_owned(), doubts: Vec::new() }
}

/// As the file itself says, unless its letters say clearly that this is wrong.
fn decode_declared(bytes: &[u8], encoding: &'static Encoding) -> Result<Decoded, ImportError> {
    let Ok(text) = exactly(bytes, encoding, 0) else { return decode_guessed(bytes) };
    let mut decoded = sure(text, encoding);
    if let Some(guess) = guess::guess(bytes)
        && guess.others.is_empty()
        && let Ok(other) = exactly(bytes, guess.encoding, 0)
        && other != decoded.text
    {
        let message =
            format!("the file says that it is {}, but it looks like {}", encoding.name(), guess.encoding.name());
        decoded.doubts.push(doubt(message, bytes, encoding, &[guess.encoding]));
    }
    Ok(decoded)
}

fn decode_guessed(bytes: &[u8]) -> Result<Decoded, ImportError> {
    let binary = || bytes.iter().position(|&byte| byte == 0).map(ImportError::Binary);
    let Some(Guess { encoding, others }) = guess::guess(bytes) else {
        return Err(binary().unwrap_or_else(|| undecodable(bytes, UTF_8, 0)));
    };
    let mut decoded = exactly(bytes, encoding, 0).map(|text| sure(text, encoding))?;
    if !others.is_empty() {
        decoded.doubts.push(unsure("the encoding was guessed to be", bytes, encoding, &others));
    }
    Ok(decoded)
}

/// That it could be one of the `others`.
fn unsure(read: &str, bytes: &[u8], encoding: &'static Encoding, others: &[&'static Encoding]) -> Doubt {
    let names: Vec<_> = others.iter().take(NAMED).map(|other| other.name()).collect();
    let message = format!("{read} {}, but it could be {}", encoding.name(), names.join(" or "));
    doubt(message, bytes, encoding, others)
}

/// A doubt that shows one line as each encoding would read it.
fn doubt(message: String, bytes: &[u8], encoding: &'static Encoding, others: &[&'static Encoding]) -> Doubt {
    let line = telling_line(bytes, encoding, others);
    let all = [encoding].into_iter().chain(others.iter().copied()).take(1 + NAMED);
    let shown: Vec<_> = all.map(|encoding| format!("“{}” ({})", shown(line, encoding), encoding.name())).collect();
    let hint = "choose the encoding in which the letters are right";
    Doubt::new(DoubtKind::UnsureEncoding, format!("{message}: {}", shown.join(", "))).hint(hint)
}

/// A part of the file, from a line, that encodings read differently.
fn telling_line<'a>(bytes: &'a [u8], encoding: &'static Encoding, others: &[&'static Encoding]) -> &'a [u8] {
    let telling = |line: &&[u8]| {
        let as_guessed = shown(line, encoding);
        !line.is_ascii() && others.iter().any(|other| shown(line, other) != as_guessed)
    };
    // In UTF-16 a line end has two bytes, one of which begins or ends the next line.
    if [encoding].iter().chain(others).any(|encoding| [UTF_16LE, UTF_16BE].contains(encoding)) {
        return &bytes[..bytes.len().min(2 * SHOWN)];
    }
    bytes.split(|&byte| byte == b'\n').flat_map(parts).find(telling).unwrap_or_default()
}

/// A line in parts that can be shown, cut at spaces where it has any.
fn parts(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let space = rest.iter().take(SHOWN).rposition(|&byte| byte == b' ').filter(|_| rest.len() > SHOWN);
        let (part, after) = rest.split_at(space.map_or(rest.len().min(SHOWN), |space| space + 1));
        rest = after;
        (!part.is_empty()).then_some(part)
    })
}

fn shown(line: &[u8], encoding: &'static Encoding) -> String {
    let text = encoding.decode_without_bom_handling(line).0;
    text.trim().chars().filter(|c| !c.is_control()).take(SHOWN).collect()
}

/// All of `bytes` from `start` on in that encoding, every character as it is.
fn exactly(bytes: &[u8], encoding: &'static Encoding, start: usize) -> Result<String, ImportError> {
    match encoding.decode_without_bom_handling_and_without_replacement(&bytes[start..]) {
        Some(text) => Ok(text.into_owned()),
        None => Err(undecodable(bytes, encoding, start)),
    }
}

/// Says at which byte the encoding does not fit.
fn undecodable(bytes: &[u8], encoding: &'static Encoding, start: usize) -> ImportError {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let (mut buffer, mut at) = (vec![0; 4096], start);
    loop {
        let (result, read, _) = decoder.decode_to_utf8_without_replacement(&bytes[at..], &mut buffer, true);
        at += read;
        match result {
            DecoderResult::OutputFull => {}
            DecoderResult::InputEmpty => break,
            DecoderResult::Malformed(bad, after) => {
                at = at.saturating_sub(usize::from(bad) + usize::from(after));
                break;
            }
        }
    }
    ImportError::Undecodable(encoding.name().to_owned(), at)
}
