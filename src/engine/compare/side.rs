//! What of an annotator's set can be compared, and where it lies in the newest text.

use ascribe_schema::{Annotation, AnnotationSet};

use super::{LeftOut, Side};
use crate::{Document, MoveReport, SetState, lies_in, paratext, plan_move};

impl Side {
    /// Takes a set to the newest text of its document, and leaves out what cannot be compared.
    pub(super) fn new(document: &Document, set: AnnotationSet) -> Self {
        let annotator = set.annotator.clone();
        let (mut set, moved) = match on_newest(document, set) {
            Ok(moved) => moved,
            Err(mut set) => {
                let all = std::mem::take(&mut set.annotations);
                let left_out = all.into_iter().map(|annotation| (annotation, LeftOut::NoText)).collect();
                return Self { annotator, set: *set, left_out, moved: None, paratext: Vec::new() };
            }
        };
        let placed = set.annotations.iter().filter(|annotation| set.text_of(annotation) == set.text_sha256);
        let aside = paratext(document.proposed(&set.text_sha256), placed);
        let why = |set: &AnnotationSet, annotation: &Annotation| {
            if set.text_of(annotation) != set.text_sha256 {
                return Some(LeftOut::Waiting);
            }
            (annotation.paratext().is_some() || lies_in(&aside, annotation)).then_some(LeftOut::Paratext)
        };
        let mut left_out = Vec::new();
        for annotation in std::mem::take(&mut set.annotations) {
            match why(&set, &annotation) {
                Some(why) => left_out.push((annotation, why)),
                None => set.annotations.push(annotation),
            }
        }
        Self { annotator, set, left_out, moved, paratext: aside }
    }
}

/// The set on the newest text; itself where a text is missing.
fn on_newest(
    document: &Document,
    set: AnnotationSet,
) -> Result<(AnnotationSet, Option<MoveReport>), Box<AnnotationSet>> {
    let Some(newest) = document.text.as_ref().filter(|_| document.genuine) else { return Err(Box::new(set)) };
    if set.text_sha256 == document.text_sha256() {
        return Ok((set, None));
    }
    let mut state = SetState::from_file(set.clone());
    let texts = |sha256: &str| document.text_of(sha256).cloned();
    let planned = plan_move(&state, &texts, newest, document.text_sha256());
    let moved = planned.filter(|(transaction, _)| state.apply(&transaction.changes).is_ok());
    moved.map(|(_, report)| (state.to_file(), Some(report))).ok_or_else(|| Box::new(set))
}
