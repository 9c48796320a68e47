//! Saved web pages.

mod flow;
mod parse;
mod quotes;
mod style;

use super::{Article, Doubt, DoubtKind, ImportError, Options};

/// Reads the article of a web page.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Article, ImportError> {
    let _ = (bytes, options);
    Err(ImportError::Kind)
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
