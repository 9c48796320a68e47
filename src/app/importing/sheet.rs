//! The sheet that shows what would be imported: the files on the left, one of them on the right.

use std::path::PathBuf;

use ascribe_engine::{Format, Source};
use egui::{
    Align, Button, Checkbox, FontId, Key, Layout, Rect, RichText, Role, ScrollArea, Sense, Separator, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

use super::{Importing, Row, Target, Wanted, preview, progress_ui};
use crate::{
    overlay::{part, wide},
    text::{Fonts, isolated, visible, visible_sentence},
    theme::{Theme, strong},
    wording::{counted, grouped},
};

/// Height of a row in the list of files.
const ROW: f32 = 50.0;
/// Width of the list of files beside the preview.
const LIST: f32 = 270.0;
/// Up to which width one file is shown at a time, without the list.
const BESIDE: f32 = 700.0;
/// Up to which height of the window the same is done, and what is known of the article is folded up.
const SMALL: f32 = 560.0;
/// Height of the line of buttons below.
const FOOT: f32 = 48.0;

/// What a person says to it.
pub(crate) enum Verdict {
    /// Nothing yet.
    None,
    /// Leave it.
    Cancel,
    /// Import these.
    Import(Target, Vec<Wanted>),
}

/// Shows the sheet.
pub(crate) fn ui(
    ui: &mut Ui,
    importing: &mut Importing,
    fonts: &mut Fonts,
    theme: &Theme,
    program: Option<PathBuf>,
) -> Verdict {
    importing.poll(ui.input(|input| input.time));
    let whole = ui.ctx().content_rect().height();
    let (width, height) = (wide(ui, 1080.0), if whole < SMALL { whole - 50.0 } else { whole * 0.8 });
    ui.set_width(width);
    ui.set_height(height);
    heading(ui, importing, fonts, theme);
    let room = (ui.available_height() - FOOT).max(80.0);
    let roomy = width > BESIDE && whole >= SMALL;
    let again = if importing.rows.len() > 1 && roomy {
        ui.horizontal_top(|ui| {
            part(ui, vec2(LIST, room), |ui| list(ui, importing, fonts, theme));
            part(ui, vec2(6.0, room), |ui| ui.add(Separator::default().vertical()));
            part(ui, vec2(ui.available_width(), room), |ui| preview::ui(ui, importing, fonts, theme, true))
        })
        .inner
    } else {
        part(ui, vec2(width, room), |ui| {
            if importing.rows.len() > 1 {
                stepper(ui, importing, fonts, theme);
            }
            preview::ui(ui, importing, fonts, theme, roomy)
        })
    };
    if again {
        importing.read_again(ui.ctx(), importing.chosen, program);
    }
    foot_ui(ui, importing, theme)
}

fn heading(ui: &mut Ui, importing: &mut Importing, fonts: &mut Fonts, theme: &Theme) {
    let title = match &importing.target {
        Target::Project(_) => "Import articles".to_owned(),
        Target::New(path) => {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            format!("Import articles into the new project {}", isolated(&name))
        }
    };
    ui.heading(visible(&title));
    if importing.is_reading() {
        ui.ctx().request_repaint_after_secs(0.1);
        if progress_ui(ui, "Reading", &importing.progress) {
            importing.stop();
        }
    }
    if !importing.skipped.is_empty() {
        let kinds: Vec<_> = importing.skipped.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
        let words = format!("Left alone in folders, because they are of other kinds: {}.", kinds.join(", "));
        fonts.label(ui, &visible_sentence(&words), 13.0, theme.muted.0);
    }
    ui.add_space(4.0);
}

fn list(ui: &mut Ui, importing: &mut Importing, fonts: &mut Fonts, theme: &Theme) {
    let (down, up) = ui.input_mut(|input| {
        let none = egui::Modifiers::ALT;
        (input.count_and_consume_key(none, Key::ArrowDown), input.count_and_consume_key(none, Key::ArrowUp))
    });
    let mut chosen = (importing.chosen + down).saturating_sub(up).min(importing.rows.len().saturating_sub(1));
    let mut area = ScrollArea::vertical().auto_shrink(false).id_salt("files");
    if chosen != importing.chosen {
        let top = ROW * chosen as f32;
        area = area.vertical_scroll_offset((top - ui.available_height() / 2.0).max(0.0));
    }
    area.show_rows(ui, ROW, importing.rows.len(), |ui, rows| {
        ui.spacing_mut().item_spacing.y = 0.0;
        crate::scroll::follow_focus(ui);
        for number in rows {
            if row_ui(ui, &mut importing.rows[number], number == chosen, fonts, theme) {
                chosen = number;
            }
        }
    });
    importing.choose(chosen);
}

/// One file at a time, where there is no room for a list.
fn stepper(ui: &mut Ui, importing: &mut Importing, fonts: &mut Fonts, theme: &Theme) {
    let (mut chosen, count) = (importing.chosen, importing.rows.len());
    ui.horizontal(|ui| {
        if ui.add_enabled(chosen > 0, Button::new("Previous file")).clicked() {
            chosen -= 1;
        }
        if ui.add_enabled(chosen + 1 < count, Button::new("Next file")).clicked() {
            chosen += 1;
        }
        ui.label(format!("{} of {}", grouped(chosen + 1), grouped(count)));
        if let Some(row) = importing.rows.get_mut(chosen) {
            if row.articles().is_some() {
                ui.checkbox(&mut row.wanted, "Import it");
            }
            let (state, color) = state(row, theme);
            fonts.line(ui, &visible(&state), 13.0, color, Sense::hover());
        }
    });
    importing.choose(chosen);
}

/// A row; true when it was chosen.
fn row_ui(ui: &mut Ui, row: &mut Row, chosen: bool, fonts: &mut Fonts, theme: &Theme) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let name = row.source.file_name();
    let (state, color) = state(row, theme);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, format!("{}, {state}", isolated(&name))));
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
    let left = if row.articles().is_some() {
        let place = Rect::from_center_size(pos2(rect.left() + 18.0, rect.center().y), vec2(20.0, 20.0));
        // In a part of its own: the row has its place already.
        let mut corner = ui.new_child(UiBuilder::new().max_rect(place));
        let tick = corner.add(Checkbox::without_text(&mut row.wanted));
        tick.widget_info(|| {
            WidgetInfo::selected(Role::CheckBox, true, row.wanted, format!("Import {}", isolated(&name)))
        });
        34.0
    } else {
        12.0
    };
    let line = |top: f32, height: f32| {
        Rect::from_min_size(rect.min + vec2(left, top), vec2(rect.width() - left - 8.0, height))
    };
    let font = if chosen { strong(13.5) } else { FontId::proportional(13.5) };
    fonts.paint_lines(&painter, &visible(&name), line(7.0, 18.0), 1, font, theme.ink.0);
    fonts.paint_lines(&painter, &visible(&state), line(27.0, 16.0), 1, FontId::proportional(12.0), color);
    painter.hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, theme.line.0));
    response.clicked()
}

/// How it stands with a file, in words, and the colour that goes with them.
fn state(row: &Row, theme: &Theme) -> (String, egui::Color32) {
    if let Some(reason) = row.refused() {
        return (format!("not read: {reason}"), theme.error.0);
    }
    let (Some(articles), Some(read)) = (row.articles(), &row.read) else {
        return ("being read…".to_owned(), theme.muted.0);
    };
    let format = articles.first().map(|article| article.format).unwrap_or_default();
    let size = match articles.as_slice() {
        [_] => format!("{} characters", grouped(read.characters)),
        many => counted(many.len(), "article"),
    };
    let what = format!("{} · {size}", format.words());
    if read.known == articles.len() {
        ("already in the project".to_owned(), theme.muted.0)
    } else if row.is_unsure() {
        (format!("look at it · {what}"), theme.warning.0)
    } else {
        (what, theme.muted.0)
    }
}

fn foot_ui(ui: &mut Ui, importing: &mut Importing, theme: &Theme) -> Verdict {
    let mut verdict = Verdict::None;
    ui.separator();
    ui.horizontal(|ui| {
        let many = |row: &Row| matches!(Format::of_name(&row.source.file_name()), Some(format) if format.holds_many());
        let pasted = |row: &Row| matches!(row.source, Source::Bytes(..));
        if !importing.rows.iter().all(|row| many(row) || pasted(row)) {
            let keep = ui.checkbox(&mut importing.keep_originals, "Keep the original files beside the texts");
            keep.on_hover_text(
                "A copy of each file goes into the project, so that anyone can see what the text was made of.",
            );
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let articles = importing.count();
            let ready = articles > 0 && !importing.is_reading();
            let name =
                if articles == 0 { "Import".to_owned() } else { format!("Import {}", counted(articles, "article")) };
            let text = RichText::new(name).color(if ready { theme.on_accent.0 } else { theme.muted.0 });
            let button = Button::new(text).fill(if ready { theme.accent.0 } else { theme.control.0 });
            let button = ui.add_enabled(ready, button.min_size(vec2(120.0, 30.0)));
            if ready && std::mem::take(&mut importing.fresh) {
                button.request_focus();
            }
            if button.clicked() {
                verdict = Verdict::Import(importing.target.clone(), importing.wanted());
            }
            if ui.add(Button::new("Cancel").min_size(vec2(80.0, 30.0))).clicked() {
                verdict = Verdict::Cancel;
            }
        });
    });
    verdict
}
