//! Quote marks around the cells of a table, which must not be taken for those of a text, nor swallow rows.

/// What is wrong with a stray mark, and what to do.
pub(super) const WRONG: &str = "a quote mark in it does not end its cell, or the cell is never closed; \
                                close the cell, and write each quote mark inside it twice";

/// How the cells of a table are quoted.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Quotes {
    /// The line in which a cell begins that is not closed just before a separator or a line end.
    pub stray: Option<u64>,
    /// Whether it is the table that has the marks: its header is quoted, or a cell that could not be without.
    pub meant: bool,
}

impl Quotes {
    pub fn find(table: &str, separator: u8) -> Self {
        let bytes = table.as_bytes();
        let ends = |at: usize| bytes.get(at).is_none_or(|byte| [separator, b'\r', b'\n'].contains(byte));
        let mut found = Self { meant: bytes.first() == Some(&b'"'), stray: None };
        let (mut at, mut line) = (0, 1);
        while at < bytes.len() {
            let start = line;
            if bytes[at] == b'"' {
                at += 1;
                while at < bytes.len() && (bytes[at] != b'"' || bytes.get(at + 1) == Some(&b'"')) {
                    line += u64::from(bytes[at] == b'\n');
                    found.meant |= ends(at) || bytes[at] == b'"';
                    at += if bytes[at] == b'"' { 2 } else { 1 };
                }
                if at >= bytes.len() || !ends(at + 1) {
                    found.stray = Some(start);
                    return found;
                }
                at += 1;
            }
            while !ends(at) {
                at += 1;
            }
            line += u64::from(bytes.get(at) == Some(&b'\n'));
            at += 1;
        }
        found
    }
}
