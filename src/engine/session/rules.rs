//! Turning rules of lint off and on, which is kept in the project's own file.

use crate::{
    Place, ReadOnly, Session,
    lint::Rule,
    store::{Store, StoreError},
};

/// Why a rule was not turned off or on. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum TurnError {
    /// Nothing may be changed here.
    #[error(transparent)]
    ReadOnly(#[from] ReadOnly),
    /// The project's file could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Session {
    /// Whether a rule of lint counts in this project.
    #[must_use]
    pub fn is_on(&self, rule: &str) -> bool {
        !self.project.file.lint_off.iter().any(|name| name == rule)
    }

    /// Turns a rule of lint off or on, for everybody who works in the project.
    ///
    /// # Errors
    ///
    /// When the project is read-only, or its file was changed by another program, or cannot be written.
    pub fn turn_rule(&mut self, rule: &Rule, on: bool) -> Result<(), TurnError> {
        if let Some(reason) = self.read_only(None) {
            return Err(reason.into());
        }
        let Place::Folder(root) = &self.project.place else { return Err(ReadOnly::Bundle.into()) };
        let mut after = self.project.file.clone();
        after.lint_off.retain(|name| name != rule.name);
        if !on {
            after.lint_off.push(rule.name.to_owned());
            after.lint_off.sort();
        }
        if after != self.project.file {
            Store::at(root).save_project(&self.project.file, &after)?;
            self.project.file = after;
        }
        Ok(())
    }
}
