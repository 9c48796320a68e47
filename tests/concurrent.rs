//! Two people's random edits of one base, and what must come of them: worked out from lists of plain facts, without
//! the code that merges.

use std::collections::{BTreeMap, BTreeSet};

use ascribe_schema::{
    Annotation, AnnotationId, AnnotationRef, AnnotationSet, AnnotatorName, Comment, CommentSet, Decision, DecisionSet,
    Input, Label, Origin, Progress, Project, Rejection, Relation, RelationId, Span, Text, Verdict,
};

/// What a file says, by the path to it. A thing that has an id is a fact itself, with nothing to say.
pub(crate) type Facts = BTreeMap<String, String>;

/// Random numbers.
pub(crate) type Draw<'a> = &'a mut dyn FnMut(u32) -> u32;

/// The text of the sample's article.
const TEXT_SHA256: &str = "5a779c6632b40e5c9c8ce7222e42cd433dd8f8f99b1ec8f1ea851ae556276655";

const LABELS: [&str; 4] = ["claim", "quote", "source", "denial"];

fn pick<'a, T>(things: &'a [T], draw: Draw<'_>) -> Option<&'a T> {
    if things.is_empty() { None } else { things.get(draw(things.len() as u32) as usize) }
}

/// A word that no two draws are likely to share.
fn word(draw: Draw<'_>) -> String {
    let signs = ["a", "\"", "“", "\\", ", ", ": ", "(", "]", "\n", "é", "{"];
    (0..4).map(|_| signs[draw(signs.len() as u32) as usize].to_owned() + &draw(1000).to_string()).collect()
}

fn id(draw: Draw<'_>) -> String {
    format!("n{:05}{:04}", draw(100_000), draw(10_000))
}

fn span(text: &Text, draw: Draw<'_>) -> (Span, String) {
    let start = draw(text.len().get() as u32 - 20);
    let span = Span::new(start, start + 1 + draw(15));
    (span, text.slice(span).unwrap().to_owned())
}

fn tagged(text: &Text, who: &AnnotatorName, draw: Draw<'_>) -> Annotation {
    let (span, exact) = span(text, draw);
    Annotation {
        id: AnnotationId::from(id(draw)),
        label: LABELS[draw(4) as usize].to_owned(),
        spans: vec![span],
        text: vec![exact],
        attributes: BTreeMap::new(),
        note: String::new(),
        text_sha256: String::new(),
        origin: Origin::Human(who.clone()),
        created: String::new(),
        decided: None,
    }
}

/// One random edit of a set that leaves it sound.
pub(crate) fn edit_set(set: &mut AnnotationSet, text: &Text, draw: Draw<'_>) {
    let number = draw(set.annotations.len().max(1) as u32) as usize;
    match draw(12) {
        0 => set.annotations.push(tagged(text, &set.annotator.clone(), draw)),
        1 => {
            set.progress = match set.progress {
                Progress::Finished => Progress::InProgress,
                Progress::InProgress => Progress::Finished,
            }
        }
        2 => tie(set, draw),
        3 if !set.relations.is_empty() => {
            let at = draw(set.relations.len() as u32) as usize;
            match (draw(3), pick(&set.annotations, draw)) {
                (0, _) => drop(set.relations.remove(at)),
                (1, Some(other)) => set.relations[at].to = other.id.clone(),
                _ => set.relations[at].kind = (*pick(&["denies", "same_as", "expresses"], draw).unwrap()).to_owned(),
            }
        }
        4 => {
            let (span, exact) = span(text, draw);
            let id = ascribe_schema::RejectionId::from(id(draw));
            set.rejected.push(Rejection {
                id,
                label: "claim".to_owned(),
                spans: vec![span],
                text: vec![exact],
                rule: "claim.number".to_owned(),
                reason: word(draw),
                text_sha256: String::new(),
                created: String::new(),
            });
        }
        5 if number < set.annotations.len() => {
            let gone = set.annotations.remove(number).id;
            set.relations.retain(|relation| relation.from != gone && relation.to != gone);
        }
        _ => {
            if let Some(annotation) = set.annotations.get_mut(number) {
                change(annotation, text, draw);
            }
        }
    }
    set.sort();
}

fn tie(set: &mut AnnotationSet, draw: Draw<'_>) {
    let ends = [0, 1].map(|_| pick(&set.annotations, draw).map(|annotation| annotation.id.clone()));
    if let [Some(from), Some(to)] = ends {
        let id = RelationId::from(id(draw));
        set.relations.push(Relation { id, kind: "attributed_to".to_owned(), from, to });
    }
}

fn change(annotation: &mut Annotation, text: &Text, draw: Draw<'_>) {
    match draw(5) {
        0 => annotation.label = LABELS[draw(4) as usize].to_owned(),
        1 => {
            let (span, exact) = span(text, draw);
            (annotation.spans, annotation.text) = (vec![span], vec![exact]);
        }
        2 => annotation.note = word(draw),
        3 => drop(annotation.attributes.remove("form")),
        _ => {
            let name = ["form", "entity", "a.b", "kind"][draw(4) as usize];
            annotation.attributes.insert(name.to_owned(), word(draw));
        }
    }
}

/// One random edit of comments.
pub(crate) fn edit_comments(set: &mut CommentSet, draw: Draw<'_>) {
    let number = draw(set.comments.len().max(1) as u32) as usize;
    match draw(5) {
        0 | 1 => {
            let annotation = AnnotationId::from(id(draw));
            set.comments.push(Comment {
                id: ascribe_schema::CommentId::from(id(draw)),
                about: vec![AnnotationRef { annotator: set.writer.clone(), annotation }],
                answers: None,
                text: word(draw),
                created: format!("2026-11-22T10:00:{:02}Z", draw(60)),
                settled: false,
            });
        }
        2 if number < set.comments.len() => drop(set.comments.remove(number)),
        3 if number < set.comments.len() => set.comments[number].settled ^= true,
        _ if number < set.comments.len() => set.comments[number].text = word(draw),
        _ => {}
    }
    set.sort();
}

/// An annotation of Bo's that a decision can be about.
fn input() -> Input {
    Input {
        annotator: AnnotatorName::new("bo").unwrap(),
        annotation: AnnotationId::from("bo00000001".to_owned()),
        label: "claim".to_owned(),
        spans: vec![Span::new(0, 4)],
        text: vec!["In P".to_owned()],
        attributes: BTreeMap::new(),
        links: Vec::new(),
    }
}

/// One random edit of decisions.
pub(crate) fn edit_decisions(set: &mut DecisionSet, draw: Draw<'_>) {
    let number = draw(set.decisions.len().max(1) as u32) as usize;
    let verdict = |draw: Draw<'_>| match draw(3) {
        0 => Verdict::Reject,
        1 => Verdict::Defer,
        _ => Verdict::Accept(vec![AnnotatorName::new("bo").unwrap()]),
    };
    match draw(5) {
        0 | 1 => {
            let start = draw(500);
            set.decisions.push(Decision {
                id: ascribe_schema::DecisionId::from(id(draw)),
                text_sha256: TEXT_SHA256.to_owned(),
                place: Span::new(start, start + 5),
                about: vec![input()],
                without: Vec::new(),
                verdict: verdict(draw),
                reason: "boundary".to_owned(),
                note: word(draw),
                created: String::new(),
            });
        }
        2 if number < set.decisions.len() => drop(set.decisions.remove(number)),
        3 if number < set.decisions.len() => set.decisions[number].verdict = verdict(draw),
        _ if number < set.decisions.len() => set.decisions[number].note = word(draw),
        _ => {}
    }
    set.sort();
}

/// One random edit of a project's file.
pub(crate) fn edit_project(project: &mut Project, documents: &[ascribe_schema::DocumentId], draw: Draw<'_>) {
    let name = |draw: Draw<'_>| AnnotatorName::new(["amina", "bo", "chen", "dana"][draw(4) as usize]).unwrap();
    let labels = project.scheme.labels.len() as u32;
    match draw(9) {
        0 => project.title = word(draw),
        1 => project.guidelines = word(draw),
        2 => toggle(&mut project.annotators, name(draw)),
        3 | 4 => {
            let document = pick(documents, draw).unwrap();
            let named = project.assignments.entry(document.clone()).or_default();
            toggle(named, name(draw));
        }
        5 => toggle(&mut project.reasons, ["too long", "too short", "odd"][draw(3) as usize].to_owned()),
        6 => project.scheme.labels[draw(labels) as usize].guideline = word(draw),
        7 => {
            let label = Label {
                name: id(draw),
                key: String::new(),
                color: "teal".to_owned(),
                guideline: String::new(),
                attributes: Vec::new(),
            };
            project.scheme.labels.insert(draw(labels + 1) as usize, label);
        }
        _ => project.adjudicator = Some(name(draw)),
    }
}

fn toggle<T: PartialEq>(list: &mut Vec<T>, thing: T) {
    match list.iter().position(|there| *there == thing) {
        Some(at) => drop(list.remove(at)),
        None => list.push(thing),
    }
}

/// Puts facts of one thing under its path, and the thing itself.
fn thing<const N: usize>(facts: &mut Facts, place: &str, fields: [(&str, String); N]) {
    facts.insert(place.to_owned(), String::new());
    // An empty field is the same as none.
    let said = fields.into_iter().filter(|(_, value)| !value.is_empty());
    facts.extend(said.map(|(name, value)| (format!("{place}.{name}"), value)));
}

/// The facts of a set.
pub(crate) fn set_facts(set: &AnnotationSet) -> Facts {
    let mut facts = Facts::from([("progress".to_owned(), format!("{:?}", set.progress))]);
    for one in &set.annotations {
        let place = format!("annotations.{}", one.id);
        let spans = format!("{:?}{:?}{}", one.spans, one.text, one.text_sha256);
        let origin = format!("{:?}", one.origin);
        thing(
            &mut facts,
            &place,
            [("label", one.label.clone()), ("spans", spans), ("note", one.note.clone()), ("origin", origin)],
        );
        let attributes = one.attributes.iter().map(|(name, value)| {
            let name = if name.contains('.') { format!("\"{name}\"") } else { name.clone() };
            (format!("{place}.attributes.{name}"), value.clone())
        });
        facts.extend(attributes);
    }
    for one in &set.relations {
        let ends = [("from", one.from.to_string()), ("to", one.to.to_string()), ("kind", one.kind.clone())];
        thing(&mut facts, &format!("relations.{}", one.id), ends);
    }
    for one in &set.rejected {
        let spans = format!("{:?}{:?}", one.spans, one.text);
        let fields = [("spans", spans), ("label", one.label.clone()), ("reason", one.reason.clone())];
        thing(&mut facts, &format!("rejected.{}", one.id), fields);
    }
    facts
}

/// The facts of comments.
pub(crate) fn comment_facts(set: &CommentSet) -> Facts {
    let mut facts = Facts::new();
    for one in &set.comments {
        let settled = if one.settled { "yes".to_owned() } else { String::new() };
        let fields = [("text", one.text.clone()), ("settled", settled), ("about", format!("{:?}", one.about))];
        thing(&mut facts, &format!("comments.{}", one.id), fields);
    }
    facts
}

/// The facts of decisions.
pub(crate) fn decision_facts(set: &DecisionSet) -> Facts {
    let mut facts = Facts::new();
    for one in &set.decisions {
        let verdict = format!("{:?}{:?}{:?}{:?}", one.verdict, one.place, one.about, one.without);
        thing(&mut facts, &format!("decisions.{}", one.id), [("verdict", verdict), ("note", one.note.clone())]);
    }
    facts
}

/// The facts of a project's file.
pub(crate) fn project_facts(project: &Project) -> Facts {
    let adjudicator = project.adjudicator.as_ref().map(ToString::to_string).unwrap_or_default();
    let plain =
        [("title", project.title.clone()), ("guidelines", project.guidelines.clone()), ("adjudicator", adjudicator)];
    let mut facts: Facts = plain.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    facts.retain(|_, value| !value.is_empty());
    facts.extend(project.annotators.iter().map(|name| (format!("annotators.{name}"), String::new())));
    facts.extend(project.reasons.iter().map(|reason| (format!("reasons.\"{reason}\""), String::new())));
    for (document, names) in &project.assignments {
        facts.insert(format!("assignments.{document}"), String::new());
        facts.extend(names.iter().map(|name| (format!("assignments.{document}.{name}"), String::new())));
    }
    for label in &project.scheme.labels {
        let place = format!("scheme.labels.{}", label.name);
        thing(&mut facts, &place, [("guideline", label.guideline.clone()), ("color", label.color.clone())]);
    }
    facts
}

/// The thing with an id that a fact belongs to; nothing for a fact of the whole file.
fn owner<'a>(place: &'a str, all: &[&Facts]) -> Option<&'a str> {
    let ends = place.match_indices('.').map(|(end, _)| &place[..end]).chain([place]);
    ends.into_iter().find(|place| all.iter().any(|facts| facts.get(*place).is_some_and(String::is_empty)))
}

/// Where a merge must ask, because both changed the same field differently, or one deleted what the other changed or
/// tied something to.
pub(crate) fn must_ask(base: &Facts, ours: &Facts, theirs: &Facts) -> BTreeSet<String> {
    let mut places = BTreeSet::new();
    let changed = |side: &Facts, place: &String| side.get(place) != base.get(place);
    for place in base.keys().chain(ours.keys()).chain(theirs.keys()) {
        let owner = owner(place, &[base, ours, theirs]);
        for (one, other) in [(ours, theirs), (theirs, ours)] {
            let gone = |owner: &str| base.contains_key(owner) && !one.contains_key(owner) && other.contains_key(owner);
            // Whatever says the id of a thing in a field of its own leads to it.
            let led = other.get(place).filter(|_| place.ends_with(".from") || place.ends_with(".to"));
            let relation = place.rsplit_once('.').map(|(relation, _)| relation);
            let touched = relation.is_some_and(|relation| {
                [".from", ".to", ".kind", ""].iter().any(|field| changed(other, &format!("{relation}{field}")))
            });
            // Where both have the relation, only an end that was changed can come to stand in the result.
            let both = relation.is_some_and(|relation| one.contains_key(relation));
            let needed = if both { changed(other, place) } else { touched };
            let target = led.filter(|_| needed).map(|id| format!("annotations.{id}"));
            places.extend(target.filter(|target| gone(target)));
            if let Some(owner) = owner
                && gone(owner)
                && changed(other, place)
            {
                places.insert(owner.to_owned());
            }
        }
        let there = owner.is_none_or(|owner| ours.contains_key(owner) && theirs.contains_key(owner));
        if there && changed(ours, place) && changed(theirs, place) && ours.get(place) != theirs.get(place) {
            places.insert(place.clone());
        }
    }
    places
}

/// What of one side's edits is neither in the result nor among the places where a merge asks.
pub(crate) fn lost<'a>(base: &Facts, side: &'a Facts, result: &Facts, asked: &BTreeSet<String>) -> Vec<&'a String> {
    let is_asked = |place: &str| asked.iter().any(|at| place == at || place.starts_with(&format!("{at}.")));
    let edits = side.iter().filter(|(place, value)| base.get(*place) != Some(value));
    let lost = edits.filter(|(place, value)| result.get(*place) != Some(value) && !is_asked(place));
    lost.map(|(place, _)| place).collect()
}

/// What one side deleted and the result holds all the same, without asking.
pub(crate) fn risen<'a>(base: &'a Facts, side: &Facts, result: &Facts, asked: &BTreeSet<String>) -> Vec<&'a String> {
    let is_asked = |place: &str| asked.iter().any(|at| place == at || place.starts_with(&format!("{at}.")));
    base.keys().filter(|place| !side.contains_key(*place) && result.contains_key(*place) && !is_asked(place)).collect()
}
