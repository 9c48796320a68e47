//! Comparing annotators, deciding between them, and saying why.

use std::collections::BTreeSet;

use ascribe_engine::adjudicate::{CaseCounts, decisions_of, gold};
use ascribe_schema::{Decision, Verdict};
use ascribe_tests::{BRIDGE, Fresh, document, name, set_of};
use egui::{Key, Role};

use super::person::{CTRL, NONE, Opening, Person, SHIFT};
use crate::gold::undecided;

/// Somebody who compares what amina and bo have finished.
pub(super) fn reviewing(annotator: &'static str) -> Person {
    reviewing_at(Fresh::sample(), annotator)
}

fn reviewing_at(fresh: Fresh, annotator: &'static str) -> Person {
    let mut person = Person::at(fresh, Opening { annotator: Some(annotator), ..Opening::default() });
    person.press(CTRL, Key::Num2);
    if annotator != "amina" && annotator != "bo" {
        person.click(Role::Button, "I review this article");
    }
    person.wait("both are compared", |person| person.workspace().reviewing.compared().is_some());
    person
}

impl Person {
    pub(super) fn counts(&self) -> CaseCounts {
        self.workspace().reviewing.compared().unwrap().adjudication.counts()
    }

    pub(super) fn decisions(&self) -> Vec<Decision> {
        let papers = self.workspace().session.papers(&document(BRIDGE));
        papers.into_iter().flat_map(|papers| papers.decisions()).map(|decision| decision.as_ref().clone()).collect()
    }

    /// The decisions that something has changed since.
    fn stale(&self) -> Vec<Decision> {
        let compared = self.workspace().reviewing.compared().unwrap();
        let rulings = compared.adjudication.rulings.iter().filter(|ruling| !ruling.stands());
        rulings.map(|ruling| ruling.decision.as_ref().clone()).collect()
    }

    /// Decides ten differences: the fifth is rejected, the sixth edited.
    fn decide_ten(&mut self) {
        for key in [Key::Num1, Key::Num2, Key::Num1, Key::B, Key::X] {
            self.press(NONE, key);
        }
        self.press(NONE, Key::E);
        self.must_see("As it should be");
        self.click(Role::RadioButton, "Label denial");
        self.click(Role::Button, "Decide so");
        for key in [Key::Num2, Key::Num1, Key::Num2, Key::Num1] {
            self.press(NONE, key);
        }
    }
}

#[test]
fn ten_are_decided_by_keys_and_a_changed_one_comes_back() {
    let mut person = reviewing("amina");
    let before = person.counts();
    assert!(before.open > 10 && before.decided == 0, "{before:?}");
    person.decide_ten();
    assert_eq!((person.counts().decided, person.counts().open), (10, before.open - 10));
    let all = before.open;
    person.must_see(&format!("10 of {all} decided"));
    let made = person.decisions();
    let rejected = made.iter().filter(|decision| decision.verdict == Verdict::Reject && decision.about.len() > 1);
    assert!(rejected.count() <= 1);
    let edited =
        made.iter().filter(|decision| matches!(&decision.verdict, Verdict::Edit(made) if made.label == "denial"));
    assert_eq!(edited.count(), 1);

    let of = made.iter().find(|decision| {
        matches!(&decision.verdict, Verdict::Accept(_))
            && decision.about.iter().any(|input| input.annotator.as_str() == "amina")
    });
    let of = of.unwrap().clone();
    let tag = of.about.iter().find(|input| input.annotator.as_str() == "amina").unwrap().annotation.clone();
    person.press(CTRL, Key::Num1);
    for _ in 0..200 {
        if person.workspace().focused().is_some_and(|focused| focused.id == tag) {
            break;
        }
        person.press(NONE, Key::N);
    }
    person.press(NONE, Key::Num1);
    person.press(CTRL, Key::Num2);
    let stale: Vec<_> = person.stale().into_iter().map(|decision| decision.id).collect();
    assert_eq!(stale, std::slice::from_ref(&of.id), "exactly that one");
    assert_eq!(person.counts().decided, 9);

    person.click(Role::ComboBox, "State: any state");
    person.click(Role::Button, "! changed since");
    person.press(NONE, Key::N);
    person.must_see("Since then amina has changed theirs");
    person.press(NONE, Key::K);
    assert!(person.stale().is_empty(), "kept: {}", person.told());
    person.press(CTRL, Key::Z);
    assert_eq!(person.stale().len(), 1, "and undone");
}

#[test]
fn decisions_are_there_again_when_the_project_is_opened() {
    let mut person = reviewing("amina");
    person.decide_ten();
    let before: BTreeSet<_> = person.decisions().into_iter().map(|decision| decision.id).collect();
    let mut person = Person::at(person.leave(), Opening::default());
    person.press(CTRL, Key::Num2);
    assert_eq!(person.decisions().into_iter().map(|decision| decision.id).collect::<BTreeSet<_>>(), before);
    assert_eq!(person.counts().decided, 10);
}

#[test]
fn gold_follows_what_is_decided_also_where_the_window_is_closed_at_once() {
    let mut person = reviewing_at(undecided(), "cleo");
    person.press(NONE, Key::Num2);
    person.wait("gold is made", |person| {
        person.workspace().session.project().documents[&document(BRIDGE)].sets.contains_key(&name("gold"))
    });
    for key in [Key::Num1, Key::X, Key::Num2] {
        person.press(NONE, key);
    }
    let project = person.leave().load();
    let here = &project.documents[&document(BRIDGE)];
    let decisions = decisions_of(here, &name("cleo"));
    assert_eq!(decisions.len(), 4);
    assert_eq!(here.sets[&name("gold")].set, gold(here, &name("cleo"), &decisions).set);
}

#[test]
fn gold_made_by_hand_is_left_alone_and_that_is_said() {
    let fresh = undecided();
    fresh.write(&set_of("gold"), fresh.text(&set_of("bo")).replace("annotator: \"bo\"", "annotator: \"gold\""));
    let before = fresh.read(&set_of("gold"));
    let mut person = reviewing_at(fresh, "cleo");
    person.press(NONE, Key::Num1);
    person.wait("it is said", |person| person.told().contains("was not made from decisions"));
    assert!(person.leave().read(&set_of("gold")) == before);
}

#[test]
fn others_are_hidden_until_somebody_says_that_they_review() {
    let mut person = Person::at(Fresh::sample(), Opening { annotator: Some("cleo"), ..Opening::default() });
    person.press(CTRL, Key::Num2);
    person.must_see("Finish your own tags first");
    person.must_see("This is a convention and not a lock");
    assert!(person.all(Role::Mark).is_empty());
    person.click(Role::Button, "I review this article");
    assert!(person.counts().open > 10);
    person.press(CTRL, Key::Num1);
    person.must_see("See amina's tags");
}

#[test]
fn nobody_is_named_where_names_are_hidden() {
    let mut person = reviewing("cleo");
    person.must_see("amina");
    person.click(Role::CheckBox, "Hide names");
    for key in [Key::Num1, Key::N, Key::E, Key::Escape, Key::S] {
        person.press(NONE, key);
        let told: Vec<_> = person.names();
        let named =
            |name: &String| name.split(|c: char| !c.is_alphanumeric()).any(|word| word == "amina" || word == "bo");
        let named: Vec<_> = told.iter().filter(|name| named(name)).collect();
        assert!(named.is_empty(), "after {key:?}: {named:#?}");
    }
}

#[test]
fn reason_and_remark_are_said_without_stopping() {
    let mut person = reviewing("amina");
    person.press(NONE, Key::X);
    assert!(person.told().contains("nothing here is right"), "{}", person.told());
    person.press(NONE, Key::R);
    person.must_see("Why?");
    person.press(NONE, Key::Num6);
    assert_eq!(person.decisions()[0].reason, "guideline gap");
    person.must_see("Because: guideline gap");
    person.press(NONE, Key::U);
    assert!(person.decisions().is_empty());
    person.press(CTRL, Key::Z);
    assert_eq!(person.decisions().len(), 1);
}

#[test]
fn what_all_have_alike_is_accepted_in_one_step() {
    let mut person = reviewing("amina");
    let before = person.counts();
    person.press(SHIFT, Key::Enter);
    person.must_see(&format!("{} tags alike for all", before.unanimous));
    person.press(NONE, Key::Escape);
    assert_eq!(person.workspace().reviewing.at(), person.workspace().reviewing.listed().first().copied());
    person.press(SHIFT, Key::Enter);
    person.press(NONE, Key::Enter);
    assert_eq!(person.counts().decided, before.unanimous);
    assert_eq!(person.deeds(), 1);
    person.press(CTRL, Key::Z);
    assert_eq!(person.counts(), before);
}

#[test]
fn differences_are_filtered_and_walked_through() {
    let mut person = reviewing("amina");
    let listed = |person: &Person| person.workspace().reviewing.listed().len();
    let all = listed(&person);
    person.must_see(&format!("1 of {all}"));
    person.press(NONE, Key::N);
    person.must_see(&format!("2 of {all}"));
    person.press(SHIFT, Key::N);
    person.press(SHIFT, Key::N);
    person.must_see(&format!("{all} of {all}"));
    person.click(Role::ComboBox, "What differs: any difference");
    person.click(Role::Button, "found by some");
    let found = listed(&person);
    assert!(found > 0 && found < all);
    person.click(Role::ComboBox, "Annotator: by anybody");
    person.click(Role::Button, "tagged by bo");
    assert!(listed(&person) < found);
    person.click(Role::ComboBox, "Label: any label");
    person.click(Role::Button, "denial");
    person.must_see("fits these filters");
    person.click(Role::Button, "Show all");
    assert_eq!(listed(&person), all);
    person.press(NONE, Key::D);
    assert_eq!(person.counts().deferred, 1);
}

#[test]
fn two_are_shown_side_by_side() {
    let mut person = reviewing("amina");
    person.press(NONE, Key::S);
    let texts = person.all(Role::Document);
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert!(texts[0].starts_with("Article with the tags of amina: "), "{texts:?}");
    assert!(texts[1].starts_with("Article with the tags of bo: "), "{texts:?}");
    let [left, right] = [0, 1].map(|number| person.place_of(Role::Document, &texts[number]));
    assert!(left.right() <= right.left() + 1.0, "{left:?} {right:?}");
    person.press(NONE, Key::S);
    assert_eq!(person.all(Role::Document).len(), 1);
}

#[test]
fn comment_is_written_answered_and_settled() {
    let mut person = reviewing("amina");
    person.press(NONE, Key::C);
    assert!(person.has_keys(Role::TextInput, "Write a comment"));
    person.type_text("Is the aside part of it?");
    person.click(Role::Button, "Send");
    person.must_see("Is the aside part of it?");
    person.click(Role::Button, "Settled");
    person.must_see("✓ settled");
    let fresh = person.leave();
    let mut person = Person::at(fresh, Opening { annotator: Some("bo"), ..Opening::default() });
    person.press(CTRL, Key::Num2);
    person.must_see("Is the aside part of it?");
    person.click(Role::Button, "Answer");
    person.click(Role::TextInput, "Answer");
    person.type_text("No.");
    person.click(Role::Button, "Send");
    person.must_see("No.");
}

#[test]
fn words_that_all_overlooked_are_tagged() {
    let mut person = reviewing("amina");
    person.press(CTRL, Key::Home);
    person.press(NONE, Key::A);
    person.press(NONE, Key::T);
    person.must_see("What all overlooked");
    person.press(NONE, Key::Enter);
    let made = person.decisions();
    assert!(matches!(&made[..], [one] if one.about.is_empty() && one.without.len() == 2), "{made:?}");
}
