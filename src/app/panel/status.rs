//! The line at the bottom: is my work saved, who am I, is anything wrong.

use ascribe_engine::{Failure, SaveState, WorkingSet};
use ascribe_schema::Severity;
use egui::accesskit::Live;
use egui::{RichText, Ui};

use crate::{
    command::{Command, in_brackets},
    panel::bar,
    reading::Stop,
    text::visible,
    theme::Theme,
    wording::{counted, grouped},
    workspace::Workspace,
};

/// Shows the line.
pub fn ui(ui: &mut Ui, workspace: &Workspace, theme: &Theme, queue: &mut Vec<Command>) {
    let width = ui.available_width();
    let mut chosen = Vec::new();
    let left = |ui: &mut Ui| {
        save_state(ui, workspace, theme, queue);
        ui.separator();
        let count = workspace.shown_set().map_or(0, WorkingSet::len);
        ui.weak(counted(count, "tag"));
        let selection = workspace.reading().and_then(crate::reading::Reading::selection);
        if let Some(span) = selection.filter(|_| width > 800.0) {
            ui.separator();
            ui.weak(format!("{} selected", counted(span.len() as usize, "character")));
        }
    };
    bar::ui(ui, "status", left, |ui| {
        if width < 600.0 {
            return; // The menus have all of these.
        }
        let ctx = ui.ctx().clone();
        let keys = |command: &Command| in_brackets(&ctx, &workspace.entries, command);
        problems(ui, workspace, theme, &mut chosen);
        to_check(ui, workspace, theme, &mut chosen);
        let you = format!("You are {}", workspace.session.annotator());
        if ui.button(you).on_hover_text("Change your name").clicked() {
            chosen.push(Command::WhoAmI);
        }
        if ui.button(format!("Keys{}", keys(&Command::Shortcuts))).clicked() {
            chosen.push(Command::Shortcuts);
        }
        let hint = format!("Change between light and dark{}", keys(&Command::ToggleTheme));
        if ui.button("Light / dark").on_hover_text(hint).clicked() {
            chosen.push(Command::ToggleTheme);
        }
        ui.add_space(8.0);
    });
    queue.append(&mut chosen);
}

fn save_state(ui: &mut Ui, workspace: &Workspace, theme: &Theme, queue: &mut Vec<Command>) {
    ui.add_space(8.0);
    let said = |ui: &mut Ui, text: &str, color| ui.label(RichText::new(visible(text)).color(color));
    let failed = |ui: &mut Ui, text: &str| {
        let label = said(ui, text, theme.error.0);
        // Nobody may have to look for this.
        ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(Live::Assertive));
    };
    match workspace.session.save_state() {
        _ if workspace.session.read_only(None).is_some() => {
            said(ui, "Read-only", theme.warning.0);
        }
        SaveState::Saved if workspace.draft.is_some() => {
            said(ui, "… Typing", theme.muted.0);
        }
        SaveState::Saved => {
            said(ui, "✓ All saved", theme.good.0)
                .on_hover_text("Your work is saved by itself, a moment after each edit");
        }
        SaveState::Saving => {
            said(ui, "… Saving", theme.muted.0);
        }
        SaveState::Failed(Failure::Refused(reason)) => {
            failed(ui, &format!("! Not saved: {reason}"));
        }
        SaveState::Failed(Failure::Changed(path)) => {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            failed(ui, &format!("! Not saved: another program has changed {name}"));
            if ui.button("Keep mine").on_hover_text("The other version is kept in .ascribe/backups").clicked() {
                queue.push(Command::KeepMine);
            }
            let hint = "Opens their version and puts your edits onto it where they fit";
            if ui.button("Join both").on_hover_text(hint).clicked() {
                queue.push(Command::JoinBoth);
            }
        }
    }
}

fn problems(ui: &mut Ui, workspace: &Workspace, theme: &Theme, queue: &mut Vec<Command>) {
    let problems = &workspace.session.project().problems;
    if problems.is_empty() {
        return;
    }
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let (text, color) = match errors {
        0 => (counted(problems.len(), "remark"), theme.muted.0),
        _ => (format!("! {}", counted(errors, "error")), theme.error.0),
    };
    let hint =
        format!("What is wrong with this project{}", in_brackets(ui.ctx(), &workspace.entries, &Command::Problems));
    if ui.button(RichText::new(text).color(color)).on_hover_text(hint).clicked() {
        queue.push(Command::Problems);
    }
}

/// How much lint has found in what is shown.
fn to_check(ui: &mut Ui, workspace: &Workspace, theme: &Theme, queue: &mut Vec<Command>) {
    let open = workspace.lint.open();
    if open == 0 || ui.available_width() < 120.0 {
        return;
    }
    let next = Command::StepTo(Stop::Problem, true);
    let hint =
        format!("What is probably not meant; go to the next{}", in_brackets(ui.ctx(), &workspace.entries, &next));
    let text = RichText::new(format!("{} to check", grouped(open))).color(theme.warning.0);
    if ui.button(text).on_hover_text(hint).clicked() {
        queue.push(next);
    }
}
