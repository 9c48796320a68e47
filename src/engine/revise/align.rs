//! Which stretches of a corrected text are those of the old one: lines first, then words.

use std::{
    collections::HashMap,
    ops::Range,
    time::{Duration, Instant},
};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

use super::fold::Folded;
use crate::segment;

/// The most words of a changed stretch that are compared one by one; longer ones have little in common.
const MOST_WORDS: usize = 400_000;
/// How long texts are compared. Past that, what was not reached counts as changed, and is found by its words alone.
const LONGEST: Duration = Duration::from_secs(4);
/// How many words in a row are looked for to find a line that was moved and changed.
const RUN: usize = 3;

/// A stretch that both folded texts have, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) old: usize,
    pub(super) new: usize,
    pub(super) len: usize,
}

/// Lines or words of a folded text, in bytes.
type Pieces = Vec<Range<usize>>;

/// The stretches that both texts have, in the order of the old one, none overlapping another.
pub(super) fn align(old: &Folded, new: &Folded) -> Vec<Block> {
    let (old_lines, new_lines) = (lines(old), lines(new));
    let (old_ids, new_ids) = numbered((&old.text, &old_lines), (&new.text, &new_lines));
    let (mut blocks, mut changed) = (Vec::new(), Vec::new());
    let end = Instant::now() + LONGEST;
    for op in capture_diff_slices_deadline(Algorithm::Myers, &old_ids, &new_ids, Some(end)) {
        let (here, there) = (&old_lines[op.old_range()], &new_lines[op.new_range()]);
        match op {
            DiffOp::Equal { .. } => blocks.extend(here.iter().zip(there).map(|(old, new)| same(old, new))),
            _ => changed.push((here.to_vec(), there.to_vec())),
        }
    }
    take_moved(&mut changed, old, new, &mut blocks);
    for (here, there) in pair_alone(changed, old, new) {
        align_words(&old.text, &new.text, (&here, &there), end, &mut blocks);
    }
    blocks.sort_by_key(|block| block.old);
    joined(blocks, old, new)
}

fn same(old: &Range<usize>, new: &Range<usize>) -> Block {
    Block { old: old.start, new: new.start, len: old.len() }
}

fn lines(folded: &Folded) -> Pieces {
    let ends = folded.lines.iter().skip(1).copied().chain([folded.text.len()]);
    let line = |(start, end): (&usize, usize)| *start..*start + folded.text[*start..end].trim_end_matches(' ').len();
    folded.lines.iter().zip(ends).map(line).filter(|line| !line.is_empty()).collect()
}

/// Gives pieces that are the same the same number.
fn numbered(old: (&str, &[Range<usize>]), new: (&str, &[Range<usize>])) -> (Vec<u32>, Vec<u32>) {
    let mut ids = HashMap::new();
    let all = old.1.iter().map(|piece| &old.0[piece.clone()]).chain(new.1.iter().map(|piece| &new.0[piece.clone()]));
    let mut numbers: Vec<u32> = Vec::with_capacity(old.1.len() + new.1.len());
    for piece in all {
        let next = ids.len() as u32;
        numbers.push(*ids.entry(piece).or_insert(next));
    }
    let new_numbers = numbers.split_off(old.1.len());
    (numbers, new_numbers)
}

/// Takes lines out that stand once in what has gone and once in what has come: they were moved.
fn take_moved(changed: &mut [(Pieces, Pieces)], old: &Folded, new: &Folded, blocks: &mut Vec<Block>) {
    let mut seen: HashMap<&str, (Pieces, Pieces)> = HashMap::new();
    for (here, there) in changed.iter() {
        here.iter().for_each(|line| seen.entry(&old.text[line.clone()]).or_default().0.push(line.clone()));
        there.iter().for_each(|line| seen.entry(&new.text[line.clone()]).or_default().1.push(line.clone()));
    }
    let moved = |places: Option<&(Pieces, Pieces)>| places.is_some_and(|(old, new)| old.len() == 1 && new.len() == 1);
    blocks.extend(seen.values().filter(|places| moved(Some(places))).map(|(old, new)| same(&old[0], &new[0])));
    for (here, there) in changed {
        here.retain(|line| !moved(seen.get(&old.text[line.clone()])));
        there.retain(|line| !moved(seen.get(&new.text[line.clone()])));
    }
}

/// Joins a line that has gone from one place and the line most like it that has come at another.
fn pair_alone(changed: Vec<(Pieces, Pieces)>, old: &Folded, new: &Folded) -> Vec<(Pieces, Pieces)> {
    let (both, alone): (Vec<_>, Vec<_>) =
        changed.into_iter().partition(|(here, there)| !here.is_empty() && !there.is_empty());
    let mut runs: HashMap<Vec<&str>, Vec<usize>> = HashMap::new();
    let come: Pieces = alone.iter().flat_map(|(_, there)| there.clone()).collect();
    for (number, line) in come.iter().enumerate() {
        runs_of(&new.text, line).into_iter().for_each(|run| runs.entry(run).or_default().push(number));
    }
    let mut pairs = both;
    let mut taken = vec![false; come.len()];
    for line in alone.iter().flat_map(|(here, _)| here) {
        let (mut shared, mine) = (HashMap::new(), runs_of(&old.text, line));
        // What stands in many lines tells nothing of one.
        let telling = mine.iter().filter_map(|run| runs.get(run)).filter(|numbers| numbers.len() < 8);
        telling.flatten().for_each(|number| *shared.entry(*number).or_insert(0) += 1);
        let best = shared
            .into_iter()
            .filter(|(number, _)| !taken[*number])
            .max_by_key(|(number, n)| (*n, usize::MAX - number));
        if let Some((number, _)) = best.filter(|(_, count)| 3 * count >= mine.len()) {
            taken[number] = true;
            pairs.push((vec![line.clone()], vec![come[number].clone()]));
        }
    }
    pairs
}

fn runs_of<'a>(text: &'a str, line: &Range<usize>) -> Vec<Vec<&'a str>> {
    let words: Vec<_> = words(text, std::slice::from_ref(line)).into_iter().map(|word| &text[word]).collect();
    words.windows(RUN).map(<[_]>::to_vec).collect()
}

fn align_words(
    old: &str,
    new: &str,
    changed: (&[Range<usize>], &[Range<usize>]),
    end: Instant,
    blocks: &mut Vec<Block>,
) {
    if changed.0.is_empty() || changed.1.is_empty() {
        return;
    }
    let (here, there) = (words(old, changed.0), words(new, changed.1));
    if here.len().max(there.len()) > MOST_WORDS {
        return;
    }
    let (old_ids, new_ids) = numbered((old, &here), (new, &there));
    for op in capture_diff_slices_deadline(Algorithm::Myers, &old_ids, &new_ids, Some(end)) {
        if let DiffOp::Equal { .. } = op {
            blocks.extend(here[op.old_range()].iter().zip(&there[op.new_range()]).map(|(old, new)| same(old, new)));
        }
    }
}

/// Words, and each by itself the marks between them.
fn words(text: &str, lines: &[Range<usize>]) -> Pieces {
    let mut all = Vec::new();
    let marks = |all: &mut Pieces, gap: Range<usize>| {
        let marks = text[gap.clone()].char_indices().filter(|(_, c)| *c != ' ');
        all.extend(marks.map(|(at, c)| gap.start + at..gap.start + at + c.len_utf8()));
    };
    for line in lines {
        let mut at = line.start;
        for word in segment::words(&text[line.clone()]) {
            let word = line.start + word.start..line.start + word.end;
            marks(&mut all, at..word.start);
            at = word.end;
            all.push(word);
        }
        marks(&mut all, at..line.end);
    }
    all
}

/// Stretches that follow each other in both texts with the same between them become one.
fn joined(blocks: Vec<Block>, old: &Folded, new: &Folded) -> Vec<Block> {
    let mut joined: Vec<Block> = Vec::new();
    for block in blocks {
        if let Some(last) = joined.last_mut() {
            let (old_end, new_end) = (last.old + last.len, last.new + last.len);
            if old.text.as_bytes().get(old_end..block.old) == new.text.as_bytes().get(new_end..block.new) {
                last.len = block.old + block.len - last.old;
                continue;
            }
        }
        joined.push(block);
    }
    joined
}
