//! Quoted strings and sentences of a real article, machine-translated, with marks that are wrong.

use std::fs;

use ascribe_engine::{
    quoted::{quoted_from, quoted_strings},
    sentence::sentence_at,
};
use ascribe_schema::{Offset, Span, Text};
use ascribe_tests::shared;

fn seed() -> Option<Text> {
    let article = fs::read_dir(shared("seed")?).unwrap().find_map(|entry| {
        let path = entry.unwrap().path();
        path.extension().is_some_and(|extension| extension == "txt").then_some(path)
    })?;
    Some(Text::new(fs::read_to_string(article).unwrap()))
}

#[test]
fn every_quoted_string_of_the_seed_article_is_found() {
    let Some(text) = seed() else { return };
    let found: Vec<_> = quoted_from(&text, Offset::ZERO, true).map(|span| text.slice(span).unwrap()).collect();
    let expected = [
        ("“Abraham’s agreements, signed", "must be preserved”"),
        ("“To establish the cornerstone", "Israel and Morocco”"),
        ("“Until now, there was", "our partnership ”"),
        ("“hard power”", "“hard power”"),
        ("“Abrahamic Accords,”", "“Abrahamic Accords,”"),
        ("“Hostile actions”", "“Hostile actions”"),
        ("“Intensify”", "“Intensify”"),
        ("“Strengthen its” hard", "power “in a tense regional context”"),
        ("“It is possible that", "all that this implies. “"),
        ("” serious “", "” serious “"),
        ("“Defamation”", "“Defamation”"),
        ("“But has many other interests", "derived from recalibration”"),
        ("“Most of the countries", "a lot to offer them”"),
    ];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, (start, end)) in found.into_iter().zip(expected) {
        assert!(found.starts_with(start) && found.ends_with(end), "{found}");
    }
}

#[test]
fn quoted_strings_of_published_examples_are_found() {
    let Some(path) = shared("data/quote_marks/textacy_direct_quotations.json") else { return };
    let examples: Vec<serde_json::Value> = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let mut count = 0;
    for example in examples {
        let text = Text::new(example["text"].as_str().unwrap());
        let found: Vec<_> =
            quoted_strings(&text, text.span()).into_iter().map(|span| text.slice(span).unwrap()).collect();
        for expected in example["expected"].as_array().unwrap() {
            assert!(found.contains(&expected["content"].as_str().unwrap()), "{expected} in {found:?}");
            count += 1;
        }
    }
    assert!(count >= 7, "{count}");
}

#[test]
fn sentences_of_the_seed_article_end_where_a_reader_says() {
    let Some(text) = seed() else { return };
    for (words, start, end) in [
        ("who flies Tuesday", "Mr. Gantz, who flies", "told AFP."),
        ("It is a public", "It is a public", "added this manager."),
        ("the Moroccan weekly", "His visit is an", "weekly As is."),
        ("pure coincidence", "For Bruce Maddy-Weitzman, specialist", "pure coincidence."),
        ("Algerian rivals", "“It is possible", "he emphasizes."),
        ("serious", "In the wake of this affair", "serious “."),
        ("categorically", "For its part, Morocco", "against the media."),
        ("find a week", "Every Saturday at 6 a.m.", "World Africa."),
    ] {
        let at = text.offset_of_byte(text.as_str().find(words).unwrap()).unwrap();
        let sentence = sentence_at(&text, at).and_then(|span: Span| text.slice(span)).unwrap();
        assert!(sentence.starts_with(start) && sentence.ends_with(end), "{sentence}");
    }
}
