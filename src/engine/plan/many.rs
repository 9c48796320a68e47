//! Tagging many places at once.

use std::collections::{BTreeMap, BTreeSet};

use ascribe_schema::{Annotation, AnnotationId, Span};

use super::{Plan, Planned};
use crate::{
    Change, Diff,
    action::{ActionError, Stamp},
};

impl Plan<'_> {
    /// Tags each of `spans` on its own. What has that label already, or would cut a character, is left out
    /// and counted.
    pub(super) fn tag_all(
        &self,
        label: String,
        spans: Vec<Span>,
        mut attributes: BTreeMap<String, String>,
        stamp: &mut Stamp<'_>,
    ) -> Planned {
        self.label(&label)?;
        attributes.retain(|name, value| self.check_value(&label, name, value).is_ok());
        let (mut changes, mut seen) = (Vec::new(), BTreeSet::new());
        let (mut already, mut cut) = (0, Vec::new());
        for span in spans {
            if !seen.insert(span) || self.is_tagged(span, &label) {
                already += 1;
                continue;
            }
            match self.check_spans(&[span]) {
                Err(ActionError::CutsCharacter(at)) => {
                    cut.push(at);
                    continue;
                }
                checked => checked?,
            }
            let mut annotation = self.new_annotation(label.clone(), vec![span], stamp)?;
            annotation.attributes.clone_from(&attributes);
            changes.push(Change::Annotation(Diff::added(annotation)));
        }
        match (changes.is_empty(), already, cut.first()) {
            (true, 0, None) => Err(ActionError::Empty),
            (true, _, None) => Err(ActionError::AllTagged(label)),
            (true, 0, Some(&at)) => Err(ActionError::CutsCharacter(at)),
            _ => {
                let mut name = format!("Tag {} as {label}", changes.len());
                match already {
                    0 => {}
                    1 => name += ", 1 was already",
                    n => name += &format!(", {n} were already"),
                }
                if !cut.is_empty() {
                    name += &format!(", {} would cut a character", cut.len());
                }
                Ok((name, changes))
            }
        }
    }

    /// Gives an attribute of each of `ids` the same value, or none. What has it already stays as it is.
    pub(super) fn set_attribute_of_each(&self, ids: &[AnnotationId], name: &str, value: Option<&str>) -> Planned {
        let mut changes: Vec<Change> = Vec::new();
        for id in ids.iter().collect::<BTreeSet<_>>() {
            match self.set_attribute(id, name.to_owned(), value.map(str::to_owned)) {
                Ok((_, more)) => changes.extend(more),
                Err(ActionError::Same) => {}
                Err(other) => return Err(other),
            }
        }
        let words = name.replace('_', " ");
        let name = match (value, changes.len()) {
            (_, 0) => return Err(ActionError::Same),
            (_, 1) => format!("Set {words}"),
            (_, number) => format!("Set {words} of {number}"),
        };
        Ok((name, changes))
    }

    /// Whether an annotation with that label lies on exactly that span.
    fn is_tagged(&self, span: Span, label: &str) -> bool {
        let exact = |annotation: &Annotation| annotation.label == label && annotation.spans == [span];
        self.set.covering(span).any(|(annotation, _)| exact(annotation))
    }
}
