//! Small windows and large letters: all that can be used fits into the window, or can be scrolled there.

use ascribe::settings::Settings;
use ascribe_tests::Fresh;
use egui::{Event, Key, MouseWheelSource, MouseWheelUnit, Rect, Role, Theme, TouchPhase, pos2, vec2};
use egui_kittest::kittest::{NodeT, Queryable, by};

use super::person::{CTRL, NONE, Opening, Person, SHIFT};

/// Sizes in points, and how large letters are: 900×600 as it is and at 200 %, 1280×800 at 200 %.
const SIZES: [([f32; 2], f32); 3] = [([900.0, 600.0], 1.0), ([450.0, 300.0], 2.0), ([640.0, 400.0], 2.0)];

const USABLE: [Role; 7] = [
    Role::Button,
    Role::RadioButton,
    Role::ComboBox,
    Role::TextInput,
    Role::MultilineTextInput,
    Role::Link,
    Role::Document,
];

fn at(size: [f32; 2], scale: f32) -> Person {
    Person::at(Fresh::sample(), Opening { size, scale, theme: Theme::Dark, ..Opening::default() })
}

fn window(person: &Person) -> Rect {
    let size = person.harness.ctx.content_rect().size();
    Rect::from_min_size(pos2(0.0, 0.0), size).expand(1.0)
}

/// Where everything is that can be used now.
fn usable(person: &Person) -> Vec<(Role, String, Rect)> {
    let mut found = Vec::new();
    for role in USABLE {
        for node in person.harness.query_all(by().role(role)) {
            let name = node.accesskit_node().label().unwrap_or_default();
            if !node.accesskit_node().is_disabled() {
                found.push((role, name, node.rect()));
            }
        }
    }
    found
}

/// Whether nothing of what is there is cut off.
fn open(person: &Person, place: Rect) -> bool {
    person.harness.ctx.viewport(|viewport| {
        let mut widgets = viewport.prev_pass.widgets.layers().flat_map(|(_, widgets)| widgets);
        let near = |a: Rect, b: Rect| (a.min - b.min).length() + (a.max - b.max).length() < 2.0;
        widgets.any(|widget| near(widget.rect, place) && widget.interact_rect.expand(2.0).contains_rect(widget.rect))
    })
}

#[track_caller]
fn fits(person: &mut Person, what: &str) {
    let window = window(person);
    let all = usable(person);
    assert!(!all.is_empty(), "{what}");
    for (role, name, place) in &all {
        if window.contains_rect(*place) && open(person, *place) {
            continue;
        }
        person.harness.query_all(by().role(*role).label(name)).for_each(|node| node.scroll_to_me());
        person.settle();
        let now: Vec<_> = person.harness.query_all(by().role(*role).label(name)).map(|node| node.rect()).collect();
        if now.is_empty() {
            continue; // A row of a long list, which was scrolled away on the way to another.
        }
        let seen = now.iter().any(|place| window.contains_rect(*place) && open(person, *place));
        assert!(seen, "{what}: {role:?} `{name}` at {now:?} is not in {window:?}");
    }
}

/// Nothing that can be used lies on something else.
#[track_caller]
fn apart(person: &Person) {
    let mut bars = usable(person);
    bars.retain(|(role, ..)| matches!(role, Role::Button | Role::ComboBox | Role::TextInput));
    let clash = |(number, one): (usize, &(Role, String, Rect))| {
        let others = bars[number + 1..].iter();
        others.filter(|other| one.2.shrink(1.5).intersects(other.2)).map(|other| other.1.clone()).next()
    };
    let clashes: Vec<_> = bars.iter().enumerate().filter_map(|bar| Some((&bar.1.1, clash(bar)?))).collect();
    assert!(clashes.is_empty(), "{clashes:?}");
}

#[test]
fn bars_and_the_field_to_find_words() {
    for (size, scale) in SIZES {
        let mut person = at(size, scale);
        fits(&mut person, "the window");
        person.press(NONE, Key::F9);
        person.press(NONE, Key::F9);
        let mut person = at(size, scale);
        person.press(CTRL, Key::F);
        person.type_text("keeper");
        fits(&mut person, "the field to find words");
        if size[0] > 560.0 {
            continue;
        }
        apart(&person); // No list that scrolls is beside the article.
        let article = person.place_of(Role::Document, &person.all(Role::Document)[0]);
        assert!(article.width() > 300.0 && article.height() > 100.0, "room to read: {article:?}");
    }
}

#[test]
fn every_menu() {
    for (size, scale) in SIZES {
        let mut person = at(size, scale);
        for menu in ["File", "Edit", "Tag", "Go", "View"] {
            person.click(Role::Button, menu);
            fits(&mut person, menu);
            person.press(NONE, Key::Escape);
        }
    }
}

#[test]
fn documents_and_inspector() {
    for (size, scale) in SIZES {
        let mut person = at(size, scale);
        if !person.sees("1 of 2 finished") {
            person.press(NONE, Key::F9);
        }
        person.must_see("1 of 2 finished");
        fits(&mut person, "the list of documents");
        person.press(NONE, Key::Escape);
        for tag in ["source: The minister", "quote: every ship would be answered in under four minutes"] {
            person.find("The minister said that every ship");
            person.press(NONE, Key::Escape);
            let place = person.place_of(Role::Mark, tag).left_center() + vec2(6.0, 0.0);
            person.click_at(place, NONE);
            if !person.sees("Made by amina") {
                person.press(SHIFT, Key::F9);
            }
            person.must_see("Made by amina");
            fits(&mut person, "the inspector");
            person.press(NONE, Key::Escape);
        }
    }
}

#[test]
fn what_lies_over_the_window() {
    for (size, scale) in SIZES {
        let mut person = at(size, scale);
        for (modifiers, key, what) in [(NONE, Key::F1, "keys"), (NONE, Key::F8, "problems"), (CTRL, Key::K, "commands")]
        {
            person.press(modifiers, key);
            fits(&mut person, what);
            person.press(NONE, Key::Escape);
        }
        person.press(CTRL, Key::K);
        person.type_text("name");
        person.press(NONE, Key::Enter);
        assert!(person.sees_a(Role::TextInput, "Your name"));
        person.type_text("!?");
        fits(&mut person, "the name");
    }
}

#[test]
fn bar_at_the_selection() {
    for (size, scale) in SIZES {
        let mut person = at(size, scale);
        for words in ["The minister said", "Under a contract", "inland", "In Port Averne"] {
            person.find(words);
            assert!(person.sees_a(Role::Button, "Tag as quote"), "{words}");
            fits(&mut person, words);
        }
        person.press(NONE, Key::Escape);
        person.press(NONE, Key::N);
        person.press(SHIFT.plus(CTRL), Key::ArrowRight);
        person.must_see("+ fragment");
        fits(&mut person, "the bar with ties");
    }
}

#[test]
fn suggestions_and_what_is_asked_about_them() {
    for (size, scale) in SIZES {
        let opening = Opening { annotator: Some("cleo"), size, scale, suggestions: true, ..Opening::default() };
        let fresh = Fresh::sample();
        super::suggesting::name_model(&fresh, "echo nonsense\nexit 3\n");
        let mut person = Person::at(fresh, opening);
        person.wait("suggestions have been made", |person| {
            person.workspace().reading().is_some_and(|reading| reading.offers.proposed().is_some())
        });
        person.press(NONE, Key::Tab);
        fits(&mut person, "a suggestion in focus");
        person.press(SHIFT, Key::Backspace);
        person.type_text("no quote");
        fits(&mut person, "why it is refused");
        person.press(NONE, Key::Enter);
        person.press(SHIFT, Key::Backspace);
        fits(&mut person, "a reason given before");
        person.press(NONE, Key::Escape);
        person.press(CTRL.plus(SHIFT), Key::Enter);
        fits(&mut person, "many to accept");
        person.press(NONE, Key::Escape);
        person.press(CTRL, Key::K);
        person.type_text("run a model");
        person.press(NONE, Key::Enter);
        fits(&mut person, "a model that may run");
    }
}

#[test]
fn lists_are_reached_where_there_is_no_room_beside_the_article() {
    let mut person = at([450.0, 300.0], 2.0);
    assert!(!person.sees("1 of 2 finished"));
    person.click(Role::Button, "Documents");
    let fog = "Fog, a brass band and one button: how the Heron opened on Friday, not started";
    assert!(person.has_keys(Role::Button, "Close"), "the keyboard goes there");
    // Past the three tabs, and what is asked of this person.
    for _ in 0..6 {
        if !person.has_keys(Role::Button, fog) {
            person.press(NONE, Key::Tab);
        }
    }
    assert!(person.has_keys(Role::Button, fog));
    person.press(NONE, Key::Enter);
    assert!(!person.sees("1 of 2 finished"), "a document was chosen: the list goes");
    let article = person.all(Role::Document)[0].clone();
    assert!(article.starts_with("Article: Fog"), "{article}");
    assert!(person.has_keys(Role::Document, &article));
    person.press(SHIFT, Key::F9);
    person.must_see("None yet. Select words");
    person.press(NONE, Key::Escape);
    assert!(!person.sees("None yet. Select words"));
    assert!(person.has_keys(Role::Document, &article), "Escape leads back to the text");
    person.press(CTRL, Key::PageDown);
    person.press(NONE, Key::N);
    person.press(NONE, Key::Enter);
    assert!(person.has_keys(Role::RadioButton, "Form direct"), "the inspector comes when it is needed");
}

#[test]
fn lists_are_hidden_and_shown_and_stay_so() {
    let mut person = Person::at_sample("amina");
    person.must_see("1 of 2 finished");
    person.press(NONE, Key::F9);
    assert!(!person.sees("1 of 2 finished"));
    person.press(SHIFT, Key::F9);
    assert!(!person.sees("49 tags, 35 ties"));
    assert!(person.sees_a(Role::Button, "Documents") && person.sees_a(Role::Button, "Inspector"));
    person.press(NONE, Key::N);
    assert!(!person.sees("Made by amina"), "stays hidden while one reads");
    person.press(NONE, Key::Enter);
    person.must_see("Made by amina");
    person.click(Role::Button, "Documents");
    person.must_see("1 of 2 finished");
}

#[test]
fn motion_is_turned_off_by_a_command() {
    let mut person = Person::at_sample("amina");
    let moves = |person: &Person| {
        let style = person.harness.ctx.global_style();
        (style.animation_time > 0.0, style.scroll_animation.duration.max > 0.0, style.visuals.text_cursor.blink)
    };
    // The harness begins with everything still.
    for still in [true, false, true] {
        person.press(CTRL, Key::K);
        person.type_text("motion");
        person.press(NONE, Key::Enter);
        assert_eq!(moves(&person), (!still, !still, !still));
        person.press(CTRL, Key::T);
        assert_eq!(moves(&person), (!still, !still, !still), "in the other theme too");
    }
}

#[test]
fn wheel_does_not_glide_where_nothing_moves_by_itself() {
    let mut person = Person::at_sample("amina");
    person.press(CTRL, Key::K);
    person.type_text("motion");
    person.press(NONE, Key::Enter);
    let at = person.span("Yunus Haddar").start;
    let before = person.character(at);
    let event = Event::MouseWheel {
        unit: MouseWheelUnit::Line,
        delta: vec2(0.0, -3.0),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Unknown,
        modifiers: NONE,
    };
    let input = person.harness.input_mut();
    input.events.extend([Event::PointerMoved(before), event]);
    person.harness.run_steps(2);
    let soon = person.character(at);
    person.settle();
    assert_eq!(soon, person.character(at), "all at once");
    assert!(before.y - soon.y > 60.0, "from {before:?} to {soon:?}");
}

#[test]
fn lists_and_motion_are_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("settings.ron");
    let kept = Settings { motion: false, documents: false, file: Some(file.clone()), ..Settings::default() };
    kept.save().unwrap();
    let read = |text: &str| ron::from_str::<Settings>(text).unwrap();
    let found = read(&std::fs::read_to_string(file).unwrap());
    assert_eq!((found.motion, found.documents, found.inspector), (false, false, true));
    let older = read("(zoom: 1.25)");
    assert_eq!((older.motion, older.documents, older.inspector), (true, true, true), "settings of an older version");
}
