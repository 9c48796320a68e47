//! Where an annotation's words stand in a corrected text.
//!
//! A word diff says where a stretch should be. It is believed where the words are the same there and enough of
//! what stands around them is, too. Otherwise all places of the words are compared by what stands around them:
//! a diff alone would tie what was deleted to any stray words like it.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
    ops::Range,
    rc::Rc,
};

use ascribe_schema::{Offset, Span, Text};
use memchr::memmem::Finder;

use super::{
    Fate,
    align::{Block, align},
    fold::Folded,
};
use crate::{segment, snap::cuts_cluster};

/// How far context is compared, in bytes; where that much is the same on both sides, a diff is believed.
const REACH: usize = 128;
/// How much must be the same on each side for a diff to be believed of words that stand everywhere.
const SURE: usize = 16;
/// The least context, both sides together, by which one of several places is chosen …
const LEAST: usize = 12;
/// … and by how much it must be more than for any other place; no other may have so much more on one side alone.
const AHEAD: usize = 8;
/// The most places of one quote that are looked at.
const MOST_PLACES: usize = 2000;
/// The longest text that was put in, in bytes, in which quotes are looked for.
const MOST_PUT_IN: usize = 1 << 20;
/// How many bytes are looked up before a search.
const GRAM: usize = 16;
/// The most candidates that a person is asked about.
const MOST_CANDIDATES: usize = 9;
/// Quotes with fewer words are never tied to changed words unless both sides say so.
const SHORT: usize = 5;

/// An old text and a corrected one, ready to say where annotations have gone.
pub(super) struct Moving<'a> {
    old: (&'a Text, Folded),
    new: (&'a Text, Folded),
    blocks: Vec<Block>,
    /// The same in the order of the new text.
    blocks_by_new: Vec<Block>,
    /// What was put in, or moved and changed: if words stand there too, a diff may have taken the copy for them.
    put_in: PutIn,
    /// Where quotes stand in the old and in the new text: many annotations have the same words.
    places: HashMap<(String, bool), Rc<Places>>,
}

/// The places of one quote in both folded texts.
struct Places {
    old: Vec<Range<usize>>,
    new: Vec<Range<usize>>,
    /// Whether there are more than these.
    more: bool,
    /// Whether it stood between words and now stands only inside others.
    inside: bool,
}

/// What has become of an annotation.
pub(super) struct Placing {
    pub(super) fate: Fate,
    /// The spans in the new text, if there is no doubt about them.
    pub(super) spans: Vec<Span>,
    /// What its spans may be, the likeliest first, for a person to choose from.
    pub(super) candidates: Vec<Vec<Span>>,
}

impl Placing {
    /// Nothing is known of where it may be.
    pub(super) fn lost() -> Self {
        Self { fate: Fate::Lost, spans: Vec::new(), candidates: Vec::new() }
    }
}

/// What has become of a fragment.
enum Found {
    At(Fate, Span),
    Unsure(Vec<Span>),
}

impl<'a> Moving<'a> {
    pub(super) fn new(old: &'a Text, new: &'a Text) -> Self {
        let (old, new) = ((old, Folded::new(old.as_str())), (new, Folded::new(new.as_str())));
        let blocks = align(&old.1, &new.1);
        let put_in = PutIn::new(&new.1.text, &blocks);
        let mut blocks_by_new = blocks.clone();
        blocks_by_new.sort_by_key(|block| block.new);
        Self { old, new, blocks, blocks_by_new, put_in, places: HashMap::new() }
    }

    /// What has become of fragments of the old text, which are as well off as the worst of them; `text` has the exact
    /// characters of each.
    pub(super) fn place(&mut self, spans: &[Span], text: &[String]) -> Placing {
        let fragments = spans.iter().zip(text);
        let found: Vec<_> = fragments.map(|(&span, quote)| self.fragment(span, quote)).collect();
        let sure = |found: &Found| match found {
            Found::At(fate, span) => Some((*fate, *span)),
            Found::Unsure(_) => None,
        };
        let sure: Vec<_> = found.iter().filter_map(sure).collect();
        let placed: Vec<_> = sure.iter().map(|(_, span)| *span).collect();
        if sure.len() == spans.len() && is_ordered(&placed) {
            let fate = sure.iter().map(|(fate, _)| *fate).max().unwrap_or(Fate::Lost);
            return Placing { fate, spans: placed, candidates: Vec::new() };
        }
        let candidates = combined(&found);
        let fate = if candidates.is_empty() { Fate::Lost } else { Fate::Ambiguous };
        Placing { fate, spans: Vec::new(), candidates }
    }

    fn fragment(&mut self, span: Span, quote: &str) -> Found {
        let range = self.old.1.range(span);
        if self.old.0.slice(span) != Some(quote) || range.is_empty() {
            // Its place says nothing: only its words are left.
            let found = literal(self.new.0, quote);
            return match found.as_slice() {
                [only] => Found::At(if *only == span { Fate::Kept } else { Fate::Moved }, *only),
                _ => Found::Unsure(found),
            };
        }
        let image = self.image(&range);
        if let Some((there, before, after)) = &image
            && (*before).min(*after) >= REACH
            && !self.is_put_in(&range)
            && let Some(there) = self.widened(span, &range, there)
        {
            return at(span, there);
        }
        let places = self.places_of(quote, &range);
        let span_of = |place: &Range<usize>| self.widened(span, &range, place);
        if let Some(there) = self.chosen(&range, &places, image.as_ref()).and_then(|place| span_of(&place)) {
            return at(span, there);
        }
        let changed = self.changed(&range);
        if let Some((there, true)) = changed {
            return Found::At(Fate::Edited, there);
        }
        let mut all: Vec<_> = places.new.iter().collect();
        all.sort_by_key(|place| Reverse(total(self.likeness(&range, place))));
        let mut candidates: Vec<_> = all.into_iter().take(MOST_CANDIDATES).filter_map(span_of).collect();
        if let Some((there, _)) = changed.filter(|(there, _)| !candidates.contains(there)) {
            candidates.insert(0, there);
        }
        Found::Unsure(candidates)
    }

    /// Where the diff says that a stretch is as it was, and how much around it is as it was on each side.
    fn image(&self, range: &Range<usize>) -> Option<(Range<usize>, usize, usize)> {
        let block = self.block_at(range.start).filter(|block| block.old + block.len >= range.end)?;
        let start = block.new + (range.start - block.old);
        let (before, after) = (range.start - block.old, block.old + block.len - range.end);
        let ends = (block.old + block.len, block.new + block.len) == (self.old.1.text.len(), self.new.1.text.len());
        let before = if (block.old, block.new) == (0, 0) { REACH } else { before };
        Some((start..start + range.len(), before, if ends { REACH } else { after }))
    }

    /// Whether a stretch of the old text with a little around it stands in what was put in.
    fn is_put_in(&self, range: &Range<usize>) -> bool {
        let text = &self.old.1.text;
        let start = text.floor_char_boundary(range.start.saturating_sub(SURE));
        let end = text.ceil_char_boundary((range.end + SURE).min(text.len()));
        self.put_in.holds(&text[start..end])
    }

    /// Whether a stretch of the new text is, by the diff, where another stretch of the old one went.
    fn is_anothers(&self, range: &Range<usize>, place: &Range<usize>) -> bool {
        let number = self.blocks_by_new.partition_point(|block| block.new <= place.start);
        let block = number.checked_sub(1).map(|number| self.blocks_by_new[number]);
        block.filter(|block| place.end <= block.new + block.len).is_some_and(|block| {
            let around = block.len - place.len();
            block.old + (place.start - block.new) != range.start && around >= 2 * SURE
        })
    }

    /// The block that holds a byte of the old folded text.
    fn block_at(&self, at: usize) -> Option<Block> {
        let number = self.blocks.partition_point(|block| block.old <= at).checked_sub(1)?;
        Some(self.blocks[number]).filter(|block| at < block.old + block.len)
    }

    /// The span of a place with the same folded words, together with what folding left out at the ends of the old
    /// one, if it is there.
    fn widened(&self, span: Span, range: &Range<usize>, place: &Range<usize>) -> Option<Span> {
        let (old, new) = (&self.old, &self.new);
        let inner = old.1.span(old.0, range.clone())?;
        let mut there = new.1.span(new.0, place.clone())?;
        let (lead, trail) = (inner.start.0.checked_sub(span.start.0), span.end.0.checked_sub(inner.end.0));
        let same = |here: Span, there: Span| old.0.slice(here).is_some_and(|text| new.0.slice(there) == Some(text));
        if let Some(lead) = lead.filter(|lead| *lead <= there.start.0) {
            let start = there.start.minus(lead);
            let is_there = same(Span { start: span.start, end: inner.start }, Span { start, end: there.start });
            if is_there && !cuts_cluster(new.0, start) {
                there.start = start;
            }
        }
        if let Some(trail) = trail {
            let end = there.end.plus(trail);
            let is_there = same(Span { start: inner.end, end: span.end }, Span { start: there.end, end });
            if is_there && !cuts_cluster(new.0, end) {
                there.end = end;
            }
        }
        Some(there)
    }

    /// All places of a quote: those with exactly its characters, if there are such, or else those that read the
    /// same; and those between words, if it stands between words itself.
    fn places_of(&mut self, quote: &str, range: &Range<usize>) -> Rc<Places> {
        let bounded = self.old.1.is_bounded(range);
        let key = (quote.to_owned(), bounded);
        if let Some(places) = self.places.get(&key) {
            return places.clone();
        }
        let folded = &self.old.1.text[range.clone()];
        let in_text = |(text, fold): &(&Text, Folded)| -> Vec<(Range<usize>, bool)> {
            let exact = quote.trim();
            let places = fold.places(folded).into_iter().map(|at| at..at + folded.len());
            let spans = places.filter_map(|place| Some((fold.span(text, place.clone())?, place)));
            spans.map(|(span, place)| (place, text.slice(span).is_some_and(|there| there == exact))).collect()
        };
        let (old, mut new) = (in_text(&self.old), in_text(&self.new));
        let exact = new.iter().any(|(_, exact)| *exact);
        new.retain(|(_, is_exact)| *is_exact || !exact);
        let between = bounded && new.iter().any(|(place, _)| self.new.1.is_bounded(place));
        new.retain(|(place, _)| !between || self.new.1.is_bounded(place));
        let fits = |(place, is_exact): &(Range<usize>, bool)| {
            place == range || ((*is_exact || !exact) && (!between || self.old.1.is_bounded(place)))
        };
        let mut old: Vec<_> = old.into_iter().filter(fits).map(|(place, _)| place).collect();
        let mut new: Vec<_> = new.into_iter().map(|(place, _)| place).collect();
        let more = old.len().max(new.len()) > MOST_PLACES;
        old.truncate(MOST_PLACES);
        new.truncate(MOST_PLACES);
        let places = Rc::new(Places { old, new, more, inside: bounded && !between });
        self.places.insert(key, places.clone());
        places
    }

    /// The one place that a stretch went to, if its words or what stands around them leave no doubt.
    fn chosen(
        &self,
        range: &Range<usize>,
        places: &Places,
        image: Option<&(Range<usize>, usize, usize)>,
    ) -> Option<Range<usize>> {
        if places.inside {
            return None;
        }
        if places.more {
            return image.filter(|(_, before, after)| *before.min(after) >= SURE).map(|(place, ..)| place.clone());
        }
        let likeness = |place: &Range<usize>| self.likeness(range, place);
        // Where other words like these went, these did not.
        let free: Vec<_> = places.new.iter().filter(|place| !self.is_anothers(range, place)).collect();
        let has_rivals = |place: &Range<usize>| {
            let (before, after) = likeness(place);
            free.iter().filter(|other| **other != place).any(|other| {
                let (other_before, other_after) = likeness(other);
                let as_much = other_before + other_after + AHEAD > before + after;
                as_much || other_before > before + AHEAD || other_after > after + AHEAD
            })
        };
        if let Some((there, before, after)) = image
            && *before.max(after) >= REACH / 2
            && !self.is_put_in(range)
            && free.contains(&there)
            && !has_rivals(there)
        {
            return Some(there.clone());
        }
        let place = *free.iter().max_by_key(|place| total(likeness(place)))?;
        let best = total(likeness(place));
        let fits_another = |least: usize| {
            let others = places.old.iter().filter(|other| *other != range);
            others.map(|other| total(self.likeness(other, place))).any(|other| other >= least)
        };
        let sure = match places.new.len() {
            1 => !fits_another(best + 1),
            _ => best >= LEAST && !has_rivals(place) && !fits_another(best),
        };
        sure.then(|| place.clone())
    }

    /// How many bytes before and after a stretch of the old text and one of the new text are the same.
    fn likeness(&self, old: &Range<usize>, new: &Range<usize>) -> (usize, usize) {
        let (here, there) = (self.old.1.text.as_bytes(), self.new.1.text.as_bytes());
        let same = |pair: &(&u8, &u8)| pair.0 == pair.1;
        let before = here[..old.start].iter().rev().zip(there[..new.start].iter().rev());
        let before = before.take(REACH).take_while(same).count();
        let after = here[old.end..].iter().zip(&there[new.end..]).take(REACH).take_while(same).count();
        // The start and the end of a text are like nothing else.
        let at_start = before == old.start && before == new.start;
        let at_end = old.end + after == here.len() && new.end + after == there.len();
        (if at_start { REACH } else { before }, if at_end { REACH } else { after })
    }

    /// What stands where a stretch stood, by the diff, and whether that is the stretch with some words changed;
    /// nothing where it was deleted.
    fn changed(&self, range: &Range<usize>) -> Option<(Span, bool)> {
        let (start, before) = self.start_of(range)?;
        let (end, after) = self.end_of(range)?;
        let there = self.new.1.text.get(start..end)?;
        let (lead, trail) = (there.len() - there.trim_start().len(), there.len() - there.trim_end().len());
        if lead == there.len() || there.len() > 3 * range.len() + SURE {
            return None;
        }
        let there = start + lead..end - trail;
        let number = self.blocks.partition_point(|block| block.old + block.len <= range.start);
        let here = self.blocks[number..].iter().take_while(|block| block.old < range.end);
        let kept: usize = here.map(|block| shared(block, range, &there)).sum();
        let (both, words) = (before && after, segment::words(&self.old.1.text[range.clone()]).count());
        // In percent; the limits are those at which kept and deleted quotes were told apart in trials.
        let alike = 200 * kept / (range.len() + there.len());
        let sure = if words < SHORT { both && alike >= 50 } else { alike >= if both { 60 } else { 75 } };
        let asked = if words < SHORT { both || alike >= 50 } else { alike >= 40 };
        // The same words are not changed ones: here it is only the place that is not certain.
        let same = self.new.1.text[there.clone()] == self.old.1.text[range.clone()];
        (sure || asked).then(|| self.whole(&there)).map(|span| (span, sure && !same))
    }

    /// Where the image of a stretch begins, and whether enough before it is as it was.
    fn start_of(&self, range: &Range<usize>) -> Option<(usize, bool)> {
        if let Some(block) = self.block_at(range.start) {
            let before = range.start - block.old;
            return Some((block.new + before, before >= LEAST || block.old == 0));
        }
        let number = self.blocks.partition_point(|block| block.old <= range.start);
        let last = number.checked_sub(1).map(|number| self.blocks[number]);
        let adjacent = |block: &Block| self.old.1.text[block.old + block.len..range.start].trim().is_empty();
        if let Some(block) = last.filter(adjacent) {
            return Some((block.new + block.len, block.len >= LEAST));
        }
        if self.old.1.text[..range.start].trim().is_empty() {
            return Some((0, true));
        }
        self.blocks.get(number).filter(|block| block.old < range.end).map(|block| (block.new, false))
    }

    /// Where the image of a stretch ends, and whether enough after it is as it was.
    fn end_of(&self, range: &Range<usize>) -> Option<(usize, bool)> {
        let whole = self.old.1.text.len();
        if let Some(block) = self.block_at(range.end - 1) {
            let after = block.old + block.len - range.end;
            return Some((block.new + (range.end - block.old), after >= LEAST || block.old + block.len == whole));
        }
        let number = self.blocks.partition_point(|block| block.old < range.end);
        let adjacent = |block: &&Block| self.old.1.text[range.end..block.old].trim().is_empty();
        if let Some(block) = self.blocks.get(number).filter(adjacent) {
            return Some((block.new, block.len >= LEAST));
        }
        if self.old.1.text[range.end..].trim().is_empty() {
            return Some((self.new.1.text.len(), true));
        }
        let last = number.checked_sub(1).map(|number| self.blocks[number]);
        last.filter(|block| block.old + block.len > range.start).map(|block| (block.new + block.len, false))
    }

    /// The characters of a stretch of the new folded text, widened so that none is cut.
    fn whole(&self, place: &Range<usize>) -> Span {
        let (text, fold) = &self.new;
        let (mut start, mut end) = fold.hull(place);
        while start > Offset::ZERO && cuts_cluster(text, start) {
            start = start.minus(1);
        }
        while cuts_cluster(text, end) {
            end = end.plus(1);
        }
        Span { start, end }
    }
}

/// What of a corrected text is in no block, ready to be asked for words.
struct PutIn {
    text: String,
    /// All stretches of [`GRAM`] bytes: most words that are asked for are not among them.
    grams: HashSet<[u8; GRAM]>,
}

impl PutIn {
    /// Nothing of a text that is mostly new, where few words are as they were.
    fn new(text: &str, blocks: &[Block]) -> Self {
        let mut known: Vec<_> = blocks.iter().map(|block| block.new..block.new + block.len).collect();
        known.sort_by_key(|known| known.start);
        let (mut put_in, mut at) = (String::new(), 0);
        for known in known.into_iter().chain(std::iter::once(text.len()..text.len())) {
            put_in.push_str(text.get(at..known.start).unwrap_or_default());
            put_in.push('\n');
            at = at.max(known.end);
        }
        if put_in.len() > MOST_PUT_IN {
            put_in.clear();
        }
        let grams = put_in.as_bytes().array_windows().copied().collect();
        Self { text: put_in, grams }
    }

    fn holds(&self, words: &str) -> bool {
        let middle = words.len().saturating_sub(GRAM) / 2;
        let gram = words.as_bytes()[middle..].first_chunk();
        gram.is_none_or(|gram| self.grams.contains(gram)) && Finder::new(words).find(self.text.as_bytes()).is_some()
    }
}

/// How many bytes of `range` a block takes to a place inside `there`.
fn shared(block: &Block, range: &Range<usize>, there: &Range<usize>) -> usize {
    let (start, end) = (block.old.max(range.start), (block.old + block.len).min(range.end));
    let (from, to) = (block.new + (start - block.old), block.new + (end - block.old));
    to.min(there.end).saturating_sub(from.max(there.start))
}

fn total((before, after): (usize, usize)) -> usize {
    before + after
}

fn at(old: Span, new: Span) -> Found {
    Found::At(if old == new { Fate::Kept } else { Fate::Moved }, new)
}

fn is_ordered(spans: &[Span]) -> bool {
    !spans.is_empty() && spans.windows(2).all(|pair| pair[0].end <= pair[1].start)
}

/// Every place where exactly these characters stand.
fn literal(text: &Text, quote: &str) -> Vec<Span> {
    let found = text.as_str().match_indices(quote).take(MOST_CANDIDATES);
    let span = |(at, there): (usize, &str)| {
        Some(Span { start: text.offset_of_byte(at)?, end: text.offset_of_byte(at + there.len())? })
    };
    let whole = |span: &Span| !span.is_empty() && !cuts_cluster(text, span.start) && !cuts_cluster(text, span.end);
    found.filter_map(span).filter(whole).collect()
}

/// What an annotation's spans may be: of the fragment that has most candidates, each in turn, together with the
/// likeliest of every other. None where a fragment is lost.
fn combined(found: &[Found]) -> Vec<Vec<Span>> {
    let options: Vec<Vec<Span>> = found
        .iter()
        .map(|found| match found {
            Found::At(_, span) => vec![*span],
            Found::Unsure(spans) => spans.clone(),
        })
        .collect();
    if options.is_empty() || options.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    let widest = (0..options.len()).max_by_key(|number| options[*number].len()).unwrap_or(0);
    let choose = |choice: &Span| -> Vec<Span> {
        let all = options.iter().enumerate();
        let mut spans: Vec<_> = all.map(|(number, spans)| if number == widest { *choice } else { spans[0] }).collect();
        spans.sort_unstable();
        spans
    };
    options[widest].iter().map(choose).filter(|spans| is_ordered(spans)).collect()
}
