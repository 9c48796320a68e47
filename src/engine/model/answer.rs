//! One line of a model's answers: read, and checked against the text and the scheme.

use std::collections::{BTreeMap, HashMap, HashSet};

use ascribe_schema::{FORMAT, Scheme, Span, SuggestedRelation, Suggestion, SuggestionId, SuggestionSet, Text};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::Asked;
use crate::{dataset::misfit, suggest::name_of};

/// How sure a model is that does not say.
const UNSAID: f32 = 0.5;

/// A line, as far as it can be read.
#[derive(Debug, Deserialize)]
pub(super) struct Answer {
    pub id: Option<String>,
    /// Which line of what it was asked it could not read.
    pub line: Option<u64>,
    /// Why it could not.
    pub error: Option<String>,
    #[serde(default)]
    annotations: Vec<Value>,
    #[serde(default)]
    relations: Vec<Value>,
}

#[derive(Deserialize)]
struct Tag {
    id: String,
    label: String,
    spans: Vec<Span>,
    text: Option<Vec<String>>,
    #[serde(default)]
    attributes: BTreeMap<String, String>,
    score: Option<f32>,
    #[serde(default)]
    rule: String,
    #[serde(default)]
    because: Vec<Span>,
}

#[derive(Deserialize)]
struct Tie {
    kind: String,
    from: String,
    to: String,
}

/// Reads a line, or says why it is no answer.
pub(super) fn read(line: &[u8]) -> Result<Answer, String> {
    let line = std::str::from_utf8(line).map_err(|_| "it is not UTF-8".to_owned())?;
    if !line.trim_start().starts_with('{') {
        return Err(format!("it is no JSON object: {}", short(line)));
    }
    serde_json::from_str(line).map_err(|error| format!("it is no answer: {error}"))
}

/// What of an answer can be kept; `refuse` hears what is wrong with the rest.
pub(super) fn check(
    answer: Answer,
    asked: &Asked,
    scheme: &Scheme,
    by: &ascribe_schema::AnnotatorName,
    refuse: &mut dyn FnMut(String),
) -> SuggestionSet {
    let mut set = SuggestionSet {
        format: FORMAT,
        document: asked.id.clone(),
        text_sha256: asked.text_sha256.clone(),
        by: by.clone(),
        suggestions: Vec::new(),
        relations: Vec::new(),
    };
    // By the model's own ids.
    let mut kept: HashMap<String, (SuggestionId, String)> = HashMap::new();
    let mut ids = HashSet::new();
    for (number, value) in (1..).zip(answer.annotations) {
        let outcome = typed::<Tag>(value).map_err(|reason| (format!("annotation {number}"), reason));
        let outcome = outcome.and_then(|tag| {
            let (id, name) = (tag.id.clone(), format!("annotation `{}`", short(&tag.id)));
            if kept.contains_key(&id) {
                return Err((name, "another annotation has the same id".to_owned()));
            }
            let suggestion = suggestion(tag, &asked.text, scheme).map_err(|reason| (name.clone(), reason))?;
            if !ids.insert(suggestion.id.clone()) {
                return Err((name, "it is proposed twice".to_owned()));
            }
            kept.insert(id, (suggestion.id.clone(), suggestion.label.clone()));
            Ok(suggestion)
        });
        match outcome {
            Ok(suggestion) => set.suggestions.push(suggestion),
            Err((name, reason)) => refuse(format!("{name}: {reason}")),
        }
    }
    for (number, value) in (1..).zip(answer.relations) {
        match typed::<Tie>(value).and_then(|tie| relation(&tie, &kept, scheme)) {
            Ok(relation) => set.relations.push(relation),
            Err(reason) => refuse(format!("relation {number}: {reason}")),
        }
    }
    set.sort();
    set.relations.dedup();
    set
}

fn typed<T: DeserializeOwned>(value: Value) -> Result<T, String> {
    serde_json::from_value(value).map_err(|error| error.to_string())
}

/// A proposal that can be kept, or why it cannot.
fn suggestion(tag: Tag, text: &Text, scheme: &Scheme) -> Result<Suggestion, String> {
    if scheme.label(&tag.label).is_none() {
        return Err(format!("the project has no label `{}`", short(&tag.label)));
    }
    if let Some(why) = misfit(text, &tag.spans) {
        return Err(why);
    }
    let exact: Vec<_> = tag.spans.iter().map(|span| text.slice(*span).unwrap_or_default().to_owned()).collect();
    if let Some(said) = tag.text.filter(|said| *said != exact) {
        let (said, there) = (short(&said.join(" … ")), short(&exact.join(" … ")));
        return Err(format!("it says “{said}”, but at its offsets stands “{there}”; offsets count characters"));
    }
    let score = tag.score.unwrap_or(UNSAID);
    if !(0.0..=1.0).contains(&score) {
        return Err(format!("its score is {score}, not a number from 0 to 1"));
    }
    if let Some(span) = tag.because.iter().find(|span| span.is_empty() || text.slice(**span).is_none()) {
        return Err(format!("the words that it goes by, {span}, do not lie in the text"));
    }
    Ok(Suggestion {
        id: name_of(&tag.label, &tag.spans),
        label: tag.label,
        spans: tag.spans,
        text: exact,
        attributes: tag.attributes,
        score,
        rule: tag.rule,
        because: tag.because,
    })
}

fn relation(
    tie: &Tie,
    kept: &HashMap<String, (SuggestionId, String)>,
    scheme: &Scheme,
) -> Result<SuggestedRelation, String> {
    let end = |id: &String| kept.get(id).ok_or_else(|| format!("there is no annotation `{}` for it", short(id)));
    let ((from, start), (to, goal)) = (end(&tie.from)?, end(&tie.to)?);
    match scheme.relation(&tie.kind) {
        None => Err(format!("the project has no relation `{}`", short(&tie.kind))),
        Some(kind) if !kind.allows(start, goal) => Err(format!("`{}` leads from no {start} to a {goal}", tie.kind)),
        Some(_) if from == to => Err("it leads from an annotation to itself".to_owned()),
        Some(_) => Ok(SuggestedRelation { kind: tie.kind.clone(), from: from.clone(), to: to.clone() }),
    }
}

/// The beginning of what a model wrote, which may be anything.
pub(super) fn short(words: &str) -> String {
    const SHOWN: usize = 60;
    let mut shown = String::new();
    for c in words.chars().take(SHOWN) {
        if c.is_control() { shown.extend(c.escape_debug()) } else { shown.push(c) }
    }
    if words.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}
