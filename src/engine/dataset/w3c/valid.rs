//! What the Web Annotation Data Model demands of an annotation: every MUST that the W3C's own tests check.
//!
//! The checks are those of `annotationMusts` in <https://github.com/w3c/web-annotation-tests>, with two exceptions on
//! the side of the writer: the sets that were in drafts (`Composite`, `List`, `Independents`) are let through, and so
//! are text bodies with an id. A page or a collection lends its context to what it holds.

use serde_json::{Map, Value};

use super::CONTEXT;
use crate::dataset::names::is_time;

type Object = Map<String, Value>;

/// What a value must be.
#[derive(Clone, Copy)]
enum Rule {
    /// One IRI.
    Iri,
    /// IRIs.
    Iris,
    /// One date and time.
    Time,
    /// One direction of text.
    Direction,
}

/// What annotations may say of themselves, and how; sections 3.3.1, 3.3.6 and 3.3.7.
const ANNOTATION: [(&str, Rule); 6] = [
    ("created", Rule::Time),
    ("modified", Rule::Time),
    ("generated", Rule::Time),
    ("rights", Rule::Iris),
    ("canonical", Rule::Iri),
    ("via", Rule::Iris),
];

/// What bodies, targets and their sources may say, and how; sections 3.2.1, 3.3.1, 3.3.6 and 3.3.7.
const RESOURCE: [(&str, Rule); 6] = [
    ("textDirection", Rule::Direction),
    ("created", Rule::Time),
    ("modified", Rule::Time),
    ("rights", Rule::Iris),
    ("canonical", Rule::Iri),
    ("via", Rule::Iris),
];

/// The selectors and states, and which keys with text they must have; sections 4.2 and 4.3.
const TEXTS: [(&str, &str); 5] = [
    ("FragmentSelector", "value"),
    ("CssSelector", "value"),
    ("XPathSelector", "value"),
    ("TextQuoteSelector", "exact"),
    ("HttpRequestState", "value"),
];

const SETS: [&str; 4] = ["Choice", "Composite", "List", "Independents"];

impl Rule {
    fn holds(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Iris, Value::Array(values)) => {
                !values.is_empty() && values.iter().all(|value| self.holds_one(value))
            }
            (_, Value::Array(values)) => values.len() == 1 && self.holds_one(&values[0]),
            _ => self.holds_one(value),
        }
    }

    fn holds_one(self, value: &Value) -> bool {
        value.as_str().is_some_and(|text| match self {
            Self::Iri | Self::Iris => is_iri(text),
            Self::Time => is_time(text),
            Self::Direction => ["ltr", "rtl", "auto"].contains(&text),
        })
    }

    const fn what(self) -> &'static str {
        match self {
            Self::Iri => "one IRI",
            Self::Iris => "IRIs",
            Self::Time => "one date and time with a time zone",
            Self::Direction => "one of ltr, rtl and auto",
        }
    }
}

/// What the annotation breaks; nothing if it is valid. `inherits` is set where what holds it has the context.
pub(super) fn violation(annotation: &Object, inherits: bool) -> Option<String> {
    let mut broken: Vec<String> = head(annotation, inherits).map(str::to_owned).collect();
    broken.extend(rules(annotation, &ANNOTATION, "the annotation"));
    for (name, is_body) in [("body", true), ("target", false)] {
        match annotation.get(name) {
            Some(Value::Array(all)) => broken.extend(all.iter().find_map(|one| resource(one, is_body))),
            Some(one) => broken.extend(resource(one, is_body)),
            None if is_body => {}
            None => broken.push("it has no target".to_owned()),
        }
    }
    let styled = ["body", "target"].iter().any(|name| annotation.get(*name).is_some_and(is_styled));
    if styled && !annotation.contains_key("stylesheet") {
        broken.push("it has a styleClass and no stylesheet".to_owned());
    }
    (!broken.is_empty()).then(|| broken.join("; "))
}

/// What is wrong with the keys that every annotation must have; sections 3.1 and 3.2.5.
fn head(annotation: &Object, inherits: bool) -> impl Iterator<Item = &'static str> + use<> {
    let names = |key: &str, name: &str| match annotation.get(key) {
        Some(Value::Array(values)) => values.iter().any(|value| value == name),
        Some(value) => value == name,
        None => false,
    };
    let text = |value: &Value| match value {
        Value::Array(values) => values.len() == 1 && values[0].is_string(),
        value => value.is_string(),
    };
    let checks = [
        (inherits || names("@context", CONTEXT), "it does not name the context of Web Annotation"),
        (annotation.get("id").is_some_and(|id| Rule::Iri.holds(id)), "its id is not one IRI"),
        (names("type", "Annotation"), "its type is not Annotation"),
        (!(annotation.contains_key("body") && annotation.contains_key("bodyValue")), "it has both body and bodyValue"),
        (annotation.get("bodyValue").is_none_or(text), "its bodyValue is not one text"),
    ];
    checks.into_iter().filter(|(holds, _)| !holds).map(|(_, why)| why)
}

fn rules(object: &Object, rules: &[(&str, Rule)], whose: &str) -> Option<String> {
    let broken = rules.iter().find(|(name, rule)| object.get(*name).is_some_and(|value| !rule.holds(value)));
    broken.map(|(name, rule)| format!("{name} of {whose} is not {}", rule.what()))
}

/// What is wrong with a body or a target.
fn resource(value: &Value, is_body: bool) -> Option<String> {
    let whose = if is_body { "a body" } else { "a target" };
    let object = match value {
        Value::String(text) => return (!is_iri(text)).then(|| format!("{whose} is a text that is no IRI")),
        Value::Object(object) => object,
        _ => return Some(format!("{whose} is neither an IRI nor an object")),
    };
    rules(object, &RESOURCE, whose).or_else(|| {
        if is_set(object) {
            return set(object, is_body, whose);
        }
        if object.contains_key("source") {
            return specific(object, whose);
        }
        if is_body && object.get("value").is_some_and(Value::is_string) {
            return forbidden(object, &["items"], "a text body");
        }
        match object.get("id") {
            Some(id) if Rule::Iri.holds(id) => forbidden(object, &["items", "purpose"], whose),
            Some(_) => Some(format!("the id of {whose} is not one IRI")),
            None => Some(format!("{whose} is no IRI, no text, no choice and no specific resource")),
        }
    })
}

fn is_set(object: &Object) -> bool {
    object.get("type").and_then(Value::as_str).is_some_and(|kind| SETS.contains(&kind))
}

fn forbidden(object: &Object, keys: &[&str], whose: &str) -> Option<String> {
    let found = keys.iter().find(|key| object.contains_key(**key))?;
    Some(format!("{whose} has the key {found}, which it must not have"))
}

/// What is wrong with a choice or another set; section 3.2.7.
fn set(object: &Object, is_body: bool, whose: &str) -> Option<String> {
    let Some(items) = object.get("items").and_then(Value::as_array).filter(|items| !items.is_empty()) else {
        return Some(format!("{whose} is a choice without items"));
    };
    forbidden(object, &["value", "source", "purpose"], "a choice")
        .or_else(|| items.iter().find_map(|item| resource(item, is_body)))
}

/// What is wrong with a specific resource; section 4.
fn specific(object: &Object, whose: &str) -> Option<String> {
    let source = match object.get("source") {
        Some(Value::String(source)) if is_iri(source) => None,
        Some(Value::Object(source)) => rules(source, &RESOURCE, "a source")
            .or_else(|| forbidden(source, &["items", "purpose"], "a source"))
            .or_else(|| {
                let named = source.get("id").is_some_and(|id| Rule::Iri.holds(id));
                (!named).then(|| format!("the source of {whose} has no id that is an IRI"))
            }),
        _ => Some(format!("the source of {whose} is no IRI")),
    };
    source
        .or_else(|| forbidden(object, &["items", "value"], "a specific resource"))
        .or_else(|| ["selector", "state"].iter().find_map(|key| selectors(object.get(*key)?, key)))
}

/// What is wrong with selectors or states, one or several.
fn selectors(value: &Value, key: &str) -> Option<String> {
    match value {
        Value::String(text) => (!is_iri(text)).then(|| format!("a {key} is a text that is no IRI")),
        Value::Array(values) if values.is_empty() => Some(format!("a {key} is an empty list")),
        Value::Array(values) => values.iter().find_map(|value| selectors(value, key)),
        Value::Object(object) => selector(object, key)
            .or_else(|| object.get("refinedBy").and_then(|refined| selectors(refined, "refinedBy"))),
        _ => Some(format!("a {key} is neither an IRI nor an object")),
    }
}

fn selector(object: &Object, key: &str) -> Option<String> {
    let kind = object.get("type").and_then(Value::as_str).unwrap_or_default();
    let text = |name: &str| object.get(name).is_some_and(Value::is_string);
    let time = |name: &str| object.get(name).is_some_and(|value| Rule::Time.holds(value));
    let named = object.get("id").is_some_and(|id| Rule::Iri.holds(id));
    if let Some((_, needed)) = TEXTS.iter().find(|(name, _)| *name == kind) {
        let texts = text(needed) && ["prefix", "suffix"].iter().all(|name| text(name) || !object.contains_key(*name));
        return (!texts).then(|| format!("a {kind} has no {needed} that is one text"));
    }
    match kind {
        "TextPositionSelector" | "DataPositionSelector" => {
            let counts = ["start", "end"].iter().all(|name| object.get(*name).is_some_and(Value::is_u64));
            (!counts).then(|| format!("a {kind} has no start and end that are numbers from 0"))
        }
        "SvgSelector" => (text("value") == named).then(|| "an SvgSelector has not either a value or an id".to_owned()),
        "RangeSelector" => ["startSelector", "endSelector"].iter().find_map(|name| match object.get(*name) {
            Some(Value::Object(end)) => selector(end, name),
            _ => Some(format!("a RangeSelector has no {name}")),
        }),
        "TimeState" => {
            let dates = match object.get("sourceDate") {
                Some(Value::Array(dates)) => !dates.is_empty() && dates.iter().all(|date| Rule::Time.holds_one(date)),
                Some(_) => time("sourceDate"),
                None => time("sourceDateStart") && time("sourceDateEnd"),
            };
            (!dates).then(|| "a TimeState has neither a date nor a beginning and an end".to_owned())
        }
        _ => (!named).then(|| format!("a {key} is of no known type and has no id")),
    }
}

fn is_styled(value: &Value) -> bool {
    match value {
        Value::Array(values) => values.iter().any(is_styled),
        Value::Object(object) => object.contains_key("styleClass") || object.get("items").is_some_and(is_styled),
        _ => false,
    }
}

/// Whether a text is an absolute IRI: a scheme, a colon, and none of the characters that RFC 3987 leaves out.
pub(super) fn is_iri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    named
        && !rest.is_empty()
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use serde_json::{Value, json};

    use super::*;

    fn broken(change: impl Fn(&mut Value)) -> Option<String> {
        let mut annotation = json!({
            "@context": CONTEXT, "id": "urn:x:1", "type": "Annotation", "body": { "type": "TextualBody", "value": "quote" },
            "target": { "source": "https://news.example/a", "selector": { "type": "TextQuoteSelector", "exact": "x" } },
        });
        change(&mut annotation);
        violation(annotation.as_object().unwrap(), false)
    }

    #[test]
    fn what_the_standard_demands_is_demanded() {
        assert_eq!(broken(|_| {}), None);
        let why = |change: fn(&mut Value)| broken(change).unwrap();
        assert!(why(|a| a["@context"] = json!("https://schema.org")).contains("context"));
        assert!(why(|a| a["id"] = json!("two words")).contains("id"));
        assert!(why(|a| a["target"] = json!([])["none"].clone()).contains("target"));
        assert!(why(|a| a["bodyValue"] = json!("x")).contains("bodyValue"));
        assert!(why(|a| a["created"] = json!("yesterday")).contains("created"));
        assert!(why(|a| a["body"] = json!({ "type": "TextualBody" })).contains("body"));
        assert!(why(|a| a["body"] = json!({ "type": "Choice", "items": [] })).contains("items"));
        assert!(why(|a| a["target"]["value"] = json!("x")).contains("value"));
        assert!(why(|a| a["target"]["selector"]["exact"] = json!(["x", "y"])).contains("exact"));
        assert!(why(|a| a["target"]["styleClass"] = json!("red")).contains("stylesheet"));
        assert!(why(|a| a["target"]["selector"] = json!({ "type": "RangeSelector" })).contains("startSelector"));
    }

    #[test]
    fn iris_are_told_from_other_texts() {
        assert!(is_iri("urn:uuid:x") && is_iri("https://é.example/ü") && !is_iri("not a uri") && !is_iri("1a:b"));
    }
}
