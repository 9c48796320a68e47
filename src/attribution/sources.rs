//! The sources of a text, each proposed once.

use std::{borrow::Cow, collections::HashMap, ops::Range};

use ascribe_schema::Span;

use crate::{Proposal, score};

/// Which sources there are, and which of the annotations each is.
#[derive(Default)]
pub struct Sources {
    ranges: Vec<Range<usize>>,
    /// By its range, its place among the annotations.
    known: HashMap<(usize, usize), usize>,
}

impl Sources {
    /// The place of a source among the annotations, where it is put if it is new; the surest rule counts.
    pub fn add(
        &mut self,
        annotations: &mut Vec<Proposal>,
        range: &Range<usize>,
        span: Span,
        rule: &'static str,
        because: &[Span],
    ) -> usize {
        let score = score::source(rule);
        if let Some(at) = self.known.get(&(range.start, range.end)) {
            let known = &mut annotations[*at];
            if score > known.score {
                (known.rule, known.score, known.because) = (rule, score, because.to_vec());
            }
            return *at;
        }
        let because = because.to_vec();
        annotations.push(Proposal { label: "source", spans: vec![span], score, rule, because, ..Proposal::default() });
        self.ranges.push(range.clone());
        self.known.insert((range.start, range.end), annotations.len() - 1);
        annotations.len() - 1
    }

    /// Where they stand, in the order in which they were added.
    #[must_use]
    pub fn ranges(&self) -> &[Range<usize>] {
        &self.ranges
    }

    /// Says of each what it is and who it is.
    pub fn describe(&self, annotations: &mut [Proposal], described: Vec<Vec<(&'static str, Cow<'static, str>)>>) {
        for (range, attributes) in self.ranges.iter().zip(described) {
            if let Some(at) = self.known.get(&(range.start, range.end)) {
                annotations[*at].attributes = attributes;
            }
        }
    }
}
