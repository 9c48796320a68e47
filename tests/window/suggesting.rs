//! Suggestions: seen, walked through, accepted, changed, refused.

use std::collections::BTreeMap;

use ascribe::settings::Settings;
use ascribe_schema::{FORMAT, Origin, SuggestedRelation, Suggestion, SuggestionSet};
use ascribe_tests::{Fresh, name};
use egui::{Key, Role};

use super::person::{ALT, CTRL, NONE, Opening, Person, SHIFT};

/// Words of no language, in which no rule finds anything.
const TEXT: &str = "Lorem ipsum

Dolor sit amet consectetur adipiscing elit. Sed eiusmod tempor incididunt ut labore.

Magna aliqua enim veniam quis nostrud. Ullamco laboris nisi aliquip commodo. Dolor sit amet duis aute.
";
/// What a model proposes there: label, words, score, and by whom they are said.
const PROPOSED: [(&str, &str, f32, Option<usize>); 5] = [
    ("source", "Dolor sit amet", 0.95, None),
    ("quote", "adipiscing elit", 0.97, Some(0)),
    ("quote", "tempor incididunt", 0.6, None),
    ("claim", "quis nostrud", 0.92, None),
    ("denial", "nisi aliquip", 0.5, None),
];

fn shown() -> Opening {
    Opening { suggestions: true, ..Opening::default() }
}

/// A project of one article for which a model has proposed something.
fn proposed() -> Fresh {
    proposed_in(TEXT)
}

/// The same for an article with more in it.
fn proposed_in(text: &str) -> Fresh {
    let (fresh, ids) = Fresh::of(&[text]);
    let project = fresh.load();
    let document = &project.documents[&ids[0]];
    let text = document.text.as_ref().unwrap();
    let id = |number: usize| format!("s{number}").into();
    let suggestion = |(number, (label, words, score, _)): (usize, &(&str, &str, f32, Option<usize>))| {
        let start = text.offset_of_byte(text.as_str().find(words).unwrap()).unwrap();
        let spans = vec![ascribe_schema::Span { start, end: start.plus(words.chars().count() as u32) }];
        let (label, text) = ((*label).to_owned(), vec![(*words).to_owned()]);
        let (attributes, rule, because) = (BTreeMap::new(), String::new(), vec![spans[0]]);
        Suggestion { id: id(number), label, spans, text, attributes, score: *score, rule, because }
    };
    let tie = |(number, (_, _, _, source)): (usize, &(&str, &str, f32, Option<usize>))| {
        Some(SuggestedRelation { kind: "attributed_to".to_owned(), from: id(number), to: id((*source)?) })
    };
    let set = SuggestionSet {
        format: FORMAT,
        document: ids[0].clone(),
        text_sha256: document.text_sha256().to_owned(),
        by: name("parrot"),
        suggestions: PROPOSED.iter().enumerate().map(suggestion).collect(),
        relations: PROPOSED.iter().enumerate().filter_map(tie).collect(),
    };
    fresh.write(&format!("suggestions/parrot/{}.ron", ids[0]), ascribe_schema::write(&set).unwrap());
    fresh
}

/// At that project, with all its suggestions on screen.
fn at_proposed() -> Person {
    let mut person = Person::at(proposed(), shown());
    person.wait_for_suggestions(5);
    person
}

impl Person {
    fn open(&self) -> usize {
        let open = self.workspace().reading().and_then(|reading| reading.offers.open());
        open.map_or(0, |open| open.suggestions.len())
    }

    fn wait_for_suggestions(&mut self, number: usize) {
        self.wait("suggestions have been made", |person| person.open() == number);
    }

    /// The suggestion in focus, as `label: words`.
    fn suggested(&self) -> Option<String> {
        let (_, suggestion) = self.workspace().suggestion()?;
        Some(format!("{}: {}", suggestion.label, suggestion.quote()))
    }

    /// The person's own tags in the only article.
    fn made(&self) -> Vec<String> {
        let set = self.workspace().own_set();
        let tags = set.into_iter().flat_map(|set| set.annotations());
        tags.map(|tag| format!("{}: {}", tag.label, tag.quote())).collect()
    }

    fn file(&mut self) -> String {
        self.wait("all is saved", |person| person.workspace().session.save_state() == ascribe_engine::SaveState::Saved);
        let document = self.workspace().current.clone().unwrap();
        self.fresh.text(&self.workspace().session.set_path(&document))
    }
}

#[test]
fn suggestions_appear_and_are_no_tags() {
    let person = at_proposed();
    person.must_see("5 suggestions");
    assert!(person.made().is_empty());
    for (label, words, ..) in PROPOSED {
        let mark = format!("suggested {label}: {words}");
        assert!(person.sees_a(Role::Mark, &mark), "{mark} in {:?}", person.all(Role::Mark));
    }
    person.must_see("0 tags");
}

#[test]
fn tab_walks_in_the_order_of_the_text_and_then_moves_on() {
    let mut person = at_proposed();
    let mut met = Vec::new();
    for _ in 0..5 {
        person.press(NONE, Key::Tab);
        met.extend(person.suggested());
    }
    assert_eq!(met, PROPOSED.map(|(label, words, ..)| format!("{label}: {words}")));
    person.must_see("Suggestion 5 of 5: denial");
    person.press(SHIFT, Key::Tab);
    assert_eq!(person.suggested().as_deref(), Some("claim: quis nostrud"));
    person.press(NONE, Key::Tab);
    assert!(person.has_keys(Role::Document, "Article: Lorem ipsum"));
    person.press(NONE, Key::Tab);
    assert!(!person.has_keys(Role::Document, "Article: Lorem ipsum"), "nobody is held in the text");
    assert!(person.made().is_empty(), "looking changes nothing");
}

#[test]
fn shift_tab_leaves_the_text_before_the_first() {
    let mut person = at_proposed();
    person.press(NONE, Key::Tab);
    person.press(SHIFT, Key::Tab);
    assert!(!person.has_keys(Role::Document, "Article: Lorem ipsum"));
}

#[test]
fn enter_accepts_with_the_source_and_goes_on() {
    let mut person = at_proposed();
    person.press(NONE, Key::Tab);
    person.press(NONE, Key::Tab);
    person.press(NONE, Key::Enter);
    assert_eq!(person.made(), ["source: Dolor sit amet", "quote: adipiscing elit"]);
    let set = person.workspace().own_set().unwrap();
    assert_eq!(set.relations().len(), 1, "and tied to each other");
    let made = set.annotations().next().unwrap();
    let confirmed = matches!(&made.origin, Origin::Model { name, confirmed_by: Some(_), .. } if name == "parrot");
    assert!(confirmed, "{:?}", made.origin);
    assert_eq!(person.suggested().as_deref(), Some("quote: tempor incididunt"));
    assert_eq!(person.open(), 3);
    person.press(CTRL, Key::Z);
    assert!(person.made().is_empty());
    assert_eq!((person.open(), person.suggested().as_deref()), (5, Some("quote: adipiscing elit")));
}

#[test]
fn backspace_refuses_and_undo_brings_it_back() {
    let mut person = at_proposed();
    person.press(NONE, Key::Tab);
    person.press(NONE, Key::Tab);
    person.press(NONE, Key::Backspace);
    assert_eq!(person.suggested().as_deref(), Some("quote: tempor incididunt"));
    assert!(person.made().is_empty());
    assert!(person.file().contains("adipiscing elit"), "it is remembered who refused what");
    assert!(!person.sees_a(Role::Mark, "suggested quote: adipiscing elit"));
    person.press(CTRL, Key::Z);
    assert_eq!(person.suggested().as_deref(), Some("quote: adipiscing elit"));
    person.press(NONE, Key::Delete);
    let fresh = person.leave();
    let mut person = Person::at(fresh, shown());
    person.wait("suggestions have been made", |person| person.open() > 0);
    assert!(!person.sees_a(Role::Mark, "suggested quote: adipiscing elit"), "nor does it come back later");
}

#[test]
fn reason_is_asked_for_and_offered_again() {
    let mut person = at_proposed();
    for _ in 0..3 {
        person.press(NONE, Key::Tab);
    }
    person.press(SHIFT, Key::Backspace);
    person.must_see("Why is this no quote?");
    assert!(person.has_keys(Role::TextInput, "Reason"));
    person.type_text("scare quotes");
    person.press(NONE, Key::Enter);
    assert!(person.file().contains("scare quotes"));
    assert_eq!(person.suggested().as_deref(), Some("claim: quis nostrud"));
    person.press(SHIFT, Key::Delete);
    person.click(Role::Button, "Reject: scare quotes");
    assert_eq!(person.file().matches("scare quotes").count(), 2);
    assert_eq!(person.suggested().as_deref(), Some("denial: nisi aliquip"));
    person.press(SHIFT, Key::Backspace);
    person.press(NONE, Key::Escape);
    assert_eq!(person.suggested().as_deref(), Some("denial: nisi aliquip"), "the question can be left");
}

#[test]
fn label_key_accepts_as_something_else() {
    let mut person = at_proposed();
    for _ in 0..3 {
        person.press(NONE, Key::Tab);
    }
    person.press(NONE, Key::C);
    assert_eq!(person.made(), ["claim: tempor incididunt"]);
    assert!(person.file().contains("changed: true"));
    assert_eq!(person.suggested().as_deref(), Some("claim: quis nostrud"));
    assert_eq!(person.open(), 4, "and is not proposed as a quote any more");
}

#[test]
fn moved_end_accepts_what_it_becomes() {
    let mut person = at_proposed();
    for _ in 0..3 {
        person.press(NONE, Key::Tab);
    }
    person.press(ALT.plus(CTRL), Key::ArrowRight);
    assert_eq!(person.made(), ["quote: tempor incididunt ut"]);
    assert_eq!(person.focused().as_deref(), Some("quote: tempor incididunt ut"), "more keys move it further");
    person.press(ALT.plus(CTRL), Key::ArrowRight);
    assert_eq!(person.made(), ["quote: tempor incididunt ut labore"]);
    assert!(person.file().contains("changed: true"));
}

#[test]
fn dragged_end_accepts_what_it_becomes() {
    let mut person = at_proposed();
    for _ in 0..3 {
        person.press(NONE, Key::Tab);
    }
    let end = |person: &Person, words: &str| person.character(person.span(words).end.minus(1));
    let (from, to) = (end(&person, "tempor incididunt"), end(&person, "incididunt ut"));
    person.drag(from + egui::vec2(4.0, 0.0), to + egui::vec2(1.0, 0.0));
    assert_eq!(person.made(), ["quote: tempor incididunt ut"]);
    person.press(CTRL, Key::Z);
    assert!(person.made().is_empty(), "one step to undo");
    assert_eq!(person.suggested().as_deref(), Some("quote: tempor incididunt"));
}

#[test]
fn everything_goes_by_mouse_too() {
    let mut person = at_proposed();
    let place = person.character(person.span("tempor").start.plus(2));
    person.click_at(place, NONE);
    assert_eq!(person.suggested().as_deref(), Some("quote: tempor incididunt"));
    person.must_see("The model parrot proposes it.");
    person.must_see("60 %");
    person.click(Role::Button, "Accept as denial");
    assert_eq!(person.made(), ["denial: tempor incididunt"]);
    person.click(Role::Button, "Accept the suggestion");
    assert_eq!(person.made().len(), 2);
    person.click(Role::Button, "Reject the suggestion");
    assert_eq!(person.made().len(), 2);
    person.must_see("2 suggestions");
}

#[test]
fn inspector_tells_the_source_and_leads_there() {
    let mut person = at_proposed();
    person.press(NONE, Key::Tab);
    person.press(NONE, Key::Tab);
    person.must_see("said by:");
    person.must_see("Because of “adipiscing elit”");
    person.must_see("said by Dolor sit amet");
    person.click(Role::Link, "Go to source: Dolor sit amet");
    assert_eq!(person.suggested().as_deref(), Some("source: Dolor sit amet"));
}

#[test]
fn many_are_looked_through_and_accepted_in_one_step() {
    let mut person = at_proposed();
    person.press(CTRL.plus(SHIFT), Key::Enter);
    for words in ["Accept quote: adipiscing elit", "Accept source: Dolor sit amet", "Accept claim: quis nostrud"] {
        assert!(person.sees_a(Role::CheckBox, words), "{words} in {:?}", person.all(Role::CheckBox));
    }
    assert!(!person.sees_a(Role::CheckBox, "Accept denial: nisi aliquip"), "below the score");
    assert!(person.sees_a(Role::Button, "Accept 3"));
    person.click(Role::CheckBox, "Accept claim: quis nostrud");
    let deeds = person.deeds();
    person.click(Role::Button, "Accept 2");
    assert_eq!(person.made(), ["source: Dolor sit amet", "quote: adipiscing elit"]);
    assert_eq!(person.deeds(), deeds + 1);
    person.press(CTRL, Key::Z);
    assert!(person.made().is_empty());
    assert_eq!(person.open(), 5);
}

#[test]
fn label_is_left_out_of_many() {
    let mut person = at_proposed();
    person.press(CTRL.plus(SHIFT), Key::Enter);
    person.click(Role::CheckBox, "Accept each quote");
    assert!(person.sees_a(Role::Button, "Accept 2"));
    person.press(NONE, Key::Escape);
    assert!(person.made().is_empty(), "leaving the sheet accepts nothing");
}

#[test]
fn suggestions_are_hidden_and_stay_so() {
    assert!(Settings::default().suggestions, "they are shown on the first day");
    let mut person = Person::at(proposed(), Opening { settings: true, ..shown() });
    person.wait_for_suggestions(5);
    person.press(NONE, Key::F7);
    assert!(!person.sees("suggested "), "{:?}", person.all(Role::Mark));
    person.must_see("Suggestions hidden");
    person.press(NONE, Key::Tab);
    assert!(!person.has_keys(Role::Document, "Article: Lorem ipsum"), "Tab is only Tab again");
    let settings = std::fs::read_to_string(person.fresh.outside.path().join("settings/settings.ron")).unwrap();
    assert!(settings.contains("suggestions: false"), "{settings}");
    person.click(Role::Button, "Suggestions hidden");
    assert_eq!(person.open(), 5);
}

#[test]
fn own_tag_settles_its_suggestion_and_stays_as_it_is() {
    let mut person = at_proposed();
    person.find("tempor incididunt ut");
    person.press(NONE, Key::Q);
    assert_eq!((person.open(), person.made()), (4, vec!["quote: tempor incididunt ut".to_owned()]));
    person.press(NONE, Key::Escape);
    person.press(NONE, Key::Escape);
    person.press(CTRL, Key::Home);
    let mut met = Vec::new();
    for _ in 0..4 {
        person.press(NONE, Key::Tab);
        met.extend(person.suggested());
        person.press(NONE, Key::Enter);
        if person.suggested().is_none() {
            break;
        }
        person.press(SHIFT, Key::Tab);
    }
    assert!(person.made().contains(&"quote: tempor incididunt ut".to_owned()), "{:?}", person.made());
}

#[test]
fn read_only_project_shows_them_and_says_why_they_cannot_be_taken() {
    let fresh = proposed();
    let mut person = Person::at(fresh, Opening { annotator: Some("gold"), ..shown() });
    person.wait_for_suggestions(5);
    person.press(NONE, Key::Tab);
    person.must_see("It cannot be accepted here: gold is made from decisions");
    person.press(NONE, Key::Enter);
    assert!(person.told().contains("Nothing was changed: gold is made from decisions"), "{}", person.told());
    person.press(NONE, Key::Q);
    assert!(person.made().is_empty());
}

#[test]
fn source_that_stands_elsewhere_is_offered_there() {
    let mut person = at_proposed();
    person.press(NONE, Key::Tab);
    person.press(NONE, Key::Enter);
    assert_eq!(person.told(), "“Dolor sit amet” stands in 1 more place: Ctrl+D lists them.");
    person.press(CTRL, Key::D);
    person.click(Role::Button, "Tag 1 hit as source, like the focused tag");
    assert_eq!(person.made(), ["source: Dolor sit amet", "source: Dolor sit amet"]);
}

#[test]
fn what_is_out_of_sight_is_shown_before_it_is_accepted() {
    let text = format!("{TEXT}\n{}", "Nulla pariatur excepteur.\n\n".repeat(200));
    let mut person = Person::at(proposed_in(&text), shown());
    person.wait_for_suggestions(5);
    person.press(NONE, Key::Tab);
    person.press(CTRL, Key::End);
    person.press(NONE, Key::Enter);
    assert!(person.made().is_empty(), "nothing is accepted unseen");
    assert!(person.told().contains("out of sight"), "{}", person.told());
    person.press(NONE, Key::Enter);
    assert_eq!(person.made().len(), 1);
}

#[test]
fn whole_sample_is_walked_with_two_keys() {
    let mut person = Person::at(Fresh::sample(), Opening { annotator: Some("cleo"), ..shown() });
    person.wait("suggestions have been made", |person| person.open() > 0);
    let (mut keys, all) = (0, person.open());
    person.press(NONE, Key::Tab);
    while person.suggested().is_some() && keys <= all {
        let before = person.workspace().suggestion().unwrap().1.extent();
        assert!(!person.sees("The rule "), "each rule says in words why: {:?}", person.names());
        person.press(NONE, if keys % 3 == 2 { Key::Backspace } else { Key::Enter });
        keys += 1;
        let after = person.workspace().suggestion().map(|(_, suggestion)| suggestion.extent());
        assert!(after.is_none_or(|after| after >= before), "{before} then {after:?}: the order of the text");
    }
    assert!(keys > 0 && keys <= all, "{keys} keys for {all} suggestions");
    assert!(!person.tags().is_empty());
}

/// Lets a project name a model, which is a script beside it.
pub fn name_model(fresh: &Fresh, script: &str) {
    fresh.write("model.sh", script);
    let models = "    models: [\n        (name: \"crow\", run: Command([\"sh\", \"model.sh\"])),\n    ],\n)\n";
    let file = fresh.text("project.ron");
    fresh.write("project.ron", file.trim_end().strip_suffix(')').unwrap().to_owned() + models);
}

/// At a project with such a model.
#[cfg(unix)]
fn with_model(script: &str) -> Person {
    let (fresh, ids) = Fresh::of(&[TEXT]);
    name_model(&fresh, &script.replace("ID", ids[0].as_str()));
    Person::at(fresh, Opening { settings: true, ..shown() })
}

/// What the model above answers: one claim on the first ten letters.
#[cfg(unix)]
const ANSWER: &str = r#"read line
printf '%s\n' '{"id": "ID", "annotations": [{"id": "a", "label": "claim", "spans": [[0, 5]], "score": 0.9}]}'
"#;

#[cfg(unix)]
fn run_model(person: &mut Person) {
    person.click(Role::Button, "Tag");
    person.click(Role::Button, "Run a model…");
}

#[cfg(unix)]
#[test]
fn model_runs_only_when_it_is_allowed() {
    let mut person = with_model(&format!("touch started\n{ANSWER}"));
    person.settle();
    run_model(&mut person);
    person.must_see("sh model.sh");
    assert!(!person.fresh.path.join("started").exists(), "nothing runs because a project says so");
    person.click(Role::Button, "Run");
    assert!(!person.fresh.path.join("started").exists(), "nor before it is allowed");
    person.click(Role::CheckBox, "I know this program, and let it run");
    person.click(Role::Button, "Run");
    person.wait("it has run", |person| person.sees("1 suggestion for 1 article."));
    person.click(Role::Button, "Close");
    person.wait_for_suggestions(1);
    assert!(person.sees_a(Role::Mark, "suggested claim: Lorem"));
    run_model(&mut person);
    person.must_see("You have allowed it before, in this project.");
    person.press(NONE, Key::Escape);
    assert!(!String::from_utf8_lossy(&person.fresh.read("project.ron")).contains("allowed"));
}

#[cfg(unix)]
#[test]
fn model_that_fails_is_told_and_harms_nothing() {
    let mut person = with_model("echo 'out of memory' >&2\nexit 3\n");
    run_model(&mut person);
    person.click(Role::CheckBox, "I know this program, and let it run");
    person.click(Role::Button, "Run");
    person.wait("it has run", |person| person.sees("It broke off"));
    person.must_see("out of memory");
    person.must_see("No answer for 1 article");
    person.click(Role::Button, "Close");
    assert!(person.made().is_empty());
}

#[cfg(unix)]
#[test]
fn model_that_hangs_is_stopped() {
    let mut person = with_model("sleep 600\n");
    run_model(&mut person);
    person.click(Role::CheckBox, "I know this program, and let it run");
    person.click_soon(Role::Button, "Run");
    person.click_soon(Role::Button, "Stop");
    person.wait("it has been stopped", |person| person.sees("It broke off: it was stopped"));
}
