//! What the pointer does to a text.

use ascribe_schema::Offset;
use egui::{Modifiers, PointerButton, Pos2, Response, Ui};

use super::pane::TextPane;
use super::signs::Sign;

/// How near to the upper or lower edge a drag scrolls, in points.
const EDGE: f32 = 24.0;
/// How fast it scrolls, in points per second for each point beyond that.
const SPEED: f32 = 12.0;

/// A click or drag with the primary button. Offsets lie between grapheme clusters; words are up to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gesture {
    /// A single click.
    Click {
        /// The nearest place for the caret.
        at: Offset,
        /// The character under the pointer; `None` beside the text.
        char: Option<Offset>,
        /// The modifier keys held.
        modifiers: Modifiers,
    },
    /// The second of two quick clicks.
    DoubleClick {
        /// The nearest place for the caret.
        at: Offset,
        /// The character under the pointer; `None` beside the text.
        char: Option<Offset>,
        /// The modifier keys held.
        modifiers: Modifiers,
    },
    /// The third of three quick clicks.
    TripleClick {
        /// The nearest place for the caret.
        at: Offset,
        /// The character under the pointer; `None` beside the text.
        char: Option<Offset>,
        /// The modifier keys held.
        modifiers: Modifiers,
    },
    /// The pointer is being dragged, perhaps outside the pane by now.
    Drag {
        /// Where the button was pressed.
        from: Offset,
        /// Where the pointer is now.
        to: Offset,
        /// Whether the button has just been released.
        ended: bool,
        /// The modifier keys held.
        modifiers: Modifiers,
    },
}

/// What happened to a pane in a frame.
#[derive(Clone, Debug)]
pub struct PaneResponse {
    /// The response of the widget that the whole pane is.
    pub response: Response,
    /// The character under the pointer; `None` when the pointer is not over text.
    pub hover: Option<Offset>,
    /// The directional character whose flag is under the pointer.
    pub sign: Option<&'static Sign>,
    /// Where the primary button was pressed, while it is held.
    pub pressed_at: Option<Offset>,
    /// A click or drag.
    pub gesture: Option<Gesture>,
    /// The selection that assistive technology asks for: its fixed end, and the one with the caret.
    pub asked: Option<(Offset, Offset)>,
}

impl TextPane {
    /// Works out what the pointer does, and scrolls when it drags along an edge.
    pub(super) fn sense(&mut self, ui: &Ui, response: Response) -> PaneResponse {
        let pressed = ui.input(|input| input.pointer.primary_pressed());
        let pointer = response.interact_pointer_pos();
        if pressed && response.is_pointer_button_down_on() {
            response.request_focus();
            self.pressed = pointer.and_then(|point| self.hit_and_keep(point));
        }
        let hover = response.hover_pos().and_then(|point| self.char_under(point));
        let sign = response.hover_pos().and_then(|point| self.signs().find(|(rect, _)| rect.contains(point)));
        let sign = sign.map(|(_, sign)| sign);
        let gesture = pointer.and_then(|point| self.gesture(ui, &response, point));
        let pressed_at = self.pressed;
        if !ui.input(|input| input.pointer.primary_down()) {
            self.pressed = None;
        }
        let dragged_to = match gesture {
            Some(Gesture::Drag { to, .. }) => Some(to),
            _ => None,
        };
        if gesture.is_some() && (dragged_to.is_none() || dragged_to != self.dragged_to) {
            // The caller will answer with a selection, which is to be seen at once.
            ui.ctx().request_repaint();
        }
        self.dragged_to = dragged_to;
        PaneResponse { response, hover, sign, pressed_at, gesture, asked: None }
    }

    fn hit_and_keep(&mut self, point: Pos2) -> Option<Offset> {
        let hit = self.hit(point)?;
        self.last_hit = Some(hit);
        Some(hit.0)
    }

    fn gesture(&mut self, ui: &Ui, response: &Response, point: Pos2) -> Option<Gesture> {
        const PRIMARY: PointerButton = PointerButton::Primary;
        let modifiers = ui.input(|input| input.modifiers);
        let ended = response.drag_stopped_by(PRIMARY);
        if ended || response.dragged_by(PRIMARY) {
            let from = self.pressed?;
            let to = self.hit_and_keep(point)?;
            if !ended {
                self.scroll_at_edge(ui, point.y);
            } else if from == to {
                // Held for long but not moved: no drag to anyone's mind.
                return Some(Gesture::Click { at: to, char: self.char_under(point), modifiers });
            }
            return Some(Gesture::Drag { from, to, ended, modifiers });
        }
        if !response.clicked_by(PRIMARY) {
            return None;
        }
        let at = self.hit_and_keep(point)?;
        let char = self.char_under(point);
        if response.triple_clicked_by(PRIMARY) {
            return Some(Gesture::TripleClick { at, char, modifiers });
        }
        if response.double_clicked_by(PRIMARY) {
            return Some(Gesture::DoubleClick { at, char, modifiers });
        }
        Some(Gesture::Click { at, char, modifiers })
    }

    /// A drag near an edge, or beyond it, scrolls: the faster, the further.
    fn scroll_at_edge(&mut self, ui: &Ui, y: f32) {
        let clip = self.seen.clip;
        let above = (clip.top() + EDGE - y).max(0.0);
        let below = (y - clip.bottom() + EDGE).max(0.0);
        if above > 0.0 || below > 0.0 {
            let time = ui.input(|input| input.stable_dt).min(0.1);
            // In the next frame: in this one, what would come into view has not been laid out.
            self.nudge = f64::from((below - above) * SPEED * time);
            ui.ctx().request_repaint();
        }
    }
}
