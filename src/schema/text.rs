//! A document's text, with conversions between offsets, bytes and UTF-16 code units.

use crate::{Offset, Span};

/// How many scalar values lie between two entries of the index.
const STEP: usize = 128;

/// A text that never changes, indexed for conversion between the units that programs count in.
///
/// Each conversion costs a look into a table and a scan of at most 128 characters, whatever the size of
/// the text; a text that is all ASCII needs neither.
///
/// ```
/// use ascribe_schema::{Offset, Span, Text};
///
/// let text = Text::new("“Non”, a dit 🦀.");
/// assert_eq!(text.slice(Span::new(0, 5)), Some("“Non”"));
/// assert_eq!(text.byte(Offset(5)), Some(9)); // curly quote marks take three bytes each
/// assert_eq!(text.utf16(Offset(14)), Some(15)); // the crab takes two UTF-16 units
/// assert_eq!(text.offset_of_byte(9), Some(Offset(5)));
/// assert_eq!(text.offset_of_byte(1), None); // inside the first mark
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    content: Box<str>,
    /// Bytes and UTF-16 units before every `STEP`th character; empty for ASCII.
    index: Vec<Entry>,
    len: Offset,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    byte: u32,
    utf16: u32,
}

impl Text {
    /// Indexes `content`, which must be shorter than 4 GiB.
    ///
    /// # Panics
    ///
    /// When `content` is 4 GiB or longer; importers refuse such texts long before.
    #[must_use]
    pub fn new(content: impl Into<Box<str>>) -> Self {
        let content = content.into();
        assert!(u32::try_from(content.len()).is_ok(), "a text must be shorter than 4 GiB");
        if content.is_ascii() {
            let len = Offset(content.len() as u32);
            return Self { content, index: Vec::new(), len };
        }
        let mut index = Vec::with_capacity(content.len() / STEP + 1);
        let (mut count, mut utf16) = (0_usize, 0_u32);
        for (byte, c) in content.char_indices() {
            if count % STEP == 0 {
                index.push(Entry { byte: byte as u32, utf16 });
            }
            count += 1;
            utf16 += c.len_utf16() as u32;
        }
        Self { content, index, len: Offset(count as u32) }
    }

    /// The whole text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// The offset after the last character, which is also the number of scalar values.
    #[must_use]
    pub const fn len(&self) -> Offset {
        self.len
    }

    /// Whether the text holds no character at all.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len.0 == 0
    }

    /// The span of the whole text.
    #[must_use]
    pub const fn span(&self) -> Span {
        Span { start: Offset::ZERO, end: self.len }
    }

    /// The byte at which the character at `offset` starts; `None` past the end.
    #[must_use]
    pub fn byte(&self, offset: Offset) -> Option<usize> {
        self.seek(offset).map(|(byte, _)| byte)
    }

    /// The UTF-16 code units before `offset`; `None` past the end.
    #[must_use]
    pub fn utf16(&self, offset: Offset) -> Option<usize> {
        self.seek(offset).map(|(_, utf16)| utf16)
    }

    /// The offset of the character that starts at `byte`; `None` inside a character or past the end.
    #[must_use]
    pub fn offset_of_byte(&self, byte: usize) -> Option<Offset> {
        if !self.content.is_char_boundary(byte) {
            return None;
        }
        if self.index.is_empty() {
            return Some(Offset(byte as u32));
        }
        let block = self.index.partition_point(|entry| entry.byte as usize <= byte).saturating_sub(1);
        let between = self.content[self.index[block].byte as usize..byte].chars().count();
        Some(Offset((block * STEP + between) as u32))
    }

    /// The offset before which lie `utf16` code units; `None` inside a surrogate pair or past the end.
    #[must_use]
    pub fn offset_of_utf16(&self, utf16: usize) -> Option<Offset> {
        if self.index.is_empty() {
            return (utf16 <= self.content.len()).then_some(Offset(utf16 as u32));
        }
        let block = self.index.partition_point(|entry| entry.utf16 as usize <= utf16).saturating_sub(1);
        let entry = self.index[block];
        let (mut units, mut offset) = (entry.utf16 as usize, block * STEP);
        let mut rest = self.content[entry.byte as usize..].chars();
        while units < utf16 {
            units += rest.next()?.len_utf16();
            offset += 1;
        }
        (units == utf16).then_some(Offset(offset as u32))
    }

    /// The characters inside `span`; `None` when it ends past the text or before it starts.
    #[must_use]
    pub fn slice(&self, span: Span) -> Option<&str> {
        if span.end < span.start {
            return None;
        }
        let start = self.byte(span.start)?;
        // Most spans are short: their ends are near their starts.
        let end = if span.len() as usize <= STEP && span.end <= self.len {
            advance(self.content.as_bytes(), start, span.len())
        } else {
            self.byte(span.end)?
        };
        Some(&self.content[start..end])
    }

    /// The character at `offset`; `None` at or past the end.
    #[must_use]
    pub fn char_at(&self, offset: Offset) -> Option<char> {
        self.content[self.byte(offset)?..].chars().next()
    }

    fn seek(&self, offset: Offset) -> Option<(usize, usize)> {
        if offset > self.len {
            return None;
        }
        if self.index.is_empty() {
            return Some((offset.get(), offset.get()));
        }
        // The end of a text whose length is a multiple of STEP has no entry of its own.
        let block = (offset.get() / STEP).min(self.index.len() - 1);
        let entry = self.index[block];
        let (mut byte, mut utf16) = (entry.byte as usize, entry.utf16 as usize);
        for c in self.content[byte..].chars().take(offset.get() - block * STEP) {
            byte += c.len_utf8();
            utf16 += c.len_utf16();
        }
        Some((byte, utf16))
    }
}

/// The byte `n` characters after `byte`, in bytes that are UTF-8 and have so many more.
fn advance(bytes: &[u8], mut byte: usize, n: u32) -> usize {
    for _ in 0..n {
        // The first byte of a character says how long it is.
        byte += match bytes[byte] {
            0x00..0xc0 => 1,
            0xc0..0xe0 => 2,
            0xe0..0xf0 => 3,
            _ => 4,
        };
    }
    byte
}

impl Default for Text {
    fn default() -> Self {
        Self::new("")
    }
}

impl From<&str> for Text {
    fn from(content: &str) -> Self {
        Self::new(content)
    }
}
