//! The text of a document as it flows: paragraphs, tables, and what stands inside or beside a paragraph.

use std::mem::take;

/// Builds the text: paragraphs apart by an empty line; the rows of a table as lines, their cells by tabs.
#[derive(Default)]
pub(super) struct Flow {
    /// The part that is being written.
    part: Part,
    /// The parts that it stands in, the innermost last.
    outer: Vec<Part>,
    tables: Vec<Table>,
}

/// A body of paragraphs: the document, a cell, a text box, a note.
#[derive(Default)]
struct Part {
    blocks: Vec<String>,
    line: String,
    /// What is anchored in the paragraph and follows it.
    after: Vec<String>,
    /// Whether the last sign was white space that may be one with what follows.
    loose: bool,
}

#[derive(Default)]
struct Table {
    rows: Vec<Row>,
    cells: Vec<Vec<String>>,
}

enum Row {
    /// Every cell is a line at most.
    Line(String),
    /// A cell holds more, as where a table only serves to arrange a page.
    Blocks(Vec<String>),
}

impl Flow {
    /// Writes `text` into the paragraph.
    pub fn push(&mut self, text: &str) {
        self.part.line.push_str(text);
        self.part.loose = false;
    }

    /// Writes `text` where a run of white space is shown as one space, and as none where a paragraph begins.
    pub fn push_loose(&mut self, text: &str) {
        let part = &mut self.part;
        for sign in text.chars() {
            let white = matches!(sign, ' ' | '\t' | '\r' | '\n');
            let first = part.line.is_empty();
            if !white {
                part.line.push(sign);
            } else if !part.loose && !first {
                part.line.push(' ');
            }
            part.loose = white && (!first || part.loose);
        }
    }

    /// Ends the paragraph; one without a visible sign is only a distance.
    pub fn end_paragraph(&mut self) {
        let part = &mut self.part;
        let mut line = take(&mut part.line);
        if take(&mut part.loose) {
            line.truncate(line.strip_suffix(' ').unwrap_or(&line).len());
        }
        let block = line.trim_matches('\n');
        if !block.trim().is_empty() {
            part.blocks.push(block.to_owned());
        }
        part.blocks.append(&mut part.after);
    }

    /// Whether nothing has been written into the paragraph.
    pub fn at_start(&self) -> bool {
        self.part.line.is_empty()
    }

    /// Begins a part of its own, such as a note.
    pub fn enter(&mut self) {
        self.outer.push(take(&mut self.part));
    }

    /// Ends that part and gives its paragraphs.
    pub fn leave(&mut self) -> Vec<String> {
        self.end_paragraph();
        let outer = self.outer.pop().unwrap_or_default();
        std::mem::replace(&mut self.part, outer).blocks
    }

    /// Ends that part, whose paragraphs follow the paragraph in which it is anchored.
    pub fn leave_beside(&mut self) {
        let blocks = self.leave();
        self.part.after.extend(blocks);
    }

    /// Begins a table.
    pub fn start_table(&mut self) {
        self.tables.push(Table::default());
    }

    /// Ends a cell, which was entered.
    pub fn end_cell(&mut self) {
        let blocks = self.leave();
        match self.tables.last_mut() {
            Some(table) => table.cells.push(blocks),
            None => self.part.blocks.extend(blocks),
        }
    }

    /// Ends a row; what is in it is dropped if it is not `shown`.
    pub fn end_row(&mut self, shown: bool) {
        let Some(table) = self.tables.last_mut() else { return };
        let cells = take(&mut table.cells);
        if !shown {
            return;
        }
        let simple = cells.iter().all(|cell| cell.len() <= 1 && cell.iter().all(|block| !block.contains('\n')));
        table.rows.push(if simple {
            Row::Line(cells.iter().map(|cell| cell.concat()).collect::<Vec<_>>().join("\t"))
        } else {
            Row::Blocks(cells.concat())
        });
    }

    /// Ends a table.
    pub fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        let mut lines = String::new();
        let blocks = &mut self.part.blocks;
        for row in table.rows {
            match row {
                Row::Line(line) if line.trim().is_empty() => {}
                Row::Line(line) => {
                    lines.push_str(if lines.is_empty() { "" } else { "\n" });
                    lines.push_str(&line);
                }
                Row::Blocks(more) => {
                    blocks.extend(Some(take(&mut lines)).filter(|lines| !lines.is_empty()));
                    blocks.extend(more);
                }
            }
        }
        blocks.extend(Some(lines).filter(|lines| !lines.is_empty()));
    }

    /// The whole text, and after it the notes.
    pub fn finish(mut self, notes: Vec<String>) -> String {
        self.end_paragraph();
        while !self.outer.is_empty() {
            self.leave_beside();
            self.end_paragraph();
        }
        self.part.blocks.extend(notes);
        self.part.blocks.join("\n\n")
    }
}
