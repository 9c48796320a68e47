//! Reading CAS XMI, with a type system or by what its attributes look like.

use std::collections::HashMap;

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

use super::{Cas, Sofa, Structure, Value, cas::JOINT, type_system::Types};

/// Features that point at other structures, whatever else is known.
const REFERENCES: [&str; 6] = ["Governor", "Dependent", "target", "first", "next", "continuationOf"];

/// Reads XMI.
///
/// # Errors
///
/// When it is not well-formed, with what is wrong.
pub(super) fn parse(xml: &str, types: Option<&Types>) -> Result<Cas, String> {
    let mut elements = Elements::default();
    elements.walk(xml)?;
    Ok(elements.cas(types))
}

/// Elements with their attributes as they stand there.
#[derive(Debug, Default)]
struct Elements {
    version: Option<XmlVersion>,
    /// The packages of types, by the prefix of their elements.
    packages: HashMap<String, String>,
    found: Vec<Structure>,
}

impl Elements {
    fn walk(&mut self, xml: &str) -> Result<(), String> {
        let mut reader = Reader::from_str(xml);
        let (mut depth, mut line, mut counted) = (0_usize, 1, 0);
        let (mut feature, mut text) = (String::new(), String::new());
        loop {
            let at = reader.buffer_position() as usize;
            let wrong = |reason: &dyn std::fmt::Display| format!("{reason} (byte {at} of its XML)");
            let event = reader.read_event().map_err(|reason| wrong(&reason))?;
            let to = reader.buffer_position() as usize;
            match event {
                Event::Decl(declaration) => self.version = declaration.xml_version().ok(),
                Event::Start(start) | Event::Empty(start) if depth == 0 => self.declare(&start),
                Event::Start(start) | Event::Empty(start) if depth == 1 => {
                    line += memchr::memchr_iter(b'\n', &xml.as_bytes()[counted..at]).count() as u64;
                    counted = at;
                    let mut structure = self.element(&start).map_err(|reason| wrong(&reason))?;
                    (structure.line, structure.source) = (line, at..to);
                    self.found.push(structure);
                }
                Event::Start(start) if depth == 2 => {
                    feature = start.local_name().into_inner().to_owned();
                    text.clear();
                }
                Event::Text(part) if depth == 3 => text.push_str(&part.xml10_content()),
                Event::CData(part) if depth == 3 => text.push_str(&part.xml10_content()),
                Event::GeneralRef(entity) if depth == 3 => match entity.resolve_char_ref() {
                    Ok(Some(sign)) => text.push(sign),
                    _ => text.push_str(quick_xml::escape::resolve_xml_entity(&entity).unwrap_or_default()),
                },
                Event::End(_) if depth == 3 => {
                    if let Some(last) = self.found.last_mut() {
                        last.features.push((std::mem::take(&mut feature), Value::Text(std::mem::take(&mut text))));
                        last.source.end = to;
                    }
                }
                Event::End(_) if depth == 2 => {
                    if let Some(last) = self.found.last_mut() {
                        last.source.end = to;
                    }
                }
                Event::Eof if depth > 0 => return Err("it ends in the middle".to_owned()),
                Event::Eof => return Ok(()),
                _ => {}
            }
            depth = depth_after(xml.as_bytes(), at, to, depth);
        }
    }

    /// The prefixes that the outermost element declares.
    fn declare(&mut self, start: &BytesStart<'_>) {
        self.version.get_or_insert(XmlVersion::Implicit1_0);
        for attribute in start.attributes().with_checks(false).flatten() {
            let prefix = attribute.key.into_inner().strip_prefix("xmlns:").map(str::to_owned);
            if let (Some(prefix), Some(uri)) = (prefix, self.value(&attribute)) {
                self.packages.insert(prefix, uri);
            }
        }
    }

    fn value(&self, attribute: &quick_xml::events::attributes::Attribute<'_>) -> Option<String> {
        let version = self.version.unwrap_or(XmlVersion::Implicit1_0);
        attribute.normalized_value(version).ok().map(std::borrow::Cow::into_owned)
    }

    /// An element with all attributes as text.
    fn element(&self, start: &BytesStart<'_>) -> Result<Structure, String> {
        let name = start.name().into_inner().to_owned();
        let mut structure = Structure { kind: self.kind(&name), ..Structure::default() };
        let (mut begin, mut end) = (None, None);
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|reason| reason.to_string())?;
            let key = attribute.key.into_inner().to_owned();
            let value = self.value(&attribute).ok_or_else(|| format!("the value of {key} is not well-formed"))?;
            match key.as_str() {
                "xmi:id" => structure.id = value.parse().unwrap_or_default(),
                "sofa" => structure.sofa = value.parse().ok(),
                "begin" => begin = value.parse().ok(),
                "end" => end = value.parse().ok(),
                _ if key.starts_with("xmlns:") => {}
                _ => structure.features.push((key, Value::Text(value))),
            }
        }
        if let (Some(begin), Some(end)) = (begin, end) {
            structure.spans.push((begin, end));
        }
        Ok(structure)
    }

    /// The full name of the type that an element stands for.
    fn kind(&self, name: &str) -> String {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let uri = self.packages.get(prefix).map_or("", String::as_str);
        let package = uri.strip_prefix("http:///").unwrap_or(uri);
        let package = package.strip_suffix(".ecore").unwrap_or(package).replace('/', ".");
        if package.is_empty() || package == "uima.noNamespace" {
            local.to_owned()
        } else {
            format!("{package}.{local}")
        }
    }

    fn cas(self, types: Option<&Types>) -> Cas {
        let mut cas = Cas::default();
        let mut structures = Vec::with_capacity(self.found.len());
        for structure in self.found {
            match structure.kind.as_str() {
                "uima.cas.NULL" => {}
                "uima.cas.Sofa" => cas.sofas.push(Sofa {
                    id: structure.id,
                    name: structure.text("sofaID").unwrap_or_default().to_owned(),
                    text: structure.text("sofaString").map(str::to_owned),
                }),
                "uima.cas.View" => {
                    let members = structure.text("members").unwrap_or_default();
                    let members = members.split_ascii_whitespace().filter_map(|id| id.parse::<u64>().ok());
                    cas.members.entry(structure.sofa.unwrap_or_default()).or_default().extend(members);
                }
                _ => structures.push(structure),
            }
        }
        let shapes: HashMap<u64, Shape> = structures.iter().map(|found| (found.id, Shape::of(found))).collect();
        for structure in &mut structures {
            let kind = structure.kind.clone();
            for (name, value) in &mut structure.features {
                let Value::Text(text) = value else { continue };
                let ids: Option<Vec<u64>> = text.split_ascii_whitespace().map(|id| id.parse().ok()).collect();
                let Some(ids) = ids.filter(|ids| !ids.is_empty()) else { continue };
                let said = types.and_then(|types| types.is_reference(&kind, name));
                let looks = || {
                    let known = ids.iter().all(|id| shapes.contains_key(id));
                    let tied = ids.iter().all(|id| matches!(shapes.get(id), Some(Shape::Link | Shape::List)));
                    let elements = name == "elements" && kind == "uima.cas.FSArray";
                    known && (tied || elements || REFERENCES.contains(&name.as_str()))
                };
                if said.unwrap_or_else(looks) {
                    *value = Value::References(ids);
                }
            }
            join(structure);
        }
        cas.structures = structures;
        cas
    }
}

/// What a structure looks like before it is known which features are references.
enum Shape {
    Link,
    List,
    Other,
}

impl Shape {
    fn of(structure: &Structure) -> Self {
        if structure.kind == "uima.cas.FSArray" {
            Self::List
        } else if structure.spans.is_empty() && structure.text("target").is_some() {
            Self::Link
        } else {
            Self::Other
        }
    }
}

/// Joins the values of a feature that has several, each of which is an element of its own.
fn join(structure: &mut Structure) {
    let mut joined: Vec<(String, Value)> = Vec::with_capacity(structure.features.len());
    let apart = structure.kind == "uima.cas.StringArray";
    for (name, value) in structure.features.drain(..) {
        let before = joined.iter().position(|(found, _)| !apart && *found == name);
        match (before.map(|at| &mut joined[at].1), value) {
            (Some(Value::Text(sum)), Value::Text(text)) => {
                sum.push_str(JOINT);
                sum.push_str(&text);
            }
            (_, value) => joined.push((name, value)),
        }
    }
    structure.features = joined;
}

/// How deep the reader is after an event that took the bytes from `at` to `to`.
fn depth_after(xml: &[u8], at: usize, to: usize, depth: usize) -> usize {
    let event = &xml[at..to];
    match (event.first(), event.get(1)) {
        (Some(b'<'), Some(b'/')) => depth.saturating_sub(1),
        (Some(b'<'), Some(b'!' | b'?')) => depth,
        (Some(b'<'), _) if event.ends_with(b"/>") => depth,
        (Some(b'<'), _) => depth + 1,
        _ => depth,
    }
}
