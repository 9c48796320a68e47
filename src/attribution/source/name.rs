//! The names that a text holds: of people, organisations and media, with every place where they occur.

use std::{collections::HashMap, hash::BuildHasherDefault, ops::Range};

use super::run::{Run, is_ordinary, run_end};
use crate::{
    lexicon::Fnv,
    reading::Reading,
    token::{Kind, Token},
};

pub(super) type Map<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;

/// As which gender the text speaks of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// `she`
    Female,
    /// `he`
    Male,
}

/// What bears a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearer {
    /// Somebody.
    Person,
    /// An organisation, a country.
    Organisation,
    /// A newspaper, an agency.
    Media,
    /// Nothing says.
    Unknown,
}

/// A name, without title.
#[derive(Clone, Debug)]
pub struct Name<'a> {
    /// The name as it stands where it first occurs.
    pub words: &'a str,
    /// What bears it.
    pub bearer: Bearer,
    /// As what the text speaks of its bearer.
    pub gender: Option<Gender>,
    /// The name in full, by its number, where this one is a part of exactly one.
    pub full: Option<usize>,
    /// Whether it is a part of several.
    pub shared: bool,
    /// Whether it has a capital where only names have one.
    pub(super) sure: bool,
}

/// Where a name stands.
#[derive(Clone, Copy, Debug)]
pub struct Occurrence {
    /// Which name.
    pub name: usize,
    /// Where it starts, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The gender of the title before it.
    pub gender: Option<Gender>,
    /// Whether it is a possessive: `Smith’s`.
    pub possessive: bool,
}

/// All names of a text.
#[derive(Default)]
pub struct Names<'a> {
    /// Each name once.
    pub names: Vec<Name<'a>>,
    /// Where they stand, in the order of the text.
    pub occurrences: Vec<Occurrence>,
    /// Where each sentence starts, and in which paragraph it stands.
    pub sentences: Vec<(usize, usize)>,
    /// What is said of somebody, in small letters, with whom it is said of; nobody where it is said of several.
    pub titles: Map<String, Option<usize>>,
    pub(super) said: Vec<(String, usize)>,
    pub(super) known: Map<&'a str, usize>,
}

impl<'a> Names<'a> {
    /// Collects the names of a text. Where all nouns have capitals, only what is surely a name counts.
    pub fn new(reading: &Reading<'a>, nouns: bool) -> Self {
        let mut names = Self::default();
        for (number, paragraph) in reading.paragraphs.iter().enumerate() {
            for sentence in &paragraph.sentences {
                let tokens = &paragraph.tokens[sentence.clone()];
                let Some(first) = tokens.first() else { continue };
                names.sentences.push((first.start as usize, number));
                names.sentence(reading.text, tokens, nouns);
            }
        }
        names.join();
        names
    }

    /// Which sentence a place lies in.
    pub fn sentence_at(&self, at: usize) -> usize {
        self.sentences.partition_point(|(start, _)| *start <= at).saturating_sub(1)
    }

    /// The occurrences inside a range.
    pub fn within(&self, range: &Range<usize>) -> &[Occurrence] {
        let first = self.occurrences.partition_point(|occurrence| occurrence.start < range.start);
        let rest = &self.occurrences[first..];
        &rest[..rest.partition_point(|occurrence| occurrence.start < range.end)]
    }

    /// The full name that a name stands for; nothing where it may stand for several.
    pub fn entity(&self, name: usize) -> Option<usize> {
        let found = self.names.get(name)?;
        if found.shared { None } else { Some(found.full.unwrap_or(name)) }
    }

    fn sentence(&mut self, text: &'a str, tokens: &[Token], nouns: bool) {
        let mut at = 0;
        while at < tokens.len() {
            let begins = tokens[at].kind == Kind::Capital && !is_ordinary(text, tokens, at);
            if !begins {
                at += 1;
                continue;
            }
            let end = run_end(text, tokens, at);
            if let Some(run) = Run::read(text, tokens, at..end).filter(|run| run.is_name(nouns)) {
                self.take(&run);
            }
            at = end;
        }
    }

    /// Notes the name that a run of words with capitals holds.
    fn take(&mut self, run: &Run<'a, '_>) {
        let bearer = run.bearer();
        let number = self.add(run.words(), bearer, run.gender());
        self.names[number].sure |= run.is_sure();
        let (start, end) = run.place();
        self.occurrences.push(Occurrence {
            name: number,
            start,
            end,
            gender: run.title_gender(),
            possessive: run.owns(),
        });
        if bearer == Bearer::Person {
            self.said.extend(run.said().map(|said| (said.to_lowercase(), number)));
        }
        if let Some(short) = run.short().filter(|_| bearer != Bearer::Person) {
            let short = self.add(short, bearer, None);
            (self.names[short].full, self.names[short].sure) = (Some(number), true);
        }
    }

    fn add(&mut self, words: &'a str, bearer: Bearer, gender: Option<Gender>) -> usize {
        let number = *self.known.entry(words).or_insert_with(|| {
            self.names.push(Name { words, bearer, gender: None, full: None, shared: false, sure: false });
            self.names.len() - 1
        });
        let name = &mut self.names[number];
        if name.bearer == Bearer::Unknown || bearer == Bearer::Person {
            name.bearer = bearer;
        }
        name.gender = name.gender.or(gender);
        number
    }
}
