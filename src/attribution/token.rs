//! Words and signs of a text, as the rules see them.

use std::ops::Range;

use crate::lexicon::{Class, Classes, Entry, Form, Lexicon};

/// A word, a number or a sign.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Where it starts, in bytes.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// What it is.
    pub kind: Kind,
    /// What the lexicon says of it.
    pub entry: Entry,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A word that begins with a small letter, or is of a script without capitals.
    Lower,
    /// A word that begins with a capital letter.
    Capital,
    /// A number.
    Number,
    /// The `'s` or `’` of a possessive.
    Possessive,
    /// A sign, with its character.
    Sign(char),
    /// A whole quotation with its marks, by its place in the list of quotations.
    Quoted(u32),
}

impl Token {
    /// Its bytes.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether the lexicon has it in a class.
    #[must_use]
    pub fn is(&self, class: Class) -> bool {
        self.entry.classes.has(class)
    }

    /// Whether the lexicon has it in one of these classes.
    #[must_use]
    pub fn any(&self, classes: Classes) -> bool {
        self.entry.classes.any(classes)
    }

    /// Whether it can be this form of its word.
    #[must_use]
    pub fn form(&self, form: Form) -> bool {
        self.entry.forms.has(form)
    }

    /// Whether it is a word, with or without a capital.
    #[must_use]
    pub fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Lower | Kind::Capital)
    }

    /// Whether it is that sign.
    #[must_use]
    pub fn is_sign(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }

    /// Whether it is a dash between parts of a sentence.
    #[must_use]
    pub fn is_dash(&self) -> bool {
        matches!(self.kind, Kind::Sign('–' | '—' | '-' | '―'))
    }

    /// Whether it is a whole quotation.
    #[must_use]
    pub fn is_quoted(&self) -> bool {
        matches!(self.kind, Kind::Quoted(_))
    }
}

/// Splits a stretch of text into tokens, and adds them to `tokens`.
pub fn tokens(text: &str, stretch: Range<usize>, lexicon: &Lexicon, tokens: &mut Vec<Token>) {
    let mut at = stretch.start;
    let mut lower = String::with_capacity(24);
    while at < stretch.end {
        let rest = &text[at..stretch.end];
        let Some(c) = rest.chars().next() else { break };
        let length = c.len_utf8();
        if c.is_whitespace() || is_joiner(c) {
            at += length;
            continue;
        }
        let verb = contracted(text, at, rest, tokens.last());
        let (end, kind) = if let Some(length) = verb {
            (at + length, Kind::Lower)
        } else if c.is_alphanumeric() {
            let end = at + word_length(rest);
            (end, if c.is_numeric() { Kind::Number } else { case(c) })
        } else if let Some(length) = possessive(text, at, rest) {
            (at + length, Kind::Possessive)
        } else if rest.starts_with("--") {
            (at + rest.bytes().take_while(|byte| *byte == b'-').count(), Kind::Sign('—'))
        } else {
            (at + length, Kind::Sign(c))
        };
        let entry = match kind {
            Kind::Lower | Kind::Capital => look_up(&text[at..end], lexicon, &mut lower),
            Kind::Sign('&' | '%') => lexicon.get(&text[at..end]),
            _ => Entry::default(),
        };
        tokens.push(Token { start: at as u32, end: end as u32, kind, entry });
        at = end;
    }
}

fn look_up(word: &str, lexicon: &Lexicon, lower: &mut String) -> Entry {
    lower.clear();
    if word.is_ascii() {
        lower.extend(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
    } else {
        lower.extend(word.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }));
    }
    let entry = lexicon.find(lower);
    match lower.strip_suffix('.') {
        // `Mr.`, but not the initial `A.`
        Some(word) if entry.classes.is_empty() && word.len() > 1 => lexicon.get(word),
        _ => entry,
    }
}

fn case(c: char) -> Kind {
    if c.is_uppercase() { Kind::Capital } else { Kind::Lower }
}

/// Zero-width characters and soft hyphens stand between words for the eye only.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// How many bytes the word has at the beginning of `rest`.
fn word_length(rest: &str) -> usize {
    let mut characters = rest.char_indices().peekable();
    let mut end = 0;
    let mut dots = false;
    while let Some((at, c)) = characters.next() {
        if c.is_alphanumeric() || is_mark(c) || matches!(c, '_' | '\u{ad}') {
            end = at + c.len_utf8();
            continue;
        }
        let next = characters.peek().map(|(_, next)| *next);
        let inside = next.is_some_and(char::is_alphanumeric);
        match c {
            '\'' | '’' if inside && !is_contraction(&rest[at + c.len_utf8()..]) => {}
            '-' | '‐' | '‑' | '@' | '/' if inside => {}
            ',' if inside && next.is_some_and(char::is_numeric) && rest[..at].ends_with(char::is_numeric) => {}
            '.' if inside => dots = true,
            // `U.S.`, but not `end.`; and `Mr.`, whose stop ends no sentence.
            '.' if dots || is_shortened(&rest[..at]) || next == Some(',') => {
                end = at + 1;
                break;
            }
            _ => break,
        }
    }
    end.max(rest.chars().next().map_or(0, char::len_utf8))
}

/// Words that are shortened by a stop which belongs to them.
fn is_shortened(word: &str) -> bool {
    const SHORTENED: [&str; 26] = [
        "Mr", "Mrs", "Ms", "Dr", "Sen", "Rep", "Gov", "Gen", "Lt", "Col", "Sgt", "Capt", "Prof", "Rev", "St", "Jr",
        "Sr", "Hr", "Fr", "Mme", "Maj", "Adm", "Sens", "Reps", "Hon", "Supt",
    ];
    // `R-Ky.`
    let party = word.len() > 2 && word.is_char_boundary(2) && matches!(&word[..2], "R-" | "D-" | "I-");
    party || SHORTENED.contains(&word) || (word.len() == 1 && word.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// Combining marks belong to the letter before.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{e31}' | '\u{e34}'..='\u{e4e}')
}

/// Whether what follows an apostrophe is a short form of a verb, or the `s` of a possessive.
fn is_contraction(rest: &str) -> bool {
    let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    ["s", "re", "ve", "ll", "d", "m"].iter().any(|short| word.eq_ignore_ascii_case(short))
}

/// Whether `s` and nothing more follows an apostrophe.
fn is_possessive_s(rest: &str) -> bool {
    rest.starts_with(['s', 'S']) && !rest[1..].starts_with(|c: char| c.is_alphanumeric())
}

/// The length of a verb that is shortened to an apostrophe and a letter or two: `they’re`, and `he’s`, where the `s` is no
/// possessive.
fn contracted(text: &str, at: usize, rest: &str, before: Option<&Token>) -> Option<usize> {
    let mark = rest.chars().next().filter(|c| matches!(c, '\'' | '’'))?;
    let behind = &rest[mark.len_utf8()..];
    let before =
        before.filter(|before| before.end as usize == at && text[before.range()].ends_with(char::is_alphanumeric))?;
    if !is_contraction(behind) {
        return None;
    }
    let word = behind.find(|c: char| !c.is_alphanumeric()).unwrap_or(behind.len());
    let pronoun = before.any(Classes::of(&[Class::Subject, Class::Empty, Class::Rel, Class::Wh, Class::That]));
    (word > 1 || !behind.starts_with(['s', 'S']) || pronoun).then(|| mark.len_utf8() + word)
}

/// The length of a possessive that begins here, behind a word.
fn possessive(text: &str, at: usize, rest: &str) -> Option<usize> {
    let mark = rest.chars().next().filter(|c| matches!(c, '\'' | '’'))?;
    let before = text[..at].chars().next_back().filter(|c| c.is_alphanumeric())?;
    let behind = &rest[mark.len_utf8()..];
    if is_possessive_s(behind) {
        return Some(mark.len_utf8() + 1);
    }
    (matches!(before, 's' | 'S') && behind.starts_with(' ')).then_some(mark.len_utf8())
}
