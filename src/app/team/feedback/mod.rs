//! What became of an annotator's tags when somebody decided between annotators, and why.

mod list;
mod writing;

use std::collections::{BTreeMap, BTreeSet};

use ascribe_engine::{
    Session,
    feedback::{Entry, Feedback as Told, Outcome, feedback},
};
use ascribe_schema::{AnnotatorName, DocumentId};
use egui::{Button, ComboBox, Context, Frame, Grid, Margin, RichText, Role, Ui, WidgetInfo};

pub(crate) use self::writing::{Letters, write};
use super::{command, derived::Derived};
use crate::{
    command::{Command, Team},
    panel::bar,
    text::{Fonts, visible},
    theme::Theme,
    wording::{counted, grouped, sentence_case},
    workspace::Workspace,
};

/// What is known of it, and how it is looked at.
#[derive(Default)]
pub struct Feedback {
    /// Whose tags somebody chose.
    pub whose: Option<AnnotatorName>,
    /// Only what became this.
    pub only: Option<Outcome>,
    told: Derived<(AnnotatorName, BTreeSet<DocumentId>), Known>,
    /// The numbers of the entries that are shown.
    shown: Vec<usize>,
    /// What they were chosen by.
    chosen_by: Option<Option<Outcome>>,
    /// The entry that the keys act on, by its place in the list.
    here: usize,
    /// Whether it should be brought into view.
    follow: bool,
    /// Whether the list should get the keyboard.
    pub wants_keys: bool,
}

/// What is told, without the articles that are hidden from this person.
struct Known {
    told: Told,
    /// Of how many articles there would be more to tell.
    hidden: usize,
}

impl Feedback {
    /// Keeps it up to date; `turn` counts how often others' files were read anew, `hidden` are the documents of which
    /// nothing is told.
    pub fn prepare(&mut self, ctx: &Context, session: &Session, turn: u64, hidden: BTreeSet<DocumentId>) {
        let whose = self.whose(session);
        let (name, without) = (whose.clone(), hidden.clone());
        let work = move |project: &_| {
            let mut told = feedback(project, &name, false).map_err(|reason| sentence_case(&reason.to_string()))?;
            let hidden = told.leave_out(&without);
            Ok(Known { told, hidden })
        };
        let news = self.told.prepare(ctx, session, (turn, (whose, hidden)), work);
        if news || self.chosen_by != Some(self.only) {
            self.chosen_by = Some(self.only);
            let wanted = |entry: &Entry| self.only.is_none_or(|only| only == entry.outcome);
            let entries = self.told().into_iter().flat_map(|told| told.entries.iter().enumerate());
            self.shown = entries.filter(|(_, entry)| wanted(entry)).map(|(number, _)| number).collect();
            self.go_to(self.here);
        }
    }

    /// Whose tags are shown: one's own, or those of the first who has any.
    #[must_use]
    pub fn whose(&self, session: &Session) -> AnnotatorName {
        let has = |name: &&AnnotatorName| {
            session.project().documents.values().any(|document| document.sets.contains_key(*name))
        };
        let me = session.annotator();
        let own = session.project().documents.keys().any(|id| session.set(id).is_some());
        let usual = || if own { None } else { annotators(session).iter().find(has).cloned() };
        self.whose.clone().or_else(usual).unwrap_or_else(|| me.clone())
    }

    fn told(&self) -> Option<&Told> {
        Some(&self.known()?.told)
    }

    fn known(&self) -> Option<&Known> {
        self.told.made()?.as_ref().ok()
    }

    /// The entry with that number among those that are shown.
    #[must_use]
    pub fn entry(&self, number: usize) -> Option<&Entry> {
        self.told()?.entries.get(*self.shown.get(number)?)
    }

    /// Lets the keys act on another entry.
    pub fn go_to(&mut self, number: usize) {
        (self.here, self.follow) = (number.min(self.shown.len().saturating_sub(1)), true);
    }
}

/// A sign for what became of a tag; the word always stands beside it.
fn sign(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted => "✓",
        Outcome::AcceptedBeside => "✓+",
        Outcome::Changed => "≠",
        Outcome::Rejected => "×",
        Outcome::Overlooked => "+",
        Outcome::Undecided => "…",
    }
}

/// Shows whose tags, how many became what, and the list of them.
pub(super) fn ui(ui: &mut Ui, workspace: &mut Workspace, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    let Workspace { session, team, .. } = workspace;
    let feedback = &mut team.feedback;
    Frame::new().inner_margin(Margin { left: 16, right: 16, top: 0, bottom: 6 }).show(ui, |ui| {
        head(ui, session, feedback, queue);
        if let Some(told) = feedback.told().filter(|told| !told.entries.is_empty()) {
            outcomes(ui, told, feedback.only, theme, queue);
            tables(ui, told);
        }
        left_out(ui, feedback, theme);
    });
    ui.add(egui::Separator::default().spacing(1.0));
    let said = |ui: &mut Ui, words: &str| {
        Frame::new().inner_margin(Margin::symmetric(16, 10)).show(ui, |ui| ui.weak(words));
    };
    match feedback.told.made() {
        None => said(ui, "Looking what became of these tags…"),
        Some(Err(reason)) => said(
            ui,
            &format!(
                "{} Once somebody decides between annotators, in Review, it is told here what became of each tag, and why.",
                visible(reason)
            ),
        ),
        Some(Ok(known)) if known.told.entries.is_empty() && known.hidden > 0 => {}
        Some(Ok(known)) if known.told.entries.is_empty() => {
            said(ui, "None of these tags has been compared with others’ yet.");
        }
        Some(Ok(_)) => list::ui(ui, session, feedback, fonts, theme, queue),
    }
}

fn head(ui: &mut Ui, session: &Session, feedback: &Feedback, queue: &mut Vec<Command>) {
    let me = session.annotator();
    let shown = &feedback.whose(session);
    let called = |name: &AnnotatorName| if name == me { format!("{name} (you)") } else { name.to_string() };
    let mut chosen = Vec::new();
    let left = |ui: &mut Ui| {
        ui.label("Tags of");
        let combo = ComboBox::from_id_salt("feedback for").selected_text(called(shown)).show_ui(ui, |ui| {
            for name in annotators(session) {
                if ui.selectable_label(name == *shown, called(&name)).clicked() {
                    queue.push(command(Team::Whose(name)));
                }
            }
        });
        combo.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Whose tags"));
        if let Some(by) = feedback.told().and_then(|told| told.by.as_ref()) {
            ui.weak(format!("decided by {by}"));
        }
        if feedback.told.is_busy() && feedback.told.made().is_some() {
            ui.weak("· updating");
        }
    };
    let ready = feedback.told().is_some_and(|told| !told.entries.is_empty());
    let decided = feedback.told().is_some();
    bar::ui(ui, "feedback head", left, |ui| {
        let one = ui.add_enabled(ready, Button::new("Save as a file…"));
        if one.on_hover_text("For the annotator to read: Markdown, or JSON if the name ends in .json").clicked() {
            chosen.push(command(Team::SaveFeedback(false)));
        }
        let all = ui.add_enabled(decided, Button::new("Save for everyone…"));
        if all.on_hover_text("One file for each annotator, into a folder").clicked() {
            chosen.push(command(Team::SaveFeedback(true)));
        }
    });
    queue.append(&mut chosen);
}

/// Everybody who has tagged, oneself first.
pub(crate) fn annotators(session: &Session) -> Vec<AnnotatorName> {
    let me = session.annotator();
    let others: BTreeSet<_> = session.project().documents.values().flat_map(|document| document.sets.keys()).collect();
    let others = others.into_iter().filter(|name| *name != me && !name.is_gold());
    [me].into_iter().chain(others).cloned().collect()
}

/// Of how many articles nothing is told, and why.
fn left_out(ui: &mut Ui, feedback: &Feedback, theme: &Theme) {
    let Some(hidden) = feedback.known().map(|known| known.hidden).filter(|hidden| *hidden > 0) else { return };
    let words =
        format!("Left out: {}. Finish them, or say in “Review” that you review them.", writing::hidden_words(hidden));
    ui.label(RichText::new(words).color(theme.muted.0));
}

/// How many tags became what, to choose from.
fn outcomes(ui: &mut Ui, told: &Told, only: Option<Outcome>, theme: &Theme, queue: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(4.0, 4.0);
        let mut chip = |name: String, color, this: Option<Outcome>| {
            let chosen = only == this;
            let text = RichText::new(&name).size(13.0).color(color);
            let button = ui.add(Button::selectable(chosen, text).frame_when_inactive(true));
            button.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, format!("Show: {name}")));
            if button.clicked() {
                queue.push(command(Team::Only(this)));
            }
        };
        chip(format!("All {}", grouped(told.entries.len())), theme.ink.0, None);
        for outcome in Outcome::ALL {
            let count = told.totals.get(&outcome).copied().unwrap_or_default();
            if count > 0 {
                let name = format!("{} {} {}", sign(outcome), grouped(count), outcome.name());
                chip(name, list::color(outcome, theme), Some(outcome));
            }
        }
    });
}

/// The numbers by label and by reason.
fn tables(ui: &mut Ui, told: &Told) {
    let name = match told.reasons.len() {
        0 => "By label".to_owned(),
        count => format!("By label and by {}", counted(count, "reason")),
    };
    egui::CollapsingHeader::new(name).id_salt("feedback tables").show(ui, |ui| {
        Grid::new("feedback tables").striped(true).spacing([18.0, 4.0]).show(ui, |ui| {
            let outcomes: Vec<_> =
                Outcome::ALL.into_iter().filter(|outcome| told.totals.contains_key(outcome)).collect();
            ui.label("");
            for outcome in &outcomes {
                ui.weak(format!("{} {}", sign(*outcome), outcome.name()));
            }
            ui.end_row();
            let mut rows = |counts: &BTreeMap<String, BTreeMap<Outcome, usize>>, what: &str| {
                for (name, counts) in counts {
                    ui.label(visible(&format!("{what} {}", name.replace('_', " "))));
                    for outcome in &outcomes {
                        ui.label(grouped(counts.get(outcome).copied().unwrap_or_default()));
                    }
                    ui.end_row();
                }
            };
            rows(&told.labels, "label");
            rows(&told.reasons, "reason");
        });
    });
}

/// The title of a document.
fn title<'a>(session: &'a Session, id: &DocumentId) -> &'a str {
    session.project().documents.get(id).map_or("", |document| &document.record.title)
}
