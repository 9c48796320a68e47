//! What the pointer does to the text and to the annotations on it.

use ascribe_engine::Action;
use ascribe_schema::AnnotationId;
use egui::{RichText, Ui};

use super::{Reading, shown::Shown};
use crate::{
    command::Command,
    text::{Fonts, Gesture, PaneResponse, Sign, isolated},
    theme::{Theme, strong},
    wording::shortened,
};

/// How long the pointer must rest on an annotation before all others step back, in seconds: a page that flickers
/// under a moving pointer cannot be read.
const REST: f64 = 0.4;

impl Reading {
    /// The annotation that comes forward: the one in focus, or else the one on which the pointer rests.
    pub(super) fn lead(&self, ui: &Ui) -> Option<AnnotationId> {
        let since = ui.input(|input| input.time) - self.hover_since;
        if self.focus.is_some() {
            return self.focus.clone();
        }
        if self.hover.is_some() && since < REST {
            ui.ctx().request_repaint_after_secs((REST - since) as f32 + 0.01);
        }
        self.hover.clone().filter(|_| since >= REST)
    }

    /// Answers what the pointer did to the text.
    pub(super) fn respond(&mut self, response: &PaneResponse, shown: Shown<'_>, queue: &mut Vec<Command>) {
        // What passes under the pointer while the text scrolls is not what a person points at.
        let still = !response.response.ctx.input(egui::InputState::is_scrolling);
        // Nor is what lies under words that are being selected.
        let still = still && response.pressed_at.is_none();
        let here = response.hover.filter(|_| still).map(|at| shown.at(at)).unwrap_or_default();
        self.here = here.len();
        if self.hover.as_ref() != here.first() {
            self.hover = here.first().cloned();
            self.hover_since = response.response.ctx.input(|input| input.time);
        }
        if let Some((anchor, focus)) = response.asked {
            self.exact = true;
            self.pane.set_selection(anchor, focus);
            self.pane.scroll_to_caret();
        }
        if self.drag_grip(response, queue) {
            return;
        }
        match response.gesture {
            Some(Gesture::Drag { from, to, modifiers, .. }) => {
                // Some desktops keep Alt with the mouse for themselves.
                self.exact = modifiers.alt || modifiers.command;
                self.pane.set_selection(from, to);
            }
            Some(Gesture::Click { at, modifiers, .. }) if modifiers.shift => {
                self.exact = modifiers.alt;
                self.pane.set_selection(self.pane.anchor(), at);
            }
            Some(Gesture::Click { at, char, modifiers }) => {
                self.clear_selection();
                self.pane.set_caret(at);
                let here = char.map(|at| shown.at(at)).unwrap_or_default();
                self.click(&here, modifiers.command, shown, queue);
            }
            Some(Gesture::DoubleClick { at, char, .. }) => {
                let word = ascribe_engine::snap::word_at(self.pane.text(), char.unwrap_or(at));
                if let Some(word) = word {
                    self.pane.set_selection(word.start, word.end);
                }
            }
            Some(Gesture::TripleClick { at, char, .. }) => self.select_more(char.unwrap_or(at)),
            None => {}
        }
    }

    /// A click focuses the innermost annotation; the next click at the same place the one around it. With
    /// Ctrl it ties the focused annotation to the one that was clicked.
    fn click(&mut self, here: &[AnnotationId], tie: bool, shown: Shown<'_>, queue: &mut Vec<Command>) {
        let focused = self.focus.as_ref().and_then(|focus| here.iter().position(|id| id == focus));
        let next = focused.map_or(0, |focused| focused + 1);
        let clicked = here.get(next).or(here.first()).cloned();
        // What is only suggested cannot be tied.
        let tie = tie && !self.focus.iter().chain(&clicked).any(|id| shown.is_suggested(id));
        match (self.focus.clone(), clicked) {
            (Some(from), Some(to)) if tie && from != to => {
                queue.push(Command::Act(Action::Tie { from, to, kind: None }));
            }
            (_, clicked) => {
                self.pointed = clicked.is_some();
                self.focus = clicked;
            }
        }
    }
}

/// Says what the directional character is whose flag is under the pointer.
pub(super) fn explain_sign(pane: &egui::Response, sign: &Sign) {
    pane.clone().on_hover_ui_at_pointer(|ui| {
        ui.set_max_width(320.0);
        ui.label(RichText::new(format!("{} ({})", sign.name, sign.short)).font(strong(13.0)));
        ui.label(sign.effect);
        ui.weak(format!("An invisible character of the article, U+{:04X}", u32::from(sign.character)));
    });
}

/// Says what lies under the pointer.
pub(super) fn explain_hovered(
    pane: &egui::Response,
    shown: Shown<'_>,
    hover: Option<&AnnotationId>,
    here: usize,
    fonts: &mut Fonts,
    theme: &Theme,
) {
    let Some(annotation) = hover.and_then(|id| shown.annotation(id)) else { return };
    pane.clone().on_hover_ui_at_pointer(|ui| {
        ui.set_max_width(320.0);
        let suggested = if shown.is_suggested(&annotation.id) { "suggested " } else { "" };
        let what = match shown.who(&annotation.id) {
            Some(who) => format!("{} · {who}", annotation.label),
            None => format!("{suggested}{}", annotation.label),
        };
        ui.label(RichText::new(what).font(strong(13.0)));
        for (name, value) in &annotation.attributes {
            let text = format!("{}: {}", name.replace('_', " "), isolated(&value.replace('_', " ")));
            fonts.label(ui, &text, 14.0, theme.muted.0);
        }
        for tie in shown.relations_of(&annotation.id) {
            let (out, other) = if tie.from == annotation.id { (true, &tie.to) } else { (false, &tie.from) };
            let other = shown.annotation(other).map(|other| shortened(&other.quote(), 40)).unwrap_or_default();
            let other = isolated(&other);
            let kind = tie.kind.replace('_', " ");
            let text = if out { format!("→ {kind}: {other}") } else { format!("← {other}: {kind} this") };
            fonts.label(ui, &text, 14.0, theme.muted.0);
        }
        if !annotation.note.is_empty() {
            fonts.label(ui, &shortened(&annotation.note, 200), 14.0, theme.ink.0);
        }
        if here > 1 {
            ui.weak(format!("{here} tags lie here: click again for the next one."));
        }
    });
}
