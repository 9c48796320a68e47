//! What each has in the case in focus, with what differs emphasised.

use ascribe_schema::{Annotation, Span};
use egui::{Frame, Margin, RichText, Sense, Stroke, Ui};

use super::{compared::Compared, layers::Group, panel::Panel, words::link_name};
use crate::{
    command::Deciding,
    reading::label_color,
    text::isolated,
    theme::strong,
    wording::{capitalised, shortened},
};

/// Shows a card for each that is different, and one for those who have nothing.
pub fn ui(ui: &mut Ui, panel: &mut Panel<'_>, compared: &Compared, case: usize) {
    let groups = compared.groups(case);
    for group in &groups {
        ui.add_space(8.0);
        card(ui, panel, compared, case, group, &groups);
    }
    let (aside, without) = compared.without(case);
    for (sides, one, several) in [
        (without, "has nothing here", "have nothing here"),
        (aside, "takes this for something else than the article", "take this for something else than the article"),
    ] {
        let Some(&first) = sides.first() else { continue };
        ui.add_space(8.0);
        frame(panel, false).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(RichText::new(compared.names().list(&sides)).font(strong(14.0)));
            ui.weak(if sides.len() > 1 { several } else { one });
            let text = format!("Nothing, like {}", compared.names().name(first));
            panel.button(ui, true, &text, &text, Deciding::Take(first));
        });
    }
}

fn frame(panel: &Panel<'_>, taken: bool) -> Frame {
    let (width, color) = if taken { (2.0, panel.theme.good.0) } else { (1.0, panel.theme.control_line.0) };
    Frame::new()
        .fill(panel.theme.page.0)
        .stroke(Stroke::new(width, color))
        .corner_radius(6)
        .inner_margin(Margin::symmetric(10, 8))
}

fn card(ui: &mut Ui, panel: &mut Panel<'_>, compared: &Compared, case: usize, group: &Group, groups: &[Group]) {
    let (names, side) = (compared.names(), group.sides[0]);
    let Some((member, here)) = compared.comparison.member(case, side).zip(compared.case(case)) else { return };
    let accepted = |decision: &ascribe_schema::Decision| match &decision.verdict {
        ascribe_schema::Verdict::Accept(right) => right.contains(&compared.comparison.sides[side].annotator),
        _ => false,
    };
    let taken = here.state.decision().is_some_and(|decision| accepted(decision));
    let differs = &here.unit.differs;
    frame(panel, taken).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let color = label_color(panel.theme, panel.workspace.scheme(), &member.label);
        ui.horizontal_wrapped(|ui| {
            let letters = names.sign(&group.sides);
            let who = names.list(&group.sides);
            let who = if letters == who { who } else { format!("{letters}  {who}") };
            ui.label(RichText::new(who).font(strong(14.0)));
            let label = capitalised(&member.label);
            let label = if differs.label {
                RichText::new(format!("≠ {label}")).font(strong(14.0))
            } else {
                RichText::new(label)
            };
            ui.label(label.color(color));
        });
        words(ui, panel, compared, case, member, differs.boundary);
        values(ui, panel, compared, case, member);
        ties(ui, panel, compared, case, side, member);
        if !member.note.is_empty() {
            let note = format!("Note: {}", isolated(&shortened(&member.note, 300)));
            panel.fonts.label(ui, &note, 13.0, panel.theme.muted.0);
        }
        if groups.len() > 1 || differs.found {
            let text = format!("Take {}’s", names.name(side));
            panel.button(ui, true, &text, &text, Deciding::Take(side));
        }
    });
}

/// The words, with those that others do not have told apart.
fn words(ui: &mut Ui, panel: &mut Panel<'_>, compared: &Compared, case: usize, member: &Annotation, differs: bool) {
    let quote = shortened(&member.text.join(" … "), 400);
    panel.fonts.label(ui, &quote, 14.0, panel.theme.ink.0);
    let Some(text) = panel.workspace.document().and_then(|document| document.text.clone()).filter(|_| differs) else {
        return;
    };
    for span in only_here(compared, case, member) {
        let Some(words) = text.slice(span).filter(|words| !words.trim().is_empty()) else { continue };
        let line = format!("≠ only here: “{}”", isolated(&shortened(words.trim(), 120)));
        panel.fonts.label(ui, &line, 13.0, panel.theme.accent.0);
    }
}

/// The parts of an annotation's fragments that some other member does not have.
fn only_here(compared: &Compared, case: usize, member: &Annotation) -> Vec<Span> {
    let mut shared: Vec<Span> = member.spans.clone();
    for (_, other) in compared.members(case) {
        let meet = |span: &Span| other.spans.iter().filter_map(|there| span.intersection(*there)).collect::<Vec<_>>();
        shared = shared.iter().flat_map(meet).collect();
    }
    let mut rest = Vec::new();
    for span in &member.spans {
        let mut from = span.start;
        for common in shared.iter().filter(|common| span.covers(**common)) {
            rest.push(Span { start: from, end: common.start });
            from = common.end;
        }
        rest.push(Span { start: from, end: span.end });
    }
    rest.retain(|span| !span.is_empty());
    rest
}

fn values(ui: &mut Ui, panel: &mut Panel<'_>, compared: &Compared, case: usize, member: &Annotation) {
    let differs = compared.case(case).map(|case| &case.unit.differs.attributes);
    let mut names: Vec<_> = member.attributes.keys().chain(differs.into_iter().flatten()).collect();
    names.sort();
    names.dedup();
    for name in names {
        let value = member.attributes.get(name).map_or("none".to_owned(), |value| value.replace('_', " "));
        let line = format!("{}: {}", name.replace('_', " "), isolated(&value));
        let other = differs.is_some_and(|differs| differs.contains(name));
        let (line, color) =
            if other { (format!("≠ {line}"), panel.theme.accent.0) } else { (line, panel.theme.muted.0) };
        panel.fonts.label(ui, &line, 13.0, color);
    }
}

fn ties(ui: &mut Ui, panel: &mut Panel<'_>, compared: &Compared, case: usize, side: usize, member: &Annotation) {
    let differs = compared.case(case).map(|case| &case.unit.differs.links);
    let mut missing: Vec<_> = differs.into_iter().flatten().collect();
    for (tie, to, there) in compared.links(side, member) {
        missing.retain(|kind| **kind != tie.kind);
        let other = differs.is_some_and(|differs| differs.contains(&tie.kind));
        let sign = if other { "≠ " } else { "" };
        let color = if other { panel.theme.accent.0 } else { panel.theme.muted.0 };
        ui.horizontal(|ui| {
            ui.label(RichText::new(format!("{sign}{}:", link_name(&tie.kind))).size(13.0).color(color));
            let words = shortened(&to.quote(), 60);
            let link = panel.fonts.line(ui, &words, 13.0, color, Sense::click());
            let name = format!("Go to {}: {}", to.label, isolated(&words));
            link.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, &name));
            if let (true, Some(there)) = (link.clicked(), there) {
                panel.push(Deciding::Case(there));
            }
        });
    }
    for kind in missing {
        panel.fonts.label(ui, &format!("≠ {}: none", link_name(kind)), 13.0, panel.theme.accent.0);
    }
}
