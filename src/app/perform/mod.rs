//! Carrying out commands.

mod datasets;
mod deciding;
mod finding;
mod gold;
mod keyboard;
mod linting;
mod outline;
mod projects;
mod reviewing;
mod revising;
mod sources;
mod suggesting;
mod tagging;
mod team;
mod view;

use ascribe_schema::PARATEXT;
use egui::Context;

use crate::{
    app::App,
    command::{Command, Linting, Room, Sources},
    files::Purpose,
    overlay::Overlay,
    reading::Reading,
    settings::Appearance,
    text::{Fonts, isolated},
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
                    | C::Import
                    | C::ImportFolder
                    | C::Paste
                    | C::WhoAmI
                    | C::Quit
                    | C::Palette
                    | C::Shortcuts
                    | C::EditKeys
                    | C::ReadKeys
                    | C::ToggleTheme
                    | C::Zoom(_)
                    | C::ZoomReset
                    | C::ToggleMotion
                    | C::Escape
            );
        };
        let focused = workspace.focused().is_some();
        let selected = workspace.reading().is_some_and(|reading| reading.selection().is_some());
        let writable = workspace.read_only().is_none();
        match command {
            Command::Undo => workspace.session.history().undoable().is_some(),
            Command::Redo => workspace.session.history().redoable().is_some(),
            Command::Tag(_) => writable && (selected || focused || workspace.suggestion().is_some()),
            Command::Move(..) => writable && (focused || workspace.suggestion().is_some()),
            Command::TagAndTie(_) | Command::AddFragment => writable && selected && focused,
            Command::TagParatext | Command::KeepInArticle => writable && selected,
            Command::Delete | Command::Tie | Command::TieNearest | Command::TurnAttribute(..) => writable && focused,
            Command::Repeat => writable && (selected || focused),
            Command::EditAttributes | Command::EditNote => focused,
            Command::Finish => writable && workspace.reading().is_some(),
            Command::Finding(finding) => self.can_find(finding),
            Command::Revising(command) => self.can_revise(workspace, *command),
            Command::Suggesting(command) => Self::can_suggest(workspace, command),
            Command::Linting(Linting::Fix) => Self::can_fix(workspace),
            Command::Deciding(command) => Self::can_decide(workspace, command),
            Command::Sources(Sources::Csv) => workspace.sources.row(0).is_some(),
            Command::Copy => selected,
            Command::Import | Command::ImportFolder | Command::Paste | Command::Labelled | Command::LabelledFolder => {
                workspace.session.read_only(None).is_none()
            }
            _ => true,
        }
    }

    /// Carries out a command.
    pub(crate) fn perform(&mut self, ctx: &Context, command: Command) {
        if self.notice.as_ref().is_some_and(|notice| notice.bad) && !matches!(command, Command::Caret(_)) {
            self.notice = None;
        }
        self.finish_typing(ctx);
        match command {
            Command::FinishTyping => {}
            Command::OpenProject => self.ask(ctx, Purpose::OpenProject),
            Command::OpenBundle => self.ask(ctx, Purpose::OpenBundle),
            Command::NewProject => self.ask(ctx, Purpose::NewProject),
            Command::Import => self.ask(ctx, Purpose::Import),
            Command::ImportFolder => self.ask(ctx, Purpose::ImportFolder),
            Command::Paste => self.paste(ctx),
            Command::SaveAs => self.ask(ctx, Purpose::SaveAs),
            Command::SaveBundle => self.ask(ctx, Purpose::SaveBundle),
            Command::OpenSample => self.open_sample(ctx),
            Command::Open(paths) => self.open_or_import(ctx, paths),
            Command::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            Command::Palette => self.overlay = Some(Overlay::palette()),
            Command::Shortcuts => self.overlay = Some(Overlay::Shortcuts),
            Command::EditKeys => self.edit_keys(),
            Command::ReadKeys => self.read_keys(ctx),
            Command::Problems => self.list_problems(ctx),
            Command::WhoAmI => {
                self.overlay = Some(Overlay::Name(self.name().map(ToString::to_string).unwrap_or_default()));
            }
            Command::TakeName(name) => self.take_name(ctx, name),
            Command::ToggleTheme => self.toggle_theme(ctx),
            Command::Zoom(larger) => self.zoom(ctx, zoom_step(self.settings.zoom, larger)),
            Command::ZoomReset => self.zoom(ctx, 1.0),
            Command::Escape => self.escape(),
            Command::ToggleMotion => self.toggle_motion(ctx),
            Command::ToggleSigns => self.toggle_signs(ctx),
            Command::NextPane => self.next_part(ctx),
            command if self.workspace.is_some() => self.perform_in_project(ctx, command),
            _ => {}
        }
    }

    fn perform_in_project(&mut self, ctx: &Context, command: Command) {
        if self.focus_is_out_of_sight(&command) {
            return self.show_focus(ctx);
        }
        if let Some(room) = command.room() {
            self.enter_for(room);
        }
        let Some(workspace) = &mut self.workspace else { return };
        match command {
            Command::Export => self.export(ctx),
            Command::Labelled => self.ask(ctx, Purpose::Labelled),
            Command::LabelledFolder => self.ask(ctx, Purpose::LabelledFolder),
            Command::Undo => self.go_back(ctx, false),
            Command::Redo => self.go_back(ctx, true),
            Command::Show(document) => {
                workspace.open(&document);
                workspace.parts.over = None;
                ctx.send_viewport_cmd(egui::ViewportCommand::Title(title(workspace)));
            }
            Command::Team(command) => self.team(ctx, command),
            Command::Enter(room) => self.enter(room),
            Command::Deciding(command) => self.review(ctx, command),
            Command::ToggleSide(side) => self.toggle_side(ctx, side),
            Command::View(name) => self.view(name),
            Command::OpenCase(document, names, refs) => self.open_case(ctx, &document, names, refs),
            Command::StepDocument(forward) => {
                step_document(workspace, forward);
                ctx.send_viewport_cmd(egui::ViewportCommand::Title(title(workspace)));
            }
            Command::JoinBoth => {
                workspace.warned = true; // Going on with the journal is the very wish.
                let path = workspace.session.project().place.path().clone();
                self.open_or_import(ctx, vec![path]);
            }
            Command::KeepMine => {
                workspace.session.keep_mine();
            }
            Command::Finish => self.finish(ctx),
            Command::Tag(number) => self.tag(ctx, number, false),
            Command::TagAndTie(number) => self.tag(ctx, number, true),
            Command::TagParatext => self.tag_as(ctx, PARATEXT.to_owned(), None),
            Command::KeepInArticle => self.keep_in_article(ctx),
            Command::Act(action) => self.act(ctx, action),
            Command::Revising(command) => self.revise(ctx, command),
            Command::Suggesting(command) => self.suggesting(ctx, command),
            Command::Linting(command) => self.lint(ctx, command),
            Command::Sources(command) => self.sources(ctx, command),
            Command::Tie => self.tie(ctx),
            Command::TieNearest => self.tie_nearest(ctx),
            Command::TurnAttribute(number, forward) => self.turn_attribute(ctx, number, forward),
            Command::Repeat => self.repeat(ctx),
            Command::SelectHere(piece) => self.select_here(ctx, piece),
            Command::Travel(piece, forward, extend) => self.travel(piece, forward, extend),
            Command::StepTo(stop, forward) => self.step_to(ctx, stop, forward),
            Command::ShowTab(tab) => self.show_tab(ctx, tab),
            Command::ShowPart(number, leave) => self.show_part(number, leave),
            Command::Find => self.open_find().into_iter().for_each(|find| find.give_keys(false)),
            Command::FindWords(words) => self.look_for(ctx, |query| query.words = words),
            Command::FindStep(forward) => self.step_find(forward),
            Command::Finding(finding) => self.finding(ctx, finding),
            Command::EditAttributes => self.edit_in_inspector(ctx, true),
            Command::EditNote => self.edit_in_inspector(ctx, false),
            Command::Delete | Command::AddFragment | Command::Move(..) => self.change_focused(ctx, &command),
            command => self.move_in_text(ctx, command),
        }
    }

    fn move_in_text(&mut self, ctx: &Context, command: Command) {
        let fonts = &mut self.fonts;
        let Some(workspace) = &mut self.workspace else { return };
        if workspace.room == Room::Review {
            return self.move_in_review(ctx, command);
        }
        let Some(current) = workspace.current.clone() else { return };
        let Some(mut reading) = workspace.readings.remove(&current) else { return };
        let set = workspace.shown_set();
        match command {
            Command::Step(forward) => {
                if let Some(annotation) = set.and_then(|set| reading.step(set, forward)).cloned() {
                    reading.show(&annotation);
                }
            }
            Command::Focus(id) => match id.and_then(|id| reading.annotation(set, &id)).cloned() {
                Some(annotation) => reading.show(&annotation),
                None => reading.focus = None,
            },
            command => move_caret(ctx, fonts, &mut reading, &command),
        }
        workspace.readings.insert(current, reading);
    }

    fn escape(&mut self) {
        self.notice = None;
        if self.leave_question() {
            return self.return_to_text();
        }
        if self.workspace.as_mut().is_some_and(|workspace| workspace.parts.over.take().is_some()) {
            return self.return_to_text();
        }
        let Some(reading) = self.workspace.as_mut().and_then(Workspace::reading_mut) else { return };
        let in_text = reading.had_keys;
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

    fn toggle_theme(&mut self, ctx: &Context) {
        self.settings.theme = match ctx.theme() {
            egui::Theme::Dark => Appearance::Light,
            egui::Theme::Light => Appearance::Dark,
        };
        ctx.set_theme(egui::ThemePreference::from(self.settings.theme));
        self.keep_settings();
    }

    fn zoom(&mut self, ctx: &Context, zoom: f32) {
        self.settings.zoom = zoom;
        ctx.set_zoom_factor(zoom);
        self.say(ctx, format!("{:.0} %", zoom * 100.0));
        self.keep_settings();
    }

    pub(crate) fn keep_settings(&mut self) {
        if let Err(reason) = self.settings.save() {
            self.complain(format!("Your settings could not be kept: {reason}"));
        }
    }
}

/// Moves the caret of a text, selects, or copies what is selected.
fn move_caret(ctx: &Context, fonts: &mut Fonts, reading: &mut Reading, command: &Command) {
    match command {
        Command::Caret(motion) => reading.move_caret(fonts, *motion, false, false),
        Command::Extend(motion) => reading.move_caret(fonts, *motion, true, false),
        Command::ExtendExactly(motion) => reading.move_caret(fonts, *motion, true, true),
        Command::Select(span) => reading.select(*span),
        Command::ToggleExact => reading.toggle_exact(),
        Command::Copy => {
            let text = reading.selection().and_then(|span| reading.pane.text().slice(span).map(str::to_owned));
            text.into_iter().for_each(|text| ctx.copy_text(text));
        }
        _ => {}
    }
}

/// The next size up or down, or the same at the end.
fn zoom_step(now: f32, larger: bool) -> f32 {
    const SIZES: [f32; 11] = [0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5];
    let next = if larger {
        SIZES.iter().find(|&&size| size > now + 0.01)
    } else {
        SIZES.iter().rfind(|&&size| size < now - 0.01)
    };
    next.copied().unwrap_or(now)
}

/// The window's title.
pub(crate) fn title(workspace: &Workspace) -> String {
    let project = isolated(&workspace.session.project().file.title);
    match workspace.document() {
        Some(document) => format!("{} – {project} – Ascribe", isolated(&document.record.title)),
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
