//! Commands about datasets: their export, and the import of labelled data.

use std::path::PathBuf;

use ascribe_engine::{Failure, Place, SaveState};
use egui::Context;

use crate::{
    app::App,
    exporting::{Exporting, Verdict},
    files::Purpose,
    labelled::{Labelled, Order, Report},
    overlay::Overlay,
};

impl App {
    /// Shows what would be exported.
    pub(super) fn export(&mut self, ctx: &Context) {
        let Some(workspace) = &mut self.workspace else { return };
        // Where saving fails, the sets are taken as they are in memory.
        workspace.session.flush();
        let choice = self.settings.export.clone();
        let exporting = Exporting::start(ctx, &workspace.session, workspace.current.clone(), choice);
        self.overlay = Some(Overlay::Export(Box::new(exporting)));
    }

    /// Does what was said to the sheet of an export, which still lies there.
    pub(crate) fn answer_export(&mut self, ctx: &Context, verdict: Verdict) {
        match verdict {
            Verdict::None | Verdict::Cancel => {}
            // A dialog that is open already is enough.
            Verdict::Ask(_) if self.files.busy.is_some() => {}
            Verdict::Ask(shape) => {
                if !self.files.ask(ctx, Purpose::Export(shape))
                    && let Some(Overlay::Export(exporting)) = &mut self.overlay
                {
                    exporting.ask_path();
                }
            }
            Verdict::Write(path) => {
                let Some(Overlay::Export(exporting)) = &mut self.overlay else { return };
                let replaces = path.is_file().then(|| {
                    let name = path.display();
                    format!("{name} is there already. Press Export again to replace it.")
                });
                if replaces.is_none_or(|doubt| exporting.doubt(&path, doubt)) {
                    self.write_export(ctx, path);
                }
            }
        }
    }

    /// Writes the dataset of the sheet that lies there, and remembers how.
    pub(super) fn write_export(&mut self, ctx: &Context, path: PathBuf) {
        let Some(Overlay::Export(exporting)) = self.overlay.take_if(|overlay| matches!(overlay, Overlay::Export(_)))
        else {
            return;
        };
        self.return_to_text();
        self.settings.export = exporting.choice.clone();
        self.keep_settings();
        match exporting.order() {
            Ok(order) => self.files.export(ctx, order, exporting.documents().unwrap_or_default(), path),
            Err(reason) => self.complain(reason),
        }
    }

    /// Shows what would be imported from labelled data.
    pub(super) fn read_labelled(&mut self, ctx: &Context, paths: Vec<PathBuf>) {
        if !self.is_all_saved(ctx) {
            return;
        }
        let Some(workspace) = &self.workspace else { return };
        if matches!(workspace.session.project().place, Place::Bundle(_)) {
            return self.complain("A bundle is read-only: save a copy as a folder first.");
        }
        let labelled = Labelled::start(ctx, &workspace.session, paths);
        self.overlay = Some(Overlay::Labelled(Box::new(labelled)));
    }

    /// Imports labelled data; one's own sets may be among what it changes, so the session lets go of them.
    pub(crate) fn take_labelled(&mut self, ctx: &Context, order: Order) {
        if !self.is_all_saved(ctx) {
            return;
        }
        let Some(workspace) = &mut self.workspace else { return };
        workspace.session.release();
        self.files.take_labelled(ctx, order);
    }

    /// Shows what came of an import, and opens its project again.
    pub(super) fn show_taken(&mut self, ctx: &Context, project: PathBuf, taken: Result<Report, String>) {
        match taken {
            Ok(report) => self.overlay = Some(Overlay::Taken(Box::new(report))),
            Err(reason) => self.complain(reason),
        }
        let here = self.workspace.as_ref().filter(|workspace| *workspace.session.project().place.path() == project);
        if let Some(show) = here.map(|workspace| workspace.current.clone()) {
            self.open_at(ctx, project, show);
        }
    }

    /// Whether all work is on disk; says so if not.
    fn is_all_saved(&mut self, ctx: &Context) -> bool {
        self.finish_typing(ctx);
        let Some(workspace) = &mut self.workspace else { return false };
        let SaveState::Failed(reason) = workspace.session.flush() else { return true };
        let again = matches!(reason, Failure::Refused(_));
        let hint = if again { "try again when there is room" } else { "decide first which version counts" };
        self.complain(format!("Your latest work is not saved: {reason}. Nothing can be imported before: {hint}."));
        false
    }
}
