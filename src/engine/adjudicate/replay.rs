//! Laying decisions onto today's comparison.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use ascribe_schema::{
    Annotation, AnnotationId, AnnotationRef, AnnotatorName, Decision, Edited, Input, Link, Span, Text, Verdict,
};

use super::{
    Adjudication, Case, CaseState, Right, Ruling, Touched, as_edited,
    placing::{Placed, place},
};
use crate::{
    Document,
    compare::{Comparison, Side},
};

/// Lays an adjudicator's decisions onto a comparison.
///
/// A decision stands while every annotation that it is about is there and has the label, the words, the place, the
/// attributes and the ties that it had, and no unit with one of them holds an annotation of which no decision knows
/// in just this state. Notes do not count, nor does the content of what a tie leads to. Annotations of people who are
/// not compared are not judged. What the adjudicator added stands until somebody has the same.
#[must_use]
pub fn adjudicate<'a>(
    document: &Document,
    comparison: &Comparison,
    decisions: impl IntoIterator<Item = &'a Arc<Decision>>,
) -> Adjudication {
    let text = document.text_of(&comparison.text_sha256).cloned().unwrap_or_default();
    let today = Today::of(comparison, &text);
    let placed = place(document, &comparison.text_sha256, decisions);
    let seen: BTreeSet<_> = placed.iter().flat_map(|placed| today.unchanged(placed)).collect();
    let mut rulings = Vec::with_capacity(placed.len());
    let mut by_unit: Vec<Vec<(usize, Vec<Touched>)>> = vec![Vec::new(); comparison.units.len()];
    let again = Again::of(&placed);
    for (number, placed) in placed.into_iter().enumerate() {
        let (mut touched, units) = today.touched(&placed, &seen);
        touched.extend(again.differently.contains(&number).then_some(Touched::Twice));
        for unit in units {
            by_unit[unit].push((number, touched.clone()));
        }
        let mut ruling = today.ruling(placed, touched);
        if again.superseded.contains(&number) {
            (ruling.superseded, ruling.right) = (true, Vec::new());
        }
        rulings.push(ruling);
    }
    let text_sha256: Arc<str> = comparison.text_sha256.as_str().into();
    let cases = by_unit.into_iter().enumerate().map(|(unit, laid)| today.case(unit, &laid, &rulings, &text_sha256));
    Adjudication { cases: cases.collect(), rulings }
}

/// Decisions, by their numbers, about annotations about which there is more than one.
#[derive(Default)]
struct Again {
    /// Those that differ from another.
    differently: BTreeSet<usize>,
    /// Those that are not the latest.
    superseded: BTreeSet<usize>,
}

impl Again {
    fn of(placed: &[Placed<'_>]) -> Self {
        let mut about: HashMap<AnnotationRef, Vec<usize>> = HashMap::new();
        for (number, placed) in placed.iter().enumerate() {
            placed
                .decision
                .about
                .iter()
                .for_each(|input| about.entry(AnnotationRef::of(input)).or_default().push(number));
        }
        let mut again = Self::default();
        for numbers in about.into_values().filter(|numbers| numbers.len() > 1) {
            let decision = |number: &usize| placed[*number].decision;
            let latest = numbers.iter().max_by_key(|number| (&decision(number).created, &decision(number).id));
            again.superseded.extend(numbers.iter().filter(|number| Some(*number) != latest));
            if numbers.iter().any(|number| decision(number).verdict != decision(&numbers[0]).verdict) {
                again.differently.extend(&numbers);
            }
        }
        again
    }
}

/// An annotation by the number of its side and its own.
type Member = (usize, usize);

/// What is compared, by whose and which.
struct Today<'a> {
    comparison: &'a Comparison,
    text: &'a Text,
    sides: HashMap<&'a AnnotatorName, usize>,
    members: HashMap<(usize, &'a AnnotationId), usize>,
    /// For each side, where the relations of each annotation lead.
    links: Vec<HashMap<&'a AnnotationId, Vec<Link>>>,
    /// For each side, the unit of each annotation.
    units: Vec<HashMap<usize, usize>>,
}

impl<'a> Today<'a> {
    fn of(comparison: &'a Comparison, text: &'a Text) -> Self {
        let sides = comparison.sides.iter().enumerate();
        let member = |side: usize, number: usize, one: &'a Annotation| ((side, &one.id), number);
        let members = sides.clone().flat_map(|(side, work)| {
            let all = work.set.annotations.iter().enumerate();
            all.map(move |(number, one)| member(side, number, one))
        });
        let mut units = vec![HashMap::new(); comparison.sides.len()];
        for (number, unit) in comparison.units.iter().enumerate() {
            for (side, member) in unit.members.iter().enumerate() {
                member.map(|member| units[side].insert(member, number));
            }
        }
        Self {
            comparison,
            text,
            sides: sides.clone().map(|(number, side)| (&side.annotator, number)).collect(),
            members: members.collect(),
            links: comparison.sides.iter().map(links).collect(),
            units,
        }
    }

    fn annotation(&self, (side, number): Member) -> &'a Annotation {
        &self.comparison.sides[side].set.annotations[number]
    }

    /// The annotation of an input, if it is still there.
    fn member(&self, input: &Input) -> Option<Member> {
        let side = *self.sides.get(&input.annotator)?;
        Some((side, *self.members.get(&(side, &input.annotation))?))
    }

    fn input(&self, (side, number): Member) -> Input {
        let annotation = self.annotation((side, number));
        Input {
            annotator: self.comparison.sides[side].annotator.clone(),
            annotation: annotation.id.clone(),
            label: annotation.label.clone(),
            spans: annotation.spans.clone(),
            text: annotation.text.clone(),
            attributes: annotation.attributes.clone(),
            links: self.links[side].get(&annotation.id).cloned().unwrap_or_default(),
        }
    }

    /// Whether an annotation is as it was, but perhaps for its words and its place.
    fn is_alike(&self, input: &Input, member: Member) -> bool {
        let annotation = self.annotation(member);
        let links = self.links[member.0].get(&annotation.id).map_or(&[] as &[Link], Vec::as_slice);
        annotation.label == input.label && annotation.attributes == input.attributes && links == input.links
    }

    /// Whether it is as it was, in the place where it was.
    fn is_same(&self, input: &Input, place: &[Span], member: Member) -> bool {
        let annotation = self.annotation(member);
        let there = place.is_empty() || annotation.spans == place;
        there && annotation.text == input.text && self.is_alike(input, member)
    }

    /// The annotations that a decision knows as they are.
    fn unchanged(&self, placed: &Placed<'_>) -> Vec<Member> {
        let inputs = placed.decision.about.iter().zip(&placed.inputs);
        let same = |(input, place): (&Input, &Vec<Span>)| {
            self.member(input).filter(|&member| self.is_same(input, place, member))
        };
        inputs.filter_map(same).collect()
    }

    /// What has changed since a decision, and the units that it is about.
    fn touched(&self, placed: &Placed<'_>, seen: &BTreeSet<Member>) -> (Vec<Touched>, BTreeSet<usize>) {
        let (mut touched, mut units) = (BTreeSet::new(), BTreeSet::new());
        if placed.reworded {
            touched.insert(Touched::Text);
        }
        let corrected = placed.decision.text_sha256 != self.comparison.text_sha256;
        let mut own = BTreeSet::new();
        for (input, place) in placed.decision.about.iter().zip(&placed.inputs) {
            if !self.sides.contains_key(&input.annotator) {
                continue;
            }
            let Some(member) = self.member(input) else {
                touched.insert(Touched::Deleted(input.annotator.clone()));
                continue;
            };
            own.insert(member);
            units.extend(self.units[member.0].get(&member.1));
            if !self.is_same(input, place, member) {
                let reworded = corrected && self.is_alike(input, member);
                touched.insert(if reworded { Touched::Text } else { Touched::Changed(input.annotator.clone()) });
            }
        }
        units.extend(self.same_as_added(placed));
        for &unit in &units {
            let new = self.members_of(unit).filter(|member| !seen.contains(member) && !own.contains(member));
            touched.extend(new.map(|(side, _)| Touched::Added(self.comparison.sides[side].annotator.clone())));
        }
        (touched.into_iter().collect(), units)
    }

    fn members_of(&self, unit: usize) -> impl Iterator<Item = Member> {
        let members = self.comparison.units[unit].members.iter().enumerate();
        members.filter_map(|(side, member)| Some((side, (*member)?)))
    }

    /// The units with just what the adjudicator had added where nobody had anything.
    fn same_as_added(&self, placed: &Placed<'_>) -> Vec<usize> {
        let Some(edited) = placed.edited.as_ref().filter(|_| placed.decision.about.is_empty()) else {
            return Vec::new();
        };
        let same = |annotation: &Annotation| annotation.label == edited.label && annotation.spans == edited.spans;
        let start = edited.spans.first().map(|span| span.start);
        let sides = self.comparison.sides.iter().enumerate();
        let here = sides.flat_map(|(side, work)| {
            // Annotations stand in the order of the text.
            let all = &work.set.annotations;
            let first = all.partition_point(|one| Some(one.extent().start) < start);
            let there = (first..all.len()).take_while(move |&at| Some(all[at].extent().start) == start);
            there
                .filter(|&at| same(&all[at]))
                .filter_map(move |at| self.units[side].get(&at).copied())
                .collect::<Vec<_>>()
        });
        here.collect()
    }

    fn ruling(&self, placed: Placed<'_>, touched: Vec<Touched>) -> Ruling {
        let decision = placed.decision.clone();
        let compared = |input: &Input| self.sides.contains_key(&input.annotator);
        let gone = !decision.about.is_empty()
            && decision.about.iter().all(|input| compared(input) && self.member(input).is_none());
        let (mut right, mut lost) = (Vec::new(), false);
        match &decision.verdict {
            Verdict::Accept(names) => {
                let inputs = decision.about.iter().zip(&placed.inputs);
                for (input, place) in inputs.filter(|(input, _)| names.contains(&input.annotator)) {
                    let content = self.as_it_was(input, place, &decision);
                    lost |= content.is_none();
                    let from = AnnotationRef::of(input);
                    right.extend(content.map(|content| Right { content, from: Some(from) }));
                }
            }
            Verdict::Edit(_) => {
                lost = placed.edited.is_none();
                right.extend(placed.edited.map(|content| Right { content, from: None }));
            }
            Verdict::Reject | Verdict::Defer => {}
        }
        Ruling { decision, touched, right, lost, gone, superseded: false }
    }

    /// An annotation as it was when it was accepted, on today's text; nothing where it has no place there.
    fn as_it_was(&self, input: &Input, place: &[Span], decision: &Decision) -> Option<Edited> {
        let mut content = as_edited(input);
        if decision.text_sha256 == self.comparison.text_sha256 {
            return Some(content);
        }
        // Its annotator may have placed it where the correction alone left doubts.
        let there = self.member(input).filter(|&member| self.is_same(input, place, member));
        content.spans = there.map_or_else(|| place.to_vec(), |member| self.annotation(member).spans.clone());
        content.text = content.spans.iter().filter_map(|span| self.text.slice(*span)).map(str::to_owned).collect();
        (!content.spans.is_empty()).then_some(content)
    }

    fn case(&self, unit: usize, laid: &[(usize, Vec<Touched>)], rulings: &[Ruling], text_sha256: &Arc<str>) -> Case {
        let inputs: Vec<_> = self.members_of(unit).map(|member| self.input(member)).collect();
        let sides = self.comparison.sides.iter().map(|side| &side.annotator);
        let without = sides.filter(|name| inputs.iter().all(|input| input.annotator != **name)).cloned().collect();
        let (state, also) = state(laid, rulings);
        Case {
            unit: self.comparison.units[unit].clone(),
            text_sha256: text_sha256.clone(),
            inputs,
            without,
            state,
            also,
        }
    }
}

/// What several decisions about one unit come to: if one is stale, all of it must be looked at again.
fn state(laid: &[(usize, Vec<Touched>)], rulings: &[Ruling]) -> (CaseState, Vec<Arc<Decision>>) {
    let one = |(number, touched): &(usize, Vec<Touched>)| {
        let decision = rulings[*number].decision.clone();
        match decision.verdict {
            _ if !touched.is_empty() => (0, CaseState::Stale(decision, touched.clone())),
            Verdict::Defer => (1, CaseState::Deferred(decision)),
            _ => (2, CaseState::Standing(decision)),
        }
    };
    let mut all: Vec<_> = laid.iter().map(one).collect();
    all.sort_by_key(|(rank, _)| *rank);
    let mut states = all.into_iter().map(|(_, state)| state);
    let first = states.next().unwrap_or(CaseState::Open);
    (first, states.filter_map(|state| state.decision().cloned()).collect())
}

/// Where the relations of each annotation lead, in order.
fn links(side: &Side) -> HashMap<&AnnotationId, Vec<Link>> {
    let mut links: HashMap<_, Vec<Link>> = HashMap::new();
    for relation in &side.set.relations {
        let to = AnnotationRef { annotator: side.annotator.clone(), annotation: relation.to.clone() };
        links.entry(&relation.from).or_default().push(Link { kind: relation.kind.clone(), to });
    }
    links.values_mut().for_each(|links| links.sort());
    links
}
