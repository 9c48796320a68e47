//! The labels, attributes and relation types of a project.

use serde::{Deserialize, Serialize};

/// The label that people give to what is not the article ("Read also", captions); every project has it.
pub const PARATEXT: &str = "paratext";
/// The attribute, with its value, by which an annotation with that label says the opposite: this is the article, though
/// it was proposed as something else.
pub const REJECTED: (&str, &str) = ("rejected", "yes");

/// What may be tagged in a project, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scheme {
    /// The labels, in the order in which they are offered.
    pub labels: Vec<Label>,
    /// The types of relation, in the order in which they are offered.
    #[serde(default)]
    pub relations: Vec<RelationType>,
}

/// A kind of annotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The name in files, such as `quote`.
    pub name: String,
    /// The key that tags with it, one character.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// The colour, by its name in the themes: `blue`, `orange`, `green`, `pink`, `violet`, `teal`,
    /// `brown`, `grey`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub color: String,
    /// What to mark and what not, for annotators.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub guideline: String,
    /// What may be said of an annotation with this label.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Attribute>,
}

/// A named value that annotations of one label may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// The name in files, such as `form`.
    pub name: String,
    /// Which values it may have.
    pub values: Values,
    /// What it means, for annotators.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub guideline: String,
}

/// Which values an attribute may have. An attribute has none until someone gives it one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Values {
    /// One of these, in no order.
    Choice(Vec<String>),
    /// One of these, from least to most; agreement counts how far two values lie apart.
    Scale(Vec<String>),
    /// Any text.
    Text,
    /// One of these, worked out by the program and never stored.
    Computed(Vec<String>),
}

/// A kind of tie from one annotation to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationType {
    /// The name in files, such as `attributed_to`.
    pub name: String,
    /// The labels that it may start from; `same_as` relates equals, so its ends must have one label.
    pub from: Vec<String>,
    /// The labels that it may lead to.
    pub to: Vec<String>,
    /// What it means, for annotators.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub guideline: String,
}

impl Scheme {
    /// The scheme that a new project starts from, `assets/scheme/default.ron`, as RON.
    pub const DEFAULT_RON: &str = include_str!("../../assets/scheme/default.ron");

    /// The label of that name.
    #[must_use]
    pub fn label(&self, name: &str) -> Option<&Label> {
        self.labels.iter().find(|label| label.name == name)
    }

    /// The relation type of that name.
    #[must_use]
    pub fn relation(&self, name: &str) -> Option<&RelationType> {
        self.relations.iter().find(|relation| relation.name == name)
    }

    /// The types that may lead from a `from` to a `to`, in the scheme's order.
    pub fn relations_between<'a>(&'a self, from: &'a str, to: &'a str) -> impl Iterator<Item = &'a RelationType> {
        self.relations.iter().filter(move |relation| relation.allows(from, to))
    }
}

impl Label {
    /// The attribute of that name.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }
}

impl Values {
    /// The values to choose from; empty for free text.
    #[must_use]
    pub fn options(&self) -> &[String] {
        match self {
            Self::Choice(options) | Self::Scale(options) | Self::Computed(options) => options,
            Self::Text => &[],
        }
    }

    /// Whether a person may give `value`.
    #[must_use]
    pub fn allows(&self, value: &str) -> bool {
        match self {
            Self::Choice(options) | Self::Scale(options) => options.iter().any(|option| option == value),
            Self::Text => true,
            Self::Computed(_) => false,
        }
    }
}

impl RelationType {
    /// Whether it may lead from an annotation labelled `from` to one labelled `to`.
    ///
    /// A type whose two ends take the same several labels joins equals only.
    #[must_use]
    pub fn allows(&self, from: &str, to: &str) -> bool {
        let listed = self.from.iter().any(|label| label == from) && self.to.iter().any(|label| label == to);
        listed && (self.from != self.to || from == to)
    }
}
