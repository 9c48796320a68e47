//! How alike annotators worked, in figures, and the very tags behind each.

mod behind;
mod chance;
mod confusion;
mod heat;
mod map;
mod page;
mod tables;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use ascribe_engine::{
    Project,
    agree::{Across, Agreement, Slice, agree},
    compare::{Comparison, compare},
};
use ascribe_schema::{AnnotationSet, AnnotatorName, DocumentId, Scheme};
use egui::Context;

pub(crate) use self::page::ui;
use self::{chance::Chance, map::Map};
use crate::{
    background::{Job, Lost},
    command::Room,
    exporting::Material,
    workspace::Workspace,
};

/// What is measured, and how it is looked at.
#[derive(Default)]
pub struct Figures {
    /// Whose work is measured; everybody's where nobody is chosen.
    pub chosen: BTreeSet<AnnotatorName>,
    /// Whether only the document that is shown is measured.
    pub here: bool,
    made: Option<Made>,
    job: Option<(Of, Job<Result<Made, String>>)>,
    /// Why there are no figures.
    error: Option<(Of, String)>,
    /// Which measure is explained, by its key.
    explained: Option<&'static str>,
    chance: Chance,
    map: Map,
}

/// Which state of whose work figures are of.
#[derive(Clone, Debug, PartialEq)]
struct Of {
    chosen: BTreeSet<AnnotatorName>,
    /// The one document, or all.
    document: Option<DocumentId>,
    /// Documents that are hidden from this person.
    hidden: BTreeSet<DocumentId>,
    /// The state of each of this person's sets.
    versions: BTreeMap<DocumentId, u64>,
    /// How often what others have written was read.
    read: u64,
}

/// Figures with what they were made of.
struct Made {
    of: Of,
    agreement: Agreement,
    comparisons: Arc<[Comparison]>,
    scheme: Arc<Scheme>,
    /// The titles of the documents.
    titles: BTreeMap<DocumentId, String>,
    /// How many documents only one of them has annotated.
    alone: usize,
}

impl Figures {
    /// Works the figures out while they are shown, on a thread, if they are not those of what is there now.
    fn prepare(&mut self, ctx: &Context, of: Of, material: impl FnOnce() -> Material) {
        if let Some(outcome) = self.job.as_ref().and_then(|(_, job)| job.poll().transpose()) {
            let done = self.job.take().map(|(of, _)| of);
            match outcome {
                Ok(Ok(made)) => self.take(made),
                Ok(Err(reason)) => self.error = done.map(|of| (of, reason)),
                Err(Lost) => self.error = done.map(|of| (of, "The figures could not be worked out.".to_owned())),
            }
        }
        self.chance.poll();
        let known = self.made.as_ref().map(|made| &made.of) == Some(&of);
        let coming = self.job.as_ref().is_some_and(|(coming, _)| *coming == of);
        let failed = self.error.as_ref().is_some_and(|(failed, _)| *failed == of);
        if known || coming || failed {
            return;
        }
        let (wanted, material) = (of.clone(), material());
        let job = Job::start(ctx, move |stopped| {
            let project = material.project()?;
            made(&project, wanted, &|| stopped()).ok_or_else(String::new)?
        });
        (self.job, self.error) = (Some((of, job)), None);
    }

    fn take(&mut self, made: Made) {
        self.map.fit(&made);
        self.chance.forget();
        self.made = Some(made);
    }

    /// Whether something is being worked out.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.job.is_some()
    }
}

/// Compares and measures; nothing when nobody waits any more.
fn made(project: &Project, of: Of, stopped: &dyn Fn() -> bool) -> Option<Result<Made, String>> {
    let people = people(project);
    let annotators: Vec<_> =
        people.iter().filter(|name| of.chosen.is_empty() || of.chosen.contains(name)).cloned().collect();
    if annotators.len() < 2 {
        return Some(Err("Agreement needs the tags of at least two people. Choose two, or bring in a colleague’s \
                         work (File, “Open colleague’s work…”)."
            .to_owned()));
    }
    let (mut comparisons, mut titles, mut alone) = (Vec::new(), BTreeMap::new(), 0);
    for (id, document) in &project.documents {
        if stopped() {
            return None;
        }
        if of.hidden.contains(id) || of.document.as_ref().is_some_and(|one| one != id) {
            continue;
        }
        let sets: Vec<AnnotationSet> =
            annotators.iter().filter_map(|name| Some(document.sets.get(name)?.set.clone())).collect();
        if sets.len() < 2 {
            alone += sets.len();
            continue;
        }
        titles.insert(id.clone(), document.record.title.clone());
        comparisons.push(compare(document, sets));
    }
    let scheme = Arc::new(project.file.scheme.clone());
    let agreement = agree(&annotators, &comparisons, &scheme, Across::Pairs, stopped)?;
    Some(Ok(Made { of, agreement, comparisons: comparisons.into(), scheme, titles, alone }))
}

/// Everybody who has tagged anything, without gold.
fn people(project: &Project) -> Vec<AnnotatorName> {
    let names: BTreeSet<_> = project.documents.values().flat_map(|document| document.sets.keys()).collect();
    names.into_iter().filter(|name| !name.is_gold()).cloned().collect()
}

/// Keeps the figures up to date while they are shown.
pub(crate) fn prepare(ctx: &Context, workspace: &mut Workspace) {
    if workspace.room != Room::Agreement {
        return;
    }
    let session = &workspace.session;
    let documents = &session.project().documents;
    let version = |id: &DocumentId| Some((id.clone(), session.set(id)?.version()));
    let of = Of {
        chosen: workspace.figures.chosen.clone(),
        document: workspace.current.clone().filter(|_| workspace.figures.here),
        hidden: workspace.hidden(),
        versions: documents.keys().filter_map(version).collect(),
        read: workspace.team.turn,
    };
    let (place, me) = (session.project().place.path().clone(), session.annotator().clone());
    let newer = || session.changed_sets();
    let mut figures = std::mem::take(&mut workspace.figures);
    figures.prepare(ctx, of, || Material::new(place, me, newer()));
    workspace.figures = figures;
}

impl Made {
    /// What a slice is about, for people.
    fn in_words(&self, slice: &Slice) -> String {
        let who = slice.pair.map(|pair| self.pair(pair));
        let document = slice.document.as_ref().map(|id| self.title(id).to_owned());
        let label = slice.label.as_ref().map(|label| label.replace('_', " "));
        [who, label, document].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    fn pair(&self, (one, two): (usize, usize)) -> String {
        let name = |number: usize| self.agreement.annotators.get(number).map(AnnotatorName::as_str).unwrap_or_default();
        format!("{} – {}", name(one), name(two))
    }

    fn title<'a>(&'a self, id: &'a DocumentId) -> &'a str {
        self.titles.get(id).map_or(id.as_str(), String::as_str)
    }
}
