//! The sheet that assigns articles evenly: who takes part, how many people each article gets, and what comes of it.

use std::collections::BTreeMap;

use ascribe_engine::{
    Session,
    assign::{Assignments, Load, Spread, pairs, spread},
};
use ascribe_schema::{AnnotatorName, DocumentId};
use egui::{Button, Context, DragValue, Rect, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use crate::{
    background::Job,
    command::{Command, Team},
    exporting::strong_button,
    overlay::{self, Answer, wide},
    scroll::follow_focus,
    text::Fonts,
    theme::{Theme, strong},
    wording::{counted, grouped, sentence_case},
};

/// Height of a row of the preview.
const ROW: f32 = 26.0;

/// How documents are about to be assigned.
pub struct Spreading {
    /// The documents with their lengths in characters.
    documents: BTreeMap<DocumentId, u32>,
    /// Everybody, and whether they take part.
    people: Vec<(AnnotatorName, bool)>,
    before: Assignments,
    choice: Choice,
    /// What the outcome was worked out for.
    done: Option<Choice>,
    job: Option<Job<Result<Assignments, String>>>,
    outcome: Result<Assignments, String>,
}

/// What a person decides beside who takes part.
#[derive(Clone, Debug, PartialEq)]
struct Choice {
    names: Vec<AnnotatorName>,
    /// How many people each document gets.
    each: usize,
    seed: u64,
    load: Load,
}

impl Spreading {
    /// Everybody in the table takes part, and two people annotate each article.
    #[must_use]
    pub fn new(session: &Session, people: Vec<AnnotatorName>) -> Self {
        let (file, each) = (&session.project().file, people.len().min(2));
        let length = |document: &ascribe_engine::Document| document.text.as_ref().map_or(0, |text| text.len().0);
        let documents = session.project().documents.iter().map(|(id, document)| (id.clone(), length(document)));
        Self {
            documents: documents.collect(),
            people: people.iter().map(|name| (name.clone(), true)).collect(),
            before: file.assignments.clone(),
            choice: Choice { names: people.clone(), each, seed: 1, load: Load::Documents },
            done: None,
            job: None,
            outcome: Ok(Assignments::new()),
        }
    }

    /// Starts from what has become of the project meanwhile; who takes part stays as it was chosen.
    pub fn start_from(&mut self, now: Self) {
        let chosen = std::mem::replace(&mut self.people, now.people);
        for (name, part) in &mut self.people {
            *part = chosen.iter().find(|(other, _)| other == name).is_none_or(|(_, part)| *part);
        }
        (self.documents, self.before, self.done) = (now.documents, now.before, None);
    }

    /// Works out what comes of it, where something else was chosen; takes in what the thread has made.
    fn prepare(&mut self, ctx: &Context) {
        let taking_part = self.people.iter().filter(|(_, part)| *part).map(|(name, _)| name.clone());
        self.choice.names = taking_part.collect();
        self.choice.each = self.choice.each.clamp(1, self.choice.names.len().max(1));
        match self.job.as_ref().map(Job::poll) {
            Some(Ok(Some(outcome))) => (self.outcome, self.job) = (outcome, None),
            Some(Err(_)) => (self.outcome, self.job) = (Err("This could not be worked out.".to_owned()), None),
            Some(Ok(None)) | None => {}
        }
        if self.done.as_ref() != Some(&self.choice) {
            self.done = Some(self.choice.clone());
            let (documents, before, choice) = (self.documents.clone(), self.before.clone(), self.choice.clone());
            self.job = Some(Job::start(ctx, move |_| {
                let how = Spread { each: choice.each, seed: choice.seed, load: choice.load };
                let drawn = spread(&documents, &choice.names, how, &before);
                // What nobody was newly asked for stays as it is.
                let all = |drawn: Assignments| before.into_iter().chain(drawn).collect();
                drawn.map(all).map_err(|reason| sentence_case(&reason.to_string()))
            }));
        }
    }

    /// Who annotates what then; nothing while it is not known or cannot be done.
    fn drawn(&self) -> &Assignments {
        self.outcome.as_ref().unwrap_or(&self.before)
    }

    /// The documents that somebody is newly asked for.
    fn news(&self) -> Assignments {
        let new = |(id, names): &(&DocumentId, &Vec<AnnotatorName>)| self.before.get(*id) != Some(*names);
        self.drawn().iter().filter(new).map(|(id, names)| (id.clone(), names.clone())).collect()
    }

    /// How many documents somebody gets, and how many of them they had.
    fn load(&self, name: &AnnotatorName) -> (usize, usize) {
        let of = |assignments: &Assignments| assignments.values().filter(|names| names.contains(name)).count();
        (of(self.drawn()), of(&self.before))
    }

    /// The fewest and the most documents that two people share.
    fn shared(&self) -> Option<(usize, usize)> {
        let shared = pairs(self.drawn());
        let all = self.choice.names.len() * self.choice.names.len().saturating_sub(1) / 2;
        let least = if shared.len() < all { 0 } else { *shared.values().min()? };
        Some((least, *shared.values().max()?))
    }
}

/// Shows the sheet.
pub(crate) fn ui(ui: &mut Ui, spreading: &mut Spreading, fonts: &mut Fonts, theme: &Theme) -> Answer {
    ui.set_width(wide(ui, 560.0));
    ui.heading("Assign articles evenly");
    let about = "Whoever is asked already stays asked. The others are drawn so that everybody gets as many articles, and any two people share as many.";
    fonts.label(ui, about, 13.5, theme.muted.0);
    let room = (ui.ctx().content_rect().height() - 190.0).max(120.0);
    ScrollArea::vertical().id_salt("assign evenly").max_height(room).show(ui, |ui| {
        follow_focus(ui);
        ui.set_width(ui.available_width() - 12.0);
        questions(ui, spreading);
        spreading.prepare(ui.ctx());
        preview(ui, spreading, theme);
    });
    foot(ui, spreading, theme)
}

fn heading(ui: &mut Ui, words: &str) {
    ui.add_space(6.0);
    ui.label(RichText::new(words).font(strong(14.0)));
}

fn questions(ui: &mut Ui, spreading: &mut Spreading) {
    heading(ui, "Who takes part");
    ui.horizontal_wrapped(|ui| {
        for (name, part) in &mut spreading.people {
            ui.checkbox(part, name.as_str());
        }
    });
    let most = spreading.choice.names.len().max(1);
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        ui.label("People for each article");
        let each = ui.add(DragValue::new(&mut spreading.choice.each).range(1..=most));
        each.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, "People for each article"));
    });
    ui.horizontal_wrapped(|ui| {
        ui.label("Everybody gets");
        for (load, name) in [(Load::Documents, "as many articles"), (Load::Characters, "as much text")] {
            let chosen = spreading.choice.load == load;
            let radio = ui.radio_value(&mut spreading.choice.load, load, name);
            radio.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, format!("everybody {name}")));
        }
    });
    ui.horizontal_wrapped(|ui| {
        ui.label("Seed");
        let seed = ui.add(DragValue::new(&mut spreading.choice.seed));
        seed.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, "Seed"));
        let another = ui.button("Draw again");
        if another.on_hover_text("Another draw. The same seed gives the same draw on every machine.").clicked() {
            spreading.choice.seed = spreading.choice.seed.wrapping_add(1);
        }
    });
}

fn preview(ui: &mut Ui, spreading: &Spreading, theme: &Theme) {
    heading(ui, "What comes of it");
    if let Err(reason) = &spreading.outcome {
        ui.label(RichText::new(reason).color(theme.warning.0));
        return;
    }
    let loads: Vec<_> = spreading.people.iter().map(|(name, _)| (name, spreading.load(name))).collect();
    let most = loads.iter().map(|(_, (all, _))| *all).max().unwrap_or_default().max(1);
    for (name, (all, before)) in loads {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        let had = match before {
            0 => String::new(),
            _ if before == all => ", as before".to_owned(),
            _ => format!(", {} of them before", grouped(before)),
        };
        let words = format!("{}{had}", counted(all, "article"));
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name}: {words}")));
        row(ui, rect, name.as_str(), &words, all as f32 / most as f32, before as f32 / most as f32, theme);
    }
    if let Some((least, most)) = spreading.shared() {
        let words = if least == most { counted(least, "article") } else { format!("{least} to {most} articles") };
        ui.weak(format!("Any two people share {words}."));
    }
}

fn row(ui: &Ui, rect: Rect, name: &str, words: &str, all: f32, before: f32, theme: &Theme) {
    let painter = ui.painter_at(rect);
    let font = egui::FontId::proportional(13.5);
    painter.text(rect.left_center(), egui::Align2::LEFT_CENTER, name, font.clone(), theme.ink.0);
    let left = rect.left() + (rect.width() * 0.28).min(150.0);
    let width = (rect.width() * 0.32).min(190.0);
    let bar = Rect::from_min_size(egui::pos2(left, rect.center().y - 5.0), vec2(width, 10.0));
    painter.rect_filled(bar, 3.0, theme.line.0);
    painter.rect_filled(bar.with_max_x(left + width * all), 3.0, theme.accent.0);
    painter.rect_filled(bar.with_max_x(left + width * before), 3.0, theme.muted.0);
    let at = egui::pos2(bar.right() + 12.0, rect.center().y);
    painter.text(at, egui::Align2::LEFT_CENTER, words, font, theme.ink.0);
}

fn foot(ui: &mut Ui, spreading: &Spreading, theme: &Theme) -> Answer {
    let mut answer = Answer::Stay;
    overlay::foot(ui, |ui| {
        let news = spreading.news();
        let ready = spreading.job.is_none() && !news.is_empty();
        let name =
            if news.is_empty() { "Assign".to_owned() } else { format!("Assign {}", counted(news.len(), "article")) };
        if ui.add_enabled(ready, strong_button(&name, ready, theme)).clicked() {
            answer = Answer::Do(Command::Team(Team::Take { before: spreading.before.clone(), after: news }));
        }
        if ui.add(Button::new("Cancel").min_size(vec2(80.0, 30.0))).clicked() {
            answer = Answer::Close;
        }
        if spreading.choice.names.is_empty() {
            ui.weak("Tick who takes part.");
        } else if spreading.job.is_none() && spreading.outcome.is_ok() && spreading.news().is_empty() {
            ui.weak("Every article has as many people already.");
        }
    });
    answer
}
