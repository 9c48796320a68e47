//! Who annotates what, and how far they are: what the table shows, and what stands above it.

use std::collections::{BTreeMap, BTreeSet};

use ascribe_engine::{
    Session,
    adjudicate::CaseCounts,
    assign::{DocumentProgress, ProgressTable, Stage, progress},
};
use ascribe_schema::{AnnotatorName, DocumentId};
use egui::{Button, Color32, Context, Frame, Key, Margin, Rect, RichText, Role, Sense, TextEdit, Ui, WidgetInfo, vec2};

use super::{command, derived::Derived, grid};
use crate::{
    command::{Command, Team},
    text::{Fonts, visible},
    theme::Theme,
    wording::{counted, grouped},
    workspace::Workspace,
};

/// What is known of the table from frame to frame.
#[derive(Default)]
pub struct Board {
    /// The cell that the keys act on, as row and column.
    pub here: Option<(usize, usize)>,
    /// Whether that cell should be brought into view.
    pub(super) follow: bool,
    /// Whether the table should get the keyboard.
    pub wants_keys: bool,
    /// The people whom somebody gave a column, and who have nothing in the project yet.
    pub added: BTreeSet<AnnotatorName>,
    /// A name that is being typed.
    typed: String,
    /// How far everybody is.
    progress: Derived<(), ProgressTable>,
}

impl Board {
    /// Keeps what is known of everybody up to date; `turn` counts how often others' files were read anew.
    pub fn prepare(&mut self, ctx: &Context, session: &Session, turn: u64) {
        self.progress.prepare(ctx, session, (turn, ()), |project| Ok(progress(project)));
    }

    /// Lets the keys act on another cell.
    pub fn go_to(&mut self, row: usize, column: usize) {
        (self.here, self.follow) = (Some((row, column)), true);
    }
}

/// One annotator's work on one document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// How far it is.
    pub stage: Stage,
    /// How many annotations there are.
    pub tags: usize,
    /// Whether the annotator was asked for it.
    pub assigned: bool,
}

impl Cell {
    /// Whether there is anything to say about it.
    pub fn counts(self) -> bool {
        self.assigned || self.stage != Stage::NotStarted
    }
}

/// How far somebody is in all that they were asked for, or have begun.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Total {
    pub all: usize,
    /// What is finished, adjudicated or not.
    pub finished: usize,
    pub begun: usize,
}

impl Total {
    fn count(&mut self, cell: Cell) {
        self.all += usize::from(cell.counts());
        self.finished += usize::from(cell.stage >= Stage::Finished);
        self.begun += usize::from(cell.stage == Stage::InProgress);
    }

    /// In words, such as `3 of 8 finished`.
    pub fn words(self) -> String {
        if self.all == 0 { "nothing yet".to_owned() } else { format!("{} of {} finished", self.finished, self.all) }
    }
}

/// The table with all that it shows.
pub(super) struct Table<'a> {
    pub session: &'a Session,
    pub people: Vec<AnnotatorName>,
    pub documents: Vec<&'a DocumentId>,
    pub totals: BTreeMap<AnnotatorName, Total>,
    /// What is known of each document.
    known: BTreeMap<&'a DocumentId, &'a DocumentProgress>,
}

impl<'a> Table<'a> {
    /// Everybody who was asked, has begun, or was added: the annotator first.
    pub fn of(session: &'a Session, board: &'a Board) -> Self {
        let project = session.project();
        let me = session.annotator();
        let progress = board.progress.made().and_then(|made| made.as_ref().ok());
        let known: BTreeMap<_, _> =
            progress.into_iter().flat_map(|table| &table.documents).map(|row| (&row.id, row)).collect();
        let mut people: BTreeSet<_> = project.file.annotators.iter().chain(&board.added).cloned().collect();
        people.extend(project.file.assignments.values().flatten().cloned());
        people.extend(project.documents.values().flat_map(|document| document.sets.keys().cloned()));
        people.retain(|name| name != me && !name.is_gold());
        let people: Vec<_> = [me.clone()].into_iter().chain(people).collect();
        let (documents, totals) = (project.documents.keys().collect(), BTreeMap::new());
        let mut table = Self { session, people, documents, totals, known };
        for name in &table.people {
            let mut total = Total::default();
            table.documents.iter().for_each(|id| total.count(table.cell(id, name)));
            table.totals.insert(name.clone(), total);
        }
        table
    }

    /// Who is asked is known at once, how far they are as soon as a thread has looked.
    pub fn cell(&self, id: &DocumentId, name: &AnnotatorName) -> Cell {
        let assigned = self.session.project().file.assignments.get(id).is_some_and(|names| names.contains(name));
        let known = self.known.get(id).and_then(|row| row.annotators.get(name)).copied().unwrap_or_default();
        Cell { stage: known.stage, tags: known.annotations, assigned }
    }

    /// What is decided between annotators of a document; nothing where nothing is.
    pub fn cases(&self, id: &DocumentId) -> Option<CaseCounts> {
        self.known.get(id)?.cases
    }

    /// What a person calls somebody in the table.
    pub fn called(&self, name: &AnnotatorName) -> String {
        if name == self.session.annotator() { format!("{name} (you)") } else { name.to_string() }
    }
}

/// Shows the table with what stands above it.
pub(super) fn ui(ui: &mut Ui, workspace: &mut Workspace, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    let Workspace { session, team, .. } = workspace;
    let mut typed = std::mem::take(&mut team.board.typed);
    let table = Table::of(session, &team.board);
    Frame::new().inner_margin(Margin { left: 16, right: 16, top: 0, bottom: 6 }).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            summary(ui, &table, &team.board, theme);
            buttons(ui, &table, &mut typed, theme, queue);
        });
        legend(ui, theme);
    });
    let (follow, wants_keys) = (team.board.follow, team.board.wants_keys);
    grid::ui(ui, &table, &team.board, fonts, theme, queue);
    team.board.typed = typed;
    team.board.follow &= !follow;
    team.board.wants_keys &= !wants_keys;
}

/// How many cases somebody must still decide.
pub(super) fn waiting(cases: CaseCounts) -> usize {
    cases.open + cases.stale + cases.deferred
}

fn summary(ui: &mut Ui, table: &Table<'_>, board: &Board, theme: &Theme) {
    match board.progress.made() {
        None => return drop(ui.weak("Looking how far everybody is…")),
        Some(Err(reason)) => return drop(ui.label(RichText::new(visible(reason)).color(theme.error.0))),
        Some(Ok(_)) => {}
    }
    let mut all = Total::default();
    for total in table.totals.values() {
        all.all += total.all;
        all.finished += total.finished;
        all.begun += total.begun;
    }
    let (rect, response) = ui.allocate_exact_size(vec2(120.0, 10.0), Sense::hover());
    let decided = table.documents.iter().filter_map(|id| table.cases(id)).filter(|cases| waiting(*cases) == 0).count();
    let words = format!("{}, {} in progress; {decided} adjudicated", all.words(), grouped(all.begun));
    response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, format!("The project: {words}")));
    bar(ui, rect, all, theme);
    ui.label(RichText::new(format!("{} · {words}", counted(table.documents.len(), "article"))).color(theme.ink.0));
}

/// A bar of what is finished and begun; the numbers always stand beside it.
pub(super) fn bar(ui: &Ui, rect: Rect, total: Total, theme: &Theme) {
    let painter = ui.painter();
    painter.rect_filled(rect, 3.0, theme.line.0);
    let share = |count: usize| rect.width() * count as f32 / total.all.max(1) as f32;
    let part = |from: f32, count: usize, color: Color32| {
        let place = Rect::from_min_size(rect.min + vec2(from, 0.0), vec2(share(count), rect.height()));
        if count > 0 {
            painter.rect_filled(place, 3.0, color);
        }
    };
    part(0.0, total.finished, theme.good.0);
    part(share(total.finished), total.begun, theme.accent.0);
}

fn buttons(ui: &mut Ui, table: &Table<'_>, typed: &mut String, theme: &Theme, queue: &mut Vec<Command>) {
    let refused = table.session.read_only(None).map(|reason| format!("Read-only: {reason}."));
    let enabled = refused.is_none();
    let hint = refused.unwrap_or_else(|| "So that everybody gets as many, and every article as many people".to_owned());
    let spread = ui.add_enabled(enabled && !table.documents.is_empty(), Button::new("Assign evenly…"));
    if spread.on_hover_text(&hint).on_disabled_hover_text(&hint).clicked() {
        queue.push(command(Team::Spread));
    }
    let field = TextEdit::singleline(typed).hint_text("a colleague’s name").desired_width(140.0);
    let field = ui.add_enabled(enabled, field);
    field.widget_info(|| WidgetInfo::labeled(Role::TextInput, enabled, "Name of a colleague"));
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let name = AnnotatorName::new(typed.trim().to_lowercase().replace(' ', "-"));
    let usable = name.as_ref().ok().filter(|name| !name.is_gold() && !table.people.contains(name)).cloned();
    let clicked = ui.add_enabled(enabled && usable.is_some(), Button::new("Add")).clicked();
    if let Some(name) = usable.filter(|_| clicked || entered) {
        typed.clear();
        queue.push(command(Team::Add(name)));
    } else if let Err(reason) = name.as_ref()
        && !typed.is_empty()
    {
        ui.label(RichText::new(reason.to_string()).color(theme.error.0));
    }
}

/// What the signs mean, and what a click does.
fn legend(ui: &mut Ui, theme: &Theme) {
    let signs: Vec<_> = Stage::ALL.iter().map(|stage| format!("{} {}", stage.sign(), stage.name())).collect();
    let signs = format!("{}   ▢ in a frame: asked to annotate it", signs.join("   "));
    ui.label(RichText::new(signs).size(12.0).color(theme.muted.0));
}
