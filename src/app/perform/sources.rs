//! Commands about the list of sources.

use std::path::PathBuf;

use ascribe_engine::ledger::{Mention, Renamed};
use ascribe_schema::DocumentId;
use egui::Context;

use crate::{
    app::App,
    command::{Sources, Tab},
    files::Purpose,
    overlay::Overlay,
    sources::Naming,
    wording::counted,
    workspace::Workspace,
};

impl App {
    /// Keeps the list of sources up to date while it is shown.
    pub(crate) fn prepare_sources(&mut self, ctx: &Context) {
        let shown = |workspace: &&mut Workspace| workspace.left.tab == Tab::Sources;
        if let Some(workspace) = self.workspace.as_mut().filter(shown) {
            workspace.sources.prepare(ctx, &workspace.session);
        }
    }

    pub(super) fn sources(&mut self, ctx: &Context, command: Sources) {
        let Some(workspace) = &mut self.workspace else { return };
        let sources = &mut workspace.sources;
        match command {
            Sources::Whose(whose) => sources.whose = whose,
            Sources::Sort(column) => sources.sort_by(column),
            Sources::Row(number) => sources.go_to(number),
            Sources::Choose(number) => {
                sources.go_to(number);
                sources.choose(number);
            }
            Sources::Mention(number) => {
                sources.go_to(number);
                self.show_mention(ctx);
            }
            Sources::Merge => self.ask_name(true),
            Sources::Split => self.ask_name(false),
            Sources::Name(mentions, name) => self.name_sources(ctx, &mentions, &name),
            Sources::Csv => self.ask(ctx, Purpose::Sources),
        }
    }

    /// Goes to the next mention of the row that the keys act on; the list keeps the keyboard.
    fn show_mention(&mut self, ctx: &Context) {
        let Some(workspace) = &mut self.workspace else { return };
        let Some((mention, number, count)) = workspace.sources.next_mention() else { return };
        self.show_tag(ctx, &mention.document, &mention.annotator, Some(mention.annotation.clone()));
        self.leave_text();
        self.say(ctx, format!("{}: mention {number} of {count}", mention.words));
    }

    fn ask_name(&mut self, merge: bool) {
        let Some(workspace) = &self.workspace else { return };
        let rows = workspace.sources.meant();
        let documents = &workspace.session.project().documents;
        let title =
            |id: &DocumentId| documents.get(id).map(|document| document.record.title.clone()).unwrap_or_default();
        let me = workspace.session.annotator();
        let naming = match (merge, rows.as_slice()) {
            (true, [_, _, ..]) => Naming::merge(&rows, me, title),
            (true, _) => return self.complain("Tick at least two sources first, with their boxes or with Space."),
            (false, [row]) => Naming::split(row, me, title),
            (false, _) => return self.complain("Choose one source first."),
        };
        self.overlay = Some(Overlay::Naming(Box::new(naming)));
    }

    fn name_sources(&mut self, ctx: &Context, mentions: &[Mention], name: &str) {
        let Some(workspace) = &mut self.workspace else { return };
        match workspace.session.name_sources(mentions, Some(name)) {
            Ok(renamed) => {
                workspace.sources.chosen.clear();
                self.say(ctx, told(&renamed, name));
            }
            Err(reason) => self.complain(format!("Nothing was changed: {reason}.")),
        }
    }

    /// Writes the list of sources, as it is shown.
    pub(super) fn write_sources(&mut self, ctx: &Context, path: PathBuf) {
        if let Some(workspace) = &self.workspace {
            self.files.write_sources(ctx, workspace.sources.table(), path);
        }
    }
}

/// What became of mentions that got a name.
fn told(renamed: &Renamed, name: &str) -> String {
    let what = if name.is_empty() { "without a name now".to_owned() } else { format!("named “{name}”") };
    let mut told = format!("{} {what}", counted(renamed.changed, "mention"));
    for (count, why) in [
        (renamed.same, "had it already"),
        (renamed.others, "of other people left as they are"),
        (renamed.read_only, "in articles that cannot be changed"),
    ] {
        if count > 0 {
            told += &format!("; {count} {why}");
        }
    }
    told
}
