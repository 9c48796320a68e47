//! The table of one record: which annotations lie on which rows, and the lines of it.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use ascribe_schema::{Offset, Span, Text};

use super::escape::{escape_text, escape_value};
use crate::{
    dataset::{
        Entry,
        tokens::{Token, touched},
        uima::{CONTINUATION, NAMED_ENTITY, RELATION, feature_name},
    },
    sentence::sentence_end,
};

/// A fragment as it is written: whose it is, whether it is the first, and its number in the file.
#[derive(Clone, Copy, Debug)]
struct Piece {
    annotation: usize,
    first: bool,
    number: usize,
}

/// A part of a token: where it begins, where it ends.
type Part = (Offset, Offset);

/// What lies on each row: on tokens by their place, and on parts of them.
#[derive(Default)]
pub(super) struct Grid {
    pieces: Vec<Piece>,
    whole: BTreeMap<usize, Vec<usize>>,
    parts: BTreeMap<usize, BTreeMap<Part, Vec<usize>>>,
    /// The row where each piece begins.
    starts: Vec<(usize, Option<Part>)>,
}

impl Grid {
    /// Lays the fragments over tokens, and over parts of tokens where they begin or end inside one.
    pub fn new(entry: &Entry, tokens: &[Token], mut spans: Vec<Vec<Span>>) -> Self {
        let mut grid = Self::default();
        for (annotation, _) in entry.annotations() {
            for (fragment, span) in std::mem::take(&mut spans[annotation]).into_iter().enumerate() {
                let at = grid.pieces.len();
                grid.pieces.push(Piece { annotation, first: fragment == 0, number: at + 1 });
                let (first, after) = touched(tokens, span);
                for (place, token) in tokens.iter().enumerate().take(after).skip(first) {
                    let part = (span.start.max(token.span.start), span.end.min(token.span.end));
                    let whole = part == (token.span.start, token.span.end);
                    if whole {
                        grid.whole.entry(place).or_default().push(at);
                    } else {
                        grid.parts.entry(place).or_default().entry(part).or_default().push(at);
                    }
                    if place == first {
                        grid.starts.push((place, (!whole).then_some(part)));
                    }
                }
            }
        }
        grid
    }
}

/// A table as it is written.
pub(super) struct Sheet<'a> {
    entry: &'a Entry,
    text: &'a Text,
    tokens: &'a [Token],
    grid: &'a Grid,
    /// The attributes that have a column, by the names of their features.
    attributes: BTreeSet<&'a str>,
    notes: bool,
    /// Relations by the piece that they lead to: where they come from, and their type.
    relations: Option<BTreeMap<usize, Vec<(usize, &'a str)>>>,
    /// Ties of first fragments to others, likewise.
    continuations: Option<BTreeMap<usize, Vec<(usize, &'a str)>>>,
    /// The id of each token.
    ids: Vec<String>,
    out: String,
}

impl<'a> Sheet<'a> {
    /// A table of what an entry has.
    pub fn new(entry: &'a Entry, text: &'a Text, tokens: &'a [Token], grid: &'a Grid) -> Self {
        let annotations = || entry.annotations().map(|(at, _)| at);
        let mut firsts = BTreeMap::new();
        let mut continuations: BTreeMap<usize, Vec<(usize, &str)>> = BTreeMap::new();
        for (at, piece) in grid.pieces.iter().enumerate() {
            let first = *firsts.entry(piece.annotation).or_insert(at);
            if !piece.first {
                continuations.entry(at).or_default().push((first, ""));
            }
        }
        let mut relations: BTreeMap<usize, Vec<(usize, &str)>> = BTreeMap::new();
        for (_, relation) in entry.relations() {
            if let (Some(from), Some(to)) = (firsts.get(&relation.from), firsts.get(&relation.to)) {
                relations.entry(*to).or_default().push((*from, relation.kind.as_str()));
            }
        }
        Self {
            entry,
            text,
            tokens,
            grid,
            attributes: annotations().flat_map(|at| entry.attributes(at)).map(|(name, _)| name).collect(),
            notes: annotations().any(|at| entry.note(at).is_some()),
            relations: (!relations.is_empty()).then_some(relations),
            continuations: (!continuations.is_empty()).then_some(continuations),
            ids: Vec::with_capacity(tokens.len()),
            out: String::with_capacity(text.as_str().len() * 5),
        }
    }

    /// All lines.
    pub fn write(mut self) -> String {
        self.header();
        let starts = self.sentences();
        for (sentence, from) in starts.iter().enumerate() {
            let after = starts.get(sentence + 1).copied().unwrap_or(self.tokens.len());
            self.ids.extend((*from..after).map(|place| format!("{}-{}", sentence + 1, place - from + 1)));
        }
        for (sentence, from) in starts.iter().enumerate() {
            let after = starts.get(sentence + 1).copied();
            self.sentence_text(*from, after);
            for place in *from..after.unwrap_or(self.tokens.len()) {
                self.token(place);
            }
        }
        self.out
    }

    fn header(&mut self) {
        let out = &mut self.out;
        out.push_str("#FORMAT=WebAnno TSV 3.3\n#T_SP=");
        out.push_str(NAMED_ENTITY);
        out.push_str("|identifier|value");
        if self.notes {
            out.push_str("|note");
        }
        for name in &self.attributes {
            out.push('|');
            out.push_str(&feature_name(name));
        }
        out.push('\n');
        // Writing into a string cannot fail, here and below.
        if self.relations.is_some() {
            let _ = writeln!(out, "#T_RL={RELATION}|label|BT_{NAMED_ENTITY}");
        }
        if self.continuations.is_some() {
            let _ = writeln!(out, "#T_RL={CONTINUATION}|BT_{NAMED_ENTITY}");
        }
        out.push('\n');
    }

    /// The places of the tokens that begin a sentence.
    fn sentences(&self) -> Vec<usize> {
        let (mut starts, mut end) = (Vec::new(), Offset::ZERO);
        for (place, token) in self.tokens.iter().enumerate() {
            if starts.is_empty() || token.span.start >= end {
                starts.push(place);
                end = sentence_end(self.text, token.span.start).max(token.span.end);
            }
        }
        starts
    }

    /// A sentence reaches to the first token of the next. A line feed before that is what readers put between anyway.
    fn sentence_text(&mut self, from: usize, after: Option<usize>) {
        let content = self.text.as_str();
        let end = after.map_or(content.len(), |after| self.tokens[after].bytes.0);
        let text = &content[self.tokens[from].bytes.0..end];
        let text = if after.is_some() { text.strip_suffix('\n').unwrap_or(text) } else { text };
        self.out.push('\n');
        for line in text.split('\n') {
            self.out.push_str("#Text=");
            escape_text(line, &mut self.out);
            self.out.push('\n');
        }
    }

    /// The row of a token, and those of its parts.
    fn token(&mut self, place: usize) {
        let grid = self.grid;
        let Token { span, .. } = self.tokens[place];
        let id = self.ids[place].clone();
        let empty = Vec::new();
        self.row(&id, span, grid.whole.get(&place).unwrap_or(&empty), |start| start == (place, None));
        for (number, ((start, end), pieces)) in grid.parts.get(&place).into_iter().flatten().enumerate() {
            let span = Span { start: *start, end: *end };
            let here = |at: (usize, Option<Part>)| at == (place, Some((*start, *end)));
            self.row(&format!("{id}.{}", number + 1), span, pieces, here);
        }
    }

    fn row(&mut self, id: &str, span: Span, pieces: &[usize], here: impl Fn((usize, Option<Part>)) -> bool) {
        let place = |offset| self.text.utf16(offset).unwrap_or_default();
        let _ = write!(self.out, "{id}\t{}-{}\t", place(span.start), place(span.end));
        let token = self.text.slice(span).unwrap_or_default();
        // A token is written as it is, unless it would break the row.
        if token.contains(char::is_control) {
            escape_text(token, &mut self.out)
        } else {
            self.out.push_str(token)
        }
        self.out.push('\t');
        let entry = self.entry;
        let own = |piece: &Piece| &entry.record().annotations[piece.annotation];
        self.column(pieces, |piece| Some(own(piece).id.as_str()).filter(|id| piece.first && !id.contains(':')));
        self.column(pieces, |piece| Some(own(piece).label.as_str()));
        if self.notes {
            self.column(pieces, |piece| entry.note(piece.annotation).filter(|_| piece.first));
        }
        for name in std::mem::take(&mut self.attributes) {
            let value = |at: usize| entry.attributes(at).find(|(found, _)| *found == name).map(|(_, value)| value);
            self.column(pieces, |piece| value(piece.annotation).filter(|_| piece.first));
            self.attributes.insert(name);
        }
        let starting: Vec<usize> = pieces.iter().copied().filter(|at| here(self.grid.starts[*at])).collect();
        if let Some(ties) = self.relations.take() {
            self.ties(&starting, &ties, true);
            self.relations = Some(ties);
        }
        if let Some(ties) = self.continuations.take() {
            self.ties(&starting, &ties, false);
            self.continuations = Some(ties);
        }
        self.out.push('\n');
    }

    /// The values of one feature of all annotations on a row.
    fn column<'v>(&mut self, pieces: &[usize], value: impl Fn(&Piece) -> Option<&'v str>) {
        for (number, at) in pieces.iter().enumerate() {
            if number > 0 {
                self.out.push('|');
            }
            let piece = &self.grid.pieces[*at];
            match value(piece) {
                Some(value) => escape_value(&without_returns(value), &mut self.out),
                None => self.out.push('*'),
            }
            let _ = write!(self.out, "[{}]", piece.number);
        }
        self.out.push_str(if pieces.is_empty() { "_\t" } else { "\t" });
    }

    /// The columns of relations that lead to annotations which begin on a row: their types if they have any, and
    /// where they come from.
    fn ties(&mut self, starting: &[usize], ties: &BTreeMap<usize, Vec<(usize, &'a str)>>, typed: bool) {
        let here: Vec<_> = starting
            .iter()
            .flat_map(|to| ties.get(to).into_iter().flatten().map(|(from, kind)| (*from, *to, *kind)))
            .collect();
        if here.is_empty() {
            self.out.push_str(if typed { "_\t_\t" } else { "_\t" });
            return;
        }
        if typed {
            for (number, (_, _, kind)) in here.iter().enumerate() {
                if number > 0 {
                    self.out.push('|');
                }
                escape_value(&without_returns(kind), &mut self.out);
            }
            self.out.push('\t');
        }
        for (number, (from, to, _)) in here.into_iter().enumerate() {
            if number > 0 {
                self.out.push('|');
            }
            let (place, part) = self.grid.starts[from];
            self.out.push_str(&self.ids[place]);
            if let Some(part) = part {
                let number =
                    self.grid.parts.get(&place).and_then(|parts| parts.keys().position(|found| *found == part));
                let _ = write!(self.out, ".{}", number.unwrap_or_default() + 1);
            }
            let _ = write!(self.out, "[{}_{}]", self.grid.pieces[from].number, self.grid.pieces[to].number);
        }
        self.out.push('\t');
    }
}

/// A carriage return would end the line for some readers.
fn without_returns(value: &str) -> Cow<'_, str> {
    if value.contains('\r') {
        Cow::Owned(value.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(value)
    }
}
