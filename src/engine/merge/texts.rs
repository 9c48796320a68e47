//! Sets of which one has moved to a corrected text: the others are taken along before they are joined.

use ascribe_schema::AnnotationSet;

use super::MergeError;
use crate::{SetState, TextOf, plan_move};

/// The three on the text to which one of the copies has moved; nothing where both are on one text already.
pub(super) fn on_one_text(
    base: Option<&AnnotationSet>,
    ours: &AnnotationSet,
    theirs: &AnnotationSet,
    texts: TextOf<'_>,
) -> Result<Option<[AnnotationSet; 3]>, MergeError> {
    let (here, there) = (&ours.text_sha256, &theirs.text_sha256);
    if here == there {
        return Ok(None);
    }
    let refused = || MergeError::Texts(here.clone(), there.clone());
    // The copy that is still where both started is behind.
    let base = base.filter(|base| [here, there].contains(&&base.text_sha256)).ok_or_else(refused)?;
    let newest = if base.text_sha256 == *here { there } else { here };
    let text = texts(newest).ok_or_else(refused)?;
    let moved = |set: &AnnotationSet| {
        if set.text_sha256 == *newest {
            return Ok(set.clone());
        }
        let mut state = SetState::from_file(set.clone());
        let (deed, _) = plan_move(&state, texts, &text, newest).ok_or_else(refused)?;
        state.apply(&deed.changes).map_err(|_| refused())?;
        Ok(state.to_file())
    };
    Ok(Some([moved(base)?, moved(ours)?, moved(theirs)?]))
}
