//! The XML of a project: users, codes, sources with their selections, notes, links and sets.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_xml_entity,
    events::{BytesStart, Event},
};

use super::value_guid;

/// How deep elements, and so codes, may be nested.
const DEEPEST: usize = 200;

/// A project, as far as it concerns texts.
#[derive(Debug, Default)]
pub(super) struct Project {
    /// What wrote it.
    pub origin: String,
    /// The names of the users, by GUID.
    pub users: HashMap<String, String>,
    pub codes: HashMap<String, Code>,
    /// The names of the variables, by GUID.
    pub variables: HashMap<String, String>,
    pub sources: Vec<Source>,
    /// Sources that are no text: what they are, and where in the XML.
    pub others: Vec<(String, Range<usize>)>,
    pub notes: HashMap<String, Source>,
    pub links: Vec<Link>,
    /// The sources in a set, by the set's GUID.
    pub sets: HashMap<String, HashSet<String>>,
    /// How often something is passed over.
    pub passed: HashMap<&'static str, usize>,
}

/// A code.
#[derive(Debug)]
pub(super) struct Code {
    /// Its name, after those of the codes that hold it.
    pub path: String,
    /// The attribute and the value that it stands for, if it is one of ours that does.
    pub value: Option<(String, String)>,
}

/// A text with its selections, or a note.
#[derive(Debug, Default)]
pub(super) struct Source {
    pub guid: String,
    pub name: String,
    pub path: String,
    pub content: Option<String>,
    pub description: String,
    pub user: String,
    pub selections: Vec<Selection>,
    /// The codes of the whole text.
    pub codings: Vec<Coding>,
    pub notes: Vec<String>,
    /// The GUIDs of variables, with their values.
    pub variables: Vec<(String, String)>,
    /// Where it is in the XML.
    pub range: Range<usize>,
}

/// Some characters of a text.
#[derive(Debug, Default)]
pub(super) struct Selection {
    pub guid: String,
    pub name: String,
    pub start: Option<u64>,
    pub end: Option<u64>,
    pub user: String,
    pub created: String,
    pub description: String,
    pub codings: Vec<Coding>,
    pub notes: Vec<String>,
    /// Where it is in the XML.
    pub range: Range<usize>,
}

/// A code on a selection.
#[derive(Debug, Default)]
pub(super) struct Coding {
    pub guid: String,
    pub user: String,
    pub created: String,
    pub code: String,
    /// Where it is in the XML.
    pub range: Range<usize>,
}

/// A link between two things.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub guid: String,
    pub name: String,
    pub directed: bool,
    pub from: String,
    pub to: String,
    /// Where it is in the XML.
    pub range: Range<usize>,
}

/// Reads the XML of a project. What is wrong with it is said for people.
pub(super) fn parse(xml: &str) -> Result<Project, String> {
    let mut reader = Reader::from_str(xml);
    let mut walk = Walk::default();
    loop {
        let at = reader.buffer_position() as usize;
        let wrong = |reason: &dyn std::fmt::Display| format!("{reason} (byte {at} of its XML)");
        match reader.read_event().map_err(|reason| wrong(&reason))? {
            Event::Start(_) if walk.names.len() == DEEPEST => {
                return Err(wrong(&format!("it is nested deeper than {DEEPEST} elements")));
            }
            Event::Start(start) => walk.open(&Element(&start), at),
            Event::Empty(start) => {
                walk.open(&Element(&start), at);
                walk.close(reader.buffer_position() as usize);
            }
            Event::End(_) => walk.close(reader.buffer_position() as usize),
            Event::Text(text) => walk.text.push_str(&text.xml10_content()),
            Event::CData(text) => walk.text.push_str(&text.xml10_content()),
            Event::GeneralRef(entity) => {
                let sign = entity.resolve_char_ref().map_err(|reason| wrong(&reason))?;
                match (sign, resolve_xml_entity(&entity)) {
                    (Some(sign), _) => walk.text.push(sign),
                    (None, Some(text)) => walk.text.push_str(text),
                    (None, None) => return Err(wrong(&format!("it uses the entity `{}`, which is unknown", &*entity))),
                }
            }
            Event::Eof if !walk.names.is_empty() => return Err("it ends in the middle".to_owned()),
            Event::Eof => break,
            _ => {}
        }
    }
    if !walk.is_project {
        return Err("its XML is no project".to_owned());
    }
    Ok(walk.project)
}

struct Element<'a>(&'a BytesStart<'a>);

impl Element<'_> {
    fn get(&self, name: &str) -> String {
        let mut attributes = self.0.attributes();
        let found = attributes.with_checks(false).flatten().find(|found| found.key.local_name().into_inner() == name);
        let value = found.and_then(|found| found.normalized_value(XmlVersion::Implicit1_0).ok().map(Into::into));
        value.unwrap_or_default()
    }

    /// A GUID, which may be in braces and in either case.
    fn guid(&self, name: &str) -> String {
        self.get(name).trim().trim_matches(['{', '}']).to_uppercase()
    }
}

#[derive(Default)]
struct Walk {
    project: Project,
    is_project: bool,
    /// The names of the open elements.
    names: Vec<String>,
    text: String,
    /// The names of the open codes.
    codes: Vec<String>,
    source: Source,
    selection: Option<Selection>,
    set: String,
    variable: String,
    /// How deep in something that is passed over, and where that begins.
    passed: Option<(usize, usize)>,
}

impl Walk {
    fn open(&mut self, element: &Element<'_>, at: usize) {
        let name = element.0.local_name().into_inner().to_owned();
        let parent = self.names.last().map(String::as_str).unwrap_or_default();
        self.text.clear();
        if self.passed.is_none() {
            match (parent, name.as_str()) {
                ("", "Project") => {
                    self.is_project = true;
                    self.project.origin = element.get("origin");
                }
                ("Users", "User") => {
                    let called = [element.get("name"), element.get("id")].into_iter().find(|name| !name.is_empty());
                    self.project.users.insert(element.guid("guid"), called.unwrap_or_default());
                }
                ("Codes" | "Code", "Code") => self.open_code(element),
                ("Variables", "Variable") => {
                    self.project.variables.insert(element.guid("guid"), element.get("name"));
                }
                ("Sources", "TextSource") | ("Notes", "Note") => {
                    self.source = Source {
                        guid: element.guid("guid"),
                        name: element.get("name"),
                        path: element.get("plainTextPath"),
                        user: element.guid("creatingUser"),
                        range: at..at,
                        ..Source::default()
                    };
                }
                ("Sources", _) | ("Project", "Cases" | "Graphs") => self.passed = Some((self.names.len(), at)),
                ("TextSource" | "Note", "PlainTextSelection") => self.open_selection(element, at),
                (_, "Coding") => {
                    let (guid, user) = (element.guid("guid"), element.guid("creatingUser"));
                    let created = element.get("creationDateTime");
                    self.codings().push(Coding { guid, user, created, code: String::new(), range: at..at });
                }
                ("Coding", "CodeRef") => {
                    let code = element.guid("targetGUID");
                    if let Some(coding) = self.codings().last_mut() {
                        coding.code = code;
                    }
                }
                ("TextSource", "NoteRef") => self.source.notes.push(element.guid("targetGUID")),
                ("PlainTextSelection" | "Coding", "NoteRef") => {
                    let note = element.guid("targetGUID");
                    match &mut self.selection {
                        Some(selection) => selection.notes.push(note),
                        None => self.source.notes.push(note),
                    }
                }
                ("VariableValue", "VariableRef") => self.variable = element.guid("targetGUID"),
                ("Links", "Link") => self.project.links.push(Link {
                    guid: element.guid("guid"),
                    name: element.get("name"),
                    directed: element.get("direction") == "OneWay",
                    from: element.guid("originGUID"),
                    to: element.guid("targetGUID"),
                    range: at..at,
                }),
                ("Sets", "Set") => {
                    self.set = element.guid("guid");
                    self.project.sets.entry(self.set.clone()).or_default();
                }
                ("Set", "MemberSource") => {
                    self.project.sets.entry(self.set.clone()).or_default().insert(element.guid("targetGUID"));
                }
                _ => {}
            }
        }
        self.names.push(name);
    }

    fn open_code(&mut self, element: &Element<'_>) {
        let (guid, name) = (element.guid("guid"), element.get("name"));
        let parent = self.codes.last().map(String::as_str).unwrap_or_default();
        let value = (guid == value_guid(parent, &name)).then(|| (parent.to_owned(), name.clone()));
        self.codes.push(name);
        self.project.codes.insert(guid, Code { path: self.codes.join("/"), value });
    }

    fn open_selection(&mut self, element: &Element<'_>, at: usize) {
        self.selection = Some(Selection {
            guid: element.guid("guid"),
            name: element.get("name"),
            start: element.get("startPosition").trim().parse().ok(),
            end: element.get("endPosition").trim().parse().ok(),
            user: element.guid("creatingUser"),
            created: element.get("creationDateTime"),
            range: at..at,
            ..Selection::default()
        });
    }

    fn codings(&mut self) -> &mut Vec<Coding> {
        match &mut self.selection {
            Some(selection) => &mut selection.codings,
            None => &mut self.source.codings,
        }
    }

    fn close(&mut self, end: usize) {
        let Some(name) = self.names.pop() else { return };
        if let Some((depth, start)) = self.passed {
            if depth == self.names.len() {
                self.passed = None;
                match name.as_str() {
                    "Cases" => *self.project.passed.entry("the cases of the project are passed over").or_default() += 1,
                    "Graphs" => {
                        *self.project.passed.entry("the graphs of the project are passed over").or_default() += 1
                    }
                    _ => self.project.others.push((name, start..end)),
                }
            }
            return;
        }
        let text = std::mem::take(&mut self.text);
        match (self.names.last().map(String::as_str).unwrap_or_default(), name.as_str()) {
            (_, "Code") => drop(self.codes.pop()),
            (_, "Coding") => {
                if let Some(coding) = self.codings().last_mut() {
                    coding.range.end = end;
                }
            }
            ("PlainTextSelection", "Description") => {
                if let Some(selection) = &mut self.selection {
                    selection.description = text;
                }
            }
            ("TextSource" | "Note", "Description") => self.source.description = text,
            ("TextSource" | "Note", "PlainTextContent") => self.source.content = Some(text),
            ("Code", "Description") => {
                *self.project.passed.entry("the descriptions of codes are passed over").or_default() += 1;
            }
            ("VariableValue", value) if value.ends_with("Value") => {
                self.source.variables.push((std::mem::take(&mut self.variable), text));
            }
            (_, "PlainTextSelection") => {
                if let Some(mut selection) = self.selection.take() {
                    selection.range.end = end;
                    self.source.selections.push(selection);
                }
            }
            (parent, "TextSource" | "Note") => {
                let mut source = std::mem::take(&mut self.source);
                source.range.end = end;
                match parent {
                    "Sources" => self.project.sources.push(source),
                    _ => drop(self.project.notes.insert(source.guid.clone(), source)),
                }
            }
            (_, "Link") => {
                if let Some(link) = self.project.links.last_mut() {
                    link.range.end = end;
                }
            }
            _ => {}
        }
    }
}
