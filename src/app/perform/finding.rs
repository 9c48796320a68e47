//! Commands about what is looked for, and about tagging what was found.

use std::collections::BTreeMap;

use ascribe_engine::{Action, Query, WorkingSet};
use ascribe_schema::{Annotation, Span};
use egui::Context;

use crate::{
    app::App,
    command::{Choice, Finding},
    reading::{Find, Reading},
    workspace::Workspace,
};

impl App {
    /// Whether a command about what is looked for makes sense now.
    pub(super) fn can_find(&self, command: &Finding) -> bool {
        let Some(workspace) = &self.workspace else { return false };
        let find = workspace.reading().and_then(|reading| reading.find.as_ref());
        let writable = workspace.read_only().is_none();
        match command {
            Finding::TagChosen(_) => writable && find.is_some_and(|find| !find.chosen.is_empty()),
            Finding::ChooseAll(_) => find.is_some_and(|find| !find.hits.spans.is_empty()),
            Finding::SameWords => {
                let repeated = workspace.reading().is_some_and(|reading| reading.offers.repeated.is_some());
                writable && (workspace.focused().is_some() || repeated)
            }
            _ => workspace.reading().is_some(),
        }
    }

    /// Takes in what threads have found since the last frame.
    pub(crate) fn take_hits(&mut self, ctx: &Context) {
        let reading = self.workspace.as_mut().and_then(Workspace::reading_mut);
        if reading.and_then(|reading| reading.find.as_mut()).is_some_and(Find::poll) {
            self.show_hits(ctx);
        }
    }

    /// Opens the field.
    pub(super) fn open_find(&mut self) -> Option<&mut Find> {
        let reading = self.workspace.as_mut().and_then(Workspace::reading_mut)?;
        reading.wants_keys = false;
        Some(reading.find.get_or_insert_with(Find::default))
    }

    /// Looks for something else.
    pub(super) fn look_for(&mut self, ctx: &Context, change: impl FnOnce(&mut Query)) {
        let Some(reading) = self.workspace.as_mut().and_then(Workspace::reading_mut) else { return };
        let (from, text) = (reading.pane.visible().start, reading.pane.text().clone());
        let Some(find) = &mut reading.find else { return };
        let mut query = find.query.clone();
        change(&mut query);
        // Other words are not those of the tag any more; in another way they may be found elsewhere, too.
        find.like = find.like.take().filter(|_| query.words == find.query.words);
        find.search(ctx, &text, query, from);
        if !find.is_searching() {
            self.show_hits(ctx);
        }
    }

    /// Shows the first hit of a search that has ended. Where the words of a tag were looked for, chooses
    /// those that could become such tags, too.
    fn show_hits(&mut self, ctx: &Context) {
        self.on_find(|reading, find, set| {
            if let Some(like) = find.like.clone() {
                let tagged = |hit: Span| is_tagged(set, hit, Some(&like.label));
                let spans = find.hits.spans.iter().enumerate();
                find.chosen = spans.filter(|(_, hit)| !tagged(**hit)).map(|(number, _)| number).collect();
                find.current = find.chosen.first().copied().or(find.current);
            }
            find.shown().into_iter().for_each(|hit| reading.select_hit(hit));
        });
        let reading = self.workspace.as_ref().and_then(Workspace::reading);
        let find = reading.and_then(|reading| reading.find.as_ref());
        if find.is_some_and(|find| find.like.is_some() && find.chosen.is_empty()) {
            self.say(ctx, "There is no other place with these words that is not tagged so.");
        }
    }

    pub(super) fn step_find(&mut self, forward: bool) {
        self.on_find(|reading, find, _| {
            find.step(forward).into_iter().for_each(|hit| reading.select_hit(hit));
        });
    }

    pub(super) fn finding(&mut self, ctx: &Context, command: Finding) {
        match command {
            Finding::Mode(mode) => {
                self.open_find();
                self.look_for(ctx, |query| *query = mode.toggled(query));
            }
            Finding::List => {
                if let Some(find) = self.open_find() {
                    find.listed = !find.listed;
                    let hits = !find.hits.spans.is_empty();
                    find.give_keys(find.listed && hits);
                }
            }
            Finding::Show(number) => self.on_find(|reading, find, _| {
                find.go_to(number).into_iter().for_each(|hit| reading.select_hit(hit));
            }),
            Finding::Leave => self.return_to_text(),
            Finding::Choose(number) => self.on_find(|_, find, _| {
                if !find.chosen.remove(&number) && number < find.hits.spans.len() {
                    find.chosen.insert(number);
                }
            }),
            Finding::ChooseAll(choice) => self.on_find(|_, find, set| {
                let hits = find.hits.spans.iter().enumerate();
                let wanted = |hit: Span| match choice {
                    Choice::All => true,
                    Choice::None => false,
                    Choice::Untagged => !is_tagged(set, hit, None),
                };
                find.chosen = hits.filter(|(_, hit)| wanted(**hit)).map(|(number, _)| number).collect();
            }),
            Finding::TagChosen(number) => {
                let label = self.workspace.as_ref().and_then(|workspace| workspace.scheme().labels.get(number));
                if let Some(label) = label.map(|label| label.name.clone()) {
                    self.tag_chosen(ctx, label, BTreeMap::new());
                }
            }
            Finding::SameWords => self.same_words(ctx),
        }
    }

    /// Tags all chosen hits at once; what was in focus stays there.
    fn tag_chosen(&mut self, ctx: &Context, label: String, attributes: BTreeMap<String, String>) {
        let Some(workspace) = &self.workspace else { return };
        let Some(reading) = workspace.reading() else { return };
        let (focus, spans) = (
            reading.focus.clone(),
            reading.find.as_ref().map(|find| find.chosen_spans(reading.pane.text())).unwrap_or_default(),
        );
        if spans.is_empty() {
            return self.complain("Choose some hits first: tick their boxes, or press Space in the list of hits.");
        }
        let deeds = workspace.session.history().done().len();
        self.act(ctx, Action::TagAll { label, spans, attributes });
        let Some(workspace) = &mut self.workspace else { return };
        let tagged = workspace.session.history().done().len() != deeds;
        if let Some(reading) = workspace.reading_mut().filter(|_| tagged) {
            reading.focus = focus;
            reading.find.iter_mut().for_each(|find| find.chosen.clear());
        }
    }

    /// First lists where else the words of the focused annotation stand, then tags the chosen places as it is.
    fn same_words(&mut self, ctx: &Context) {
        let Some(workspace) = &self.workspace else { return };
        let find = workspace.reading().and_then(|reading| reading.find.as_ref());
        // With another tag in focus by now, its words are meant.
        let meant = |like: &Annotation| workspace.focused().is_none_or(|focused| focused.id == like.id);
        let like = find.filter(|find| !find.chosen.is_empty()).and_then(|find| find.like.clone());
        if let Some(like) = like.filter(|like| meant(like)) {
            return self.tag_chosen(ctx, like.label.clone(), like.attributes.clone());
        }
        // The source that was accepted last, while the next suggestion is in focus.
        let repeated = workspace.reading().and_then(|reading| reading.offers.repeated.as_ref());
        let repeated = repeated.and_then(|id| workspace.shown_set()?.annotation(id));
        let Some(focused) = workspace.focused().or(repeated).cloned() else {
            return self.no_tag(ctx);
        };
        let ([words], [span]) = (focused.text.as_slice(), focused.spans.as_slice()) else {
            return self.complain("This tag has several fragments, so there are no words of it to look for elsewhere.");
        };
        let query = Query { words: words.clone(), case: true, whole: true, pattern: false };
        let Some(reading) = self.workspace.as_mut().and_then(Workspace::reading_mut) else { return };
        let (text, start) = (reading.pane.text().clone(), span.start);
        reading.wants_keys = false;
        let find = reading.find.get_or_insert_with(Find::default);
        find.like = Some(focused.clone());
        find.listed = true;
        find.give_keys(true);
        find.search(ctx, &text, query, start);
        if !find.is_searching() {
            self.show_hits(ctx);
        }
    }

    fn on_find(&mut self, change: impl FnOnce(&mut Reading, &mut Find, Option<&WorkingSet>)) {
        let Some(workspace) = &mut self.workspace else { return };
        let Some(current) = workspace.current.clone() else { return };
        let Some(mut reading) = workspace.readings.remove(&current) else { return };
        if let Some(mut find) = reading.find.take() {
            change(&mut reading, &mut find, workspace.shown_set());
            reading.find = Some(find);
        }
        workspace.readings.insert(current, reading);
    }
}

/// Whether a hit is tagged: exactly so with any label, or with a given one as a part of more.
fn is_tagged(set: Option<&WorkingSet>, hit: Span, label: Option<&str>) -> bool {
    set.is_some_and(|set| {
        set.covering(hit).any(|(annotation, exact)| label.map_or(exact, |label| annotation.label == label))
    })
}
