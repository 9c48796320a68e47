//! The first lines of a file: which layers there are, and what stands in which column.

/// A layer and its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layer {
    /// The full name of its type.
    pub name: String,
    pub kind: LayerKind,
    /// What its columns hold, from left to right.
    pub columns: Vec<Column>,
    /// The number of its first column behind the three of tokens.
    pub first: usize,
}

/// What a layer is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LayerKind {
    Span,
    Chain,
    Relation,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// Only that an annotation is there.
    Placeholder,
    /// The values of a feature.
    Feature(String),
    /// The roles of what fills the slot of that name; the type of the links.
    Roles(String, String),
    /// What fills the slot.
    Targets,
    /// Where a relation comes from, with the layer that it is between.
    Base(String),
    /// What an annotation is in its chain: the relation to the next, and its place.
    Link,
}

/// The minor version of a first line of WebAnno TSV 3.
pub(super) fn version(line: &str) -> Option<u32> {
    let version = line.strip_prefix("#FORMAT=WebAnno TSV 3")?;
    version.strip_prefix('.')?.trim_end().parse().ok()
}

/// Adds the layer that a line of the header declares; says so if it declares none.
pub(super) fn declare(line: &str, layers: &mut Vec<Layer>) -> bool {
    let declared = [("#T_SP=", LayerKind::Span), ("#T_CH=", LayerKind::Chain), ("#T_RL=", LayerKind::Relation)];
    let found = declared.into_iter().find_map(|(prefix, kind)| Some((line.strip_prefix(prefix)?, kind)));
    let Some((rest, kind)) = found else { return false };
    let mut parts = rest.trim_end().split('|');
    let name = parts.next().unwrap_or_default().to_owned();
    let mut columns: Vec<Column> = Vec::new();
    for part in parts {
        let after_roles = matches!(columns.last(), Some(Column::Roles(..)));
        columns.push(match kind {
            LayerKind::Span if after_roles => Column::Targets,
            LayerKind::Span if part.starts_with("ROLE_") => roles(part),
            LayerKind::Relation if part.starts_with("BT_") => Column::Base(part[3..].to_owned()),
            LayerKind::Chain if part == "referenceRelation" => Column::Link,
            _ if part.is_empty() => Column::Placeholder,
            _ => Column::Feature(part.to_owned()),
        });
    }
    if columns.is_empty() {
        columns.push(Column::Placeholder);
    }
    let first = layers.last().map_or(0, |layer| layer.first + layer.columns.len());
    layers.push(Layer { name, kind, columns, first });
    true
}

/// `ROLE_TYPE:FEATURE_LINKTYPE`, where both types have dots in their names.
fn roles(part: &str) -> Column {
    let rest = part.split_once(':').map_or(part, |(_, rest)| rest);
    let cuts = rest.match_indices('_').map(|(at, _)| at);
    let with_dot = |at: &usize| rest[at + 1..].split('_').next().is_some_and(|next| next.contains('.'));
    let cut = cuts.clone().find(with_dot).or_else(|| cuts.clone().next_back());
    let (feature, link) = cut.map_or((rest, "Link"), |at| (&rest[..at], &rest[at + 1..]));
    Column::Roles(feature.to_owned(), link.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn columns_are_told_apart() {
        let mut layers = Vec::new();
        assert!(declare("#T_SP=webanno.custom.S|", &mut layers));
        assert!(declare("#T_SP=a.Host|ROLE_a.Host:the_slots_a.b.Link|a.S|value", &mut layers));
        assert!(declare("#T_RL=a.R|label|BT_a.S", &mut layers));
        assert!(!declare("#Text=x", &mut layers));
        assert_eq!(layers[0].columns, [Column::Placeholder]);
        let slot = Column::Roles("the_slots".to_owned(), "a.b.Link".to_owned());
        assert_eq!(layers[1].columns, [slot, Column::Targets, Column::Feature("value".to_owned())]);
        assert_eq!((layers[1].first, layers[2].first), (1, 4));
        assert_eq!(layers[2].columns[1], Column::Base("a.S".to_owned()));
        assert_eq!(version("#FORMAT=WebAnno TSV 3.2"), Some(2));
        assert_eq!(version("#FORMAT=WebAnno TSV 2.0"), None);
    }
}
