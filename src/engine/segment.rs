//! Where words begin and end, in every script.
//!
//! By UAX #29, with dictionaries for the scripts that are written without spaces: Chinese, Japanese, Thai, Lao,
//! Khmer, Burmese. Quote marks and other punctuation are never part of a word; an apostrophe inside one is.

use std::{ops::Range, sync::LazyLock};

use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed, options::WordBreakInvariantOptions};

/// The most bytes that are looked at as one piece, where nothing in between ends all words.
const PIECE: usize = 4096;
/// How far to look for a word.
const REACH: usize = 64 * 1024;

/// The word that holds the character at `byte`; nothing where there is no word.
#[must_use]
pub fn word_at(text: &str, byte: usize) -> Option<Range<usize>> {
    let byte = text.floor_char_boundary(byte);
    words_in(text, piece(text, byte)).find(|word| word.contains(&byte))
}

/// The first word that ends after `byte`.
#[must_use]
pub fn word_after(text: &str, byte: usize) -> Option<Range<usize>> {
    let mut at = byte;
    while at < text.len() && at - byte < REACH {
        let piece = piece(text, at);
        at = piece.end;
        if let Some(word) = words_in(text, piece).find(|word| word.end > byte) {
            return Some(word);
        }
    }
    None
}

/// The last word that starts before `byte`.
#[must_use]
pub fn word_before(text: &str, byte: usize) -> Option<Range<usize>> {
    let mut at = byte.min(text.len());
    while at > 0 && byte - at < REACH {
        let piece = piece(text, at - 1);
        at = piece.start;
        if let Some(word) = words_in(text, piece).take_while(|word| word.start < byte).last() {
            return Some(word);
        }
    }
    None
}

/// All words of a text.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    let pieces = std::iter::from_fn(move || {
        let next = (at < text.len()).then(|| piece(text, at))?;
        at = next.end;
        Some(next)
    });
    pieces.flat_map(|piece| words_in(text, piece))
}

/// The words of a piece of the text.
fn words_in(text: &str, piece: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    static SEGMENTER: LazyLock<WordSegmenterBorrowed<'static>> =
        LazyLock::new(|| WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()));
    let (mut start, base) = (0, piece.start);
    let segments =
        SEGMENTER.segment_str(&text[piece]).map(move |end| base + std::mem::replace(&mut start, end)..base + end);
    segments.filter(|segment| text[segment.clone()].contains(char::is_alphanumeric))
}

/// The neighbourhood of a byte in which words are found as they would be in the whole text: between characters
/// that end any word, or else between multiples of a length. The same for all bytes in it, so that a word is the
/// same from wherever it is looked at.
fn piece(text: &str, byte: usize) -> Range<usize> {
    let byte = text.floor_char_boundary(byte.min(text.len().saturating_sub(1)));
    let [lowest, highest] = [byte / PIECE, byte / PIECE + 1].map(|piece| text.ceil_char_boundary(piece * PIECE));
    if text[byte..].starts_with(ends_words) {
        let length = text[byte..].chars().next().map_or(0, char::len_utf8);
        return byte..byte + length;
    }
    let before = text[lowest..byte].char_indices().rfind(|&(_, c)| ends_words(c));
    let start = before.map_or(lowest, |(at, c)| lowest + at + c.len_utf8());
    let end = text[byte..highest].find(ends_words).map_or(highest, |length| byte + length);
    start..end
}

/// Whether no word reaches over a character: space, line breaks, and marks that join neither letters nor digits.
fn ends_words(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '“' | '”' | '„' | '«' | '»' | '、' | '。' | '「'..='】' | '！' | '（' | '）' | '？')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All words, found one after the other; they must be those that are found at once.
    fn found(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        let mut byte = 0;
        while let Some(word) = word_after(text, byte) {
            byte = word.end;
            found.push(&text[word]);
        }
        assert_eq!(found, words(text).map(|word| &text[word]).collect::<Vec<_>>());
        found
    }

    #[test]
    fn words_of_every_script() {
        for (text, expected) in [
            ("He didn’t say “no”, 3.5% of 1,000.", "He|didn’t|say|no|3.5|of|1,000"),
            ("L’État, c’est moi", "L’État|c’est|moi"),
            ("нет, сказал он", "нет|сказал|он"),
            ("قال: «لا»", "قال|لا"),
            ("ראש הממשלה אמר", "ראש|הממשלה|אמר"),
            ("सरकार ने कहा।", "सरकार|ने|कहा"),
            ("รัฐมนตรีกล่าวว่าไม่จริง", "รัฐมนตรี|กล่าว|ว่า|ไม่|จริง"),
            ("大臣は否定した。", "大臣|は|否定|した"),
            ("外交部发言人否认了这一说法", "外交部|发言|人|否认|了|这|一|说法"),
            ("그는 부인했다.", "그는|부인했다"),
            ("ນາຍົກລັດຖະມົນຕີ ກ່າວ", "ນາຍົກລັດຖະມົນຕີ|ກ່າວ"),
        ] {
            assert_eq!(found(text).join("|"), expected);
        }
    }

    #[test]
    fn a_word_is_the_same_from_wherever_it_is_looked_at() {
        let text = "大臣は「それは嘘だ」と述べた。รัฐมนตรี didn’t 12,5 נאמר. ".repeat(300);
        for text in [text.as_str(), &text.replace(' ', "")] {
            let mut byte = 0;
            while let Some(word) = word_after(text, byte).filter(|word| word.end < 20_000) {
                for (inside, _) in text[word.clone()].char_indices() {
                    assert_eq!(word_at(text, word.start + inside), Some(word.clone()));
                    assert_eq!(word_before(text, word.start + inside + 1), Some(word.clone()));
                }
                byte = word.end;
            }
        }
    }

    #[test]
    fn between_words_there_is_none() {
        assert_eq!(word_at("a “b”", 2), None);
        assert_eq!(word_at("", 0), None);
        assert_eq!(word_after("a “b”", 7), None);
        assert_eq!(word_before("“b", 2), None);
        assert_eq!(word_after(&" ".repeat(200_000), 0), None);
    }
}
