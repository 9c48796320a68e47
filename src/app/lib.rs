//! The window of Ascribe: open articles, tag who said what, review, and export.
//!
//! [`App`] draws panels that only read; whatever a person does becomes a [`Command`](command::Command),
//! carried out before the next frame. [`text`] sets and shows a long text and knows nothing of annotations;
//! [`reading`] puts the two together.

pub mod app;
mod background;
pub mod bench;
pub mod command;
pub mod exporting;
pub mod figures;
pub mod files;
pub mod importing;
mod keysheet;
pub mod labelled;
pub mod linting;
mod motion;
mod nodes;
mod numbers;
pub mod options;
mod overlay;
mod panel;
pub mod parts;
mod perform;
pub mod reading;
pub mod reviewing;
pub mod revising;
pub mod sample;
mod scroll;
pub mod settings;
pub mod sources;
pub mod suggesting;
pub mod team;
pub mod text;
pub mod theme;
pub mod window;
mod wording;
pub mod workspace;

pub use app::App;
