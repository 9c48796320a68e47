//! Making a tag that nobody has as it should be.

use ascribe_schema::Values;
use egui::{Button, RichText, Role, TextEdit, Ui, WidgetInfo};

use super::{compared::Compared, edit::Edit, panel::Panel, words::link_name};
use crate::{
    command::{Change, Command, Deciding},
    panel::inspector::section,
    reading::label_color,
    text::isolated,
    theme::strong,
    wording::{capitalised, shortened},
};

/// Shows what is being made, and how to change it.
pub fn ui(ui: &mut Ui, panel: &mut Panel<'_>, compared: &Compared, edit: &Edit) {
    let title = if edit.case.is_some() { "As it should be" } else { "What all overlooked" };
    ui.label(RichText::new(title).font(strong(17.0)));
    ui.weak("Shown dashed in the article. It becomes part of gold; nobody’s own tags are changed.");
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        panel.button(ui, true, "Decide so", "Decide so", Deciding::TakeEdited);
        if ui.button("Cancel").clicked() {
            panel.push(Deciding::LeaveEdited);
        }
    });
    boundary(ui, panel, compared, edit);
    labels(ui, panel, edit);
    values(ui, panel, edit);
    links(ui, panel, compared, edit);
}

fn choice(ui: &mut Ui, panel: &mut Panel<'_>, chosen: bool, text: RichText, name: &str, change: Change) {
    let button = ui.add(Button::selectable(chosen, text).frame_when_inactive(true));
    button.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, name));
    if button.clicked() {
        panel.push(Deciding::Change(change));
    }
}

fn boundary(ui: &mut Ui, panel: &mut Panel<'_>, compared: &Compared, edit: &Edit) {
    section(ui, "Words");
    panel.fonts.label(ui, &shortened(&edit.made.text.join(" … "), 400), 14.0, panel.theme.ink.0);
    let selected = panel.workspace.reviewing.reading().and_then(|reading| reading.selection());
    ui.horizontal_wrapped(|ui| {
        for (side, member) in edit.case.into_iter().flat_map(|case| compared.members(case)) {
            let name = compared.names().name(side);
            let chosen = member.spans == edit.made.spans;
            choice(ui, panel, chosen, RichText::new(&name), &format!("Words as {name} has them"), Change::Words(side));
        }
        let change = Deciding::Change(Change::Selection);
        let name = "Words that are selected in the article";
        panel.button(ui, selected.is_some(), "The selection", name, change);
    });
    if selected.is_none() {
        ui.weak("Or select other words in the article.");
    }
}

fn labels(ui: &mut Ui, panel: &mut Panel<'_>, edit: &Edit) {
    section(ui, "Label");
    let scheme = panel.workspace.scheme();
    ui.horizontal_wrapped(|ui| {
        for label in &scheme.labels {
            let chosen = label.name == edit.made.label;
            let text = RichText::new(&label.name);
            let text = if chosen { text } else { text.color(label_color(panel.theme, scheme, &label.name)) };
            choice(ui, panel, chosen, text, &format!("Label {}", label.name), Change::Label(label.name.clone()));
        }
    });
}

fn values(ui: &mut Ui, panel: &mut Panel<'_>, edit: &Edit) {
    let Some(label) = panel.workspace.scheme().label(&edit.made.label) else { return };
    for attribute in &label.attributes {
        let now = edit.made.attributes.get(&attribute.name);
        let (Values::Choice(options) | Values::Scale(options)) = &attribute.values else {
            if attribute.values == Values::Text {
                text(ui, panel, &attribute.name, now);
            }
            continue;
        };
        section(ui, &capitalised(&attribute.name));
        ui.horizontal_wrapped(|ui| {
            for option in options {
                let (chosen, shown) = (now == Some(option), option.replace('_', " "));
                let name = format!("{} {shown}", capitalised(&attribute.name));
                let change = Change::Value(attribute.name.clone(), (!chosen).then(|| option.clone()));
                choice(ui, panel, chosen, RichText::new(shown), &name, change);
            }
        });
    }
}

/// A value in words of one's own.
fn text(ui: &mut Ui, panel: &mut Panel<'_>, name: &str, now: Option<&String>) {
    section(ui, &capitalised(name));
    let mut words = now.cloned().unwrap_or_default();
    let field = ui.add(TextEdit::singleline(&mut words).desired_width(f32::INFINITY));
    field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, capitalised(name)));
    if field.changed() {
        panel.push(Deciding::Change(Change::Value(name.to_owned(), (!words.is_empty()).then_some(words))));
    }
}

fn links(ui: &mut Ui, panel: &mut Panel<'_>, compared: &Compared, edit: &Edit) {
    let links = edit.links(compared);
    if links.is_empty() {
        return;
    }
    section(ui, "Ties");
    for (link, words) in links {
        let mut on = edit.made.links.contains(&link);
        let text = format!("{}: {}", link_name(&link.kind), isolated(&shortened(&words, 60)));
        if ui.checkbox(&mut on, text).changed() {
            panel.queue.push(Command::Deciding(Deciding::Change(Change::Link(link, on))));
        }
    }
}
