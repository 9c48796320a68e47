//! The sheet from which a project's own models are run: what exactly runs, how far it is, what came of it.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use ascribe_engine::{
    Project,
    model::{Order, Report},
};
use ascribe_schema::{DocumentId, SuggestionSet};
use egui::{Context, Frame, Margin, ProgressBar, RichText, ScrollArea, Ui};

use crate::{
    background::Job,
    exporting::strong_button,
    overlay::{Answer, wide},
    scroll,
    text::{Fonts, isolated, visible, visible_sentence},
    theme::{Theme, strong},
    wording::{counted, grouped},
};

/// Models of a project, one of which is about to run, runs, or has run.
pub struct Asking {
    models: Vec<Choice>,
    chosen: usize,
    /// Whether it is asked about all articles, or only about the one that is shown.
    all: bool,
    /// What this person has allowed to run, as [`consent`] names it.
    allowed: BTreeSet<String>,
    /// Whether they allow what they see now.
    ticked: bool,
    run: Option<Run>,
    report: Option<Report>,
}

/// A model and what it would be asked; why it cannot be, otherwise.
struct Choice {
    name: String,
    here: Result<Order, String>,
    all: Result<Order, String>,
}

/// A model that runs.
struct Run {
    job: Job<Told>,
    stop: Arc<AtomicBool>,
    done: usize,
    of: usize,
}

enum Told {
    Done(usize),
    Ended(Box<Report>),
}

/// What is to be done about it.
pub enum Verdict {
    /// Remember that this may run.
    Allow(String),
    /// Take in what was proposed.
    Take(Vec<SuggestionSet>),
}

impl Asking {
    /// The models of a project; `here` is the document that is shown.
    #[must_use]
    pub fn new(project: &Project, here: Option<&DocumentId>, allowed: BTreeSet<String>) -> Self {
        let order = |name: &str, documents: &[DocumentId]| {
            Order::of(project, name, documents).map_err(|error| error.to_string())
        };
        let models = project.file.models.iter().map(|model| {
            let name = model.name.to_string();
            let (here, all) = (order(&name, here.map_or(&[], std::slice::from_ref)), order(&name, &[]));
            Choice { name, here, all }
        });
        let models = models.collect();
        Self { models, chosen: 0, all: false, allowed, ticked: false, run: None, report: None }
    }

    /// Whether a model runs, so that the sheet must stay.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.run.is_some()
    }

    fn order(&self) -> Option<&Result<Order, String>> {
        let choice = self.models.get(self.chosen)?;
        Some(if self.all { &choice.all } else { &choice.here })
    }

    fn start(&mut self, ctx: &Context, order: Order) {
        let (stop, of) = (Arc::new(AtomicBool::new(false)), order.len());
        let asked = stop.clone();
        let job = Job::telling(ctx, move |dropped, tell| {
            let stop = || dropped() || asked.load(Ordering::Relaxed);
            let report = order.run(&mut |done| tell(Told::Done(done)), &stop);
            tell(Told::Ended(Box::new(report)));
        });
        (self.run, self.report) = (Some(Run { job, stop, done: 0, of }), None);
    }

    /// Takes in what the thread tells; what was proposed when it has ended.
    fn poll(&mut self) -> Option<Vec<SuggestionSet>> {
        let run = self.run.as_mut()?;
        loop {
            match run.job.poll() {
                Ok(Some(Told::Done(done))) => run.done = done,
                Ok(Some(Told::Ended(report))) => {
                    let written = report.written.clone();
                    (self.run, self.report) = (None, Some(*report));
                    return Some(written);
                }
                Ok(None) => return None,
                Err(_) => {
                    self.run = None;
                    return None;
                }
            }
        }
    }
}

/// What somebody allows: exactly these words, in this project.
fn consent(order: &Order) -> String {
    format!("{}: {}", order.folder().display(), order.what_runs())
}

/// Shows the sheet.
pub fn ui(ui: &mut Ui, asking: &mut Asking, fonts: &mut Fonts, theme: &Theme) -> Answer {
    ui.set_width(wide(ui, 600.0));
    ui.heading("Run a model");
    if let Some(written) = asking.poll() {
        return Answer::Asking(Verdict::Take(written));
    }
    if let Some(run) = &asking.run {
        running(ui, run);
        return Answer::Stay;
    }
    let room = ui.ctx().content_rect().height() * 0.8 - 60.0;
    let area = ScrollArea::vertical().max_height(room).auto_shrink([false, true]);
    let content = |ui: &mut Ui| {
        scroll::follow_focus(ui);
        ui.set_width(ui.available_width() - 12.0);
        match &asking.report {
            Some(report) => told(ui, report, fonts, theme),
            None => question(ui, asking, fonts, theme),
        }
    };
    area.show(ui, content).inner
}

/// Which model is to run, and whether it may.
fn question(ui: &mut Ui, asking: &mut Asking, fonts: &mut Fonts, theme: &Theme) -> Answer {
    choices(ui, asking, theme);
    let Some(order) = asking.order() else { return close(ui) };
    match order.clone() {
        Ok(order) => ready(ui, asking, order, fonts, theme),
        Err(reason) => {
            fonts.label(ui, &visible_sentence(&reason), 14.0, theme.error.0);
            close(ui)
        }
    }
}

fn close(ui: &mut Ui) -> Answer {
    ui.add_space(6.0);
    if ui.button("Close").clicked() { Answer::Close } else { Answer::Stay }
}

fn choices(ui: &mut Ui, asking: &mut Asking, theme: &Theme) {
    let before = (asking.chosen, asking.all);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("Model").font(strong(13.0)).color(theme.ink.0));
        for (number, choice) in asking.models.iter().enumerate() {
            ui.radio_value(&mut asking.chosen, number, isolated(&choice.name).as_ref());
        }
    });
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("About").font(strong(13.0)).color(theme.ink.0));
        ui.radio_value(&mut asking.all, false, "this article");
        let all = asking.models.get(asking.chosen).and_then(|choice| choice.all.as_ref().ok());
        let all = all.map_or("all articles".to_owned(), |order| format!("all {}", counted(order.len(), "article")));
        ui.radio_value(&mut asking.all, true, all);
    });
    if before.0 != asking.chosen {
        asking.ticked = false;
    }
}

/// What exactly would run, and whether it may.
fn ready(ui: &mut Ui, asking: &mut Asking, order: Order, fonts: &mut Fonts, theme: &Theme) -> Answer {
    ui.add_space(4.0);
    let address = matches!(order.model().run, ascribe_schema::Run::Http(_));
    ui.label(if address { "The texts are sent to this address:" } else { "This program is run:" });
    Frame::new().fill(theme.page.0).corner_radius(4).inner_margin(Margin::symmetric(10, 6)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        fonts.label(ui, &visible(&order.what_runs()), 14.0, theme.ink.0);
    });
    if !address {
        let folder = order.folder().display().to_string();
        fonts.label(
            ui,
            &format!("It is started in {}, with all that you may do.", visible(&folder)),
            13.0,
            theme.muted.0,
        );
    }
    let known = asking.allowed.contains(&consent(&order));
    if known {
        ui.weak("You have allowed it before, in this project.");
    } else {
        let text = if address { "I know what answers there" } else { "I know this program, and let it run" };
        ui.checkbox(&mut asking.ticked, text);
    }
    ui.add_space(6.0);
    let may = known || asking.ticked;
    let mut answer = Answer::Stay;
    ui.horizontal(|ui| {
        if ui.add_enabled(may, strong_button("Run", may, theme)).clicked() {
            let allow = consent(&order);
            asking.allowed.insert(allow.clone());
            asking.start(ui.ctx(), order);
            answer = Answer::Asking(Verdict::Allow(allow));
        }
        if ui.button("Cancel").clicked() {
            answer = Answer::Close;
        }
    });
    answer
}

fn running(ui: &mut Ui, run: &Run) {
    let stopping = run.stop.load(Ordering::Relaxed);
    let text =
        if stopping { "Stopping…".to_owned() } else { format!("{} of {}", run.done, counted(run.of, "article")) };
    ui.label(&text);
    ui.add(ProgressBar::new(run.done as f32 / run.of.max(1) as f32).desired_height(8.0));
    if ui.add_enabled(!stopping, egui::Button::new("Stop")).clicked() {
        run.stop.store(true, Ordering::Relaxed);
    }
    ui.ctx().request_repaint_after_secs(0.2);
}

/// What came of it.
fn told(ui: &mut Ui, report: &Report, fonts: &mut Fonts, theme: &Theme) -> Answer {
    let (proposed, articles) = (report.proposed(), report.written.len());
    ui.label(format!("{} for {}.", counted(proposed, "suggestion"), counted(articles, "article")));
    if let Some(broken) = &report.broken {
        fonts.label(ui, &visible_sentence(&format!("It broke off: {broken}")), 14.0, theme.error.0);
    }
    if !report.unanswered.is_empty() {
        let count = counted(report.unanswered.len(), "article");
        ui.label(format!("No answer for {count}; what was suggested there before is still there."));
    }
    if !report.bad.is_empty() {
        let count = report.bad.len() + report.more_bad;
        ui.label(RichText::new(format!("Not taken, for {}:", counted(count, "reason"))).color(theme.warning.0));
        for bad in &report.bad {
            let of = bad.document.as_ref().map(|id| format!(", {id}")).unwrap_or_default();
            let text = format!("Line {}{of}: {}", bad.line, bad.reason);
            fonts.label(ui, &visible_sentence(&text), 13.0, theme.ink.0);
        }
        if report.more_bad > 0 {
            ui.weak(format!("And {} more.", grouped(report.more_bad)));
        }
    }
    close(ui)
}
