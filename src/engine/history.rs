//! Undo and redo, across documents.

use crate::Transaction;

/// What was done, and what was undone since, the newest last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    done: Vec<Transaction>,
    undone: Vec<Transaction>,
}

impl History {
    /// Notes what was done; what had been undone can no longer be redone.
    pub fn push(&mut self, transaction: Transaction) {
        self.undone.clear();
        self.done.push(transaction);
    }

    /// What undo would take back.
    #[must_use]
    pub fn undoable(&self) -> Option<&Transaction> {
        self.done.last()
    }

    /// What redo would do again.
    #[must_use]
    pub fn redoable(&self) -> Option<&Transaction> {
        self.undone.last()
    }

    /// Moves the newest deed to the undone ones and returns it.
    pub fn undo(&mut self) -> Option<&Transaction> {
        self.undone.push(self.done.pop()?);
        self.undone.last()
    }

    /// Moves what was undone last back to the done ones and returns it.
    pub fn redo(&mut self) -> Option<&Transaction> {
        self.done.push(self.undone.pop()?);
        self.done.last()
    }

    /// Forgets deeds that `keep` does not want.
    pub fn retain(&mut self, keep: impl Fn(&Transaction) -> bool) {
        self.done.retain(&keep);
        self.undone.retain(&keep);
    }

    /// Forgets the deeds with these numbers, counted from the newest, from 0: of what was done, and of what was undone.
    pub fn forget(&mut self, done: &[usize], undone: &[usize]) {
        for (deeds, numbers) in [(&mut self.done, done), (&mut self.undone, undone)] {
            let mut number = deeds.len();
            deeds.retain(|_| {
                number -= 1;
                !numbers.contains(&number)
            });
        }
    }

    /// Forgets all but the newest `keep` deeds.
    pub fn shorten(&mut self, keep: usize) {
        self.done.drain(..self.done.len().saturating_sub(keep));
        self.undone.drain(..self.undone.len().saturating_sub(keep));
    }

    /// The deeds, the oldest first.
    #[must_use]
    pub fn done(&self) -> &[Transaction] {
        &self.done
    }

    /// What was undone, the next to be redone last.
    #[must_use]
    pub fn undone(&self) -> &[Transaction] {
        &self.undone
    }
}
