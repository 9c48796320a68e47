//! `adjudicate`: what is open between annotators, what nobody disagrees on, and gold.

use std::{collections::BTreeSet, path::PathBuf};

use ascribe_engine::{
    Document, Papers, Place, Project, Stamp, Tree,
    adjudicate::{
        Adjudication, CaseCounts, GoldAccount, GoldWritten, NoAdjudicator, adjudicate as replay, compared, counting,
        gold, save_decisions, save_gold, unanimously,
    },
    compare::compare,
    load,
    store::Store,
};
use ascribe_schema::{AnnotatorName, DocumentId, Progress};
use clap::Args;
use serde::Serialize;

use super::{compare::tell_errors, reading::plain, revise::find_document};
use crate::{DONE, Failed, Io, NEEDS_A_PERSON, random};

/// What the states are, for people who ask for help.
const STATES: &str = "\
Annotations of several people that mean the same thing are one case. A case is
  open       nothing was decided about it
  decided    something was, and nothing has changed since
  stale      something was, and its annotations were changed, deleted, or joined by another since
  put off    somebody wants to decide it later

Without a choice, those are compared who have marked the article as finished, and those who were compared before.
Gold, annotations/gold, is made from the decisions of whom project.ron names as `adjudicator`, or of the only one there
is. What was decided and is stale stays in gold as it was decided. Gold that was not made from decisions is never
written over, unless --replace is given.

The exit status is 1 where anything is open, stale or put off, or gold could not be written.";

/// What to adjudicate.
#[derive(Debug, Args)]
#[command(after_long_help = STATES)]
pub(crate) struct Adjudicate {
    /// The project's folder, or a bundle
    project: PathBuf,
    /// Who decides; whose decisions count for gold otherwise
    #[arg(long = "as", value_name = "NAME")]
    by: Option<String>,
    /// Only between these annotators
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    annotators: Vec<String>,
    /// Only in this document; its id, or a part that only its id begins with; may be given several times
    #[arg(long, value_name = "ID")]
    document: Vec<String>,
    /// Decide everything that is open and on which nobody disagrees, and make gold
    #[arg(long)]
    unanimous: bool,
    /// Make gold anew from the decisions
    #[arg(long)]
    gold: bool,
    /// Write over gold that was not made from decisions; a copy is kept
    #[arg(long)]
    replace: bool,
    /// Say what would be done, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report {
    adjudicator: Option<AnnotatorName>,
    documents: Vec<Told>,
    totals: CaseCounts,
    accepted: usize,
}

/// What came of one document.
#[derive(Serialize)]
struct Told {
    id: DocumentId,
    annotators: Vec<AnnotatorName>,
    cases: CaseCounts,
    accepted: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    gold: Option<ToldGold>,
}

#[derive(Serialize)]
struct ToldGold {
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<GoldWritten>,
    /// Why it was not written.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    annotations: usize,
    relations: usize,
    account: GoldAccount,
}

/// Counts what is open; decides what nobody disagrees on, and makes gold, where that is asked for.
pub(crate) fn adjudicate(wanted: &Adjudicate, io: &mut Io<'_>) -> Result<u8, Failed> {
    let mut project = load(&Tree::open(&wanted.project)?);
    let store = match &project.place {
        Place::Folder(root) => Some(Store::at(root)),
        Place::Bundle(_) if wanted.unanimous || wanted.gold => {
            return Err("a bundle cannot be changed; unpack it first".into());
        }
        Place::Bundle(_) => None,
    };
    let chosen: Vec<_> = wanted.document.iter().map(|id| find_document(&project, id)).collect::<Result<_, _>>()?;
    let by = adjudicator(wanted, &project)?;
    project.file.adjudicator = match counting(&project) {
        Ok(name) => Some(name),
        // Whoever decides first is the only one.
        Err(NoAdjudicator::Nobody) => by.clone(),
        Err(NoAdjudicator::Several(_)) => None,
    };
    let named = named(wanted, &project)?;
    let mut report = Report { adjudicator: by.clone(), documents: Vec::new(), totals: <_>::default(), accepted: 0 };
    for (id, document) in &project.documents {
        if chosen.is_empty() || chosen.contains(id) {
            let Some(told) = of_document(document, &project, by.as_ref(), &named, wanted, store.as_ref(), io)? else {
                continue;
            };
            add(&mut report.totals, told.cases);
            report.accepted += told.accepted;
            report.documents.push(told);
        }
    }
    if wanted.json {
        writeln!(io.out, "{}", serde_json::to_string_pretty(&report)?)?;
    } else {
        print(&report, &project, wanted, io)?;
    }
    let CaseCounts { open, stale, deferred, gone, .. } = report.totals;
    let errors = tell_errors(&project, io)?;
    let refused =
        errors || report.documents.iter().any(|told| told.gold.as_ref().is_some_and(|gold| gold.written.is_none()));
    Ok(if open + stale + deferred + gone > 0 || refused { NEEDS_A_PERSON } else { DONE })
}

/// Who decides; nothing where nobody has and nothing is to be decided.
fn adjudicator(wanted: &Adjudicate, project: &Project) -> Result<Option<AnnotatorName>, Failed> {
    if let Some(name) = &wanted.by {
        let name = AnnotatorName::new(name.as_str())?;
        return if name.is_gold() {
            Err("gold is made from decisions; name who decides".into())
        } else {
            Ok(Some(name))
        };
    }
    match counting(project) {
        Ok(name) => Ok(Some(name)),
        Err(reason) if wanted.unanimous || wanted.gold => {
            Err(format!("{reason}; or name who decides with --as").into())
        }
        Err(_) => Ok(None),
    }
}

/// Nothing for a document in which there is nothing to compare.
fn of_document(
    document: &Document,
    project: &Project,
    by: Option<&AnnotatorName>,
    named: &BTreeSet<AnnotatorName>,
    wanted: &Adjudicate,
    store: Option<&Store>,
    io: &mut Io<'_>,
) -> Result<Option<Told>, Failed> {
    let id = &document.record.id;
    let mut papers = Papers::default();
    let stored = by.and_then(|by| document.decisions.get(by));
    if let Some(stored) = stored {
        papers.put_decisions(stored.set.clone());
    }
    if let Some(missing) = named.iter().find(|name| !document.sets.contains_key(name)) {
        // What two of three agree on is not what all agree on.
        writeln!(io.err, "{id}: passed over, because {missing} has not annotated it")?;
        return Ok(None);
    }
    let annotators = annotators(document, named, &papers);
    if annotators.len() < 2 && papers.decisions().len() == 0 {
        let few =
            format!("{id}: fewer than two annotators have finished it; name them with --annotators to compare now");
        return writeln!(io.err, "{few}").map(|()| None).map_err(Failed::from);
    }
    let whole = |name: &&AnnotatorName| document.sets.get(*name).is_none_or(|stored| stored.whole);
    let unread: Vec<_> = annotators.iter().filter(|name| !whole(name)).map(AnnotatorName::as_str).collect();
    if wanted.unanimous && !unread.is_empty() {
        writeln!(io.err, "{id}: nothing is decided, because not all tags of {} can be read", unread.join(", "))?;
    }
    let accepted = match by.filter(|_| wanted.unanimous && unread.is_empty()) {
        Some(by) => {
            let mut random = random;
            let mut stamp = Stamp { annotator: by, time: &io.time, random: &mut random };
            let deed = unanimously(id, &laid(document, &annotators, &papers), &mut stamp);
            if let Some(deed) = &deed {
                if stored.is_some_and(|stored| !stored.writable) {
                    return Err(format!("the decisions of {by} about {id} cannot be changed; see `check`").into());
                }
                papers.apply(&deed.changes)?;
            }
            deed.map_or(0, |deed| deed.changes.len())
        }
        None => 0,
    };
    if let (Some(store), Some(by), true) = (store, by, accepted > 0 && !wanted.dry_run) {
        save_decisions(store, id, by, &papers, stored.map(|stored| stored.file_sha256.as_str()))?;
    }
    let cases = laid(document, &annotators, &papers).counts();
    let making = wanted.gold || wanted.unanimous;
    let gold = match (store, by) {
        (Some(store), Some(by)) if making => Some(make_gold(document, project, by, &papers, wanted, store)?),
        _ => None,
    };
    Ok(Some(Told { id: id.clone(), annotators, cases, accepted, gold }))
}

/// Those who are asked for by name: each of them has annotated something.
fn named(wanted: &Adjudicate, project: &Project) -> Result<BTreeSet<AnnotatorName>, Failed> {
    let names = wanted.annotators.iter().map(|name| AnnotatorName::new(name.trim()));
    let names: BTreeSet<_> = names.collect::<Result<_, _>>()?;
    if names.iter().any(AnnotatorName::is_gold) {
        return Err("gold is made from decisions, and is not decided about; name annotators".into());
    }
    let known: BTreeSet<_> = project.documents.values().flat_map(|document| document.sets.keys()).collect();
    if let Some(unknown) = names.iter().find(|name| !known.contains(name)) {
        let known: Vec<_> = known.into_iter().filter(|name| !name.is_gold()).map(AnnotatorName::as_str).collect();
        return Err(
            format!("nobody called {unknown} has annotated anything here; there are: {}", known.join(", ")).into()
        );
    }
    if names.len() == 1 {
        return Err("name at least two annotators, or none".into());
    }
    Ok(names)
}

/// Who is compared.
fn annotators(document: &Document, named: &BTreeSet<AnnotatorName>, papers: &Papers) -> Vec<AnnotatorName> {
    let mut names = named.clone();
    if names.is_empty() {
        names = compared(papers.decisions());
        let finished = document.sets.iter().filter(|(_, stored)| stored.set.progress == Progress::Finished);
        names.extend(finished.map(|(name, _)| name.clone()).filter(|name| !name.is_gold()));
    }
    names.into_iter().filter(|name| document.sets.contains_key(name)).collect()
}

fn laid(document: &Document, annotators: &[AnnotatorName], papers: &Papers) -> Adjudication {
    let sets = annotators.iter().filter_map(|name| Some(document.sets.get(name)?.set.clone()));
    replay(document, &compare(document, sets.collect()), papers.decisions())
}

fn make_gold(
    document: &Document,
    project: &Project,
    by: &AnnotatorName,
    papers: &Papers,
    wanted: &Adjudicate,
    store: &Store,
) -> Result<ToldGold, Failed> {
    let decisions: Vec<_> = papers.decisions().cloned().collect();
    let made = gold(document, by, &decisions);
    let (written, reason) = match &project.file.adjudicator {
        Some(other) if other != by => {
            (None, Some(format!("the decisions of {other} count for gold, not those of {by}")))
        }
        None => (None, counting(project).err().map(|reason| reason.to_string())),
        _ => match save_gold(store, &made.set, wanted.replace, wanted.dry_run) {
            Ok(written) => (Some(written), None),
            Err(reason) => (None, Some(reason.to_string())),
        },
    };
    let (annotations, relations) = (made.set.annotations.len(), made.set.relations.len());
    Ok(ToldGold { written, reason, annotations, relations, account: made.account })
}

fn add(totals: &mut CaseCounts, cases: CaseCounts) {
    totals.open += cases.open;
    totals.unanimous += cases.unanimous;
    totals.stale += cases.stale;
    totals.deferred += cases.deferred;
    totals.decided += cases.decided;
    totals.gone += cases.gone;
}

fn print(report: &Report, project: &Project, wanted: &Adjudicate, io: &mut Io<'_>) -> Result<(), Failed> {
    for told in &report.documents {
        let title = project.documents.get(&told.id).map_or("", |document| &document.record.title);
        writeln!(io.out, "{} ({})", plain(title), told.id)?;
        let names: Vec<_> = told.annotators.iter().map(AnnotatorName::as_str).collect();
        writeln!(io.out, "  between {}: {}", names.join(", "), sentence(told.cases))?;
        if told.accepted > 0 {
            let did = if wanted.dry_run { "would be accepted" } else { "accepted" };
            writeln!(io.out, "  {} on which nobody disagrees {did}", told.accepted)?;
        }
        if let Some(gold) = &told.gold {
            print_gold(gold, io)?;
        }
    }
    let by = report.adjudicator.as_ref().map_or("nobody", |name| name.as_str());
    writeln!(io.out, "{} documents, decided by {by}: {}", report.documents.len(), sentence(report.totals))?;
    if wanted.dry_run {
        writeln!(io.err, "nothing was written, because of --dry-run")?;
    }
    Ok(())
}

fn sentence(cases: CaseCounts) -> String {
    let CaseCounts { open, unanimous, stale, deferred, decided, gone } = cases;
    let gone = if gone > 0 { format!(", {gone} decisions about what is gone") } else { String::new() };
    format!(
        "{decided} decided, {open} open ({unanimous} without a difference), {stale} stale, {deferred} put off{gone}"
    )
}

fn print_gold(gold: &ToldGold, io: &mut Io<'_>) -> Result<(), Failed> {
    let what = match gold.written {
        Some(GoldWritten::New) => "new",
        Some(GoldWritten::Changed) => "changed",
        Some(GoldWritten::Same) => "as it was",
        Some(GoldWritten::Removed) => "taken away",
        None => "not written",
    };
    writeln!(io.out, "  gold: {} annotations, {} relations, {what}", gold.annotations, gold.relations)?;
    if let Some(reason) = &gold.reason {
        writeln!(io.err, "{}", plain(reason))?;
    }
    let account = &gold.account;
    for (count, what) in [
        (account.stale.len(), "as they were decided, though something has changed since"),
        (account.lost.len(), "left out, because their words are not in today's text"),
        (account.ties.len(), "ties left out, because what they lead to is not in gold"),
    ] {
        if count > 0 {
            writeln!(io.out, "  {count} {what}")?;
        }
    }
    if !account.not_compared.is_empty() {
        let names: Vec<_> = account.not_compared.iter().map(AnnotatorName::as_str).collect();
        writeln!(io.out, "  not compared: {}", names.join(", "))?;
    }
    Ok(())
}
