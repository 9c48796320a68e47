//! The names that a text holds: of people, organisations and media, with every place where they occur.

use std::{collections::HashMap, hash::BuildHasherDefault, ops::Range};

use crate::{
    lexicon::{Class, Classes, Fnv, Form},
    reading::Reading,
    token::{Kind, Token},
};

type Map<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;

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
    sure: bool,
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
    said: Vec<(String, usize)>,
    known: Map<&'a str, usize>,
}

const TITLES: Classes = Classes::of(&[Class::Title, Class::Person]);
const GIVEN: Classes = Classes::of(&[Class::Female, Class::Male]);
const BODIES: Classes = Classes::of(&[Class::Body, Class::Group, Class::Media, Class::Document]);
const VERBS: Classes = Classes::of(&[
    Class::Say,
    Class::Tell,
    Class::Ask,
    Class::Voice,
    Class::Think,
    Class::Want,
    Class::Order,
    Class::Call,
    Class::Accuse,
    Class::Show,
    Class::Deny,
    Class::Decline,
    Class::Verb,
    Class::Modal,
]);
/// What is no name although a sentence begins with it.
const ORDINARY: Classes = Classes::of(&[
    Class::Det,
    Class::Poss,
    Class::Subject,
    Class::Object,
    Class::Rel,
    Class::Some,
    Class::Empty,
    Class::Prep,
    Class::Coord,
    Class::Sub,
    Class::That,
    Class::Wh,
    Class::Be,
    Class::Have,
    Class::Do,
    Class::Neg,
    Class::Adverb,
    Class::To,
    Class::Time,
    Class::According,
    Class::Hearsay,
    Class::Hedge,
    Class::Quantity,
]);

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
            let end = run(text, tokens, at);
            self.run(text, tokens, at..end, nouns);
            at = end;
        }
    }

    /// A run of words with capitals: titles, and a name behind them.
    fn run(&mut self, text: &'a str, tokens: &[Token], run: Range<usize>, nouns: bool) {
        let last = &tokens[run.end - 1];
        // `Church of Scientology`
        let of = (run.start + 1..run.end).any(|at| tokens[at].kind == Kind::Lower && tokens[at - 1].any(BODIES));
        let body = of || last.any(BODIES) && !last.any(GIVEN) && !last.is(Class::Title);
        // `Russell Dean Pickard` is no dean, `Neighbors United` no neighbour.
        let entitles = |at: usize| {
            tokens[at].any(TITLES)
                && !tokens[at].any(BODIES)
                && !is_plural(&tokens[at])
                && !(at > run.start && tokens[at - 1].any(GIVEN) && !tokens[at - 1].any(TITLES))
        };
        let title = (run.start..run.end).rev().find(|at| entitles(*at));
        let mut start = title.filter(|_| !body).map_or(run.start, |title| title + 1);
        if run.len() > 1 && start == run.start && tokens[start].is(Class::Group) {
            start += 1;
        }
        // `House Republicans` are many people and no name.
        let many = last.is(Class::Group) && !last.any(Classes::of(&[Class::Body, Class::Media]));
        if start >= run.end || many {
            return;
        }
        let before = start.checked_sub(1).map(|before| &tokens[before]);
        let titled = !body && before.is_some_and(|before| before.any(TITLES) && !is_plural(before));
        let gender = before.filter(|_| titled).and_then(gender);
        let single = run.end - start == 1;
        let alone = single && last.any(Classes::of(&[Class::Title, Class::Person, Class::Group, Class::Document]));
        let common =
            single && last.any(BODIES) && !last.is(Class::Media) && !last.is(Class::Place) && !upper(text, last);
        // A title behind the name, `Smith, a spokesman`, or an age says that it is a person's.
        let described = described(tokens, run.end);
        let given = tokens[start].any(GIVEN) && !single;
        if alone || (common && !determined(tokens, start)) || (nouns && !titled && !given && !body && single) {
            return;
        }
        let words = &text[tokens[start].start as usize..last.end as usize];
        let media = tokens[start..run.end].iter().any(|token| token.is(Class::Media));
        let bearer = if media && !titled && !given {
            Bearer::Media
        } else if body || (single && (last.is(Class::Place) || (upper(text, last) && !titled))) {
            Bearer::Organisation
        } else if titled || given || described.is_some() || (aged(text, tokens, run.end) && !single) {
            Bearer::Person
        } else if !single && determined(tokens, start) && !qualifies(tokens, run.end) {
            Bearer::Organisation
        } else {
            Bearer::Unknown
        };
        let first = given.then(|| self::gender(&tokens[start])).flatten();
        // A capital that the sentence may have given shows no name, unless it is found elsewhere.
        let sure = start > 0 || !single || !last.entry.classes.is_empty() || upper(text, last);
        let number = self.add(words, bearer, gender.or(first));
        self.names[number].sure |= sure;
        let possessive = tokens.get(run.end).is_some_and(|next| next.kind == Kind::Possessive);
        self.occurrences.push(Occurrence {
            name: number,
            start: tokens[start].start as usize,
            end: last.end as usize,
            gender,
            possessive,
        });
        if bearer == Bearer::Person {
            let title = before.filter(|_| titled).or(described);
            if let Some(title) = title {
                self.said.push((text[title.range()].to_lowercase(), number));
            }
            if let Some(gender) = described.and_then(self::gender) {
                self.names[number].gender.get_or_insert(gender);
            }
        }
        let short = bracketed(text, tokens, run.end)
            .filter(|short| bearer != Bearer::Person && words.get(..1) == short.get(..1));
        if let Some(short) = short {
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

    /// Keeps what is said of one person only.
    fn entitle(&mut self) {
        for (title, number) in std::mem::take(&mut self.said) {
            let entity = self.entity(number);
            let known = self.titles.entry(title).or_insert(entity);
            if *known != entity {
                *known = None;
            }
        }
    }

    /// Ties parts of names to the names in full.
    fn join(&mut self) {
        let mut parts: Map<&'a str, Vec<usize>> = Map::default();
        for (number, name) in self.names.iter().enumerate() {
            let several = name.words.contains(' ');
            if several {
                for word in [last(name.words), first(name.words)] {
                    parts.entry(word).or_default().push(number);
                }
            }
        }
        for number in 0..self.names.len() {
            if self.names[number].full.is_some() {
                continue;
            }
            let words = self.names[number].words;
            let same = |other: &usize| {
                let other = self.names[*other].words;
                other == words || (words.contains(' ') && first(other) == first(words) && last(other) == last(words))
            };
            let Some(found) = parts.get(last(words)) else { continue };
            if words.contains(' ') {
                // `Adam Schiff` is `Adam B. Schiff`, whichever came first.
                self.names[number].full = found.iter().copied().find(same).filter(|full| *full != number);
                continue;
            }
            let bearer = self.names[number].bearer;
            let mut fits: Vec<usize> = found
                .iter()
                .copied()
                .filter(|full| {
                    // By its first word goes a person, and an organisation where that word says so: `the Church`.
                    let whole = &self.names[*full];
                    let front = first(whole.words) == words;
                    match whole.bearer {
                        Bearer::Organisation | Bearer::Media => front && bearer == Bearer::Organisation,
                        Bearer::Person => !front || matches!(bearer, Bearer::Person | Bearer::Unknown),
                        Bearer::Unknown => !front,
                    }
                })
                .map(|full| self.names[full].full.unwrap_or(full))
                .collect();
            fits.sort_unstable();
            fits.dedup_by(|one, two| {
                let (one, two) = (self.names[*one].words, self.names[*two].words);
                first(one) == first(two) && last(one) == last(two)
            });
            match fits[..] {
                [full] => self.names[number].full = Some(full),
                // `Chelsea` of two whose first name that is.
                [] => self.names[number].shared = found.iter().filter(|full| self.is_bearer_open(**full)).count() > 1,
                _ => self.names[number].shared = true,
            }
        }
        let unsure: Vec<bool> = self
            .names
            .iter()
            .map(|name| !name.sure && name.full.is_none() && !parts.contains_key(name.words))
            .collect();
        self.occurrences.retain(|occurrence| !unsure[occurrence.name]);
        self.share();
        self.entitle();
    }

    fn is_bearer_open(&self, number: usize) -> bool {
        matches!(self.names[number].bearer, Bearer::Person | Bearer::Unknown)
    }

    /// What is known of a part is known of the whole, and the other way round.
    fn share(&mut self) {
        for whole in [false, true] {
            for number in 0..self.names.len() {
                let Some(full) = self.names[number].full else { continue };
                let (from, to) = if whole { (full, number) } else { (number, full) };
                let (bearer, gender) = (self.names[from].bearer, self.names[from].gender);
                let name = &mut self.names[to];
                if name.bearer == Bearer::Unknown && bearer == Bearer::Person || whole && bearer != Bearer::Unknown {
                    name.bearer = bearer;
                }
                name.gender = name.gender.or(gender);
            }
        }
    }
}

fn is_plural(token: &Token) -> bool {
    token.form(Form::Plural) && !token.form(Form::Singular)
}

/// The gender of a title or a given name.
pub fn gender(token: &Token) -> Option<Gender> {
    match (token.is(Class::Female), token.is(Class::Male)) {
        (true, false) => Some(Gender::Female),
        (false, true) => Some(Gender::Male),
        _ => None,
    }
}

fn first(name: &str) -> &str {
    name.split(' ').next().unwrap_or(name)
}

fn last(name: &str) -> &str {
    name.rsplit(' ').find(|word| !matches!(*word, "Jr." | "Sr." | "II" | "III" | "Jr" | "Sr")).unwrap_or(name)
}

fn upper(text: &str, token: &Token) -> bool {
    let word = &text[token.range()];
    word.len() > 1
        && word.chars().all(|c| c.is_uppercase() || c == '.' || c == '&')
        && !(word.len() == 2 && word.ends_with('.'))
}

fn determined(tokens: &[Token], start: usize) -> bool {
    start > 0 && tokens[start - 1].is(Class::Det)
}

/// Whether a name only qualifies the noun behind it: `the Trump administration`.
fn qualifies(tokens: &[Token], end: usize) -> bool {
    tokens.get(end).is_some_and(|next| next.kind == Kind::Lower && !next.any(ORDINARY) && !next.any(VERBS))
}

/// Whether a capital is only that of the sentence.
fn is_ordinary(text: &str, tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    if token.any(ORDINARY) {
        let pronoun = token.any(Classes::of(&[Class::Subject, Class::Object, Class::Poss]));
        return !upper(text, token) && (pronoun || !token.any(GIVEN));
    }
    let begins = at == 0 || tokens[at - 1].is_sign(':') || tokens[at - 1].is_dash();
    let next = tokens.get(at + 1);
    begins
        && !token.any(GIVEN)
        && !token.is(Class::Place)
        && !token.is(Class::Media)
        && !token.is(Class::Title)
        && !next.is_some_and(|next| next.kind == Kind::Capital)
        && !(token.is(Class::Body) && next.is_some_and(|next| &text[next.range()] == "of"))
        && (!token.entry.classes.is_empty() || text[token.range()].ends_with("ing"))
}

/// Where a run of words with capitals ends.
fn run(text: &str, tokens: &[Token], start: usize) -> usize {
    const PARTICLES: [&str; 16] =
        ["de", "da", "di", "del", "della", "van", "von", "der", "den", "bin", "ben", "al", "el", "la", "le", "du"];
    let capital = |at: usize| {
        tokens.get(at).is_some_and(|token| token.kind == Kind::Capital && (!token.is(Class::Time) || token.any(GIVEN)))
    };
    let mut end = start + 1;
    while end < tokens.len() {
        let word = &text[tokens[end].range()];
        if capital(end) {
            end += 1;
        } else if (PARTICLES.contains(&word) || word == "&") && (capital(end + 1) || capital(end + 2)) {
            end += 1;
        } else if matches!(word, "of" | "for" | "on") && tokens[end - 1].any(BODIES) && capital(end + 1) {
            end += 2;
        } else {
            break;
        }
    }
    end
}

/// What the apposition behind a name calls its bearer: `, a spokesman for the city`.
fn described(tokens: &[Token], end: usize) -> Option<&Token> {
    if !tokens.get(end)?.is_sign(',') {
        return None;
    }
    let mut found = None;
    for (number, token) in tokens[end + 1..].iter().take(8).enumerate() {
        let stops = !token.is_word() && token.kind != Kind::Number && token.kind != Kind::Possessive
            || token.any(Classes::of(&[Class::Rel, Class::Prep, Class::Say, Class::Be, Class::Have]))
                && !token.any(TITLES)
            || (number > 0 && token.any(Classes::of(&[Class::Det])));
        if stops {
            break;
        }
        if token.kind == Kind::Lower && token.any(TITLES) && !token.is(Class::Anonymous) {
            found = Some(token);
        }
    }
    found
}

/// `Smith, 52,`
fn aged(text: &str, tokens: &[Token], end: usize) -> bool {
    tokens.get(end).is_some_and(|token| token.is_sign(','))
        && tokens.get(end + 1).is_some_and(|token| {
            token.kind == Kind::Number && text[token.range()].parse().is_ok_and(|age: u32| age < 120)
        })
}

/// The short form in brackets: `World Health Organization (WHO)`.
fn bracketed<'a>(text: &'a str, tokens: &[Token], end: usize) -> Option<&'a str> {
    let (open, short, close) = (tokens.get(end)?, tokens.get(end + 1)?, tokens.get(end + 2)?);
    let fits = open.is_sign('(') && short.kind == Kind::Capital && close.is_sign(')') && upper(text, short);
    fits.then(|| &text[short.range()]).filter(|short| short.len() <= 8 && !short.contains('.'))
}
