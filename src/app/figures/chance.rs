//! γ, which takes long: worked out when somebody asks.

use ascribe_engine::{
    agree::{Slice, gamma_of},
    agreement::{Figure, Gamma, GammaOptions, Undefined, measures},
};
use egui::{DragValue, Grid, Role, ScrollArea, Ui, WidgetInfo};

use super::{
    Made,
    tables::{definition, name, number},
};
use crate::{background::Job, theme::Theme, wording::grouped};

/// γ, and how it is to be worked out.
pub(super) struct Chance {
    samples: usize,
    seed: u64,
    job: Option<Job<Result<Gamma, String>>>,
    known: Option<Result<Gamma, String>>,
}

impl Default for Chance {
    fn default() -> Self {
        Self { samples: GammaOptions::default().samples, seed: 0, job: None, known: None }
    }
}

impl Chance {
    /// Takes in what a thread has worked out.
    pub fn poll(&mut self) {
        if let Some(outcome) = self.job.as_ref().and_then(|job| job.poll().transpose()) {
            self.job = None;
            self.known = Some(outcome.unwrap_or_else(|_| Err("γ could not be worked out.".to_owned())));
        }
    }

    /// Forgets what is not of what is there now.
    pub fn forget(&mut self) {
        (self.job, self.known) = (None, None);
    }
}

/// Shows γ, or how to get it.
pub(super) fn ui(ui: &mut Ui, made: &Made, chance: &mut Chance, explained: &mut Option<&'static str>, theme: &Theme) {
    ui.add_space(4.0);
    let known = match &chance.known {
        Some(Ok(gamma)) => {
            figures(ui, gamma, explained, theme);
            true
        }
        _ => false,
    };
    ui.horizontal_wrapped(|ui| {
        if !known {
            name(ui, &measures::GAMMA, explained, theme);
        }
        if chance.job.is_some() {
            ui.spinner();
            ui.weak("aligning chance samples…");
            if ui.button("Stop").clicked() {
                chance.job = None;
            }
            return;
        }
        ask(ui, made, chance);
    });
    if let Some(Err(reason)) = &chance.known {
        ui.label(reason);
    }
    let both = [&measures::GAMMA, &measures::GAMMA_CAT];
    both.into_iter().filter(|one| Some(one.key) == *explained).for_each(|one| definition(ui, one, theme));
}

fn ask(ui: &mut Ui, made: &Made, chance: &mut Chance) {
    let words = if chance.known.is_some() { "Work out again" } else { "Work out γ" };
    let wanted =
        ui.button(words).on_hover_text("Takes from moments to minutes; everything else stays usable").clicked();
    ui.weak("with");
    let samples = ui.add(DragValue::new(&mut chance.samples).range(2..=1000).speed(1));
    samples.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, "Samples"));
    ui.weak("samples, seed");
    let seed = ui.add(DragValue::new(&mut chance.seed).speed(1));
    seed.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, "Seed"));
    if wanted {
        let options =
            GammaOptions { samples: chance.samples, precision: None, seed: chance.seed, ..GammaOptions::default() };
        let (annotators, comparisons) = (made.agreement.annotators.clone(), made.comparisons.clone());
        let scheme = made.scheme.clone();
        chance.job = Some(Job::start(ui.ctx(), move |_| {
            let gamma = gamma_of(&annotators, &comparisons, &scheme, &Slice::default(), &options);
            gamma.map(|(gamma, _)| gamma).map_err(|error| error.to_string())
        }));
    }
}

fn figures(ui: &mut Ui, gamma: &Gamma, explained: &mut Option<&'static str>, theme: &Theme) {
    let interval = gamma.interval.map(|(from, to)| format!("95 %: {} to {}", number(from), number(to)));
    let from = format!("{} samples, seed {}", grouped(gamma.samples), gamma.seed);
    let proven = gamma.proven.is_some_and(|(low, high)| (high - low).abs() > 5e-4);
    ScrollArea::horizontal().id_salt("gamma").show(ui, |ui| {
        Grid::new("gamma").striped(true).spacing([18.0, 5.0]).show(ui, |ui| {
            for (measure, figure) in [(&measures::GAMMA, gamma.gamma), (&measures::GAMMA_CAT, gamma.gamma_cat)] {
                name(ui, measure, explained, theme);
                ui.label(told(&figure));
                let words = if measure.key == measures::GAMMA.key { interval.clone() } else { None };
                ui.weak(words.unwrap_or_default());
                ui.weak(&from);
                ui.end_row();
            }
        });
    });
    if let (true, Some((low, high))) = (proven, gamma.proven) {
        ui.weak(format!(
            "Crowded places were not searched to the end: γ lies between {} and {}.",
            number(low),
            number(high)
        ));
    }
}

fn told(figure: &Figure) -> String {
    let n = format!("n {} {}", grouped(figure.n), figure.of);
    match figure.value {
        Ok(value) => format!("{}  ({n})", number(value)),
        Err(reason) => reason_of(reason, &n),
    }
}

fn reason_of(reason: Undefined, n: &str) -> String {
    format!("—  {reason} ({n})")
}
