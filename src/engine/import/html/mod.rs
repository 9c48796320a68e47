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

use dom_query::Document;
use regex::bytes::Regex;

use super::{About, Article, Doubt, DoubtKind, ImportError, Options, encoding};

/// Where at the latest a page says its encoding, in bytes.
const DECLARED_BY: usize = 64 << 10;

/// Reads the article of a web page.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Article, ImportError> {
    let decoded = encoding::decode(bytes, options.encoding.as_deref(), declared(bytes).as_deref())?;
    let (document, cut) = parse::parse(&decoded.text);
    if let Some(reason) = cut {
        return Err(ImportError::Broken { format: "web page".to_owned(), reason });
    }
    let (text, found) = if is_fragment(&decoded.text) {
        (whole(&decoded.text).text, About::default())
    } else {
        let found = article::find(&document);
        (flow::join(&found.paragraphs), found.about)
    };
    let mut about = about::about(&document, &found);
    if about.dateline.is_empty() {
        about.dateline = about::dateline(&text);
    }
    let mut doubts = decoded.doubts;
    doubts.extend(left_out(&document, &text));
    Ok(Article { text, about, encoding: decoded.encoding, doubts, ..Article::default() })
}

/// Whether `page` is what somebody marked and copied, and not a page.
fn is_fragment(page: &str) -> bool {
    #[expect(clippy::expect_used, reason = "a fixed pattern that the tests compile")]
    static PAGE: LazyLock<regex::Regex> = LazyLock::new(|| {
        regex::Regex::new(r"(?i)<!doctype\b|<(?:html|head|body|title|frameset)[\s/>]").expect("it is a pattern")
    });
    // The mark is also found amid pages, in text that was pasted into them.
    let marked = page.split_once("<!--StartFragment-->").is_some_and(|(before, _)| whole(before).text.is_empty());
    marked || !PAGE.is_match(page)
}

/// How much of the page is not in `text`.
fn left_out(document: &Document, text: &str) -> Option<Doubt> {
    let words = |text: &str| text.split_whitespace().count();
    let body = document.body()?;
    let all: usize = flow::flow(&body, &|_| true).iter().map(|paragraph| words(&paragraph.text)).sum();
    let out = all.saturating_sub(words(text));
    let message = format!("{out} of the {all} words on the page were left out as not the article");
    let hint =
        "look at the page if something is missing; captions, menus and links to other articles never are the article";
    (out > 0).then(|| Doubt::new(DoubtKind::LeftOut, message).hint(hint))
}

/// The encoding that the page says it is in. Whatever the encoding is, this is in ASCII.
pub(super) fn declared(bytes: &[u8]) -> Option<String> {
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
