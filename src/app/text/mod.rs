//! A long read-only text: laid out, painted, selected and walked through, at a cost that follows the window.

mod atlas;
mod chunks;
mod flow;
mod fonts;
mod gesture;
mod heights;
mod laid;
mod mesh;
mod motion;
mod moves;
mod pane;
mod paragraph;
mod reveal;
mod show;
mod style;

pub use fonts::{Fonts, INTER_REGULAR, INTER_SEMIBOLD, SystemFonts};
pub use gesture::{Gesture, PaneResponse};
pub use motion::Motion;
pub use pane::TextPane;
pub use paragraph::{Decorate, LineRect, Paragraph, VisualLine};
pub use style::TextStyle;
