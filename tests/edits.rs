//! A thousand edits, a thousand undos: the data is exactly what it was.

use std::collections::{BTreeMap, BTreeSet};

use ascribe_engine::{
    Acceptance, Action, CommitError, Edge, Labelling, LikeTie, Refusal, SaveState, Session, SetState, Step,
    SuggestedTie, TiedTo, WorkingSet,
};
use ascribe_schema::{AnnotationId, DocumentId, Origin, Progress, RelationId, Span, SuggestionId, write};
use ascribe_tests::{BRIDGE, Fresh, Random, TIME, document, set_of};
use proptest::prelude::*;

const EDITS: usize = 1000;

/// A place in the text, mostly a sensible one.
fn span(random: &mut Random) -> Span {
    let start = random.below(4100);
    Span::new(start, start + random.below(60))
}

/// An annotation of the set; sometimes one that is not there.
fn annotation(set: &WorkingSet, random: &mut Random) -> AnnotationId {
    let ids: Vec<_> = set.annotations().map(|annotation| annotation.id.clone()).collect();
    if ids.is_empty() || random.below(40) == 0 { AnnotationId::from("nobody") } else { random.pick(&ids).clone() }
}

fn relation(set: &WorkingSet, random: &mut Random) -> RelationId {
    let ids: Vec<_> = set.relations().map(|relation| relation.id.clone()).collect();
    if ids.is_empty() { RelationId::from("nothing") } else { random.pick(&ids).clone() }
}

fn action(set: &WorkingSet, random: &mut Random) -> Action {
    let label = |random: &mut Random| (*random.pick(&["claim", "quote", "source", "denial", "paratext"])).to_owned();
    let id = annotation(set, random);
    match random.below(22) {
        0..=2 => Action::Tag { label: label(random), spans: vec![span(random)], tie: None },
        3 => Action::Tag { label: label(random), spans: vec![span(random), span(random)], tie: Some(id) },
        4 | 5 => Action::Delete(id),
        6 => Action::Relabel(id, label(random)),
        7 => Action::AddFragment(id, span(random)),
        8 | 9 => remove_fragment(set, id, random),
        10 => Action::MoveBoundary {
            id,
            edge: *random.pick(&[Edge::Start, Edge::End]),
            step: *random.pick(&[Step::Character, Step::Word]),
            forward: random.below(2) == 0,
        },
        11 => {
            let values = values(label_of(set, &id), random);
            let (name, value) = values.into_iter().next().unwrap_or(("form".to_owned(), "direct".to_owned()));
            Action::SetAttribute { id, name, value: (random.below(3) > 0).then_some(value) }
        }
        12 => Action::SetNote(id, (*random.pick(&["", "a \"note\"", "two\nlines 👩‍👩‍👧‍👦"])).to_owned()),
        13 => Action::Tie { from: id, to: annotation(set, random), kind: None },
        14 => Action::Untie(relation(set, random)),
        15 => Action::Retie(relation(set, random), id),
        16 => {
            let values = values(label_of(set, &id), random);
            Action::SetAttributes(id, values)
        }
        17 => {
            let kind = (*random.pick(&["attributed_to", "relayed_by", "no such tie"])).to_owned();
            let out = random.below(2) == 0;
            let tie = (random.below(3) == 0).then_some(LikeTie { kind, other: id, out });
            let label = label(random);
            let like = Labelling { attributes: values(&label, random), label, tie };
            Action::TagLike(like, vec![span(random)])
        }
        18 => {
            let spans = (0..5).map(|_| span(random)).collect();
            Action::TagAll { label: label(random), spans, attributes: BTreeMap::new() }
        }
        19 => Action::Accept((0..2).map(|number| acceptance(number, id.clone(), label(random), random)).collect()),
        20 => {
            let (rule, reason) = ("quote.direct".to_owned(), "“no”\n\u{202e}".to_owned());
            Action::Reject(Refusal { label: label(random), spans: vec![span(random)], rule, reason })
        }
        _ => Action::SetProgress(*random.pick(&[Progress::InProgress, Progress::Finished])),
    }
}

/// A suggestion that is tied to others that are accepted with it, and to something that is there.
fn acceptance(number: u32, there: AnnotationId, label: String, random: &mut Random) -> Acceptance {
    let name = |number: u32| SuggestionId::from(format!("s{number}"));
    let kind = |random: &mut Random| (*random.pick(&["attributed_to", "denies", "no such tie"])).to_owned();
    let mut tie = |other: TiedTo| SuggestedTie { kind: kind(random), other, out: random.below(2) == 0 };
    let ties = vec![tie(TiedTo::Suggestion(name((number + 1) % 3))), tie(TiedTo::Annotation(there))];
    let spans = vec![span(random)];
    let proposed = if random.below(2) == 0 { spans.clone() } else { vec![span(random)] };
    let origin = Origin::Rule { name: "quote.direct".to_owned(), confirmed_by: None, changed: false };
    let attributes = values(&label, random);
    Acceptance { id: name(number), proposed: (label.clone(), proposed), label, spans, attributes, origin, ties }
}

fn label_of<'a>(set: &'a WorkingSet, id: &AnnotationId) -> &'a str {
    set.annotation(id).map_or("quote", |annotation| annotation.label.as_str())
}

/// A value that an annotation with that label may have, and now and then one that it may not.
fn values(label: &str, random: &mut Random) -> BTreeMap<String, String> {
    let (name, value) = match label {
        "quote" => ("form", *random.pick(&["direct", "mixed"])),
        "source" => ("entity", "“x”\n\u{202e}"),
        "claim" => ("polarity", "positive"),
        "denial" => ("strength", "outright"),
        _ => return BTreeMap::new(),
    };
    let value = if random.below(5) == 0 { "no such value" } else { value };
    BTreeMap::from([(name.to_owned(), value.to_owned())])
}

fn remove_fragment(set: &WorkingSet, id: AnnotationId, random: &mut Random) -> Action {
    let several = set.annotations().find(|annotation| annotation.spans.len() > 1);
    let id = several.map_or(id, |annotation| annotation.id.clone());
    let span = set.annotation(&id).map_or(Span::new(0, 1), |annotation| *random.pick(&annotation.spans));
    Action::RemoveFragment(id, span)
}

/// What is kept beside the content agrees with what a new set works out of the content.
fn check_consistent(set: &WorkingSet) {
    let new = WorkingSet::new(set.state().clone());
    let everywhere = Span::new(0, 10_000);
    assert_eq!(set.index().overlapping(everywhere), new.index().overlapping(everywhere));
    assert!(set.annotations().eq(new.annotations()));
    // Parts may be finer in the new set, but never coarser than this.
    let density = |set: &WorkingSet| -> BTreeSet<_> {
        let places = |(part, _): (Span, u32)| part.start.0 / 64;
        set.density()
            .flat_map(|(label, density)| density.parts().map(places).map(move |at| (label.to_owned(), at)))
            .collect()
    };
    assert!(density(set) == density(&new));
    for annotation in set.annotations() {
        assert!(set.relations_of(&annotation.id).eq(new.relations_of(&annotation.id)));
    }
    for relation in set.relations() {
        let ends = [&relation.from, &relation.to].map(|end| set.annotation(end).is_some());
        assert_eq!(ends, [true, true], "{relation:?} has both ends");
    }
}

fn state(session: &Session, document: &DocumentId) -> SetState {
    session.set(document).unwrap().state().clone()
}

/// What an action is called in the code; tagging with a tie is a kind of its own.
fn kind(action: &Action) -> String {
    match action {
        Action::Tag { tie: Some(_), .. } => "Tag and tie".to_owned(),
        other => format!("{other:?}").split(|c: char| !c.is_alphanumeric()).next().unwrap().to_owned(),
    }
}

/// Makes random edits until so many were accepted; returns how many of each kind there were.
fn edit(session: &mut Session, document: &DocumentId, random: &mut Random) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for _ in 0..EDITS * 20 {
        let set = session.set(document).unwrap();
        let (action, before) = (action(set, random), set.state().clone());
        let kind = kind(&action);
        match session.act(document, action, TIME, &mut || random.bits()) {
            Ok(_) => *kinds.entry(kind).or_default() += 1,
            Err(CommitError::Action(_)) => assert_eq!(state(session, document), before, "a refusal changes nothing"),
            Err(reason) => panic!("{reason}"),
        }
        check_consistent(session.set(document).unwrap());
        if kinds.values().sum::<usize>() == EDITS {
            break;
        }
    }
    kinds
}

/// Undoes or redoes everything; returns how often.
fn repeat(session: &mut Session, document: &DocumentId, redo: bool) -> usize {
    let mut count = 0;
    loop {
        let deed = if redo { session.redo() } else { session.undo() };
        if deed.unwrap().is_none() {
            return count;
        }
        count += 1;
        check_consistent(session.set(document).unwrap());
    }
}

fn check(seed: u64) {
    let (fresh, document) = (Fresh::sample(), document(BRIDGE));
    let first = fresh.read(&set_of("amina"));
    let mut session = fresh.session("amina");
    let before = state(&session, &document);
    let kinds = edit(&mut session, &document, &mut Random(seed));
    assert_eq!((kinds.len(), kinds.values().sum()), (18, EDITS), "every kind of action was accepted: {kinds:?}");
    let after = state(&session, &document);
    assert_eq!(session.flush(), SaveState::Saved);
    let edited = fresh.read(&set_of("amina"));
    assert!(edited == write(&after.to_file()).unwrap().as_bytes() && edited != first);

    assert_eq!(repeat(&mut session, &document, false), EDITS);
    assert_eq!(state(&session, &document), before);
    assert_eq!(session.flush(), SaveState::Saved);
    assert!(fresh.read(&set_of("amina")) == first, "the first bytes are back");

    assert_eq!(repeat(&mut session, &document, true), EDITS);
    assert_eq!(state(&session, &document), after);
    assert_eq!(session.flush(), SaveState::Saved);
    assert!(fresh.read(&set_of("amina")) == edited);

    drop(session);
    let mut session = fresh.session("amina");
    assert!(!session.project().has_errors(), "{:#?}", session.project().problems);
    assert_eq!(repeat(&mut session, &document, false), EDITS, "after a restart, too");
    drop(session);
    assert!(fresh.read(&set_of("amina")) == first);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, failure_persistence: None, max_shrink_iters: 0, ..Default::default() })]

    #[test]
    fn a_thousand_edits_and_a_thousand_undos_give_back_the_first_bytes(seed in any::<u64>()) {
        check(seed);
    }
}
