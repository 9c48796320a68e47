//! Changing what holds for the whole project: which rules of lint count, and who annotates what. It is kept in the
//! project's own file, for everybody, and takes effect at once; undo does not reach it.

use crate::{
    Place, ReadOnly, Session,
    assign::{Assignments, with},
    lint::Rule,
    store::{Store, StoreError},
};

/// Why the project's own file was not changed. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
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
    pub fn turn_rule(&mut self, rule: &Rule, on: bool) -> Result<(), ProjectError> {
        self.change_project(|file| {
            file.lint_off.retain(|name| name != rule.name);
            if !on {
                file.lint_off.push(rule.name.to_owned());
                file.lint_off.sort();
            }
        })
    }

    /// Says who annotates some documents, in place of whoever was asked to before; nobody takes the entry away. Who is
    /// new becomes one of the project's annotators.
    ///
    /// # Errors
    ///
    /// When the project is read-only, or its file was changed by another program, or cannot be written.
    pub fn assign(&mut self, assignments: Assignments) -> Result<(), ProjectError> {
        self.change_project(|file| *file = with(file, assignments))
    }

    /// Changes what holds for the whole project.
    ///
    /// # Errors
    ///
    /// When the project is read-only, or its file was changed by another program, or cannot be written.
    pub fn change_project(&mut self, change: impl FnOnce(&mut ascribe_schema::Project)) -> Result<(), ProjectError> {
        if let Some(reason) = self.read_only(None) {
            return Err(reason.into());
        }
        let Place::Folder(root) = &self.project.place else { return Err(ReadOnly::Bundle.into()) };
        let mut after = self.project.file.clone();
        change(&mut after);
        if after != self.project.file {
            Store::at(root).save_project(&self.project.file, &after)?;
            self.project.file = after;
        }
        Ok(())
    }
}
