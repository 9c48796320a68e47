//! Everything about the suggestion in focus: what it would become, and why it is made.

use ascribe_engine::{RULES, Suggestion, reason};
use ascribe_schema::{Annotation, Span, Text};
use egui::{Button, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo};

use super::inspector::{heading, section};
use crate::{
    command::{Command, keys_of},
    reading::{answers, label_color, sentence},
    scroll::follow_focus,
    suggesting::Open,
    text::{Fonts, isolated},
    theme::Theme,
    wording::{likely, listed, percent, sentence_case, shortened},
    workspace::Workspace,
};

/// Words that made a rule suggest something, told at most.
const MOST_WORDS: usize = 6;

/// Shows the suggestion.
pub fn ui(
    ui: &mut Ui,
    workspace: &Workspace,
    open: &Open,
    annotation: &Annotation,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    let Some(suggestion) = open.suggestion(&annotation.id) else { return };
    let refused = workspace.read_only();
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        follow_focus(ui);
        heading(ui, workspace, annotation, true, theme, queue);
        for text in &annotation.text {
            fonts.label(ui, &shortened(text, 400), 14.0, theme.ink.0);
        }
        ui.add_space(6.0);
        ui.horizontal_wrapped(|ui| answers(ui, &workspace.entries, refused.is_none(), queue));
        if let Some(reason) = &refused {
            ui.label(RichText::new(format!("It cannot be accepted here: {reason}.")).color(theme.warning.0));
        } else {
            others(ui, workspace, annotation, fonts, theme, queue);
        }
        values(ui, annotation, fonts, theme);
        ties(ui, workspace, open, annotation, fonts, theme, queue);
        why(ui, workspace, suggestion, fonts, theme);
    });
}

/// The other labels that it could be accepted as.
fn others(
    ui: &mut Ui,
    workspace: &Workspace,
    annotation: &Annotation,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    ui.horizontal_wrapped(|ui| {
        ui.weak("or as");
        for (number, label) in workspace.scheme().labels.iter().enumerate() {
            if label.name == annotation.label {
                continue;
            }
            let color = label_color(theme, workspace.scheme(), &label.name);
            let keys = keys_of(ui.ctx(), &workspace.entries, &Command::Tag(number)).unwrap_or_default();
            let button = ui.add(Button::new(RichText::new(&label.name).color(color)).shortcut_text(keys));
            button.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Accept as {}", label.name)));
            if fonts.explain(button, &label.guideline, theme.ink.0).clicked() {
                queue.push(Command::Tag(number));
            }
        }
    });
}

fn values(ui: &mut Ui, annotation: &Annotation, fonts: &mut Fonts, theme: &Theme) {
    if annotation.attributes.is_empty() {
        return;
    }
    section(ui, "Attributes");
    for (name, value) in &annotation.attributes {
        let text = format!("{}: {}", name.replace('_', " "), isolated(&value.replace('_', " ")));
        fonts.label(ui, &text, 14.0, theme.ink.0);
    }
}

fn ties(
    ui: &mut Ui,
    workspace: &Workspace,
    open: &Open,
    annotation: &Annotation,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    let own = workspace.shown_set();
    let mut ties = open.set.relations_of(&annotation.id).peekable();
    if ties.peek().is_none() {
        return;
    }
    section(ui, "Tied to");
    for tie in ties {
        let (out, other) = if tie.from == annotation.id { (true, &tie.to) } else { (false, &tie.from) };
        let Some(other) = open.set.annotation(other).or_else(|| own?.annotation(other)) else { continue };
        ui.horizontal(|ui| {
            ui.weak(tied(&tie.kind, out));
            let color = label_color(theme, workspace.scheme(), &other.label);
            let link = fonts.line(ui, &shortened(&other.quote(), 60), 14.0, color, Sense::click());
            link.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("Go to {}", sentence(other))));
            if link.clicked() {
                queue.push(Command::Focus(Some(other.id.clone())));
            }
        });
    }
}

/// A tie as a reader would say it.
fn tied(kind: &str, out: bool) -> String {
    let plain = kind.replace('_', " ");
    match (kind, out) {
        ("attributed_to", true) => "said by:".to_owned(),
        ("attributed_to", false) => "says:".to_owned(),
        (_, true) => format!("{plain}:"),
        (_, false) => format!("{plain} this:"),
    }
}

/// How sure it is, and what made which program propose it.
fn why(ui: &mut Ui, workspace: &Workspace, suggestion: &Suggestion, fonts: &mut Fonts, theme: &Theme) {
    section(ui, "Why");
    let score = in_percent(suggestion.score);
    ui.label(format!("{} · {}", sentence_case(likely(score)).trim_end_matches('.'), percent(score)));
    for proposer in [&suggestion.by].into_iter().chain(&suggestion.also) {
        let reason = reason(&proposer.rule);
        let by = if proposer.program == RULES && !reason.is_empty() {
            reason.to_owned()
        } else if proposer.program == RULES {
            format!("The rule {} proposes it.", isolated(&proposer.rule))
        } else {
            format!("The model {} proposes it.", isolated(&proposer.program))
        };
        fonts.label(ui, &by, 14.0, theme.ink.0);
    }
    let text = workspace.reading().map(|reading| reading.pane.text().clone());
    let words = text.map(|text| because(&text, &suggestion.because)).unwrap_or_default();
    if !words.is_empty() {
        fonts.label(ui, &format!("Because of {}, framed in the text.", listed(words)), 14.0, theme.ink.0);
    }
    for lesson in &suggestion.lessons {
        fonts.label(ui, &sentence_case(lesson), 14.0, theme.ink.0);
    }
    let rule = suggestion.by.rule.as_str();
    if !rule.is_empty() {
        ui.add_space(4.0);
        fonts.label(ui, &format!("Rule {}", isolated(rule)), 12.0, theme.muted.0);
    }
}

/// The words that made a rule suggest something.
fn because(text: &Text, spans: &[Span]) -> Vec<String> {
    let words = spans.iter().filter_map(|&span| text.slice(span)).take(MOST_WORDS);
    words.map(|words| format!("“{}”", isolated(&shortened(words, 40)))).collect()
}

/// A score from 0 to 1 in percent.
#[must_use]
pub fn in_percent(score: f32) -> u32 {
    (score.clamp(0.0, 1.0) * 100.0).round() as u32
}
