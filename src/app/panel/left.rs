//! The left side: the list of documents, the outline of the one that is shown, or the list of sources.

use egui::{Button, Frame, Margin, RichText, Role, Sense, Ui, WidgetInfo};

use super::{documents, outline};
use crate::{
    command::{Command, Tab},
    sources,
    text::{Fonts, runs_right_to_left, visible},
    theme::{Theme, strong},
    workspace::Workspace,
};

/// Shows the tabs, and what the chosen one stands for.
pub fn ui(ui: &mut Ui, workspace: &mut Workspace, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    // A panel is as wide as what it shows, and a list may still be empty.
    ui.set_min_width(ui.available_width());
    let title = workspace.session.project().file.title.clone();
    Frame::new().inner_margin(Margin { left: 12, right: 12, top: 8, bottom: 4 }).show(ui, |ui| {
        let title = visible(&title);
        if runs_right_to_left(&title) {
            fonts.line(ui, &title, 14.0, theme.ink.0, Sense::hover());
        } else {
            ui.add(egui::Label::new(RichText::new(title).font(strong(14.0))).truncate());
        }
        ui.horizontal(|ui| {
            for tab in Tab::ALL {
                let chosen = workspace.left.tab == tab;
                let button = ui.add(Button::selectable(chosen, tab.name()).frame_when_inactive(true));
                button.widget_info(|| WidgetInfo::selected(Role::Tab, true, chosen, tab.name()));
                if button.clicked() {
                    queue.push(Command::ShowTab(tab));
                }
            }
        });
    });
    match workspace.left.tab {
        Tab::Documents => documents::ui(ui, workspace, fonts, theme, queue),
        Tab::Outline => outline::ui(ui, workspace, fonts, theme, queue),
        Tab::Sources => sources::panel_ui(ui, workspace, fonts, theme, queue),
    }
}
