//! Several annotators' work side by side: what they share and what differs.

mod filter;
mod project;
mod side;

use ascribe_agreement::{Hand, Unit, align};
use ascribe_schema::{Annotation, AnnotationSet, AnnotatorName, DocumentId, Span};

pub use self::{
    filter::Filter,
    project::{CompareError, Compared, Party, compare_project},
};
use crate::{Document, MoveReport};

/// What some annotators made of one document, matched.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The document.
    pub document: DocumentId,
    /// The text that everything here lies in, by its hash.
    pub text_sha256: String,
    /// How long that text is, in characters; 0 where it is missing.
    pub length: u32,
    /// Whose work is compared, in the order in which it was asked for.
    pub sides: Vec<Side>,
    /// What means the same thing, in the order of the text. Members count in the annotations of [`Side::set`].
    pub units: Vec<Unit>,
}

/// One annotator's part in a comparison.
#[derive(Clone, Debug)]
pub struct Side {
    /// Whose.
    pub annotator: AnnotatorName,
    /// What is compared: on the newest text, without what was left out.
    pub set: AnnotationSet,
    /// What is not compared, and why.
    pub left_out: Vec<(Annotation, LeftOut)>,
    /// What became of their annotations where they belong to an older text: they were moved for this comparison, and
    /// nothing was written.
    pub moved: Option<MoveReport>,
    /// What this annotator takes for something else than the article. What others tagged there is missing here.
    pub paratext: Vec<Span>,
}

/// Why an annotation is not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeftOut {
    /// It lies in what is not the article, or marks such a part.
    Paratext,
    /// It has no place in the newest text.
    Waiting,
    /// Its text is not there.
    NoText,
}

impl LeftOut {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Paratext, Self::Waiting, Self::NoText];

    /// What it is called in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Paratext => "paratext",
            Self::Waiting => "waiting",
            Self::NoText => "no_text",
        }
    }

    /// Why, for people.
    #[must_use]
    pub fn why(self) -> &'static str {
        match self {
            Self::Paratext => "in what is not the article",
            Self::Waiting => "waiting for a place in the newest text",
            Self::NoText => "on a text that is missing or was changed",
        }
    }
}

/// Matches what several annotators made of a document.
#[must_use]
pub fn compare(document: &Document, sets: Vec<AnnotationSet>) -> Comparison {
    let sides: Vec<_> = sets.into_iter().map(|set| Side::new(document, set)).collect();
    let hands: Vec<_> =
        sides.iter().map(|side| Hand { annotations: &side.set.annotations, relations: &side.set.relations }).collect();
    let units = align(&hands);
    let (id, text_sha256) = (document.record.id.clone(), document.text_sha256().to_owned());
    let length = document.text.as_ref().map_or(0, |text| text.len().0);
    Comparison { document: id, text_sha256, length, sides, units }
}

impl Comparison {
    /// The annotation of that side in that unit; nothing where they have none.
    #[must_use]
    pub fn member(&self, unit: usize, side: usize) -> Option<&Annotation> {
        let number = (*self.units.get(unit)?.members.get(side)?)?;
        self.sides.get(side)?.set.annotations.get(number)
    }

    /// The annotations in that unit, each with the number of its side.
    pub fn members(&self, unit: usize) -> impl Iterator<Item = (usize, &Annotation)> {
        (0..self.sides.len()).filter_map(move |side| Some((side, self.member(unit, side)?)))
    }

    /// The number of an annotator's side.
    #[must_use]
    pub fn side(&self, annotator: &AnnotatorName) -> Option<usize> {
        self.sides.iter().position(|side| side.annotator == *annotator)
    }

    /// Whether that side has nothing in that unit because it lies in what they take for something else than the
    /// article.
    #[must_use]
    pub fn is_aside(&self, unit: usize, side: usize) -> bool {
        let Some((unit, side)) = self.units.get(unit).zip(self.sides.get(side)) else { return false };
        side.paratext.iter().any(|part| part.covers(unit.place))
    }

    /// The sides that stand apart in that unit: all that do not share the view of most; all where no view is shared by
    /// more than any other.
    #[must_use]
    pub fn apart(&self, unit: usize) -> Vec<usize> {
        let views = self.units.get(unit).map_or(&[][..], |unit| &unit.views);
        let count = |view: usize| views.iter().filter(|other| **other == view).count();
        let most = views.iter().map(|view| count(*view)).max().unwrap_or_default();
        let shared: Vec<usize> = (0..views.len()).filter(|view| count(*view) == most).collect();
        let usual = |view: usize| shared[..] == [view];
        (0..views.len()).filter(|side| !usual(views[*side])).collect()
    }
}
