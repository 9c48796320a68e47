//! Commands about suggestions: walking through them, accepting and refusing.

use ascribe_engine::{Action, Change, Diff, Query, Transaction, find, plan};
use ascribe_schema::{Annotation, AnnotationId, Span};
use egui::Context;

use crate::{
    app::App,
    command::{Command, Finding, Suggesting},
    overlay::Overlay,
    panel::in_percent,
    reading::Reading,
    suggesting::{Accepting, Asking, LONGEST, Open, Rejecting, Row, Seen, Verdict, name_of},
    text::isolated,
    wording::{counted, shortened},
    workspace::Workspace,
};

/// Reasons that are offered again.
const REASONS: usize = 5;

impl App {
    /// Whether a command about suggestions makes sense now.
    pub(super) fn can_suggest(workspace: &Workspace, command: &Suggesting) -> bool {
        let open = workspace.reading().and_then(|reading| reading.offers.open());
        let any = open.is_some_and(|open| !open.suggestions.is_empty());
        let writable = workspace.read_only().is_none();
        match command {
            Suggesting::Accept | Suggesting::Reject | Suggesting::RejectWhy => {
                writable && workspace.suggestion().is_some()
            }
            Suggesting::Step(_) => any,
            Suggesting::AcceptAbove => any && writable,
            Suggesting::RunModel => !workspace.session.project().file.models.is_empty(),
            _ => true,
        }
    }

    pub(super) fn suggesting(&mut self, ctx: &Context, command: Suggesting) {
        match command {
            Suggesting::Step(forward) => self.step_suggestion(ctx, forward),
            Suggesting::Accept => self.accept(ctx, |open, id| Some(open.suggestions.accept([&name_of(id)?]))),
            Suggesting::Reject => self.reject(ctx, None, ""),
            Suggesting::RejectWhy => self.ask_why(),
            Suggesting::RejectFor(id, reason) => self.reject(ctx, Some(id), &reason),
            Suggesting::AcceptAbove => self.show_accepting(ctx),
            Suggesting::AcceptAll(ids) => self.accept_all(ctx, &ids),
            Suggesting::RunModel => self.show_models(ctx),
            Suggesting::Toggle => self.toggle_suggestions(ctx),
        }
    }

    /// Keeps the suggestions of the shown text up to date: asks for them on a thread, and leaves out what is settled.
    pub(crate) fn prepare_suggestions(&mut self, ctx: &Context) {
        let Some(workspace) = &mut self.workspace else { return };
        let Some(current) = workspace.current.clone() else { return };
        let Some(mut reading) = workspace.readings.remove(&current) else { return };
        reading.offers.poll();
        let set = workspace.shown_set();
        let seen = Seen {
            set: set.map(|set| (set.state().annotator().clone(), set.version())),
            // Tags of others are for reading.
            shown: workspace.suggestions && workspace.earlier.is_none() && workspace.view.is_none(),
        };
        if reading.offers.is_stale(&seen) {
            refresh(ctx, workspace, &mut reading, seen);
        }
        workspace.readings.insert(current, reading);
    }

    /// Goes to the next or previous suggestion; from the last one on to the next widget, so that nobody is held.
    fn step_suggestion(&mut self, ctx: &Context, forward: bool) {
        let Some(reading) = self.workspace.as_mut().and_then(Workspace::reading_mut) else { return };
        match reading.next_suggestion(forward).cloned() {
            Some(next) => self.show_suggestion(&next),
            None if reading.had_keys => {
                reading.passes_on = Some(forward);
                ctx.request_repaint();
            }
            None => self.say(ctx, "No suggestion is left in this direction."),
        }
    }

    fn show_suggestion(&mut self, annotation: &Annotation) {
        if let Some(reading) = self.workspace.as_mut().and_then(Workspace::reading_mut) {
            reading.clear_selection();
            reading.show(annotation);
        }
    }

    /// Accepts the suggestion in focus in some way, and goes to the next.
    fn accept(&mut self, ctx: &Context, how: impl FnOnce(&Open, &AnnotationId) -> Option<Action>) {
        let Some((open, suggestion)) = self.suggestion() else { return self.no_suggestion(ctx) };
        let Some(action) = how(&open, &suggestion.id) else { return };
        if self.settle(ctx, action) {
            self.go_on(&suggestion);
            self.offer_same_words(ctx, &suggestion);
        }
    }

    /// Accepts the suggestion in focus with other spans or another label, and stays with the tag that it becomes.
    pub(super) fn accept_changed(&mut self, ctx: &Context, label: Option<String>, spans: Option<Vec<Span>>) {
        let Some((open, suggestion)) = self.suggestion() else { return self.no_suggestion(ctx) };
        let Some(name) = name_of(&suggestion.id) else { return };
        let moved = spans.is_some();
        if self.settle(ctx, open.suggestions.accept_changed(&name, label, spans)) && !moved {
            self.go_on(&suggestion);
        }
    }

    /// Accepts the suggestion in focus as an edit would leave it, such as with an end moved.
    pub(super) fn accept_edited(&mut self, ctx: &Context, edit: Action) {
        let Some((open, suggestion)) = self.suggestion() else { return };
        let Some(workspace) = &self.workspace else { return };
        let Some(reading) = workspace.reading() else { return };
        let (annotator, time) = (workspace.session.annotator(), ascribe_cli::now());
        let mut stamp = ascribe_engine::Stamp { annotator, time: &time, random: &mut ascribe_cli::random };
        let planned = plan(edit, &open.set, reading.pane.text(), workspace.scheme(), &mut stamp);
        let edited = planned.map(|edited| edited.annotations().find(|one| one.id == suggestion.id).cloned());
        match edited {
            Ok(Some(edited)) => self.accept_changed(ctx, None, Some(edited.spans.clone())),
            Ok(None) => {}
            Err(error) => self.complain(format!("Nothing was changed: {error}.")),
        }
    }

    fn reject(&mut self, ctx: &Context, id: Option<AnnotationId>, reason: &str) {
        let asked = id.and_then(|id| {
            let open = self.workspace.as_ref()?.reading()?.offers.open()?.clone();
            let suggestion = open.set.annotation(&id)?.clone();
            Some((open, suggestion))
        });
        let Some((open, suggestion)) = asked.or_else(|| self.suggestion()) else { return self.no_suggestion(ctx) };
        let action = name_of(&suggestion.id).and_then(|name| open.suggestions.reject(&name, reason));
        if action.is_some_and(|action| self.settle(ctx, action)) {
            self.go_on(&suggestion);
        }
    }

    fn ask_why(&mut self) {
        let Some((_, suggestion)) = self.suggestion() else { return };
        let Some(workspace) = &self.workspace else { return };
        if let Some(reason) = workspace.read_only() {
            return self.complain(format!("Nothing was changed: {reason}."));
        }
        self.overlay = Some(Overlay::Rejecting(Rejecting {
            id: suggestion.id.clone(),
            label: suggestion.label.clone(),
            words: suggestion.quote(),
            reason: String::new(),
            used: last_reasons(workspace),
            fresh: true,
        }));
    }

    fn show_accepting(&mut self, ctx: &Context) {
        let Some(workspace) = &self.workspace else { return };
        if let Some(reason) = workspace.read_only() {
            return self.complain(format!("Suggestions cannot be accepted here: {reason}."));
        }
        let open = workspace.reading().and_then(|reading| reading.offers.open());
        let Some(open) = open.filter(|open| !open.suggestions.is_empty()) else { return self.no_suggestion(ctx) };
        let row = |annotation: &std::sync::Arc<Annotation>| Row {
            id: annotation.id.clone(),
            label: annotation.label.clone(),
            words: annotation.quote(),
            source: open.source(&annotation.id, workspace.shown_set()).unwrap_or_default(),
            score: open.suggestion(&annotation.id).map_or(0, |suggestion| in_percent(suggestion.score)),
        };
        let accepting = Accepting::new(open.set.annotations().map(row).collect(), workspace.scheme().clone());
        self.overlay = Some(Overlay::Accepting(Box::new(accepting)));
    }

    fn accept_all(&mut self, ctx: &Context, ids: &[AnnotationId]) {
        let open = self.workspace.as_ref().and_then(|workspace| workspace.reading()?.offers.open().cloned());
        let Some(open) = open else { return };
        let names: Vec<_> = ids.iter().filter_map(name_of).collect();
        if self.settle(ctx, open.suggestions.accept(&names)) {
            self.workspace.as_mut().and_then(Workspace::reading_mut).into_iter().for_each(|reading| {
                reading.focus = None;
            });
            let left = self.left();
            self.say(ctx, format!("{} accepted, {} left.", counted(names.len(), "suggestion"), left));
        }
    }

    fn show_models(&mut self, ctx: &Context) {
        let Some(workspace) = &self.workspace else { return };
        let project = workspace.session.project();
        if project.file.models.is_empty() {
            return self.say(ctx, "This project names no models in project.ron.");
        }
        let asking = Asking::new(project, workspace.current.as_ref(), self.settings.models.clone());
        self.overlay = Some(Overlay::Asking(Box::new(asking)));
    }

    /// Remembers which model may run, or takes in what it proposed.
    pub(crate) fn answer_model(&mut self, ctx: &Context, verdict: Verdict) {
        match verdict {
            Verdict::Allow(model) => {
                self.settings.models.insert(model);
                self.keep_settings();
            }
            Verdict::Take(sets) => {
                let Some(workspace) = &mut self.workspace else { return };
                sets.into_iter().for_each(|set| workspace.session.put_suggestions(set));
                workspace.readings.values_mut().for_each(|reading| reading.offers.ask_again());
                self.prepare_suggestions(ctx);
            }
        }
    }

    fn toggle_suggestions(&mut self, ctx: &Context) {
        self.settings.suggestions = !self.settings.suggestions;
        if let Some(workspace) = &mut self.workspace {
            workspace.suggestions = self.settings.suggestions;
        }
        self.prepare_suggestions(ctx);
        self.say(ctx, if self.settings.suggestions { "Suggestions are shown" } else { "Suggestions are hidden" });
        self.keep_settings();
    }

    /// Carries out what settles a suggestion, and works out at once which are still open; whether anything was done.
    fn settle(&mut self, ctx: &Context, action: Action) -> bool {
        let deeds = |app: &Self| app.workspace.as_ref().map_or(0, |workspace| workspace.session.history().done().len());
        let before = deeds(self);
        self.act(ctx, action);
        self.prepare_suggestions(ctx);
        deeds(self) != before
    }

    /// Goes to the suggestion after one that has been settled; where none is left there, stays with what it became.
    fn go_on(&mut self, settled: &Annotation) {
        let Some(reading) = self.workspace.as_mut().and_then(Workspace::reading_mut) else { return };
        let place = (settled.extent(), settled.id.clone());
        let next = reading.offers.open().and_then(|open| open.set.after(&place).next()).cloned();
        match next {
            Some(next) => self.show_suggestion(&next),
            None => reading.pane.set_caret(settled.extent().end),
        }
    }

    /// After undo or redo: a suggestion that is open again gets the focus.
    pub(super) fn show_reopened(&mut self, ctx: &Context, deed: &Transaction) {
        self.prepare_suggestions(ctx);
        let Some(reading) = self.workspace.as_ref().and_then(Workspace::reading) else { return };
        let Some(open) = reading.offers.open() else { return };
        let settled = deed.changes.iter().find_map(|change| match change {
            Change::Annotation(Diff { before: None, after: Some(made) }) => open.like(&made.label, &made.spans),
            Change::Rejection(Diff { before: None, after: Some(made) }) => open.like(&made.label, &made.spans),
            _ => None,
        });
        if let Some(suggestion) = settled.cloned() {
            self.show_suggestion(&suggestion);
        }
    }

    /// After a source was accepted whose words stand elsewhere, too: tells how to tag them there.
    fn offer_same_words(&mut self, ctx: &Context, accepted: &Annotation) {
        let ([words], "source") = (accepted.text.as_slice(), accepted.label.as_str()) else { return };
        let Some(workspace) = &mut self.workspace else { return };
        let Some(reading) = workspace.reading() else { return };
        let query = Query { words: words.clone(), case: true, whole: true, pattern: false };
        let Ok(hits) = find(reading.pane.text(), &query, || false) else { return };
        let set = workspace.shown_set();
        let tagged = |hit: Span| set.is_some_and(|set| set.covering(hit).any(|(tag, _)| tag.label == accepted.label));
        let more = hits.spans.iter().filter(|hit| !tagged(**hit)).count();
        let made =
            set.and_then(|set| set.annotations().find(|tag| tag.label == "source" && tag.spans == accepted.spans));
        let made = made.map(|tag| tag.id.clone()).filter(|_| more > 0);
        let there = made.is_some();
        workspace.reading_mut().into_iter().for_each(|reading| reading.offers.repeated.clone_from(&made));
        if let Some(keys) = self.keys(ctx, &Command::Finding(Finding::SameWords)).filter(|_| there) {
            let (words, places) = (isolated(&shortened(words, 40)).into_owned(), counted(more, "more place"));
            self.say(ctx, format!("“{words}” stands in {places}: {keys} lists them."));
        }
    }

    fn suggestion(&self) -> Option<(std::sync::Arc<Open>, std::sync::Arc<Annotation>)> {
        let (open, annotation) = self.workspace.as_ref()?.suggestion()?;
        Some((open.clone(), annotation.clone()))
    }

    fn left(&self) -> usize {
        let open = self.workspace.as_ref().and_then(|workspace| workspace.reading()?.offers.open());
        open.map_or(0, |open| open.suggestions.len())
    }

    /// What a command about suggestions says where there is none to be meant.
    fn no_suggestion(&mut self, ctx: &Context) {
        if !self.settings.suggestions {
            let keys = self.keys(ctx, &Command::Suggesting(Suggesting::Toggle));
            let keys = keys.map(|keys| format!(": {keys} shows them")).unwrap_or_default();
            return self.say(ctx, format!("Suggestions are hidden{keys}."));
        }
        let reading = self.workspace.as_ref().and_then(Workspace::reading);
        if reading.is_some_and(|reading| reading.pane.text().len().0 > LONGEST) {
            return self.say(ctx, "This text is too long for suggestions.");
        }
        self.say(ctx, if self.left() == 0 { "No suggestion is left here." } else { "Choose a suggestion first." });
    }
}

/// Works out which suggestions are open now, and has programs asked where nobody has.
fn refresh(ctx: &Context, workspace: &Workspace, reading: &mut Reading, seen: Seen) {
    let session = &workspace.session;
    let short = reading.pane.text().len().0 <= LONGEST;
    let current = workspace.current.as_ref().filter(|_| seen.shown && short);
    let Some((id, basis)) = current.and_then(|id| Some((id, session.basis(id)?))) else {
        reading.offers.take(seen, None);
        return reading.let_go_of_gone();
    };
    let sha256 = basis.text_sha256.clone();
    if !reading.offers.is_asked(&basis)
        && let Some(work) = session.propose_later(id)
    {
        reading.offers.ask(ctx, basis, work);
    }
    let open = reading
        .offers
        .proposed()
        .map(|proposed| Open::new(session.suggestions(id, proposed), id.clone(), session.annotator().clone(), sha256));
    reading.offers.take(seen, open);
    reading.let_go_of_gone();
}

/// The reasons that this annotator gave last for refusing something, each once, the newest first.
fn last_reasons(workspace: &Workspace) -> Vec<String> {
    let documents = workspace.session.project().documents.keys();
    let sets = documents.filter_map(|id| workspace.session.set(id));
    let mut given: Vec<_> = sets.flat_map(|set| set.state().rejected()).filter(|no| !no.reason.is_empty()).collect();
    given.sort_by(|a, b| b.created.cmp(&a.created));
    let mut reasons: Vec<String> = Vec::new();
    for rejection in given {
        if reasons.len() < REASONS && !reasons.contains(&rejection.reason) {
            reasons.push(rejection.reason.clone());
        }
    }
    reasons
}
