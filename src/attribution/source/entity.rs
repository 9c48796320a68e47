//! Who a source is: the name in full, where the text leaves no doubt.

use std::{borrow::Cow, ops::Range};

use super::{
    kind::{Mention, tokens},
    name::{Bearer, Gender, Names},
};
use crate::{lexicon::Class, reading::Reading};

/// How many sentences before a pronoun are looked at.
const REACH: usize = 6;

/// How many sources before a description are looked at.
const NEAR: usize = 24;

/// How many bytes before a pronoun are looked at, so that sentences without end cost no more.
const FURTHEST: usize = 3000;

/// Somebody whom a pronoun may mean.
#[derive(Clone, Copy, PartialEq)]
struct Candidate {
    /// The name in full, by its number; nothing for somebody without a name.
    entity: Option<usize>,
    /// Whether it is a source, which is the subject of its sentence.
    source: bool,
}

/// Finds who the sources of a text are, in its order, each by one name.
pub fn entities<'a>(
    reading: &Reading<'a>,
    names: &mut Names<'a>,
    mentions: &mut [Mention],
) -> Vec<Option<Cow<'static, str>>> {
    let mut found: Vec<Option<usize>> = Vec::with_capacity(mentions.len());
    let mut words: Vec<Option<Cow<'static, str>>> = Vec::with_capacity(mentions.len());
    for at in 0..mentions.len() {
        let (earlier, rest) = mentions.split_at_mut(at);
        let Some(mention) = rest.first_mut() else { break };
        let entity = match mention.naming {
            "named" => mention.name.and_then(|name| by_title(names, mention, name)),
            "pronoun" => pronoun(reading, names, earlier, &found, mention),
            _ => description(reading, names, earlier, mention),
        };
        if let Some(entity) = entity {
            learn(names, entity, mention);
        }
        let described = entity.is_none().then(|| same_description(reading, earlier, &words, mention)).flatten();
        words.push(entity.map(|entity| names.names[entity].words.to_owned().into()).or(described));
        found.push(entity);
    }
    words
}

/// The name in full; of several with that surname, the only one that the title fits.
fn by_title(names: &Names<'_>, mention: &Mention, name: usize) -> Option<usize> {
    if let Some(entity) = names.entity(name) {
        return Some(entity);
    }
    let gender = names.within(&mention.range).iter().find(|found| found.name == name)?.gender?;
    let surname = names.names[name].words;
    let mut fits = (0..names.names.len()).filter(|other| {
        let other = &names.names[*other];
        other.words.ends_with(surname) && other.words.len() > surname.len() && other.gender == Some(gender)
    });
    let only = fits.next()?;
    fits.next().is_none().then_some(only)
}

/// What the mention shows of whom it means.
fn learn(names: &mut Names<'_>, entity: usize, mention: &mut Mention) {
    let name = &mut names.names[entity];
    if mention.kind == "person" && name.bearer == Bearer::Unknown {
        name.bearer = Bearer::Person;
    }
    if mention.naming == "pronoun" || mention.kind == "unknown" {
        mention.kind = match name.bearer {
            Bearer::Person => "person",
            Bearer::Organisation => "organisation",
            Bearer::Media => "media",
            Bearer::Unknown => mention.kind,
        };
    }
    if mention.kind == "person" {
        name.gender = name.gender.or(mention.gender);
    }
}

/// `the judge`, where one person is called so.
fn description<'a>(reading: &Reading<'a>, names: &Names<'a>, earlier: &[Mention], mention: &Mention) -> Option<usize> {
    let head = mention.head.clone()?;
    let before = reading.text[mention.range.start..head.start].trim();
    let definite = ["the", "this", "that"].iter().any(|word| before.eq_ignore_ascii_case(word));
    if !definite || head.end != mention.range.end || mention.naming == "anonymous" {
        return None;
    }
    let title = reading.text[head].to_lowercase();
    let known = (*names.titles.get(&title)?)?;
    // Who is called so must have been introduced, and nobody without a name called so.
    let introduced = names
        .occurrences
        .iter()
        .any(|found| found.start < mention.range.start && names.entity(found.name) == Some(known));
    let other = earlier.iter().rev().take(8).any(|other| {
        other.name.is_none()
            && other.head.as_ref().is_some_and(|head| reading.text[head.clone()].eq_ignore_ascii_case(&title))
            && !reading.text[other.range.clone()].get(..4).is_some_and(|start| start.eq_ignore_ascii_case("the "))
    });
    (introduced && !other).then_some(known)
}

/// `this manager`, right behind `a source familiar with the visit`: the same, by the words of the first.
fn same_description(
    reading: &Reading<'_>,
    earlier: &[Mention],
    words: &[Option<Cow<'static, str>>],
    mention: &Mention,
) -> Option<Cow<'static, str>> {
    if mention.naming == "named" || !matches!(mention.kind, "person" | "unknown") {
        return None;
    }
    // A medium between the two is only whom it was told to.
    let place = earlier.iter().rposition(|other| other.kind != "media")?;
    let last = &earlier[place];
    let near = mention.sentence - last.sentence <= 1 && mention.paragraph - last.paragraph <= 1;
    let this = reading.text[mention.range.clone()].get(..5).is_some_and(|start| start.eq_ignore_ascii_case("this "));
    let again = this || reading.text[mention.range.clone()].eq_ignore_ascii_case("the source");
    let sole = earlier[..place]
        .iter()
        .rev()
        .take(NEAR)
        .take_while(|other| mention.paragraph - other.paragraph <= 1)
        .all(|other| other.naming == "named" || other.kind != "person");
    if !near || !again || !sole || last.naming == "named" || last.kind != "person" {
        return None;
    }
    if let Some(known) = words.get(place)?.clone() {
        return Some(known);
    }
    let described = &reading.text[last.range.clone()];
    let described = described.strip_prefix("a ").or_else(|| described.strip_prefix("A ")).unwrap_or(described);
    (described.split(' ').count() >= 4).then(|| described.to_owned().into())
}

/// Whom a pronoun means; nothing where two may be meant.
fn pronoun(
    reading: &Reading<'_>,
    names: &Names<'_>,
    earlier: &[Mention],
    found: &[Option<usize>],
    mention: &Mention,
) -> Option<usize> {
    let word = reading.text[mention.range.clone()].to_ascii_lowercase();
    let person = match word.as_str() {
        "he" | "she" | "his" | "her" | "him" => true,
        "it" | "its" => false,
        "who" => return named_before(reading, names, mention.range.start),
        _ => match mention.gender {
            Some(_) => true,
            None => return None,
        },
    };
    let here = mention.sentence;
    for sentence in (0..=here).rev().take(REACH + 1) {
        let paragraph = names.sentences[sentence].1;
        if mention.paragraph - paragraph > 2 {
            break;
        }
        let start = names.sentences[sentence].0.max(mention.range.start.saturating_sub(FURTHEST));
        let end = if sentence == here { mention.range.start } else { names.sentences[sentence + 1].0 };
        let end = again(reading, names, sentence, start..end, &word);
        let candidates = candidates(names, earlier, found, start..end, person.then_some(mention.gender));
        match candidates[..] {
            [] => {}
            [only] => return only.entity.filter(|_| person || only.source),
            _ => {
                // Who speaks in that sentence is its subject.
                let mut sources = candidates.iter().filter(|candidate| candidate.source);
                let source = sources.next()?;
                return if sources.next().is_none() { source.entity } else { None };
            }
        }
    }
    None
}

/// Where a sentence has the same pronoun earlier: whoever is named behind it is somebody else.
fn again(reading: &Reading<'_>, names: &Names<'_>, sentence: usize, range: Range<usize>, word: &str) -> usize {
    let subject = match word {
        "his" | "him" | "he" => "he",
        "her" | "she" => "she",
        _ => return range.end,
    };
    let Some(paragraph) = reading.paragraphs.get(names.sentences[sentence].1) else { return range.end };
    let held = tokens(paragraph, &range);
    let same = held.iter().find(|token| token.is(Class::Subject) && is_pronoun(reading.word(token), subject));
    // A contraction such as `He’s` begins with it.
    same.map_or(range.end, |token| token.start as usize + 1)
}

fn is_pronoun(word: &str, subject: &str) -> bool {
    word.split(['\'', '’']).next().is_some_and(|word| word.eq_ignore_ascii_case(subject))
}

/// Who is mentioned in a range, and can be meant: persons of that gender, or else organisations.
fn candidates(
    names: &Names<'_>,
    earlier: &[Mention],
    found: &[Option<usize>],
    range: Range<usize>,
    person: Option<Option<Gender>>,
) -> Vec<Candidate> {
    let mut fitting: Vec<Candidate> = Vec::new();
    let mut add = |candidate: Candidate| match fitting
        .iter_mut()
        .find(|known| known.entity == candidate.entity && known.entity.is_some())
    {
        Some(known) => known.source |= candidate.source,
        None => fitting.push(candidate),
    };
    for (mention, entity) in earlier.iter().zip(found).rev() {
        if mention.range.start < range.start {
            break;
        }
        if mention.range.start >= range.end {
            continue;
        }
        let fits = match (entity, person) {
            (Some(entity), _) => fits(names, *entity, person),
            (None, Some(gender)) => {
                matches!(mention.kind, "person") && mention.gender.is_none_or(|known| Some(known) == gender)
            }
            (None, None) => matches!(mention.kind, "organisation" | "media" | "document"),
        };
        if fits {
            add(Candidate { entity: *entity, source: true });
        }
    }
    for occurrence in names.within(&range) {
        let covered = earlier
            .iter()
            .rev()
            .take(12)
            .any(|mention| mention.range.start <= occurrence.start && occurrence.end <= mention.range.end);
        if occurrence.possessive || covered {
            continue;
        }
        let entity = names.entity(occurrence.name);
        if fits(names, entity.unwrap_or(occurrence.name), person) {
            add(Candidate { entity, source: false });
        }
    }
    fitting
}

/// Whether a pronoun fits a name.
fn fits(names: &Names<'_>, name: usize, person: Option<Option<Gender>>) -> bool {
    let name = &names.names[name];
    match person {
        Some(gender) => {
            let person = name.bearer == Bearer::Person || (name.bearer == Bearer::Unknown && name.words.contains(' '));
            person && (name.gender.is_none() || name.gender == gender)
        }
        None => matches!(name.bearer, Bearer::Organisation | Bearer::Media),
    }
}

/// `Smith, who said`: the name right before.
fn named_before(reading: &Reading<'_>, names: &Names<'_>, at: usize) -> Option<usize> {
    let before = names.within(&(at.saturating_sub(80)..at)).last()?;
    let between = reading.text.get(before.end..at)?.trim();
    let person = matches!(names.names[before.name].bearer, Bearer::Person | Bearer::Unknown);
    (matches!(between, "" | ",") && person).then(|| names.entity(before.name)).flatten()
}
