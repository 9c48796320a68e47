//! The words that the rules go by: plain files of `assets/lexicon/`, which a linguist can edit.
//!
//! A file is a list of classes. `[say]` begins one; each line under it is an entry: the forms of a word, or one form.
//! `#` begins a remark. In English, `argue*` stands for the regular forms of a verb, and `claim+` for those of a noun.
//! A line that begins with `test:` is a text with what must be found in it, run as a test of the file.

mod class;
mod inflect;
#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
    sync::LazyLock,
};

pub use class::{Class, Classes, Form, Forms};

/// What a lexicon says of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The classes that it belongs to.
    pub classes: Classes,
    /// Which forms it may be of the words that it belongs to.
    pub forms: Forms,
}

/// The words of one language.
pub struct Lexicon {
    entries: HashMap<Box<str>, Entry, BuildHasherDefault<Fnv>>,
    joins: Joins,
}

/// Which small words a language writes together with the next or the one before.
#[derive(Clone, Copy, Debug, Default)]
enum Joins {
    /// None that the rules look at.
    #[default]
    Nothing,
    /// `l'`, `d'`, `qu'` before a word, `-il` and `-elle` behind it.
    French,
    /// `و`, `ف`, `ب`, `ل` and `ك` before a word.
    Arabic,
}

/// The lexicon of a language that has one, by its BCP 47 tag.
#[must_use]
pub fn lexicon(language: &str) -> Option<&'static Lexicon> {
    static FILES: LazyLock<Vec<Lexicon>> =
        LazyLock::new(|| FILE.iter().map(|(tag, file)| Lexicon::read(file).unwrap_or_default().of(tag)).collect());
    let number = FILE.iter().position(|(tag, _)| *tag == language)?;
    FILES.get(number)
}

/// A lexicon without words, for languages that have none.
#[must_use]
pub fn none() -> &'static Lexicon {
    static NONE: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);
    &NONE
}

/// Every file, by its language.
pub(crate) const FILE: [(&str, &str); 5] = [
    ("en", include_str!("../../../assets/lexicon/en.txt")),
    ("de", include_str!("../../../assets/lexicon/de.txt")),
    ("fr", include_str!("../../../assets/lexicon/fr.txt")),
    ("es", include_str!("../../../assets/lexicon/es.txt")),
    ("ar", include_str!("../../../assets/lexicon/ar.txt")),
];

/// Something in a file that cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

impl Default for Lexicon {
    fn default() -> Self {
        Self { entries: HashMap::default(), joins: Joins::Nothing }
    }
}

impl Lexicon {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// When a line stands under no class, or a class is not known. The files of the program are tested.
    pub fn read(file: &str) -> Result<Self, Unreadable> {
        let mut lexicon = Self::default();
        let mut class = None;
        for (number, line) in (1..).zip(file.lines()) {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() || line.starts_with("test:") {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                let known = Class::named(name);
                class = Some(known.ok_or_else(|| Unreadable { line: number, reason: format!("no class `{name}`") })?);
                continue;
            }
            let class = class.ok_or_else(|| Unreadable { line: number, reason: "it stands under no class".into() })?;
            lexicon.add(class, line);
        }
        Ok(lexicon)
    }

    fn add(&mut self, class: Class, line: &str) {
        for (word, form) in inflect::forms(class, line) {
            let entry = self.entries.entry(word.into()).or_default();
            entry.classes.insert(class);
            form.into_iter().for_each(|form| entry.forms.insert(form));
        }
    }

    /// With the language's way of writing small words together with others.
    fn of(mut self, language: &str) -> Self {
        self.joins = match language {
            "fr" => Joins::French,
            "ar" => Joins::Arabic,
            _ => Joins::Nothing,
        };
        self
    }

    /// What it says of a word in a text, which may have small words written together with it.
    #[must_use]
    pub fn find(&self, word: &str) -> Entry {
        let entry = self.get(word);
        if !entry.classes.is_empty() {
            return entry;
        }
        match self.joins {
            Joins::Nothing => entry,
            // `l'avocat`, `dit-il`
            Joins::French => {
                if word.starts_with("qu'") {
                    return self.get("que");
                }
                let word = word.rsplit_once('\'').map_or(word, |(_, word)| word);
                self.get(word.split_once('-').map_or(word, |(word, _)| word))
            }
            // `وأضاف`, `وبأن`
            Joins::Arabic => {
                let first = word.strip_prefix(['و', 'ف']).unwrap_or(word);
                let entry = self.get(first);
                let second = first.strip_prefix(['ب', 'ل', 'ك']).unwrap_or(first);
                if entry.classes.is_empty() { self.get(second) } else { entry }
            }
        }
    }

    /// What it says of a word, which must be in lower case.
    #[must_use]
    pub fn get(&self, word: &str) -> Entry {
        self.entries.get(word).copied().unwrap_or_default()
    }

    /// How many words it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// FNV-1a: for short words faster than the hash of the standard library, and nobody chooses them to collide.
#[derive(Default)]
pub struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let start = if self.0 == 0 { 0xcbf2_9ce4_8422_2325 } else { self.0 };
        self.0 = bytes.iter().fold(start, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    }
}
