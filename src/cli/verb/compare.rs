//! `compare`: several annotators' work side by side, and what differs.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use ascribe_engine::{
    Fate, Project, Tree,
    agreement::DifferenceKind,
    compare::{Compared, Comparison, Filter, LeftOut, Party, Side, compare_project},
    load,
};
use ascribe_schema::{Annotation, DocumentId, Severity, Span};
use clap::Args;
use serde_json::{Value, json};

use super::reading::plain;
use crate::{DONE, Failed, Io, NEEDS_A_PERSON};

/// How many characters of an annotation's words are shown.
const WIDEST: usize = 50;

/// What help says after the options.
const HELP: &str = "\
What means the same thing

Annotations of two annotators may mean the same thing if they have one label and share a character, or have different
labels and share at least half of the characters of either. Of all one-to-one matchings that one is taken which has the
most pairs of the same words with the same label; then the greatest overlap, where the same label counts for as much as
half of an overlap; then the most equal attributes, and the most equal links. With more than two annotators, pairs are
put together from the best down, where any two of them may mean the same thing. The order of names does not matter.

Tags on an older text are moved to the newest one first, and nothing is written. Left out and listed are tags in what
their annotator takes for something else than the article, tags that wait for a place, and those whose text is missing.
Who has no set of a document takes no part in it.

JSON

  {\"annotators\": [NAME…], \"totals\": COUNTS, \"documents\": [DOCUMENT…],
   \"not_compared\": [{\"document\", \"annotators\"}]}
  COUNTS: {\"units\", \"identical\", \"differ\", \"by_kind\": {KIND: n}}
  KIND: missing, boundary, label, attribute, source, target
  DOCUMENT: {\"document\", \"annotators\": [{\"annotator\", \"compared\", \"moved\": {FATE: n} or null,
   \"left_out\": [{\"id\", \"label\", \"spans\", \"why\"}]}], \"counts\": COUNTS, \"units\": [UNIT…]}
  UNIT: {\"unit\": number, \"place\": [start, end], \"differs\": [{\"kind\", \"name\"}], \"apart\": [NAME…],
   \"members\": {NAME: {\"id\", \"label\", \"spans\", \"text\", \"attributes\"} or null}, \"aside\": [NAME…]}

`apart` are those who do not share the view of most; `aside` those who have nothing there because they take it for
something else than the article. With --differences, `units` has only those in which something differs.";

/// What to compare.
#[derive(Debug, Args)]
#[command(after_long_help = HELP)]
pub(crate) struct Compare {
    /// The project's folder, or a bundle
    project: PathBuf,
    /// Whose work, such as amina,bo; also gold, and decisions/NAME for what an adjudicator decided; everybody's otherwise
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    annotators: Vec<String>,
    /// Only this document; may be given several times
    #[arg(long, value_name = "ID")]
    document: Vec<String>,
    /// Only what anybody gave this label; may be given several times
    #[arg(long, value_name = "LABEL")]
    label: Vec<String>,
    /// List what differs
    #[arg(long)]
    differences: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// How many units there are, and what differs in them.
#[derive(Default)]
struct Counts {
    units: usize,
    identical: usize,
    by_kind: BTreeMap<DifferenceKind, usize>,
}

/// Compares annotators, and prints what they share and what differs.
pub(crate) fn compare(wanted: &Compare, io: &mut Io<'_>) -> Result<u8, Failed> {
    let project = load(&Tree::open(&wanted.project)?);
    let compared = compared(&project, &wanted.annotators, &wanted.document)?;
    let filter = Filter { labels: wanted.label.clone(), ..Filter::default() };
    if wanted.json {
        let json = report(&compared, &filter, wanted.differences);
        writeln!(io.out, "{}", serde_json::to_string_pretty(&json)?)?;
    } else {
        print(&project, &compared, &filter, wanted.differences, io)?;
    }
    let sides = compared.documents.iter().flat_map(|comparison| &comparison.sides);
    let lost = sides.flat_map(|side| &side.left_out).any(|(_, why)| *why == LeftOut::NoText);
    Ok(if tell_errors(&project, io)? || lost { NEEDS_A_PERSON } else { DONE })
}

/// Compares those who are named, in the documents that are named.
pub(super) fn compared(project: &Project, names: &[String], documents: &[String]) -> Result<Compared, Failed> {
    let parties: Vec<Party> = names.iter().map(|name| name.parse()).collect::<Result<_, _>>()?;
    let documents: Vec<_> = documents.iter().map(|id| DocumentId::new(id.as_str())).collect::<Result<_, _>>()?;
    Ok(compare_project(project, &parties, &documents)?)
}

/// Says which files of people's work have errors, so that not all in them may count; whether there are any.
pub(super) fn tell_errors(project: &Project, io: &mut Io<'_>) -> Result<bool, Failed> {
    let errors = project.problems.iter().filter(|problem| problem.severity == Severity::Error);
    let files: BTreeSet<_> = errors.map(|problem| problem.place.file.as_str()).collect();
    let people = ["annotations/", "decisions/"];
    let files: Vec<_> = files.into_iter().filter(|file| people.iter().any(|folder| file.starts_with(folder))).collect();
    for file in &files {
        writeln!(io.err, "{}: has errors, and what cannot be read does not count; see `check`", plain(file))?;
    }
    Ok(!files.is_empty())
}

impl Counts {
    fn of(comparison: &Comparison, filter: &Filter) -> Self {
        let mut counts = Self::default();
        for number in wanted_units(comparison, filter, false) {
            let differs = &comparison.units[number].differs;
            counts.units += 1;
            counts.identical += usize::from(differs.is_nothing());
            let mut kinds: Vec<_> = differs.all().iter().map(|difference| difference.kind).collect();
            kinds.dedup();
            kinds.into_iter().for_each(|kind| *counts.by_kind.entry(kind).or_default() += 1);
        }
        counts
    }

    fn sum(all: impl Iterator<Item = Self>) -> Self {
        all.fold(Self::default(), |mut sum, one| {
            (sum.units, sum.identical) = (sum.units + one.units, sum.identical + one.identical);
            one.by_kind.into_iter().for_each(|(kind, count)| *sum.by_kind.entry(kind).or_default() += count);
            sum
        })
    }

    fn json(&self) -> Value {
        let count = |kind: DifferenceKind| self.by_kind.get(&kind).copied().unwrap_or_default();
        let by_kind: BTreeMap<_, _> = DifferenceKind::ALL.into_iter().map(|kind| (kind.name(), count(kind))).collect();
        let differ = self.units - self.identical;
        json!({ "units": self.units, "identical": self.identical, "differ": differ, "by_kind": by_kind })
    }

    fn sentence(&self) -> String {
        let kinds: Vec<_> = self.by_kind.iter().map(|(kind, count)| format!("{count} {}", kind.name())).collect();
        let differ = self.units - self.identical;
        let kinds = if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) };
        format!("{} in all: {} identical, {differ} differ{kinds}", self.units, self.identical)
    }
}

/// The units that are asked for, by number.
fn wanted_units<'a>(
    comparison: &'a Comparison,
    filter: &'a Filter,
    only_differing: bool,
) -> impl Iterator<Item = usize> + 'a {
    let all = 0..comparison.units.len();
    let kept = all.filter(|unit| filter.keeps(comparison, *unit));
    kept.filter(move |unit| !only_differing || !comparison.units[*unit].differs.is_nothing())
}

fn report(compared: &Compared, filter: &Filter, only_differing: bool) -> Value {
    let document = |comparison: &Comparison| {
        let units = wanted_units(comparison, filter, only_differing).map(|unit| unit_json(comparison, unit));
        json!({
            "document": comparison.document,
            "annotators": comparison.sides.iter().map(side_json).collect::<Vec<_>>(),
            "counts": Counts::of(comparison, filter).json(),
            "units": units.collect::<Vec<_>>(),
        })
    };
    let alone =
        |(document, annotators): &(DocumentId, Vec<_>)| json!({ "document": document, "annotators": annotators });
    json!({
        "annotators": compared.annotators,
        "totals": totals(compared, filter).json(),
        "documents": compared.documents.iter().map(document).collect::<Vec<_>>(),
        "not_compared": compared.not_compared.iter().map(alone).collect::<Vec<_>>(),
    })
}

fn totals(compared: &Compared, filter: &Filter) -> Counts {
    Counts::sum(compared.documents.iter().map(|comparison| Counts::of(comparison, filter)))
}

fn side_json(side: &Side) -> Value {
    let left_out = side.left_out.iter().map(|(annotation, why)| {
        json!({
            "id": annotation.id,
            "label": annotation.label,
            "spans": pairs(&annotation.spans),
            "why": why.name(),
        })
    });
    let moved = side.moved.as_ref().map(|report| {
        let counts = report.counts().into_iter().map(|(fate, count)| (fate.name(), count));
        counts.collect::<BTreeMap<_, _>>()
    });
    json!({
        "annotator": side.annotator,
        "compared": side.set.annotations.len(),
        "moved": moved,
        "left_out": left_out.collect::<Vec<_>>(),
    })
}

fn unit_json(comparison: &Comparison, number: usize) -> Value {
    let unit = &comparison.units[number];
    let name = |side: usize| &comparison.sides[side].annotator;
    let member = |side: usize| {
        comparison.member(number, side).map(|annotation| {
            json!({
                "id": annotation.id,
                "label": annotation.label,
                "spans": pairs(&annotation.spans),
                "text": annotation.text,
                "attributes": annotation.attributes,
            })
        })
    };
    let sides = || 0..comparison.sides.len();
    let differs = unit.differs.all().into_iter().map(|difference| match difference.name {
        "" => json!({ "kind": difference.kind.name() }),
        name => json!({ "kind": difference.kind.name(), "name": name }),
    });
    let aside = sides().filter(|side| unit.members[*side].is_none() && comparison.is_aside(number, *side));
    json!({
        "unit": number,
        "place": [unit.place.start, unit.place.end],
        "differs": differs.collect::<Vec<_>>(),
        "apart": comparison.apart(number).into_iter().map(name).collect::<Vec<_>>(),
        "members": sides().map(|side| (name(side).to_string(), member(side))).collect::<BTreeMap<_, _>>(),
        "aside": aside.map(name).collect::<Vec<_>>(),
    })
}

fn pairs(spans: &[Span]) -> Vec<(u32, u32)> {
    spans.iter().map(|span| (span.start.0, span.end.0)).collect()
}

fn print(project: &Project, compared: &Compared, filter: &Filter, list: bool, io: &mut Io<'_>) -> Result<(), Failed> {
    let names: Vec<_> = compared.annotators.iter().map(ToString::to_string).collect();
    writeln!(io.out, "{}: {}", names.join(", "), totals(compared, filter).sentence())?;
    for comparison in &compared.documents {
        let title = project.documents.get(&comparison.document).map_or("", |document| &document.record.title);
        writeln!(io.out, "\n{} ({})", plain(title), comparison.document)?;
        writeln!(io.out, "  {}", Counts::of(comparison, filter).sentence())?;
        comparison.sides.iter().try_for_each(|side| print_side(side, io))?;
        for number in wanted_units(comparison, filter, true).filter(|_| list) {
            print_unit(comparison, number, io)?;
        }
    }
    for (document, annotators) in &compared.not_compared {
        let who: Vec<_> = annotators.iter().map(ToString::to_string).collect();
        let who = if who.is_empty() { "nobody".to_owned() } else { format!("only {}", who.join(", ")) };
        writeln!(io.out, "\n{document}: not compared; {who} of those has annotated it")?;
    }
    Ok(())
}

fn print_side(side: &Side, io: &mut Io<'_>) -> Result<(), Failed> {
    write!(io.out, "  {}: {} compared", side.annotator, side.set.annotations.len())?;
    for why in LeftOut::ALL {
        let count = side.left_out.iter().filter(|(_, reason)| *reason == why).count();
        if count > 0 {
            write!(io.out, "; {count} left out, {}", why.why())?;
        }
    }
    if let Some(report) = &side.moved {
        let counts = report.counts();
        let told = Fate::ALL.into_iter().filter(|fate| counts[fate] > 0);
        let told: Vec<_> = told.map(|fate| format!("{} {}", counts[&fate], fate.name())).collect();
        write!(io.out, "; on the newest text: {}", told.join(", "))?;
    }
    writeln!(io.out)?;
    Ok(())
}

fn print_unit(comparison: &Comparison, number: usize, io: &mut Io<'_>) -> Result<(), Failed> {
    let unit = &comparison.units[number];
    let told = unit.differs.all().into_iter().map(|difference| match difference.name {
        "" => difference.kind.name().to_owned(),
        name => format!("{} {}", difference.kind.name(), plain(name)),
    });
    writeln!(io.out, "    {}  {}", unit.place, told.collect::<Vec<_>>().join(", "))?;
    for (side, who) in comparison.sides.iter().enumerate() {
        let what = match comparison.member(number, side) {
            Some(annotation) => words(annotation),
            None if comparison.is_aside(number, side) => "— (not the article, for them)".to_owned(),
            None => "—".to_owned(),
        };
        writeln!(io.out, "      {}: {what}", who.annotator)?;
    }
    Ok(())
}

/// An annotation in a line.
fn words(annotation: &Annotation) -> String {
    let quote = annotation.quote();
    let mut short: String = quote.chars().take(WIDEST).collect();
    if quote.chars().count() > WIDEST {
        short.push('…');
    }
    let attributes: Vec<_> = annotation.attributes.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let attributes = if attributes.is_empty() { String::new() } else { format!(" ({})", attributes.join(", ")) };
    plain(&format!("{}{attributes} “{short}”", annotation.label))
}
