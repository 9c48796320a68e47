//! The kinds of files that can be joined.

use std::collections::BTreeSet;

use ascribe_schema::{AnnotationSet, CommentSet, Conflict, DecisionSet, File, Project};

use super::{
    at,
    shape::{COMMENTS, DECISIONS, PROJECT, SET, Shape},
};

/// A file of which two copies can be joined.
pub trait Mergeable: File + Clone + PartialEq {
    /// How its parts join.
    const SHAPE: Shape;

    /// What it is and whose, the same for all copies, for people.
    fn whose(&self) -> String;

    /// The text that it belongs to, by its hash; empty where it belongs to none.
    fn text_sha256(&self) -> &str {
        ""
    }

    /// What two copies of it changed differently.
    fn conflicts(&self) -> &[Conflict];

    /// The same, to be changed.
    fn conflicts_mut(&mut self) -> &mut Vec<Conflict>;

    /// The paths of what something in it leads to and what is not there.
    fn missing(&self) -> Vec<String> {
        Vec::new()
    }

    /// Lets go of what leads nowhere.
    fn let_go(&mut self) {}

    /// Brings everything into the order of files.
    fn sort(&mut self);
}

impl Mergeable for AnnotationSet {
    const SHAPE: Shape = SET;

    fn whose(&self) -> String {
        format!("{}'s tags of `{}`", self.annotator, self.document)
    }

    fn text_sha256(&self) -> &str {
        &self.text_sha256
    }

    fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    fn conflicts_mut(&mut self) -> &mut Vec<Conflict> {
        &mut self.conflicts
    }

    fn missing(&self) -> Vec<String> {
        let there: BTreeSet<_> = self.annotations.iter().map(|annotation| &annotation.id).collect();
        let ends = self.relations.iter().flat_map(|relation| [&relation.from, &relation.to]);
        let missing: BTreeSet<_> = ends.filter(|end| !there.contains(end)).collect();
        missing.into_iter().map(|end| at::join("annotations", end.as_str())).collect()
    }

    fn let_go(&mut self) {
        let there: BTreeSet<_> = self.annotations.iter().map(|annotation| &annotation.id).collect();
        self.relations.retain(|relation| there.contains(&relation.from) && there.contains(&relation.to));
    }

    fn sort(&mut self) {
        Self::sort(self);
    }
}

impl Mergeable for DecisionSet {
    const SHAPE: Shape = DECISIONS;

    fn whose(&self) -> String {
        format!("{}'s decisions about `{}`", self.adjudicator, self.document)
    }

    fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    fn conflicts_mut(&mut self) -> &mut Vec<Conflict> {
        &mut self.conflicts
    }

    fn sort(&mut self) {
        Self::sort(self);
    }
}

impl Mergeable for CommentSet {
    const SHAPE: Shape = COMMENTS;

    fn whose(&self) -> String {
        format!("{}'s comments on `{}`", self.writer, self.document)
    }

    fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    fn conflicts_mut(&mut self) -> &mut Vec<Conflict> {
        &mut self.conflicts
    }

    fn sort(&mut self) {
        Self::sort(self);
    }
}

impl Mergeable for Project {
    const SHAPE: Shape = PROJECT;

    fn whose(&self) -> String {
        "a project's title, scheme and people".to_owned()
    }

    fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    fn conflicts_mut(&mut self) -> &mut Vec<Conflict> {
        &mut self.conflicts
    }

    fn missing(&self) -> Vec<String> {
        let named = self.scheme.relations.iter().flat_map(|kind| kind.from.iter().chain(&kind.to));
        let missing: BTreeSet<_> = named.filter(|name| self.scheme.label(name).is_none()).collect();
        missing.into_iter().map(|name| at::join("scheme.labels", name)).collect()
    }

    fn let_go(&mut self) {
        let there: BTreeSet<_> = self.scheme.labels.iter().map(|label| label.name.clone()).collect();
        for kind in &mut self.scheme.relations {
            kind.from.retain(|name| there.contains(name));
            kind.to.retain(|name| there.contains(name));
        }
    }

    /// Its lists stand in the order that somebody chose.
    fn sort(&mut self) {
        self.conflicts.sort();
    }
}
