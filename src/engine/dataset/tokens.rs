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
/// By UAX #29 (Unicode Text Segmentation), word boundaries.
#[must_use]
pub fn tokens(text: &Text, white: bool) -> Vec<Token> {
    let content = text.as_str();
    let mut tokens: Vec<Token> = Vec::with_capacity(content.len() / 5);
    let mut offset = 0_u32;
    for (start, word) in content.split_word_bound_indices() {
        let length = if content.len() == text.len().get() { word.len() } else { word.chars().count() } as u32;
        let span = Span { start: Offset(offset), end: Offset(offset + length) };
        offset += length;
        let bytes = (start, start + word.len());
        if !word.chars().all(char::is_whitespace) {
            tokens.push(Token { span, bytes, space: false });
            continue;
        }
        match tokens.last_mut() {
            Some(last) if last.bytes.1 == start && !last.space && word == " " => last.space = true,
            _ if white => tokens.push(Token { span, bytes, space: false }),
            _ => {}
        }
    }
    tokens
}

/// The places of the tokens that a span touches: the first, and the one after the last.
#[must_use]
pub fn touched(tokens: &[Token], span: Span) -> (usize, usize) {
    let first = tokens.partition_point(|token| token.span.end <= span.start);
    let after = tokens.partition_point(|token| token.span.start < span.end);
    (first, after.max(first))
}

/// Whether a span begins where a token begins and ends where one ends.
#[must_use]
pub fn aligned(tokens: &[Token], span: Span) -> bool {
    let (first, after) = touched(tokens, span);
    first < after && tokens[first].span.start == span.start && tokens[after - 1].span.end == span.end
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
