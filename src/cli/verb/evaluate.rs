//! `evaluate`: how well annotations agree with others that are held to be right.

use std::{
    path::{Path, PathBuf},
    slice,
    sync::Arc,
};

use ascribe_engine::{
    dataset::{self, Format, Kind, KnownText, ReadOptions, Record, Told},
    evaluate::{Evaluation, FORMS, Level, Levels, QuoteFigures, Ratio, Scores},
};
use clap::Args;
use serde::Serialize;

use super::{dataset::tell, reading::plain};
use crate::{DONE, Failed, Io, NEEDS_A_PERSON};

/// How the figures are made, for people who ask for help.
const FORMULAS: &str = "\
How the figures are made

C(x) is the set of characters of an annotation that are not white space, those of all its fragments in one set.
J(g, p) = |C(g) ∩ C(p)| ÷ |C(g) ∪ C(p)| says how much a gold and a predicted annotation overlap.

Matching is one to one: in each document, pairs with J ≥ 0.3 are taken by falling J, and of equal ones by the order of
the text; one is matched when neither of its two is matched yet. It is matched exactly where J = 1, then come J ≥ 0.8
and J ≥ 0.3. Quotes and sources are matched each by themselves. With M the matched pairs of a level:

  precision = |M| ÷ predicted    recall = |M| ÷ gold    F1 = 2 · precision · recall ÷ (precision + recall)

By form: recall divides the matched gold quotes with this form by all gold ones with it, precision does so with the
predicted ones, and F1 is made of both; `none` are quotes without a form.

Inside: the share of predicted quotes of which at least half of the characters lie in any gold quote.

Links: a matched quote has the right source when J ≥ 0.5 for any of its gold and any of its predicted sources, which
are what `attributed_to` leads to. Divided by the quotes matched at J ≥ 0.3 whose gold has a source; and, for direct
quotes that were found at J ≥ 0.3 and have the right source, by all direct gold quotes that have one.

Sums run over all documents together. A document that only one file has, or that has another text in the other, counts
in full as missed or wrong, is named, and makes the exit status 1. A predicted line needs no text; its id tells.";

/// What to compare.
#[derive(Debug, Args)]
#[command(after_long_help = FORMULAS)]
pub(crate) struct Evaluate {
    /// What is held to be right, as JSON lines
    #[arg(long, value_name = "FILE.jsonl")]
    gold: PathBuf,
    /// What is to be judged, as JSON lines, such as `suggest --stream` writes
    #[arg(long, value_name = "FILE.jsonl")]
    predicted: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report<'a> {
    #[serde(flatten)]
    evaluation: &'a Evaluation,
    /// How many lines, annotations and relations could not be read.
    refused: Refused,
}

#[derive(Serialize)]
struct Refused {
    gold: usize,
    predicted: usize,
}

/// Compares two files, and prints the figures.
pub(crate) fn evaluate(wanted: &Evaluate, io: &mut Io<'_>) -> Result<u8, Failed> {
    let (gold, told) = read(&wanted.gold, &ReadOptions::default())?;
    if gold.is_empty() {
        tell::reading(&told, None, io.err)?;
        return Err(format!("there is no document in {}", wanted.gold.display()).into());
    }
    let known = |record: &Record| KnownText {
        id: record.id.clone(),
        url: String::new(),
        text_sha256: String::new(),
        text: record.text.clone(),
    };
    let known: Arc<[_]> = gold.iter().map(known).collect();
    let (predicted, also_told) = read(&wanted.predicted, &ReadOptions { known, ..ReadOptions::default() })?;
    let evaluation = ascribe_engine::evaluate::evaluate(&gold, &predicted);
    let refused = Refused { gold: told.refused.len(), predicted: also_told.refused.len() };
    let good = refused.gold + refused.predicted == 0 && evaluation.documents.all_compared();
    if wanted.json {
        let report = Report { evaluation: &evaluation, refused };
        writeln!(io.out, "{}", serde_json::to_string_pretty(&report)?)?;
    } else {
        print(&evaluation, io)?;
    }
    for mut told in [told, also_told] {
        // What these figures are not made of does not matter to them.
        told.noted.clear();
        tell::reading(&told, None, io.err)?;
    }
    not_compared(&evaluation, io)?;
    Ok(if good { DONE } else { NEEDS_A_PERSON })
}

fn read(path: &Path, options: &ReadOptions) -> Result<(Vec<Record>, Told), Failed> {
    let format = Format::named("jsonl").ok_or("the format is not there")?;
    let works = dataset::read(format, slice::from_ref(&path.to_owned()), options)?;
    let mut told = Told::default();
    let records = works.flat_map(|work| work(&mut told)).collect();
    Ok((records, told))
}

fn not_compared(evaluation: &Evaluation, io: &mut Io<'_>) -> Result<(), Failed> {
    let documents = &evaluation.documents;
    for (ids, what) in [
        (&documents.only_gold, "only in gold; all in it counts as missed"),
        (&documents.only_predicted, "only in the prediction; all in it counts as wrong"),
        (&documents.other_text, "its text in the prediction is another; all in it counts as missed and as wrong"),
        (&documents.repeated, "there more than once in one file; only the first counts"),
    ] {
        for id in ids {
            writeln!(io.err, "document {}: {what}", plain(id))?;
        }
    }
    Ok(())
}

fn print(evaluation: &Evaluation, io: &mut Io<'_>) -> Result<(), Failed> {
    let compared = evaluation.documents.compared;
    writeln!(io.out, "{compared} {} compared\n", Kind::Document.word(compared))?;
    writeln!(io.out, "{:<18} {:<21} {:<21} F1", "", "precision", "recall")?;
    let quote = &evaluation.quote;
    quotes("quotes", &quote.all, io)?;
    let others = quote.forms.keys().map(String::as_str).filter(|form| !FORMS.contains(form));
    for form in FORMS.into_iter().chain(others) {
        let name = if form == "none" { "quotes without a form".to_owned() } else { format!("{} quotes", plain(form)) };
        let figures = &quote.forms[form];
        let some = |scores: &Scores| scores.precision.of + scores.recall.of > 0;
        if figures.levels.values().any(some) {
            quotes(&name, figures, io)?;
        }
    }
    writeln!(io.out, "sources")?;
    levels(&evaluation.source, io)?;
    writeln!(io.out, "links")?;
    writeln!(io.out, "  matched quotes with the right source           {}", ratio(evaluation.links.matched))?;
    writeln!(io.out, "  direct quotes found and with the right source  {}", ratio(evaluation.links.direct))?;
    Ok(())
}

fn quotes(name: &str, figures: &QuoteFigures, io: &mut Io<'_>) -> Result<(), Failed> {
    writeln!(io.out, "{name}")?;
    levels(&figures.levels, io)?;
    writeln!(io.out, "  {:<16} {}", "half inside gold", ratio(figures.inside))?;
    Ok(())
}

fn levels(levels: &Levels, io: &mut Io<'_>) -> Result<(), Failed> {
    for level in Level::ALL {
        let scores = levels.get(&level).copied().unwrap_or_default();
        let (precision, recall) = (ratio(scores.precision), ratio(scores.recall));
        let line = format!("  {:<16} {precision:<21} {recall:<21} {}", level.name(), share(scores.f1()));
        writeln!(io.out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn ratio(ratio: Ratio) -> String {
    format!("{} ({}/{})", share(ratio.share()), ratio.hits, ratio.of)
}

fn share(share: Option<f64>) -> String {
    share.map_or_else(|| "  —  ".to_owned(), |share| format!("{share:.3}"))
}
