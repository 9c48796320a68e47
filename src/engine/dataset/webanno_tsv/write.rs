//! Writing records as tables of tokens.

use ascribe_schema::Span;

use super::sheet::{Grid, Sheet};
use crate::dataset::{
    DatasetError, Entry, Holds, Thing,
    pump::{Encode, Place, Sink},
    tokens::{Token, tokens, touched},
    uima::{Names, feature_name},
};

/// Writes a folder of tables.
pub struct Writer;

/// Writes files.
pub struct Folder(Names);

/// An annotator, a document's id, and its table; nothing where it has no words.
type File = (String, String, Option<String>);

impl Encode for Writer {
    type Piece = Vec<File>;
    type Sink = Folder;

    fn holds(&self) -> Holds {
        Holds::ALL
    }

    fn encode(&self, entries: &mut [Entry]) -> Result<Vec<File>, DatasetError> {
        let file = |entry: &mut Entry| {
            let table = table(entry);
            (entry.record().annotator.clone(), entry.record().id.clone(), table)
        };
        Ok(entries.iter_mut().map(file).collect())
    }

    fn open(&self, _: Place<'_>) -> Result<Folder, DatasetError> {
        Ok(Folder(Names::default()))
    }
}

impl Sink<Vec<File>> for Folder {
    fn put(&mut self, place: Place<'_>, files: Vec<File>) -> Result<(), DatasetError> {
        for (annotator, id, table) in files {
            if let Some(table) = table {
                place.write(&format!("{}.tsv", self.0.next(&annotator, &id)), table.as_bytes())?;
            }
        }
        Ok(())
    }

    fn finish(self, _: Place<'_>) -> Result<(), DatasetError> {
        Ok(())
    }
}

/// Marks what cannot be written as it is, and makes the table of a record.
fn table(entry: &mut Entry) -> Option<String> {
    let text = entry.record().text.clone();
    let tokens = tokens(&text, false);
    let Some(first) = tokens.first() else {
        entry.leave_out(Thing::Document, "it has no word, and the format is made of words");
        return None;
    };
    if text.as_str()[..first.bytes.0].contains(|c| c != ' ') {
        entry.degrade(Thing::Document, "the white space before its first word became spaces");
    }
    let spans = cut(entry, &tokens);
    degrade(entry);
    let grid = Grid::new(entry, &tokens, spans);
    Some(Sheet::new(entry, &text, &tokens, &grid).write())
}

/// Cuts all fragments to the tokens that they touch; those of white space alone are left out.
fn cut(entry: &mut Entry, tokens: &[Token]) -> Vec<Vec<Span>> {
    let annotations: Vec<Vec<Span>> = entry.record().annotations.iter().map(|found| found.spans.clone()).collect();
    let mut all = Vec::with_capacity(annotations.len());
    for (at, fragments) in annotations.into_iter().enumerate() {
        let mut kept = Vec::with_capacity(fragments.len());
        for (number, span) in fragments.into_iter().enumerate() {
            let (first, after) = touched(tokens, span);
            if first == after {
                entry.leave_out(
                    Thing::Fragment(at, number),
                    "it holds only white space, which the format has no row for",
                );
                entry.degrade(Thing::Annotation(at), "a fragment of white space was left out");
                continue;
            }
            let inside =
                Span { start: span.start.max(tokens[first].span.start), end: span.end.min(tokens[after - 1].span.end) };
            if inside != span {
                let why = "the white space at its ends was cut off";
                entry.degrade(Thing::Fragment(at, number), why);
                entry.degrade(Thing::Annotation(at), why);
            }
            kept.push(inside);
        }
        if kept.is_empty() {
            entry.leave_out(Thing::Annotation(at), "it holds only white space, which the format has no row for");
        }
        all.push(kept);
    }
    all
}

/// Marks names of attributes and values that are written otherwise.
fn degrade(entry: &mut Entry) {
    const BROKEN: &str = "its carriage returns became line feeds";
    let mut marks = Vec::new();
    for (at, annotation) in entry.record().annotations.iter().enumerate() {
        for (number, (name, value)) in annotation.attributes.iter().enumerate() {
            if feature_name(name) != *name {
                let why = "its name is no name of a feature, so it is written with _xHH_ for some characters";
                marks.push((Thing::Attribute(at, number), why));
            }
            if value.contains('\r') {
                marks.push((Thing::Attribute(at, number), BROKEN));
            }
        }
        if annotation.note.contains('\r') {
            marks.push((Thing::Note(at), BROKEN));
        }
        if annotation.label.contains('\r') {
            marks.push((Thing::Annotation(at), BROKEN));
        }
    }
    let relations = entry.record().relations.iter().enumerate();
    marks.extend(
        relations.filter(|(_, relation)| relation.kind.contains('\r')).map(|(at, _)| (Thing::Relation(at), BROKEN)),
    );
    for (thing, why) in marks {
        entry.degrade(thing, why);
    }
}
