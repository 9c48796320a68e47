//! Reading the older JSON of UIMA (`_context`, `_views`, `_referenced_fss`), which WebAnno and early INCEpTION wrote.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value as Json};

use super::{
    Cas, Sofa, Structure, Value,
    json::{ids, text},
};

/// Reads the JSON of a CAS. Each structure's `source` starts at its place among the structures.
///
/// # Errors
///
/// When it is no such JSON, with what is missing.
pub(super) fn parse(json: &Json) -> Result<Cas, String> {
    let views = json.get("_views").and_then(Json::as_object).ok_or("it has no _views")?;
    let empty = Map::new();
    let referenced = json.get("_referenced_fss").and_then(Json::as_object).unwrap_or(&empty);
    let types = json.get("_context").and_then(|context| context.get("_types")).and_then(Json::as_object);
    let is_reference = |kind: &str, name: &str| {
        let of = types.and_then(|types| types.get(kind)?.get("_feature_types")?.get(name)).and_then(Json::as_str);
        of.is_some_and(|of| of != "_string" && of != "_byte_array")
    };
    let full = |kind: &str| {
        let id = types.and_then(|types| types.get(kind)?.get("_id")).and_then(Json::as_str);
        id.unwrap_or(kind).to_owned()
    };
    let mut cas = Cas::default();
    let mut add = |id: u64, kind: &str, fields: &Map<String, Json>| {
        if kind == "Sofa" {
            let text = |name: &str| fields.get(name).and_then(Json::as_str).map(str::to_owned);
            cas.sofas.push(Sofa { id, name: text("sofaID").unwrap_or_default(), text: text("sofaString") });
            return;
        }
        let mut structure = Structure { id, kind: full(kind), ..Structure::default() };
        for (name, value) in fields {
            match name.as_str() {
                "_type" | "begin" | "end" => {}
                "sofa" => structure.sofa = value.as_u64(),
                name if is_reference(kind, name) => {
                    structure.features.push((name.to_owned(), Value::References(ids(value))));
                }
                name => structure.features.extend(text(value).map(|text| (name.to_owned(), Value::Text(text)))),
            }
        }
        let place = |name: &str| fields.get(name).and_then(Json::as_u64).and_then(|at| usize::try_from(at).ok());
        // A beginning at 0 is left out.
        structure.spans.extend(place("end").map(|end| (place("begin").unwrap_or_default(), end)));
        cas.structures.push(structure);
    };
    for (id, fields) in referenced {
        let fields = fields.as_object().unwrap_or(&empty);
        add(id.parse().unwrap_or_default(), fields.get("_type").and_then(Json::as_str).unwrap_or_default(), fields);
    }
    // What nothing points at has no id: it gets one behind all others.
    let mut next = referenced.keys().filter_map(|id| id.parse::<u64>().ok()).max().unwrap_or_default();
    let mut members: HashMap<Option<u64>, HashSet<u64>> = HashMap::new();
    for (kind, found) in views.values().filter_map(Json::as_object).flatten() {
        for found in found.as_array().into_iter().flatten() {
            match (found.as_u64(), found.as_object()) {
                (Some(id), _) => {
                    let sofa = referenced.get(&id.to_string()).and_then(|found| found.get("sofa"));
                    members.entry(sofa.and_then(Json::as_u64)).or_default().insert(id);
                }
                (None, Some(fields)) => {
                    next += 1;
                    add(next, kind, fields);
                    members.entry(fields.get("sofa").and_then(Json::as_u64)).or_default().insert(next);
                }
                (None, None) => {}
            }
        }
    }
    cas.members = members.into_iter().filter_map(|(sofa, members)| Some((sofa?, members))).collect();
    Ok(cas)
}
