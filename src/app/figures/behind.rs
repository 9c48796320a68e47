//! The tags behind a cell of the map, each with a way to it.

use ascribe_engine::agree::Behind;
use ascribe_schema::AnnotationRef;
use egui::{Frame, Rect, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use super::{Made, map::Map};
use crate::{
    command::Command,
    text::{Fonts, isolated, visible},
    theme::{Theme, strong},
    wording::{counted, shortened},
};

/// How many are listed at most: whoever needs more goes to the article.
const MOST: usize = 200;
/// How much of the list comes into view when it is opened, in points.
const SEEN: f32 = 220.0;
/// How much of the words is shown, in characters.
const WORDS: usize = 90;

/// Shows what is behind the open cell.
pub(super) fn ui(ui: &mut Ui, made: &Made, map: &mut Map, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    let follow = std::mem::take(&mut map.follow);
    let Some((name, units)) = map.open() else { return };
    let start = ui.cursor().min;
    ui.add_space(8.0);
    let differ = units.iter().filter(|unit| !unit.agrees).count();
    let words = format!("{}: {}, {} of them differ", isolated(name), counted(units.len(), "unit"), differ);
    fonts.label(ui, &words, 14.0, theme.ink.0);
    for behind in units.iter().take(MOST) {
        row(ui, made, behind, fonts, theme, queue);
    }
    if units.len() > MOST {
        ui.weak(format!("… and {} more", units.len() - MOST));
    }
    if follow {
        let height = (ui.cursor().top() - start.y).min(SEEN);
        ui.scroll_to_rect(Rect::from_min_size(start, vec2(1.0, height)), None);
    }
}

fn row(ui: &mut Ui, made: &Made, behind: &Behind, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    let Some(comparison) = made.comparisons.get(behind.comparison) else { return };
    let members: Vec<_> = comparison.members(behind.unit).collect();
    let Some((_, first)) = members.first() else { return };
    let (sign, state, color) =
        if behind.agrees { ("=", "alike", theme.muted.0) } else { ("≠", "differ", theme.warning.0) };
    let by: Vec<_> = members
        .iter()
        .map(|(side, annotation)| {
            format!("{}: {}", comparison.sides[*side].annotator, annotation.label.replace('_', " "))
        })
        .collect();
    let quote = shortened(&first.quote(), WORDS);
    let title = made.title(&behind.document);
    let name = format!("Open {}, {state}, {}, {}", isolated(&quote), by.join(", "), isolated(title));
    Frame::new().inner_margin(egui::Margin::symmetric(0, 3)).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label(RichText::new(sign).font(strong(14.0)).color(color));
            let open = ui.button("Open");
            open.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            if open.clicked() {
                let refs = members.iter().map(|(side, annotation)| AnnotationRef {
                    annotator: comparison.sides[*side].annotator.clone(),
                    annotation: annotation.id.clone(),
                });
                let names = comparison.sides.iter().map(|side| side.annotator.clone()).collect();
                queue.push(Command::OpenCase(behind.document.clone(), names, refs.collect()));
            }
            ui.vertical(|ui| {
                fonts.line(ui, &visible(&quote), 14.0, theme.ink.0, Sense::hover());
                ui.label(
                    RichText::new(format!("{} · {}", by.join(" · "), shortened(title, 60)))
                        .size(12.5)
                        .color(theme.muted.0),
                );
            });
        });
    });
}
