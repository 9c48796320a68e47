//! What lies on the text: the tags that are shown, and the suggestions among them.

use std::{collections::HashMap, sync::Arc};

use ascribe_engine::WorkingSet;
use ascribe_schema::{Annotation, AnnotationId, Offset, Relation};

/// What is said of a tag besides what it is, where several people's are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// What stands in its line instead of the letter of its label.
    pub sign: Option<Arc<str>>,
    /// Whose it is, in words; empty where that is clear.
    pub who: String,
    /// Whether it steps back.
    pub quiet: bool,
}

/// What is said of tags, by id.
pub type Notes = HashMap<AnnotationId, Mark>;

/// Tags and suggestions. No id stands for one of each.
#[derive(Clone, Copy, Default)]
pub struct Shown<'a> {
    /// The tags, if there are any.
    pub set: Option<&'a WorkingSet>,
    /// The suggestions, if they are shown.
    pub suggested: Option<&'a WorkingSet>,
    /// What is said of them besides, if anything is.
    pub marks: Option<&'a Notes>,
}

impl<'a> Shown<'a> {
    fn both(self) -> impl Iterator<Item = &'a WorkingSet> {
        self.set.into_iter().chain(self.suggested)
    }

    /// The tag or suggestion with that id.
    #[must_use]
    pub fn annotation(self, id: &AnnotationId) -> Option<&'a Arc<Annotation>> {
        self.both().find_map(|set| set.annotation(id))
    }

    /// The tag or suggestion with that id, if it lies in the text.
    #[must_use]
    pub fn placed(self, id: &AnnotationId) -> Option<&'a Arc<Annotation>> {
        self.both().find_map(|set| set.placed(id))
    }

    /// What is said of a tag besides what it is.
    #[must_use]
    pub fn mark(self, id: &AnnotationId) -> Option<&'a Mark> {
        self.marks?.get(id)
    }

    /// Whose a tag is, in words.
    #[must_use]
    pub fn who(self, id: &AnnotationId) -> Option<&'a str> {
        self.mark(id).map(|mark| mark.who.as_str()).filter(|who| !who.is_empty())
    }

    /// Whether that is a suggestion.
    #[must_use]
    pub fn is_suggested(self, id: &AnnotationId) -> bool {
        self.suggested.is_some_and(|set| set.annotation(id).is_some())
    }

    /// The ties that start from or lead to a tag or suggestion. One of two tags is never only suggested.
    pub fn relations_of(self, id: &AnnotationId) -> impl Iterator<Item = &'a Arc<Relation>> {
        let own = if self.is_suggested(id) { self.suggested } else { self.set };
        own.into_iter().flat_map({
            let id = id.clone();
            move |set| set.relations_of(&id).collect::<Vec<_>>()
        })
    }

    /// The tags and suggestions on a character: the shortest first, of the same words the tag.
    #[must_use]
    pub fn at(self, at: Offset) -> Vec<AnnotationId> {
        let mut here: Vec<_> = self.both().flat_map(|set| set.index().at(at)).collect();
        here.sort_by_key(|(span, _)| span.len());
        here.into_iter().map(|(_, id)| id).collect()
    }
}
