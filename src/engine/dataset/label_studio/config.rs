//! The labelling configuration: which labels, relations, choices and text areas Label Studio shows.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use ascribe_schema::{Scheme, Values};
use quick_xml::escape::escape;

use super::{FRAGMENT_OF, LABEL, NOTE, TEXT, control};
use crate::dataset::Vocabulary;

/// Which attributes are chosen from a list: those for which a scheme lists values, and for no label free text.
pub fn chosen(scheme: Option<&Scheme>) -> BTreeSet<String> {
    let attributes = || scheme.into_iter().flat_map(|scheme| &scheme.labels).flat_map(|label| &label.attributes);
    let free: BTreeSet<_> =
        attributes().filter(|attribute| attribute.values == Values::Text).map(|attribute| &attribute.name).collect();
    let listed = attributes().filter(|attribute| matches!(attribute.values, Values::Choice(_) | Values::Scale(_)));
    listed.map(|attribute| &attribute.name).filter(|name| !free.contains(name)).cloned().collect()
}

/// The configuration for what a dataset uses, in the order of the scheme where there is one.
pub fn xml(vocabulary: &Vocabulary, scheme: Option<&Scheme>, chosen: &BTreeSet<String>) -> String {
    let labels = || scheme.into_iter().flat_map(|scheme| &scheme.labels);
    let place = |name: &str| labels().position(|label| label.name == name).unwrap_or(usize::MAX);
    let options = |name: &str, value: &str| {
        let mut values = labels()
            .filter_map(|label| label.attribute(name)?.values.options().iter().position(|option| option == value));
        values.next().unwrap_or(usize::MAX)
    };
    let mut xml = format!("<View>\n  <Labels name=\"{LABEL}\" toName=\"{TEXT}\">\n");
    let mut names: Vec<_> = vocabulary.labels.keys().collect();
    names.sort_by_key(|name| place(name));
    for label in names {
        line(&mut xml, &format!("    <Label value=\"{}\"/>", quoted(label)));
    }
    xml.push_str("  </Labels>\n  <Relations>\n");
    for kind in vocabulary.relations.keys().map(String::as_str).chain([FRAGMENT_OF]) {
        line(&mut xml, &format!("    <Relation value=\"{}\"/>", quoted(kind)));
    }
    line(&mut xml, &format!("  </Relations>\n  <Text name=\"{TEXT}\" value=\"$text\"/>"));
    for (name, (labels, values)) in attributes(vocabulary) {
        let (control, shown) = (quoted(&control(name)), quoted(name));
        // A list of labels is set apart by commas, so it cannot name one that has a comma.
        let when = match labels.iter().any(|label| label.contains(',')) {
            true => String::new(),
            false => {
                let labels: Vec<_> = labels.into_iter().collect();
                let labels = quoted(&labels.join(","));
                format!(" visibleWhen=\"region-selected\" whenTagName=\"{LABEL}\" whenLabelValue=\"{labels}\"")
            }
        };
        line(&mut xml, &format!("  <Header value=\"{shown}\" size=\"6\"/>"));
        if chosen.contains(name) {
            line(&mut xml, &format!("  <Choices name=\"{control}\" toName=\"{TEXT}\" perRegion=\"true\"{when}>"));
            let mut values: Vec<_> = values.into_iter().collect();
            values.sort_by_key(|value| options(name, value));
            for value in values {
                line(&mut xml, &format!("    <Choice value=\"{}\"/>", quoted(value)));
            }
            xml.push_str("  </Choices>\n");
        } else {
            line(&mut xml, &format!("  <TextArea name=\"{control}\" toName=\"{TEXT}\" perRegion=\"true\"{when}/>"));
        }
    }
    line(&mut xml, &format!("  <Header value=\"{NOTE}\" size=\"6\"/>"));
    line(&mut xml, &format!("  <TextArea name=\"{NOTE}\" toName=\"{TEXT}\" perRegion=\"true\"/>\n</View>"));
    xml
}

/// All attributes, with the labels that have them and their values.
fn attributes(vocabulary: &Vocabulary) -> BTreeMap<&str, (BTreeSet<&str>, BTreeSet<&str>)> {
    let mut all: BTreeMap<&str, (BTreeSet<&str>, BTreeSet<&str>)> = BTreeMap::new();
    for (label, attributes) in &vocabulary.labels {
        for (name, values) in attributes {
            let (labels, known) = all.entry(name).or_default();
            labels.insert(label);
            known.extend(values.iter().map(String::as_str));
        }
    }
    all
}

fn line(xml: &mut String, line: &str) {
    // Writing into a text cannot fail.
    let _ = writeln!(xml, "{line}");
}

/// A text as the value of an XML attribute; white space would become blanks, and other control characters, which XML
/// has no way to write, are left out.
fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    for c in escape(text).chars() {
        match c {
            '\n' => quoted.push_str("&#10;"),
            '\r' => quoted.push_str("&#13;"),
            '\t' => quoted.push_str("&#9;"),
            c if c.is_control() => {}
            c => quoted.push(c),
        }
    }
    quoted
}
