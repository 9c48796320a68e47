//! Several annotators' work on one document side by side, and what is decided between them.

mod article;
mod blind;
mod cards;
mod comments;
mod compared;
mod edit;
mod editor;
mod filter;
mod layers;
mod list;
mod panel;
mod reasons;
mod sides;
mod words;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use ascribe_engine::Document;
use ascribe_schema::{AnnotationRef, AnnotatorName, Decision, DecisionId, DocumentId, Scheme};
use egui::Context;

pub use self::filter::Filter;
pub(crate) use self::{
    article::ui,
    blind::WHY,
    comments::{field_id as comment_field, inspect_ui},
    compared::Compared,
    edit::Edit,
    list::ui as list_ui,
    panel::ui as panel_ui,
    reasons::offered,
    words::verdict,
};
use self::{
    comments::Threads,
    compared::{Comparing, Key, Material, Of, Wanted},
    filter::{Count, State},
    sides::Names,
};
use crate::{command::Room, reading::Reading, workspace::Workspace};

/// What is compared, and how far somebody has come with it.
#[derive(Default)]
pub struct Reviewing {
    comparing: Comparing,
    /// Whom somebody chose to compare, by document; elsewhere the usual ones are.
    chosen: BTreeMap<DocumentId, BTreeSet<AnnotatorName>>,
    /// The documents of which somebody wanted to see others' tags before their own were finished.
    pub opened: BTreeSet<DocumentId>,
    /// Whether annotators are called by letters.
    pub anonymous: bool,
    /// Whether two of them are shown side by side.
    pub beside: bool,
    /// Which sides are.
    columns: [usize; 2],
    /// Whether documents are listed, instead of differences.
    pub documents: bool,
    /// Which cases are listed.
    pub filter: Filter,
    listed: Vec<usize>,
    count: Count,
    /// The case in focus, by its annotations: numbers change when inputs do.
    focus: Vec<AnnotationRef>,
    at: Option<usize>,
    /// Whether the list must scroll to it.
    follow: bool,
    /// What is being made instead of what annotators have.
    pub edit: Option<Edit>,
    /// Whether those that are alike for everybody are shown, to be accepted.
    pub unanimous: bool,
    /// The decision for which a reason is asked.
    pub why: Option<DecisionId>,
    /// The decision that was made last, to say why; nothing once somebody has gone elsewhere.
    pub last: Option<DecisionId>,
    /// What is being written about a decision or as a comment, by what it is about.
    drafts: BTreeMap<String, String>,
    threads: Threads,
    /// The texts: with everybody's tags, and with those of either column.
    readings: Vec<Reading>,
    /// Where each column was scrolled to.
    tops: [f64; 2],
    /// Which column the keyboard was in last.
    column: usize,
}

impl Reviewing {
    /// What is compared, once it is known.
    #[must_use]
    pub fn compared(&self) -> Option<&Compared> {
        self.comparing.made()
    }

    /// The number of the case in focus.
    #[must_use]
    pub fn at(&self) -> Option<usize> {
        self.at
    }

    /// The numbers of the cases that are listed.
    #[must_use]
    pub fn listed(&self) -> &[usize] {
        &self.listed
    }

    /// The text that has the keyboard, or would get it.
    #[must_use]
    pub fn reading(&self) -> Option<&Reading> {
        self.readings.get(self.place())
    }

    /// The same, to move in it.
    pub fn reading_mut(&mut self) -> Option<&mut Reading> {
        let place = self.place();
        self.readings.get_mut(place)
    }

    fn place(&self) -> usize {
        if self.beside { 1 + self.column } else { 0 }
    }

    /// How many sides are compared.
    #[must_use]
    pub fn sides(&self) -> usize {
        self.compared().map_or(0, |compared| compared.comparison.sides.len())
    }

    /// Whether nothing was decided about a case, or it must be decided again.
    #[must_use]
    pub fn is_open(&self, case: usize) -> bool {
        let case = self.compared().and_then(|compared| compared.case(case));
        case.is_some_and(|case| matches!(State::of(case), State::Open | State::Stale))
    }

    /// The next listed case that must be decided.
    #[must_use]
    pub fn next_open(&self) -> Option<usize> {
        self.next_that(|case| self.is_open(case))
    }

    /// The decision for which a reason is asked, as long as it is there.
    #[must_use]
    pub fn asked(&self) -> Option<&Arc<Decision>> {
        Some(&self.compared()?.adjudication.ruling(self.why.as_ref()?)?.decision)
    }

    /// The decision to say why of: the last one until somebody goes elsewhere, or else that about the case in focus.
    #[must_use]
    pub fn explained(&self) -> Option<DecisionId> {
        let compared = self.compared()?;
        let last = self.last.clone().filter(|id| compared.adjudication.ruling(id).is_some());
        last.or_else(|| Some(compared.case(self.at?)?.state.decision()?.id.clone()))
    }

    /// What was typed about the decision for which a reason is asked.
    pub fn take_remark(&mut self) -> Option<(DecisionId, String)> {
        let id = self.why.clone()?;
        let note = self.drafts.remove(&reasons::draft_key(&id))?;
        Some((id, note.trim().to_owned()))
    }

    /// Shows all tags on one text, or two sides in two columns.
    pub fn turn_beside(&mut self) {
        self.beside = !self.beside;
        self.go_to(self.at);
    }

    /// Shows a side in a column; if the other one shows it, they change places.
    pub fn show_in(&mut self, column: usize, side: usize) {
        if self.columns[1 - column] == side {
            self.columns[1 - column] = self.columns[column];
        }
        self.columns[column] = side;
    }

    /// Begins to make something, or goes on with it.
    pub fn begin(&mut self, edit: Option<Edit>) {
        (self.edit, self.unanimous, self.why) = (edit, false, None);
        self.comparing.turn();
    }

    /// Stops making something.
    pub fn leave_edit(&mut self) {
        if self.edit.take().is_some() {
            self.comparing.turn();
        }
    }

    /// Chooses whom to compare.
    pub fn choose(&mut self, document: &DocumentId, names: BTreeSet<AnnotatorName>) {
        self.chosen.insert(document.clone(), names);
    }

    /// Puts a case in focus and brings its words into view; or none.
    pub fn go_to(&mut self, case: Option<usize>) {
        (self.at, self.last) = (case, None);
        self.begin(None);
        let Some(compared) = self.comparing.made() else { return };
        self.focus = case.map(|case| compared.refs(case)).unwrap_or_default();
        self.follow = true;
        let place = case.and_then(|case| compared.case(case)).map(|case| case.unit.place);
        for reading in &mut self.readings {
            if let Some(place) = place {
                reading.clear_selection();
                reading.pane.set_caret(place.start);
                if !reading.pane.visible().covers(place) {
                    reading.pane.scroll_to(place);
                }
            }
        }
    }

    /// Lets the case that these annotations are part of be the one in focus, once it is known.
    pub fn seek(&mut self, refs: Vec<AnnotationRef>) {
        (self.focus, self.at) = (refs, None);
        self.comparing.clear();
    }

    /// The next (true) or previous listed case; round at the ends.
    #[must_use]
    pub fn next(&self, forward: bool) -> Option<usize> {
        let Some(at) = self.at else { return if forward { self.listed.first() } else { self.listed.last() }.copied() };
        let after = self.listed.iter().find(|case| **case > at).or(self.listed.first());
        let before = self.listed.iter().rev().find(|case| **case < at).or(self.listed.last());
        if forward { after } else { before }.copied()
    }

    /// The next listed case after the one in focus, round at the end, that `wanted` wants.
    #[must_use]
    pub fn next_that(&self, wanted: impl Fn(usize) -> bool) -> Option<usize> {
        let at = self.at;
        let later = self.listed.iter().filter(move |case| at.is_none_or(|at| **case > at));
        later.chain(self.listed.iter()).copied().find(|case| wanted(*case) && Some(*case) != at)
    }

    /// Works out anew which cases are listed.
    pub fn list(&mut self) {
        let Some(compared) = self.comparing.made() else {
            (self.listed, self.count) = (Vec::new(), Count::default());
            return;
        };
        (self.listed, self.count) = (self.filter.cases(compared), Count::new(compared));
    }

    /// Drops what is filtered by and is no longer there.
    fn fit_filter(&mut self, scheme: &Scheme) {
        if let Some(compared) = self.comparing.made() {
            self.filter.fit(compared, scheme);
        }
    }

    /// After something has changed: finds the case in focus again. Returns whether what was made instead of it had to
    /// be dropped.
    fn find_focus(&mut self) -> bool {
        let Some(compared) = self.comparing.made() else { return false };
        let found = self.focus.iter().find_map(|of| compared.case_with(of));
        self.at = found;
        self.focus = found.map(|case| compared.refs(case)).unwrap_or_default();
        let about = self.edit.as_mut().filter(|edit| edit.case.is_some());
        let lost = about.is_some_and(|edit| {
            edit.case = found;
            found.is_none()
        });
        self.edit.take_if(|_| lost);
        self.columns = self.columns.map(|side| side.min(compared.comparison.sides.len().saturating_sub(1)));
        if self.columns[0] == self.columns[1] {
            self.columns = [0, 1.min(compared.comparison.sides.len().saturating_sub(1))];
        }
        lost
    }
}

/// Keeps what is compared up to date while it is shown. Returns whether something that was being made had to be
/// dropped, because what it was made of is gone.
pub(crate) fn prepare(ctx: &Context, workspace: &mut Workspace) -> bool {
    let shown = workspace.current.clone().filter(|_| workspace.room == Room::Review);
    let Some(document) = shown else { return false };
    if workspace.is_blind(&document) {
        workspace.reviewing.comparing.clear();
        return false;
    }
    fit_texts(workspace);
    let mut comparing = std::mem::take(&mut workspace.reviewing.comparing);
    let before = comparing.made().map(|made| made.key.of.document.clone());
    let news = match wanted(workspace, &document) {
        Some((key, decided, tags)) => {
            let sides: Vec<_> = key.of.sides.iter().map(|(name, _)| name.clone()).collect();
            let material = || material(workspace, &document, &sides);
            let decisions = workspace.session.papers(&document).into_iter().flat_map(|papers| papers.decisions());
            let decisions = decisions.cloned().collect();
            comparing.prepare(ctx, Wanted { key, decided, decisions, tags, material: &material })
        }
        None => {
            comparing.clear();
            true
        }
    };
    workspace.reviewing.comparing = comparing;
    if !news {
        return false;
    }
    let lost = workspace.reviewing.find_focus();
    workspace.reviewing.fit_filter(&workspace.session.project().file.scheme);
    workspace.reviewing.list();
    let same = before.as_ref() == Some(&document);
    if !same {
        let first = workspace.reviewing.at.or_else(|| workspace.reviewing.next(true));
        workspace.reviewing.go_to(first);
    }
    lost && same
}

/// Whom somebody wants to compare on a document, as far as they have tagged it.
pub(crate) fn chosen(workspace: &Workspace, document: &DocumentId) -> BTreeSet<AnnotatorName> {
    let candidates = sides::candidates(workspace, document);
    let there: BTreeSet<_> = candidates.iter().map(|candidate| &candidate.name).collect();
    match workspace.reviewing.chosen.get(document) {
        Some(chosen) => chosen.iter().filter(|name| there.contains(name)).cloned().collect(),
        None => sides::usual(&candidates),
    }
}

/// Which comparison is wanted, which state of the decisions, and how many tags are compared.
fn wanted(workspace: &Workspace, document: &DocumentId) -> Option<(Key, u64, usize)> {
    let chosen = chosen(workspace, document);
    let candidates = sides::candidates(workspace, document);
    let mut names: Vec<_> =
        candidates.iter().filter(|one| chosen.contains(&one.name)).map(|one| one.name.clone()).collect();
    if names.len() < 2 {
        return None;
    }
    if workspace.reviewing.anonymous {
        sides::shuffle(document, &mut names);
    }
    let one = |name: &AnnotatorName| candidates.iter().find(|candidate| candidate.name == *name);
    let sides = names.iter().filter_map(|name| Some((name.clone(), one(name)?.version.clone()))).collect();
    let tags = names.iter().filter_map(one).map(|candidate| candidate.tags).sum();
    let text_sha256 = workspace.session.project().documents.get(document)?.text_sha256().to_owned();
    let decided = workspace.session.papers(document).map_or(0, |papers| papers.version());
    let of = Of { document: document.clone(), sides, text_sha256, read: workspace.team.turn };
    Some((Key { of, names: Names::new(names, workspace.reviewing.anonymous) }, decided, tags))
}

fn material(workspace: &Workspace, document: &DocumentId, sides: &[AnnotatorName]) -> Option<Material> {
    let sets = sides.iter().filter_map(|name| sides::set_of(workspace, document, name)).collect();
    let here = workspace.session.project().documents.get(document)?;
    Some(Material { document: without_sets(here), sets })
}

/// A document without what can be large, to be handed to a thread.
fn without_sets(document: &Document) -> Document {
    Document {
        record: document.record.clone(),
        text: document.text.clone(),
        genuine: document.genuine,
        older: document.older.clone(),
        older_paratext: document.older_paratext.clone(),
        sets: BTreeMap::new(),
        decisions: BTreeMap::new(),
        comments: BTreeMap::new(),
        suggestions: BTreeMap::new(),
    }
}

/// Begins to read the newest text of the document, if that is not what is shown by now.
fn fit_texts(workspace: &mut Workspace) {
    let Some(text) = workspace.document().and_then(|document| document.text.clone()) else {
        return workspace.reviewing.readings.clear();
    };
    let readings = &mut workspace.reviewing.readings;
    if readings.first().is_none_or(|reading| !Arc::ptr_eq(reading.pane.text(), &text)) {
        *readings = (0..3).map(|_| Reading::new(text.clone())).collect();
        for reading in &mut readings[1..] {
            reading.wants_keys = false;
        }
    }
}
