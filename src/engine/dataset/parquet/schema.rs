//! The columns of our Parquet files and how they are stored.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};
use parquet::{
    basic::{Compression, Encoding, ZstdLevel},
    file::properties::{EnabledStatistics, WriterProperties},
    schema::types::ColumnPath,
};

use crate::dataset::table::ABOUT;

/// What offsets count, as the column `offset_unit` says it.
pub(super) const UNIT: &str = "unicode_code_point";

/// Columns with few different values, which a dictionary makes small; others would only fill it.
const FEW: [&str; 13] = [
    "offset_unit",
    "annotator",
    "publisher",
    "language",
    "document",
    "label",
    "annotations.list.element.label",
    "annotations.list.element.attributes.list.element.name",
    "annotations.list.element.attributes.list.element.value",
    "annotations.list.element.origin.by",
    "annotations.list.element.origin.name",
    "annotations.list.element.origin.confirmed_by",
    "relations.list.element.kind",
];

/// Columns of numbers that grow slowly.
const OFFSETS: [&str; 6] = [
    "start",
    "end",
    "annotations.list.element.start",
    "annotations.list.element.end",
    "annotations.list.element.fragments.list.element.start",
    "annotations.list.element.fragments.list.element.end",
];

fn text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, true)
}

fn number(name: &str) -> Field {
    Field::new(name, DataType::Int32, true)
}

/// The one field of a list.
pub(super) fn element(of: DataType) -> Arc<Field> {
    Arc::new(Field::new("element", of, true))
}

fn list(name: &str, of: DataType) -> Field {
    Field::new(name, DataType::List(element(of)), true)
}

/// A fragment.
pub(super) fn fragment() -> Fields {
    [number("start"), number("end")].into_iter().collect()
}

/// An attribute.
pub(super) fn attribute() -> Fields {
    [text("name"), text("value")].into_iter().collect()
}

/// Who or what made an annotation.
pub(super) fn origin() -> Fields {
    [text("by"), text("name"), text("confirmed_by")].into_iter().collect()
}

/// An annotation; `start` and `end` are those of the whole, first to last fragment.
pub(super) fn annotation() -> Fields {
    let fields = [
        text("id"),
        text("label"),
        number("start"),
        number("end"),
        list("fragments", DataType::Struct(fragment())),
        list("text", DataType::Utf8),
        list("attributes", DataType::Struct(attribute())),
        text("note"),
        Field::new("origin", DataType::Struct(origin()), true),
        text("created"),
    ];
    fields.into_iter().collect()
}

/// A relation.
pub(super) fn relation() -> Fields {
    [text("id"), text("kind"), text("from"), text("to")].into_iter().collect()
}

/// The columns of records.
pub(super) fn records() -> SchemaRef {
    let mut fields = vec![text("id"), text("text"), text("offset_unit"), text("annotator")];
    fields.extend(ABOUT.map(text));
    fields.extend([
        text("meta"),
        list("annotations", DataType::Struct(annotation())),
        list("relations", DataType::Struct(relation())),
    ]);
    Arc::new(Schema::new(fields))
}

/// The columns of fragments.
pub(super) fn fragments() -> SchemaRef {
    let fields = vec![
        text("document"),
        text("annotator"),
        text("annotation"),
        text("label"),
        number("fragment"),
        number("fragments"),
        number("start"),
        number("end"),
        text("text"),
        list("attributes", DataType::Struct(attribute())),
        text("note"),
        text("created"),
    ];
    Arc::new(Schema::new(fields))
}

/// How columns are stored. Smallest and largest values help nobody where values are nested or texts.
pub(super) fn properties() -> WriterProperties {
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_statistics_enabled(EnabledStatistics::None)
        .set_dictionary_enabled(false);
    let path = |name: &str| ColumnPath::from(name.split('.').map(str::to_owned).collect::<Vec<_>>());
    for name in FEW {
        properties = properties.set_column_dictionary_enabled(path(name), true);
    }
    for name in OFFSETS {
        properties = properties.set_column_encoding(path(name), Encoding::DELTA_BINARY_PACKED);
    }
    properties.build()
}
