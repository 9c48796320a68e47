//! What is looked for in the text, and the field for it.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use ascribe_engine::{FindError, Hits, MOST_HITS, Query, find, snap};
use ascribe_schema::{Annotation, Offset, Span, Text};
use egui::{Button, Context, Id, Key, Modifiers, RichText, Role, TextEdit, Ui, WidgetInfo};

use super::hits::HitList;
use crate::{
    background::Job,
    command::{Command, FindMode, Finding},
    theme::Theme,
    wording::grouped,
};

/// The longest text that is looked through while the window waits, in bytes: a few milliseconds at worst.
pub(super) const SHORT: usize = 64 << 10;

/// What is looked for, and where it was found.
#[derive(Default)]
pub struct Find {
    /// What is looked for.
    pub query: Query,
    /// All hits, in the order of the text.
    pub hits: Hits,
    /// The hit that is shown.
    pub current: Option<usize>,
    /// The hits that are to be tagged.
    pub chosen: BTreeSet<usize>,
    /// Whether all hits are listed.
    pub listed: bool,
    /// The annotation whose words are looked for, to tag them as it is.
    pub like: Option<Arc<Annotation>>,
    /// Whether the field should get the keyboard.
    pub wants_keys: bool,
    /// The list of hits as it was last shown.
    pub(super) list: HitList,
    error: Option<FindError>,
    searching: Option<Job<Result<Hits, FindError>>>,
    /// From where on the first hit is to be shown.
    from: Offset,
    /// Differs for all hits that were ever found.
    generation: u64,
}

impl Find {
    /// Starts to look for something else; the first hit at or after `from` will be the one to show.
    pub fn search(&mut self, ctx: &Context, text: &Arc<Text>, query: Query, from: Offset) {
        (self.hits, self.current, self.error, self.searching) = (Hits::default(), None, None, None);
        self.turn();
        self.chosen.clear();
        (self.query, self.from) = (query, from);
        if text.as_str().len() <= SHORT {
            return self.take(find(text, &self.query, || false));
        }
        let (text, query) = (text.clone(), self.query.clone());
        self.searching = Some(Job::start(ctx, move |stopped| find(&text, &query, stopped)));
    }

    /// Takes in the hits of a search that has just ended; says whether one has.
    pub fn poll(&mut self) -> bool {
        let Some(job) = &self.searching else { return false };
        let outcome = match job.poll() {
            Ok(None) => return false,
            Ok(Some(outcome)) => outcome,
            Err(_) => Ok(Hits::default()),
        };
        self.searching = None;
        self.take(outcome);
        true
    }

    fn take(&mut self, outcome: Result<Hits, FindError>) {
        match outcome {
            Ok(hits) => self.hits = hits,
            Err(error) => self.error = Some(error),
        }
        self.turn();
        let spans = &self.hits.spans;
        if spans.is_empty() {
            // A list that is not shown must not take the keyboard from who goes on typing.
            self.list.wants_keys = false;
        }
        let next = spans.partition_point(|hit| hit.start < self.from);
        self.current = (!spans.is_empty()).then_some(if next < spans.len() { next } else { 0 });
    }

    /// Notes that the hits are others now.
    fn turn(&mut self) {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        self.generation = NEXT.fetch_add(1, Ordering::Relaxed);
        self.list.forget();
    }

    /// A number that differs whenever the hits do, for caches.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Whether a search goes on.
    #[must_use]
    pub fn is_searching(&self) -> bool {
        self.searching.is_some()
    }

    /// Gives the keyboard to the list, or else to the field.
    pub fn give_keys(&mut self, list: bool) {
        (self.list.wants_keys, self.wants_keys) = (list, !list);
    }

    /// Goes to a hit by its number, and returns it.
    pub fn go_to(&mut self, number: usize) -> Option<Span> {
        self.current = Some(number).filter(|&number| number < self.hits.spans.len());
        self.list.follow = true;
        self.shown()
    }

    /// Goes to the next or previous hit, around the end if need be, and returns it.
    pub fn step(&mut self, forward: bool) -> Option<Span> {
        let count = self.hits.spans.len();
        let step = if forward { 1 } else { count.checked_sub(1)? };
        self.go_to((self.current? + step) % count)
    }

    /// The hit that is shown.
    #[must_use]
    pub fn shown(&self) -> Option<Span> {
        self.hits.spans.get(self.current?).copied()
    }

    /// The spans of the chosen hits, without white space that was looked for at their ends.
    #[must_use]
    pub fn chosen_spans(&self, text: &Text) -> Vec<Span> {
        let spans = self.chosen.iter().filter_map(|&number| self.hits.spans.get(number).copied());
        spans.map(|hit| snap::trim(text, hit).unwrap_or(hit)).collect()
    }

    /// Shows the field.
    pub fn ui(&mut self, ui: &mut Ui, theme: &Theme, queue: &mut Vec<Command>) {
        let mut words = self.query.words.clone();
        ui.horizontal_wrapped(|ui| {
            // The field beside the buttons and the count, or else in a row of its own.
            let room = ui.available_width();
            let beside = room > 400.0;
            if beside {
                ui.label("Find");
            }
            let width = if beside { (room - 330.0).clamp(80.0, 280.0) } else { room - 16.0 };
            self.field(ui, &mut words, width, queue);
            self.modes(ui, queue);
            self.steps(ui, queue);
            let list = Button::selectable(self.listed, "List").frame_when_inactive(true);
            let list = ui.add_enabled(!self.hits.spans.is_empty(), list);
            list.widget_info(|| WidgetInfo::selected(Role::Button, true, self.listed, "List all hits"));
            if list.on_hover_text("List all hits, to choose some and tag them at once").clicked() {
                queue.push(Command::Finding(Finding::List));
            }
            ui.weak(self.count());
        });
        if let Some(error) = &self.error {
            ui.label(RichText::new(crate::wording::sentence_case(&error.to_string())).color(theme.error.0));
        }
        if words != self.query.words {
            queue.push(Command::FindWords(words));
        }
    }

    fn field(&mut self, ui: &mut Ui, words: &mut String, width: f32, queue: &mut Vec<Command>) {
        let hint = if self.query.pattern { "a regular expression" } else { "words in the article" };
        let field = ui.add(TextEdit::singleline(words).desired_width(width).hint_text(hint));
        field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Find words in the article"));
        if std::mem::take(&mut self.wants_keys) {
            field.request_focus();
        }
        if field.has_focus() && !self.hits.spans.is_empty() && list_key(ui, Key::ArrowDown) {
            self.listed = true;
            self.list.wants_keys = true;
        }
        if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            let back = ui.input(|input| input.modifiers.shift);
            queue.push(Command::FindStep(!back));
            self.wants_keys = true;
        }
        field.on_hover_text("Enter next hit · Shift+Enter previous · ↓ all hits · Esc keeps the hit selected");
    }

    fn modes(&self, ui: &mut Ui, queue: &mut Vec<Command>) {
        ui.spacing_mut().item_spacing.x = 4.0;
        for mode in FindMode::ALL {
            let on = mode.is_on(&self.query);
            let button = ui.add(Button::selectable(on, mode.sign()).frame_when_inactive(true));
            button.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, mode.name()));
            if button.on_hover_text(mode.name()).clicked() {
                queue.push(Command::Finding(Finding::Mode(mode)));
            }
        }
        ui.add_space(6.0);
    }

    fn steps(&self, ui: &mut Ui, queue: &mut Vec<Command>) {
        for (sign, name, forward) in [("‹", "Previous hit", false), ("›", "Next hit", true)] {
            let button = ui.add_enabled(!self.hits.spans.is_empty(), Button::new(sign)).on_hover_text(name);
            button.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
            if button.clicked() {
                queue.push(Command::FindStep(forward));
            }
        }
        ui.add_space(6.0);
    }

    fn count(&self) -> String {
        match self.current {
            _ if self.query.words.trim().is_empty() || self.error.is_some() => String::new(),
            _ if self.is_searching() => "searching…".to_owned(),
            Some(current) if self.hits.more => format!("{} of more than {}", grouped(current + 1), grouped(MOST_HITS)),
            Some(current) => format!("{} of {}", grouped(current + 1), grouped(self.hits.spans.len())),
            None => "not in this article".to_owned(),
        }
    }
}

/// Tells people who cannot see it which row of a list that has the keyboard is meant.
pub(crate) fn tell_row(ui: &Ui, list: Id, row: Id) {
    ui.ctx().accesskit_node_builder(list, |node| node.set_active_descendant(row.accesskit_id()));
}

/// The row that the arrows, pages and ends lead to from the one at `here`; the last is `last`.
pub(crate) fn list_move(ui: &Ui, here: usize, page: usize, last: usize) -> Option<usize> {
    let ways = [
        (Key::ArrowDown, here + 1),
        (Key::ArrowUp, here.saturating_sub(1)),
        (Key::PageDown, here + page),
        (Key::PageUp, here.saturating_sub(page)),
        (Key::Home, 0),
        (Key::End, last),
    ];
    ways.into_iter().find(|(key, _)| list_key(ui, *key)).map(|(_, row)| row.min(last))
}

/// Keys that belong to a list while it has the keyboard.
pub(crate) fn list_key(ui: &Ui, key: Key) -> bool {
    ui.input_mut(|input| input.consume_key(Modifiers::NONE, key))
}
