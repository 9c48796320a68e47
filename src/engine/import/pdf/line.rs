//! Lines, of the pieces of text that lie side by side.

use pdf_oxide::layout::TextSpan;

use super::rtl;

/// A line of text and where it lies; the page's origin is at its lower left.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    pub text: String,
    pub left: f32,
    pub right: f32,
    pub bottom: f32,
    pub top: f32,
    /// The size of its letters.
    pub size: f32,
    /// Whether it is part of a row whose cells stand apart.
    pub tabbed: bool,
}

impl Line {
    /// How far the line begins and ends from the side where reading begins.
    pub fn reach(&self) -> (f32, f32) {
        if rtl::has_rtl(&self.text) { (-self.right, -self.left) } else { (self.left, self.right) }
    }

    fn takes(&self, span: &TextSpan) -> bool {
        let (bottom, top) = (span.bbox.y, span.bbox.y + span.bbox.height);
        let shared = self.top.min(top) - self.bottom.max(bottom);
        let level = shared > 0.5 * (self.top - self.bottom).min(top - bottom);
        let behind = span.bbox.x > self.right - 0.5 * self.size;
        let before = span.bbox.x + span.bbox.width < self.left + 0.5 * self.size;
        level && (behind || (before && (rtl::has_rtl(&self.text) || rtl::has_rtl(&span.text))))
    }

    fn add(&mut self, span: &TextSpan) {
        let gap = (span.bbox.x - self.right).max(self.left - span.bbox.x - span.bbox.width);
        let apart = self.text.ends_with(char::is_whitespace) || span.text.starts_with(char::is_whitespace);
        if gap > 2.0 * self.size {
            self.text.truncate(self.text.trim_end().len());
            self.text.push('\t');
            self.tabbed = true;
        } else if gap > 0.15 * self.size && !apart {
            self.text.push(' ');
        }
        self.text.push_str(&span.text);
        self.left = self.left.min(span.bbox.x);
        self.right = self.right.max(span.bbox.x + span.bbox.width);
        self.bottom = self.bottom.min(span.bbox.y);
        self.top = self.top.max(span.bbox.y + span.bbox.height);
        // The size of most of the line; a raised sign does not count.
        self.size = self.size.max(span.font_size);
    }
}

/// The lines of a page whose pieces are in the order in which they are read.
pub(super) fn of_spans(spans: &[TextSpan]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for span in spans.iter().filter(|span| !span.text.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.takes(span) => line.add(span),
            _ if span.text.trim().is_empty() => {}
            _ => lines.push(Line {
                text: span.text.trim_start().to_owned(),
                left: span.bbox.x,
                right: span.bbox.x + span.bbox.width,
                bottom: span.bbox.y,
                top: span.bbox.y + span.bbox.height,
                size: span.font_size.max(1.0),
                tabbed: false,
            }),
        }
    }
    for line in &mut lines {
        line.text.truncate(line.text.trim_end_matches([' ', '\t', '\n', '\r']).len());
    }
    lines.retain(|line| !line.text.is_empty());
    lines
}

/// Lines of which only the order is known.
pub(super) fn of_text(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    for (number, text) in text.lines().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
        let (bottom, size) = (-12.0 * number as f32, 10.0);
        let (text, right) = (text.trim().to_owned(), 5.0 * text.chars().count() as f32);
        lines.push(Line { text, left: 0.0, right, bottom, top: bottom + size, size, tabbed: false });
    }
    lines
}
