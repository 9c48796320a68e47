//! Reading CAS JSON 0.4.0: feature structures with their fields, references marked by `@`.

use serde_json::{Map, Value as Json};

use super::{Cas, Sofa, Structure, Value};

/// Reads the JSON of a CAS. Each structure's `source` starts at its place in [`fields`].
///
/// # Errors
///
/// When it is no such JSON, with what is missing.
pub(super) fn parse(json: &Json) -> Result<Cas, String> {
    let mut cas = Cas::default();
    for (place, structure) in structures(json)?.enumerate() {
        let (id, Some(fields)) = structure else {
            cas.structures.push(Structure { kind: "?".to_owned(), source: place..place, ..Structure::default() });
            continue;
        };
        let kind = fields.get("%TYPE").and_then(Json::as_str).unwrap_or_default();
        let id = fields.get("%ID").and_then(Json::as_u64).or(id).unwrap_or_default();
        if kind == "uima.cas.Sofa" {
            let text = |name: &str| fields.get(name).and_then(Json::as_str).map(str::to_owned);
            cas.sofas.push(Sofa { id, name: text("sofaID").unwrap_or_default(), text: text("sofaString") });
        } else {
            let source = place..place;
            cas.structures.push(Structure { id, source, ..structure_of(kind, fields) });
        }
    }
    if let Some(views) = json.get("%VIEWS").and_then(Json::as_object) {
        for view in views.values() {
            let members = view.get("%MEMBERS").and_then(Json::as_array);
            if let (Some(sofa), Some(members)) = (view.get("%SOFA").and_then(Json::as_u64), members) {
                cas.members.insert(sofa, members.iter().filter_map(Json::as_u64).collect());
            }
        }
    }
    Ok(cas)
}

/// One structure: the key that it stands under, where it has one, and its fields, if it is an object.
type Found<'a> = (Option<u64>, Option<&'a Map<String, Json>>);

/// All structures, in a list as the specification has it, or by id as older files have it.
fn structures(json: &Json) -> Result<Box<dyn Iterator<Item = Found<'_>> + '_>, String> {
    match json.get("%FEATURE_STRUCTURES") {
        Some(Json::Array(list)) => Ok(Box::new(list.iter().map(|found| (None, found.as_object())))),
        Some(Json::Object(map)) => Ok(Box::new(map.iter().map(|(id, found)| (id.parse().ok(), found.as_object())))),
        _ => Err("it has no %FEATURE_STRUCTURES".to_owned()),
    }
}

/// The fields of each structure, to tell of them.
pub(super) fn fields(json: &Json) -> Vec<Option<&Map<String, Json>>> {
    structures(json).map(|all| all.map(|(_, fields)| fields).collect()).unwrap_or_default()
}

fn structure_of(kind: &str, fields: &Map<String, Json>) -> Structure {
    let mut structure = Structure { kind: kind.to_owned(), ..Structure::default() };
    let (mut begin, mut end) = (None, None);
    let place = |value: &Json| value.as_u64().and_then(|at| usize::try_from(at).ok());
    for (name, value) in fields {
        match name.as_str() {
            "@sofa" => structure.sofa = value.as_u64(),
            "begin" | "^begin" => begin = place(value),
            "end" | "^end" => end = place(value),
            "%ELEMENTS" => elements(value, &mut structure),
            _ if name.starts_with('%') => {}
            _ => match name.strip_prefix('@') {
                Some(name) => structure.features.push((name.to_owned(), Value::References(ids(value)))),
                None => {
                    let name = name.strip_prefix('#').unwrap_or(name);
                    structure.features.extend(text(value).map(|text| (name.to_owned(), Value::Text(text))));
                }
            },
        }
    }
    if let (Some(begin), Some(end)) = (begin, end) {
        structure.spans.push((begin, end));
    }
    structure
}

/// What an array holds: ids of others, or values.
fn elements(value: &Json, structure: &mut Structure) {
    let Some(elements) = value.as_array() else { return };
    let of_values = structure.kind.starts_with("uima.cas.") && structure.kind != "uima.cas.FSArray";
    if !of_values {
        structure.features.push(("elements".to_owned(), Value::References(ids(value))));
    } else {
        let texts = elements.iter().filter_map(text);
        structure.features.extend(texts.map(|text| ("elements".to_owned(), Value::Text(text))));
    }
}

/// A value as text; nothing for what is null or no single value.
pub(super) fn text(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Bool(_) | Json::Number(_) => Some(value.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

/// One id, or several.
pub(super) fn ids(value: &Json) -> Vec<u64> {
    match value {
        Json::Array(list) => list.iter().filter_map(Json::as_u64).collect(),
        one => one.as_u64().into_iter().collect(),
    }
}
