//! One file before its import: what it says of itself, to be corrected, and the text that it would have.

use std::sync::Arc;

use ascribe_engine::{About, Article, Doubt, Format, ImportError};
use ascribe_schema::{Severity, Span, Text};
use egui::{Align, Color32, ComboBox, Layout, Painter, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo, vec2};

use super::Importing;
use crate::{
    scroll,
    text::{Decorate, Fonts, Paragraph, TextPane, TextStyle, runs_right_to_left, visible, visible_sentence},
    theme::{PARATEXT_FADE, Theme},
    wording::{counted, grouped, sentence_case},
};

/// Encodings to choose from, by their WHATWG names: those that news came in, the likeliest first.
const ENCODINGS: [&str; 28] = [
    "UTF-8",
    "windows-1252",
    "ISO-8859-15",
    "macintosh",
    "windows-1250",
    "ISO-8859-2",
    "windows-1251",
    "KOI8-R",
    "KOI8-U",
    "ISO-8859-5",
    "windows-1253",
    "ISO-8859-7",
    "windows-1254",
    "windows-1255",
    "ISO-8859-8",
    "windows-1256",
    "ISO-8859-6",
    "windows-1257",
    "windows-1258",
    "windows-874",
    "Shift_JIS",
    "EUC-JP",
    "GBK",
    "gb18030",
    "Big5",
    "EUC-KR",
    "UTF-16LE",
    "UTF-16BE",
];

/// Width of the names of fields.
const NAME: f32 = 70.0;

/// The preview of the chosen file.
#[derive(Default)]
pub(super) struct Preview {
    /// Which article of the file is shown.
    article: usize,
    /// The text, once it has been shown.
    pane: Option<TextPane>,
}

impl Preview {
    /// Lets go of what is shown, because another file is, or the same file was read again.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }
}

/// Shows the chosen file; true when it is to be read again. With little room all but the text is folded up.
pub(super) fn ui(ui: &mut Ui, importing: &mut Importing, fonts: &mut Fonts, theme: &Theme, roomy: bool) -> bool {
    let Importing { rows, chosen, preview, .. } = importing;
    let Some(row) = rows.get_mut(*chosen) else { return false };
    let (name, mut options) = (row.source.file_name(), row.options.clone());
    fonts.label(ui, &visible(&name), 14.0, theme.muted.0);
    let mut columns = Vec::new();
    let known = row.read.as_ref().map_or(0, |read| read.known);
    match row.read.as_mut().map(|read| &mut read.candidate.outcome) {
        None => {
            ui.horizontal(|ui| {
                ui.spinner();
                ui.label("Being read…");
            });
            return false;
        }
        Some(Err(reason)) => {
            if let ImportError::Column { columns: there, .. } = reason {
                columns.clone_from(there);
            }
            ui.add_space(8.0);
            fonts.label(ui, &visible_sentence(&format!("not read: {reason}")), 15.0, theme.error.0);
            ui.add_space(8.0);
            read_as(ui, &mut options, None, &columns);
        }
        Some(Ok(articles)) => {
            let count = articles.len();
            if known == count {
                ui.label("This is already in the project.");
            } else if known > 0 {
                ui.label(format!("{} of these are already in the project.", grouped(known)));
            }
            preview.article = preview.article.min(count.saturating_sub(1));
            if count > 1 {
                turn_pages(ui, preview, count);
            }
            if let Some(article) = articles.get_mut(preview.article) {
                if roomy {
                    about_ui(ui, &mut article.about, fonts, theme);
                } else {
                    ui.collapsing("Title, byline and the rest", |ui| {
                        let high = ui.available_height();
                        ScrollArea::vertical().max_height(high).show(ui, |ui| {
                            about_ui(ui, &mut article.about, fonts, theme);
                        });
                    });
                }
                read_as(ui, &mut options, Some(article), &columns);
                doubts(ui, &article.doubts, fonts, theme);
                text_ui(ui, preview, article, fonts, theme);
            }
        }
    }
    std::mem::replace(&mut row.options, options.clone()) != options
}

/// Goes from one article of a list to the next.
fn turn_pages(ui: &mut Ui, preview: &mut Preview, count: usize) {
    let before = preview.article;
    ui.horizontal(|ui| {
        if ui.add_enabled(preview.article > 0, egui::Button::new("Previous article")).clicked() {
            preview.article -= 1;
        }
        ui.label(format!("Article {} of {}", grouped(preview.article + 1), grouped(count)));
        if ui.add_enabled(preview.article + 1 < count, egui::Button::new("Next article")).clicked() {
            preview.article += 1;
        }
    });
    if preview.article != before {
        preview.pane = None;
    }
}

/// What the article says of itself, to be corrected.
fn about_ui(ui: &mut Ui, about: &mut About, fonts: &mut Fonts, theme: &Theme) {
    let About { title, url, publisher, byline, dateline, published, language } = about;
    fields(ui, [("Title", &mut *title)]);
    if runs_right_to_left(title) {
        // The field sets such words in the wrong order.
        fonts.label(ui, &visible(title), 14.0, theme.ink.0);
    }
    let rows = [
        [("Byline", byline), ("Publisher", publisher)],
        [("Published", published), ("Language", language)],
        [("Dateline", dateline), ("Address", url)],
    ];
    for row in rows {
        if ui.available_width() > 560.0 {
            fields(ui, row);
        } else {
            row.into_iter().for_each(|field| fields(ui, [field]));
        }
    }
}

/// Fields beside each other, each behind its name.
fn fields<const N: usize>(ui: &mut Ui, fields: [(&str, &mut String); N]) {
    let gap = ui.spacing().item_spacing.x;
    let width = (ui.available_width() + gap) / N as f32 - NAME - 2.0 * gap;
    ui.horizontal(|ui| {
        for (name, value) in fields {
            ui.allocate_ui_with_layout(vec2(NAME, 22.0), Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_width(NAME);
                ui.label(name);
            });
            let field = ui.add(TextEdit::singleline(value).desired_width(width));
            field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
        }
    });
}

/// What the file was read as, and a way to have it read otherwise.
fn read_as(ui: &mut Ui, options: &mut ascribe_engine::Options, article: Option<&Article>, columns: &[String]) {
    ui.horizontal_wrapped(|ui| {
        ui.label("Read as");
        let found = article.map_or_else(|| "as its name says".to_owned(), |article| article.format.words().to_owned());
        let chosen = options.format.map_or(found, |format| format.words().to_owned());
        let combo = ComboBox::from_id_salt("format").selected_text(chosen).show_ui(ui, |ui| {
            ui.selectable_value(&mut options.format, None, "as its name and content say");
            for format in Format::all() {
                let name = format!("{} (.{})", format.words(), format.extensions()[0]);
                ui.selectable_value(&mut options.format, Some(format), name);
            }
        });
        combo.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Read as"));
        let has_encoding = article.is_none_or(|article| !article.encoding.is_empty());
        if has_encoding {
            ui.label("in");
            let found = article.map_or("the encoding that it seems to have", |article| &article.encoding);
            let chosen = options.encoding.clone().unwrap_or_else(|| found.to_owned());
            let combo = ComboBox::from_id_salt("encoding").selected_text(chosen).show_ui(ui, |ui| {
                ui.selectable_value(&mut options.encoding, None, "the encoding that it seems to have");
                for name in ENCODINGS {
                    ui.selectable_value(&mut options.encoding, Some(name.to_owned()), name);
                }
            });
            combo.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Encoding"));
        }
        if !columns.is_empty() {
            ui.label("Text is in the column");
            let chosen = options.text_column.clone().unwrap_or_else(|| "choose one".to_owned());
            let combo = ComboBox::from_id_salt("column").selected_text(visible(&chosen)).show_ui(ui, |ui| {
                for column in columns {
                    ui.selectable_value(&mut options.text_column, Some(column.clone()), visible(column));
                }
            });
            combo.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Column of the text"));
        }
    });
}

fn doubts(ui: &mut Ui, doubts: &[Doubt], fonts: &mut Fonts, theme: &Theme) {
    for doubt in doubts {
        let serious = doubt.kind.severity() >= Severity::Warning;
        let (sign, color) = if serious { ("Look at it: ", theme.warning.0) } else { ("", theme.muted.0) };
        let hint = if doubt.hint.is_empty() { String::new() } else { format!(" {}", sentence_case(&doubt.hint)) };
        let words = format!("{sign}{}{hint}", sentence_case(&doubt.message));
        fonts.label(ui, &visible_sentence(&words), 13.5, color);
    }
}

fn text_ui(ui: &mut Ui, preview: &mut Preview, article: &Article, fonts: &mut Fonts, theme: &Theme) {
    let pane = preview.pane.get_or_insert_with(|| TextPane::new(Arc::new(Text::new(article.text.as_str()))));
    let mut words = format!("{} characters", grouped(pane.text().len().get()));
    if !article.paratext.is_empty() {
        let places = counted(article.paratext.len(), "place");
        words += &format!("; {places} faded: probably not the article (they stay in the text)");
    }
    ui.label(RichText::new(words).color(theme.muted.0).size(13.0));
    let mut style = TextStyle::new(theme.ink.0, theme.selection.0, theme.accent.0);
    (style.size, style.line_height, style.margin) = (15.0, 1.5, 14.0);
    style.sign = theme.warning.0;
    let mut fade = Fade { spans: &article.paratext, color: theme.page.0.gamma_multiply(PARATEXT_FADE) };
    egui::Frame::new().fill(theme.page.0).stroke(egui::Stroke::new(1.0, theme.line.0)).show(ui, |ui| {
        // A pane fills what it may paint on.
        ui.shrink_clip_rect(ui.max_rect());
        if pane.show(ui, fonts, &style, "Text of the article", &mut fade).response.has_focus() {
            scroll::walk(ui, pane, fonts);
        }
    });
}

/// Lets what is not the article step back.
struct Fade<'a> {
    spans: &'a [Span],
    color: Color32,
}

impl Decorate for Fade<'_> {
    fn under(&mut self, _painter: &Painter, _paragraph: &Paragraph<'_>) {}

    fn over(&mut self, painter: &Painter, paragraph: &Paragraph<'_>) {
        for span in self.spans.iter().filter_map(|span| span.intersection(paragraph.span())) {
            for line in paragraph.rects(span) {
                painter.rect_filled(line.rect, 2.0, self.color);
            }
        }
    }
}
