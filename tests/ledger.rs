//! The source ledger: who speaks in a project, how often, under which names; merged and split by hand.

use std::collections::BTreeMap;

use ascribe_engine::{
    Action, Session,
    dataset::{Chosen, Selection},
    ledger::{Column, Grouping, Ledger, Row, csv, ledger, matches, sort},
};
use ascribe_schema::{AnnotationId, DocumentId, Span};
use ascribe_tests::{BRIDGE, Fresh, Random, TIME, document, files, name, run, set_of};
use proptest::prelude::*;
use serde_json::Value;

/// People at some articles; words are tagged where they first stand.
struct Desk {
    fresh: Fresh,
    ids: Vec<DocumentId>,
    random: Random,
}

impl Desk {
    fn new(articles: &[&str]) -> Self {
        let (fresh, ids) = Fresh::of(articles);
        Self { fresh, ids, random: Random(5) }
    }

    fn act(&mut self, session: &mut Session, article: usize, action: Action) -> AnnotationId {
        let random = &mut self.random;
        let deed = session.act(&self.ids[article], action, TIME, &mut || random.bits()).unwrap();
        deed.annotations().next().map_or(AnnotationId::from(""), |annotation| annotation.id.clone())
    }

    fn tag(
        &mut self,
        session: &mut Session,
        article: usize,
        label: &str,
        words: &str,
        attributes: &[(&str, &str)],
    ) -> AnnotationId {
        let text = session.text(&self.ids[article]).unwrap().as_str().to_owned();
        let at = text.find(words).unwrap_or_else(|| panic!("`{words}` in {text}"));
        let start = text[..at].chars().count() as u32;
        let attributes = attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let spans = vec![Span::new(start, start + words.chars().count() as u32)];
        self.act(session, article, Action::TagAll { label: label.to_owned(), spans, attributes })
    }

    fn tie(&mut self, session: &mut Session, article: usize, kind: &str, from: &AnnotationId, to: &AnnotationId) {
        let (from, to, kind) = (from.clone(), to.clone(), Some(kind.to_owned()));
        self.act(session, article, Action::Tie { from, to, kind });
    }

    fn ledger(&self, chosen: Chosen) -> Ledger {
        ledger(&self.fresh.load(), &Selection { chosen, ..Selection::default() }).unwrap()
    }
}

fn row<'a>(ledger: &'a Ledger, name: &str) -> &'a Row {
    let names = || ledger.rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>();
    ledger.rows.iter().find(|row| row.name == name).unwrap_or_else(|| panic!("`{name}` in {:?}", names()))
}

/// Name, quotes, claims, denials, denied, articles.
fn numbers(row: &Row) -> (&str, [usize; 5]) {
    (&row.name, [row.quotes, row.claims, row.denials, row.denied, row.documents.len()])
}

#[test]
fn sources_are_grouped_by_entity_or_name_and_never_by_guess() {
    for (sources, expected) in [
        (&[("Benny Gantz", ""), ("Mr. Benny Gantz", ""), ("BENNY GANTZ’s", "")][..], &["BENNY GANTZ’s 3 name"][..]),
        (&[("Gantz", "Benny Gantz"), ("the minister", "Benny Gantz"), ("Benny Gantz", "")], &["Benny Gantz 3 name"]),
        (&[("Gantz", "Benny Gantz"), ("the minister", "benny  gantz")], &["Benny Gantz 2 entity"]),
        (&[("Gantz", ""), ("Benny Gantz", "")], &["Benny Gantz 1 name", "Gantz 1 name"]),
        (&[("he", ""), ("He", "")], &["unresolved: He 2 unresolved"]),
        (&[("he", "Benny Gantz"), ("she", "")], &["Benny Gantz 1 entity", "unresolved: she 1 unresolved"]),
        (
            &[("a senior official", ""), ("the Foreign Ministry", "")],
            &["the Foreign Ministry 1 name", "unresolved: a senior official 1 unresolved"],
        ),
        (&[("Benny Gantz, the defence minister", ""), ("Benny Gantz", "")], &["Benny Gantz 2 name"]),
        (&[("Benny Gantz, the defence minister", "")], &["Benny Gantz, the defence minister 1 name"]),
        (&[("Minister of Defence", ""), ("Defence", "")], &["Defence 1 name", "Minister of Defence 1 name"]),
    ] {
        let text = sources.iter().map(|(words, _)| *words).collect::<Vec<_>>().join("\n");
        let mut desk = Desk::new(&[&text]);
        let mut session = desk.fresh.session("amina");
        let mut start = 0;
        for (words, entity) in sources {
            let spans = vec![Span::new(start, start + words.chars().count() as u32)];
            let attributes = if entity.is_empty() {
                BTreeMap::new()
            } else {
                BTreeMap::from([("entity".to_owned(), (*entity).to_owned())])
            };
            desk.act(&mut session, 0, Action::TagAll { label: "source".to_owned(), spans, attributes });
            start += words.chars().count() as u32 + 1;
        }
        session.flush();
        let ledger = desk.ledger(Chosen::Only);
        let mut rows: Vec<_> = ledger
            .rows
            .iter()
            .map(|row| {
                format!("{} {} {}", row.name, row.mentions.len(), format!("{:?}", row.grouped_by).to_lowercase())
            })
            .collect();
        rows.sort();
        assert_eq!(rows, expected, "{sources:?}");
    }
}

#[test]
fn what_a_source_says_is_counted_once_wherever_it_is_tied() {
    let mut desk =
        Desk::new(&["“It rains”, said Gantz. Gantz denied it. “No, it is dry”, said Lapid.", "Lapid: “It rains now”."]);
    let mut session = desk.fresh.session("amina");
    let s = &mut session;
    let rains = desk.tag(s, 0, "quote", "“It rains”", &[]);
    let claim = desk.tag(s, 0, "claim", "It rains", &[]);
    let gantz = desk.tag(s, 0, "source", "Gantz", &[("kind", "person"), ("entity", "Benny Gantz")]);
    let dry = desk.tag(s, 0, "quote", "“No, it is dry”", &[]);
    let denied = desk.tag(s, 0, "denial", "No", &[]);
    let lapid = desk.tag(s, 0, "source", "Lapid", &[("kind", "person")]);
    let taken_back = desk.tag(s, 0, "denial", "denied it", &[("strength", "retraction")]);
    for (kind, from, to) in [
        ("attributed_to", &rains, &gantz),
        ("attributed_to", &claim, &gantz),
        ("expresses", &rains, &claim),
        ("attributed_to", &dry, &lapid),
        ("attributed_to", &denied, &lapid),
        ("denies", &denied, &claim),
        ("attributed_to", &taken_back, &gantz),
        ("denies", &taken_back, &rains),
    ] {
        desk.tie(s, 0, kind, from, to);
    }
    let again = desk.tag(s, 1, "quote", "“It rains now”", &[]);
    let lapid = desk.tag(s, 1, "source", "Lapid", &[]);
    desk.tie(s, 1, "attributed_to", &again, &lapid);
    session.flush();
    let ledger = desk.ledger(Chosen::Only);
    let rows: Vec<_> = ledger.rows.iter().map(numbers).collect();
    assert_eq!(rows, [("Lapid", [2, 0, 1, 0, 2]), ("Benny Gantz", [1, 1, 1, 1, 1])]);
    let gantz = row(&ledger, "Benny Gantz");
    assert_eq!((gantz.also.as_slice(), gantz.grouped_by), (["Gantz".to_owned()].as_slice(), Grouping::Entity));
    assert_eq!(gantz.kind, BTreeMap::from([("person".to_owned(), 1)]));
    assert_eq!(gantz.annotators, [name("amina")]);
}

#[test]
fn who_cannot_be_told_is_a_row_of_their_article() {
    let mut desk = Desk::new(&["He said no.", "He said yes."]);
    let mut session = desk.fresh.session("amina");
    desk.tag(&mut session, 0, "source", "He", &[("naming", "pronoun")]);
    desk.tag(&mut session, 1, "source", "He", &[("naming", "pronoun")]);
    session.flush();
    let ledger = desk.ledger(Chosen::Only);
    assert_eq!(ledger.rows.len(), 2, "nobody says that they are the same");
    for row in &ledger.rows {
        assert_eq!(
            (row.name.as_str(), row.documents.len(), row.grouped_by),
            ("unresolved: He", 1, Grouping::Unresolved)
        );
        assert_eq!(row.naming, BTreeMap::from([("pronoun".to_owned(), 1)]));
    }
}

#[test]
fn what_is_not_the_article_counts_nowhere() {
    let mut desk = Desk::new(&["Read also: Gantz said it.\n\nLapid said no."]);
    let mut session = desk.fresh.session("amina");
    desk.tag(&mut session, 0, "paratext", "Read also: Gantz said it.", &[]);
    desk.tag(&mut session, 0, "source", "Gantz", &[]);
    desk.tag(&mut session, 0, "source", "Lapid", &[]);
    session.flush();
    assert_eq!(desk.ledger(Chosen::Only).rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["Lapid"]);
}

#[test]
fn whose_sources_count_is_chosen_as_for_exports() {
    let project = Fresh::sample().load();
    let of = |chosen| ledger(&project, &Selection { chosen, ..Selection::default() });
    assert!(of(Chosen::Only).unwrap_err().to_string().contains("choose with --annotator NAME, --gold or --all"));
    let people = |chosen| -> Vec<String> {
        let ledger = of(chosen).unwrap();
        let mut people: Vec<_> = ledger.rows.iter().flat_map(|row| row.annotators.clone()).collect();
        people.sort();
        people.dedup();
        people.into_iter().map(|name| name.to_string()).collect()
    };
    assert_eq!(people(Chosen::Gold), ["gold"]);
    assert_eq!(people(Chosen::All), ["amina", "bo"]);
    assert_eq!(people(Chosen::Named(vec![name("bo")])), ["bo"]);
}

/// amina and bo at two articles: Gantz under two names.
fn two_people() -> Desk {
    let mut desk = Desk::new(&["Gantz said no.", "Benny Gantz said yes. Gantz left."]);
    let mut session = desk.fresh.session("amina");
    desk.tag(&mut session, 0, "source", "Gantz", &[]);
    desk.tag(&mut session, 1, "source", "Benny Gantz", &[]);
    session.flush();
    drop(session);
    let mut session = desk.fresh.session("bo");
    desk.tag(&mut session, 1, "source", "Benny Gantz", &[]);
    session.flush();
    desk
}

#[test]
fn rows_are_merged_by_one_entity_in_all_articles_and_undone_at_once() {
    let desk = two_people();
    let before = files(&desk.fresh.path);
    let mut session = desk.fresh.session("amina");
    let all = desk.ledger(Chosen::All);
    let mentions: Vec<_> = all.rows.iter().flat_map(|row| row.mentions.clone()).collect();
    assert_eq!((all.rows.len(), mentions.len()), (2, 3));
    let renamed = session.name_sources(&mentions, Some("Benny Gantz")).unwrap();
    assert_eq!((renamed.changed, renamed.documents, renamed.others), (2, 2, 1));
    assert_eq!(session.history().undoable().unwrap().name, "Name a source “Benny Gantz” in 2 articles");
    session.flush();
    let merged = desk.ledger(Chosen::All);
    assert_eq!(merged.rows.len(), 1);
    assert_eq!((merged.rows[0].name.as_str(), merged.rows[0].mentions.len()), ("Benny Gantz", 3));
    let theirs = format!("annotations/bo/{}.ron", desk.ids[1]);
    assert!(desk.fresh.read(&theirs) == before[&theirs], "nobody touches another’s set");
    assert_eq!(session.undo_together().unwrap().len(), 2);
    session.flush();
    assert!(files(&desk.fresh.path) == before);
    assert_eq!(session.redo_together().unwrap().len(), 2);
    session.flush();
    assert_eq!(desk.ledger(Chosen::All), merged);
}

#[test]
fn a_row_is_split_by_taking_or_changing_the_entity_of_some_mentions() {
    let desk = two_people();
    let mut session = desk.fresh.session("amina");
    let mentions = |desk: &Desk| -> Vec<_> {
        desk.ledger(Chosen::Named(vec![name("amina")])).rows.into_iter().flat_map(|row| row.mentions).collect()
    };
    session.name_sources(&mentions(&desk), Some("Benny Gantz")).unwrap();
    session.flush();
    let one = mentions(&desk).into_iter().find(|mention| mention.words == "Gantz").unwrap();
    session.name_sources(std::slice::from_ref(&one), Some("Revital Gantz")).unwrap();
    session.flush();
    let names = |desk: &Desk| -> Vec<_> {
        desk.ledger(Chosen::Named(vec![name("amina")])).rows.into_iter().map(|row| row.name).collect()
    };
    assert_eq!(names(&desk), ["Benny Gantz", "Revital Gantz"]);
    let one = mentions(&desk).into_iter().find(|mention| mention.words == "Gantz").unwrap();
    session.name_sources(std::slice::from_ref(&one), None).unwrap();
    session.flush();
    assert_eq!(names(&desk), ["Benny Gantz", "Gantz"]);
    let one = mentions(&desk).into_iter().find(|mention| mention.words == "Gantz").unwrap();
    assert_eq!(session.name_sources(&[one], Some("  ")).unwrap_err().to_string(), "nothing to change");
}

#[test]
fn only_others_mentions_change_nothing_and_are_counted() {
    let desk = two_people();
    let mut session = desk.fresh.session("cleo");
    let mentions: Vec<_> = desk.ledger(Chosen::All).rows.into_iter().flat_map(|row| row.mentions).collect();
    let renamed = session.name_sources(&mentions, Some("X")).unwrap();
    assert_eq!((renamed.changed, renamed.others), (0, 3));
    assert!(session.history().undoable().is_none());
}

#[test]
fn deeds_with_the_same_name_about_one_article_are_undone_one_by_one() {
    let desk = two_people();
    let mut session = desk.fresh.session("amina");
    let ledger = desk.ledger(Chosen::Named(vec![name("amina")]));
    for (entity, row) in ["A", "B"].into_iter().zip(&ledger.rows) {
        session.name_sources(&row.mentions, Some(entity)).unwrap();
    }
    assert_eq!(session.undo_together().unwrap().len(), 1);
}

#[test]
fn rows_are_sorted_by_each_column_and_filtered_by_words() {
    let mut ledger =
        ledger(&Fresh::sample().load(), &Selection { chosen: Chosen::Gold, ..Selection::default() }).unwrap();
    for column in Column::ALL {
        sort(&mut ledger.rows, column, false);
        let rising = ledger.rows.clone();
        match column.number(&rising[0]) {
            Some(_) => assert!(rising.is_sorted_by_key(|row| column.number(row)), "{column:?}"),
            None => assert!(rising.is_sorted_by_key(|row| column.text(row).to_lowercase()), "{column:?}"),
        }
        sort(&mut ledger.rows, column, true);
        assert_eq!(column.text(&ledger.rows[0]), column.text(rising.last().unwrap()), "{column:?}");
    }
    let orrell = row(&ledger, "Tamsin Orrell");
    for (words, found) in
        [("", true), ("orrell", true), ("TAMSIN orr", true), ("person tamsin", true), ("she", true), ("gantz", false)]
    {
        assert_eq!(matches(orrell, words), found, "{words}");
    }
}

#[test]
fn stats_lists_the_sources_and_writes_them_as_a_table() {
    let fresh = Fresh::sample();
    let project = fresh.path.to_str().unwrap();
    let output = run(&["stats", project]);
    assert_eq!(output.status, 0);
    assert!(output.out.contains("sources: several people have annotated"), "{}", output.out);
    assert_eq!(run(&["stats", project, "--sources"]).status, 2, "whoever asks must choose");
    let output = run(&["stats", project, "--gold", "--sources"]);
    let count = ledger(&fresh.load(), &Selection { chosen: Chosen::Gold, ..Selection::default() }).unwrap().rows.len();
    assert!(output.out.contains(&format!("\n{count} sources\n  name ")), "{}", output.out);
    assert!(output.out.contains("\n  Tamsin Orrell "), "{}", output.out);
    let unasked = run(&["stats", project, "--json"]);
    let unasked: Value = serde_json::from_str(&unasked.out).unwrap();
    assert!(unasked["no_sources"].as_str().unwrap().contains("several people have annotated"), "{unasked}");
    let json: Value = serde_json::from_str(&run(&["stats", project, "--gold", "--json"]).out).unwrap();
    assert_eq!(json["sources"].as_array().unwrap().len(), count);
    assert_eq!(json["title"], "The bridge at Port Averne");
    let file = fresh.outside.path().join("sources.csv");
    let before = files(&fresh.path);
    let output = run(&["stats", project, "--gold", "--sources-csv", file.to_str().unwrap()]);
    assert_eq!((output.status, output.err.as_str()), (0, ""));
    assert!(files(&fresh.path) == before);
    let table = std::fs::read_to_string(&file).unwrap();
    assert_eq!(table.lines().count(), count + 1);
    assert!(table.starts_with("\u{feff}name,also,kind,"), "{table}");
    assert!(table.contains(BRIDGE) && table.contains("\nTamsin Orrell,"), "{table}");
}

#[test]
fn no_name_runs_as_a_formula() {
    let desk = two_people();
    let mut session = desk.fresh.session("amina");
    let mine = desk.ledger(Chosen::Named(vec![name("amina")]));
    session.name_sources(&mine.rows[0].mentions, Some("=HYPERLINK(\"http://x\")")).unwrap();
    session.flush();
    let table = String::from_utf8(csv(&desk.ledger(Chosen::Named(vec![name("amina")]))).unwrap()).unwrap();
    assert!(table.contains("\"'=HYPERLINK(\"\"http://x\"\")\""), "{table}");
    assert!(!table.contains("\n=") && !table.contains(",="), "{table}");
}

#[test]
fn the_sample_has_the_sources_that_its_files_name() {
    let fresh = Fresh::sample();
    let project = fresh.load();
    let ledger =
        ledger(&project, &Selection { chosen: Chosen::Named(vec![name("amina")]), ..Selection::default() }).unwrap();
    let set = &project.documents[&document(BRIDGE)].sets[&name("amina")].set;
    let sources = set.annotations.iter().filter(|annotation| annotation.label == "source").count();
    assert_eq!(ledger.rows.iter().map(|row| row.mentions.len()).sum::<usize>(), sources);
    let text = fresh.text(&set_of("amina"));
    let entities: std::collections::BTreeSet<_> =
        text.split("\"entity\": \"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let names: std::collections::BTreeSet<_> = ledger.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, entities);
    assert!(ledger.rows.iter().all(|row| row.grouped_by == Grouping::Entity));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Each source that counts is in exactly one row, whatever it is called; the sums are those of the ties.
    #[test]
    fn every_mention_is_in_one_row(
        sources in prop::collection::vec(("(the |Mr\\. |)(Gantz|Lapid|he|an official)('s|, the minister|)", prop_oneof![Just(""), Just("Benny Gantz"), Just("gantz")], any::<bool>()), 1..12),
    ) {
        let text = sources.iter().map(|(words, ..)| words.as_str()).collect::<Vec<_>>().join("\n");
        let mut desk = Desk::new(&[&format!("“Yes”\n{text}")]);
        let mut session = desk.fresh.session("amina");
        let quote = desk.tag(&mut session, 0, "quote", "“Yes”", &[]);
        let (mut start, mut tied) = (6, 0);
        for (words, entity, says) in &sources {
            let spans = vec![Span::new(start, start + words.chars().count() as u32)];
            let attributes: BTreeMap<_, _> = [("entity".to_owned(), (*entity).to_owned())].into_iter().filter(|(_, value)| !value.is_empty()).collect();
            let source = desk.act(&mut session, 0, Action::TagAll { label: "source".to_owned(), spans, attributes });
            start += words.chars().count() as u32 + 1;
            if *says {
                desk.tie(&mut session, 0, "attributed_to", &quote, &source);
                tied += 1;
            }
        }
        session.flush();
        let ledger = desk.ledger(Chosen::Only);
        let mut mentions: Vec<_> = ledger.rows.iter().flat_map(|row| &row.mentions).map(|mention| mention.annotation.clone()).collect();
        prop_assert_eq!(mentions.len(), sources.len());
        mentions.sort();
        mentions.dedup();
        prop_assert_eq!(mentions.len(), sources.len());
        prop_assert!(ledger.rows.iter().all(|row| row.quotes <= 1), "one quote is counted once a source");
        prop_assert_eq!(ledger.rows.iter().any(|row| row.quotes == 1), tied > 0);
        prop_assert!(ledger.rows.iter().map(|row| &row.key).collect::<std::collections::BTreeSet<_>>().len() == ledger.rows.len());
    }
}
