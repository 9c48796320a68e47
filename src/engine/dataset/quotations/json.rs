//! Documents of JSON whose attributions name their parts.

use ascribe_schema::{Span, Text};
use serde_json::{Map, Value, json};

use crate::dataset::{
    Annotation, Kind, Record, Told, Unit,
    elements::Place,
    files::numbered,
    regions::{Regions, number, span, word},
};

/// Keys under which documents have their text.
const TEXTS: [&str; 2] = ["originalText", "text"];
/// Keys under which documents have their attributions.
const LISTS: [&str; 2] = ["annotations", "attributions"];
/// Keys under which documents have their names.
const NAMES: [&str; 3] = ["id", "doc", "documentName"];
/// Parts that are what was said.
const CONTENTS: [&str; 2] = ["quote", "content"];

/// Whether an object is a document with attributions.
pub fn is_document(document: &Map<String, Value>) -> bool {
    let list = |name: &str| document.get(name).and_then(Value::as_array);
    let of_parts =
        |all: &Vec<Value>| all.iter().all(|one| CONTENTS.iter().any(|name| one.get(*name).and_then(part).is_some()));
    match (list("annotations"), list("attributions")) {
        (Some(all), _) => document.get("originalText").is_some_and(Value::is_string) && of_parts(all),
        (None, Some(all)) => document.get("text").is_some_and(Value::is_string) && of_parts(all),
        (None, None) => false,
    }
}

/// Where a part lies, and its text if that stands with it; nothing for a value that is no part.
fn part(value: &Value) -> Option<(&[Value], Option<&str>)> {
    match value {
        Value::Array(pairs) if pairs.iter().all(Value::is_array) => Some((pairs, None)),
        Value::Object(part) => Some((part.get("spans")?.as_array()?, part.get("text").and_then(Value::as_str))),
        _ => None,
    }
}

/// The record of a document; what does not fit is told.
pub fn record(
    mut document: Map<String, Value>,
    unit: Option<Unit>,
    place: Place<'_>,
    told: &mut Told,
) -> Result<Record, String> {
    let text = TEXTS.iter().find_map(|name| document.get(*name)?.as_str()).ok_or("it has no text")?.to_owned();
    let id = NAMES.iter().find_map(|name| word(document.get(*name))).unwrap_or_else(|| numbered(place));
    let lists: Vec<Value> = LISTS.iter().filter_map(|name| document.remove(*name)).collect();
    let mut reading = Reading { regions: Regions::new(place, id, text, String::new()), unit };
    for list in &lists {
        let Some(all) = list.as_array() else {
            reading.regions.refuse(Kind::Annotation, "its attributions are no list", list, told);
            continue;
        };
        for (number, attribution) in all.iter().enumerate() {
            reading.attribution(number, attribution, told);
        }
    }
    for (name, value) in document {
        match (name.as_str(), value) {
            ("sentences" | "tokens", _) => {
                told.note("sentences and tokens were not kept: annotations stand on the text")
            }
            ("documentName", value) => drop(reading.regions.meta().insert("title".to_owned(), value)),
            (name, _) if TEXTS.contains(&name) || NAMES.contains(&name) => {}
            (_, value) => drop(reading.regions.meta().insert(name, value)),
        }
    }
    Ok(reading.regions.finish())
}

/// A document that is being read.
struct Reading<'a> {
    regions: Regions<'a>,
    unit: Option<Unit>,
}

impl Reading<'_> {
    /// The parts of an attribution as annotations, and what ties them.
    fn attribution(&mut self, number: usize, attribution: &Value, told: &mut Told) {
        let Some(members) = attribution.as_object() else {
            return self.regions.refuse(Kind::Annotation, "it is no attribution with parts", attribution, told);
        };
        let id = word(members.get("id")).unwrap_or_else(|| number.to_string());
        let (mut content, mut others, mut said) = (None, Vec::new(), Vec::new());
        for (name, value) in members {
            match part(value) {
                Some((spans, quote)) => {
                    let quote = quote.or_else(|| beside(members, name));
                    if spans.is_empty() && quote.is_none_or(str::is_empty) {
                        continue;
                    }
                    let whole = json!({ (name.as_str()): value, "text": quote });
                    let at = self.spans(spans, quote, told).map(|spans| {
                        let annotation = Annotation::new(format!("{id}-{name}"), name.as_str(), spans);
                        self.regions.add(annotation, &whole, told)
                    });
                    let at = at.unwrap_or_else(|why| {
                        self.regions.refuse(Kind::Annotation, why, &whole, told);
                        None
                    });
                    match at {
                        Some(at) if CONTENTS.contains(&name.as_str()) => content = Some(at),
                        Some(at) => others.push((at, name)),
                        None => {}
                    }
                }
                None => said.push((name, value)),
            }
        }
        match content {
            Some(content) => {
                for (at, name) in others {
                    self.regions.tie(format!("{id}-{name}"), kind(name).to_owned(), content, at);
                }
            }
            None if others.is_empty() => {}
            None => told.note("the parts of an attribution stand alone, for there is nothing that was said"),
        }
        for (name, value) in said {
            self.say(name, value, content, told);
        }
    }

    /// An attribute of what was said.
    fn say(&mut self, name: &str, value: &Value, content: Option<usize>, told: &mut Told) {
        let value = match value {
            Value::Bool(true) => "true".to_owned(),
            value => match word(Some(value)) {
                Some(word) => word,
                None if value.as_bool().is_some() || value.is_null() || empty(value) => return,
                None => value.to_string(),
            },
        };
        if name == "id" || name.ends_with("_text") {
            return;
        }
        match content {
            Some(at) => drop(self.regions.get(at).attributes.insert(name.to_owned(), value)),
            None => {
                let why = "there is nothing said that it could be an attribute of";
                self.regions.refuse(Kind::Attribute, why, &json!({ name: value }), told);
            }
        }
    }

    /// Where a part lies: in the unit that was asked for, or in that in which it holds its text.
    fn spans(&self, given: &[Value], quote: Option<&str>, told: &mut Told) -> Result<Vec<Span>, String> {
        let text = self.regions.text();
        let first = located(&text, given, self.unit.unwrap_or(Unit::CodePoints), quote);
        let mut spans = match (first, self.unit) {
            (Err(why), None) => {
                let spans = located(&text, given, Unit::Utf16, quote.filter(|quote| !quote.is_empty()));
                let spans = spans.ok().filter(|_| quote.is_some()).ok_or(why)?;
                told.note("offsets counted UTF-16 code units, as the text beside them shows");
                spans
            }
            (first, _) => first?,
        };
        spans.sort_unstable();
        let before = spans.len();
        spans.dedup_by(|next, last| {
            let overlap = next.start < last.end;
            last.end = if overlap { last.end.max(next.end) } else { last.end };
            overlap
        });
        if spans.len() < before {
            told.note("fragments of one part that overlap became one");
        }
        Ok(spans)
    }
}

/// The spans of a part in that unit, as the file orders them, if they hold its text.
fn located(text: &Text, given: &[Value], unit: Unit, quote: Option<&str>) -> Result<Vec<Span>, String> {
    let bounds = |value: &Value| {
        let either = |place: usize, name: &str| number(value.get(place).or_else(|| value.get(name)));
        let (start, end) = (either(0, "charBegin"), either(1, "charEnd"));
        let span = span(text, start, end, unit)?;
        match span.is_empty() {
            true => Err(format!("its span {span} holds nothing")),
            false => Ok(span),
        }
    };
    let spans = given.iter().map(bounds).collect::<Result<Vec<_>, _>>()?;
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let held: String = spans.iter().filter_map(|span| text.slice(*span)).map(letters).collect();
    match quote {
        Some(quote) if letters(quote) != held => Err("its text is not what stands at its offsets".to_owned()),
        _ => Ok(spans),
    }
}

/// The text of a part in a member beside it: `content_text`, or `source_text` of a `source_clause`.
fn beside<'a>(members: &'a Map<String, Value>, part: &str) -> Option<&'a str> {
    let text = |name: &str| members.get(&format!("{name}_text"))?.as_str();
    text(part).or_else(|| text(part.split('_').next()?))
}

/// How what was said is tied to a part.
fn kind(part: &str) -> &str {
    match part {
        "speaker" | "source" | "source_clause" => "attributed_to",
        "cue" => "cued_by",
        "addressee" => "addressed_to",
        "frame" => "framed_by",
        other => other,
    }
}

/// A list or object that holds nothing.
fn empty(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty) || value.as_object().is_some_and(Map::is_empty)
}
