//! Writing drafts of claim reviews.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::dataset::{
    DatasetError, Entry, Fragments, Holds, Record, Thing, json,
    jsonl::Lines,
    names::uuid,
    pump::{Encode, Place},
};

/// Writes one draft a line.
pub struct Writer;

/// What the format holds.
pub const HOLDS: Holds = Holds { fragments: Fragments::Kept, relations: true, attributes: true, notes: false };

/// The attribute that holds the verdict.
const VERDICT: &str = "verification";
/// The relations from a claim to who said it, and from a quote to the claim in it.
const BY: &str = "attributed_to";
const EXPRESSES: &str = "expresses";
/// The verdicts of which a draft is made: what a claim is then called, and its rating from 1 to 3.
const RATINGS: [(&str, &str, u8); 3] =
    [("refuted", "Refuted", 1), ("disputed", "Disputed", 2), ("supported", "Supported", 3)];
/// The attributes of a source that are written.
const NAME: &str = "entity";
const KIND: &str = "kind";

impl Encode for Writer {
    type Piece = Vec<u8>;
    type Sink = Lines;

    fn holds(&self) -> Holds {
        HOLDS
    }

    fn encode(&self, entries: &mut [Entry]) -> Result<Vec<u8>, DatasetError> {
        let mut out = Vec::new();
        for entry in entries {
            let drafts = drafts(entry.record());
            settle(entry, &drafts);
            for (claim, source) in drafts {
                let draft = draft(entry.record(), claim, source);
                json::write(&draft, &mut out).map_err(|_| DatasetError::Crashed)?;
                out.push(b'\n');
            }
        }
        Ok(out)
    }

    fn open(&self, place: Place<'_>) -> Result<Lines, DatasetError> {
        Ok(Lines(place.stream()?))
    }
}

fn rating(record: &Record, annotation: usize) -> Option<(&'static str, u8)> {
    let verdict = record.annotations[annotation].attributes.get(VERDICT)?;
    RATINGS.iter().find(|(name, ..)| name == verdict).map(|(_, name, value)| (*name, *value))
}

/// The claims with a verdict, and who made each.
fn drafts(record: &Record) -> Vec<(usize, Option<usize>)> {
    let (mut by, mut quotes) = (BTreeMap::new(), BTreeMap::<_, Vec<_>>::new());
    for tie in &record.relations {
        match tie.kind.as_str() {
            BY => drop(by.entry(tie.from).or_insert(tie.to)),
            EXPRESSES => quotes.entry(tie.to).or_default().push(tie.from),
            _ => {}
        }
    }
    let of_quote = |claim: usize| quotes.get(&claim).into_iter().flatten().find_map(|quote| by.get(quote));
    let checked = (0..record.annotations.len()).filter(|at| rating(record, *at).is_some());
    checked.map(|claim| (claim, by.get(&claim).or_else(|| of_quote(claim)).copied())).collect()
}

/// Marks what becomes of everything.
fn settle(entry: &mut Entry, drafts: &[(usize, Option<usize>)]) {
    let record = entry.record().clone();
    if drafts.is_empty() {
        entry.leave_out(Thing::Document, "no claim in it has a verdict: verification supported, disputed or refuted");
        return;
    }
    entry.degrade(Thing::Document, "of the text only claims are written");
    let claims: BTreeMap<usize, Option<usize>> = drafts.iter().copied().collect();
    let sources: BTreeSet<usize> = drafts.iter().filter_map(|(_, source)| *source).collect();
    for (at, annotation) in record.annotations.iter().enumerate() {
        let (claim, source) = (claims.contains_key(&at), sources.contains(&at));
        if !claim && !source {
            entry.leave_out(
                Thing::Annotation(at),
                "it has no verdict, and nobody's claim that has one is attributed to it",
            );
            continue;
        }
        let why =
            if claim { "its words are written, and not where they stand" } else { "it is written as who made a claim" };
        entry.degrade(Thing::Annotation(at), why);
        if claim && annotation.spans.len() > 1 {
            entry.degrade(Thing::Annotation(at), "its fragments are joined by an ellipsis");
        }
        for (number, (name, value)) in annotation.attributes.iter().enumerate() {
            let written = (claim && name == VERDICT) || (source && [NAME, KIND].contains(&name.as_str()));
            if !written {
                entry.leave_out(Thing::Attribute(at, number), "a claim review has no place for it");
            } else if name == KIND && author(value) == "Thing" {
                entry
                    .degrade(Thing::Attribute(at, number), "schema.org knows no such kind of author, so it is a Thing");
            }
        }
    }
    for (at, relation) in record.relations.iter().enumerate() {
        let written = relation.kind == BY && claims.get(&relation.from) == Some(&Some(relation.to));
        if !written {
            entry.leave_out(Thing::Relation(at), "a claim review says only who made the claim");
        }
    }
}

fn words(record: &Record, annotation: usize) -> String {
    let spans = &record.annotations[annotation].spans;
    spans.iter().map(|span| record.slice(*span)).collect::<Vec<_>>().join(" … ")
}

fn draft(record: &Record, claim: usize, source: Option<usize>) -> Value {
    let (name, value) = rating(record, claim).unwrap_or_default();
    let id = &record.annotations[claim].id;
    json!({
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": uuid(&["claim review", &record.id, &record.annotator, id]).urn().to_string(),
        "url": "",
        "author": { "@type": "Organization", "name": "", "url": "" },
        "claimReviewed": words(record, claim),
        "itemReviewed": item(record, source),
        "reviewRating": {
            "@type": "Rating", "ratingValue": value, "worstRating": 1, "bestRating": 3, "alternateName": name,
        },
    })
}

/// The type of schema.org for a kind of source.
fn author(kind: &str) -> &'static str {
    match kind {
        "person" => "Person",
        "organisation" | "organization" | "group" | "media" => "Organization",
        _ => "Thing",
    }
}

/// The claim: who made it, where and when.
fn item(record: &Record, source: Option<usize>) -> Value {
    let mut item = Map::from_iter([("@type".to_owned(), Value::from("Claim"))]);
    if let Some(source) = source {
        let attributes = &record.annotations[source].attributes;
        let kind = author(attributes.get(KIND).map_or("", String::as_str));
        let name = attributes.get(NAME).cloned().unwrap_or_else(|| words(record, source));
        item.insert("author".to_owned(), json!({ "@type": kind, "name": name }));
    }
    let mut article = Map::from_iter([("@type".to_owned(), Value::from("NewsArticle"))]);
    for (name, term) in
        [("url", "url"), ("title", "headline"), ("published", "datePublished"), ("language", "inLanguage")]
    {
        if !record.meta(name).is_empty() {
            article.insert(term.to_owned(), record.meta(name).into());
        }
    }
    if !record.meta("publisher").is_empty() {
        let publisher = json!({ "@type": "Organization", "name": record.meta("publisher") });
        article.insert("publisher".to_owned(), publisher);
    }
    if !record.meta("published").is_empty() {
        item.insert("datePublished".to_owned(), record.meta("published").into());
    }
    item.insert("appearance".to_owned(), Value::Object(article));
    Value::Object(item)
}
