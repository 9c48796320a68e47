//! How γ is worked out.

use std::fmt;

use super::{cost::EmptyPair, sample::Sampler};

/// How γ is worked out.
#[derive(Clone, Debug, PartialEq)]
pub struct GammaOptions {
    /// How much place counts; more than 0.
    pub alpha: f64,
    /// How much category counts.
    pub beta: f64,
    /// Δ∅, what a unit without a counterpart costs; more than 0.
    pub delta_empty: f64,
    /// How two units that are both missing count.
    pub empty_pair: EmptyPair,
    /// How chance is modelled.
    pub sampler: Sampler,
    /// How many samples are drawn.
    pub samples: usize,
    /// How far the expected disorder may be off at 95 %, as a share of it: more samples are drawn where these are too
    /// few for that, up to [`GammaOptions::MOST`]. Mathet et al. 2015, section 5.3.
    pub precision: Option<f64>,
    /// What the samples follow from.
    pub seed: u64,
}

impl Default for GammaOptions {
    fn default() -> Self {
        Self {
            alpha: 1.0,
            beta: 1.0,
            delta_empty: 1.0,
            empty_pair: EmptyPair::default(),
            sampler: Sampler::default(),
            samples: 30,
            precision: Some(0.01),
            seed: 0,
        }
    }
}

/// Why γ cannot be worked out in this way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GammaError {
    /// Place must count something, and category not less than nothing.
    Weights(f64, f64),
    /// Δ∅ must be more than 0.
    DeltaEmpty(f64),
    /// There must be a sample.
    NoSamples,
    /// A share between 0 and 1 is meant.
    Precision(f64),
}

impl GammaOptions {
    /// How many samples are drawn for the sake of precision at most.
    pub const MOST: usize = 2_000;

    /// Whether γ can be worked out in this way.
    ///
    /// # Errors
    ///
    /// When a number is out of its range.
    pub fn check(&self) -> Result<(), GammaError> {
        let weights = [self.alpha, self.beta].into_iter().all(f64::is_finite) && self.alpha > 0.0 && self.beta >= 0.0;
        if !weights {
            Err(GammaError::Weights(self.alpha, self.beta))
        } else if !(self.delta_empty.is_finite() && self.delta_empty > 0.0) {
            Err(GammaError::DeltaEmpty(self.delta_empty))
        } else if self.samples == 0 {
            Err(GammaError::NoSamples)
        } else if let Some(share) = self.precision.filter(|share| !(*share > 0.0 && *share < 1.0)) {
            Err(GammaError::Precision(share))
        } else {
            Ok(())
        }
    }
}

impl fmt::Display for GammaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weights(alpha, beta) => {
                write!(f, "alpha ({alpha}) must be more than 0, and beta ({beta}) not less; neither infinite")
            }
            Self::DeltaEmpty(delta) => write!(f, "delta-empty ({delta}) must be more than 0, and not infinite"),
            Self::NoSamples => f.write_str("at least one sample is needed"),
            Self::Precision(share) => {
                write!(f, "the precision ({share}) must be a share between 0 and 1, such as 0.05")
            }
        }
    }
}

impl std::error::Error for GammaError {}
