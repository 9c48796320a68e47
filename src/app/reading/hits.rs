//! All hits, each in its context, to look through, choose from and tag at once.

use std::collections::HashMap;

use ascribe_engine::{WorkingSet, snap};
use ascribe_schema::{Scheme, Span, Text};
use egui::{
    Align2, Button, Color32, EventFilter, FontId, Id, Key, Mesh, Painter, Rangef, Rect, RichText, Role, ScrollArea,
    Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use super::{
    find::{Find, list_key, list_move, tell_row},
    marks::label_color,
};
use crate::{
    command::{Choice, Command, Entry, Finding, keys_of},
    text::{Fonts, Line, runs_right_to_left, visible},
    theme::{Theme, strong},
    wording::{capitalised, counted, grouped, shortened},
};

/// Height of a row, so that only the visible ones are laid out.
const ROW: f32 = 25.0;
/// Size of the letters.
const SIZE: f32 = 13.5;
/// Width of the column with the boxes to tick.
const BOX: f32 = 30.0;
/// Below this width the buttons above the list show less.
const NARROW: f32 = 520.0;
/// How much of the width lies before the hits.
const BEFORE: f32 = 0.42;
/// Over which width lines fade at their ends.
const FADE: f32 = 18.0;
/// How many characters of context are set on either side.
const CONTEXT: u32 = 110;
/// The most characters of a hit that are set.
const LONGEST: usize = 200;

/// The list as a widget: what it must remember from frame to frame.
#[derive(Default)]
pub(super) struct HitList {
    /// Whether it should get the keyboard.
    pub wants_keys: bool,
    /// Whether the shown hit should be scrolled to.
    pub follow: bool,
    rows: HashMap<usize, Row>,
    scale: f32,
}

/// A hit laid out in its context.
struct Row {
    line: Line,
    /// From where to where the hit lies in the line.
    hit: Rangef,
    right_to_left: bool,
    /// The whole line, for people who hear it.
    spoken: String,
}

impl HitList {
    /// Forgets what has been laid out.
    pub fn forget(&mut self) {
        self.rows.clear();
        self.follow = true;
    }
}

/// The widget that has the keyboard for the list.
#[must_use]
pub fn hits_id() -> Id {
    Id::unique("hits")
}

/// The least and the greatest height of the list, with all that stands around it.
pub(super) fn heights(find: &Find, available: f32) -> std::ops::RangeInclusive<f32> {
    let of = |rows: usize| ROW * rows as f32 + 46.0;
    let least = of(2);
    least..=of(find.hits.spans.len()).min(available / 2.0).max(least)
}

/// What the list is shown with.
pub(super) struct Around<'a> {
    pub text: &'a Text,
    pub set: Option<&'a WorkingSet>,
    pub scheme: &'a Scheme,
    pub entries: &'a [Entry],
    pub theme: &'a Theme,
    pub writable: bool,
}

/// Shows the list.
pub(super) fn ui(ui: &mut Ui, find: &mut Find, around: &Around<'_>, fonts: &mut Fonts, queue: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let narrow = ui.available_width() < NARROW;
        choices(ui, find, queue);
        ui.add_space(if narrow { 0.0 } else { 8.0 });
        labels(ui, find, around, narrow, queue);
    });
    ui.add_space(2.0);
    if find.list.scale != ui.pixels_per_point() {
        find.list.scale = ui.pixels_per_point();
        find.list.rows.clear();
    }
    let area = ui.available_rect_before_wrap();
    let list = ui.interact(area, hits_id(), Sense::click());
    if std::mem::take(&mut find.list.wants_keys) {
        list.request_focus();
    }
    let (count, chosen) = (find.hits.spans.len(), find.chosen.len());
    let name = format!("Hits: {}, {} chosen", grouped(count), grouped(chosen));
    list.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, &name));
    let page = (area.height() / ROW).floor().max(1.0) as usize;
    if list.has_focus() {
        let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(list.id, filter));
        keys(ui, find, page, queue);
        find.current.into_iter().for_each(|row| tell_row(ui, list.id, list.id.with(row)));
    }
    let mut scroll = ScrollArea::vertical().id_salt("hits").auto_shrink(false);
    if std::mem::take(&mut find.list.follow)
        && let Some(current) = find.current
    {
        // A row further than needed, so that the next one is in view, too.
        let top = (current as f32 - page as f32 / 2.0).max(0.0) * ROW;
        scroll = scroll.vertical_scroll_offset(top);
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    scroll.show_rows(ui, ROW, count, |ui, rows| {
        find.list.rows.retain(|number, _| rows.contains(number));
        for number in rows {
            row(ui, find, number, around, fonts, list.has_focus(), queue);
        }
    });
    if list.has_focus() {
        let line = Stroke::new(1.5, around.theme.accent.0);
        ui.painter().rect_stroke(area, 2.0, line, egui::StrokeKind::Inside);
    }
}

fn keys(ui: &Ui, find: &Find, page: usize, queue: &mut Vec<Command>) {
    let (last, here) = (find.hits.spans.len().saturating_sub(1), find.current.unwrap_or(0));
    if let Some(number) = list_move(ui, here, page, last) {
        queue.push(Command::Finding(Finding::Show(number)));
    }
    if list_key(ui, Key::Space) {
        queue.push(Command::Finding(Finding::Choose(here)));
    }
    if list_key(ui, Key::Enter) {
        queue.push(Command::Finding(Finding::Leave));
    }
}

fn choices(ui: &mut Ui, find: &Find, queue: &mut Vec<Command>) {
    let (chosen, count) = (find.chosen.len(), find.hits.spans.len());
    let mut all = chosen == count;
    let some = chosen > 0 && !all;
    let text = format!("{} chosen", grouped(chosen));
    let tick =
        ui.add(egui::Checkbox::new(&mut all, text).indeterminate(some)).on_hover_text("Choose all hits, or none");
    tick.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, chosen == count, "Choose all hits"));
    let untagged = ui.button("Untagged").on_hover_text("Choose the hits that are not tagged yet");
    untagged.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Choose the untagged hits"));
    let choice = match () {
        () if untagged.clicked() => Choice::Untagged,
        () if !tick.clicked() => return,
        () if chosen == count => Choice::None,
        () => Choice::All,
    };
    queue.push(Command::Finding(Finding::ChooseAll(choice)));
}

/// What the chosen hits can become.
fn labels(ui: &mut Ui, find: &Find, around: &Around<'_>, narrow: bool, queue: &mut Vec<Command>) {
    let count = find.chosen.len();
    let enabled = count > 0 && around.writable;
    let hits = counted(count, "hit");
    if let Some(like) = &find.like {
        let color = label_color(around.theme, around.scheme, &like.label);
        let text = RichText::new(format!("Tag {} as {}", grouped(count), like.label)).color(color);
        let button = ui.add_enabled(enabled, Button::new(text));
        let name = format!("Tag {hits} as {}, like the focused tag", like.label);
        button.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, &name));
        let attributes: Vec<_> = like.attributes.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        let hint = if attributes.is_empty() { name.clone() } else { format!("{name} ({})", attributes.join(", ")) };
        if button.on_hover_text(hint.replace('_', " ")).clicked() {
            queue.push(Command::Finding(Finding::SameWords));
        }
        return;
    }
    if !narrow {
        ui.weak("Tag as");
    }
    for (number, label) in around.scheme.labels.iter().enumerate() {
        let text = RichText::new(capitalised(&label.name));
        let text = if enabled { text.color(label_color(around.theme, around.scheme, &label.name)) } else { text };
        let keys = keys_of(ui.ctx(), around.entries, &Command::Finding(Finding::TagChosen(number)));
        let button = Button::new(text);
        let button = if narrow { button } else { button.shortcut_text(keys.unwrap_or_default()) };
        let button = ui.add_enabled(enabled, button);
        button.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, format!("Tag {hits} as {}", label.name)));
        if button.on_hover_text(label.guideline.as_str()).clicked() {
            queue.push(Command::Finding(Finding::TagChosen(number)));
        }
    }
}

fn row(
    ui: &mut Ui,
    find: &mut Find,
    number: usize,
    around: &Around<'_>,
    fonts: &mut Fonts,
    has_keys: bool,
    queue: &mut Vec<Command>,
) {
    let Some(&hit) = find.hits.spans.get(number) else { return };
    let (chosen, shown) = (find.chosen.contains(&number), find.current == Some(number));
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    // Arrow keys go from row to row: for Tab, all of the list is one stop.
    let response = ui.interact(rect, hits_id().with(number), Sense::CLICK);
    let scale = find.list.scale;
    let row = find.list.rows.entry(number).or_insert_with(|| lay_out(around.text, hit, fonts, scale));
    let tags = tags(around.set, hit);
    let name = [&row.spoken, &spoken(&tags)].map(String::as_str).join("");
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, chosen, &name));
    let theme = around.theme;
    let painter = ui.painter_at(rect);
    let ground = match () {
        () if shown => theme.control.0,
        () if response.hovered() => theme.panel.0,
        () => theme.page.0,
    };
    painter.rect_filled(rect, 0.0, ground);
    if shown {
        let bar = Rect::from_min_size(rect.min, vec2(3.0, ROW));
        painter.rect_filled(bar, 0.0, if has_keys { theme.accent.0 } else { theme.muted.0 });
    }
    tick_box(&painter, pos2(rect.left() + BOX / 2.0 + 1.0, rect.center().y), chosen, theme);
    let tag_width = (rect.width() * 0.22).clamp(70.0, 170.0);
    let context = rect.with_min_x(rect.left() + BOX).with_max_x(rect.right() - tag_width - 8.0);
    row.paint(fonts, &painter, context, theme, if shown { theme.find_current.0 } else { theme.find.0 });
    for (from, to) in [(context.left(), context.left() + FADE), (context.right(), context.right() - FADE)] {
        fade(&painter, from, to, context.y_range(), ground);
    }
    paint_tags(&painter, rect.with_min_x(context.right() + 8.0), &tags, around);
    if response.clicked() {
        let pointer = response.interact_pointer_pos();
        let beside_box = pointer.is_some_and(|pointer| pointer.x > rect.left() + BOX);
        let command = if beside_box { Finding::Show(number) } else { Finding::Choose(number) };
        queue.push(Command::Finding(command));
        find.list.wants_keys = true;
    }
}

/// Sets a hit with its context in one line, so that letters at its edges join as they do in the text.
fn lay_out(text: &Text, hit: Span, fonts: &mut Fonts, scale: f32) -> Row {
    let flat = |start, end| -> String {
        let words = text.slice(Span { start, end }).unwrap_or_default();
        let flat: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        visible(&flat).into_owned()
    };
    let before = flat(hit.start.minus(CONTEXT), hit.start);
    let after = flat(hit.end, hit.end.plus(CONTEXT).min(text.len()));
    let words = shortened(&flat(hit.start, hit.end), LONGEST);
    let paragraph = text.slice(snap::paragraph_at(text, hit.start)).unwrap_or_default();
    let first = paragraph.chars().find(|c| c.is_alphabetic());
    let right_to_left = first.is_some_and(|first| runs_right_to_left(first.encode_utf8(&mut [0; 4])));
    let line = fonts.unbroken_line(&format!("{before}{words}{after}"), SIZE, scale, right_to_left);
    let hit = line.extent(before.len()..before.len() + words.len());
    let tail = |text: &str, count: usize| -> String {
        let skipped = text.chars().count().saturating_sub(count);
        text.chars().skip(skipped).collect()
    };
    let spoken = format!("{}[{words}]{}", tail(&before, 40), shortened(&after, 40));
    Row { line, hit, right_to_left, spoken }
}

impl Row {
    /// Paints the line so that the hit starts where all hits do, its context paler than itself.
    fn paint(&mut self, fonts: &mut Fonts, painter: &Painter, place: Rect, theme: &Theme, behind: Color32) {
        let left = if self.right_to_left {
            place.right() - place.width() * BEFORE - self.hit.max
        } else {
            place.left() + place.width() * BEFORE - self.hit.min
        };
        let scale = painter.pixels_per_point();
        let whole = |length: f32| (length * scale).round() / scale;
        let origin = pos2(whole(left), whole(place.center().y - self.line.height() / 2.0));
        let hit = Rect::from_x_y_ranges(self.hit.min + origin.x..=self.hit.max + origin.x, place.y_range());
        let clip = |rect: Rect| painter.with_clip_rect(rect.intersect(place).intersect(painter.clip_rect()));
        painter.with_clip_rect(place).rect_filled(hit.shrink2(vec2(-1.0, 3.0)), 2.0, behind);
        for beside in [place.with_max_x(hit.left()), place.with_min_x(hit.right())] {
            self.line.paint(fonts, &clip(beside), origin, theme.muted.0);
        }
        self.line.paint(fonts, &clip(hit), origin, theme.ink.0);
    }
}

/// Lets a line fade towards its end, where it goes on unseen.
fn fade(painter: &Painter, from: f32, to: f32, y: Rangef, ground: Color32) {
    let mut mesh = Mesh::default();
    for (x, color) in [(from, ground), (to, ground.gamma_multiply(0.0))] {
        mesh.colored_vertex(pos2(x, y.min), color);
        mesh.colored_vertex(pos2(x, y.max), color);
    }
    mesh.add_triangle(0, 1, 2);
    mesh.add_triangle(1, 2, 3);
    painter.add(mesh);
}

/// The labels that lie on all of a hit, those on exactly it first; and whether they do.
fn tags(set: Option<&WorkingSet>, hit: Span) -> Vec<(String, bool)> {
    let covering = set.into_iter().flat_map(|set| set.covering(hit));
    let mut tags: Vec<_> = covering.map(|(annotation, exact)| (annotation.label.clone(), exact)).collect();
    tags.sort_by(|(a, a_exact), (b, b_exact)| (b_exact, a).cmp(&(a_exact, b)));
    tags.dedup();
    tags
}

fn spoken(tags: &[(String, bool)]) -> String {
    tags.iter().map(|(label, exact)| format!(", {} {label}", if *exact { "tagged as" } else { "inside a" })).collect()
}

fn paint_tags(painter: &Painter, place: Rect, tags: &[(String, bool)], around: &Around<'_>) {
    let painter = painter.with_clip_rect(place.intersect(painter.clip_rect()));
    let mut at = pos2(place.left(), place.center().y);
    for (label, exact) in tags {
        let color = label_color(around.theme, around.scheme, label);
        let (text, font) =
            if *exact { (label.clone(), strong(12.0)) } else { (format!("in {label}"), FontId::proportional(12.0)) };
        at.x = painter.text(at, Align2::LEFT_CENTER, text, font, color).right() + 8.0;
    }
}

fn tick_box(painter: &Painter, middle: egui::Pos2, ticked: bool, theme: &Theme) {
    let square = Rect::from_center_size(middle, vec2(14.0, 14.0));
    if ticked {
        painter.rect_filled(square, 3.0, theme.accent.0);
        let tick = [vec2(-4.0, 0.0), vec2(-1.2, 3.0), vec2(4.2, -3.4)].map(|step| middle + step);
        painter.line(tick.to_vec(), Stroke::new(2.0, theme.on_accent.0));
    } else {
        painter.rect(square, 3.0, theme.page.0, Stroke::new(1.0, theme.control_line.0), egui::StrokeKind::Inside);
    }
}
