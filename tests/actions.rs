//! What each action does to a set, and why some are refused.

use ascribe_engine::{Action, ActionError, CommitError, Edge, Session, Step};
use ascribe_schema::{Annotation, AnnotationId, Offset, Span};
use ascribe_tests::{Fresh, TIME, document};

/// Offsets: `He` 0–2, `said` 3–7, `“no”` 8–12, `then` 13–17, `“never”` 18–25, the family 26–33.
const TEXT: &str = "He said “no” then “never” 👩‍👩‍👧‍👦.";

/// One annotator at one article; annotations have the ids `1`, `2`, … in base 32, in the order of making.
struct Desk {
    session: Session,
    article: String,
    made: u64,
    _project: Fresh,
}

impl Desk {
    fn new() -> Self {
        let (project, ids) = Fresh::of(&[TEXT]);
        Self { session: project.session("amina"), article: ids[0].to_string(), made: 0, _project: project }
    }

    fn act(&mut self, action: Action) -> Result<(), ActionError> {
        let made = &mut self.made;
        let mut next = || {
            *made += 1;
            *made
        };
        match self.session.act(&document(&self.article), action, TIME, &mut next) {
            Ok(_) => Ok(()),
            Err(CommitError::Action(reason)) => Err(reason),
            Err(reason) => panic!("{reason}"),
        }
    }

    fn tag(&mut self, label: &str, spans: &[(u32, u32)]) -> AnnotationId {
        self.act(Action::Tag { label: label.to_owned(), spans: places(spans), tie: None }).unwrap();
        AnnotationId::from_bits(self.made)
    }

    fn annotation(&self, id: &AnnotationId) -> Annotation {
        self.session.set(&document(&self.article)).unwrap().annotation(id).unwrap().as_ref().clone()
    }

    /// The relations as kind, from and to.
    fn ties(&self) -> Vec<(String, AnnotationId, AnnotationId)> {
        let set = self.session.set(&document(&self.article)).unwrap();
        set.relations().map(|tie| (tie.kind.clone(), tie.from.clone(), tie.to.clone())).collect()
    }
}

fn places(spans: &[(u32, u32)]) -> Vec<Span> {
    spans.iter().map(|&(start, end)| Span::new(start, end)).collect()
}

#[test]
fn fragments_come_and_go_in_the_order_of_the_text() {
    let add = |start, end| move |id| Action::AddFragment(id, Span::new(start, end));
    let remove = |start, end| move |id| Action::RemoveFragment(id, Span::new(start, end));
    type Row = (Box<dyn Fn(AnnotationId) -> Action>, Result<&'static [(u32, u32)], ActionError>, &'static str);
    let rows: [Row; 8] = [
        (Box::new(add(0, 2)), Ok(&[(0, 2), (8, 12), (18, 25)]), "He … “no” … “never”"),
        (Box::new(add(12, 13)), Ok(&[(8, 13), (18, 25)]), "“no”  … “never”"),
        (Box::new(add(10, 20)), Ok(&[(8, 25)]), "“no” then “never”"),
        (Box::new(add(9, 10)), Err(ActionError::Same), ""),
        (Box::new(add(30, 99)), Err(ActionError::Outside(Span::new(30, 99))), ""),
        (Box::new(remove(8, 12)), Ok(&[(18, 25)]), "“never”"),
        (Box::new(remove(8, 11)), Err(ActionError::Same), ""),
        (Box::new(remove(0, 2)), Err(ActionError::Same), ""),
    ];
    for (n, (action, expected, quote)) in rows.into_iter().enumerate() {
        let mut desk = Desk::new();
        let id = desk.tag("quote", &[(8, 12), (18, 25)]);
        let outcome = desk.act(action(id.clone()));
        let annotation = desk.annotation(&id);
        match expected {
            Err(reason) => assert_eq!(outcome, Err(reason), "row {n}"),
            Ok(spans) => assert_eq!((outcome, annotation.spans.clone()), (Ok(()), places(spans)), "row {n}"),
        }
        assert!(quote.is_empty() || annotation.quote() == quote, "row {n}: {}", annotation.quote());
    }
    let mut desk = Desk::new();
    let id = desk.tag("quote", &[(8, 12)]);
    let last = Action::RemoveFragment(id, Span::new(8, 12));
    assert_eq!(desk.act(last), Err(ActionError::Empty), "the last fragment stays: delete the annotation instead");
}

#[test]
fn boundaries_move_by_what_a_reader_sees() {
    use {Edge::*, Step::*};
    for (edge, step, forward, expected) in [
        (Start, Character, true, Ok([(9, 12), (18, 26)])),
        (Start, Character, false, Ok([(7, 12), (18, 26)])),
        (Start, Word, false, Ok([(3, 12), (18, 26)])),
        (End, Character, true, Ok([(8, 12), (18, 33)])),
        (End, Character, false, Ok([(8, 12), (18, 25)])),
        (End, Word, true, Err(ActionError::Blocked)),
        (Start, Word, true, Ok([(9, 12), (18, 26)])),
    ] {
        let mut desk = Desk::new();
        let id = desk.tag("quote", &[(8, 12), (18, 26)]);
        let outcome = desk.act(Action::MoveBoundary { id: id.clone(), edge, step, forward });
        let found = outcome.map(|()| desk.annotation(&id).spans);
        assert_eq!(found, expected.map(|spans| places(&spans)), "{edge:?} {step:?} {forward}");
    }
}

#[test]
fn boundaries_never_cross_the_other_end_or_another_fragment() {
    let moved = |spans: &[(u32, u32)], edge, forward, times| {
        let mut desk = Desk::new();
        let id = desk.tag("claim", spans);
        let step = |_| desk.act(Action::MoveBoundary { id: id.clone(), edge, step: Step::Character, forward });
        (0..times).map(step).collect::<Vec<_>>()
    };
    let blocked = || Err(ActionError::Blocked);
    assert_eq!(moved(&[(0, 2)], Edge::Start, true, 2), [Ok(()), blocked()]);
    assert_eq!(moved(&[(0, 2)], Edge::End, false, 2), [Ok(()), blocked()]);
    assert_eq!(moved(&[(1, 2)], Edge::Start, false, 2), [Ok(()), blocked()]);
    assert_eq!(moved(&[(3, 33)], Edge::End, true, 2), [Ok(()), blocked()]);
    assert_eq!(moved(&[(8, 12), (18, 20)], Edge::End, false, 2), [Ok(()), blocked()]);
}

#[test]
fn notes_attributes_and_labels_change_as_asked() {
    let mut desk = Desk::new();
    let id = desk.tag("source", &[(0, 2)]);
    for (name, value) in [("kind", "person"), ("naming", "pronoun"), ("naming", "named")] {
        let (name, value) = (name.to_owned(), Some(value.to_owned()));
        desk.act(Action::SetAttribute { id: id.clone(), name, value }).unwrap();
    }
    desk.act(Action::SetNote(id.clone(), "first".to_owned())).unwrap();
    desk.act(Action::SetNote(id.clone(), "second".to_owned())).unwrap();
    assert_eq!(desk.act(Action::SetNote(id.clone(), "second".to_owned())), Err(ActionError::Same));
    let expected = [("kind", "person"), ("naming", "named")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    let annotation = desk.annotation(&id);
    assert_eq!((annotation.attributes, annotation.note.as_str()), (expected.into(), "second"));

    desk.act(Action::SetAttribute { id: id.clone(), name: "kind".to_owned(), value: None }).unwrap();
    assert_eq!(desk.annotation(&id).attributes.len(), 1);
    desk.act(Action::Relabel(id.clone(), "quote".to_owned())).unwrap();
    let annotation = desk.annotation(&id);
    assert_eq!((annotation.label.as_str(), annotation.attributes.len()), ("quote", 0), "a quote has no `naming`");
    assert_eq!((annotation.note.as_str(), annotation.id), ("second", id));
}

#[test]
fn what_the_scheme_does_not_have_is_refused() {
    let mut desk = Desk::new();
    let (quote, text) = (desk.tag("quote", &[(8, 12)]), desk.tag("paratext", &[(0, 2)]));
    let source = desk.tag("source", &[(0, 2)]);
    let no_label = || Err(ActionError::NoLabel("rumour".to_owned()));
    let spans = places(&[(0, 2)]);
    assert_eq!(desk.act(Action::Tag { label: "rumour".to_owned(), spans, tie: None }), no_label());
    assert_eq!(desk.act(Action::Relabel(quote.clone(), "rumour".to_owned())), no_label());
    let mut set = |id: &AnnotationId, name: &str, value: &str| {
        desk.act(Action::SetAttribute { id: id.clone(), name: name.to_owned(), value: Some(value.to_owned()) })
    };
    let no_attribute =
        |label: &str, name: &str| Err(ActionError::NoAttribute { label: label.to_owned(), name: name.to_owned() });
    let no_value =
        |name: &str, value: &str| Err(ActionError::NoValue { name: name.to_owned(), value: value.to_owned() });
    assert_eq!(set(&quote, "naming", "named"), no_attribute("quote", "naming"));
    assert_eq!(set(&text, "form", "direct"), no_attribute("paratext", "form"));
    assert_eq!(set(&quote, "form", "sung"), no_value("form", "sung"));
    assert_eq!(set(&quote, "marks", "balanced"), no_value("marks", "balanced"), "computed, never stored");
    assert_eq!(set(&source, "entity", "anyone at all"), Ok(()));
    assert_eq!(desk.act(Action::Relabel(source.clone(), "paratext".to_owned())), Ok(()));
    assert_eq!(desk.annotation(&source).attributes.len(), 0);
    assert_eq!(desk.act(Action::Relabel(source, "paratext".to_owned())), Err(ActionError::Same));
}

#[test]
fn a_span_never_cuts_a_visible_character() {
    let mut desk = Desk::new();
    let quote = desk.tag("quote", &[(8, 12)]);
    let cut = |offset| Err(ActionError::CutsCharacter(Offset(offset)));
    let tag = |start, end| Action::Tag { label: "claim".to_owned(), spans: places(&[(0, 2), (start, end)]), tie: None };
    assert_eq!([desk.act(tag(26, 30)), desk.act(tag(27, 34))], [cut(30), cut(27)]);
    assert_eq!(desk.act(Action::AddFragment(quote.clone(), Span::new(28, 33))), cut(28));
    assert_eq!(desk.act(Action::AddFragment(quote, Span::new(26, 33))), Ok(()));
    assert_eq!(desk.act(tag(26, 33)), Ok(()));
}

#[test]
fn relabelling_takes_the_ties_along_that_no_longer_fit() {
    let mut desk = Desk::new();
    let (quote, source) = (desk.tag("quote", &[(8, 12)]), desk.tag("source", &[(0, 2)]));
    let (claim, denial) = (desk.tag("claim", &[(9, 11)]), desk.tag("denial", &[(3, 7)]));
    for (from, to) in [(&quote, &source), (&quote, &claim), (&denial, &quote)] {
        desk.act(Action::Tie { from: from.clone(), to: to.clone(), kind: None }).unwrap();
    }
    let before = desk.ties();
    let kinds = |desk: &Desk| desk.ties().into_iter().map(|(kind, ..)| kind).collect::<Vec<_>>();
    assert_eq!(kinds(&desk), ["attributed_to", "expresses", "denies"]);
    for (label, name, left) in [
        ("claim", "Relabel as claim, 1 tie removed", &["attributed_to", "denies"][..]),
        ("denial", "Relabel as denial, 1 tie removed", &["attributed_to", "expresses"]),
        ("source", "Relabel as source, 3 ties removed", &[]),
    ] {
        desk.act(Action::Relabel(quote.clone(), label.to_owned())).unwrap();
        assert_eq!(desk.session.history().undoable().unwrap().name, name);
        if !left.is_empty() {
            assert_eq!(kinds(&desk), left, "{label}");
        }
        desk.session.undo().unwrap();
        assert_eq!(desk.ties(), before);
    }
    desk.act(Action::Relabel(source, "paratext".to_owned())).unwrap();
    assert_eq!(kinds(&desk), ["expresses", "denies"]);
}

#[test]
fn relabelling_says_which_values_it_removes() {
    let mut desk = Desk::new();
    let quote = desk.tag("quote", &[(8, 12)]);
    for (name, value) in [("form", "direct"), ("translated", "yes")] {
        let (name, value) = (name.to_owned(), Some(value.to_owned()));
        desk.act(Action::SetAttribute { id: quote.clone(), name, value }).unwrap();
    }
    desk.act(Action::Relabel(quote.clone(), "claim".to_owned())).unwrap();
    assert_eq!(desk.session.history().undoable().unwrap().name, "Relabel as claim, 2 attributes removed");
    desk.session.undo().unwrap();
    assert_eq!(desk.annotation(&quote).attributes.len(), 2);
}

#[test]
fn fragment_is_put_elsewhere_but_never_onto_another() {
    let mut desk = Desk::new();
    let quote = desk.tag("quote", &[(8, 12), (18, 25)]);
    let put = |from, to| Action::Reshape { id: quote.clone(), from, to };
    assert_eq!(desk.act(put(Span::new(8, 12), Span::new(3, 12))), Ok(()));
    assert_eq!(desk.annotation(&quote).text, ["said “no”", "“never”"]);
    for (to, reason) in [
        (Span::new(3, 20), ActionError::Blocked),
        (Span::new(3, 18), ActionError::Blocked),
        (Span::new(3, 3), ActionError::Blocked),
        (Span::new(3, 28), ActionError::CutsCharacter(Offset(28))),
    ] {
        assert_eq!(desk.act(put(Span::new(3, 12), to)), Err(reason), "{to}");
    }
    assert_eq!(desk.act(put(Span::new(8, 12), Span::new(8, 11))), Err(ActionError::Gone), "it is no longer there");
}

#[test]
fn ties_go_the_way_that_the_scheme_allows() {
    let mut desk = Desk::new();
    let (source, quote) = (desk.tag("source", &[(0, 2)]), desk.tag("quote", &[(8, 12)]));
    let (claim, denial) = (desk.tag("claim", &[(9, 11)]), desk.tag("denial", &[(8, 12)]));
    let mut tie = |from: &AnnotationId, to: &AnnotationId, kind: Option<&str>| {
        let (before, kind) = (desk.ties(), kind.map(str::to_owned));
        desk.act(Action::Tie { from: from.clone(), to: to.clone(), kind })?;
        Ok(desk.ties().into_iter().find(|tie| !before.contains(tie)).unwrap())
    };
    let made = |kind: &str, from: &AnnotationId, to: &AnnotationId| Ok((kind.to_owned(), from.clone(), to.clone()));
    assert_eq!(tie(&source, &quote, None), made("attributed_to", &quote, &source), "the other way round");
    let tied = ActionError::Tied("attributed_to".to_owned());
    assert_eq!([tie(&source, &quote, None), tie(&quote, &source, None)], [Err(tied.clone()), Err(tied)]);
    assert_eq!(tie(&denial, &claim, None), made("denies", &denial, &claim), "the first that fits");
    assert_eq!(tie(&denial, &claim, Some("expresses")), made("expresses", &denial, &claim), "or the named one");
    let none = |a: &str, b: &str| Err(ActionError::NoRelation(a.to_owned(), b.to_owned()));
    assert_eq!(tie(&source, &claim, Some("denies")), none("source", "claim"));
    assert_eq!(tie(&quote, &quote, None), none("quote", "quote"), "nothing is tied to itself");
    assert_eq!(tie(&quote, &claim, Some("same_as")), none("quote", "claim"), "only equals repeat each other");
    assert_eq!(tie(&quote, &"gone".into(), None), Err(ActionError::Gone));
}

#[test]
fn deleting_takes_the_ties_along_and_undo_brings_them_back() {
    let mut desk = Desk::new();
    let source = desk.tag("source", &[(0, 2)]);
    let spans = places(&[(8, 12)]);
    desk.act(Action::Tag { label: "quote".to_owned(), spans, tie: Some(source.clone()) }).unwrap();
    let tied = desk.ties();
    assert_eq!((tied.len(), &tied[0].0[..], &tied[0].2), (1, "attributed_to", &source));
    desk.act(Action::Delete(source.clone())).unwrap();
    assert_eq!(desk.session.history().undoable().unwrap().name, "Delete source, 1 tie removed");
    assert_eq!((desk.ties(), desk.act(Action::Delete(source))), (vec![], Err(ActionError::Gone)));
    desk.session.undo().unwrap();
    assert_eq!(desk.ties(), tied);
}

#[test]
fn what_is_nowhere_cannot_be_tagged() {
    let mut desk = Desk::new();
    let mut tag =
        |spans: &[(u32, u32)]| desk.act(Action::Tag { label: "claim".to_owned(), spans: places(spans), tie: None });
    assert_eq!([tag(&[]), tag(&[(3, 3)]), tag(&[(7, 3)])], [(); 3].map(|()| Err(ActionError::Empty)));
    assert_eq!(tag(&[(0, 2), (30, 40)]), Err(ActionError::Outside(Span::new(30, 40))));
}

#[test]
fn many_places_are_tagged_at_once() {
    let mut desk = Desk::new();
    desk.tag("source", &[(0, 2)]);
    let all = |label: &str, spans: &[(u32, u32)], attributes: &[(&str, &str)]| Action::TagAll {
        label: label.to_owned(),
        spans: places(spans),
        attributes: attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
    };
    let unfit = [("naming", "pronoun"), ("form", "direct"), ("naming_of", "x")];
    // Tagged so already; inside the family; twice the same; a fragment's worth of another label.
    desk.act(all("source", &[(0, 2), (3, 7), (26, 28), (3, 7), (13, 17)], &unfit)).unwrap();
    let name = desk.session.history().done().last().unwrap().name.clone();
    assert_eq!(name, "Tag 2 as source, 2 were already, 1 would cut a character");
    let set = desk.session.set(&document(&desk.article)).unwrap();
    let made: Vec<_> = set.annotations().skip(1).map(|made| (made.spans[0], made.attributes.clone())).collect();
    let fit = [("naming".to_owned(), "pronoun".to_owned())].into();
    assert_eq!(
        made,
        [(Span::new(3, 7), fit), (Span::new(13, 17), [("naming".to_owned(), "pronoun".to_owned())].into())]
    );
    assert_eq!(
        set.density().map(|(label, density)| (label, density.parts().count())).collect::<Vec<_>>(),
        [("source", 10)]
    );
    for (action, reason) in [
        (all("source", &[(0, 2), (3, 7)], &[]), ActionError::AllTagged("source".to_owned())),
        (all("source", &[], &[]), ActionError::Empty),
        (all("source", &[(27, 30)], &[]), ActionError::CutsCharacter(Offset(27))),
        (all("source", &[(3, 99)], &[]), ActionError::Outside(Span::new(3, 99))),
        (all("gossip", &[(3, 7)], &[]), ActionError::NoLabel("gossip".to_owned())),
    ] {
        assert_eq!(desk.act(action), Err(reason));
    }
    desk.act(all("claim", &[(3, 7), (8, 12)], &[])).unwrap();
    desk.session.undo().unwrap();
    assert_eq!(desk.session.set(&document(&desk.article)).unwrap().len(), 3, "all of it is one deed");
}
