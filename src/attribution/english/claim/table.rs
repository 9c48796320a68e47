//! What a fact-checker would look at in an article, and what not.
#![allow(clippy::unwrap_used, reason = "tests")]

use ascribe_schema::Text;

use crate::propose;

/// The words of each claim.
fn claims(text: &str) -> Vec<String> {
    let text = Text::new(text.to_owned());
    let proposals = propose(&text, Some("en"), &[]);
    let found = proposals.annotations.iter().filter(|found| found.label == "claim");
    found.map(|found| text.slice(found.spans[0]).unwrap().to_owned()).collect()
}

fn check(rows: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for (text, expected) in rows {
        let found = claims(text);
        if found != *expected {
            wrong.push(format!("{text}\n    found {found:?}\n expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn a_sentence_with_numbers_names_and_the_past_is_a_claim() {
    check(&[
        (
            "Unemployment in Spain fell to 12.4 percent in March.",
            &["Unemployment in Spain fell to 12.4 percent in March"],
        ),
        ("The company dismissed 4,000 workers last year.", &["The company dismissed 4,000 workers last year"]),
        (
            "Exports to China rose by 7 percent in 2015, and imports fell by 3 percent.",
            &["Exports to China rose by 7 percent in 2015"],
        ),
        ("Germany spends more on coal than France.", &["Germany spends more on coal than France"]),
        ("It is the largest dam in Africa.", &["It is the largest dam in Africa"]),
        ("The Senate voted 52 to 48 for the law in June.", &["The Senate voted 52 to 48 for the law in June"]),
        (
            "The court sentenced Kovac to six years in prison in 2011.",
            &["The court sentenced Kovac to six years in prison in 2011"],
        ),
        ("Two million people fled the country after the war.", &["Two million people fled the country after the war"]),
        ("The dam cost $12 million and killed 30 workers.", &["The dam cost $12 million and killed 30 workers"]),
        (
            "Israel and Morocco reestablished relations in December 2020.",
            &["Israel and Morocco reestablished relations in December 2020"],
        ),
        (
            "The drought led to the loss of half the harvest in Kenya.",
            &["The drought led to the loss of half the harvest in Kenya"],
        ),
        (
            "Most of the 300 houses in Lorca were destroyed by the earthquake.",
            &["Most of the 300 houses in Lorca were destroyed by the earthquake"],
        ),
        ("Crime in Chicago has doubled since 2010.", &["Crime in Chicago has doubled since 2010"]),
        ("The city has never paid its share of the cost.", &["The city has never paid its share of the cost"]),
        (
            "Nearly one in five children in Leeds lives in poverty.",
            &["Nearly one in five children in Leeds lives in poverty"],
        ),
        (
            "The law, passed in 1998, bans the sale of ivory in Kenya.",
            &["The law, passed in 1998, bans the sale of ivory in Kenya"],
        ),
    ]);
}

#[test]
fn what_somebody_says_is_a_claim_if_it_can_be_checked() {
    check(&[
        ("“Unemployment has doubled since 2010,” the senator said.", &["Unemployment has doubled since 2010"]),
        (
            "“I love this town. Crime in Chicago fell by 30 percent last year,” the mayor said.",
            &["Crime in Chicago fell by 30 percent last year"],
        ),
        ("The minister said that exports had risen by 4 percent.", &["exports had risen by 4 percent"]),
        (
            "According to the ministry, 300 people were killed in the earthquake.",
            &["300 people were killed in the earthquake"],
        ),
        ("Smith told reporters that the bank had lost $3 billion.", &["the bank had lost $3 billion"]),
        ("“Nobody ever passed the fog test,” he told the agency Estuary Press.", &["Nobody ever passed the fog test"]),
        (
            "The report found that 40 percent of wells in Bengal were poisoned.",
            &["40 percent of wells in Bengal were poisoned"],
        ),
        ("“The Pentagon spent $2 billion on the jets,” said Brown.", &["The Pentagon spent $2 billion on the jets"]),
        ("Police said 12 people had died in the fire.", &["12 people had died in the fire"]),
    ]);
}

#[test]
fn wishes_questions_and_opinions_are_no_claims() {
    check(&[
        ("The weather was fine.", &[]),
        ("“I love this town,” the mayor said.", &[]),
        ("“How many people died in 2010?” she asked.", &[]),
        ("“I hope we win 60 percent of the vote,” he said.", &[]),
        ("The mayor said the plan was a disgrace.", &[]),
        ("She walked to the window and smiled.", &[]),
        ("“We will create a million jobs,” the candidate said.", &[]),
        ("“Thank you very much, Ohio,” she said.", &[]),
        ("Will the bridge be open in 2020?", &[]),
        ("“I think it is beautiful,” he said.", &[]),
        ("“Come with us,” the guard said.", &[]),
        ("The minister may visit the town on Friday.", &[]),
        ("“We must act now,” she said.", &[]),
        ("Subscribe to our newsletter for 2 dollars.", &[]),
        ("The 30-year-old lawyer smiled.", &[]),
        ("“I was 12 when I saw the sea,” she said.", &[]),
        ("“It was the best day of my life,” Brown said.", &[]),
    ]);
}

#[test]
fn a_claim_is_tied_to_the_quote_and_to_who_makes_it() {
    let rows = [
        (
            "“Unemployment has doubled since 2010,” the senator said.",
            vec!["expresses from “Unemployment has doubled since 2010,”"],
        ),
        (
            "The minister said that exports had risen by 4 percent.",
            vec!["expresses from that exports had risen by 4 percent", "attributed_to to The minister"],
        ),
        ("Two million people fled the country after the war.", vec![]),
        (
            "The bank denied that it had lost 4 million dollars.",
            vec!["denies from denied that it had lost 4 million dollars"],
        ),
    ];
    for (text, expected) in rows {
        let text = Text::new(text.to_owned());
        let found = propose(&text, Some("en"), &[]);
        let words = |at: usize| text.slice(found.annotations[at].spans[0]).unwrap();
        let claim = found.annotations.iter().position(|found| found.label == "claim").unwrap();
        let ties: Vec<_> = found
            .relations
            .iter()
            .filter_map(|tie| match (tie.from == claim, tie.to == claim) {
                (true, _) => Some(format!("{} to {}", tie.kind, words(tie.to))),
                (_, true) => Some(format!("{} from {}", tie.kind, words(tie.from))),
                _ => None,
            })
            .collect();
        assert_eq!(ties, expected, "{}", text.as_str());
    }
}

#[test]
fn a_claim_says_how_much_it_is_worth_and_how_it_is_meant() {
    let rows = [
        ("Exports to China rose by 7 percent in 2015.", "checkworthy=yes polarity=positive"),
        ("The city has never paid its share of the cost.", "checkworthy=minor polarity=negative"),
        ("Perhaps 4,000 people were killed in Kenya in 1998.", "checkworthy=yes polarity=positive certainty=possible"),
    ];
    for (text, expected) in rows {
        let text = Text::new(text.to_owned());
        let found = propose(&text, Some("en"), &[]);
        let claim = found.annotations.iter().find(|found| found.label == "claim").unwrap();
        let values: Vec<_> = claim.attributes.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(values.join(" "), expected, "{}", text.as_str());
        assert!((0.5..=1.0).contains(&claim.score) && !claim.because.is_empty(), "{}", text.as_str());
    }
}

#[test]
fn few_claims_are_proposed() {
    let article = "Exports to China rose by 7 percent in 2015. ".repeat(60);
    let words = article.split_whitespace().count();
    let found = claims(&article).len();
    assert!(found > 0 && found <= words.div_ceil(60), "{found} claims in {words} words");
}
