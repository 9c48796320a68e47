//! What a person can tell the program to do. Keys, menus, buttons and the palette all push commands; the
//! app carries them out before it draws.

mod deciding;
mod finding;
mod keymap;
mod keys;
mod linting;
mod revising;
mod room;
mod sources;
mod suggesting;
mod tab;
mod table;
mod team;

use std::{collections::BTreeSet, path::PathBuf};

use ascribe_engine::{Action, Edge, Step};
use ascribe_schema::{AnnotationId, AnnotationRef, AnnotatorName, DocumentId, Span};

use crate::{
    parts::Side,
    reading::{Piece, Stop},
    text::Motion,
};

pub use self::{
    deciding::{Change, Deciding},
    finding::{Choice, FindMode, Finding},
    keymap::Keymap,
    keys::{in_brackets, keys_of, press, shortcut_text},
    linting::Linting,
    revising::Revising,
    room::Room,
    sources::{Sources, Whose},
    suggesting::Suggesting,
    tab::Tab,
    table::{Entry, Menu, Scope, table},
    team::{Section, Team},
};

/// Something to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Ask for a project and open it.
    OpenProject,
    /// Ask for a one-file project and open it.
    OpenBundle,
    /// Ask for a folder and make a project there.
    NewProject,
    /// Open a fresh copy of the sample project.
    OpenSample,
    /// Ask for articles and show what of them would be imported.
    Import,
    /// The same for a folder of articles.
    ImportFolder,
    /// The same for what the clipboard holds.
    Paste,
    /// Show what would be exported as a dataset.
    Export,
    /// Ask for files of labelled data, and show what would be imported.
    Labelled,
    /// The same for a folder.
    LabelledFolder,
    /// Ask for a folder and copy the project there.
    SaveAs,
    /// Ask for a file and pack the project into it.
    SaveBundle,
    /// Close the window.
    Quit,
    /// Take the newest deed back.
    Undo,
    /// Do it again.
    Redo,
    /// Tag the selection, or relabel the focused annotation, with the label of that number.
    Tag(usize),
    /// Tag the selection and tie it to the focused annotation.
    TagAndTie(usize),
    /// Mark the selection as not the article.
    TagParatext,
    /// Say that the selection is the article, though it was proposed or marked as something else.
    KeepInArticle,
    /// Delete the focused annotation.
    Delete,
    /// Make the selection one more fragment of the focused annotation.
    AddFragment,
    /// Start a tie from the focused annotation, or end it there.
    Tie,
    /// Move an end of the focused annotation.
    Move(Edge, Step, bool),
    /// Go to the attributes of the focused annotation.
    EditAttributes,
    /// Go to the note of the focused annotation.
    EditNote,
    /// Mark the document as finished, or reopen it.
    Finish,
    /// Copy the selected text.
    Copy,
    /// Select the quoted string, sentence or paragraph around the caret.
    SelectHere(Piece),
    /// Move the caret to the end (true) or start of a piece, and extend the selection to there (true).
    Travel(Piece, bool, bool),
    /// Go to the next (true) or previous place where something is left to do.
    StepTo(Stop, bool),
    /// Tie the focused annotation to the nearest that it can be tied to, or, again, to the next nearest.
    TieNearest,
    /// Give the attribute of that number, of the focused annotation, its next (true) or previous value.
    TurnAttribute(usize, bool),
    /// Label the selection as the last one was labelled, or give the focused annotation such attributes.
    Repeat,
    /// Move the caret.
    Caret(Motion),
    /// Move the caret and extend the selection to whole words.
    Extend(Motion),
    /// Move the caret and extend the selection to exactly there.
    ExtendExactly(Motion),
    /// Take the selection to whole words, or exactly as drawn.
    ToggleExact,
    /// Focus the annotation after (true) or before the caret.
    Step(bool),
    /// Open the field to find words.
    Find,
    /// Go to the next (true) or previous hit.
    FindStep(bool),
    /// Do something with what is looked for.
    Finding(Finding),
    /// Do something about a corrected text.
    Revising(Revising),
    /// Do something with suggestions.
    Suggesting(Suggesting),
    /// Do something about what lint finds.
    Linting(Linting),
    /// Do something with the list of sources.
    Sources(Sources),
    /// Do something about the team.
    Team(Team),
    /// Compare annotators, and decide between them.
    Deciding(Deciding),
    /// Show the project in this way.
    Enter(Room),
    /// Open the next (true) or previous document.
    StepDocument(bool),
    /// Show this on the left side.
    ShowTab(Tab),
    /// Show the part of the text with that number in the outline, and go there (true).
    ShowPart(usize, bool),
    /// Go to the text, to the inspector, to the list of documents, in turn.
    NextPane,
    /// Open the command palette.
    Palette,
    /// Show all keys.
    Shortcuts,
    /// Make a file for own keys, if there is none, and tell where it is.
    EditKeys,
    /// Read the file with own keys again.
    ReadKeys,
    /// List what is wrong with the project.
    Problems,
    /// Ask for the annotator's name.
    WhoAmI,
    /// Change between light and dark.
    ToggleTheme,
    /// Make everything larger (true) or smaller.
    Zoom(bool),
    /// Back to normal size.
    ZoomReset,
    /// Show characters that cannot be seen, or not.
    ToggleSigns,
    /// Let things move by themselves, or not.
    ToggleMotion,
    /// Show or hide a list beside the article.
    ToggleSide(Side),
    /// Let go: close what is open, clear the selection, then the focus.
    Escape,

    /// Open this project or bundle, or import these articles.
    Open(Vec<PathBuf>),
    /// Show this document.
    Show(DocumentId),
    /// Compare these annotators on this document, and go to what these annotations are part of.
    OpenCase(DocumentId, BTreeSet<AnnotatorName>, Vec<AnnotationRef>),
    /// Show the tags of this annotator; of oneself for none.
    View(Option<AnnotatorName>),
    /// Focus an annotation and show it; or none.
    Focus(Option<AnnotationId>),
    /// Select this span and show it.
    Select(Span),
    /// Change the set.
    Act(Action),
    /// Take over what was typed into a field of the inspector.
    FinishTyping,
    /// Find these words.
    FindWords(String),
    /// Write over files that another program has changed.
    KeepMine,
    /// Open the project again and put one's unsaved edits onto what another program wrote.
    JoinBoth,
    /// Take this name.
    TakeName(AnnotatorName),
}
