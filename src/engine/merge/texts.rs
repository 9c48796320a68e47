//! Sets of which one or both have moved to a corrected text: the others are taken along before they are joined.

use std::sync::Arc;

use ascribe_schema::{AnnotationSet, Text};

use super::MergeError;
use crate::{SetState, TextOf, plan_move};

/// The three on the text to which a copy has moved; nothing where they are on one text already, and where both copies
/// have moved and the text that they come from is not at hand: they can be joined, only more is asked then.
pub(super) fn on_one_text(
    base: Option<&AnnotationSet>,
    ours: &AnnotationSet,
    theirs: &AnnotationSet,
    texts: TextOf<'_>,
) -> Result<Option<[AnnotationSet; 3]>, MergeError> {
    let (here, there) = (&ours.text_sha256, &theirs.text_sha256);
    if here == there {
        let behind = base.filter(|base| base.text_sha256 != *here);
        let base = behind.zip(texts(here)).and_then(|(base, text)| moved(base, texts, &text, here));
        return Ok(base.map(|base| [base, ours.clone(), theirs.clone()]));
    }
    let refused = || MergeError::Texts(here.clone(), there.clone());
    // The copy that is still where both started is behind.
    let base = base.filter(|base| [here, there].contains(&&base.text_sha256)).ok_or_else(refused)?;
    let newest = if base.text_sha256 == *here { there } else { here };
    let text = texts(newest).ok_or_else(refused)?;
    let moved = |set| moved(set, texts, &text, newest).ok_or_else(refused);
    Ok(Some([moved(base)?, moved(ours)?, moved(theirs)?]))
}

/// A set on the text with that hash; nothing where its own text is not at hand.
fn moved(set: &AnnotationSet, texts: TextOf<'_>, text: &Arc<Text>, newest: &str) -> Option<AnnotationSet> {
    if set.text_sha256 == newest {
        return Some(set.clone());
    }
    let mut state = SetState::from_file(set.clone());
    let (deed, _) = plan_move(&state, texts, text, newest)?;
    state.apply(&deed.changes).ok()?;
    Some(state.to_file())
}
