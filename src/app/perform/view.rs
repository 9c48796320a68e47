//! What a person sees of the window: its parts, and whether things move.

use egui::{Context, Order};

use crate::{
    app::App,
    command::{Command, shortcut_text},
    motion,
    parts::{self, Side},
    workspace::Workspace,
};

impl App {
    /// The name of a command and its first key, for hints.
    pub(crate) fn told(&self, ctx: &Context, command: &Command) -> (String, String) {
        let entry = self.keymap.entries.iter().find(|entry| entry.command == *command);
        let keys = entry.and_then(|entry| entry.keys.first()).map(|keys| shortcut_text(ctx, keys));
        (entry.map(|entry| entry.name.clone()).unwrap_or_default(), keys.unwrap_or_default())
    }

    pub(super) fn toggle_motion(&mut self, ctx: &Context) {
        self.settings.motion = !self.settings.motion;
        motion::set(ctx, self.settings.motion);
        self.say(ctx, if self.settings.motion { "Things move" } else { "Nothing moves by itself" });
        self.keep_settings();
    }

    pub(super) fn toggle_signs(&mut self, ctx: &Context) {
        self.settings.all_signs = !self.settings.all_signs;
        if let Some(workspace) = &mut self.workspace {
            workspace.all_signs = self.settings.all_signs;
        }
        let shown = "Invisible characters are shown; rest the pointer on one to read its name";
        self.say(ctx, if self.settings.all_signs { shown } else { "Invisible characters are hidden" });
        self.keep_settings();
    }

    /// Shows or hides a list: beside the article where there is room, else over it.
    pub(super) fn toggle_side(&mut self, ctx: &Context, side: Side) {
        let show = !self.shows(ctx, side);
        self.show_side(ctx, side, show);
        if show && !side.has_room(ctx) {
            self.leave_text();
            parts::give_keys(ctx, side);
        } else {
            self.return_to_text();
        }
    }

    /// Makes sure that a list can be seen, or cannot.
    pub(super) fn show_side(&mut self, ctx: &Context, side: Side, show: bool) {
        if side.has_room(ctx) {
            let kept = match side {
                Side::Documents => &mut self.settings.documents,
                Side::Inspector => &mut self.settings.inspector,
            };
            if std::mem::replace(kept, show) != show {
                self.keep_settings();
            }
        } else if let Some(workspace) = &mut self.workspace {
            workspace.parts.over = show.then_some(side);
        }
    }

    /// Does not give the keyboard to the text when it is next shown.
    pub(super) fn leave_text(&mut self) {
        if let Some(reading) = self.workspace.as_mut().and_then(Workspace::reading_mut) {
            reading.wants_keys = false;
        }
    }

    /// Gives the keyboard to the next part of the window in which something can be used.
    pub(super) fn next_part(&mut self, ctx: &Context) {
        let Some(workspace) = &self.workspace else { return };
        let (places, article) = (&workspace.parts.places, workspace.parts.article);
        let part_of = |at| {
            let holds = |&(number, place): &(usize, &egui::Rect)| number != article && place.contains(at);
            places.iter().enumerate().find(holds).map_or(article, |(number, _)| number)
        };
        let over = workspace.parts.over.is_some();
        let focused = ctx.memory(egui::Memory::focused);
        let (here, first) = ctx.viewport(|viewport| {
            let widgets = &viewport.prev_pass.widgets;
            let focused = focused.and_then(|id| widgets.get(id));
            let mut first = vec![None; places.len()];
            let layers = widgets.layers().filter(|(layer, _)| layer.order == Order::Background || over);
            for widget in layers.flat_map(|(_, widgets)| widgets) {
                let number = part_of(widget.rect.center());
                if widget.enabled && widget.sense.is_focusable() && widget.sense.senses_click() {
                    // Before the first frame of a project its parts have no places yet.
                    first.get_mut(number).map(|first| first.get_or_insert(widget.id));
                }
            }
            (focused.map(|widget| part_of(widget.rect.center())), first)
        });
        let here = here.unwrap_or(article);
        let round = (1..=places.len()).map(|step| (here + step) % places.len());
        for number in round {
            match first.get(number) {
                _ if number == article => return self.return_to_text(),
                Some(&Some(widget)) => {
                    self.leave_text();
                    return ctx.memory_mut(|memory| memory.request_focus(widget));
                }
                _ => {}
            }
        }
    }
}
