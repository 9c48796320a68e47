//! Who does what, how far they are, what they are told, and what two copies of one's work disagree about.

mod board;
mod copies;
mod derived;
mod feedback;
mod grid;
mod receiving;
mod spreading;
mod unmarking;
mod watching;

use egui::{Button, Frame, Margin, Role, Ui, WidgetInfo};

use self::{
    board::{Board, Table},
    copies::Copies,
    feedback::Feedback,
};
pub(crate) use self::{
    feedback::{Letters, annotators, write as write_feedback},
    receiving::{Receiving, ui as receiving_ui},
    spreading::{Spreading, ui as spreading_ui},
    unmarking::unmark,
    watching::Watching,
};
use crate::{
    command::{Command, Section, Team as Deed},
    text::Fonts,
    theme::Theme,
    workspace::Workspace,
};

/// What is known of it.
#[derive(Default)]
pub struct Team {
    /// What is shown.
    pub section: Section,
    /// Who annotates what.
    pub board: Board,
    /// What became of somebody's tags.
    pub feedback: Feedback,
    /// What two copies of one's own tags disagree about.
    pub copies: Copies,
    /// What looks at the project's folder.
    pub watching: Watching,
    /// How often what others write has been read anew.
    pub turn: u64,
    /// Whether the list of documents shows only what the annotator was asked for.
    pub only_asked: bool,
}

impl Team {
    /// What a section is called, with how much waits in it.
    fn name(&self, section: Section) -> String {
        match section {
            Section::Copies if !self.copies.is_empty() => format!("{} ({})", section.name(), self.copies.len()),
            _ => section.name().to_owned(),
        }
    }
}

/// Shows it in the whole of the window.
pub fn ui(ui: &mut Ui, workspace: &mut Workspace, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    Frame::new().inner_margin(Margin { left: 16, right: 16, top: 10, bottom: 4 }).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            for section in Section::ALL {
                let chosen = workspace.team.section == section;
                let name = workspace.team.name(section);
                let button = ui.add(Button::selectable(chosen, name.as_str()).frame_when_inactive(true));
                button.widget_info(|| WidgetInfo::selected(Role::Tab, true, chosen, &name));
                if button.clicked() {
                    queue.push(command(Deed::Show(section)));
                }
            }
        });
    });
    match workspace.team.section {
        Section::Progress => board::ui(ui, workspace, fonts, theme, queue),
        Section::Feedback => feedback::ui(ui, workspace, fonts, theme, queue),
        Section::Copies => copies::ui(ui, workspace, fonts, theme, queue),
    }
}

impl Workspace {
    /// How all articles are assigned evenly, before it is done.
    pub(crate) fn spreading(&self) -> Spreading {
        Spreading::new(&self.session, Table::of(&self.session, &self.team.board).people)
    }
}

/// What a button of the room means.
fn command(deed: Deed) -> Command {
    Command::Team(deed)
}
