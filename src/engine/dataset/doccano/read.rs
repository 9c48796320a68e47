//! Reading doccano's lines.

use std::{collections::HashMap, path::PathBuf};

use serde_json::{Map, Value};

use super::unit::{self, Found};
use crate::dataset::{
    Annotation, DatasetError, Kind, ReadOptions, Record, Told, Unit, Works,
    elements::{self, Place, values},
    files::{Peek, named_json, numbered},
    regions::{Regions, span, word, words},
};

/// Keys of a line that are read, each in its way; all others are part of what is known of the document.
const LINE: [&str; 8] = ["id", "text", "data", "entities", "relations", "annotator", "offsets", "meta"];
/// Keys of an entity that are read, or that doccano keeps for itself.
const ENTITY: [&str; 15] = [
    "id",
    "label",
    "start_offset",
    "end_offset",
    "start",
    "end",
    "annotation",
    "attributes",
    "note",
    "text",
    "user",
    "example",
    "created_at",
    "updated_at",
    "uuid",
];
/// Keys under which lines have spans, or words for the whole text.
const LABELS: [&str; 4] = ["entities", "label", "labels", "annotations"];

/// Whether a file is of this format.
pub fn recognise(peek: &Peek<'_>) -> bool {
    let Some(Value::Object(line)) = elements::first(peek) else { return false };
    let triple = |mark: &Value| mark.as_array().is_some_and(|triple| triple.len() == 3 && triple[2].is_string());
    let marked = |mark: &Value| {
        triple(mark) || mark.is_string() || ["start_offset", "start"].iter().any(|name| mark.get(name).is_some())
    };
    let list = |name: &&str| line.get(*name).and_then(Value::as_array);
    let mut lists = LABELS.iter().chain(&["cats"]).filter_map(list).peekable();
    ["text", "data"].iter().any(|name| line.get(*name).is_some_and(Value::is_string))
        && !line.contains_key("tokens")
        && lists.peek().is_some()
        && lists.all(|list| list.iter().all(marked))
}

/// Reads files of lines.
///
/// # Errors
///
/// When a file cannot be read, or there is none.
pub fn open(paths: &[PathBuf], options: &ReadOptions) -> Result<Works, DatasetError> {
    let files = named_json(paths, "doccano")?;
    let asked = options.offsets.map(|unit| Found { unit, guessed: false });
    let units: HashMap<_, _> =
        files.iter().map(|file| (file.display().to_string(), asked.unwrap_or_else(|| unit::find(file)))).collect();
    values(&files, move |place, json, told| {
        let found = units.get(place.0).copied().unwrap_or(Found { unit: Unit::Utf16, guessed: true });
        let read = match serde_json::from_str(json) {
            Ok(Value::Object(line)) => record(line, found, asked.is_some(), place, told),
            Ok(_) => Err("it is no object".to_owned()),
            Err(error) => Err(error.to_string()),
        };
        read.map_err(|reason| told.refuse(place, Kind::Document, reason, json)).into_iter().collect()
    })
}

fn record(
    line: Map<String, Value>,
    found: Found,
    asked: bool,
    place: Place<'_>,
    told: &mut Told,
) -> Result<Record, String> {
    let text = line.get("text").or_else(|| line.get("data")).and_then(Value::as_str).ok_or("it has no text")?;
    let found = match unit::named(&line) {
        Some(unit) if !asked => Found { unit, guessed: false },
        _ => found,
    };
    let id = word(line.get("id")).unwrap_or_else(|| numbered(place));
    let annotator = word(line.get("annotator")).unwrap_or_default();
    let mut regions = Regions::new(place, id, text.to_owned(), annotator);
    let mut ids = HashMap::new();
    let mut names = HashMap::new();
    for (mark, start, end) in unit::bounds(&line) {
        let text = regions.text();
        let span = match span(&text, start, end, found.unit) {
            Ok(span) => span,
            Err(reason) => {
                regions.refuse(Kind::Annotation, reason, mark, told);
                continue;
            }
        };
        if found.guessed && text.utf16(span.end) != Some(span.end.get()) {
            told.note("offsets could count code points or UTF-16 code units, and were read as the latter");
        }
        let label = word(mark.get("label").or_else(|| mark.get(2))).unwrap_or_default();
        let name = mark.get("annotation").and_then(Value::as_str);
        let known = name.and_then(|name| names.get(name).copied());
        let at = match known {
            Some(at) if regions.get(at).label == label && regions.extend(at, &[span]) => Some(at),
            _ => {
                let mut annotation = Annotation::new(name.unwrap_or_default(), label, vec![span]);
                annotation.attributes = words(mark.get("attributes"));
                annotation.note = word(mark.get("note")).unwrap_or_default();
                for (name, value) in mark.as_object().into_iter().flatten() {
                    if !ENTITY.contains(&name.as_str()) && !value.is_null() {
                        annotation
                            .attributes
                            .insert(name.clone(), word(Some(value)).unwrap_or_else(|| value.to_string()));
                        told.note("another key of a span became an attribute");
                    }
                }
                regions.add(annotation, mark, told)
            }
        };
        let Some(at) = at else { continue };
        if mark.get(3).is_some() {
            regions.refuse(Kind::Attribute, "what stands behind its label has no name", mark, told);
        }
        name.map(|name| names.entry(name.to_owned()).or_insert(at));
        word(mark.get("id")).map(|id| ids.insert(id, at));
    }
    for relation in line.get("relations").and_then(Value::as_array).into_iter().flatten() {
        let end = |name: &str| ids.get(&word(relation.get(name))?).copied();
        let kind = word(relation.get("type")).filter(|kind| !kind.is_empty());
        match (end("from_id"), end("to_id"), kind) {
            (Some(from), Some(to), Some(kind)) => {
                regions.tie(word(relation.get("id")).map(|id| format!("r{id}")).unwrap_or_default(), kind, from, to);
            }
            (_, _, None) => regions.refuse(Kind::Relation, "it has no type", relation, told),
            _ => regions.refuse(Kind::Relation, "there is no entity at an end of it", relation, told),
        }
    }
    about(line, &mut regions, told);
    Ok(regions.finish())
}

/// What a line says of the whole text.
fn about(line: Map<String, Value>, regions: &mut Regions<'_>, told: &mut Told) {
    for (name, value) in line {
        match value {
            Value::Object(meta) if name == "meta" => regions.meta().extend(meta),
            Value::Array(mut all) if name == "cats" || LABELS.contains(&name.as_str()) => {
                all.retain(Value::is_string);
                if !all.is_empty() {
                    told.note("a label of the whole text was kept as what is known of it");
                    regions.meta().insert(name, all.into());
                }
            }
            Value::Array(mut all) if name == "Comments" => {
                let written = regions.notes();
                all.retain(|comment| !comment.as_str().is_some_and(|comment| written.contains(comment)));
                if !all.is_empty() {
                    told.note("a comment on the whole text was kept as what is known of it");
                    regions.meta().insert(name, all.into());
                }
            }
            Value::Null => {}
            value if matches!(name.as_str(), "entities" | "relations") && !value.is_array() => {
                let kind = if name == "entities" { Kind::Annotation } else { Kind::Relation };
                regions.refuse(kind, format!("its {name} are no list"), &value, told);
            }
            _ if name == "meta" || !LINE.contains(&name.as_str()) => {
                regions.meta().insert(name, value);
            }
            _ => {}
        }
    }
}
