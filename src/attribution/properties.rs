//! What holds for every text, whatever it is made of.

use ascribe_schema::Text;
use proptest::prelude::*;

use crate::propose;

/// Pieces of texts that the rules look at, and some that nobody expects.
fn piece() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "said",
        "Smith",
        "the",
        "minister",
        "told",
        "that",
        "who",
        "according",
        "to",
        "denied",
        "not",
        "and",
        "he",
        "she",
        "reporters",
        "on",
        "Tuesday",
        "claim",
        "Mr.",
        "U.S.",
        "is",
        "was",
        "quoted",
        "as",
        "saying",
        "asked",
        "whether",
        "called",
        "plan",
        "declined",
        "comment",
        "don’t",
        "Smith’s",
        "a",
        "spokesman",
        "for",
        "5",
        "percent",
        "sagte",
        "dass",
        "Er",
        "sei",
        "Müller",
        "zufolge",
        "so",
        "wie",
        "teilte",
        "mit",
        "nach Angaben",
        "laut",
        "a déclaré",
        "selon",
        "dijo",
        "según",
        "قال",
        "إن",
        "بحسب",
        "“",
        "”",
        "\"",
        "'",
        "‘",
        "’",
        "„",
        "«",
        "»",
        "「",
        "」",
        "``",
        "''",
        ",",
        ".",
        ":",
        ";",
        "—",
        "-",
        "(",
        ")",
        "?",
        "!",
        "…",
        " ",
        " ",
        " ",
        " ",
        "\n",
        "\n\n",
        "\r",
        "\u{2028}",
        "\u{a0}",
        "\u{ad}",
        "\u{301}",
        "\u{200f}",
        "😀",
        "e\u{301}",
        "大臣",
        "รัฐ",
    ]);
    prop_oneof![20 => words.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from), 1 => "\\PC{0,4}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Nothing panics, all spans are valid, every tie has its ends, and only what stands in quotation marks, or continues
    /// it, is in more than one paragraph.
    #[test]
    fn proposals_of_any_text_are_valid(
        pieces in prop::collection::vec((piece(), any::<bool>()), 0..60),
        language in prop::sample::select(vec![None, Some("en"), Some("de"), Some("fr"), Some("es"), Some("ar"), Some("ja")]),
    ) {
        let content: String = pieces.iter().flat_map(|(piece, space)| [piece.as_str(), if *space { " " } else { "" }]).collect();
        let text = Text::new(content);
        let proposals = propose(&text, language, &[]);
        for proposal in &proposals.annotations {
            prop_assert!(!proposal.spans.is_empty());
            prop_assert!(proposal.spans.windows(2).all(|pair| pair[0].end <= pair[1].start), "{proposal:?}");
            prop_assert!((0.0..=1.0).contains(&proposal.score) && !proposal.rule.is_empty());
            for span in proposal.spans.iter().chain(&proposal.because) {
                let words = text.slice(*span);
                prop_assert!(words.is_some_and(|words| !words.is_empty() && !words.contains('\n')), "{proposal:?}");
            }
            let hull = proposal.spans[0].start..proposal.spans[proposal.spans.len() - 1].end;
            let crosses = text.slice(ascribe_schema::Span { start: hull.start, end: hull.end }).is_some_and(|words| words.contains('\n'));
            prop_assert!(!crosses || proposal.label == "quote", "{proposal:?}");
        }
        for tie in &proposals.relations {
            prop_assert!(tie.from < proposals.annotations.len() && tie.to < proposals.annotations.len());
        }
        prop_assert_eq!(propose(&text, language, &[]), proposals, "the same text gives the same proposals");
    }
}

/// What is not the article says nothing, in any language.
#[test]
fn nothing_is_proposed_for_what_lies_aside() {
    let aside = "“We shall go on as before,” Smith said.\n";
    let text = Text::new(format!("{aside}“It is over and done with,” Jones said.\n"));
    let span = ascribe_schema::Span::new(0, aside.chars().count() as u32);
    for language in ["en", "de", "ja"] {
        let found = propose(&text, Some(language), &[span]).annotations;
        assert!(!found.is_empty(), "{language}");
        assert!(found.iter().flat_map(|found| &found.spans).all(|found| found.start >= span.end), "{language}");
    }
}
