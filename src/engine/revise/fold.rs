//! A text as it is compared: marks, spaces and ways to write a letter that mean the same are the same.
//!
//! Only this view is folded, never what is stored; every byte of it knows the character that it came from.

use std::ops::Range;

use ascribe_schema::{Offset, Span, Text};
use memchr::memmem::Finder;
use unicode_normalization::char::{canonical_combining_class, decompose_canonical};

use crate::snap::cuts_cluster;

/// A folded text. All quote marks of a kind are one, as are all dashes and all white space; white space beside a
/// double quote mark, soft hyphens and zero-width characters are left out; letters are decomposed (NFD).
#[derive(Debug, Default)]
pub(super) struct Folded {
    /// The folded characters.
    pub(super) text: String,
    /// For each byte of `text`, the offset of the character that it came from.
    from: Vec<u32>,
    /// Where lines begin, as bytes of `text`; the first is 0.
    pub(super) lines: Vec<usize>,
}

impl Folded {
    /// Folds a whole text.
    pub(super) fn new(text: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(text.len()), from: Vec::new(), lines: vec![0] };
        folded.from.reserve(text.len());
        let (mut space, mut line, mut marks) = (None, false, Vec::new());
        for (at, c) in (0..).zip(text.chars()) {
            let Some(c) = fold(c) else { continue };
            if c.is_ascii() || canonical_combining_class(c) == 0 {
                folded.push_marks(&mut marks);
            }
            if c.is_whitespace() {
                space.get_or_insert(at);
                line |= c == '\n';
                continue;
            }
            let space = space.take().filter(|_| c != '"' && !folded.text.is_empty() && !folded.text.ends_with('"'));
            if let Some(at) = space {
                folded.push(' ', at);
            }
            if std::mem::take(&mut line) && !folded.text.is_empty() {
                folded.lines.push(folded.text.len());
            }
            if c.is_ascii() {
                folded.push(c, at);
            } else {
                decompose_canonical(c, |c| match canonical_combining_class(c) {
                    0 => folded.push(c, at),
                    class => marks.push((class, c, at)),
                });
            }
        }
        folded.push_marks(&mut marks);
        folded
    }

    fn push(&mut self, c: char, at: u32) {
        self.text.push(c);
        self.from.resize(self.text.len(), at);
    }

    /// Marks on one letter, in their canonical order.
    fn push_marks(&mut self, marks: &mut Vec<(u8, char, u32)>) {
        marks.sort_by_key(|(class, ..)| *class);
        marks.drain(..).for_each(|(_, c, at)| self.push(c, at));
    }

    /// Where a character of the text, or the next one that is not left out, stands in the folded text.
    pub(super) fn place(&self, offset: Offset) -> usize {
        self.from.partition_point(|&at| at < offset.0)
    }

    /// The folded text of a span, without white space at its ends.
    pub(super) fn range(&self, span: Span) -> Range<usize> {
        let (mut start, mut end) = (self.place(span.start), self.place(span.end));
        while start < end && self.text.as_bytes()[start] == b' ' {
            start += 1;
        }
        while start < end && self.text.as_bytes()[end - 1] == b' ' {
            end -= 1;
        }
        start..end
    }

    /// The characters of `text`, which this is a view of, that a stretch came from; nothing when it would cut one.
    pub(super) fn span(&self, text: &Text, range: Range<usize>) -> Option<Span> {
        let start = *self.from.get(range.start)?;
        let last = *self.from.get(range.end.checked_sub(1)?)?;
        let whole = |at: usize| at == 0 || self.from.get(at).is_none_or(|from| self.from[at - 1] != *from);
        let cut = |at: usize| self.from.get(at).is_some_and(|&from| cuts_cluster(text, Offset(from)));
        if range.is_empty() || !whole(range.start) || !whole(range.end) || cut(range.start) || cut(range.end) {
            return None;
        }
        let mut end = Offset(last).plus(1);
        while cuts_cluster(text, end) {
            end = end.plus(1);
        }
        Some(Span { start: Offset(start), end })
    }

    /// The first character of a stretch and what follows its last, whether or not that cuts one.
    pub(super) fn hull(&self, range: &Range<usize>) -> (Offset, Offset) {
        let here = &self.from[range.clone()];
        let (first, last) = (here.iter().min().copied().unwrap_or(0), here.iter().max().copied().unwrap_or(0));
        (Offset(first), Offset(last).plus(1))
    }

    /// Every place of a folded quote, overlapping ones too.
    pub(super) fn places(&self, quote: &str) -> Vec<usize> {
        let (finder, bytes) = (Finder::new(quote), self.text.as_bytes());
        let mut from = 0;
        std::iter::from_fn(|| {
            let at = from + finder.find(bytes.get(from..)?)?;
            from = at + 1;
            Some(at)
        })
        .collect()
    }

    /// Whether a stretch neither begins nor ends inside a word.
    pub(super) fn is_bounded(&self, range: &Range<usize>) -> bool {
        let inside = |at: usize| {
            let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || canonical_combining_class(c) != 0);
            letter(self.text[..at].chars().next_back()) && letter(self.text[at..].chars().next())
        };
        !inside(range.start) && !inside(range.end)
    }
}

/// What a character is compared as; nothing for one that is left out.
fn fold(c: char) -> Option<char> {
    Some(match c {
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => return None,
        '\u{2060}'..='\u{2069}' | '\u{feff}' => return None,
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '〝' | '〞' | '〟' | '＂' => '"',
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | '`' | '´' | '＇' => '\'',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '\n' => '\n',
        c if c.is_whitespace() => ' ',
        c => c,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn what_reads_the_same_is_the_same() {
        for (one, other) in [
            ("He said “no”.", "He said \"no\"."),
            ("a dit : « Non\u{a0}! » Puis", "a dit : “Non !” Puis"),
            ("Due to“this”she", "Due to \u{201e} this \u{201d} she"),
            ("caf\u{e9}s", "cafe\u{301}s"),
            ("q\u{307}\u{323}", "q\u{323}\u{307}"),
            ("한국", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}"),
            ("Mar\u{ad}oc\u{200b}co", "Marocco"),
            ("the Minister’s – well\r\n own", "the Minister's - well own"),
        ] {
            assert_eq!(Folded::new(one).text, Folded::new(other).text, "{one}");
        }
        assert_ne!(Folded::new("another").text, Folded::new("an other").text);
    }

    #[test]
    fn every_stretch_knows_its_characters_and_cuts_none() {
        let text = Text::new("\n « Où\u{a0}? »\n\n👩‍👩‍👧 e\u{301}t\u{e9} x");
        let folded = Folded::new(text.as_str());
        assert_eq!(folded.text, "\"Ou\u{300} ?\"👩👩👧 e\u{301}te\u{301} x");
        assert_eq!(
            folded.lines.iter().map(|&at| folded.text[at..].chars().next().unwrap()).collect::<String>(),
            "\"👩"
        );
        let found = |quote: &str| {
            let spans = folded.places(quote).into_iter().map(|at| folded.span(&text, at..at + quote.len()));
            spans.map(|span| span.map(|span| text.slice(span).unwrap())).collect::<Vec<_>>()
        };
        assert_eq!(found("Ou\u{300} ?"), [Some("Où\u{a0}?")]);
        assert_eq!(found("👩👩👧"), [Some("👩‍👩‍👧")]);
        assert_eq!(found("e\u{301}"), [Some("e\u{301}"), Some("\u{e9}")]);
        for cut in ["👩", "👧", "Ou", "t e", "e"] {
            assert!(found(cut).into_iter().flatten().next().is_none(), "{cut}");
        }
    }
}
