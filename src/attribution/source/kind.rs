//! What a source is, and how the text refers to it.

use std::ops::Range;

use super::{
    name::{Bearer, Gender, Names},
    run::gender,
};
use crate::{
    lexicon::{Class, Classes, Form},
    reading::{Paragraph, Reading},
    token::{Kind as Sort, Token},
};

/// A source where it is mentioned.
#[derive(Clone, Debug, Default)]
pub struct Mention {
    /// Where, in bytes.
    pub range: Range<usize>,
    /// What it is, in the words of the default scheme.
    pub kind: &'static str,
    /// How the text refers to it, likewise.
    pub naming: &'static str,
    /// The name that it is mentioned by.
    pub name: Option<usize>,
    /// The gender that the words show.
    pub gender: Option<Gender>,
    /// The word that says what it is, where it is not named.
    pub head: Option<Range<usize>>,
    /// The sentence, counted through the text.
    pub sentence: usize,
    /// The paragraph.
    pub paragraph: usize,
}

const PRONOUN: Classes =
    Classes::of(&[Class::Subject, Class::Object, Class::Poss, Class::Rel, Class::That, Class::Empty, Class::Some]);
const NOUNS: Classes = Classes::of(&[
    Class::Person,
    Class::Group,
    Class::Body,
    Class::Document,
    Class::Media,
    Class::Anonymous,
    Class::Title,
    Class::SayNoun,
]);

/// Reads a mention.
pub fn mention(reading: &Reading<'_>, names: &Names<'_>, range: Range<usize>) -> Mention {
    let sentence = names.sentence_at(range.start);
    let paragraph = names.sentences.get(sentence).map_or(0, |(_, paragraph)| *paragraph);
    let mut mention =
        Mention { range, kind: "unknown", naming: "described", sentence, paragraph, ..Mention::default() };
    let Some(held) = reading.paragraphs.get(paragraph) else { return mention };
    let tokens = tokens(held, &mention.range);
    let Some(first) = tokens.first() else { return mention };
    let word = reading.word(first);
    let capitals = word.len() > 1 && word.chars().all(char::is_uppercase);
    if tokens.len() == 1 && first.any(PRONOUN) && !is_name(names, &mention.range) && !capitals {
        pronoun(word, first, &mut mention);
        return mention;
    }
    let core = core(tokens, names);
    let Some(head) = head(reading, tokens, core) else { return mention };
    mention.gender = tokens[..core].iter().rev().find_map(gender);
    mention.name = named(reading, names, tokens, core, head);
    mention.head = Some(tokens[head].range());
    if mention.name.is_some() {
        mention.naming = "named";
    } else if is_anonymous(reading, held, tokens) {
        mention.naming = "anonymous";
    }
    mention.kind = borne(reading, names, mention.name, &tokens[..core], &tokens[head]);
    if several(names, tokens, core) {
        mention.name = None;
        if matches!(mention.kind, "person" | "unknown") {
            mention.kind = "group";
        }
    }
    // `one of them`, `some of the residents`
    if mention.kind == "unknown" && core == 1 && tokens.get(1).is_some_and(|next| reading.word(next) == "of") {
        mention.kind = if word.eq_ignore_ascii_case("one") { "person" } else { "group" };
    }
    mention
}

/// What a source is, by its name or else by its noun.
fn borne(reading: &Reading<'_>, names: &Names<'_>, name: Option<usize>, core: &[Token], head: &Token) -> &'static str {
    let title = core.iter().any(|token| token.any(Classes::of(&[Class::Title, Class::Person])));
    let bearer = name.map_or(Bearer::Unknown, |name| names.names[names.entity(name).unwrap_or(name)].bearer);
    match bearer {
        Bearer::Person => "person",
        Bearer::Media => "media",
        Bearer::Organisation => "organisation",
        Bearer::Unknown if name.is_some() && title => "person",
        Bearer::Unknown if name.is_some_and(|name| names.names[name].words.contains(' ')) => "person",
        Bearer::Unknown => common(reading, core, head),
    }
}

/// Whether more than one is named: `Smith and the mayor`, but not `the author and professor Smith`.
fn several(names: &Names<'_>, tokens: &[Token], core: usize) -> bool {
    let Some(and) = (1..core).find(|at| tokens[*at].is(Class::Coord) && tokens[*at].kind == Sort::Lower) else {
        return false;
    };
    let (start, at) = (tokens[0].start as usize, tokens[and].start as usize);
    let inside = names.within(&(start..at)).last().is_some_and(|name| name.end > at);
    let named = names.within(&(start..at)).last().is_some_and(|name| name.end == tokens[and - 1].end as usize);
    let determined = tokens.get(and + 1).is_some_and(|next| next.any(Classes::of(&[Class::Det, Class::Poss])));
    let plural = tokens[and - 1].form(Form::Plural) || tokens[and - 1].is(Class::Group);
    !inside && (named || determined || plural)
}

/// The tokens of a paragraph that lie in a range.
pub fn tokens<'a>(paragraph: &'a Paragraph, range: &Range<usize>) -> &'a [Token] {
    let first = paragraph.tokens.partition_point(|token| (token.start as usize) < range.start);
    let rest = &paragraph.tokens[first..];
    &rest[..rest.partition_point(|token| (token.end as usize) <= range.end)]
}

fn is_name(names: &Names<'_>, range: &Range<usize>) -> bool {
    names.within(range).first().is_some_and(|occurrence| occurrence.end == range.end)
}

fn pronoun(word: &str, token: &Token, mention: &mut Mention) {
    mention.naming = "pronoun";
    let lower = word.to_ascii_lowercase();
    (mention.kind, mention.gender) = match lower.as_str() {
        "she" | "her" | "hers" => ("person", Some(Gender::Female)),
        "he" | "him" | "his" => ("person", Some(Gender::Male)),
        "i" | "me" | "my" | "you" | "your" | "who" | "one" | "someone" | "somebody" | "another" | "everyone"
        | "everybody" | "nobody" | "anyone" => ("person", None),
        "they" | "them" | "their" | "we" | "us" | "our" | "some" | "others" | "many" | "most" | "several" | "both"
        | "few" | "all" => ("group", None),
        _ => match gender(token) {
            Some(gender) => ("person", Some(gender)),
            None => ("unknown", None),
        },
    };
}

/// How many tokens come before what only says more: an apposition, a preposition, a relative clause.
fn core(tokens: &[Token], names: &Names<'_>) -> usize {
    let mut at = 1;
    while at < tokens.len() {
        let token = &tokens[at];
        let inside = || {
            let place = token.start as usize;
            let reach = place.saturating_sub(60)..place;
            names.within(&reach).iter().any(|occurrence| occurrence.end > place)
        };
        let stops = matches!(token.kind, Sort::Sign(',' | '(' | '–' | '—' | ':'))
            || token.is(Class::Rel)
            || (token.any(Classes::of(&[Class::Prep, Class::To])) && token.kind == Sort::Lower && !inside());
        if stops {
            break;
        }
        at += 1;
    }
    at
}

/// The word of the core that says what it is: the last name, else the last noun that is known.
fn head(reading: &Reading<'_>, tokens: &[Token], core: usize) -> Option<usize> {
    let noun =
        |at: &usize| tokens[*at].any(NOUNS) || (tokens[*at].kind == Sort::Capital && !tokens[*at].is(Class::Time));
    let last = (0..core)
        .rev()
        .find(|at| tokens[*at].is_word() && !tokens[*at].any(Classes::of(&[Class::Det, Class::Time])))?;
    // `a local ABC affiliate`, but `a memo obtained`, `people familiar`.
    let qualifies = |at: usize| {
        let word = reading.word(&tokens[at]);
        word.ends_with("ed") || word.ends_with("ing") || matches!(word, "familiar" | "close" | "involved" | "present")
    };
    if tokens[last].kind == Sort::Lower && !noun(&last) && !qualifies(last) {
        return Some(last);
    }
    (0..core).rev().filter(|at| tokens[*at].is_word()).find(noun).filter(|at| !owns(tokens, *at)).or(Some(last))
}

/// Whether a word has a possessive behind it.
fn owns(tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|next| next.kind == Sort::Possessive)
}

/// The name of the source: the one that its core ends with, or that stands in apposition.
fn named(reading: &Reading<'_>, names: &Names<'_>, tokens: &[Token], core: usize, head: usize) -> Option<usize> {
    let (first, last) = (tokens.first()?, tokens.last()?);
    let range = first.start as usize..last.end as usize;
    let found = names.within(&range);
    let end = tokens[head].end as usize;
    if let Some(name) = found.iter().find(|occurrence| occurrence.end >= end && occurrence.start < end) {
        return Some(name.name).filter(|_| !name.possessive || end < name.end);
    }
    // `Yonhap news agency`
    if tokens[head].any(Classes::of(&[Class::Media, Class::Body])) && first.kind == Sort::Capital {
        let news = tokens[..core].iter().any(|token| token.is(Class::Media) && !token.any(PRONOUN));
        let name = found.first().filter(|name| name.start == range.start && !name.possessive && news);
        if name.is_some() {
            return name.map(|name| name.name);
        }
    }
    // `the team’s coach, Alireza Mehraban`: what stands between commas is a name, with or without a title.
    if !tokens.get(core)?.is_sign(',') {
        return None;
    }
    let next = tokens.get(core + 1)?;
    let stop = tokens[core + 1..].iter().position(|token| token.is_sign(',')).map_or(tokens.len(), |at| core + 1 + at);
    let end = tokens[stop - 1].end as usize;
    let name = found.iter().find(|name| name.end == end && name.start >= next.start as usize)?;
    let between = &reading.text[next.start as usize..name.start];
    let titled = between.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    titled.then_some(name.name)
}

/// What a source is that is not named.
fn common(reading: &Reading<'_>, core: &[Token], head: &Token) -> &'static str {
    let is = |class| head.is(class);
    // Titles stand without their forms.
    let word = reading.word(head);
    let plural = (head.form(Form::Plural) || word.ends_with('s')) && !head.form(Form::Singular)
        || matches!(word, "people" | "police" | "men" | "women");
    let one = core.first().is_some_and(|first| {
        matches!(reading.word(first).to_lowercase().as_str(), "one" | "a" | "an" | "another" | "this" | "each")
    });
    if is(Class::Group) && is(Class::Body) {
        return "group";
    }
    if is(Class::Group) && !one {
        return "group";
    }
    let body = is(Class::Body) && !is(Class::Person);
    if !body && head.any(Classes::of(&[Class::Person, Class::Anonymous, Class::Title])) {
        return if plural && !one { "group" } else { "person" };
    }
    match () {
        () if head.kind == Sort::Number || matches!(reading.word(head), "two" | "three" | "four") => "group",
        () if is(Class::Group) => "group",
        () if is(Class::Media) => "media",
        () if is(Class::Body) => "organisation",
        () if is(Class::Document) || is(Class::SayNoun) || is(Class::Work) => "document",
        () if is(Class::Place) => "organisation",
        () => "unknown",
    }
}

/// Whether who it is, is kept back: `a source`, `people close to her`, `who asked not to be named`.
fn is_anonymous(reading: &Reading<'_>, paragraph: &Paragraph, tokens: &[Token]) -> bool {
    if tokens.iter().any(|token| token.is(Class::Anonymous)) {
        return true;
    }
    let word = |at: usize| tokens.get(at).map_or("", |token| reading.word(token));
    let people = |at: usize| tokens[..at].iter().any(|token| token.any(Classes::of(&[Class::Person, Class::Group])));
    let near = (1..tokens.len()).any(|at| {
        matches!(
            (word(at), word(at + 1)),
            ("familiar", "with")
                | ("close", "to")
                | ("briefed", "on" | "about")
                | ("involved" | "knowledgeable", _)
                | ("knowledge", "of")
                | ("direct", "knowledge")
        ) && people(at)
    });
    if near {
        return true;
    }
    // What follows in the sentence says so, too: `an aide who spoke on condition of anonymity`.
    let Some(last) = tokens.last() else { return false };
    let from = paragraph.tokens.partition_point(|token| token.start < last.end);
    let rest = paragraph.tokens[from..].iter().take(24).take_while(|token| !token.is_sign('.') && !token.is_quoted());
    let mut before = "";
    for token in rest {
        let word = reading.word(token);
        let kept = matches!(word, "anonymity" | "anonymously")
            || (matches!(word, "named" | "identified") && matches!(before, "be" | "being"))
            || (matches!(word, "authorized" | "authorised") && before == "not");
        if kept {
            return true;
        }
        before = word;
    }
    false
}
