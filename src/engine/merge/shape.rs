//! How the parts of each kind of file merge: one table a kind. What no table names is a value that changes as a whole.

/// How a part of a file merges.
#[derive(Debug)]
pub enum Shape {
    /// It changes as a whole.
    Whole,
    /// When something was made. Nobody edits it: of two times the earlier holds.
    Earliest,
    /// A struct: field by field.
    Fields(&'static [Field]),
    /// A list of structs: by the field that names each. Their order means nothing.
    Named(&'static str, &'static Shape),
    /// As [`Shape::Named`], and somebody has chosen their order.
    Ordered(&'static str, &'static Shape),
    /// A list of names, each there or not, in an order that somebody has chosen.
    Words,
    /// A map: key by key.
    Map(&'static Shape),
}

/// A field that does not merge as a whole, or not alone.
#[derive(Debug)]
pub struct Field {
    /// Its name in the file.
    pub name: &'static str,
    /// How it merges.
    pub shape: Shape,
    /// The fields that only mean something together with it: all of them change as one, under its name.
    pub with: &'static [&'static str],
}

const fn field(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, with: &[] }
}

const fn together(name: &'static str, with: &'static [&'static str]) -> Field {
    Field { name, shape: Shape::Whole, with }
}

/// Spans mean something only with their text beside them.
const SPANS: Field = together("spans", &["text", "text_sha256"]);

/// A struct of which no field needs saying.
const PLAIN: Shape = Shape::Fields(&[]);

/// An annotator's set.
pub const SET: Shape = Shape::Fields(&[
    field("annotations", Shape::Named("id", &ANNOTATION)),
    field("relations", Shape::Named("id", &PLAIN)),
    field("rejected", Shape::Named("id", &Shape::Fields(&[SPANS]))),
]);

/// Two people may import one file, each for themselves.
const CREATED: Field = field("created", Shape::Earliest);

const ANNOTATION: Shape = Shape::Fields(&[SPANS, field("attributes", Shape::Map(&Shape::Whole)), CREATED]);

/// An adjudicator's decisions. A verdict holds for what was decided about.
pub const DECISIONS: Shape = Shape::Fields(&[field("decisions", Shape::Named("id", &DECISION))]);

const DECISION: Shape = Shape::Fields(&[together("verdict", &["text_sha256", "place", "about", "without"])]);

/// A writer's comments.
pub const COMMENTS: Shape = Shape::Fields(&[field("comments", Shape::Named("id", &PLAIN))]);

/// What holds for a whole project.
pub const PROJECT: Shape = Shape::Fields(&[
    field("scheme", SCHEME),
    field("annotators", Shape::Words),
    field("assignments", Shape::Map(&Shape::Words)),
    field("models", Shape::Ordered("name", &PLAIN)),
    field("lint_off", Shape::Words),
    field("reasons", Shape::Words),
]);

const SCHEME: Shape = Shape::Fields(&[
    field("labels", Shape::Ordered("name", &LABEL)),
    field("relations", Shape::Ordered("name", &TYPE)),
]);

const LABEL: Shape = Shape::Fields(&[field("attributes", Shape::Ordered("name", &PLAIN))]);

const TYPE: Shape = Shape::Fields(&[field("from", Shape::Words), field("to", Shape::Words)]);

impl Shape {
    /// How the thing with that name in it merges.
    pub fn inside(&self, name: &str) -> &Self {
        match self {
            Self::Whole | Self::Earliest | Self::Words => &Self::Whole,
            Self::Fields(fields) => fields.iter().find(|field| field.name == name).map_or(&Self::Whole, |f| &f.shape),
            Self::Named(_, each) | Self::Ordered(_, each) | Self::Map(each) => each,
        }
    }

    /// Whether it holds things by name, and holds none where nothing is said of it.
    pub fn is_branch(&self) -> bool {
        !matches!(self, Self::Whole | Self::Earliest)
    }
}
