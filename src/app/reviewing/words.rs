//! What differs and what was decided, in words.

use std::collections::BTreeSet;

use ascribe_engine::adjudicate::Touched;
use ascribe_schema::{Annotation, Decision, Verdict};

use super::{
    compared::Compared,
    layers::{Group, groups},
    sides::Names,
};
use crate::{
    text::isolated,
    wording::{listed, shortened},
};

/// The relation type that leads to who says something.
const SOURCE: &str = "attributed_to";

/// How many characters of a tag's words are shown in passing.
const SHORT: usize = 40;

impl Compared {
    /// The members of a case, those that are the same in everything together.
    #[must_use]
    pub fn groups(&self, case: usize) -> Vec<Group> {
        let side_of = |annotation: &Annotation| {
            self.members(case).find(|(_, member)| std::ptr::eq(*member, annotation)).map_or(0, |(side, _)| side)
        };
        let led = |annotation: &Annotation| -> BTreeSet<(String, Option<usize>)> {
            self.links(side_of(annotation), annotation).map(|(tie, _, case)| (tie.kind.clone(), case)).collect()
        };
        groups(&self.comparison, case, |a, b| {
            a.label == b.label && a.spans == b.spans && a.attributes == b.attributes && led(a) == led(b)
        })
    }

    /// What differs, each in a few words; nothing where all have the same.
    #[must_use]
    pub fn differences(&self, number: usize) -> Vec<String> {
        let Some(case) = self.case(number) else { return Vec::new() };
        let differs = &case.unit.differs;
        let mut said = Vec::new();
        if differs.found {
            said.push(self.found(number));
        }
        if differs.label {
            said.push(format!("label: {}", self.values(number, |_, one| one.label.clone())));
        }
        if differs.boundary {
            said.push("boundary".to_owned());
        }
        for name in &differs.attributes {
            let value = |_: usize, one: &Annotation| {
                one.attributes
                    .get(name)
                    .map_or("none".to_owned(), |value| isolated(&value.replace('_', " ")).into_owned())
            };
            said.push(format!("{}: {}", name.replace('_', " "), self.values(number, value)));
        }
        for kind in &differs.links {
            let ends = |side: usize, one: &Annotation| {
                let ends = self.links(side, one).filter(|(tie, ..)| tie.kind == *kind);
                let ends: Vec<_> =
                    ends.map(|(_, to, _)| isolated(&shortened(&to.quote(), SHORT)).into_owned()).collect();
                if ends.is_empty() { "none".to_owned() } else { listed(ends) }
            };
            said.push(format!("{}: {}", link_name(kind), self.values(number, ends)));
        }
        said
    }

    /// Who has found it.
    fn found(&self, case: usize) -> String {
        let names = &self.key.names;
        let with: Vec<_> = self.members(case).map(|(side, _)| side).collect();
        let (aside, without) = self.without(case);
        let apart = match aside.len() {
            0 => None,
            1 => Some(format!("{} takes this for something else than the article", names.list(&aside))),
            _ => Some(format!("{} take this for something else than the article", names.list(&aside))),
        };
        let missing = match (with.as_slice(), without.as_slice()) {
            (_, []) => None,
            (_, without) if apart.is_some() => Some(format!("not {}", names.list(without))),
            ([only], _) => Some(format!("only {}", names.name(*only))),
            (_, [only]) => Some(format!("not {}", names.name(*only))),
            (with, _) => Some(format!("only {}", names.list(with))),
        };
        missing.into_iter().chain(apart).collect::<Vec<_>>().join("; ")
    }

    /// The sides that have nothing in a case: those that take the place for something else than the article, and the
    /// others.
    #[must_use]
    pub fn without(&self, case: usize) -> (Vec<usize>, Vec<usize>) {
        let without = (0..self.comparison.sides.len()).filter(|side| self.comparison.member(case, *side).is_none());
        without.partition(|side| self.comparison.is_aside(case, *side))
    }

    /// The different values that members have, in the order of the sides: `quote / claim`.
    fn values(&self, case: usize, value: impl Fn(usize, &Annotation) -> String) -> String {
        let mut values: Vec<String> = Vec::new();
        for (side, annotation) in self.members(case) {
            let value = value(side, annotation);
            if !values.contains(&value) {
                values.push(value);
            }
        }
        values.join(" / ")
    }
}

/// What a tie leads to.
pub fn link_name(kind: &str) -> String {
    if kind == SOURCE { "source".to_owned() } else { kind.replace('_', " ") }
}

/// What was decided.
#[must_use]
pub fn verdict(decision: &Decision, names: &Names) -> String {
    match &decision.verdict {
        Verdict::Accept(right) if right.len() == decision.about.len() && right.len() > 1 => "all of them".to_owned(),
        Verdict::Accept(right) => format!("as {} has it", listed(right.iter().map(|name| names.of(name)))),
        Verdict::Edit(edited) => {
            let words = edited.text.join(" … ");
            format!("edited: {} {}", edited.label, isolated(&shortened(&words, SHORT)))
        }
        Verdict::Reject => "nothing here is right".to_owned(),
        Verdict::Defer => "put off".to_owned(),
    }
}

/// What has changed since a decision.
#[must_use]
pub fn touched(touched: &[Touched], names: &Names) -> String {
    let one = |touched: &Touched| match touched {
        Touched::Changed(name) => format!("{} has changed theirs", names.of(name)),
        Touched::Deleted(name) => format!("{} has deleted theirs", names.of(name)),
        Touched::Added(name) => format!("{} has one here now", names.of(name)),
        Touched::Text => "the text was corrected here".to_owned(),
        Touched::Twice => "it was decided twice, differently; the later decision counts".to_owned(),
    };
    if touched.is_empty() { "something has changed".to_owned() } else { listed(touched.iter().map(one)) }
}
