//! Documents of Microsoft Word. The parts are read here because no reader that is kept up keeps soft hyphens,
//! non-breaking hyphens and breaks as they are, or leaves deleted text out.

use std::collections::{HashMap, HashSet};

use super::{
    archive::Archive,
    xml::{self, Element, Visitor, walk},
};
use crate::import::{About, Article, Doubt, DoubtKind, Format, ImportError, flow::Flow, left_out::left_out};

const FORMAT: Format = Format::Docx;

/// Reads a document of Microsoft Word.
pub(in crate::import) fn read(bytes: &[u8]) -> Result<Article, ImportError> {
    let mut archive = Archive::open(bytes, FORMAT)?;
    let package = relations(&mut archive, "_rels/.rels", "")?;
    let main = target(&package, "officeDocument").unwrap_or("word/document.xml").to_owned();
    let document = archive.needed(&main)?;
    let (folder, name) = main.rsplit_once('/').unwrap_or(("", &main));
    let parts = relations(&mut archive, &format!("{folder}/_rels/{name}.rels"), folder)?;
    let numbered = match target(&parts, "styles") {
        Some(styles) => numbered_styles(&archive.xml(styles)?.unwrap_or_default()),
        None => HashSet::new(),
    };
    let mut body = Words { numbered, ..Words::default() };
    visit(&document, &mut body)?;
    let mut notes = Words::default();
    for kind in ["footnotes", "endnotes"] {
        notes.kind = kind;
        let part = target(&parts, kind).map(|part| archive.xml(part)).transpose()?.flatten();
        visit(&part.unwrap_or_default(), &mut notes)?;
    }
    let shown: Vec<_> = body.references.iter().filter_map(|note| notes.notes.remove(note)).flatten().collect();
    let mut margins = 0;
    for part in parts.iter().filter(|part| ["header", "footer"].contains(&&*part.kind)) {
        let mut words = Words::default();
        visit(&archive.xml(&part.target)?.unwrap_or_default(), &mut words)?;
        margins += usize::from(words.flow.finish(Vec::new()).contains(char::is_alphabetic));
    }
    let doubts = body.counts.doubts(&body.references, margins);
    let about = match target(&package, "core-properties") {
        Some(part) => about(&archive.xml(part)?.unwrap_or_default()),
        None => About::default(),
    };
    Ok(Article { text: body.flow.finish(shown), about, doubts, ..Article::default() })
}

fn visit(part: &str, words: &mut Words) -> Result<(), ImportError> {
    walk(part, words).map_err(|reason| FORMAT.broken(reason))
}

/// What the document says of itself; what cannot be read of that is no reason to refuse the text.
fn about(core: &str) -> About {
    let leaves = xml::leaves(core).unwrap_or_default();
    let leaf = |name| xml::leaf(&leaves, name);
    About {
        title: leaf("title"),
        byline: leaf("creator"),
        published: leaf("created"),
        language: leaf("language"),
        ..About::default()
    }
}

/// A part of the package that another one refers to.
struct Relation {
    kind: String,
    target: String,
}

fn target<'a>(relations: &'a [Relation], kind: &str) -> Option<&'a str> {
    relations.iter().find(|relation| relation.kind == kind).map(|relation| &*relation.target)
}

/// What a part in `folder` refers to, by the last word of each kind's name, which differs between versions in
/// what stands before.
fn relations(archive: &mut Archive<'_>, name: &str, folder: &str) -> Result<Vec<Relation>, ImportError> {
    struct Relations<'a>(&'a str, Vec<Relation>);
    impl Visitor for Relations<'_> {
        fn open(&mut self, element: &Element<'_>) -> bool {
            if let (Some(kind), Some(target)) = (element.attribute("Type"), element.attribute("Target")) {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                self.1.push(Relation { kind, target: within(self.0, &target) });
            }
            true
        }
        fn close(&mut self, _: &str) {}
        fn text(&mut self, _: &str) {}
    }
    let mut found = Relations(folder, Vec::new());
    walk(&archive.xml(name)?.unwrap_or_default(), &mut found).map_err(|reason| FORMAT.broken(reason))?;
    Ok(found.1)
}

/// The path in the archive that `target` means in `folder`.
fn within(folder: &str, target: &str) -> String {
    let start = if target.starts_with('/') { "" } else { folder };
    let mut path = Vec::new();
    for name in start.split('/').chain(target.split('/')) {
        match name {
            "" | "." => {}
            ".." => drop(path.pop()),
            name => path.push(name),
        }
    }
    path.join("/")
}

/// The styles that number their paragraphs.
fn numbered_styles(styles: &str) -> HashSet<String> {
    #[derive(Default)]
    struct Styles(String, HashSet<String>);
    impl Visitor for Styles {
        fn open(&mut self, element: &Element<'_>) -> bool {
            match element.name() {
                "style" => self.0 = element.attribute("styleId").unwrap_or_default(),
                "numPr" => drop(self.1.insert(self.0.clone())),
                _ => {}
            }
            true
        }
        fn close(&mut self, _: &str) {}
        fn text(&mut self, _: &str) {}
    }
    let mut found = Styles::default();
    // Only the count of list items hangs on it.
    let _ = walk(styles, &mut found);
    found.1
}

#[derive(Default)]
struct Counts {
    deleted: usize,
    hidden: usize,
    items: usize,
    comments: usize,
    /// What a reader sees and the text lacks.
    missing: usize,
}

impl Counts {
    fn doubts(&self, notes: &[(&str, String)], margins: usize) -> Vec<Doubt> {
        let missing = (self.missing > 0).then(|| {
            let message = format!("{} charts, diagrams, signs or inserted files are not in the text", self.missing);
            Doubt::new(DoubtKind::PartMissing, message).hint("if they matter, save the document as PDF and import that")
        });
        let left = left_out(&[
            (self.comments, "comment", "comments"),
            (margins, "header or footer", "headers or footers"),
            (self.deleted, "deleted passage", "deleted passages"),
            (self.hidden, "hidden passage", "hidden passages"),
            (self.items, "mark of a list item", "marks of list items"),
            (notes.len(), "number of a note, which stands at the end", "numbers of notes, which stand at the end"),
        ]);
        missing.into_iter().chain(left).collect()
    }
}

/// Gathers the words of a part.
#[derive(Default)]
struct Words {
    flow: Flow,
    counts: Counts,
    numbered: HashSet<String>,
    /// The notes that the text refers to, in order.
    references: Vec<(&'static str, String)>,
    /// The notes that the part holds, by kind and number.
    notes: HashMap<(&'static str, String), Vec<String>>,
    kind: &'static str,
    note: String,
    /// The text of a run, and whether white space at its ends counts.
    run: Option<(String, bool)>,
    hidden: bool,
    in_paragraph_properties: bool,
    in_row_properties: bool,
    /// Whether the paragraph is an item of a list.
    item: bool,
    joins_next: bool,
    row_deleted: bool,
    /// For each alternative that is open: whether one was chosen.
    chosen: Vec<bool>,
}

impl Words {
    fn sign(&mut self, sign: &str) {
        if self.in_paragraph_properties {
            return; // There, a tab is a place on the ruler.
        }
        if self.hidden { self.counts.hidden += 1 } else { self.flow.push(sign) }
    }

    /// A mark that something was deleted: a passage, the end of a paragraph, or a row.
    fn deleted(&mut self) {
        if self.in_paragraph_properties {
            self.joins_next = true;
        } else if self.in_row_properties {
            self.row_deleted = true;
        } else {
            self.counts.deleted += 1;
        }
    }

    fn symbol(&mut self, element: &Element<'_>) {
        let code = element.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
        // A code for private use means another sign in each font.
        match code.filter(|code| !(0xe000..0xf900).contains(code)).and_then(char::from_u32) {
            Some(sign) => self.sign(sign.encode_utf8(&mut [0; 4])),
            None => self.counts.missing += 1,
        }
    }

    fn refer(&mut self, kind: &'static str, element: &Element<'_>) {
        if let Some(id) = element.attribute("id") {
            self.references.push((kind, id));
        }
    }

    /// Properties of paragraphs, rows and runs.
    fn property(&mut self, element: &Element<'_>) {
        let value = element.attribute("val");
        let off = matches!(value.as_deref(), Some("0" | "false" | "off"));
        match element.name() {
            "vanish" => self.hidden = !off && !self.in_paragraph_properties,
            "numId" if self.in_paragraph_properties => self.item = !off,
            "pStyle" => self.item = value.is_some_and(|style| self.numbered.contains(&style)),
            _ => {}
        }
    }
}

impl Visitor for Words {
    fn open(&mut self, element: &Element<'_>) -> bool {
        match element.name() {
            "t" => {
                let kept =
                    !element.has_prefix("w") || element.attribute("space").is_some_and(|kept| kept == "preserve");
                self.run = Some((String::new(), kept));
            }
            "tab" | "ptab" => self.sign("\t"),
            "br" | "cr" => self.sign("\n"),
            "noBreakHyphen" => self.sign("\u{2011}"),
            "softHyphen" => self.sign("\u{ad}"),
            "sym" => self.symbol(element),
            "pPr" => self.in_paragraph_properties = true,
            "trPr" => self.in_row_properties = true,
            "vanish" | "numId" | "pStyle" => self.property(element),
            "del" | "moveFrom" => {
                self.deleted();
                return false;
            }
            "tbl" => self.flow.start_table(),
            "tc" | "txbxContent" | "txBody" => self.flow.enter(),
            "footnote" | "endnote" => {
                self.note = element.attribute("id").unwrap_or_default();
                self.flow.enter();
            }
            "footnoteReference" => self.refer("footnotes", element),
            "endnoteReference" => self.refer("endnotes", element),
            "commentReference" => self.counts.comments += 1,
            "chart" | "relIds" | "altChunk" | "subDoc" => self.counts.missing += 1,
            "AlternateContent" => self.chosen.push(false),
            // The same thing once more, for other programs.
            "Choice" => return self.chosen.last_mut().is_none_or(|chosen| !std::mem::replace(chosen, true)),
            "Fallback" => return self.chosen.last().is_none_or(|chosen| !chosen),
            // Field codes, former formats, reading aids above a line, and settings hold no text of the document.
            "instrText" | "delText" | "delInstrText" | "pPrChange" | "rPrChange" | "tblPrChange" | "sectPr" | "rt"
            | "sdtPr" => return false,
            _ => {}
        }
        true
    }

    fn close(&mut self, name: &str) {
        match name {
            "t" => {
                if let Some((text, kept)) = self.run.take() {
                    let text = text.replace('\n', " ");
                    let text = if kept { &text } else { text.trim_matches([' ', '\t']) };
                    if !text.is_empty() {
                        self.sign(text);
                    }
                }
            }
            "r" => self.hidden = false,
            "pPr" => {
                self.in_paragraph_properties = false;
                self.counts.items += usize::from(std::mem::take(&mut self.item));
            }
            "trPr" => self.in_row_properties = false,
            "p" if !std::mem::take(&mut self.joins_next) => self.flow.end_paragraph(),
            "tc" => self.flow.end_cell(),
            "tr" => {
                let deleted = std::mem::take(&mut self.row_deleted);
                self.counts.deleted += usize::from(deleted);
                self.flow.end_row(!deleted);
            }
            "tbl" => self.flow.end_table(),
            "txbxContent" | "txBody" => self.flow.leave_beside(),
            "footnote" | "endnote" => {
                let note = (self.kind, std::mem::take(&mut self.note));
                self.notes.insert(note, self.flow.leave());
            }
            "AlternateContent" => drop(self.chosen.pop()),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((run, _)) = &mut self.run {
            run.push_str(text);
        }
    }
}
