//! Lines that are not the article: proposed on import, with exact spans, and never a sentence of the article.

use ascribe_engine::{Action, Article, Options, Session, open_proposal, paratext, read, snap::cuts_cluster, stats};
use ascribe_schema::{DocumentId, Offset, PARATEXT, Span, Text};
use ascribe_tests::{Fresh, TIME, name, run, shared};
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

/// An article with a proposal in its third line, opened by amina; its words are at the places that the tests name.
const ARTICLE: &str = "Title\n\nRead also: Another article\n\nHe said “no”.";
/// The proposal.
const PROPOSAL: (u32, u32) = (7, 33);

fn act(session: &mut Session, id: &DocumentId, action: Action) -> Result<(), String> {
    session.act(id, action, TIME, &mut ascribe_cli::random).map(|_| ()).map_err(|reason| reason.to_string())
}

fn span((start, end): (u32, u32)) -> Span {
    Span::new(start, end)
}

/// What is not the article for amina.
fn aside(session: &Session, id: &DocumentId) -> Vec<Span> {
    let proposed = &session.project().documents[id].record.paratext;
    let set = session.set(id);
    paratext(proposed, set.iter().flat_map(|set| set.annotations()).map(|annotation| &**annotation))
}

#[test]
fn a_proposal_is_rejected_for_good_and_that_can_be_undone() {
    let (fresh, ids) = Fresh::of(&[ARTICLE]);
    let (id, mut session) = (&ids[0], fresh.session("amina"));
    let proposed = session.project().documents[id].record.paratext.clone();
    assert_eq!(proposed, [span(PROPOSAL)]);
    assert_eq!(aside(&session, id), proposed);
    // A part of the line is enough to say so of all of it.
    let keep = || Action::KeepInArticle { span: Span::new(7, 16), proposed: proposed.clone() };
    act(&mut session, id, keep()).unwrap();
    assert_eq!(aside(&session, id), []);
    assert!(act(&mut session, id, keep()).is_err(), "there is nothing left to change");
    session.flush();
    assert!(fresh.text(&format!("annotations/amina/{id}.ron")).contains(r#"attributes: {"rejected": "yes"}"#));
    drop(session);
    let mut session = fresh.session("amina");
    assert_eq!((aside(&session, id), session.project().problems.len()), (vec![], 0));
    assert_eq!(open_proposal(session.set(id), &proposed, Offset::ZERO, true), None);
    session.undo().unwrap();
    assert_eq!(aside(&session, id), proposed);
}

#[test]
fn a_mark_is_made_and_taken_away_by_hand() {
    let (fresh, ids) = Fresh::of(&[ARTICLE]);
    let (id, mut session) = (&ids[0], fresh.session("amina"));
    let proposed = session.project().documents[id].record.paratext.clone();
    let mark = |spans: &[(u32, u32)]| {
        let spans = spans.iter().copied().map(span).collect();
        Action::Tag { label: PARATEXT.to_owned(), spans, tie: None }
    };
    act(&mut session, id, mark(&[(35, 42)])).unwrap();
    assert_eq!(aside(&session, id), [span(PROPOSAL), Span::new(35, 42)]);
    act(&mut session, id, Action::KeepInArticle { span: Span::new(36, 37), proposed: vec![] }).unwrap();
    assert_eq!(aside(&session, id), proposed);
    act(&mut session, id, mark(&[PROPOSAL])).unwrap();
    act(&mut session, id, Action::KeepInArticle { span: span(PROPOSAL), proposed: proposed.clone() }).unwrap();
    assert_eq!(aside(&session, id), [], "neither the mark nor the proposal");
    act(&mut session, id, mark(&[PROPOSAL])).unwrap();
    assert_eq!(aside(&session, id), proposed, "whoever changes their mind marks it");
}

#[test]
fn what_lies_in_it_is_left_out_of_counts_and_counted() {
    let (fresh, ids) = Fresh::of(&[ARTICLE]);
    let (id, mut session) = (&ids[0], fresh.session("amina"));
    let proposed = session.project().documents[id].record.paratext.clone();
    let claim = |at| Action::Tag { label: "claim".to_owned(), spans: vec![span(at)], tie: None };
    act(&mut session, id, claim((18, 33))).unwrap();
    act(&mut session, id, claim((35, 47))).unwrap();
    let counted = |session: &mut Session| {
        session.flush();
        let counts = stats(&fresh.load()).annotators.remove(&name("amina")).unwrap();
        (counts.annotations, counts.labels.get("claim").copied(), counts.paratext)
    };
    assert_eq!(counted(&mut session), (1, Some(1), 1));
    let told = run(&["stats".as_ref(), fresh.path.as_os_str()]).out;
    assert!(told.contains("1 annotations (1 claim); relations: ; 1 left out, in what is not the article"), "{told}");
    let json = run(&["stats".as_ref(), fresh.path.as_os_str(), "--json".as_ref()]).out;
    assert!(json.contains(r#""paratext": 1"#));
    act(&mut session, id, Action::KeepInArticle { span: span(PROPOSAL), proposed }).unwrap();
    assert_eq!(counted(&mut session), (2, Some(2), 0));
}
