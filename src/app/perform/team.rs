//! Commands about the team.

use std::{collections::BTreeSet, path::PathBuf};

use ascribe_engine::{
    OwnFate, Place, Seen,
    merge::{Choice, settle_in_set},
};
use ascribe_schema::{AnnotatorName, DocumentId};
use egui::Context;

use super::{linting::material, title};
use crate::{
    app::App,
    command::{Room, Section, Team},
    files::Purpose,
    overlay::Overlay,
    team::{Letters, Receiving, Watching, annotators, unmark, write_feedback},
    text::isolated,
    wording::counted,
    workspace::Workspace,
};

impl App {
    pub(super) fn team(&mut self, ctx: &Context, command: Team) {
        let Some(workspace) = &mut self.workspace else { return };
        let team = &mut workspace.team;
        match command {
            Team::Show(section) => self.show_section(section),
            Team::Cell(row, column) => team.board.go_to(row, column),
            Team::Open(document) => {
                workspace.open(&document);
                ctx.send_viewport_cmd(egui::ViewportCommand::Title(title(workspace)));
                self.enter(Room::Read);
            }
            Team::Assign(document, annotator) => self.assign(ctx, &document, &annotator),
            Team::Add(annotator) => drop(team.board.added.insert(annotator)),
            Team::Thing(number) => team.copies.go_to(number),
            Team::Settle(number, choice) => self.choose_copy(ctx, number, choice),
            Team::ShowThing(number) => {
                let Some((document, _, annotation)) = team.copies.thing(number) else { return };
                let (document, annotation) = (document.clone(), annotation.cloned());
                let me = workspace.session.annotator().clone();
                self.enter(Room::Read);
                self.show_tag(ctx, &document, &me, annotation);
            }
            Team::Whose(name) => (team.feedback.whose, team.feedback.only) = (Some(name), None),
            Team::Only(outcome) => (team.feedback.only, team.feedback.wants_keys) = (outcome, true),
            Team::Entry(number) => {
                team.feedback.go_to(number);
                team.feedback.wants_keys = true;
            }
            Team::ShowEntry(number) => self.show_entry(ctx, number),
            Team::SaveFeedback(false) => self.ask(ctx, Purpose::Feedback),
            Team::SaveFeedback(true) => self.ask(ctx, Purpose::FeedbackFolder),
            Team::Receive => self.ask(ctx, Purpose::Colleague),
            Team::ReceiveFolder => self.ask(ctx, Purpose::ColleagueFolder),
            Team::Unmark(path) => {
                let project = workspace.session.project().place.path().clone();
                self.files.remake(ctx, "Joining two copies", project, move |project| unmark(project, &path));
            }
            Team::Spread => self.overlay = Some(Overlay::Spreading(Box::new(workspace.spreading()))),
            Team::Take { before, .. } if before != workspace.session.project().file.assignments => {
                self.overlay = Some(Overlay::Spreading(Box::new(workspace.spreading())));
                self.complain("Nothing was assigned yet: somebody else was asked meanwhile, so it was drawn anew.");
            }
            Team::Take { after, .. } => {
                let count = counted(after.len(), "article");
                match workspace.session.assign(after) {
                    Ok(()) => self.say(ctx, format!("{count} assigned.")),
                    Err(reason) => self.complain(format!("Nothing was assigned: {reason}.")),
                }
            }
        }
    }

    /// Keeps what the team is told up to date.
    pub(crate) fn prepare_team(&mut self, ctx: &Context) {
        self.watch(ctx);
        let Some(workspace) = &mut self.workspace else { return };
        let hidden = if workspace.room == Room::Team { workspace.hidden() } else { BTreeSet::new() };
        let Workspace { session, team, room, .. } = workspace;
        team.copies.prepare(session);
        match team.section {
            _ if *room != Room::Team => {}
            Section::Progress => team.board.prepare(ctx, session, team.turn),
            Section::Feedback => team.feedback.prepare(ctx, session, team.turn, hidden),
            Section::Copies => {}
        }
    }

    /// Takes in what other programs have changed in the project's folder.
    fn watch(&mut self, ctx: &Context) {
        let taken = match &mut self.overlay {
            Some(Overlay::Receiving(receiving)) => receiving.has_news(),
            _ => false,
        };
        let Some(every) = self.files.watch else { return };
        let Some(Workspace { session, team, .. }) = &mut self.workspace else { return };
        if taken {
            // Whoever has just taken a colleague's work waits to see it.
            team.watching = Watching::default();
        }
        if let Some(seen) = team.watching.prepare(ctx, session, every) {
            self.refresh(ctx, seen);
        }
    }

    fn refresh(&mut self, ctx: &Context, seen: Seen) {
        self.finish_typing(ctx);
        let Some(workspace) = &mut self.workspace else { return };
        let refreshed = workspace.session.refresh(seen);
        if refreshed.is_empty() {
            return;
        }
        workspace.take_up(&refreshed);
        if let Some(Overlay::Spreading(spreading)) = &mut self.overlay {
            spreading.start_from(workspace.spreading());
        }
        let documents = &workspace.session.project().documents;
        let title =
            |id: &DocumentId| documents.get(id).map_or_else(|| id.to_string(), |here| here.record.title.clone());
        let told = refreshed.sentences(title).join(". ");
        let asks = |fate: &OwnFate| matches!(fate, OwnFate::Refused(_) | OwnFate::Merged(_, 1..));
        let asks = refreshed.own.iter().any(|own| asks(&own.fate));
        self.keymap.fit(workspace.scheme());
        self.use_keys();
        match asks {
            true => self.complain(format!("{told}.")),
            false => self.say(ctx, format!("{told}.")),
        }
    }

    /// Shows a part of the room, with the keyboard in it.
    fn show_section(&mut self, section: Section) {
        self.enter(Room::Team);
        let Some(workspace) = &mut self.workspace else { return };
        workspace.team.section = section;
        workspace.team.board.wants_keys = section == Section::Progress;
        workspace.team.feedback.wants_keys = section == Section::Feedback;
        workspace.team.copies.wants_keys = section == Section::Copies;
    }

    /// Takes one side of what two copies disagree about, as a deed that can be undone.
    fn choose_copy(&mut self, ctx: &Context, number: usize, choice: Choice) {
        let Some(workspace) = &mut self.workspace else { return };
        let Some((document, conflict, _)) = workspace.team.copies.thing(number) else { return };
        let (id, at) = (document.clone(), conflict.at.clone());
        let session = &mut workspace.session;
        let Some((document, set)) = session.project().documents.get(&id).zip(session.set(&id)) else { return };
        let settled = settle_in_set(document, set.state(), &at, choice);
        let done = settled
            .map_err(|reason| reason.to_string())
            .and_then(|transaction| session.commit(transaction).map_err(|reason| reason.to_string()));
        if let Err(reason) = done {
            return self.complain(format!("Nothing was changed: {reason}."));
        }
        workspace.team.copies.prepare(&workspace.session);
        let told = match (choice, workspace.team.copies.len()) {
            (_, 0) => "Settled; nothing is left to choose.".to_owned(),
            (_, left) => format!("Settled; {left} left."),
        };
        self.say(ctx, told);
    }

    /// Shows the place of an entry of the feedback in the article.
    fn show_entry(&mut self, ctx: &Context, number: usize) {
        let Some(workspace) = &mut self.workspace else { return };
        let Some(entry) = workspace.team.feedback.entry(number) else { return };
        let (document, annotation) = (entry.document.clone(), entry.annotation.clone());
        let (place, whose) = (entry.spans.first().copied(), workspace.team.feedback.whose(&workspace.session));
        self.enter(Room::Read);
        let overlooked = annotation.is_none();
        self.show_tag(ctx, &document, &whose, annotation);
        let reading = self.workspace.as_mut().and_then(Workspace::reading_mut);
        if let Some((reading, place)) = reading.zip(place).filter(|_| overlooked) {
            reading.select(place);
        }
    }

    /// Writes what became of the tags of the annotator who is shown, or of everyone.
    pub(super) fn write_feedback(&mut self, ctx: &Context, everyone: bool, path: PathBuf) {
        let Some(workspace) = &self.workspace else { return };
        let session = &workspace.session;
        let whose = workspace.team.feedback.whose(session);
        let letters = if everyone { Letters::All(annotators(session), path) } else { Letters::One(whose, path) };
        let (material, hidden) = (material(workspace), workspace.hidden());
        self.files.tell(ctx, "Writing what became of the tags", move || write_feedback(&material, &letters, &hidden));
    }

    /// Shows what a colleague's files would bring.
    pub(super) fn receive(&mut self, ctx: &Context, paths: Vec<PathBuf>) {
        let Some(workspace) = &self.workspace else { return };
        if matches!(workspace.session.project().place, Place::Bundle(_)) {
            return self.complain("A bundle is read-only: save a copy as a folder first.");
        }
        self.overlay = Some(Overlay::Receiving(Box::new(Receiving::start(ctx, &workspace.session, paths))));
    }

    /// Asks somebody to annotate a document, or no longer.
    fn assign(&mut self, ctx: &Context, document: &DocumentId, annotator: &AnnotatorName) {
        let Some(workspace) = &mut self.workspace else { return };
        let project = workspace.session.project();
        let title = project.documents.get(document).map(|document| document.record.title.clone()).unwrap_or_default();
        let mut names = project.file.assignments.get(document).cloned().unwrap_or_default();
        let asked = !names.contains(annotator);
        match asked {
            true => names.push(annotator.clone()),
            false => names.retain(|name| name != annotator),
        }
        match workspace.session.assign([(document.clone(), names)].into()) {
            Ok(()) if asked => self.say(ctx, format!("{annotator} is asked to annotate {}.", isolated(&title))),
            Ok(()) => self.say(ctx, format!("{annotator} is no longer asked to annotate {}.", isolated(&title))),
            Err(reason) => self.complain(format!("Nothing was changed: {reason}.")),
        }
    }
}
