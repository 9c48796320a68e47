//! What somebody has begun while deciding is not lost, whatever happens meanwhile.

use ascribe_engine::Action;
use ascribe_schema::{PARATEXT, Span, Verdict};
use ascribe_tests::{BRIDGE, Fresh, Random, TIME, document};
use egui::{Key, Role};

use super::{
    person::{CTRL, NONE, Opening, Person, SHIFT},
    reviewing::reviewing,
};

/// Has somebody else tag some words.
fn tag(fresh: &Fresh, annotator: &str, label: &str, spans: Vec<Span>) {
    let mut session = fresh.session(annotator);
    let mut random = Random(9);
    let action = Action::TagAll { label: label.to_owned(), spans, attributes: Default::default() };
    session.act(&document(BRIDGE), action, TIME, &mut || random.bits()).unwrap();
    session.flush();
}

/// Somebody who compares amina's tags with bo's while bo goes on.
fn watching() -> Person {
    let mut person = Person::at(Fresh::sample(), Opening { watch: true, ..Opening::default() });
    person.press(CTRL, Key::Num2);
    person.wait("both are compared", |person| person.workspace().reviewing.compared().is_some());
    person
}

/// Waits for a tag of bo's at the very beginning, so that the numbers of all differences shift.
fn bo_goes_on(person: &mut Person) {
    let before = person.workspace().reviewing.at();
    tag(&person.fresh, "bo", "claim", vec![Span::new(0, 9)]);
    person.wait("it is told", |person| person.told().starts_with("New from bo"));
    assert_ne!(person.workspace().reviewing.at(), before);
}

#[test]
fn words_that_say_why_are_kept_whatever_is_done_next() {
    type Way = (&'static str, fn(&mut Person));
    let ways: [Way; 4] = [
        ("another difference is chosen", |person| {
            let row = person.all(Role::ListBoxOption)[3].clone();
            person.click(Role::ListBoxOption, &row);
        }),
        ("a reason is chosen", |person| person.click(Role::RadioButton, "Because: guideline gap")),
        ("it is done", |person| person.click(Role::Button, "Done")),
        ("another room is entered", |person| person.press(CTRL, Key::Num1)),
    ];
    for (what, next) in ways {
        let mut person = reviewing("amina");
        person.press(NONE, Key::X);
        person.press(NONE, Key::R);
        person.click(Role::TextInput, "Why, in your own words");
        person.type_text("the guide is silent");
        next(&mut person);
        let made = person.decisions();
        assert_eq!(made[0].note, "the guide is silent", "{what}");
        assert_eq!(made[0].reason, if what.contains("reason") { "guideline gap" } else { "" }, "{what}");
    }
}

#[test]
fn reason_is_asked_for_what_was_decided_last_or_is_in_focus() {
    let mut person = reviewing("amina");
    person.press(CTRL, Key::Home);
    person.press(NONE, Key::A);
    person.press(NONE, Key::T);
    person.press(NONE, Key::Enter);
    person.press(NONE, Key::R);
    person.must_see("Why?");
    person.press(NONE, Key::Num6);
    assert_eq!(person.decisions()[0].reason, "guideline gap", "of what all overlooked");
    person.press(NONE, Key::X);
    let mut person = Person::at(person.leave(), Opening::default());
    person.press(CTRL, Key::Num2);
    person.click(Role::ComboBox, "State: any state");
    person.click(Role::Button, "● decided");
    person.press(NONE, Key::N);
    person.press(NONE, Key::R);
    person.must_see("Why?");
    person.press(NONE, Key::Num1);
    let rejected = person.decisions().into_iter().find(|decision| decision.verdict == Verdict::Reject).unwrap();
    assert_eq!(rejected.reason, "boundary", "of what was decided before the window was opened");
}

#[test]
fn what_is_made_stays_when_colleagues_tag_more() {
    let mut person = watching();
    person.press(NONE, Key::N);
    person.press(NONE, Key::E);
    person.click(Role::RadioButton, "Label denial");
    let reviewing = &person.workspace().reviewing;
    let about = reviewing.compared().unwrap().refs(reviewing.at().unwrap());
    bo_goes_on(&mut person);
    person.must_see("As it should be");
    person.click(Role::Button, "Decide so");
    let made = person.decisions();
    assert!(matches!(&made[0].verdict, Verdict::Edit(edited) if edited.label == "denial"), "{made:?}");
    assert!(made[0].about.iter().map(|input| &input.annotation).eq(about.iter().map(|of| &of.annotation)));
}

#[test]
fn what_is_made_goes_with_the_tags_that_it_was_made_of_and_that_is_told() {
    let mut person = watching();
    let compared = person.workspace().reviewing.compared().unwrap();
    let mut alone = (0..compared.adjudication.cases.len()).map(|case| compared.refs(case));
    let alone = alone.find(|refs| matches!(&refs[..], [only] if only.annotator.as_str() == "bo")).unwrap();
    let row = person.all(Role::ListBoxOption).into_iter().find(|row| row.contains("only bo")).unwrap();
    person.click(Role::ListBoxOption, &row);
    person.press(NONE, Key::E);
    person.must_see("As it should be");
    let mut session = person.fresh.session("bo");
    session.act(&document(BRIDGE), Action::Delete(alone[0].annotation.clone()), TIME, &mut || 1).unwrap();
    session.flush();
    drop(session);
    person.wait("it is told", |person| person.told().starts_with("What you were making was dropped"));
    assert!(!person.sees("As it should be"));
}

#[test]
fn words_inside_other_tags_are_chosen_for_what_is_made() {
    let mut person = reviewing("amina");
    let reviewing = &person.workspace().reviewing;
    let compared = reviewing.compared().unwrap();
    let here = compared.case(reviewing.at().unwrap()).unwrap().unit.place;
    let (visible, text) = {
        let pane = &person.workspace().reading().unwrap().pane;
        (pane.visible(), pane.text().clone())
    };
    let begins_with_letter = |place: &Span| text.slice(*place).unwrap().starts_with(char::is_alphabetic);
    let mut others = compared.adjudication.cases.iter().map(|case| case.unit.place);
    let other = others.find(|place| !place.overlaps(here) && visible.covers(*place) && begins_with_letter(place));
    let place = person.character(other.unwrap().start);
    person.press(NONE, Key::E);
    person.double_click(place);
    let words = person.selected().unwrap();
    person.click(Role::Button, "Words that are selected in the article");
    person.must_see("As it should be");
    person.press(NONE, Key::Enter);
    let made = person.decisions();
    assert!(matches!(&made[0].verdict, Verdict::Edit(edited) if edited.text == [words]), "{made:?}");
}

#[test]
fn many_tags_are_decided_as_fast_as_somebody_types() {
    let fresh = Fresh::sample();
    for annotator in ["amina", "bo"] {
        let spans = (0..800).map(|number| Span::new(number * 4, number * 4 + 2));
        tag(&fresh, annotator, "claim", spans.collect());
    }
    let mut person = Person::at(fresh, Opening::default());
    person.press(CTRL, Key::Num2);
    person.wait("both are compared", |person| person.workspace().reviewing.compared().is_some());
    person.press(NONE, Key::X);
    assert_eq!(person.counts().decided, 1, "at once");
    person.press(SHIFT, Key::N);
    person.press(NONE, Key::D);
    assert_eq!((person.counts().decided, person.counts().deferred), (0, 1));
    assert_eq!(person.decisions().len(), 1, "the second stands in the place of the first");
}

#[test]
fn half_written_comment_stays_when_colleagues_tag_more() {
    let mut person = watching();
    person.press(NONE, Key::N);
    person.press(NONE, Key::C);
    person.type_text("Is the aside");
    bo_goes_on(&mut person);
    assert_eq!(person.written("Write a comment"), "Is the aside");
}

#[test]
fn own_comment_is_corrected_and_taken_back() {
    let mut person = reviewing("amina");
    person.press(NONE, Key::C);
    person.type_text("Is the asode part of it?");
    person.click(Role::Button, "Send");
    person.click(Role::Button, "Correct");
    person.click(Role::TextInput, "Correct the comment");
    person.press(CTRL, Key::A);
    person.type_text("Is the aside part of it?");
    person.click(Role::Button, "Send");
    person.must_see("Is the aside part of it?");
    assert!(!person.sees("asode"));
    person.click(Role::Button, "Take the comment back");
    assert!(!person.sees("Is the aside part of it?"));
    person.press(CTRL, Key::Z);
    person.must_see("Is the aside part of it?");
}

#[test]
fn filter_for_somebody_goes_with_them() {
    let fresh = Fresh::sample();
    tag(&fresh, "cleo", "claim", vec![Span::new(0, 9)]);
    let mut person = Person::at(fresh, Opening::default());
    person.press(CTRL, Key::Num2);
    person.click(Role::CheckBox, "Compare cleo");
    person.click(Role::ComboBox, "Annotator: by anybody");
    person.click(Role::Button, "tagged by cleo");
    assert_eq!(person.workspace().reviewing.listed().len(), 1);
    person.click(Role::CheckBox, "Compare cleo");
    assert!(person.sees_a(Role::ComboBox, "Annotator: by anybody"));
    assert!(person.workspace().reviewing.listed().len() > 10);
}

#[test]
fn whoever_takes_the_place_for_no_part_of_the_article_is_told_so() {
    let fresh = Fresh::sample();
    tag(&fresh, "amina", "claim", vec![Span::new(0, 9)]);
    tag(&fresh, "bo", PARATEXT, vec![Span::new(0, 30)]);
    let mut person = Person::at(fresh, Opening::default());
    person.press(CTRL, Key::Num2);
    person.must_see("bo takes this for something else than the article");
    person.must_see("takes this for something else than the article");
    assert!(!person.all(Role::ListBoxOption)[0].contains("only amina"));
}
