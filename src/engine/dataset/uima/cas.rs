//! A CAS in memory, whatever file it comes from: a text, and feature structures that point at each other.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

/// Joins the values of a feature that has several.
pub(super) const JOINT: &str = "; ";

/// What a file of this kind holds.
#[derive(Clone, Debug, Default)]
pub(in crate::dataset) struct Cas {
    pub sofas: Vec<Sofa>,
    /// The structures in a sofa's index, by the sofa's id; a sofa without an entry has all in its index.
    pub members: HashMap<u64, HashSet<u64>>,
    pub structures: Vec<Structure>,
}

/// A text, which UIMA calls the subject of analysis.
#[derive(Clone, Debug)]
pub(in crate::dataset) struct Sofa {
    pub id: u64,
    pub name: String,
    pub text: Option<String>,
}

/// A feature structure: an annotation, a relation, a link, a list.
#[derive(Clone, Debug, Default)]
pub(in crate::dataset) struct Structure {
    /// What others point at it by.
    pub id: u64,
    /// Its type's full name.
    pub kind: String,
    /// The sofa it belongs to, where it says so.
    pub sofa: Option<u64>,
    /// Where it lies, in the units of the file; nothing for what lies nowhere. Only WebAnno TSV has several.
    pub spans: Vec<(usize, usize)>,
    /// Its features that have values, without those above.
    pub features: Vec<(String, Value)>,
    /// The line where it begins, counted from 1; 0 where that is not known.
    pub line: u64,
    /// Where its source stands, as its reader counts.
    pub source: Range<usize>,
}

/// A feature's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::dataset) enum Value {
    /// Whatever is no reference, as text.
    Text(String),
    /// The ids of other structures.
    References(Vec<u64>),
}

impl Structure {
    /// A feature's text; nothing where it has none or points elsewhere.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.features.iter().find_map(|(found, value)| match value {
            Value::Text(text) if found == name => Some(text.as_str()),
            _ => None,
        })
    }

    /// The structures that a feature points at.
    pub fn references(&self, name: &str) -> Option<&[u64]> {
        self.features.iter().find_map(|(found, value)| match value {
            Value::References(ids) if found == name => Some(ids.as_slice()),
            _ => None,
        })
    }

    /// Whether it has a feature of that name.
    pub fn has(&self, name: &str) -> bool {
        self.features.iter().any(|(found, _)| found == name)
    }
}
