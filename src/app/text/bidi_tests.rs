//! The order of a line, checked against every case that Unicode gives for UAX #9.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeMap;

use parley::BaseDirection;

use super::laid::{Laid, Setting};
use super::tests::{ARABIC, style};
use super::*;

const CASES: &str = "/usr/share/unicode/BidiCharacterTest.txt";

/// A line of Unicode's file.
struct Case {
    text: String,
    direction: BaseDirection,
    paragraph: u8,
    /// Of each character; nothing for those that rule X9 removes.
    levels: Vec<Option<u8>>,
    order: Vec<usize>,
}

impl Case {
    fn read(line: &str) -> Self {
        let fields: Vec<_> = line.split(';').collect();
        let codes = fields[0].split(' ').map(|code| u32::from_str_radix(code, 16).unwrap());
        Self {
            text: codes.map(|code| char::from_u32(code).unwrap()).collect(),
            direction: [BaseDirection::Ltr, BaseDirection::Rtl, BaseDirection::Auto]
                [fields[1].parse::<usize>().unwrap()],
            paragraph: fields[2].parse().unwrap(),
            levels: fields[3].split(' ').map(|level| level.parse().ok()).collect(),
            order: fields[4].split_whitespace().map(|index| index.parse().unwrap()).collect(),
        }
    }
}

/// The characters of the only line from left to right, and whether each is set from right to left.
fn shown(laid: &Laid, text: &str) -> Vec<(usize, bool)> {
    let starts: Vec<_> = text.char_indices().map(|(byte, _)| byte).collect();
    let mut shown = Vec::new();
    for cell in laid.cells(0) {
        let number = |byte: u32| starts.partition_point(|&start| start < byte as usize);
        let mut inside: Vec<_> = (number(cell.start)..number(cell.end)).collect();
        if cell.rtl {
            // Rule L3, which keeps marks behind their letter, is no part of the cases.
            inside.reverse();
        }
        shown.extend(inside.into_iter().map(|index| (index, cell.rtl)));
    }
    shown
}

/// What is wrong with a case, if anything.
fn fault(fonts: &mut Fonts, setting: &Setting, case: &Case) -> Option<&'static str> {
    let laid = fonts.lay_out(&case.text, setting, case.direction);
    if laid.is_rtl() != (case.paragraph == 1) {
        return Some("paragraph direction");
    }
    if laid.line_count() != 1 {
        return Some("several lines");
    }
    let shown: Vec<_> = shown(&laid, &case.text).into_iter().filter(|(at, _)| case.levels[*at].is_some()).collect();
    if shown.iter().map(|(at, _)| *at).ne(case.order.iter().copied()) {
        return Some("order");
    }
    // The layout keeps its levels to itself; which way each character runs is what they are for.
    let wrong = |&(at, rtl): &(usize, bool)| case.levels[at].is_some_and(|level| (level % 2 == 1) != rtl);
    shown.iter().any(wrong).then_some("direction of a character")
}

#[test]
fn lines_are_ordered_as_unicode_wants_it() {
    let Ok(file) = std::fs::read_to_string(CASES) else {
        assert!(std::env::var_os("CI").is_none(), "{CASES} is missing: install unicode-data");
        println!("skipped: no unicode-data");
        return;
    };
    let mut fonts = Fonts::new(SystemFonts::Skip);
    let setting = Setting { style: style(), width: 1e6, scale: 1.0 };
    let (mut faults, mut examples, mut cases) = (BTreeMap::new(), Vec::new(), 0);
    for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        cases += 1;
        if let Some(fault) = fault(&mut fonts, &setting, &Case::read(line)) {
            let count = faults.entry(fault).or_insert(0);
            *count += 1;
            if *count <= 5 {
                examples.push(format!("{fault}: {line}"));
            }
        }
    }
    assert!(cases > 90_000, "only {cases} cases");
    assert!(faults.is_empty(), "{faults:?} of {cases}: {examples:#?}");
}

#[test]
fn the_space_at_the_end_of_a_line_stands_at_its_end() {
    let mut fonts = Fonts::new(SystemFonts::Skip);
    for (text, rtl) in [(format!("say {ARABIC} now"), false), (format!("قال abc def ghi {ARABIC}"), true)] {
        let mut broken = 0;
        for width in 60..300 {
            let setting = Setting { style: style(), width: width as f32, scale: 1.0 };
            let laid = fonts.lay_out(&text, &setting, BaseDirection::Auto);
            assert_eq!(laid.is_rtl(), rtl);
            for line in 0..laid.line_count() - 1 {
                let (cells, bytes) = (laid.cells(line), laid.line_bytes(line));
                let edge = if rtl { cells.first() } else { cells.last() }.unwrap();
                if text[bytes.clone()].ends_with(' ') {
                    assert_eq!(edge.end as usize, bytes.end, "{width}: {:?}", &text[bytes.clone()]);
                    broken += usize::from(edge.rtl != rtl);
                }
                let (left, right) = laid.line_extent(line);
                assert!(if rtl { (right - width as f32).abs() < 0.1 } else { left == 0.0 });
            }
        }
        assert!(broken > 0, "no line ends inside the other direction");
    }
}
