//! What two copies of a set disagree about, in words.

use ascribe_engine::WorkingSet;
use ascribe_schema::{Annotation, AnnotationId, Conflict, Progress, Relation};
use ron::{Options, extensions::Extensions};
use serde::{Deserialize, de::DeserializeOwned};

use crate::{text::isolated, wording::shortened};

/// The longest words of a value, in characters.
const LONG: usize = 240;

/// One thing that two copies disagree about, as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// What it is about, such as `quote “We never …”`.
    pub about: String,
    /// What of it, such as `label`.
    pub field: String,
    /// What stood there before, in the first copy and in the second.
    pub values: [String; 3],
    /// The tag to show.
    pub annotation: Option<AnnotationId>,
}

/// Puts a record into words; `set` is the set that it stands in.
pub(super) fn told(conflict: &Conflict, set: &WorkingSet) -> Told {
    // A second record of one place has a number behind it.
    let at = conflict.at.split('#').next().unwrap_or_default();
    let names: Vec<&str> = at.split('.').map(|name| name.trim_matches('"')).collect();
    let [base, ours, theirs] = [&conflict.base, &conflict.ours, &conflict.theirs].map(Option::as_deref);
    let any = || [base, ours, theirs].into_iter().flatten();
    let (about, field, annotation) = match names[..] {
        ["annotations", id, ref rest @ ..] => {
            let id = Some(AnnotationId::from(id));
            let here = id.as_ref().and_then(|id| set.annotation(id)).map(|annotation| annotation.as_ref().clone());
            let here = here.or_else(|| any().find_map(read::<Annotation>));
            (here.as_ref().map_or_else(|| "a tag".to_owned(), tag), field(rest, "the whole tag"), id)
        }
        ["relations", id, ref rest @ ..] => {
            let here = set.relations().find(|relation| relation.id.as_str() == id);
            let here = here.map(|relation| relation.as_ref().clone());
            let here = here.or_else(|| any().find_map(read::<Relation>));
            let from = here.as_ref().map(|relation| relation.from.clone());
            let about = here.as_ref().map_or_else(|| "a tie".to_owned(), |relation| tie(relation, set));
            (about, field(rest, "the whole tie"), from)
        }
        ["rejected", _, ref rest @ ..] => ("a suggestion that you refused".to_owned(), field(rest, "all of it"), None),
        ["progress"] => ("this article".to_owned(), "whether it is finished".to_owned(), None),
        _ => ("your tags of this article".to_owned(), names.join(", ").replace('_', " "), None),
    };
    // Without a value in any copy but the base, or in none of the others, one of them has deleted it.
    let missing = if base.is_some() { "deleted" } else { "nothing" };
    let values = [base, ours, theirs].map(|value| value.map_or_else(|| missing.to_owned(), |value| words(value, set)));
    Told { about, field, values, annotation }
}

fn tag(annotation: &Annotation) -> String {
    format!("{} “{}”", annotation.label.replace('_', " "), isolated(&shortened(&annotation.quote(), 80)))
}

fn tie(relation: &Relation, set: &WorkingSet) -> String {
    let end = |id| set.annotation(id).map_or_else(|| "a deleted tag".to_owned(), |annotation| tag(annotation));
    format!("tie from {} to {}: {}", end(&relation.from), end(&relation.to), relation.kind.replace('_', " "))
}

fn field(rest: &[&str], whole: &str) -> String {
    match rest {
        [] => whole.to_owned(),
        ["spans"] => "where it begins and ends".to_owned(),
        ["attributes", name] => name.replace('_', " "),
        ["created" | "origin" | "decided"] => "where it comes from".to_owned(),
        rest => rest.join(", ").replace('_', " "),
    }
}

/// Fragments with their words, as they change together.
#[derive(Deserialize)]
struct Place {
    text: Vec<String>,
}

/// A value as it stands in files, where optional ones are written without a word.
fn read<T: DeserializeOwned>(ron: &str) -> Option<T> {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME).from_str(ron).ok()
}

/// A value of a file, as a person reads it.
fn words(ron: &str, set: &WorkingSet) -> String {
    if let Some(text) = read::<String>(ron) {
        return if text.is_empty() {
            "nothing".to_owned()
        } else {
            format!("“{}”", isolated(&shortened(&text, LONG)))
        };
    }
    if let Some(annotation) = read::<Annotation>(ron) {
        return tag(&annotation);
    }
    if let Some(relation) = read::<Relation>(ron) {
        return tie(&relation, set);
    }
    if let Some(place) = read::<Place>(ron) {
        return format!("“{}”", isolated(&shortened(&place.text.join(" … "), LONG)));
    }
    match read::<Progress>(ron) {
        Some(Progress::Finished) => "finished".to_owned(),
        Some(Progress::InProgress) => "in progress".to_owned(),
        None => shortened(ron, LONG),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use ascribe_engine::SetState;
    use ascribe_schema::{AnnotatorName, DocumentId};

    use super::*;

    #[test]
    fn values_read_like_words() {
        let (document, name) = (DocumentId::new("a-b").unwrap(), AnnotatorName::new("amina").unwrap());
        let set = WorkingSet::new(SetState::empty(document, name, String::new()));
        let annotation = "(id: \"k3v9q2t0xm\", label: \"quote\", spans: [(0, 2)], text: [\"no\"], origin: Human(\"amina\"), created: \"\")";
        for (at, values, expected) in [
            ("annotations.k3v9q2t0xm.label", ["\"quote\"", "\"claim\""], ["a tag", "label", "“quote”", "“claim”"]),
            ("annotations.k3v9q2t0xm.attributes.form", ["\"direct\"", ""], ["a tag", "form", "“direct”", "deleted"]),
            (
                "annotations.k3v9q2t0xm.spans",
                ["(spans: [(0, 2)], text: [\"no\"])", "(spans: [(0, 4), (6, 7)], text: [\"no, \", \"x\"])"],
                ["a tag", "where it begins and ends", "“no”", "“no,  … x”"],
            ),
            ("annotations.k3v9q2t0xm", [annotation, ""], ["quote “no”", "the whole tag", "quote “no”", "deleted"]),
            (
                "progress",
                ["Finished", "InProgress"],
                ["this article", "whether it is finished", "finished", "in progress"],
            ),
        ] {
            let some = |value: &str| (!value.is_empty()).then(|| value.to_owned());
            let conflict =
                Conflict { at: at.to_owned(), base: some(values[0]), ours: some(values[0]), theirs: some(values[1]) };
            let told = told(&conflict, &set);
            let [about, field, ours, theirs] = expected;
            assert_eq!((told.about.as_str(), told.field.as_str()), (about, field), "{at}");
            assert_eq!(told.values[1..], [ours, theirs], "{at}");
        }
    }
}
