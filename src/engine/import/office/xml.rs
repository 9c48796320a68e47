//! Walking through XML: a stream of events, so that neither depth nor size can exhaust the stack.

use std::borrow::Cow;

use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_xml_entity,
    events::{BytesStart, Event},
};

/// What looks at a document as it is walked through.
pub(super) trait Visitor {
    /// An element begins. When the answer is no, what is in it is passed over and its end is not told.
    fn open(&mut self, element: &Element<'_>) -> bool;
    /// An element ends.
    fn close(&mut self, name: &str);
    /// A piece of text.
    fn text(&mut self, text: &str);
}

/// The start of an element.
pub(super) struct Element<'a>(BytesStart<'a>);

impl Element<'_> {
    /// Its name without the prefix, which each program may choose for itself.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// Whether its name has this prefix, where the name alone would not do.
    pub fn has_prefix(&self, prefix: &str) -> bool {
        self.0.name().into_inner().split_once(':').is_some_and(|(found, _)| found == prefix)
    }

    /// The attribute of that name, whatever its prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let mut named = attributes.with_checks(false).flatten();
        let found = named.find(|attribute| attribute.key.local_name().into_inner() == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }
}

/// Shows all of `xml` to `visitor`. Says what is wrong with it if it is not well-formed; entities of its own,
/// which no document needs and which can grow without end, are wrong too.
pub(super) fn walk(xml: &str, visitor: &mut dyn Visitor) -> Result<(), String> {
    let mut reader = Reader::from_str(xml);
    let (mut depth, mut skipped) = (0_usize, 0_usize);
    loop {
        let at = reader.buffer_position();
        let wrong = |reason: &dyn std::fmt::Display| format!("{reason} (byte {at} of its XML)");
        match reader.read_event().map_err(|reason| wrong(&reason))? {
            Event::Start(start) if skipped == 0 => {
                depth += 1;
                if !visitor.open(&Element(start)) {
                    skipped = 1;
                }
            }
            Event::Start(_) => skipped += 1,
            Event::Empty(start) if skipped == 0 => {
                let element = Element(start);
                if visitor.open(&element) {
                    visitor.close(element.name());
                }
            }
            Event::End(_) if skipped > 1 => skipped -= 1,
            Event::End(_) if skipped == 1 => (skipped, depth) = (0, depth - 1),
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                visitor.close(end.local_name().into_inner());
            }
            Event::Text(text) if skipped == 0 => visitor.text(&text.xml10_content()),
            Event::CData(text) if skipped == 0 => visitor.text(&text.xml10_content()),
            Event::GeneralRef(entity) if skipped == 0 => {
                let sign = entity.resolve_char_ref().map_err(|reason| wrong(&reason))?;
                match (sign, resolve_xml_entity(&entity)) {
                    (Some(sign), _) => visitor.text(sign.encode_utf8(&mut [0; 4])),
                    (None, Some(text)) => visitor.text(text),
                    (None, None) => return Err(wrong(&format!("it uses the entity `{}`, which is unknown", &*entity))),
                }
            }
            Event::Eof if depth > 0 => return Err("it ends in the middle".to_owned()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The elements that hold nothing but text, by name, in the order of the file.
pub(super) fn leaves(xml: &str) -> Result<Vec<(String, String)>, String> {
    let mut leaves = Leaves::default();
    walk(xml, &mut leaves)?;
    Ok(leaves.found)
}

/// The first of `leaves` with that name that says something.
pub(super) fn leaf(leaves: &[(String, String)], name: &str) -> String {
    let found = leaves.iter().find(|(found, text)| found == name && !text.is_empty());
    found.map(|(_, text)| text.clone()).unwrap_or_default()
}

#[derive(Default)]
struct Leaves {
    text: String,
    found: Vec<(String, String)>,
}

impl Visitor for Leaves {
    fn open(&mut self, _: &Element<'_>) -> bool {
        self.text.clear();
        true
    }

    fn close(&mut self, name: &str) {
        self.found.push((name.to_owned(), self.text.trim().to_owned()));
        self.text.clear();
    }

    fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }
}
