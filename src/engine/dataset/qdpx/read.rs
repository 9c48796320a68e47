//! Reading REFI-QDA projects.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use ascribe_schema::{Span, Text};

use super::{
    FRAGMENT, ORIGIN,
    archive::Archive,
    fragment_guid,
    project::{Coding, Link, Project, Selection, Source, parse},
    set_guid,
};
use crate::dataset::{
    Annotation, By, DatasetError, Format, Kind, Meta, Origin, ReadOptions, Record, Relation, Told, Unit, Works,
    anchor::span,
    files::{Peek, find_ending, works_of},
    markup::legalised,
    misfit,
};

/// Whether a file is of this format.
pub fn recognise(peek: &Peek<'_>) -> bool {
    let folder = peek.files.iter().any(|file| file.extension().is_some_and(|ending| ending == "qdpx"));
    let archive = || Archive::open(peek.path).is_ok_and(|archive| archive.project().is_some());
    folder || (peek.head.starts_with(b"PK") && archive())
}

/// Reads project files.
///
/// # Errors
///
/// When a file cannot be read, or is no project.
pub fn open(paths: &[PathBuf], options: &ReadOptions) -> Result<Works, DatasetError> {
    let mut works: Works = Box::new(std::iter::empty());
    let unit = options.offsets;
    for path in find_ending(paths, &["qdpx"])? {
        let (shared, sources) = Shared::open(&path).map_err(|reason| malformed(&path, reason))?;
        let items = std::iter::once(None).chain(sources.into_iter().map(Some)).collect();
        let more = works_of(items, 8, move |source: Option<Source>, told| match source {
            Some(source) => shared.records(&source, unit, told),
            None => shared.tell(told),
        });
        works = Box::new(works.chain(more));
    }
    Ok(works)
}

fn malformed(path: &Path, reason: String) -> DatasetError {
    match Format::named("qdpx") {
        Some(format) => DatasetError::Malformed { path: path.to_owned(), format, reason },
        None => DatasetError::Crashed,
    }
}

/// What all sources of a project need.
struct Shared {
    file: String,
    archive: Archive,
    xml: String,
    project: Project,
    /// The links by the selection that they start from.
    links: HashMap<String, Vec<Link>>,
    /// The first fragment of a selection's annotation.
    firsts: HashMap<String, String>,
    /// Links that are no relation of a document, and why.
    loose: Vec<(Link, &'static str)>,
    /// The notes of texts and of selections.
    notes_of_texts: HashSet<String>,
}

impl Shared {
    fn open(path: &Path) -> Result<(Arc<Self>, Vec<Source>), String> {
        let archive = Archive::open(path)?;
        let xml = archive.xml(archive.project().ok_or("there is no project.qde in it")?)?;
        let mut project = parse(&xml)?;
        let sources = std::mem::take(&mut project.sources);
        let links = std::mem::take(&mut project.links);
        let file = path.display().to_string();
        let (firsts, loose) = (HashMap::new(), Vec::new());
        let of_selections = sources.iter().flat_map(|source| &source.selections).flat_map(|selection| &selection.notes);
        let notes_of_texts = sources.iter().flat_map(|source| &source.notes).chain(of_selections).cloned().collect();
        let mut shared = Self { file, archive, xml, project, links: HashMap::new(), firsts, loose, notes_of_texts };
        shared.sort(&sources, links);
        Ok((Arc::new(shared), sources))
    }

    /// Puts each link where it will be looked for.
    fn sort(&mut self, sources: &[Source], links: Vec<Link>) {
        let mut places: HashMap<&str, (usize, &str)> = HashMap::new();
        for (source, selections) in sources.iter().enumerate() {
            for selection in &selections.selections {
                let codings = selection.codings.iter().map(|coding| coding.guid.as_str());
                for guid in codings.chain([selection.guid.as_str()]) {
                    places.insert(guid, (source, &selection.guid));
                }
            }
        }
        for mut link in links {
            match (places.get(link.from.as_str()), places.get(link.to.as_str())) {
                (Some(from), Some(to)) if from.0 == to.0 => {
                    if link.name == FRAGMENT && link.guid == fragment_guid(&link.from, &link.to) {
                        self.firsts.insert(link.to, link.from);
                        continue;
                    }
                    (link.from, link.to) = (from.1.to_owned(), to.1.to_owned());
                    self.links.entry(link.from.clone()).or_default().push(link);
                }
                (Some(_), Some(_)) => self.loose.push((link, "it links selections of different documents")),
                _ => self.loose.push((link, "it does not link two selections of texts")),
            }
        }
    }

    /// The records of a source.
    fn records(&self, source: &Source, unit: Option<Unit>, told: &mut Told) -> Vec<Record> {
        match Reading::new(self, source, unit) {
            Ok(reading) => reading.records(told),
            Err(reason) => {
                told.refuse((&self.file, 0), Kind::Document, reason, &self.xml[source.range.clone()]);
                Vec::new()
            }
        }
    }

    /// Tells what belongs to no text, and so to no record.
    fn tell(&self, told: &mut Told) -> Vec<Record> {
        told.bytes += self.xml.len() as u64;
        for (what, range) in &self.project.others {
            let reason = format!("a {what} is no text");
            told.refuse((&self.file, 0), Kind::Document, reason, &self.xml[range.clone()]);
        }
        for (link, why) in &self.loose {
            told.refuse((&self.file, 0), Kind::Relation, *why, &self.xml[link.range.clone()]);
        }
        self.tell_notes(told);
        let own: HashSet<_> = self.project.users.values().map(|name| set_guid(name)).collect();
        for _ in self.project.sets.keys().filter(|guid| !own.contains(*guid)) {
            told.note("a set of sources or codes is passed over");
        }
        for (what, count) in &self.project.passed {
            (0..*count).for_each(|_| told.note(*what));
        }
        Vec::new()
    }

    /// Tells which notes belong to no text, and what is coded in notes.
    fn tell_notes(&self, told: &mut Told) {
        let mut notes: Vec<_> = self.project.notes.values().collect();
        notes.sort_unstable_by_key(|note| note.range.start);
        let mut refuse = |kind, why: &str, range: &Range<usize>| {
            told.refuse((&self.file, 0), kind, why, &self.xml[range.clone()]);
        };
        for note in notes {
            if !self.notes_of_texts.contains(&note.guid) {
                refuse(Kind::Note, "it is a note on no text and on no selection of one", &note.range);
            }
            let selections = note.selections.iter().map(|selection| &selection.range);
            for range in selections.chain(note.codings.iter().map(|coding| &coding.range)) {
                refuse(Kind::Annotation, "it codes a note, which is no document", range);
            }
        }
    }

    fn user(&self, guid: &str) -> String {
        self.project.users.get(guid).cloned().unwrap_or_default()
    }

    /// The texts of notes.
    fn notes(&self, guids: &[String], told: &mut Told) -> Vec<String> {
        let mut texts = Vec::new();
        for note in guids.iter().filter_map(|guid| self.project.notes.get(guid)) {
            match note.content.clone().map_or_else(|| self.archive.source(&note.path), Ok) {
                Ok(text) => texts.push(text.trim_end().to_owned()),
                Err(reason) => {
                    told.refuse((&self.file, 0), Kind::Note, reason, &self.xml[note.range.clone()]);
                }
            }
        }
        texts
    }
}

/// One source on its way to records, one for each of its annotators.
struct Reading<'a> {
    shared: &'a Shared,
    source: &'a Source,
    text: Arc<Text>,
    /// What else is said of the text.
    about: String,
    /// What positions count, and whether `endPosition` is the last character and not the one after it.
    habit: (Unit, bool),
    records: Vec<Record>,
    /// The records by annotator.
    users: BTreeMap<String, usize>,
    /// The ids that are taken.
    ids: HashSet<String>,
    /// The annotations of a selection: the places of the record and in it.
    places: HashMap<&'a str, Vec<(usize, usize)>>,
}

impl<'a> Reading<'a> {
    fn new(shared: &'a Shared, source: &'a Source, unit: Option<Unit>) -> Result<Self, String> {
        let text = match &source.content {
            Some(content) => content.clone(),
            None if source.path.is_empty() => return Err("the source has no plain text".to_owned()),
            None => shared.archive.source(&source.path)?,
        };
        let text = Arc::new(Text::new(text));
        let (habit, about) = (habit(&text, &source.selections, unit), source.description.clone());
        let (users, ids, places) = (BTreeMap::new(), HashSet::new(), HashMap::new());
        Ok(Self { shared, source, text, about, habit, records: Vec::new(), users, ids, places })
    }

    fn records(mut self, told: &mut Told) -> Vec<Record> {
        told.bytes += self.text.as_str().len() as u64;
        if self.habit.1 {
            told.note("the end positions of a source are its selections' last characters, by their names");
        }
        if self.habit.0 == Unit::Utf16 {
            told.note("the positions of a source count UTF-16 code units");
        }
        for note in self.shared.notes(&self.source.notes, told) {
            let gap = if self.about.is_empty() { "" } else { "\n" };
            self.about.push_str(&format!("{gap}{note}"));
        }
        let mut names: Vec<_> = self.shared.project.users.values().collect();
        names.sort_unstable();
        for name in names {
            let set = self.shared.project.sets.get(&set_guid(name));
            if set.is_some_and(|members| members.contains(&self.source.guid)) {
                self.record(name.clone());
            }
        }
        for selection in &self.source.selections {
            if let Err(why) = self.selection(selection, told) {
                self.refuse(Kind::Annotation, why, selection, told);
            }
        }
        if self.records.is_empty() {
            let user = self.shared.user(&self.source.user);
            self.record(user);
        }
        for coding in &self.source.codings {
            let why = "it codes the whole text, and no words of it";
            told.refuse((&self.shared.file, 0), Kind::Annotation, why, &self.shared.xml[coding.range.clone()]);
        }
        self.relations(told);
        self.records
    }

    fn refuse(&self, kind: Kind, why: &str, selection: &Selection, told: &mut Told) {
        told.refuse((&self.shared.file, 0), kind, why, &self.shared.xml[selection.range.clone()]);
    }

    /// The place of an annotator's record.
    fn record(&mut self, annotator: String) -> usize {
        if let Some(at) = self.users.get(&annotator) {
            return *at;
        }
        let source = self.source;
        let mut meta = Meta::new();
        for (variable, value) in &source.variables {
            let name = self.shared.project.variables.get(variable).unwrap_or(variable);
            meta.insert(name.clone(), value.clone().into());
        }
        if !self.about.is_empty() {
            meta.insert("description".to_owned(), self.about.clone().into());
        }
        let id = if source.name.is_empty() { source.guid.to_lowercase() } else { source.name.clone() };
        let text = self.text.clone();
        self.users.insert(annotator.clone(), self.records.len());
        self.records.push(Record { id, text, meta, annotator, ..Record::default() });
        self.records.len() - 1
    }

    fn selection(&mut self, selection: &'a Selection, told: &mut Told) -> Result<(), &'static str> {
        let span = self.span(selection).ok_or("its positions are not those of a span of the text")?;
        let words = self.text.slice(span).unwrap_or_default();
        if !selection.name.is_empty() && selection.name != words && selection.name != legalised(words) {
            if self.shared.project.origin.starts_with(ORIGIN) {
                return Err("its name is not what stands at its positions");
            }
            told.note("a selection's name is not what stands at its positions");
        }
        let code = |coding: &Coding| self.shared.project.codes.get(&coding.code);
        let labels: Vec<_> = selection
            .codings
            .iter()
            .filter_map(|coding| Some((coding, code(coding)?)))
            .filter(|(_, code)| code.value.is_none())
            .map(|(coding, code)| (coding, code.path.clone()))
            .collect();
        if labels.is_empty() {
            return Err("it has no code that is known");
        }
        for coding in selection.codings.iter().filter(|coding| code(coding).is_none()) {
            let why = "its code is not in the codebook";
            told.refuse((&self.shared.file, 0), Kind::Annotation, why, &self.shared.xml[coding.range.clone()]);
        }
        if let Some(first) = self.shared.firsts.get(&selection.guid) {
            let places = self.places.get(first.as_str()).cloned().unwrap_or_default();
            if let [(record, annotation)] = places.as_slice() {
                let spans = &mut self.records[*record].annotations[*annotation].spans;
                spans.push(span);
                spans.sort_unstable();
                if misfit(&self.text, spans).is_none() {
                    return Ok(());
                }
                spans.retain(|other| *other != span);
            }
        }
        let mut notes = self.shared.notes(&selection.notes, told);
        if !selection.description.is_empty() {
            notes.insert(0, selection.description.clone());
        }
        let mut attributes: BTreeMap<String, String> = BTreeMap::new();
        for (name, value) in selection.codings.iter().filter_map(|coding| code(coding)?.value.clone()) {
            if attributes.get(&name).is_some_and(|first| *first != value) {
                told.note("a further value of an attribute is in the note");
                notes.push(format!("{name}={value}"));
            } else {
                attributes.insert(name, value);
            }
        }
        for (number, (coding, label)) in labels.into_iter().enumerate() {
            let user = [&coding.user, &selection.user, &self.source.user].into_iter().find(|user| !user.is_empty());
            let user = self.shared.user(user.map_or("", String::as_str));
            let at = self.record(user.clone());
            let guid = if number == 0 { &selection.guid } else { &coding.guid };
            let mut id = guid.to_lowercase();
            while !self.ids.insert(id.clone()) {
                id.push('+');
            }
            let mut annotation = Annotation::new(id, label, vec![span]);
            annotation.attributes = attributes.clone();
            annotation.note = notes.join("\n");
            annotation.origin = (!user.is_empty()).then_some(Origin { by: By::Person, name: user, confirmed_by: None });
            let created = if coding.created.is_empty() { &selection.created } else { &coding.created };
            annotation.created = created.clone();
            let record = &mut self.records[at];
            self.places.entry(&selection.guid).or_default().push((at, record.annotations.len()));
            record.annotations.push(annotation);
        }
        Ok(())
    }

    fn span(&self, selection: &Selection) -> Option<Span> {
        place(&self.text, selection, self.habit)
    }

    fn relations(&mut self, told: &mut Told) {
        let shared = self.shared;
        let links = self.source.selections.iter().filter_map(|selection| shared.links.get(&selection.guid)).flatten();
        for link in links {
            let ends = [&link.from, &link.to].map(|end| self.places.get(end.as_str()).cloned().unwrap_or_default());
            let pair = ends[0].iter().find_map(|from| Some((from, ends[1].iter().find(|to| to.0 == from.0)?)));
            let Some((from, to)) = pair else {
                let why = "an end of it is refused, or another annotator's";
                told.refuse((&shared.file, 0), Kind::Relation, why, &shared.xml[link.range.clone()]);
                continue;
            };
            if !link.directed {
                told.note("a link without a direction leads from its origin to its target");
            }
            let kind = if link.name.is_empty() { "link".to_owned() } else { link.name.clone() };
            let mut id = link.guid.to_lowercase();
            while !self.ids.insert(id.clone()) {
                id.push('+');
            }
            let relation = Relation { id, kind, from: from.1, to: to.1 };
            self.records[from.0].relations.push(relation);
        }
    }
}

fn place(text: &Text, selection: &Selection, (unit, inclusive): (Unit, bool)) -> Option<Span> {
    span(text, (selection.start?, selection.end?.checked_add(u64::from(inclusive))?), unit)
}

/// What positions count, and whether ends are inside: so that most selections are called by their words, which NVivo
/// counts in UTF-16 code units; as the standard has it where that makes no difference.
fn habit(text: &Text, selections: &[Selection], unit: Option<Unit>) -> (Unit, bool) {
    let fits = |habit: &(Unit, bool)| {
        let words = |selection: &Selection| text.slice(place(text, selection, *habit)?);
        selections.iter().filter(|selection| words(selection) == Some(selection.name.as_str())).count()
    };
    let units = unit.map_or_else(|| vec![Unit::CodePoints, Unit::Utf16], |unit| vec![unit]);
    let habits = units.into_iter().flat_map(|unit| [(unit, false), (unit, true)]);
    habits.rev().max_by_key(fits).unwrap_or((Unit::CodePoints, false))
}
