//! todo
pub mod text;
