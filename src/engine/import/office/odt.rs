//! Documents of LibreOffice and other programs that write OpenDocument text.

use super::{
    archive::Archive,
    xml::{self, Element, Visitor, walk},
};
use crate::import::{About, Article, Doubt, DoubtKind, Format, ImportError, flow::Flow, left_out::left_out};

const FORMAT: Format = Format::Odt;
/// The most spaces that one element may stand for.
const SPACES: usize = 1000;

/// Reads a document of LibreOffice.
pub(in crate::import) fn read(bytes: &[u8]) -> Result<Article, ImportError> {
    let mut archive = Archive::open(bytes, FORMAT)?;
    let broken = |reason: String| FORMAT.broken(reason);
    let manifest = archive.xml("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(ImportError::Encrypted);
    }
    let mut body = Words::default();
    walk(&archive.needed("content.xml")?, &mut body).map_err(broken)?;
    let mut styles = Words::default();
    walk(&archive.xml("styles.xml")?.unwrap_or_default(), &mut styles).map_err(broken)?;
    let meta = xml::leaves(&archive.xml("meta.xml")?.unwrap_or_default()).unwrap_or_default();
    let first = |names: [&str; 2]| names.map(|name| xml::leaf(&meta, name)).into_iter().find(|text| !text.is_empty());
    let about = About {
        title: xml::leaf(&meta, "title"),
        byline: first(["initial-creator", "creator"]).unwrap_or_default(),
        published: xml::leaf(&meta, "creation-date"),
        language: xml::leaf(&meta, "language"),
        ..About::default()
    };
    let doubts = body.doubts(styles.margins);
    Ok(Article { text: body.flow.finish(body.notes), about, doubts, ..Article::default() })
}

/// Gathers the words of a part.
#[derive(Default)]
struct Words {
    flow: Flow,
    notes: Vec<String>,
    note_count: usize,
    /// For each paragraph that is open: whether it stands in another one, as in a shape.
    paragraphs: Vec<bool>,
    annotations: usize,
    deleted: usize,
    hidden: usize,
    items: usize,
    objects: usize,
    margins: usize,
}

impl Words {
    fn doubts(&self, margins: usize) -> Vec<Doubt> {
        let missing = (self.objects > 0).then(|| {
            let message = format!("{} formulas, charts or other objects are not in the text", self.objects);
            Doubt::new(DoubtKind::PartMissing, message).hint("if they matter, save the document as PDF and import that")
        });
        let left = left_out(&[
            (self.annotations, "comment", "comments"),
            (margins, "header or footer", "headers or footers"),
            (self.deleted, "deleted passage", "deleted passages"),
            (self.hidden, "hidden passage", "hidden passages"),
            (self.items, "mark of a list item", "marks of list items"),
            (self.note_count, "number of a note, which stands at the end", "numbers of notes, which stand at the end"),
        ]);
        missing.into_iter().chain(left).collect()
    }

    fn count_hidden(&mut self, element: &Element<'_>) -> bool {
        let says = |name: &str, value: &str| element.attribute(name).is_some_and(|found| found == value);
        let hidden = says("is-hidden", "true") || says("display", "none");
        self.hidden += usize::from(hidden);
        !hidden
    }
}

impl Visitor for Words {
    fn open(&mut self, element: &Element<'_>) -> bool {
        match element.name() {
            "p" | "h" => {
                let inside = self.paragraphs.last().is_some() && !self.flow.at_start();
                if inside {
                    self.flow.enter();
                }
                self.paragraphs.push(inside);
            }
            "s" => {
                let count = element.attribute("c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.flow.push(&" ".repeat(SPACES.min(count)));
            }
            "tab" => self.flow.push("\t"),
            "line-break" => self.flow.push("\n"),
            "table" => self.flow.start_table(),
            "table-cell" | "covered-table-cell" | "text-box" | "note-body" => self.flow.enter(),
            "header" | "footer" | "header-left" | "footer-left" | "header-first" | "footer-first" => self.flow.enter(),
            "list-item" => self.items += 1,
            "annotation" => {
                self.annotations += 1;
                return false;
            }
            "deletion" => {
                self.deleted += 1;
                return false;
            }
            "object" | "object-ole" => {
                self.objects += 1;
                return false;
            }
            "hidden-text" | "hidden-paragraph" | "section" => return self.count_hidden(element),
            "title" | "desc" => return !element.has_prefix("svg"),
            // The number of a note, reading aids above a line, and settings are no text of the document.
            "note-citation" | "ruby-text" | "forms" | "scripts" | "event-listeners" => return false,
            name => return !name.ends_with("-source"),
        }
        true
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "h" => match self.paragraphs.pop() {
                Some(true) => self.flow.leave_beside(),
                _ => self.flow.end_paragraph(),
            },
            "table-cell" | "covered-table-cell" => self.flow.end_cell(),
            "table-row" => self.flow.end_row(true),
            "table" => self.flow.end_table(),
            "text-box" => self.flow.leave_beside(),
            "note-body" => {
                self.note_count += 1;
                let note = self.flow.leave();
                self.notes.extend(note);
            }
            "header" | "footer" | "header-left" | "footer-left" | "header-first" | "footer-first" => {
                let blocks = self.flow.leave();
                self.margins += usize::from(blocks.iter().any(|block| block.contains(char::is_alphabetic)));
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if !self.paragraphs.is_empty() {
            self.flow.push_loose(text);
        }
    }
}
