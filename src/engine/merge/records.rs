//! The records of conflicts that two copies hold, and those that come.

use std::collections::{BTreeMap, BTreeSet};

use ascribe_schema::{Conflict, Problem, Severity};

use super::at;

/// What makes a record the same whichever copy was called ours: two people may have merged each other's work.
fn key(record: &Conflict) -> (&str, Option<&String>, [Option<&String>; 2]) {
    let mut values = [record.ours.as_ref(), record.theirs.as_ref()];
    values.sort();
    (at::place(&record.at), record.base.as_ref(), values)
}

/// The records of both copies, less those that one of them has settled; and the new ones. Of several about one place,
/// the second and those after it get a number, so that each has a path of its own.
pub(super) fn joined(
    base: Option<&[Conflict]>,
    ours: &[Conflict],
    theirs: &[Conflict],
    new: Vec<Conflict>,
) -> Vec<Conflict> {
    let keys = |records: &[Conflict]| records.iter().map(|record| owned(key(record))).collect::<BTreeSet<_>>();
    let (before, here, there) = (keys(base.unwrap_or_default()), keys(ours), keys(theirs));
    let open = |record: &&Conflict| {
        let key = owned(key(record));
        !before.contains(&key) || (here.contains(&key) && there.contains(&key))
    };
    let mut records: Vec<_> = ours.iter().chain(theirs).filter(open).cloned().chain(new).collect();
    // Of two that differ in the names of the sides only, the smaller stays.
    records.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| a.cmp(b)));
    records.dedup_by(|a, b| key(a) == key(b));
    let mut numbers = BTreeMap::new();
    for record in &mut records {
        let place = at::place(&record.at).to_owned();
        let number = numbers.entry(place.clone()).and_modify(|number| *number += 1).or_insert(1);
        record.at = at::numbered(&place, *number);
    }
    records
}

type Key = (String, Option<String>, [Option<String>; 2]);

fn owned((place, base, values): (&str, Option<&String>, [Option<&String>; 2])) -> Key {
    (place.to_owned(), base.cloned(), values.map(Option::<&String>::cloned))
}

/// How much of a value a message shows, in characters.
const SHOWN: usize = 40;

/// Says of each record that a person must decide. `file` names the file in problems.
pub(crate) fn open_conflicts<'a>(records: &'a [Conflict], file: &'a str) -> impl Iterator<Item = Problem> + 'a {
    // The window asks about tags only.
    let hint = if file.starts_with("annotations/") {
        "take one of them in the window, or with `ascribe-cli merge --take`"
    } else {
        "`ascribe-cli merge --open` lists both sides, and `ascribe-cli merge --take` takes one"
    };
    records.iter().map(move |record| {
        let [ours, theirs] = [&record.ours, &record.theirs].map(|value| shown(value.as_deref()));
        let message = format!("two copies differ at `{}`: one has {ours}, the other {theirs}", record.at);
        let problem = Problem::new(Severity::Warning, "open-conflict", file, message).hint(hint);
        match at::names(&record.at) {
            Some(names) if names.len() > 1 => problem.of(&names[1]),
            _ => problem,
        }
    })
}

fn shown(value: Option<&str>) -> String {
    let Some(value) = value else { return "nothing".to_owned() };
    let more = if value.chars().nth(SHOWN).is_some() { "…" } else { "" };
    format!("{}{more}", value.chars().take(SHOWN).collect::<String>())
}
