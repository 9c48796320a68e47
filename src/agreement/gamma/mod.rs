//! γ and its family: agreement on where things are and what they are, by the best alignment of all annotators' work.
//!
//! Mathet, Widlöcher & Métivier 2015, “The Unified and Holistic Method Gamma (γ) for Inter-Annotator Agreement Measure
//! and Alignment”, Computational Linguistics 41(3); for γ-cat and γ-k Mathet 2017, “The Agreement Measure γcat”,
//! Computational Linguistics 43(3). Numbers are those of pygamma-agreement 0.5.9, except that alignments are the best
//! ones for any size that can be, and that its numbers have seven digits.
//!
//! - `near` finds which stretches can be aligned, `columns` which of them together; `search` takes all of these, or lets
//!   prices tell which matter.
//! - `solve` chooses the best of them: `sweep` goes from left to right, and `prices` (with `skyline`) say what is not
//!   worth following, and whether anything could be better.
//! - `sample` draws what chance would give, `measure` puts all together, `category` is for γ-cat and γ-k.

mod align;
mod bound;
#[cfg(test)]
mod brute;
mod category;
mod columns;
mod cost;
mod measure;
mod near;
mod options;
mod prices;
mod sample;
mod search;
mod skyline;
mod solve;
mod sweep;

pub use self::{
    align::{Alignment, Unitary},
    cost::EmptyPair,
    measure::{Gamma, gamma},
    options::{GammaError, GammaOptions},
    sample::Sampler,
};
