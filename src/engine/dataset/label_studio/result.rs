//! The result of an annotation: regions, what is said of them, and relations, in any order.

use std::collections::HashMap;

use ascribe_schema::{Span, Text};
use serde_json::Value;

use super::{FRAGMENT_OF, NOTE, attribute};
use crate::dataset::{
    Annotation, By, Kind, Origin, Record, Told, Unit,
    regions::{Regions, number, span, word},
};

/// One annotation's result that is being read.
pub struct Reading {
    /// What offsets count, where that was said.
    unit: Option<Unit>,
    /// The annotations of each region, one a label.
    found: HashMap<String, Vec<usize>>,
}

impl Reading {
    /// Nothing yet.
    pub fn new(unit: Option<Unit>) -> Self {
        Self { unit, found: HashMap::new() }
    }

    /// The record that a result makes of `regions`.
    pub fn record(mut self, mut regions: Regions<'_>, work: &Value, result: &[Value], told: &mut Told) -> Record {
        let created = work.get("created_at").and_then(Value::as_str).filter(|time| time.ends_with('Z'));
        let is = |part: &Value, kind: &str| part.get("type").and_then(Value::as_str) == Some(kind);
        let labels = |part: &Value| is(part, "labels") || is(part, "hypertextlabels");
        for part in result.iter().filter(|part| labels(part)) {
            self.region(part, created.unwrap_or_default(), &mut regions, told);
        }
        for part in result.iter().filter(|part| !labels(part) && !is(part, "relation")) {
            self.said(part, &mut regions, told);
        }
        for part in result.iter().filter(|part| is(part, "relation")) {
            self.relation(part, &mut regions, told);
        }
        regions.finish()
    }

    fn region(&mut self, part: &Value, created: &str, regions: &mut Regions<'_>, told: &mut Told) {
        let value = part.get("value").unwrap_or(&Value::Null);
        let span = match self.span(value, part, &regions.text(), told) {
            Ok(span) => span,
            Err(reason) => return regions.refuse(Kind::Annotation, reason, part, told),
        };
        let id = word(part.get("id")).unwrap_or_default();
        let labels = ["labels", "hypertextlabels"].iter().find_map(|name| value.get(name)?.as_array());
        let labels: Vec<_> = labels.into_iter().flatten().filter_map(|label| word(Some(label))).collect();
        if labels.is_empty() {
            return regions.refuse(Kind::Annotation, "it has no label", part, told);
        }
        if part.get("parentID").is_some_and(|parent| !parent.is_null()) {
            told.note("the region that a region belongs to was not kept");
        }
        if labels.len() > 1 {
            told.note("a region with several labels became an annotation a label");
        }
        for label in labels {
            let mut annotation = Annotation::new(id.clone(), label, vec![span]);
            annotation.created = created.to_owned();
            annotation.note = part.get("meta").and_then(|meta| lines(meta.get("text")?)).unwrap_or_default();
            if part.get("origin").and_then(Value::as_str).is_some_and(|origin| origin.starts_with("prediction")) {
                annotation.origin = Some(Origin { by: By::Model, name: String::new(), confirmed_by: None });
            }
            if let Some(at) = regions.add(annotation, part, told) {
                self.found.entry(id.clone()).or_default().push(at);
            }
        }
    }

    /// Where a region lies: by the unit that was asked for, or that in which its offsets hold its text.
    fn span(&self, value: &Value, part: &Value, text: &Text, told: &mut Told) -> Result<Span, String> {
        let quote = value.get("text").and_then(Value::as_str);
        let html = value.get("globalOffsets");
        let (start, end) = match html {
            Some(offsets) => (number(offsets.get("start")), number(offsets.get("end"))),
            None => (number(value.get("start")), number(value.get("end"))),
        };
        if (html.is_some() || value.get("startOffset").is_some()) && (quote.is_none() || start.is_none()) {
            return Err("its offsets are places in HTML, which has no text of its own".to_owned());
        }
        let fits = |span: &Span| quote.is_none_or(|quote| same(quote, text.slice(*span).unwrap_or_default()));
        let first = span(text, start, end, self.unit.unwrap_or(Unit::CodePoints));
        if first.as_ref().is_ok_and(fits) {
            return first;
        }
        let other = span(text, start, end, Unit::Utf16)
            .ok()
            .filter(|span| self.unit.is_none() && quote.is_some() && fits(span));
        if let Some(span) = other {
            told.note("offsets counted UTF-16 code units, as the text of their regions shows");
            return Ok(span);
        }
        let hyper = part.get("type").and_then(Value::as_str) == Some("hypertextlabels");
        first.and(Err(match hyper {
            true => "its offsets are places in HTML, which has no text of its own".to_owned(),
            false => "its text is not what stands at its offsets, which count code points".to_owned(),
        }))
    }

    /// Choices, text areas, numbers: attributes of a region, or what is known of the document.
    fn said(&self, part: &Value, regions: &mut Regions<'_>, told: &mut Told) {
        let kind = part.get("type").and_then(Value::as_str).unwrap_or_default();
        let value = part.get("value").unwrap_or(&Value::Null);
        let key = if kind == "textarea" { "text" } else { kind };
        let name = part.get("from_name").and_then(Value::as_str).unwrap_or_default();
        let Some(said) = value.get(key).and_then(lines).filter(|_| !name.is_empty()) else {
            return regions.refuse(Kind::Attribute, "it has no place here", part, told);
        };
        let id = word(part.get("id")).unwrap_or_default();
        let Some(found) = self.found.get(&id) else {
            if value.get("start").is_some() {
                return regions.refuse(Kind::Attribute, "there is no region that it is about", part, told);
            }
            told.note("what was said of the whole text was kept as what is known of it");
            regions.meta().insert(name.to_owned(), said.into());
            return;
        };
        for &at in found {
            let annotation = regions.get(at);
            if name == NOTE && kind == "textarea" {
                annotation.note = said.clone();
            } else {
                annotation.attributes.insert(attribute(name).to_owned(), said.clone());
            }
        }
    }

    fn relation(&self, part: &Value, regions: &mut Regions<'_>, told: &mut Told) {
        let end = |name: &str| self.found.get(&word(part.get(name))?)?.first().copied();
        let (Some(mut from), Some(mut to)) = (end("from_id"), end("to_id")) else {
            return regions.refuse(Kind::Relation, "there is no region at an end of it", part, told);
        };
        match part.get("direction").and_then(Value::as_str) {
            Some("left") => (from, to) = (to, from),
            Some("bi") => told.note("a relation in both directions was read in one"),
            _ => {}
        }
        let labels = part.get("labels").and_then(Value::as_array).into_iter().flatten();
        let mut kinds: Vec<_> = labels.filter_map(|label| word(Some(label))).collect();
        if kinds.is_empty() {
            told.note("a relation without a type was called `relation`");
            kinds.push("relation".to_owned());
        }
        for kind in kinds {
            if kind != FRAGMENT_OF || !regions.join(from, to) {
                regions.tie(String::new(), kind, from, to);
            }
        }
    }
}

/// Whether a region's text is what stands in the document: the editor writes line breaks as `\n` and trims some space.
fn same(quote: &str, slice: &str) -> bool {
    let bare = |text: &str| text.replace("\\n", "").chars().filter(|c| !c.is_whitespace()).collect::<String>();
    quote == slice || bare(quote) == bare(slice)
}

/// A text, a number, or several of them as one text.
fn lines(value: &Value) -> Option<String> {
    match value {
        Value::Bool(value) => Some(value.to_string()),
        Value::Array(all) if !all.is_empty() => {
            let all = all.iter().map(|one| word(Some(one))).collect::<Option<Vec<_>>>()?;
            Some(all.join("\n"))
        }
        Value::Array(_) => None,
        value => word(Some(value)),
    }
}
