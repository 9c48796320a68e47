//! Accepting and refusing what programs propose.

use std::collections::{BTreeMap, BTreeSet};

use ascribe_schema::{Annotation, AnnotationId, Origin, Rejection, RejectionId, Relation, RelationId, SuggestionId};

use super::{Plan, Planned, joined};
use crate::{
    Change, Diff, TiedTo,
    action::{Acceptance, ActionError, Refusal, Stamp},
};

/// The relation type of which an annotation needs one only.
const SAID_BY: &str = "attributed_to";

impl Plan<'_> {
    /// Makes an annotation of each suggestion, and ties them to each other and to what is there.
    pub(super) fn accept(&self, accepted: Vec<Acceptance>, stamp: &mut Stamp<'_>) -> Planned {
        let first = accepted.first().ok_or(ActionError::Gone)?;
        let (label, ties) = (first.label.clone(), accepted.iter().map(|one| (one.id.clone(), one.ties.clone())));
        let ties: Vec<_> = ties.collect();
        let (mut made, mut places) = (Vec::new(), BTreeMap::new());
        for one in accepted {
            let (id, there) = (one.id.clone(), self.same(&one));
            let annotation = match there {
                Some(there) => there,
                None => {
                    let annotation = self.accepted(one, stamp)?;
                    made.push(annotation.clone());
                    annotation
                }
            };
            places.insert(id, annotation);
        }
        let relations = self.tied(&ties, &places, stamp);
        if made.is_empty() && relations.is_empty() {
            return Err(ActionError::AllTagged(label));
        }
        let name = match made.as_slice() {
            [] => "Tie what was proposed".to_owned(),
            [only] => format!("Accept {}", only.label),
            [one, other] if one.label != other.label => format!("Accept {} and {}", one.label, other.label),
            _ => format!("Accept {} suggestions", made.len()),
        };
        let mut changes: Vec<_> = made.into_iter().map(|made| Change::Annotation(Diff::added(made))).collect();
        changes.extend(relations.into_iter().map(|relation| Change::Relation(Diff::added(relation))));
        Ok((name, changes))
    }

    /// The annotation that is exactly what is to be made.
    fn same(&self, one: &Acceptance) -> Option<Annotation> {
        let first = *one.spans.first()?;
        let mut here = self.set.covering(first).map(|(annotation, _)| annotation);
        here.find(|there| there.label == one.label && there.spans == one.spans).map(|there| there.as_ref().clone())
    }

    fn accepted(&self, one: Acceptance, stamp: &mut Stamp<'_>) -> Result<Annotation, ActionError> {
        self.label(&one.label)?;
        self.check_spans(&one.spans)?;
        let mut annotation = self.new_annotation(one.label, one.spans, stamp)?;
        annotation.attributes = one.attributes;
        annotation.attributes.retain(|name, value| self.check_value(&annotation.label, name, value).is_ok());
        annotation.origin = one.origin;
        let differs = (annotation.label.as_str(), &annotation.spans) != (one.proposed.0.as_str(), &one.proposed.1);
        if let Origin::Rule { confirmed_by, changed, .. } | Origin::Model { confirmed_by, changed, .. } =
            &mut annotation.origin
        {
            *confirmed_by = Some(stamp.annotator.clone());
            *changed = differs;
        }
        Ok(annotation)
    }

    /// The relations that the suggestions ask for: between annotations that are there or come, as the scheme allows,
    /// none twice, and nobody beside whoever is said to say something already.
    fn tied(
        &self,
        ties: &[(SuggestionId, Vec<crate::SuggestedTie>)],
        places: &BTreeMap<SuggestionId, Annotation>,
        stamp: &mut Stamp<'_>,
    ) -> Vec<Relation> {
        let (mut relations, mut seen, mut said) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
        for (id, tie) in ties.iter().flat_map(|(id, ties)| ties.iter().map(move |tie| (id, tie))) {
            let other = match &tie.other {
                TiedTo::Suggestion(other) => places.get(other),
                TiedTo::Annotation(other) => self.set.annotation(other).map(|there| &**there),
            };
            let Some((one, other)) = places.get(id).zip(other) else { continue };
            let (from, to) = if tie.out { (one, other) } else { (other, one) };
            let allowed = self.scheme.relation(&tie.kind).is_some_and(|kind| kind.allows(&from.label, &to.label));
            let new = seen.insert((tie.kind.clone(), from.id.clone(), to.id.clone()));
            if !allowed || !new || from.id == to.id || self.is_tied(&tie.kind, &from.id, &to.id) {
                continue;
            }
            if tie.kind == SAID_BY && !said.insert(from.id.clone()) {
                continue;
            }
            let id = RelationId::from_bits((stamp.random)());
            relations.push(Relation { id, kind: tie.kind.clone(), from: from.id.clone(), to: to.id.clone() });
        }
        relations
    }

    /// Whether the annotator has made that tie, or one that leaves no room for it.
    fn is_tied(&self, kind: &str, from: &AnnotationId, to: &AnnotationId) -> bool {
        let alike = |tie: &Relation| tie.kind == kind && tie.from == *from && (tie.to == *to || kind == SAID_BY);
        self.set.relations_of(from).any(|tie| alike(tie))
    }

    /// Remembers that a suggestion was refused.
    pub(super) fn reject(&self, refusal: Refusal, stamp: &mut Stamp<'_>) -> Planned {
        let Refusal { label, spans, rule, reason } = refusal;
        if spans.is_empty() || joined(spans.clone()) != spans {
            return Err(ActionError::Empty);
        }
        self.check_spans(&spans)?;
        if self.set.state().rejected().any(|rejection| rejection.refuses(&label, &spans)) {
            return Err(ActionError::Same);
        }
        let exact = |span| self.text.slice(span).map(str::to_owned).ok_or(ActionError::Outside(span));
        let text = spans.iter().map(|span| exact(*span)).collect::<Result<_, _>>()?;
        let name = format!("Refuse {label}");
        let id = RejectionId::from_bits((stamp.random)());
        let (text_sha256, created) = (String::new(), stamp.time.to_owned());
        let rejection = Rejection { id, label, spans, text, rule, reason, text_sha256, created };
        Ok((name, vec![Change::Rejection(Diff::added(rejection))]))
    }
}
