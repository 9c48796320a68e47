//! The file format of Ascribe annotation projects, and its meaning.
//!
//! A project is a folder. This crate has the types of its files, reads them without ever failing on what
//! another version wrote, writes them in one canonical form, and says what is wrong with them. It opens no
//! file itself: bytes in, bytes out.
//!
//! | file | type |
//! | --- | --- |
//! | `project.ron` | [`Project`], which holds the [`Scheme`] |
//! | `documents/ID.ron` | [`Document`] |
//! | `documents/ID.txt` | [`Text`]: UTF-8, LF, no byte-order mark |
//! | `annotations/ANNOTATOR/ID.ron` | [`AnnotationSet`] of [`Annotation`]s and [`Relation`]s |
//! | `decisions/ADJUDICATOR/ID.ron` | [`DecisionSet`] of [`Decision`]s between annotators, from which gold is made |
//! | `comments/WRITER/ID.ron` | [`CommentSet`] of [`Comment`]s |
//! | `suggestions/NAME/ID.ron` | [`SuggestionSet`] of [`Suggestion`]s, which count nowhere until a person accepts them |
//! | a bundle, `NAME.ron` | [`Bundle`]: all of the above in one file |
//!
//! A corrected article gets another text, `documents/ID.r2.txt`, and each set moves to it. An [`Annotation`] that
//! could not be found there again names the text that its spans count in, and waits for a person.
//!
//! Positions are [`Offset`]s: Unicode scalar values counted from 0. A [`Span`] is half-open.
//!
//! # A worked example
//!
//! ```
//! use ascribe_schema::{AnnotationSet, Scheme, Span, Text, check_set, read, read_set, write};
//!
//! let text = Text::new("“Non”, the minister said.");
//! let file = r#"#![enable(implicit_some)]
//! AnnotationSet(
//!     format: 1,
//!     document: "a-minister-says-no-k7m2q9xd",
//!     text_sha256: "9f2c",
//!     annotator: "amina",
//!     progress: InProgress,
//!     annotations: [
//!         (id: "k3v9q2t0xm", label: "quote", spans: [(0, 5)], text: ["“Non”"], attributes: {"form": "direct"}, origin: Human("amina"), created: "2026-11-22T10:12:31Z"),
//!         (id: "a77m1c4hn8", label: "source", spans: [(7, 19)], text: ["the minister"], origin: Human("amina")),
//!     ],
//!     relations: [
//!         (id: "p81xw0z5cd", kind: "attributed_to", from: "k3v9q2t0xm", to: "a77m1c4hn8"),
//!     ],
//! )
//! "#;
//!
//! // Reading says whether anything in the file is unknown to this version.
//! let set = read_set(file.as_bytes(), "annotations/amina/a-minister-says-no-k7m2q9xd.ron")?;
//! assert!(set.complete && set.problems.is_empty());
//!
//! // Every span carries its text, so a set can be checked against the document.
//! let scheme = read::<Scheme>(Scheme::DEFAULT_RON.as_bytes(), "default.ron")?.value;
//! assert_eq!(check_set(&set.value, |_| Some(&text), &scheme, "amina"), []);
//! assert_eq!(text.slice(set.value.annotations[0].spans[0]), Some("“Non”"));
//!
//! // Writing is canonical: an untouched file comes back byte for byte.
//! assert_eq!(write(&set.value)?, file);
//!
//! // A span that does not fit is a problem with a place and a hint, not an error.
//! let mut moved: AnnotationSet = set.value;
//! moved.annotations[0].spans[0] = Span::new(20, 99);
//! let problems = check_set(&moved, |_| Some(&text), &scheme, "amina");
//! assert_eq!(problems[0].rule, "span-past-end");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bundle;
mod check;
mod comment;
mod conflict;
mod decision;
mod document;
mod file;
mod id;
mod name;
mod offset;
mod papers;
mod problem;
mod project;
mod salvage;
mod scheme;
mod set;
mod suggestion;
mod text;
mod unique;

pub use bundle::{Bundle, Content, PathError, check_path};
pub use check::{check_annotation, check_relation, check_scheme, check_set, check_suggestions};
pub use comment::{Comment, CommentSet};
pub use conflict::Conflict;
pub use decision::{AnnotationRef, Decided, Decision, DecisionSet, Edited, Input, Link, REASONS, Verdict};
pub use document::{Document, Provenance, Revision};
pub use file::{FORMAT, File, Read, git_mark, read, write};
pub use id::{AnnotationId, CommentId, DecisionId, RejectionId, RelationId, SuggestionId, hash_suffix};
pub use name::{AnnotatorName, DocumentId, GOLD, NameError};
pub use offset::{Offset, Span};
pub use papers::{check_comments, check_decisions};
pub use problem::{Place, Problem, Severity};
pub use project::{Model, Project, Run};
pub use salvage::read_set;
pub use scheme::{Attribute, Label, PARATEXT, REJECTED, RelationType, Scheme, Values};
pub use set::{Annotation, AnnotationSet, Origin, Progress, Rejection, Relation};
pub use suggestion::{SuggestedRelation, Suggestion, SuggestionSet};
pub use text::Text;
