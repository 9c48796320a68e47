//! The program: what it holds, and the course of one frame.

use std::path::PathBuf;

use ascribe_engine::{SaveState, default_scheme};
use ascribe_schema::AnnotatorName;
use egui::accesskit::Live;
use egui::{Context, Frame, Margin, Ui};

use crate::{
    command::{Command, Keymap, Room, Scope, press},
    files::{Files, Purpose, Writing},
    importing::progress_ui,
    motion,
    options::Options,
    overlay::{Answer, Overlay, Surroundings, ui as overlay_ui},
    settings::Settings,
    text::{Fonts, SystemFonts, visible_sentence},
    theme::Themes,
    workspace::Workspace,
};

/// The whole program.
pub struct App {
    pub(crate) settings: Settings,
    pub(crate) themes: Themes,
    pub(crate) fonts: Fonts,
    pub(crate) files: Files,
    pub(crate) workspace: Option<Workspace>,
    pub(crate) overlay: Option<Overlay>,
    pub(crate) notice: Option<Notice>,
    pub(crate) queue: Vec<Command>,
    pub(crate) keymap: Keymap,
    /// The name given on the command line, which counts before the one in the settings.
    pub(crate) annotator: Option<AnnotatorName>,
    /// What is to be opened as soon as there is a name.
    pub(crate) waiting: Vec<PathBuf>,
}

/// Something to tell, shown until the next command, or for some seconds.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// What.
    pub text: String,
    /// Whether it went wrong.
    pub bad: bool,
    /// When it goes by itself, in seconds of the window's clock; nothing for errors.
    until: Option<f64>,
}

/// How long good news stay, in seconds.
const SHORT: f64 = 3.5;

impl App {
    /// Prepares the program and opens what `options` name.
    #[must_use]
    pub fn new(ctx: &Context, options: Options, settings: Settings, system_fonts: SystemFonts) -> Self {
        ctx.set_theme(egui::ThemePreference::from(settings.theme));
        ctx.set_zoom_factor(settings.zoom);
        ctx.options_mut(|egui| egui.zoom_with_keyboard = false);
        let themes = Themes::install(ctx);
        motion::set(ctx, settings.motion);
        let mut app = Self {
            themes,
            fonts: Fonts::new(system_fonts),
            files: Files::new(options.program, options.typed_paths, options.watch),
            workspace: None,
            overlay: None,
            notice: None,
            queue: Vec::new(),
            keymap: Keymap::load(settings.keymap_file(), &default_scheme()),
            annotator: options.annotator,
            waiting: Vec::new(),
            settings,
        };
        app.tell_key_troubles(ctx);
        if options.sample {
            app.queue.push(Command::OpenSample);
        }
        if !options.paths.is_empty() {
            app.queue.push(Command::Open(options.paths));
        }
        app
    }

    /// The open project, if there is one.
    #[must_use]
    pub fn workspace(&self) -> Option<&Workspace> {
        self.workspace.as_ref()
    }

    /// The open project, for those who bring the window into a certain state.
    pub fn workspace_mut(&mut self) -> Option<&mut Workspace> {
        self.workspace.as_mut()
    }

    /// What was told last.
    #[must_use]
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// Under which name this person works, once that is known.
    pub(crate) fn name(&self) -> Option<&AnnotatorName> {
        self.annotator.as_ref().or(self.settings.annotator.as_ref())
    }

    /// Tells something that went well.
    pub(crate) fn say(&mut self, ctx: &Context, text: impl Into<String>) {
        let until = ctx.input(|input| input.time) + SHORT;
        self.notice = Some(Notice { text: text.into(), bad: false, until: Some(until) });
        ctx.request_repaint_after_secs(SHORT as f32 + 0.1);
    }

    /// Tells something that did not.
    pub(crate) fn complain(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), bad: true, until: None });
    }

    /// Everything that happens before drawing: what threads tell, keys, dropped files, commands.
    pub fn logic(&mut self, ctx: &Context) {
        while let Some(outcome) = self.files.poll() {
            self.take(ctx, outcome);
        }
        self.take_hits(ctx);
        self.prepare_outline(ctx);
        self.prepare_lint(ctx);
        self.prepare_sources(ctx);
        self.prepare_waiting(ctx);
        self.prepare_suggestions(ctx);
        self.prepare_team(ctx);
        self.prepare_review(ctx);
        self.prepare_figures(ctx);
        self.prepare_gold(ctx);
        let now = ctx.input(|input| input.time);
        self.notice.take_if(|notice| notice.until.is_some_and(|until| now > until));
        if let Some(until) = self.notice.as_ref().and_then(|notice| notice.until) {
            // Asked for anew each frame: a frame in between would forget it.
            ctx.request_repaint_after_secs((until - now) as f32 + 0.05);
        }
        self.hear_keys(ctx);
        self.save_typing(ctx);
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        let dropped: Vec<_> = dropped.iter().map(|file| file.path().to_owned()).collect();
        if !dropped.is_empty() {
            self.finish_typing(ctx);
            self.open_or_import(ctx, dropped);
        }
        self.close_safely(ctx);
        for command in std::mem::take(&mut self.queue) {
            self.perform(ctx, command);
        }
    }

    fn hear_keys(&mut self, ctx: &Context) {
        if self.overlay.is_some() || egui::Popup::is_any_open(ctx) {
            return;
        }
        let focused = ctx.memory(egui::Memory::focused);
        let widget = self.workspace.as_ref().and_then(|workspace| workspace.reading()?.widget);
        let in_text = self.workspace.is_some() && (focused.is_none() || focused == widget);
        let typing = ctx.text_edit_focused();
        let suggestion = self.workspace.as_ref().is_some_and(|workspace| workspace.suggestion().is_some());
        let room = self.workspace.as_ref().map(|workspace| workspace.room);
        let in_text = in_text && room.is_some_and(Room::has_article);
        let reads = room == Some(Room::Read);
        let active = |scope| match scope {
            Scope::Anywhere => true,
            Scope::Reading => !typing,
            Scope::Caret => in_text && !typing,
            Scope::Text => in_text && !typing && reads,
            Scope::Suggestion => in_text && !typing && reads && suggestion,
            Scope::Review => room == Some(Room::Review) && !typing,
            Scope::Case => in_text && !typing && room == Some(Room::Review),
            Scope::Hits => reads && focused == Some(crate::reading::hits_id()),
        };
        self.queue.extend(press(ctx, &self.keymap.entries, active));
    }

    /// Before the window closes, waits for the last save and for copies that are being written; what cannot be
    /// saved is said first, once.
    fn close_safely(&mut self, ctx: &Context) {
        if !ctx.input(|input| input.viewport().close_requested()) {
            return;
        }
        if let Some(busy) = self.files.unfinished().map(str::to_owned) {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.complain(format!("{busy} The window can be closed when that is done."));
        } else if !self.may_leave(ctx) {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
        }
    }

    /// Makes sure that all work is saved before a project is left. If it cannot be, says so and answers no, the
    /// first time.
    pub(crate) fn may_leave(&mut self, ctx: &Context) -> bool {
        self.finish_typing(ctx);
        let Some(workspace) = &mut self.workspace else { return true };
        let SaveState::Failed(reason) = workspace.session.flush() else {
            workspace.warned = false;
            self.finish_gold();
            return true;
        };
        let warned = std::mem::replace(&mut workspace.warned, true);
        if !warned {
            self.complain(format!(
                "Your latest work is not saved: {reason}. Save a copy elsewhere, or do this again to leave without it."
            ));
        }
        warned
    }

    pub(crate) fn notice_ui(&mut self, ui: &mut Ui, theme: &crate::theme::Theme) {
        if let Some(writing) = self.files.writing.clone() {
            return self.writing_ui(ui, &writing);
        }
        let busy = self.files.busy.clone().map(|text| (text, theme.muted.0));
        let color = |notice: &Notice| if notice.bad { theme.error.0 } else { theme.ink.0 };
        let told = self.notice.as_ref().map(|notice| (notice.text.clone(), color(notice)));
        let Some((text, color)) = told.or(busy) else { return };
        let area = egui::Area::new(egui::Id::unique("notice")).order(egui::Order::Foreground);
        let mut close = false;
        // Over the window, so that nothing moves when it comes and goes.
        area.anchor(egui::Align2::CENTER_BOTTOM, egui::vec2(0.0, -44.0)).show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).inner_margin(Margin::symmetric(14, 8)).show(ui, |ui| {
                ui.set_max_width(ui.ctx().content_rect().width() * 0.7);
                ui.horizontal(|ui| {
                    let said = self.fonts.label(ui, &visible_sentence(&text), 14.0, color);
                    // Read out when it comes; errors at once.
                    let bad = self.notice.as_ref().is_some_and(|notice| notice.bad);
                    let live = if bad { Live::Assertive } else { Live::Polite };
                    ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(live));
                    close = self.notice.is_some() && ui.button("Close").clicked();
                });
            });
        });
        if close {
            self.notice = None;
        }
    }

    /// How far an import or export has come, with a way to stop it.
    fn writing_ui(&mut self, ui: &mut Ui, writing: &Writing) {
        let (done, total) = writing.count();
        self.files.progress.tell(done, total, ui.input(|input| input.time));
        let progress = self.files.progress;
        ui.ctx().request_repaint_after_secs(0.1);
        let area = egui::Area::new(egui::Id::unique("writing")).order(egui::Order::Foreground);
        area.anchor(egui::Align2::CENTER_BOTTOM, egui::vec2(0.0, -44.0)).show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).inner_margin(Margin::symmetric(14, 8)).show(ui, |ui| {
                ui.set_width(ui.ctx().content_rect().width().min(640.0) * 0.9);
                if progress_ui(ui, writing.what, &progress) {
                    writing.stop();
                }
            });
        });
    }

    pub(crate) fn overlay_ui(&mut self, ctx: &Context, theme: &crate::theme::Theme) {
        let Some(mut overlay) = self.overlay.take() else { return };
        let problems = self.workspace.as_ref().map_or(&[][..], |workspace| &workspace.session.project().problems);
        let named = self.annotator.as_ref().or(self.settings.annotator.as_ref()).is_some();
        let program = self.files.program.clone();
        let lint = self
            .workspace
            .as_ref()
            .map(|workspace| (&workspace.lint.whole, workspace.session.project().file.lint_off.as_slice()));
        let around = Surroundings { keymap: &self.keymap, theme, problems, lint, named, program };
        match overlay_ui(ctx, &mut overlay, &around, &mut self.fonts) {
            Answer::Stay => self.overlay = Some(overlay),
            Answer::Close => self.return_to_text(),
            Answer::Do(command) => {
                self.return_to_text();
                self.queue.push(command);
            }
            Answer::Path(Purpose::Sources, path) if path.exists() => {
                // No dialog of the system has asked whether to replace it.
                self.complain(format!("{} is there already; choose another name.", path.display()));
                self.overlay = Some(overlay);
            }
            Answer::Path(purpose, path) => {
                self.return_to_text();
                self.use_paths(ctx, purpose, vec![path]);
            }
            Answer::Export(verdict) => {
                self.overlay = Some(overlay);
                self.answer_export(ctx, verdict);
            }
            Answer::Asking(verdict) => {
                self.overlay = Some(overlay);
                self.answer_model(ctx, verdict);
            }
            Answer::Labelled(order) => {
                self.return_to_text();
                self.take_labelled(ctx, *order);
            }
            Answer::Import(target, wanted) => {
                self.return_to_text();
                self.files.import(ctx, target, wanted);
            }
        }
    }

    /// Gives the keyboard back to the text.
    pub(crate) fn return_to_text(&mut self) {
        if let Some(reading) = self.workspace.as_mut().and_then(Workspace::reading_mut) {
            reading.wants_keys = true;
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        Self::logic(self, ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        Self::ui(self, ui);
    }
}
