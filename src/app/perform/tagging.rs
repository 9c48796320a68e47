//! Commands that change the set.

use ascribe_engine::{Action, ActionError, Change, CommitError, Diff, Transaction};
use ascribe_schema::{AnnotationId, DocumentId, Progress};
use egui::Context;

use crate::{
    app::App,
    command::{Command, Linting, Suggesting},
    panel::inspector,
    parts::Side,
    reading::Reading,
    text::isolated,
    workspace::Workspace,
};

impl App {
    pub(super) fn tag(&mut self, ctx: &Context, number: usize, tie: bool) {
        let Some(workspace) = &self.workspace else { return };
        let Some(label) = workspace.scheme().labels.get(number).map(|label| label.name.clone()) else { return };
        let focus = workspace.focused().map(|annotation| annotation.id.clone());
        let selected = workspace.reading().is_some_and(|reading| reading.selection().is_some());
        match (selected, focus) {
            (true, focus) => self.tag_as(ctx, label, focus.filter(|_| tie)),
            (false, Some(id)) if !tie => self.act(ctx, Action::Relabel(id, label)),
            (false, None) if workspace.suggestion().is_some() => self.accept_changed(ctx, Some(label), None),
            _ => self.complain("Select the words first: drag over them, or hold Shift and use the arrow keys."),
        }
    }

    pub(super) fn tag_as(&mut self, ctx: &Context, label: String, tie: Option<AnnotationId>) {
        let selection = self.workspace.as_ref().and_then(|workspace| workspace.reading()?.selection());
        let Some(span) = selection else { return };
        let keep = tie.clone();
        self.act(ctx, Action::Tag { label, spans: vec![span], tie });
        let Some(reading) = self.workspace.as_mut().and_then(Workspace::reading_mut) else { return };
        if keep.is_some() {
            // The quote stays in focus, so that its next source or claim is one key away.
            reading.focus = keep;
        }
    }

    /// Takes the selection back into the article.
    pub(super) fn keep_in_article(&mut self, ctx: &Context) {
        let Some(workspace) = &self.workspace else { return };
        let Some(span) = workspace.reading().and_then(|reading| reading.selection()) else { return };
        let proposals = workspace.document().map(|document| document.record.paratext.as_slice()).unwrap_or_default();
        let proposed = proposals.iter().copied().filter(|proposal| proposal.overlaps(span)).collect();
        self.act(ctx, Action::KeepInArticle { span, proposed });
    }

    /// Changes the shown set and shows what was changed.
    pub(super) fn act(&mut self, ctx: &Context, action: Action) {
        let Some(workspace) = &self.workspace else { return };
        if let Some(reason) = workspace.read_only() {
            return self.complain(format!("Nothing was changed: {reason}."));
        }
        let reshaped = |id: &AnnotationId| workspace.suggestion().is_some_and(|(_, suggestion)| suggestion.id == *id);
        if matches!(&action, Action::Reshape { id, .. } if reshaped(id)) {
            return self.accept_edited(ctx, action);
        }
        if let Some(document) = workspace.current.clone() {
            self.act_on(ctx, &document, action);
        }
    }

    fn act_on(&mut self, ctx: &Context, document: &DocumentId, action: Action) {
        let Some(workspace) = &mut self.workspace else { return };
        match workspace.session.act(document, action, &ascribe_cli::now(), &mut ascribe_cli::random) {
            Ok(transaction) => {
                self.show_change(ctx, &transaction);
                self.show_placed(&transaction);
            }
            // A field that was left as it was is no mistake.
            Err(CommitError::Action(ActionError::Same)) => {}
            Err(error) => self.complain(format!("Nothing was changed: {error}.")),
        }
    }

    /// After a change that was just made, here or by a move back: what lies in the text by now is shown.
    fn show_placed(&mut self, transaction: &Transaction) {
        let Some(workspace) = &mut self.workspace else { return };
        let placed = transaction.changes.iter().find_map(|change| match change {
            Change::Annotation(Diff { before: Some(before), after: Some(after) })
                if !before.text_sha256.is_empty() && after.text_sha256.is_empty() =>
            {
                Some(after.clone())
            }
            _ => None,
        });
        if let (Some(placed), Some(reading)) = (placed, workspace.reading_mut()) {
            reading.clear_selection();
            reading.show(&placed);
        }
    }

    /// After a change that was just made: what is new gets the focus, what is gone loses it.
    fn show_change(&mut self, ctx: &Context, transaction: &Transaction) {
        self.say(ctx, format!("Done: {}", transaction.name));
        let Some(workspace) = &mut self.workspace else { return };
        if workspace.current.as_ref() != Some(&transaction.document) {
            return;
        }
        let added = transaction.changes.iter().find_map(|change| match change {
            Change::Annotation(Diff { before: None, after: Some(after) }) => Some(after.id.clone()),
            _ => None,
        });
        let gone = workspace.focused().is_none();
        if let Some(reading) = workspace.reading_mut() {
            if added.is_some() {
                reading.clear_selection();
                reading.focus = added;
            } else if gone {
                reading.focus = None;
            }
        }
    }

    /// After undo or redo: goes to where it happened, in whichever document.
    fn show_place(&mut self, ctx: &Context, transaction: &Transaction) {
        let Some(workspace) = &mut self.workspace else { return };
        if workspace.current.as_ref() != Some(&transaction.document) {
            workspace.open(&transaction.document);
        }
        if workspace.view.is_some() {
            workspace.look_at(None);
        }
        workspace.leave_earlier();
        let set = workspace.session.set(&transaction.document);
        let there = transaction.annotations().find_map(|touched| set?.annotation(&touched.id)).cloned();
        let touched = transaction.annotations().next().is_some();
        if let Some(reading) = workspace.reading_mut() {
            reading.clear_selection();
            match there {
                Some(annotation) => reading.show(&annotation),
                None if touched => reading.focus = None,
                None => {}
            }
        }
        self.show_reopened(ctx, transaction);
    }

    /// Whether a command is about to change what is in focus while a person reads somewhere else.
    pub(super) fn focus_is_out_of_sight(&self, command: &Command) -> bool {
        let Some(workspace) = &self.workspace else { return false };
        let suggestion = workspace.suggestion().map(|(_, suggestion)| suggestion);
        let (Some(focused), Some(reading)) = (workspace.focused().or(suggestion), workspace.reading()) else {
            return false;
        };
        let changes = match command {
            Command::Tag(_) | Command::Repeat => reading.selection().is_none(),
            Command::Delete | Command::Move(..) | Command::TurnAttribute(..) | Command::Linting(Linting::Fix) => true,
            Command::Suggesting(command) => {
                matches!(command, Suggesting::Accept | Suggesting::Reject | Suggesting::RejectWhy)
            }
            _ => false,
        };
        let placed = workspace.shown_set().is_none_or(|set| !set.is_waiting(&focused.id));
        changes && placed && focused.spans.iter().all(|&span| reading.pane.rects_of(span).is_empty())
    }

    /// Shows what is in focus instead of changing it unseen.
    pub(super) fn show_focus(&mut self, ctx: &Context) {
        let Some(workspace) = &mut self.workspace else { return };
        let suggestion = workspace.suggestion().map(|(_, suggestion)| suggestion);
        let what = if suggestion.is_some() { "suggestion" } else { "tag" };
        let Some(focused) = workspace.focused().or(suggestion).cloned() else { return };
        if let Some(reading) = workspace.reading_mut() {
            reading.show(&focused);
        }
        self.say(ctx, format!("The {what} in focus was out of sight: here it is. Press again to change it."));
    }

    pub(super) fn change_focused(&mut self, ctx: &Context, command: &Command) {
        let Some(workspace) = &self.workspace else { return };
        if let (&Command::Move(edge, step, forward), Some((_, suggestion))) = (command, workspace.suggestion()) {
            let id = suggestion.id.clone();
            return self.accept_edited(ctx, Action::MoveBoundary { id, edge, step, forward });
        }
        let Some(id) = workspace.focused().map(|annotation| annotation.id.clone()) else {
            return self.no_tag(ctx);
        };
        let selection = workspace.reading().and_then(|reading| reading.selection());
        match (command, selection) {
            (Command::Delete, _) => self.act(ctx, Action::Delete(id)),
            (&Command::Move(edge, step, forward), _) => {
                self.act(ctx, Action::MoveBoundary { id, edge, step, forward });
            }
            (Command::AddFragment, Some(span)) => {
                self.act(ctx, Action::AddFragment(id, span));
                self.workspace.as_mut().and_then(Workspace::reading_mut).into_iter().for_each(Reading::clear_selection);
            }
            _ => self.complain("Select the words of the new fragment first."),
        }
    }

    pub(super) fn tie(&mut self, ctx: &Context) {
        let Some(workspace) = &mut self.workspace else { return };
        let Some(focus) = workspace.focused().map(|annotation| annotation.id.clone()) else {
            return self.no_tag(ctx);
        };
        let Some(reading) = workspace.reading_mut() else { return };
        match reading.tie_from.take() {
            Some(from) if from != focus => {
                self.act(ctx, Action::Tie { from: from.clone(), to: focus, kind: None });
                if let Some(reading) = self.workspace.as_mut().and_then(Workspace::reading_mut) {
                    reading.focus = Some(from);
                }
            }
            _ => {
                reading.tie_from = Some(focus);
                let steps = [Command::Step(true), Command::Step(false)].map(|step| self.keys(ctx, &step));
                let steps: String = steps.into_iter().flatten().map(|keys| format!("{keys} or ")).collect();
                let again =
                    self.keys(ctx, &Command::Tie).map_or("choose this".to_owned(), |keys| format!("press {keys}"));
                self.say(ctx, format!("Now go to the other tag ({steps}a click) and {again} again."));
            }
        }
    }

    pub(super) fn finish(&mut self, ctx: &Context) {
        let Some(workspace) = &self.workspace else { return };
        let progress = workspace.current.as_ref().and_then(|id| workspace.session.progress(id));
        let after = match progress {
            Some(Progress::Finished) => Progress::InProgress,
            _ => Progress::Finished,
        };
        self.act(ctx, Action::SetProgress(after));
    }

    pub(super) fn go_back(&mut self, ctx: &Context, forward: bool) {
        let Some(workspace) = &mut self.workspace else { return };
        let outcome = if forward { workspace.session.redo_together() } else { workspace.session.undo_together() };
        match outcome.map(|deeds| deeds.into_iter().next()) {
            Ok(Some(deed)) => {
                let before = self.workspace.as_ref().and_then(|workspace| workspace.current.clone());
                self.show_place(ctx, &deed);
                self.show_decided(ctx, &deed);
                let what = if forward { "Done again" } else { "Undone" };
                let elsewhere = before.as_ref() != Some(&deed.document);
                let document = self.workspace.as_ref().and_then(Workspace::document).filter(|_| elsewhere);
                let place =
                    document.map(|document| format!(", in “{}”", isolated(&document.record.title))).unwrap_or_default();
                self.say(ctx, format!("{what}: {}{place}", deed.name));
            }
            Ok(None) => self.say(ctx, if forward { "Nothing to do again" } else { "Nothing to undo" }),
            Err(error) => self.complain(error.to_string()),
        }
    }

    /// Takes over what is being typed for an annotation.
    pub(crate) fn finish_typing(&mut self, ctx: &Context) {
        if let Some(draft) = self.workspace.as_mut().and_then(|workspace| workspace.draft.take()) {
            self.act_on(ctx, &draft.document.clone(), draft.action(true));
        }
        if let Some((id, note)) = self.workspace.as_mut().and_then(|workspace| workspace.reviewing.take_remark()) {
            self.reword(ctx, &id, |decision| decision.note = note);
        }
    }

    /// Saves what is being typed when the typing rests.
    pub(crate) fn save_typing(&mut self, ctx: &Context) {
        let now = ctx.input(|input| input.time);
        let rests = |draft: &mut crate::workspace::Draft| now - draft.time > inspector::REST;
        if let Some(draft) = self.workspace.as_mut().and_then(|workspace| workspace.draft.take_if(rests)) {
            self.act_on(ctx, &draft.document.clone(), draft.action(false));
        }
    }

    pub(super) fn edit_in_inspector(&mut self, ctx: &Context, attributes: bool) {
        if self.workspace.as_ref().is_none_or(|workspace| workspace.focused().is_none()) {
            return self.no_tag(ctx);
        }
        self.show_side(ctx, Side::Inspector, true);
        self.leave_text();
        let field = if attributes { inspector::attributes_id() } else { inspector::note_id() };
        inspector::give_keys(ctx, field);
    }
}
