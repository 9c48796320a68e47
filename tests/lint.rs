//! What careful tagging does not leave behind: each rule finds it, says it, and settles it where that is safe.

use std::collections::{BTreeMap, BTreeSet};

use ascribe_engine::{
    Project, Session,
    lint::{Finding, RULES, lint_project, rule},
};
use ascribe_schema::{
    Annotation, AnnotationId, AnnotationSet, AnnotatorName, Decided, DocumentId, FORMAT, Origin, Progress, Relation,
    RelationId, Severity, Span, write,
};
use ascribe_tests::{Fresh, Random, TIME, files, name, run};
use proptest::prelude::*;
use serde_json::Value;

/// A project with one article and sets that are written as files, since some of what lint finds cannot be made in the
/// window.
struct Desk {
    fresh: Fresh,
    id: DocumentId,
    text: String,
    sets: BTreeMap<AnnotatorName, AnnotationSet>,
    made: u64,
}

impl Desk {
    fn new(text: &str) -> Self {
        let (fresh, ids) = Fresh::of(&[text]);
        let id = ids[0].clone();
        let text = fresh.text(&format!("documents/{id}.txt"));
        Self { fresh, id, text, sets: BTreeMap::new(), made: 0 }
    }

    fn set(&mut self, annotator: &str) -> &mut AnnotationSet {
        let (id, annotator) = (self.id.clone(), name(annotator));
        let document = self.fresh.load().documents.remove(&id).unwrap();
        self.sets.entry(annotator.clone()).or_insert_with(|| AnnotationSet {
            format: FORMAT,
            document: id,
            text_sha256: document.text_sha256().to_owned(),
            annotator,
            progress: Progress::InProgress,
            annotations: Vec::new(),
            rejected: Vec::new(),
            conflicts: Vec::new(),
            relations: Vec::new(),
        })
    }

    /// Tags the first place of each fragment, in their order, divided by `…`; `#2` in front is the second place.
    fn tag(&mut self, annotator: &str, label: &str, words: &str, attributes: &[(&str, &str)]) -> AnnotationId {
        let (nth, words) = match words.strip_prefix('#') {
            Some(rest) => (rest[..1].parse().unwrap(), &rest[1..]),
            None => (1, words),
        };
        let (mut spans, mut after) = (Vec::new(), 0);
        for part in words.split('…') {
            let found = self.text[after..].match_indices(part).nth(if spans.is_empty() { nth - 1 } else { 0 });
            let at = after + found.unwrap_or_else(|| panic!("`{part}` stands in {}", self.text)).0;
            after = at + part.len();
            let start = self.text[..at].chars().count() as u32;
            spans.push(Span::new(start, start + part.chars().count() as u32));
        }
        self.tag_spans(annotator, label, spans, attributes)
    }

    fn tag_spans(
        &mut self,
        annotator: &str,
        label: &str,
        spans: Vec<Span>,
        attributes: &[(&str, &str)],
    ) -> AnnotationId {
        self.made += 1;
        let id = AnnotationId::from_bits(self.made);
        let exact =
            |span: &Span| self.text.chars().skip(span.start.get()).take(span.len() as usize).collect::<String>();
        let annotation = Annotation {
            id: id.clone(),
            label: label.to_owned(),
            text: spans.iter().map(exact).collect(),
            spans,
            attributes: attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            note: String::new(),
            text_sha256: String::new(),
            origin: Origin::Human(name(annotator)),
            created: String::new(),
            decided: None,
        };
        self.set(annotator).annotations.push(annotation);
        id
    }

    fn tie(&mut self, annotator: &str, kind: &str, from: &AnnotationId, to: &AnnotationId) {
        self.made += 1;
        let id = RelationId::from_bits(self.made);
        let relation = Relation { id, kind: kind.to_owned(), from: from.clone(), to: to.clone() };
        self.set(annotator).relations.push(relation);
    }

    fn load(&mut self) -> Project {
        for (annotator, set) in &mut self.sets {
            set.sort();
            self.fresh.write(&format!("annotations/{annotator}/{}.ron", self.id), write(set).unwrap());
        }
        self.fresh.load()
    }

    fn findings(&mut self) -> Vec<Finding> {
        lint_project(&self.load())
    }

    /// The findings of one rule.
    fn of(&mut self, rule: &str) -> Vec<Finding> {
        self.findings().into_iter().filter(|finding| finding.rule == rule).collect()
    }
}

fn act(session: &mut Session, document: &DocumentId, finding: &Finding) {
    let mut random = Random(7);
    let action = finding.fix.clone().unwrap().action;
    session.act(document, action, TIME, &mut || random.bits()).unwrap();
}

type Attributes = &'static [(&'static str, &'static str)];
/// A tag: its label, its words, its attributes.
type Tag = (&'static str, &'static str, Attributes);
/// A tie: its kind, the numbers of its ends.
type Tie = (&'static str, usize, usize);

const SOURCE: Tag = ("source", "Gantz", &[]);

/// Text, tags, ties, the rule, how often it is found, and what the words are after the fix; `-` without a fix.
type Row = (&'static str, &'static [Tag], &'static [Tie], &'static str, usize, &'static str);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    ("“No”, said Gantz.", &[("quote", "“No”", &[]), SOURCE], &[], "quote-without-source", 1, "-"),
    ("“No”, said Gantz.", &[("quote", "“No”", &[]), SOURCE], &[("attributed_to", 0, 1)], "quote-without-source", 0, "-"),
    ("“No”, said Gantz.", &[("quote", "“No”", &[]), SOURCE], &[], "source-never-used", 1, "-"),
    ("“No”, said Gantz.", &[("quote", "“No”", &[]), SOURCE], &[("attributed_to", 0, 1)], "source-never-used", 0, "-"),
    ("Gantz denies it.", &[("denial", "denies it", &[])], &[], "denial-without-target", 1, "-"),
    ("Gantz denies it.", &[("denial", "denies it", &[])], &[], "denial-without-source", 1, "-"),
    ("Gantz denies it.", &[("denial", "denies it", &[]), SOURCE], &[("attributed_to", 0, 1)], "denial-without-source", 0, "-"),
    ("Gantz had no comment.", &[("denial", "had no comment", &[("strength", "no_comment")])], &[], "denial-without-target", 0, "-"),
    ("“It rains here”, said Gantz.", &[("quote", "“It rains here”", &[]), ("claim", "It rains here", &[])], &[], "claim-in-quote-not-tied", 1, "It rains here"),
    ("“It rains here”, said Gantz.", &[("quote", "“It rains here”", &[]), ("claim", "It rains here", &[])], &[("expresses", 0, 1)], "claim-in-quote-not-tied", 0, "-"),
    ("He said it rains.", &[("claim", "it rains", &[]), ("quote", "it rains", &[("form", "indirect")])], &[], "claim-in-quote-not-tied", 1, "it rains"),
    ("“No”, said Gantz. It rains.", &[("quote", "“No”", &[]), ("claim", "It rains", &[])], &[], "claim-in-quote-not-tied", 0, "-"),
    ("“No”, said Gantz and Lapid.", &[("quote", "“No”", &[]), SOURCE, ("source", "Lapid", &[])], &[("attributed_to", 0, 1), ("attributed_to", 0, 2)], "quote-with-several-sources", 1, "-"),
    ("It rains. It rains.", &[("claim", "It rains", &[])], &[("same_as", 0, 0)], "relation-to-itself", 1, "It rains"),
    ("“No”, said Gantz.", &[("quote", "“No”", &[]), SOURCE], &[("attributed_to", 0, 1), ("attributed_to", 0, 1)], "duplicate-relation", 1, "“No”"),
    ("Gantz told Lapid and Bennett.", &[SOURCE, ("source", "Lapid", &[]), ("source", "Bennett", &[])], &[("relayed_by", 0, 1), ("relayed_by", 1, 2), ("relayed_by", 2, 0)], "circular-relay", 1, "-"),
    ("Gantz told Lapid and Bennett.", &[SOURCE, ("source", "Lapid", &[]), ("source", "Bennett", &[])], &[("relayed_by", 0, 1), ("relayed_by", 1, 2), ("relayed_by", 0, 2)], "circular-relay", 0, "-"),
    // Marks.
    ("He said “no way” twice.", &[("quote", "no way", &[])], &[], "span-cuts-quote-mark", 1, "“no way”"),
    ("He said “no way” twice.", &[("quote", "“no way", &[])], &[], "span-cuts-quote-mark", 1, "“no way”"),
    ("He said “no way” twice.", &[("quote", "no way”", &[])], &[], "span-cuts-quote-mark", 1, "“no way”"),
    ("He said “no way” twice.", &[("quote", "“no way”", &[])], &[], "span-cuts-quote-mark", 0, "-"),
    ("He said it was “no way” twice.", &[("quote", "it was “no way", &[])], &[], "span-cuts-quote-mark", 1, "it was “no way”"),
    ("He said it was “no way” twice.", &[("quote", "it was “no way” twice", &[])], &[], "span-cuts-quote-mark", 0, "-"),
    ("“No,” he said, “never.”", &[("quote", "No,…“never.”", &[])], &[], "span-cuts-quote-mark", 1, "“No,” … “never.”"),
    ("“No,” he said, “never.”", &[("quote", "“No,”…“never.”", &[])], &[], "span-cuts-quote-mark", 0, "-"),
    ("Il dit «\u{a0}non\u{a0}» hier.", &[("quote", "non", &[])], &[], "span-cuts-quote-mark", 1, "«\u{a0}non\u{a0}»"),
    ("Er sagte „nein“ dazu.", &[("quote", "nein", &[])], &[], "span-cuts-quote-mark", 1, "„nein“"),
    ("“He told me ‘no’ again,” she said.", &[("quote", "‘no’", &[])], &[], "span-cuts-quote-mark", 0, "-"),
    ("“‘No’ is all he said,” she said.", &[("quote", "‘No’", &[])], &[], "span-cuts-quote-mark", 0, "-"),
    ("“It rains here”, said Gantz.", &[("claim", "It rains here", &[])], &[], "span-cuts-quote-mark", 0, "-"),
    ("“It rains here”, said Gantz.", &[("claim", "“It rains", &[])], &[], "span-cuts-quote-mark", 1, "It rains"),
    ("“It rains here”, said Gantz.", &[("claim", "rains here”", &[])], &[], "span-cuts-quote-mark", 1, "rains here"),
    ("“It rains here”, said Gantz.", &[("claim", "“It rains here”", &[])], &[], "span-cuts-quote-mark", 0, "-"),
    ("He said “no way twice.", &[("quote", "“no way twice.", &[])], &[], "quote-marks-unbalanced", 1, "-"),
    ("“It is so. “We go,” he said.", &[("quote", "“We go,”", &[])], &[], "quote-marks-unbalanced", 0, "-"),
    ("He said “no way” twice.", &[("quote", "“no way”", &[])], &[], "quote-marks-unbalanced", 0, "-"),
    // Words and spaces.
    ("The ministers said no.", &[("source", "The minister", &[])], &[], "span-cuts-word", 1, "The ministers"),
    ("The ministers said no.", &[("source", "inisters", &[])], &[], "span-cuts-word", 1, "ministers"),
    ("The minister’s word.", &[("source", "The minister", &[])], &[], "span-cuts-word", 0, "-"),
    ("外交部发言人否认。", &[("source", "交部", &[])], &[], "span-cuts-word", 0, "-"),
    ("قال الوزير وقال", &[("source", "لوزير", &[])], &[], "span-cuts-word", 0, "-"),
    ("The minister said no.", &[("source", " minister ", &[])], &[], "span-has-space-at-its-end", 1, "minister"),
    ("The minister said no.", &[("source", "minister", &[])], &[], "span-has-space-at-its-end", 0, "-"),
    ("The minister\nof sport said no.", &[("source", "minister\nof sport", &[])], &[], "source-over-lines", 1, "-"),
    ("Gantz said it rains.", &[("quote", "it rains", &[("form", "direct")])], &[], "form-against-marks", 1, "-"),
    ("Gantz said “it rains”.", &[("quote", "“it rains”", &[("form", "indirect")])], &[], "form-against-marks", 1, "-"),
    ("Gantz said “it rains”.", &[("quote", "“it rains”", &[("form", "direct")])], &[], "form-against-marks", 0, "-"),
    ("Read also: Gantz said it.", &[("paratext", "Read also: Gantz said it.", &[]), SOURCE], &[], "tag-in-paratext", 1, "-"),
    // The same again.
    ("Gantz said no.", &[SOURCE, SOURCE], &[], "duplicate-annotation", 1, "gone"),
    ("Gantz said no.", &[("source", "Gantz", &[("kind", "person")]), ("source", "Gantz", &[("kind", "group")])], &[], "duplicate-annotation", 1, "-"),
    ("Gantz said no.", &[SOURCE, ("claim", "Gantz", &[])], &[], "duplicate-annotation", 0, "-"),
    ("It rains in the old town.", &[("claim", "It rains in", &[]), ("claim", "in the old", &[])], &[], "crossing-same-label", 1, "-"),
    ("It rains in the old town.", &[("claim", "It rains in", &[]), ("claim", "rains", &[])], &[], "crossing-same-label", 0, "-"),
    ("Gantz, then Gantz, then Gantz.", &[SOURCE, ("source", "#2Gantz", &[]), ("claim", "#3Gantz", &[])], &[], "same-words-tagged-differently", 1, "-"),
    ("Gantz, then Gantz, then Gantz.", &[SOURCE, ("source", "#2Gantz", &[]), ("claim", "#2Gantz", &[])], &[], "same-words-tagged-differently", 0, "-"),
    // Values.
    ("Gantz said no.", &[("source", "Gantz", &[("entity", "Benny Gantz ")])], &[], "attribute-with-stray-space", 1, "Gantz"),
    ("Gantz said no.", &[("source", "Gantz", &[("entity", " ")])], &[], "attribute-with-stray-space", 1, "Gantz"),
    ("Gantz and Gantz and Gantz.", &[("source", "Gantz", &[("entity", "Benny Gantz")]), ("source", "#2Gantz", &[("entity", "Benny Gantz")]), ("source", "#3Gantz", &[("entity", "benny gántz")])], &[], "source-entity-spelled-differently", 1, "Gantz"),
    ("Gantz and Gantz.", &[("source", "Gantz", &[("entity", "Benny Gantz")]), ("source", "#2Gantz", &[])], &[], "same-name-without-entity", 1, "Gantz"),
    ("he and he.", &[("source", "he", &[("naming", "pronoun"), ("entity", "Gantz")]), ("source", "#2he", &[("naming", "pronoun")])], &[], "same-name-without-entity", 0, "-"),
    ("he said no.", &[("source", "he", &[("naming", "pronoun")])], &[], "pronoun-without-entity", 1, "-"),
    ("an official said no.", &[("source", "an official", &[("naming", "anonymous"), ("entity", "Benny Gantz")])], &[], "anonymous-with-entity", 1, "-"),
    ("an official said no.", &[("source", "an official", &[("naming", "anonymous"), ("entity", "Official in Rabat")])], &[], "anonymous-with-entity", 0, "-"),
    ("It rains.", &[("claim", "It rains", &[("verification", "refuted")])], &[], "verdict-without-note", 1, "-"),
    ("It rains.", &[("claim", "It rains", &[("verification", "in_progress")])], &[], "verdict-without-note", 0, "-"),
];

#[test]
fn every_rule_finds_what_it_is_about_and_nothing_else() {
    for &(text, tags, ties, wanted, count, fixed) in ROWS {
        let row = format!("{wanted} in `{text}` with {tags:?}");
        let mut desk = Desk::new(text);
        let ids: Vec<_> = tags.iter().map(|(label, words, values)| desk.tag("amina", label, words, values)).collect();
        ties.iter().for_each(|&(kind, from, to)| desk.tie("amina", kind, &ids[from], &ids[to]));
        let found = desk.of(wanted);
        assert_eq!(found.len(), count, "{row}: {found:#?}");
        let Some(finding) = found.first() else { continue };
        assert!(!finding.message.is_empty() && !finding.hint.is_empty(), "{row}");
        assert_eq!(finding.fix.is_some(), fixed != "-", "{row}");
        if finding.fix.is_some() {
            let (mut session, id) = (desk.fresh.session("amina"), desk.id.clone());
            act(&mut session, &id, finding);
            let there = session.set(&id).unwrap().annotation(&finding.annotations[0]);
            assert_eq!(there.map_or("gone".to_owned(), |tag| tag.quote()), fixed, "{row}");
            session.flush();
            drop(session);
            desk.sets.clear();
            assert_eq!(desk.of(wanted), [], "{row}: the fix settles it");
        }
    }
}

#[test]
fn every_rule_has_a_row_that_it_finds_and_a_name_of_its_own() {
    let names: BTreeSet<_> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), RULES.len());
    let mut tested: BTreeSet<_> = ROWS.iter().filter(|row| row.4 > 0).map(|row| row.3).collect();
    // These have tests of their own below.
    tested.extend(["gold-without-decision", "gold-out-of-date", "finished-with-open-lint"]);
    assert_eq!(names.difference(&tested).collect::<Vec<_>>(), Vec::<&&str>::new());
    assert!(RULES.iter().all(|listed| rule(listed.name) == Some(listed) && listed.severity < Severity::Error));
}

#[test]
fn a_finished_article_with_something_open_is_told() {
    let mut desk = Desk::new("“No”, said Gantz.");
    desk.tag("amina", "quote", "“No”", &[]);
    assert_eq!(desk.of("finished-with-open-lint"), []);
    desk.set("amina").progress = Progress::Finished;
    let found = desk.of("finished-with-open-lint");
    assert_eq!(found[0].message, "the article is marked as finished, and 1 thing is still open");
    assert_eq!((found.len(), found[0].annotations.len()), (1, 0));
}

#[test]
fn gold_on_which_people_differ_needs_a_decision() {
    let mut desk = Desk::new("“No”, said Gantz. “Yes”, said Lapid.");
    for annotator in ["amina", "bo", "gold"] {
        desk.tag(annotator, "source", "Gantz", &[]);
    }
    assert_eq!(desk.of("gold-without-decision"), [], "all agree");
    desk.tag("amina", "source", "Lapid", &[]);
    desk.tag("gold", "source", "Lapid", &[]);
    desk.tag("gold", "quote", "“Yes”", &[]);
    let found = desk.of("gold-without-decision");
    let messages: Vec<_> = found.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(found[0].annotations.len(), 2);
    let expected = ["2 gold tags were not made by all annotators, such as “Yes”, and no decision is named"];
    assert_eq!(messages, expected);
    for annotation in &mut desk.set("gold").annotations {
        let decided = Decided { by: name("dana"), decision: "d".into(), from: Vec::new() };
        annotation.decided = Some(Box::new(decided));
    }
    assert_eq!(desk.of("gold-without-decision"), [], "somebody has decided");
}

#[test]
fn names_are_compared_over_all_articles_and_people() {
    let (fresh, ids) = Fresh::of(&["Gantz said no.", "Gantz said yes. Gantz said it."]);
    let mut random = Random(1);
    for (annotator, document, start, entity) in
        [("amina", 0, 0, "Benny Gantz"), ("bo", 1, 0, "benny gantz"), ("amina", 1, 17, "Benny Gantz")]
    {
        let mut session = fresh.session(annotator);
        let spans = vec![Span::new(start, start + 5)];
        let attributes = BTreeMap::from([("entity".to_owned(), entity.to_owned())]);
        let action = ascribe_engine::Action::TagAll { label: "source".to_owned(), spans, attributes };
        session.act(&ids[document], action, TIME, &mut || random.bits()).unwrap();
        session.flush();
    }
    let found = lint_project(&fresh.load());
    let spelled: Vec<_> = found.iter().filter(|f| f.rule == "source-entity-spelled-differently").collect();
    assert_eq!(spelled.len(), 1);
    assert_eq!((spelled[0].annotator.as_str(), &spelled[0].document), ("bo", &ids[1]));
    assert!(spelled[0].message.contains("“benny gantz” here and “Benny Gantz” elsewhere"), "{}", spelled[0].message);
}

#[test]
fn rules_are_turned_off_for_the_project_and_for_one_check() {
    let mut desk = Desk::new("“No”, said Gantz.");
    desk.tag("amina", "quote", "“No”", &[]);
    desk.tag("amina", "source", "Gantz", &[]);
    desk.load();
    let project = desk.fresh.path.to_str().unwrap().to_owned();
    let rules = |extra: &[&str]| -> Vec<String> {
        let output = run(&[&["check", &project, "--json"], extra].concat());
        let json: Value = serde_json::from_str(&output.out).unwrap();
        let found = json["lint"]["findings"].as_array().unwrap().iter();
        found.map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
    };
    let (quote, source) = ("quote-without-source", "source-never-used");
    assert_eq!(rules(&[]), [quote, source]);
    assert_eq!(rules(&["--off", quote]), [source]);
    assert_eq!(rules(&["--rule", quote]), [quote]);
    let mut session = desk.fresh.session("amina");
    assert!(session.is_on(quote));
    session.turn_rule(rule(quote).unwrap(), false).unwrap();
    assert!(!session.is_on(quote));
    assert!(
        desk.fresh.text("project.ron").contains(r#"lint_off: ["quote-without-source"]"#)
            || desk.fresh.text("project.ron").contains("lint_off: [\n")
    );
    assert_eq!(desk.fresh.load().problems, []);
    assert_eq!(rules(&[]), [source]);
    assert_eq!(rules(&["--rule", quote]), [quote], "what is asked for by name is looked for");
    session.turn_rule(rule(quote).unwrap(), true).unwrap();
    assert!(!desk.fresh.text("project.ron").contains("lint_off"), "a project without it has no such field");
    assert_eq!(rules(&[]), [quote, source]);
}

#[test]
fn a_project_file_that_was_changed_meanwhile_is_not_written_over() {
    let desk = Desk::new("No.");
    let mut session = desk.fresh.session("amina");
    desk.fresh.replace("project.ron", "title: \"Test\"", "title: \"Other\"");
    let before = files(&desk.fresh.path);
    let refused = session.turn_rule(RULES[0], false).unwrap_err();
    assert!(refused.to_string().contains("was changed by another program"), "{refused}");
    assert!(session.is_on(RULES[0].name) && files(&desk.fresh.path) == before);
}

#[test]
fn an_unknown_rule_in_the_project_is_a_problem_and_kept() {
    let desk = Desk::new("No.");
    desk.fresh.replace("project.ron", "title: \"Test\",", "title: \"Test\",\n    lint_off: [\"no-such-rule\"],");
    let problems = desk.fresh.load().problems;
    assert_eq!((problems.len(), problems[0].rule), (1, "unknown-lint-rule"));
    assert!(problems[0].message.contains("no-such-rule"));
}

#[test]
fn check_tells_lint_after_the_problems_and_counts_it_only_when_strict() {
    let mut desk = Desk::new("“No”, said Gantz.");
    desk.tag("amina", "quote", "“No”", &[]);
    desk.load();
    let project = desk.fresh.path.to_str().unwrap().to_owned();
    let output = run(&["check", &project]);
    assert_eq!((output.status, output.err.as_str()), (0, ""));
    let finding = output.out.find("this quote has no source yet: “No” [quote-without-source]").unwrap();
    assert!(output.out[finding..].contains("  tag who says it as a source"), "{}", output.out);
    assert!(output.out.ends_with("lint: 1 warnings, 0 notes\n"), "{}", output.out);
    assert_eq!(run(&["check", &project, "--strict"]).status, 1);
    assert_eq!(run(&["check", &project, "--strict", "--off", "quote-without-source"]).status, 0);
    let unknown = run(&["check", &project, "--off", "nonsense"]);
    assert_eq!((unknown.status, unknown.out.as_str()), (2, ""));
    assert!(unknown.err.contains("nonsense") && unknown.err.contains("check --rules"), "{}", unknown.err);
}

#[test]
fn all_rules_are_listed_a_line_each() {
    let output = run(&["check", "--rules"]);
    assert_eq!(output.status, 0);
    assert_eq!(output.out.lines().count(), RULES.len());
    for (line, rule) in output.out.lines().zip(RULES) {
        assert!(line.starts_with(rule.name) && line.ends_with(rule.about), "{line}");
    }
    let json: Value = serde_json::from_str(&run(&["check", "--rules", "--json"]).out).unwrap();
    assert_eq!(json.as_array().unwrap().len(), RULES.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is tagged, lint says it without a panic, every span lies in the text, and every fix can be carried out.
    #[test]
    fn every_fix_can_be_carried_out_and_undone(
        text in "[a-cA-C “”‘’\"'«»\n.,é\u{301}]{1,60}",
        tags in prop::collection::vec((0_usize..4, 0_u32..60, 1_u32..20, 0_usize..5), 0..12),
        ties in prop::collection::vec((0_usize..5, 0_usize..12, 0_usize..12), 0..10),
    ) {
        let mut desk = Desk::new(&format!("a{text}."));
        let length = desk.text.chars().count() as u32;
        let entities = ["", "Bo", "bo ", "BÓ", " "];
        let ids: Vec<_> = tags.iter().filter(|tag| tag.1 < length).map(|&(label, start, wide, entity)| {
            let label = ["quote", "claim", "source", "denial"][label];
            let values = [("entity", entities[entity])];
            let values = if label == "source" && entity > 0 { &values[..] } else { &[] };
            desk.tag_spans("amina", label, vec![Span::new(start, (start + wide).min(length))], values)
        }).collect();
        for (kind, from, to) in ties {
            if let (Some(from), Some(to)) = (ids.get(from), ids.get(to)) {
                let kind = ["attributed_to", "denies", "expresses", "relayed_by", "same_as"][kind];
                desk.tie("amina", kind, from, to);
            }
        }
        let found = desk.findings();
        prop_assert!(found.iter().all(|finding| finding.span.end.0 <= length));
        let mut session = desk.fresh.session("amina");
        let mut random = Random(3);
        for finding in found.iter().filter(|finding| finding.fix.is_some()) {
            let before = session.set(&desk.id).unwrap().state().clone();
            let action = finding.fix.clone().unwrap().action;
            // A cluster may be cut by what these tags begin with; then the plan refuses, and nothing changes.
            if session.act(&desk.id, action, TIME, &mut || random.bits()).is_ok() {
                session.undo().unwrap();
            }
            prop_assert!(session.set(&desk.id).unwrap().state() == &before, "{finding:?}");
        }
    }
}
