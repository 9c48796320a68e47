//! How far annotators of a project agree, in four layers: whether they found the same, and, given that, whether they
//! gave it the same label, the same attributes, and the same ties.
//!
//! A [`Slice`] says which part of everything a figure is about: which two annotators, which document, which label.
//! For a label, what was found is measured on its annotations alone, and labels of matched annotations are divided into
//! this one and all others. Documents are laid end to end; annotations of different documents never match.
//!
//! Krippendorff's α and γ do not tell annotators from each other. So documents by different annotators are put together
//! where as many have annotated each; documents by more or fewer are left out of these figures
//! ([`Agreement::left_out`]). What was left out of the comparison itself counts nowhere.

mod behind;
mod found;
mod gamma;
mod given;
mod material;

use std::collections::BTreeMap;

use ascribe_agreement::{Figure, Measure};
use ascribe_schema::{AnnotatorName, DocumentId, Scheme};

use self::material::Material;
pub use self::{
    behind::{Behind, behind},
    found::{PRECISION, RECALL},
    gamma::gamma_of,
    given::LINK_F1,
};
use crate::compare::Comparison;

/// How far boundaries may be apart to count as nearly the same, in characters.
pub const TOLERANCE: u32 = 3;

/// How far annotators agree.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// Whose work was compared, in the order in which figures name them.
    pub annotators: Vec<AnnotatorName>,
    /// The labels that anybody gave, in the order of the scheme.
    pub labels: Vec<String>,
    /// The documents that were compared.
    pub documents: Vec<DocumentId>,
    /// The documents by more or fewer annotators than most, which α and γ over all annotators leave out.
    pub left_out: Vec<DocumentId>,
    /// The figures, a layer after the other.
    pub rows: Vec<Row>,
}

/// What a figure says something about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// Whether annotators found the same, at the same place.
    Found,
    /// Whether they gave what they both found the same label.
    Label,
    /// Whether they gave what they both found, and labelled alike, the same attributes.
    Attribute,
    /// Whether they tied what they both found to the same.
    Link,
}

/// One measure of one layer.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which layer it belongs to.
    pub layer: Layer,
    /// What it means.
    pub measure: &'static Measure,
    /// The label and attribute, such as `quote: form`, or the relation type; empty where it is about all.
    pub about: String,
    /// The figure of each part that was asked for; it has one of everything.
    pub figures: BTreeMap<Slice, Figure>,
}

/// Part of everything that was compared; all of it by default.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slice {
    /// Only these two annotators, by their numbers, the smaller first.
    pub pair: Option<(usize, usize)>,
    /// Only this document.
    pub document: Option<DocumentId>,
    /// Only this label.
    pub label: Option<String>,
}

/// Over what figures are broken down, besides those of everything, of each label, of each document and of each pair.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Across {
    /// Over nothing else.
    #[default]
    Nothing,
    /// Over each pair in each document, and each pair with each label.
    Pairs,
}

impl Layer {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Found, Self::Label, Self::Attribute, Self::Link];

    /// What it is called in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Label => "label",
            Self::Attribute => "attribute",
            Self::Link => "link",
        }
    }

    /// What it asks, for people.
    #[must_use]
    pub fn asks(self) -> &'static str {
        match self {
            Self::Found => "Did they find the same, at the same place?",
            Self::Label => "Where both found something: did they give it the same label?",
            Self::Attribute => "Where both gave the same label: did they give the same attributes?",
            Self::Link => "Where both found both ends: did they tie them alike?",
        }
    }
}

impl Row {
    /// The figure of everything.
    #[must_use]
    pub fn total(&self) -> Option<&Figure> {
        self.figures.get(&Slice::default())
    }
}

impl Agreement {
    /// The pairs of annotators, by their numbers.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        pairs(self.annotators.len())
    }
}

/// All pairs of `count` things, by number, the smaller first.
fn pairs(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |one| (one + 1..count).map(move |two| (one, two)))
}

/// Measures agreement in what was compared; nothing when `stopped` says so before it is done.
#[must_use]
pub fn agree(
    annotators: &[AnnotatorName],
    comparisons: &[Comparison],
    scheme: &Scheme,
    across: Across,
    stopped: &dyn Fn() -> bool,
) -> Option<Agreement> {
    let material = Material::new(annotators, comparisons, scheme);
    let mut agreement = Agreement {
        annotators: annotators.to_vec(),
        labels: material.labels.clone(),
        documents: comparisons.iter().map(|comparison| comparison.document.clone()).collect(),
        left_out: material.left_out(),
        rows: Vec::new(),
    };
    for slice in slices(&agreement, across) {
        if stopped() {
            return None;
        }
        let mut told = found::figures(&material, &slice);
        told.extend(given::figures(&material, &slice));
        for Told { layer, measure, about, figure } in told {
            agreement.row(layer, measure, about).figures.insert(slice.clone(), figure);
        }
    }
    agreement.rows.sort_by_key(|row| row.layer);
    Some(agreement)
}

/// A figure of one slice, with what it is about.
struct Told {
    layer: Layer,
    measure: &'static Measure,
    about: String,
    figure: Figure,
}

impl Agreement {
    fn row(&mut self, layer: Layer, measure: &'static Measure, about: String) -> &mut Row {
        let same = |row: &Row| row.layer == layer && row.measure.key == measure.key && row.about == about;
        let at = self.rows.iter().position(same).unwrap_or_else(|| {
            self.rows.push(Row { layer, measure, about, figures: BTreeMap::new() });
            self.rows.len() - 1
        });
        &mut self.rows[at]
    }
}

/// The parts that figures are worked out for: everything first, so that rows come in its order.
fn slices(agreement: &Agreement, across: Across) -> Vec<Slice> {
    let labels = || agreement.labels.iter().map(|label| Slice { label: Some(label.clone()), ..Slice::default() });
    let documents = || agreement.documents.iter().map(|id| Slice { document: Some(id.clone()), ..Slice::default() });
    let mut slices = vec![Slice::default()];
    slices.extend(labels());
    slices.extend(documents());
    for pair in agreement.pairs() {
        slices.push(Slice { pair: Some(pair), ..Slice::default() });
        if across == Across::Pairs {
            slices.extend(labels().chain(documents()).map(|slice| Slice { pair: Some(pair), ..slice }));
        }
    }
    slices
}
