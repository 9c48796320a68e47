//! The list of sources: worked out on a thread, kept up to date with every edit.

mod naming;
mod panel;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use ascribe_engine::{
    Session, SetState,
    ledger::{Column, Ledger, Row, Sources as Said, ledger_of, matches, sort},
};
use ascribe_schema::{AnnotatorName, DocumentId, Span};
use egui::Context;

use crate::{
    background::{Job, Lost},
    command::{Sources, Whose},
    exporting::Material,
};

pub(crate) use self::{
    naming::{Naming, ui as naming_ui},
    panel::ui as panel_ui,
};

/// What each set says of its sources.
type Known = BTreeMap<(DocumentId, AnnotatorName), Said>;

/// The list of sources, and how it is looked at.
pub struct SourceList {
    /// Whose sources are listed.
    pub whose: Whose,
    /// What the rows are sorted by.
    pub column: Column,
    /// Whether the largest comes first.
    pub falling: bool,
    /// Words to show only some rows.
    pub filter: String,
    /// The rows that are chosen, by their keys.
    pub chosen: BTreeSet<String>,
    /// The row that the keys act on.
    here: Option<String>,
    /// How often its mentions have been stepped through.
    step: usize,
    /// Whether the row should be brought into view.
    follow: bool,
    rows: Vec<Row>,
    /// The numbers of the rows that the filter lets through.
    shown: Vec<usize>,
    filtered: String,
    /// Whether anybody else has tagged, and whether anything is adjudicated.
    others: (bool, bool),
    made: Option<Made>,
    job: Option<Job<Result<Made, String>>>,
    /// Why there is no list.
    error: Option<String>,
}

/// A list with what it was made of.
struct Made {
    known: Arc<Known>,
    ledger: Ledger,
    whose: Whose,
    versions: Versions,
}

/// In which state each of one's own sets is.
type Versions = BTreeMap<DocumentId, u64>;

impl Default for SourceList {
    fn default() -> Self {
        Self {
            whose: Whose::default(),
            column: Column::Quotes,
            falling: true,
            filter: String::new(),
            chosen: BTreeSet::new(),
            here: None,
            step: 0,
            follow: false,
            rows: Vec::new(),
            shown: Vec::new(),
            filtered: String::new(),
            others: (false, false),
            made: None,
            job: None,
            error: None,
        }
    }
}

impl SourceList {
    /// Works the list out, or anew what has changed of it; takes in what a thread has made.
    pub fn prepare(&mut self, ctx: &Context, session: &Session) {
        if let Some(outcome) = self.job.as_ref().and_then(|job| job.poll().transpose()) {
            self.job = None;
            match outcome {
                Ok(Ok(made)) => self.take(made, session.annotator()),
                Ok(Err(reason)) => self.error = Some(reason),
                Err(Lost) => self.error = Some("The sources could not be read.".to_owned()),
            }
        }
        if self.filtered != self.filter {
            self.refilter();
        }
        if self.job.is_some() || self.error.is_some() {
            return;
        }
        let (me, whose, versions) = (session.annotator().clone(), self.whose, versions(session));
        let Some(made) = &self.made else {
            let place = session.project().place.path().clone();
            let material = Material::new(place, me.clone(), session.changed_sets());
            self.job = Some(Job::start(ctx, move |_| {
                let known = Arc::new(read(&material)?);
                Ok(Made { ledger: made_of(&known, whose, &me), known, whose, versions })
            }));
            return;
        };
        let changed = changed(session, &made.versions, &versions);
        if changed.is_empty() && made.whose == whose {
            return;
        }
        let known = made.known.clone();
        self.job = Some(Job::start(ctx, move |_| {
            let mut known = Known::clone(&known);
            for (document, set) in changed {
                let key = (document, me.clone());
                match set {
                    Some((state, proposed)) => drop(known.insert(key, Said::of(&state.to_file(), &proposed))),
                    None => drop(known.remove(&key)),
                }
            }
            Ok(Made { ledger: made_of(&known, whose, &me), known: Arc::new(known), whose, versions })
        }));
    }

    fn take(&mut self, mut made: Made, me: &AnnotatorName) {
        self.rows = std::mem::take(&mut made.ledger.rows);
        let people = || made.known.keys().map(|(_, name)| name);
        self.others = (people().any(|name| name != me && !name.is_gold()), people().any(AnnotatorName::is_gold));
        self.made = Some(made);
        self.resort();
    }

    /// Sorts by a column, or the other way round.
    pub fn sort_by(&mut self, column: Column) {
        let numbers = !matches!(column, Column::Name | Column::Kind);
        self.falling = if self.column == column { !self.falling } else { numbers };
        self.column = column;
        self.resort();
    }

    fn resort(&mut self) {
        sort(&mut self.rows, self.column, self.falling);
        let keys: BTreeSet<_> = self.rows.iter().map(|row| row.key.as_str()).collect();
        self.chosen.retain(|key| keys.contains(key.as_str()));
        self.refilter();
    }

    fn refilter(&mut self) {
        self.filtered.clone_from(&self.filter);
        let rows = self.rows.iter().enumerate();
        self.shown = rows.filter(|(_, row)| matches(row, &self.filter)).map(|(number, _)| number).collect();
        self.follow = true;
    }

    /// The row with that number among those that are shown.
    #[must_use]
    pub fn row(&self, number: usize) -> Option<&Row> {
        self.rows.get(*self.shown.get(number)?)
    }

    /// Lets all files be read again: others have changed theirs.
    pub fn read_again(&mut self) {
        (self.made, self.job) = (None, None);
    }

    /// Lets a list that could not be made be tried again.
    pub fn retry(&mut self) {
        self.error = None;
    }

    /// The number of the row that the keys act on.
    #[must_use]
    pub fn here(&self) -> Option<usize> {
        let here = self.here.as_ref()?;
        self.shown.iter().position(|&number| self.rows[number].key == *here)
    }

    /// Lets the keys act on another row.
    pub fn go_to(&mut self, number: usize) {
        let key = self.row(number).map(|row| row.key.clone());
        if key != self.here {
            (self.here, self.step, self.follow) = (key, 0, true);
        }
    }

    /// The next mention of the row that the keys act on, and which of how many it is.
    pub fn next_mention(&mut self) -> Option<(ascribe_engine::ledger::Mention, usize, usize)> {
        let row = self.row(self.here()?)?;
        let count = row.mentions.len();
        let number = self.step % count.max(1);
        let mention = row.mentions.get(number)?.clone();
        self.step = number + 1;
        Some((mention, number + 1, count))
    }

    /// Chooses a row, or no longer.
    pub fn choose(&mut self, number: usize) {
        let Some(key) = self.row(number).map(|row| row.key.clone()) else { return };
        if !self.chosen.remove(&key) {
            self.chosen.insert(key);
        }
    }

    /// The chosen rows; where none is, the one that the keys act on.
    #[must_use]
    pub fn meant(&self) -> Vec<&Row> {
        if self.chosen.is_empty() {
            return self.here().and_then(|here| self.row(here)).into_iter().collect();
        }
        self.rows.iter().filter(|row| self.chosen.contains(&row.key)).collect()
    }

    /// All rows that are shown, as they are sorted.
    #[must_use]
    pub fn table(&self) -> Ledger {
        Ledger { rows: self.shown.iter().map(|&number| self.rows[number].clone()).collect() }
    }

    /// Whether a thread is at work.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.job.is_some()
    }
}

/// What each set of a project says, with the sets as the window has them.
fn read(material: &Material) -> Result<Known, String> {
    let project = material.project()?;
    let sets = project.documents.iter().flat_map(|(id, document)| {
        let said = move |(name, stored): (&AnnotatorName, &ascribe_engine::StoredSet)| {
            ((id.clone(), name.clone()), Said::of_stored(document, &stored.set))
        };
        document.sets.iter().map(said)
    });
    Ok(sets.collect())
}

fn made_of(known: &Known, whose: Whose, me: &AnnotatorName) -> Ledger {
    let wanted = |name: &AnnotatorName| match whose {
        Whose::Mine => name == me,
        Whose::Everyone => !name.is_gold(),
        Whose::Gold => name.is_gold(),
    };
    let sets: Vec<_> = known.iter().filter(|((_, name), _)| wanted(name)).map(|(_, said)| said.clone()).collect();
    ledger_of(&sets)
}

fn versions(session: &Session) -> Versions {
    let documents = session.project().documents.keys();
    documents.filter_map(|id| Some((id.clone(), session.set(id)?.version()))).collect()
}

/// One's own sets that are not as they were, with what in their texts was proposed as not the article; nothing for one
/// that is gone.
type Changed = Vec<(DocumentId, Option<(SetState, Vec<Span>)>)>;

fn changed(session: &Session, before: &Versions, now: &Versions) -> Changed {
    let newer = now.iter().filter(|(id, version)| before.get(*id) != Some(version)).map(|(id, _)| id);
    let gone = before.keys().filter(|id| !now.contains_key(*id));
    let state = |id: &DocumentId| {
        let (set, document) = (session.set(id)?, session.project().documents.get(id)?);
        Some((set.state().clone(), document.proposed(set.state().text_sha256()).to_vec()))
    };
    newer.chain(gone).map(|id| (id.clone(), state(id))).collect()
}

/// What a button of the panel means.
fn command(command: Sources) -> crate::command::Command {
    crate::command::Command::Sources(command)
}
