//! The list of sources on the left side.

use ascribe_engine::ledger::{Column, Row};
use egui::{
    Align2, Button, EventFilter, FontId, Frame, Id, Key, Margin, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind,
    TextEdit, Ui, WidgetInfo, pos2, vec2,
};

use super::{SourceList, command};
use crate::{
    command::{Command, Sources, Whose},
    reading::{list_key, list_move, tell_row},
    text::{Fonts, isolated, visible},
    theme::{Theme, strong},
    wording::counted,
    workspace::Workspace,
};

/// Height of a row, so that only the visible ones are laid out.
const ROW: f32 = 42.0;
/// Width of the column with the boxes to tick.
const BOX: f32 = 26.0;

/// The widget that has the keyboard for the list.
fn list_id() -> Id {
    Id::unique("sources")
}

/// Shows the list.
pub(crate) fn ui(ui: &mut Ui, workspace: &mut Workspace, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    Frame::new().inner_margin(Margin::symmetric(12, 4)).show(ui, |ui| {
        whose(ui, &workspace.sources, queue);
        let field = TextEdit::singleline(&mut workspace.sources.filter).hint_text("Filter by name or kind");
        let field = ui.add(field.desired_width(f32::INFINITY));
        field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Filter sources by name or kind"));
        order(ui, &workspace.sources, queue);
        buttons(ui, workspace, queue);
    });
    let sources = &workspace.sources;
    match &sources.error {
        Some(reason) => said(ui, reason),
        None if sources.made.is_none() => said(ui, "Reading who speaks in this project…"),
        None if sources.rows.is_empty() => said(ui, "No sources yet: tag who says something as a source."),
        None if sources.shown.is_empty() => said(ui, "No source has these words."),
        None => list(ui, workspace, fonts, theme, queue),
    }
}

fn said(ui: &mut Ui, words: &str) {
    Frame::new().inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| ui.weak(words));
}

/// Whose sources; no choice where there is nobody else.
fn whose(ui: &mut Ui, sources: &SourceList, queue: &mut Vec<Command>) {
    let there = |whose| match whose {
        Whose::Mine => true,
        Whose::Everyone => sources.others.0,
        Whose::Gold => sources.others.1,
    };
    if sources.others == (false, false) && sources.whose == Whose::Mine {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for whose in Whose::ALL.into_iter().filter(|whose| there(*whose) || *whose == sources.whose) {
            let chosen = sources.whose == whose;
            let button = ui.add(Button::selectable(chosen, whose.name()).small().frame_when_inactive(true));
            let name = format!("List sources: {}", whose.name().to_lowercase());
            button.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, &name));
            if button.clicked() {
                queue.push(command(Sources::Whose(whose)));
            }
        }
    });
}

/// A button for each column, to sort by it.
fn order(ui: &mut Ui, sources: &SourceList, queue: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(3.0, 3.0);
        ui.weak("Sort:");
        for column in Column::ALL {
            let chosen = sources.column == column;
            let way = if sources.falling { "↓" } else { "↑" };
            let text = if chosen { format!("{} {way}", column.name()) } else { column.name().to_owned() };
            let button = ui.add(Button::selectable(chosen, text).small().frame_when_inactive(true));
            let way = match (chosen, sources.falling) {
                (false, _) => "",
                (true, true) => ", the largest first",
                (true, false) => ", the smallest first",
            };
            let name = format!("Sort by {}{way}", column.name().to_lowercase());
            button.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &name));
            if button.on_hover_text(about(column)).clicked() {
                queue.push(command(Sources::Sort(column)));
            }
        }
    });
}

/// What stands in a column.
fn about(column: Column) -> &'static str {
    match column {
        Column::Name => "By name",
        Column::Kind => "By what kind of source it is",
        Column::Quotes => "How often it is quoted",
        Column::Claims => "How often it claims something, also inside its quotes",
        Column::Denials => "How often it denies something",
        Column::Denied => "How often others deny what it says",
        Column::Articles => "In how many articles it speaks",
    }
}

fn buttons(ui: &mut Ui, workspace: &Workspace, queue: &mut Vec<Command>) {
    let sources = &workspace.sources;
    let (writable, chosen) = (workspace.session.read_only(None).is_none(), sources.chosen.len());
    ui.horizontal_wrapped(|ui| {
        let merge = ui.add_enabled(writable && chosen > 1, Button::new("Merge…").small());
        let hint = "One name for all that are ticked";
        if merge.on_hover_text(hint).on_disabled_hover_text("Tick at least two sources first").clicked() {
            queue.push(command(Sources::Merge));
        }
        let split = ui.add_enabled(writable && sources.meant().len() == 1, Button::new("Split…").small());
        let hint = "Another name for some of its mentions";
        if split.on_hover_text(hint).on_disabled_hover_text("Choose one source first").clicked() {
            queue.push(command(Sources::Split));
        }
        let table = ui.add_enabled(!sources.shown.is_empty(), Button::new("Export as CSV…").small());
        if table.on_hover_text("What is listed below, as a table for spreadsheet programs").clicked() {
            queue.push(command(Sources::Csv));
        }
    });
    let ticked = if chosen > 0 { format!(" · {chosen} ticked") } else { String::new() };
    let busy = if sources.is_busy() && sources.made.is_some() { " · updating" } else { "" };
    ui.weak(format!("{}{ticked}{busy}", counted(sources.shown.len(), "source")));
}

fn list(ui: &mut Ui, workspace: &mut Workspace, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    let area = ui.available_rect_before_wrap();
    let list = ui.interact(area, list_id(), Sense::click());
    if std::mem::take(&mut workspace.left.wants_keys) {
        list.request_focus();
    }
    let sources = &mut workspace.sources;
    let (count, here) = (sources.shown.len(), sources.here());
    list.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, format!("Sources: {count}")));
    let page = (area.height() / ROW).floor().max(1.0) as usize;
    if list.has_focus() {
        let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(list.id, filter));
        keys(ui, here, count, page, queue);
        here.into_iter().for_each(|row| tell_row(ui, list.id, list.id.with(row)));
    }
    let mut scroll = ScrollArea::vertical().id_salt("sources").auto_shrink(false);
    if std::mem::take(&mut sources.follow)
        && let Some(here) = here
    {
        scroll = scroll.vertical_scroll_offset((here as f32 - page as f32 / 2.0).max(0.0) * ROW);
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let sources = &workspace.sources;
    scroll.show_rows(ui, ROW, count, |ui, rows| {
        for number in rows {
            row(ui, sources, number, here == Some(number), fonts, theme, queue);
        }
    });
    if list.has_focus() {
        ui.painter().rect_stroke(area.shrink(1.0), 2.0, Stroke::new(1.5, theme.accent.0), StrokeKind::Inside);
    }
}

fn keys(ui: &Ui, here: Option<usize>, count: usize, page: usize, queue: &mut Vec<Command>) {
    let at = here.unwrap_or(0);
    if let Some(number) = list_move(ui, at, page, count.saturating_sub(1)) {
        // The first press only shows where the keys are.
        queue.push(command(Sources::Row(if here.is_none() { 0 } else { number })));
    }
    if list_key(ui, Key::Space) {
        queue.push(command(Sources::Choose(at)));
    }
    if list_key(ui, Key::Enter) {
        queue.push(command(Sources::Mention(at)));
    }
}

fn row(
    ui: &mut Ui,
    sources: &SourceList,
    number: usize,
    here: bool,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    let Some(source) = sources.row(number) else { return };
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    // Arrow keys go from row to row: for Tab, all of the list is one stop.
    let response = ui.interact(rect, list_id().with(number), Sense::CLICK);
    let (numbers, chosen) = (in_words(source), sources.chosen.contains(&source.key));
    let name = format!("{}, {numbers}", isolated(&source.name));
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, here, &name));
    let painter = ui.painter_at(rect);
    if here {
        painter.rect_filled(rect, 0.0, theme.page.0);
        painter.rect_filled(Rect::from_min_size(rect.min, vec2(3.0, ROW)), 0.0, theme.accent.0);
    } else if response.hovered() {
        painter.rect_filled(rect, 0.0, theme.control.0);
    }
    let tick = Rect::from_center_size(pos2(rect.left() + BOX / 2.0 + 4.0, rect.center().y), vec2(14.0, 14.0));
    let ticks = ui.interact(tick.expand(5.0), list_id().with(("choose", number)), Sense::CLICK);
    let tick_name = format!("Tick {}", isolated(&source.name));
    ticks.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, chosen, &tick_name));
    let line = Stroke::new(1.0, if chosen { theme.accent.0 } else { theme.control_line.0 });
    painter.rect(tick, 2.0, if chosen { theme.accent.0 } else { theme.page.0 }, line, StrokeKind::Inside);
    if chosen {
        painter.text(tick.center(), Align2::CENTER_CENTER, "✓", strong(11.0), theme.on_accent.0);
    }
    let left = rect.left() + BOX + 6.0;
    let place = Rect::from_min_max(pos2(left, rect.top() + 4.0), pos2(rect.right() - 8.0, rect.bottom()));
    fonts.paint_lines(&painter, &visible(&source.name), place, 1, strong(13.0), theme.ink.0);
    let place = place.translate(vec2(0.0, 18.0));
    fonts.paint_lines(&painter, &visible(&numbers), place, 1, FontId::proportional(12.0), theme.muted.0);
    painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, theme.line.0.gamma_multiply(0.4)));
    if ticks.clicked() {
        queue.push(command(Sources::Choose(number)));
    } else if explained(response, source, fonts, theme).clicked() {
        queue.push(command(Sources::Mention(number)));
    }
}

/// More of a row while the pointer rests on it: its other names, and why these are one source.
fn explained(response: egui::Response, source: &Row, fonts: &mut Fonts, theme: &Theme) -> egui::Response {
    response.on_hover_ui(|ui| {
        fonts.label(ui, &visible(&source.name), 14.0, theme.ink.0);
        if !source.also.is_empty() {
            let shown: Vec<_> = source.also.iter().take(6).map(|name| isolated(name).into_owned()).collect();
            let more = if source.also.len() > shown.len() { ", …" } else { "" };
            fonts.label(ui, &format!("Also: {}{more}", shown.join(", ")), 13.0, theme.ink.0);
        }
        let mentions = counted(source.mentions.len(), "mention");
        let why = if source.mentions.len() > 1 { source.grouped_by.words() } else { "" };
        let by: Vec<_> = source.annotators.iter().map(|name| name.as_str()).collect();
        ui.weak(format!("{mentions}, by {}{}{why}", by.join(", "), if why.is_empty() { "" } else { ": " }));
    })
}

/// What a row counts; what is zero is left out.
fn in_words(source: &Row) -> String {
    let kind = Column::Kind.text(source).into_owned();
    let denied = match source.denied {
        0 => String::new(),
        1 => "denied once".to_owned(),
        count => format!("denied {count} times"),
    };
    let some = |count: usize, noun: &str| if count == 0 { String::new() } else { counted(count, noun) };
    let said = [
        kind,
        some(source.quotes, "quote"),
        some(source.claims, "claim"),
        some(source.denials, "denial"),
        denied,
        some(source.documents.len(), "article"),
    ];
    said.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ")
}
