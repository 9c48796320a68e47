//! What the measures of units need to know beside the units.

use ascribe_engine::agree::TOLERANCE;
use clap::Args;

/// Where the continuum lies, and how units are measured on it.
#[derive(Debug, Args)]
#[command(next_help_heading = "Of units")]
pub(crate) struct Continuum {
    /// Where the continuum begins
    #[arg(long, default_value_t = 0.0, value_name = "POSITION", allow_negative_numbers = true)]
    pub(super) begin: f64,
    /// How long it is; up to the end of the last unit otherwise
    #[arg(long, value_name = "LENGTH")]
    pub(super) length: Option<f64>,
    /// How far apart ends may be for boundary-tolerant F1
    #[arg(long, default_value_t = f64::from(TOLERANCE), value_name = "DISTANCE")]
    pub(super) tolerance: f64,
}
