//! Which mark closes which.

use super::{
    Marks, apostrophe,
    sign::{KINDS, Kind, Lean, Mark, Shape, is_ending},
};

/// Two marks that go together, by their places in the line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub open: usize,
    pub close: usize,
    pub state: Marks,
}

/// An opening mark that nothing closes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lone {
    pub open: usize,
    /// The byte up to which it could reach, where that is not the end of the line.
    pub limit: Option<usize>,
    /// The next mark of its kind.
    pub next: Option<usize>,
}

/// What the marks of a line are.
#[derive(Debug, Default)]
pub(super) struct Pairing {
    pub pairs: Vec<Pair>,
    pub unclosed: Vec<Lone>,
    /// Marks that stand like closing ones and close nothing.
    pub strays: Vec<usize>,
}

/// How many open quotations a mark is held against; more are never open at once but by accident.
const REACH: usize = 32;

/// Within how many bytes a single mark may close a double one where nobody speaks.
const SHORT: usize = 40;

/// Pairs the marks of one line. `again` says that the first only says again what an earlier line has opened.
pub(super) fn pair(text: &str, marks: &[Mark], again: bool) -> Pairing {
    let mut pairer = Pairer::new(text, marks);
    for number in 0..marks.len() {
        if number == 0 && again {
            pairer.open.push(0);
        } else {
            pairer.take(number);
        }
    }
    pairer.end()
}

struct Pairer<'a> {
    text: &'a str,
    marks: &'a [Mark],
    /// The next mark of the same kind.
    next: Vec<Option<usize>>,
    /// How many marks after this one, and of its kind, could close something.
    closers: Vec<u32>,
    /// How many marks of a kind could still close something.
    left: [u32; KINDS],
    open: Vec<usize>,
    made: Pairing,
}

impl<'a> Pairer<'a> {
    fn new(text: &'a str, marks: &'a [Mark]) -> Self {
        let (mut next, mut closers) = (vec![None; marks.len()], vec![0; marks.len()]);
        let (mut last, mut left) = ([None; KINDS], [0; KINDS]);
        for (number, mark) in marks.iter().enumerate().rev() {
            let kind = mark.kind as usize;
            (next[number], closers[number]) = (last[kind], left[kind]);
            last[kind] = Some(number);
            let shaped = mark.shape != Shape::Opening && mark.lean != Lean::Right;
            left[kind] += u32::from(shaped || mark.lean == Lean::Left);
        }
        Self { text, marks, next, closers, left, open: Vec::new(), made: Pairing::default() }
    }

    fn take(&mut self, number: usize) {
        let mark = &self.marks[number];
        self.left[mark.kind as usize] = self.closers[number];
        let next = self.next[number].map(|next| &self.marks[next]);
        let open = || self.near().any(|at| self.mark(at).kind == mark.kind);
        if apostrophe::is_measure(self.text, mark, next, open) {
            return;
        }
        if let Some(at) = self.opener(number) {
            self.close(at, number);
        } else if self.opens(number) {
            self.open.push(number);
        } else if let Some(at) = self.other_opener(number) {
            self.close(at, number);
        } else if mark.lean == Lean::Left {
            self.made.strays.push(number);
        }
    }

    /// The open quotations that are looked at, from the innermost.
    fn near(&self) -> impl Iterator<Item = usize> + use<> {
        (self.open.len().saturating_sub(REACH)..self.open.len()).rev()
    }

    fn mark(&self, at: usize) -> &Mark {
        &self.marks[self.open[at]]
    }

    fn close(&mut self, at: usize, number: usize) {
        let (open, limit) = (self.open[at], self.marks[number].at);
        for &inner in &self.open[at + 1..] {
            self.made.unclosed.push(Lone { open: inner, limit: Some(limit), next: self.next[inner] });
        }
        self.open.truncate(at);
        if self.text[self.marks[open].end..limit].trim().is_empty() {
            return;
        }
        let regular = is_regular(self.marks[open].sign, self.marks[number].sign);
        let state = if regular { Marks::Balanced } else { Marks::Mismatched };
        self.made.pairs.push(Pair { open, close: number, state });
    }

    /// Which of the open quotations the mark closes: one that it is made for, or else the innermost of its kind.
    fn opener(&self, number: usize) -> Option<usize> {
        let mark = &self.marks[number];
        let corner = matches!(mark.kind, Kind::Corner | Kind::WhiteCorner);
        if mark.lean == Lean::Right && mark.shape != Shape::Closing && !corner {
            return None;
        }
        let near = || {
            let within = |at: &usize| mark.kind != Kind::Single || self.mark(*at).kind == Kind::Single;
            self.near().take_while(within).filter(|at| self.closes(number, self.mark(*at)))
        };
        let found = near().find(|at| is_regular(self.mark(*at).sign, mark.sign)).or_else(|| near().next())?;
        let later = std::iter::successors(self.next[number], |next| self.next[*next]).map(|next| &self.marks[next]);
        (mark.kind != Kind::Single || !apostrophe::ends_word(self.text, mark, later)).then_some(found)
    }

    fn closes(&self, number: usize, open: &Mark) -> bool {
        let mark = &self.marks[number];
        if mark.kind != open.kind {
            return false;
        }
        let last = self.closers[number] == 0;
        match (open.shape, mark.shape) {
            _ if matches!(mark.kind, Kind::Corner | Kind::WhiteCorner) => mark.shape == Shape::Closing,
            // As many languages close: „…“ and ‚…‘.
            (Shape::Opening, Shape::Opening) if is_regular(open.sign, mark.sign) => mark.lean != Lean::Right,
            // An opening mark that was put where one must close.
            (Shape::Opening | Shape::Straight, Shape::Opening) => {
                mark.lean == Lean::Left || (mark.lean == Lean::Loose && last && mark.kind != Kind::Single)
            }
            (Shape::Opening, Shape::Closing) => mark.lean != Lean::Right || (last && mark.kind != Kind::Single),
            _ => mark.lean != Lean::Right,
        }
    }

    fn opens(&self, number: usize) -> bool {
        let mark = &self.marks[number];
        let next = self.next[number].map(|next| &self.marks[next]);
        let closers = self.closers[number] > 0;
        match (mark.kind, mark.shape) {
            (Kind::Corner | Kind::WhiteCorner, shape) => shape == Shape::Opening,
            (Kind::Single, _) => apostrophe::opens(self.text, mark, next, closers),
            (_, Shape::Opening) => match mark.lean {
                Lean::Right | Lean::Tight => true,
                Lean::Loose => closers || (mark.left.is_none() && mark.right.is_some()),
                // The space is on the wrong side, as in `He said,“ I go.”`.
                Lean::Left => next.is_some_and(|next| next.shape == Shape::Closing && next.lean != Lean::Right),
            },
            (_, Shape::Straight) => match mark.lean {
                Lean::Right => true,
                Lean::Loose | Lean::Tight => next.is_some(),
                Lean::Left => {
                    let begins = self.text[mark.end..].trim_start().starts_with(char::is_uppercase);
                    let told = matches!(mark.left, Some(',' | ':'));
                    begins && told && next.is_some_and(|next| next.lean == Lean::Left)
                }
            },
            // As in Swedish, or reversed: what comes next must answer.
            (_, Shape::Closing) => {
                let answered = next.is_some_and(|next| next.lean != Lean::Right);
                let reversed = answered && next.is_some_and(|next| next.shape == Shape::Opening);
                match mark.lean {
                    Lean::Right => answered || (next.is_none() && mark.left.is_none()),
                    Lean::Loose => reversed || (answered && mark.left.is_none()),
                    Lean::Tight => reversed,
                    Lean::Left => false,
                }
            }
        }
    }

    /// A quotation of another kind that this mark closes, because nothing else can.
    fn other_opener(&self, number: usize) -> Option<usize> {
        let mark = &self.marks[number];
        let at = self.open.len().checked_sub(1)?;
        let open = self.mark(at);
        let spoken = mark.left.is_some_and(|c| is_ending(c) || c == '…');
        let near = mark.kind != Kind::Single || mark.at - open.end <= SHORT;
        let fits = mark.lean == Lean::Left
            && mark.shape != Shape::Opening
            && (spoken || (near && mark.right.is_some_and(is_ending)))
            && open.kind != mark.kind
            && !matches!(open.kind, Kind::Corner | Kind::WhiteCorner)
            && self.left[open.kind as usize] == 0;
        fits.then_some(at)
    }

    fn end(mut self) -> Pairing {
        for &open in &self.open {
            self.made.unclosed.push(Lone { open, limit: None, next: self.next[open] });
        }
        self.made
    }
}

/// Whether some language opens and closes like that.
fn is_regular(open: char, close: char) -> bool {
    matches!(
        (open, close),
        ('“' | '„' | '‟' | '”', '”')
            | ('„', '“' | '‟')
            | ('"', '"')
            | ('＂', '＂')
            | ('״', '״')
            | ('〝', '〞' | '〟')
            | ('‘' | '‚' | '‛' | '’', '’')
            | ('‚', '‘')
            | ('\'' | '`', '\'')
            | ('＇', '＇')
            | ('«' | '»', '»')
            | ('»', '«')
            | ('‹' | '›', '›')
            | ('›', '‹')
            | ('「', '」')
            | ('『', '』')
            | ('｢', '｣')
    )
}
