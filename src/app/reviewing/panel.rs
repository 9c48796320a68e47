//! The right side: the case in focus, what each has there, and what can be decided about it.

use ascribe_engine::adjudicate::{Case, CaseState};
use egui::{Button, Frame, Margin, RichText, Role, ScrollArea, Ui, WidgetInfo};

use super::{
    cards, comments,
    compared::Compared,
    editor,
    filter::State,
    list, reasons,
    words::{self, touched},
};
use crate::{
    command::{Command, Deciding, keys_of},
    panel::inspector::section,
    reading::label_color,
    scroll::follow_focus,
    text::{Fonts, isolated, visible},
    theme::{Theme, strong},
    wording::{capitalised, counted, sentence_case, shortened},
    workspace::Workspace,
};

/// Shows it.
pub fn ui(ui: &mut Ui, workspace: &mut Workspace, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    Frame::new().inner_margin(Margin::symmetric(14, 10)).show(ui, |ui| {
        comments::prepare(workspace);
        let mut drafts = std::mem::take(&mut workspace.reviewing.drafts);
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            follow_focus(ui);
            let mut panel = Panel { workspace, fonts, theme, drafts: &mut drafts, queue };
            panel.ui(ui);
        });
        workspace.reviewing.drafts = drafts;
    });
}

/// What drawing this side takes.
pub struct Panel<'a> {
    /// The project, and what is compared of it.
    pub workspace: &'a Workspace,
    /// For what somebody wrote.
    pub fonts: &'a mut Fonts,
    /// The colours.
    pub theme: &'a Theme,
    /// What is being written, by what it is about.
    pub drafts: &'a mut std::collections::BTreeMap<String, String>,
    /// Gets what is chosen.
    pub queue: &'a mut Vec<Command>,
}

impl Panel<'_> {
    /// Lets something be done.
    pub fn push(&mut self, command: Deciding) {
        self.queue.push(Command::Deciding(command));
    }

    /// The keys of a command.
    pub fn keys(&self, ui: &Ui, command: &Deciding) -> String {
        keys_of(ui.ctx(), &self.workspace.entries, &Command::Deciding(command.clone())).unwrap_or_default()
    }

    /// A button with the keys of what it does.
    pub fn button(&mut self, ui: &mut Ui, enabled: bool, text: &str, name: &str, command: Deciding) {
        let keys = self.keys(ui, &command);
        let button = Button::new(text);
        let button = if keys.is_empty() { button } else { button.shortcut_text(keys) };
        let button = ui.add_enabled(enabled, button);
        button.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
        if button.clicked() {
            self.push(command);
        }
    }

    fn ui(&mut self, ui: &mut Ui) {
        let workspace = self.workspace;
        let reviewing = &workspace.reviewing;
        let blind = workspace.current.as_ref().is_some_and(|document| workspace.is_blind(document));
        let Some(compared) = reviewing.compared().filter(|_| !blind) else {
            ui.weak("What is to be decided will be shown here.");
            return;
        };
        if reviewing.unanimous {
            return self.unanimous(ui, compared);
        }
        if let Some(edit) = &reviewing.edit {
            return editor::ui(ui, self, compared, edit);
        }
        let here = reviewing.at().and_then(|at| Some((at, compared.case(at)?)));
        let shown = here.and_then(|(_, case)| case.state.decision());
        if let Some(asked) = reviewing.asked().filter(|asked| shown.is_none_or(|shown| shown.id != asked.id)) {
            return self.asked(ui, compared, asked);
        }
        let Some((number, case)) = here else {
            ui.label(list::hint(ui, workspace));
            self.add(ui);
            return;
        };
        self.heading(ui, compared, number, case);
        self.decided(ui, compared, case);
        cards::ui(ui, self, compared, number);
        self.answers(ui, compared, number, case);
        self.add(ui);
        comments::case_ui(ui, self, compared, number);
    }

    fn heading(&mut self, ui: &mut Ui, compared: &Compared, number: usize, case: &Case) {
        let Some(first) = compared.first(number) else { return };
        let same = case.unit.differs.is_nothing();
        let several = case.unit.differs.label;
        let color = label_color(self.theme, self.workspace.scheme(), &first.label);
        let (title, color) =
            if several { ("Which label?".to_owned(), self.theme.ink.0) } else { (capitalised(&first.label), color) };
        ui.label(RichText::new(title).font(strong(17.0)).color(color));
        if same {
            ui.label("All have tagged this alike.");
        } else {
            let differences = compared.differences(number);
            let said = visible(&sentence_case(&differences.join("; "))).into_owned();
            self.fonts.label(ui, &format!("≠ {said}"), 14.0, self.theme.ink.0);
        }
    }

    /// What was decided, and whether it still holds.
    fn decided(&mut self, ui: &mut Ui, compared: &Compared, case: &Case) {
        let Some(decision) = case.state.decision() else { return };
        let names = compared.names();
        let (sign, color) = match case.state {
            CaseState::Stale(..) => (State::Stale.sign(), self.theme.warning.0),
            CaseState::Deferred(_) => (State::Deferred.sign(), self.theme.accent.0),
            _ => (State::Decided.sign(), self.theme.good.0),
        };
        ui.add_space(6.0);
        let frame = Frame::new().fill(color.gamma_multiply(0.1)).corner_radius(5).inner_margin(Margin::symmetric(8, 6));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            let said = words::verdict(decision, names);
            let text = match &case.state {
                CaseState::Deferred(_) => "Put off, to be decided later.".to_owned(),
                CaseState::Stale(_, what) => {
                    format!("Decided before: {said}. Since then {}. Decide again.", touched(what, names))
                }
                _ => format!("Decided: {said}."),
            };
            self.fonts.label(ui, &format!("{sign} {}", visible(&text)), 14.0, self.theme.ink.0);
            if let CaseState::Stale(..) = case.state {
                self.before(ui, compared, decision);
            }
            ui.horizontal_wrapped(|ui| {
                if matches!(case.state, CaseState::Stale(..)) {
                    self.button(ui, true, "Keep the decision", "Keep the decision", Deciding::Keep);
                }
                self.button(ui, true, "Take back", "Take the decision back", Deciding::Undecide);
            });
            reasons::ui(ui, self, decision);
        });
    }

    /// Asks why something was decided that is not about the case in focus.
    fn asked(&mut self, ui: &mut Ui, compared: &Compared, decision: &ascribe_schema::Decision) {
        let title = if decision.about.is_empty() { "What all overlooked" } else { "What was decided" };
        ui.label(RichText::new(title).font(strong(17.0)));
        let said = format!("Decided: {}.", words::verdict(decision, compared.names()));
        self.fonts.label(ui, &visible(&said), 14.0, self.theme.ink.0);
        reasons::ui(ui, self, decision);
    }

    /// What was decided about, as it was then, where that is not what is there now.
    fn before(&mut self, ui: &mut Ui, compared: &Compared, decision: &ascribe_schema::Decision) {
        for input in &decision.about {
            let words = shortened(&input.text.join(" … "), 120);
            let name = compared.names().of(&input.annotator);
            let line = format!("Then {name} had: {} {}", input.label, isolated(&words));
            self.fonts.label(ui, &line, 13.0, self.theme.muted.0);
        }
    }

    /// What can be decided, besides taking what one side has.
    fn answers(&mut self, ui: &mut Ui, compared: &Compared, number: usize, case: &Case) {
        ui.add_space(8.0);
        let same = case.unit.differs.is_nothing();
        let all = compared.members(number).count();
        ui.horizontal_wrapped(|ui| {
            if same {
                self.button(ui, true, "Accept", "Accept what all have alike", Deciding::Accept);
            } else if compared.groups(number).len() > 1 {
                let (text, name) = if all == 2 { ("Keep both", "Keep both") } else { ("Keep all", "Keep all of them") };
                self.button(ui, true, text, name, Deciding::TakeAll);
            }
            self.button(ui, true, "Nothing here is right", "Nothing here is right", Deciding::Reject);
            self.button(ui, true, "Edit…", "Edit", Deciding::Edit);
            self.button(ui, true, "Later", "Decide later", Deciding::Defer);
        });
    }

    /// A way to tag what everybody overlooked.
    fn add(&mut self, ui: &mut Ui) {
        let selected = self.workspace.reviewing.reading().is_some_and(|reading| reading.selection().is_some());
        if selected {
            ui.add_space(6.0);
            self.button(ui, true, "Tag the selection, which all overlooked…", "Tag what all overlooked", Deciding::Add);
        }
    }

    /// What all have alike, before it is accepted at once.
    fn unanimous(&mut self, ui: &mut Ui, compared: &Compared) {
        let cases: Vec<_> = compared.adjudication.unanimous().collect();
        ui.label(RichText::new(format!("{} alike for all", counted(cases.len(), "tag"))).font(strong(17.0)));
        ui.label(
            "Each of these was tagged by everybody in the same way. Accepting them is one step, which can be undone.",
        );
        ui.add_space(6.0);
        ui.horizontal_wrapped(|ui| {
            let text = format!("Accept {}", cases.len());
            let name = format!("Accept {} that are alike", cases.len());
            self.button(ui, !cases.is_empty(), &text, &name, Deciding::AcceptUnanimous);
            if ui.button("Not now").clicked() {
                self.queue.push(Command::Escape);
            }
        });
        section(ui, "These");
        for case in cases.iter().take(MOST) {
            let Some(first) = compared.first(*case) else { continue };
            let color = label_color(self.theme, self.workspace.scheme(), &first.label);
            let line = format!("{}: {}", capitalised(&first.label), isolated(&shortened(&first.quote(), 70)));
            self.fonts.label(ui, &line, 13.0, color);
        }
        if cases.len() > MOST {
            ui.weak(format!("and {} more", cases.len() - MOST));
        }
    }
}

/// How many of those that are alike are told.
const MOST: usize = 200;
