//! The one test binary: a module a subject.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "tests")]

mod actions;
mod add;
mod broken;
mod bundles;
mod conflicts;
mod crashes;
mod damage;
mod edits;
mod escapes;
mod formats;
mod layout;
mod pages;
mod pieces;
mod random_damage;
mod round_trips;
mod sample;
mod saving;
mod sessions;
mod texts;
mod tidy;
mod verbs;
mod window;
