//! What brat files say about annotations: relations, events, attributes, notes.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use super::{
    names::{self, Kept},
    parse::{Fields, Line, arguments},
};
use crate::dataset::{Annotation, Record, Relation, Told};

/// The roles of an event that says who said what.
const ROLES: [&str; 3] = ["source", "cue", "content"];

const NOT_THERE: &str = "there is no annotation of an id that it names";

/// Adds to a record what the lines other than `T` say.
pub struct Resolver<'a, 'told> {
    record: Record,
    /// The places of annotations by their ids.
    places: HashMap<&'a str, usize>,
    /// The places of triggers by the ids of events.
    events: HashMap<&'a str, usize>,
    /// The places of relations by their ids.
    ties: HashMap<&'a str, usize>,
    /// The places of all triggers.
    triggers: HashSet<usize>,
    told: &'told mut Told,
}

type Refusal = Result<(), Cow<'static, str>>;

impl<'a, 'told> Resolver<'a, 'told> {
    /// Begins with a record that has all annotations.
    pub fn new(record: Record, places: HashMap<&'a str, usize>, told: &'told mut Told) -> Self {
        Self { record, places, events: HashMap::new(), ties: HashMap::new(), triggers: HashSet::new(), told }
    }

    /// Reads lines; what does not fit is told.
    pub fn resolve(mut self, lines: &[Line<'a>]) -> Option<Record> {
        // Arguments may name events of later lines, and notes anything.
        for line in lines.iter().filter(|line| line.text.starts_with('E')) {
            self.trigger(line);
        }
        let (last, first): (Vec<&Line<'_>>, Vec<_>) = lines.iter().partition(|line| line.text.starts_with('#'));
        let (restoring, remarks): (Vec<_>, Vec<_>) = last.into_iter().partition(|line| is_restoring(line));
        let mut events = HashSet::new();
        for line in first.into_iter().chain(remarks).chain(restoring) {
            if line.text.starts_with('E') && !events.insert(line.fields().map(|fields| fields.id)) {
                self.told.refuse(line.place(), line.kind(), "another event has the same id", line.text);
            } else if let Err(why) = self.line(line) {
                self.told.refuse(line.place(), line.kind(), why, line.text);
            }
        }
        Some(self.record)
    }

    fn line(&mut self, line: &Line<'a>) -> Refusal {
        let fields = line.fields().ok_or("it has no tab behind its id")?;
        match line.text.as_bytes().first() {
            Some(b'R') => self.relation(fields),
            Some(b'E') => self.event(fields),
            Some(b'*') => self.equivalent(fields, line.number),
            Some(b'A' | b'M') => self.attribute(fields),
            Some(b'N') => self.reference(fields),
            Some(b'#') if is_restoring(line) => self.restore(fields),
            Some(b'#') => self.remark(fields),
            _ => Err("lines of this kind are not known".into()),
        }
    }

    /// The annotation of an id: an event's is its trigger.
    fn place(&self, id: &str) -> Option<usize> {
        self.places.get(id).or_else(|| self.events.get(id)).copied()
    }

    /// The annotation that a line says something about.
    fn target(&mut self, id: &str) -> Result<&mut Annotation, Cow<'static, str>> {
        let why = if id.starts_with('R') { "relations have no attributes and notes" } else { NOT_THERE };
        let place = self.place(id).ok_or(why)?;
        if self.events.contains_key(id) {
            self.told.note("what is said of an event was read as said of its trigger");
        }
        Ok(&mut self.record.annotations[place])
    }

    /// `R1 ⇥ KIND Arg1:T1 Arg2:T2`
    fn relation(&mut self, Fields { id, data, tail }: Fields<'a>) -> Refusal {
        let (kind, rest) = data.split_once(' ').ok_or("it has no arguments")?;
        let mut pairs = arguments(rest).ok_or("its arguments are not a role and an id")?;
        if pairs.len() != 2 {
            return Err("it has not two arguments".into());
        }
        if pairs[0].0 == "Arg2" && pairs[1].0 == "Arg1" {
            pairs.swap(0, 1);
        }
        let (Some(from), Some(to)) = (self.place(pairs[0].1), self.place(pairs[1].1)) else {
            return Err(NOT_THERE.into());
        };
        if self.ties.contains_key(id) {
            return Err("another relation has the same id".into());
        }
        if (pairs[0].0, pairs[1].0) != ("Arg1", "Arg2") {
            self.told.note("the names of a relation's arguments were not kept");
        }
        if tail.is_some_and(|tail| !tail.trim().is_empty()) {
            self.told.note("what stands behind a relation's arguments was not read");
        }
        self.ties.insert(id, self.record.relations.len());
        self.record.relations.push(Relation { id: id.to_owned(), kind: kind.to_owned(), from, to });
        Ok(())
    }

    /// Finds the trigger of `E1 ⇥ TYPE:T3 ROLE:T1 …`; what is wrong with the line is told when it is read.
    fn trigger(&mut self, line: &Line<'a>) {
        let Some((id, _, trigger, _)) = line.fields().and_then(event) else { return };
        let Some(&place) = self.places.get(trigger) else { return };
        if self.events.contains_key(id) {
            return;
        }
        if !self.triggers.insert(place) {
            self.told.note("two events have one trigger, which has the relations of both now");
        }
        self.events.insert(id, place);
    }

    fn event(&mut self, fields: Fields<'a>) -> Refusal {
        let (id, kind, trigger, rest) = event(fields).ok_or("it has no type and trigger")?;
        let pairs = arguments(rest).ok_or("its arguments are not a role and an id")?;
        let Some(&place) = self.places.get(trigger) else { return Err("there is no annotation of its trigger".into()) };
        let annotation = &mut self.record.annotations[place];
        if annotation.label != kind {
            let types = annotation.attributes.entry("event".to_owned()).or_default();
            if types.split("; ").all(|known| known != kind) {
                types.push_str(if types.is_empty() { "" } else { "; " });
                types.push_str(kind);
            }
            self.told.note("an event's type other than its trigger's label became the attribute `event`");
        }
        let ends: Vec<_> = pairs.iter().map(|(role, id)| (*role, self.place(id))).collect();
        let missing = ends.iter().any(|(_, end)| end.is_none());
        let ends: Vec<_> = ends.into_iter().filter_map(|(role, end)| Some((role, end?))).collect();
        let ties = ties(place, &ends);
        for (number, (kind, from, to)) in (1..).zip(ties) {
            self.record.relations.push(Relation { id: format!("{id}.{number}"), kind, from, to });
        }
        self.told.note("an event became its trigger with relations to its arguments");
        if missing { Err(format!("{NOT_THERE}; its other arguments were read").into()) } else { Ok(()) }
    }

    /// `* ⇥ Equiv T1 T2 T3`
    fn equivalent(&mut self, Fields { data, .. }: Fields<'a>, number: u64) -> Refusal {
        let mut words = data.split_ascii_whitespace();
        let kind = words.next().ok_or("it says nothing")?;
        let kind = if kind == "Equiv" { "same_as" } else { kind };
        let ends: Option<Vec<_>> = words.map(|id| self.place(id)).collect();
        let ends = ends.ok_or(NOT_THERE)?;
        if ends.len() < 2 {
            return Err("it names less than two annotations".into());
        }
        for (at, pair) in (1..).zip(ends.windows(2)) {
            let id = format!("*{number}.{at}");
            self.record.relations.push(Relation { id, kind: kind.to_owned(), from: pair[0], to: pair[1] });
        }
        self.told.note("annotations that are the same became relations from each to the next");
        Ok(())
    }

    /// `A1 ⇥ NAME T1 [VALUE]`
    fn attribute(&mut self, Fields { data, .. }: Fields<'a>) -> Refusal {
        let (name, rest) = data.split_once(' ').ok_or("it names no annotation")?;
        let (id, value) = rest.split_once(' ').map_or((rest, ""), |(id, value)| (id, value));
        let target = self.target(id)?;
        let held = if value.is_empty() { names::FLAG } else { value };
        let twice = target.attributes.contains_key(name);
        give(target, name, held)?;
        if twice {
            self.told.note("an attribute that is given twice with the same value was read once");
        }
        if value.is_empty() {
            self.told.note("an attribute without a value got the value `true`");
        }
        Ok(())
    }

    /// `N1 ⇥ Reference T1 DATABASE:ID ⇥ NAME`, or `N1 ⇥ Reference Annotation:T1 Referent:DATABASE:ID`
    fn reference(&mut self, Fields { data, tail, .. }: Fields<'a>) -> Refusal {
        let mut words = data.split_ascii_whitespace();
        let (Some(kind), Some(id), Some(entry)) = (words.next(), words.next(), words.next()) else {
            return Err("it has no annotation and entry".into());
        };
        // BioNLP 2013 says which is which, in any order.
        let named = |role: &str| [id, entry].into_iter().find_map(|word| word.strip_prefix(role));
        let (id, entry) = (named("Annotation:").unwrap_or(id), named("Referent:").unwrap_or(entry));
        let name = if kind == "Reference" { "reference" } else { kind };
        let target = self.target(id)?;
        let mut join = |name: &str, value: &str| {
            let own = target.attributes.entry(name.to_owned()).or_default();
            if !own.is_empty() {
                own.push_str("; ");
            }
            own.push_str(value);
        };
        join(name, entry);
        if let Some(text) = tail.map(str::trim).filter(|text| !text.is_empty()) {
            join(&format!("{name}_text"), text);
        }
        self.told.note("an entry of a database became the attribute `reference`");
        Ok(())
    }

    /// `#1 ⇥ TYPE T1 ⇥ TEXT`
    fn remark(&mut self, Fields { data, tail, .. }: Fields<'a>) -> Refusal {
        let (kind, id) = data.split_once(' ').ok_or("it names no annotation")?;
        let text = tail.unwrap_or_default();
        if text.is_empty() {
            return Err("it has no text".into());
        }
        let target = self.target(id.trim_end())?;
        if !target.note.is_empty() {
            target.note.push('\n');
        }
        if kind != names::NOTE {
            target.note.push_str(&format!("{kind}: "));
        }
        target.note.push_str(text);
        Ok(())
    }

    /// Restores what brat could not hold, where nobody has changed what it could.
    fn restore(&mut self, Fields { data, tail, .. }: Fields<'a>) -> Refusal {
        let id = data.split_once(' ').map_or("", |(_, id)| id);
        let kept: Kept = serde_json::from_str(tail.unwrap_or_default()).map_err(|error| error.to_string())?;
        let mut stale = false;
        if let Some(place) = self.ties.get(id) {
            let relation = &mut self.record.relations[*place];
            put(&mut relation.kind, kept.kind, names::name, &mut stale);
        } else {
            let place = self.place(id).ok_or(NOT_THERE)?;
            let text = self.record.text.clone();
            let annotation = &mut self.record.annotations[place];
            put(&mut annotation.label, kept.label, names::name, &mut stale);
            put(&mut annotation.note, kept.note, names::note, &mut stale);
            let spans: Vec<_> = kept.spans.iter().map(|&(start, end)| ascribe_schema::Span::new(start, end)).collect();
            if !spans.is_empty() {
                let fits = crate::dataset::misfit(&text, &spans).is_none()
                    && names::fragments(&text, &spans).is_some_and(|fragments| fragments == annotation.spans);
                if fits {
                    annotation.spans = spans;
                }
                stale |= !fits;
            }
            for (name, value) in kept.attributes {
                let legal = names::name(&name);
                let fits = annotation.attributes.get(legal.as_ref()).is_some_and(|held| *held == names::value(&value));
                if fits {
                    annotation.attributes.remove(legal.as_ref());
                    annotation.attributes.insert(name, value);
                }
                stale |= !fits;
            }
        }
        if stale {
            self.told.note("what had been kept of something could not be restored, because it has been changed since");
        }
        Ok(())
    }
}

/// Puts what was kept in place of what brat held of it.
fn put(held: &mut String, kept: Option<String>, legal: impl Fn(&str) -> Cow<'_, str>, stale: &mut bool) {
    let Some(kept) = kept else { return };
    if legal(&kept) == *held {
        *held = kept;
    } else {
        *stale = true;
    }
}

fn is_restoring(line: &Line<'_>) -> bool {
    let kind = line.fields().and_then(|fields| fields.data.split(' ').next());
    kind == Some(names::RESTORING)
}

/// The id, type, trigger and arguments of an event.
fn event(Fields { id, data, .. }: Fields<'_>) -> Option<(&str, &str, &str, &str)> {
    let (head, rest) = data.split_once(' ').unwrap_or((data, ""));
    let (kind, trigger) = head.split_once(':')?;
    (!kind.is_empty() && !trigger.is_empty()).then_some((id, kind, trigger, rest))
}

/// The relations that an event becomes: type, from, to.
fn ties(trigger: usize, ends: &[(&str, usize)]) -> Vec<(String, usize, usize)> {
    let bare = |role: &str| role.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase();
    let roles: Vec<_> = ends.iter().map(|(role, _)| bare(role)).collect();
    let mut ties = Vec::new();
    if roles.iter().all(|role| ROLES.contains(&role.as_str())) {
        let of = |wanted: &'static str| {
            let named = roles.iter().zip(ends).filter(move |(role, _)| *role == wanted);
            named.map(|(_, (_, end))| *end)
        };
        for content in of("content") {
            ties.extend(of("source").map(|source| ("attributed_to".to_owned(), content, source)));
            ties.extend(of("cue").map(|cue| ("cued_by".to_owned(), content, cue)));
        }
        ties.extend(roles.iter().zip(ends).map(|(role, (_, end))| (role.clone(), trigger, *end)));
        return ties;
    }
    for (role, end) in ends {
        // `Theme2` is the second `Theme`; but `Arg2` beside `Arg1` has its number for a name.
        let first = role.trim_end_matches(|c: char| c.is_ascii_digit());
        let repeats = ends.iter().any(|(other, _)| *other == first);
        ties.push(((if repeats { first } else { role }).to_owned(), trigger, *end));
    }
    ties
}

/// Gives an annotation a value that it has not.
fn give(annotation: &mut Annotation, name: &str, value: &str) -> Refusal {
    match annotation.attributes.get(name) {
        Some(own) if own != value => Err("its annotation has another value of that already".into()),
        _ => {
            annotation.attributes.insert(name.to_owned(), value.to_owned());
            Ok(())
        }
    }
}
