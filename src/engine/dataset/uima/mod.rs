//! `uima`: the Common Analysis System of Apache UIMA, as XMI and as JSON, for INCEpTION and dkpro-cassis.
//!
//! Specifications: XMI CAS serialisation, UIMA References ch. 8
//! (<https://uima.apache.org/d/uimaj-current/references.html#ugr.ref.xmi>), and UIMA CAS JSON 0.4.0
//! (<https://github.com/apache/uima-uimaj-io-jsoncas/blob/main/SPECIFICATION.adoc>). Offsets count UTF-16 code units.
//!
//! Written is a folder of `[ANNOTATOR/]ID.xmi`, the same as `ID.json`, and one `TypeSystem.xml`, which INCEpTION takes
//! as layers: spans `custom.Span` with `label`, `note`, `identifier` and a feature for each attribute, and relations
//! `custom.Relation` from `Governor` to `Dependent` with `label`. A span layer of INCEpTION may have no feature that
//! points at an annotation, so fragments are spans tied to the first by the relation layer `custom.Continuation`.
//! What is known of the document and no field of `DocumentMetaData` takes stands in `custom.Meta`, which INCEpTION
//! passes over. Tokens and sentences are not written: INCEpTION makes its own where a file has none.
//!
//! A feature's name is an identifier: other characters of an attribute's name are written `_xHH_`. XML 1.0 has no
//! place for most control characters: a document with such is written as JSON only.
//!
//! Read, too, are the archives that INCEpTION exports documents and projects as; in a project the folder of a file is
//! the document and its name the annotator.
//!
//! Read are all layers of spans, relations, slots and chains; which are passed over says `layers.rs`, and how a layer
//! becomes a label says `tags.rs`.

mod archive;
mod cas;
mod form;
mod json;
mod layers;
mod legacy;
mod names;
mod read;
mod tags;
mod type_system;
mod write;
mod xmi;

pub(super) use self::{
    cas::{Cas, Sofa, Structure, Value},
    layers::{CONTINUATION, NAMED_ENTITY, RELATION},
    names::{Names, feature_name},
    read::{in_project, open, recognise},
    tags::{Source, record},
    write::Writer,
};
