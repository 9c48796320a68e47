//! What assistive technology is told of the window, and what it can ask for.

use ascribe::reading::Reading;
use ascribe_schema::{Offset, Span};
use ascribe_tests::{BRIDGE, Fresh};
use egui::accesskit::{
    Action, ActionData, ActionRequest, AriaCurrent, Live, TextDirection, TextPosition, TextSelection, TreeId,
};
use egui::{Event, Key, Role};
use egui_kittest::kittest::{NodeT, Queryable, by};

use super::person::{CTRL, NONE, Opening, Person};

/// Letters of many kinds: Arabic in Latin, Latin in Hebrew, clusters of several characters, an empty line.
const MIXED: &str =
    "He said: «الجسر لا ينام، فكيف أنام أنا؟» and 42 left.\n\nשלום Averne 7 ועוד\nनमस्ते 👩‍👩‍👧‍👦 e\u{301}t 日本語。\n";

fn reading(person: &Person) -> &Reading {
    person.workspace().reading().unwrap()
}

/// The text as it is read out, with the selection in it: anchor and focus, in characters.
fn heard(person: &Person) -> (String, Option<(usize, usize)>) {
    let node = person.harness.get(by().role(Role::Document));
    let node = node.accesskit_node();
    let text = node.document_range().text();
    let ends = node.text_selection_anchor().zip(node.text_selection_focus());
    (text, ends.map(|(anchor, focus)| (anchor.to_global_usv_index(), focus.to_global_usv_index())))
}

/// The place of a character, as assistive technology would name it.
fn position(person: &Person, at: usize) -> TextPosition {
    let node = person.harness.get(by().role(Role::Document));
    node.accesskit_node().text_position_from_global_usv_index(at).unwrap().to_raw()
}

/// What assistive technology asks of something that has a name.
fn ask(person: &mut Person, role: Role, name: &str, action: Action, data: Option<ActionData>) {
    let target_node = person.harness.get(by().role(role).label_contains(name)).accesskit_node().locate().0;
    let request = ActionRequest { action, target_tree: TreeId::ROOT, target_node, data };
    person.harness.input_mut().events.push(Event::AccessKitActionRequest(request));
    person.harness.step();
    person.settle();
}

fn select(person: &mut Person, anchor: usize, focus: usize) {
    let selection = TextSelection { anchor: position(person, anchor), focus: position(person, focus) };
    let data = Some(ActionData::SetTextSelection(selection));
    ask(person, Role::Document, "Article", Action::SetTextSelection, data);
}

fn at(text: &str) -> Person {
    let (fresh, _) = Fresh::of(&[text]);
    Person::at(fresh, Opening::default())
}

#[test]
fn text_is_read_out_whole_with_its_line_breaks() {
    let person = Person::at_sample("amina");
    let file = person.fresh.text(&format!("documents/{BRIDGE}.txt"));
    assert_eq!(heard(&person).0, file);
    for text in [MIXED, "one line", "one line\n", "\n\nlate"] {
        let person = at(text);
        assert_eq!(heard(&person), (text.to_owned(), Some((0, 0))), "{text:?}");
    }
}

#[test]
fn caret_goes_where_it_is_asked_to_and_back() {
    let mut person = at(MIXED);
    let text = reading(&person).pane.text().clone();
    for offset in 0..=MIXED.chars().count() {
        select(&mut person, offset, offset);
        let caret = reading(&person).pane.caret();
        let told = heard(&person).1.unwrap();
        assert_eq!(told, (caret.get(), caret.get()), "asked for {offset}");
        // Never into the middle of what a reader takes for one letter, such as a family or e with an accent.
        let inside = text.char_at(Offset(offset as u32)).is_some_and(|char| !char.is_ascii());
        assert!(caret.get() == offset || inside && caret.get() < offset, "{caret:?} for {offset}");
    }
    person.press(CTRL, Key::Home);
    person.press(NONE, Key::ArrowRight);
    assert_eq!(heard(&person).1, Some((1, 1)), "keys are told, too");
}

#[test]
fn selection_is_taken_exactly_as_asked() {
    let mut person = Person::at_sample("cleo");
    let Span { start, end } = person.span("own is not losing");
    let end = end.minus("n is not losing".len() as u32 - 1);
    select(&mut person, end.get(), start.get());
    assert_eq!(person.selected().as_deref(), Some("own"), "also inside a word");
    assert_eq!(heard(&person).1, Some((end.get(), start.get())), "with its moving end first");
    person.press(NONE, Key::Q);
    assert_eq!(person.tags(), ["quote: own"]);
}

#[test]
fn every_letter_has_the_place_it_is_painted_at() {
    let person = at(MIXED);
    let node = person.harness.get(by().role(Role::Document));
    let node = node.accesskit_node();
    let mut rtl = 0;
    for offset in 0..MIXED.chars().count() {
        let start = node.text_position_from_global_usv_index(offset).unwrap();
        if start.to_global_usv_index() != offset {
            continue;
        }
        let mut range = start.to_degenerate_range();
        range.set_end(start.forward_to_character_end());
        let span = Span::new(offset as u32, range.end().to_global_usv_index() as u32);
        rtl += usize::from(start.text_direction() == Some(TextDirection::RightToLeft));
        // Line breaks and spaces over the edge are painted nowhere.
        let Some(painted) = reading(&person).pane.rects_of(span).first().map(|line| line.rect) else { continue };
        let told = range.bounding_boxes()[0];
        let near = |a: f64, b: f32| (a - f64::from(b)).abs() < 1.5;
        assert!(near(told.x0, painted.left()) && near(told.x1, painted.right()), "{span:?}: {told:?} {painted:?}");
        assert!(told.y0 <= f64::from(painted.top()) + 1.0 && told.y1 + 1.0 >= f64::from(painted.bottom()));
    }
    assert!(rtl > 30, "{rtl} characters run from right to left");
}

#[test]
fn long_text_is_there_around_the_window() {
    let lines: Vec<_> =
        (0..6000).map(|number| format!("Line {number} of a long text, with an emoji 🙏 in it.")).collect();
    let mut person = at(&lines.join("\n"));
    let near = |person: &Person, number: usize| {
        let (text, _) = heard(person);
        assert!(text.contains(&lines[number]) && text.len() < 100_000, "{number} in {} bytes", text.len());
    };
    near(&person, 0);
    assert_eq!(heard(&person).1, Some((0, 0)));
    person.press(CTRL, Key::End);
    near(&person, 5999);
    let (text, caret) = heard(&person);
    assert_eq!(caret.unwrap().0, text.chars().count(), "the caret is at the end of what is there");
    select(&mut person, 0, 0);
    let first = text.lines().find(|line| line.starts_with("Line")).unwrap();
    let number: usize = first.split(' ').nth(1).unwrap().parse().unwrap();
    near(&person, number - 1);
    assert!(heard(&person).1.unwrap().0 > 0, "and before it more has come into reach");
}

#[test]
fn tags_tell_what_they_are_and_what_they_are_tied_to() {
    let person = Person::at_sample("amina");
    let expected: Vec<_> = person.set().unwrap().annotations().map(|annotation| annotation.label.clone()).collect();
    let told = person.all(Role::Mark);
    let labels: Vec<_> = told.iter().map(|name| name.split(':').next().unwrap().to_owned()).collect();
    assert_eq!(labels, expected, "all, in the order of the text, not only those in the window");
    let node =
        person.harness.get(by().role(Role::Mark).label("quote: every ship would be answered in under four minutes"));
    let description = node.accesskit_node().description().unwrap();
    assert_eq!(description, "form: indirect; attributed to: The minister");
    let node = person.harness.get(by().role(Role::Mark).label("source: The minister"));
    let description = node.accesskit_node().description().unwrap();
    assert!(
        description.ends_with("; attributed to this: every ship would be answered in under four minutes"),
        "{description}"
    );
}

#[test]
fn tag_is_gone_to_on_request() {
    let mut person = Person::at_sample("amina");
    let name = "quote: “Can’t see my own bow. Are you awake, old Heron? 🙏”";
    let current = |person: &Person| {
        let node = person.harness.get(by().role(Role::Mark).label(name));
        (node.accesskit_node().is_selected(), node.accesskit_node().data().aria_current())
    };
    assert_eq!(current(&person), (Some(false), None));
    ask(&mut person, Role::Mark, name, Action::Click, None);
    assert_eq!(person.focused().as_deref(), Some(name));
    assert_eq!(current(&person), (Some(true), Some(AriaCurrent::True)));
    person.must_see("Made by amina");
    assert!(reading(&person).pane.visible().covers(person.span("Can’t see my own bow")), "it is in view");
}

#[test]
fn paragraph_is_scrolled_to_on_request() {
    let mut person = Person::at_sample("amina");
    let last = person.span("The Averne Courier with Estuary Press");
    assert!(!reading(&person).pane.visible().covers(last));
    ask(&mut person, Role::Paragraph, "The Averne Courier with", Action::ScrollIntoView, None);
    assert!(reading(&person).pane.visible().covers(last));
    assert_eq!(reading(&person).pane.caret(), Offset::ZERO, "the caret stays");
}

#[test]
fn paragraph_is_scrolled_to_a_height_on_request() {
    let mut person = Person::at_sample("amina");
    let words = "Yunus Haddar, 61";
    let top = |person: &Person| person.character(person.span(words).start).y;
    let before = top(&person);
    let point = egui::accesskit::Point { x: 0.0, y: 150.0 };
    ask(&mut person, Role::Paragraph, words, Action::ScrollToPoint, Some(ActionData::ScrollToPoint(point)));
    let after = top(&person);
    assert!(before > 200.0 && (150.0..190.0).contains(&after), "from {before} to {after}");
}

#[test]
fn news_are_read_out_and_errors_at_once() {
    let mut person = Person::at_sample("cleo");
    let live = |person: &Person| {
        let told = person.told();
        let said = person.harness.get(by().role(Role::Label).value(&told));
        said.accesskit_node().live()
    };
    person.press(NONE, Key::Q);
    assert_eq!(live(&person), Live::Assertive);
    person.press(CTRL, Key::Plus);
    assert_eq!(live(&person), Live::Polite);
}

#[test]
fn tab_goes_from_menu_to_documents_article_inspector_and_status() {
    let mut person = Person::at_sample("amina");
    let stops = ["File", "Fog, a brass band", "Article: In Port Averne", "Show ", "You are amina"];
    let mut met = Vec::new();
    person.press(NONE, Key::Escape);
    for _ in 0..60 {
        person.press(NONE, Key::Tab);
        let focused = person.harness.root().children_recursive().find(|node| node.is_focused());
        let name = focused.and_then(|node| node.accesskit_node().label()).unwrap_or_default();
        met.extend(stops.iter().position(|stop| name.starts_with(stop)));
    }
    met.dedup();
    let start = met.iter().position(|&stop| stop == 0).unwrap();
    assert_eq!(&met[start..start + 5], [0, 1, 2, 3, 4], "{met:?}");
}

#[test]
fn f6_goes_round_the_parts_of_the_window() {
    let mut person = Person::at_sample("amina");
    let mut met = Vec::new();
    for _ in 0..5 {
        person.press(NONE, Key::F6);
        let focused = person.harness.root().children_recursive().find(|node| node.is_focused()).unwrap();
        met.push(focused.accesskit_node().label().unwrap().chars().take(8).collect::<String>());
    }
    assert_eq!(met, ["Show quo", "Suggesti", "File", "Document", "Article:"]);
}
