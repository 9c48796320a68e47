//! What a person chooses about an export; the last choice is kept with their settings.

use ascribe_engine::dataset::{Chosen, Format, Selection, Split, Tagging, Unit, WriteOptions};
use ascribe_schema::{AnnotatorName, DocumentId};
use serde::{Deserialize, Serialize};

/// How parts and their shares are written.
pub(super) const PARTS: &str = "train=80,dev=10,test=10";

/// What is exported, and how.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExportChoice {
    /// The format's name.
    pub format: String,
    /// Whose annotations.
    pub whose: Whose,
    /// These annotators', where some are chosen.
    pub annotators: Vec<AnnotatorName>,
    /// Only the document that is shown.
    pub this_document: bool,
    /// Only sets that are marked as finished.
    pub finished: bool,
    /// Only annotations with these labels; all for nothing.
    pub labels: Option<Vec<String>>,
    /// Also annotations of what is not the article.
    pub paratext: bool,
    /// What only some formats ask.
    pub detail: Detail,
    /// How the dataset is divided.
    pub division: Division,
    /// With a data card and a script that verifies every offset.
    pub card: bool,
}

/// Whose annotations are exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Whose {
    /// Everybody's, but for what was adjudicated.
    #[default]
    Everybody,
    /// One's own.
    Mine,
    /// Those of chosen annotators.
    Chosen,
    /// What was adjudicated.
    Gold,
}

/// What only some formats ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Detail {
    /// Tags of tokens say where an annotation ends.
    pub bilou: bool,
    /// All labels in one column.
    pub one_column: bool,
    /// CSV that spreadsheet programs open without running anything in it.
    pub spreadsheet: bool,
    /// Offsets as browsers count.
    pub browser: bool,
    /// Several tables in a folder instead of one file.
    pub folder: bool,
}

/// How a dataset is divided into parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Division {
    /// Whether it is.
    pub on: bool,
    /// The parts with their shares.
    pub parts: String,
    /// From what it follows which document comes into which part.
    pub seed: u64,
    /// Whether each part gets its share of every label.
    pub stratified: bool,
}

impl Default for ExportChoice {
    fn default() -> Self {
        Self {
            format: "jsonl".to_owned(),
            whose: Whose::default(),
            annotators: Vec::new(),
            this_document: false,
            finished: false,
            labels: None,
            paratext: false,
            detail: Detail::default(),
            division: Division::default(),
            card: false,
        }
    }
}

impl Default for Division {
    fn default() -> Self {
        Self { on: false, parts: PARTS.to_owned(), seed: 1, stratified: false }
    }
}

impl ExportChoice {
    /// The format; the first there is where the chosen one is not known.
    #[must_use]
    pub fn format(&self) -> Option<Format> {
        let chosen = Format::named(&self.format).filter(|format| format.is_written());
        chosen.or_else(|| Format::all().find(|format| format.is_written()))
    }

    /// Lets go of names that a project does not have.
    pub fn fit(&mut self, annotators: &[AnnotatorName], labels: &[String]) {
        self.annotators.retain(|name| annotators.contains(name));
        if self.whose == Whose::Chosen && self.annotators.is_empty() {
            self.whose = Whose::Everybody;
        }
        if let Some(chosen) = &mut self.labels {
            chosen.retain(|name| labels.contains(name));
            if chosen.is_empty() {
                self.labels = None;
            }
        }
    }

    /// What of the project is meant, for the annotator `me` who looks at the document `here`.
    ///
    /// # Errors
    ///
    /// What is still to be chosen, for people.
    pub fn selection(&self, me: &AnnotatorName, here: Option<&DocumentId>) -> Result<Selection, String> {
        let chosen = match self.whose {
            Whose::Everybody => Chosen::All,
            Whose::Mine => Chosen::Named(vec![me.clone()]),
            Whose::Chosen if self.annotators.is_empty() => return Err("Choose at least one annotator.".to_owned()),
            Whose::Chosen => Chosen::Named(self.annotators.clone()),
            Whose::Gold => Chosen::Gold,
        };
        let labels = match &self.labels {
            Some(labels) if labels.is_empty() => return Err("Choose at least one label.".to_owned()),
            labels => labels.clone().unwrap_or_default(),
        };
        let documents = match (self.this_document, here) {
            (true, Some(here)) => vec![here.clone()],
            (true, None) => return Err("There is no document to export.".to_owned()),
            (false, _) => Vec::new(),
        };
        Ok(Selection { chosen, documents, labels, finished: self.finished, paratext: self.paratext })
    }

    /// How the format is written.
    #[must_use]
    pub fn options(&self) -> WriteOptions {
        let Detail { bilou, one_column, spreadsheet, browser, folder } = self.detail;
        WriteOptions {
            offsets: browser.then_some(Unit::Utf16),
            tagging: if bilou { Tagging::Bilou } else { Tagging::Iob2 },
            spreadsheet,
            one_column,
            folder,
            ..WriteOptions::default()
        }
    }

    /// The parts, if the dataset is divided.
    ///
    /// # Errors
    ///
    /// How the parts are to be written, for people.
    pub fn split(&self) -> Result<Option<Split>, String> {
        let Division { on, parts, seed, .. } = &self.division;
        if !on {
            return Ok(None);
        }
        let wrong = |_| {
            format!(
                "The parts are to be written like {PARTS}: names of letters, digits, - and _, each with a positive number."
            )
        };
        Split::parse(parts, *seed).map(Some).map_err(wrong)
    }
}
