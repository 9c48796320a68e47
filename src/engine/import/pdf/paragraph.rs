//! Paragraphs, of lines.

use std::collections::{HashMap, HashSet};

use super::line::Line;

/// The text of all pages: paragraphs apart by an empty line, the rows of a table as lines. What stands at the
/// head or foot of a page follows the paragraph that it would interrupt.
pub(super) fn text(pages: Vec<Vec<Line>>) -> String {
    let words = Words::of(&pages);
    let margins = margins(&pages);
    let mut text = Text { words: &words, blocks: Vec::new(), paragraph: String::new(), held: Vec::new() };
    let mut before: Option<(usize, Place<'_>)> = None;
    for (page, lines) in pages.iter().enumerate() {
        let columns = columns(lines);
        let pitch = pitch(lines);
        for (at, line) in lines.iter().enumerate() {
            if margins.contains(&(page, at)) {
                text.held.push(line.text.clone());
                continue;
            }
            let place = Place { line, column: columns[at], pitch, next: lines.get(at + 1) };
            let joint = before.map(|(page_before, before)| before.joint(&place, page_before == page));
            text.add(line, joint.unwrap_or(Joint::Paragraph));
            before = Some((page, place));
        }
    }
    text.end_paragraph();
    text.blocks.join("\n\n")
}

/// How a line follows the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    /// It goes on with the paragraph.
    Same,
    /// It is the next row of a table.
    Row,
    /// It begins a paragraph.
    Paragraph,
}

/// Where the lines of a column begin and end.
#[derive(Clone, Copy, Debug)]
struct Column {
    start: f32,
    end: f32,
}

#[derive(Clone, Copy)]
struct Place<'a> {
    line: &'a Line,
    column: Column,
    /// The usual distance from line to line on the page, in sizes of the letters.
    pitch: Option<f32>,
    /// The line after it on the page.
    next: Option<&'a Line>,
}

impl Place<'_> {
    fn joint(&self, next: &Place<'_>, same_page: bool) -> Joint {
        let (line, after) = (self.line, next.line);
        if line.tabbed && after.tabbed {
            return Joint::Row;
        }
        let size = line.size.max(after.size);
        if line.tabbed || after.tabbed || (line.size - after.size).abs() > 0.12 * size || is_item(&after.text) {
            return Joint::Paragraph;
        }
        let below = same_page && after.bottom < line.bottom && shares_width(line, after);
        let goes_on = if below { self.goes_on_below(next) } else { self.goes_on_elsewhere(next) };
        if goes_on { Joint::Same } else { Joint::Paragraph }
    }

    fn goes_on_below(&self, next: &Place<'_>) -> bool {
        let (line, after) = (self.line, next.line);
        let size = line.size.max(after.size);
        if line.bottom - after.bottom > 1.35 * size * self.pitch.unwrap_or(1.25) {
            return false;
        }
        let (start, end) = line.reach();
        let (start_after, end_after) = after.reach();
        let centred =
            ((start + end) - (start_after + end_after)).abs() < 0.6 * size && start > self.column.start + size;
        if centred {
            return true;
        }
        if start_after > start + 0.8 * size {
            // An indent begins a paragraph, unless all lines but the first have it.
            let hanging = next.next.is_some_and(|third| (third.reach().0 - start_after).abs() < 0.2 * size);
            return hanging && !ends_sentence(&line.text) && !self.is_short(after);
        }
        !self.is_short(after)
    }

    /// On the next page or in the next column.
    fn goes_on_elsewhere(&self, next: &Place<'_>) -> bool {
        let indented = next.line.reach().0 > next.column.start + 0.8 * next.line.size;
        let small = next.line.text.starts_with(char::is_lowercase);
        !indented && !ends_sentence(&self.line.text) && (small || !self.is_short(next.line))
    }

    /// Whether the first word of the next line would have had room in this one.
    fn is_short(&self, next: &Line) -> bool {
        let first = next.text.split_whitespace().next().unwrap_or_default().chars().count();
        let all = next.text.chars().count().max(1);
        let width = (next.right - next.left) * first as f32 / all as f32;
        self.line.reach().1 + width + self.line.size < self.column.end
    }
}

fn shares_width(a: &Line, b: &Line) -> bool {
    a.right.min(b.right) - a.left.max(b.left) > 0.3 * (a.right - a.left).min(b.right - b.left)
}

fn is_item(text: &str) -> bool {
    text.starts_with(['•', '◦', '▪', '‣', '●', '○', '■', '□', '\u{f0b7}'])
}

fn ends_sentence(text: &str) -> bool {
    let closing = ['”', '’', '"', '\'', '»', '›', ')', ']', '“'];
    text.trim_end_matches(closing).ends_with(['.', '!', '?', '…', ':', '؟', '。', '！', '？', '۔'])
}

/// The column of each line: where the lines that stand under each other in one size begin and end.
fn columns(lines: &[Line]) -> Vec<Column> {
    let mut columns = Vec::with_capacity(lines.len());
    let mut start = 0;
    for at in 1..=lines.len() {
        let same = lines.get(at).is_some_and(|line| {
            let before = &lines[at - 1];
            let alike = (before.size - line.size).abs() <= 0.12 * before.size.max(line.size);
            alike && line.bottom < before.bottom && shares_width(before, line) && line.tabbed == before.tabbed
        });
        if !same {
            let reaches = || lines[start..at].iter().map(Line::reach);
            let first = reaches().map(|reach| reach.0).fold(f32::INFINITY, f32::min);
            let last = reaches().map(|reach| reach.1).fold(f32::NEG_INFINITY, f32::max);
            columns.resize(at, Column { start: first, end: last });
            start = at;
        }
    }
    columns
}

/// The usual distance from line to line, in sizes of their letters. Many paragraphs may be short, so it is the
/// distance that a third of the lines do not reach.
fn pitch(lines: &[Line]) -> Option<f32> {
    let pairs = lines.iter().zip(lines.iter().skip(1));
    let near = pairs.filter(|(line, after)| shares_width(line, after) && (line.size - after.size).abs() < 0.5);
    let pitches = near.map(|(line, after)| (line.bottom - after.bottom) / line.size);
    let mut pitches: Vec<_> = pitches.filter(|pitch| (0.8..2.5).contains(pitch)).collect();
    pitches.sort_by(f32::total_cmp);
    pitches.get(pitches.len() / 3).copied()
}

/// The lines at the head or foot of their pages: numbers, and what stands there on most pages.
fn margins(pages: &[Vec<Line>]) -> HashSet<(usize, usize)> {
    let mut places: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
    let mut found = HashSet::new();
    for (page, lines) in pages.iter().enumerate().filter(|(_, lines)| lines.len() > 1) {
        let mut order: Vec<usize> = (0..lines.len()).collect();
        order.sort_by(|a, b| lines[*b].bottom.total_cmp(&lines[*a].bottom));
        for (edge, inner) in [(order[0], order[1]), (order[order.len() - 1], order[order.len() - 2])] {
            let line = &lines[edge];
            let key: String = line.text.chars().map(|sign| if sign.is_numeric() { '#' } else { sign }).collect();
            let apart = (line.bottom - lines[inner].bottom).abs() > 1.8 * line.size.max(lines[inner].size);
            if apart && key.contains('#') && !key.contains(char::is_alphabetic) && key.chars().count() < 12 {
                found.insert((page, edge));
            }
            places.entry(key).or_default().push((page, edge));
        }
    }
    let often = |places: &&Vec<(usize, usize)>| places.len() > 2 && 2 * places.len() > pages.len();
    found.extend(places.values().filter(often).flatten());
    found
}

/// How often each word is in the whole text, to tell which hyphens belong to words.
#[derive(Default)]
struct Words(HashMap<String, usize>);

impl Words {
    fn of(pages: &[Vec<Line>]) -> Self {
        let mut words = Self::default();
        for line in pages.iter().flatten() {
            for word in line.text.split(|sign: char| !sign.is_alphanumeric() && sign != '-') {
                *words.0.entry(word.to_lowercase()).or_default() += 1;
            }
        }
        words
    }

    fn count(&self, word: &str) -> usize {
        self.0.get(&word.to_lowercase()).copied().unwrap_or(0)
    }

    /// Whether the hyphen between these halves of a word stood only at the end of the line: not if the word is
    /// elsewhere written with it, or is nowhere written without it while its halves are words themselves.
    fn is_soft(&self, first: &str, second: &str) -> bool {
        let long = |half: &str| half.chars().count() > 2;
        // The second half is counted once where it stands now.
        let halves = long(first) && long(second) && self.count(first) > 0 && self.count(second) > 1;
        let whole = self.count(&format!("{first}{second}")) > 0;
        whole || !(halves || self.count(&format!("{first}-{second}")) > 0)
    }
}

struct Text<'a> {
    words: &'a Words,
    blocks: Vec<String>,
    paragraph: String,
    /// Heads and feet that came meanwhile.
    held: Vec<String>,
}

impl Text<'_> {
    fn add(&mut self, line: &Line, joint: Joint) {
        match joint {
            Joint::Paragraph => self.end_paragraph(),
            Joint::Row => self.paragraph.push('\n'),
            Joint::Same => self.join(&line.text),
        }
        self.paragraph.push_str(&line.text);
    }

    /// Makes the end of the paragraph ready for what follows it: a space, or nothing where a word goes on.
    fn join(&mut self, next: &str) {
        let hyphen = self.paragraph.chars().next_back().filter(|last| matches!(last, '-' | '\u{ad}' | '\u{2010}'));
        let Some(hyphen) = hyphen else {
            let last = self.paragraph.chars().next_back();
            if !(last.is_some_and(is_unspaced) && next.starts_with(is_unspaced)) {
                self.paragraph.push(' ');
            }
            return;
        };
        let stem = &self.paragraph[..self.paragraph.len() - hyphen.len_utf8()];
        let is_letter = |sign: char| sign.is_alphabetic();
        if !stem.ends_with(char::is_alphanumeric) {
            self.paragraph.push(' '); // A dash.
            return;
        }
        let first = stem.rsplit(|sign| !is_letter(sign)).next().unwrap_or_default();
        let second = next.split(|sign| !is_letter(sign)).next().unwrap_or_default();
        let small = next.starts_with(char::is_lowercase) && !first.is_empty();
        if hyphen == '\u{ad}' || (small && self.words.is_soft(first, second)) {
            self.paragraph.truncate(stem.len());
        }
    }

    fn end_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        self.blocks.extend(Some(paragraph).filter(|paragraph| !paragraph.is_empty()));
        self.blocks.append(&mut self.held);
    }
}

/// Signs of scripts that put no spaces between words.
fn is_unspaced(sign: char) -> bool {
    matches!(sign, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}
