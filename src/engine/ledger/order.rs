//! The order of rows, and which of them are shown.

use std::{borrow::Cow, cmp::Ordering, collections::BTreeMap};

use super::Row;

/// What rows can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// What it is called.
    Name,
    /// What kind of source it is.
    Kind,
    /// How often it is quoted.
    Quotes,
    /// How often it claims something.
    Claims,
    /// How often it denies something.
    Denials,
    /// How often it is denied.
    Denied,
    /// In how many articles it is a source.
    Articles,
}

impl Column {
    /// All columns, from the left.
    pub const ALL: [Self; 7] =
        [Self::Name, Self::Kind, Self::Quotes, Self::Claims, Self::Denials, Self::Denied, Self::Articles];

    /// What stands above it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Kind => "Kind",
            Self::Quotes => "Quotes",
            Self::Claims => "Claims",
            Self::Denials => "Denials",
            Self::Denied => "Denied",
            Self::Articles => "Articles",
        }
    }

    /// The number that a row has in it; nothing where it has words.
    #[must_use]
    pub fn number(self, row: &Row) -> Option<usize> {
        match self {
            Self::Name | Self::Kind => None,
            Self::Quotes => Some(row.quotes),
            Self::Claims => Some(row.claims),
            Self::Denials => Some(row.denials),
            Self::Denied => Some(row.denied),
            Self::Articles => Some(row.documents.len()),
        }
    }

    /// What stands in it.
    #[must_use]
    pub fn text(self, row: &Row) -> Cow<'_, str> {
        match self {
            Self::Name => Cow::Borrowed(&row.name),
            Self::Kind => Cow::Borrowed(most(&row.kind)),
            _ => Cow::Owned(self.number(row).unwrap_or_default().to_string()),
        }
    }
}

/// The value that is given most often; empty where none is.
pub(super) fn most(counts: &BTreeMap<String, usize>) -> &str {
    counts.iter().rev().max_by_key(|(_, count)| **count).map_or("", |(value, _)| value)
}

/// Sorts rows by a column, the largest first if `falling`; what is equal there by its name.
pub fn sort(rows: &mut [Row], column: Column, falling: bool) {
    let by_name = |a: &Row, b: &Row| folded(&a.name).cmp(&folded(&b.name)).then_with(|| a.key.cmp(&b.key));
    let by = |a: &Row, b: &Row| match column {
        Column::Name => Ordering::Equal,
        Column::Kind => most(&a.kind).cmp(most(&b.kind)),
        _ => column.number(a).cmp(&column.number(b)),
    };
    if column == Column::Name {
        rows.sort_by(|a, b| if falling { by_name(b, a) } else { by_name(a, b) });
    } else {
        rows.sort_by(|a, b| if falling { by(b, a) } else { by(a, b) }.then_with(|| by_name(a, b)));
    }
}

fn folded(name: &str) -> String {
    name.to_lowercase()
}

/// Whether a row has all `words` in its names or its kind, in upper or lower case.
#[must_use]
pub fn matches(row: &Row, words: &str) -> bool {
    let names = [&row.name].into_iter().chain(&row.also).map(|name| name.to_lowercase());
    let all = names.chain([most(&row.kind).to_lowercase()]).collect::<Vec<_>>().join("\n");
    words.to_lowercase().split_whitespace().all(|word| all.contains(word))
}
