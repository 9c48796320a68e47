//! Quotation marks, understood: which quotations a text has, in any style and also where the marks are wrong.
//!
//! A line is a paragraph. Its marks are collected with what stands around them (`sign`), apostrophes are told from
//! them (`apostrophe`), they are paired by form and by where they stand (`pairing`), and what stays alone is read as
//! well as it can be (`mending`).

mod apostrophe;
mod mending;
mod pairing;
mod sign;
#[cfg(test)]
mod table;

use std::{cmp::Reverse, mem, ops::Range};

use pairing::Pairing;
use sign::{Mark, could_begin};

/// One quotation as its marks delimit it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// What lies from the opening mark to behind the closing one, in bytes; one range for each paragraph that it runs
    /// through. Never empty.
    pub parts: Vec<Range<usize>>,
    /// How many other quotations hold it.
    pub depth: u32,
    /// What state its marks are in.
    pub marks: Marks,
}

/// What state the marks of a quotation are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Marks {
    /// It is opened and closed as it should be.
    Balanced,
    /// Only its closing mark is there.
    MissingOpen,
    /// Only its opening mark is there, also where it runs through several paragraphs.
    MissingClose,
    /// Its two marks do not go together.
    Mismatched,
    /// It runs through several paragraphs, each opened again and only the last one closed, as it should be.
    Continued,
}

impl Marks {
    /// The word of the default scheme.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Balanced => "balanced",
            Self::MissingOpen => "missing_open",
            Self::MissingClose => "missing_close",
            Self::Mismatched => "mismatched",
            Self::Continued => "continued",
        }
    }
}

/// All quotations of a text: by start, the outer before the inner. None crosses another, and each lies within one line
/// unless the lines that it runs through open with a mark again.
#[must_use]
pub fn quotations(text: &str) -> Vec<Quoted> {
    let mut reader = Reader { text, found: Vec::new(), waiting: None };
    let mut at = 0;
    while let Some(next) = text.as_bytes()[at..].iter().position(|byte| could_begin(*byte)).map(|next| at + next) {
        let start = memchr::memrchr(b'\n', &text.as_bytes()[at..next]).map_or(at, |end| at + end + 1);
        let end = memchr::memchr(b'\n', &text.as_bytes()[next..]).map_or(text.len(), |end| next + end);
        let marks = sign::marks(text, start..end, next);
        if !marks.is_empty() {
            reader.line(start..end, &marks);
        }
        at = end;
    }
    reader.end();
    nested(reader.found)
}

/// A quotation that is open at the end of a line and may go on in the next.
struct Waiting {
    parts: Vec<Range<usize>>,
    /// The line's part if the quotation does go on.
    whole: Range<usize>,
    /// The line's part if it does not.
    alone: Option<Range<usize>>,
    mark: Mark,
}

struct Reader<'a> {
    text: &'a str,
    found: Vec<Quoted>,
    waiting: Option<Waiting>,
}

impl Reader<'_> {
    fn line(&mut self, line: Range<usize>, marks: &[Mark]) {
        let mut parts = Vec::new();
        if let Some(mut waiting) = self.waiting.take() {
            if self.goes_on(&waiting, &marks[0]) {
                parts = waiting.parts;
                parts.push(waiting.whole);
            } else {
                waiting.parts.extend(waiting.alone);
                self.give_up(waiting.parts);
            }
        }
        let again = !parts.is_empty();
        let mut pairing = pairing::pair(self.text, marks, again);
        mending::join_torn(self.text, marks, &mut pairing);
        self.pairs(marks, &pairing, &mut parts);
        self.unclosed(&line, marks, &pairing, again, &mut parts);
        self.give_up(parts);
        for &stray in &pairing.strays {
            if let Some(range) = mending::unopened(self.text, &line, marks, stray) {
                self.found.push(Quoted { parts: vec![range], depth: 0, marks: Marks::MissingOpen });
            }
        }
    }

    /// Whether the line that `mark` is in goes on with what waits.
    fn goes_on(&self, waiting: &Waiting, mark: &Mark) -> bool {
        waiting.mark.is_repeated_by(mark) && self.text[waiting.whole.end..mark.at].trim().is_empty()
    }

    /// `parts` is what the first mark goes on with.
    fn pairs(&mut self, marks: &[Mark], pairing: &Pairing, parts: &mut Vec<Range<usize>>) {
        for pair in &pairing.pairs {
            let mut all = if pair.open == 0 { mem::take(parts) } else { Vec::new() };
            let goes_on = !all.is_empty() && pair.state == Marks::Balanced;
            all.push(marks[pair.open].at..marks[pair.close].end);
            let state = if goes_on { Marks::Continued } else { pair.state };
            self.found.push(Quoted { parts: all, depth: 0, marks: state });
        }
    }

    fn unclosed(
        &mut self,
        line: &Range<usize>,
        marks: &[Mark],
        pairing: &Pairing,
        again: bool,
        parts: &mut Vec<Range<usize>>,
    ) {
        let goes_on = mending::may_go_on(marks, pairing, again);
        for lone in &pairing.unclosed {
            let alone = mending::unclosed(self.text, line, marks, *lone);
            let mut parts = if lone.open == 0 { mem::take(parts) } else { Vec::new() };
            let mark = marks[lone.open];
            let content = self.text[mark.end..line.end].trim_end();
            if Some(lone.open) == goes_on && !content.is_empty() {
                let whole = mark.at..mark.end + content.len();
                self.waiting = Some(Waiting { parts, whole, alone, mark });
            } else {
                parts.extend(alone);
                self.give_up(parts);
            }
        }
    }

    /// What is not closed although it could have gone on.
    fn give_up(&mut self, parts: Vec<Range<usize>>) {
        if !parts.is_empty() {
            self.found.push(Quoted { parts, depth: 0, marks: Marks::MissingClose });
        }
    }

    fn end(&mut self) {
        if let Some(mut waiting) = self.waiting.take() {
            waiting.parts.extend(waiting.alone);
            self.give_up(waiting.parts);
        }
    }
}

/// Sets the quotations in order, says how deep each lies, and takes out the guesses that would cross another.
fn nested(mut found: Vec<Quoted>) -> Vec<Quoted> {
    found.sort_by_key(|quoted| (quoted.start(), Reverse(quoted.end())));
    let mut crossing = vec![false; found.len()];
    // Those that hold the place that is looked at.
    let mut around: Vec<usize> = Vec::new();
    for number in 0..found.len() {
        while let Some(&last) = around.last() {
            let (outer, here) = (&found[last], &found[number]);
            if outer.end() > here.start() && outer.end() >= here.end() {
                break;
            }
            if outer.end() > here.start() {
                let guessed = matches!(outer.marks, Marks::MissingOpen | Marks::MissingClose);
                crossing[if guessed { last } else { number }] = true;
                if !guessed {
                    break;
                }
            }
            around.pop();
        }
        if !crossing[number] {
            around.push(number);
        }
    }
    let mut crossing = crossing.into_iter();
    found.retain(|_| !crossing.next().unwrap_or_default());
    let mut ends: Vec<usize> = Vec::new();
    for quoted in &mut found {
        while ends.last().is_some_and(|end| *end <= quoted.start()) {
            ends.pop();
        }
        quoted.depth = ends.len() as u32;
        ends.push(quoted.end());
    }
    found
}

impl Quoted {
    fn start(&self) -> usize {
        self.parts.first().map_or(0, |part| part.start)
    }

    fn end(&self) -> usize {
        self.parts.last().map_or(0, |part| part.end)
    }
}
