//! After an article was corrected: every tag lies where its words stand, or waits for a person.

use std::sync::Arc;

use ascribe_engine::{Fate, MoveReport, SetState, Transaction, find_quote, plan_move};
use ascribe_schema::{Annotation, AnnotationId, AnnotationSet, FORMAT, Offset, Origin, Progress, Span, Text};
use ascribe_tests::{BRIDGE, Random, document, name, root, shared};

/// How many random corrections are tried.
const CASES: u64 = 40;

/// A set of these spans of `text`; each annotation is a list of fragments.
fn set_of(text: &Text, spans: &[Vec<Span>]) -> SetState {
    let exact = |span: &Span| text.slice(*span).unwrap().to_owned();
    let annotation = |(number, spans): (u64, &Vec<Span>)| Annotation {
        id: AnnotationId::from_bits(number),
        label: "claim".to_owned(),
        spans: spans.clone(),
        text: spans.iter().map(exact).collect(),
        attributes: Default::default(),
        note: String::new(),
        text_sha256: String::new(),
        origin: Origin::Human(name("amina")),
        created: String::new(),
        decided: None,
    };
    SetState::from_file(AnnotationSet {
        format: FORMAT,
        document: document(BRIDGE),
        text_sha256: "old".to_owned(),
        annotator: name("amina"),
        progress: Progress::InProgress,
        annotations: (0..).zip(spans).map(annotation).collect(),
        rejected: Vec::new(),
        conflicts: Vec::new(),
        relations: Vec::new(),
    })
}

/// Moves a set from one text to the other.
fn moved(set: &SetState, old: &Text, new: &Text) -> (Transaction, MoveReport) {
    let old = Arc::new(old.clone());
    plan_move(set, &|sha256| (sha256 == "old").then(|| old.clone()), new, "new").unwrap()
}

/// In `old` and `new`, `[` and `]` mark an annotation: there the fragments that it has, here where they should be;
/// `candidates` counts what it may be instead.
#[track_caller]
fn check(old: &str, fate: Fate, new: &str, candidates: usize) {
    let spans = |marked: &str| {
        let (mut spans, mut at) = (Vec::new(), 0);
        for c in marked.chars() {
            match c {
                '[' => spans.push(Span::new(at, at)),
                ']' => spans.last_mut().unwrap().end = Offset(at),
                _ => at += 1,
            }
        }
        spans
    };
    let plain = |marked: &str| Text::new(marked.replace(['[', ']'], ""));
    let (_, report) = moved(&set_of(&plain(old), &[spans(old)]), &plain(old), &plain(new));
    let told = &report.annotations[0];
    let there = told.new.as_ref().map(|passage| passage.spans.clone()).unwrap_or_default();
    assert_eq!((told.outcome, there, told.candidates.len()), (fate, spans(new), candidates), "{old}\n{new}\n{told:?}");
}

#[test]
fn a_tag_goes_where_its_words_went() {
    for (old, fate, new, candidates) in [
        ("One two [three] four", Fate::Kept, "One two [three] four five", 0),
        ("One two [three] four", Fate::Moved, "Zero. One two [three] four", 0),
        ("First line.\n\nA [second] line.", Fate::Moved, "A [second] line.\n\nFirst line.", 0),
        // Marks, spaces and ways to write a letter.
        ("He said [“no and no”] then", Fate::Kept, "He said [\"no and no\"] then", 0),
        ("Il dit [“non”] et", Fate::Moved, "Il dit [«\u{a0}non\u{a0}»] et", 0),
        ("the [caf\u{e9} is] shut", Fate::Moved, "the [cafe\u{301} is] shut", 0),
        ("the [long-dash – word] x", Fate::Kept, "the [long\u{2010}dash — word] x", 0),
        ("the [co\u{ad}op era\u{200b}tion] x", Fate::Moved, "the [coop eration] x", 0),
        ("a [word ]b", Fate::Moved, "so a [word ]b", 0),
        // Words changed inside.
        (
            "He said that [the old bridge had been closed for three weeks] by them.",
            Fate::Edited,
            "He said that [the old bridge had been closed for four weeks] by them.",
            0,
        ),
        (
            "So [the old bridge had been closed for three weeks] now, said the council.",
            Fate::Edited,
            "So [an old bridge had been closed for three whole weeks] now, said the council.",
            0,
        ),
        (
            "the speaker was [Minister Gantz] himself today",
            Fate::Edited,
            "the speaker was [Minister Benny Gantz] himself today",
            0,
        ),
        // Gone, or changed beyond certainty.
        (
            "One two three. [All of this sentence goes away.] The rest stays.",
            Fate::Lost,
            "One two three. The rest stays.",
            0,
        ),
        (
            "He was heard when he [said] that it was so.",
            Fate::Ambiguous,
            "He was heard when he denied that it was so.",
            1,
        ),
        // Fragments.
        ("[One] two [three] four", Fate::Moved, "Well: [One] two [three] four", 0),
        ("[One] two and more [three] four", Fate::Lost, "One two and more", 0),
    ] {
        check(old, fate, new, candidates);
    }
}

#[test]
fn where_words_stand_twice_context_decides_or_a_person() {
    let rest = "Nobody knows why the bells of the lower town rang that night.";
    for (old, fate, new, candidates) in [
        // The place is known by what stands around it.
        (
            format!("A yes here. {rest} Then [yes] again."),
            Fate::Moved,
            format!("Well, a yes here. {rest} Then [yes] again."),
            0,
        ),
        // A second one was put beside it.
        (
            format!("{rest} He said [yes]. {rest}"),
            Fate::Ambiguous,
            format!("{rest} He said yes. Then he said yes. {rest}"),
            2,
        ),
        // All around it was written once more.
        (
            format!("Start. {rest} It is said that [one of them] was heard as far as the harbour. {rest} End."),
            Fate::Ambiguous,
            format!(
                "Start. {rest} It is said that one of them was heard as far as the harbour. {rest} \
                 {rest} It is said that one of them was heard as far as the harbour. {rest} End."
            ),
            2,
        ),
        // The tagged one went, the other stayed.
        (
            format!("“[yes]” was a word. {rest} They said yes to it."),
            Fate::Ambiguous,
            format!("{rest} They said yes to it."),
            1,
        ),
        (format!("She says yes. {rest} So [yes] it is."), Fate::Ambiguous, format!("She says yes. {rest} End."), 1),
        // The last paragraph went, and another ends alike.
        (
            format!("{rest}\n\nThe bridge stays shut, the minister [said].\n\nThe ferry runs, the mayor said.\n"),
            Fate::Kept,
            format!("{rest}\n\nThe bridge stays shut, the minister [said].\n"),
            0,
        ),
        (
            format!("{rest}\n\nThe bridge stays shut, the minister said.\n\nThe ferry runs, the mayor [said].\n"),
            Fate::Ambiguous,
            format!("{rest}\n\nThe bridge stays shut, the minister said.\n"),
            1,
        ),
        // The first paragraph went, and the next begins alike.
        (
            format!("[Gantz]: never. {rest}\n\nGantz: perhaps later, if at all. {rest}"),
            Fate::Ambiguous,
            format!("Gantz: perhaps later, if at all. {rest}"),
            1,
        ),
        // The same words beside the same words are nobody's change.
        (
            format!("{rest} The minister said that [the deal] was off the table for now. {rest}"),
            Fate::Ambiguous,
            format!(
                "{rest} The minister said that the deal was off the table for now. \
                 Again: the minister said that the deal was off the table for now. {rest}"
            ),
            2,
        ),
        // Only inside other words.
        (format!("{rest} The [cat] sat there. {rest}"), Fate::Ambiguous, format!("{rest} They concatenate. {rest}"), 1),
        // A copy far away, among much that is new.
        (
            format!("{rest}\n\nThe [mayor] went home in the rain, as he had said he would that night.\n\nEnd of it."),
            Fate::Ambiguous,
            format!(
                "{rest}\n\nThe mayor went home in the rain, as he had said he would that night.\n\n{}\n\nThe mayor \
                 went home in the rain, as he had said he would that night.\n\nEnd of it.",
                (0..9000).map(|number| format!("New {number}.")).collect::<Vec<_>>().join(" ")
            ),
            2,
        ),
    ] {
        check(&old, fate, &new, candidates);
    }
}

/// A text of which every character knows where it stood.
#[derive(Clone)]
struct Traced(Vec<(char, Option<u32>)>);

impl Traced {
    fn new(text: &str) -> Self {
        Self((0..).zip(text.chars()).map(|(at, c)| (c, Some(at))).collect())
    }

    fn text(&self) -> String {
        self.0.iter().map(|(c, _)| *c).collect()
    }

    /// A stretch of whole words.
    fn words(&self, random: &mut Random, most: u32) -> std::ops::Range<usize> {
        let starts: Vec<_> = (0..self.0.len()).filter(|&at| self.starts_word(at)).collect();
        let first = random.below(starts.len() as u32) as usize;
        let last = (first + 1 + random.below(most) as usize).min(starts.len() - 1);
        starts[first]..if last > first { starts[last] } else { self.0.len() }
    }

    fn starts_word(&self, at: usize) -> bool {
        !self.0[at].0.is_whitespace() && (at == 0 || self.0[at - 1].0.is_whitespace())
    }

    fn edit(&mut self, random: &mut Random) {
        let untraced = |text: &str| text.chars().map(|c| (c, None)).collect::<Vec<_>>();
        let here = self.words(random, 12);
        let other = ["said ", "yes ", "in fact ", "the minister ", "“so” ", "it is said that nobody knew of it "];
        let other = untraced(random.pick::<&str>(&other));
        match random.below(6) {
            0 => drop(self.0.splice(here.start..here.start, other)),
            1 => drop(self.0.drain(here)),
            2 => drop(self.0.splice(here, other)),
            3 => {
                // What stands elsewhere is written once more.
                let again: Vec<_> = self.0[here].iter().map(|(c, _)| (*c, None)).collect();
                let there = self.words(random, 1).start;
                self.0.splice(there..there, again);
            }
            4 => self.move_paragraph(random),
            _ => self.change_marks(random),
        }
    }

    fn move_paragraph(&mut self, random: &mut Random) {
        let mut paragraphs: Vec<Vec<_>> = self.0.split(|(c, _)| *c == '\n').map(<[_]>::to_vec).collect();
        let paragraph = paragraphs.remove(random.below(paragraphs.len() as u32) as usize);
        paragraphs.insert(random.below(paragraphs.len() as u32 + 1) as usize, paragraph);
        self.0 = paragraphs.join(&('\n', None));
    }

    fn change_marks(&mut self, random: &mut Random) {
        let marks = *random.pick(&[['"', '"'], ['«', '»'], ['„', '“']]);
        for (c, _) in &mut self.0 {
            match *c {
                '“' => *c = marks[0],
                '”' => *c = marks[1],
                _ => {}
            }
        }
    }

    /// Where a stretch of the old text stands, if all of it stands together.
    fn place(&self, span: Span) -> Option<Span> {
        let start = self.0.iter().position(|(_, from)| *from == Some(span.start.0))?;
        let whole = (0..span.len() as usize)
            .all(|n| self.0.get(start + n).is_some_and(|(_, from)| *from == Some(span.start.0 + n as u32)));
        whole.then(|| Span::new(start as u32, start as u32 + span.len()))
    }

    /// Whether a stretch of the new text is one of the old text, whichever.
    fn is_old(&self, span: Span) -> bool {
        let here = &self.0[span.start.get()..span.end.get()];
        here.windows(2).all(|pair| pair[0].1.is_some() && pair[0].1.map(|at| at + 1) == pair[1].1)
            && here[0].1.is_some()
    }
}

fn occurrences(text: &Text, quote: &str) -> Vec<Span> {
    let (characters, quote): (Vec<char>, Vec<char>) = (text.as_str().chars().collect(), quote.chars().collect());
    let starts = (0..characters.len()).filter(|&at| characters[at..].starts_with(&quote));
    starts.map(|at| Span::new(at as u32, (at + quote.len()) as u32)).collect()
}

/// 200 annotations of an article: words and runs of words, and some with two fragments.
fn spans(text: &Text, random: &mut Random) -> Vec<Vec<Span>> {
    let traced = Traced::new(text.as_str());
    let span = |random: &mut Random| {
        let words = traced.words(random, 14);
        let trimmed = traced.0[words.clone()].iter().rev().take_while(|(c, _)| c.is_whitespace()).count();
        Span::new(words.start as u32, (words.end - trimmed) as u32)
    };
    let fragments = |n: u32, random: &mut Random| {
        let mut spans = vec![span(random)];
        let other = span(random);
        if n.is_multiple_of(10) && !other.overlaps(spans[0]) {
            spans.push(other);
            spans.sort_unstable();
        }
        spans
    };
    (0..200).map(|n| fragments(n, random)).collect()
}

#[test]
fn random_corrections_never_put_a_tag_on_other_words() {
    let mut articles =
        vec![std::fs::read_to_string(root().join(format!("projects/port-averne/documents/{BRIDGE}.txt"))).unwrap()];
    articles.extend(shared("seed").into_iter().flat_map(|seed| {
        std::fs::read_dir(seed).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
    }));
    let (mut fates, mut asked) = (std::collections::BTreeMap::new(), 0);
    for case in 0..CASES {
        let random = &mut Random(case);
        let article = &articles[case as usize % articles.len()];
        let old = Text::new(article.clone());
        let mut traced = Traced::new(article);
        (0..1 + random.below(12)).for_each(|_| traced.edit(random));
        let new = Text::new(traced.text());
        let annotations = spans(&old, random);
        let set = set_of(&old, &annotations);
        let (transaction, report) = moved(&set, &old, &new);
        assert_eq!((report.annotations.len(), report.counts().values().sum()), (200, 200));
        report.counts().into_iter().for_each(|(fate, count)| *fates.entry(fate).or_insert(0) += count);

        let mut after = set.clone();
        after.apply(&transaction.changes).unwrap();
        for told in &report.annotations {
            let before = set.annotations().find(|annotation| annotation.id == told.id).unwrap();
            let there = after.annotations().find(|annotation| annotation.id == told.id).unwrap();
            if told.outcome.waits() {
                assert_eq!((&there.spans, &there.text, &*there.text_sha256), (&before.spans, &before.text, "old"));
            } else {
                let exact: Vec<_> = there.spans.iter().map(|span| new.slice(*span).unwrap()).collect();
                assert!(there.text == exact && there.text_sha256.is_empty());
                assert!(there.spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
            }
            for (number, (span, quote)) in before.spans.iter().zip(&before.text).enumerate() {
                let placed = (!told.outcome.waits()).then(|| there.spans[number]);
                asked += usize::from(traced.place(*span).is_some() && placed.is_none());
                judge(&traced, &new, *span, quote, placed, before.spans.len() > 1, &format!("case {case}: {told:#?}"));
            }
        }
        after.apply(&transaction.inverse().changes).unwrap();
        assert_eq!(after, set, "undo");
    }
    println!("{fates:?}; asked of {asked} that still stand");
    assert!(asked * 50 < CASES as usize * 200, "a person is asked too often: {asked}");
}

/// Holds one fragment against what is known of every character.
fn judge(traced: &Traced, new: &Text, span: Span, quote: &str, placed: Option<Span>, several: bool, what: &str) {
    let truth = traced.place(span);
    let reads = find_quote(new, quote, "", "");
    let stands = occurrences(new, quote);
    match placed {
        // Its words stand once: there it is. But there they may always have stood for another tag.
        None => {
            let another = |only: Span| truth.is_none() && traced.is_old(only);
            assert!(several || stands.len() != 1 || another(stands[0]), "{what}");
        }
        Some(placed) if truth.is_some() => assert_eq!(Some(placed), truth, "{what}"),
        // Marks or white space may have been changed.
        Some(placed) if stands.len() == 1 && !traced.is_old(stands[0]) => {
            assert!(placed == stands[0] || reads.contains(&placed), "{what}");
        }
        Some(placed) if reads == [placed] => {}
        Some(placed) => {
            // Some words changed: it lies on a good part of those that are left.
            let inside = |from: &Option<u32>| from.is_some_and(|at| span.contains(Offset(at)));
            let left = traced.0.iter().filter(|(_, from)| inside(from)).count();
            let here = traced.0[placed.start.get()..placed.end.get()].iter().filter(|(_, from)| inside(from)).count();
            assert!(3 * here >= left && here > 0, "{what}");
        }
    }
}

#[test]
fn quotes_are_found_as_a_selector_means_them() {
    let Some(cases) = shared("data/web_annotation/apache_annotator/text-quote-match-cases.json") else { return };
    let cases: serde_json::Value = serde_json::from_slice(&std::fs::read(cases).unwrap()).unwrap();
    for (what, case) in cases.as_object().unwrap() {
        let (nodes, text) = flat(case["html"].as_str().unwrap());
        let part = |name: &str| case["selector"][name].as_str().unwrap_or("").to_owned();
        let found = find_quote(&Text::new(text), &part("exact"), &part("prefix"), &part("suffix"));
        let offset = |place: &serde_json::Value, end: &str| {
            let node = place[format!("{end}ContainerXPath")].as_str().unwrap();
            nodes.iter().find(|(path, _)| path == node).unwrap_or_else(|| panic!("{what}: {node} {nodes:?}")).1
                + place[format!("{end}Offset")].as_u64().unwrap() as u32
        };
        let expected = case["expected"].as_array().unwrap().iter();
        let mut expected: Vec<_> =
            expected.map(|place| Span::new(offset(place, "start"), offset(place, "end"))).collect();
        expected.dedup();
        assert_eq!(found, expected, "{what}");
    }
}

/// The text of a small page, and where each of its text nodes begins, by its path.
fn flat(html: &str) -> (Vec<(String, u32)>, String) {
    let (mut nodes, mut text, mut open) = (Vec::new(), String::new(), Vec::new());
    let mut counts = std::collections::BTreeMap::new();
    for piece in html.split_inclusive('>') {
        let (content, tag) = piece.rsplit_once('<').unwrap_or((piece, ""));
        if !content.is_empty() {
            let element: &str = open.last().copied().unwrap();
            let count = counts.entry(element).or_insert(0);
            *count += 1;
            let path = format!("//{element}/text()[{count}]");
            nodes.push((path, text.chars().count() as u32));
            if *count == 1 {
                nodes.push((format!("//{element}/text()"), text.chars().count() as u32));
            }
            text += content;
        }
        match tag.trim_end_matches('>').strip_prefix('/') {
            Some(_) => drop(open.pop()),
            None if !tag.is_empty() => open.push(tag.trim_end_matches('>')),
            None => {}
        }
    }
    (nodes, text)
}
