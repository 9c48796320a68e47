//! What a page says of its article in JSON-LD, in the words of schema.org.

use dom_query::Document;
use serde_json::Value;

/// The kinds of things that are articles.
const KINDS: [&str; 4] = ["Article", "BlogPosting", "Posting", "Report"];

/// The first article that `document` describes.
pub(super) fn article(document: &Document) -> Option<Value> {
    let scripts = document.select("script[type='application/ld+json']");
    scripts.nodes().iter().filter_map(|script| parse(&script.text())).find_map(find)
}

fn parse(script: &str) -> Option<Value> {
    let script = script.trim().trim_start_matches("<![CDATA[").trim_end_matches(';').trim_end_matches("]]>");
    // Line ends within strings are a common mistake; elsewhere they mean no more than spaces.
    serde_json::from_str(script).or_else(|_| serde_json::from_str(&script.replace(char::is_control, " "))).ok()
}

/// The first article in `value`, which may be a list, or a graph of things. What is nested is never deep, because
/// the parser refuses that.
fn find(value: Value) -> Option<Value> {
    match value {
        Value::Array(values) => values.into_iter().find_map(find),
        Value::Object(mut object) => {
            if object.get("@type").is_some_and(is_article) {
                return Some(Value::Object(object));
            }
            ["@graph", "mainEntity"].into_iter().find_map(|key| object.remove(key).and_then(find))
        }
        _ => None,
    }
}

fn is_article(kind: &Value) -> bool {
    let kinds = kind.as_array().map_or(std::slice::from_ref(kind), Vec::as_slice);
    kinds.iter().filter_map(Value::as_str).any(|kind| KINDS.iter().any(|known| kind.ends_with(known)))
}

/// The names in a property: a name, a thing with a name, or several of them.
pub(super) fn names(value: &Value) -> Vec<String> {
    match value {
        Value::String(name) => vec![clean(name)],
        Value::Object(object) => object.get("name").map(names).unwrap_or_default(),
        Value::Array(values) => values.iter().flat_map(names).collect(),
        _ => Vec::new(),
    }
    .into_iter()
    .filter(|name| !name.is_empty() && !name.starts_with("http"))
    .collect()
}

/// A property that is a string.
pub(super) fn string(article: Option<&Value>, key: &str) -> Option<String> {
    article?.get(key)?.as_str().map(clean).filter(|value| !value.is_empty())
}

/// Without markup and entities, which do not belong into JSON but are found there.
fn clean(value: &str) -> String {
    if value.contains(['<', '&']) {
        let document = Document::from(value);
        return document.text().trim().to_owned();
    }
    value.trim().to_owned()
}
