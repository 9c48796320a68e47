//! Dragging an end of the focused annotation with the mouse.

use ascribe_engine::{Action, Edge, snap};
use ascribe_schema::{AnnotationId, Offset, Scheme, Span};
use egui::{CursorIcon, Pos2, Rect, Response, Stroke, Ui, pos2, vec2};

use super::{Reading, marks::label_color, shown::Shown};
use crate::{
    command::Command,
    text::{Gesture, PaneResponse},
    theme::Theme,
};

/// How near to an end the pointer takes hold of it, in points.
const REACH: f32 = 5.0;
/// How far grips hang down below the letters.
const HANG: f32 = 5.0;

/// An end of a fragment that the pointer holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Grip {
    /// The annotation.
    id: AnnotationId,
    /// The fragment as it is.
    from: Span,
    /// Which of its ends is held.
    edge: Edge,
    /// What it becomes.
    pub to: Span,
}

impl Grip {
    fn drag_to(&mut self, at: Offset, exact: bool, text: &ascribe_schema::Text) {
        let drawn = match self.edge {
            Edge::Start => {
                let last = snap::cluster_step(text, self.from.end, false).unwrap_or(self.from.start);
                Span { start: at.min(last), end: self.from.end }
            }
            Edge::End => {
                let first = snap::cluster_step(text, self.from.start, true).unwrap_or(self.from.end);
                Span { start: self.from.start, end: at.max(first) }
            }
        };
        let snapped = if exact { drawn } else { snap::words(text, drawn) };
        self.to = match self.edge {
            Edge::Start => Span { start: snapped.start, end: self.from.end },
            Edge::End => Span { start: self.from.start, end: snapped.end },
        };
    }
}

impl Reading {
    /// Shows the ends of the focused annotation as grips, and lets the pointer take hold of them.
    pub(super) fn grip_ui(&mut self, ui: &Ui, pane: &Response, shown: Shown<'_>, theme: &Theme, scheme: &Scheme) {
        let Some(focused) = self.focus.as_ref().and_then(|id| shown.placed(id)).cloned() else { return };
        let color = label_color(theme, scheme, &focused.label);
        let pointer = pane.hover_pos().or(pane.interact_pointer_pos());
        let pressed = ui.input(|input| input.pointer.primary_pressed().then(|| input.pointer.press_origin()).flatten());
        let mut held = self.grip.is_some();
        for &from in &focused.spans {
            for edge in [Edge::Start, Edge::End] {
                let Some(end) = self.end(from, edge) else { continue };
                paint(ui, end, Stroke::new(2.0, color));
                let near = |point: Pos2| end.expand2(vec2(REACH, 1.0)).contains(point);
                held |= pointer.is_some_and(near);
                if pane.contains_pointer() && pressed.is_some_and(near) {
                    self.grip = Some(Grip { id: focused.id.clone(), from, edge, to: from });
                }
            }
        }
        if held {
            ui.set_cursor_icon(CursorIcon::ResizeHorizontal);
        }
    }

    /// Where on screen an end of a fragment is.
    fn end(&self, span: Span, edge: Edge) -> Option<Rect> {
        let rect = match edge {
            Edge::Start => self.pane.rect_of(span.start),
            Edge::End => self.pane.rect_behind(span.end),
        }?;
        Some(Rect::from_min_max(rect.min, rect.max + vec2(0.0, HANG)))
    }

    /// Moves the end that the pointer holds; answers whether it holds one.
    pub(super) fn drag_grip(&mut self, response: &PaneResponse, queue: &mut Vec<Command>) -> bool {
        let Some(grip) = &mut self.grip else { return false };
        match response.gesture {
            Some(Gesture::Drag { to, ended, modifiers, .. }) => {
                grip.drag_to(to, modifiers.alt || modifiers.command, self.pane.text());
                if ended {
                    let Grip { id, from, to, .. } = grip.clone();
                    self.grip = None;
                    queue.push(Command::Act(Action::Reshape { id, from, to }));
                }
                true
            }
            // A click at an end means what it means elsewhere.
            Some(_) => {
                self.grip = None;
                false
            }
            None if response.pressed_at.is_none() => {
                self.grip = None;
                false
            }
            None => true,
        }
    }
}

fn paint(ui: &Ui, end: Rect, stroke: Stroke) {
    let x = end.center().x;
    ui.painter().vline(x, end.y_range(), stroke);
    ui.painter().circle_filled(pos2(x, end.bottom()), 2.5, stroke.color);
}
