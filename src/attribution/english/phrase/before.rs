//! The noun phrase that ends before a verb.

use std::ops::Range;

use super::{INNER, PEOPLE, REACH, has_head, is_pronoun, is_time, short_name};
use crate::{
    english::word::Words,
    lexicon::{Class, Classes},
    token::{Kind, Token},
};

/// Pronouns that a phrase with `of` can begin with: `one of them`.
const OF: [&str; 10] = ["one", "some", "most", "many", "all", "those", "each", "both", "none", "another"];

/// The noun phrase that ends with the token at `last`, with a relative clause without a comma.
pub fn phrase_before(words: Words<'_>, last: usize) -> Option<Range<usize>> {
    let end = last + 1;
    let plain = plain_before(words, last);
    let Some(phrase) = plain else { return relative(words, end, end) };
    // `the man who met her said`: what ends here is only the end of a clause.
    let clause = words.before(phrase.start).is_some_and(|before| before.is(Class::Prep) || !before.is_word())
        || words.is_finite(phrase.start.saturating_sub(1))
        || phrase.start == 0;
    if clause && phrase.start > 0 && words.before(phrase.start).is_some_and(Token::is_word) {
        return relative(words, phrase.start, end).or(Some(phrase));
    }
    Some(phrase)
}

/// A phrase whose relative clause reaches from before `from` to `end`: `the groups that sued`.
fn relative(words: Words<'_>, from: usize, end: usize) -> Option<Range<usize>> {
    let first = end.saturating_sub(16);
    for at in (first..from).rev() {
        let token = words.get(at)?;
        if token.is_quoted() || matches!(token.kind, Kind::Sign(',' | ';' | ':')) || token.is_dash() {
            return None;
        }
        let that = words.is_word(at, &["that"]) && words.is_finite(at + 1);
        let opens = token.is(Class::Rel) || that || words.is_word(at, &["whose"]);
        if opens && at > 0 && words.is_nominal(at - 1) && (at + 1..end).any(|at| words.is_finite(at)) {
            let head = plain_before(words, at - 1)?;
            let spoken = words.is_word(at, &["that"]) && head.clone().any(|at| words.is(at, Class::SayNoun));
            if spoken {
                return None;
            }
            let inner = words
                .before(head.start)
                .is_some_and(|before| before.is(Class::Prep) || words.is_finite(head.start - 1));
            if inner && let Some(outer) = relative(words, head.start, end) {
                return Some(outer);
            }
            return Some(head.start..end);
        }
    }
    None
}

fn plain_before(words: Words<'_>, last: usize) -> Option<Range<usize>> {
    let end = last + 1;
    let token = words.get(last)?;
    if (token.is(Class::Rel) && !words.is_word(last, &["what", "how", "why"])) || is_pronoun(words, last) {
        let all = words.is_word(last, &["everyone", "everybody", "everything", "all"])
            && last > 0
            && words.is_word(last - 1, &["nearly", "almost", "virtually", "not"]);
        return Some(last - usize::from(all)..end);
    }
    // `people close to her`
    if token.any(Classes::of(&[Class::Object, Class::Poss])) && last >= 2 && INNER.contains(&words.word(last - 1)) {
        let close = usize::from(words.is_word(last - 2, &["close", "familiar", "opposed", "loyal"]));
        let people =
            |phrase: &Range<usize>| phrase.clone().any(|at| words.get(at).is_some_and(|token| token.any(PEOPLE)));
        let phrase = (last - 2).checked_sub(close).filter(|last| words.is_nominal(*last));
        if let Some(phrase) = phrase.and_then(|last| plain_before(words, last)).filter(people) {
            return Some(phrase.start..end);
        }
    }
    let mut walk = Walk { words, end, at: end, start: None, listed: false };
    while walk.at > 0 && end - walk.at < REACH && walk.step() {}
    let phrase = walk.start?..end;
    (!is_time(words, &phrase) && has_head(words, &phrase)).then_some(phrase)
}

/// Walks from the end of a phrase to its start.
struct Walk<'a> {
    words: Words<'a>,
    end: usize,
    /// What has been walked over.
    at: usize,
    /// Where the phrase can start.
    start: Option<usize>,
    /// Whether an `and` has been passed.
    listed: bool,
}

impl Walk<'_> {
    /// Goes on by one token, or says that the phrase starts here.
    fn step(&mut self) -> bool {
        let (words, here) = (self.words, self.at - 1);
        let Some(token) = words.get(here) else { return false };
        if self.sign(token, here) {
            return true;
        }
        // `On Tuesday the minister`
        let time = token.is(Class::Time) && token.kind == Kind::Capital && self.start.is_some();
        if time && !words.is_word(here, &["may", "march"]) {
            return false;
        }
        if words.is_nominal(here) {
            return !self.junction(here) && self.take(here);
        }
        if token.is(Class::Det) || token.is(Class::Poss) || words.is_word(here, &["no", "one"]) {
            return self.determiner(here);
        }
        let begun = self.start == Some(self.at);
        if token.is(Class::Object)
            && words.before(here).is_some_and(|before| before.is(Class::Prep) || before.is(Class::To))
            && self.start.is_none()
        {
            return self.take(here);
        }
        if begun && INNER.contains(&words.word(here)) {
            return self.preposition(here);
        }
        if begun && words.is_word(here, &["and", "&", "or"]) {
            return self.and(here);
        }
        if begun
            && words.is_adverb(here)
            && words.before(here).is_some_and(|before| before.is(Class::Det) || before.is(Class::Poss))
        {
            return self.take(here);
        }
        // `a man identified as Smith`
        let participle = words.is_participle(here) || words.is_ing(here);
        let reduced = participle && begun && here > 0 && words.is_nominal(here - 1) && !words.is_finite_reading(here);
        if reduced {
            self.at = here;
        }
        reduced
    }

    fn take(&mut self, here: usize) -> bool {
        (self.start, self.at) = (Some(here), here);
        true
    }

    /// Signs that can stand inside a phrase.
    fn sign(&mut self, token: &Token, here: usize) -> bool {
        let words = self.words;
        let nominal = here > 0 && words.is_nominal(here - 1);
        let to = match token.kind {
            Kind::Sign(')') => (here.saturating_sub(12)..here).rev().find(|at| words.is_sign(*at, '(')),
            Kind::Possessive => Some(here),
            // A nickname.
            Kind::Quoted(_) if short_name(words, here) => Some(here),
            Kind::Sign(',') if self.listed && self.at < self.end && nominal => Some(here),
            Kind::Sign('/' | '&' | '-') if nominal => Some(here),
            _ => None,
        };
        self.at = to.unwrap_or(self.at);
        to.is_some()
    }

    fn determiner(&mut self, here: usize) -> bool {
        self.take(here);
        // `all the`, `some of the` go on; else only `of` and the like do.
        let words = self.words;
        words.before(here).is_some_and(|before| {
            before.any(Classes::of(&[Class::Det, Class::Prep, Class::Coord, Class::To]))
                || words.is_word(here - 1, &["all", "both", "half"])
        })
    }

    /// What a preposition belongs to must stand before it.
    fn preposition(&mut self, here: usize) -> bool {
        let words = self.words;
        let Some(before) = here.checked_sub(1) else { return false };
        if time_phrase(words, self.at, self.end) && words.is_nominal(before) {
            return false;
        }
        if words.is_word(before, &OF) && words.is_word(here, &["of", "in"]) {
            self.take(before);
            return words.before(before).is_some_and(|token| token.is(Class::Det));
        }
        // `a source close to the talks`
        if words.is_word(before, &["close", "familiar", "loyal", "opposed"])
            && before > 0
            && words.is_nominal(before - 1)
        {
            return self.take(before);
        }
        let participle =
            (words.is_participle(before) || words.is_ing(before)) && before > 0 && words.is_nominal(before - 1);
        let carried = words.is_nominal(before) || words.is_sign(before, ')') || participle;
        // `a survey by the institute`, but no other noun is carried on by `by`.
        let by = words.is_word(here, &["by"]) && !participle && !words.is(before, Class::Document);
        if !carried || by {
            return false;
        }
        self.at = here;
        if participle {
            self.start = Some(before);
            self.at = before;
        }
        true
    }

    fn and(&mut self, here: usize) -> bool {
        let words = self.words;
        let Some(before) = here.checked_sub(1) else { return false };
        // Behind a comma, `and` joins names, or clauses.
        let comma = words.is_sign(before, ',');
        let capital = |at: usize| words.get(at).is_some_and(|token| token.kind == Kind::Capital);
        let names = comma && before > 0 && capital(before - 1) && capital(here + 1);
        if !(words.is_nominal(before) || words.is_sign(before, ')') || names) {
            return false;
        }
        (self.listed, self.at) = (true, here);
        true
    }

    /// Whether two phrases meet here, although both are nominal: `In a statement Clinton`.
    fn junction(&self, here: usize) -> bool {
        let words = self.words;
        if self.at >= self.end || self.at != here + 1 {
            return false;
        }
        let (Some(before), Some(after)) = (words.get(here), words.get(self.at)) else { return false };
        let text = Classes::of(&[Class::SayNoun, Class::Time, Class::Document, Class::Work]);
        before.kind == Kind::Lower && after.kind == Kind::Capital && before.any(text) && !before.is(Class::Title)
    }
}

/// Whether a stretch is only a time, as after `on`.
fn time_phrase(words: Words<'_>, from: usize, to: usize) -> bool {
    let time = words.get(from).is_some_and(|token| token.is(Class::Time) || token.kind == Kind::Number);
    time && to - from <= 3 && !(from..to).any(|at| words.get(at).is_some_and(|token| token.any(PEOPLE)))
}
