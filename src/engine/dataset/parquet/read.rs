//! Reading Parquet: each row group is a work.

use std::{
    fs::File,
    path::{Path, PathBuf},
    sync::Arc,
};

use arrow_array::RecordBatch;
use arrow_schema::Schema;
use parquet::arrow::{
    ProjectionMask,
    arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder},
};
use serde_json::{Map, Value};

use super::{cell, row};
use crate::dataset::{
    DatasetError, Format, Kind, ReadOptions, Record, Told, Unit, Work, Works,
    files::{Peek, find_ending},
};

/// How many rows are turned into records at once.
const BATCH: usize = 1024;

/// Whether a file is of this format, or a folder holds one.
pub fn recognise(peek: &Peek<'_>) -> bool {
    peek.head.starts_with(b"PAR1") || peek.holds("parquet")
}

/// A file that is going to be read.
struct Table {
    path: PathBuf,
    metadata: ArrowReaderMetadata,
    /// Which columns are read.
    columns: Vec<usize>,
    /// Of those that are not, why.
    unread: Vec<String>,
}

/// Reads tables of texts.
///
/// # Errors
///
/// When a file cannot be read, is no Parquet, or has no column of texts.
pub fn open(paths: &[PathBuf], options: &ReadOptions) -> Result<Works, DatasetError> {
    let found = find_ending(paths, &["parquet"])?;
    let format = Format::named("parquet").ok_or(DatasetError::Crashed)?;
    let malformed = |path: &Path, reason: String| DatasetError::Malformed { path: path.to_owned(), format, reason };
    let (mut tables, mut repeating) = (Vec::new(), Vec::new());
    for path in found {
        let file = File::open(&path).map_err(|source| DatasetError::Read { path: path.clone(), source })?;
        let metadata = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new())
            .map_err(|error| malformed(&path, error.to_string()))?;
        let schema = metadata.schema();
        if is_flat(schema) && !paths.contains(&path) {
            repeating.push(path);
            continue;
        }
        if is_flat(schema) || row::text_column(schema.fields().iter().map(|field| field.name().as_str())).is_none() {
            return Err(malformed(&path, "it has no column `text` of whole texts".to_owned()));
        }
        let (read, other): (Vec<_>, Vec<_>) =
            schema.fields().iter().enumerate().partition(|(_, field)| cell::readable(field.data_type()));
        let why = |(_, field): &(usize, &Arc<arrow_schema::Field>)| {
            format!("the column `{}` of type {} is not read", field.name(), field.data_type())
        };
        let (columns, unread) = (read.iter().map(|(at, _)| *at).collect(), other.iter().map(why).collect());
        tables.push(Arc::new(Table { path, metadata, columns, unread }));
    }
    if tables.is_empty() {
        let first = repeating.first().or(paths.first());
        return Err(DatasetError::Nothing { path: first.cloned().unwrap_or_default(), format });
    }
    let unit = options.offsets.unwrap_or(Unit::CodePoints);
    let note = move |told: &mut Told| {
        repeating.iter().for_each(|_| told.note("a file of fragments only repeats what stands in the records"));
        Vec::new()
    };
    let groups = tables.into_iter().flat_map(move |table| {
        let mut first = 1;
        let counts: Vec<_> = table.metadata.metadata().row_groups().iter().map(|group| group.num_rows()).collect();
        let starts = counts.into_iter().enumerate().map(move |(group, rows)| {
            first += rows.unsigned_abs();
            (group, first - rows.unsigned_abs())
        });
        starts.map(move |(group, first)| {
            let table = table.clone();
            Box::new(move |told: &mut Told| table.read(group, first, unit, told)) as Work
        })
    });
    Ok(Box::new(std::iter::once(Box::new(note) as Work).chain(groups)))
}

/// Whether a table has one row an annotation or fragment.
fn is_flat(schema: &Schema) -> bool {
    ["document", "start", "end"].iter().all(|name| schema.field_with_name(name).is_ok())
}

impl Table {
    /// The records of a row group, whose first row has that number.
    fn read(&self, group: usize, first: u64, unit: Unit, told: &mut Told) -> Vec<Record> {
        if group == 0 {
            self.unread.iter().for_each(|why| told.note(why.clone()));
        }
        told.bytes += self.metadata.metadata().row_group(group).compressed_size().unsigned_abs();
        let (mut records, mut number) = (Vec::new(), first);
        let file = self.path.display().to_string();
        let read = self.batches(group, |batch| {
            for row in 0..batch.num_rows() {
                let schema = batch.schema();
                let names = schema.fields().iter().map(|field| field.name().clone());
                let cells = names.zip(batch.columns()).map(|(name, column)| (name, cell::value(column, row)));
                let cells: Map<String, Value> = cells.filter(|(_, value)| !value.is_null()).collect();
                records.extend(row::record(cells, (&file, number), unit, told));
                number += 1;
            }
        });
        if let Err(reason) = read {
            told.refuse((&file, number), Kind::Document, format!("the row group cannot be read: {reason}"), "");
        }
        records
    }

    fn batches(&self, group: usize, mut each: impl FnMut(&RecordBatch)) -> Result<(), String> {
        let file = File::open(&self.path).map_err(|error| error.to_string())?;
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone());
        let columns = ProjectionMask::roots(builder.parquet_schema(), self.columns.iter().copied());
        let builder = builder.with_row_groups(vec![group]).with_projection(columns).with_batch_size(BATCH);
        for batch in builder.build().map_err(|error| error.to_string())? {
            each(&batch.map_err(|error| error.to_string())?);
        }
        Ok(())
    }
}
