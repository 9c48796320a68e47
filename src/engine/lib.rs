//! Everything Ascribe can do without a screen.
//!
//! Data in, data out: time and randomness are arguments, nothing prints, and only [`store`] writes.
//!
//! A [`Project`] is read from a [`Tree`] by [`load`]. A [`Session`] is a project with one annotator at
//! work: an [`Action`] says what they want, a [`Transaction`] what that changes, and the session carries it
//! out, remembers it for undo, and saves it.

/// Numbers of agreement, and annotations matched in units.
pub use ascribe_agreement as agreement;

mod action;
pub mod adjudicate;
pub mod agree;
pub mod assign;
pub mod colleague;
pub mod comments;
pub mod compare;
pub mod dataset;
mod density;
pub mod evaluate;
pub mod feedback;
mod find;
mod history;
mod import;
mod in_order;
mod index;
mod labelling;
pub mod ledger;
pub mod lint;
pub mod merge;
pub mod model;
mod nearest;
pub mod outline;
mod pack;
mod papers;
mod paratext;
mod part;
mod plan;
mod project;
pub mod quoted;
mod revise;
pub mod segment;
pub mod sentence;
mod session;
mod set;
pub mod snap;
mod stats;
mod stops;
pub mod store;
pub mod stream;
mod suggest;
mod ties;
mod transaction;
mod watch;

pub use action::{Acceptance, Action, ActionError, Edge, Refusal, Stamp, Step};
pub use density::Density;
pub use find::{FindError, Hits, MOST_HITS, Query, find};
pub use history::History;
pub use import::{
    About, Article, Candidate, Doubt, DoubtKind, Format, ImportError, Imported, Options, Origin, Reader, SERVE, Source,
    hex_sha256, import, read, read_all, serve, whole_page,
};
pub use index::SpanIndex;
pub use labelling::{Labelling, LikeTie, chosen_attributes, last_attributes, last_labelling, turned};
pub use nearest::tie_candidates;
pub use pack::{PackError, pack, pack_with, unpack, unpack_with};
pub use papers::Papers;
pub use paratext::{lies_in, paratext};
pub use part::Part;
pub use plan::plan;
pub use project::{
    Document, OpenError, Place, Project, Stored, StoredComments, StoredDecisions, StoredSet, Tree, default_scheme,
    load, set_path, stored_text, suggestions_path,
};
pub use revise::{
    Differing, Fate, MoveReport, Moved, Passage, ReviseError, Revised, TextOf, find_quote, find_waiting, plan_move,
    revised,
};
pub use session::{CommitError, GoldMade, GoldToMake, ProjectError, ReadOnly, Session};
pub use set::{ApplyError, SetState, WorkingSet};
pub use stats::{Counts, DocumentStats, Stats, stats};
pub use stops::{finding_from, open_proposal, untagged_quote};
pub use store::{Failure, SaveState};
pub use suggest::{
    Basis, Learned, Lessons, Proposed, Proposer, RULES, SuggestedTie, Suggestion, Suggestions, TiedTo, reason, stored,
    suggestions,
};
pub use transaction::{Change, Diff, Transaction};
pub use watch::{Differences, OwnChange, OwnFate, Refreshed, Seen, Watch};
