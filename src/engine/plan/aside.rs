//! Taking words back into the article that were proposed or marked as something else.

use ascribe_schema::{PARATEXT, REJECTED, Span};

use super::{Plan, Planned};
use crate::{
    Change, Diff,
    action::{ActionError, Stamp},
};

impl Plan<'_> {
    /// Takes marks on `span` away, and remembers of each of the `proposed` parts there that it is the article.
    pub(super) fn keep_in_article(&self, span: Span, proposed: Vec<Span>, stamp: &mut Stamp<'_>) -> Planned {
        self.check_spans(&[span])?;
        let here =
            |span: Span| self.set.index().overlapping(span).into_iter().filter_map(|(_, id)| self.set.annotation(&id));
        let mut changes = Vec::new();
        for mark in here(span).filter(|annotation| annotation.paratext() == Some(true)) {
            let removed = Change::Annotation(Diff::removed(mark.clone()));
            if !changes.contains(&removed) {
                changes.extend(self.set.relations_of(&mark.id).map(|tie| Change::Relation(Diff::removed(tie.clone()))));
                changes.push(removed);
            }
        }
        for proposal in proposed {
            let known = here(proposal).any(|annotation| annotation.paratext() == Some(false));
            if !known && proposal.overlaps(span) {
                let mut annotation = self.new_annotation(PARATEXT.to_owned(), vec![proposal], stamp)?;
                annotation.attributes.insert(REJECTED.0.to_owned(), REJECTED.1.to_owned());
                changes.push(Change::Annotation(Diff::added(annotation)));
            }
        }
        if changes.is_empty() { Err(ActionError::Same) } else { Ok(("Keep in the article".to_owned(), changes)) }
    }
}
