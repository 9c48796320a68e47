//! Reading tables: rows are put together by document and annotator, then made into records on all threads.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
};

use super::{
    record::{Gathered, record},
    sheet::{self, ANNOTATOR, DOCUMENT, END, ID, Read, Role, Row, START, Sheet, WHOLE},
};
use crate::dataset::{
    DatasetError, Format, Kind, ReadOptions, Told, Unit, Work, Works,
    files::{Peek, ending, find_ending, stem, works_of},
};

/// How many documents are read as one work.
const AT_ONCE: usize = 50;

/// Whether a file is a table that can be read, or a folder holds tables and nothing says that they are another's.
pub fn recognise(peek: &Peek<'_>) -> bool {
    if peek.path.is_dir() {
        let named =
            |file: &PathBuf| ["annotations", "documents"].contains(&stem(file).as_str()) && ending(file) == "csv";
        return peek.files.iter().any(named);
    }
    let (names, _) = sheet::header(peek.text());
    match sheet::role(&names) {
        Some(Role::Annotations | Role::Relations) => true,
        Some(Role::Documents) => ["csv", "tsv"].contains(&peek.ending().as_str()),
        None => false,
    }
}

/// All rows, by document and annotator.
#[derive(Default)]
struct Rows {
    gathered: Vec<Gathered>,
    places: HashMap<(String, String), usize>,
    /// The first row that tells of a document, by its id.
    about: HashMap<String, Row>,
    /// The ids of documents that have none, by their texts.
    unnamed: HashMap<String, String>,
}

/// Reads tables.
///
/// # Errors
///
/// When a file cannot be read, or is no table that says what its columns are.
pub fn open(paths: &[PathBuf], options: &ReadOptions) -> Result<Works, DatasetError> {
    let format = Format::named("csv").ok_or(DatasetError::Crashed)?;
    let mut told = Told::default();
    let mut folders: Vec<(Option<PathBuf>, Vec<Row>)> = Vec::new();
    for path in find_ending(paths, &["csv", "tsv"])? {
        let Read { rows, broken, bytes, sheet } = match Sheet::read(&path) {
            Ok(Some(read)) => read,
            Ok(None) if paths.contains(&path) => {
                let reason = "its first line does not name columns such as document, start, end and label".to_owned();
                return Err(DatasetError::Malformed { path, format, reason });
            }
            Ok(None) => {
                told.note("a file that is no table of annotations is not read");
                continue;
            }
            Err(reason) if paths.contains(&path) => return Err(DatasetError::Malformed { path, format, reason }),
            Err(reason) => {
                let file = path.display().to_string();
                told.refuse((&file, 0), Kind::Document, format!("the table cannot be read: {reason}"), "");
                continue;
            }
        };
        told.bytes += bytes;
        for (line, reason) in broken {
            told.refuse((&sheet.file, line), Kind::Annotation, format!("the row cannot be read: {reason}"), "");
        }
        let folder = path.parent().map(Path::to_owned);
        match folders.iter_mut().find(|(other, _)| *other == folder) {
            Some((_, all)) => all.extend(rows),
            None => folders.push((folder, rows)),
        }
    }
    if folders.is_empty() {
        return Err(DatasetError::Nothing { path: paths.first().cloned().unwrap_or_default(), format });
    }
    let gathered: Vec<_> = folders.into_iter().flat_map(|(_, rows)| gather(rows, options, &mut told)).collect();
    let (known, unit) = (options.known.clone(), options.offsets.unwrap_or(Unit::CodePoints));
    let known: HashMap<String, usize> =
        known.iter().enumerate().rev().map(|(at, known)| (known.id.clone(), at)).collect();
    let texts = options.known.clone();
    let first = move |all: &mut Told| {
        all.add(told);
        Vec::new()
    };
    let works = works_of(gathered, AT_ONCE, move |gathered, told| {
        let text = known.get(&gathered.id).map(|at| texts[*at].text.clone());
        record(gathered, text, unit, told).into_iter().collect()
    });
    Ok(Box::new(std::iter::once(Box::new(first) as Work).chain(works)))
}

/// Puts the rows of the tables of one folder together.
fn gather(rows: Vec<Row>, options: &ReadOptions, told: &mut Told) -> Vec<Gathered> {
    let mut all = Rows::default();
    let (long, rows): (Vec<_>, Vec<_>) = rows.into_iter().partition(Row::is_too_long);
    for row in long {
        let kind = match row.sheet.role {
            Role::Documents => Kind::Document,
            Role::Annotations => Kind::Annotation,
            Role::Relations => Kind::Relation,
        };
        told.refuse(row.place(), kind, "it has more cells than there are columns", row.line_text());
    }
    let is = |role: Role| move |row: &&Row| row.sheet.role == role;
    rows.iter().filter(is(Role::Documents)).for_each(|row| all.document(row, told));
    let known: HashSet<_> = options.known.iter().map(|known| known.id.as_str()).collect();
    for row in rows.iter().filter(is(Role::Annotations)) {
        match all.of_annotation(row, &|id| known.contains(id)) {
            Some(at) => all.gathered[at].tags.push(row.clone()),
            None => {
                told.refuse(
                    row.place(),
                    Kind::Annotation,
                    "it does not say which document it belongs to",
                    row.line_text(),
                );
            }
        }
    }
    for row in rows.iter().filter(is(Role::Relations)) {
        let key = (row.get(&DOCUMENT).to_owned(), all.annotator(row));
        match all.places.get(&key) {
            Some(at) => all.gathered[*at].ties.push(row.clone()),
            None => told.refuse(row.place(), Kind::Relation, "there is no such document", row.line_text()),
        }
    }
    all.finish()
}

impl Rows {
    fn document(&mut self, row: &Row, told: &mut Told) {
        let named = [row.get(&DOCUMENT), row.get(&ID)].into_iter().find(|name| !name.is_empty());
        let id = named.map_or_else(|| unnamed(row), str::to_owned);
        let key = (id.clone(), row.get(&ANNOTATOR).to_owned());
        if self.places.contains_key(&key) {
            let reason = format!("another row tells of the same document `{id}`");
            told.refuse(row.place(), Kind::Document, reason, row.line_text());
            return;
        }
        let at = self.place(key);
        self.gathered[at].about = Some(row.clone());
        self.about.entry(id).or_insert_with(|| row.clone());
    }

    /// The place of a document and annotator, new if need be.
    fn place(&mut self, key: (String, String)) -> usize {
        if let Some(at) = self.places.get(&key) {
            return *at;
        }
        let gathered = Gathered { id: key.0.clone(), annotator: key.1.clone(), ..Gathered::default() };
        self.gathered.push(gathered);
        self.places.insert(key, self.gathered.len() - 1);
        self.gathered.len() - 1
    }

    /// Whose row it is; where a table does not say, whose the document is.
    fn annotator(&self, row: &Row) -> String {
        if row.sheet.column(&ANNOTATOR).is_some() {
            return row.get(&ANNOTATOR).to_owned();
        }
        self.about.get(row.get(&DOCUMENT)).map_or("", |about| about.get(&ANNOTATOR)).to_owned()
    }

    fn of_annotation(&mut self, row: &Row, known: &dyn Fn(&str) -> bool) -> Option<usize> {
        let (mut id, annotator) = (row.get(&DOCUMENT).to_owned(), self.annotator(row));
        let elsewhere = known(&id) || self.about.contains_key(&id);
        let text = if elsewhere { None } else { whole(row) };
        if id.is_empty() {
            let text = text.as_ref()?;
            id = self.unnamed.entry(text.clone()).or_insert_with(|| unnamed(row)).clone();
        }
        let at = self.place((id.clone(), annotator));
        let gathered = &mut self.gathered[at];
        if gathered.about.is_none() {
            gathered.about = self.about.get(&id).cloned();
        }
        if gathered.text.is_none() {
            gathered.text = text;
        }
        Some(at)
    }

    /// All, without documents that only told what several annotators' rows are about.
    fn finish(self) -> Vec<Gathered> {
        let tagged: HashSet<String> =
            self.gathered.iter().filter(|one| !one.tags.is_empty()).map(|one| one.id.clone()).collect();
        let only_tells = |one: &Gathered| {
            let names_nobody = one.about.as_ref().is_some_and(|row| row.sheet.column(&ANNOTATOR).is_none());
            one.tags.is_empty() && names_nobody && tagged.contains(&one.id)
        };
        self.gathered.into_iter().filter(|one| !only_tells(one)).collect()
    }
}

/// A name for a document without one.
fn unnamed(row: &Row) -> String {
    format!("{}-{}", stem(Path::new(&row.sheet.file)), row.line)
}

/// The text of the whole document, if a row of annotations has it.
fn whole(row: &Row) -> Option<String> {
    if row.sheet.column(&WHOLE).is_some() {
        return Some(row.get(&WHOLE)).filter(|text| !text.is_empty()).map(str::to_owned);
    }
    let [start, end] = [row.get(&START), row.get(&END)].map(|cell| cell.trim().parse::<usize>().ok());
    let (text, start, end) = (row.get(&["text"]), start?, end?);
    // A fragment's own text is as long as the fragment; the text of a document is longer or the fragment all of it.
    let length = text.chars().count();
    let is_whole =
        row.sheet.column(&["fragment"]).is_none() && length >= end && (length != end.checked_sub(start)? || start == 0);
    is_whole.then(|| text.to_owned())
}
