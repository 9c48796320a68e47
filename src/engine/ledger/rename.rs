//! Merging and splitting by hand: the same entity for several mentions, or another, or none.

use std::collections::BTreeMap;

use ascribe_schema::{AnnotationId, DocumentId};

use super::Mention;
use crate::{Action, CommitError, Session, Transaction, action::ActionError};

/// What a deed of several articles is called, before and behind what it says.
const SEVERAL: [&str; 2] = ["Name a source", " articles"];

/// What became of mentions that were to get an entity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renamed {
    /// How many got it.
    pub changed: usize,
    /// In how many documents.
    pub documents: usize,
    /// How many had it already.
    pub same: usize,
    /// How many are other people's, and stay as they are.
    pub others: usize,
    /// How many lie in documents that cannot be changed.
    pub read_only: usize,
}

impl Session {
    /// Gives one's own among these mentions an entity, or takes it from them: one transaction a document, which undo takes
    /// back together. Other people's sets are never touched.
    ///
    /// # Errors
    ///
    /// When the project's scheme has no entity for sources, or nothing of it can be changed; nothing has changed then.
    pub fn name_sources(&mut self, mentions: &[Mention], entity: Option<&str>) -> Result<Renamed, CommitError> {
        let entity = entity.map(str::trim).filter(|entity| !entity.is_empty());
        let mut renamed = Renamed::default();
        let mut own: BTreeMap<&DocumentId, Vec<AnnotationId>> = BTreeMap::new();
        for mention in mentions {
            if mention.annotator != *self.annotator() {
                renamed.others += 1;
            } else if self.read_only(Some(&mention.document)).is_some() {
                renamed.read_only += 1;
            } else if mention.entity.as_deref() == entity {
                renamed.same += 1;
            } else {
                own.entry(&mention.document).or_default().push(mention.annotation.clone());
            }
        }
        let mut planned = Vec::new();
        for (document, ids) in own {
            let (name, value) = ("entity".to_owned(), entity.map(str::to_owned));
            renamed.changed += ids.len();
            // Nothing is made that would need a time or an id.
            let action = Action::SetAttributeOfEach { ids, name, value };
            planned.push(self.plan(document, action, "", &mut || 0)?);
        }
        renamed.documents = planned.len();
        if planned.is_empty() {
            let blocked = mentions.iter().find_map(|mention| self.read_only(Some(&mention.document)));
            return match blocked.filter(|_| renamed.read_only > 0) {
                Some(reason) => Err(reason.into()),
                None if renamed.same > 0 || renamed.others == 0 => Err(ActionError::Same.into()),
                None => Ok(renamed),
            };
        }
        let what = entity.map_or_else(|| "nothing".to_owned(), |entity| format!("“{entity}”"));
        let what = format!("{} {what}", SEVERAL[0]);
        for mut transaction in planned {
            transaction.name = match renamed.documents {
                1 => what.clone(),
                documents => format!("{what} in {documents}{}", SEVERAL[1]),
            };
            self.commit(transaction)?;
        }
        Ok(renamed)
    }

    /// Takes the newest deed back, and with it all that was done together with it; returns them, the newest first.
    ///
    /// # Errors
    ///
    /// When a document has become read-only; what was taken back by then is.
    pub fn undo_together(&mut self) -> Result<Vec<Transaction>, CommitError> {
        let mut undone: Vec<Transaction> = self.undo()?.into_iter().collect();
        while self.history().undoable().is_some_and(|next| belongs(&undone, next)) {
            undone.extend(self.undo()?);
        }
        Ok(undone)
    }

    /// Does again what was undone last, and all that was done together with it; returns them.
    ///
    /// # Errors
    ///
    /// When a document has become read-only; what was done again by then is.
    pub fn redo_together(&mut self) -> Result<Vec<Transaction>, CommitError> {
        let mut done: Vec<Transaction> = self.redo()?.into_iter().collect();
        while self.history().redoable().is_some_and(|next| belongs(&done, next)) {
            done.extend(self.redo()?);
        }
        Ok(done)
    }
}

/// Whether a deed is a part of what `deeds` are parts of: it has the same name, which says how many there are, and is
/// about another document.
fn belongs(deeds: &[Transaction], next: &Transaction) -> bool {
    let more = |first: &Transaction| several(first).is_some_and(|all| deeds.len() < all);
    deeds.first().is_some_and(|first| more(first) && first.name == next.name)
        && deeds.iter().all(|deed| deed.document != next.document)
}

/// Of how many deeds that are done together one is, as its name says.
fn several(deed: &Transaction) -> Option<usize> {
    let name = deed.name.strip_suffix(SEVERAL[1]).filter(|name| name.starts_with(SEVERAL[0]))?;
    name.rsplit(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn no_more_belong_together_than_their_name_says() {
        let deed = |document: &str, name: &str| Transaction {
            document: DocumentId::new(document).unwrap(),
            name: name.to_owned(),
            changes: Vec::new(),
        };
        let two = format!("{} “Ana 3” in 2{}", SEVERAL[0], SEVERAL[1]);
        let first = deed("a", &two);
        assert!(belongs(std::slice::from_ref(&first), &deed("b", &two)));
        assert!(!belongs(std::slice::from_ref(&first), &deed("a", &two)), "another time the same article");
        assert!(!belongs(&[first, deed("b", &two)], &deed("c", &two)), "that is the next renaming");
        let one = format!("{} “Ana”", SEVERAL[0]);
        assert!(!belongs(&[deed("a", &one)], &deed("b", &one)));
    }
}
