//! The one test binary: a module a subject.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "tests")]

mod actions;
mod add;
mod anchoring;
mod archives;
mod broken;
mod bundles;
mod conflicts;
mod crashes;
mod damage;
mod datasets;
mod edits;
mod encodings;
mod escapes;
mod evaluate;
mod formats;
mod layout;
mod learning;
mod ledger;
mod letters;
mod lint;
mod office;
mod pages;
mod paratext;
mod pdf;
mod pieces;
mod random_damage;
mod records;
mod revise;
mod round_trips;
mod sample;
mod saving;
mod sessions;
mod stream;
mod suggestions;
mod texts;
mod tidy;
mod verbs;
mod window;
