//! The sheet that shows what would be exported: formats on the left, questions in the middle, the outcome on the right.

use std::path::PathBuf;

use ascribe_engine::dataset::{Format, Shape};
use egui::{
    Align, Button, ComboBox, FontId, Key, Layout, Rect, RichText, Role, ScrollArea, Sense, Separator, TextEdit, Ui,
    WidgetInfo, vec2,
};

use super::{Exporting, outcome, preview, questions};
use crate::{
    overlay::{part, wide},
    scroll,
    text::{Fonts, visible_sentence},
    theme::{Theme, strong},
};

/// Height of a row in the list of formats.
const ROW: f32 = 58.0;
/// Width of that list.
const LIST: f32 = 270.0;
/// Width of the questions.
const QUESTIONS: f32 = 320.0;
/// Up to which width all stands below each other.
const BESIDE: f32 = 880.0;
/// Up to which height of the window the same.
const SMALL: f32 = 560.0;
/// Height of the line of buttons below.
const FOOT: f32 = 48.0;
/// Height of the reasons and of the preview, where all stands below each other.
const REASONS: f32 = 140.0;
const PREVIEW: f32 = 220.0;

/// What a person says to it.
pub enum Verdict {
    /// Nothing yet.
    None,
    /// Leave it.
    Cancel,
    /// Ask where.
    Ask(Shape),
    /// Write it there.
    Write(PathBuf),
}

/// Shows the sheet.
pub(crate) fn ui(ui: &mut Ui, exporting: &mut Exporting, fonts: &mut Fonts, theme: &Theme) -> Verdict {
    exporting.poll();
    if exporting.path.is_some() {
        return path_ui(ui, exporting, fonts, theme);
    }
    let before = exporting.choice.clone();
    let whole = ui.ctx().content_rect().height();
    let (width, height) = (wide(ui, 1200.0), if whole < SMALL { whole - 50.0 } else { whole * 0.84 });
    ui.set_width(width);
    ui.set_height(height);
    ui.heading("Export a dataset");
    ui.add_space(4.0);
    let room = (ui.available_height() - FOOT).max(80.0);
    if width > BESIDE && whole >= SMALL {
        beside(ui, exporting, fonts, theme, room);
    } else {
        below(ui, exporting, fonts, theme, vec2(width, room));
    }
    if exporting.choice != before {
        exporting.count(ui.ctx());
    }
    foot_ui(ui, exporting, theme)
}

fn beside(ui: &mut Ui, exporting: &mut Exporting, fonts: &mut Fonts, theme: &Theme, room: f32) {
    ui.horizontal_top(|ui| {
        part(ui, vec2(LIST, room), |ui| list(ui, exporting, fonts, theme));
        part(ui, vec2(6.0, room), |ui| ui.add(Separator::default().vertical()));
        part(ui, vec2(QUESTIONS, room), |ui| {
            ScrollArea::vertical().id_salt("questions").auto_shrink(false).show(ui, |ui| {
                scroll::follow_focus(ui);
                ui.set_width(ui.available_width() - 12.0);
                questions::ui(ui, exporting, fonts, theme);
            });
        });
        part(ui, vec2(6.0, room), |ui| ui.add(Separator::default().vertical()));
        part(ui, vec2(ui.available_width(), room), |ui| {
            outcome::ui(ui, exporting, fonts, theme, room * 0.24);
            ui.add_space(4.0);
            preview::ui(ui, &mut exporting.preview, fonts, theme);
        });
    });
}

fn below(ui: &mut Ui, exporting: &mut Exporting, fonts: &mut Fonts, theme: &Theme, size: egui::Vec2) {
    part(ui, size, |ui| {
        ScrollArea::vertical().id_salt("export").auto_shrink(false).show(ui, |ui| {
            scroll::follow_focus(ui);
            ui.set_width(ui.available_width() - 12.0);
            ui.horizontal(|ui| {
                ui.label("Format");
                let choice = &mut exporting.choice;
                let chosen = choice.format().map_or("", Format::name);
                let combo = ComboBox::from_id_salt("format").selected_text(chosen).show_ui(ui, |ui| {
                    for format in Format::all().filter(|format| format.is_written()) {
                        ui.selectable_value(&mut choice.format, format.name().to_owned(), format.name());
                    }
                });
                combo.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Format"));
            });
            questions::ui(ui, exporting, fonts, theme);
            ui.separator();
            outcome::ui(ui, exporting, fonts, theme, REASONS);
            let width = ui.available_width();
            part(ui, vec2(width, PREVIEW), |ui| preview::ui(ui, &mut exporting.preview, fonts, theme));
        });
    });
}

fn list(ui: &mut Ui, exporting: &mut Exporting, fonts: &mut Fonts, theme: &Theme) {
    let formats: Vec<_> = Format::all().filter(|format| format.is_written()).collect();
    let (down, up) = ui.input_mut(|input| {
        let alt = egui::Modifiers::ALT;
        (input.count_and_consume_key(alt, Key::ArrowDown), input.count_and_consume_key(alt, Key::ArrowUp))
    });
    let here = exporting.choice.format().and_then(|format| formats.iter().position(|other| *other == format));
    let before = here.unwrap_or_default();
    let mut chosen = (before + down).saturating_sub(up).min(formats.len().saturating_sub(1));
    let mut area = ScrollArea::vertical().auto_shrink(false).id_salt("formats");
    if chosen != before || exporting.fresh {
        let top = ROW * chosen as f32;
        area = area.vertical_scroll_offset((top - ui.available_height() / 2.0).max(0.0));
    }
    let fresh = std::mem::take(&mut exporting.fresh);
    area.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        scroll::follow_focus(ui);
        for (number, format) in formats.iter().enumerate() {
            let row = row_ui(ui, *format, number == chosen, fonts, theme);
            if fresh && number == chosen {
                row.request_focus();
            }
            if row.clicked() {
                chosen = number;
            }
        }
    });
    if let Some(format) = formats.get(chosen).filter(|_| Some(chosen) != here) {
        exporting.choice.format = format.name().to_owned();
    }
}

/// A format in the list.
fn row_ui(ui: &mut Ui, format: Format, chosen: bool, fonts: &mut Fonts, theme: &Theme) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let name = format!("{}: {}", format.name(), format.about());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &name));
    let painter = ui.painter_at(rect);
    if chosen {
        painter.rect_filled(rect, 0.0, theme.page.0);
        painter.rect_filled(Rect::from_min_size(rect.min, vec2(3.0, ROW)), 0.0, theme.accent.0);
    } else if response.hovered() || response.has_focus() {
        painter.rect_filled(rect, 0.0, theme.control.0);
    }
    if response.has_focus() {
        let line = egui::Stroke::new(1.5, theme.accent.0);
        painter.rect_stroke(rect.shrink(1.0), 2.0, line, egui::StrokeKind::Inside);
    }
    let line =
        |top: f32, height: f32| Rect::from_min_size(rect.min + vec2(12.0, top), vec2(rect.width() - 20.0, height));
    let font = if chosen { strong(14.0) } else { FontId::proportional(14.0) };
    fonts.paint_lines(&painter, format.name(), line(5.0, 18.0), 1, font, theme.ink.0);
    fonts.paint_lines(&painter, format.about(), line(24.0, 30.0), 2, FontId::proportional(12.0), theme.muted.0);
    painter.hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, theme.line.0));
    response
}

fn foot_ui(ui: &mut Ui, exporting: &Exporting, theme: &Theme) -> Verdict {
    let mut verdict = Verdict::None;
    ui.separator();
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let ready = exporting.documents().is_some_and(|documents| documents > 0);
        if ui.add_enabled(ready, strong_button("Export…", ready, theme)).clicked()
            && let Some(shape) = exporting.shape()
        {
            verdict = Verdict::Ask(shape);
        }
        if ui.add(Button::new("Cancel").min_size(vec2(80.0, 30.0))).clicked() {
            verdict = Verdict::Cancel;
        }
        if exporting.documents() == Some(0) {
            ui.label(RichText::new("No document would be written.").color(theme.warning.0));
        }
    });
    verdict
}

/// The button of what is likely wanted.
pub(crate) fn strong_button(name: &str, ready: bool, theme: &Theme) -> Button<'static> {
    let text = RichText::new(name).color(if ready { theme.on_accent.0 } else { theme.muted.0 });
    Button::new(text).fill(if ready { theme.accent.0 } else { theme.control.0 }).min_size(vec2(120.0, 30.0))
}

/// Asks where, on systems that have no dialog for it.
fn path_ui(ui: &mut Ui, exporting: &mut Exporting, fonts: &mut Fonts, theme: &Theme) -> Verdict {
    ui.set_width(wide(ui, 560.0));
    let folder = exporting.shape() == Some(Shape::Folder);
    ui.heading(if folder { "Into which new folder?" } else { "Into which file?" });
    ui.weak("This system has no file dialog (a desktop portal or zenity), so please type the path.");
    let path = exporting.path.get_or_insert_default();
    let field = ui.add(TextEdit::singleline(path).hint_text("/home/…").desired_width(f32::INFINITY));
    field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Path"));
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    field.request_focus();
    if field.changed() {
        exporting.doubt = None;
    }
    if let Some(doubt) = &exporting.doubt {
        fonts.label(ui, &visible_sentence(doubt), 14.0, theme.warning.0);
    }
    let mut verdict = Verdict::None;
    ui.horizontal(|ui| {
        let typed = exporting.typed();
        let clicked = ui.add_enabled(typed.is_some(), strong_button("Export", typed.is_some(), theme)).clicked();
        if let Some(path) = typed.filter(|_| clicked || entered) {
            verdict = Verdict::Write(path);
        }
        if ui.add(Button::new("Back").min_size(vec2(80.0, 30.0))).clicked() {
            (exporting.path, exporting.doubt) = (None, None);
        }
    });
    verdict
}
