//! What people write to each other about tags.

use ascribe_engine::comments::{Entry, Thread};
use ascribe_schema::{Annotation, AnnotationRef, AnnotatorName, Comment, DocumentId};
use egui::{Id, RichText, Role, TextEdit, Ui, WidgetInfo};

use super::{compared::Compared, panel::Panel, sides::Names};
use crate::{
    command::{Command, Deciding},
    panel::inspector::section,
    text::{Fonts, visible},
    theme::{Theme, strong},
    workspace::Workspace,
};

/// The field for a comment.
#[must_use]
pub fn field_id() -> Id {
    Id::unique("new comment")
}

/// What everybody has written about a document, as long as nothing is added to it.
#[derive(Default)]
pub struct Threads {
    /// The document, how often others' files were read, and which state of one's own.
    of: Option<(DocumentId, u64, u64)>,
    made: Vec<Thread>,
}

/// Puts what was written about the shown document into threads, where it has changed.
pub fn prepare(workspace: &mut Workspace) {
    let Some(current) = workspace.current.clone() else { return };
    let own = workspace.session.papers(&current).map_or(0, |papers| papers.version());
    let of = Some((current.clone(), workspace.team.turn, own));
    if workspace.reviewing.threads.of != of {
        workspace.reviewing.threads = Threads { of, made: workspace.session.threads(&current) };
    }
}

/// The threads about these annotations of the shown document.
fn about_these(workspace: &Workspace, about: &[AnnotationRef]) -> Vec<Thread> {
    let here = |thread: &&Thread| thread.about().iter().any(|of| about.contains(of));
    workspace.reviewing.threads.made.iter().filter(here).cloned().collect()
}

/// The comments on the case in focus, and a field for one more.
pub fn case_ui(ui: &mut Ui, panel: &mut Panel<'_>, compared: &Compared, case: usize) {
    let about = compared.refs(case);
    let mut part = Part {
        threads: about_these(panel.workspace, &about),
        me: panel.workspace.session.annotator(),
        names: Some(compared.names()),
        writable: panel.workspace.session.read_only(None).is_none(),
        keys: panel.keys(ui, &Deciding::Comment),
        fonts: panel.fonts,
        theme: panel.theme,
        drafts: panel.drafts,
        queue: panel.queue,
    };
    part.ui(ui, &about);
}

/// The comments on a tag that is read, and a field for one more.
pub fn inspect_ui(
    ui: &mut Ui,
    workspace: &mut Workspace,
    annotation: &Annotation,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    prepare(workspace);
    let owner = workspace.view.as_ref().map_or(workspace.session.annotator(), |(name, _)| name);
    let about = [AnnotationRef { annotator: owner.clone(), annotation: annotation.id.clone() }];
    let mut drafts = std::mem::take(&mut workspace.reviewing.drafts);
    let mut part = Part {
        threads: about_these(workspace, &about),
        me: workspace.session.annotator(),
        names: None,
        writable: workspace.session.read_only(None).is_none(),
        keys: String::new(),
        fonts,
        theme,
        drafts: &mut drafts,
        queue,
    };
    part.ui(ui, &about);
    workspace.reviewing.drafts = drafts;
}

struct Part<'a> {
    threads: Vec<Thread>,
    me: &'a AnnotatorName,
    /// What people are called; by their names where nothing is compared.
    names: Option<&'a Names>,
    writable: bool,
    keys: String,
    fonts: &'a mut Fonts,
    theme: &'a Theme,
    drafts: &'a mut std::collections::BTreeMap<String, String>,
    queue: &'a mut Vec<Command>,
}

impl Part<'_> {
    fn ui(&mut self, ui: &mut Ui, about: &[AnnotationRef]) {
        section(ui, "Comments");
        for thread in std::mem::take(&mut self.threads) {
            for entry in &thread.entries {
                ui.add_space(4.0);
                ui.horizontal_top(|ui| {
                    ui.add_space(entry.depth.min(3) as f32 * 14.0);
                    ui.vertical(|ui| self.said(ui, entry));
                });
            }
        }
        if !self.writable {
            return;
        }
        // By one tag of the case, so that what was begun is still there when somebody's tag joins it.
        let mut keys = about.iter().map(|of| format!("about {} {}", of.annotator, of.annotation));
        let begun = keys.clone().find(|key| self.drafts.contains_key(key));
        let Some(key) = begun.or_else(|| keys.next()) else { return };
        let hint = match self.keys.as_str() {
            "" => "Write a comment".to_owned(),
            keys => format!("Write a comment ({keys})"),
        };
        self.field(ui, &key, &hint, "Write a comment", |text| Deciding::Write(about.to_vec(), None, text));
    }

    fn said(&mut self, ui: &mut Ui, entry: &Entry) {
        if entry.is_deleted() {
            ui.weak("A comment that was taken back.");
            return;
        }
        let (writer, comment) = (&entry.writer, &entry.comment);
        let own = writer == self.me;
        let who = match (own, self.names) {
            (true, _) => "You".to_owned(),
            (false, Some(names)) => names.of(writer),
            (false, None) => writer.to_string(),
        };
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(&who).font(strong(13.0)));
            ui.weak(comment.created.get(..16).unwrap_or(&comment.created).replace('T', " "));
            if comment.settled {
                ui.label(RichText::new("✓ settled").color(self.theme.good.0));
            }
        });
        let correcting = format!("correct {}", comment.id);
        if self.writable && self.drafts.contains_key(&correcting) {
            let correct = |text| Deciding::Correct(comment.id.clone(), text);
            return self.field(ui, &correcting, "Correct", "Correct the comment", correct);
        }
        self.fonts.label(ui, &visible(&comment.text), 14.0, self.theme.ink.0);
        if !self.writable {
            return;
        }
        let answering = format!("answer {}", comment.id);
        if self.drafts.contains_key(&answering) {
            let answer = |text| Deciding::Write(Vec::new(), Some(comment.id.clone()), text);
            return self.field(ui, &answering, "Answer", "Answer", answer);
        }
        ui.horizontal_wrapped(|ui| {
            if ui.small_button("Answer").clicked() {
                self.drafts.insert(answering, String::new());
            }
            if own {
                self.own(ui, comment, correcting);
            }
        });
    }

    /// What can be done about one's own comment.
    fn own(&mut self, ui: &mut Ui, comment: &Comment, correcting: String) {
        let text = if comment.settled { "Not settled" } else { "Settled" };
        if ui.small_button(text).clicked() {
            let settled = !comment.settled;
            self.queue.push(Command::Deciding(Deciding::Settle(comment.id.clone(), settled)));
        }
        if ui.small_button("Correct").clicked() {
            self.drafts.insert(correcting, comment.text.clone());
        }
        let back = ui.small_button("Take back");
        back.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Take the comment back"));
        if back.clicked() {
            self.queue.push(Command::Deciding(Deciding::Retract(comment.id.clone())));
        }
    }

    fn field(&mut self, ui: &mut Ui, key: &str, hint: &str, name: &str, send: impl FnOnce(String) -> Deciding) {
        let mut text = self.drafts.get(key).cloned().unwrap_or_default();
        // A new comment has one field, whatever it is about; the others are there while something is written.
        let new = key.starts_with("about ");
        let id = if new { field_id() } else { Id::unique(key) };
        let field = TextEdit::multiline(&mut text).id(id).desired_rows(1).desired_width(f32::INFINITY).hint_text(hint);
        let field = ui.add(field);
        field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
        if field.changed() {
            self.drafts.insert(key.to_owned(), text.clone());
        }
        if text.trim().is_empty() && new {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            if ui.add_enabled(!text.trim().is_empty(), egui::Button::new("Send")).clicked() {
                self.drafts.remove(key);
                let said = text.trim().to_owned();
                self.queue.push(Command::Deciding(send(said)));
            }
            if ui.button("Discard").clicked() {
                self.drafts.remove(key);
            }
        });
    }
}
