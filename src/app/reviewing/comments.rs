//! What people write to each other about tags.

use ascribe_engine::comments::{Entry, Thread};
use ascribe_schema::{Annotation, AnnotationRef, AnnotatorName, CommentId};
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

/// The threads about these annotations of the shown document.
fn about_these(workspace: &Workspace, about: &[AnnotationRef]) -> Vec<Thread> {
    let all = workspace.current.as_ref().map(|current| workspace.session.threads(current)).unwrap_or_default();
    let here = |thread: &Thread| thread.about().iter().any(|of| about.contains(of));
    all.into_iter().filter(here).collect()
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
        let key = about.iter().map(|of| format!("{} {} ", of.annotator, of.annotation)).collect::<String>();
        let hint = match self.keys.as_str() {
            "" => "Write a comment".to_owned(),
            keys => format!("Write a comment ({keys})"),
        };
        self.field(ui, &key, &hint, "Write a comment", about.to_vec(), None);
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
        self.fonts.label(ui, &visible(&comment.text), 14.0, self.theme.ink.0);
        if !self.writable {
            return;
        }
        let key = format!("answer {}", comment.id);
        if self.drafts.contains_key(&key) {
            return self.field(ui, &key, "Answer", "Answer", Vec::new(), Some(comment.id.clone()));
        }
        ui.horizontal_wrapped(|ui| {
            if ui.small_button("Answer").clicked() {
                self.drafts.insert(key, String::new());
            }
            let text = if comment.settled { "Not settled" } else { "Settled" };
            if own && ui.small_button(text).clicked() {
                let settled = !comment.settled;
                self.queue.push(Command::Deciding(Deciding::Settle(comment.id.clone(), settled)));
            }
        });
    }

    fn field(
        &mut self,
        ui: &mut Ui,
        key: &str,
        hint: &str,
        name: &str,
        about: Vec<AnnotationRef>,
        answers: Option<CommentId>,
    ) {
        let mut text = self.drafts.get(key).cloned().unwrap_or_default();
        let id = if answers.is_none() { field_id() } else { Id::unique(key) };
        let field = TextEdit::multiline(&mut text).id(id).desired_rows(1).desired_width(f32::INFINITY).hint_text(hint);
        let field = ui.add(field);
        field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
        if field.changed() {
            self.drafts.insert(key.to_owned(), text.clone());
        }
        if text.trim().is_empty() && answers.is_none() {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            if ui.add_enabled(!text.trim().is_empty(), egui::Button::new("Send")).clicked() {
                self.drafts.remove(key);
                let said = text.trim().to_owned();
                self.queue.push(Command::Deciding(Deciding::Write(about, answers, said)));
            }
            if ui.button("Discard").clicked() {
                self.drafts.remove(key);
            }
        });
    }
}
