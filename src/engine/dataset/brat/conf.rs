//! `annotation.conf`: which labels, relation types and attributes a brat folder has.

use std::collections::{BTreeMap, BTreeSet};

use super::names;
use crate::dataset::Vocabulary;

/// The configuration for a vocabulary.
pub fn conf(vocabulary: &Vocabulary) -> String {
    let mut out = format!("{} The folders beside this file are annotators'.\n\n[entities]\n\n", names::MARK);
    let labels: BTreeSet<_> = vocabulary.labels.keys().map(|label| names::name(label)).collect();
    for label in &labels {
        declare(&mut out, label, "");
    }
    out.push_str("\n[relations]\n\n");
    let mut relations: BTreeMap<_, (BTreeSet<&str>, BTreeSet<&str>)> = BTreeMap::new();
    for (kind, (from, to)) in &vocabulary.relations {
        let ends = relations.entry(names::name(kind)).or_default();
        ends.0.extend(from.iter().map(String::as_str));
        ends.1.extend(to.iter().map(String::as_str));
    }
    for (kind, (from, to)) in &relations {
        declare(&mut out, kind, &format!("\tArg1:{}, Arg2:{}", types(from), types(to)));
    }
    // Without it brat reports annotations that cross.
    out.push_str("<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n\n[events]\n\n[attributes]\n\n");
    let mut attributes: BTreeMap<_, (BTreeSet<&str>, BTreeSet<&str>)> = BTreeMap::new();
    for (label, own) in &vocabulary.labels {
        for (name, values) in own {
            let (labels, all) = attributes.entry(names::name(name)).or_default();
            labels.insert(label);
            all.extend(values.iter().map(String::as_str));
        }
    }
    for (name, (labels, values)) in &attributes {
        let choices: Vec<_> = values.iter().copied().filter(|value| is_choice(value)).collect();
        if choices.is_empty() {
            // Declared without values it would be a flag.
            out.push_str(&format!("# {name} takes any text.\n"));
        } else {
            declare(&mut out, name, &format!("\tArg:{}, Value:{}", types(labels), choices.join("|")));
        }
    }
    out
}

/// A line of the configuration. Names in other scripts would be turned into underscores by brat, and are not what
/// stands in the files then.
fn declare(out: &mut String, name: &str, rest: &str) {
    let legal = is_legal(name);
    let line = format!("{}{name}{rest}{}\n", if legal { "" } else { "# " }, if legal { "" } else { " (not in ASCII)" });
    out.push_str(&line);
}

/// What brat takes as a name here; a line of hyphens draws a line.
fn is_legal(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        && name.bytes().any(|byte| byte != b'-')
}

fn is_choice(value: &str) -> bool {
    !value.is_empty() && !value.contains(|c: char| c.is_whitespace() || c.is_control() || "|,<>".contains(c))
}

/// Labels as the types of an argument.
fn types(labels: &BTreeSet<&str>) -> String {
    let legal: BTreeSet<_> = labels.iter().map(|label| names::name(label)).filter(|label| is_legal(label)).collect();
    if legal.is_empty() {
        return "<ENTITY>".to_owned();
    }
    legal.into_iter().collect::<Vec<_>>().join("|")
}
