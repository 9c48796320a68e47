//! The marks of a line, with what stands around each of them.

use std::ops::Range;

/// Marks of one kind can close each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Double,
    Single,
    Guillemet,
    SmallGuillemet,
    Corner,
    WhiteCorner,
}

/// How many kinds there are.
pub(super) const KINDS: usize = 6;

/// What the form of a mark says in most languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Opening,
    Closing,
    Straight,
}

/// What the place of a mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lean {
    /// Before something and behind nothing, as marks stand that open.
    Right,
    /// Behind something and before nothing, as marks stand that close.
    Left,
    /// Between spaces or the like.
    Loose,
    /// Between letters or the like.
    Tight,
}

/// One quotation mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    /// The mark, or the one that two marks stand for.
    pub sign: char,
    pub kind: Kind,
    pub shape: Shape,
    pub at: usize,
    /// Where it ends.
    pub end: usize,
    /// What stands right before it and the marks that it touches; nothing at the edge of the line.
    pub left: Option<char>,
    /// What stands right behind it and the marks that it touches.
    pub right: Option<char>,
    pub lean: Lean,
}

impl Mark {
    /// Whether a next paragraph that opens with `other` goes on with what this mark has opened.
    pub fn is_repeated_by(&self, other: &Self) -> bool {
        let guillemets = matches!(self.kind, Kind::Guillemet | Kind::SmallGuillemet);
        let closes = other.sign == '“' && self.sign == '„';
        self.kind == other.kind && (self.sign == other.sign || guillemets || closes)
    }
}

/// Whether a mark can begin with this byte.
pub(super) fn could_begin(byte: u8) -> bool {
    BEGINNINGS[usize::from(byte)]
}

const BEGINNINGS: [bool; 256] = {
    let mut beginnings = [false; 256];
    let bytes = [b'"', b'\'', b'`', 0xc2, 0xd7, 0xe2, 0xe3, 0xef];
    let mut at = 0;
    while at < bytes.len() {
        beginnings[bytes[at] as usize] = true;
        at += 1;
    }
    beginnings
};

fn kind(sign: char) -> Option<Kind> {
    Some(match sign {
        '“' | '”' | '„' | '‟' | '"' | '＂' | '〝' | '〞' | '〟' | '״' => Kind::Double,
        '‘' | '’' | '‚' | '‛' | '\'' | '`' | '＇' => Kind::Single,
        '«' | '»' => Kind::Guillemet,
        '‹' | '›' => Kind::SmallGuillemet,
        '「' | '」' | '｢' | '｣' => Kind::Corner,
        '『' | '』' => Kind::WhiteCorner,
        _ => return None,
    })
}

fn shape(sign: char) -> Shape {
    match sign {
        '"' | '＂' | '״' | '\'' | '＇' => Shape::Straight,
        '”' | '〞' | '〟' | '’' | '»' | '›' | '」' | '』' | '｣' => Shape::Closing,
        _ => Shape::Opening,
    }
}

/// The marks of `line`, the first of them not before `from`; apostrophes within words are none.
pub(super) fn marks(text: &str, line: Range<usize>, from: usize) -> Vec<Mark> {
    let bytes = text.as_bytes();
    let mut raw: Vec<Mark> = Vec::new();
    let mut at = from;
    while let Some(next) = bytes[at..line.end].iter().position(|byte| could_begin(*byte)) {
        at += next;
        let Some(sign) = text.get(at..line.end).and_then(|rest| rest.chars().next()) else {
            // Within a character.
            at += 1;
            continue;
        };
        let end = at + sign.len_utf8();
        if let Some(kind) = kind(sign)
            && !is_within_word(text, &line, sign, at..end)
        {
            let shape = shape(sign);
            raw.push(Mark { sign, kind, shape, at, end, left: None, right: None, lean: Lean::Loose });
        }
        at = end;
    }
    surround(text, &line, &mut raw);
    doubled(raw)
}

/// Whether what looks like a mark belongs to the word that it stands in.
fn is_within_word(text: &str, line: &Range<usize>, sign: char, at: Range<usize>) -> bool {
    if !matches!(sign, '’' | '\'' | '‘' | '`' | '"' | '״') {
        return false;
    }
    let before = text[line.start..at.start].chars().next_back();
    let after = text[at.end..line.end].chars().next();
    let (Some(before), Some(after)) = (before, after) else { return false };
    match sign {
        // As in צה"ל.
        '"' | '״' => is_hebrew(before) && is_hebrew(after),
        '‘' | '`' => {
            let word = text[at.end..line.end].split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
            before.is_alphabetic() && matches!(word, "t" | "s" | "re" | "ve" | "ll" | "d" | "m")
        }
        // As in l’« État », too.
        _ => is_letter(before) && (is_letter(after) || matches!(after, '“' | '„' | '«' | '‹')),
    }
}

fn is_hebrew(c: char) -> bool {
    ('\u{590}'..='\u{5f2}').contains(&c)
}

/// A letter or digit of a script that has spaces between words.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !('\u{2e80}'..='\u{ffff}').contains(&c)
}

/// Says of each mark what stands around it; marks that touch have the same around them.
fn surround(text: &str, line: &Range<usize>, marks: &mut [Mark]) {
    let mut from = 0;
    while from < marks.len() {
        let mut to = from + 1;
        while to < marks.len() && marks[to].at == marks[to - 1].end {
            to += 1;
        }
        let left = text[line.start..marks[from].at].chars().next_back();
        let rest = &text[marks[to - 1].end..line.end];
        let right = rest.chars().next();
        let lean = lean(left, right, rest);
        for mark in &mut marks[from..to] {
            (mark.left, mark.right, mark.lean) = (left, right, lean);
        }
        from = to;
    }
}

fn lean(left: Option<char>, right: Option<char>, rest: &str) -> Lean {
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let free_left = space(left) || left.is_some_and(|c| is_opening(c) || is_dash(c));
    let free_right = space(right) || right.is_some_and(|c| is_ending(c) || is_dash(c));
    match (free_left, free_right) {
        (true, false) => Lean::Right,
        (false, true) => Lean::Left,
        (false, false) => Lean::Tight,
        (true, true) if left.is_some_and(is_opening) => Lean::Right,
        (true, true) if !space(left) => {
            if space(right) || !right.is_some_and(is_dash) {
                Lean::Left
            } else {
                Lean::Loose
            }
        }
        (true, true) => match right {
            Some(c) if is_dash(c) || rest.starts_with("..") => Lean::Right,
            Some(c) if is_ending(c) => Lean::Left,
            None if left.is_some() => Lean::Left,
            Some(c) if is_unbroken(c) && !left.is_some_and(is_unbroken) => Lean::Right,
            Some(c) if !is_unbroken(c) && left.is_some_and(is_unbroken) => Lean::Left,
            _ => Lean::Loose,
        },
    }
}

/// The spaces that French sets on the inside of its marks.
fn is_unbroken(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// What stands before a mark that opens; of marks, only apostrophes are still in the text around, as in l’« État ».
fn is_opening(c: char) -> bool {
    matches!(c, '\'' | '’' | '(' | '[' | '{' | '¿' | '¡' | '（' | '【' | '《')
}

fn is_dash(c: char) -> bool {
    matches!(c, '–' | '—' | '-' | '―' | '/')
}

/// What ends a sentence or a part of one.
pub(super) fn is_ending(c: char) -> bool {
    matches!(
        c,
        '.' | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | ')'
            | ']'
            | '}'
            | '。'
            | '，'
            | '、'
            | '；'
            | '：'
            | '！'
            | '？'
            | '؟'
            | '،'
            | '؛'
            | '）'
            | '】'
            | '》'
    )
}

/// Two single marks that stand for a double one become one.
fn doubled(marks: Vec<Mark>) -> Vec<Mark> {
    let touches = |pair: &[Mark]| pair[0].sign == pair[1].sign && pair[0].end == pair[1].at;
    let mut twice = marks.windows(2).filter(|pair| touches(pair));
    let opens =
        |pair: &[Mark]| pair[0].sign == '`' || (pair[0].lean == Lean::Right && matches!(pair[0].sign, '\'' | '‘'));
    if !twice.any(opens) {
        return marks;
    }
    let mut made: Vec<Mark> = Vec::with_capacity(marks.len());
    let mut marks = marks.into_iter().peekable();
    while let Some(mut mark) = marks.next() {
        if matches!(mark.sign, '`' | '\'' | '‘' | '’')
            && let Some(second) = marks.next_if(|next| next.sign == mark.sign && next.at == mark.end)
        {
            let opens = matches!(mark.sign, '`' | '‘');
            mark.sign = if opens { '“' } else { '”' };
            (mark.kind, mark.shape, mark.end) = (Kind::Double, shape(mark.sign), second.end);
        }
        made.push(mark);
    }
    made
}
