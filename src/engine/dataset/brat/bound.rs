//! The annotations of a brat file: offsets set in the text, and held against the covered text.

use std::borrow::Cow;

use ascribe_schema::{Offset, Span, Text};

use super::{
    parse::Bound,
    positions::{Counting, Positions, Traits},
};
use crate::dataset::{Annotation, Kind, Told, misfit};

/// How what a line says it covers agrees with what stands at its offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    Exact,
    /// Other white space.
    White,
    /// Fragments without a space between them, as brat before 1.3 wrote them.
    Old,
    /// Something else follows.
    More,
    /// The line says nothing.
    Silent,
    /// Not at all.
    Not,
}

/// The text of a document, and where offsets lie in it.
pub struct Ground<'a> {
    pub text: &'a Text,
    positions: Positions,
}

impl<'a> Ground<'a> {
    /// Finds out how the offsets of `bounds` count: brat's way, unless another fits more of them.
    pub fn new(
        raw: &str,
        text: &'a Text,
        traits: Traits,
        utf16: bool,
        (bounds, fragments): (&[Bound<'_>], &[(u32, u32)]),
        told: &mut Told,
    ) -> Self {
        let countings = traits.countings(utf16);
        let ground = |counting: Counting| Self { text, positions: Positions::new(raw, text, traits, counting) };
        let own = countings[0];
        let mut best = ground(own);
        if countings.len() == 1 {
            return best;
        }
        let wrong = |ground: &Self| bounds.iter().filter(|bound| !ground.fits(bound, fragments)).count();
        let (mut least, mut chosen) = (wrong(&best), own);
        for &counting in &countings[1..] {
            if least == 0 {
                break;
            }
            let other = ground(counting);
            let count = wrong(&other);
            if count < least {
                (best, least, chosen) = (other, count, counting);
            }
        }
        if let Some(why) = chosen.why(own) {
            told.note(why);
        }
        best
    }

    /// Whether what a line says it covers is what stands at its offsets.
    pub fn fits(&self, bound: &Bound<'_>, fragments: &[(u32, u32)]) -> bool {
        let slices = self.slices(&fragments[bound.fragments.0..bound.fragments.1]);
        slices.is_some_and(|slices| fit(&slices, bound.quote) != Fit::Not)
    }

    /// What stands at some offsets; nothing if that is nowhere.
    fn slices(&self, fragments: &[(u32, u32)]) -> Option<Vec<&'a str>> {
        let slice = |&(start, end): &(u32, u32)| {
            let (start, end) = (self.positions.place(self.text, start)?, self.positions.place(self.text, end)?);
            self.text.as_str().get(start.1..end.1)
        };
        fragments.iter().map(slice).collect()
    }

    /// The annotation of a line; what does not fit is told.
    pub fn annotation(&self, bound: &Bound<'_>, fragments: &[(u32, u32)], told: &mut Told) -> Option<Annotation> {
        match self.try_annotation(bound, &fragments[bound.fragments.0..bound.fragments.1]) {
            Ok((annotation, note)) => {
                note.into_iter().for_each(|note| told.note(note));
                Some(annotation)
            }
            Err(why) => {
                told.refuse(bound.line.place(), Kind::Annotation, why, bound.line.text);
                None
            }
        }
    }

    fn try_annotation(
        &self,
        bound: &Bound<'_>,
        fragments: &[(u32, u32)],
    ) -> Result<(Annotation, Option<&'static str>), Cow<'static, str>> {
        if let (&[(start, end)], Some(quote)) = (fragments, bound.quote) {
            // Nearly all lines are like this.
            let (start, end) = (self.place(start)?, self.place(end)?);
            if start.1 < end.1 && self.text.as_str().as_bytes().get(start.1..end.1) == Some(quote.as_bytes()) {
                let spans = vec![Span { start: start.0, end: end.0 }];
                return Ok((Annotation::new(bound.id, bound.label, spans), None));
            }
        }
        let mut spans = Vec::with_capacity(fragments.len());
        for &(start, end) in fragments {
            spans.push(Span { start: self.place(start)?.0, end: self.place(end)?.0 });
        }
        let fit = self.slices(fragments).map_or(Fit::Not, |slices| fit(&slices, bound.quote));
        spans.sort();
        if let Some(why) = misfit(self.text, &spans) {
            return Err(why.into());
        }
        let note = match fit {
            Fit::Exact => None,
            Fit::White => Some("the covered text of a line has other white space than the text"),
            Fit::Old => Some("the covered text of a line has no space between fragments, as brat before 1.3 wrote it"),
            Fit::More => Some("what stands behind the covered text of a line was not read"),
            Fit::Silent => Some("a line without the text that it covers was taken by its offsets"),
            Fit::Not => return Err("the text that it covers is not what stands at its offsets".into()),
        };
        Ok((Annotation::new(bound.id, bound.label, spans), note))
    }

    fn place(&self, raw: u32) -> Result<(Offset, usize), Cow<'static, str>> {
        let place = self.positions.place(self.text, raw);
        place.ok_or_else(|| format!("its offset {raw} is not in the text").into())
    }
}

/// How a covered text agrees with what stands there.
fn fit(slices: &[&str], quote: Option<&str>) -> Fit {
    let Some(quote) = quote else { return Fit::Silent };
    let exact = match slices {
        [only] => Cow::Borrowed(*only),
        several => several.join(" ").into(),
    };
    if exact == quote {
        return Fit::Exact;
    }
    if quote.strip_prefix(exact.as_ref()).is_some_and(|rest| rest.starts_with('\t')) {
        return Fit::More;
    }
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let wanted = words(quote);
    if words(&exact) == wanted {
        return Fit::White;
    }
    if slices.len() > 1 && words(&slices.concat()) == wanted {
        return Fit::Old;
    }
    Fit::Not
}
