//! Stand-in.
use std::ops::Range;
/// Q
#[derive(Clone, Debug)]
pub struct Quoted {
    /// p
    pub parts: Vec<Range<usize>>,
    /// d
    pub depth: u32,
    /// m
    pub marks: Marks,
}
/// M
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// b
    Balanced,
}
/// q
pub fn quotations(text: &str) -> Vec<Quoted> {
    let mut out = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let mut open: Option<usize> = None;
        for (at, c) in line.char_indices() {
            match c {
                '“' => {
                    if open.is_none() {
                        open = Some(at)
                    }
                }
                '”' => {
                    if let Some(o) = open.take() {
                        out.push(Quoted {
                            parts: vec![start + o..start + at + c.len_utf8()],
                            depth: 0,
                            marks: Marks::Balanced,
                        })
                    }
                }
                '"' => match open.take() {
                    Some(o) => {
                        out.push(Quoted { parts: vec![start + o..start + at + 1], depth: 0, marks: Marks::Balanced })
                    }
                    None => open = Some(at),
                },
                _ => {}
            }
        }
        start += line.len() + 1;
    }
    out
}
