//! A long read-only text: laid out, painted, selected and walked through, at a cost that follows the window.
//!
//! A [`TextPane`] is the view of one text. Each frame, [`TextPane::show`] paints what is in view and says in
//! a [`PaneResponse`] what the pointer did; the owner answers by setting the selection, and handles keys by
//! calling [`TextPane::move_caret`]. Marks in the text are painted by whoever implements [`Decorate`]: this
//! module knows nothing of annotations. All positions are offsets in Unicode scalar values.
//!
//! Only paragraphs near the window are laid out. The heights of the others are estimated; when an estimate
//! is corrected, what is seen stays where it is. Layout happens in physical pixels, with the [`Fonts`] that
//! all panes share.

mod access;
mod atlas;
mod chunks;
mod flow;
mod fonts;
mod gesture;
mod heights;
mod label;
mod laid;
mod line;
mod mesh;
mod motion;
mod moves;
mod pane;
mod paragraph;
mod reveal;
mod runs;
mod show;
mod signs;
mod style;
mod visual;

pub use fonts::{Fonts, INTER_REGULAR, INTER_SEMIBOLD, READING, SystemFonts};
pub use gesture::{Gesture, PaneResponse};
pub use label::runs_right_to_left;
pub use line::Line;
pub use mesh::FloatingMesh;
pub use motion::Motion;
pub use pane::TextPane;
pub use paragraph::{Decorate, LineRect, Paragraph};
pub use signs::{Sign, isolated, visible, visible_sentence};
pub use style::TextStyle;

#[cfg(test)]
mod bidi_tests;
#[cfg(test)]
mod pane_tests;
#[cfg(test)]
mod tests;
