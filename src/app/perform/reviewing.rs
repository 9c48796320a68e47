//! Commands about what is compared, and where in it somebody is.

use std::collections::BTreeSet;

use ascribe_engine::{Change, Transaction};
use ascribe_schema::{AnnotationId, AnnotationRef, AnnotatorName, DocumentId};
use egui::Context;

use super::move_caret;
use crate::{
    app::App,
    command::{Command, Deciding, Room},
    figures,
    parts::Side,
    reviewing::{self, Edit},
    workspace::Workspace,
};

impl App {
    /// Keeps what is compared up to date while it is shown.
    pub(crate) fn prepare_review(&mut self, ctx: &Context) {
        let lost = self.workspace.as_mut().is_some_and(|workspace| reviewing::prepare(ctx, workspace));
        if lost {
            self.complain("What you were making was dropped: all tags that it was to stand for are gone.");
        }
    }

    /// Shows the project in another way.
    pub(super) fn enter(&mut self, room: Room) {
        if let Some(workspace) = &mut self.workspace {
            workspace.room = room;
            workspace.parts.over = None;
        }
        self.return_to_text();
    }

    /// Shows the project as a command needs it, if it is not shown so.
    pub(super) fn enter_for(&mut self, room: Room) {
        if self.workspace.as_ref().is_some_and(|workspace| workspace.room != room) {
            self.enter(room);
        }
    }

    /// Works out how far annotators agree, while that is shown.
    pub(crate) fn prepare_figures(&mut self, ctx: &Context) {
        if let Some(workspace) = &mut self.workspace {
            figures::prepare(ctx, workspace);
        }
    }

    /// Compares annotators on a document, and goes to what some of their annotations are part of.
    pub(super) fn open_case(
        &mut self,
        ctx: &Context,
        document: &DocumentId,
        names: BTreeSet<AnnotatorName>,
        refs: Vec<AnnotationRef>,
    ) {
        let Some(workspace) = &mut self.workspace else { return };
        workspace.open(document);
        workspace.reviewing.choose(document, names);
        workspace.reviewing.seek(refs);
        self.enter(Room::Review);
        self.prepare_review(ctx);
    }

    /// Shows somebody's tags, unless they are hidden.
    pub(super) fn view(&mut self, name: Option<AnnotatorName>) {
        let Some(workspace) = &mut self.workspace else { return };
        if name.as_ref().is_some_and(|name| workspace.hides(name)) {
            return self.complain(reviewing::WHY);
        }
        workspace.look_at(name);
    }

    /// Moves the caret in what is compared.
    pub(super) fn move_in_review(&mut self, ctx: &Context, command: Command) {
        if let Command::Focus(id) = command {
            return self.focus_case(id);
        }
        let reading = self.workspace.as_mut().and_then(Workspace::reading_mut);
        reading.into_iter().for_each(|reading| move_caret(ctx, &mut self.fonts, reading, &command));
    }

    /// After undo or redo: goes to what was decided, or is open again.
    pub(super) fn show_decided(&mut self, ctx: &Context, deed: &Transaction) {
        if self.workspace.as_ref().is_none_or(|workspace| workspace.room != Room::Review) {
            return;
        }
        self.prepare_review(ctx);
        let decided = deed.changes.iter().find_map(|change| match change {
            Change::Decision(diff) => diff.newest().cloned(),
            _ => None,
        });
        let Some((reviewing, decision)) = self.workspace.as_mut().map(|it| &mut it.reviewing).zip(decided) else {
            return;
        };
        let case = reviewing.compared().and_then(|compared| {
            let about = decision.about.iter().map(|input| AnnotationRef {
                annotator: input.annotator.clone(),
                annotation: input.annotation.clone(),
            });
            about.into_iter().find_map(|of| compared.case_with(&of))
        });
        if case.is_some() {
            reviewing.go_to(case);
        }
    }

    /// Whether a command about comparing makes sense now.
    pub(super) fn can_decide(workspace: &Workspace, command: &Deciding) -> bool {
        let reviewing = &workspace.reviewing;
        let here = workspace.room == Room::Review && reviewing.compared().is_some();
        let case = here && reviewing.at().is_some();
        let writable = workspace.session.read_only(None).is_none();
        match command {
            Deciding::Beside | Deciding::Anonymous | Deciding::Step(_) | Deciding::StepOpen => here,
            Deciding::Unanimous => here && writable,
            Deciding::Add => {
                here && writable && workspace.reading().is_some_and(|reading| reading.selection().is_some())
            }
            Deciding::Take(side) => case && writable && reviewing.sides() > *side,
            Deciding::TakeAll
            | Deciding::Accept
            | Deciding::Reject
            | Deciding::Defer
            | Deciding::Keep
            | Deciding::Undecide
            | Deciding::Edit
            | Deciding::Comment => case && writable,
            Deciding::Why(_) => here && writable && reviewing.edit.is_none() && reviewing.explained().is_some(),
            _ => true,
        }
    }

    pub(super) fn review(&mut self, ctx: &Context, command: Deciding) {
        let Some(workspace) = &mut self.workspace else { return };
        let reviewing = &mut workspace.reviewing;
        match command {
            Deciding::Compare(name, on) => {
                let Some(document) = workspace.current.clone() else { return };
                let mut chosen = reviewing::chosen(workspace, &document);
                if on {
                    chosen.insert(name)
                } else {
                    chosen.remove(&name)
                };
                workspace.reviewing.choose(&document, chosen);
            }
            Deciding::OpenAnyway => {
                let current = workspace.current.clone();
                workspace.reviewing.opened.extend(current);
                self.return_to_text();
            }
            Deciding::Anonymous => {
                reviewing.anonymous = !reviewing.anonymous;
                let said = if reviewing.anonymous { "Annotators are called A, B, C" } else { "Names are shown" };
                self.say(ctx, said);
            }
            Deciding::Beside => {
                reviewing.turn_beside();
                self.return_to_text();
            }
            Deciding::Column(column, side) => reviewing.show_in(column, side),
            Deciding::ListDocuments(documents) => reviewing.documents = documents,
            Deciding::Filter(filter) => {
                reviewing.filter = filter;
                reviewing.list();
            }
            Deciding::Case(case) => {
                reviewing.go_to(Some(case));
                self.show_side(ctx, Side::Inspector, true);
            }
            Deciding::Step(forward) => self.step_case(ctx, forward),
            Deciding::StepOpen => self.step_open(ctx),
            Deciding::Edit => self.edit_case(),
            Deciding::Add => self.add_overlooked(),
            Deciding::Change(change) => self.change_edit(change),
            Deciding::LeaveEdited => {
                reviewing.leave_edit();
                self.return_to_text();
            }
            Deciding::Unanimous => {
                reviewing.go_to(None);
                reviewing.unanimous = true;
                self.show_side(ctx, Side::Inspector, true);
            }
            Deciding::Comment => self.go_to_comment(ctx),
            command => self.decide(ctx, command),
        }
    }

    fn step_case(&mut self, ctx: &Context, forward: bool) {
        let Some(reviewing) = self.workspace.as_mut().map(|workspace| &mut workspace.reviewing) else { return };
        match reviewing.next(forward) {
            Some(case) => reviewing.go_to(Some(case)),
            None => self.say(ctx, "Nothing is listed that one could go to."),
        }
    }

    fn step_open(&mut self, ctx: &Context) {
        let Some(reviewing) = self.workspace.as_mut().map(|workspace| &mut workspace.reviewing) else { return };
        match reviewing.next_open() {
            Some(case) => reviewing.go_to(Some(case)),
            None => self.say(ctx, "Nothing that is listed is left to decide."),
        }
    }

    fn edit_case(&mut self) {
        let Some(reviewing) = self.workspace.as_mut().map(|workspace| &mut workspace.reviewing) else { return };
        let edit = reviewing.compared().zip(reviewing.at()).and_then(|(compared, at)| Edit::of_case(compared, at));
        reviewing.begin(edit);
    }

    fn add_overlooked(&mut self) {
        let Some(workspace) = &mut self.workspace else { return };
        let Some(label) = workspace.scheme().labels.first().map(|label| label.name.clone()) else { return };
        let edit = workspace.reviewing.reading().and_then(|reading| {
            let span = reading.selection()?;
            Some(Edit::of_words(&label, span, reading.pane.text()))
        });
        workspace.reviewing.begin(edit);
    }

    fn change_edit(&mut self, change: crate::command::Change) {
        let Some(workspace) = &mut self.workspace else { return };
        let Some(mut edit) = workspace.reviewing.edit.take() else { return };
        let (reviewing, scheme) = (&workspace.reviewing, workspace.scheme());
        if let (Some(compared), Some(reading)) = (reviewing.compared(), reviewing.reading()) {
            edit.change(change, compared, reading.selection(), reading.pane.text(), scheme);
        }
        workspace.reviewing.begin(Some(edit));
    }

    fn go_to_comment(&mut self, ctx: &Context) {
        self.show_side(ctx, Side::Inspector, true);
        self.leave_text();
        ctx.memory_mut(|memory| memory.request_focus(reviewing::comment_field()));
    }

    /// Goes to the case of a tag that was pointed at.
    pub(super) fn focus_case(&mut self, id: Option<AnnotationId>) {
        let Some(reviewing) = self.workspace.as_mut().map(|workspace| &mut workspace.reviewing) else { return };
        let case = id.and_then(|id| reviewing.compared()?.case_of(&id));
        if reviewing.edit.is_none() {
            reviewing.go_to(case);
        }
    }

    /// Lets go of what is asked or made; answers whether there was anything.
    pub(super) fn leave_question(&mut self) -> bool {
        let Some(workspace) = self.workspace.as_mut().filter(|workspace| workspace.room == Room::Review) else {
            return false;
        };
        let reviewing = &mut workspace.reviewing;
        let asked = reviewing.edit.is_some() || reviewing.why.is_some() || reviewing.unanimous;
        if std::mem::take(&mut reviewing.unanimous) {
            reviewing.go_to(reviewing.next_open());
        }
        reviewing.why = None;
        reviewing.leave_edit();
        asked
    }
}
