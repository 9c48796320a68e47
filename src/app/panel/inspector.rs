//! Everything about the annotation in focus, to see and to change.

use ascribe_engine::{
    Action,
    quoted::{self, Marks},
};
use ascribe_schema::{Annotation, AnnotationId, Attribute, Origin, Values};
use egui::{Button, Frame, Id, Margin, RichText, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo};

use super::{suggestion, tags};
use crate::{
    command::{Command, Entry, keys_of},
    linting,
    reading::{label_color, sentence},
    reviewing,
    revising::place_ui,
    scroll::follow_focus,
    text::{Fonts, isolated, runs_right_to_left, visible},
    theme::{Theme, strong},
    wording::{capitalised, shortened},
    workspace::{Draft, Workspace},
};

/// After how many seconds without a letter typed text is saved, although its field has not been left.
pub const REST: f64 = 2.0;

/// The widget that gets the keyboard for attributes.
#[must_use]
pub fn attributes_id() -> Id {
    Id::unique("inspector attributes")
}

/// The widget that gets the keyboard for the note.
#[must_use]
pub fn note_id() -> Id {
    Id::unique("inspector note")
}

/// Lets a widget of the inspector have the keyboard when it is next shown.
pub fn give_keys(ctx: &egui::Context, id: Id) {
    ctx.memory_mut(|memory| memory.data.insert_temp(id, true));
}

fn takes_keys(ui: &Ui, id: Id) -> bool {
    ui.memory_mut(|memory| memory.data.remove_temp::<bool>(id)).is_some()
}

/// Shows the annotation in focus, or all of them when none is.
pub fn ui(ui: &mut Ui, workspace: &mut Workspace, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    Frame::new().inner_margin(Margin::symmetric(14, 10)).show(ui, |ui| {
        let Some(annotation) = workspace.focused().cloned() else {
            finish_draft(workspace, None, queue);
            if let Some((open, annotation)) = workspace.suggestion() {
                return suggestion::ui(ui, workspace, open, annotation, fonts, theme, queue);
            }
            return tags::ui(ui, workspace, fonts, theme, queue);
        };
        finish_draft(workspace, Some(&annotation.id), queue);
        let enabled = workspace.read_only().is_none();
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            follow_focus(ui);
            heading(ui, workspace, &annotation, false, theme, queue);
            fragments(ui, workspace, &annotation, fonts, theme, queue);
            place_ui(ui, workspace, &annotation, fonts, theme, queue);
            linting::inspect_ui(ui, workspace, &annotation, fonts, theme, queue);
            ui.add_enabled_ui(enabled, |ui| {
                labels(ui, workspace, &annotation, fonts, theme, queue);
                attributes(ui, workspace, &annotation, fonts, theme, queue);
            });
            ties(ui, workspace, &annotation, enabled, fonts, theme, queue);
            ui.add_enabled_ui(enabled, |ui| {
                section(ui, "Note");
                field(ui, workspace, &annotation, None, note_id(), fonts, theme, queue);
            });
            reviewing::inspect_ui(ui, workspace, &annotation, fonts, theme, queue);
            origin(ui, &annotation, &workspace.entries, enabled, queue);
        });
    });
}

/// Text typed for an annotation that is no longer in focus is taken over, not lost.
fn finish_draft(workspace: &Workspace, focus: Option<&AnnotationId>, queue: &mut Vec<Command>) {
    if workspace.draft.as_ref().is_some_and(|draft| Some(&draft.id) != focus) {
        queue.push(Command::FinishTyping);
    }
}

/// The name of a part of the inspector, with room above.
pub(crate) fn section(ui: &mut Ui, name: &str) {
    ui.add_space(10.0);
    ui.label(RichText::new(name).font(strong(13.0)));
}

/// The label of a tag or suggestion, with the way back to all tags.
pub(super) fn heading(
    ui: &mut Ui,
    workspace: &Workspace,
    annotation: &Annotation,
    suggested: bool,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    let color = label_color(theme, workspace.scheme(), &annotation.label);
    ui.horizontal(|ui| {
        ui.label(RichText::new(capitalised(&annotation.label)).font(strong(17.0)).color(color));
        if suggested {
            ui.weak("suggested");
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.button("All tags").on_hover_text("Back to the list of all tags").clicked() {
                queue.push(Command::Focus(None));
            }
        });
    });
}

fn fragments(
    ui: &mut Ui,
    workspace: &Workspace,
    annotation: &Annotation,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    for (&span, text) in annotation.spans.iter().zip(&annotation.text) {
        ui.horizontal_top(|ui| {
            let several =
                annotation.spans.len() > 1 && annotation.text_sha256.is_empty() && workspace.read_only().is_none();
            if several {
                let button = ui.small_button("×").on_hover_text("Take this fragment away");
                button.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Take this fragment away"));
                if button.clicked() {
                    queue.push(Command::Act(Action::RemoveFragment(annotation.id.clone(), span)));
                }
            }
            fonts.label(ui, &shortened(text, 400), 14.0, theme.ink.0);
        });
    }
}

fn labels(
    ui: &mut Ui,
    workspace: &Workspace,
    annotation: &Annotation,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    section(ui, "Label");
    ui.horizontal_wrapped(|ui| {
        for label in &workspace.scheme().labels {
            let chosen = label.name == annotation.label;
            let color = label_color(theme, workspace.scheme(), &label.name);
            let text = if chosen { RichText::new(&label.name) } else { RichText::new(&label.name).color(color) };
            let button = ui.add(Button::selectable(chosen, text).frame_when_inactive(true));
            let name = format!("Label {}", label.name);
            button.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, &name));
            if fonts.explain(button, &label.guideline, theme.ink.0).clicked() && !chosen {
                queue.push(Command::Act(Action::Relabel(annotation.id.clone(), label.name.clone())));
            }
        }
    });
}

fn attributes(
    ui: &mut Ui,
    workspace: &mut Workspace,
    annotation: &Annotation,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    let Some(label) = workspace.scheme().label(&annotation.label).cloned() else { return };
    let (entries, mut first, mut number) = (workspace.entries.clone(), true, 0);
    for attribute in &label.attributes {
        match &attribute.values {
            Values::Choice(options) | Values::Scale(options) => {
                let keys = keys_of(ui.ctx(), &entries, &Command::TurnAttribute(number, true));
                number += 1;
                caption(ui, attribute, keys, fonts, theme);
                let id = std::mem::take(&mut first).then(attributes_id);
                options_ui(ui, annotation, attribute, options, id, queue);
            }
            Values::Text => {
                caption(ui, attribute, None, fonts, theme);
                let id = Id::unique(("attribute", &attribute.name));
                field(ui, workspace, annotation, Some(&attribute.name), id, fonts, theme, queue);
            }
            Values::Computed(_) if attribute.name == "marks" => {
                marks(ui, workspace, annotation, attribute, fonts, theme)
            }
            Values::Computed(_) => {}
        }
    }
    for (name, value) in annotation.attributes.iter().filter(|(name, _)| label.attribute(name).is_none()) {
        let text = format!("{}: {} (not in the scheme)", isolated(name), isolated(value));
        fonts.label(ui, &text, 14.0, theme.muted.0);
    }
}

/// What state the quote marks are in, as the text has them.
fn marks(
    ui: &mut Ui,
    workspace: &Workspace,
    annotation: &Annotation,
    attribute: &Attribute,
    fonts: &mut Fonts,
    theme: &Theme,
) {
    if workspace.shown_set().is_some_and(|set| set.is_waiting(&annotation.id)) {
        return;
    }
    let Some(text) = workspace.shown_text() else { return };
    let state = match quoted::state(text, &annotation.spans) {
        None => "none",
        Some(Marks::Balanced) => "in order",
        Some(Marks::MissingOpen) => "the opening one is missing",
        Some(Marks::MissingClose) => "the closing one is missing",
        Some(Marks::Mismatched) => "they do not go together",
        Some(Marks::Continued) => "opened again in every paragraph",
    };
    ui.add_space(10.0);
    let line = ui.label(format!("Quote marks: {state}"));
    fonts.explain(line, &attribute.guideline, theme.ink.0);
}

/// The name of an attribute, with the key that gives it its next value.
fn caption(ui: &mut Ui, attribute: &Attribute, keys: Option<String>, fonts: &mut Fonts, theme: &Theme) {
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        ui.label(RichText::new(capitalised(&attribute.name)).font(strong(13.0)));
        if let Some(keys) = keys {
            let hint = format!("{keys} gives the next value, with Shift the one before");
            let cap = Frame::new().stroke(ui.visuals().widgets.noninteractive.bg_stroke).corner_radius(3);
            let cap = cap.inner_margin(Margin::symmetric(5, 0)).show(ui, |ui| ui.weak(RichText::new(keys).small()));
            cap.response.on_hover_text(hint);
        }
    });
    if !attribute.guideline.is_empty() {
        fonts.label(ui, &visible(&attribute.guideline), 12.0, theme.muted.0);
    }
}

fn options_ui(
    ui: &mut Ui,
    annotation: &Annotation,
    attribute: &Attribute,
    options: &[String],
    id: Option<Id>,
    queue: &mut Vec<Command>,
) {
    let now = annotation.attributes.get(&attribute.name);
    ui.horizontal_wrapped(|ui| {
        for (number, option) in options.iter().enumerate() {
            let chosen = now == Some(option);
            let shown = option.replace('_', " ");
            let button = ui.add(Button::selectable(chosen, shown.as_str()).frame_when_inactive(true));
            let name = format!("{} {shown}", capitalised(&attribute.name));
            button.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, &name));
            if let Some(id) = id.filter(|_| number == 0)
                && takes_keys(ui, id)
            {
                button.request_focus();
            }
            if button.clicked() {
                let value = (!chosen).then(|| option.clone());
                let (id, name) = (annotation.id.clone(), attribute.name.clone());
                queue.push(Command::Act(Action::SetAttribute { id, name, value }));
            }
        }
    });
}

/// A field whose text becomes part of the set when it is left, as one edit.
#[allow(clippy::too_many_arguments, reason = "what it shows, what it changes, and what drawing takes")]
fn field(
    ui: &mut Ui,
    workspace: &mut Workspace,
    annotation: &Annotation,
    attribute: Option<&str>,
    id: Id,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    let now = match attribute {
        None => annotation.note.as_str(),
        Some(name) => annotation.attributes.get(name).map(String::as_str).unwrap_or_default(),
    };
    let mine = |draft: &Draft| draft.id == annotation.id && draft.attribute.as_deref() == attribute;
    let mut text = workspace.draft.as_ref().filter(|draft| mine(draft)).map_or(now, |draft| &draft.text).to_owned();
    let edit = match attribute {
        None => TextEdit::multiline(&mut text).desired_rows(3),
        Some(_) => TextEdit::singleline(&mut text),
    };
    let response = ui.add(edit.id(id).desired_width(f32::INFINITY));
    if runs_right_to_left(&text) {
        // The field sets such words in the wrong order, so they are shown again as they are read.
        for line in text.lines() {
            fonts.label(ui, &visible(line), 14.0, theme.muted.0);
        }
    }
    if takes_keys(ui, id) {
        response.request_focus();
    }
    let name = attribute.map_or("Note".to_owned(), capitalised);
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name.as_str()));
    if response.changed()
        && let Some(document) = workspace.current.clone()
    {
        let attribute = attribute.map(str::to_owned);
        let time = ui.input(|input| input.time);
        workspace.draft = Some(Draft { document, id: annotation.id.clone(), attribute, text, time });
        ui.ctx().request_repaint_after_secs(REST as f32 + 0.1);
    }
    if response.lost_focus() {
        queue.push(Command::FinishTyping);
    }
}

fn ties(
    ui: &mut Ui,
    workspace: &Workspace,
    annotation: &Annotation,
    enabled: bool,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    section(ui, "Ties");
    let Some(set) = workspace.shown_set() else { return };
    let mut none = true;
    for tie in set.relations_of(&annotation.id) {
        none = false;
        let (out, other) = if tie.from == annotation.id { (true, &tie.to) } else { (false, &tie.from) };
        let Some(other) = set.annotation(other) else { continue };
        let kind = tie.kind.replace('_', " ");
        ui.horizontal(|ui| {
            let button = ui.add_enabled(enabled, Button::new("×").small()).on_hover_text("Remove this tie");
            let name = format!("Remove tie {kind} {}", sentence(other));
            button.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, &name));
            if button.clicked() {
                queue.push(Command::Act(Action::Untie(tie.id.clone())));
            }
            ui.weak(if out { format!("{kind} →") } else { format!("← {kind} this:") });
            let color = label_color(theme, workspace.scheme(), &other.label);
            let link = fonts.line(ui, &shortened(&other.quote(), 60), 14.0, color, Sense::click());
            link.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("Go to {}", sentence(other))));
            if link.clicked() {
                queue.push(Command::Focus(Some(other.id.clone())));
            }
        });
    }
    if none && enabled {
        let keys = |command: &Command| keys_of(ui.ctx(), &workspace.entries, command);
        let nearest = keys(&Command::TieNearest).map(|keys| format!("{keys} ties to the nearest that fits. "));
        let here = keys(&Command::Tie).map(|keys| format!("press {keys} here and again on the other tag; or "));
        let (nearest, here) = (nearest.unwrap_or_default(), here.unwrap_or_default());
        let with = keys(&Command::TagAndTie(0)).map_or("choose its button", |_| "press Shift with its label's key");
        ui.weak(format!("None. {nearest}Or select the other end and {with}; or {here}Ctrl+click the other tag."));
    }
}

fn origin(ui: &mut Ui, annotation: &Annotation, entries: &[Entry], enabled: bool, queue: &mut Vec<Command>) {
    ui.add_space(10.0);
    let confirmed = |what: &str, name: &str, by: &Option<ascribe_schema::AnnotatorName>| match by {
        Some(by) => format!("by {what} {name}, confirmed by {by}"),
        None => format!("by {what} {name}, confirmed by nobody yet"),
    };
    let by = match &annotation.origin {
        Origin::Human(name) => format!("by {name}"),
        Origin::Rule { name, confirmed_by, .. } => confirmed("the rule", name, confirmed_by),
        Origin::Model { name, confirmed_by, .. } => confirmed("the model", name, confirmed_by),
        Origin::Import { name, confirmed_by } => confirmed("import from", name, confirmed_by),
    };
    let when = annotation.created.replace('T', " ").replace('Z', " UTC");
    ui.weak(format!("Made {by} {when}"));
    ui.add_space(8.0);
    let keys = keys_of(ui.ctx(), entries, &Command::Delete).unwrap_or_default();
    if ui.add_enabled(enabled, Button::new("Delete this tag").shortcut_text(keys)).clicked() {
        queue.push(Command::Delete);
    }
}
