//! Rich text. Read here, because no reader that is kept up knows code pages, destinations and special signs.

mod codepage;
mod lexer;

use std::collections::HashMap;

use encoding_rs::Encoding;

use self::lexer::{Lexer, Token};
use super::{About, Article, Doubt, DoubtKind, Format, ImportError, flow::Flow, left_out::left_out};

const FORMAT: Format = Format::Rtf;

/// Reads a document in rich text.
pub(super) fn read(bytes: &[u8]) -> Result<Article, ImportError> {
    if !bytes.starts_with(b"{\\rtf") {
        return Err(FORMAT.broken("it does not begin with {\\rtf"));
    }
    let mut reader = Reader::default();
    let mut lexer = Lexer::new(bytes);
    while let Some(token) = lexer.next() {
        reader.take(token, &mut lexer)?;
        if reader.outer.is_empty() && matches!(token, Token::Close) {
            return reader.article();
        }
    }
    Err(FORMAT.broken("it ends in the middle"))
}

/// Where text goes.
#[derive(Clone, Copy, Default, PartialEq)]
enum Place {
    #[default]
    Text,
    /// Nowhere: settings, and what is not shown.
    Nowhere,
    /// Nowhere, but for groups in it that say so.
    Doubled,
    Fonts,
    Title,
    Author,
    Created,
    Margin,
}

/// What is to be done when a group ends.
#[derive(Clone, Copy, Default, PartialEq)]
enum AtEnd {
    #[default]
    Nothing,
    Note,
    Box,
    Margin,
}

/// What holds until the group ends.
#[derive(Clone, Copy, Default)]
struct State {
    place: Place,
    at_end: AtEnd,
    font: i32,
    /// How many signs stand for one in Unicode, for programs that do not know it.
    fallback: usize,
    hidden: bool,
    deleted: bool,
    in_table: bool,
}

#[derive(Default)]
struct Reader {
    state: State,
    outer: Vec<State>,
    /// After `\*`: the destination may be passed over.
    optional: bool,
    /// Signs that still stand for the one in Unicode before them.
    passed: usize,
    /// Bytes in a code page, not yet decoded.
    bytes: Vec<u8>,
    /// The first half of a sign that UTF-16 needs two units for.
    half: Option<u16>,
    code_page: i32,
    fonts: HashMap<i32, i32>,
    /// The font where none is named.
    default_font: i32,
    flow: Flow,
    table: bool,
    cell: bool,
    notes: Vec<String>,
    note_count: usize,
    margin: String,
    margins: usize,
    title: String,
    author: String,
    created: [i32; 3],
    comments: usize,
    items: usize,
    hidden: usize,
    deleted: usize,
    missing: usize,
    formulas: usize,
}

impl Reader {
    fn article(mut self) -> Result<Article, ImportError> {
        self.flush()?;
        if self.table {
            self.flow.end_table();
        }
        let left = left_out(&[
            (self.comments, "comment", "comments"),
            (self.margins, "header or footer", "headers or footers"),
            (self.deleted, "deleted passage", "deleted passages"),
            (self.hidden, "hidden passage", "hidden passages"),
            (self.items, "mark of a list item", "marks of list items"),
            (self.note_count, "number of a note, which stands at the end", "numbers of notes, which stand at the end"),
        ]);
        let missing = |count: usize, what: &str| {
            (count > 0).then(|| Doubt::new(DoubtKind::PartMissing, format!("{count} {what} are not in the text")))
        };
        let signs = missing(self.missing, "signs of fonts with pictures");
        let formulas = missing(self.formulas, "formulas");
        let [year, month, day] = self.created;
        let published = if year > 0 { format!("{year:04}-{month:02}-{day:02}") } else { String::new() };
        let (title, byline) = (self.title.trim().to_owned(), self.author.trim().to_owned());
        Ok(Article {
            text: self.flow.finish(self.notes),
            about: About { title, byline, published, ..About::default() },
            doubts: signs.into_iter().chain(formulas).chain(left).collect(),
            ..Article::default()
        })
    }

    fn take(&mut self, token: Token<'_>, lexer: &mut Lexer<'_>) -> Result<(), ImportError> {
        if self.passed > 0 && !matches!(token, Token::Open | Token::Close) {
            self.passed -= 1;
            if token == Token::Word("bin", token.number()) {
                lexer.skip(token.number());
            }
            return Ok(());
        }
        match token {
            Token::Byte(byte) => {
                self.bytes.push(byte);
                return Ok(());
            }
            Token::Open => {
                self.flush()?;
                self.passed = 0;
                self.outer.push(self.state);
                self.state.at_end = AtEnd::Nothing;
            }
            Token::Close => {
                self.flush()?;
                self.passed = 0;
                self.end_group();
            }
            Token::Symbol(b'*') => self.optional = true,
            Token::Symbol(symbol) => self.symbol(symbol)?,
            Token::Word("bin", length) => lexer.skip(length),
            Token::Word("u", Some(unit)) => self.unit(unit as u16)?,
            Token::Word(word, number) => {
                self.flush()?;
                let optional = std::mem::take(&mut self.optional);
                if !self.character(word) && !self.setting(word, number) && !self.layout(word) {
                    self.destination(word, optional);
                }
            }
        }
        Ok(())
    }

    fn symbol(&mut self, symbol: u8) -> Result<(), ImportError> {
        self.flush()?;
        match symbol {
            b'~' => self.write("\u{a0}"),
            b'-' => self.write("\u{ad}"),
            b'_' => self.write("\u{2011}"),
            b'\n' | b'\r' => self.end_paragraph(),
            _ => {}
        }
        Ok(())
    }

    /// A unit of UTF-16.
    fn unit(&mut self, unit: u16) -> Result<(), ImportError> {
        if !self.bytes.is_empty() {
            self.flush()?;
        }
        self.passed = self.state.fallback;
        let whole = match self.half.take() {
            Some(half) => vec![half, unit],
            None if (0xd800..0xdc00).contains(&unit) => {
                self.half = Some(unit);
                return Ok(());
            }
            None => vec![unit],
        };
        self.write(&String::from_utf16_lossy(&whole));
        Ok(())
    }

    /// Decodes the bytes that have gathered.
    fn flush(&mut self) -> Result<(), ImportError> {
        let bytes = std::mem::take(&mut self.bytes);
        if bytes.is_empty() || matches!(self.state.place, Place::Nowhere | Place::Fonts) {
            return Ok(());
        }
        if let Ok(text) = std::str::from_utf8(&bytes)
            && text.is_ascii()
        {
            self.write(text);
            return Ok(());
        }
        let charset = self.fonts.get(&self.state.font).copied();
        if charset == Some(codepage::SYMBOL) {
            self.missing += bytes.len();
            return Ok(());
        }
        let whole = if self.code_page == 0 { 1252 } else { self.code_page };
        let page = charset.and_then(codepage::of_charset).unwrap_or(whole);
        let encoding: Option<&'static Encoding> = codepage::encoding(page);
        let encoding = encoding.ok_or_else(|| FORMAT.broken(format!("its code page {page} is not known")))?;
        let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes);
        let text = text.ok_or_else(|| FORMAT.broken(format!("bytes in it do not fit its code page {page}")))?;
        self.write(&text);
        Ok(())
    }

    fn write(&mut self, text: &str) {
        match self.state.place {
            Place::Text if self.state.hidden => self.hidden += 1,
            Place::Text if self.state.deleted => self.deleted += 1,
            Place::Text => {
                self.arrive();
                self.flow.push(text);
            }
            Place::Title => self.title.push_str(text),
            Place::Author => self.author.push_str(text),
            Place::Margin => self.margin.push_str(text),
            Place::Nowhere | Place::Doubled | Place::Fonts | Place::Created => {}
        }
    }

    /// Enters or leaves a table before something is written.
    fn arrive(&mut self) {
        if self.state.in_table {
            if !std::mem::replace(&mut self.table, true) {
                self.flow.start_table();
            }
            if !std::mem::replace(&mut self.cell, true) {
                self.flow.enter();
            }
        } else if self.table && !self.cell {
            self.table = false;
            self.flow.end_table();
        }
    }

    fn end_paragraph(&mut self) {
        if self.state.place == Place::Text {
            self.arrive();
            self.flow.end_paragraph();
        }
    }

    fn end_group(&mut self) {
        match self.state.at_end {
            AtEnd::Note => {
                let note = self.flow.leave();
                self.notes.extend(note);
                self.note_count += 1;
            }
            AtEnd::Box => self.flow.leave_beside(),
            AtEnd::Margin => {
                self.margins += usize::from(std::mem::take(&mut self.margin).contains(char::is_alphabetic))
            }
            AtEnd::Nothing => {}
        }
        if let Some(outer) = self.outer.pop() {
            self.state = outer;
        }
    }

    /// Words that stand for a sign.
    fn character(&mut self, word: &str) -> bool {
        let sign = match word {
            "tab" => "\t",
            "line" | "page" | "column" => "\n",
            "emdash" => "—",
            "endash" => "–",
            "lquote" => "‘",
            "rquote" => "’",
            "ldblquote" => "“",
            "rdblquote" => "”",
            "bullet" => "•",
            "emspace" => "\u{2003}",
            "enspace" => "\u{2002}",
            "qmspace" => "\u{2005}",
            "zwj" => "\u{200d}",
            "zwnj" => "\u{200c}",
            "zwbo" => "\u{200b}",
            "zwnbo" => "\u{2060}",
            "ltrmark" => "\u{200e}",
            "rtlmark" => "\u{200f}",
            "nestcell" => "\t",
            "nestrow" => "\n",
            _ => return false,
        };
        self.write(sign);
        true
    }

    /// Words that set something.
    fn setting(&mut self, word: &str, number: Option<i32>) -> bool {
        let on = number != Some(0);
        let value = number.unwrap_or(0);
        match word {
            "ansicpg" => self.code_page = value,
            "mac" => self.code_page = 10000,
            "pc" => self.code_page = 437,
            "pca" => self.code_page = 850,
            "uc" => self.state.fallback = usize::try_from(value).unwrap_or(1).min(64),
            "rtf" => self.state.fallback = 1,
            "f" => self.state.font = value,
            "deff" => (self.state.font, self.default_font) = (value, value),
            "fcharset" if self.state.place == Place::Fonts => drop(self.fonts.insert(self.state.font, value)),
            "v" => self.state.hidden = on,
            "deleted" => self.state.deleted = on,
            "plain" => {
                (self.state.hidden, self.state.deleted, self.state.font) = (false, false, self.default_font);
            }
            "pard" => self.state.in_table = false,
            "intbl" => self.state.in_table = true,
            "yr" if self.state.place == Place::Created => self.created[0] = value,
            "mo" if self.state.place == Place::Created => self.created[1] = value,
            "dy" if self.state.place == Place::Created => self.created[2] = value,
            _ => return false,
        }
        true
    }

    /// Words that end something on the page.
    fn layout(&mut self, word: &str) -> bool {
        match word {
            "par" | "sect" => self.end_paragraph(),
            "cell" if self.state.place == Place::Text => {
                self.state.in_table = true;
                self.arrive();
                self.cell = false;
                self.flow.end_cell();
            }
            "row" if self.state.place == Place::Text => {
                if self.table {
                    self.flow.end_row(true);
                }
            }
            _ => return false,
        }
        true
    }

    /// Words that begin a group whose text goes elsewhere.
    fn destination(&mut self, word: &str, optional: bool) {
        let shown = self.state.place == Place::Text;
        match word {
            "ud" if self.state.place == Place::Doubled => self.state.place = Place::Text,
            "info" if shown => self.state.place = Place::Doubled,
            "title" if self.state.place == Place::Doubled => self.state.place = Place::Title,
            "author" if self.state.place == Place::Doubled => self.state.place = Place::Author,
            "creatim" if self.state.place == Place::Doubled => self.state.place = Place::Created,
            _ if !shown => {}
            "upr" => self.state.place = Place::Doubled,
            "fonttbl" => self.state.place = Place::Fonts,
            "footnote" => {
                self.state.at_end = AtEnd::Note;
                self.state.in_table = false;
                self.flow.enter();
            }
            "shptxt" | "dptxbxtext" => {
                self.state.at_end = AtEnd::Box;
                self.state.in_table = false;
                self.flow.enter();
            }
            "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr" | "footerf" => {
                (self.state.place, self.state.at_end) = (Place::Margin, AtEnd::Margin);
            }
            "annotation" => {
                self.comments += 1;
                self.state.place = Place::Nowhere;
            }
            "listtext" | "pntext" => {
                self.items += 1;
                self.state.place = Place::Nowhere;
            }
            "mmath" | "moMath" | "moMathPara" => {
                self.formulas += 1;
                self.state.place = Place::Nowhere;
            }
            "shpinst" | "do" => {}
            "fldinst" | "colortbl" | "stylesheet" | "pict" | "nonshppict" | "shprslt" | "sp" | "xe" | "tc" | "rxe"
            | "listtable" | "revtbl" | "filetbl" => self.state.place = Place::Nowhere,
            _ if optional => self.state.place = Place::Nowhere,
            _ => {}
        }
    }
}
