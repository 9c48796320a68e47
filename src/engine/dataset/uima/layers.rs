//! What the types of a CAS are for: which layers are ours, which are annotations, and which are passed over.

use super::Structure;

/// Our spans.
pub(super) const SPAN: &str = "custom.Span";
/// Our relations.
pub(in crate::dataset) const RELATION: &str = "custom.Relation";
/// Our ties between the first fragment of an annotation and its others.
pub(in crate::dataset) const CONTINUATION: &str = "custom.Continuation";
/// What we know of the document beside its text.
pub(super) const META: &str = "custom.Meta";
/// Names and other spans with a value, which every INCEpTION project has.
pub(in crate::dataset) const NAMED_ENTITY: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity";
/// Title and id of the document, in DKPro Core and INCEpTION.
pub(super) const DOCUMENT: &str = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData";

/// Layers that programs make, of words, sentences, grammar and layout: no one's tagging of what is said.
const AUTOMATIC: [&str; 8] = [
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.",
    "de.tudarmstadt.ukp.dkpro.core.api.metadata.",
    "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.",
    "de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.",
    "de.tudarmstadt.ukp.dkpro.core.api.syntax.type.constituent.",
    "de.tudarmstadt.ukp.dkpro.core.api.transform.",
    "org.dkpro.core.api.xml.type.",
    "org.dkpro.core.api.pdf.type.",
];
/// The same where a file gives short names only.
const AUTOMATIC_SHORT: [&str; 7] = ["Token", "Sentence", "POS", "Lemma", "Stem", "MorphologicalFeatures", "Dependency"];

/// What a structure is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Title, id and language of the document.
    Document,
    /// What we wrote of the document beside that.
    Meta,
    /// Words, sentences, grammar, layout.
    Automatic,
    /// A list of others.
    List,
    /// A tie from a slot to what fills it.
    Link,
    /// The beginning of a chain.
    Chain,
    /// A tie between fragments.
    Continuation,
    /// A relation.
    Relation,
    /// An annotation.
    Span,
    /// Something that lies nowhere.
    Other,
}

/// What a structure is for, by its type and by what it has.
pub(super) fn role(structure: &Structure) -> Role {
    let kind = structure.kind.as_str();
    let placed = !structure.spans.is_empty();
    if kind == META {
        Role::Meta
    } else if matches!(short(kind), "DocumentMetaData" | "DocumentAnnotation" | "CASMetadata") {
        Role::Document
    } else if AUTOMATIC.iter().any(|package| kind.starts_with(package)) || AUTOMATIC_SHORT.contains(&kind) {
        Role::Automatic
    } else if kind.starts_with("uima.cas.") || kind.ends_with("[]") {
        Role::List
    } else if kind == CONTINUATION {
        Role::Continuation
    } else if structure.references("Governor").is_some() || structure.references("Dependent").is_some() {
        Role::Relation
    } else if placed {
        Role::Span
    } else if structure.references("target").is_some() || kind.ends_with("Link") {
        Role::Link
    } else if structure.references("first").is_some() || kind.ends_with("Chain") {
        Role::Chain
    } else {
        Role::Other
    }
}

/// A type's name without its package.
pub(super) fn short(kind: &str) -> &str {
    kind.rsplit('.').next().unwrap_or(kind)
}
