//! Commands that decide between annotators, and those that say why.

use std::sync::Arc;

use ascribe_engine::{
    Change, Diff, Stamp, Transaction,
    adjudicate::{Case, CaseState, addition, deciding, decision, edited, kept, unanimously, withdrawing},
    comments,
};
use ascribe_schema::{
    AnnotationId, AnnotationRef, Comment, CommentId, Decision, DecisionId, DocumentId, Edited, Verdict,
};
use egui::Context;

use crate::{
    app::App,
    command::Deciding,
    reviewing::{self, Compared},
    wording::counted,
    workspace::Workspace,
};

/// The document, what is compared of it, and the case in focus.
type Here<'a> = (&'a Workspace, &'a Compared, usize, &'a Case);

impl App {
    /// Decides something about the case in focus, or says why it was decided.
    pub(super) fn decide(&mut self, ctx: &Context, command: Deciding) {
        match command {
            Deciding::Take(number) => self.take_side(ctx, number),
            Deciding::TakeAll => self.settle_case(ctx, |(_, _, _, case)| {
                Some(Verdict::Accept(case.inputs.iter().map(|input| input.annotator.clone()).collect()))
            }),
            Deciding::Accept => self.accept_alike(ctx),
            Deciding::Reject => self.settle_case(ctx, |_| Some(Verdict::Reject)),
            Deciding::Defer => self.settle_case(ctx, |_| Some(Verdict::Defer)),
            Deciding::Keep => self.keep_decision(ctx),
            Deciding::TakeEdited => self.take_edited(ctx),
            Deciding::AcceptUnanimous => self.accept_unanimous(ctx),
            Deciding::Undecide => self.undecide(ctx),
            Deciding::Withdraw(id) => self.withdraw(ctx, &id),
            Deciding::ForgetGone => self.forget_gone(ctx),
            Deciding::Why(id) => self.ask_why_decided(ctx, id),
            Deciding::Reason(reason) => self.give_reason(ctx, reason),
            Deciding::Write(about, answers, text) => self.write_comment(ctx, about, answers.as_ref(), &text),
            Deciding::Settle(id, settled) => {
                self.change_comment(ctx, &id, |document, before| comments::settle(document, before, settled));
            }
            Deciding::Correct(id, text) => {
                self.change_comment(ctx, &id, |document, before| comments::edit(document, before, &text));
            }
            Deciding::Retract(id) => self.retract_comment(ctx, &id),
            _ => {}
        }
    }

    fn here(&self) -> Option<Here<'_>> {
        let workspace = self.workspace.as_ref()?;
        let compared = workspace.reviewing.compared()?;
        let at = workspace.reviewing.at()?;
        Some((workspace, compared, at, compared.case(at)?))
    }

    /// Takes what a side has; while a reason is asked, gives the one with that number; while something is made,
    /// starts from what that side has.
    fn take_side(&mut self, ctx: &Context, number: usize) {
        let Some(workspace) = &self.workspace else { return };
        let reviewing = &workspace.reviewing;
        if reviewing.asked().is_some() {
            let reason = reviewing::offered(&workspace.session.project().file).nth(number).map(str::to_owned);
            return reason.into_iter().for_each(|reason| self.decide(ctx, Deciding::Reason(reason)));
        }
        if reviewing.edit.is_some() {
            let change = crate::command::Change::From(number);
            return self.review(ctx, Deciding::Change(change));
        }
        self.settle_case(ctx, |(_, compared, at, _)| {
            if number >= compared.comparison.sides.len() {
                return None;
            }
            let group = compared.groups(at).into_iter().find(|group| group.sides.contains(&number));
            let name = |side: usize| compared.comparison.sides[side].annotator.clone();
            // Who has nothing here says that nothing here is right.
            Some(group.map_or(Verdict::Reject, |group| Verdict::Accept(group.sides.into_iter().map(name).collect())))
        });
    }

    fn accept_alike(&mut self, ctx: &Context) {
        if self.workspace.as_ref().is_some_and(|workspace| workspace.reviewing.unanimous) {
            return self.accept_unanimous(ctx);
        }
        if self.workspace.as_ref().is_some_and(|workspace| workspace.reviewing.edit.is_some()) {
            return self.take_edited(ctx);
        }
        match self.here() {
            Some((.., case)) if !case.unit.differs.is_nothing() => {
                self.say(ctx, "They differ here: choose one by its number.");
            }
            Some(_) => self.decide(ctx, Deciding::TakeAll),
            None => {}
        }
    }

    /// Decides about the case in focus, and goes on to the next open one.
    fn settle_case(&mut self, ctx: &Context, verdict: impl Fn(Here<'_>) -> Option<Verdict>) {
        let Some(here) = self.here() else { return self.say(ctx, "Choose a difference first.") };
        let (_, compared, at, case) = here;
        let Some(verdict) = verdict(here) else { return };
        let Some(made) = self.stamped(|stamp| decision(case, verdict, "", "", stamp)) else { return };
        let (said, id) = (reviewing::verdict(&made, compared.names()), made.id.clone());
        let transaction = deciding(&compared.comparison.document, case.decisions(), made);
        if self.carry_out(transaction) {
            self.go_on_from(ctx, at);
            self.tell_decision(ctx, &said, id);
        }
    }

    /// Decides again what was decided before something has changed.
    fn keep_decision(&mut self, ctx: &Context) {
        let Some((_, compared, at, case)) = self.here() else { return };
        if !matches!(case.state, CaseState::Stale(..)) {
            return self.say(ctx, "Nothing has changed here since it was decided.");
        }
        let made = self.stamped(|stamp| kept(&compared.adjudication, case, stamp)).flatten();
        let Some(made) = made else {
            return self.complain("What was decided cannot be kept as it was: decide anew.");
        };
        let (said, id) = (reviewing::verdict(&made, compared.names()), made.id.clone());
        let transaction = deciding(&compared.comparison.document, case.decisions(), made);
        if self.carry_out(transaction) {
            self.go_on_from(ctx, at);
            self.tell_decision(ctx, &said, id);
        }
    }

    fn tell_decision(&mut self, ctx: &Context, said: &str, id: DecisionId) {
        let keys = self.keys(ctx, &crate::command::Command::Deciding(Deciding::Why(None)));
        let why = keys.map(|keys| format!(" · {keys} says why")).unwrap_or_default();
        self.say(ctx, format!("Decided: {said}{why}"));
        if let Some(workspace) = &mut self.workspace {
            workspace.reviewing.last = Some(id);
        }
    }

    /// Goes to the next case about which nothing was decided; stays where there is none.
    fn go_on_from(&mut self, ctx: &Context, case: usize) {
        self.prepare_review(ctx);
        let Some(reviewing) = self.workspace.as_mut().map(|workspace| &mut workspace.reviewing) else { return };
        let next = reviewing.next_that(|next| next != case && reviewing.is_open(next));
        match next {
            Some(next) => reviewing.go_to(Some(next)),
            None => reviewing.leave_edit(),
        }
        self.return_to_text();
    }

    fn take_edited(&mut self, ctx: &Context) {
        let Some(workspace) = &self.workspace else { return };
        let Some(edit) = workspace.reviewing.edit.clone() else { return };
        let (Some(compared), Some(reading)) = (workspace.reviewing.compared(), workspace.reviewing.reading()) else {
            return;
        };
        let Edited { label, spans, attributes, links, .. } = edit.made;
        let content = match edited(reading.pane.text(), workspace.scheme(), &label, spans, attributes, links) {
            Ok(content) => content,
            Err(error) => return self.complain(format!("This cannot be decided: {error}.")),
        };
        if edit.case.is_some() {
            return self.settle_case(ctx, |_| Some(Verdict::Edit(content.clone())));
        }
        let of = &compared.comparison;
        let without: Vec<_> = of.sides.iter().map(|side| side.annotator.clone()).collect();
        let made = self.stamped(|stamp| addition(content, &of.text_sha256, &without, ("", ""), stamp));
        let Some(made) = made else { return };
        let (said, id) = (reviewing::verdict(&made, compared.names()), made.id.clone());
        let transaction = deciding(&of.document, [], made);
        if self.carry_out(transaction) {
            self.tell_decision(ctx, &said, id);
            self.workspace.iter_mut().for_each(|workspace| workspace.reviewing.leave_edit());
            self.return_to_text();
        }
    }

    /// Accepts everything that all have alike, as one step.
    fn accept_unanimous(&mut self, ctx: &Context) {
        let Some(compared) = self.workspace.as_ref().and_then(|workspace| workspace.reviewing.compared()) else {
            return;
        };
        let of = &compared.comparison.document;
        let accepted = self.stamped(|stamp| unanimously(of, &compared.adjudication, stamp)).flatten();
        let Some(accepted) = accepted else { return self.say(ctx, "Nothing is open that all have alike.") };
        let count = accepted.changes.len();
        if self.carry_out(accepted) {
            self.say(ctx, format!("{} accepted that all have alike", counted(count, "tag")));
            self.prepare_review(ctx);
            self.workspace.iter_mut().for_each(|workspace| workspace.reviewing.unanimous = false);
            self.review(ctx, Deciding::StepOpen);
            self.return_to_text();
        }
    }

    fn undecide(&mut self, ctx: &Context) {
        let before = self.here().map(|(.., case)| case.decisions().cloned().collect::<Vec<_>>()).unwrap_or_default();
        if before.is_empty() {
            return self.say(ctx, "Nothing has been decided here.");
        }
        self.remove(ctx, &before);
    }

    fn withdraw(&mut self, ctx: &Context, id: &AnnotationId) {
        let papers = self.workspace.as_ref().and_then(|workspace| {
            let current = workspace.current.as_ref()?;
            workspace.session.papers(current)
        });
        let id = DecisionId::from(id.as_str().trim_start_matches('+'));
        let made = papers.and_then(|papers| papers.decision(&id)).cloned();
        self.remove(ctx, made.as_slice());
    }

    fn forget_gone(&mut self, ctx: &Context) {
        let compared = self.workspace.as_ref().and_then(|workspace| workspace.reviewing.compared());
        let gone = compared.into_iter().flat_map(|compared| compared.adjudication.gone());
        let gone: Vec<_> = gone.map(|ruling| ruling.decision.clone()).collect();
        self.remove(ctx, &gone);
    }

    fn remove(&mut self, ctx: &Context, decisions: &[Arc<Decision>]) {
        let Some(document) = self.workspace.as_ref().and_then(|workspace| workspace.current.clone()) else { return };
        let transaction = withdrawing(&document, decisions);
        let name = transaction.name.clone();
        if self.carry_out(transaction) {
            self.say(ctx, format!("Done: {name}"));
        }
    }

    /// Asks why something was decided as it was.
    fn ask_why_decided(&mut self, ctx: &Context, id: Option<DecisionId>) {
        let Some(workspace) = &mut self.workspace else { return };
        if workspace.reviewing.edit.is_some() {
            return self.say(ctx, "First decide so, or cancel.");
        }
        let Some(id) = id.or_else(|| workspace.reviewing.explained()) else {
            return self.say(ctx, "Nothing has been decided here.");
        };
        let case = workspace.reviewing.compared().and_then(|compared| compared.case_decided_by(&id));
        if case.is_some() && case != workspace.reviewing.at() {
            workspace.reviewing.go_to(case);
        }
        (workspace.reviewing.why, workspace.reviewing.unanimous) = (Some(id), false);
        self.show_side(ctx, crate::parts::Side::Inspector, true);
    }

    /// Gives the decision for which a reason is asked that one, and asks no more.
    fn give_reason(&mut self, ctx: &Context, reason: String) {
        let asked = self.workspace.as_mut().and_then(|workspace| workspace.reviewing.why.take());
        if let Some(id) = asked {
            self.reword(ctx, &id, |decision| decision.reason = reason);
            self.return_to_text();
        }
    }

    /// Changes what is said about a decision.
    pub(super) fn reword(&mut self, ctx: &Context, id: &DecisionId, change: impl FnOnce(&mut Decision)) {
        let Some(workspace) = &self.workspace else { return };
        let Some(document) = workspace.current.clone() else { return };
        let before = workspace.session.papers(&document).and_then(|papers| papers.decision(id)).cloned();
        let Some(before) = before else { return };
        let mut after = before.as_ref().clone();
        change(&mut after);
        let changes = vec![Change::Decision(Diff::changed(before.clone(), after.clone()))];
        if after != *before && self.carry_out(Transaction { document, name: "Say why".to_owned(), changes }) {
            self.say(ctx, "Noted why");
        }
    }

    fn write_comment(&mut self, ctx: &Context, about: Vec<AnnotationRef>, answers: Option<&CommentId>, text: &str) {
        let Some(document) = self.workspace.as_ref().and_then(|workspace| workspace.current.clone()) else { return };
        let written = self.stamped(|stamp| match answers {
            Some(to) => comments::answer(&document, to, text, false, stamp),
            None => comments::write(&document, about, text, stamp),
        });
        if written.is_some_and(|written| self.carry_out(written)) {
            self.say(ctx, "Comment written");
            self.return_to_text();
        }
    }

    fn retract_comment(&mut self, ctx: &Context, id: &CommentId) {
        let Some(workspace) = &self.workspace else { return };
        let threads = workspace.current.as_ref().map(|current| workspace.session.threads(current));
        let mut entries = threads.iter().flatten().flat_map(|thread| &thread.entries);
        let answered = entries.any(|entry| entry.comment.answers.as_ref() == Some(id));
        self.change_comment(ctx, id, |document, before| comments::delete(document, before, answered));
    }

    /// Changes a comment of one's own.
    fn change_comment(
        &mut self,
        ctx: &Context,
        id: &CommentId,
        change: impl FnOnce(&DocumentId, &Arc<Comment>) -> Transaction,
    ) {
        let Some(workspace) = &self.workspace else { return };
        let Some(document) = workspace.current.clone() else { return };
        let before = workspace.session.papers(&document).and_then(|papers| papers.comment(id)).cloned();
        let Some(before) = before else { return };
        let change = change(&document, &before);
        let name = change.name.clone();
        if self.carry_out(change) {
            self.say(ctx, format!("Done: {name}"));
        }
    }

    /// Makes something that says who made it and when.
    fn stamped<T>(&self, make: impl FnOnce(&mut Stamp<'_>) -> T) -> Option<T> {
        let annotator = self.workspace.as_ref()?.session.annotator();
        let time = ascribe_cli::now();
        Some(make(&mut Stamp { annotator, time: &time, random: &mut ascribe_cli::random }))
    }

    /// Carries out a change of decisions or comments; answers whether it was.
    fn carry_out(&mut self, transaction: Transaction) -> bool {
        let Some(workspace) = &mut self.workspace else { return false };
        if let Some(reason) = workspace.session.read_only(None) {
            self.complain(format!("Nothing was changed: {reason}."));
            return false;
        }
        match workspace.session.commit(transaction) {
            Ok(()) => true,
            Err(error) => {
                self.complain(format!("Nothing was changed: {error}."));
                false
            }
        }
    }
}
