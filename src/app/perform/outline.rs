//! Commands about the tabs on the left side and the outline in one of them.

use egui::Context;

use crate::{app::App, command::Tab, parts::Side, workspace::Left};

impl App {
    /// Works out the outline while it is shown.
    pub(crate) fn prepare_outline(&mut self, ctx: &Context) {
        let Some(workspace) = self.workspace.as_mut().filter(|workspace| workspace.left.tab == Tab::Outline) else {
            return;
        };
        let paratext = workspace.paratext().to_vec();
        if let Some(reading) = workspace.reading_mut() {
            let text = reading.pane.text().clone();
            reading.outline.prepare(ctx, &text, &paratext);
        }
    }

    /// Shows a list on the left side and gives it the keyboard. Where it lies over the article, the same command
    /// twice takes it away again.
    pub(super) fn show_tab(&mut self, ctx: &Context, tab: Tab) {
        let Some(workspace) = &mut self.workspace else { return };
        let again = workspace.parts.over == Some(Side::Documents) && workspace.left.tab == tab;
        workspace.left = Left { tab, wants_keys: !again };
        workspace.sources.retry();
        self.show_side(ctx, Side::Documents, !again);
        if again {
            self.return_to_text();
        } else {
            self.leave_text();
        }
    }

    /// Shows a part of the text, and gives the keyboard back to the text if it is to stay there.
    pub(super) fn show_part(&mut self, number: usize, leave: bool) {
        let Some(workspace) = &mut self.workspace else { return };
        if leave {
            workspace.parts.over = None;
        }
        if let Some(reading) = workspace.reading_mut() {
            reading.go_to_part(number);
            reading.wants_keys |= leave;
        }
    }
}
