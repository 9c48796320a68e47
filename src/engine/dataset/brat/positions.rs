//! From the offsets of a brat file, which count what stands in the file, to ours.

use ascribe_schema::{Offset, Text};

/// How offsets count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counting {
    /// UTF-16 units instead of code points.
    pub utf16: bool,
    /// Whether a byte-order mark counts.
    pub mark: bool,
    /// Whether CR LF counts two.
    pub both: bool,
}

/// What a file's text has that programs count in different ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traits {
    /// It begins with a byte-order mark.
    pub mark: bool,
    /// It has CR LF.
    pub returns: bool,
    /// It has characters of two UTF-16 units.
    pub astral: bool,
}

/// A place inside no character.
const NOWHERE: u32 = u32::MAX;

/// Where the offsets of one file lie in our text.
#[derive(Debug, Default)]
pub struct Positions {
    /// The byte of each offset in our text; empty if they are the same.
    bytes: Vec<u32>,
    /// Our offset of each; empty if they are the same.
    offsets: Vec<u32>,
}

impl Traits {
    /// What the content of a file has, which begins with a byte-order mark or not.
    pub fn of(raw: &str, mark: bool) -> Self {
        let astral = raw.bytes().any(|byte| byte >= 0xf0);
        let returns = memchr::memmem::find(raw.as_bytes(), b"\r\n").is_some();
        Self { mark, returns, astral }
    }

    /// How offsets may count, brat's own way first.
    pub fn countings(self, utf16: bool) -> Vec<Counting> {
        let pick = |both: bool| if both { [true, false].as_slice() } else { &[true] };
        let units = if utf16 { [true].as_slice() } else { &[false, true][..1 + usize::from(self.astral)] };
        let mut countings = Vec::new();
        for &utf16 in units {
            for &mark in pick(self.mark) {
                for &both in pick(self.returns) {
                    countings.push(Counting { utf16, mark, both });
                }
            }
        }
        countings
    }
}

impl Counting {
    /// Why a file was read this way, where that is not brat's own.
    pub fn why(self, own: Self) -> Option<&'static str> {
        match (self.utf16 != own.utf16, self.mark != own.mark || self.both != own.both) {
            (false, false) => None,
            (true, _) => Some("a file counts UTF-16 units, where brat counts code points"),
            (false, true) => Some("a file counts CR LF as one or no byte-order mark, other than brat"),
        }
    }
}

impl Positions {
    /// For the content `raw` of a file, without its byte-order mark, which is `text` with CR LF as LF.
    pub fn new(raw: &str, text: &Text, traits: Traits, counting: Counting) -> Self {
        let same = !(traits.mark && counting.mark || traits.returns && counting.both);
        let mut positions = Self::default();
        if same && !(counting.utf16 && traits.astral) {
            if text.as_str().len() != text.len().get() {
                positions.bytes.reserve(text.len().get() + 1);
                positions.bytes.extend(text.as_str().char_indices().map(|(byte, _)| byte as u32));
                positions.bytes.push(text.as_str().len() as u32);
            }
            return positions;
        }
        let (mut byte, mut offset) = (0, 0);
        if traits.mark && counting.mark {
            positions.push(0, 0);
        }
        let mut characters = raw.chars().peekable();
        while let Some(c) = characters.next() {
            if c == '\r' && characters.peek() == Some(&'\n') {
                if counting.both {
                    positions.push(byte, offset);
                }
                continue;
            }
            positions.push(byte, offset);
            if counting.utf16 && c.len_utf16() == 2 {
                positions.push(NOWHERE, NOWHERE);
            }
            byte += c.len_utf8() as u32;
            offset += 1;
        }
        positions.push(byte, offset);
        positions
    }

    fn push(&mut self, byte: u32, offset: u32) {
        self.bytes.push(byte);
        self.offsets.push(offset);
    }

    /// Our offset and its byte; nothing past the end of the text or inside a character.
    pub fn place(&self, text: &Text, raw: u32) -> Option<(Offset, usize)> {
        if self.bytes.is_empty() {
            return (raw <= text.len().0).then_some((Offset(raw), raw as usize));
        }
        let byte = *self.bytes.get(raw as usize)?;
        let offset = if self.offsets.is_empty() { raw } else { *self.offsets.get(raw as usize)? };
        (byte != NOWHERE).then_some((Offset(offset), byte as usize))
    }
}
