//! A colleague's work from outside the project: what it would bring, which of it is taken, and what became of that.

mod row;
mod sheet;

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use ascribe_engine::{
    Session,
    colleague::{Account, How, Offer, Piece, Standing, look, take},
    store::Store,
};
use ascribe_schema::DocumentId;
use egui::Context;

use crate::{
    background::{Job, Lost},
    exporting::Material,
    wording::sentence_case,
};

pub(crate) use self::sheet::ui;

/// What some files would bring, while a person looks at it.
pub struct Receiving {
    material: Arc<Material>,
    /// The titles of the project's documents.
    titles: BTreeMap<DocumentId, String>,
    looking: Option<Job<Result<Offer, String>>>,
    offer: Option<Result<Arc<Offer>, String>>,
    /// How each piece is taken, if it is.
    chosen: Vec<Option<How>>,
    taking: Option<Job<Result<Account, String>>>,
    account: Option<Result<Account, String>>,
    /// Whether something has been written that the window has not read yet.
    news: bool,
    /// Whether the button that leads on should get the keyboard.
    fresh: bool,
}

impl Receiving {
    /// Begins to look at bundles, folders and files.
    #[must_use]
    pub fn start(ctx: &Context, session: &Session, paths: Vec<PathBuf>) -> Self {
        let place = session.project().place.path().clone();
        let me = session.annotator().clone();
        let material = Arc::new(Material::new(place, me.clone(), session.changed_sets()));
        let documents = session.project().documents.values();
        let titles = documents.map(|document| (document.record.id.clone(), document.record.title.clone()));
        let read = material.clone();
        let looking = Job::start(ctx, move |_| {
            let project = read.project()?;
            look(&project, Some(&me), &paths).map_err(|reason| sentence_case(&reason.to_string()))
        });
        Self {
            material,
            titles: titles.collect(),
            looking: Some(looking),
            offer: None,
            chosen: Vec::new(),
            taking: None,
            account: None,
            news: false,
            fresh: false,
        }
    }

    /// Takes in what the threads have told.
    fn poll(&mut self) {
        if let Some(outcome) = self.looking.as_ref().and_then(|job| job.poll().transpose()) {
            self.looking = None;
            let offer = outcome.unwrap_or_else(|Lost| Err("These files could not be read.".to_owned()));
            let usual = |piece: &Piece| (piece.brings() && !piece.asks()).then_some(How::Replace);
            self.chosen = offer.iter().flat_map(|offer| offer.pieces.iter().map(usual)).collect();
            self.offer = Some(offer.map(Arc::new));
            self.fresh = true;
        }
        if let Some(outcome) = self.taking.as_ref().and_then(|job| job.poll().transpose()) {
            self.taking = None;
            self.account =
                Some(outcome.unwrap_or_else(|Lost| Err("This was broken off; look what is there.".to_owned())));
            (self.news, self.fresh) = (true, true);
        }
    }

    /// Takes what is chosen.
    fn take(&mut self, ctx: &Context) {
        let Some(Ok(offer)) = &self.offer else { return };
        let (offer, material) = (offer.clone(), self.material.clone());
        let chosen = self.chosen.iter().enumerate().filter_map(|(number, how)| Some((number, (*how)?)));
        let chosen: Vec<_> = chosen.collect();
        self.taking = Some(Job::start(ctx, move |_| {
            let project = material.project()?;
            Ok(take(&Store::at(&material.place), &project, &offer, &chosen))
        }));
    }

    /// Whether something is being written now.
    #[must_use]
    pub fn is_taking(&self) -> bool {
        self.taking.is_some()
    }

    /// Whether something was written since this was asked last.
    pub fn has_news(&mut self) -> bool {
        std::mem::take(&mut self.news)
    }

    /// What a document is called.
    fn title(&self, document: &DocumentId) -> String {
        self.titles.get(document).cloned().unwrap_or_else(|| document.to_string())
    }

    /// How many pieces are chosen.
    fn count(&self) -> usize {
        self.chosen.iter().flatten().count()
    }
}

/// What a file from outside is to the one that is here: a sign, and words.
fn standing(piece: &Piece) -> (&'static str, String) {
    let some = |by: &ascribe_engine::colleague::Differences| {
        let parts = [(by.added, "only there"), (by.changed, "said differently"), (by.missing, "only here")];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0);
        parts.map(|(count, what)| format!("{count} {what}")).collect::<Vec<_>>().join(", ")
    };
    match &piece.standing {
        Standing::New => ("+", "new".to_owned()),
        Standing::WithDocument => ("+", "new, with its article, which this project does not have".to_owned()),
        Standing::Same => ("=", "the same as here".to_owned()),
        Standing::Newer(by) => ("↑", format!("newer than here: {}", some(by))),
        Standing::Older(by) => ("↓", format!("older than here: {}", some(by))),
        Standing::Different(by) => ("≠", format!("differs from the one here: {}", some(by))),
        Standing::HereUnreadable => ("!", "the one here cannot be read".to_owned()),
        Standing::Mine(_) => ("◇", "yours: it is left alone".to_owned()),
        Standing::Refused => ("×", "cannot be taken; see below".to_owned()),
    }
}
