//! What stands above the text: what the document is, whose tags are shown, what a person must know.

use ascribe_engine::ReadOnly;
use ascribe_schema::Progress;
use egui::{Button, Color32, Frame, Margin, RichText, Role, Sense, Ui, WidgetInfo};

use super::Reading;
use crate::{
    command::{Command, Deciding, Revising, Section, Team, in_brackets, keys_of},
    panel::bar,
    reviewing::WHY,
    text::{Fonts, isolated},
    theme::Theme,
    workspace::Workspace,
};

/// Shows the facts about the document, and its buttons.
pub(super) fn ui(ui: &mut Ui, workspace: &Workspace, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    let Some(document) = workspace.document() else { return };
    let margin = if ui.available_width() < 500.0 { 8 } else { 24 };
    // The spacing before the line adds to the lower one.
    let (top, bottom) = if ui.available_height() < 400.0 { (5, 0) } else { (11, 5) };
    Frame::new().inner_margin(Margin { left: margin, right: margin, top, bottom }).show(ui, |ui| {
        let record = &document.record;
        let facts = [&record.publisher, &record.byline, &record.published, &record.language];
        let facts: Vec<_> = facts.into_iter().filter(|fact| !fact.is_empty()).map(|fact| isolated(fact)).collect();
        let facts = facts.join(" · ");
        let width = ui.available_width();
        let left = |ui: &mut Ui| {
            // No room for more than dots is no room.
            if ui.available_width() > 60.0 {
                fonts.line(ui, &facts, 14.0, theme.muted.0, Sense::hover());
            }
        };
        bar::ui(ui, "header", left, |ui| {
            whose_tags(ui, workspace, width, queue);
            finish_button(ui, workspace, theme, width, queue);
        });
    });
    ui.add(egui::Separator::default().spacing(1.0));
    // The text goes on right below the line.
    ui.add_space(-ui.spacing().item_spacing.y);
}

fn finish_button(ui: &mut Ui, workspace: &Workspace, theme: &Theme, width: f32, queue: &mut Vec<Command>) {
    let Some(current) = &workspace.current else { return };
    let finished = workspace.session.progress(current) == Some(Progress::Finished);
    let text = if finished { "Reopen" } else { "Mark as finished" };
    let enabled = workspace.read_only().is_none() && workspace.reading().is_some();
    if finished && width > 380.0 {
        ui.label(RichText::new("✓ finished").color(theme.good.0));
    }
    if ui.add_enabled(enabled, Button::new(text)).clicked() {
        queue.push(Command::Finish);
    }
}

/// Whose tags are shown: a choice where more than one person has tagged.
fn whose_tags(ui: &mut Ui, workspace: &Workspace, width: f32, queue: &mut Vec<Command>) {
    let Some(document) = workspace.document().filter(|document| !document.sets.is_empty()) else { return };
    let shown = workspace.view.as_ref().map(|(name, _)| name);
    let mine = format!("{} (you)", workspace.session.annotator());
    let text = shown.map_or(mine.clone(), ToString::to_string);
    if width > 300.0 {
        ui.weak("Tags of");
    }
    let choice = egui::ComboBox::from_id_salt("whose tags").selected_text(text).show_ui(ui, |ui| {
        let mut choose = |name: Option<&ascribe_schema::AnnotatorName>, text: String| {
            if ui.selectable_label(shown == name, text).clicked() {
                queue.push(Command::View(name.cloned()));
            }
        };
        choose(None, mine);
        let blind = workspace.current.as_ref().is_some_and(|current| workspace.is_blind(current));
        for name in document.sets.keys().filter(|_| !blind) {
            choose(Some(name), name.to_string());
        }
        if blind {
            hidden(ui, queue);
        }
    });
    choice.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Whose tags are shown"));
}

/// Why nobody else's tags can be chosen, and what to do where that is not meant.
fn hidden(ui: &mut Ui, queue: &mut Vec<Command>) {
    ui.set_max_width(320.0);
    ui.separator();
    ui.weak(WHY);
    if ui.button("I review this article").clicked() {
        queue.push(Command::Deciding(Deciding::OpenAnyway));
    }
}

/// What a person must know before they wonder why nothing happens.
pub(super) fn banner(ui: &mut Ui, workspace: &Workspace, theme: &Theme, queue: &mut Vec<Command>) {
    let Some(document) = workspace.document() else { return };
    let bar = |ui: &mut Ui, color, text, add: &mut dyn FnMut(&mut Ui)| bar(ui, theme, color, text, add);
    if document.text.is_none() {
        let keys = in_brackets(ui.ctx(), &workspace.entries, &Command::Problems);
        let text = format!("The text of this document cannot be read; its tags are kept. See the problems{keys}.");
        return bar(ui, theme.error.0, text.to_owned(), &mut |_| ());
    }
    let (number, newest) = (workspace.shown_number().unwrap_or(0), document.record.newest());
    if workspace.earlier.is_some() {
        let text = format!("This is text {number} of {newest} of this article, with the tags that wait in it.");
        return bar(ui, theme.accent.0, text, &mut |ui| {
            let mut button = |name: &str, command| {
                if ui.button(name).clicked() {
                    queue.push(Command::Revising(command));
                }
            };
            button("Back to the newest", Revising::Newest);
            if number > 1 {
                button("One earlier", Revising::Earlier);
            }
        });
    }
    if let Some((name, set)) = &workspace.view {
        let text = match set {
            None if document.sets.contains_key(name) => {
                format!("{name}'s tags lie in an earlier text that cannot be read: see the problems.")
            }
            Some(_) if number < newest => {
                format!("You are reading {name}'s tags, in text {number} of {newest}: {name} has not moved them yet.")
            }
            _ => format!("You are reading {name}'s tags."),
        };
        return bar(ui, theme.accent.0, text, &mut |ui| {
            if ui.button("Back to mine").clicked() {
                queue.push(Command::View(None));
            }
        });
    }
    let waiting = workspace.own_set().map_or(0, |set| set.waiting().len());
    if number < newest {
        let text = format!("Your tags lie in text {number} of {newest} of this article, which was corrected.");
        bar(ui, theme.warning.0, text, &mut |ui| {
            let writable = workspace.session.read_only(None).is_none();
            if writable && ui.button("Move them to the corrected text").clicked() {
                queue.push(Command::Revising(Revising::MoveTags));
            }
        });
    } else if waiting > 0 {
        let wait = if waiting == 1 { "1 tag waits".to_owned() } else { format!("{waiting} tags wait") };
        bar(ui, theme.warning.0, format!("{wait} for a place in the corrected text."), &mut |ui| {
            let next = Command::Revising(Revising::NextWaiting);
            let keys = keys_of(ui.ctx(), &workspace.entries, &next).unwrap_or_default();
            if ui.add(Button::new("Next that waits").shortcut_text(keys)).clicked() {
                queue.push(next);
            }
        });
    }
    let differing = workspace.own_set().map_or(0, |set| set.state().conflicts().len());
    if differing > 0 {
        let what = if differing == 1 { "1 thing" } else { "some things" };
        bar(ui, theme.warning.0, format!("Two copies of your tags changed {what} here differently."), &mut |ui| {
            if ui.button("Choose which holds").clicked() {
                queue.push(Command::Team(Team::Show(Section::Copies)));
            }
        });
    }
    if let Some(reason) = workspace.read_only().filter(|_| number == newest) {
        bar(ui, theme.warning.0, format!("Read-only: {reason}."), &mut |ui| elsewhere(ui, workspace, queue));
    }
}

/// What can be done where the same work is open in another window.
fn elsewhere(ui: &mut Ui, workspace: &Workspace, queue: &mut Vec<Command>) {
    if !matches!(workspace.session.read_only(None), Some(ReadOnly::Elsewhere(_))) {
        return;
    }
    if ui.button("Work here").on_hover_text("Once the other window is closed").clicked() {
        queue.push(Command::Open(vec![workspace.session.project().place.path().clone()]));
    }
    if ui.button("Work under another name…").clicked() {
        queue.push(Command::WhoAmI);
    }
}

fn bar(ui: &mut Ui, theme: &Theme, color: Color32, text: String, add: &mut dyn FnMut(&mut Ui)) {
    Frame::new().fill(color.gamma_multiply(0.12)).inner_margin(Margin::symmetric(24, 6)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(text).color(theme.ink.0));
            add(ui);
        });
    });
}

/// Says, until it is hidden, that there are characters which no font can show, and where to get one.
pub(super) fn fonts_banner(ui: &mut Ui, reading: &mut Reading, theme: &Theme) {
    let Some(missing) = reading.pane.missing().filter(|_| !reading.hides_missing) else { return };
    let package = match missing {
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' => {
            "fonts-noto-cjk"
        }
        '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}' => "fonts-noto-cjk",
        '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}' => "fonts-noto-color-emoji",
        _ => "fonts-noto-core",
    };
    let code = u32::from(missing);
    let text = format!(
        "This system has no font for some characters of this article, such as U+{code:04X}: they show as boxes. Install one (on Debian or Ubuntu {package}) and start Ascribe again."
    );
    bar(ui, theme, theme.warning.0, text, &mut |ui| {
        reading.hides_missing |= ui.button("Hide").clicked();
    });
}
