//! What the bodies of a Web Annotation say: its label, attributes and note; and who made it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::dataset::{By, Origin, Told};

/// What is said of the words that an annotation targets.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub label: String,
    pub attributes: BTreeMap<String, String>,
    pub note: String,
}

/// One body, as far as it is known what it means.
enum Piece<'a> {
    Tag(&'a str),
    Attribute(&'a str, &'a str),
    Remark(&'a str),
    Elsewhere(&'a str),
}

/// The items of a list, or the one thing that stands for a list of itself.
pub(super) fn list(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Array(values)) => values,
        Some(value) => std::slice::from_ref(value),
        None => &[],
    }
}

/// The text of a value, or the first one of a list.
pub(super) fn text<'a>(object: &'a Map<String, Value>, name: &str) -> &'a str {
    list(object.get(name)).first().and_then(Value::as_str).unwrap_or_default()
}

/// Reads the bodies of an annotation.
pub(super) fn said(annotation: &Map<String, Value>, told: &mut Told) -> Said {
    let motivation = text(annotation, "motivation");
    let mut said = Said::default();
    let (mut tags, mut notes) = (Vec::new(), Vec::new());
    if let Some(remark) = list(annotation.get("bodyValue")).first().and_then(Value::as_str) {
        notes.push(remark);
    }
    for body in list(annotation.get("body")) {
        match piece(body, motivation, told) {
            Some(Piece::Tag(tag)) => tags.push(tag),
            Some(Piece::Attribute(name, value)) => {
                let first = said.attributes.entry(name.to_owned()).or_insert_with(|| value.to_owned());
                if first != value {
                    told.note("a further value of an attribute is in the note");
                    notes.push(body.get("value").and_then(Value::as_str).unwrap_or(value));
                }
            }
            Some(Piece::Remark(remark)) => notes.push(remark),
            Some(Piece::Elsewhere(iri)) => {
                told.note("a body elsewhere on the web is named in the note");
                notes.push(iri);
            }
            None => told.note("a body is passed over, because it holds no text"),
        }
    }
    let mut tags = tags.into_iter();
    said.label = tags.next().map(str::to_owned).unwrap_or_else(|| {
        told.note("an annotation has no tag, and its motivation became its label");
        if motivation.is_empty() { "annotation".to_owned() } else { motivation.to_owned() }
    });
    for tag in tags {
        told.note("a further tag became an attribute with the value `true`");
        said.attributes.entry(tag.to_owned()).or_insert_with(|| "true".to_owned());
    }
    said.note = notes.join("\n");
    said
}

fn piece<'a>(body: &'a Value, motivation: &'a str, told: &mut Told) -> Option<Piece<'a>> {
    let object = match body {
        Value::String(iri) => return Some(Piece::Elsewhere(iri)),
        Value::Object(object) => object,
        _ => return None,
    };
    if let Some(first) = object.get("items").and_then(Value::as_array).and_then(|items| items.first()) {
        told.note("of a choice of bodies the first was taken");
        return first.is_string().then(|| first.as_str().map(Piece::Elsewhere)).flatten().or_else(|| {
            let inner = first.as_object().filter(|inner| !inner.contains_key("items"))?;
            inner.get("value").and_then(Value::as_str).map(Piece::Remark)
        });
    }
    let purpose = match text(object, "purpose") {
        "" => motivation,
        purpose => purpose,
    };
    if let Some(value) = object.get("value").and_then(Value::as_str) {
        return Some(match (purpose, value.split_once('=')) {
            ("tagging" | "identifying", _) => Piece::Tag(value),
            ("classifying", Some((name, value))) if !name.is_empty() => Piece::Attribute(name, value),
            ("classifying", _) => Piece::Tag(value),
            _ => Piece::Remark(value),
        });
    }
    let iri = match object.get("source").or_else(|| object.get("id")) {
        Some(Value::String(iri)) => iri.as_str(),
        Some(Value::Object(source)) => text(source, "id"),
        _ => return None,
    };
    let tag = ["tagging", "identifying", "classifying"].contains(&purpose);
    Some(if tag { Piece::Tag(iri) } else { Piece::Elsewhere(iri) })
}

/// Who or what made something.
pub(super) fn origin(object: &Map<String, Value>) -> Option<Origin> {
    let mut makers = list(object.get("creator")).iter();
    let maker = makers.next()?;
    let name = agent(maker);
    let software = list(maker.get("type")).iter().any(|kind| kind == "Software");
    let told = maker.get("schema:additionalType").and_then(|by| serde_json::from_value(by.clone()).ok());
    let by = if software { told.unwrap_or(By::Import) } else { By::Person };
    let confirmed_by = makers.next().map(agent);
    Some(Origin { by, name, confirmed_by })
}

/// What a person or a program is called.
pub(super) fn agent(value: &Value) -> String {
    let name = match value.as_object() {
        Some(object) => {
            ["nickname", "name", "id"].into_iter().map(|key| text(object, key)).find(|name| !name.is_empty())
        }
        None => value.as_str(),
    };
    let name = name.unwrap_or_default();
    // Hypothes.is names people by their accounts (RFC 7565).
    let account = name.strip_prefix("acct:").and_then(|account| account.split('@').next());
    account.unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use serde_json::json;

    use super::*;

    fn read(annotation: Value) -> (Said, Told) {
        let mut told = Told::default();
        (said(annotation.as_object().unwrap(), &mut told), told)
    }

    #[test]
    fn a_label_is_the_first_tag_however_it_is_written() {
        let recogito = json!({ "body": [
            { "type": "TextualBody", "value": "doubtful", "purpose": "commenting" },
            { "type": "TextualBody", "value": "claim", "purpose": "tagging" },
            { "type": "TextualBody", "value": "urgent", "purpose": "tagging" },
        ] });
        let (said, told) = read(recogito);
        assert_eq!((said.label.as_str(), said.note.as_str()), ("claim", "doubtful"));
        assert_eq!(said.attributes["urgent"], "true");
        assert_eq!(told.noted.len(), 1);
        let (said, _) = read(json!({ "motivation": "tagging", "body": { "type": "TextualBody", "value": "quote" } }));
        assert_eq!(said.label, "quote");
        let (said, told) = read(json!({ "motivation": "commenting", "bodyValue": "no" }));
        assert_eq!((said.label.as_str(), said.note.as_str(), told.noted.len()), ("commenting", "no", 1));
        assert_eq!(agent(&json!("acct:bo@hypothes.is")), "bo");
    }
}
