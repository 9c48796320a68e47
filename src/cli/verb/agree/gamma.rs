//! How γ is asked for, and what it says.

use ascribe_engine::agreement::{EmptyPair, Gamma, GammaError, GammaOptions, Sampler, Units, gamma, measures as of};
use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};

use super::explained;
use crate::{Failed, Io, verb::reading::plain};

/// The most units of which γ is worked out without being asked for.
const MOST: usize = 10_000;

/// How γ is worked out.
#[derive(Debug, Args)]
#[command(next_help_heading = "Of γ")]
pub(crate) struct Chance {
    /// Work out γ of a project, or of more than 10,000 units of a table, which may take minutes
    #[arg(long)]
    gamma: bool,
    /// Leave γ out
    #[arg(long, conflicts_with = "gamma")]
    no_gamma: bool,
    /// How much place counts
    #[arg(long, value_name = "WEIGHT")]
    alpha: Option<f64>,
    /// How much category counts
    #[arg(long, value_name = "WEIGHT")]
    beta: Option<f64>,
    /// Δ∅, what a unit without a counterpart costs
    #[arg(long, value_name = "COST")]
    delta_empty: Option<f64>,
    /// How two units that are both missing count, where there are three annotators or more: as Δ∅, which is what
    /// pygamma-agreement does, or not at all
    #[arg(long, value_enum, value_name = "HOW")]
    empty_pair: Option<Missing>,
    /// How chance is modelled: by moving the annotators' own work round, or by units of like gaps and lengths
    #[arg(long, value_enum, value_name = "HOW")]
    sampler: Option<Drawn>,
    /// How many samples of chance are drawn at least
    #[arg(long, value_name = "NUMBER")]
    samples: Option<usize>,
    /// Draw more samples until chance is known to this share at 95 %; 0 draws no more than `--samples`
    #[arg(long, value_name = "SHARE")]
    precision: Option<f64>,
    /// What the samples follow from: the same seed gives the same figures
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Missing {
    DeltaEmpty,
    Zero,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Drawn {
    Shuffle,
    Statistical,
}

/// What works γ out, of some units.
type Work<'a> = &'a dyn Fn(&GammaOptions) -> Result<(Gamma, Units), GammaError>;

/// γ, or why it was left out.
pub(super) enum Answer {
    Worked(Box<Gamma>, Vec<String>),
    LeftOut(&'static str),
}

impl Chance {
    fn options(&self) -> GammaOptions {
        let usual = GammaOptions::default();
        GammaOptions {
            alpha: self.alpha.unwrap_or(usual.alpha),
            beta: self.beta.unwrap_or(usual.beta),
            delta_empty: self.delta_empty.unwrap_or(usual.delta_empty),
            empty_pair: match self.empty_pair {
                Some(Missing::DeltaEmpty) => EmptyPair::DeltaEmpty,
                Some(Missing::Zero) => EmptyPair::Zero,
                None => usual.empty_pair,
            },
            sampler: match self.sampler {
                Some(Drawn::Shuffle) => Sampler::Shuffle,
                Some(Drawn::Statistical) => Sampler::Statistical,
                None => usual.sampler,
            },
            samples: self.samples.unwrap_or(usual.samples),
            precision: self.precision.map_or(usual.precision, |share| Some(share).filter(|share| *share != 0.0)),
            seed: self.seed.unwrap_or(usual.seed),
        }
    }

    /// γ of a part of a project, which is worked out only where somebody asks for it.
    pub(super) fn of_project(&self, work: Work<'_>) -> Result<Answer, Failed> {
        if !self.gamma {
            return Ok(Answer::LeftOut("left out, because it takes long; --gamma works it out"));
        }
        let (gamma, units) = work(&self.options())?;
        Ok(Answer::Worked(Box::new(gamma), units.categories().to_vec()))
    }

    /// γ of `units`, if it is wanted.
    pub(super) fn answer(&self, units: &Units) -> Result<Answer, Failed> {
        let options = self.options();
        options.check()?;
        if self.no_gamma {
            return Ok(Answer::LeftOut("left out, as asked for"));
        }
        if units.count() > MOST && !self.gamma {
            return Ok(Answer::LeftOut(
                "left out, because it takes long for more than 10,000 units; --gamma works it out",
            ));
        }
        Ok(Answer::Worked(Box::new(gamma(units, &options)?), units.categories().to_vec()))
    }
}

impl Answer {
    /// Adds γ and its family to the measures.
    pub(super) fn add(&self, measures: &mut Map<String, Value>) -> Result<(), Failed> {
        let (gamma, categories) = match self {
            Self::Worked(gamma, categories) => (gamma, categories),
            Self::LeftOut(reason) => {
                for measure in [&of::GAMMA, &of::GAMMA_CAT, &of::GAMMA_OBSERVED, &of::GAMMA_EXPECTED] {
                    measures.insert(measure.key.to_owned(), json!({"value": null, "reason": reason}));
                }
                return Ok(());
            }
        };
        let mut value = serde_json::to_value(gamma.gamma)?;
        value["confidence_95"] = json!(gamma.interval);
        value["samples"] = json!(gamma.samples);
        value["seed"] = json!(gamma.seed);
        value["proven"] = json!(gamma.proven);
        measures.insert(of::GAMMA.key.to_owned(), value);
        let labels = categories.iter().zip(&gamma.gamma_k);
        let labels: Map<_, _> = labels
            .map(|(name, figure)| Ok((name.clone(), serde_json::to_value(figure)?)))
            .collect::<Result<_, Failed>>()?;
        let mut value = serde_json::to_value(gamma.gamma_cat)?;
        value["labels"] = Value::Object(labels);
        measures.insert(of::GAMMA_CAT.key.to_owned(), value);
        let mut value = serde_json::to_value(gamma.observed)?;
        value["unitary_alignments"] = json!(gamma.alignment.as_ref().map(|alignment| alignment.unitary.len()));
        measures.insert(of::GAMMA_OBSERVED.key.to_owned(), value);
        measures.insert(of::GAMMA_EXPECTED.key.to_owned(), serde_json::to_value(gamma.expected)?);
        Ok(())
    }

    /// Prints γ and its family.
    pub(super) fn print(&self, explain: bool, io: &mut Io<'_>) -> Result<(), Failed> {
        let (gamma, categories) = match self {
            Self::Worked(gamma, categories) => (gamma, categories),
            Self::LeftOut(reason) => {
                writeln!(io.out, "{}", explained::line(of::GAMMA.name, &format!("{:>7}  {reason}", "—")))?;
                return Ok(());
            }
        };
        explained::figures(&[(&of::GAMMA, gamma.gamma)], explain, io)?;
        if let Some((from, to)) = gamma.interval {
            let (samples, seed) = (gamma.samples, gamma.seed);
            let range = format!("{from:>7.4}  to {to:.4}, by {samples} samples with seed {seed}");
            writeln!(io.out, "{}", explained::line("  95 % confidence", &range))?;
        }
        if let Some((least, most)) = gamma.proven.filter(|(least, most)| least != most) {
            let range = format!("{least:>7.4}  to {most:.4}: some alignments are not proven to be the best");
            writeln!(io.out, "{}", explained::line("  proven", &range))?;
        }
        let others = [
            (&of::GAMMA_OBSERVED, gamma.observed),
            (&of::GAMMA_EXPECTED, gamma.expected),
            (&of::GAMMA_CAT, gamma.gamma_cat),
        ];
        explained::figures(&others, explain, io)?;
        for (name, figure) in categories.iter().zip(&gamma.gamma_k) {
            writeln!(io.out, "{}", explained::line(&format!("  {}", plain(name)), &explained::told(figure)))?;
        }
        Ok(())
    }
}
