//! `parquet`: records as typed columns, for Arrow, DuckDB, polars, Spark and Hugging Face `datasets`.
//!
//! Apache Parquet, <https://parquet.apache.org/docs/file-format/>, zstd-compressed. One file holds the records, one row
//! a document and annotator, with nested lists of annotations and relations; a folder holds that as `records.parquet`
//! and beside it the flat `annotations.parquet`, one row a fragment, for those who only count. The columns and their
//! types are the same whatever the data (`columns.rs`, `schema.rs`), so files can be put together. Offsets count
//! Unicode scalar values, as Python, DuckDB's `substring` and polars' `str.slice` do. Nothing is lost.
//!
//! Attributes are a list of names with values and no Parquet map, which `datasets` cannot load.
//!
//! Other tables are read as far as they say what they are: a column `text`, and lists of structs such as `entities`
//! or `spans` with `start`, `end` and `label` (`row.rs`).

mod cell;
mod columns;
mod read;
mod row;
mod schema;
mod write;

pub(super) use self::{
    read::{open, recognise},
    write::Writer,
};

#[cfg(test)]
mod tests;
