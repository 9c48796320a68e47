//! Whatever is written is read back the same, and written again byte for byte.

use std::collections::BTreeMap;

use ascribe_engine::SetState;
use ascribe_schema::{
    Annotation, AnnotationId, AnnotationSet, AnnotatorName, Attribute, Bundle, Conflict, Content, Document, DocumentId,
    FORMAT, File, Label, Model, Origin, Progress, Project, Provenance, Rejection, Relation, RelationId, RelationType,
    Revision, Run, Scheme, Span, SuggestedRelation, Suggestion, SuggestionSet, Values, read, read_set, write,
};
use proptest::{
    collection::{btree_map, vec},
    option,
    prelude::*,
    sample::select,
};

/// Characters that RON, a terminal, a line-based tool or a bidirectional text could stumble over.
const NASTY: [char; 32] = [
    '"',
    '\\',
    '\'',
    '\n',
    '\r',
    '\t',
    '\0',
    '\u{1b}',
    '\u{7f}',
    '\u{85}',
    '\u{a0}',
    '\u{ad}',
    '\u{200e}',
    '\u{202e}',
    '\u{2066}',
    '\u{2028}',
    '\u{feff}',
    '\u{fffd}',
    '\u{301}',
    '\u{200d}',
    '🦀',
    '👩',
    '“',
    '«',
    'ا',
    '{',
    '(',
    ',',
    '/',
    '*',
    '#',
    '\u{10ffff}',
];

fn words() -> impl Strategy<Value = String> {
    let character = prop_oneof![any::<char>(), select(&NASTY[..]), prop::char::range('a', 'z')];
    vec(character, 0..24).prop_map(String::from_iter)
}

fn annotator() -> impl Strategy<Value = AnnotatorName> {
    "[a-zäا0-9_-]{1,12}".prop_filter_map("a device's name", |name| AnnotatorName::new(name).ok())
}

fn id() -> impl Strategy<Value = String> {
    // Ten base-32 characters when Ascribe made it, whatever another program wrote otherwise.
    prop_oneof![any::<u64>().prop_map(|bits| AnnotationId::from_bits(bits).to_string()), words()]
}

fn document_id() -> impl Strategy<Value = DocumentId> {
    annotator().prop_map(|name| DocumentId::new(name.as_str()).unwrap())
}

fn span() -> impl Strategy<Value = Span> {
    any::<(u32, u32)>().prop_map(|(start, end)| Span::new(start, end))
}

fn origin() -> impl Strategy<Value = Origin> {
    let program = || (words(), option::of(annotator()));
    prop_oneof![
        annotator().prop_map(Origin::Human),
        (program(), any::<bool>()).prop_map(|((name, confirmed_by), changed)| Origin::Rule {
            name,
            confirmed_by,
            changed
        }),
        (program(), any::<bool>()).prop_map(|((name, confirmed_by), changed)| Origin::Model {
            name,
            confirmed_by,
            changed
        }),
        program().prop_map(|(name, confirmed_by)| Origin::Import { name, confirmed_by }),
    ]
}

fn annotation() -> impl Strategy<Value = Annotation> {
    let place = (id(), words(), vec(span(), 0..4), vec(words(), 0..4));
    let rest = (btree_map(words(), words(), 0..4), words(), words(), origin(), words());
    (place, rest).prop_map(|((id, label, spans, text), (attributes, note, text_sha256, origin, created))| Annotation {
        id: id.into(),
        label,
        spans,
        text,
        attributes,
        note,
        text_sha256,
        origin,
        created,
        decided: None,
    })
}

fn relation() -> impl Strategy<Value = Relation> {
    (id(), words(), id(), id()).prop_map(|(id, kind, from, to)| Relation {
        id: RelationId::from(id),
        kind,
        from: from.into(),
        to: to.into(),
    })
}

fn rejection() -> impl Strategy<Value = Rejection> {
    let place = (id(), words(), vec(span(), 0..4), vec(words(), 0..4));
    let rest = (words(), words(), words(), words());
    (place, rest).prop_map(|((id, label, spans, text), (rule, reason, text_sha256, created))| Rejection {
        id: id.into(),
        label,
        spans,
        text,
        rule,
        reason,
        text_sha256,
        created,
    })
}

fn conflict() -> impl Strategy<Value = Conflict> {
    let value = || option::of(words());
    (words(), value(), value(), value()).prop_map(|(at, base, ours, theirs)| Conflict { at, base, ours, theirs })
}

fn suggestions() -> impl Strategy<Value = SuggestionSet> {
    let suggestion = {
        let place = (id(), words(), vec(span(), 0..4), vec(words(), 0..4));
        let rest = (btree_map(words(), words(), 0..4), 0.0_f32..=1.0, words(), vec(span(), 0..3));
        (place, rest).prop_map(|((id, label, spans, text), (attributes, score, rule, because))| Suggestion {
            id: id.into(),
            label,
            spans,
            text,
            attributes,
            score,
            rule,
            because,
        })
    };
    let relation = (words(), id(), id());
    let relation = relation.prop_map(|(kind, from, to)| SuggestedRelation { kind, from: from.into(), to: to.into() });
    let head = (document_id(), words(), annotator());
    (head, vec(suggestion, 0..8), vec(relation, 0..4)).prop_map(
        |((document, text_sha256, by), suggestions, relations)| {
            let mut set = SuggestionSet { format: FORMAT, document, text_sha256, by, suggestions, relations };
            set.sort();
            set
        },
    )
}

fn set() -> impl Strategy<Value = AnnotationSet> {
    let head = (document_id(), words(), annotator(), select(&[Progress::InProgress, Progress::Finished][..]));
    let lists = (vec(annotation(), 0..8), vec(relation(), 0..6), vec(rejection(), 0..4), vec(conflict(), 0..3));
    (head, lists).prop_map(|(head, (annotations, relations, rejected, conflicts))| {
        let (document, text_sha256, annotator, progress) = head;
        let mut set = AnnotationSet {
            format: FORMAT,
            document,
            text_sha256,
            annotator,
            progress,
            annotations,
            relations,
            rejected,
            conflicts,
        };
        set.sort();
        set
    })
}

fn values() -> impl Strategy<Value = Values> {
    let options = || vec(words(), 0..4);
    prop_oneof![
        options().prop_map(Values::Choice),
        options().prop_map(Values::Scale),
        options().prop_map(Values::Computed),
        Just(Values::Text),
    ]
}

fn scheme() -> impl Strategy<Value = Scheme> {
    let attribute =
        (words(), values(), words()).prop_map(|(name, values, guideline)| Attribute { name, values, guideline });
    let label = (words(), words(), words(), words(), vec(attribute, 0..3))
        .prop_map(|(name, key, color, guideline, attributes)| Label { name, key, color, guideline, attributes });
    let relation = (words(), vec(words(), 0..3), vec(words(), 0..3), words())
        .prop_map(|(name, from, to, guideline)| RelationType { name, from, to, guideline });
    (vec(label, 0..4), vec(relation, 0..4)).prop_map(|(labels, relations)| Scheme { labels, relations })
}

fn project() -> impl Strategy<Value = Project> {
    let assignments = btree_map(document_id(), vec(annotator(), 0..3), 0..3);
    let run = prop_oneof![vec(words(), 0..4).prop_map(Run::Command), words().prop_map(Run::Http)];
    let model = (annotator(), run, any::<u32>()).prop_map(|(name, run, timeout_s)| Model { name, run, timeout_s });
    let lists = (vec(words(), 0..3), vec(words(), 0..3), vec(conflict(), 0..3));
    let deciding = (option::of(annotator()), lists);
    (words(), words(), scheme(), vec(annotator(), 0..3), assignments, vec(model, 0..3), deciding).prop_map(
        |(title, guidelines, scheme, annotators, assignments, models, deciding)| Project {
            format: FORMAT,
            title,
            guidelines,
            scheme,
            annotators,
            assignments,
            models,
            adjudicator: deciding.0,
            lint_off: deciding.1.0,
            reasons: deciding.1.1,
            conflicts: deciding.1.2,
        },
    )
}

fn revision() -> impl Strategy<Value = Revision> {
    (words(), words(), words(), words(), words(), words()).prop_map(
        |(text_sha256, file_name, file_sha256, importer, encoding, time)| Revision {
            text_sha256,
            imported: Provenance { file_name, file_sha256, importer, encoding, time },
        },
    )
}

fn document() -> impl Strategy<Value = Document> {
    let strings = (words(), words(), words(), words(), words(), words(), words());
    (document_id(), strings, vec(revision(), 0..3), vec(span(), 0..4)).prop_map(
        |(id, (title, url, publisher, byline, dateline, published, language), revisions, paratext)| Document {
            format: FORMAT,
            id,
            title,
            url,
            publisher,
            byline,
            dateline,
            published,
            language,
            revisions,
            paratext,
        },
    )
}

fn bundle() -> impl Strategy<Value = Bundle> {
    let content = prop_oneof![
        words().prop_map(Content::Text),
        vec(any::<u8>(), 0..40).prop_map(Content::new), // as packing makes it
    ];
    btree_map(words(), content, 0..5).prop_map(|files: BTreeMap<_, _>| Bundle { format: FORMAT, files })
}

fn check<T: File + PartialEq + std::fmt::Debug>(value: &T) -> String {
    let text = write(value).unwrap();
    let again = read::<T>(text.as_bytes(), "file").unwrap();
    assert_eq!(again.value, *value);
    assert!(again.complete && again.problems.is_empty(), "{:?}", again.problems);
    assert_eq!(write(&again.value).unwrap(), text);
    assert!(!text.contains('\r') && text.ends_with(")\n"));
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_set_comes_back_the_same_with_one_line_for_each_thing(set in set()) {
        let text = check(&set);
        let lines = |things: usize| if things == 0 { 1 } else { things + 2 };
        // The header, the opening and closing line, and five fields that are no lists.
        let left_out = |things: usize| if things == 0 { 0 } else { lines(things) };
        let always = 8 + lines(set.annotations.len()) + lines(set.relations.len());
        let sometimes = left_out(set.rejected.len()) + left_out(set.conflicts.len());
        prop_assert_eq!(text.lines().count(), always + sometimes);
        let records = text.lines().filter(|line| line.starts_with("        (id: \"") && line.ends_with("),")).count();
        prop_assert_eq!(records, set.annotations.len() + set.relations.len() + set.rejected.len());
    }

    #[test]
    fn a_set_survives_being_worked_with(set in set()) {
        let state = SetState::from_file(set);
        let file = state.to_file();
        prop_assert_eq!(SetState::from_file(file.clone()), state);
        prop_assert_eq!(SetState::from_file(file.clone()).to_file(), file);
    }

    #[test]
    fn a_broken_refusal_costs_only_itself(set in set(), which in any::<prop::sample::Index>()) {
        prop_assume!(!set.rejected.is_empty());
        let which = which.index(set.rejected.len());
        let mut lines: Vec<_> = check(&set).lines().map(str::to_owned).collect();
        let first = lines.iter().position(|line| line == "    rejected: [").unwrap() + 1;
        lines[first + which] = lines[first + which].replacen("(id: ", "(id ", 1);
        let read = read_set((lines.join("\n") + "\n").as_bytes(), "file").unwrap();
        let mut expected = set;
        expected.rejected.remove(which);
        prop_assert_eq!(read.value, expected);
        prop_assert!(!read.complete);
    }

    #[test]
    fn a_broken_line_costs_only_itself(set in set(), which in any::<prop::sample::Index>()) {
        prop_assume!(!set.annotations.is_empty());
        let which = which.index(set.annotations.len());
        let mut lines: Vec<_> = check(&set).lines().map(str::to_owned).collect();
        let first = lines.iter().position(|line| line == "    annotations: [").unwrap() + 1;
        lines[first + which] = lines[first + which].replacen("(id: ", "(id ", 1);
        let read = read_set((lines.join("\n") + "\n").as_bytes(), "file").unwrap();
        let mut expected = set;
        expected.annotations.remove(which);
        prop_assert_eq!(read.value, expected);
        let places: Vec<_> = read.problems.iter().map(|problem| (problem.rule, problem.place.line)).collect();
        prop_assert_eq!(places, [("unreadable-line", Some(first + which + 1))]);
        prop_assert!(!read.complete);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_project_comes_back_the_same(project in project()) {
        check(&project);
    }

    #[test]
    fn a_document_comes_back_the_same(document in document()) {
        check(&document);
    }

    #[test]
    fn suggestions_come_back_the_same(suggestions in suggestions()) {
        check(&suggestions);
    }

    #[test]
    fn a_bundle_comes_back_the_same(bundle in bundle()) {
        check(&bundle);
    }

    #[test]
    fn a_bundle_keeps_any_bytes(bytes in vec(any::<u8>(), 0..200)) {
        prop_assert_eq!(Content::new(bytes.clone()).into_bytes(), Some(bytes));
    }
}
