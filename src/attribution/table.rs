//! Sentences with what must be found in them: how the tables of the languages are read.

use ascribe_schema::Text;

use crate::propose;

/// The language, a text, and its quotes with their sources; an ellipsis joins fragments.
pub type Row = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// What is found otherwise than the rows say.
pub fn wrong(rows: &[Row]) -> Vec<String> {
    let owned = |(quote, source): &(&str, &str)| ((*quote).to_owned(), (*source).to_owned());
    let read = rows.iter().map(|(language, text, expected)| {
        (text, quotes(language, text), expected.iter().map(owned).collect::<Vec<_>>())
    });
    read.filter(|(_, found, expected)| found != expected)
        .map(|(text, found, _)| format!("{text}\n    {found:?}"))
        .collect()
}

/// The quotes that are proposed for a text, with their sources.
pub fn quotes(language: &str, text: &str) -> Vec<(String, String)> {
    let text = Text::new(text);
    let proposals = propose(&text, Some(language), &[]);
    let words = |number: usize| {
        let spans = &proposals.annotations[number].spans;
        spans.iter().map(|span| text.slice(*span).unwrap_or_default()).collect::<Vec<_>>().join(" … ")
    };
    let source = |number: usize| {
        let tie = proposals.relations.iter().find(|tie| tie.from == number && tie.kind == "attributed_to");
        tie.map_or(String::new(), |tie| words(tie.to))
    };
    let quotes = proposals.annotations.iter().enumerate().filter(|(_, annotation)| annotation.label == "quote");
    quotes.map(|(number, _)| (words(number), source(number))).collect()
}
