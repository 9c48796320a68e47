//! Tokens for the formats that are made of them: words by UAX #29, and every other visible character by itself.

use ascribe_schema::{Offset, Span, Text};
use unicode_segmentation::UnicodeSegmentation;

/// A token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it lies, in Unicode scalar values.
    pub span: Span,
    /// Where it lies, in bytes.
    pub bytes: (usize, usize),
    /// Whether exactly one space, U+0020, follows it.
    pub space: bool,
}

/// The tokens of a text: what lies between them is white space only. A run of white space other than single spaces is
/// a token of its own if `white` is set, so that the tokens and their spaces are the whole text.
///
/// By UAX #29 (Unicode Text Segmentation), word boundaries; a space that a combining mark follows, which is one word
/// with it there, stands before the token.
#[must_use]
pub fn tokens(text: &Text, white: bool) -> Vec<Token> {
    let content = text.as_str();
    let mut made = Made { tokens: Vec::with_capacity(content.len() / 5), offset: 0, white };
    let bytes = content.as_bytes();
    let mut start = 0;
    while start < bytes.len() {
        let end = start + plain(&bytes[start..]);
        if start < end {
            words(&bytes[..end], start, &mut made);
            start = end;
            continue;
        }
        let end = start + foreign(&bytes[start..]);
        for (at, word) in content[start..end].split_word_bound_indices() {
            let spaces = word.len() - word.trim_start_matches(' ').len();
            if spaces > 0 && spaces < word.len() {
                made.add(start + at, &word[..spaces], spaces);
            }
            let rest = if spaces < word.len() { spaces } else { 0 };
            made.add(start + at + rest, &word[rest..], word[rest..].chars().count());
        }
        start = end;
    }
    made.tokens
}

/// Tokens that are being made.
struct Made {
    tokens: Vec<Token>,
    offset: u32,
    white: bool,
}

impl Made {
    /// Adds a word of so many characters.
    fn add(&mut self, start: usize, word: &str, length: usize) {
        self.put((start, start + word.len()), length, word.chars().all(char::is_whitespace), word == " ");
    }

    /// Adds what lies at some bytes and has so many characters; says whether it is white space, or one space.
    fn put(&mut self, bytes: (usize, usize), length: usize, white: bool, one: bool) {
        let span = Span { start: Offset(self.offset), end: Offset(self.offset + length as u32) };
        self.offset = span.end.0;
        if !white {
            self.tokens.push(Token { span, bytes, space: false });
            return;
        }
        match self.tokens.last_mut() {
            Some(last) if one && last.bytes.1 == bytes.0 && !last.space => last.space = true,
            _ if self.white => self.tokens.push(Token { span, bytes, space: false }),
            _ => {}
        }
    }
}

/// How many bytes at the beginning can be divided by the simple rules of [`words`]: up to where a character begins that
/// is not ASCII, less the word or the spaces before it.
fn plain(bytes: &[u8]) -> usize {
    let ascii = hard(bytes);
    if ascii == bytes.len() {
        return ascii;
    }
    // The first place from the back where a word cannot go on.
    (1..=ascii).rev().find(|&at| parts(bytes[at - 1], *bytes.get(at).unwrap_or(&b'\r'))).unwrap_or(0)
}

/// How many bytes at the beginning the library must divide: up to where a word certainly ends.
fn foreign(bytes: &[u8]) -> usize {
    let ends = |at: &usize| parts(bytes[at - 1], bytes[*at]);
    // What stopped the simple rules lies before the first such place behind a byte that they cannot take.
    (hard(bytes) + 1..bytes.len()).find(ends).unwrap_or(bytes.len())
}

/// How many bytes come before the first that the simple rules cannot take.
fn hard(bytes: &[u8]) -> usize {
    const STEP: usize = 16;
    let is_hard = |byte: &u8| !byte.is_ascii() || *byte == b'\r';
    // Without a way out of the inner loop, several bytes are looked at at once.
    let easy = |step: &&[u8]| !step.iter().fold(false, |hard, byte| hard | is_hard(byte));
    let skipped = bytes.chunks_exact(STEP).take_while(easy).count() * STEP;
    bytes[skipped..].iter().position(is_hard).map_or(bytes.len(), |at| skipped + at)
}

/// Whether there is a boundary between two bytes whatever stands around them: at the edge of spaces among visible ASCII
/// characters, and around line feeds.
fn parts(before: u8, after: u8) -> bool {
    (before.is_ascii_graphic() && after == b' ')
        || (before == b' ' && after.is_ascii_graphic())
        || before == b'\n'
        || (after == b'\n' && before != b'\r')
}

/// What a word is made of.
const INNER: [bool; 256] = {
    let mut inner = [false; 256];
    let mut byte = 0;
    while byte < 0x80 {
        inner[byte] = (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_';
        byte += 1;
    }
    inner
};

/// Divides ASCII without carriage returns, as UAX #29 does.
fn words(bytes: &[u8], start: usize, made: &mut Made) {
    let end = bytes.len();
    let inner = |byte: u8| INNER[usize::from(byte)];
    let joins = |byte: u8, before: u8, after: u8| match byte {
        b'.' | b'\'' => {
            (before.is_ascii_alphabetic() && after.is_ascii_alphabetic())
                || (before.is_ascii_digit() && after.is_ascii_digit())
        }
        b':' => before.is_ascii_alphabetic() && after.is_ascii_alphabetic(),
        b',' | b';' => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => false,
    };
    let mut at = start;
    while at < end {
        let first = at;
        at += 1;
        if inner(bytes[first]) {
            while at < end && (inner(bytes[at]) || (at + 1 < end && joins(bytes[at], bytes[at - 1], bytes[at + 1]))) {
                at += 1;
            }
        } else if bytes[first] == b' ' {
            while at < end && bytes[at] == b' ' {
                at += 1;
            }
        }
        let byte = bytes[first];
        let white = byte == b' ' || matches!(byte, b'\t'..=b'\r');
        made.put((first, at), at - first, white, byte == b' ' && at == first + 1);
    }
}

/// The places of the tokens that a span touches: the first, and the one after the last.
#[must_use]
pub fn touched(tokens: &[Token], span: Span) -> (usize, usize) {
    let first = tokens.partition_point(|token| token.span.end <= span.start);
    let after = tokens.partition_point(|token| token.span.start < span.end);
    (first, after.max(first))
}

/// As [`tokens`] with all white space, cut further so that each of `spans` is a row of whole tokens: for formats that
/// bring their own tokens, and whose readers take no span that begins or ends inside one.
#[must_use]
pub fn fitted(text: &Text, spans: impl IntoIterator<Item = Span>) -> Vec<Token> {
    let (mut starts, mut ends): (Vec<_>, Vec<_>) = spans.into_iter().map(|span| (span.start, span.end)).unzip();
    starts.sort_unstable();
    ends.sort_unstable();
    let mut bounds = [starts.as_slice(), ends.as_slice()].concat();
    bounds.sort_unstable();
    bounds.dedup();
    let mut fitted = Vec::new();
    for mut token in tokens(text, true) {
        // The space after a token is part of none, so a span that begins or ends with it needs it as its own.
        let after = token.span.end.plus(1);
        let apart =
            token.space && (starts.binary_search(&token.span.end).is_ok() || ends.binary_search(&after).is_ok());
        token.space &= !apart;
        let first = bounds.partition_point(|bound| *bound <= token.span.start);
        for &bound in bounds[first..].iter().take_while(|bound| **bound < token.span.end) {
            let byte = text.byte(bound).unwrap_or(token.bytes.1);
            let span = Span { start: token.span.start, end: bound };
            fitted.push(Token { span, bytes: (token.bytes.0, byte), space: false });
            (token.span.start, token.bytes.0) = (bound, byte);
        }
        fitted.push(token);
        if apart {
            let (span, byte) = (Span { start: token.span.end, end: after }, token.bytes.1);
            fitted.push(Token { span, bytes: (byte, byte + 1), space: false });
        }
    }
    fitted
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    /// As UAX #29 says, by the library alone.
    fn plainly(text: &Text) -> Vec<&str> {
        let words = text.as_str().split_word_bounds().flat_map(|word| {
            let rest = word.trim_start_matches(' ');
            let (spaces, rest) = word.split_at(if rest.is_empty() { 0 } else { word.len() - rest.len() });
            [spaces, rest]
        });
        words.filter(|word| !word.chars().all(char::is_whitespace)).collect()
    }

    #[test]
    fn the_short_way_gives_the_words_of_uax_29() {
        let pieces = [
            "a",
            "Z",
            "b2",
            "7",
            "_",
            ".",
            ",",
            ":",
            ";",
            "'",
            "\"",
            "-",
            "#",
            " ",
            "  ",
            "\n",
            "\t",
            "\r",
            "\r\n",
            "’",
            "“",
            "é",
            "e\u{301}",
            "\u{301}",
            "\u{200d}",
            "😀",
            "👩\u{200d}👧",
            "🇲",
            "🇦",
            "\u{a0}",
            "\u{3000}",
            "\u{202f}",
            "東",
            "ม",
            "ש",
            "\u{ad}",
            "\u{b}",
            "\u{85}",
            "\u{2028}",
            "カ",
            "\u{1}",
        ];
        let mut seed = 7_u64;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..12 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let ascii = !(seed >> 20).is_multiple_of(3);
                text.push_str(pieces[(seed >> 33) as usize % if ascii { 17 } else { pieces.len() }]);
            }
            let text = Text::new(text);
            let made = tokens(&text, false);
            let found: Vec<_> = made.iter().map(|token| text.slice(token.span).unwrap()).collect();
            assert_eq!(found, plainly(&text), "{:?}", text.as_str());
            let bytes: Vec<_> = made.iter().map(|token| &text.as_str()[token.bytes.0..token.bytes.1]).collect();
            assert_eq!(found, bytes);
            let mut whole = String::new();
            for token in tokens(&text, true) {
                whole.push_str(text.slice(token.span).unwrap());
                whole.push_str(if token.space { " " } else { "" });
            }
            assert_eq!(whole, text.as_str());
        }
    }
}
