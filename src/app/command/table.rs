//! The one table of commands: menus, palette, shortcuts and the sheet of keys are made from it.

use ascribe_engine::{Edge, Step, chosen_attributes};
use ascribe_schema::Scheme;
use egui::{Key, KeyboardShortcut, Modifiers};

use super::{
    Choice, Command, Deciding, FindMode, Finding, Linting, Revising, Room, Section, Sources, Suggesting, Tab, Team,
};
use crate::{
    parts::Side,
    reading::{Piece, Stop},
    text::Motion,
};

/// A command with its name and keys.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it does.
    pub command: Command,
    /// What it is called: sentence case, `…` when a question follows.
    pub name: String,
    /// The keys that give it, the first is shown.
    pub keys: Vec<KeyboardShortcut>,
    /// Where the keys work.
    pub scope: Scope,
    /// Under which heading it stands.
    pub menu: Menu,
}

/// Where keys work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everywhere.
    Anywhere,
    /// Everywhere but while typing into a field.
    Reading,
    /// Where a text has the keyboard, wherever it is shown.
    Caret,
    /// Where the text that is read and tagged has the keyboard.
    Text,
    /// Where the text has it and a suggestion is in focus; before `Text`.
    Suggestion,
    /// Where the list of hits has it.
    Hits,
    /// Where annotators are compared, but while typing into a field; before `Caret`.
    Review,
    /// Where their text has the keyboard; before `Caret`.
    Case,
}

impl Scope {
    /// Whether one key cannot belong to both: they are active together, and neither comes before the other.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        let apart = [Self::Text, Self::Suggestion, Self::Hits, Self::Review, Self::Case];
        let first = [Self::Suggestion, Self::Hits, Self::Review, Self::Case];
        let before = |one: Self, two: Self| one == Self::Caret && first.contains(&two);
        let never = before(self, other) || before(other, self);
        let both = [Self::Review, Self::Case];
        self == other
            || both.contains(&self) && both.contains(&other)
            || !(never || apart.contains(&self) && apart.contains(&other))
    }
}

/// The headings of menus and of the sheet of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Menu {
    /// Projects and articles.
    File,
    /// Tagging.
    Tag,
    /// Suggestions; in the menu of tagging.
    Suggest,
    /// Undo and what belongs to it.
    Edit,
    /// Finding and going.
    Go,
    /// How things look.
    View,
    /// Ends and values of the focused tag; not in a menu.
    Focused,
    /// Choosing from the list of hits; not in a menu.
    Hits,
    /// Comparing annotators and deciding between them.
    Review,
    /// Moving the caret; not in a menu.
    Caret,
}

impl Menu {
    /// The menus of the menu bar, in order.
    pub const BAR: [Self; 6] = [Self::File, Self::Edit, Self::Tag, Self::Review, Self::Go, Self::View];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Tag => "Tag",
            Self::Suggest => "Suggestions",
            Self::Edit => "Edit",
            Self::Go => "Go",
            Self::View => "View",
            Self::Focused => "The focused tag",
            Self::Hits => "List of hits",
            Self::Review => "Review",
            Self::Caret => "Caret and selection",
        }
    }
}

const NONE: Modifiers = Modifiers::NONE;
const SHIFT: Modifiers = Modifiers::SHIFT;
const ALT: Modifiers = Modifiers::ALT;
const COMMAND: Modifiers = Modifiers::COMMAND;

const fn key(modifiers: Modifiers, key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(modifiers, key)
}

/// The keys that count from one to nine.
const DIGITS: [Key; 9] =
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];

struct Table(Vec<Entry>);

impl Table {
    fn add(&mut self, menu: Menu, scope: Scope, name: impl Into<String>, command: Command, keys: &[KeyboardShortcut]) {
        self.0.push(Entry { command, name: name.into(), keys: keys.to_vec(), scope, menu });
    }
}

/// All commands that a person can choose, for a project with that scheme. A project's own labels may use letters
/// that are taken; `Keymap` knows who gets them.
#[must_use]
pub fn table(scheme: &Scheme) -> Vec<Entry> {
    let mut table = Table(Vec::new());
    file(&mut table);
    edit(&mut table);
    labels(&mut table, scheme);
    tag(&mut table);
    values(&mut table, scheme);
    suggestions(&mut table);
    go(&mut table);
    find(&mut table, scheme);
    rooms(&mut table);
    team(&mut table);
    deciding(&mut table);
    view(&mut table);
    revising(&mut table);
    pieces(&mut table);
    caret(&mut table);
    table.0
}

fn file(table: &mut Table) {
    use Scope::Anywhere;
    let mut add = |name: &str, command, keys: &[_]| table.add(Menu::File, Anywhere, name, command, keys);
    add("Open project…", Command::OpenProject, &[key(COMMAND, Key::O)]);
    add("Open a one-file project…", Command::OpenBundle, &[]);
    add("New project…", Command::NewProject, &[key(COMMAND, Key::N)]);
    add("Open the sample project", Command::OpenSample, &[]);
    add("Import articles…", Command::Import, &[key(COMMAND, Key::I)]);
    add("Import a folder of articles…", Command::ImportFolder, &[key(COMMAND.plus(SHIFT), Key::I)]);
    add("Paste as an article…", Command::Paste, &[]);
    add("Replace text…", Command::Revising(Revising::Replace), &[]);
    add("Import labelled data…", Command::Labelled, &[]);
    add("Import a folder of labelled data…", Command::LabelledFolder, &[]);
    add("Open colleague’s work…", Command::Team(Team::Receive), &[]);
    add("Open colleague’s folder…", Command::Team(Team::ReceiveFolder), &[]);
    add("Export dataset…", Command::Export, &[key(COMMAND.plus(SHIFT), Key::E)]);
    add("Export sources as CSV…", Command::Sources(Sources::Csv), &[]);
    add("Save a copy as…", Command::SaveAs, &[key(COMMAND.plus(SHIFT), Key::S)]);
    add("Save as one file…", Command::SaveBundle, &[]);
    add("Change your name…", Command::WhoAmI, &[]);
    add("Quit", Command::Quit, &[key(COMMAND, Key::Q)]);
}

fn edit(table: &mut Table) {
    use Scope::Reading;
    let mut add = |name: &str, command, keys: &[_]| table.add(Menu::Edit, Reading, name, command, keys);
    add("Undo", Command::Undo, &[key(COMMAND, Key::Z)]);
    add("Redo", Command::Redo, &[key(COMMAND.plus(SHIFT), Key::Z), key(COMMAND, Key::Y)]);
    add("Copy text", Command::Copy, &[]);
    let mut text = |scope, name: &str, command, keys: &[_]| table.add(Menu::Edit, scope, name, command, keys);
    text(Scope::Caret, "Select the quoted string here", Command::SelectHere(Piece::Quoted), &[key(NONE, Key::G)]);
    text(Scope::Caret, "Select the sentence here", Command::SelectHere(Piece::Sentence), &[key(NONE, Key::A)]);
    text(Scope::Caret, "Select the paragraph here", Command::SelectHere(Piece::Paragraph), &[key(SHIFT, Key::A)]);
    text(Scope::Text, "Selection exactly as drawn, or whole words", Command::ToggleExact, &[key(NONE, Key::E)]);
}

fn labels(table: &mut Table, scheme: &Scheme) {
    for (number, label) in scheme.labels.iter().enumerate() {
        let letter = Key::from_name(&label.key.to_uppercase());
        let keys = |modifiers| letter.map(|letter| key(modifiers, letter)).into_iter().collect::<Vec<_>>();
        let name = format!("Tag as {}", label.name.replace('_', " "));
        table.add(Menu::Tag, Scope::Text, name.clone(), Command::Tag(number), &keys(NONE));
        let name = format!("{name}, tied to the focused tag");
        table.add(Menu::Tag, Scope::Text, name, Command::TagAndTie(number), &keys(SHIFT));
    }
}

fn tag(table: &mut Table) {
    let mut add = |name: &str, command, keys: &[_]| table.add(Menu::Tag, Scope::Text, name, command, keys);
    add("Mark as not the article", Command::TagParatext, &[key(NONE, Key::X)]);
    add("Keep in the article", Command::KeepInArticle, &[key(SHIFT, Key::X)]);
    add("Add the selection as a fragment", Command::AddFragment, &[key(NONE, Key::F)]);
    add("Tie the focused tag to…", Command::Tie, &[key(NONE, Key::T)]);
    add("Tie to the nearest source", Command::TieNearest, &[key(NONE, Key::R)]);
    add("Repeat the last labelling", Command::Repeat, &[key(NONE, Key::Period)]);
    add("Attributes of the focused tag", Command::EditAttributes, &[key(NONE, Key::Enter)]);
    add("Note on the focused tag", Command::EditNote, &[key(NONE, Key::M)]);
    add("Fix what is to check about the focused tag", Command::Linting(Linting::Fix), &[key(NONE, Key::O)]);
    add("Delete the focused tag", Command::Delete, &[key(NONE, Key::Delete), key(NONE, Key::Backspace)]);
    let ends = [
        (Edge::End, "end", true, "forward", Key::ArrowRight),
        (Edge::End, "end", false, "back", Key::ArrowLeft),
        (Edge::Start, "start", true, "forward", Key::ArrowDown),
        (Edge::Start, "start", false, "back", Key::ArrowUp),
    ];
    for (edge, end, forward, way, arrow) in ends {
        for (step, by, modifiers) in [(Step::Character, "character", ALT), (Step::Word, "word", ALT.plus(COMMAND))] {
            let name = format!("Move the {end} {way} by a {by}");
            table.add(Menu::Focused, Scope::Text, name, Command::Move(edge, step, forward), &[key(modifiers, arrow)]);
        }
    }
    table.add(Menu::Tag, Scope::Reading, "Mark as finished, or reopen", Command::Finish, &[key(COMMAND, Key::Enter)]);
}

/// A digit for each attribute that is chosen, of the label that has the most.
fn values(table: &mut Table, scheme: &Scheme) {
    let most = scheme.labels.iter().map(|label| chosen_attributes(label).count()).max().unwrap_or_default();
    for (number, digit) in DIGITS.into_iter().enumerate().take(most) {
        for (way, forward, modifiers) in [("Next", true, NONE), ("Previous", false, SHIFT)] {
            let name = format!("{way} value of attribute {}", number + 1);
            let command = Command::TurnAttribute(number, forward);
            table.add(Menu::Focused, Scope::Text, name, command, &[key(modifiers, digit)]);
        }
    }
}

fn suggestions(table: &mut Table) {
    let mut add = |scope, name: &str, command, keys: &[_]| {
        table.add(Menu::Suggest, scope, name, Command::Suggesting(command), keys);
    };
    add(Scope::Text, "Next suggestion", Suggesting::Step(true), &[key(NONE, Key::Tab)]);
    add(Scope::Text, "Previous suggestion", Suggesting::Step(false), &[key(SHIFT, Key::Tab)]);
    add(Scope::Suggestion, "Accept the suggestion", Suggesting::Accept, &[key(NONE, Key::Enter)]);
    let away = |modifiers| [key(modifiers, Key::Backspace), key(modifiers, Key::Delete)];
    add(Scope::Suggestion, "Reject the suggestion", Suggesting::Reject, &away(NONE));
    add(Scope::Suggestion, "Reject the suggestion for a reason…", Suggesting::RejectWhy, &away(SHIFT));
    let above = [key(COMMAND.plus(SHIFT), Key::Enter)];
    add(Scope::Reading, "Accept suggestions above a score…", Suggesting::AcceptAbove, &above);
    add(Scope::Anywhere, "Run a model…", Suggesting::RunModel, &[]);
    add(Scope::Anywhere, "Show or hide suggestions", Suggesting::Toggle, &[key(NONE, Key::F7)]);
}

fn go(table: &mut Table) {
    let mut anywhere = |name: &str, command, keys: &[_]| table.add(Menu::Go, Scope::Anywhere, name, command, keys);
    anywhere("Find…", Command::Find, &[key(COMMAND, Key::F)]);
    anywhere("Next hit", Command::FindStep(true), &[key(NONE, Key::F3), key(COMMAND, Key::G)]);
    anywhere("Previous hit", Command::FindStep(false), &[key(SHIFT, Key::F3), key(COMMAND.plus(SHIFT), Key::G)]);
    anywhere("Next document", Command::StepDocument(true), &[key(COMMAND, Key::PageDown)]);
    anywhere("Previous document", Command::StepDocument(false), &[key(COMMAND, Key::PageUp)]);
    anywhere("Next part of the window", Command::NextPane, &[key(NONE, Key::F6)]);
    anywhere("Problems of the project", Command::Problems, &[key(NONE, Key::F8)]);
    anywhere("All commands…", Command::Palette, &[key(COMMAND, Key::K), key(COMMAND.plus(SHIFT), Key::P)]);
    anywhere("Let go", Command::Escape, &[key(NONE, Key::Escape)]);
    let mut text = |name: &str, command, keys: &[_]| table.add(Menu::Go, Scope::Text, name, command, keys);
    text("Next tag", Command::Step(true), &[key(NONE, Key::N)]);
    text("Previous tag", Command::Step(false), &[key(SHIFT, Key::N), key(NONE, Key::P)]);
    for (name, stop, letter) in [
        ("untagged quoted string", Stop::Quoted, Key::U),
        ("that may not be the article", Stop::Paratext, Key::I),
        ("problem", Stop::Problem, Key::W),
    ] {
        text(&format!("Next {name}"), Command::StepTo(stop, true), &[key(NONE, letter)]);
        text(&format!("Previous {name}"), Command::StepTo(stop, false), &[key(SHIFT, letter)]);
    }
}

fn find(table: &mut Table, scheme: &Scheme) {
    let mut anywhere = |name: &str, command, keys: &[_]| {
        table.add(Menu::Go, Scope::Anywhere, name, Command::Finding(command), keys);
    };
    anywhere("List all hits, or not", Finding::List, &[key(COMMAND.plus(SHIFT), Key::F)]);
    let modes = [(FindMode::Case, Key::C), (FindMode::Whole, Key::W), (FindMode::Pattern, Key::R)];
    for (mode, letter) in modes {
        anywhere(&format!("Find: {}, or not", mode.name().to_lowercase()), Finding::Mode(mode), &[key(ALT, letter)]);
    }
    let tabs = [
        (Tab::Outline, "Outline of the text", Key::O),
        (Tab::Documents, "List of documents", Key::D),
        (Tab::Sources, "List of sources", Key::L),
    ];
    for (tab, name, letter) in tabs {
        table.add(Menu::Go, Scope::Anywhere, name, Command::ShowTab(tab), &[key(COMMAND.plus(SHIFT), letter)]);
    }
    let same = Command::Finding(Finding::SameWords);
    table.add(Menu::Tag, Scope::Reading, "Tag the same words elsewhere", same, &[key(COMMAND, Key::D)]);
    let mut hits = |name: &str, command, keys: &[_]| {
        table.add(Menu::Hits, Scope::Hits, name, Command::Finding(command), keys);
    };
    hits("Choose all hits", Finding::ChooseAll(Choice::All), &[key(COMMAND, Key::A)]);
    hits("Choose the untagged hits", Finding::ChooseAll(Choice::Untagged), &[key(NONE, Key::U)]);
    hits("Choose no hit", Finding::ChooseAll(Choice::None), &[key(COMMAND.plus(SHIFT), Key::A)]);
    for (number, label) in scheme.labels.iter().enumerate() {
        let letter = Key::from_name(&label.key.to_uppercase()).map(|letter| key(NONE, letter));
        let name = format!("Tag the chosen hits as {}", label.name.replace('_', " "));
        hits(&name, Finding::TagChosen(number), letter.as_slice());
    }
}

fn rooms(table: &mut Table) {
    let keys = [Key::Num1, Key::Num2, Key::Num3, Key::Num4];
    for (room, digit) in Room::ALL.into_iter().zip(keys) {
        table.add(Menu::View, Scope::Anywhere, room.purpose(), Command::Enter(room), &[key(COMMAND, digit)]);
    }
}

fn team(table: &mut Table) {
    for section in Section::ALL {
        let command = Command::Team(Team::Show(section));
        table.add(Menu::Go, Scope::Anywhere, format!("Team: {}", section.name().to_lowercase()), command, &[]);
    }
    table.add(Menu::Go, Scope::Anywhere, "Assign articles evenly…", Command::Team(Team::Spread), &[]);
}

fn deciding(table: &mut Table) {
    let mut add = |scope, name: &str, command, keys: &[_]| {
        table.add(Menu::Review, scope, name, Command::Deciding(command), keys);
    };
    use Scope::{Case, Review};
    add(Review, "Next difference", Deciding::Step(true), &[key(NONE, Key::N)]);
    add(Review, "Previous difference", Deciding::Step(false), &[key(SHIFT, Key::N), key(NONE, Key::P)]);
    add(Review, "Next that is open", Deciding::StepOpen, &[key(NONE, Key::O)]);
    for (number, digit) in DIGITS.into_iter().enumerate() {
        let name = format!("Take what number {} has", number + 1);
        add(Review, &name, Deciding::Take(number), &[key(NONE, digit)]);
    }
    add(Review, "Keep both, or all", Deciding::TakeAll, &[key(NONE, Key::B)]);
    add(Case, "Accept what all have alike, or what was edited", Deciding::Accept, &[key(NONE, Key::Enter)]);
    add(Review, "Nothing here is right", Deciding::Reject, &[key(NONE, Key::X)]);
    add(Review, "Edit: make it as it should be", Deciding::Edit, &[key(NONE, Key::E)]);
    add(Review, "Tag what all overlooked", Deciding::Add, &[key(NONE, Key::T)]);
    add(Review, "Decide later", Deciding::Defer, &[key(NONE, Key::D)]);
    add(Review, "Keep the decision, although something has changed", Deciding::Keep, &[key(NONE, Key::K)]);
    let back = [key(NONE, Key::U), key(NONE, Key::Backspace), key(NONE, Key::Delete)];
    add(Review, "Take the decision back", Deciding::Undecide, &back);
    add(Review, "Say why it was decided so", Deciding::Why(None), &[key(NONE, Key::R)]);
    add(Review, "Comment on this difference", Deciding::Comment, &[key(NONE, Key::C)]);
    add(Review, "Accept all that are alike…", Deciding::Unanimous, &[key(SHIFT, Key::Enter)]);
    add(Review, "Side by side, or on one text", Deciding::Beside, &[key(NONE, Key::S)]);
    add(Review, "Hide annotators’ names, or show them", Deciding::Anonymous, &[]);
}

fn view(table: &mut Table) {
    let mut add = |name: &str, command, keys: &[_]| table.add(Menu::View, Scope::Anywhere, name, command, keys);
    add("Show or hide the list of documents", Command::ToggleSide(Side::Documents), &[key(NONE, Key::F9)]);
    add("Show or hide the inspector", Command::ToggleSide(Side::Inspector), &[key(SHIFT, Key::F9)]);
    add("Light or dark", Command::ToggleTheme, &[key(COMMAND, Key::T)]);
    add(
        "Larger",
        Command::Zoom(true),
        &[key(COMMAND, Key::Plus), key(COMMAND, Key::Equals), key(COMMAND.plus(SHIFT), Key::Plus)],
    );
    add("Smaller", Command::Zoom(false), &[key(COMMAND, Key::Minus)]);
    add("Normal size", Command::ZoomReset, &[key(COMMAND, Key::Num0)]);
    add("Show or hide invisible characters", Command::ToggleSigns, &[key(COMMAND.plus(SHIFT), Key::Num8)]);
    add("Keys", Command::Shortcuts, &[key(NONE, Key::F1)]);
    add("Edit keys…", Command::EditKeys, &[]);
    add("Read the keys again", Command::ReadKeys, &[]);
    add("Motion on or off", Command::ToggleMotion, &[]);
}

fn revising(table: &mut Table) {
    let mut add = |menu, scope, name: &str, command, keys: &[_]| {
        table.add(menu, scope, name, Command::Revising(command), keys);
    };
    add(Menu::Tag, Scope::Reading, "Move tags to the corrected text", Revising::MoveTags, &[]);
    add(Menu::Tag, Scope::Text, "Place the waiting tag at the selection", Revising::PlaceHere, &[key(SHIFT, Key::B)]);
    add(Menu::Go, Scope::Text, "Next tag that waits for a place", Revising::NextWaiting, &[key(NONE, Key::B)]);
    add(Menu::View, Scope::Anywhere, "What became of the tags", Revising::Report, &[]);
    add(Menu::View, Scope::Anywhere, "Show the earlier text", Revising::Earlier, &[]);
    add(Menu::View, Scope::Anywhere, "Show the newest text", Revising::Newest, &[]);
}

fn caret(table: &mut Table) {
    let motions = [
        ("a character left", Motion::Left, NONE, Key::ArrowLeft),
        ("a character right", Motion::Right, NONE, Key::ArrowRight),
        ("a word left", Motion::WordLeft, COMMAND, Key::ArrowLeft),
        ("a word right", Motion::WordRight, COMMAND, Key::ArrowRight),
        ("a line up", Motion::LineUp, NONE, Key::ArrowUp),
        ("a line down", Motion::LineDown, NONE, Key::ArrowDown),
        ("a paragraph up", Motion::ParagraphUp, COMMAND, Key::ArrowUp),
        ("a paragraph down", Motion::ParagraphDown, COMMAND, Key::ArrowDown),
        ("to the start of the line", Motion::LineStart, NONE, Key::Home),
        ("to the end of the line", Motion::LineEnd, NONE, Key::End),
        ("a page up", Motion::PageUp, NONE, Key::PageUp),
        ("a page down", Motion::PageDown, NONE, Key::PageDown),
        ("to the start of the text", Motion::TextStart, COMMAND, Key::Home),
        ("to the end of the text", Motion::TextEnd, COMMAND, Key::End),
    ];
    for (name, motion, modifiers, arrow) in motions {
        let mut add = |verb: &str, command, keys: &[_]| {
            table.add(Menu::Caret, Scope::Caret, format!("{verb} {name}"), command, keys);
        };
        add("Move", Command::Caret(motion), &[key(modifiers, arrow)]);
        add("Extend", Command::Extend(motion), &[key(modifiers.plus(SHIFT), arrow)]);
        if matches!(motion, Motion::Left | Motion::Right) {
            add("Extend by exactly", Command::ExtendExactly(motion), &[key(ALT.plus(SHIFT), arrow)]);
        }
    }
}

fn pieces(table: &mut Table) {
    for (name, piece, forward, letter) in [
        ("to the end of the sentence", Piece::Sentence, true, Key::J),
        ("to the start of the sentence", Piece::Sentence, false, Key::K),
        ("to the end of the quoted string", Piece::Quoted, true, Key::L),
        ("to the start of the quoted string", Piece::Quoted, false, Key::H),
    ] {
        for (verb, extend, modifiers) in [("Move", false, NONE), ("Extend", true, SHIFT)] {
            let command = Command::Travel(piece, forward, extend);
            table.add(Menu::Caret, Scope::Caret, format!("{verb} {name}"), command, &[key(modifiers, letter)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_means_two_things() {
        let entries = table(&ascribe_engine::default_scheme());
        let mut seen: Vec<(KeyboardShortcut, &Entry)> = Vec::new();
        for entry in &entries {
            for &keys in &entry.keys {
                let earlier = seen.iter().find(|(other, holder)| *other == keys && holder.scope.meets(entry.scope));
                assert!(earlier.is_none(), "{keys:?} of {} is also {earlier:?}", entry.name);
                seen.push((keys, entry));
            }
        }
        let mut names: Vec<_> = entries.iter().map(|entry| &entry.name).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), entries.len(), "two commands have one name");
    }
}
