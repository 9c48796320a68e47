//! The parts of the window: where each stands, and what gives way where there is little room.
//!
//! They are filled in the order in which Tab and F6 go through them: menu, documents, article, inspector, status.

use egui::accesskit::Role;
use egui::{
    Align, Align2, Area, Button, CentralPanel, Context, Frame, Id, Layout, Margin, Order, Panel, Rect, Stroke, Ui,
    UiBuilder, WidgetInfo,
};

use crate::{
    app::App,
    command::{Command, Room},
    figures,
    panel::{bar, inspector, left, menu, status, welcome},
    perform::title,
    reading, reviewing, team,
    text::Fonts,
    theme::Theme,
    workspace::Workspace,
};

/// From which width on, in points, the ways to see the project are one choice in the bar, and from which a button each.
const ROOMS: (f32, f32) = (560.0, 860.0);

/// A list beside the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The documents, on the left.
    Documents,
    /// What is in focus, on the right.
    Inspector,
}

impl Side {
    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Documents => "Documents",
            Self::Inspector => "Inspector",
        }
    }

    /// What it is called there.
    #[must_use]
    pub fn name_in(self, room: Room) -> &'static str {
        match (self, room) {
            (Self::Documents, Room::Review) => "Differences",
            (Self::Inspector, Room::Review) => "Decision",
            _ => self.name(),
        }
    }

    /// Whether it fits beside the article; elsewhere it lies over it while it is needed.
    pub(crate) fn has_room(self, ctx: &Context) -> bool {
        let least = match self {
            Self::Documents => 860.0,
            Self::Inspector => 560.0,
        };
        ctx.content_rect().width() > least
    }
}

/// Where the parts were in the last frame, in the order in which F6 goes through them.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// The list that lies over the article.
    pub over: Option<Side>,
    /// Whether the inspector can be seen, beside the article or over it.
    pub inspector: bool,
    /// The places of the parts.
    pub(crate) places: Vec<Rect>,
    /// Which of them is the article.
    pub(crate) article: usize,
}

impl App {
    /// Whether a list can be seen.
    pub(crate) fn shows(&self, ctx: &Context, side: Side) -> bool {
        let kept = match side {
            Side::Documents => self.settings.documents,
            Side::Inspector => self.settings.inspector,
        };
        let over = self.workspace.as_ref().is_some_and(|workspace| workspace.parts.over == Some(side));
        if side.has_room(ctx) { kept } else { over }
    }

    /// Draws the window.
    pub fn ui(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let theme = self.themes.current(&ctx).clone();
        let mut queue = std::mem::take(&mut self.queue);
        let title = self.workspace.as_ref().map_or_else(|| "Ascribe".to_owned(), title);
        ctx.accesskit_node_builder(egui::accesskit_root_id(), |window| window.set_label(title));
        let bar = Frame::new().fill(theme.panel.0).inner_margin(Margin::symmetric(8, 3));
        let menu = Panel::top("menu").frame(bar).show(ui, |ui| self.menu_ui(ui, &mut queue)).response.rect;
        if self.workspace.is_some() {
            self.project_ui(ui, menu, &theme, &mut queue);
        } else {
            let page = Frame::new().fill(theme.page.0);
            CentralPanel::default().frame(page).show(ui, |ui| {
                welcome::ui(ui, &self.settings.recent, &mut self.fonts, &theme, &mut queue);
            });
        }
        self.notice_ui(ui, &theme);
        self.queue.extend(queue);
        self.overlay_ui(&ctx, &theme);
        if !self.queue.is_empty() {
            // Commands are carried out before the next frame is drawn: let that be at once.
            ctx.request_repaint();
        }
    }

    fn menu_ui(&self, ui: &mut Ui, queue: &mut Vec<Command>) {
        let room = self.workspace.is_some() && ui.available_width() > 400.0;
        let mut chosen = Vec::new();
        let shown = self.workspace.as_ref().map(|workspace| workspace.room).unwrap_or_default();
        let menus = |ui: &mut Ui| menu::ui(ui, &self.keymap.entries, shown, |command| self.can(command), queue);
        bar::ui(ui, "menu", menus, |ui| {
            if room {
                self.hidden_sides_ui(ui, &mut chosen); // Else the View menu has both.
                self.rooms_ui(ui, &mut chosen);
            }
        });
        queue.append(&mut chosen);
    }

    /// Ways to see the project otherwise.
    fn rooms_ui(&self, ui: &mut Ui, queue: &mut Vec<Command>) {
        let Some(workspace) = &self.workspace else { return };
        let width = ui.ctx().content_rect().width();
        if width < ROOMS.0 {
            return;
        }
        if width < ROOMS.1 {
            let choice = egui::ComboBox::from_id_salt("rooms").selected_text(workspace.room.name()).width(70.0);
            let choice = choice.show_ui(ui, |ui| {
                for room in Room::ALL {
                    if ui.selectable_label(workspace.room == room, room.name()).clicked() {
                        queue.push(Command::Enter(room));
                    }
                }
            });
            choice.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "How the project is shown"));
            return;
        }
        for room in Room::ALL {
            let shown = workspace.room == room;
            let button = ui.add(Button::selectable(shown, room.name()).frame_when_inactive(true));
            button.widget_info(|| WidgetInfo::selected(Role::Tab, true, shown, room.name()));
            let (name, keys) = self.told(ui.ctx(), &Command::Enter(room));
            if button.on_hover_text(format!("{name} ({keys})")).clicked() {
                queue.push(Command::Enter(room));
            }
        }
    }

    /// Ways to the lists that are not beside the article.
    fn hidden_sides_ui(&self, ui: &mut Ui, queue: &mut Vec<Command>) {
        let room = self.workspace.as_ref().map(|workspace| workspace.room);
        let Some(room) = room.filter(|room| room.has_article()) else { return };
        for side in [Side::Documents, Side::Inspector] {
            let shown = self.shows(ui.ctx(), side);
            if shown && side.has_room(ui.ctx()) {
                continue; // To hide it is rarely wanted, and in the View menu.
            }
            let button = ui.add(Button::selectable(shown, side.name_in(room)));
            let (name, keys) = self.told(ui.ctx(), &Command::ToggleSide(side));
            if button.on_hover_text(format!("{name} ({keys})")).clicked() {
                queue.push(Command::ToggleSide(side));
            }
        }
    }

    fn project_ui(&mut self, ui: &mut Ui, menu: Rect, theme: &Theme, queue: &mut Vec<Command>) {
        let panel = Frame::new().fill(theme.panel.0);
        let beside = self.workspace.as_ref().is_some_and(|workspace| workspace.room.has_article());
        let shown = |side: Side| beside && side.has_room(ui.ctx()) && self.shows(ui.ctx(), side);
        let (left, right) = (shown(Side::Documents), shown(Side::Inspector));
        let Some(mut workspace) = self.workspace.take() else { return };
        let over = workspace.parts.over.filter(|side| beside && !side.has_room(ui.ctx()));
        workspace.parts.over = over;
        workspace.parts.inspector = right || over == Some(Side::Inspector);
        let line = ui.spacing().interact_size.y;
        let status = room(Panel::bottom("status").exact_size(line + 7.0).frame(panel), ui);
        let mut places = vec![menu];
        if left {
            let panel = Panel::left("documents").default_size(240.0).size_range(160.0..=420.0).frame(panel);
            places.push(
                panel.show(ui, |ui| self.side_ui(ui, Side::Documents, &mut workspace, theme, queue)).response.rect,
            );
        }
        let inspector = Panel::right("inspector").default_size(300.0).size_range(220.0..=480.0).frame(panel);
        let inspector = right.then(|| room(inspector, ui));
        let page = Frame::new().fill(theme.page.0);
        let article = CentralPanel::default().frame(page).show(ui, |ui| {
            name(ui, Role::Main, if beside { "Article" } else { workspace.room.name() });
            room_ui(ui, &mut workspace, &mut self.fonts, theme, queue);
        });
        let article = article.response.rect;
        if over == Some(Side::Documents) {
            places.push(self.over_ui(ui.ctx(), article, Side::Documents, &mut workspace, theme, queue));
        }
        workspace.parts.article = places.len();
        places.push(article);
        if over == Some(Side::Inspector) {
            places.push(self.over_ui(ui.ctx(), article, Side::Inspector, &mut workspace, theme, queue));
        }
        if let Some(place) = inspector {
            let ui = &mut ui.new_child(UiBuilder::new().id_salt("inspector").max_rect(place));
            ui.shrink_clip_rect(place);
            self.side_ui(ui, Side::Inspector, &mut workspace, theme, queue);
            places.push(place);
        }
        let ui = &mut ui.new_child(UiBuilder::new().id_salt("status").max_rect(status.shrink2(egui::vec2(8.0, 3.0))));
        name(ui, Role::Status, "Status");
        status::ui(ui, &workspace, theme, queue);
        places.push(status);
        workspace.parts.places = places;
        self.workspace = Some(workspace);
    }

    fn side_ui(&mut self, ui: &mut Ui, side: Side, workspace: &mut Workspace, theme: &Theme, queue: &mut Vec<Command>) {
        name(ui, Role::Complementary, side.name_in(workspace.room));
        match side {
            Side::Documents if workspace.room == Room::Review => {
                reviewing::list_ui(ui, workspace, &mut self.fonts, theme, queue);
            }
            Side::Inspector if workspace.room == Room::Review => {
                reviewing::panel_ui(ui, workspace, &mut self.fonts, theme, queue);
            }
            Side::Documents => left::ui(ui, workspace, &mut self.fonts, theme, queue),
            Side::Inspector => inspector::ui(ui, workspace, &mut self.fonts, theme, queue),
        }
    }

    /// Shows a list over the article, at its side of the window.
    fn over_ui(
        &mut self,
        ctx: &Context,
        article: Rect,
        side: Side,
        workspace: &mut Workspace,
        theme: &Theme,
        queue: &mut Vec<Command>,
    ) -> Rect {
        let (pivot, at, rounded) = match side {
            Side::Documents => {
                (Align2::LEFT_TOP, article.left_top(), egui::CornerRadius { ne: 8, se: 8, ..Default::default() })
            }
            Side::Inspector => {
                (Align2::RIGHT_TOP, article.right_top(), egui::CornerRadius { nw: 8, sw: 8, ..Default::default() })
            }
        };
        let area = Area::new(Id::unique(("over the article", side.name()))).order(Order::Foreground);
        let frame = Frame::new().fill(theme.panel.0).stroke(Stroke::new(1.0, theme.control_line.0));
        let shown = area.pivot(pivot).fixed_pos(at).show(ctx, |ui| {
            frame.corner_radius(rounded).shadow(ui.visuals().popup_shadow).show(ui, |ui| {
                ui.set_width((article.width() - 40.0).min(320.0));
                ui.set_height(article.height() - 2.0);
                Frame::new().inner_margin(Margin { left: 14, right: 8, top: 6, bottom: 0 }).show(ui, |ui| {
                    let line = ui.spacing().interact_size.y;
                    let bar = egui::vec2(ui.available_width(), line);
                    ui.allocate_ui_with_layout(bar, Layout::right_to_left(Align::Center), |ui| {
                        let close = ui.button("Close").on_hover_text("Back to the article (Esc)");
                        if ui.data_mut(|data| data.remove_temp::<Option<Side>>(wants_keys())) == Some(Some(side)) {
                            close.request_focus();
                        }
                        if close.clicked() {
                            queue.push(Command::ToggleSide(side));
                        }
                    });
                });
                self.side_ui(ui, side, workspace, theme, queue);
            });
        });
        shown.response.rect
    }
}

/// Fills the middle of the window.
fn room_ui(ui: &mut Ui, workspace: &mut Workspace, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    match workspace.room {
        _ if workspace.current.is_none() => {
            ui.centered_and_justified(|ui| ui.weak("Import an article to start: drop a file here, or paste a text."));
        }
        Room::Read => reading::ui(ui, workspace, fonts, theme, queue),
        Room::Review => reviewing::ui(ui, workspace, fonts, theme, queue),
        Room::Agreement => figures::ui(ui, workspace, fonts, theme, queue),
        Room::Team => team::ui(ui, workspace, fonts, theme, queue),
    }
}

fn wants_keys() -> Id {
    Id::unique("list that wants the keyboard")
}

/// Lets a list over the article have the keyboard when it is next shown.
pub(crate) fn give_keys(ctx: &Context, side: Side) {
    ctx.data_mut(|data| data.insert_temp(wants_keys(), Some(side)));
}

/// Takes room for a part that is filled later, and returns where it is.
fn room(panel: Panel, ui: &mut Ui) -> Rect {
    let shown = panel.show(ui, |ui| {
        let place = ui.max_rect();
        ui.allocate_space(ui.available_size());
        place
    });
    shown.inner
}

/// What assistive technology calls a part.
fn name(ui: &Ui, role: Role, name: &str) {
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
        node.set_role(role);
        node.set_label(name);
    });
}
