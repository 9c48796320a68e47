//! The quote marks that a browser puts around `<q>`, as the Unicode CLDR has them for each language.

use dom_query::NodeRef;

/// Outer and inner marks, opening and closing.
type Marks = [&'static str; 4];

const TABLE: [(&[&str], Marks); 12] = [
    (&["de", "cs", "da", "is", "lt", "sk", "sl", "lb", "hsb"], ["„", "“", "‚", "‘"]),
    (&["fr-ch", "it-ch", "de-ch"], ["«", "»", "‹", "›"]),
    (&["fr", "hy", "am", "fa", "az"], ["«", "»", "«", "»"]),
    (&["es", "it", "pt-pt", "ca", "gl", "el"], ["«", "»", "“", "”"]),
    (&["ru", "uk", "be", "bg"], ["«", "»", "„", "“"]),
    (&["no", "nb", "nn"], ["«", "»", "‘", "’"]),
    (&["pl", "ro", "hu"], ["„", "”", "«", "»"]),
    (&["hr", "bs", "sr", "mk", "et"], ["„", "“", "‚", "‘"]),
    (&["sv", "fi"], ["”", "”", "’", "’"]),
    (&["ja", "zh-hant", "zh-tw", "zh-hk"], ["「", "」", "『", "』"]),
    (&["ar", "ur"], ["”", "“", "’", "‘"]),
    (&["he"], ["”", "”", "’", "’"]),
];

/// The marks of `language`, a BCP 47 tag, for a quote that lies in `outer` other quotes.
pub(super) fn marks(language: &str, outer: usize) -> (&'static str, &'static str) {
    let language = language.to_ascii_lowercase();
    let fits = |tag: &str| language.strip_prefix(tag).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    // A language with its country goes before the language.
    let known = TABLE
        .iter()
        .flat_map(|(tags, marks)| tags.iter().map(move |tag| (tag, marks)))
        .filter(|(tag, _)| fits(tag))
        .max_by_key(|(tag, _)| tag.len());
    let marks = known.map_or(["“", "”", "‘", "’"], |(_, marks)| *marks);
    if outer.is_multiple_of(2) { (marks[0], marks[1]) } else { (marks[2], marks[3]) }
}

/// The language that `node` says it is in, or that what it lies in says.
pub(super) fn language(node: &NodeRef<'_>) -> String {
    std::iter::successors(Some(*node), NodeRef::parent)
        .find_map(|node| node.attr("lang").or_else(|| node.attr("xml:lang")))
        .unwrap_or_default()
        .trim()
        .to_owned()
}
