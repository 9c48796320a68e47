//! Figures as a person reads them: with what they are made of, or why there are none, and what they mean.

use std::fmt::Write as _;

use ascribe_engine::agreement::{Figure, Measure, measures};

use crate::{Failed, Io};

/// What help says after the options: every measure with its definition and its source.
pub(super) fn all() -> String {
    let mut text = "What the tables are\n\n".to_owned();
    text.push_str(
        "Cells are separated by commas, or, where the first line has none, by tabs or semicolons. UTF-8, with or without a \
         byte order mark; spaces around cells do not count. Where all ratings are numbers, 1 and 1.0 are one value. \
         What cannot be read is an error with its line.\n\n\
         JSON: {\"n_items\", \"n_raters\", \"measures\": {KEY: {\"value\", \"n_items\", \"reason\"}}} of ratings, and of units \
         {\"begin\", \"length\", \"n_annotators\", \"n_units\", \"tolerance\", \"measures\": {KEY: {\"value\", \"n\", \"of\", \"reason\"}}}, \
         where αU has its observed and expected disagreement and its labels, (k)uα its labels, uα its coincidences, F1 its pairs, \
         and γ its samples, their seed and its confidence interval at 95 %. Of F1, the value is the mean over pairs. \
         An undefined value is null and has a reason.\n",
    );
    for (heading, listed) in [("Of ratings", &measures::OF_RATINGS[..]), ("Of units", &measures::OF_UNITS[..])] {
        let _ = write!(text, "\n{heading}\n");
        for measure in listed {
            let _ = write!(text, "\n{} ({})\n", measure.name, measure.key);
            let _ = writeln!(text, "  {}\n  Source: {}", measure.definition, measure.source);
        }
    }
    text
}

/// Prints figures, one a line; with their definitions, if those are wanted.
pub(super) fn figures(figures: &[(&Measure, Figure)], explain: bool, io: &mut Io<'_>) -> Result<(), Failed> {
    for (measure, figure) in figures {
        writeln!(io.out, "{}", line(measure.name, &told(figure)))?;
        if explain {
            definition(measure, io)?;
        }
    }
    Ok(())
}

/// One line of the list: all figures stand below each other.
pub(super) fn line(name: &str, told: &str) -> String {
    format!("{name:<34}  {told}")
}

/// How a measure is worked out, and where that is published.
pub(super) fn definition(measure: &Measure, io: &mut Io<'_>) -> Result<(), Failed> {
    writeln!(io.out, "    {}\n    Source: {}\n", measure.definition, measure.source)?;
    Ok(())
}

/// A figure with what it is made of, or why there is none.
pub(super) fn told(figure: &Figure) -> String {
    match figure.value {
        Ok(value) => format!("{value:>7.4}  {} {}", figure.n, figure.of),
        Err(reason) => format!("{:>7}  {reason}", "—"),
    }
}
