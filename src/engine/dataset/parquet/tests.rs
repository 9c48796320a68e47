//! Tables of other programs are read as far as they say what they are.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::{path::Path, sync::Arc};

use arrow_array::{
    Array, ArrayRef, Date32Array, DictionaryArray, Int64Array, LargeStringArray, ListArray, RecordBatch, StringArray,
    StructArray, builder::OffsetBufferBuilder, types::Int32Type,
};
use arrow_schema::Field;
use parquet::arrow::ArrowWriter;
use tempfile::NamedTempFile;

use super::open;
use crate::dataset::{DatasetError, ReadOptions, Record, Told, Unit};

fn write(columns: Vec<(&str, ArrayRef)>) -> NamedTempFile {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut file = NamedTempFile::new().unwrap();
    let mut writer = ArrowWriter::try_new(&mut file, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    file
}

fn read(path: &Path, options: &ReadOptions) -> (Vec<Record>, Told) {
    let mut told = Told::default();
    let works = open(&[path.to_owned()], options).unwrap();
    let records = works.flat_map(|work| work(&mut told)).collect();
    (records, told)
}

/// Two rows of entities: one that fits, and two of which one ends past the text.
fn entities() -> ArrayRef {
    let labels: DictionaryArray<Int32Type> = ["PER", "LOC", "LOC"].into_iter().collect();
    let fields: Vec<(Arc<Field>, ArrayRef)> = vec![
        ("start", Arc::new(Int64Array::from(vec![0, 0, 3])) as ArrayRef),
        ("end", Arc::new(Int64Array::from(vec![2, 2, 99]))),
        ("label", Arc::new(labels)),
        ("score", Arc::new(Int64Array::from(vec![1, 1, 1]))),
    ]
    .into_iter()
    .map(|(name, column)| (Arc::new(Field::new(name, column.data_type().clone(), true)), column))
    .collect();
    let values = StructArray::from(fields);
    let mut ends = OffsetBufferBuilder::<i32>::new(2);
    ends.push_length(1);
    ends.push_length(2);
    let element = Arc::new(Field::new("item", values.data_type().clone(), true));
    Arc::new(ListArray::new(element, ends.finish(), Arc::new(values), None))
}

#[test]
fn entities_of_hugging_face_are_annotations() {
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("text", Arc::new(LargeStringArray::from(vec!["😀 Bo", "Rome"]))),
        ("entities", entities()),
        ("source", Arc::new(StringArray::from(vec![Some("wire"), None]))),
        ("day", Arc::new(Date32Array::from(vec![1, 2]))),
    ];
    let file = write(columns);
    let (records, told) = read(file.path(), &ReadOptions::default());
    let spans = |record: &Record| record.annotations.iter().map(|tag| tag.spans[0]).collect::<Vec<_>>();
    assert_eq!(records.iter().map(spans).map(|spans| spans.len()).collect::<Vec<_>>(), [1, 1]);
    assert_eq!((records[0].id.as_str(), records[0].annotations[0].label.as_str()), ("row-1", "PER"));
    assert_eq!(records[0].slice(records[0].annotations[0].spans[0]), "😀 ");
    assert_eq!(records[0].meta("source"), "wire");
    assert_eq!(told.refused.len(), 1);
    assert_eq!(told.refused[0].line, 2);
    let noted: Vec<_> = told.noted.keys().map(AsRef::as_ref).collect();
    assert_eq!(noted, ["the column `day` of type Date32 is not read", "the field `score` of annotations is not read"]);

    let browsers = ReadOptions { offsets: Some(Unit::Utf16), ..ReadOptions::default() };
    let (records, _) = read(file.path(), &browsers);
    assert_eq!(records[0].slice(records[0].annotations[0].spans[0]), "😀");
}

#[test]
fn a_struct_of_lists_is_a_list_of_structs() {
    let lists = |values: ArrayRef| -> ArrayRef {
        let element = Arc::new(Field::new("item", values.data_type().clone(), true));
        let mut ends = OffsetBufferBuilder::<i32>::new(1);
        ends.push_length(2);
        Arc::new(ListArray::new(element, ends.finish(), values, None))
    };
    let fields: Vec<(Arc<Field>, ArrayRef)> = [
        ("start", lists(Arc::new(Int64Array::from(vec![0, 3])))),
        ("end", lists(Arc::new(Int64Array::from(vec![2, 7])))),
        ("label", lists(Arc::new(Int64Array::from(vec![0, 4])))),
    ]
    .into_iter()
    .map(|(name, column)| (Arc::new(Field::new(name, column.data_type().clone(), true)), column))
    .collect();
    let entities: ArrayRef = Arc::new(StructArray::from(fields));
    let text: ArrayRef = Arc::new(StringArray::from(vec!["Bo, Zoë"]));
    let file = write(vec![("text", text), ("spans", entities.clone()), ("entities", entities)]);
    let (records, told) = read(file.path(), &ReadOptions::default());
    let found: Vec<_> =
        records[0].annotations.iter().map(|tag| (tag.label.as_str(), records[0].slice(tag.spans[0]))).collect();
    assert_eq!(found, [("0", "Bo"), ("4", " Zoë")]);
    let noted: Vec<_> = told.noted.iter().map(|(reason, count)| (reason.as_ref(), *count)).collect();
    let other = "the column `entities` beside another one of annotations is not read as annotations";
    assert_eq!(noted, [("a label is a number, whose name is not in the rows", 2), (other, 1)]);
}

#[test]
fn a_table_without_texts_is_refused() {
    let file = write(vec![("tokens", Arc::new(StringArray::from(vec!["a"])) as ArrayRef)]);
    let Err(error) = open(&[file.path().to_owned()], &ReadOptions::default()) else { unreachable!("it has no texts") };
    assert!(matches!(error, DatasetError::Malformed { .. }));
}
