//! What programs propose is taken over or refused by a person, and counts nowhere until then.

use std::fs;

use ascribe_engine::{
    Action, CommitError, Proposed, ReadOnly, SaveState, Session, Suggestion, Suggestions, Tree, load, pack, set_path,
    stats, store::Store, suggestions_path,
};
use ascribe_schema::{
    Annotation, AnnotationSet, DocumentId, FORMAT, Origin, Progress, Rejection, Severity, Span, SuggestedRelation,
    Suggestion as Stored, SuggestionSet,
};
use ascribe_tests::{Fresh, Random, TIME, files, name, run};

/// Nothing in it is anything to the rules: all that is proposed, the tests propose.
const ARTICLE: &str = "Harbour notes\n\nThe old bridge stands since spring and holds, Ana Lopes of the port. \
    Her deputy Rui Sa keeps to it. It never held, none of it is so, Ana Lopes again.\n\n\
    Read also: ten walks along the quay\n";
const MODEL: &str = "oracle";
const BRIDGE: &str = "The old bridge stands since spring";
const HOLDS: &str = "It never held";
const DENIED: &str = "none of it is so";
const ANA: &str = "Ana Lopes of the port";

/// A project with one article, for which a model has proposed something.
pub struct Ground {
    pub fresh: Fresh,
    pub id: DocumentId,
    text: String,
    random: Random,
}

impl Ground {
    pub fn new() -> Self {
        let (fresh, ids) = Fresh::of(&[ARTICLE]);
        let id = ids[0].clone();
        let text = fresh.text(&format!("documents/{id}.txt"));
        Self { fresh, id, text, random: Random(3) }
    }

    /// Where words stand first.
    pub fn span(&self, words: &str) -> Span {
        let at = self.text[..self.text.find(words).unwrap()].chars().count() as u32;
        Span::new(at, at + words.chars().count() as u32)
    }

    /// What `program` proposes: label and words, and ties by number.
    pub fn proposes(&self, program: &str, things: &[(&str, &str)], ties: &[(&str, usize, usize)]) -> SuggestionSet {
        let stored = |(number, (label, words)): (usize, &(&str, &str))| Stored {
            id: format!("n{number}").as_str().into(),
            label: (*label).to_owned(),
            spans: vec![self.span(words)],
            text: vec![(*words).to_owned()],
            attributes: [("form", "direct"), ("marks", "balanced"), ("mood", "glum")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into(),
            score: 0.5,
            rule: String::new(),
            because: vec![self.span("since")],
        };
        let id = |number: usize| format!("n{number}").as_str().into();
        let tie = |&(kind, from, to): &(&str, usize, usize)| SuggestedRelation {
            kind: kind.to_owned(),
            from: id(from),
            to: id(to),
        };
        let record = &self.fresh.load().documents[&self.id].record;
        SuggestionSet {
            format: FORMAT,
            document: self.id.clone(),
            text_sha256: record.revisions[0].text_sha256.clone(),
            by: name(program),
            suggestions: things.iter().enumerate().map(stored).collect(),
            relations: ties.iter().map(tie).collect(),
        }
    }

    pub fn with(self, things: &[(&str, &str)], ties: &[(&str, usize, usize)]) -> Self {
        Store::at(&self.fresh.path).save_suggestions(&self.proposes(MODEL, things, ties)).unwrap();
        self
    }

    pub fn session(&self) -> Session {
        self.fresh.session("amina")
    }

    pub fn act(&mut self, session: &mut Session, action: Action) -> Result<(), CommitError> {
        session.act(&self.id, action, TIME, &mut || self.random.bits()).map(drop)
    }

    pub fn proposed(&self, session: &Session) -> Proposed {
        session.propose_later(&self.id).unwrap()()
    }

    pub fn open(&self, session: &Session) -> Suggestions {
        session.suggestions(&self.id, &self.proposed(session))
    }

    pub fn accept(&mut self, session: &mut Session, label: &str, words: &str) {
        let open = self.open(session);
        let id = &find(&open, label, words).unwrap().id;
        self.act(session, open.accept([id])).unwrap();
    }

    pub fn reject(&mut self, session: &mut Session, label: &str, words: &str, reason: &str) {
        let open = self.open(session);
        let action = open.reject(&find(&open, label, words).unwrap().id, reason).unwrap();
        self.act(session, action).unwrap();
    }

    fn set(&self) -> AnnotationSet {
        self.fresh.load().documents[&self.id].sets[&name("amina")].set.clone()
    }

    fn rejected(&self) -> Vec<Rejection> {
        self.set().rejected
    }

    /// The labels of the annotations on disk, and their ties by label.
    fn tags(&self, session: &mut Session) -> (Vec<String>, Vec<String>) {
        assert_eq!(session.flush(), SaveState::Saved);
        let set = self.set();
        let of = |id| set.annotations.iter().find(|annotation| annotation.id == id).unwrap();
        let tie = |tie: &ascribe_schema::Relation| {
            format!("{} {} {}", of(tie.from.clone()).label, tie.kind, of(tie.to.clone()).label)
        };
        let mut ties: Vec<_> = set.relations.iter().map(tie).collect();
        ties.sort();
        (set.annotations.iter().map(|annotation| annotation.label.clone()).collect(), ties)
    }
}

/// What is open with that label on those words.
pub fn find<'a>(open: &'a Suggestions, label: &str, words: &str) -> Option<&'a Suggestion> {
    open.iter().find(|one| one.label == label && one.text == [words])
}

fn is_open(open: &Suggestions, label: &str, words: &str) -> bool {
    find(open, label, words).is_some()
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

const SAID: [(&str, &str); 2] = [("quote", BRIDGE), ("source", ANA)];
const BY: [(&str, usize, usize); 1] = [("attributed_to", 0, 1)];

#[test]
fn accepting_a_quote_accepts_its_source_and_is_one_step_to_undo() {
    let mut ground = Ground::new().with(&SAID, &BY);
    let before = files(&ground.fresh.path);
    let mut session = ground.session();
    ground.accept(&mut session, "quote", BRIDGE);
    assert_eq!(session.history().undoable().unwrap().name, "Accept quote and source");
    let (labels, ties) = ground.tags(&mut session);
    assert_eq!((labels, ties), (strings(&["quote", "source"]), strings(&["quote attributed_to source"])));
    let accepted = ground.set();
    let quote = &accepted.annotations[0];
    let origin = Origin::Model { name: MODEL.to_owned(), confirmed_by: Some(name("amina")), changed: false };
    assert_eq!((&quote.origin, quote.created.as_str()), (&origin, TIME));
    let attributes: Vec<_> = quote.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(attributes, [("form", "direct")], "what is computed or unknown here is not stored");
    assert!(!is_open(&ground.open(&session), "quote", BRIDGE) && !is_open(&ground.open(&session), "source", ANA));
    session.undo().unwrap();
    assert_eq!(session.flush(), SaveState::Saved);
    assert!(files(&ground.fresh.path) == before, "and nothing is left of it");
    assert!(is_open(&ground.open(&session), "quote", BRIDGE));
    session.redo().unwrap();
    drop(session);
    assert_eq!(ground.set(), accepted);
    let mut session = ground.session();
    assert!(!is_open(&ground.open(&session), "quote", BRIDGE));
    session.undo().unwrap();
    drop(session);
    assert!(files(&ground.fresh.path) == before, "even after a restart");
}

#[test]
fn a_source_that_is_tagged_already_is_tied_to_and_not_tagged_twice() {
    let mut ground = Ground::new().with(&SAID, &BY);
    let mut session = ground.session();
    let spans = vec![ground.span("Ana Lopes")];
    ground.act(&mut session, Action::Tag { label: "source".to_owned(), spans, tie: None }).unwrap();
    assert!(!is_open(&ground.open(&session), "source", ANA), "half of it is tagged");
    ground.accept(&mut session, "quote", BRIDGE);
    let expected = (strings(&["quote", "source"]), strings(&["quote attributed_to source"]));
    assert_eq!(ground.tags(&mut session), expected);
}

#[test]
fn accepting_a_source_ties_the_quotes_that_wait_for_it() {
    let mut ground = Ground::new().with(&SAID, &BY);
    let mut session = ground.session();
    let spans = vec![ground.span(BRIDGE)];
    ground.act(&mut session, Action::Tag { label: "quote".to_owned(), spans, tie: None }).unwrap();
    ground.accept(&mut session, "source", ANA);
    let expected = (strings(&["quote", "source"]), strings(&["quote attributed_to source"]));
    assert_eq!(ground.tags(&mut session), expected);
}

#[test]
fn a_quote_that_somebody_says_gets_no_second_source() {
    let mut ground = Ground::new().with(&SAID, &BY);
    let mut session = ground.session();
    let spans = vec![ground.span(BRIDGE)];
    ground.act(&mut session, Action::Tag { label: "quote".to_owned(), spans, tie: None }).unwrap();
    let quote = session.set(&ground.id).unwrap().annotations().next().unwrap().id.clone();
    let open = ground.open(&session);
    let spans = vec![ground.span("Rui Sa")];
    ground.act(&mut session, Action::Tag { label: "source".to_owned(), spans, tie: Some(quote) }).unwrap();
    assert!(!is_open(&ground.open(&session), "source", ANA), "there is nothing left for it to say");
    // Nor when it was on the screen still.
    ground.act(&mut session, open.accept([&find(&open, "source", ANA).unwrap().id])).unwrap();
    let expected = (strings(&["quote", "source", "source"]), strings(&["quote attributed_to source"]));
    assert_eq!(ground.tags(&mut session), expected);
}

#[test]
fn a_denial_is_tied_to_what_it_denies_as_soon_as_both_are_tagged() {
    let things = [("denial", DENIED), ("claim", HOLDS), ("source", ANA)];
    let ties = [("denies", 0, 1), ("attributed_to", 0, 2), ("attributed_to", 1, 2)];
    let mut ground = Ground::new().with(&things, &ties);
    let mut session = ground.session();
    ground.accept(&mut session, "denial", DENIED);
    let (labels, told) = ground.tags(&mut session);
    assert_eq!((labels, told), (strings(&["source", "denial"]), strings(&["denial attributed_to source"])));
    ground.accept(&mut session, "claim", HOLDS);
    let (labels, told) = ground.tags(&mut session);
    assert_eq!(labels, ["source", "claim", "denial"]);
    assert_eq!(told, ["claim attributed_to source", "denial attributed_to source", "denial denies claim"]);
}

#[test]
fn several_are_accepted_at_once_by_their_score() {
    let mut ground = Ground::new().with(&[("quote", BRIDGE), ("source", ANA), ("claim", HOLDS)], &BY);
    let mut session = ground.session();
    let open = ground.open(&session);
    let ids: Vec<_> = open.above(0.5).map(|one| one.id.clone()).collect();
    let mut labels: Vec<_> = open.above(0.5).map(|one| one.label.clone()).collect();
    ground.act(&mut session, open.accept(&ids)).unwrap();
    assert_eq!(session.history().done().len(), 1);
    // The rules may have more to propose than the model.
    let mut tagged = ground.tags(&mut session).0;
    labels.sort();
    tagged.sort();
    assert_eq!(tagged, labels);
    assert!(["quote", "source", "claim"].iter().all(|label| labels.iter().any(|one| one == label)));
    assert_eq!(ground.open(&session).above(0.5).count(), 0);
    // Asked again, nothing is tagged twice.
    assert!(ground.act(&mut session, open.accept(&ids)).is_err());
}

#[test]
fn what_is_refused_does_not_come_back_until_that_is_undone() {
    let mut ground = Ground::new().with(&SAID, &BY);
    let before = files(&ground.fresh.path);
    let mut session = ground.session();
    ground.reject(&mut session, "quote", BRIDGE, " only a title ");
    let open = ground.open(&session);
    assert!(!is_open(&open, "quote", BRIDGE) && !is_open(&open, "source", ANA), "nor whom nobody quotes any more");
    drop(session);
    let rejected = ground.rejected();
    let [only] = rejected.as_slice() else { panic!("{rejected:?}") };
    assert_eq!((&*only.label, &only.spans, &only.text), ("quote", &vec![ground.span(BRIDGE)], &strings(&[BRIDGE])));
    assert_eq!((&*only.rule, &*only.reason, &*only.created), (MODEL, "only a title", TIME));
    assert_eq!(run(&["check".as_ref(), ground.fresh.path.as_os_str(), "--strict".as_ref()]).status, 0);
    let mut session = ground.session();
    assert!(!is_open(&ground.open(&session), "quote", BRIDGE));
    session.undo().unwrap();
    assert!(is_open(&ground.open(&session), "quote", BRIDGE));
    drop(session);
    assert!(files(&ground.fresh.path) == before);
}

#[test]
fn a_crash_loses_neither_what_was_accepted_nor_what_was_refused() {
    let mut ground = Ground::new().with(&[("quote", BRIDGE), ("claim", HOLDS)], &[]);
    let mut session = ground.session();
    ground.accept(&mut session, "claim", HOLDS);
    ground.reject(&mut session, "quote", BRIDGE, "no");
    drop(session);
    let seen = ground.set();
    // The edits are in the journal, the set never reached its file.
    fs::remove_file(ground.fresh.path.join(set_path(&name("amina"), &ground.id))).unwrap();
    let journal = ".ascribe/journal/amina.ron";
    let text = ground.fresh.text(journal);
    let (start, edits) = text.split_at(text.find("Commit(").unwrap());
    let edits = edits.split_inclusive('\n').filter(|line| !line.starts_with("Disk("));
    ground.fresh.write(journal, start.to_owned() + &edits.collect::<String>());
    let session = ground.session();
    assert!(session.project().problems.iter().any(|problem| problem.rule == "recovered"));
    assert!(!is_open(&ground.open(&session), "quote", BRIDGE));
    drop(session);
    assert_eq!(ground.set(), seen);
}

#[test]
fn what_is_accepted_with_a_change_says_so_and_does_not_come_back() {
    let mut ground = Ground::new().with(&SAID, &BY);
    let mut session = ground.session();
    let open = ground.open(&session);
    let shorter = vec![ground.span("The old bridge")];
    let id = &find(&open, "quote", BRIDGE).unwrap().id;
    ground.act(&mut session, open.accept_changed(id, Some("claim".to_owned()), Some(shorter.clone()))).unwrap();
    let (labels, ties) = ground.tags(&mut session);
    assert_eq!((labels, ties), (strings(&["claim", "source"]), strings(&["claim attributed_to source"])));
    let claim = &ground.set().annotations[0];
    assert_eq!((claim.spans.clone(), changed(claim)), (shorter, true));
    assert!(!is_open(&ground.open(&session), "quote", BRIDGE));
}

fn changed(annotation: &Annotation) -> bool {
    matches!(annotation.origin, Origin::Rule { changed: true, .. } | Origin::Model { changed: true, .. })
}

#[test]
fn editing_what_was_accepted_is_a_change_and_adding_to_it_is_none() {
    let mut ground = Ground::new().with(&[("quote", BRIDGE)], &[]);
    let mut session = ground.session();
    ground.accept(&mut session, "quote", BRIDGE);
    let id = session.set(&ground.id).unwrap().annotations().next().unwrap().id.clone();
    let value = |name: &str, value: &str| {
        let (name, value) = (name.to_owned(), Some(value.to_owned()));
        Action::SetAttribute { id: id.clone(), name, value }
    };
    for (action, expected) in [
        (Action::SetNote(id.clone(), "why".to_owned()), false),
        (value("translated", "yes"), false),
        (value("form", "mixed"), true),
        (
            Action::SetAttributeOfEach {
                ids: vec![id.clone()],
                name: "form".to_owned(),
                value: Some("mixed".to_owned()),
            },
            true,
        ),
        (Action::Relabel(id.clone(), "claim".to_owned()), true),
        (Action::Reshape { id: id.clone(), from: ground.span(BRIDGE), to: ground.span("The old bridge") }, true),
    ] {
        ground.act(&mut session, action.clone()).unwrap();
        let now = session.set(&ground.id).unwrap().annotation(&id).unwrap().clone();
        assert_eq!(changed(&now), expected, "{action:?}");
        if expected {
            session.undo().unwrap();
        }
    }
}

#[test]
fn suggestions_and_refusals_are_counted_and_exported_nowhere() {
    let mut ground = Ground::new();
    let mut session = ground.session();
    let spans = vec![ground.span(HOLDS)];
    ground.act(&mut session, Action::Tag { label: "claim".to_owned(), spans, tie: None }).unwrap();
    drop(session);
    let export = |ground: &Ground| {
        let (path, output) = (ground.fresh.path.as_os_str(), ground.fresh.outside.path().join("data.jsonl"));
        let arguments = ["export".as_ref(), path, "--format".as_ref(), "jsonl".as_ref(), "-o".as_ref()];
        assert_eq!(run(&[&arguments[..], &[output.as_os_str()]].concat()).status, 0);
        fs::read_to_string(output).unwrap()
    };
    let before = (stats(&ground.fresh.load()), export(&ground));
    assert!(before.1.contains("\"claim\""), "{}", before.1);
    let mut ground = ground.with(&SAID, &BY);
    assert_eq!((stats(&ground.fresh.load()), export(&ground)), before);
    let mut session = ground.session();
    ground.reject(&mut session, "quote", BRIDGE, "");
    drop(session);
    assert_eq!((stats(&ground.fresh.load()), export(&ground)), before);
}

#[test]
fn nobody_elses_files_are_touched() {
    let mut ground = Ground::new().with(&SAID, &BY);
    let mut session = ground.fresh.session("bo");
    let spans = vec![ground.span(BRIDGE)];
    ground.act(&mut session, Action::Tag { label: "quote".to_owned(), spans, tie: None }).unwrap();
    drop(session);
    let before = files(&ground.fresh.path);
    let mut session = ground.session();
    assert!(is_open(&ground.open(&session), "quote", BRIDGE), "what another has tagged is still proposed");
    ground.accept(&mut session, "quote", BRIDGE);
    session.undo().unwrap();
    ground.reject(&mut session, "quote", BRIDGE, "");
    drop(session);
    let mut after = files(&ground.fresh.path);
    assert!(after.remove(&set_path(&name("amina"), &ground.id)).is_some());
    assert!(after == before);
}

#[test]
fn a_bundle_shows_suggestions_and_takes_no_answer() {
    let mut ground = Ground::new().with(&SAID, &BY);
    let bundle = ground.fresh.outside.path().join("bundle.ron");
    pack(&ground.fresh.path, &bundle).unwrap();
    let mut session = Session::open(load(&Tree::open(&bundle).unwrap()), name("amina"), TIME, || ());
    let open = ground.open(&session);
    let id = &find(&open, "quote", BRIDGE).unwrap().id;
    for action in [open.accept([id]), open.reject(id, "").unwrap()] {
        let refused = ground.act(&mut session, action);
        assert_eq!(refused, Err(CommitError::ReadOnly(ReadOnly::Bundle)));
    }
}

#[test]
fn what_is_not_the_article_or_not_in_the_scheme_is_not_proposed() {
    let things = [("quote", "ten walks"), ("mood", BRIDGE), ("claim", HOLDS)];
    let mut ground = Ground::new().with(&things, &[("attributed_to", 2, 1)]);
    let mut session = ground.session();
    let spans = vec![ground.span("Read also: ten walks along the quay")];
    ground.act(&mut session, Action::Tag { label: "paratext".to_owned(), spans, tie: None }).unwrap();
    let open = ground.open(&session);
    assert!(!is_open(&open, "quote", "ten walks") && !is_open(&open, "mood", BRIDGE));
    assert_eq!(find(&open, "claim", HOLDS).unwrap().ties, []);
    session.undo().unwrap();
    let project = session.project().documents[&ground.id].record.paratext.len();
    assert_eq!(is_open(&ground.open(&session), "quote", "ten walks"), project == 0);
}

#[test]
fn what_two_programs_propose_is_one_suggestion_with_both_names() {
    let ground = Ground::new().with(&SAID, &BY);
    let mut other =
        ground.proposes("second", &[("quote", "The old bridge stands since"), ("source", "Ana Lopes")], &BY);
    other.suggestions[0].score = 0.9;
    Store::at(&ground.fresh.path).save_suggestions(&other).unwrap();
    let session = ground.session();
    let open = ground.open(&session);
    let quote = find(&open, "quote", "The old bridge stands since").unwrap();
    let also: Vec<_> = quote.also.iter().map(|one| one.program.as_str()).collect();
    assert_eq!((quote.by.program.as_str(), also, quote.score), ("second", vec![MODEL], 0.9));
    assert!(!is_open(&open, "quote", BRIDGE));
    let source = find(&open, "source", ANA).unwrap();
    assert_eq!((source.also.len(), quote.ties.len(), source.ties.len()), (1, 1, 1));
}

#[test]
fn broken_suggestions_are_reported_and_harm_nothing() {
    let good = Ground::new().with(&[("quote", BRIDGE), ("claim", HOLDS)], &[]);
    let file = suggestions_path(&name(MODEL), &good.id);
    let content = good.fresh.text(&file);
    let changed = |from: &str, to: &str| content.replacen(from, to, 1).into_bytes();
    for (rule, bytes, left) in [
        ("unknown-field", changed("score: ", "mood: 3, score: "), 2),
        ("newer-format", changed("format: 1", "format: 9"), 2),
        ("unreadable", changed("suggestions: [", "suggestions: ("), 0),
        ("not-utf8", b"\xff\xfe\xff".to_vec(), 0),
        ("empty-file", Vec::new(), 0),
        ("text-mismatch", changed("The old", "The new"), 1),
        ("score", changed("score: 0.5", "score: NaN"), 1),
        ("score", changed("score: 0.5", "score: 7.0"), 1),
        ("span-past-end", changed("because: [(", "because: [(99999, 99999), ("), 1),
        ("older-suggestions", changed("text_sha256: \"", "text_sha256: \"0"), 0),
        ("wrong-name", changed("by: \"oracle\"", "by: \"other\""), 0),
    ] {
        assert!(bytes != content.as_bytes(), "{rule}");
        good.fresh.write(&file, &bytes);
        let project = good.fresh.load();
        let problem = project.problems.iter().find(|problem| problem.rule == rule);
        let problem = problem.unwrap_or_else(|| panic!("{rule}: {:?}", project.problems));
        assert!(problem.place.file == file && !problem.hint.is_empty(), "{problem}");
        let there = project.documents[&good.id].suggestions.get(&name(MODEL)).map_or(0, |set| set.suggestions.len());
        assert_eq!(there, left, "{rule}");
        assert!(run(&["check".as_ref(), good.fresh.path.as_os_str()]).out.contains(rule));
        let mut session = good.session();
        assert!(session.read_only(Some(&good.id)).is_none(), "{rule}: work goes on");
        session.flush();
        drop(session);
        assert!(good.fresh.read(&file) == bytes, "{rule}: and the file stays as it is");
    }
    for (path, rule) in [
        ("suggestions/Bad Name/x.ron", "program-name"),
        ("suggestions/oracle/notes.md", "stray-file"),
        ("suggestions/oracle/no-such.ron", "orphan-suggestions"),
    ] {
        fs::remove_dir_all(good.fresh.path.join("suggestions")).unwrap();
        good.fresh.write(path, "");
        let problems = good.fresh.load().problems;
        let [problem] = problems.as_slice() else { panic!("{problems:?}") };
        assert_eq!((problem.rule, problem.severity), (rule, Severity::Warning));
        assert!(!problem.hint.is_empty());
    }
}

#[test]
fn a_set_whose_refusals_do_not_fit_the_text_is_reported() {
    let mut ground = Ground::new().with(&SAID, &BY);
    let mut session = ground.session();
    ground.reject(&mut session, "quote", BRIDGE, "");
    drop(session);
    let file = set_path(&name("amina"), &ground.id);
    let before = ground.fresh.text(&file);
    assert!(before.contains("    rejected: [\n        (id: \""), "{before}");
    ground.fresh.replace(&file, "The old bridge", "The new bridge");
    let problems = ground.fresh.load().problems;
    assert_eq!((problems[0].rule, problems[0].place.line.is_some()), ("text-mismatch", true));
    assert_eq!(ground.set().progress, Progress::InProgress);
}
