//! Which encoding bytes are in that do not say so themselves.
//!
//! `chardetng` knows the encodings of the web by how often letters follow each other. It knows neither those that
//! differ in few letters, such as ISO-8859-15, nor those of old Macintoshes, and it always answers. So its answer
//! is held against all others: each encoding of one byte is tried, and speaks for itself if every word is one that
//! somebody could have written.

use std::{borrow::Cow, collections::HashSet};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    Encoding, IBM866, ISO_8859_2, ISO_8859_3, ISO_8859_4, ISO_8859_5, ISO_8859_6, ISO_8859_7, ISO_8859_8, ISO_8859_8_I,
    ISO_8859_10, ISO_8859_13, ISO_8859_14, ISO_8859_15, ISO_8859_16, KOI8_R, KOI8_U, MACINTOSH, WINDOWS_874,
    WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257,
    WINDOWS_1258, X_MAC_CYRILLIC,
};

use super::{
    broad,
    reading::{LATIN, Reading, is_flawed},
    wide,
};

/// The encodings with a byte a character, the commonest first.
const NARROW: [&Encoding; 27] = [
    WINDOWS_1252,
    WINDOWS_1251,
    WINDOWS_1250,
    WINDOWS_1256,
    WINDOWS_1254,
    WINDOWS_1253,
    WINDOWS_1255,
    WINDOWS_1257,
    WINDOWS_1258,
    WINDOWS_874,
    ISO_8859_15,
    ISO_8859_2,
    MACINTOSH,
    KOI8_R,
    KOI8_U,
    ISO_8859_7,
    ISO_8859_5,
    ISO_8859_6,
    ISO_8859_8_I,
    IBM866,
    ISO_8859_13,
    ISO_8859_4,
    ISO_8859_16,
    ISO_8859_3,
    ISO_8859_10,
    ISO_8859_14,
    X_MAC_CYRILLIC,
];
/// Those of them that `chardetng` does not know.
const UNTOLD: [&Encoding; 8] =
    [ISO_8859_3, ISO_8859_10, ISO_8859_14, ISO_8859_15, ISO_8859_16, KOI8_R, MACINTOSH, X_MAC_CYRILLIC];
/// Those in which hardly any file is.
const RARE: [&Encoding; 4] = [ISO_8859_3, ISO_8859_10, ISO_8859_14, ISO_8859_16];

/// Files up to this size are looked at as a whole, in bytes; of larger ones parts of about this size together.
const SAMPLE: usize = 1 << 18;
/// How long such a part is, in bytes.
const PART: usize = 1 << 11;
/// The most different words that are looked at.
const WORDS: usize = 4000;
/// So many letters in two bytes can look like UTF-8 and be none.
const CHANCE: usize = 3;
/// With so many different words `chardetng` is believed where it knows both encodings.
const ENOUGH: usize = 8;

/// What the encoding probably is.
#[derive(Debug)]
pub(super) struct Guess {
    /// The likeliest.
    pub encoding: &'static Encoding,
    /// Those that fit about as well and give another text, the likeliest first; if there are none, it is sure.
    pub others: Vec<&'static Encoding>,
}

/// Guesses the encoding of `bytes`, as if they were not UTF-8; nothing if they are no text.
pub(super) fn guess(bytes: &[u8]) -> Option<Guess> {
    if bytes.contains(&0) {
        return wide::guess(bytes);
    }
    let wide = wide::guess(bytes);
    if wide.is_some() && bytes.iter().any(is_control) {
        return wide;
    }
    let sample = sample(bytes);
    let told = told(&sample);
    let broad = broad::readings(&sample);
    let (narrow, language) = narrow(&sample, told);
    if broad.iter().any(|broad| broad.encoding == told) {
        return Some(broad::decide(told, &broad, &narrow, language));
    }
    let mut guess = narrow;
    // Some words in two-byte letters could be words in another script, but hardly a text whose language is known.
    let close = broad.iter().filter(|broad| !language && broad.is_plausible());
    guess.others.extend(close.map(|broad| broad.encoding));
    guess.others.extend(wide.filter(|wide| wide.others.is_empty()).map(|wide| wide.encoding));
    Some(guess)
}

/// Guesses whether `bytes`, which are UTF-8, are rather UTF-16: letters of other scripts are often half a control
/// character.
pub(super) fn guess_wide(bytes: &[u8]) -> Option<Guess> {
    let controls = bytes.iter().filter(|byte| is_control(byte)).count();
    (controls * 4 >= bytes.len()).then(|| wide::guess(bytes)).flatten()
}

/// The encodings in which `bytes`, whose `text` in UTF-8 has very few and very odd letters beyond ASCII, read well:
/// it may be UTF-8 by chance. Signs and Greek letters, as of units, are odd in no text.
pub(super) fn by_chance(bytes: &[u8], text: &str) -> Vec<&'static Encoding> {
    let beyond = || text.chars().filter(|c| !c.is_ascii()).take(CHANCE + 1);
    let words = |text: &str, is: fn(&str) -> bool| {
        let mut words = text.split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric());
        words.all(|word| word.is_ascii() || is(word))
    };
    let odd = (1..=CHANCE).contains(&beyond().count())
        && beyond().all(|c| c.is_alphabetic() && !('\u{370}'..='\u{3ff}').contains(&c))
        && words(text, is_flawed);
    let Some(guess) = Some(bytes).filter(|_| odd).and_then(guess) else { return Vec::new() };
    let well = |other: &&'static Encoding| {
        let read = other.decode_without_bom_handling_and_without_replacement(bytes);
        !RARE.contains(other) && read.is_some_and(|read| words(&read, |word| !is_flawed(word)))
    };
    [guess.encoding].into_iter().chain(guess.others).filter(well).collect()
}

/// Characters that no text has, but that are half of many letters in UTF-16.
fn is_control(byte: &u8) -> bool {
    matches!(byte, 1..=8 | 0xb | 0xe..=0x1a | 0x1c..=0x1f | 0x7f)
}

fn told(sample: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// The file itself, or parts from all over it, cut at white space, and where each byte occurs first.
fn sample(bytes: &[u8]) -> Cow<'_, [u8]> {
    if bytes.len() <= SAMPLE {
        return Cow::Borrowed(bytes);
    }
    let is_end = |byte: &u8| byte.is_ascii_whitespace();
    let part = |at: usize| {
        let start = bytes[..at].iter().rev().take(PART).position(is_end).map_or(at, |n| at - n);
        let end = (at + PART).min(bytes.len());
        let end = bytes[end..].iter().take(PART).position(is_end).map_or(end, |n| end + n);
        bytes[start..end].iter().copied().chain([b'\n'])
    };
    let regular = (0..bytes.len()).step_by(bytes.len() / (SAMPLE / PART));
    let mut seen = [false; 256];
    let new = bytes.iter().enumerate().filter(|(_, byte)| !byte.is_ascii());
    let rare = new.filter(|(_, byte)| !std::mem::replace(&mut seen[usize::from(**byte)], true)).map(|(at, _)| at);
    regular.chain(rare).flat_map(part).collect()
}

/// The different words that are not all ASCII, in the order of the text.
fn words(sample: &[u8]) -> Vec<&[u8]> {
    let mut seen = HashSet::new();
    let words = sample.split(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric());
    words.filter(|word| !word.is_ascii() && seen.insert(*word)).take(WORDS).collect()
}

/// The likeliest encoding with a byte a character, given what `chardetng` has told, and those that fit about as well;
/// and whether the language of the text is known.
fn narrow(sample: &[u8], told: &'static Encoding) -> (Guess, bool) {
    let words = words(sample);
    let mut readings = readings(sample, &words);
    readings.sort_by_key(Reading::cost);
    let flaws = readings.iter().map(|reading| reading.flaws).min().unwrap_or(0);
    let Some(margin) = readings.first().map(|reading| 2.max(reading.letters / 10)) else {
        return (Guess { encoding: told, others: NARROW.to_vec() }, false);
    };
    // What was told is taken unless somebody could hardly have written it.
    let best = readings.iter().position(|reading| reading.encodings.contains(&told) && reading.flaws < flaws + margin);
    let mut best = best.unwrap_or(0);
    let is_rare = |reading: &Reading| reading.encodings.iter().all(|encoding| RARE.contains(encoding));
    let refutes = |other: &Reading| {
        !is_rare(other) && other.cost() <= readings[best].cost() && readings[best].is_refuted_by(other) > 0
    };
    best = readings.iter().position(refutes).unwrap_or(best);
    let best = readings.remove(best);
    let is_told = best.encodings.contains(&told);
    let trusted = is_told && told != ISO_8859_8 && best.letters >= ENOUGH && is_steady(&words, &best);
    let fits = |other: &Reading| {
        // What only few files are in must fit better than the rest, not just as well.
        let rare = trusted && best.language && is_rare(other);
        let margin = if rare { 1 } else { margin };
        let worse = other.cost() >= best.cost() + margin || best.cost() == 0 && other.flaws >= best.letters.max(1);
        let refuted = other.is_refuted_by(&best) > if trusted || best.language { 0 } else { 1 };
        let known = other.encodings.iter().any(|encoding| !UNTOLD.contains(encoding));
        // Which script it is, `chardetng` knows, even where it does not know the encoding.
        let told_apart = trusted && best.cost() <= other.cost() && (known || other.script() != best.script());
        let in_language = other.language && other.cost() == 0 && !best.language && best.script() == LATIN;
        !(worse || refuted || told_apart && !in_language)
    };
    let mut others: Vec<_> = readings.iter().filter(|other| fits(other)).map(|other| other.encodings[0]).collect();
    let encoding = if is_told { told } else { best.encodings[0] };
    let odd = best.flaws > best.letters / 25 || best.is_monotonous();
    if others.is_empty() && (odd || is_rare(&best)) || told == ISO_8859_8 {
        others.push(if encoding == WINDOWS_1252 { MACINTOSH } else { WINDOWS_1252 });
    }
    (Guess { encoding, others }, best.language)
}

/// What each encoding makes of the words; those that give the same are one.
fn readings(sample: &[u8], words: &[&[u8]]) -> Vec<Reading> {
    let mut readings: Vec<Reading> = Vec::new();
    for encoding in NARROW {
        let Some(reading) = Reading::new(encoding, words) else { continue };
        match readings.iter_mut().find(|other| other.equals(&reading)) {
            Some(same) => same.encodings.push(encoding),
            None => readings.push(reading),
        }
    }
    let part = &sample[..sample.len().min(2 * PART)];
    for reading in &mut readings {
        if reading.flaws <= 2 + reading.letters / 4 {
            reading.find_foreign(&reading.encodings[0].decode_without_bom_handling(part).0);
        }
    }
    readings
}

/// Whether `chardetng` says the same of each half of the words.
fn is_steady(words: &[&[u8]], reading: &Reading) -> bool {
    [0, 1].into_iter().all(|half| {
        let half: Vec<_> = words.iter().skip(half).step_by(2).copied().collect();
        reading.encodings.contains(&told(&half.join(&b' ')))
    })
}
