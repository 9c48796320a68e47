//! What assistive technology is told of tags and suggestions: what each is, what it is tied to, and which is in focus.

use std::collections::{HashMap, HashSet};

use ascribe_engine::WorkingSet;
use ascribe_schema::{Annotation, AnnotationId, AnnotatorName};
use egui::accesskit::{Action, AriaCurrent, Node, NodeId, Rect, Role};
use egui::{Event, Id, Ui};

use super::{Reading, shown::Shown};
use crate::{
    command::Command,
    nodes,
    wording::{counted, shortened},
};

/// How many annotations are told at most; where there are more, those in the window.
const MOST: usize = 1000;
/// Ties that are told of a tag, at most.
const MOST_TIES: usize = 20;

/// The nodes of annotations, as far as they do not depend on what is on screen or in focus.
#[derive(Default)]
pub(super) struct Told {
    /// Whose set it was, which version of it, and which suggestions.
    of: Option<(Option<(AnnotatorName, u64)>, u64)>,
    nodes: HashMap<AnnotationId, Node>,
}

/// One node for each annotation of the text that is exposed, in the order of the text. `painted` are those on
/// screen, with a place each.
pub(super) fn describe(
    ui: &Ui,
    pane: Id,
    shown: Shown<'_>,
    reading: &mut Reading,
    painted: &[(AnnotationId, egui::Rect)],
    queue: &mut Vec<Command>,
) {
    if !nodes::wanted(ui.ctx(), pane) {
        return;
    }
    let (mut ids, all) = shown.set.map_or_else(|| (Vec::new(), true), |set| annotations(set, reading));
    let (suggested, _) = shown.suggested.map_or_else(Default::default, |set| annotations(set, reading));
    ids.extend(suggested);
    ids.sort_by_cached_key(|id| shown.annotation(id).map(|annotation| annotation.extent()));
    let there: HashSet<_> = ids.iter().collect();
    let asked = asked(ui);
    let mut places = HashMap::new();
    for (id, rect) in painted {
        places.entry(id).or_insert(rect.intersect(ui.clip_rect()));
    }
    let set = shown.set.map(|set| (set.state().annotator().clone(), set.version()));
    let of = Some((set, reading.offers.number()));
    if reading.told.of != of {
        reading.told = Told { of, nodes: HashMap::new() };
    }
    let node_id = |id: &AnnotationId| pane.with(("tag", id)).accesskit_id();
    let mut made = Vec::with_capacity(ids.len());
    for id in &ids {
        let Some(annotation) = shown.annotation(id) else { continue };
        let known = reading.told.nodes.entry(id.clone()).or_insert_with(|| mark(shown, annotation));
        let mut node = known.clone();
        let focused = reading.focus.as_ref() == Some(id);
        node.set_selected(focused);
        if focused {
            node.set_aria_current(AriaCurrent::True);
        }
        let others = shown.relations_of(id).map(|tie| if tie.from == *id { &tie.to } else { &tie.from });
        node.set_details(others.filter(|other| there.contains(other)).map(node_id).collect::<Vec<_>>());
        if let Some(place) = places.get(id) {
            let (min, max) = (place.min, place.max);
            node.set_bounds(Rect { x0: min.x.into(), y0: min.y.into(), x1: max.x.into(), y1: max.y.into() });
        }
        let node_id = node_id(id);
        if asked.contains(&node_id) {
            queue.push(Command::Focus(Some(id.clone())));
        }
        made.push((node_id, node));
    }
    let children: Vec<_> = made.iter().map(|(id, _)| *id).collect();
    nodes::add(ui.ctx(), pane, &children, made);
    if !all {
        let text = format!("Tags in the window only; the text has {}.", shown.set.map_or(0, WorkingSet::len));
        ui.ctx().accesskit_node_builder(pane, |node| node.set_description(text));
    }
}

/// In which language the article is to be read out.
pub(super) fn language(ui: &Ui, pane: Id, language: &str) {
    if !language.is_empty() {
        ui.ctx().accesskit_node_builder(pane, |node| node.set_language(language));
    }
}

fn mark(shown: Shown<'_>, annotation: &Annotation) -> Node {
    let mut node = Node::new(Role::Mark);
    node.set_label(name(shown, annotation));
    node.set_description(description(shown, annotation));
    // By this a script finds it in the file, with its spans.
    node.set_author_id(annotation.id.to_string());
    node.add_action(Action::Click);
    node.add_action(Action::ScrollIntoView);
    node
}

/// The annotations to tell, and whether these are all of the text that is exposed.
fn annotations(set: &WorkingSet, reading: &Reading) -> (Vec<AnnotationId>, bool) {
    let exposed = reading.pane.exposed();
    let within = |span| {
        let mut seen = HashSet::new();
        let fragments = set.index().overlapping(span).into_iter().map(|(_, id)| id);
        fragments.filter(|id| seen.insert(id.clone())).collect::<Vec<_>>()
    };
    let whole = reading.pane.text().len().0;
    if exposed.len() >= whole && set.len() <= MOST {
        return (set.annotations().map(|annotation| annotation.id.clone()).collect(), true);
    }
    // About how many to expect: where they lie dense, they are not even looked up.
    let expected = set.len() as u64 * u64::from(exposed.len()) / u64::from(whole.max(1));
    if expected <= 2 * MOST as u64 {
        let near = within(exposed);
        if near.len() <= MOST {
            return (near, true);
        }
    }
    let mut seen = within(reading.pane.visible());
    seen.truncate(MOST);
    (seen, false)
}

/// The nodes that are to be activated or brought into view.
fn asked(ui: &Ui) -> HashSet<NodeId> {
    ui.input(|input| {
        let asked = input.events.iter().filter_map(|event| match event {
            Event::AccessKitActionRequest(request)
                if matches!(request.action, Action::Click | Action::ScrollIntoView) =>
            {
                Some(request.target_node)
            }
            _ => None,
        });
        asked.collect()
    })
}

/// What an annotation is called: its words exactly as in the text. Isolates are for the eye; a script would have to
/// take them out again.
fn name(shown: Shown<'_>, annotation: &Annotation) -> String {
    let suggested = if shown.is_suggested(&annotation.id) { "suggested " } else { "" };
    let (before, by) = match shown.who(&annotation.id) {
        Some(who) => ("", format!(" by {who}")),
        None => (suggested, String::new()),
    };
    format!("{before}{}{by}: {}", annotation.label, shortened(&annotation.quote(), 80))
}

/// Attributes, ties and note in words: `form: direct; attributed to: the minister`.
fn description(shown: Shown<'_>, annotation: &Annotation) -> String {
    let plain = |name: &str| name.replace('_', " ");
    let mut parts: Vec<_> =
        annotation.attributes.iter().map(|(name, value)| format!("{}: {}", plain(name), plain(value))).collect();
    for tie in shown.relations_of(&annotation.id).take(MOST_TIES) {
        let out = tie.from == annotation.id;
        let Some(other) = shown.annotation(if out { &tie.to } else { &tie.from }) else { continue };
        let words = shortened(&other.quote(), 60);
        let kind = plain(&tie.kind);
        parts.push(if out { format!("{kind}: {words}") } else { format!("{kind} this: {words}") });
    }
    let more = shown.relations_of(&annotation.id).count().saturating_sub(MOST_TIES);
    if more > 0 {
        parts.push(format!("and {} more", counted(more, "tie")));
    }
    if !annotation.note.is_empty() {
        parts.push(format!("note: {}", shortened(&annotation.note, 200)));
    }
    parts.join("; ")
}
