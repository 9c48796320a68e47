//! Whether others' tags of a document are hidden, because one's own are not finished.

use std::collections::BTreeSet;

use ascribe_schema::{AnnotatorName, DocumentId, Progress};
use egui::{RichText, Ui};

use crate::{
    command::{Command, Deciding, Room},
    theme::strong,
    workspace::Workspace,
};

/// Why others' tags are hidden, for people.
pub const WHY: &str = "Others’ tags of this article are hidden until you have marked your own as finished, so that \
                       you tag by your own judgement. This is a convention and not a lock: the files lie open in \
                       the project’s folder.";

impl Workspace {
    /// Whether others' tags of a document are hidden from this person, with all that is made of them: their own are
    /// not finished, and they have neither said that they review it nor decided anything about it.
    #[must_use]
    pub fn is_blind(&self, document: &DocumentId) -> bool {
        let others = self.session.project().documents.get(document).is_some_and(|document| !document.sets.is_empty());
        let finished = self.session.progress(document) == Some(Progress::Finished);
        let decides = self.session.papers(document).is_some_and(|papers| papers.decisions().len() > 0);
        others && !finished && !decides && !self.reviewing.opened.contains(document)
    }

    /// The documents of which others' tags are hidden from this person.
    #[must_use]
    pub fn hidden(&self) -> BTreeSet<DocumentId> {
        self.session.project().documents.keys().filter(|id| self.is_blind(id)).cloned().collect()
    }

    /// Whether somebody's tags of the shown document are hidden from this person.
    #[must_use]
    pub fn hides(&self, annotator: &AnnotatorName) -> bool {
        annotator != self.session.annotator() && self.current.as_ref().is_some_and(|current| self.is_blind(current))
    }
}

/// Says why there is nothing to see, and how there will be.
pub fn ui(ui: &mut Ui, workspace: &Workspace, queue: &mut Vec<Command>) {
    let started = workspace.own_set().is_some();
    ui.vertical_centered(|ui| {
        ui.set_max_width(ui.available_width().min(520.0));
        ui.add_space((ui.available_height() / 5.0).min(120.0));
        ui.label(RichText::new("Finish your own tags first").font(strong(18.0)));
        ui.add_space(8.0);
        ui.label(WHY);
        ui.add_space(14.0);
        let back = if started { "Go on tagging" } else { "Tag it myself" };
        if ui.button(back).clicked() {
            queue.push(Command::Enter(Room::Read));
        }
        ui.add_space(4.0);
        ui.weak("or, if your part is to compare and decide:");
        ui.add_space(4.0);
        let button = ui.button("I review this article");
        if button.on_hover_text("Shows everybody’s tags of it from now on").clicked() {
            queue.push(Command::Deciding(Deciding::OpenAnyway));
        }
    });
}
