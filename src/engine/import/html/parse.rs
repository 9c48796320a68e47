//! From the characters of a page to its tree, within limits that a hostile page cannot pass.

use dom_query::{Document, NodeRef};
use html5ever::{
    ParseOpts, parse_document,
    tendril::{StrTendril, TendrilSink},
    tree_builder::TreeBuilderOpts,
};

/// How deep the elements of a page may lie in each other. Browsers stop at 512; the time to build the tree, and
/// to find the article in it, grows with the square of the depth.
const DEEPEST: usize = 1_000;
/// How many nodes a page may have. A page of a few bytes can ask for any number of them, because an open `<b>` is
/// made again in each paragraph that follows.
const MOST: usize = 2_000_000;
/// After how many bytes both are looked at.
const STRIDE: usize = 4 << 10;

/// The tree of `page`, and if it had to be cut short, why.
pub(super) fn parse(page: &str) -> (Document, Option<String>) {
    let opts = ParseOpts {
        tree_builder: TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() },
        ..ParseOpts::default()
    };
    let mut parser = parse_document(Document::default(), opts);
    let mut cut = None;
    let mut rest = page;
    while !rest.is_empty() && cut.is_none() {
        let (now, later) = rest.split_at(rest.floor_char_boundary(STRIDE));
        parser.process(StrTendril::from(now));
        rest = later;
        let document = &parser.tokenizer.sink.sink;
        if depth(&document.root()) > DEEPEST {
            cut = Some(format!("its parts lie more than {DEEPEST} deep in each other"));
        } else if document.tree.len() > MOST {
            cut = Some(format!("it has more than {MOST} parts"));
        }
    }
    (parser.finish(), cut)
}

/// How deep the element lies that is being built, which is the last child of the last child of …
fn depth(root: &NodeRef<'_>) -> usize {
    std::iter::successors(root.last_child(), NodeRef::last_child).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_pages_are_cut_short() {
        for (page, why) in [
            ("<div>".repeat(100_000), "deep"),
            ((0..20_000).map(|n| format!("<b a={n}>")).collect::<String>(), "deep"),
            (
                format!(
                    "<p>{}{}",
                    (0..1_000).map(|n| format!("<b a={n}>")).collect::<String>(),
                    "</p><p>x".repeat(100_000)
                ),
                "parts",
            ),
        ] {
            let cut = parse(&page).1;
            assert!(cut.as_ref().is_some_and(|reason| reason.contains(why)), "{cut:?}: {}", &page[..20]);
        }
        assert_eq!(parse(&"<p>text".repeat(100_000)).1, None);
        assert_eq!(parse(&"<b><p>".repeat(30_000)).1, None);
        assert_eq!(parse(&"<div>".repeat(DEEPEST / 2)).1, None);
    }
}
