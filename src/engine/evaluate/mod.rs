//! How well one annotation of some documents agrees with another that is held to be right.
//!
//! [`evaluate`] takes two lists of records, *gold* and *predicted*, joins them by the ids of their documents and gives
//! figures, each with what it was divided from. All sums run over all documents together, so a long document weighs
//! more than a short one.
//!
//! **Overlap.** C(x) is the set of the characters of an annotation x that are not white space, those of all its
//! fragments in one set. J(g, p) = |C(g) ∩ C(p)| ÷ |C(g) ∪ C(p)|. An annotation of white space alone overlaps nothing.
//!
//! **Matching.** In each document, and for `quote` and `source` each by itself, the pairs of a gold and a predicted
//! annotation with J ≥ 0.3 are taken by falling J, and of equal ones by the order of the text, the gold
//! annotation's first. A pair is matched when neither of the two is matched yet. Matched *exact* is a pair with J = 1,
//! then there are J ≥ 0.8 and J ≥ 0.3. Because pairs with a higher J come first, matching among those alone that reach
//! a level gives the same.
//!
//! **At each level**, with M the matched pairs that reach it:
//!
//! - precision = |M| ÷ number of predicted annotations; recall = |M| ÷ number of gold ones
//! - F1 = 2 · precision · recall ÷ (precision + recall); 0 where both are 0, nothing where one has nothing to divide by
//!
//! **By form.** Recall of a form divides the matched gold quotes whose `form` it is by all such gold quotes, whatever
//! the form of what they are matched to; precision does the same for predicted ones; F1 is made of those two. `none`
//! holds the quotes that have no `form`.
//!
//! **Inside.** The share of predicted quotes p with |C(p) ∩ G| ÷ |C(p)| ≥ 0.5, where G holds the characters of all gold
//! quotes of the document.
//!
//! **Links.** The sources of a quote are what its `attributed_to` relations lead to. A matched pair of quotes has the
//! right source when J ≥ 0.5 for any gold source and any predicted one.
//!
//! - of matched quotes: those with the right source ÷ the pairs matched at J ≥ 0.3 whose gold quote has a source
//! - of direct quotes: those matched at J ≥ 0.3 with the right source ÷ all gold quotes with `form` direct and a source
//!
//! A document that only one list has, or that has another text in the other, counts in full: all that is gold in it as
//! missed, all that is predicted as wrong. [`Documents`] names it.

mod cover;
mod document;
mod matching;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Serialize, Serializer, ser::SerializeStruct};

use crate::dataset::Record;

/// How well a prediction agrees with gold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Evaluation {
    /// Which documents were compared.
    pub documents: Documents,
    /// The quotes.
    pub quote: Quotes,
    /// The sources.
    pub source: Levels,
    /// The ties from quotes to sources.
    pub links: Links,
}

/// Which documents were compared, and which could not be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Documents {
    /// How many are in both lists with the same text.
    pub compared: usize,
    /// The ids of those that only gold has.
    pub only_gold: Vec<String>,
    /// The ids of those that only the prediction has.
    pub only_predicted: Vec<String>,
    /// The ids of those that have two different texts.
    pub other_text: Vec<String>,
    /// The ids that stand in one list more than once; only the first record with each counts.
    pub repeated: Vec<String>,
}

/// The figures for quotes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Quotes {
    /// Whatever their form.
    pub all: QuoteFigures,
    /// Those of each form; `none` where it is not said.
    pub forms: BTreeMap<String, QuoteFigures>,
}

/// The figures for some quotes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct QuoteFigures {
    /// How they match.
    #[serde(flatten)]
    pub levels: Levels,
    /// How many predicted ones lie at least half inside gold ones.
    pub inside: Ratio,
}

/// Precision and recall at each level.
pub type Levels = BTreeMap<Level, Scores>;

/// How much two annotations must overlap to match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Level {
    /// They hold the same characters.
    #[serde(rename = "exact")]
    Exact,
    /// J ≥ 0.8.
    #[serde(rename = "overlap_0.8")]
    Most,
    /// J ≥ 0.3.
    #[serde(rename = "overlap_0.3")]
    Some,
}

/// Precision, recall and, made of them, F1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scores {
    /// Of what is predicted, how much is matched.
    pub precision: Ratio,
    /// Of what is gold, how much is matched.
    pub recall: Ratio,
}

/// How many of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ratio {
    /// How many.
    pub hits: usize,
    /// Of how many.
    pub of: usize,
}

/// Whether quotes have the right source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Links {
    /// Of the matched quotes whose gold has a source, those with the right one.
    pub matched: Ratio,
    /// Of the direct gold quotes that have a source, those that were found, with the right one.
    pub direct: Ratio,
}

/// The forms that always have figures, in the order of the scheme; the last is for quotes without one.
pub const FORMS: [&str; 4] = ["direct", "mixed", "indirect", "none"];

/// Compares a prediction with gold.
#[must_use]
pub fn evaluate(gold: &[Record], predicted: &[Record]) -> Evaluation {
    let mut evaluation = Evaluation::default();
    for form in FORMS {
        evaluation.quote.forms.insert(form.to_owned(), QuoteFigures::default());
    }
    for figures in evaluation.quote.forms.values_mut().chain([&mut evaluation.quote.all]) {
        figures.levels = Level::ALL.map(|level| (level, Scores::default())).into();
    }
    evaluation.source.clone_from(&evaluation.quote.all.levels);
    let (gold, mut repeated) = first_of_each(gold);
    let (predicted, again) = first_of_each(predicted);
    repeated.extend(again);
    let by_id: HashMap<_, _> = predicted.iter().map(|record| (record.id.as_str(), *record)).collect();
    let known: HashSet<_> = gold.iter().map(|record| record.id.as_str()).collect();
    for record in &gold {
        match by_id.get(record.id.as_str()) {
            Some(other) if other.text == record.text => {
                evaluation.documents.compared += 1;
                document::add(&mut evaluation, Some(record), Some(other));
            }
            other => {
                let documents = &mut evaluation.documents;
                let list = if other.is_some() { &mut documents.other_text } else { &mut documents.only_gold };
                list.push(record.id.clone());
                document::add(&mut evaluation, Some(record), None);
                other.into_iter().for_each(|other| document::add(&mut evaluation, None, Some(other)));
            }
        }
    }
    for record in predicted.iter().filter(|record| !known.contains(record.id.as_str())) {
        evaluation.documents.only_predicted.push(record.id.clone());
        document::add(&mut evaluation, None, Some(record));
    }
    evaluation.documents.repeated = repeated;
    evaluation
}

/// The first record with each id, and the ids that others have, too.
fn first_of_each(records: &[Record]) -> (Vec<&Record>, Vec<String>) {
    let (mut seen, mut repeated) = (HashSet::new(), Vec::new());
    let mut first = Vec::with_capacity(records.len());
    for record in records {
        if seen.insert(record.id.as_str()) {
            first.push(record);
        } else if !repeated.contains(&record.id) {
            repeated.push(record.id.clone());
        }
    }
    (first, repeated)
}

impl Documents {
    /// Whether every document could be compared with its like.
    #[must_use]
    pub fn all_compared(&self) -> bool {
        [&self.only_gold, &self.only_predicted, &self.other_text, &self.repeated].iter().all(|list| list.is_empty())
    }
}

impl Level {
    /// All levels, the strictest first.
    pub const ALL: [Self; 3] = [Self::Exact, Self::Most, Self::Some];

    /// The least J that reaches it, as a numerator and a denominator.
    const fn least(self) -> (u64, u64) {
        match self {
            Self::Exact => (1, 1),
            Self::Most => (4, 5),
            Self::Some => (3, 10),
        }
    }

    /// What it is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Most => "overlap ≥ 0.8",
            Self::Some => "overlap ≥ 0.3",
        }
    }
}

impl Ratio {
    /// The one divided by the other; nothing where there is nothing to divide by.
    #[must_use]
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| self.hits as f64 / self.of as f64)
    }

    fn count(&mut self, hit: bool) {
        self.of += 1;
        self.hits += usize::from(hit);
    }
}

impl Scores {
    /// The harmonic mean of both; nothing where one of them is not there.
    #[must_use]
    pub fn f1(self) -> Option<f64> {
        let (precision, recall) = (self.precision.share()?, self.recall.share()?);
        let sum = precision + recall;
        Some(if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 })
    }
}

impl Serialize for Ratio {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Ratio", 3)?;
        fields.serialize_field("hits", &self.hits)?;
        fields.serialize_field("of", &self.of)?;
        fields.serialize_field("share", &self.share())?;
        fields.end()
    }
}

impl Serialize for Scores {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Scores", 3)?;
        fields.serialize_field("precision", &self.precision)?;
        fields.serialize_field("recall", &self.recall)?;
        fields.serialize_field("f1", &self.f1())?;
        fields.end()
    }
}
