//! Commands about what lint finds.

use ascribe_engine::{finding_from, lint::rule};
use ascribe_schema::{AnnotationId, AnnotatorName, DocumentId};
use egui::Context;

use super::title;
use crate::{
    app::App,
    command::{Command, Linting, Room, in_brackets},
    exporting::Material,
    linting,
    overlay::Overlay,
    reviewing::WHY,
    workspace::Workspace,
};

impl App {
    /// Keeps what lint finds in the shown set up to date.
    pub(crate) fn prepare_lint(&mut self, ctx: &Context) {
        if let Some(workspace) = &mut self.workspace {
            linting::prepare(ctx, workspace);
        }
    }

    /// Lists what is wrong with the project, and what lint finds in all of it.
    pub(super) fn list_problems(&mut self, ctx: &Context) {
        if let Some(workspace) = &mut self.workspace {
            let material = material(workspace);
            workspace.lint.look_at_all(ctx, material);
        }
        self.overlay = Some(Overlay::Problems);
    }

    pub(super) fn lint(&mut self, ctx: &Context, command: Linting) {
        match command {
            Linting::Fix => self.fix(ctx),
            Linting::Turn(rule, on) => self.turn_rule(ctx, rule, on),
            Linting::Show(document, annotator, id) => self.show_tag(ctx, &document, &annotator, id),
        }
    }

    /// Whether the tag in focus has something that can be settled at once.
    pub(super) fn can_fix(workspace: &Workspace) -> bool {
        let focused = workspace.focused().filter(|_| workspace.read_only().is_none());
        focused.is_some_and(|focused| workspace.lint.about(&focused.id).any(|finding| finding.fix.is_some()))
    }

    fn fix(&mut self, ctx: &Context) {
        self.prepare_lint(ctx);
        let Some(workspace) = &self.workspace else { return };
        let Some(focused) = workspace.focused().cloned() else { return self.no_tag(ctx) };
        let fix = workspace.lint.about(&focused.id).find_map(|finding| finding.fix.clone());
        match fix {
            Some(fix) => {
                self.act(ctx, fix.action);
                self.say(ctx, format!("Fixed: {}", fix.words));
            }
            None => self.say(ctx, "There is nothing about this tag that could be settled at once."),
        }
    }

    fn turn_rule(&mut self, ctx: &Context, name: &str, on: bool) {
        let Some((workspace, rule)) = self.workspace.as_mut().zip(rule(name)) else { return };
        if let Err(reason) = workspace.session.turn_rule(rule, on) {
            return self.complain(format!("Nothing was changed: {reason}."));
        }
        if on {
            return self.say(ctx, format!("The rule {name} counts again."));
        }
        let list = in_brackets(ctx, &self.keymap.entries, &Command::Problems);
        self.say(ctx, format!("The rule {name} is off for the whole project. The list of problems{list} turns it on."));
    }

    /// Goes to a tag of any annotator in any article.
    pub(super) fn show_tag(
        &mut self,
        ctx: &Context,
        document: &DocumentId,
        annotator: &AnnotatorName,
        id: Option<AnnotationId>,
    ) {
        let Some(workspace) = &mut self.workspace else { return };
        workspace.room = Room::Read;
        if workspace.current.as_ref() != Some(document) {
            workspace.open(document);
        }
        if workspace.hides(annotator) {
            return self.complain(WHY);
        }
        let own = workspace.session.annotator() == annotator;
        let viewed = workspace.view.as_ref().map(|(name, _)| name);
        if viewed != Some(annotator).filter(|_| !own) {
            workspace.look_at((!own).then(|| annotator.clone()));
        }
        workspace.leave_earlier();
        ctx.send_viewport_cmd(egui::ViewportCommand::Title(title(workspace)));
        let there = id.and_then(|id| workspace.shown_set()?.annotation(&id)).cloned();
        if let (Some(there), Some(reading)) = (there, workspace.reading_mut()) {
            reading.clear_selection();
            reading.show(&there);
        }
    }

    pub(super) fn step_to_problem(&mut self, ctx: &Context, forward: bool) {
        self.prepare_lint(ctx);
        let Some(workspace) = &mut self.workspace else { return };
        if !workspace.lint.is_current() {
            return self.say(ctx, "This article is still being looked through; press again in a moment.");
        }
        let found = workspace.reading().zip(workspace.shown_set()).and_then(|(reading, set)| {
            let finding = finding_from(workspace.lint.findings(), &reading.place(set), forward)?;
            Some((set.annotation(finding.annotations.first()?)?.clone(), finding.message.clone()))
        });
        if let Some((annotation, words)) = found {
            workspace.reading_mut().into_iter().for_each(|reading| reading.show(&annotation));
            return self.say(ctx, format!("Problem: {words}."));
        }
        let elsewhere = !workspace.session.project().problems.is_empty();
        let more = self.keys(ctx, &Command::Problems).filter(|_| elsewhere);
        let more = more.map(|keys| format!(" Those of the whole project: {keys}.")).unwrap_or_default();
        self.say(ctx, format!("No problems here.{more}"));
    }
}

/// What is in the project's files, with the sets as the window has them.
pub(super) fn material(workspace: &Workspace) -> Material {
    let session = &workspace.session;
    let place = session.project().place.path().clone();
    Material::new(place, session.annotator().clone(), session.changed_sets())
}
