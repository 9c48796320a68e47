//! What a person can decide, as transactions.

use std::{collections::BTreeMap, sync::Arc};

use ascribe_schema::{
    AnnotatorName, Decision, DecisionId, DocumentId, Edited, Input, Link, Scheme, Span, Text, Verdict,
};

use super::{Adjudication, Case, CaseState};
use crate::{Change, Diff, Stamp, Transaction, action::ActionError, snap::cuts_cluster};

/// A decision about a case. Of a verdict that accepts, names of people who have nothing there are left out.
#[must_use]
pub fn decision(case: &Case, verdict: Verdict, reason: &str, note: &str, stamp: &mut Stamp<'_>) -> Decision {
    let mut about = case.inputs.clone();
    about.sort_by(|a, b| a.annotator.cmp(&b.annotator));
    let verdict = match verdict {
        Verdict::Accept(mut names) => {
            names.retain(|name| about.iter().any(|input| input.annotator == *name));
            names.sort();
            names.dedup();
            Verdict::Accept(names)
        }
        other => other,
    };
    let place = match &verdict {
        Verdict::Edit(edited) => edited.spans.iter().fold(case.unit.place, |place, span| hull(place, *span)),
        _ => case.unit.place,
    };
    Decision { about, ..new(verdict, place, &case.text_sha256, &case.without, (reason, note), stamp) }
}

/// A decision that there is something which nobody of those who were `compared` has.
#[must_use]
pub fn addition(
    edited: Edited,
    text_sha256: &str,
    compared: &[AnnotatorName],
    (reason, note): (&str, &str),
    stamp: &mut Stamp<'_>,
) -> Decision {
    let place = edited.spans.iter().copied().reduce(hull).unwrap_or_default();
    new(Verdict::Edit(edited), place, text_sha256, compared, (reason, note), stamp)
}

fn new(
    verdict: Verdict,
    place: Span,
    text_sha256: &str,
    without: &[AnnotatorName],
    (reason, note): (&str, &str),
    stamp: &mut Stamp<'_>,
) -> Decision {
    let mut without = without.to_vec();
    without.sort();
    Decision {
        id: DecisionId::from_bits((stamp.random)()),
        text_sha256: text_sha256.to_owned(),
        place,
        about: Vec::new(),
        without,
        verdict,
        reason: reason.to_owned(),
        note: note.to_owned(),
        created: stamp.time.to_owned(),
    }
}

fn hull(a: Span, b: Span) -> Span {
    Span { start: a.start.min(b.start), end: a.end.max(b.end) }
}

/// What an annotator made, to be changed by the adjudicator.
#[must_use]
pub fn as_edited(input: &Input) -> Edited {
    Edited {
        label: input.label.clone(),
        spans: input.spans.clone(),
        text: input.text.clone(),
        attributes: input.attributes.clone(),
        links: input.links.clone(),
    }
}

/// An annotation that an adjudicator makes, checked as an annotator's would be.
///
/// # Errors
///
/// When the spans do not fit the text, or the scheme knows no such label, attribute or value.
pub fn edited(
    text: &Text,
    scheme: &Scheme,
    label: &str,
    mut spans: Vec<Span>,
    attributes: BTreeMap<String, String>,
    mut links: Vec<Link>,
) -> Result<Edited, ActionError> {
    let rules = scheme.label(label).ok_or_else(|| ActionError::NoLabel(label.to_owned()))?;
    spans.sort_unstable();
    if spans.is_empty() || spans.iter().any(|span| span.is_empty()) {
        return Err(ActionError::Empty);
    }
    if spans.windows(2).any(|pair| pair[0].end > pair[1].start) {
        return Err(ActionError::Blocked);
    }
    if let Some(at) = spans.iter().flat_map(|span| [span.start, span.end]).find(|&at| cuts_cluster(text, at)) {
        return Err(ActionError::CutsCharacter(at));
    }
    let exact = |span: &Span| text.slice(*span).map(str::to_owned).ok_or(ActionError::Outside(*span));
    let exact = spans.iter().map(exact).collect::<Result<_, _>>()?;
    for (name, value) in &attributes {
        let no_attribute = || ActionError::NoAttribute { label: label.to_owned(), name: name.clone() };
        let attribute = rules.attribute(name).ok_or_else(no_attribute)?;
        if !attribute.values.allows(value) {
            return Err(ActionError::NoValue { name: name.clone(), value: value.clone() });
        }
    }
    links.sort();
    links.dedup();
    Ok(Edited { label: label.to_owned(), spans, text: exact, attributes, links })
}

/// What keeps a stale decision, as a decision about the case as it is now: the same verdict where what it says is right
/// is still there, or else just that as the adjudicator's own. Nothing where several that are gone had been accepted.
#[must_use]
pub fn kept(adjudication: &Adjudication, case: &Case, stamp: &mut Stamp<'_>) -> Option<Decision> {
    let CaseState::Stale(before, _) = &case.state else { return None };
    let ruling = adjudication.ruling(&before.id)?;
    let there = |name: &AnnotatorName| {
        let then = before.about.iter().find(|input| input.annotator == *name).map(as_edited);
        then.is_some_and(|then| case.inputs.iter().any(|now| now.annotator == *name && as_edited(now) == then))
    };
    let verdict = match (&before.verdict, ruling.right.as_slice()) {
        (Verdict::Accept(names), _) if names.iter().all(there) => before.verdict.clone(),
        (Verdict::Reject | Verdict::Defer, _) => before.verdict.clone(),
        (_, [right, rest @ ..]) if rest.iter().all(|other| alike(&other.content, &right.content)) => {
            Verdict::Edit(right.content.clone())
        }
        _ => return None,
    };
    Some(decision(case, verdict, &before.reason, &before.note, stamp))
}

/// Whether two are the same, but that their ties lead to annotations of two people.
fn alike(a: &Edited, b: &Edited) -> bool {
    let kinds = |one: &Edited| one.links.iter().map(|link| link.kind.clone()).collect::<Vec<_>>();
    (&a.label, &a.spans, &a.attributes) == (&b.label, &b.spans, &b.attributes) && kinds(a) == kinds(b)
}

/// Puts a decision in the place of what was decided before, if anything was.
#[must_use]
pub fn deciding<'a>(
    document: &DocumentId,
    before: impl IntoIterator<Item = &'a Arc<Decision>>,
    after: Decision,
) -> Transaction {
    let mut changes = removed(before);
    changes.push(Change::Decision(Diff::added(after)));
    Transaction { document: document.clone(), name: "Decide".to_owned(), changes }
}

/// Takes decisions back: what they are about is open again.
#[must_use]
pub fn withdrawing<'a>(document: &DocumentId, before: impl IntoIterator<Item = &'a Arc<Decision>>) -> Transaction {
    let changes = removed(before);
    let name = match changes.len() {
        1 => "Take a decision back".to_owned(),
        count => format!("Take {count} decisions back"),
    };
    Transaction { document: document.clone(), name, changes }
}

fn removed<'a>(before: impl IntoIterator<Item = &'a Arc<Decision>>) -> Vec<Change> {
    before.into_iter().map(|before| Change::Decision(Diff::removed(before.clone()))).collect()
}

/// Accepts everything that is open and on which nobody disagrees, in one transaction; nothing where there is none.
#[must_use]
pub fn unanimously(document: &DocumentId, adjudication: &Adjudication, stamp: &mut Stamp<'_>) -> Option<Transaction> {
    let cases = adjudication.unanimous().map(|number| &adjudication.cases[number]);
    let changes: Vec<_> = cases
        .map(|case| {
            let names = case.inputs.iter().map(|input| input.annotator.clone()).collect();
            Change::Decision(Diff::added(decision(case, Verdict::Accept(names), "", "", stamp)))
        })
        .collect();
    let name = format!("Accept {} that nobody disagrees on", changes.len());
    (!changes.is_empty()).then(|| Transaction { document: document.clone(), name, changes })
}
