//! How alike annotators worked, in numbers and in matched units.
//!
//! Data in, data out: no project, no file, no clock, no screen. Randomness comes from a seed.
//!
//! - [`align`] puts annotations of several annotators that mean the same thing into [`Unit`]s, and says what differs.
//! - [`Ratings`] measures categories that several raters gave to the same items.
//! - [`Units`] measures stretches of one continuum that several annotators marked, by place and category.
//! - [`gamma()`] aligns such stretches of all annotators at once, and says how much better than chance they agree.
//! - [`Figure`] is one number with what it stands on, and [`Measure`] says what it means and where that is defined.

mod align;
mod figure;
mod gamma;
pub mod measures;
mod ratings;
mod units;

pub use self::{
    align::{Difference, DifferenceKind, Differs, Hand, Unit, align},
    figure::{Figure, Measure, Undefined},
    gamma::{Alignment, EmptyPair, Gamma, GammaError, GammaOptions, Sampler, Unitary, gamma},
    ratings::{Counts, Ratings},
    units::{AlphaU, Disagreement, Fit, SpanScore, Stretch, StretchError, UAlpha, Units},
};
