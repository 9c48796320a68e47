//! What lies over the window until it is answered: the palette, the keys, the name, a path, the problems.

use std::path::PathBuf;

use ascribe_schema::{AnnotatorName, NameError, Problem, Severity};
use egui::{Button, Context, Id, Key, Modal, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo};

use crate::{
    command::{Command, Entry, Keymap, Team, shortcut_text},
    exporting::{self, Exporting},
    files::Purpose,
    importing::{self, Importing, Target, Verdict, Wanted},
    keysheet,
    labelled::{self, Labelled},
    linting::{self, Whole},
    revising::{Report, report_ui},
    scroll,
    sources::{Naming, naming_ui},
    suggesting::{Accepting, Asking, Rejecting, Verdict as ModelVerdict, accepting_ui, asking_ui, rejecting_ui},
    team::{Receiving, Spreading, receiving_ui, spreading_ui},
    text::{Fonts, visible},
    theme::Theme,
};

/// What lies over the window.
pub enum Overlay {
    /// A field to find a command.
    Palette {
        /// What has been typed.
        words: String,
        /// Which of the commands that fit is chosen.
        chosen: usize,
    },
    /// All keys.
    Shortcuts,
    /// A field for the annotator's name.
    Name(String),
    /// A field for a path, where the system has no file dialog.
    Path(Purpose, String),
    /// What is wrong with the project.
    Problems,
    /// Mentions of sources that are about to get a name.
    Naming(Box<Naming>),
    /// Articles that are about to be imported.
    Import(Box<Importing>),
    /// A dataset that is about to be exported.
    Export(Box<Exporting>),
    /// Labelled data that is about to be imported.
    Labelled(Box<Labelled>),
    /// What came of an import of labelled data.
    Taken(Box<labelled::Report>),
    /// Suggestions that are about to be accepted.
    Accepting(Box<Accepting>),
    /// A model that is about to run, runs, or has run.
    Asking(Box<Asking>),
    /// Why a suggestion is refused.
    Rejecting(Rejecting),
    /// What became of tags whose articles got a corrected text.
    Moved(Report),
    /// Articles that are about to be assigned evenly.
    Spreading(Box<Spreading>),
    /// A colleague's work that is about to be taken.
    Receiving(Box<Receiving>),
}

impl Overlay {
    /// An empty palette.
    #[must_use]
    pub fn palette() -> Self {
        Self::Palette { words: String::new(), chosen: 0 }
    }
}

/// What the overlay can look at.
pub struct Surroundings<'a> {
    /// The commands and their keys.
    pub keymap: &'a Keymap,
    /// The colours.
    pub theme: &'a Theme,
    /// What is wrong with the project.
    pub problems: &'a [Problem],
    /// What lint finds in it, and which rules are turned off.
    pub lint: Option<(&'a Whole, &'a [String])>,
    /// Whether there is a name already, so that the question can be left.
    pub named: bool,
    /// This program, to read files again in a process of its own.
    pub program: Option<PathBuf>,
}

/// What came of showing an overlay.
pub enum Answer {
    /// It stays.
    Stay,
    /// It goes.
    Close,
    /// It goes, and this is to be done.
    Do(Command),
    /// It goes, and a path was given.
    Path(Purpose, PathBuf),
    /// It stays for now, and this is to be done about the export.
    Export(exporting::Verdict),
    /// It stays, and this is to be done about a model.
    Asking(ModelVerdict),
    /// It goes, and this labelled data is to be imported.
    Labelled(Box<labelled::Order>),
    /// It goes, and these articles are to be imported.
    Import(Target, Vec<Wanted>),
}

/// Shows the overlay.
pub fn ui(ctx: &Context, overlay: &mut Overlay, around: &Surroundings<'_>, fonts: &mut Fonts) -> Answer {
    let mut answer = Answer::Stay;
    let frame = egui::Frame::popup(&ctx.global_style()).inner_margin(egui::Margin::same(18));
    let modal = Modal::new(Id::unique("overlay")).frame(frame).show(ctx, |ui| {
        ui.set_max_height(ctx.content_rect().height() * 0.8);
        answer = match overlay {
            Overlay::Import(importing) => {
                match importing::ui(ui, importing, fonts, around.theme, around.program.clone()) {
                    Verdict::None => Answer::Stay,
                    Verdict::Cancel => Answer::Close,
                    Verdict::Import(target, wanted) => Answer::Import(target, wanted),
                }
            }
            Overlay::Export(exporting) => match exporting::ui(ui, exporting, fonts, around.theme) {
                exporting::Verdict::None => Answer::Stay,
                exporting::Verdict::Cancel => Answer::Close,
                verdict => Answer::Export(verdict),
            },
            Overlay::Labelled(labelled) => match labelled::ui(ui, labelled, fonts, around.theme) {
                labelled::Verdict::None => Answer::Stay,
                labelled::Verdict::Cancel => Answer::Close,
                labelled::Verdict::Import(order) => Answer::Labelled(order),
            },
            Overlay::Taken(report) => labelled::report_ui(ui, report, fonts, around.theme),
            Overlay::Palette { words, chosen } => palette(ui, words, chosen, around),
            Overlay::Shortcuts => keysheet::ui(ui, around.keymap, around.theme),
            Overlay::Name(name) => who_am_i(ui, name, around),
            Overlay::Path(purpose, path) => path_ui(ui, *purpose, path),
            Overlay::Problems => problems(ui, around, fonts),
            Overlay::Accepting(accepting) => accepting_ui(ui, accepting, fonts, around.theme),
            Overlay::Asking(asking) => asking_ui(ui, asking, fonts, around.theme),
            Overlay::Rejecting(rejecting) => rejecting_ui(ui, rejecting, fonts, around.theme),
            Overlay::Naming(naming) => naming_ui(ui, naming, fonts, around.theme),
            Overlay::Moved(report) => report_ui(ui, report, fonts, around.theme),
            Overlay::Receiving(receiving) => receiving_ui(ui, receiving, fonts, around.theme),
            Overlay::Spreading(spreading) => spreading_ui(ui, spreading, fonts, around.theme),
        };
    });
    // A click beside a sheet must not lose what was decided in it.
    let decided = matches!(
        overlay,
        Overlay::Import(_)
            | Overlay::Export(_)
            | Overlay::Labelled(_)
            | Overlay::Accepting(_)
            | Overlay::Naming(_)
            | Overlay::Spreading(_)
            | Overlay::Receiving(_)
    );
    let beside = decided && modal.backdrop_response.clicked();
    let runs = match overlay {
        Overlay::Asking(asking) => asking.is_running(),
        Overlay::Receiving(receiving) => receiving.is_taking(),
        _ => false,
    };
    let must_answer = runs || beside || matches!(overlay, Overlay::Name(_)) && !around.named;
    match answer {
        Answer::Stay if modal.should_close() && !must_answer => Answer::Close,
        answer => answer,
    }
}

/// As wide as wished, if the window is.
pub(crate) fn wide(ui: &Ui, wished: f32) -> f32 {
    wished.min(ui.ctx().content_rect().width() - 60.0)
}

/// The buttons at the end of a sheet, from the right to the left.
pub(crate) fn foot(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    ui.separator();
    let size = egui::vec2(ui.available_width(), 30.0);
    ui.allocate_ui_with_layout(size, egui::Layout::right_to_left(egui::Align::Center), content);
}

/// A part of a sheet with a fixed size.
pub(crate) fn part<T>(ui: &mut Ui, size: egui::Vec2, content: impl FnOnce(&mut Ui) -> T) -> T {
    ui.allocate_ui_with_layout(size, egui::Layout::top_down(egui::Align::Min), |ui| {
        ui.set_min_size(size);
        ui.set_max_width(size.x);
        content(ui)
    })
    .inner
}

fn palette(ui: &mut Ui, words: &mut String, chosen: &mut usize, around: &Surroundings<'_>) -> Answer {
    ui.set_width(wide(ui, 520.0));
    let steps = ui.input_mut(|input| {
        let none = egui::Modifiers::NONE;
        let down = input.count_and_consume_key(none, Key::ArrowDown);
        (down, input.count_and_consume_key(none, Key::ArrowUp))
    });
    let field = TextEdit::singleline(words).hint_text("What do you want to do?").desired_width(f32::INFINITY);
    let field = ui.add(field);
    field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Find a command"));
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    field.request_focus();
    if field.changed() {
        *chosen = 0;
    }
    let wanted: Vec<String> = words.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let fits = |entry: &&Entry| wanted.iter().all(|word| entry.name.to_lowercase().contains(word));
    let found: Vec<_> = around.keymap.entries.iter().filter(fits).collect();
    *chosen = (*chosen + steps.0).saturating_sub(steps.1).min(found.len().saturating_sub(1));
    let mut answer = Answer::Stay;
    ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
        ui.set_width(ui.available_width());
        for (number, entry) in found.iter().enumerate() {
            let keys = entry.keys.first().map(|keys| shortcut_text(ui.ctx(), keys)).unwrap_or_default();
            let here = number == *chosen;
            let color = if here { around.theme.accent } else { around.theme.muted };
            let keys = RichText::new(keys).color(color.0);
            let button = Button::selectable(here, entry.name.as_str()).shortcut_text(keys);
            let button = ui.add(button.min_size(egui::vec2(ui.available_width(), 0.0)));
            if number == *chosen && (steps.0 + steps.1 > 0) {
                button.scroll_to_me(None);
            }
            if button.clicked() || (entered && number == *chosen) {
                answer = Answer::Do(entry.command.clone());
            }
        }
        if found.is_empty() {
            ui.weak("No command has these words.");
        }
    });
    answer
}

pub(crate) fn title(ui: &mut Ui, text: &str, answer: &mut Answer) {
    ui.horizontal(|ui| {
        ui.heading(text);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.button("Close").clicked() {
                *answer = Answer::Close;
            }
        });
    });
}

fn who_am_i(ui: &mut Ui, name: &mut String, around: &Surroundings<'_>) -> Answer {
    ui.set_width(wide(ui, 420.0));
    ui.heading("Who are you?");
    ui.label("Your tags are kept under your name, so that colleagues can tell them from theirs. It is the name of a folder: lower-case letters, digits, - and _.");
    let field = ui.add(TextEdit::singleline(name).hint_text("such as your first name").desired_width(f32::INFINITY));
    field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Your name"));
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    field.request_focus();
    let checked = own_name(name);
    if let (Err(reason), false) = (&checked, name.is_empty()) {
        ui.label(RichText::new(reason).color(around.theme.error.0));
    }
    let mut answer = Answer::Stay;
    ui.horizontal(|ui| {
        let clicked = ui.add_enabled(checked.is_ok(), Button::new("Start")).clicked();
        if let Ok(name) = checked
            && (clicked || entered)
        {
            answer = Answer::Do(Command::TakeName(name));
        }
        if around.named && ui.button("Cancel").clicked() {
            answer = Answer::Close;
        }
    });
    answer
}

/// The name that was typed, in the form that it is kept in.
fn own_name(typed: &str) -> Result<AnnotatorName, String> {
    let name = AnnotatorName::new(typed.trim().to_lowercase().replace(' ', "-"))
        .map_err(|error: NameError| error.to_string())?;
    if name.is_gold() { Err("gold is the name of the adjudicated tags; choose another".to_owned()) } else { Ok(name) }
}

fn path_ui(ui: &mut Ui, purpose: Purpose, path: &mut String) -> Answer {
    ui.set_width(wide(ui, 520.0));
    ui.heading(purpose.question());
    ui.weak("This system has no file dialog (a desktop portal or zenity), so please type the path.");
    let field = ui.add(TextEdit::singleline(path).hint_text("/home/…").desired_width(f32::INFINITY));
    field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Path"));
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    field.request_focus();
    let mut answer = Answer::Stay;
    ui.horizontal(|ui| {
        let clicked = ui.add_enabled(!path.trim().is_empty(), Button::new(purpose.verb())).clicked();
        if (clicked || entered) && !path.trim().is_empty() {
            answer = Answer::Path(purpose, PathBuf::from(path.trim()));
        }
        if ui.button("Cancel").clicked() {
            answer = Answer::Close;
        }
    });
    answer
}

fn problems(ui: &mut Ui, around: &Surroundings<'_>, fonts: &mut Fonts) -> Answer {
    ui.set_width(wide(ui, 640.0));
    let mut answer = Answer::Stay;
    title(ui, "Problems of this project", &mut answer);
    if around.problems.is_empty() {
        ui.label("None.");
    }
    ScrollArea::vertical().show(ui, |ui| {
        scroll::by_keys(ui);
        ui.set_width(ui.available_width());
        for problem in around.problems {
            let color = match problem.severity {
                Severity::Error => around.theme.error.0,
                Severity::Warning => around.theme.warning.0,
                Severity::Note => around.theme.muted.0,
            };
            ui.add_space(6.0);
            let message = format!("{}: {}", problem.severity, problem.message);
            fonts.label(ui, &visible(&message), 14.0, color);
            fonts.label(ui, &visible(&problem.place.to_string()), 14.0, around.theme.muted.0);
            if !problem.hint.is_empty() {
                fonts.label(ui, &visible(&problem.hint), 14.0, around.theme.ink.0);
            }
            if problem.rule == "conflict-markers" && ui.button("Join both copies").clicked() {
                answer = Answer::Do(Command::Team(Team::Unmark(problem.place.file.clone())));
            }
        }
        if let Some((whole, off)) = around.lint
            && let Some(command) = linting::list_ui(ui, whole, off, fonts, around.theme)
        {
            answer = Answer::Do(command);
        }
    });
    answer
}
