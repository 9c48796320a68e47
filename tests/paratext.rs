//! Lines that are not the article: proposed on import, with exact spans, and never a sentence of the article.

use ascribe_engine::{Article, Options, read, snap::cuts_cluster};
use ascribe_schema::Text;
use ascribe_tests::shared;
use proptest::prelude::*;

fn article(text: &str) -> Article {
    read("a.txt", text.as_bytes(), &Options::default()).unwrap().remove(0)
}

/// The proposals as they stand in the text.
fn proposed(article: &Article) -> Vec<String> {
    let text = Text::new(article.text.as_str());
    article.paratext.iter().map(|&span| text.slice(span).unwrap().to_owned()).collect()
}

#[test]
fn of_the_article_that_the_project_started_from_exactly_the_lines_that_are_not_it_are_proposed() {
    let Some(path) = shared("seed/000_738c08aa9cd153b0.txt") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let expected: Vec<_> = text
        .lines()
        .filter(|line| {
            ["Read also ", "To not miss anything", "source site"].iter().any(|start| line.starts_with(start))
        })
        .collect();
    assert_eq!(expected.len(), 5);
    assert_eq!(proposed(&article(&text)), expected);
}

proptest! {
    #[test]
    fn spans_are_in_order_and_neither_cut_characters_nor_begin_or_end_with_white_space(
        lines in prop::collection::vec(prop_oneof![
            Just("Read more".to_owned()),
            Just("  Photo: e\u{301} \u{200d}".to_owned()),
            Just("\u{301}Advertisement".to_owned()),
            Just("By Jane Doe".to_owned()),
            Just(String::new()),
            Just("\tShare 👩‍👩‍👧".to_owned()),
            "[ -~é\u{301}]{0,40}",
        ], 0..20)
    ) {
        let article = article(&format!("Title\n{}", lines.join("\n")));
        let text = Text::new(article.text.as_str());
        prop_assert!(article.paratext.is_sorted_by(|a, b| a.end < b.start));
        for &span in &article.paratext {
            let slice = text.slice(span).unwrap();
            prop_assert!(!slice.is_empty() && slice == slice.trim());
            prop_assert!(!cuts_cluster(&text, span.start) && !cuts_cluster(&text, span.end));
        }
    }
}
