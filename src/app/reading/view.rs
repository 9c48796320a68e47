//! The middle of the window: what the document is, the text, and what belongs to the focused annotation.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use ascribe_schema::{Annotation, AnnotationId, Scheme, Span};
use egui::{Color32, FocusDirection, Frame, Key, Margin, Panel, Ui};

use super::{
    Find, Reading, access, chips, header, hits,
    marks::{Marks, Painted},
    offer, overview,
    pointer::{explain_hovered, explain_sign},
    shown::Shown,
    ties::draw_ties,
    toolbar,
};
use crate::{
    command::{Command, Suggesting},
    linting,
    text::{Fonts, PaneResponse, TextPane, TextStyle, isolated},
    theme::Theme,
    wording::shortened,
    workspace::Workspace,
};

/// From one line to the next, in letter sizes: three underlines fit between. Where there are more, the lines of
/// that paragraph move apart.
const LINE: f32 = 2.1;

/// Shows the document that is being read.
pub fn ui(ui: &mut Ui, workspace: &mut Workspace, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    header::ui(ui, workspace, fonts, theme, queue);
    header::banner(ui, workspace, theme, queue);
    let Some(current) = workspace.current.clone() else { return };
    let Some(mut reading) = workspace.readings.remove(&current) else { return };
    header::fonts_banner(ui, &mut reading, theme);
    if let Some(find) = &mut reading.find {
        Frame::new().inner_margin(Margin::symmetric(24, 4)).show(ui, |ui| find.ui(ui, theme, queue));
        if find.listed && !find.hits.spans.is_empty() {
            list_hits(ui, workspace, find, &reading.pane, fonts, theme, queue);
        } else {
            ui.separator();
        }
    }
    page(ui, workspace, &mut reading, fonts, theme, queue);
    workspace.readings.insert(current, reading);
}

/// The list of hits, of which a person can say how high it is.
fn list_hits(
    ui: &mut Ui,
    workspace: &Workspace,
    find: &mut Find,
    pane: &TextPane,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    let around = hits::Around {
        text: pane.text(),
        set: workspace.shown_set(),
        scheme: workspace.scheme(),
        entries: &workspace.entries,
        theme,
        writable: workspace.read_only().is_none(),
    };
    let height = ui.available_height();
    let panel = Panel::top("hits").default_size(height / 3.0).size_range(hits::heights(find, height));
    let frame = Frame::new().inner_margin(Margin::symmetric(12, 4));
    panel.resizable(true).frame(frame).show(ui, |ui| hits::ui(ui, find, &around, fonts, queue));
}

fn page(
    ui: &mut Ui,
    workspace: &Workspace,
    reading: &mut Reading,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    overview::ui(ui, workspace, reading, theme);
    take_tab(ui, workspace, reading);
    let scheme = workspace.scheme();
    let open = reading.offers.open().cloned();
    let (set, suggested) = (workspace.shown_set(), open.as_ref().map(|open| &open.set));
    let shown = Shown { set, suggested, marks: None };
    let because = open.as_ref().zip(reading.focus.clone()).and_then(|(open, id)| open.suggestion(&id));
    let Some(document) = workspace.document() else { return };
    let page = Page {
        shown,
        scheme,
        theme,
        version: reading.offers.number(),
        related: None,
        because: because.map_or(&[], |suggestion| &suggestion.because),
        paratext: workspace.paratext(),
        all_signs: workspace.all_signs,
        aside: chips::width(ui.available_width()),
        name: format!("Article: {}", isolated(&document.record.title)),
        language: &document.record.language,
    };
    let lead = reading.lead(ui);
    let (response, painted) = page.lay(ui, reading, lead.as_ref(), fonts);
    let pane = &response.response;
    let writable = workspace.read_only().is_none();
    let hover = reading.hover.clone();
    access::describe(ui, pane.id, shown, reading, &painted.places, queue);
    if let Some(lead) = &lead {
        draw_ties(ui, shown, reading, lead, theme, scheme);
    }
    // The inspector explains the one in focus; a card would lie over the bar of a selection.
    let apart = |id: &&AnnotationId| reading.focus.as_ref() != Some(*id) && reading.selection().is_none();
    let hover = hover.as_ref().filter(|_| response.sign.is_none()).filter(apart);
    if let Some(set) = set {
        chips::ui(ui, workspace, set, reading, &painted, fonts, theme, queue);
        linting::margin_ui(ui, workspace, reading, fonts, theme, queue);
    }
    explain_hovered(pane, shown, hover, reading.here, fonts, theme);
    if writable {
        reading.grip_ui(ui, pane, shown, theme, scheme);
    }
    reading.respond(&response, shown, queue);
    // While the list of hits has the keyboard, its own labels are meant.
    let in_list = ui.memory(|memory| memory.has_focus(hits::hits_id()));
    if writable && response.pressed_at.is_none() && reading.grip.is_none() && !in_list {
        toolbar::ui(ui, workspace, reading, fonts, theme, queue);
    }
    let beside = !workspace.parts.inspector || reading.pointed;
    if let Some(suggestion) = reading.suggestion().filter(|_| beside && reading.selection().is_none() && !in_list) {
        offer::ui(ui, workspace, reading, suggestion, queue);
    }
}

/// A text with what lies on it.
pub(crate) struct Page<'a> {
    /// What lies on it.
    pub shown: Shown<'a>,
    /// The project's scheme.
    pub scheme: &'a Scheme,
    /// The colours.
    pub theme: &'a Theme,
    /// Differs whenever something else than tags has changed.
    pub version: u64,
    /// What comes forward with the tag in focus, if not what that is tied to.
    pub related: Option<Arc<BTreeSet<AnnotationId>>>,
    /// Words that are framed.
    pub because: &'a [Span],
    /// Proposals of what is not the article.
    pub paratext: &'a [Span],
    /// Whether characters that cannot be seen are shown.
    pub all_signs: bool,
    /// The room for what stands beside the lines, in points.
    pub aside: f32,
    /// What assistive technology calls the text.
    pub name: String,
    /// The language in which it is to be read out.
    pub language: &'a str,
}

impl Page<'_> {
    /// Shows the text and what is painted on it.
    fn lay(
        &self,
        ui: &mut Ui,
        reading: &mut Reading,
        lead: Option<&AnnotationId>,
        fonts: &mut Fonts,
    ) -> (PaneResponse, Painted) {
        let (shown, theme) = (self.shown, self.theme);
        let mut style = TextStyle::new(theme.ink.0, Color32::TRANSPARENT, theme.accent.0);
        (style.line_height, style.aside) = (LINE, self.aside);
        (style.sign, style.all_signs) = (theme.warning.0, self.all_signs);
        let (focus, hover) = (reading.focus.clone(), reading.hover.clone());
        let find = reading.find.take();
        reading.sheets.refresh(shown.set, self.version);
        let related = match &self.related {
            Some(related) => related.clone(),
            None => reading.sheets.related(shown, lead),
        };
        let mut marks = Marks {
            shown,
            scheme: self.scheme,
            theme,
            focus: focus.as_ref(),
            hover: hover.as_ref(),
            faded: lead.is_some(),
            related,
            selection: reading.grip.as_ref().map(|grip| grip.to).or(reading.selection()),
            hits: find.as_ref().map_or((&[], None), |find| (&find.hits.spans, find.current)),
            because: self.because,
            paratext: self.paratext,
            sheets: &mut reading.sheets,
            painted: Painted::default(),
            letters: HashMap::new(),
        };
        let response = reading.pane.show(ui, fonts, &style, &self.name, &mut marks);
        let painted = std::mem::take(&mut marks.painted);
        reading.find = find;
        let pane = &response.response;
        if std::mem::take(&mut reading.wants_keys) {
            pane.request_focus();
        }
        reading.widget = Some(pane.id);
        reading.had_keys = pane.has_focus();
        access::language(ui, pane.id, self.language);
        if let Some(sign) = response.sign {
            explain_sign(pane, sign);
        }
        (response, painted)
    }

    /// Shows it to be looked at: what is pointed at is explained, and gets the focus, but cannot be changed.
    pub fn look(&self, ui: &mut Ui, reading: &mut Reading, fonts: &mut Fonts, queue: &mut Vec<Command>) {
        let lead = reading.lead(ui);
        let (response, painted) = self.lay(ui, reading, lead.as_ref(), fonts);
        let pane = &response.response;
        access::describe(ui, pane.id, self.shown, reading, &painted.places, queue);
        if let Some(lead) = &lead {
            draw_ties(ui, self.shown, reading, lead, self.theme, self.scheme);
        }
        let hover = reading.hover.clone().filter(|_| response.sign.is_none() && reading.selection().is_none());
        explain_hovered(pane, self.shown, hover.as_ref(), reading.here, fonts, self.theme);
        reading.respond(&response, self.shown, queue);
    }
}

/// Keeps Tab in the text while any suggestion is left in either direction, unless own keys say otherwise; and lets it
/// go on where none is left in its own.
fn take_tab(ui: &Ui, workspace: &Workspace, reading: &mut Reading) {
    let step = |forward| Command::Suggesting(Suggesting::Step(forward));
    let tab = |forward| {
        let entry = workspace.entries.iter().find(|entry| entry.command == step(forward));
        entry.is_some_and(|entry| entry.keys.iter().any(|keys| keys.logical_key == Key::Tab))
    };
    let left = |forward: &bool| tab(*forward) && reading.next_suggestion(*forward).is_some();
    reading.pane.keeps_tab = [true, false].iter().any(left);
    if let Some(forward) = reading.passes_on.take() {
        let on = if forward { FocusDirection::Next } else { FocusDirection::Previous };
        ui.memory_mut(|memory| memory.move_focus(on));
    }
}

/// What an annotation is, in words: `quote: “Non”`.
pub fn sentence(annotation: &Annotation) -> String {
    format!("{}: {}", annotation.label, isolated(&shortened(&annotation.quote(), 80)))
}
