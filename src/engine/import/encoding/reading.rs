//! How likely it is that somebody wrote what an encoding makes of some bytes.

use std::collections::HashMap;

use encoding_rs::Encoding;
use whatlang::Lang;

use super::alphabet;

/// The most of a reading that is looked at to find its language, in characters.
const LOOKED_AT: usize = 4000;
/// So many characters tell the language, or one with the same letters.
const ENOUGH: usize = 200;

/// What one or several encodings make of a sample of a file.
#[derive(Debug)]
pub(super) struct Reading {
    /// The encodings that give this text.
    pub encodings: Vec<&'static Encoding>,
    /// The words that are not all ASCII.
    words: Vec<String>,
    flawed: Vec<bool>,
    /// How many of the words hold a letter beyond ASCII.
    pub letters: usize,
    /// How many of the words nobody writes so.
    pub flaws: usize,
    /// How many other words have a letter that the language of the text has not.
    pub foreign: usize,
    /// Whether the language of the text is known.
    pub language: bool,
}

impl Reading {
    /// What `encoding` makes of these different `words`, each not all ASCII; nothing if some bytes mean nothing in
    /// it.
    pub fn new(encoding: &'static Encoding, words: &[&[u8]]) -> Option<Self> {
        let decode = |word: &&[u8]| {
            encoding.decode_without_bom_handling_and_without_replacement(word).map(|word| word.into_owned())
        };
        let words: Vec<_> = words.iter().map(decode).collect::<Option<_>>()?;
        if words.iter().any(|word| word.contains(is_no_character)) {
            return None;
        }
        let letters = words.iter().filter(|word| word.chars().any(is_telling)).count();
        let flawed: Vec<_> = words.iter().map(|word| is_flawed(word)).collect();
        let flaws = flawed.iter().filter(|flawed| **flawed).count();
        Some(Self { encodings: vec![encoding], words, flawed, letters, flaws, foreign: 0, language: false })
    }

    /// Whether both are the same text.
    pub fn equals(&self, other: &Self) -> bool {
        self.words == other.words
    }

    /// How many words differ from `other`, if nobody writes any of them as here, but all of them as there.
    pub fn is_refuted_by(&self, other: &Self) -> usize {
        let differing = || (0..self.words.len()).filter(|&n| self.words[n] != other.words[n]);
        if differing().all(|n| self.flawed[n] && !other.flawed[n]) { differing().count() } else { 0 }
    }

    /// Counts words that are foreign to the language of `text`, the whole of the sample.
    pub fn find_foreign(&mut self, text: &str) {
        let end = text.char_indices().nth(LOOKED_AT).map_or(text.len(), |(end, _)| end);
        let Some(found) = whatlang::detect(&text[..end]) else { return };
        if !found.is_reliable() && text.chars().count() < ENOUGH {
            return;
        }
        // Where one language has a script, its name says nothing of the words.
        self.language = found.is_reliable() && !matches!(found.lang(), Lang::Ell | Lang::Heb | Lang::Tha);
        let Some(letters) = alphabet::letters(found.lang()) else { return };
        let foreign = |word: &&String| {
            let mut own = word.chars().filter(|&c| is_telling(c)).flat_map(char::to_lowercase);
            own.any(|c| !letters.contains(c)) && !is_flawed(word)
        };
        self.foreign = self.words.iter().filter(foreign).count();
    }

    /// The script of most words.
    pub fn script(&self) -> u8 {
        let scripts = || self.words.iter().filter_map(|word| word.chars().find(|&c| is_telling(c))).map(script);
        (0..=6).max_by_key(|wanted| scripts().filter(|script| script == wanted).count()).unwrap_or(0)
    }

    /// Whether one letter is everywhere, as where each letter has two bytes, of which the first is the same.
    pub fn is_monotonous(&self) -> bool {
        let mut counts: HashMap<char, usize> = HashMap::new();
        self.words.iter().flat_map(|word| word.chars()).for_each(|c| *counts.entry(c).or_default() += 1);
        let all: usize = counts.values().sum();
        self.script() != LATIN && counts.values().any(|count| count * 3 > all)
    }

    /// How many words speak against it.
    pub fn cost(&self) -> usize {
        self.flaws + self.foreign
    }
}

/// Controls beyond those of ASCII, but for the one that is a line end, and characters of nobody.
fn is_no_character(c: char) -> bool {
    c != '\u{85}' && (c.is_control() && !c.is_ascii() || ('\u{e000}'..='\u{f8ff}').contains(&c))
}

/// Letters beyond ASCII, and what is written with them.
fn is_telling(c: char) -> bool {
    !c.is_ascii() && (c.is_alphabetic() || is_mark(c)) && !matches!(c, 'ª' | 'º' | 'ˆ' | 'ˇ')
}

/// Marks that encodings of one byte have as characters of their own.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{652}' | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}')
}

/// The number of the Latin script.
pub(super) const LATIN: u8 = 1;

/// The script of a letter, as far as encodings of one byte have it.
fn script(c: char) -> u8 {
    match c {
        'µ' | 'ª' | 'º' => 0,
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => LATIN,
        '\u{370}'..='\u{3ff}' => 2,
        '\u{400}'..='\u{4ff}' => 3,
        '\u{590}'..='\u{5ff}' => 4,
        '\u{600}'..='\u{6ff}' => 5,
        '\u{e00}'..='\u{e7f}' => 6,
        _ => 0,
    }
}

/// Whether nobody writes such a word: characters that are none, signs inside a word, capitals after small letters,
/// two scripts in one word.
pub(super) fn is_flawed(word: &str) -> bool {
    let chars: Vec<char> = word.chars().collect();
    // Latin words have vowels or other letters of ASCII; Cyrillic ones that were read wrongly have none.
    let latin = |c: &char| c.is_alphabetic() && script(*c) == LATIN;
    if chars.iter().filter(|c| latin(c)).count() > 2 && !chars.iter().any(char::is_ascii_alphabetic) {
        return true;
    }
    let at = |index: usize| chars.get(index).copied().unwrap_or(' ');
    (0..chars.len()).any(|index| {
        let before = if index == 0 { ' ' } else { at(index - 1) };
        is_flaw(before, at(index), at(index + 1))
    })
}

fn is_flaw(before: char, c: char, after: char) -> bool {
    let letter = |c: char| c.is_alphabetic() || is_mark(c);
    let inside = letter(before) && letter(after);
    match c {
        '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}' | '\u{85}' | '\u{2500}'..='\u{25a0}' => true,
        _ if c.is_ascii() => is_misplaced(before, c, after),
        '¤' | '´' | '¦' | '¬' | '¨' | '¯' | '¸' | 'ˆ' | '˜' | 'ˇ' | '˘' | '˙' | '˛' | '˝' | '˚' | '‡' | 'ˉ' | '∆'
        | '∫' | '◊' | '√' | '≈' | '∂' | '∏' | '∑' | '⌠' | '⌡' => true,
        '½' | '¼' | '¾' | 'ƒ' | '†' | '¶' | '¥' => letter(before) || letter(after),
        '¿' | '¡' | '‚' | '„' => letter(before),
        '¢' | '£' | '§' | '©' | '«' | '»' | '®' | '°' | '±' | '²' | '³' | '¹' | '×' | '÷' | '…' | '‰' | '€' | '•'
        | '™' | '›' | '‹' | '№' => inside,
        '\u{200c}'..='\u{200f}' | '\u{a0}' | '\u{ad}' | '·' => false,
        _ if is_mark(c) => !letter(before) || before.is_ascii() && script(c) != 0,
        'ך' | 'ם' | 'ן' | 'ף' | 'ץ' if after.is_alphabetic() => true,
        _ if c.is_alphabetic() => after.is_ascii_digit() || is_misplaced(before, c, after),
        _ => false,
    }
}

/// Whether a letter is of another script than the one before, or a capital after a small letter where one of them
/// is not ASCII, or a small one between capitals.
fn is_misplaced(before: char, c: char, after: char) -> bool {
    if before.is_ascii() && c.is_ascii() || !c.is_alphabetic() || !before.is_alphabetic() {
        return false;
    }
    let (one, two) = (script(before), script(c));
    let mixed = one != 0 && two != 0 && one != two;
    mixed
        || before.is_lowercase() && c.is_uppercase()
        || before.is_uppercase() && c.is_lowercase() && after.is_uppercase()
}
