//! Commands that make tagging by the keyboard quick: to the next thing that is left, to the nearest source,
//! the next value, the same again; and the keys themselves.

use std::collections::BTreeSet;

use ascribe_engine::{
    Action, chosen_attributes, default_scheme, last_attributes, last_labelling, open_proposal, tie_candidates, turned,
    untagged_quote,
};
use ascribe_schema::{Annotation, AnnotationId, Span};
use egui::Context;

use crate::{
    app::App,
    command::{Command, in_brackets, keys_of},
    overlay::Overlay,
    reading::{Nearest, Piece, Stop},
    wording::shortened,
    workspace::Workspace,
};

impl App {
    pub(super) fn select_here(&mut self, ctx: &Context, piece: Piece) {
        let Some(reading) = self.workspace.as_mut().and_then(Workspace::reading_mut) else { return };
        if !reading.select_here(piece) {
            self.say(
                ctx,
                match piece {
                    Piece::Quoted => "There is no quoted string here.",
                    Piece::Sentence | Piece::Paragraph => "There are no words here.",
                },
            );
        }
    }

    pub(super) fn travel(&mut self, piece: Piece, forward: bool, extend: bool) {
        if let Some(reading) = self.workspace.as_mut().and_then(Workspace::reading_mut) {
            reading.travel(piece, forward, extend);
        }
    }

    pub(super) fn step_to(&mut self, ctx: &Context, stop: Stop, forward: bool) {
        if stop == Stop::Problem {
            return self.step_to_problem(ctx, forward);
        }
        let Some(workspace) = &mut self.workspace else { return };
        let Some(reading) = workspace.reading() else { return };
        let (text, caret) = (reading.pane.text(), reading.pane.caret());
        let here = reading.pane.selection().unwrap_or(Span { start: caret, end: caret });
        let from = if forward { here.end } else { here.start };
        let (set, paratext) = (workspace.shown_set(), workspace.paratext());
        let found = match stop {
            Stop::Quoted => untagged_quote(text, set, paratext, from, forward),
            _ => open_proposal(set, paratext, from, forward),
        };
        match (found, stop) {
            (Some(span), _) => workspace.reading_mut().into_iter().for_each(|reading| reading.select(span)),
            (None, Stop::Quoted) => self.say(ctx, "No quoted string is left without a tag."),
            (None, _) => self.say(ctx, "No suggestion is left here."),
        }
    }

    /// How a person should press a command's keys.
    pub(crate) fn keys(&self, ctx: &Context, command: &Command) -> Option<String> {
        keys_of(ctx, &self.keymap.entries, command)
    }

    /// What a command about a tag says where none is in focus.
    pub(super) fn no_tag(&mut self, ctx: &Context) {
        let keys = self.keys(ctx, &Command::Step(true));
        let or = keys.map(|keys| format!(", or press {keys} for the next one")).unwrap_or_default();
        self.complain(format!("Choose a tag first: click it{or}."));
    }

    pub(super) fn tie_nearest(&mut self, ctx: &Context) {
        let Some((workspace, focus)) = self.focused() else { return self.no_tag(ctx) };
        let (Some(set), Some(reading)) = (workspace.shown_set(), workspace.reading()) else { return };
        let made = reading.nearest.as_ref().filter(|nearest| nearest.version == set.version());
        let made = made.and_then(|nearest| set.relation(&nearest.tie)).filter(|tie| tie.from == focus.id).cloned();
        let now = made.as_ref().map(|tie| &tie.to);
        let candidates = tie_candidates(set, workspace.scheme(), &focus, now);
        let here = now.and_then(|now| candidates.iter().position(|id| id == now));
        let next = here.map_or(0, |here| (here + 1) % candidates.len());
        let Some(to) = candidates.get(next).cloned() else {
            return self.complain(format!("There is nothing else here that a {} can be tied to.", focus.label));
        };
        if Some(&to) == now {
            return self.say(ctx, "There is no other one to tie it to.");
        }
        self.act(
            ctx,
            match made {
                Some(tie) => Action::Retie(tie.id.clone(), to.clone()),
                None => Action::Tie { from: focus.id.clone(), to: to.clone(), kind: None },
            },
        );
        self.tell_tie(ctx, &focus.id, &to, candidates.len());
    }

    /// Says whom a tie leads to, and remembers it, so that the next press can choose another.
    fn tell_tie(&mut self, ctx: &Context, from: &AnnotationId, to: &AnnotationId, candidates: usize) {
        let Some(workspace) = &mut self.workspace else { return };
        let made = workspace.shown_set().and_then(|set| {
            let tie = set.relations_of(from).find(|tie| tie.from == *from && tie.to == *to)?;
            let words = format!("{}: {}", tie.kind.replace('_', " "), shortened(&set.annotation(to)?.quote(), 60));
            Some((Nearest { tie: tie.id.clone(), version: set.version() }, words))
        });
        let Some((nearest, words)) = made else { return };
        workspace.reading_mut().into_iter().for_each(|reading| reading.nearest = Some(nearest.clone()));
        let again = self.keys(ctx, &Command::TieNearest).filter(|_| candidates > 1);
        let again = again.map(|keys| format!(" · {keys} again for the next nearest")).unwrap_or_default();
        self.say(ctx, format!("{words}{again}"));
    }

    pub(super) fn turn_attribute(&mut self, ctx: &Context, number: usize, forward: bool) {
        let Some((workspace, focus)) = self.focused() else { return self.no_tag(ctx) };
        let label = workspace.scheme().label(&focus.label);
        let Some(attribute) = label.and_then(|label| chosen_attributes(label).nth(number)) else {
            return self.complain(format!("A {} has no attribute {} to choose.", focus.label, number + 1));
        };
        let name = attribute.name.clone();
        let value = turned(attribute, focus.attributes.get(&name), forward);
        self.act(ctx, Action::SetAttribute { id: focus.id.clone(), name, value });
        self.tell_values(ctx, &focus);
    }

    /// Says which attributes of the focused annotation are no longer as they were.
    fn tell_values(&mut self, ctx: &Context, before: &Annotation) {
        let Some((_, after)) = self.focused() else { return };
        let names: BTreeSet<_> = before.attributes.keys().chain(after.attributes.keys()).collect();
        let told = names.into_iter().filter_map(|name| {
            let value = after.attributes.get(name);
            let changed = value != before.attributes.get(name);
            changed.then(|| format!("{name}: {}", value.map_or("none", String::as_str)).replace('_', " "))
        });
        let told: Vec<_> = told.collect();
        if !told.is_empty() {
            self.say(ctx, told.join(" · "));
        }
    }

    pub(super) fn repeat(&mut self, ctx: &Context) {
        let Some(workspace) = &self.workspace else { return };
        let (Some(document), Some(reading)) = (&workspace.current, workspace.reading()) else { return };
        let (history, set) = (workspace.session.history(), workspace.session.set(document));
        if let Some(span) = reading.selection() {
            return match last_labelling(history, document, |id| workspace.session.set(id), workspace.scheme()) {
                Some(like) => self.act(ctx, Action::TagLike(like, vec![span])),
                None => self.complain("Nothing has been labelled yet that could be repeated."),
            };
        }
        let Some((_, focus)) = self.focused() else {
            return self.complain("Select words first, or choose a tag.");
        };
        match set.and_then(|set| last_attributes(history, document, set, &focus)) {
            Some(values) => {
                self.act(ctx, Action::SetAttributes(focus.id.clone(), values));
                self.tell_values(ctx, &focus);
            }
            None => self.complain(format!("No other {} has been given attributes yet.", focus.label)),
        }
    }

    pub(super) fn edit_keys(&mut self) {
        match self.keymap.start_file().map(|file| file.is_some()) {
            Ok(true) => self.overlay = Some(Overlay::Shortcuts),
            Ok(false) => self.complain("There is no home folder to keep your keys in."),
            Err(error) => self.complain(format!("Your keys could not be written: {error}.")),
        }
    }

    pub(super) fn read_keys(&mut self, ctx: &Context) {
        let scheme = self.workspace.as_ref().map_or_else(default_scheme, |workspace| workspace.scheme().clone());
        self.keymap.read(&scheme);
        self.use_keys();
        if self.keymap.troubles.is_empty() {
            self.say(ctx, "Your keys have been read.");
        }
        self.tell_key_troubles(ctx);
    }

    /// Hands the keys on to where hints are shown.
    pub(crate) fn use_keys(&mut self) {
        if let Some(workspace) = &mut self.workspace {
            workspace.entries = self.keymap.entries.clone();
        }
    }

    /// Says what is wrong with the keys, if anything is.
    pub(crate) fn tell_key_troubles(&mut self, ctx: &Context) {
        let Some(first) = self.keymap.troubles.first().cloned() else { return };
        let more = match self.keymap.troubles.len() - 1 {
            0 => String::new(),
            more => format!(" And {more} more:"),
        };
        let sheet = in_brackets(ctx, &self.keymap.entries, &Command::Shortcuts);
        self.complain(format!("{first}{more} see Keys{sheet}."));
    }

    fn focused(&self) -> Option<(&Workspace, std::sync::Arc<Annotation>)> {
        let workspace = self.workspace.as_ref()?;
        Some((workspace, workspace.focused()?.clone()))
    }
}
