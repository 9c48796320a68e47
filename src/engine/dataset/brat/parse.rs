//! The lines of brat files, taken apart.

use crate::dataset::Kind;

/// A line of one of a document's files.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Which file.
    pub file: &'a str,
    /// Counted from 1.
    pub number: u64,
    /// Without its end.
    pub text: &'a str,
}

/// A `T` line.
#[derive(Clone, Copy, Debug)]
pub struct Bound<'a> {
    pub line: Line<'a>,
    pub id: &'a str,
    pub label: &'a str,
    /// The first fragment, and one after the last, in a list of all.
    pub fragments: (usize, usize),
    /// The covered text; nothing where the line has none.
    pub quote: Option<&'a str>,
}

/// A line with an id: `ID ⇥ DATA [⇥ TAIL]`.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'a> {
    pub id: &'a str,
    pub data: &'a str,
    pub tail: Option<&'a str>,
}

impl<'a> Line<'a> {
    /// Where it stands.
    pub fn place(&self) -> (&'a str, u64) {
        (self.file, self.number)
    }

    /// What the line would have been.
    pub fn kind(&self) -> Kind {
        match self.text.as_bytes().first() {
            Some(b'R' | b'*') => Kind::Relation,
            Some(b'A' | b'M' | b'N') => Kind::Attribute,
            Some(b'#') => Kind::Note,
            _ => Kind::Annotation,
        }
    }

    /// The id and what comes after it.
    pub fn fields(&self) -> Option<Fields<'a>> {
        let (id, rest) = cut(self.text, b'\t')?;
        let (data, tail) = cut(rest, b'\t').map_or((rest, None), |(data, tail)| (data, Some(tail)));
        (!id.is_empty()).then_some(Fields { id, data, tail })
    }
}

/// Whether a line begins as one of brat's.
pub fn is_line(line: &[u8]) -> bool {
    let id = line.split(|byte| *byte == b'\t').next().filter(|id| id.len() < line.len()).unwrap_or_default();
    let numbered = |rest: &[u8]| !rest.is_empty() && rest.iter().all(u8::is_ascii_digit);
    match id.split_first() {
        Some((b'*', rest)) => rest.is_empty(),
        Some((b'T' | b'R' | b'E' | b'A' | b'M' | b'N' | b'#', rest)) => numbered(rest),
        _ => false,
    }
}

/// What stands before and after the first `byte`, which is ASCII.
fn cut(text: &str, byte: u8) -> Option<(&str, &str)> {
    let at = memchr::memchr(byte, text.as_bytes())?;
    Some((&text[..at], &text[at + 1..]))
}

/// Takes a `T` line apart and adds its fragments, in the order in which they stand there; or says why it cannot be.
pub fn bound<'a>(line: Line<'a>, fragments: &mut Vec<(u32, u32)>) -> Result<Bound<'a>, &'static str> {
    let Fields { id, data, tail } = line.fields().ok_or("it has no tab behind its id")?;
    let first = fragments.len();
    let (label, spans) = cut(data, b' ').ok_or("it has no offsets")?;
    if label.is_empty() {
        return Err("it has no label");
    }
    let read = pairs(spans.as_bytes(), fragments);
    if read.is_none() {
        fragments.truncate(first);
        return Err("its offsets are not pairs of numbers");
    }
    let quote = tail.filter(|tail| !tail.is_empty());
    Ok(Bound { line, id, label, fragments: (first, fragments.len()), quote })
}

/// `0 5;7 9`, as numbers.
fn pairs(mut spans: &[u8], into: &mut Vec<(u32, u32)>) -> Option<()> {
    loop {
        let start = number(&mut spans)?;
        let gap = spans.iter().take_while(|byte| **byte == b' ').count();
        if gap == 0 {
            return None;
        }
        spans = &spans[gap..];
        let end = number(&mut spans)?;
        into.push((start, end));
        spans = spans.trim_ascii();
        match spans.split_first() {
            None => return Some(()),
            Some((b';', rest)) => spans = rest.trim_ascii_start(),
            Some(_) => return None,
        }
    }
}

fn number(bytes: &mut &[u8]) -> Option<u32> {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 0 || digits > 10 {
        return None;
    }
    let value = bytes[..digits].iter().fold(0_u64, |value, digit| value * 10 + u64::from(digit - b'0'));
    *bytes = &bytes[digits..];
    u32::try_from(value).ok()
}

/// `Role:ID` arguments; nothing if one is none.
pub fn arguments(data: &str) -> Option<Vec<(&str, &str)>> {
    let argument = |argument: &'_ str| argument.find(':');
    data.split_ascii_whitespace()
        .map(|word| argument(word).map(|at| (&word[..at], &word[at + 1..])))
        .map(|pair| pair.filter(|(role, id)| !role.is_empty() && !id.is_empty()))
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn lines_are_taken_apart_or_not() {
        let mut fragments = Vec::new();
        let mut read = |text| {
            let bound = bound(Line { file: "", number: 1, text }, &mut fragments);
            bound.map(|bound| (bound.label, fragments[bound.fragments.0..bound.fragments.1].to_vec(), bound.quote))
        };
        assert_eq!(read("T1\tquote 0 5;7 9\tab cd\tx").unwrap(), ("quote", vec![(0, 5), (7, 9)], Some("ab cd\tx")));
        assert_eq!(read("T1\tquote 0 5").unwrap(), ("quote", vec![(0, 5)], None));
        for broken in [
            "T1",
            "T1 quote 0 5",
            "T1\tquote",
            "T1\tquote 0",
            "T1\tquote 0 5;",
            "T1\tmy quote 0 5",
            "T1\tq -1 5",
            "T1\tq 0 99999999999",
        ] {
            read(broken).unwrap_err();
        }
        assert_eq!(arguments(" Arg1:T1  Arg2:E2 "), Some(vec![("Arg1", "T1"), ("Arg2", "E2")]));
        assert_eq!(arguments("Arg1:T1 Arg2"), None);
    }
}
