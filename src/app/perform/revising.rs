//! Commands about corrected texts, and what a thread tells of one.

use std::path::Path;

use ascribe_engine::Action;
use ascribe_schema::DocumentId;
use egui::Context;

use crate::{
    app::App,
    command::Revising,
    files::Purpose,
    overlay::Overlay,
    parts::Side,
    revising::{Corrected, Earlier, Report},
    workspace::Workspace,
};

impl App {
    /// Whether a command about corrected texts makes sense now.
    pub(super) fn can_revise(&self, workspace: &Workspace, command: Revising) -> bool {
        let Some(current) = &workspace.current else { return false };
        let texts = workspace.document().map_or(0, |document| document.record.newest());
        match command {
            Revising::Replace => {
                let genuine = workspace.document().is_some_and(|document| document.genuine);
                genuine && workspace.session.read_only(None).is_none()
            }
            Revising::MoveTags => workspace.session.is_behind(current) && workspace.session.read_only(None).is_none(),
            Revising::Report => workspace.session.moved(current).is_some(),
            Revising::NextWaiting => workspace.own_set().is_some_and(|set| set.waiting().len() > 0),
            Revising::PlaceHere => {
                let set = workspace.own_set().filter(|_| workspace.read_only().is_none());
                let waits = set.zip(workspace.focused()).is_some_and(|(set, focused)| set.is_waiting(&focused.id));
                waits && workspace.reading().is_some_and(|reading| reading.selection().is_some())
            }
            Revising::Earlier => texts > 1,
            Revising::Newest => workspace.earlier.is_some(),
        }
    }

    pub(super) fn revise(&mut self, ctx: &Context, command: Revising) {
        let Some(workspace) = &mut self.workspace else { return };
        let Some(current) = workspace.current.clone() else { return };
        match command {
            Revising::Replace => {
                workspace.revising = Some(current);
                self.ask(ctx, Purpose::Revise);
            }
            Revising::MoveTags => {
                let moved = workspace.session.move_set(&current).map(|_| ());
                workspace.fit_text();
                match moved {
                    Ok(()) => self.report([current]),
                    Err(reason) => self.complain(format!("The tags were not moved: {reason}.")),
                }
            }
            Revising::Report => self.report([current]),
            Revising::NextWaiting => self.next_waiting(ctx),
            Revising::PlaceHere => self.place_here(ctx),
            Revising::Earlier => self.show_earlier(&current),
            Revising::Newest => workspace.leave_earlier(),
        }
    }

    /// Follows which text is shown by now, and works out where waiting tags may be.
    pub(crate) fn prepare_waiting(&mut self, ctx: &Context) {
        let Some(workspace) = &mut self.workspace else { return };
        workspace.fit_text();
        if let Some(current) = &workspace.current {
            workspace.waiting.prepare(ctx, &workspace.session, current);
        }
    }

    /// Asks a thread to write the text in a file as the newest of the document for which it was asked.
    pub(super) fn correct(&mut self, ctx: &Context, article: std::path::PathBuf) {
        let Some(workspace) = &mut self.workspace else { return };
        let document = workspace.revising.take().or_else(|| workspace.current.clone());
        let documents = &workspace.session.project().documents;
        let Some(document) = document.and_then(|id| documents.get(&id)) else { return };
        let (record, place) = (document.record.clone(), workspace.session.project().place.path().clone());
        self.files.correct(ctx, place, record, article);
    }

    /// Takes in a corrected text that was written, with the tags, and tells what became of them.
    pub(super) fn take_corrected(&mut self, ctx: &Context, project: &Path, corrected: Corrected) {
        let here = self.workspace.as_mut().filter(|workspace| workspace.session.project().place.path() == project);
        let Some(workspace) = here else { return };
        let id = corrected.document.id.clone();
        let number = corrected.document.newest();
        workspace.session.revise(corrected.document, corrected.text);
        workspace.open(&id);
        if workspace.session.is_behind(&id) {
            let reason = workspace.session.read_only(Some(&id)).map(|reason| format!(": {reason}")).unwrap_or_default();
            return self
                .complain(format!("The article has a corrected text; your tags are still on the earlier{reason}."));
        }
        let mut told = format!("The article has text {number} now; the earlier stay.");
        corrected.notes.iter().for_each(|note| told += &format!(" {note}"));
        if corrected.notes.is_empty() {
            self.say(ctx, told)
        } else {
            self.complain(told)
        }
        self.report([id]);
    }

    /// Shows what became of the tags of these documents, if they were moved.
    pub(super) fn report(&mut self, documents: impl IntoIterator<Item = DocumentId>) {
        let Some(workspace) = &self.workspace else { return };
        let project = workspace.session.project();
        let told = documents.into_iter().filter_map(|id| {
            let report = workspace.session.moved(&id)?;
            Some((project.documents.get(&id)?.record.title.clone(), report.clone()))
        });
        let articles: Vec<_> = told.filter(|(_, report)| !report.annotations.is_empty()).collect();
        if !articles.is_empty() {
            self.overlay = Some(Overlay::Moved(Report { articles }));
        }
    }

    /// After opening: sets that were moved are told of, and the first of them that needs a person is shown.
    pub(super) fn tell_moves(&mut self) {
        let Some(workspace) = &mut self.workspace else { return };
        let moved: Vec<_> = workspace.session.moved_documents().cloned().collect();
        let waits = |id: &&DocumentId| workspace.session.set(id).is_some_and(|set| set.waiting().len() > 0);
        if let Some(first) = moved.iter().find(waits).or(moved.first()).cloned() {
            workspace.open(&first);
        }
        self.report(moved);
    }

    fn next_waiting(&mut self, ctx: &Context) {
        let Some(workspace) = &mut self.workspace else { return };
        workspace.look_at(None);
        let focus = workspace.focused().map(|annotation| annotation.id.clone());
        let Some(set) = workspace.own_set() else { return };
        let after = set.waiting().find(|annotation| focus.as_ref().is_some_and(|focus| annotation.id > *focus));
        let Some(next) = after.or(set.waiting().next()).cloned() else {
            return self.say(ctx, "No tag waits for a place.");
        };
        if let Some(reading) = workspace.reading_mut() {
            reading.show(&next);
        }
        self.show_side(ctx, Side::Inspector, true);
    }

    fn place_here(&mut self, ctx: &Context) {
        let Some(workspace) = &self.workspace else { return };
        let selection = workspace.reading().and_then(|reading| reading.selection());
        match workspace.focused().map(|annotation| annotation.id.clone()).zip(selection) {
            Some((id, span)) => self.act(ctx, Action::Place(id, vec![span])),
            None => self.complain("Focus a tag that waits, and select the words where it belongs."),
        }
    }

    fn show_earlier(&mut self, document: &DocumentId) {
        let Some(workspace) = &mut self.workspace else { return };
        let newest = workspace.document().map_or(0, |document| document.record.newest());
        let shown = workspace.shown_number().unwrap_or(newest);
        if shown <= 1 {
            return workspace.leave_earlier();
        }
        match Earlier::read(&workspace.session, document, shown - 1) {
            Ok(earlier) => workspace.show_earlier(earlier),
            Err(reason) => self.complain(reason),
        }
    }
}
