//! What a person at the window sees, and what lies behind it.

use ascribe::command::Command;
use ascribe_engine::WorkingSet;
use ascribe_schema::{Annotation, Offset, Span};
use ascribe_tests::{BRIDGE, document};
use egui::{Pos2, Rect, Role};
use egui_kittest::kittest::{NodeT, Queryable, by};

use super::person::Person;

impl Person {
    /// Whether a command can be chosen now.
    pub fn can(&self, command: &Command) -> bool {
        self.app().can(command)
    }

    // What there is to see

    /// Whether something with that text is there, whole or as a part of a longer one.
    pub fn sees(&self, text: &str) -> bool {
        self.harness.query_all_by_label_contains(text).next().is_some()
    }

    pub fn sees_a(&self, role: Role, name: &str) -> bool {
        self.harness.query_all(by().role(role).label(name)).next().is_some()
    }

    #[track_caller]
    pub fn must_see(&self, text: &str) {
        assert!(self.sees(text), "`{text}` is to be seen; there is {:#?}", self.names());
    }

    /// The names of all that is there with a role.
    pub fn all(&self, role: Role) -> Vec<String> {
        self.harness.query_all(by().role(role)).filter_map(|node| node.accesskit_node().label()).collect()
    }

    /// Everything that has a name or says something.
    pub fn names(&self) -> Vec<String> {
        let nodes = self.harness.root().children_recursive();
        nodes.filter_map(|node| node.accesskit_node().label().or(node.value())).collect()
    }

    /// Where something with that name is.
    #[track_caller]
    pub fn place_of(&self, role: Role, name: &str) -> Rect {
        let found = self.harness.query_all(by().role(role).label(name)).next();
        found.unwrap_or_else(|| panic!("no {role:?} `{name}`; there is {:#?}", self.names())).rect()
    }

    /// What is written in a field.
    pub fn written(&self, field: &str) -> String {
        self.harness.get(by().role(Role::TextInput).label(field)).value().unwrap_or_default()
    }

    pub fn told(&self) -> String {
        self.app().notice().map(|notice| notice.text.clone()).unwrap_or_default()
    }

    /// Whether a widget has the keyboard.
    pub fn has_keys(&self, role: Role, name: &str) -> bool {
        self.harness.query_all(by().role(role).label(name)).any(|node| node.is_focused())
    }

    // What the text and the set are

    /// Where the first place is that these words stand in the shown text.
    #[track_caller]
    pub fn span(&self, words: &str) -> Span {
        let text = self.workspace().reading().unwrap().pane.text().clone();
        let byte = text.as_str().find(words).unwrap_or_else(|| panic!("`{words}` is in the text"));
        let start = text.offset_of_byte(byte).unwrap();
        Span { start, end: start.plus(words.chars().count() as u32) }
    }

    /// The middle of a character on screen.
    #[track_caller]
    pub fn character(&self, at: Offset) -> Pos2 {
        let pane = &self.workspace().reading().unwrap().pane;
        let lines = pane.rects_of(Span { start: at, end: at.plus(1) });
        lines.first().unwrap_or_else(|| panic!("character {at} is on screen")).rect.center()
    }

    /// The words that would be tagged now.
    pub fn selected(&self) -> Option<String> {
        let reading = self.workspace().reading()?;
        reading.pane.text().slice(reading.selection()?).map(str::to_owned)
    }

    /// The person's own tags and ties in the annotated article, once there are any.
    pub fn set(&self) -> Option<&WorkingSet> {
        self.workspace().session.set(&document(BRIDGE))
    }

    /// The person's own tags, as `label: words`.
    pub fn tags(&self) -> Vec<String> {
        self.set().into_iter().flat_map(|set| set.annotations()).map(|annotation| sentence(annotation)).collect()
    }

    /// The person's own ties, as `words kind words`.
    pub fn ties(&self) -> Vec<String> {
        let Some(set) = self.set() else { return Vec::new() };
        let words = |id| set.annotation(id).unwrap().quote();
        set.relations().map(|tie| format!("{} {} {}", words(&tie.from), tie.kind, words(&tie.to))).collect()
    }

    /// The tag in focus, as `label: words`.
    pub fn focused(&self) -> Option<String> {
        self.workspace().focused().map(|annotation| sentence(annotation))
    }

    /// How many deeds can be undone.
    pub fn deeds(&self) -> usize {
        self.workspace().session.history().done().len()
    }
}

fn sentence(annotation: &Annotation) -> String {
    format!("{}: {}", annotation.label, annotation.text.join(" … "))
}
