//! What lint finds in the whole project, in the list of problems.

use ascribe_engine::lint::{Finding, rule};
use egui::{Role, Sense, Ui, WidgetInfo};

use super::{Whole, sign};
use crate::{
    command::{Command, Linting},
    text::{Fonts, isolated, visible},
    theme::Theme,
    wording::{counted, grouped, shortened},
};

/// How many findings are listed at most: whoever has more settles these first.
const MOST: usize = 300;

/// Shows what was found, and which rules are turned off; says what is to be done.
pub(crate) fn ui(ui: &mut Ui, whole: &Whole, off: &[String], fonts: &mut Fonts, theme: &Theme) -> Option<Command> {
    let mut chosen = None;
    ui.add_space(8.0);
    match &whole.found {
        None => {
            ui.weak("Looking through the tags of the whole project…");
        }
        Some(Err(reason)) => {
            fonts.label(ui, &visible(reason), 14.0, theme.error.0);
        }
        Some(Ok(found)) if found.is_empty() => {
            ui.label("To check in the tags: nothing.");
        }
        Some(Ok(found)) => {
            ui.label(format!("To check in the tags: {}", counted(found.len(), "finding")));
            for (finding, title) in found.iter().take(MOST) {
                row(ui, finding, title, fonts, theme, &mut chosen);
            }
            if found.len() > MOST {
                ui.weak(format!("And {} more; `ascribe check` lists all.", grouped(found.len() - MOST)));
            }
        }
    }
    for rule in off.iter().filter_map(|name| rule(name)) {
        ui.horizontal(|ui| {
            ui.weak(format!("Turned off in this project: {}", rule.name)).on_hover_text(rule.about);
            let button = ui.small_button("Turn on");
            let name = format!("Turn on {}", rule.name);
            button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            if button.clicked() {
                chosen = Some(Command::Linting(Linting::Turn(rule.name, true)));
            }
        });
    }
    chosen
}

fn row(ui: &mut Ui, finding: &Finding, title: &str, fonts: &mut Fonts, theme: &Theme, chosen: &mut Option<Command>) {
    let (sign, color) = sign(finding.severity, theme);
    ui.add_space(6.0);
    let message = format!("{sign} {}", finding.message);
    let link = fonts.line(ui, &visible(&message), 14.0, color, Sense::click());
    link.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("Go to {}", isolated(&finding.message))));
    if link.on_hover_text("Go there").clicked() {
        let first = finding.annotations.first().cloned();
        let there = Linting::Show(finding.document.clone(), finding.annotator.clone(), first);
        *chosen = Some(Command::Linting(there));
    }
    let place = format!("{} · {} · {}", finding.rule, finding.annotator, shortened(title, 60));
    fonts.label(ui, &visible(&place), 13.0, theme.muted.0);
    fonts.label(ui, &visible(&finding.hint), 13.0, theme.ink.0);
}
