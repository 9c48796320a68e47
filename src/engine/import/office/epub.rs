//! Electronic books: all chapters in their order, as one article.

use std::{borrow::Cow, io::Cursor, sync::LazyLock};

use rbook::Epub;
use regex::{Captures, Regex};

use super::{
    archive::Archive,
    xml::{Element, Visitor, walk},
};
use crate::import::{About, Article, Doubt, DoubtKind, Format, ImportError, encoding, html};

const FORMAT: Format = Format::Epub;

/// Reads an electronic book.
pub(in crate::import) fn read(bytes: &[u8]) -> Result<Article, ImportError> {
    let mut archive = Archive::open(bytes, FORMAT)?;
    archive.measure()?;
    if is_locked(&archive.xml("META-INF/encryption.xml")?.unwrap_or_default()) {
        return Err(ImportError::Encrypted);
    }
    let book = Epub::read(Cursor::new(bytes.to_vec())).map_err(|reason| FORMAT.broken(reason))?;
    let (mut chapters, mut pictures, mut doubts) = (Vec::new(), 0, Vec::new());
    for entry in book.spine().iter() {
        let chapter = entry.manifest_entry().ok_or_else(|| FORMAT.broken(format!("it lacks {}", entry.idref())))?;
        let chapter = chapter.read_bytes().map_err(|reason| FORMAT.broken(reason))?;
        let chapter = encoding::decode(&chapter, None, html::declared(&chapter).as_deref())?;
        let Article { text, doubts: more, .. } = html::whole(&closed(&chapter.text));
        doubts.extend(chapter.doubts.into_iter().chain(more));
        if !text.trim().is_empty() {
            chapters.push(text);
        } else if ["<img", "<image", "<svg"].iter().any(|tag| chapter.text.contains(tag)) {
            pictures += 1;
        }
    }
    if chapters.is_empty() && pictures > 0 {
        return Err(ImportError::OnlyPictures);
    }
    if pictures > 0 {
        let message = format!("left out: {pictures} pages of the book that are only pictures");
        doubts.push(Doubt::new(DoubtKind::LeftOut, message));
    }
    let text = chapters.join("\n\n");
    Ok(Article { text, about: about(&book), doubts, ..Article::default() })
}

/// The elements of HTML that never hold anything.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// The chapter with its empty elements closed as HTML wants it, which would take what follows `<title/>` or
/// `<script/>` for what is in it.
fn closed(chapter: &str) -> Cow<'_, str> {
    static EMPTY: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#"<([A-Za-z][^\s<>/]*)((?:\s(?:[^<>"']|"[^"]*"|'[^']*')*?)?)/>"#).ok());
    let close = |found: &Captures<'_>| {
        let (element, name, rest) = (&found[0], &found[1], &found[2]);
        if VOID.contains(&name) { element.to_owned() } else { format!("<{name}{rest}></{name}>") }
    };
    EMPTY.as_ref().map_or(Cow::Borrowed(chapter), |empty| empty.replace_all(chapter, close))
}

fn about(book: &Epub) -> About {
    let metadata = book.metadata();
    let list = |names: &mut dyn Iterator<Item = String>| names.collect::<Vec<_>>().join(", ");
    About {
        title: metadata.title().map(|title| title.value().trim().to_owned()).unwrap_or_default(),
        byline: list(&mut metadata.creators().map(|name| name.value().trim().to_owned())),
        publisher: list(&mut metadata.publishers().map(|name| name.value().trim().to_owned())),
        published: metadata.published_entry().map(|date| date.value().trim().to_owned()).unwrap_or_default(),
        language: metadata.language().map(|language| language.value().trim().to_owned()).unwrap_or_default(),
        ..About::default()
    }
}

/// Whether more than the fonts is encrypted: shops scramble those even in books that anybody may read.
fn is_locked(encryption: &str) -> bool {
    #[derive(Default)]
    struct Keys(bool);
    impl Visitor for Keys {
        fn open(&mut self, element: &Element<'_>) -> bool {
            if element.name() == "CipherReference" {
                let uri = element.attribute("URI").unwrap_or_default().to_lowercase();
                self.0 |= [".html", ".xhtml", ".htm", ".xml", ".opf"].iter().any(|end| uri.ends_with(end));
            }
            true
        }
        fn close(&mut self, _: &str) {}
        fn text(&mut self, _: &str) {}
    }
    let mut keys = Keys::default();
    // If it cannot be read, nor can what it locks, which the chapters show.
    let _ = walk(encryption, &mut keys);
    keys.0
}
