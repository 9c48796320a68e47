//! Saved web pages.

use super::{Article, ImportError, Options};

/// Reads the article of a web page.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Article, ImportError> {
    let _ = (bytes, options);
    Err(ImportError::Kind)
}

/// All that a reader sees of a page or a part of one, where all of it is the article, as in e-mails and books.
pub(super) fn whole(page: &str) -> Article {
    let _ = page;
    Article::default()
}
