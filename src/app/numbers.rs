//! A small table of numbers, read out row by row.

use egui::{Align2, FontId, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::{
    theme::{Theme, strong},
    wording::grouped,
};

/// Height of a row.
const ROW: f32 = 21.0;
/// Width of the words before the numbers.
const WORD: f32 = 100.0;
/// Widest distance between columns.
const COLUMN: f32 = 96.0;

/// Shows `rows`, each a word with three numbers, under the names of the columns.
pub(crate) fn table(ui: &mut Ui, theme: &Theme, heads: [&str; 3], rows: &[(&str, [usize; 3])]) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let column = ((ui.available_width() - WORD) / 3.0).min(COLUMN);
        let size = vec2(WORD + 3.0 * column, ROW);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let right = |number: usize| WORD + (number + 1) as f32 * column;
        for (number, head) in heads.iter().enumerate() {
            let at = pos2(rect.left() + right(number), rect.center().y);
            ui.painter().text(at, Align2::RIGHT_CENTER, head, FontId::proportional(12.5), theme.muted.0);
        }
        for (word, numbers) in rows {
            let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
            let said = numbers.iter().zip(heads).map(|(number, head)| format!("{} {}", grouped(*number), lower(head)));
            let said = format!("{word}: {}", said.collect::<Vec<_>>().join(", "));
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
            let painter = ui.painter();
            painter.hline(rect.x_range(), rect.top(), egui::Stroke::new(1.0, theme.line.0));
            let font = FontId::proportional(14.0);
            painter.text(rect.left_center(), Align2::LEFT_CENTER, word, font, theme.ink.0);
            for (number, count) in numbers.iter().enumerate() {
                let at = pos2(rect.left() + right(number), rect.center().y);
                let (font, color) = match (*count, number) {
                    (0, _) => (FontId::proportional(14.0), theme.muted.0),
                    (_, 0) => (FontId::proportional(14.0), theme.ink.0),
                    _ => (strong(14.0), theme.warning.0),
                };
                painter.text(at, Align2::RIGHT_CENTER, grouped(*count), font, color);
            }
        }
    });
}

fn lower(head: &str) -> String {
    head.to_lowercase()
}
