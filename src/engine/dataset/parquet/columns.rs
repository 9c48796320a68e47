//! Records as columns.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, Int32Array, ListArray, RecordBatch, StructArray,
    builder::{NullBufferBuilder, OffsetBufferBuilder, StringBuilder},
};
use arrow_schema::{ArrowError, Fields};
use ascribe_schema::Span;

use super::schema;
use crate::dataset::{
    Annotation, Entry,
    table::{ABOUT, other_meta, word},
};

/// Texts of which empty ones are nothing.
#[derive(Default)]
struct Texts(StringBuilder);

impl Texts {
    fn of(count: usize) -> Self {
        Self(StringBuilder::with_capacity(count, 0))
    }

    fn push(&mut self, text: &str) {
        self.0.append_option((!text.is_empty()).then_some(text));
    }

    fn finish(mut self) -> ArrayRef {
        Arc::new(self.0.finish())
    }
}

/// Where lists end.
struct Ends(OffsetBufferBuilder<i32>);

impl Default for Ends {
    fn default() -> Self {
        Self(OffsetBufferBuilder::new(0))
    }
}

impl Ends {
    fn push(&mut self, length: usize) {
        self.0.push_length(length);
    }

    fn list(self, values: ArrayRef) -> Result<ArrayRef, ArrowError> {
        let element = schema::element(values.data_type().clone());
        Ok(Arc::new(ListArray::try_new(element, self.0.finish(), values, None)?))
    }

    fn list_of(self, fields: Fields, columns: Vec<ArrayRef>) -> Result<ArrayRef, ArrowError> {
        self.list(structs(fields, columns)?)
    }
}

fn structs(fields: Fields, columns: Vec<ArrayRef>) -> Result<ArrayRef, ArrowError> {
    Ok(Arc::new(StructArray::try_new(fields, columns, None)?))
}

fn numbers(numbers: Vec<i32>) -> ArrayRef {
    Arc::new(Int32Array::from(numbers))
}

/// An offset as most programs keep it; no text that fits into memory has more characters.
fn signed(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

#[derive(Default)]
struct Bounds {
    starts: Vec<i32>,
    ends: Vec<i32>,
}

impl Bounds {
    fn push(&mut self, span: Span) {
        self.starts.push(signed(span.start.0));
        self.ends.push(signed(span.end.0));
    }

    fn finish(self) -> [ArrayRef; 2] {
        [numbers(self.starts), numbers(self.ends)]
    }
}

#[derive(Default)]
struct Attributes {
    ends: Ends,
    names: StringBuilder,
    values: StringBuilder,
}

impl Attributes {
    fn push(&mut self, entry: &Entry, at: usize) {
        let mut count = 0;
        for (name, value) in entry.attributes(at) {
            self.names.append_value(name);
            self.values.append_value(value);
            count += 1;
        }
        self.ends.push(count);
    }

    fn finish(mut self) -> Result<ArrayRef, ArrowError> {
        let columns: Vec<ArrayRef> = vec![Arc::new(self.names.finish()), Arc::new(self.values.finish())];
        self.ends.list_of(schema::attribute(), columns)
    }
}

#[derive(Default)]
struct Origins {
    by: Texts,
    names: Texts,
    confirmed: Texts,
    known: Vec<bool>,
}

impl Origins {
    fn push(&mut self, annotation: &Annotation) {
        let origin = annotation.origin.as_ref();
        self.by.push(origin.map_or("", |origin| word(origin.by)));
        self.names.push(origin.map_or("", |origin| &origin.name));
        self.confirmed.push(origin.and_then(|origin| origin.confirmed_by.as_deref()).unwrap_or_default());
        self.known.push(origin.is_some());
    }

    fn finish(self) -> Result<ArrayRef, ArrowError> {
        let mut known = NullBufferBuilder::new(self.known.len());
        known.append_slice(&self.known);
        let columns = vec![self.by.finish(), self.names.finish(), self.confirmed.finish()];
        Ok(Arc::new(StructArray::try_new(schema::origin(), columns, known.finish())?))
    }
}

#[derive(Default)]
struct Annotations {
    ends: Ends,
    ids: StringBuilder,
    labels: StringBuilder,
    hulls: Bounds,
    fragment_ends: Ends,
    fragments: Bounds,
    text_ends: Ends,
    texts: StringBuilder,
    attributes: Attributes,
    notes: Texts,
    origins: Origins,
    created: Texts,
}

impl Annotations {
    /// Room for so many, with words of a usual length: growing column by column takes as long as filling them.
    fn of(count: usize) -> Self {
        let words = |bytes: usize| StringBuilder::with_capacity(count, count * bytes);
        let numbers = || Vec::with_capacity(count);
        let bounds = || Bounds { starts: numbers(), ends: numbers() };
        Self {
            ids: words(12),
            labels: words(8),
            hulls: bounds(),
            fragments: bounds(),
            texts: words(48),
            notes: Texts::of(count),
            origins: Origins {
                by: Texts::of(count),
                names: Texts::of(count),
                confirmed: Texts::of(count),
                known: Vec::with_capacity(count),
            },
            created: Texts::of(count),
            ..Self::default()
        }
    }

    fn push(&mut self, entry: &Entry) {
        let record = entry.record();
        let mut count = 0;
        for (at, annotation) in entry.annotations() {
            self.ids.append_value(&annotation.id);
            self.labels.append_value(&annotation.label);
            self.hulls.push(annotation.hull());
            for span in &annotation.spans {
                self.fragments.push(*span);
                self.texts.append_value(record.slice(*span));
            }
            self.fragment_ends.push(annotation.spans.len());
            self.text_ends.push(annotation.spans.len());
            self.attributes.push(entry, at);
            self.notes.push(entry.note(at).unwrap_or_default());
            self.origins.push(annotation);
            self.created.push(&annotation.created);
            count += 1;
        }
        self.ends.push(count);
    }

    fn finish(mut self) -> Result<ArrayRef, ArrowError> {
        let [starts, ends] = self.hulls.finish();
        let columns = vec![
            Arc::new(self.ids.finish()) as ArrayRef,
            Arc::new(self.labels.finish()),
            starts,
            ends,
            self.fragment_ends.list_of(schema::fragment(), self.fragments.finish().into())?,
            self.text_ends.list(Arc::new(self.texts.finish()))?,
            self.attributes.finish()?,
            self.notes.finish(),
            self.origins.finish()?,
            self.created.finish(),
        ];
        self.ends.list_of(schema::annotation(), columns)
    }
}

#[derive(Default)]
struct Relations {
    ends: Ends,
    columns: [StringBuilder; 4],
}

impl Relations {
    fn push(&mut self, entry: &Entry) {
        let id = |at: usize| entry.record().annotations[at].id.as_str();
        let mut count = 0;
        for (_, relation) in entry.relations() {
            let values = [relation.id.as_str(), &relation.kind, id(relation.from), id(relation.to)];
            self.columns.iter_mut().zip(values).for_each(|(column, value)| column.append_value(value));
            count += 1;
        }
        self.ends.push(count);
    }

    fn finish(self) -> Result<ArrayRef, ArrowError> {
        let columns = self.columns.map(|mut column| Arc::new(column.finish()) as ArrayRef);
        self.ends.list_of(schema::relation(), columns.into())
    }
}

/// Records by the columns of [`schema::records`].
pub(super) fn records(entries: &[Entry]) -> Result<RecordBatch, ArrowError> {
    let bytes = entries.iter().map(|entry| entry.record().text.as_str().len()).sum();
    let (mut ids, mut texts) = (StringBuilder::new(), StringBuilder::with_capacity(entries.len(), bytes));
    let (mut annotators, mut about, mut meta) = (Texts::default(), ABOUT.map(|_| Texts::default()), Texts::default());
    let count = entries.iter().map(|entry| entry.record().annotations.len()).sum();
    let (mut annotations, mut relations) = (Annotations::of(count), Relations::default());
    for entry in entries {
        let record = entry.record();
        ids.append_value(&record.id);
        texts.append_value(record.text.as_str());
        annotators.push(&record.annotator);
        about.iter_mut().zip(ABOUT).for_each(|(column, name)| column.push(record.meta(name)));
        meta.push(&other_meta(record).unwrap_or_default());
        annotations.push(entry);
        relations.push(entry);
    }
    let mut unit = StringBuilder::new();
    entries.iter().for_each(|_| unit.append_value(schema::UNIT));
    let mut columns: Vec<ArrayRef> =
        vec![Arc::new(ids.finish()), Arc::new(texts.finish()), Arc::new(unit.finish()), annotators.finish()];
    columns.extend(about.map(Texts::finish));
    columns.extend([meta.finish(), annotations.finish()?, relations.finish()?]);
    RecordBatch::try_new(schema::records(), columns)
}

/// Fragments by the columns of [`schema::fragments`].
pub(super) fn fragments(entries: &[Entry]) -> Result<RecordBatch, ArrowError> {
    let mut names: [StringBuilder; 3] = Default::default();
    let (mut annotators, mut places, mut counts) = (Texts::default(), Vec::new(), Vec::new());
    let (mut bounds, mut texts, mut attributes) = (Bounds::default(), StringBuilder::new(), Attributes::default());
    let (mut notes, mut created) = (Texts::default(), Texts::default());
    for entry in entries {
        let record = entry.record();
        for (at, annotation) in entry.annotations() {
            for (number, span) in (1..).zip(&annotation.spans) {
                let values = [&record.id, &annotation.id, &annotation.label];
                names.iter_mut().zip(values).for_each(|(column, value)| column.append_value(value));
                annotators.push(&record.annotator);
                places.push(number);
                counts.push(signed(annotation.spans.len() as u32));
                bounds.push(*span);
                texts.append_value(record.slice(*span));
                attributes.push(entry, at);
                notes.push(entry.note(at).unwrap_or_default());
                created.push(&annotation.created);
            }
        }
    }
    let [documents, annotations, labels] = names.map(|mut column| Arc::new(column.finish()) as ArrayRef);
    let [starts, ends] = bounds.finish();
    let texts = Arc::new(texts.finish());
    let (annotators, attributes) = (annotators.finish(), attributes.finish()?);
    let columns = vec![
        documents,
        annotators,
        annotations,
        labels,
        numbers(places),
        numbers(counts),
        starts,
        ends,
        texts,
        attributes,
        notes.finish(),
        created.finish(),
    ];
    RecordBatch::try_new(schema::fragments(), columns)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use arrow_schema::DataType;

    use super::*;

    #[test]
    fn the_columns_are_the_same_without_any_data() {
        assert_eq!(records(&[]).unwrap().schema(), schema::records());
        assert_eq!(fragments(&[]).unwrap().schema(), schema::fragments());
        assert!(matches!(schema::records().field(12).data_type(), DataType::List(_)));
    }
}
