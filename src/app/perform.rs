//! Carrying out commands.

use std::path::PathBuf;

use ascribe_engine::{Action, Place, Transaction};
use ascribe_schema::{AnnotationId, PARATEXT, Progress};
use egui::Context;

use crate::{
    app::App,
    command::{Command, table},
    files::{Outcome, Purpose},
    overlay::Overlay,
    panel::inspector,
    reading::Find,
    settings::{Appearance, folders},
    workspace::Workspace,
};

impl App {
    /// Whether a command makes sense now.
    #[must_use]
    pub fn can(&self, command: &Command) -> bool {
        let Some(workspace) = &self.workspace else {
            use Command as C;
            return matches!(
                command,
                C::OpenProject
                    | C::OpenBundle
                    | C::NewProject
                    | C::OpenSample
                    | C::WhoAmI
                    | C::Quit
                    | C::Palette
                    | C::Shortcuts
                    | C::ToggleTheme
                    | C::Zoom(_)
                    | C::ZoomReset
                    | C::Escape
            );
        };
        let focused = workspace.focused().is_some();
        let selected = workspace.reading().is_some_and(|reading| reading.selection().is_some());
        let writable = workspace.read_only().is_none();
        match command {
            Command::Undo => workspace.session.history().undoable().is_some(),
            Command::Redo => workspace.session.history().redoable().is_some(),
            Command::Tag(_) => writable && (selected || focused),
            Command::TagAndTie(_) | Command::AddFragment => writable && selected && focused,
            Command::TagParatext => writable && selected,
            Command::Delete | Command::Tie | Command::Move(..) => writable && focused,
            Command::EditAttributes | Command::EditNote => focused,
            Command::Finish => writable && workspace.reading().is_some(),
            Command::Copy => selected,
            Command::Import => workspace.session.read_only(None).is_none(),
            _ => true,
        }
    }

    /// Carries out a command.
    pub(crate) fn perform(&mut self, ctx: &Context, command: Command) {
        if self.notice.as_ref().is_some_and(|notice| notice.bad) && !matches!(command, Command::Caret(_)) {
            self.notice = None;
        }
        match command {
            Command::OpenProject => self.ask(ctx, Purpose::OpenProject),
            Command::OpenBundle => self.ask(ctx, Purpose::OpenBundle),
            Command::NewProject => self.ask(ctx, Purpose::NewProject),
            Command::Import => self.ask(ctx, Purpose::Import),
            Command::SaveAs => self.ask(ctx, Purpose::SaveAs),
            Command::SaveBundle => self.ask(ctx, Purpose::SaveBundle),
            Command::OpenSample => self.open_sample(ctx),
            Command::Open(path) => self.open_or_import(ctx, vec![path]),
            Command::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            Command::Palette => self.overlay = Some(Overlay::palette()),
            Command::Shortcuts => self.overlay = Some(Overlay::Shortcuts),
            Command::Problems => self.overlay = Some(Overlay::Problems),
            Command::WhoAmI => {
                self.overlay = Some(Overlay::Name(self.name().map(ToString::to_string).unwrap_or_default()));
            }
            Command::TakeName(name) => self.take_name(ctx, name),
            Command::ToggleTheme => self.toggle_theme(ctx),
            Command::Zoom(larger) => self.zoom(ctx, self.settings.zoom * if larger { 1.1 } else { 1.0 / 1.1 }),
            Command::ZoomReset => self.zoom(ctx, 1.0),
            Command::Escape => self.escape(ctx),
            Command::NextPane => self.next_pane(ctx),
            command if self.workspace.is_some() => self.perform_in_project(ctx, command),
            _ => {}
        }
    }

    fn perform_in_project(&mut self, ctx: &Context, command: Command) {
        let Some(workspace) = &mut self.workspace else { return };
        match command {
            Command::Undo => self.go_back(ctx, false),
            Command::Redo => self.go_back(ctx, true),
            Command::Show(document) => {
                workspace.open(&document);
                ctx.send_viewport_cmd(egui::ViewportCommand::Title(title(workspace)));
            }
            Command::View(name) => workspace.look_at(name),
            Command::StepDocument(forward) => step_document(workspace, forward),
            Command::KeepMine => {
                workspace.session.keep_mine();
            }
            Command::Finish => self.finish(ctx),
            Command::Tag(number) => self.tag(ctx, number, false),
            Command::TagAndTie(number) => self.tag(ctx, number, true),
            Command::TagParatext => self.tag_as(ctx, PARATEXT.to_owned(), None),
            Command::Act(action) => self.act(ctx, action),
            Command::Tie => self.tie(ctx),
            Command::EditAttributes => self.edit_in_inspector(ctx, true),
            Command::EditNote => self.edit_in_inspector(ctx, false),
            Command::Delete | Command::AddFragment | Command::Move(..) => self.change_focused(ctx, &command),
            command => self.move_in_text(ctx, command),
        }
    }

    // Tagging

    fn tag(&mut self, ctx: &Context, number: usize, tie: bool) {
        let Some(workspace) = &self.workspace else { return };
        let Some(label) = workspace.scheme().labels.get(number).map(|label| label.name.clone()) else { return };
        let focus = workspace.focused().map(|annotation| annotation.id.clone());
        let selected = workspace.reading().is_some_and(|reading| reading.selection().is_some());
        match (selected, focus) {
            (true, focus) => self.tag_as(ctx, label, focus.filter(|_| tie)),
            (false, Some(id)) if !tie => self.act(ctx, Action::Relabel(id, label)),
            _ => self.complain("Select the words first: drag over them, or hold Shift and use the arrow keys."),
        }
    }

    fn tag_as(&mut self, ctx: &Context, label: String, tie: Option<AnnotationId>) {
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

    /// Changes the set and shows what was changed.
    fn act(&mut self, ctx: &Context, action: Action) {
        let Some(workspace) = &mut self.workspace else { return };
        if let Some(reason) = workspace.read_only() {
            return self.complain(format!("Nothing was changed: {reason}."));
        }
        let Some(document) = workspace.current.clone() else { return };
        let outcome = workspace.session.act(&document, action, &ascribe_cli::now(), &mut ascribe_cli::random);
        match outcome {
            Ok(transaction) => self.show_change(ctx, &transaction, false),
            Err(error) => self.complain(format!("Nothing was changed: {error}.")),
        }
    }

    /// Brings what a transaction touched into view and focus.
    fn show_change(&mut self, ctx: &Context, transaction: &Transaction, elsewhere: bool) {
        let Some(workspace) = &mut self.workspace else { return };
        if elsewhere && workspace.current.as_ref() != Some(&transaction.document) {
            workspace.open(&transaction.document);
        }
        if elsewhere && workspace.view.is_some() {
            workspace.look_at(None);
        }
        let set = workspace.session.set(&transaction.document);
        let touched = transaction.annotations().next().cloned();
        let there = touched.filter(|annotation| set.is_some_and(|set| set.annotation(&annotation.id).is_some()));
        let gone = there.is_none() && transaction.annotations().next().is_some();
        if let Some(reading) = workspace.reading_mut() {
            let had_selection = reading.selection().is_some();
            match there {
                Some(annotation) if elsewhere => reading.show(&annotation),
                Some(annotation) => reading.focus = Some(annotation.id.clone()),
                None if gone => reading.focus = None,
                None => {}
            }
            if had_selection {
                reading.clear_selection();
            }
        }
        if !elsewhere {
            self.say(ctx, transaction.name.clone());
        }
    }

    fn change_focused(&mut self, ctx: &Context, command: &Command) {
        let Some(workspace) = &self.workspace else { return };
        let Some(id) = workspace.focused().map(|annotation| annotation.id.clone()) else {
            return self.complain("Choose a tag first: click it, or press N for the next one.");
        };
        let selection = workspace.reading().and_then(|reading| reading.selection());
        match (command, selection) {
            (Command::Delete, _) => self.act(ctx, Action::Delete(id)),
            (&Command::Move(edge, step, forward), _) => {
                self.act(ctx, Action::MoveBoundary { id, edge, step, forward });
            }
            (Command::AddFragment, Some(span)) => self.act(ctx, Action::AddFragment(id, span)),
            _ => self.complain("Select the words of the new fragment first."),
        }
    }

    fn tie(&mut self, ctx: &Context) {
        let Some(workspace) = &mut self.workspace else { return };
        let Some(focus) = workspace.focused().map(|annotation| annotation.id.clone()) else {
            return self.complain("Choose a tag first: click it, or press N for the next one.");
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
                self.say(ctx, "Now go to the other tag (N, P or a click) and press T again.");
            }
        }
    }

    fn finish(&mut self, ctx: &Context) {
        let Some(workspace) = &self.workspace else { return };
        let progress = workspace.current.as_ref().and_then(|id| workspace.session.progress(id));
        let after = match progress {
            Some(Progress::Finished) => Progress::InProgress,
            _ => Progress::Finished,
        };
        self.act(ctx, Action::SetProgress(after));
    }

    fn go_back(&mut self, ctx: &Context, forward: bool) {
        let Some(workspace) = &mut self.workspace else { return };
        let outcome = if forward { workspace.session.redo() } else { workspace.session.undo() };
        match outcome {
            Ok(Some(deed)) => {
                self.show_change(ctx, &deed, true);
                self.say(ctx, format!("{}: {}", if forward { "Done again" } else { "Undone" }, deed.name));
            }
            Ok(None) => self.say(ctx, if forward { "Nothing to do again" } else { "Nothing to undo" }),
            Err(error) => self.complain(error.to_string()),
        }
    }

    /// Takes over what is being typed for an annotation.
    pub(crate) fn finish_typing(&mut self, ctx: &Context) {
        let draft = self.workspace.as_mut().and_then(|workspace| workspace.draft.take());
        if let Some(draft) = draft {
            let Command::Act(action) = inspector::commit(draft) else { return };
            self.act(ctx, action);
        }
    }

    fn edit_in_inspector(&mut self, ctx: &Context, attributes: bool) {
        if self.workspace.as_ref().is_none_or(|workspace| workspace.focused().is_none()) {
            return self.complain("Choose a tag first: click it, or press N for the next one.");
        }
        if attributes {
            ctx.memory_mut(|memory| memory.data.insert_temp(inspector::attributes_id(), true));
        } else {
            ctx.memory_mut(|memory| memory.request_focus(inspector::note_id()));
        }
    }

    // Moving about

    fn move_in_text(&mut self, ctx: &Context, command: Command) {
        let fonts = &mut self.fonts;
        let Some(workspace) = &mut self.workspace else { return };
        let Some(current) = workspace.current.clone() else { return };
        let Some(mut reading) = workspace.readings.remove(&current) else { return };
        let set = workspace.shown_set();
        match command {
            Command::Caret(motion) => reading.move_caret(fonts, motion, false, false),
            Command::Extend(motion) => reading.move_caret(fonts, motion, true, false),
            Command::ExtendExactly(motion) => reading.move_caret(fonts, motion, true, true),
            Command::Step(forward) => {
                if let Some(annotation) = set.and_then(|set| reading.step(set, forward)).cloned() {
                    reading.show(&annotation);
                }
            }
            Command::Focus(id) => match id.and_then(|id| set?.annotation(&id)).cloned() {
                Some(annotation) => reading.show(&annotation),
                None => reading.focus = None,
            },
            Command::Select(span) => reading.select(span),
            Command::SelectQuoted => {
                let quoted = ascribe_engine::snap::quoted_at(reading.pane.text(), reading.pane.caret());
                quoted.into_iter().for_each(|span| reading.select(span));
            }
            Command::Copy => {
                let text = reading.selection().and_then(|span| reading.pane.text().slice(span).map(str::to_owned));
                text.into_iter().for_each(|text| ctx.copy_text(text));
            }
            Command::Find => {
                reading.find.get_or_insert_with(Find::default).wants_keys = true;
            }
            Command::FindWords(words) => {
                let from = reading.pane.visible().start;
                let text = reading.pane.text().clone();
                if let Some(find) = &mut reading.find {
                    find.search(&text, words, from);
                    find.shown().into_iter().for_each(|hit| reading.select(hit));
                }
            }
            Command::FindStep(forward) => {
                let hit = reading.find.as_mut().and_then(|find| find.step(forward));
                hit.into_iter().for_each(|hit| reading.select(hit));
            }
            _ => {}
        }
        workspace.readings.insert(current, reading);
    }

    fn escape(&mut self, ctx: &Context) {
        self.notice = None;
        let Some(reading) = self.workspace.as_mut().and_then(Workspace::reading_mut) else { return };
        let in_text = ctx.memory(egui::Memory::focused).is_none_or(|focused| Some(focused) == reading.widget);
        reading.wants_keys = true;
        if reading.find.is_some() {
            reading.find = None;
        } else if !in_text {
            // Back to the text is enough for one press.
        } else if reading.tie_from.is_some() {
            reading.tie_from = None;
        } else if reading.selection().is_some() {
            reading.clear_selection();
        } else {
            reading.focus = None;
        }
    }

    fn next_pane(&mut self, ctx: &Context) {
        let widget = self.workspace.as_ref().and_then(|workspace| workspace.reading()?.widget);
        let in_text = widget.is_some_and(|widget| ctx.memory(|memory| memory.has_focus(widget)));
        if !in_text {
            return self.return_to_text();
        }
        if self.workspace.as_ref().is_some_and(|workspace| workspace.focused().is_some()) {
            return self.edit_in_inspector(ctx, true);
        }
        ctx.memory_mut(|memory| memory.move_focus(egui::FocusDirection::Next));
    }

    fn toggle_theme(&mut self, ctx: &Context) {
        self.settings.theme = match ctx.theme() {
            egui::Theme::Dark => Appearance::Light,
            egui::Theme::Light => Appearance::Dark,
        };
        ctx.set_theme(egui::ThemePreference::from(self.settings.theme));
        self.keep_settings();
    }

    fn zoom(&mut self, ctx: &Context, zoom: f32) {
        self.settings.zoom = zoom.clamp(0.5, 4.0);
        ctx.set_zoom_factor(self.settings.zoom);
        self.keep_settings();
    }

    pub(crate) fn keep_settings(&mut self) {
        if let Err(reason) = self.settings.save() {
            self.complain(format!("Your settings could not be kept: {reason}"));
        }
    }
}

/// The window's title.
pub(crate) fn title(workspace: &Workspace) -> String {
    let project = &workspace.session.project().file.title;
    match workspace.document() {
        Some(document) => format!("{} – {project} – Ascribe", document.record.title),
        None => format!("{project} – Ascribe"),
    }
}

fn step_document(workspace: &mut Workspace, forward: bool) {
    let ids: Vec<_> = workspace.session.project().documents.keys().cloned().collect();
    let here = workspace.current.as_ref().and_then(|current| ids.iter().position(|id| id == current));
    let next = match here {
        Some(here) if forward => here + 1,
        Some(here) => here.wrapping_sub(1),
        None => 0,
    };
    if let Some(id) = ids.get(next) {
        workspace.open(id);
    }
}

impl App {
    // Projects and files

    fn ask(&mut self, ctx: &Context, purpose: Purpose) {
        if !self.files.ask(ctx, purpose) {
            self.overlay = Some(Overlay::Path(purpose, String::new()));
        }
    }

    /// Takes in what a thread has told.
    pub(crate) fn take(&mut self, ctx: &Context, outcome: Outcome) {
        match outcome {
            Outcome::Picked(purpose, paths) => self.use_paths(ctx, purpose, paths),
            Outcome::Made(path) => self.open(ctx, path),
            Outcome::Said(Ok(text)) => self.say(ctx, text),
            Outcome::Said(Err(text)) => self.complain(text),
            Outcome::Opened(path, session) => match *session {
                Ok(session) => self.show_project(ctx, path, session),
                Err(reason) => self.complain(reason),
            },
            Outcome::Imported(added, refused, problems) => {
                let Some(workspace) = &mut self.workspace else { return };
                let (count, mut last) = (added.len(), None);
                for (document, text) in added {
                    last = Some(document.id.clone());
                    workspace.session.insert(document, text);
                }
                last.into_iter().for_each(|id| workspace.open(&id));
                let more: Vec<_> = problems.iter().map(|problem| problem.message.clone()).chain(refused).collect();
                if more.is_empty() {
                    self.say(ctx, format!("{count} articles imported"));
                } else {
                    self.complain(format!("{count} articles imported; {}", more.join("; ")));
                }
            }
        }
    }

    fn show_project(&mut self, ctx: &Context, path: PathBuf, session: ascribe_engine::Session) {
        self.settings.remember(&path);
        self.keep_settings();
        let workspace = Workspace::new(session);
        self.entries = table(workspace.scheme());
        ctx.send_viewport_cmd(egui::ViewportCommand::Title(title(&workspace)));
        self.workspace = Some(workspace);
    }

    pub(crate) fn use_paths(&mut self, ctx: &Context, purpose: Purpose, paths: Vec<PathBuf>) {
        let Some(path) = paths.first().cloned() else { return };
        match purpose {
            Purpose::OpenProject | Purpose::OpenBundle => self.open(ctx, path),
            Purpose::NewProject => self.files.make(ctx, path, Vec::new()),
            Purpose::Import => self.open_or_import(ctx, paths),
            Purpose::SaveAs | Purpose::SaveBundle => {
                self.finish_typing(ctx);
                let Some(workspace) = &mut self.workspace else { return };
                workspace.session.flush();
                let place = workspace.session.project().place.clone();
                if purpose == Purpose::SaveBundle {
                    self.files.pack(ctx, place.path().clone(), path);
                } else {
                    let open = matches!(place, Place::Bundle(_));
                    self.files.copy(ctx, place.path().clone(), path, open);
                }
            }
        }
    }

    /// Opens projects and bundles; imports everything else into the open project, or into a new one.
    pub(crate) fn open_or_import(&mut self, ctx: &Context, paths: Vec<PathBuf>) {
        let article = |path: &PathBuf| {
            let named = path.extension().is_none_or(|extension| extension != "ron");
            path.is_file() && named
        };
        let (articles, projects): (Vec<_>, Vec<_>) = paths.into_iter().partition(article);
        if let Some(project) = projects.into_iter().next() {
            return self.open(ctx, project);
        }
        let open = self.workspace.as_ref().map(|workspace| workspace.session.project().place.clone());
        match open {
            Some(Place::Folder(folder)) => self.files.import(ctx, folder, articles),
            Some(Place::Bundle(_)) => self.complain("A bundle is read-only: save a copy as a folder first."),
            None => self.make_for(ctx, articles),
        }
    }

    /// Makes a project for articles that were opened without one, in the user's own folder.
    fn make_for(&mut self, ctx: &Context, articles: Vec<PathBuf>) {
        let stem = articles.first().and_then(|path| path.file_stem()).map(|stem| stem.to_string_lossy().into_owned());
        let (Some(stem), Some((_, data))) = (stem, folders()) else { return };
        let names = (1..).map(|n| if n == 1 { stem.clone() } else { format!("{stem}-{n}") });
        let free = names.map(|name| data.join("projects").join(name)).find(|path| !path.exists());
        free.into_iter().for_each(|path| self.files.make(ctx, path, articles.clone()));
    }

    fn open_sample(&mut self, ctx: &Context) {
        match folders() {
            Some((_, data)) => self.files.make_sample(ctx, data.join("samples")),
            None => self.complain("There is no home folder to keep the sample in."),
        }
    }

    /// Opens a project, once it is known for whom.
    fn open(&mut self, ctx: &Context, path: PathBuf) {
        let Some(name) = self.name().cloned() else {
            self.waiting = vec![path];
            self.overlay = Some(Overlay::Name(String::new()));
            return;
        };
        self.finish_typing(ctx);
        // The same project again: the lock must go first, and with it all work is saved.
        self.workspace.take_if(|workspace| *workspace.session.project().place.path() == path);
        self.files.open(ctx, path, name);
    }

    fn take_name(&mut self, ctx: &Context, name: ascribe_schema::AnnotatorName) {
        self.annotator = None;
        self.settings.annotator = Some(name);
        self.keep_settings();
        let open = self.workspace.as_ref().map(|workspace| workspace.session.project().place.path().clone());
        for path in std::mem::take(&mut self.waiting).into_iter().chain(open) {
            self.open(ctx, path);
        }
    }
}
