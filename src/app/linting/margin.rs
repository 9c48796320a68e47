//! Marks at the left of lines on which lint has found something: form and sign say how bad it is, not colour alone.

use ascribe_engine::lint::Finding;
use ascribe_schema::{AnnotationId, Severity};
use egui::{Align2, Painter, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::sign;
use crate::{
    command::Command,
    reading::Reading,
    text::{Fonts, isolated, visible},
    theme::{Theme, strong},
    wording::{capitalised, counted},
    workspace::Workspace,
};

/// Width and height of a mark.
const MARK: f32 = 13.0;
/// Between the marks and the text.
const GAP: f32 = 6.0;
/// Findings shown at most; a page has about thirty lines.
const MOST: usize = 200;

/// Shows the marks.
pub(crate) fn ui(
    ui: &mut Ui,
    workspace: &Workspace,
    reading: &Reading,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    let (findings, visible) = (workspace.lint.findings(), reading.pane.visible());
    let first = findings.partition_point(|finding| finding.span.start < visible.start);
    let here = findings[first..].iter().take_while(|finding| finding.span.start < visible.end);
    let here = here.filter(|finding| !finding.annotations.is_empty()).take(MOST);
    let column = reading.pane.column();
    // Whole marks only: they must not lie over what is above or below the page.
    let page = column.y_range().shrink(MARK / 2.0);
    let placed = here.filter_map(|finding| Some((reading.pane.rect_of(finding.span.start)?.center().y, finding)));
    let mut placed: Vec<_> = placed.filter(|(y, _)| page.contains(*y)).collect();
    placed.sort_by(|a, b| a.0.total_cmp(&b.0));
    for line in placed.chunk_by(|a, b| (a.0 - b.0).abs() < 2.0) {
        let found: Vec<_> = line.iter().map(|(_, finding)| *finding).collect();
        let place = Rect::from_center_size(pos2(column.left() - GAP - MARK / 2.0, line[0].0), vec2(MARK, MARK));
        mark(ui, reading, place, &found, fonts, theme, queue);
    }
}

/// The mark of a line; a click goes through the tags that it is about.
fn mark(
    ui: &Ui,
    reading: &Reading,
    place: Rect,
    found: &[&Finding],
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    let Some(worst) = found.iter().map(|finding| finding.severity).max() else { return };
    // The key W goes from one to the next: Tab need not stop at each.
    let id = ui.scope_id().with(("lint", &found[0].annotations[0], found[0].rule));
    let response = ui.interact(place.expand(2.0), id, Sense::CLICK);
    paint(ui.painter(), place, worst, response.hovered(), theme);
    let name = match found {
        [one] => format!("{}: {}", capitalised(&one.severity.to_string()), isolated(&one.message)),
        more => format!("{} on this line, the first: {}", counted(more.len(), "finding"), isolated(&more[0].message)),
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let response = response.on_hover_ui(|ui| {
        for finding in found {
            let (_, color) = sign(finding.severity, theme);
            fonts.label(ui, &visible(&capitalised_once(&finding.message)), 14.0, color);
            fonts.label(ui, &visible(&capitalised_once(&finding.hint)), 13.0, theme.ink.0);
            ui.weak(finding.rule);
        }
    });
    if response.clicked() {
        queue.push(Command::Focus(next(found, reading)));
    }
}

/// With a capital first letter, and nothing else changed.
fn capitalised_once(message: &str) -> String {
    let mut characters = message.chars();
    let first: String = characters.next().map(char::to_uppercase).into_iter().flatten().collect();
    first + characters.as_str()
}

/// The tag after the one in focus, or else the first.
fn next(found: &[&Finding], reading: &Reading) -> Option<AnnotationId> {
    let ids = || found.iter().filter_map(|finding| finding.annotations.first());
    let mut after = ids().skip_while(|id| reading.focus.as_ref() != Some(*id));
    after.find(|id| reading.focus.as_ref() != Some(*id)).or(ids().next()).cloned()
}

/// A square with a cross, a triangle with an exclamation mark, or a circle with a question mark.
fn paint(painter: &Painter, place: Rect, severity: Severity, hovered: bool, theme: &Theme) {
    let (letter, color) = sign(severity, theme);
    let line = Stroke::new(if hovered { 2.0 } else { 1.2 }, color);
    let mut at = place.center();
    match severity {
        Severity::Error => {
            painter.rect(place, 2.0, theme.page.0, line, StrokeKind::Inside);
        }
        Severity::Warning => {
            let corners = vec![place.center_top(), place.right_bottom(), place.left_bottom()];
            painter.add(Shape::convex_polygon(corners, theme.page.0, line));
            at.y += 2.0;
        }
        Severity::Note => {
            painter.circle(at, place.width() / 2.0 - 0.5, theme.page.0, line);
        }
    }
    painter.text(at, Align2::CENTER_CENTER, letter, strong(9.0), color);
}
