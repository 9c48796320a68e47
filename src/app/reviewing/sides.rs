//! Whose work is compared, and what they are called here.

use std::collections::BTreeSet;

use ascribe_engine::hex_sha256;
use ascribe_schema::{AnnotationSet, AnnotatorName, DocumentId, Progress};

use crate::{wording::listed, workspace::Workspace};

/// Somebody whose work on a document can be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Whose.
    pub name: AnnotatorName,
    /// Whether they have finished.
    pub finished: bool,
    /// How many tags they have.
    pub tags: usize,
    /// What tells this state of their work from others.
    pub version: String,
}

/// Everybody who has tagged a document, by name; what was adjudicated comes last.
#[must_use]
pub fn candidates(workspace: &Workspace, document: &DocumentId) -> Vec<Candidate> {
    let session = &workspace.session;
    let own = session.set(document).map(|set| Candidate {
        name: session.annotator().clone(),
        finished: set.progress() == Progress::Finished,
        tags: set.len(),
        version: set.version().to_string(),
    });
    let others = session.project().documents.get(document).map(|document| &document.sets);
    let others = others.into_iter().flatten().map(|(name, stored)| Candidate {
        name: name.clone(),
        finished: stored.set.progress == Progress::Finished,
        tags: stored.set.annotations.len(),
        version: stored.file_sha256.clone(),
    });
    let mut all: Vec<_> = own.into_iter().chain(others).collect();
    all.sort_by(|a, b| (a.name.is_gold(), &a.name).cmp(&(b.name.is_gold(), &b.name)));
    all
}

/// Who is compared unless somebody chooses: all who have finished; where these are too few, everybody.
#[must_use]
pub fn usual(candidates: &[Candidate]) -> BTreeSet<AnnotatorName> {
    let people = || candidates.iter().filter(|candidate| !candidate.name.is_gold());
    let finished: BTreeSet<_> =
        people().filter(|candidate| candidate.finished).map(|candidate| candidate.name.clone()).collect();
    if finished.len() > 1 { finished } else { people().map(|candidate| candidate.name.clone()).collect() }
}

/// Their order where nobody is to know who is who: the same whenever this document is opened.
pub fn shuffle(document: &DocumentId, names: &mut [AnnotatorName]) {
    names.sort_by_cached_key(|name| hex_sha256(format!("{document} {name}").as_bytes()));
}

/// The work of somebody on a document, as it is now.
#[must_use]
pub fn set_of(workspace: &Workspace, document: &DocumentId, name: &AnnotatorName) -> Option<AnnotationSet> {
    if name == workspace.session.annotator() {
        return workspace.session.set(document).map(|set| set.state().to_file());
    }
    let document = workspace.session.project().documents.get(document)?;
    document.sets.get(name).map(|stored| stored.set.clone())
}

/// What the sides of a comparison are called, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    names: Vec<AnnotatorName>,
    anonymous: bool,
    letters: Vec<String>,
}

impl Names {
    /// Names for those who are compared; with `anonymous`, letters by their order.
    #[must_use]
    pub fn new(names: Vec<AnnotatorName>, anonymous: bool) -> Self {
        let letters = match anonymous {
            true => (0..names.len()).map(letter).collect(),
            false => initials(&names),
        };
        Self { names, anonymous, letters }
    }

    /// What a side is called.
    #[must_use]
    pub fn name(&self, side: usize) -> String {
        match self.names.get(side) {
            Some(name) if !self.anonymous => name.to_string(),
            _ => letter(side),
        }
    }

    /// Which side is somebody's.
    #[must_use]
    pub fn side(&self, name: &AnnotatorName) -> Option<usize> {
        self.names.iter().position(|other| other == name)
    }

    /// What somebody is called; those who are not compared have no letter of their own.
    #[must_use]
    pub fn of(&self, name: &AnnotatorName) -> String {
        match self.side(name) {
            Some(side) => self.name(side),
            None if self.anonymous => "somebody".to_owned(),
            None => name.to_string(),
        }
    }

    /// What stands for a side in the text: as few letters as tell them apart.
    #[must_use]
    pub fn letters(&self, side: usize) -> &str {
        self.letters.get(side).map_or("?", String::as_str)
    }

    /// The letters of some sides.
    #[must_use]
    pub fn sign(&self, sides: &[usize]) -> String {
        let letters: Vec<_> = sides.iter().map(|&side| self.letters(side)).collect();
        letters.join(if letters.iter().any(|letters| letters.chars().count() > 1) { "·" } else { "" })
    }

    /// The names of some sides: `amina and bo`.
    #[must_use]
    pub fn list(&self, sides: &[usize]) -> String {
        listed(sides.iter().map(|&side| self.name(side)))
    }

    /// How many sides there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }
}

/// A, B, C …; after Z come numbers.
fn letter(side: usize) -> String {
    u8::try_from(side)
        .ok()
        .filter(|side| *side < 26)
        .map_or_else(|| (side + 1).to_string(), |side| char::from(b'A' + side).to_string())
}

/// The shortest beginnings of names that tell them apart, with a capital; where two letters do not, their numbers.
fn initials(names: &[AnnotatorName]) -> Vec<String> {
    let beginning = |name: &AnnotatorName, count: usize| {
        let mut characters = name.as_str().chars();
        let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
        first + &characters.take(count - 1).collect::<String>()
    };
    let alone = |text: &str, count| names.iter().filter(|name| beginning(name, count) == text).count() == 1;
    let own = |(number, name): (usize, &AnnotatorName)| {
        let mut shortest = (1..=2).map(|count| (beginning(name, count), count));
        shortest.find(|(text, count)| alone(text, *count)).map_or((number + 1).to_string(), |(text, _)| text)
    };
    names.iter().enumerate().map(own).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn initials_tell_people_apart() {
        let shown = |names: &[&str]| {
            let names: Vec<AnnotatorName> = names.iter().map(|name| AnnotatorName::new(*name).unwrap()).collect();
            let names = Names::new(names, false);
            (0..names.len()).map(|side| names.letters(side).to_owned()).collect::<Vec<_>>().join(" ")
        };
        for (names, letters) in [
            (&["amina", "bo"][..], "A B"),
            (&["amina", "anna", "bo"], "Am An B"),
            (&["anna", "ann", "bo"], "1 2 B"),
            (&["r1", "r2", "gold"], "R1 R2 G"),
        ] {
            assert_eq!(shown(names), letters, "{names:?}");
        }
    }
}
