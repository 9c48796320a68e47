//! Sentences, quoted strings and paragraphs: moving by them, selecting one, and where words begin.

use ascribe_engine::{quoted, sentence, snap};
use ascribe_schema::{Offset, Span, Text};

use super::Reading;

/// What a text is made of, for the eye of a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A quoted string with its marks.
    Quoted,
    /// A sentence.
    Sentence,
    /// A line of the text.
    Paragraph,
}

/// Where there may be something left to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// A quoted string that nobody has tagged.
    Quoted,
    /// A proposal of what is not the article that nobody has taken up.
    Paratext,
    /// An annotation with which something is wrong.
    Problem,
}

impl Reading {
    /// Selects the piece around the caret or the selection; says whether there is one.
    pub fn select_here(&mut self, piece: Piece) -> bool {
        let (text, caret) = (self.pane.text(), self.pane.caret());
        let here = self.pane.selection().unwrap_or(Span { start: caret, end: caret });
        let found = match piece {
            Piece::Quoted => quoted::quoted_around(text, here),
            Piece::Sentence => sentence::sentence_at(text, here.start),
            Piece::Paragraph => snap::trim(text, quoted::line_at(text, here.start)),
        };
        found.into_iter().for_each(|span| self.select(span));
        found.is_some()
    }

    /// Moves the caret to the end of the piece that goes on, or else of the next; or to a start, backward. With
    /// `extend` the selection grows or shrinks with it.
    pub fn travel(&mut self, piece: Piece, forward: bool, extend: bool) {
        let (text, caret) = (self.pane.text(), self.pane.caret());
        let to = match (piece, forward) {
            (Piece::Quoted, true) => quoted::quoted_end(text, caret).unwrap_or(caret),
            (Piece::Quoted, false) => quoted::quoted_start(text, caret).unwrap_or(caret),
            (Piece::Sentence, true) => sentence::sentence_end(text, caret),
            (Piece::Sentence, false) => sentence::sentence_start(text, caret),
            (Piece::Paragraph, true) => quoted::line_at(text, caret).end,
            (Piece::Paragraph, false) => quoted::line_at(text, caret).start,
        };
        self.exact = extend && self.exact && self.pane.selection().is_some();
        let anchor = if extend { self.pane.anchor() } else { to };
        self.pane.set_selection(anchor, to);
        self.pane.scroll_to(Span { start: to, end: to });
    }

    /// Selects the sentence around `at`, or the paragraph if that is selected: a fourth quick click is told as
    /// one more third.
    pub(super) fn select_more(&mut self, at: Offset) {
        let text = self.pane.text();
        let sentence = sentence::sentence_at(text, at);
        let again = sentence.is_some() && sentence == self.pane.selection();
        let span = if again { snap::trim(text, quoted::line_at(text, at)) } else { sentence };
        if let Some(span) = span {
            self.pane.set_selection(span.start, span.end);
            self.exact = true;
        }
    }

    /// A selection by words that was started from `from` begins with a word, not with the comma before it.
    pub(super) fn begin_with_a_word(&mut self, from: Offset) {
        let caret = self.pane.caret();
        let anchor = past_separators(self.pane.text(), from, caret);
        if anchor != from && anchor != caret {
            self.pane.set_selection(anchor, caret);
        }
    }
}

/// From `from` towards `to` over white space and what separates words; quote marks and brackets are no such
/// thing.
fn past_separators(text: &Text, from: Offset, to: Offset) -> Offset {
    let between = text.slice(Span::between(from, to)).unwrap_or_default();
    let separates = |c: &char| {
        c.is_whitespace()
            || matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | '…' | '–' | '—' | '،' | '؛' | '؟' | '、' | '。' | '，')
    };
    if from <= to {
        from.plus(between.chars().take_while(separates).count() as u32)
    } else {
        from.minus(between.chars().rev().take_while(separates).count() as u32)
    }
}
