//! Cells of any column that annotated texts may have, as JSON.

use arrow_array::{
    Array,
    cast::AsArray,
    types::{
        Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type,
        UInt64Type,
    },
};
use arrow_schema::DataType;
use serde_json::{Map, Value};

/// Whether cells of a type can be read.
pub(super) fn readable(data_type: &DataType) -> bool {
    use DataType::{
        Boolean, Dictionary, FixedSizeList, Float32, Float64, Int8, Int16, Int32, Int64, LargeList, LargeUtf8, List,
        Map, Null, Struct, UInt8, UInt16, UInt32, UInt64, Utf8, Utf8View,
    };
    match data_type {
        Null | Boolean | Utf8 | LargeUtf8 | Utf8View | Float32 | Float64 => true,
        Int8 | Int16 | Int32 | Int64 | UInt8 | UInt16 | UInt32 | UInt64 => true,
        List(of) | LargeList(of) | FixedSizeList(of, _) | Map(of, _) => readable(of.data_type()),
        Struct(fields) => fields.iter().all(|field| readable(field.data_type())),
        Dictionary(key, of) => matches!(**key, Int8 | Int16 | Int32 | Int64 | UInt32) && readable(of),
        _ => false,
    }
}

/// A cell; what is not [`readable`] is null.
pub(super) fn value(column: &dyn Array, row: usize) -> Value {
    if column.is_null(row) {
        return Value::Null;
    }
    let key = |key: Option<usize>, values: &dyn Array| key.map_or(Value::Null, |key| value(values, key));
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).into(),
        DataType::LargeUtf8 => column.as_string::<i64>().value(row).into(),
        DataType::Utf8View => column.as_string_view().value(row).into(),
        DataType::Boolean => column.as_boolean().value(row).into(),
        DataType::Int8 => column.as_primitive::<Int8Type>().value(row).into(),
        DataType::Int16 => column.as_primitive::<Int16Type>().value(row).into(),
        DataType::Int32 => column.as_primitive::<Int32Type>().value(row).into(),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row).into(),
        DataType::UInt8 => column.as_primitive::<UInt8Type>().value(row).into(),
        DataType::UInt16 => column.as_primitive::<UInt16Type>().value(row).into(),
        DataType::UInt32 => column.as_primitive::<UInt32Type>().value(row).into(),
        DataType::UInt64 => column.as_primitive::<UInt64Type>().value(row).into(),
        DataType::Float32 => f64::from(column.as_primitive::<Float32Type>().value(row)).into(),
        DataType::Float64 => column.as_primitive::<Float64Type>().value(row).into(),
        DataType::List(_) => list(&column.as_list::<i32>().value(row)),
        DataType::LargeList(_) => list(&column.as_list::<i64>().value(row)),
        DataType::FixedSizeList(..) => list(&column.as_fixed_size_list().value(row)),
        DataType::Map(..) => list(&column.as_map().value(row)),
        DataType::Struct(fields) => {
            let columns = fields.iter().zip(column.as_struct().columns());
            let cells = columns.map(|(field, column)| (field.name().clone(), value(column, row)));
            cells.filter(|(_, value)| !value.is_null()).collect::<Map<_, _>>().into()
        }
        DataType::Dictionary(of, _) => match **of {
            DataType::Int8 => {
                let column = column.as_dictionary::<Int8Type>();
                key(column.key(row), column.values())
            }
            DataType::Int16 => {
                let column = column.as_dictionary::<Int16Type>();
                key(column.key(row), column.values())
            }
            DataType::Int32 => {
                let column = column.as_dictionary::<Int32Type>();
                key(column.key(row), column.values())
            }
            DataType::Int64 => {
                let column = column.as_dictionary::<Int64Type>();
                key(column.key(row), column.values())
            }
            DataType::UInt32 => {
                let column = column.as_dictionary::<UInt32Type>();
                key(column.key(row), column.values())
            }
            _ => Value::Null,
        },
        _ => Value::Null,
    }
}

fn list(values: &dyn Array) -> Value {
    (0..values.len()).map(|row| value(values, row)).collect()
}
