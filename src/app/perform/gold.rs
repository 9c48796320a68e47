//! Gold is made of what was decided, once that is saved.

use ascribe_engine::{GoldMade, adjudicate::GoldError};
use egui::Context;

use crate::{app::App, background::Job, text::isolated, workspace::Workspace};

impl App {
    /// Takes in gold that was made, and has it made of what was decided since.
    pub(crate) fn prepare_gold(&mut self, ctx: &Context) {
        let Some(Workspace { session, gold, .. }) = &mut self.workspace else { return };
        let told = gold.as_ref().and_then(|job| job.poll().transpose());
        if told.is_some() {
            *gold = None;
        }
        if gold.is_none() {
            *gold = session.gold_to_make().map(|work| Job::start(ctx, |_| work.make()));
        }
        // A thread that has died has changed nothing, and lint tells that gold is out of date.
        if let Some(Ok(made)) = told {
            self.take_gold(&made);
        }
    }

    /// Before the project is left, all gold is made.
    pub(crate) fn finish_gold(&mut self) {
        while let Some(workspace) = &mut self.workspace {
            let made = match workspace.gold.take() {
                Some(job) => job.wait().ok(),
                None => match workspace.session.gold_to_make() {
                    Some(work) => Some(work.make()),
                    None => return,
                },
            };
            made.iter().for_each(|made| self.take_gold(made));
        }
    }

    fn take_gold(&mut self, made: &GoldMade) {
        let Some(workspace) = &mut self.workspace else { return };
        let news = workspace.session.take_gold(made);
        if !news.is_empty() {
            workspace.take_up(&news);
        }
        let Err(reason) = &made.written else { return };
        let here = workspace.session.project().documents.get(&made.document);
        let title = here.map(|here| isolated(&here.record.title).into_owned()).unwrap_or_default();
        self.complain(match reason {
            GoldError::HandMade(_) => format!(
                "Gold of {title} was not made from decisions, and is left as it is. “ascribe-cli adjudicate --gold \
                 --replace” writes over it, and keeps a copy."
            ),
            GoldError::Store(reason) => format!("Gold of {title} could not be made: {reason}."),
        });
    }
}
