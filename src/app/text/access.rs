//! What assistive technology sees of a text, and what it asks for.
//!
//! The pane is a document, in it a node for each paragraph, in that its pieces ([`super::runs`]). The pane has the
//! caret and the selection. Nothing is made while nobody listens; what does not change is kept.

use std::collections::HashMap;
use std::ops::Range;

use ascribe_schema::{Offset, Span};
use egui::accesskit::{
    Action, ActionData, ActionRequest, Affine, Node, NodeId, Rect, Role, TextPosition, TextSelection, TreeId, Vec2,
};
use egui::{Event, Id, Ui};
use parley::layout::Affinity;

use super::laid::{Laid, Setting};
use super::pane::TextPane;
use super::runs::{Run, runs};

/// Up to this many characters, a text is there as a whole, so that offsets are those of the text.
const WHOLE: u32 = 64 * 1024;
/// Of longer texts there is what the window shows, with a block of this many characters before and after.
const BLOCK: u32 = 16 * 1024;

/// What was made for the frames before.
#[derive(Default)]
pub(super) struct Access {
    paragraphs: HashMap<usize, Described>,
    setting: Option<Setting>,
    exposed: Range<usize>,
    /// The paragraphs of all nodes.
    owners: HashMap<NodeId, usize>,
    /// The widget of the pane.
    widget: Option<Id>,
}

/// A paragraph as nodes.
struct Described {
    id: NodeId,
    node: Node,
    runs: Vec<Run>,
    /// Of which layout the places of its characters are; none where they are not known.
    layout: Option<u64>,
}

impl TextPane {
    /// The part of the text that is exposed; all of it unless it is long.
    #[must_use]
    pub fn exposed(&self) -> Span {
        let start = self.flow.chunks.get(self.access.exposed.start).span().start;
        let end = self.flow.chunks.get(self.access.exposed.end.saturating_sub(1)).span().end;
        Span::between(start, end)
    }

    /// The selection that is asked for by assistive technology, anchor first; scrolls as it asks.
    pub(super) fn hear(&mut self, ui: &Ui) -> Option<(Offset, Offset)> {
        let widget = self.access.widget?.accesskit_id();
        let requests = ui.input(|input| {
            let mine = |event: &Event| match event {
                Event::AccessKitActionRequest(request) if request.target_tree == TreeId::ROOT => Some(request.clone()),
                _ => None,
            };
            input.events.iter().filter_map(mine).collect::<Vec<_>>()
        });
        let mut asked = None;
        for request in requests {
            let owner = self.access.owners.get(&request.target_node).copied();
            match (request.action, &request.data) {
                (Action::SetTextSelection, Some(ActionData::SetTextSelection(selection)))
                    if request.target_node == widget =>
                {
                    let (anchor, focus) = (self.offset_of(&selection.anchor), self.offset_of(&selection.focus));
                    asked = anchor.zip(focus).or(asked);
                }
                _ if owner.is_some() || request.target_node == widget => self.scroll_as(ui, &request, owner),
                _ => {}
            }
        }
        asked
    }

    fn scroll_as(&mut self, ui: &Ui, request: &ActionRequest, owner: Option<usize>) {
        match (request.action, &request.data, owner) {
            (Action::ScrollIntoView, _, Some(chunk)) => {
                let run = self.access.paragraphs.get(&chunk).and_then(|paragraph| {
                    let run = paragraph.runs.iter().find(|run| run.id == request.target_node)?;
                    self.offset_in(chunk, run.start)
                });
                let start = run.unwrap_or_else(|| self.flow.chunks.get(chunk).span().start);
                self.scroll_to(Span { start, end: start });
            }
            (Action::ScrollToPoint, Some(ActionData::ScrollToPoint(point)), owner) => {
                let y = point.y as f32 / ui.pixels_per_point();
                // Of the whole text, it is said how far; of a part, where to.
                self.nudge += f64::from(owner.map_or(0.0, |chunk| self.origin(chunk).y) - y);
            }
            _ => {}
        }
    }

    fn offset_in(&self, chunk: usize, byte: usize) -> Option<Offset> {
        self.flow.text.offset_of_byte(self.flow.chunks.get(chunk).bytes().start + byte)
    }

    fn offset_of(&self, position: &TextPosition) -> Option<Offset> {
        let chunk = *self.access.owners.get(&position.node)?;
        let run = self.access.paragraphs.get(&chunk)?.runs.iter().find(|run| run.id == position.node)?;
        self.offset_in(chunk, run.byte(position.character_index))
    }

    fn position_of(&self, offset: Offset, affinity: Affinity) -> Option<TextPosition> {
        let (chunk, byte) = self.flow.locate(offset);
        let runs = &self.access.paragraphs.get(&chunk)?.runs;
        let next = runs.partition_point(|run| run.start <= byte);
        let mut run = runs.get(next.saturating_sub(1))?;
        if affinity == Affinity::Upstream && run.start == byte {
            run = runs.get(next.saturating_sub(2))?;
        }
        Some(TextPosition { node: run.id, character_index: run.character(byte) })
    }

    /// Puts the text into the accessibility tree, below the widget of the pane.
    pub(super) fn expose(&mut self, ui: &Ui, widget: Id) {
        self.access.widget = Some(widget);
        if !crate::nodes::wanted(ui.ctx(), widget) {
            self.access = Access { widget: self.access.widget, ..Access::default() };
            return;
        }
        self.refresh(widget);
        let column = widget.with("column").accesskit_id();
        let mut nodes = vec![(column, self.column_node())];
        for chunk in self.access.exposed.clone() {
            let Some(paragraph) = self.access.paragraphs.get(&chunk) else { continue };
            let mut node = paragraph.node.clone();
            if paragraph.layout.is_some() {
                node.set_transform(Affine::translate(Vec2::new(0.0, self.flow.y(chunk))));
            }
            nodes.push((paragraph.id, node));
            nodes.extend(paragraph.runs.iter().map(|run| (run.id, run.node.clone())));
        }
        crate::nodes::add(ui.ctx(), widget, &[column], nodes);
        let ends = self.position_of(self.anchor, Affinity::Downstream).zip(self.position_of(self.focus, self.affinity));
        ui.ctx().accesskit_node_builder(widget, |node| {
            // A click with no place to it would do nothing.
            node.remove_action(Action::Click);
            node.add_action(Action::SetTextSelection);
            node.add_action(Action::ScrollToPoint);
            if let Some((anchor, focus)) = ends {
                node.set_text_selection(TextSelection { anchor, focus });
            }
        });
    }

    /// All paragraphs, in a space of their own: when it scrolls, only this changes.
    fn column_node(&self) -> Node {
        let mut column = Node::new(Role::GenericContainer);
        let top = f64::from(self.seen.clip.top()) - self.flow.top;
        column.set_transform(Affine::translate(Vec2::new(self.seen.left.into(), top)));
        let ids = self.access.exposed.clone().filter_map(|chunk| Some(self.access.paragraphs.get(&chunk)?.id));
        column.set_children(ids.collect::<Vec<_>>());
        column
    }

    /// Makes what has come into reach or been laid out, drops the rest.
    fn refresh(&mut self, widget: Id) {
        let exposed = self.reach();
        if self.access.setting.as_ref() != self.flow.setting() {
            self.access.setting = self.flow.setting().copied();
            self.access.paragraphs.clear();
        }
        if self.access.exposed != exposed || self.access.paragraphs.is_empty() {
            self.access.paragraphs.retain(|chunk, _| exposed.contains(chunk));
            let kept = &self.access.paragraphs;
            self.access.owners.retain(|_, chunk| kept.contains_key(chunk));
            self.access.exposed = exposed;
            for chunk in self.access.exposed.clone() {
                if !self.access.paragraphs.contains_key(&chunk) {
                    self.make(widget, chunk);
                }
            }
        }
        for chunk in self.seen.chunks.clone() {
            let layout = self.flow.laid(chunk).map(Laid::id);
            if self.access.paragraphs.get(&chunk).is_some_and(|paragraph| paragraph.layout != layout) {
                self.make(widget, chunk);
            }
        }
    }

    /// The paragraphs to expose.
    fn reach(&self) -> Range<usize> {
        let chunks = &self.flow.chunks;
        if self.flow.text.len().0 <= WHOLE {
            return 0..chunks.len();
        }
        // In steps, so that not every line that is scrolled changes what is there.
        let first = chunks.get(self.seen.chunks.start).span().start.0 / BLOCK;
        let last = chunks.get(self.seen.chunks.end.saturating_sub(1)).span().end.0 / BLOCK;
        let start = chunks.at(Offset(first.saturating_sub(1) * BLOCK));
        let end = chunks.at(Offset((last + 2) * BLOCK));
        start..end + 1
    }

    fn make(&mut self, widget: Id, chunk: usize) {
        let here = self.flow.chunks.get(chunk);
        let end = if chunk + 1 < self.flow.chunks.len() {
            self.flow.chunks.get(chunk + 1).bytes().start
        } else {
            self.flow.text.as_str().len()
        };
        let text = self.flow.text.as_str().get(here.bytes().start..end).unwrap_or_default();
        let laid = self.flow.laid(chunk);
        let id = widget.with(("paragraph", chunk));
        let runs = runs(id, text, laid);
        // What holds no letters is not worth stopping at.
        let role = if here.is_empty() { Role::GenericContainer } else { Role::Paragraph };
        let mut node = Node::new(role);
        if role == Role::Paragraph {
            node.set_label(self.flow.str(chunk));
        }
        if let (Some(laid), Some(setting)) = (laid, self.flow.setting()) {
            let (width, height) = (f64::from(setting.width / setting.scale), f64::from(laid.height()));
            node.set_bounds(Rect { x0: 0.0, y0: 0.0, x1: width, y1: height });
        }
        node.add_action(Action::ScrollIntoView);
        node.set_children(runs.iter().map(|run| run.id).collect::<Vec<_>>());
        let id = id.accesskit_id();
        self.access.owners.extend(runs.iter().map(|run| run.id).chain([id]).map(|id| (id, chunk)));
        let layout = laid.map(Laid::id);
        self.access.paragraphs.insert(chunk, Described { id, node, runs, layout });
    }
}
