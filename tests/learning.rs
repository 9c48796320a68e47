//! What a project has decided ranks what is proposed next, and the reason is told; `suggest` lists it.

use ascribe_engine::{
    Action, ActionError, Basis, CommitError, Learned, RULES, Session, SetState, Suggestion, Suggestions, Tree, load,
    pack, plan_move, suggestions, suggestions_path,
};
use ascribe_schema::{
    Annotation, AnnotationId, AnnotationSet, DocumentId, FORMAT, Origin, Progress, Rejection, Span, SuggestedRelation,
    Suggestion as Proposal, SuggestionSet, Text, read,
};
use ascribe_tests::{BRIDGE as BRIDGE_ARTICLE, Fresh, Random, TIME, document, files, name, run};
use serde_json::Value;

use crate::suggestions::{Ground, find};

const BRIDGE: &str = "The old bridge stands since spring";
const ANA: &str = "Ana Lopes of the port";

/// A set of another document in which `decided` was done with what the model proposed: `a`ccepted, `c`hanged or
/// `r`efused; each with its label and words.
fn decided(things: &[(char, &str, &str)]) -> AnnotationSet {
    let mut set = AnnotationSet {
        format: FORMAT,
        document: DocumentId::new("another").unwrap(),
        text_sha256: String::new(),
        annotator: name("bo"),
        progress: Progress::Finished,
        annotations: Vec::new(),
        relations: Vec::new(),
        rejected: Vec::new(),
        conflicts: Vec::new(),
    };
    for (number, &(how, label, words)) in (0_u64..).zip(things) {
        let (id, label, text) = (AnnotationId::from_bits(number), label.to_owned(), vec![words.to_owned()]);
        let (spans, text_sha256, created) = (Vec::new(), String::new(), String::new());
        if how == 'r' {
            let (id, rule, reason) = (id.as_str().into(), "oracle".to_owned(), String::new());
            set.rejected.push(Rejection { id, label, spans, text, rule, reason, text_sha256, created });
            continue;
        }
        let confirmed_by = Some(name("bo"));
        let origin = match how {
            'h' => Origin::Human(name("bo")),
            _ => Origin::Model { name: "oracle".to_owned(), confirmed_by, changed: how == 'c' },
        };
        let (attributes, note) = (Default::default(), String::new());
        set.annotations.push(Annotation {
            id,
            label,
            spans,
            text,
            attributes,
            note,
            text_sha256,
            origin,
            created,
            decided: None,
        });
    }
    set
}

/// What is open of what the model proposes, in a project that has decided so.
fn opened(things: &[(&str, &str)], ties: &[(&str, usize, usize)], decided: &AnnotationSet) -> Suggestions {
    let ground = Ground::new().with(things, ties);
    let project = ground.fresh.load();
    let document = &project.documents[&ground.id];
    let proposed = Basis::of(document, None).propose(document.text.clone().unwrap(), document.suggestions.values());
    let mut learned = Learned::default();
    learned.note_set(decided);
    suggestions(&proposed, None, &[], &project.file.scheme, &learned.without(Learned::default()))
}

const SAID: [(&str, &str); 2] = [("quote", BRIDGE), ("source", ANA)];
const BY: [(&str, usize, usize); 1] = [("attributed_to", 0, 1)];

/// What becomes of the proposed quote, and of its source.
fn scored(things: &[(char, &str, &str)]) -> (Suggestion, Suggestion) {
    let open = opened(&SAID, &BY, &decided(things));
    (find(&open, "quote", BRIDGE).unwrap().clone(), find(&open, "source", ANA).unwrap().clone())
}

#[test]
fn the_acceptance_rate_of_a_rule_moves_its_score() {
    let rate = |accepted: usize, changed: usize, refused: usize| {
        let mut things = vec![('a', "claim", "x"); accepted];
        things.extend(vec![('c', "claim", "y"); changed]);
        things.extend(vec![('r', "claim", "z"); refused]);
        let (quote, _) = scored(&things);
        (quote.score, quote.lessons.join("; "))
    };
    // The model's own score is 0.5 and counts as five decisions; a change counts half.
    for ((accepted, changed, refused), score, told) in [
        ((0, 0, 0), 0.5, ""),
        ((3, 0, 1), 0.611, "3 of 4 proposals of this model were accepted in this project"),
        ((0, 0, 5), 0.25, "0 of 5 proposals of this model were accepted in this project"),
        ((1, 2, 1), 0.5, "3 of 4 proposals of this model were accepted in this project, 2 of them with changes"),
        ((95, 0, 0), 0.975, "95 of 95 proposals of this model were accepted in this project"),
    ] {
        assert_eq!(rate(accepted, changed, refused), (score, told.to_owned()));
    }
}

#[test]
fn a_known_source_lifts_itself_and_what_it_says() {
    // A quarter of what is missing to 1.
    let (quote, source) = scored(&[('h', "source", "Ana Lopes"), ('h', "source", "the port")]);
    assert_eq!((quote.score, source.score), (0.5, 0.5), "another string, and a description");
    let mut set = decided(&[('h', "source", ANA), ('h', "source", ANA)]);
    set.annotations.iter_mut().for_each(|one| drop(one.attributes.insert("naming".to_owned(), "named".to_owned())));
    let open = opened(&SAID, &BY, &set);
    let quote = find(&open, "quote", BRIDGE).unwrap();
    let told = format!("“{ANA}” is a source in this project already, 2 times");
    assert_eq!((quote.score, &quote.lessons), (0.625, &vec![told.clone()]));
    // The source's own words were tagged twice as well: (2 × 0.625 + 2) / 4.
    let source = find(&open, "source", ANA).unwrap();
    let again = "the same words were tagged as source 2 times elsewhere in this project".to_owned();
    assert_eq!((source.score, &source.lessons), (0.813, &vec![told, again]));
}

#[test]
fn the_same_words_elsewhere_count() {
    for (things, score, told) in [
        (&[('h', "quote", BRIDGE)][..], 0.667, "the same words were tagged as quote once elsewhere in this project"),
        (&[('h', "claim", BRIDGE)], 0.5, ""),
        (
            &[('h', "quote", "The  old bridge stands\nsince spring")],
            0.667,
            "the same words were tagged as quote once elsewhere in this project",
        ),
    ] {
        let (quote, _) = scored(things);
        assert_eq!((quote.score, quote.lessons.join("; ")), (score, told.to_owned()));
    }
    // That `it` was a source elsewhere says nothing of the next `it`.
    let open = opened(&[("source", "it")], &[], &decided(&[('h', "source", "it"), ('h', "source", "it")]));
    assert_eq!(find(&open, "source", "it").unwrap().score, 0.5);
    // Refused: by its model once of once, (0.5 × 5) / 6, then for its words, (0.4167 × 2) / 3.
    let (quote, _) = scored(&[('r', "quote", BRIDGE)]);
    assert_eq!(quote.score, 0.278);
    assert_eq!(quote.lessons[1], "the same words were refused as quote once elsewhere in this project");
}

#[test]
fn a_session_learns_from_every_answer_and_forgets_what_is_undone() {
    let mut ground = Ground::new().with(&[("quote", BRIDGE), ("claim", "It never held")], &[]);
    let mut session = ground.session();
    let score =
        |ground: &Ground, session: &_| find(&ground.open(session), "claim", "It never held").map(|one| one.score);
    assert_eq!(score(&ground, &session), Some(0.5));
    ground.accept(&mut session, "quote", BRIDGE);
    assert_eq!(score(&ground, &session), Some(0.583));
    session.undo().unwrap();
    assert_eq!(score(&ground, &session), Some(0.5));
    ground.reject(&mut session, "quote", BRIDGE, "");
    assert_eq!(score(&ground, &session), Some(0.417));
    drop(session);
    let session = ground.session();
    assert_eq!(score(&ground, &session), Some(0.417), "after a restart, too");
    drop(session);
    // Whoever works on the same article independently is not led by it.
    let bo = ground.fresh.session("bo");
    assert_eq!(score(&ground, &bo), Some(0.5));
}

#[test]
fn a_name_that_is_a_source_is_proposed_for_the_nearest_quote_without_one() {
    let mut ground = Ground::new().with(&[("quote", "none of it is so")], &[]);
    let mut session = ground.session();
    let same = |ground: &Ground, session: &_| -> Vec<(u32, f32)> {
        let open = ground.open(session);
        open.iter().filter(|one| one.by.rule == "same.words").map(|one| (one.extent().start.0, one.score)).collect()
    };
    assert_eq!(same(&ground, &session), []);
    let spans = vec![ground.span("Ana Lopes")];
    ground.act(&mut session, Action::Tag { label: "source".to_owned(), spans, tie: None }).unwrap();
    let at = ground.span("Ana Lopes again").start.0;
    assert_eq!(same(&ground, &session), [(at, 0.3)]);
    let open = ground.open(&session);
    let quote = find(&open, "quote", "none of it is so").unwrap();
    assert_eq!(quote.ties, [], "and never accepted by itself");
    // Accepted after the quote, it is tied to it.
    ground.accept(&mut session, "quote", "none of it is so");
    ground.accept(&mut session, "source", "Ana Lopes");
    let set = session.set(&ground.id).unwrap();
    assert_eq!((set.len(), set.relations().len(), same(&ground, &session)), (3, 1, vec![]));
}

#[test]
fn what_was_refused_moves_to_a_corrected_text_with_its_words() {
    let mut ground = Ground::new().with(&[("quote", BRIDGE), ("claim", "It never held")], &[]);
    let mut session = ground.session();
    ground.reject(&mut session, "quote", BRIDGE, "");
    ground.reject(&mut session, "claim", "It never held", "");
    let state: SetState = session.set(&ground.id).unwrap().state().clone();
    let old = session.text(&ground.id).unwrap().clone();
    let new = Text::new(
        old.as_str().replace("Harbour notes", "Notes").replace("It never held", "It held always, so they say"),
    );
    let texts = |sha256: &str| (sha256 == state.text_sha256()).then(|| old.clone());
    let (transaction, _) = plan_move(&state, &texts, &new, "new").unwrap();
    let mut moved = state.clone();
    moved.apply(&transaction.changes).unwrap();
    let mut rejected: Vec<_> = moved.rejected().map(|one| one.as_ref().clone()).collect();
    rejected.sort_by(|a, b| b.label.cmp(&a.label));
    let [quote, claim] = rejected.as_slice() else { panic!("{rejected:?}") };
    assert_eq!((new.slice(quote.spans[0]), quote.text_sha256.as_str()), (Some(BRIDGE), ""));
    assert_eq!((&*claim.text_sha256, claim.text.as_slice()), (state.text_sha256(), &["It never held".to_owned()][..]));
    assert!(quote.refuses("quote", &quote.spans) && !claim.refuses("claim", &claim.spans));
    moved.apply(&transaction.inverse().changes).unwrap();
    assert_eq!(moved, state);
}

fn suggest(fresh: &Fresh, more: &[&str]) -> ascribe_tests::Output {
    let path = fresh.path.to_str().unwrap();
    run(&[&["suggest", path][..], more].concat())
}

#[test]
fn the_verb_lists_what_is_open_with_score_and_reason() {
    let mut ground = Ground::new().with(&[("quote", BRIDGE), ("source", ANA)], &[("attributed_to", 0, 1)]);
    let before = files(&ground.fresh.path);
    let output = suggest(&ground.fresh, &[]);
    assert_eq!((output.status, output.err.as_str()), (0, ""));
    let line = output.out.lines().find(|line| line.contains(BRIDGE)).unwrap();
    let start = ground.span(BRIDGE).start;
    assert_eq!(line, format!("  {start:>6}  quote    0.500  oracle                    {BRIDGE}  ← {ANA}"));
    let json = suggest(&ground.fresh, &["--json", "--document", &ground.id.as_str()[..6]]);
    let value: Value = serde_json::from_str(&json.out).unwrap();
    let found = value["documents"][0]["annotations"].as_array().unwrap();
    let quote = found.iter().find(|one| one["label"] == "quote" && one["text"][0] == BRIDGE).unwrap();
    assert_eq!((quote["score"].as_f64(), &quote["proposed_by"][0]["program"]), (Some(0.5), &Value::from("oracle")));
    let relation = &value["documents"][0]["relations"][0];
    assert_eq!((&relation["kind"], &relation["from"]), (&Value::from("attributed_to"), &quote["id"]));
    assert!(files(&ground.fresh.path) == before, "it only reads");
    let mut session = ground.session();
    ground.reject(&mut session, "quote", BRIDGE, "");
    drop(session);
    assert!(!suggest(&ground.fresh, &["--annotator", "amina"]).out.contains(BRIDGE));
    assert!(suggest(&ground.fresh, &["--annotator", "bo"]).out.contains(BRIDGE));
}

#[test]
fn the_verb_keeps_what_the_rules_propose_and_refuses_what_it_cannot_do() {
    let article = "The mayor spoke.\n\n“The bridge is safe and it will stay open to everybody,” said Ana Lopes.\n";
    let (fresh, ids) = Fresh::of(&[article]);
    let file = suggestions_path(&name(RULES), &ids[0]);
    assert_eq!(suggest(&fresh, &["--write"]).status, 0);
    let kept = fresh.read(&file);
    let set = read::<SuggestionSet>(&kept, &file).unwrap().value;
    assert!(set.suggestions.iter().any(|one| one.label == "quote" && one.text[0].starts_with("“The bridge is safe")));
    assert_eq!(fresh.load().problems, []);
    let before = files(&fresh.path);
    assert_eq!(suggest(&fresh, &["--write", "--annotator", "amina"]).status, 0);
    assert!(files(&fresh.path) == before, "the same each time");
    // A model that is surer of other words changes nothing of what the rules say.
    let mut surer = set.clone();
    surer.by = name("oracle");
    for one in &mut surer.suggestions {
        one.score = 1.0;
        let (span, text) = (one.spans.last_mut().unwrap(), one.text.last_mut().unwrap());
        if text.pop().is_some() && !text.is_empty() {
            span.end = span.end.minus(1);
        } else {
            *text = set.suggestions.iter().find(|other| other.id == one.id).unwrap().text.last().unwrap().clone();
        }
    }
    let other = suggestions_path(&name("oracle"), &ids[0]);
    fresh.write(&other, ascribe_schema::write(&surer).unwrap());
    assert_eq!(fresh.load().problems, []);
    assert_eq!(suggest(&fresh, &["--write"]).status, 0);
    assert_eq!(fresh.read(&file), kept);
    std::fs::remove_file(fresh.path.join(&other)).unwrap();
    // What is kept of the rules is not a second voice.
    let session = fresh.session("amina");
    let proposed = session.propose_later(&ids[0]).unwrap()();
    assert!(session.suggestions(&ids[0], &proposed).iter().all(|one| one.also.is_empty()));
    let bundle = fresh.outside.path().join("b.ron");
    pack(&fresh.path, &bundle).unwrap();
    assert!(load(&Tree::open(&bundle).unwrap()).documents[&ids[0]].suggestions.contains_key(&name(RULES)));
    let path = bundle.to_str().unwrap();
    for (arguments, reason) in [
        (&["suggest", path, "--write"][..], "a bundle cannot be changed"),
        (&["suggest", path, "--document", "nothing"], "no document's id"),
        (&["suggest", path, "--annotator", "A B"], "cannot be a file name"),
        (&["suggest", "/no/such/project"], "/no/such/project"),
    ] {
        let output = run(arguments);
        assert_eq!((output.status, output.out.as_str()), (2, ""), "{arguments:?}");
        assert!(output.err.contains(reason), "{}", output.err);
    }
    fresh.write(&format!("documents/{}.txt", ids[0]), "another text");
    let output = suggest(&fresh, &[]);
    assert_eq!((output.status, output.err.contains("see `check`")), (1, true));
}

/// What a model might propose for the sample article: anything anywhere, tied to anything.
fn anything(session: &Session, id: &DocumentId, random: &mut Random) -> SuggestionSet {
    let text = session.text(id).unwrap();
    let mut set = SuggestionSet {
        format: FORMAT,
        document: id.clone(),
        text_sha256: session.project().documents[id].text_sha256().to_owned(),
        by: name("oracle"),
        suggestions: Vec::new(),
        relations: Vec::new(),
    };
    let named = |number: u32| format!("n{number}").as_str().into();
    for number in 0..150 {
        let mut start = random.below(60);
        let spans = (0..=random.below(3)).map(|_| {
            let span = Span::new(start, start + 1 + random.below(80));
            start = span.end.0 + random.below(1200);
            span
        });
        let spans: Vec<_> = spans.filter(|span| span.end < text.len()).collect();
        let exact = |span: &Span| text.slice(*span).unwrap().to_owned();
        set.suggestions.push(Proposal {
            id: named(number),
            label: (*random.pick(&["quote", "source", "claim", "denial", "mood"])).to_owned(),
            text: spans.iter().map(exact).collect(),
            spans,
            attributes: [("form".to_owned(), "direct".to_owned())].into(),
            score: random.below(1000) as f32 / 1000.0,
            rule: String::new(),
            because: Vec::new(),
        });
        let kind = (*random.pick(&["attributed_to", "denies", "relayed_by"])).to_owned();
        let (from, to) = (named(random.below(150)), named(random.below(150)));
        set.relations.push(SuggestedRelation { kind, from, to });
    }
    set.suggestions.retain(|one| !one.spans.is_empty());
    set
}

#[test]
fn every_answer_settles_what_it_answers_and_undoing_gives_back_all_with_its_score() {
    let (fresh, id) = (Fresh::sample(), document(BRIDGE_ARTICLE));
    for seed in 0..4 {
        let random = &mut Random(seed);
        let mut session = fresh.session("amina");
        session.put_suggestions(anything(&session, &id, random));
        let proposed = session.propose_later(&id).unwrap()();
        let first = session.suggestions(&id, &proposed);
        assert!(first.len() > 50 && proposed.len() > first.len());
        let mut answers = 0;
        for _ in 0..60 {
            let open = session.suggestions(&id, &proposed);
            let all: Vec<_> = open.iter().collect();
            if all.is_empty() {
                break;
            }
            let one = *random.pick(&all);
            let action = match random.below(3) {
                0 => open.reject(&one.id, "no").unwrap(),
                1 => open.accept([&one.id]),
                _ => open.accept_changed(&one.id, Some("claim".to_owned()), None),
            };
            match session.act(&id, action, TIME, &mut || random.bits()) {
                Ok(_) => answers += 1,
                // A model may propose half of a visible character.
                Err(reason) => {
                    assert!(matches!(reason, CommitError::Action(ActionError::CutsCharacter(_))), "{reason}");
                    continue;
                }
            }
            let now = session.suggestions(&id, &proposed);
            assert!(now.get(&one.id).is_none(), "{one:?}");
        }
        assert!(answers > 20, "{answers}");
        let last = session.suggestions(&id, &proposed);
        drop(session);
        let mut session = fresh.session("amina");
        assert!(!session.project().has_errors(), "{:?}", session.project().problems);
        assert!(session.suggestions(&id, &proposed) == last, "what was learned step by step is what the files tell");
        while session.undo().unwrap().is_some() {}
        assert!(session.suggestions(&id, &proposed) == first);
    }
}
