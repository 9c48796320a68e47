//! Writing records as Parquet: columns are made on all threads, and row groups encoded column by column on all, too.

use std::{
    io,
    sync::{Mutex, PoisonError},
    thread,
};

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};
use parquet::{
    arrow::{
        ArrowWriter,
        arrow_writer::{
            ArrowColumnChunk, ArrowColumnWriter, ArrowLeafColumn, ArrowRowGroupWriterFactory, compute_leaves,
        },
    },
    errors::ParquetError,
    file::writer::SerializedFileWriter,
};

use super::{columns, schema};
use crate::{
    dataset::{
        DatasetError, Entry, Holds,
        pump::{Encode, Flow, Place, Sink},
    },
    store::Stream,
};

/// A row group has at least so many rows and bytes, if there are as many.
const ROWS: usize = 1000;
const BYTES: usize = 8 << 20;
/// A row group has not many more bytes, in memory, than this.
const MOST: usize = 64 << 20;

/// Writes records, and fragments beside them if there is a folder for both.
pub struct Writer {
    flat: bool,
}

impl Writer {
    /// A writer for what is wanted there.
    pub fn new(flow: &Flow<'_>) -> Self {
        Self { flat: flow.places.iter().any(|place| place.many) }
    }
}

/// Some rows, by the leaves of their columns.
pub struct Rows {
    leaves: Vec<ArrowLeafColumn>,
    count: usize,
    bytes: usize,
}

impl Rows {
    fn new(batch: &RecordBatch) -> Result<Self, DatasetError> {
        let mut leaves = Vec::new();
        for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
            leaves.extend(compute_leaves(field, column).map_err(|_| DatasetError::Crashed)?);
        }
        Ok(Self { leaves, count: batch.num_rows(), bytes: batch.get_array_memory_size() })
    }
}

impl Encode for Writer {
    type Piece = (Rows, Option<Rows>);
    type Sink = Files;

    fn holds(&self) -> Holds {
        Holds::ALL
    }

    fn encode(&self, entries: &mut [Entry]) -> Result<Self::Piece, DatasetError> {
        let rows = |batch: Result<RecordBatch, ArrowError>| Rows::new(&batch.map_err(|_| DatasetError::Crashed)?);
        let flat = self.flat.then(|| rows(columns::fragments(entries))).transpose()?;
        Ok((rows(columns::records(entries))?, flat))
    }

    fn open(&self, place: Place<'_>) -> Result<Files, DatasetError> {
        if !place.many {
            return Ok(Files { records: Table::new(place, place.stream()?, schema::records())?, flat: None });
        }
        let records = Table::new(place, place.stream_to("records.parquet")?, schema::records())?;
        let flat = Table::new(place, place.stream_to("annotations.parquet")?, schema::fragments())?;
        Ok(Files { records, flat: Some(flat) })
    }
}

/// The files of one part of a dataset.
pub struct Files {
    records: Table,
    flat: Option<Table>,
}

impl Sink<(Rows, Option<Rows>)> for Files {
    fn put(&mut self, place: Place<'_>, (records, flat): (Rows, Option<Rows>)) -> Result<(), DatasetError> {
        self.records.put(records).map_err(|error| failed(place, error))?;
        if let (Some(table), Some(rows)) = (&mut self.flat, flat) {
            table.put(rows).map_err(|error| failed(place, error))?;
        }
        Ok(())
    }

    fn finish(self, place: Place<'_>) -> Result<(), DatasetError> {
        let tables = [Some(self.records), self.flat];
        tables.into_iter().flatten().try_for_each(|table| table.finish().map_err(|error| failed(place, error)))
    }
}

fn failed(place: Place<'_>, error: ParquetError) -> DatasetError {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => place.io(*error),
            Err(error) => place.io(io::Error::other(error)),
        },
        error => place.io(io::Error::other(error)),
    }
}

/// One Parquet file.
struct Table {
    writer: SerializedFileWriter<Stream>,
    factory: ArrowRowGroupWriterFactory,
    waiting: Vec<Rows>,
    groups: usize,
}

impl Table {
    fn new(place: Place<'_>, stream: Stream, schema: SchemaRef) -> Result<Self, DatasetError> {
        let begun = ArrowWriter::try_new(stream, schema, Some(schema::properties()));
        let (writer, factory) =
            begun.and_then(ArrowWriter::into_serialized_writer).map_err(|error| failed(place, error))?;
        Ok(Self { writer, factory, waiting: Vec::new(), groups: 0 })
    }

    fn put(&mut self, rows: Rows) -> Result<(), ParquetError> {
        if rows.count > 0 {
            self.waiting.push(rows);
        }
        let count: usize = self.waiting.iter().map(|rows| rows.count).sum();
        let bytes: usize = self.waiting.iter().map(|rows| rows.bytes).sum();
        if bytes >= MOST || (bytes >= BYTES && count >= ROWS) { self.write() } else { Ok(()) }
    }

    /// Writes what waits as a row group.
    fn write(&mut self) -> Result<(), ParquetError> {
        let mut columns: Vec<(ArrowColumnWriter, Vec<ArrowLeafColumn>)> =
            self.factory.create_column_writers(self.groups)?.into_iter().map(|writer| (writer, Vec::new())).collect();
        self.groups += 1;
        for rows in self.waiting.drain(..) {
            columns.iter_mut().zip(rows.leaves).for_each(|((_, leaves), leaf)| leaves.push(leaf));
        }
        let mut group = self.writer.next_row_group()?;
        for chunk in encode(columns)? {
            chunk.append_to_row_group(&mut group)?;
        }
        group.close()?;
        Ok(())
    }

    fn finish(mut self) -> Result<(), ParquetError> {
        if !self.waiting.is_empty() {
            self.write()?;
        }
        self.writer.close()?;
        Ok(())
    }
}

/// Encodes and compresses columns, as many at once as there are processors.
fn encode(columns: Vec<(ArrowColumnWriter, Vec<ArrowLeafColumn>)>) -> Result<Vec<ArrowColumnChunk>, ParquetError> {
    let mut chunks: Vec<Option<Result<ArrowColumnChunk, ParquetError>>> = columns.iter().map(|_| None).collect();
    let queue = Mutex::new(columns.into_iter().zip(&mut chunks));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some(((mut writer, leaves), chunk)) = next else { break };
                    let written = leaves.iter().try_for_each(|leaf| writer.write(leaf));
                    *chunk = Some(written.and_then(|()| writer.close()));
                }
            });
        }
    });
    let lost = || Err(ParquetError::General("a column was not encoded".to_owned()));
    chunks.into_iter().map(|chunk| chunk.unwrap_or_else(lost)).collect()
}
