//! Anyone's model: a program or a local address that a project names, asked for proposals in the lines of the stream.
//!
//! Reading a project runs nothing. An [`Order`] is made of a project first and run by whoever a person has told to; it
//! needs the project no more then, so it can run on a thread. For each document a model is given `{"id", "text",
//! "language"}` on one line, and gives back one line, in the same order, as [`stream`](crate::stream) writes it; a score
//! that is missing counts as 0.5, and `because`, a list of spans, may say what it goes by. What is good of an answer is
//! written to `suggestions/NAME/ID.ron` at once. What is not is told with its line. A document without an answer keeps
//! what was proposed for it before.
//!
//! A command is started in the project's folder without a shell, and stopped with all that it has started when it takes
//! longer than its time for one document or writes a hundred lines that answer nothing.

mod answer;
mod command;
mod http;
mod intake;

use std::{collections::HashSet, path::PathBuf, sync::Arc, time::Duration};

use ascribe_schema::{AnnotatorName, DocumentId, GOLD, Model, Problem, Run, Scheme, Severity, SuggestionSet, Text};
use serde::Serialize;

use self::intake::Intake;
use crate::{
    Place, Project, RULES,
    dataset::json,
    store::{Store, StoreError},
    stream::Request,
};

/// A model and what it is asked.
#[derive(Clone, Debug)]
pub struct Order {
    model: Model,
    folder: PathBuf,
    scheme: Scheme,
    asked: Vec<Asked>,
}

/// One document to propose for.
#[derive(Clone, Debug)]
struct Asked {
    id: DocumentId,
    text: Arc<Text>,
    text_sha256: String,
    language: String,
}

/// Why a model cannot be asked.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The project names no such model.
    #[error("project.ron names no model `{name}`{}", listed(.known))]
    Unknown {
        /// What was looked for.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// What the project says of it cannot be used.
    #[error("the model `{name}` in project.ron cannot be used: {reason}")]
    Unusable {
        /// The model.
        name: AnnotatorName,
        /// Why not.
        reason: String,
    },
    /// The project is a bundle, which cannot be changed.
    #[error("what a model proposes cannot be kept in a bundle; unpack it first")]
    Bundle,
    /// There is no document with a text to propose for.
    #[error("there is no document to propose for")]
    Nothing,
}

/// What came of asking a model.
#[derive(Debug, Default)]
pub struct Report {
    /// What was written, document by document.
    pub written: Vec<SuggestionSet>,
    /// The documents for which nothing was; what was proposed for them before is still there.
    pub unanswered: Vec<DocumentId>,
    /// What is wrong with its answers, the first of it.
    pub bad: Vec<Bad>,
    /// How much more is wrong.
    pub more_bad: usize,
    /// Why it broke off, if it did.
    pub broken: Option<Broken>,
}

/// Something wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bad {
    /// The line of the model's output, counted from 1.
    pub line: u64,
    /// The document that it is about, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentId>,
    /// What is wrong, for people.
    pub reason: String,
}

/// Why a model did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// It cannot be started.
    #[error("`{program}` cannot be started: {reason}")]
    Start {
        /// The program.
        program: String,
        /// What the system said.
        reason: std::io::Error,
    },
    /// Nobody answers at its address.
    #[error("{address} does not answer: {reason}")]
    Unreachable {
        /// The address.
        address: String,
        /// Why.
        reason: String,
    },
    /// It took too long.
    #[error("it took longer than {seconds} s for {document} and was stopped")]
    Slow {
        /// How long it may take.
        seconds: u32,
        /// The document.
        document: DocumentId,
    },
    /// It ended in failure.
    #[error("it failed ({status}){}", saying(.last_words))]
    Failed {
        /// How it ended.
        status: String,
        /// The end of what it wrote to standard error.
        last_words: String,
    },
    /// It ended before it had answered all.
    #[error("it ended before it had answered all{}", saying(.0))]
    Silent(String),
    /// It did not end.
    #[error("it did not end after its last answer and was stopped")]
    Lingering,
    /// It wrote too much that answers nothing.
    #[error("it writes what answers nothing, and was stopped")]
    Babbling,
    /// A person stopped it.
    #[error("it was stopped")]
    Stopped,
    /// What it proposes cannot be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn listed(names: &[String]) -> String {
    if names.is_empty() { "; it names none".to_owned() } else { format!("; it names {}", names.join(", ")) }
}

fn saying(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("; it last said: {words}") }
}

/// What is wrong with what a project says of its models.
pub(crate) fn problems(models: &[Model], file: &str) -> Vec<Problem> {
    let mut names = HashSet::new();
    let mut problems = Vec::new();
    for model in models {
        let again = (!names.insert(&model.name)).then(|| "another model has this name".to_owned());
        if let Some(reason) = again.or_else(|| unusable(model)) {
            let message = format!("the model `{}` cannot be used: {reason}", model.name);
            problems.push(Problem::new(Severity::Warning, "model", file, message).hint("mend it in the file"));
        }
    }
    problems
}

/// Why a model cannot be asked.
fn unusable(model: &Model) -> Option<String> {
    if [RULES, GOLD].contains(&model.name.as_str()) {
        return Some("its name is kept for Ascribe; choose another".to_owned());
    }
    if model.timeout_s == 0 {
        return Some("it has no time; give it at least one second".to_owned());
    }
    match &model.run {
        Run::Command(words) if words.first().is_none_or(String::is_empty) => Some("its command is empty".to_owned()),
        Run::Command(_) => None,
        Run::Http(address) => http::not_local(address),
    }
}

impl Order {
    /// What a model of a project is to propose for these documents, or for all.
    ///
    /// # Errors
    ///
    /// When there is no such model, it cannot be asked, or there is nothing to ask it.
    pub fn of(project: &Project, name: &str, documents: &[DocumentId]) -> Result<Self, ModelError> {
        let models = &project.file.models;
        let model = models.iter().find(|model| model.name.as_str() == name).cloned().ok_or_else(|| {
            let known = models.iter().map(|model| model.name.to_string()).collect();
            ModelError::Unknown { name: name.to_owned(), known }
        })?;
        if let Some(reason) = unusable(&model) {
            return Err(ModelError::Unusable { name: model.name, reason });
        }
        let Place::Folder(folder) = project.place.clone() else { return Err(ModelError::Bundle) };
        let chosen = |id: &DocumentId| documents.is_empty() || documents.contains(id);
        let of = project.documents.iter().filter(|(id, document)| chosen(id) && document.genuine);
        let asked: Vec<_> = of
            .filter_map(|(id, document)| {
                let text = document.text.clone()?;
                let (text_sha256, language) = (document.text_sha256().to_owned(), document.record.language.clone());
                Some(Asked { id: id.clone(), text, text_sha256, language })
            })
            .collect();
        if asked.is_empty() {
            return Err(ModelError::Nothing);
        }
        Ok(Self { model, folder, scheme: project.file.scheme.clone(), asked })
    }

    /// The model.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// What is run or asked, as a person should see it before they allow it: a command's words, or an address.
    #[must_use]
    pub fn what_runs(&self) -> String {
        let bare =
            |word: &str| !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || "-_./:=+,@%".contains(c));
        let show = |word: &String| if bare(word) { word.clone() } else { format!("{word:?}") };
        match &self.model.run {
            Run::Command(words) => words.iter().map(show).collect::<Vec<_>>().join(" "),
            Run::Http(address) => address.chars().flat_map(char::escape_debug).collect(),
        }
    }

    /// Where a command is started: the project's folder.
    #[must_use]
    pub fn folder(&self) -> &PathBuf {
        &self.folder
    }

    /// How many documents it is asked about.
    #[must_use]
    pub fn len(&self) -> usize {
        self.asked.len()
    }

    /// Whether it is asked about none, which no order is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.asked.is_empty()
    }

    /// Asks, and writes what is good of the answers. `progress` hears how many documents have been dealt with; `stop`
    /// is asked often, also while the model is waited for.
    pub fn run(&self, progress: &mut dyn FnMut(usize), stop: &dyn Fn() -> bool) -> Report {
        let mut intake = Intake::new(self, Store::at(&self.folder), progress);
        let patience = Duration::from_secs(self.model.timeout_s.into());
        let broken = match &self.model.run {
            Run::Command(words) => command::ask(words, &mut intake, patience, stop),
            Run::Http(address) => http::ask(address, &mut intake, patience, stop),
        };
        intake.finish(broken.err())
    }

    /// The line with which the model is asked about a document.
    fn line(&self, asked: &Asked) -> Vec<u8> {
        let language = Some(asked.language.as_str()).filter(|language| !language.is_empty()).map(Into::into);
        let request = Request { id: asked.id.as_str().into(), text: asked.text.as_str().into(), language };
        let mut line = Vec::new();
        // Writing strings into memory cannot fail.
        let _ = json::line(&request, &mut line);
        line
    }
}

impl Report {
    /// Whether every document has an answer and nothing is wrong.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.unanswered.is_empty() && self.bad.is_empty() && self.broken.is_none()
    }

    /// How many annotations are proposed.
    #[must_use]
    pub fn proposed(&self) -> usize {
        self.written.iter().map(|set| set.suggestions.len()).sum()
    }
}
