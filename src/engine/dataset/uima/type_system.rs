//! Type systems: which features point at other structures, and the types that we write.

use std::collections::{BTreeSet, HashMap};

use quick_xml::{Reader, events::Event};

use super::layers::{CONTINUATION, DOCUMENT, META, RELATION, SPAN};

/// What a type system description says.
#[derive(Clone, Debug, Default)]
pub(super) struct Types {
    types: HashMap<String, Type>,
}

#[derive(Clone, Debug, Default)]
struct Type {
    parent: String,
    /// The range of each feature.
    features: HashMap<String, String>,
}

/// How many types may inherit from each other, against circles.
const DEPTH: usize = 64;

impl Types {
    /// Reads a `typeSystemDescription`; nothing if it is no such, or broken.
    pub fn parse(xml: &str) -> Option<Self> {
        let mut types = Self::default();
        let (mut reader, mut text, mut found) = (Reader::from_str(xml), String::new(), false);
        let (mut name, mut of, mut feature, mut in_feature) = (String::new(), Type::default(), String::new(), false);
        loop {
            match reader.read_event().ok()? {
                Event::Start(start) => {
                    text.clear();
                    match start.local_name().into_inner() {
                        "typeSystemDescription" => found = true,
                        // The description itself may have a name, too.
                        "typeDescription" => name.clear(),
                        "featureDescription" => in_feature = true,
                        _ => {}
                    }
                }
                Event::Text(part) => text.push_str(&part.xml10_content()),
                Event::End(end) => {
                    let value = text.trim().to_owned();
                    match end.local_name().into_inner() {
                        "name" if in_feature => feature = value,
                        "name" if name.is_empty() => name = value,
                        "supertypeName" => of.parent = value,
                        "rangeTypeName" => drop(of.features.insert(std::mem::take(&mut feature), value)),
                        "featureDescription" => in_feature = false,
                        "typeDescription" => {
                            types.types.insert(std::mem::take(&mut name), std::mem::take(&mut of));
                        }
                        _ => {}
                    }
                    text.clear();
                }
                Event::Eof => return found.then_some(types),
                _ => {}
            }
        }
    }

    /// Whether a feature points at other structures; nothing where that is not known.
    pub fn is_reference(&self, kind: &str, feature: &str) -> Option<bool> {
        let mut at = kind;
        for _ in 0..DEPTH {
            let found = self.types.get(at)?;
            if let Some(range) = found.features.get(feature) {
                return Some(!self.is_primitive(range));
            }
            at = &found.parent;
        }
        None
    }

    fn is_primitive(&self, range: &str) -> bool {
        let mut at = range;
        for _ in 0..DEPTH {
            if let Some(built_in) = at.strip_prefix("uima.cas.") {
                // Lists of values, such as `StringList`, are structures; arrays of values are not, in XMI.
                return !matches!(built_in, "FSArray" | "TOP" | "AnnotationBase" | "Sofa")
                    && !built_in.ends_with("List");
            }
            match self.types.get(at) {
                Some(found) => at = &found.parent,
                None => return false,
            }
        }
        false
    }
}

/// A type that we write: its name, its parent, and its features with their ranges.
pub(super) struct Written {
    pub name: &'static str,
    pub parent: &'static str,
    pub features: Vec<(String, &'static str)>,
}

/// The types that we write, with a feature for each of these names on spans.
pub(super) fn written(attributes: &BTreeSet<String>) -> Vec<Written> {
    let text = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), "uima.cas.String")).collect::<Vec<_>>();
    let ends = || ["Governor", "Dependent"].map(|end| (end.to_owned(), SPAN));
    let mut span = text(&["label", "note", "identifier"]);
    span.extend(attributes.iter().map(|name| (name.clone(), "uima.cas.String")));
    let mut relation = text(&["label", "identifier"]);
    relation.extend(ends());
    let mut document = text(&["documentTitle", "documentId", "documentUri", "collectionId", "documentBaseUri"]);
    document.push(("isLastSegment".to_owned(), "uima.cas.Boolean"));
    let annotation = "uima.tcas.Annotation";
    vec![
        Written { name: SPAN, parent: annotation, features: span },
        Written { name: RELATION, parent: annotation, features: relation },
        Written { name: CONTINUATION, parent: annotation, features: ends().into() },
        Written { name: META, parent: "uima.cas.AnnotationBase", features: text(&["name", "value", "json"]) },
        Written { name: DOCUMENT, parent: "uima.tcas.DocumentAnnotation", features: document },
    ]
}

/// The type system description of what we write.
pub(super) fn description(attributes: &BTreeSet<String>) -> String {
    let mut xml = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n<types>\n",
    ));
    for Written { name, parent, features } in written(attributes) {
        xml.push_str(&format!("<typeDescription>\n<name>{name}</name>\n<description/>\n"));
        xml.push_str(&format!("<supertypeName>{parent}</supertypeName>\n<features>\n"));
        for (feature, range) in features {
            xml.push_str(&format!("<featureDescription><name>{feature}</name><description/>"));
            xml.push_str(&format!("<rangeTypeName>{range}</rangeTypeName></featureDescription>\n"));
        }
        xml.push_str("</features>\n</typeDescription>\n");
    }
    xml.push_str("</types>\n</typeSystemDescription>\n");
    xml
}
