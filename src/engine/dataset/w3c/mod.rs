//! `w3c`: Web Annotation JSON-LD, one annotation a line.
//!
//! Web Annotation Data Model, W3C Recommendation of 23 February 2017, <https://www.w3.org/TR/annotation-model/>. Every
//! line is an annotation that stands by itself: the context, a `urn:uuid:` that follows from its names, and
//!
//! - the label as a body with the purpose `tagging`, an attribute as one with the purpose `classifying` and the value
//!   `name=value`, the note as one with the purpose `commenting`;
//! - a target for each fragment: the document's URL (a `urn:uuid:` where it has none), with both a quote selector
//!   (at most 32 UTF-16 code units of context) and a position selector. Positions count code points, as section 4.2.4 demands; UTF-16
//!   code units, as Recogito and Hypothes.is count, on request;
//! - a relation as an annotation with the motivation `linking`, whose targets are the annotations that it leads from
//!   and to, in this order, and whose tag is its type.
//!
//! The standard has no place for the text that is annotated. So that our own files can be read anywhere, the line
//! before a document's annotations is one more annotation: its motivation is `describing`, its body is the text, its
//! target is the document with what is known of it in terms of Dublin Core and schema.org. Programs that do not know
//! this show a long description of the page. Our own ids are in `dcterms:identifier`.
//!
//! Reading: pages and collections (sections 5.1 and 5.2), arrays and JSON lines; whatever breaks a MUST of the
//! standard is refused (`valid.rs`). Texts come from lines as above, or are known by the URL or the id that a target
//! names. What targets no words of a text (pictures, whole pages, style) is refused, too, and told so.

mod body;
mod read;
mod valid;
mod write;

pub(super) use self::{
    read::{open, recognise},
    write::Writer,
};

/// The context that every annotation must name.
const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
/// What a line that carries a document's text begins with; a file is cut only before such lines.
const TEXT_LINE: &str =
    r#"{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation","motivation":"describing","#;
/// What stands in `schema:unitText` of a document whose offsets are not code points.
const UTF16: &str = "UTF-16 code unit";

/// Document metadata that has a term in Dublin Core or schema.org.
const TERMS: [(&str, &str); 7] = [
    ("title", "dcterms:title"),
    ("publisher", "dcterms:publisher"),
    ("byline", "dcterms:creator"),
    ("published", "dcterms:issued"),
    ("dateline", "schema:dateline"),
    ("url", "schema:url"),
    ("language", "dcterms:language"),
];
