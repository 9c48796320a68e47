//! Runs of words with capitals: titles, and a name behind them.

use std::ops::Range;

use super::name::{Bearer, Gender};
use crate::{
    english::word::CUES,
    lexicon::{Class, Classes, Form},
    token::{Kind, Token},
};

const TITLES: Classes = Classes::of(&[Class::Title, Class::Person]);
const GIVEN: Classes = Classes::of(&[Class::Female, Class::Male]);
const BODIES: Classes = Classes::of(&[Class::Body, Class::Group, Class::Media, Class::Document]);
const VERBS: Classes = CUES.with(Class::Verb).with(Class::Modal);
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

/// A name in its sentence, with the titles before it.
pub struct Run<'a, 't> {
    text: &'a str,
    tokens: &'t [Token],
    /// Where the name starts, behind its titles.
    start: usize,
    end: usize,
    /// Its last word says that it is an organisation's.
    body: bool,
    /// The title right before it.
    title: Option<&'t Token>,
    /// What an apposition calls its bearer.
    described: Option<&'t Token>,
}

impl<'a, 't> Run<'a, 't> {
    /// Reads a run; nothing where only titles stand in it.
    pub fn read(text: &'a str, tokens: &'t [Token], run: Range<usize>) -> Option<Self> {
        let last = &tokens[run.end - 1];
        // `Church of Scientology`
        let of = (run.start + 1..run.end).any(|at| tokens[at].kind == Kind::Lower && tokens[at - 1].any(BODIES));
        // `Neighbors United`, but `Senators Susan Collins and Lisa Murkowski`.
        let plural = tokens[run.start].any(TITLES) && is_plural(&tokens[run.start]);
        let body = of || (plural && run.len() == 2) || last.any(BODIES) && !last.any(GIVEN) && !last.is(Class::Title);
        // `Russell Dean Pickard` is no dean, `Neighbors United` no neighbour.
        let entitles = |at: usize| {
            let title = tokens[at].any(TITLES) && !tokens[at].any(BODIES);
            let behind = at > run.start && tokens[at - 1].any(GIVEN) && !tokens[at - 1].any(TITLES);
            title && !behind && !is_plural(&tokens[at])
        };
        let title = (run.start..run.end).rev().find(|at| entitles(*at));
        let mut start = title.filter(|_| !body).map_or(run.start, |title| title + 1);
        if run.len() > 1 && start == run.start && !body && (plural || tokens[start].is(Class::Group)) {
            start += 1;
        }
        // `House Republicans` are many people and no name.
        let many = last.is(Class::Group) && !last.any(Classes::of(&[Class::Body, Class::Media]));
        if start >= run.end || many {
            return None;
        }
        let before = start.checked_sub(1).map(|before| &tokens[before]);
        let title = before.filter(|before| !body && before.any(TITLES) && !is_plural(before));
        Some(Self { text, tokens, start, end: run.end, body, title, described: described(tokens, run.end) })
    }

    /// Whether it is a name at all, and not a common noun with a capital.
    pub fn is_name(&self, nouns: bool) -> bool {
        if !self.is_single() {
            return true;
        }
        let last = self.last();
        let alone = last.any(Classes::of(&[Class::Title, Class::Person, Class::Group, Class::Document]));
        let proper = last.any(Classes::of(&[Class::Media, Class::Place])) || upper(self.text, last);
        let common = last.any(BODIES) && !proper;
        if alone || (common && !self.is_determined()) {
            return false;
        }
        !nouns || self.body || self.title.is_some()
    }

    /// What bears it.
    pub fn bearer(&self) -> Bearer {
        let (last, titled, given) = (self.last(), self.title.is_some(), self.is_given());
        let media = self.tokens[self.start..self.end].iter().any(|token| token.is(Class::Media));
        let letters = self.is_single() && (last.is(Class::Place) || (upper(self.text, last) && !titled));
        let aged = !self.is_single() && aged(self.text, self.tokens, self.end);
        if media && !titled && !given {
            Bearer::Media
        } else if self.body || letters {
            Bearer::Organisation
        } else if titled || given || self.described.is_some() || aged {
            Bearer::Person
        } else if !self.is_single() && self.is_determined() && !qualifies(self.tokens, self.end) {
            Bearer::Organisation
        } else {
            Bearer::Unknown
        }
    }

    /// The name.
    pub fn words(&self) -> &'a str {
        let (start, end) = self.place();
        &self.text[start..end]
    }

    /// Where it stands, in bytes.
    pub fn place(&self) -> (usize, usize) {
        (self.tokens[self.start].start as usize, self.last().end as usize)
    }

    /// The gender that title, first name or apposition show.
    pub fn gender(&self) -> Option<Gender> {
        let first = || self.is_given().then(|| gender(&self.tokens[self.start])).flatten();
        self.title_gender().or_else(first).or_else(|| self.described.and_then(gender))
    }

    /// The gender that the title shows.
    pub fn title_gender(&self) -> Option<Gender> {
        self.title.and_then(gender)
    }

    /// What its bearer is called: `judge`.
    pub fn said(&self) -> Option<&'a str> {
        self.title.or(self.described).map(|token| &self.text[token.range()])
    }

    /// Its short form in brackets: `World Health Organization (WHO)`.
    pub fn short(&self) -> Option<&'a str> {
        let short = bracketed(self.text, self.tokens, self.end)?;
        (self.words().chars().next() == short.chars().next()).then_some(short)
    }

    /// Whether it is a possessive.
    pub fn owns(&self) -> bool {
        self.tokens.get(self.end).is_some_and(|next| next.kind == Kind::Possessive)
    }

    /// Whether its capital is more than that of the sentence.
    pub fn is_sure(&self) -> bool {
        let last = self.last();
        self.start > 0 || !self.is_single() || !last.entry.classes.is_empty() || upper(self.text, last)
    }

    fn last(&self) -> &'t Token {
        &self.tokens[self.end - 1]
    }

    fn is_single(&self) -> bool {
        self.end - self.start == 1
    }

    fn is_given(&self) -> bool {
        !self.is_single() && self.tokens[self.start].any(GIVEN)
    }

    fn is_determined(&self) -> bool {
        self.start > 0 && self.tokens[self.start - 1].is(Class::Det)
    }
}

/// The gender of a title or a given name.
pub fn gender(token: &Token) -> Option<Gender> {
    match (token.is(Class::Female), token.is(Class::Male)) {
        (true, false) => Some(Gender::Female),
        (false, true) => Some(Gender::Male),
        _ => None,
    }
}

fn upper(text: &str, token: &Token) -> bool {
    let word = &text[token.range()];
    word.len() > 1
        && word.chars().all(|c| c.is_uppercase() || c == '.' || c == '&')
        && !(word.len() == 2 && word.ends_with('.'))
}

/// Whether a name only qualifies the noun behind it: `the Trump administration`.
fn qualifies(tokens: &[Token], end: usize) -> bool {
    tokens.get(end).is_some_and(|next| next.kind == Kind::Lower && !next.any(ORDINARY) && !next.any(VERBS))
}

/// Whether a capital is only that of the sentence.
pub fn is_ordinary(text: &str, tokens: &[Token], at: usize) -> bool {
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
pub fn run_end(text: &str, tokens: &[Token], start: usize) -> usize {
    const PARTICLES: [&str; 16] =
        ["de", "da", "di", "del", "della", "van", "von", "der", "den", "bin", "ben", "al", "el", "la", "le", "du"];
    let capital = |at: usize| {
        tokens.get(at).is_some_and(|token| token.kind == Kind::Capital && (!token.is(Class::Time) || token.any(GIVEN)))
    };
    let mut end = start + 1;
    while end < tokens.len() {
        let word = &text[tokens[end].range()];
        let joins = (PARTICLES.contains(&word) || word == "&") && (capital(end + 1) || capital(end + 2));
        if joins || capital(end) {
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

fn is_plural(token: &Token) -> bool {
    token.form(Form::Plural) && !token.form(Form::Singular)
}
