//! What a token can be where it stands: part of a noun phrase, a verb, an adverb.

use crate::{
    lexicon::{Class, Classes, Form},
    token::{Kind, Token},
};

/// Words of grammar, which are no part of a noun phrase's core.
const GRAMMAR: Classes = Classes::of(&[
    Class::Det,
    Class::Poss,
    Class::Subject,
    Class::Prep,
    Class::Coord,
    Class::Sub,
    Class::That,
    Class::Be,
    Class::Have,
    Class::Do,
    Class::Modal,
    Class::Neg,
    Class::To,
    Class::Rel,
    Class::Wh,
    Class::Object,
    Class::Empty,
]);

/// Verbs by which somebody says or thinks something.
pub const CUES: Classes = Classes::of(&[
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
    Class::Retract,
]);

/// Nouns that look like verbs.
const NOUNS: Classes = Classes::of(&[
    Class::SayNoun,
    Class::Charge,
    Class::DenyNoun,
    Class::Document,
    Class::Person,
    Class::Group,
    Class::Body,
    Class::Media,
    Class::Work,
    Class::Title,
]);

/// The tokens of a sentence, with what stands around each of them.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// The text.
    pub text: &'a str,
    /// The tokens of the sentence.
    pub tokens: &'a [Token],
}

impl<'a> Words<'a> {
    /// How many there are.
    pub fn len(self) -> usize {
        self.tokens.len()
    }

    /// The token at a place.
    pub fn get(self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at)
    }

    /// The token before a place.
    pub fn before(self, at: usize) -> Option<&'a Token> {
        at.checked_sub(1).and_then(|at| self.tokens.get(at))
    }

    /// The words of the token at a place; empty where there is none.
    pub fn word(self, at: usize) -> &'a str {
        self.get(at).map_or("", |token| &self.text[token.range()])
    }

    /// Whether the token at a place is in that class.
    pub fn is(self, at: usize, class: Class) -> bool {
        self.get(at).is_some_and(|token| token.is(class))
    }

    /// Whether the token at a place is one of these words, in lower case.
    pub fn is_word(self, at: usize, words: &[&str]) -> bool {
        let here = self.word(at);
        words.iter().any(|word| here.eq_ignore_ascii_case(word))
    }

    /// Whether the token at a place is that sign.
    pub fn is_sign(self, at: usize, sign: char) -> bool {
        self.get(at).is_some_and(|token| token.is_sign(sign))
    }

    /// Whether the token at a place is a whole quotation.
    pub fn is_quoted(self, at: usize) -> bool {
        self.get(at).is_some_and(Token::is_quoted)
    }

    /// Whether it is an adverb where it stands.
    pub fn is_adverb(self, at: usize) -> bool {
        let Some(token) = self.get(at) else { return false };
        let ly = || self.word(at).len() > 4 && self.word(at).ends_with("ly") && !token.any(NOUNS);
        token.kind == Kind::Lower && (token.is(Class::Adverb) || token.is(Class::Hearsay) || ly())
    }

    /// Whether it ends as regular participles do, or is an irregular one.
    pub fn is_participle(self, at: usize) -> bool {
        let Some(token) = self.get(at) else { return false };
        let word = self.word(at);
        token.kind == Kind::Lower && (token.form(Form::Participle) || (word.len() > 4 && word.ends_with("ed")))
    }

    /// Whether it ends in -ing as a verb may.
    pub fn is_ing(self, at: usize) -> bool {
        let word = self.word(at);
        self.get(at).is_some_and(|token| token.kind == Kind::Lower) && word.len() > 4 && word.ends_with("ing")
    }

    /// Whether it can stand inside a noun phrase, as a noun, a name, an adjective, or a number.
    pub fn is_nominal(self, at: usize) -> bool {
        let Some(token) = self.get(at) else { return false };
        match token.kind {
            Kind::Number => true,
            Kind::Capital => !self.is_capital_grammar(at),
            Kind::Lower => {
                if token.any(GRAMMAR) || (self.is_adverb(at) && !token.is(Class::Time)) {
                    return false;
                }
                if token.any(NOUNS) {
                    return !self.is_finite(at);
                }
                if self.is_participle(at) || token.form(Form::Past) {
                    return self.is_attribute(at);
                }
                !(token.any(CUES) || token.is(Class::Verb)) || self.is_attribute(at) || self.is_noun_like(at)
            }
            _ => false,
        }
    }

    /// A word of grammar that has a capital only because it begins a sentence.
    fn is_capital_grammar(self, at: usize) -> bool {
        let Some(token) = self.get(at) else { return false };
        let grammar = token.any(GRAMMAR) || token.is(Class::Adverb) || token.is(Class::According);
        // `US` and `IT` are no pronouns.
        grammar && !(self.word(at).len() > 1 && self.word(at).chars().all(char::is_uppercase) && at > 0)
    }

    /// Whether a verb's form is used as an adjective: between a determiner and a noun.
    fn is_attribute(self, at: usize) -> bool {
        let before = self.before(at);
        let opened = before.is_some_and(|token| {
            token.is(Class::Det) || token.is(Class::Poss) || token.kind == Kind::Possessive || token.is(Class::Prep)
        });
        let next = self.get(at + 1).is_some_and(|next| {
            matches!(next.kind, Kind::Lower | Kind::Capital | Kind::Number)
                && !next.any(GRAMMAR)
                && !self.is_adverb(at + 1)
        });
        opened && next
    }

    /// Whether a word that may be a verb is a noun here, by what stands before it.
    fn is_noun_like(self, at: usize) -> bool {
        self.before(at).is_some_and(|token| {
            token.is(Class::Det)
                || token.is(Class::Poss)
                || token.kind == Kind::Possessive
                || token.kind == Kind::Number
        })
    }

    /// Whether it is a verb that can have a subject here.
    pub fn is_finite(self, at: usize) -> bool {
        let Some(token) = self.get(at) else { return false };
        if token.kind != Kind::Lower {
            return false;
        }
        if token.any(Classes::of(&[Class::Be, Class::Have, Class::Do, Class::Modal])) {
            return !matches!(self.word(at), "be" | "been" | "being" | "having" | "doing" | "done");
        }
        let before = self.before(at);
        let opened = before.is_some_and(|token| {
            (token.is(Class::Det) && !self.stands_alone(at - 1))
                || (token.is(Class::Poss) && !self.owns_nothing(at - 1))
                || token.is(Class::To)
                || (token.is(Class::Prep) && !token.is(Class::Adverb))
                || token.kind == Kind::Possessive
        });
        if opened {
            return false;
        }
        let verb = token.any(CUES) || token.is(Class::Verb) || token.is(Class::Confirm);
        if verb && token.form(Form::Past) {
            return true;
        }
        if !verb {
            // A regular past, behind a noun phrase.
            return self.word(at).len() > 4
                && self.word(at).ends_with("ed")
                && before.is_some_and(|token| token.is_word() || token.kind == Kind::Possessive)
                && !self.is_attribute(at);
        }
        let subject = |at: usize| {
            let mut at = at;
            while at > 0 && self.is_adverb(at - 1) {
                at -= 1;
            }
            at.checked_sub(1)
        };
        let Some(before) = subject(at).and_then(|at| self.get(at)) else { return false };
        let noun = token.any(NOUNS) || token.is(Class::Time);
        if token.form(Form::Third) {
            let singular =
                before.is(Class::Subject) || before.is(Class::Rel) || before.is(Class::That) || before.is(Class::Empty);
            let complement = self.get(at + 1).is_some_and(|next| {
                next.any(Classes::of(&[
                    Class::That,
                    Class::Det,
                    Class::Poss,
                    Class::Subject,
                    Class::To,
                    Class::Wh,
                    Class::Object,
                    Class::Empty,
                ])) || next.is_quoted()
                    || next.kind == Kind::Capital
                    || next.is_sign(':')
            });
            return !noun
                || singular
                || (complement && (before.is_word() || before.is_sign(')')) && !self.is_object(at));
        }
        if token.form(Form::Base) {
            let plural = before.is(Class::Subject)
                || before.is(Class::Group)
                || before.is(Class::Some)
                || before.form(Form::Plural);
            let modal = before.any(Classes::of(&[Class::Modal, Class::Do, Class::Rel]));
            return modal
                || before.is(Class::Object)
                || (plural && !before.is(Class::Be))
                || (!noun && self.text[before.range()].ends_with('s') && before.is_word());
        }
        false
    }

    /// Whether a clause with a verb of its own stands in a stretch.
    pub fn has_finite(self, from: usize, to: usize) -> bool {
        (from..to.min(self.len())).any(|at| self.is_finite(at))
    }

    /// Whether a participle can also be the verb of a clause here: no `by`, `in`, `as` or `with` behind it.
    pub fn is_finite_reading(self, at: usize) -> bool {
        !self.is_ing(at)
            && !self
                .get(at + 1)
                .is_some_and(|next| next.is(Class::Prep) || next.is(Class::To) || next.is(Class::Adverb))
    }

    /// Whether a word that can stand alone stands before a noun: `some officials`.
    pub fn is_nominal_strict(self, at: usize) -> bool {
        self.get(at + 1).is_some_and(|next| next.is_word()) && self.is_nominal(at + 1) && !self.is_finite(at + 1)
    }

    /// Whether a possessive is an object here: `people close to her said`.
    pub fn owns_nothing(self, at: usize) -> bool {
        let behind = Classes::of(&[Class::Prep, Class::To]);
        self.is(at, Class::Object) && self.before(at).is_some_and(|before| before.any(behind))
    }

    /// Whether a determiner stands for a noun: `Another described it`.
    pub fn stands_alone(self, at: usize) -> bool {
        let alone = self.is_word(
            at,
            &["another", "others", "many", "most", "some", "several", "few", "all", "both", "neither", "each"],
        );
        let object = Classes::of(&[
            Class::Object,
            Class::Empty,
            Class::That,
            Class::Det,
            Class::Poss,
            Class::Prep,
            Class::To,
            Class::Wh,
        ]);
        alone && self.get(at + 2).is_some_and(|next| next.any(object) || next.is_quoted())
    }

    /// Whether a noun stands behind a verb without a determiner: `didn’t raise controversial comments`.
    fn is_object(self, at: usize) -> bool {
        let opens = Classes::of(&[Class::Det, Class::Poss, Class::Subject]);
        let verbs = Classes::of(&[Class::Modal, Class::Do, Class::To]);
        for here in (at.saturating_sub(6)..at).rev() {
            let Some(token) = self.get(here) else { return false };
            if token.any(opens) || token.kind != Kind::Lower {
                return false;
            }
            if token.any(verbs) || (token.any(CUES) && !token.any(NOUNS)) || token.is(Class::Verb) {
                return true;
            }
        }
        false
    }
}
