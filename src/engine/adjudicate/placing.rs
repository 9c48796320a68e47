//! Decisions of an older text, looked up in today's.

use std::{collections::BTreeMap, sync::Arc};

use ascribe_schema::{Decision, Edited, Span, Text, Verdict};

use crate::{Document, Fate, revise::placer};

/// A decision whose spans count in today's text.
pub(super) struct Placed<'a> {
    pub(super) decision: &'a Arc<Decision>,
    /// Where each annotation that it is about lies; empty where the text does not say.
    pub(super) inputs: Vec<Vec<Span>>,
    /// What the adjudicator made, if that is what they did and it has a place.
    pub(super) edited: Option<Edited>,
    /// Whether words that it is about are other words now.
    pub(super) reworded: bool,
}

/// Finds the places of all decisions in the text with that hash.
pub(super) fn place<'a>(
    document: &Document,
    text_sha256: &str,
    decisions: impl IntoIterator<Item = &'a Arc<Decision>>,
) -> Vec<Placed<'a>> {
    let mut older: BTreeMap<&str, Vec<&Arc<Decision>>> = BTreeMap::new();
    decisions.into_iter().for_each(|decision| older.entry(&decision.text_sha256).or_default().push(decision));
    let mut all: Vec<_> = older.remove(text_sha256).unwrap_or_default().into_iter().map(as_it_is).collect();
    let today = document.text_of(text_sha256).cloned().unwrap_or_default();
    for (sha256, decisions) in older {
        // Without the older text, only words that stand once can be found.
        let old = document.text_of(sha256).cloned().unwrap_or_default();
        let mut placer = placer(&old, &today);
        all.extend(decisions.into_iter().map(|decision| moved(decision, &today, &mut placer)));
    }
    all.sort_by(|a, b| a.decision.order().cmp(&b.decision.order()));
    all
}

fn as_it_is(decision: &Arc<Decision>) -> Placed<'_> {
    let edited = match &decision.verdict {
        Verdict::Edit(edited) => Some(edited.clone()),
        _ => None,
    };
    let inputs = decision.about.iter().map(|input| input.spans.clone()).collect();
    Placed { decision, inputs, edited, reworded: false }
}

fn moved<'a>(
    decision: &'a Arc<Decision>,
    today: &Text,
    placer: &mut impl FnMut(&[Span], &[String]) -> (Fate, Vec<Span>),
) -> Placed<'a> {
    let inputs = decision.about.iter().map(|input| placer(&input.spans, &input.text).1).collect();
    let Verdict::Edit(edited) = &decision.verdict else {
        return Placed { decision, inputs, edited: None, reworded: false };
    };
    let (fate, spans) = placer(&edited.spans, &edited.text);
    let text: Vec<_> = spans.iter().filter_map(|span| today.slice(*span)).map(str::to_owned).collect();
    let reworded = fate.waits() || text != edited.text;
    let edited = (!fate.waits()).then(|| Edited { spans, text, ..edited.clone() });
    Placed { decision, inputs, edited, reworded }
}
