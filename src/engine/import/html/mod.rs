//! Saved web pages.

mod about;
mod article;
mod date;
mod flow;
mod lines;
mod linked;
mod parse;
mod phrases;
mod quotes;
mod signs;
mod style;

use std::sync::LazyLock;

use regex::bytes::Regex;

use super::{Article, Doubt, DoubtKind, ImportError, Options, encoding};

/// Where at the latest a page says its encoding, in bytes.
const DECLARED_BY: usize = 64 << 10;

/// Reads the article of a web page.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Article, ImportError> {
    let decoded = encoding::decode(bytes, options.encoding.as_deref(), declared(bytes).as_deref())?;
    let (document, cut) = parse::parse(&decoded.text);
    if let Some(reason) = cut {
        return Err(ImportError::Broken { format: "web page".to_owned(), reason });
    }
    let found = article::find(&document);
    let about = about::about(&document, &found.about);
    let text = flow::join(&found.paragraphs);
    Ok(Article { text, about, encoding: decoded.encoding, doubts: decoded.doubts, ..Article::default() })
}

/// The encoding that the page says it is in. Whatever the encoding is, this is in ASCII.
fn declared(bytes: &[u8]) -> Option<String> {
    #[expect(clippy::expect_used, reason = "a fixed pattern that the tests compile")]
    static CHARSET: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?i-u)<meta\s[^>]*?charset\s*=\s*["']?\s*([a-z0-9_:.-]+)|^\s*<\?xml[^>]*?encoding\s*=\s*["']([a-z0-9_:.-]+)"#)
            .expect("it is a pattern")
    });
    // Programs that save pages put styles before it, so this looks further than a browser does.
    let start = &bytes[..bytes.len().min(DECLARED_BY)];
    let found = CHARSET.captures(start)?;
    let name = found.get(1).or(found.get(2))?.as_bytes();
    // What can be read as ASCII is not UTF-16, as the standard notes.
    let name = if name.to_ascii_lowercase().starts_with(b"utf-16") { b"utf-8" } else { name };
    Some(String::from_utf8_lossy(name).into_owned())
}

/// All that a reader sees of a page or a part of one, where all of it is the article, as in e-mails and books.
pub(super) fn whole(page: &str) -> Article {
    let (document, cut) = parse::parse(page);
    let seen = document.body().unwrap_or(document.root());
    let text = flow::join(&flow::flow(&seen, &|_| true));
    let doubt = |reason: String| {
        let message = format!("the text ends early: of the page it was in, not all could be read, because {reason}");
        Doubt::new(DoubtKind::PartMissing, message)
    };
    Article { text, doubts: cut.map(doubt).into_iter().collect(), ..Article::default() }
}
