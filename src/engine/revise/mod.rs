//! A corrected article: where each annotation of the old text stands in the new one.
//!
//! Pure functions. [`plan_move`] gives one transaction for a whole set, and a report that tells of each annotation
//! what has become of it. What is certain is moved; the rest keeps its place in the old text and waits for a person.

mod align;
mod fold;
mod place;
mod quote;
mod record;

use std::{collections::BTreeMap, sync::Arc};

use ascribe_schema::{Annotation, AnnotationId, DocumentId, Span, Text};
use serde::{Serialize, Serializer};

use self::place::{Moving, Placing};
use crate::{Change, Diff, SetState, Transaction};

pub(crate) use self::quote::Quoted;
pub use self::{
    quote::find_quote,
    record::{Differing, ReviseError, Revised, revised},
};

/// How much of the text around an annotation a report shows on each side, in characters.
const CONTEXT: u32 = 40;

/// What has become of an annotation, the better first. One with several fragments is as well off as its worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Its words stand at the same offsets.
    Kept,
    /// Its words stand elsewhere.
    Moved,
    /// Some of its words were changed; it lies on what stands there now.
    Edited,
    /// Its words may be at one or more places, and nothing decides: a person must.
    Ambiguous,
    /// Its words are gone.
    Lost,
}

impl Fate {
    /// All of them, the best first.
    pub const ALL: [Self; 5] = [Self::Kept, Self::Moved, Self::Edited, Self::Ambiguous, Self::Lost];

    /// Whether a person must say what to do.
    #[must_use]
    pub fn waits(self) -> bool {
        self >= Self::Ambiguous
    }

    /// What it is called in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Moved => "moved",
            Self::Edited => "edited",
            Self::Ambiguous => "ambiguous",
            Self::Lost => "lost",
        }
    }
}

/// Some spans of a text, with their words and what stands around them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// The spans.
    #[serde(serialize_with = "pairs")]
    pub spans: Vec<Span>,
    /// The exact characters of each.
    pub text: Vec<String>,
    /// What stands before the first.
    pub before: String,
    /// What stands after the last.
    pub after: String,
}

/// What has become of one annotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// The annotation.
    pub id: AnnotationId,
    /// Its label.
    pub label: String,
    /// What has become of it.
    pub outcome: Fate,
    /// Where it was.
    pub old: Passage,
    /// Where it is now; nothing for one that waits.
    pub new: Option<Passage>,
    /// Where it may be, the likeliest first, for one that waits.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Passage>,
}

/// What has become of all annotations of a set, in the order of the old text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MoveReport {
    /// The document.
    pub document: DocumentId,
    /// One entry an annotation.
    pub annotations: Vec<Moved>,
}

impl MoveReport {
    /// How many annotations have become what.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<Fate, usize> {
        let count = |fate: Fate| self.annotations.iter().filter(|moved| moved.outcome == fate).count();
        Fate::ALL.into_iter().map(|fate| (fate, count(fate))).collect()
    }

    /// The annotations that wait for a person.
    pub fn waiting(&self) -> impl Iterator<Item = &Moved> {
        self.annotations.iter().filter(|moved| moved.outcome.waits())
    }
}

/// A text that a set's spans count in, by its hash.
pub type TextOf<'a> = &'a dyn Fn(&str) -> Option<Arc<Text>>;

/// Works out how a set moves to a corrected text, whose hash is `text_sha256`: one change, which undo takes back
/// as a whole, and what to tell. Nothing where the set's own text is not there.
#[must_use]
pub fn plan_move(
    state: &SetState,
    texts: TextOf<'_>,
    new: &Text,
    text_sha256: &str,
) -> Option<(Transaction, MoveReport)> {
    let own = texts(state.text_sha256())?;
    let (before, after) = (state.text_sha256().to_owned(), text_sha256.to_owned());
    let mut changes = vec![Change::Text { before, after }];
    let all = state.annotations().map(|annotation| (state.text_of(annotation), annotation));
    let annotations = each(all, texts, new, |annotation, placing, sha256| {
        let after = moved(annotation, placing, sha256, new);
        if after != **annotation {
            changes.push(Change::Annotation(Diff::changed(annotation.clone(), after)));
        }
    });
    if state.rejected().len() > 0 {
        changes.extend(moved_rejections(state, &mut Moving::new(&own, new)));
    }
    let document = state.document().clone();
    let name = "Move tags to the corrected text".to_owned();
    Some((Transaction { document: document.clone(), name, changes }, MoveReport { document, annotations }))
}

/// Where annotations that wait may lie in a text, and where they were, in that order.
#[must_use]
pub fn find_waiting(waiting: &[Arc<Annotation>], texts: TextOf<'_>, text: &Text) -> Vec<Moved> {
    each(waiting.iter().map(|annotation| (&*annotation.text_sha256, annotation)), texts, text, |_, placing, _| {
        if !placing.fate.waits() {
            // Somebody wanted it to wait, such as by undoing its placing.
            placing.candidates = vec![std::mem::take(&mut placing.spans)];
            placing.fate = Fate::Ambiguous;
        }
    })
}

/// Finds spans of an old text, with the exact characters of each, in a corrected one; no spans where there is doubt.
pub(crate) fn placer<'a>(old: &'a Text, new: &'a Text) -> impl FnMut(&[Span], &[String]) -> (Fate, Vec<Span>) + 'a {
    let mut moving = Moving::new(old, new);
    move |spans, text| {
        let placing = moving.place(spans, text);
        (placing.fate, placing.spans)
    }
}

/// Places each annotation, with those of one text together, and tells of them in the order of the old text; `note`
/// gets each with the hash of its own text.
fn each<'a>(
    annotations: impl Iterator<Item = (&'a str, &'a Arc<Annotation>)>,
    texts: TextOf<'_>,
    new: &Text,
    mut note: impl FnMut(&Arc<Annotation>, &mut Placing, &str),
) -> Vec<Moved> {
    let mut groups: BTreeMap<&str, Vec<&Arc<Annotation>>> = BTreeMap::new();
    annotations.for_each(|(sha256, annotation)| groups.entry(sha256).or_default().push(annotation));
    let mut told = Vec::new();
    for (sha256, group) in groups {
        // One that waits already and whose text is not there goes on waiting, and says so.
        let old = texts(sha256);
        let mut moving = old.as_deref().map(|old| Moving::new(old, new));
        for annotation in group {
            let mut placing =
                moving.as_mut().map_or_else(Placing::lost, |moving| moving.place(&annotation.spans, &annotation.text));
            note(annotation, &mut placing, sha256);
            told.push(tell(annotation, placing, old.as_deref(), new));
        }
    }
    told.sort_by(|a, b| (&a.old.spans, &a.id).cmp(&(&b.old.spans, &b.id)));
    told
}

/// The annotation as it is after the move.
fn moved(annotation: &Annotation, placing: &Placing, sha256: &str, new: &Text) -> Annotation {
    let mut after = annotation.clone();
    if placing.fate.waits() {
        sha256.clone_into(&mut after.text_sha256);
    } else {
        after.text_sha256.clear();
        after.text = placing.spans.iter().filter_map(|span| new.slice(*span)).map(str::to_owned).collect();
        after.spans.clone_from(&placing.spans);
    }
    after
}

/// What was refused stays refused where its words are the same. What was refused of other words is kept as it is, with
/// its text, and applies nowhere: whatever is proposed of the new words is another proposal.
fn moved_rejections<'a>(state: &'a SetState, moving: &'a mut Moving<'_>) -> impl Iterator<Item = Change> + 'a {
    let here = state.rejected().filter(|rejection| rejection.text_sha256.is_empty());
    here.filter_map(move |rejection| {
        let placing = moving.place(&rejection.spans, &rejection.text);
        let mut after = rejection.as_ref().clone();
        match placing.fate {
            Fate::Kept => return None,
            Fate::Moved => after.spans = placing.spans,
            Fate::Edited | Fate::Ambiguous | Fate::Lost => state.text_sha256().clone_into(&mut after.text_sha256),
        }
        Some(Change::Rejection(Diff::changed(rejection.clone(), after)))
    })
}

fn tell(annotation: &Annotation, placing: Placing, old: Option<&Text>, new: &Text) -> Moved {
    let mut old_passage = old.map(|old| passage(old, &annotation.spans)).unwrap_or_else(|| passage(new, &[]));
    (old_passage.spans, old_passage.text) = (annotation.spans.clone(), annotation.text.clone());
    Moved {
        id: annotation.id.clone(),
        label: annotation.label.clone(),
        outcome: placing.fate,
        old: old_passage,
        new: (!placing.fate.waits()).then(|| passage(new, &placing.spans)),
        candidates: placing.candidates.iter().map(|spans| passage(new, spans)).collect(),
    }
}

/// Spans of a text with what stands around them.
fn passage(text: &Text, spans: &[Span]) -> Passage {
    let slice = |span: Span| text.slice(span).unwrap_or_default().to_owned();
    let before = spans.first().map(|first| Span { start: first.start.minus(CONTEXT), end: first.start });
    let after = spans.last().map(|last| Span { start: last.end, end: last.end.plus(CONTEXT).min(text.len()) });
    Passage {
        spans: spans.to_vec(),
        text: spans.iter().map(|span| slice(*span)).collect(),
        before: before.map(slice).unwrap_or_default(),
        after: after.map(slice).unwrap_or_default(),
    }
}

/// Spans as pairs of numbers, as in all other JSON of this program.
pub(crate) fn pairs<S: Serializer>(spans: &[Span], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(spans.iter().map(|span| (span.start, span.end)))
}
