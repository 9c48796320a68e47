//! What became of the tags of articles that got a corrected text, old and new side by side.

use ascribe_engine::{Fate, MoveReport, Moved, Passage};
use egui::{RichText, ScrollArea, Ui};

use crate::{
    command::{Command, Revising},
    overlay::{Answer, title, wide},
    scroll,
    text::{Fonts, isolated, visible},
    theme::{Theme, strong},
    wording::{capitalised, counted, shortened},
};

/// How many tags are listed; whoever has more that moved does not read them all.
const MOST: usize = 300;

/// What became of the tags of some articles.
pub struct Report {
    /// Each article's title, with what became of its tags.
    pub articles: Vec<(String, MoveReport)>,
}

/// Shows the report.
pub fn ui(ui: &mut Ui, report: &Report, fonts: &mut Fonts, theme: &Theme) -> Answer {
    ui.set_width(wide(ui, 860.0));
    let mut answer = Answer::Stay;
    title(ui, "Your tags in the corrected text", &mut answer);
    let waiting: usize = report.articles.iter().map(|(_, article)| article.waiting().count()).sum();
    ui.horizontal_wrapped(|ui| {
        if waiting > 0 {
            let button = ui.button("Place what waits");
            if button.on_hover_text("Go to each tag that has no place in the corrected text").clicked() {
                answer = Answer::Do(Command::Revising(Revising::NextWaiting));
            }
            ui.weak("Until then these tags keep their place in the earlier text. Nothing is deleted.");
        } else {
            ui.weak("No tag was lost. Undo takes the whole move back.");
        }
    });
    ScrollArea::vertical().show(ui, |ui| {
        scroll::by_keys(ui);
        // The bar that scrolls lies over the right edge.
        ui.set_width(ui.available_width() - 14.0);
        for (name, article) in &report.articles {
            ui.add_space(8.0);
            fonts.label(ui, &visible(name), 16.0, theme.ink.0);
            ui.label(counts(article));
            // What a person must look at comes first.
            let mut told: Vec<_> = article.annotations.iter().filter(|moved| is_told(moved)).collect();
            told.sort_by_key(|moved| std::cmp::Reverse(moved.outcome));
            for moved in told.iter().take(MOST) {
                moved_ui(ui, moved, fonts, theme);
            }
            if told.len() > MOST {
                ui.weak(format!("And {} more.", counted(told.len() - MOST, "tag")));
            }
        }
    });
    answer
}

/// Whether there is more to see than that it stands elsewhere now.
fn is_told(moved: &Moved) -> bool {
    moved.outcome >= Fate::Edited || moved.new.as_ref().is_some_and(|new| new.text != moved.old.text)
}

/// How many tags have become what, in words.
pub(crate) fn counts(report: &MoveReport) -> String {
    let words = |fate: Fate| match fate {
        Fate::Kept => "where they were",
        Fate::Moved => "moved with their words",
        Fate::Edited => "on words that were changed",
        Fate::Ambiguous => "that may be at several places",
        Fate::Lost => "whose words are gone",
    };
    let counts = report.counts().into_iter().filter(|(_, count)| *count > 0);
    let counts: Vec<_> = counts.map(|(fate, count)| format!("{} {}", counted(count, "tag"), words(fate))).collect();
    if counts.is_empty() { "There were no tags.".to_owned() } else { format!("{}.", counts.join(", ")) }
}

fn moved_ui(ui: &mut Ui, moved: &Moved, fonts: &mut Fonts, theme: &Theme) {
    let color = match moved.outcome {
        Fate::Lost => theme.error,
        Fate::Ambiguous => theme.warning,
        _ => theme.muted,
    };
    ui.add_space(8.0);
    let what = match moved.outcome {
        Fate::Kept | Fate::Moved => "marks changed",
        Fate::Edited => "words changed",
        Fate::Ambiguous => "waits: may be at several places",
        Fate::Lost => "waits: its words are gone",
    };
    let heading = format!("{} · {what}", capitalised(&moved.label));
    ui.label(RichText::new(heading).font(strong(13.0)).color(color.0));
    let new: Vec<_> = moved.new.iter().chain(moved.candidates.iter().take(3)).collect();
    ui.columns(2, |columns| {
        // A column would stretch the words to its width.
        let top_down = egui::Layout::top_down(egui::Align::Min);
        columns[0].with_layout(top_down, |ui| passage_ui(ui, "Before", &moved.old, fonts, theme));
        if new.is_empty() {
            columns[1].weak("Now: nothing like it.");
        }
        let name = if moved.new.is_some() { "Now" } else { "It may be here" };
        for passage in &new {
            columns[1].with_layout(top_down, |ui| passage_ui(ui, name, passage, fonts, theme));
        }
    });
}

/// A passage with what stands around it, its words in brackets.
pub(super) fn passage_ui(ui: &mut Ui, name: &str, passage: &Passage, fonts: &mut Fonts, theme: &Theme) {
    ui.label(RichText::new(name).small().color(theme.muted.0));
    fonts.label(ui, &in_context(passage), 14.0, theme.ink.0);
}

/// A passage in one line.
pub(super) fn in_context(passage: &Passage) -> String {
    let words: Vec<_> = passage.text.iter().map(|words| format!("[{}]", isolated(&shortened(words, 240)))).collect();
    let (before, after) = (flat(&passage.before), flat(&passage.after));
    format!("…{before}{}{after}…", words.join(" … "))
}

fn flat(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').filter(|line| !line.is_empty()).collect();
    let (starts, ends) = (text.starts_with('\n'), text.ends_with('\n'));
    let flat = format!("{}{}{}", if starts { " " } else { "" }, lines.join(" "), if ends { " " } else { "" });
    visible(&flat).into_owned()
}
