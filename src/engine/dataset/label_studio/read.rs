//! Reading what Label Studio exports.

use std::{mem, path::PathBuf};

use serde_json::{Map, Value, json};

use super::{TEXT, result::Reading, write::DATA};
use crate::dataset::{
    DatasetError, Kind, ReadOptions, Record, Told, Works,
    elements::{self, Place, values},
    files::{Peek, named_json, numbered},
    regions::{Regions, word},
};

/// Keys under which tasks have annotations, in new and in old exports.
const ANNOTATIONS: [&str; 2] = ["annotations", "completions"];
/// Keys of a flat task that are the server's own.
const FLAT: [&str; 6] = ["id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time"];

/// Whether a file or folder is of this format.
pub fn recognise(peek: &Peek<'_>) -> bool {
    let named = |name: &str| peek.files.iter().any(|file| file.file_name().is_some_and(|file| file == name));
    if named("tasks.json") && named("config.xml") {
        return true;
    }
    let Some(Value::Object(task)) = elements::first(peek) else { return false };
    let listed = |name: &str| task.get(name).is_some_and(Value::is_array);
    let whole = task.get("data").is_some_and(Value::is_object)
        && (ANNOTATIONS.into_iter().any(listed) || listed("predictions") || task.contains_key("id"));
    whole || is_flat(&task) || is_alone(&task)
}

/// Whether it is an annotation with its task inside, as the server writes it into a storage.
fn is_alone(work: &Map<String, Value>) -> bool {
    work.get("result").is_some_and(Value::is_array)
        && work.get("task").and_then(|task| task.get("data")).is_some_and(Value::is_object)
}

/// Whether a task is of the server's export `JSON_MIN`, which mixes data with what was tagged.
fn is_flat(task: &Map<String, Value>) -> bool {
    task.contains_key("annotation_id") && task.contains_key("lead_time") && !task.contains_key("data")
}

/// Reads files of tasks.
///
/// # Errors
///
/// When a file cannot be read, or there is none.
pub fn open(paths: &[PathBuf], options: &ReadOptions) -> Result<Works, DatasetError> {
    let unit = options.offsets;
    values(&named_json(paths, "label-studio")?, move |place, json, told| {
        let read = match serde_json::from_str(json) {
            Ok(Value::Object(task)) if is_flat(&task) => {
                told.note(
                    "JSON_MIN has no relations, and its choices and notes, which name no region, are the document's",
                );
                task_records(unflat(task), place, told, &|| Reading::new(unit))
            }
            Ok(Value::Object(mut work)) if is_alone(&work) => match work.remove("task") {
                Some(Value::Object(mut task)) => {
                    task.insert("annotations".to_owned(), vec![Value::Object(work)].into());
                    task_records(task, place, told, &|| Reading::new(unit))
                }
                _ => Err("it is no task".to_owned()),
            },
            Ok(Value::Object(task)) => task_records(task, place, told, &|| Reading::new(unit)),
            Ok(_) => Err("it is no task".to_owned()),
            Err(error) => Err(error.to_string()),
        };
        read.unwrap_or_else(|reason| {
            told.refuse(place, Kind::Document, reason, json);
            Vec::new()
        })
    })
}

/// A flat task as a whole one.
fn unflat(mut task: Map<String, Value>) -> Map<String, Value> {
    let mut whole = Map::new();
    let mut work = Map::new();
    for name in FLAT {
        let Some(value) = task.remove(name) else { continue };
        let (of, name) = match name {
            "id" => (&mut whole, name),
            "annotator" => (&mut work, "completed_by"),
            _ => (&mut work, name),
        };
        of.insert(name.to_owned(), value);
    }
    let labelled = |region: &Value| region.get("start").is_some() && region.get("labels").is_some();
    let mut result = Vec::new();
    let mut data = Map::new();
    for (name, value) in task {
        match value {
            Value::Array(regions) if !regions.is_empty() && regions.iter().all(labelled) => {
                let region = |value| json!({ "type": "labels", "from_name": name, "to_name": TEXT, "value": value });
                result.extend(regions.into_iter().map(region));
            }
            value => drop(data.insert(name, value)),
        }
    }
    work.insert("result".to_owned(), result.into());
    whole.insert("data".to_owned(), data.into());
    whole.insert("annotations".to_owned(), vec![Value::Object(work)].into());
    whole
}

/// A record for each annotation of a task; one for a task without any.
fn task_records(
    mut task: Map<String, Value>,
    place: Place<'_>,
    told: &mut Told,
    reading: &dyn Fn() -> Reading,
) -> Result<Vec<Record>, String> {
    let Some(Value::Object(data)) = task.remove("data") else { return Err("it has no data".to_owned()) };
    let mut works = Vec::new();
    for name in ANNOTATIONS {
        if let Some(Value::Array(all)) = task.get_mut(name) {
            works.append(&mut mem::take(all));
        }
    }
    for (name, why) in [("predictions", "a prediction was left aside"), ("drafts", "a draft was left aside")] {
        let count = task.get(name).and_then(Value::as_array).map_or(0, Vec::len);
        (0..count).for_each(|_| told.note(why));
    }
    let skipped =
        |work: &Value| ["was_cancelled", "skipped"].iter().any(|name| work.get(name) == Some(&Value::Bool(true)));
    let (skipped, works): (Vec<_>, Vec<_>) = works.into_iter().partition(skipped);
    for work in &skipped {
        told.refuse(place, Kind::Document, "it was skipped", work.to_string());
    }
    let id = word(data.get("document")).or_else(|| word(task.get("id"))).unwrap_or_else(|| numbered(place));
    let meta = match task.remove("meta") {
        Some(Value::Object(meta)) => meta,
        _ => Map::new(),
    };
    let named = word(data.get("annotator")).filter(|_| works.len() < 2);
    let mut records = Vec::new();
    let none = [Value::Null];
    // A task that was only skipped is not one that nobody has looked at.
    let works = if works.is_empty() && skipped.is_empty() { none.as_slice() } else { works.as_slice() };
    for work in works {
        let result = work.get("result").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let key = text_key(&data, result).ok_or("it is not clear which of its data is the text")?;
        let text = data.get(&key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let annotator = named.clone().or_else(|| maker(work)).unwrap_or_default();
        let mut regions = Regions::new(place, id.clone(), text, annotator);
        regions.meta().extend(meta.clone());
        about(&data, &key, &mut regions);
        records.push(reading().record(regions, work, result, told));
    }
    Ok(records)
}

/// Who made an annotation: a number, an address, or a user with one of both.
fn maker(work: &Value) -> Option<String> {
    let by = work.get("completed_by")?;
    word(Some(by)).or_else(|| word(by.get("email"))).or_else(|| word(by.get("id")))
}

/// What the data says beside the text.
fn about(data: &Map<String, Value>, key: &str, regions: &mut Regions<'_>) {
    for (name, value) in data.iter().filter(|(name, _)| *name != key) {
        match value {
            Value::Object(meta) if name == "meta" => regions.meta().extend(meta.clone()),
            _ if DATA.contains(&name.as_str()) && value.is_string() => {}
            _ => drop(regions.meta().insert(name.clone(), value.clone())),
        }
    }
}

/// Which of a task's data is the text: the one whose words the regions carry, or that has the name of the tagged
/// object or `text`, or the only one that is text at all.
fn text_key(data: &Map<String, Value>, result: &[Value]) -> Option<String> {
    let texts: Vec<_> = data.iter().filter(|(_, value)| value.is_string()).map(|(name, _)| name.as_str()).collect();
    let quote = result.iter().find_map(|part| part.get("value")?.get("text")?.as_str());
    let quoted = |name: &str| {
        let text = data.get(name).and_then(Value::as_str).unwrap_or_default();
        quote.is_none_or(|quote| text.contains(quote) || text.contains(&quote.replace("\\n", "\n")))
    };
    let object = result.iter().find_map(|part| part.get("to_name")?.as_str());
    let named: Vec<_> = object.into_iter().chain([TEXT]).filter(|name| texts.contains(name)).collect();
    let all = named.iter().chain(&texts).copied();
    let sure = all.clone().find(|name| quote.is_some() && quoted(name));
    let only = || (texts.len() == 1).then(|| texts[0]);
    sure.or_else(|| named.first().copied()).or_else(only).map(str::to_owned)
}
