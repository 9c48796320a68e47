//! Where the sentences of a line end, as a reader would say.
//!
//! UAX #29 finds the places where one may end, in any script; what it cannot know, such as abbreviations and marks that
//! stand where they should not, is mended here.

use unicode_segmentation::UnicodeSegmentation;

use crate::token::{is_company, names_office};

/// The bytes behind which a sentence of one line ends, the last of them its length; as many as there are sentences.
#[must_use]
pub fn sentence_ends(line: &str) -> Vec<usize> {
    if goes_through(line) { vec![line.len()] } else { ends(line) }
}

/// Whether a line is certainly one sentence: nothing in it could end one before its end. This is much faster than to
/// look for sentences.
fn goes_through(line: &str) -> bool {
    let bytes = line.as_bytes();
    let closes = |rest: &str| rest.trim_end_matches(' ').trim_start_matches(['"', '\'', ')', ']', '”', '’']).is_empty();
    let mut at = 0;
    loop {
        // Nearly all bytes are of this kind.
        at += bytes[at..].iter().take_while(|byte| PLAIN[usize::from(**byte)]).count();
        let Some(&byte) = bytes.get(at) else { return true };
        let goes_on = match byte {
            b'.' => {
                bytes.get(at + 1).is_some_and(|next| next.is_ascii_lowercase() || next.is_ascii_digit())
                    || closes(&line[at + 1..])
            }
            b'!' | b'?' => closes(&line[at + 1..]),
            b'\n' | b'\r' => false,
            0x80.. => {
                // Latin letters and quote marks; other scripts have full stops of their own.
                let length = if byte < 0xe0 { 2 } else { 3 };
                let known = matches!((byte, bytes.get(at + 1)), (0xc3..=0xc9, _) | (0xc2, Some(0xa0..)))
                    || matches!(bytes.get(at..at + 3), Some([0xe2, 0x80, 0x93..=0x9e]));
                at += length - 1;
                known
            }
            _ => true,
        };
        if !goes_on {
            return false;
        }
        at += 1;
    }
}

/// Which bytes can end no sentence and begin no other character.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 0x80 {
        plain[byte] = !matches!(byte as u8, b'.' | b'!' | b'?' | b'\n' | b'\r');
        byte += 1;
    }
    plain
};

/// The bytes behind which a sentence of `content` ends.
fn ends(content: &str) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    for (start, part) in content.split_sentence_bound_indices() {
        ends.extend(before_numbers(part).map(|at| start + at).chain([start + part.len()]));
    }
    let mut kept = Vec::with_capacity(ends.len());
    let mut start = 0;
    for end in ends {
        if end == content.len() || !goes_on(&content[start..end], &content[end..]) {
            kept.push(end);
            start = end;
        }
    }
    kept
}

/// UAX #29 lets a sentence go on over `in 2020. 15 people`: the places right before such numbers.
fn before_numbers(part: &str) -> impl Iterator<Item = usize> {
    let numbers = part.match_indices(". ").map(|(at, dot)| at + dot.len());
    numbers.filter(|&at| part[at..].starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether what comes after a full stop or the like still belongs to the sentence.
fn goes_on(sentence: &str, rest: &str) -> bool {
    let next = rest.trim_start();
    let first = next.chars().next();
    if first.is_some_and(|c| matches!(c, ',' | ';' | ':' | ')' | ']' | '،' | '，' | '、')) || closes_first(next) {
        return true;
    }
    let opening = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    let word = next.trim_start_matches(opening).split(|c: char| c.is_whitespace()).next().unwrap_or_default();
    if word.starts_with(char::is_lowercase) {
        return true;
    }
    let Some(before) = sentence.trim_end().strip_suffix('.') else { return false };
    let token = before.rsplit(|c: char| c.is_whitespace() || "([{“„«‹\"‘".contains(c)).next().unwrap_or_default();
    is_unfinished(before.trim(), token, word) || (is_company(token) && names_office(next))
}

/// A mark that was left behind the sentence that it closes: `implies. “, he says`.
fn closes_first(next: &str) -> bool {
    let mut characters = next.chars();
    let mark = characters.next().is_some_and(|c| matches!(c, '“' | '”' | '"' | '»' | '’' | '\'' | '›'));
    mark && characters.next().is_none_or(|c| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | ')'))
}

/// Whether a full stop behind `token` only shortens a word, or counts, when `word` comes next.
fn is_unfinished(sentence: &str, token: &str, word: &str) -> bool {
    let lower = token.to_lowercase();
    let has = |words: &[&str]| words.contains(&lower.as_str());
    let number = word.starts_with(|c: char| c.is_ascii_digit());
    let starter = STARTERS.contains(&word.trim_end_matches(|c: char| !c.is_alphanumeric()));
    let mut letters = token.split('.');
    let single = letters.all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
    if token.chars().all(|c| c.is_ascii_digit()) {
        // The number of a point of a list, or a German day.
        return sentence == token || (token.len() <= 2 && DAYS_OF.contains(&word));
    }
    if has(&TIMES) {
        return WEEKDAYS.iter().any(|day| word.starts_with(day));
    }
    if single {
        // Initials, `U.S.` and `z. B.`; but nobody is called `J. The`.
        return !starter;
    }
    has(&TITLES) || has(&SHORTENED) || (number && has(&COUNTED))
}

/// What stands before a name or a place and never ends a sentence.
const TITLES: [&str; 65] = [
    "mr", "mrs", "ms", "dr", "prof", "st", "ste", "sen", "rep", "gov", "gen", "col", "lt", "sgt", "capt", "cmdr",
    "cdr", "cpl", "pvt", "maj", "adm", "brig", "rev", "hon", "pres", "supt", "insp", "det", "atty", "messrs", "mt",
    "ft", "hr", "fr", "frl", "dipl", "ing", "mag", "mm", "mme", "mlle", "mgr", "me", "sr", "sra", "srta", "dña", "sig",
    "sig.ra", "dott", "avv", "on", "exmo", "exma", "dhr", "mevr", "drs", "ir", "им", "проф", "акад", "г-н", "г-жа",
    "ул", "inż",
];

/// Words that are shortened within a sentence.
const SHORTENED: [&str; 35] = [
    "vs", "cf", "ca", "e.g", "i.e", "bzw", "vgl", "sog", "inkl", "evtl", "ggf", "usf", "mio", "mrd", "str", "bijv",
    "resp", "approx", "aka", "tzw", "np", "т.е", "т.к", "напр", "др", "incl", "abs", "geb", "gest", "verh", "ehem",
    "einschl", "zzgl", "abzgl", "gegr",
];

/// Words that are shortened before a number.
const COUNTED: [&str; 34] = [
    "no", "nos", "nr", "núm", "num", "vol", "pp", "pg", "art", "fig", "ch", "sec", "sect", "para", "tel", "ext", "max",
    "min", "pág", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "okt", "nov", "dec", "dez",
    "av",
];

const TIMES: [&str; 4] = ["a.m", "p.m", "am", "pm"];

const WEEKDAYS: [&str; 13] =
    ["Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sunday", "EST", "EDT", "GMT", "CET", "UTC", "ET"];

/// What German days belong to, as in `am 3. Oktober`.
const DAYS_OF: [&str; 13] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
    "Jahrhundert",
];

/// Words that begin a sentence far more often than a name.
const STARTERS: [&str; 36] = [
    "The", "A", "An", "He", "She", "It", "They", "We", "I", "You", "This", "That", "These", "Those", "There", "In",
    "On", "At", "But", "And", "His", "Her", "Its", "Their", "When", "If", "As", "For", "After", "Der", "Die", "Das",
    "Er", "Sie", "Es", "Ein",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_one_sentence_are_known_without_looking_for_sentences() {
        let pieces = [
            "a", "B", "7", " ", ".", "!", "?", ". ", "\"", "'", "”", "“", "’", ")", "é", "–", "…", "。", "؟", "u.s",
            ",", "\u{85}", "\u{a0}", "\u{2028}", "(", "\t", "ß", "Dr.", "\u{301}", "😀",
        ];
        let (mut seed, mut short) = (3_u64, 0);
        for _ in 0..20_000 {
            let mut line = String::new();
            for _ in 0..6 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                line.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
            }
            short += usize::from(goes_through(&line));
            assert_eq!(sentence_ends(&line), ends(&line), "{line:?}");
        }
        assert!(short > 1000, "{short}");
    }
}
