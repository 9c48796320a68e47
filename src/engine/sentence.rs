//! Sentences, as a reader would say where they end.
//!
//! UAX #29 finds the places where one may end, in any script; what it cannot know, such as abbreviations and
//! marks that stand where they should not, is mended here. A line always ends a sentence. No more than a few
//! thousand characters around a position are looked at.

use ascribe_schema::{Offset, Span, Text};

use crate::snap::{paragraph_at, trim, words};
pub(crate) use ascribe_attribution::sentence_ends as line_ends;

/// The sentence that holds `offset`, without white space at its ends; at the end of a line the last one.
/// Nothing on an empty line.
#[must_use]
pub fn sentence_at(text: &Text, offset: Offset) -> Option<Span> {
    let all = sentences(text, paragraph_at(text, offset));
    let here = all.iter().rev().find(|sentence| sentence.start <= offset);
    // Where a sentence goes on beyond what is looked at, it ends with a word.
    here.or(all.first()).map(|sentence| words(text, *sentence))
}

/// Where the sentence ends that goes on after `from`, or else the next one.
#[must_use]
pub fn sentence_end(text: &Text, from: Offset) -> Offset {
    let mut at = from;
    loop {
        let near = paragraph_at(text, at);
        if let Some(sentence) = sentences(text, near).into_iter().find(|sentence| sentence.end > from) {
            return sentence.end;
        }
        if near.end >= text.len() {
            return text.len();
        }
        at = near.end.plus(1).max(at.plus(1));
    }
}

/// Where the sentence starts that has come this far before `from`, or else the one before.
#[must_use]
pub fn sentence_start(text: &Text, from: Offset) -> Offset {
    let mut at = from;
    loop {
        let near = paragraph_at(text, at);
        if let Some(sentence) = sentences(text, near).into_iter().rev().find(|sentence| sentence.start < from) {
            return sentence.start;
        }
        if near.start == Offset::ZERO {
            return Offset::ZERO;
        }
        at = near.start.minus(1).min(at.minus(1));
    }
}

/// The sentences of a stretch of one line.
fn sentences(text: &Text, stretch: Span) -> Vec<Span> {
    let (Some(content), Some(base)) = (text.slice(stretch), text.byte(stretch.start)) else { return Vec::new() };
    let offset = |byte| text.offset_of_byte(base + byte);
    let ends = line_ends(content);
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let raw = starts.zip(ends.iter().copied());
    raw.filter_map(|(start, end)| trim(text, Span { start: offset(start)?, end: offset(end)? })).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::snap::cuts_cluster;

    /// `|` stands where one sentence ends and the next begins.
    fn check(marked: &str) {
        let expected: Vec<&str> = marked.split('|').map(str::trim).collect();
        let text = Text::new(marked.replace('|', ""));
        let found = sentences(&text, text.span());
        let found: Vec<_> = found.into_iter().filter_map(|span| text.slice(span)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn sentences_end_where_a_reader_would_say() {
        for marked in [
            "One. |Two! |Three? |Four",
            "But Mr. Gantz’s visit comes. |He flew.",
            "Mr. Gantz, who flies, must sign. |“Until now, there was none. |It is a declaration ”, added this manager.",
            "He left the U.S. last year. |He came back to the U.S. |The plan failed.",
            "The U.S. President spoke to J. R. R. Tolkien and George W. Bush.",
            "Every Saturday at 6 a.m., find a week. |It was 6 a.m. |Police said so. |At 7 p.m. Monday it rained.",
            "It costs 3.50 or 1,000.5 dollars. |Nobody paid.",
            "Nr. 5 lebt, z. B. Bären und u. a. Wölfe. |Am 3. Oktober auch.",
            "See No. 5 and Fig. 3. |No. |He will not.",
            "He died in 2020. |15 people came.",
            "1. The first point. |2. The second.",
            "does not seem to hold. pure coincidence. |“It is possible. “, he emphasizes. |Next.",
            "to the ” serious “. |For its part, it denies.",
            "“Really?” he asked. |“We won!” shouted Ann. |“It is over.” |She left.",
            "他说：“是的。” |然后走了。|真的吗？|是。",
            "هل جاء؟ |نعم، جاء. |ثم ذهب.",
            "वह आया। |फिर गया।",
            "Он родился в 1950 г. в Москве. |Потом проф. Иванов уехал.",
            "Wait… What? |Dr. No. |Yes",
        ] {
            check(marked);
        }
    }

    #[test]
    fn the_sentence_here_and_its_ends() {
        let text = Text::new("One two. Three.\n\nFour (a.m.) five.");
        let at = |offset| sentence_at(&text, Offset(offset)).and_then(|span| text.slice(span));
        assert_eq!(at(3), Some("One two."));
        assert_eq!(at(8), Some("One two."), "the space after it is nobody's");
        assert_eq!(at(9), Some("Three."));
        assert_eq!(at(15), Some("Three."), "the end of the line");
        assert_eq!(at(16), None);
        assert_eq!(at(20), Some("Four (a.m.) five."));
        let ends: Vec<_> = [0, 8, 15, 16, 34].map(|from| sentence_end(&text, Offset(from)).0).to_vec();
        assert_eq!(ends, [8, 15, 34, 34, 34]);
        let starts: Vec<_> = [34, 17, 16, 9, 0].map(|from| sentence_start(&text, Offset(from)).0).to_vec();
        assert_eq!(starts, [17, 9, 9, 0, 0]);
    }

    #[test]
    fn a_sentence_is_found_in_a_line_of_a_megabyte_without_reading_it_all() {
        let text = Text::new("A sentence of words. ".repeat(50_000));
        let middle = Offset(525_000);
        assert_eq!(sentence_at(&text, middle), Some(Span::new(525_000, 525_020)));
        assert_eq!(sentence_end(&text, middle.plus(3)), Offset(525_020));
        assert_eq!(sentence_start(&text, middle), Offset(524_979));
    }

    #[test]
    fn sentence_longer_than_what_is_looked_at_ends_with_a_word() {
        for unit in ["รัฐมนตรีกล่าวว่า", "e\u{301}toile ", "🇲🇦"] {
            let text = Text::new(unit.repeat(2000));
            for at in [0, 1, 3001] {
                let sentence = sentence_at(&text, Offset(at)).unwrap();
                assert!(!cuts_cluster(&text, sentence.start) && !cuts_cluster(&text, sentence.end), "{unit} {at}");
                assert!(!cuts_cluster(&text, sentence_end(&text, Offset(at))), "{unit} {at}");
            }
        }
    }
}
