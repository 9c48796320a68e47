//! Finding annotations in texts that are known, for formats that point into texts and carry none.

use std::{collections::HashMap, sync::Arc};

use ascribe_schema::{Offset, Span, Text};

use super::{KnownText, Told, Unit};
use crate::revise::Quoted;

/// The texts that are known, by where they were published and by their ids.
pub(super) struct Texts {
    known: Arc<[KnownText]>,
    places: HashMap<String, usize>,
}

/// The words of an annotation and what stands beside them.
#[derive(Clone, Debug, Default)]
pub(super) struct Quote {
    pub exact: String,
    pub prefix: String,
    pub suffix: String,
}

impl Texts {
    /// Puts names to texts; of two with one name the first has it.
    pub fn new(known: &Arc<[KnownText]>) -> Self {
        let mut places = HashMap::new();
        for (place, text) in known.iter().enumerate() {
            for name in [&text.url, &text.id] {
                if !name.is_empty() {
                    places.entry(plain(name)).or_insert(place);
                }
            }
        }
        Self { known: known.clone(), places }
    }

    /// The document that was published there, or has that id.
    pub fn find(&self, source: &str) -> Option<&KnownText> {
        self.places.get(&plain(source)).map(|place| &self.known[*place])
    }
}

/// An address without what makes no difference: the scheme of the web, a fragment, a slash at the end.
fn plain(address: &str) -> String {
    let address = address.split('#').next().unwrap_or_default();
    let address = ["https://", "http://"].iter().find_map(|scheme| address.strip_prefix(scheme)).unwrap_or(address);
    address.trim_end_matches('/').to_owned()
}

/// Why nothing can be found in a text that is not known, and what helps.
pub(super) fn unknown(source: &str) -> String {
    format!("the text of {source} is not known; import into a project that has it, with this address or id")
}

/// Where an annotation lies: at its position where that holds its words, else where its words are and nowhere else.
///
/// # Errors
///
/// When there is no such place, or more than one.
pub(super) fn anchor(
    quoted: &Quoted,
    position: Option<(u64, u64)>,
    quote: Option<&Quote>,
    units: &[Unit],
    told: &mut Told,
) -> Result<Span, &'static str> {
    let text = quoted.text();
    let places = || units.iter().filter_map(|unit| span(text, position?, *unit));
    let Some(quote) = quote else {
        position.ok_or("it has neither an offset nor words")?;
        let place = places().next().ok_or("its offsets are not those of a span of the text")?;
        told.note("only its offsets say where it lies, without words to check them by");
        return Ok(place);
    };
    if quote.exact.is_empty() {
        return Err("the words that it quotes are none");
    }
    let same = |place: &Span| text.slice(*place) == Some(quote.exact.as_str());
    let beside = |place: &Span| {
        let content = text.as_str();
        let (Some(start), Some(end)) = (text.byte(place.start), text.byte(place.end)) else { return false };
        content[..start].ends_with(&quote.prefix) && content[end..].starts_with(&quote.suffix)
    };
    let mut exact = places().filter(same);
    if let Some(place) = places().filter(same).find(beside).or_else(|| exact.next()) {
        return Ok(place);
    }
    // What stands beside the words on a page may be no part of the article, mostly on one side of them.
    let (before, after) = (quote.prefix.as_str(), quote.suffix.as_str());
    let contexts = [(before, after), (before, ""), ("", after), ("", "")];
    let mut found = contexts.iter().map(|(before, after)| quoted.find(&quote.exact, before, after));
    let found = found.find(|found| !found.is_empty()).unwrap_or_default();
    match found.as_slice() {
        [] => Err("its words are not in the text"),
        [place] if place.is_empty() => Err("its words are not in the text"),
        [place] => {
            if position.is_some() {
                told.note("its words do not stand at its offsets, but at one other place, which was taken");
            }
            Ok(*place)
        }
        _ => Err("its words stand at several places of the text, and not at its offsets"),
    }
}

/// The span of a text between two positions, if it holds something.
pub(super) fn span(text: &Text, (start, end): (u64, u64), unit: Unit) -> Option<Span> {
    let offset = |at: u64| match unit {
        Unit::CodePoints => u32::try_from(at).ok().map(Offset),
        Unit::Utf16 => text.offset_of_utf16(usize::try_from(at).ok()?),
    };
    let span = Span { start: offset(start)?, end: offset(end)? };
    (!span.is_empty() && span.end <= text.len()).then_some(span)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn place(position: Option<(u64, u64)>, words: &str, before: &str) -> Result<Span, &'static str> {
        let text = Quoted::new(Text::new("😀 no, said no one. “Yes”.").into());
        let quote = Quote { exact: words.to_owned(), prefix: before.to_owned(), suffix: String::new() };
        anchor(&text, position, Some(&quote), &[Unit::CodePoints, Unit::Utf16], &mut Told::default())
    }

    #[test]
    fn words_decide_where_offsets_and_units_are_in_doubt() {
        assert_eq!(place(Some((2, 4)), "no", ""), Ok(Span::new(2, 4)));
        assert_eq!(place(Some((3, 5)), "no", ""), Ok(Span::new(2, 4)), "UTF-16");
        assert_eq!(place(Some((0, 2)), "no", "said "), Ok(Span::new(11, 13)));
        assert!(place(Some((0, 2)), "no", "").is_err(), "two places");
        assert_eq!(place(None, "\"Yes\"", ""), Ok(Span::new(19, 24)));
        assert!(place(None, "never", "").is_err());
        assert!(place(Some((u64::MAX, 3)), "", "").is_err());
        let text = Quoted::new(Text::new("No, she said. No, he said.").into());
        let (exact, prefix, suffix) = ("No".to_owned(), "By A. Nyman ".to_owned(), ", she".to_owned());
        let quote = Quote { exact, prefix, suffix };
        let found = anchor(&text, None, Some(&quote), &[Unit::Utf16], &mut Told::default());
        assert_eq!(found, Ok(Span::new(0, 2)), "before it stands what is no part of the article");
    }

    #[test]
    fn addresses_are_compared_by_what_matters() {
        let text = Arc::new(Text::new("x"));
        let url = "https://news.example/a/".to_owned();
        let known: Arc<[KnownText]> =
            [KnownText { id: "a-1".to_owned(), url, text_sha256: String::new(), text }].into();
        let texts = Texts::new(&known);
        assert!(texts.find("http://news.example/a#p2").is_some() && texts.find("a-1").is_some());
        assert!(texts.find("http://news.example/b").is_none());
    }
}
