//! Export of a dataset, before it is written: what is chosen, what would become of everything, how it would begin.
//!
//! Nothing is written here. What is wanted is an [`Order`], which `files` carries out.

mod choice;
mod order;
mod outcome;
mod preview;
mod questions;
mod sheet;

use std::{path::PathBuf, sync::Arc};

use ascribe_engine::{
    Session,
    dataset::{self, Beginning, Destination, Kind, Shape, WriteOptions, Written},
};
use ascribe_schema::{AnnotatorName, DocumentId, PARATEXT};
use egui::Context;

use crate::background::{Job, Lost};

pub use self::sheet::Verdict;
pub(crate) use self::sheet::{strong_button, ui};
pub use self::{
    choice::{Detail, Division, ExportChoice, Whose},
    order::{Material, Order, in_words},
};

/// One export.
pub struct Exporting {
    /// What has been chosen.
    pub choice: ExportChoice,
    offer: Offer,
    material: Arc<Material>,
    forecast: Forecast,
    preview: preview::Preview,
    /// The path that is being typed, where the system has no dialog for it.
    path: Option<String>,
    /// What is wrong with that path, or to be confirmed.
    doubt: Option<String>,
    /// Whether the sheet has just come and wants the keyboard.
    fresh: bool,
}

/// What there is to choose from.
struct Offer {
    /// Who has annotated, without `gold`.
    annotators: Vec<AnnotatorName>,
    /// Whether anything has been adjudicated.
    gold: bool,
    /// The labels of the scheme, and the one for what is not the article.
    labels: Vec<String>,
    me: AnnotatorName,
    /// The document that is shown.
    here: Option<DocumentId>,
}

/// What would become of everything.
#[derive(Default)]
struct Forecast {
    job: Option<Job<Told>>,
    written: Option<Result<Written, String>>,
}

enum Told {
    Begun(Result<Vec<Beginning>, String>),
    Counted(Result<Written, String>),
}

impl Exporting {
    /// Begins with what was chosen the last time.
    #[must_use]
    pub fn start(ctx: &Context, session: &Session, here: Option<DocumentId>, mut choice: ExportChoice) -> Self {
        let project = session.project();
        let mut annotators: Vec<_> = project.documents.values().flat_map(|it| it.sets.keys().cloned()).collect();
        if project.documents.keys().any(|id| session.set(id).is_some()) {
            annotators.push(session.annotator().clone());
        }
        annotators.sort();
        annotators.dedup();
        let gold = annotators.iter().any(AnnotatorName::is_gold);
        annotators.retain(|name| !name.is_gold());
        let mut labels: Vec<_> = project.file.scheme.labels.iter().map(|label| label.name.clone()).collect();
        labels.push(PARATEXT.to_owned());
        choice.fit(&annotators, &labels);
        let me = session.annotator().clone();
        let material = Material::new(project.place.path().clone(), me.clone(), session.changed_sets());
        let mut exporting = Self {
            choice,
            offer: Offer { annotators, gold, labels, me, here },
            material: Arc::new(material),
            forecast: Forecast::default(),
            preview: preview::Preview::default(),
            path: None,
            doubt: None,
            fresh: true,
        };
        exporting.count(ctx);
        exporting
    }

    /// What is to be done as things are chosen now.
    ///
    /// # Errors
    ///
    /// What is still to be chosen, for people.
    pub fn order(&self) -> Result<Order, String> {
        let format = self.choice.format().ok_or("No format can be written.")?;
        let wanted = dataset::Order {
            selection: self.choice.selection(&self.offer.me, self.offer.here.as_ref())?,
            format,
            options: WriteOptions { time: ascribe_cli::now(), ..self.choice.options() },
            split: self.choice.split()?,
            stratify: self.choice.division.stratified,
            card: self.choice.card.then(String::new),
        };
        Ok(Order { material: self.material.clone(), wanted })
    }

    /// What the dataset is on disk.
    #[must_use]
    pub fn shape(&self) -> Option<Shape> {
        let shape = self.choice.format()?.shape();
        let folder = self.choice.division.on || self.choice.card;
        match shape {
            Shape::Either(ending) if !folder && !self.choice.detail.folder => Some(Shape::File(ending)),
            Shape::File(_) if !folder => Some(shape),
            _ => Some(Shape::Folder),
        }
    }

    /// How many documents would be written; nothing while that is not known.
    #[must_use]
    pub fn documents(&self) -> Option<usize> {
        let written = self.forecast.written.as_ref().filter(|_| self.forecast.job.is_none())?.as_ref().ok()?;
        let numbers = written.account.numbers(Kind::Document);
        Some(numbers.written + numbers.degraded)
    }

    /// Asks for the path in the sheet itself.
    pub fn ask_path(&mut self) {
        self.path.get_or_insert_default();
    }

    /// Says what is wrong with a path, or that it is to be confirmed; whether the same was said before.
    pub fn doubt(&mut self, path: &std::path::Path, doubt: String) -> bool {
        self.path = Some(path.display().to_string());
        self.doubt.replace(doubt.clone()) == Some(doubt)
    }

    /// Works out anew what would be written; what was being worked out is dropped.
    fn count(&mut self, ctx: &Context) {
        let order = match self.order() {
            Ok(order) => order,
            Err(reason) => {
                self.forecast = Forecast { job: None, written: Some(Err(reason)) };
                self.preview = preview::Preview::default();
                return;
            }
        };
        self.forecast.job = Some(Job::telling(ctx, move |stopped, tell| {
            tell(Told::Begun(order.begin(stopped)));
            if !stopped() {
                tell(Told::Counted(order.write(&Destination::Nowhere, stopped, &mut |_| ())));
            }
        }));
    }

    /// Takes in what the thread has told.
    fn poll(&mut self) {
        while let Some(job) = &self.forecast.job {
            match job.poll() {
                Ok(None) => return,
                Ok(Some(Told::Begun(files))) => self.preview.show(files.unwrap_or_default()),
                Ok(Some(Told::Counted(written))) => {
                    self.forecast = Forecast { job: None, written: Some(written) };
                }
                Err(Lost) => {
                    let reason = "This could not be worked out; choose another format, or look at the problems.";
                    self.forecast = Forecast { job: None, written: Some(Err(reason.to_owned())) };
                }
            }
        }
    }

    /// The path that was typed.
    fn typed(&self) -> Option<PathBuf> {
        let path = self.path.as_deref()?.trim();
        (!path.is_empty()).then(|| PathBuf::from(path))
    }
}
