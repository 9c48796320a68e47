//! What a page says of its article.

use std::sync::LazyLock;

use dom_query::{Document, NodeData};
use regex::Regex;
use serde_json::Value;

use super::{
    super::About,
    date::rfc3339,
    linked::{self, string},
};

/// What `document` says of its article, beyond what Readability has `found`.
pub(super) fn about(document: &Document, found: &About) -> About {
    let linked = linked::article(document);
    let linked = linked.as_ref();
    let names = |key: &str| {
        let names = linked.and_then(|article| article.get(key)).map(linked::names).unwrap_or_default();
        Some(names.join(", ")).filter(|names| !names.is_empty())
    };
    let meta = |names: &[&str]| names.iter().find_map(|name| meta(document, name));
    let given = |value: &String| Some(value.clone()).filter(|value| !value.is_empty());
    let or_empty = Option::unwrap_or_default;
    About {
        title: or_empty(
            given(&found.title)
                .or_else(|| string(linked, "headline"))
                .or_else(|| text(document, "h1"))
                .or_else(|| text(document, "title")),
        ),
        url: or_empty(
            attribute(document, "link[rel~='canonical']", "href")
                .into_iter()
                .chain(meta(&["og:url"]))
                .chain(linked.and_then(page_of))
                .chain(saved_from(document))
                .find(|url| url.starts_with("http://") || url.starts_with("https://")),
        ),
        publisher: or_empty(
            names("publisher")
                .or_else(|| given(&found.publisher))
                .or_else(|| meta(&["og:site_name", "application-name"])),
        ),
        byline: or_empty(
            names("author").into_iter().chain(given(&found.byline)).chain(meta(&BYLINES)).find(|line| is_byline(line)),
        ),
        dateline: or_empty(string(linked, "dateline")),
        published: or_empty(
            string(linked, "datePublished")
                .or_else(|| given(&found.published))
                .or_else(|| meta(&DATES))
                .or_else(|| attribute(document, "[itemprop~='datePublished'][content]", "content"))
                .or_else(|| attribute(document, "[itemprop~='datePublished'][datetime]", "datetime"))
                .or_else(|| attribute(document, "time[pubdate][datetime]", "datetime"))
                .or_else(|| attribute(document, "article time[datetime]", "datetime"))
                .map(|written| rfc3339(&written)),
        ),
        language: or_empty(
            attribute(document, "html[lang]", "lang")
                .into_iter()
                .chain(attribute(document, "html", "xml:lang"))
                .chain(string(linked, "inLanguage"))
                .chain(attribute(document, "meta[http-equiv='content-language' i]", "content"))
                .chain(meta(&["og:locale", "language", "dc.language"]))
                .find_map(|tag| language_tag(&tag)),
        ),
    }
}

const BYLINES: [&str; 6] = ["article:author", "author", "byl", "dc.creator", "sailthru.author", "cXenseParse:author"];
const DATES: [&str; 12] = [
    "article:published_time",
    "article:published",
    "og:published_time",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "sailthru.date",
    "cXenseParse:recs:publishtime",
];

/// Whether `line` may be names: not a date, the label of a field or a paragraph.
fn is_byline(line: &str) -> bool {
    let digits = line.chars().filter(char::is_ascii_digit).count();
    digits < 4 && !line.ends_with('*') && line.chars().count() < 200
}

/// What a `<meta>` with that name or property says.
fn meta(document: &Document, name: &str) -> Option<String> {
    let selector = format!("meta[name='{name}' i], meta[property='{name}' i], meta[itemprop='{name}' i]");
    attribute(document, &selector, "content").filter(|value| !value.starts_with("http") || name.ends_with("url"))
}

fn attribute(document: &Document, selector: &str, name: &str) -> Option<String> {
    let found = document.select(selector);
    let values = found.nodes().iter().filter_map(|node| node.attr(name));
    values.map(|value| value.trim().to_owned()).find(|value| !value.is_empty())
}

fn text(document: &Document, selector: &str) -> Option<String> {
    let text = document.select(selector).first().text();
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    Some(words.join(" ")).filter(|text| !text.is_empty())
}

fn page_of(article: &Value) -> Option<String> {
    let page = article.get("mainEntityOfPage");
    let page = page.and_then(|page| page.as_str().or_else(|| page.get("@id").and_then(Value::as_str)));
    page.map(str::to_owned).or_else(|| string(Some(article), "url"))
}

/// The address that a browser notes when it saves a page.
fn saved_from(document: &Document) -> Option<String> {
    #[expect(clippy::expect_used, reason = "a fixed pattern that the tests compile")]
    static NOTE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url: )(https?://\S+)")
            .expect("it is a pattern")
    });
    let root = document.root();
    let mut nodes = root.descendants_it();
    nodes.find_map(|node| {
        node.query_or(None, |node| match &node.data {
            NodeData::Comment { contents } => NOTE.captures(contents).map(|found| found[1].to_owned()),
            _ => None,
        })
    })
}

/// A language tag as BCP 47 writes it; nothing if it is none.
fn language_tag(tag: &str) -> Option<String> {
    let tag = tag.split(',').next()?.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let primary = parts.next()?;
    let is_language = (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_language && parts.all(is_part) && !matches!(primary, "und" | "mul" | "zxx")).then_some(tag)
}
