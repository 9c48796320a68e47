//! Commands about projects and files, and what threads tell of them.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use ascribe_engine::{Place, SaveState, Source, store::free_place};
use ascribe_schema::{Document, DocumentId};
use egui::Context;

use super::title;
use crate::{
    app::App,
    files::{Outcome, Purpose},
    importing::{Importing, Target},
    overlay::Overlay,
    settings::folders,
    wording::counted,
    workspace::Workspace,
};

impl App {
    /// Asks for a path, with the system's dialog or with a field of our own.
    pub(super) fn ask(&mut self, ctx: &Context, purpose: Purpose) {
        if !self.files.ask(ctx, purpose) {
            self.overlay = Some(Overlay::Path(purpose, String::new()));
        }
    }

    /// Takes in what a thread has told.
    pub(crate) fn take(&mut self, ctx: &Context, outcome: Outcome) {
        self.finish_typing(ctx);
        match outcome {
            Outcome::Picked(purpose, paths) => self.use_paths(ctx, purpose, paths),
            Outcome::Made(path, refused) => {
                if !refused.is_empty() {
                    self.complain(refused.join("; "));
                }
                self.open(ctx, path);
            }
            Outcome::Said(Ok(text)) => self.say(ctx, text),
            Outcome::Said(Err(text)) => self.complain(text),
            Outcome::Opened(path, session, show) => match *session {
                Ok(session) => self.show_project(ctx, path, session, show),
                Err(reason) => self.complain(reason),
            },
            Outcome::Corrected(project, corrected) => match *corrected {
                Ok(corrected) => self.take_corrected(ctx, &project, corrected),
                Err(reason) => self.complain(reason),
            },
            Outcome::Taken(project, taken) => self.show_taken(ctx, project, *taken),
            Outcome::Imported { project, added, refused } => self.show_imported(ctx, &project, added, refused),
        }
    }

    fn show_imported(
        &mut self,
        ctx: &Context,
        project: &Path,
        added: Vec<(Document, String)>,
        mut refused: Vec<String>,
    ) {
        let (count, mut last) = (counted(added.len(), "article"), None);
        match self.workspace.as_mut().filter(|workspace| workspace.session.project().place.path() == project) {
            Some(workspace) => {
                for (document, text) in added {
                    last = Some(document.id.clone());
                    workspace.session.insert(document, text);
                }
                last.into_iter().for_each(|id| workspace.open(&id));
            }
            None => refused.insert(0, format!("they are in {}", project.display())),
        }
        if refused.is_empty() {
            self.say(ctx, format!("{count} imported"));
        } else {
            self.complain(format!("{count} imported; {}", refused.join("; ")));
        }
    }

    fn show_project(
        &mut self,
        ctx: &Context,
        path: PathBuf,
        session: ascribe_engine::Session,
        show: Option<DocumentId>,
    ) {
        let new_here = !self.settings.recent.contains(&path);
        let started = session.project().documents.keys().filter(|id| session.set(id).is_some()).count();
        if new_here && started > 0 && self.annotator.is_none() {
            let (name, started) = (session.annotator(), counted(started, "document"));
            self.complain(format!("You go on as {name}, who has tagged {started} here. If that is somebody else, choose another name: File › Change your name."));
        }
        self.settings.remember(&path);
        self.keep_settings();
        let mut workspace = Workspace::new(session);
        show.iter().for_each(|document| workspace.open(document));
        workspace.all_signs = self.settings.all_signs;
        workspace.suggestions = self.settings.suggestions;
        self.keymap.fit(workspace.scheme());
        ctx.send_viewport_cmd(egui::ViewportCommand::Title(title(&workspace)));
        self.workspace = Some(workspace);
        self.use_keys();
        self.tell_moves();
        if self.notice.as_ref().is_none_or(|notice| !notice.bad) {
            self.tell_key_troubles(ctx);
        }
    }

    pub(crate) fn use_paths(&mut self, ctx: &Context, purpose: Purpose, paths: Vec<PathBuf>) {
        let Some(path) = paths.first().cloned() else { return };
        match purpose {
            Purpose::OpenProject | Purpose::OpenBundle => self.open(ctx, path),
            Purpose::NewProject => self.files.make(ctx, path),
            Purpose::Import | Purpose::ImportFolder => self.import(ctx, files(paths)),
            Purpose::Revise => self.correct(ctx, path),
            Purpose::Labelled | Purpose::LabelledFolder => self.read_labelled(ctx, paths),
            Purpose::Export(_) => self.write_export(ctx, path),
            Purpose::Sources => self.write_sources(ctx, path),
            Purpose::Feedback | Purpose::FeedbackFolder => {
                self.write_feedback(ctx, purpose == Purpose::FeedbackFolder, path);
            }
            Purpose::Colleague | Purpose::ColleagueFolder => self.receive(ctx, paths),
            Purpose::SaveAs | Purpose::SaveBundle => {
                self.finish_typing(ctx);
                let Some(workspace) = &mut self.workspace else { return };
                // Where saving fails, the copy is what keeps the work: it gets the sets as they are in memory.
                let newer = match workspace.session.flush() {
                    SaveState::Failed(_) => workspace.session.changed_files(),
                    _ => Vec::new(),
                };
                let place = workspace.session.project().place.clone();
                if purpose == Purpose::SaveBundle {
                    self.files.pack(ctx, place.path().clone(), newer, path);
                } else {
                    let open = matches!(place, Place::Bundle(_));
                    self.files.copy(ctx, place.path().clone(), newer, path, open);
                }
            }
        }
    }

    /// Opens projects and bundles; imports everything else into the open project, or into a new one.
    pub(crate) fn open_or_import(&mut self, ctx: &Context, paths: Vec<PathBuf>) {
        let is_article = |path: &PathBuf| {
            let named = path.extension().is_none_or(|extension| extension != "ron");
            if path.is_dir() { !is_project(path) } else { path.is_file() && named }
        };
        let (articles, projects): (Vec<_>, Vec<_>) = paths.into_iter().partition(is_article);
        let left = articles.len() + projects.len().saturating_sub(1);
        let Some(project) = projects.into_iter().next() else { return self.import(ctx, files(articles)) };
        self.open(ctx, project);
        if left > 0 {
            let others = counted(left, "other");
            self.complain(format!("One project is opened at a time; {others} left alone. Drop them again on it."));
        }
    }

    /// Shows what would be imported into the open project, or into a new one.
    fn import(&mut self, ctx: &Context, sources: Vec<Source>) {
        let Some(first) = sources.first() else { return };
        let program = self.files.program.clone();
        if let Some(Overlay::Import(importing)) = &mut self.overlay {
            return importing.add(ctx, sources, program);
        }
        let (target, known) = match &self.workspace {
            Some(workspace) => match &workspace.session.project().place {
                Place::Folder(folder) => {
                    (Target::Project(folder.clone()), workspace.session.project().documents.keys().cloned().collect())
                }
                Place::Bundle(_) => return self.complain("A bundle is read-only: save a copy as a folder first."),
            },
            None => {
                let name = first.file_name();
                let stem = Path::new(&name).file_stem().map(|stem| stem.to_string_lossy().into_owned());
                // In the user's own folder: whoever opens an article without a project has named no place for one.
                let (Some(stem), Some((_, data))) = (stem, folders()) else { return };
                (Target::New(free_place(&data.join("projects"), &stem)), BTreeSet::new())
            }
        };
        self.overlay = Some(Overlay::Import(Box::new(Importing::start(ctx, target, known, sources, program))));
    }

    /// Shows what of the clipboard would be imported.
    pub(super) fn paste(&mut self, ctx: &Context) {
        match clipboard() {
            Ok(sources) => self.import(ctx, sources),
            Err(reason) => self.complain(reason),
        }
    }

    pub(super) fn open_sample(&mut self, ctx: &Context) {
        match folders() {
            Some((_, data)) => self.files.make_sample(ctx, data.join("samples")),
            None => self.complain("There is no home folder to keep the sample in."),
        }
    }

    /// Opens a project, once it is known for whom.
    fn open(&mut self, ctx: &Context, path: PathBuf) {
        self.open_at(ctx, path, None);
    }

    /// The same, and shows one of its documents.
    pub(super) fn open_at(&mut self, ctx: &Context, path: PathBuf, show: Option<DocumentId>) {
        let Some(name) = self.name().cloned() else {
            self.waiting.push(path);
            self.overlay = Some(Overlay::Name(String::new()));
            return;
        };
        if !self.may_leave(ctx) {
            return;
        }
        let path = path.canonicalize().unwrap_or(path);
        let path = match path.parent() {
            Some(folder) if path.ends_with("project.ron") => folder.to_owned(),
            _ => path,
        };
        // The same project again: the lock must go first.
        self.workspace.take_if(|workspace| *workspace.session.project().place.path() == path);
        self.files.open(ctx, path, name, show);
    }

    pub(super) fn take_name(&mut self, ctx: &Context, name: ascribe_schema::AnnotatorName) {
        self.annotator = None;
        self.settings.annotator = Some(name);
        self.keep_settings();
        let open = self.workspace.as_ref().map(|workspace| workspace.session.project().place.path().clone());
        for path in std::mem::take(&mut self.waiting).into_iter().chain(open) {
            self.open(ctx, path);
        }
    }
}

/// Whether a folder is a project: it has its file, or records of documents.
fn is_project(folder: &Path) -> bool {
    let records = || std::fs::read_dir(folder.join("documents")).into_iter().flatten().flatten();
    folder.join("project.ron").exists()
        || records().any(|entry| entry.path().extension().is_some_and(|extension| extension == "ron"))
}

fn files(paths: Vec<PathBuf>) -> Vec<Source> {
    paths.into_iter().map(Source::File).collect()
}

/// What the clipboard holds: files, formatted text, or else plain text.
fn clipboard() -> Result<Vec<Source>, String> {
    let unreadable = |reason: arboard::Error| format!("The clipboard cannot be read: {reason}.");
    let mut clipboard = arboard::Clipboard::new().map_err(unreadable)?;
    if let Ok(paths) = clipboard.get().file_list()
        && !paths.is_empty()
    {
        return Ok(files(paths));
    }
    let says_something = |text: &String| !text.trim().is_empty();
    if let Some(html) = clipboard.get().html().ok().filter(says_something) {
        return Ok(vec![Source::Bytes("clipboard.html".to_owned(), html.into_bytes())]);
    }
    match clipboard.get_text() {
        Ok(text) if says_something(&text) => Ok(vec![Source::Bytes("clipboard.txt".to_owned(), text.into_bytes())]),
        Ok(_) | Err(arboard::Error::ContentNotAvailable) => Err("The clipboard holds no text.".to_owned()),
        Err(reason) => Err(unreadable(reason)),
    }
}
