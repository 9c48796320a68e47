//! Electronic books: all chapters in their order, as one article.

use std::io::Cursor;

use rbook::Epub;

use super::{
    archive::Archive,
    xml::{Element, Visitor, walk},
};
use crate::import::{About, Article, Doubt, DoubtKind, Format, ImportError, html};

const FORMAT: Format = Format::Epub;

/// Reads an electronic book.
pub(in crate::import) fn read(bytes: &[u8]) -> Result<Article, ImportError> {
    let mut archive = Archive::open(bytes, FORMAT)?;
    archive.measure()?;
    if is_locked(&archive.xml("META-INF/encryption.xml")?.unwrap_or_default()) {
        return Err(ImportError::Encrypted);
    }
    let book = Epub::read(Cursor::new(bytes.to_vec())).map_err(|reason| FORMAT.broken(reason))?;
    let (mut chapters, mut pictures) = (Vec::new(), 0);
    for chapter in book.reader() {
        let chapter = chapter.map_err(|reason| FORMAT.broken(reason))?;
        let text = html::whole(chapter.content()).text;
        if !text.trim().is_empty() {
            chapters.push(text);
        } else if ["<img", "<image", "<svg"].iter().any(|tag| chapter.content().contains(tag)) {
            pictures += 1;
        }
    }
    if chapters.is_empty() && pictures > 0 {
        return Err(ImportError::OnlyPictures);
    }
    let doubts = (pictures > 0).then(|| {
        let message =
            format!("{pictures} pages of the book are only pictures, so that their words are not in the text");
        Doubt::new(DoubtKind::LeftOut, message)
    });
    let (text, doubts) = (chapters.join("\n\n"), doubts.into_iter().collect());
    Ok(Article { text, about: about(&book), doubts, ..Article::default() })
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
