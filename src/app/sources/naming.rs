//! The sheet that gives several mentions one name, or some of them another.

use std::collections::BTreeSet;

use ascribe_engine::ledger::{Mention, Row};
use ascribe_schema::{AnnotatorName, DocumentId};
use egui::{Checkbox, Role, ScrollArea, TextEdit, Ui, WidgetInfo};

use super::command;
use crate::{
    command::Sources,
    exporting::strong_button,
    overlay::{Answer, wide},
    text::{Fonts, isolated, visible},
    theme::Theme,
    wording::{counted, shortened},
};

/// Height of a mention, so that only the visible ones are laid out.
const ROW: f32 = 24.0;

/// What is about to be named.
pub struct Naming {
    /// Whether these are to be one source; else some of them are somebody else.
    merge: bool,
    mentions: Vec<(Mention, String)>,
    /// The numbers of those that get the name.
    chosen: BTreeSet<usize>,
    name: String,
    me: AnnotatorName,
    fresh: bool,
}

impl Naming {
    /// All mentions of the rows are to get one name.
    #[must_use]
    pub fn merge(rows: &[&Row], me: &AnnotatorName, title: impl Fn(&DocumentId) -> String) -> Self {
        let mut naming = Self::of(rows, me, title);
        naming.merge = true;
        naming.chosen = (0..naming.mentions.len()).filter(|&number| naming.is_mine(number)).collect();
        let known = rows.iter().filter(|row| row.grouped_by != ascribe_engine::ledger::Grouping::Unresolved);
        let most = known.max_by_key(|row| (row.quotes, row.mentions.len()));
        naming.name = most.map(|row| row.name.clone()).unwrap_or_default();
        naming
    }

    /// Some of the mentions of a row are to get another name.
    #[must_use]
    pub fn split(row: &Row, me: &AnnotatorName, title: impl Fn(&DocumentId) -> String) -> Self {
        Self::of(&[row], me, title)
    }

    fn of(rows: &[&Row], me: &AnnotatorName, title: impl Fn(&DocumentId) -> String) -> Self {
        let mentions = rows.iter().flat_map(|row| &row.mentions);
        let mentions = mentions.map(|mention| (mention.clone(), title(&mention.document))).collect();
        Self { merge: false, mentions, chosen: BTreeSet::new(), name: String::new(), me: me.clone(), fresh: true }
    }

    fn is_mine(&self, number: usize) -> bool {
        self.mentions[number].0.annotator == self.me
    }
}

/// Shows the sheet.
pub(crate) fn ui(ui: &mut Ui, naming: &mut Naming, fonts: &mut Fonts, theme: &Theme) -> Answer {
    ui.set_width(wide(ui, 560.0));
    let (title, about) = match naming.merge {
        true => ("Merge sources", "All ticked mentions get this name as their entity, in every article."),
        false => ("Split a source", "Tick the mentions that are somebody else, and give their name; empty for none."),
    };
    ui.heading(title);
    ui.label(about);
    let field = TextEdit::singleline(&mut naming.name).hint_text("Who it is, by one name").desired_width(f32::INFINITY);
    let field = ui.add(field);
    field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Name of the source"));
    if std::mem::take(&mut naming.fresh) {
        field.request_focus();
    }
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    ui.add_space(6.0);
    mentions(ui, naming, fonts, theme);
    let others = (0..naming.mentions.len()).filter(|&number| !naming.is_mine(number)).count();
    if others > 0 {
        let are = if others == 1 { "mention is" } else { "mentions are" };
        ui.weak(format!("{others} {are} other people’s and will stay: only they change their tags."));
    }
    ui.add_space(8.0);
    answer(ui, naming, entered, theme)
}

fn answer(ui: &mut Ui, naming: &Naming, entered: bool, theme: &Theme) -> Answer {
    let mut answer = Answer::Stay;
    let ready = !naming.chosen.is_empty() && (!naming.merge || !naming.name.trim().is_empty());
    ui.horizontal(|ui| {
        let verb = if naming.merge { "Merge" } else { "Split" };
        let words = format!("{verb} {}", counted(naming.chosen.len(), "mention"));
        let pressed = ui.add_enabled(ready, strong_button(&words, ready, theme)).clicked();
        if ready && (pressed || entered) {
            let mentions = naming.chosen.iter().map(|&number| naming.mentions[number].0.clone()).collect();
            answer = Answer::Do(command(Sources::Name(mentions, naming.name.trim().to_owned())));
        }
        if ui.button("Cancel").clicked() {
            answer = Answer::Close;
        }
    });
    answer
}

fn mentions(ui: &mut Ui, naming: &mut Naming, fonts: &mut Fonts, theme: &Theme) {
    let count = naming.mentions.len();
    ScrollArea::vertical().max_height(ROW * 10.0).auto_shrink([false, true]).show_rows(ui, ROW, count, |ui, rows| {
        for number in rows {
            let mine = naming.is_mine(number);
            let (mention, title) = &naming.mentions[number];
            let mut ticked = naming.chosen.contains(&number);
            let by = if mine { String::new() } else { format!(", {}’s", mention.annotator) };
            let name = format!("{}, in {}{by}", isolated(&mention.words), isolated(title));
            ui.horizontal(|ui| {
                let tick = ui.add_enabled(mine, Checkbox::without_text(&mut ticked));
                tick.widget_info(|| WidgetInfo::selected(Role::CheckBox, mine, ticked, &name));
                let color = if mine { theme.ink.0 } else { theme.muted.0 };
                let entity = mention.entity.as_ref().map(|entity| format!(" = {entity}")).unwrap_or_default();
                let words = format!("{}{entity} · {}{by}", mention.words, shortened(title, 50));
                fonts.line(ui, &visible(&words), 14.0, color, egui::Sense::hover());
            });
            if ticked {
                naming.chosen.insert(number);
            } else {
                naming.chosen.remove(&number);
            }
        }
    });
}
