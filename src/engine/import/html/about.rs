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

/// Where an article was written, as its first paragraph says: `GENEVA, March 4 (Reuters) — `.
pub(super) fn dateline(text: &str) -> String {
    #[expect(clippy::expect_used, reason = "a fixed pattern that the tests compile")]
    static START: LazyLock<Regex> = LazyLock::new(|| {
        const PLACE: &str = r"\p{Lu}[\p{Lu}.'’-]{2,}(?:[ /-]\p{Lu}[\p{Lu}.'’-]+){0,3}(?:, [\p{Lu}][\p{L}. ]{1,20})?";
        const AGENCY: &str = r"\([\p{L}][\p{L}\d /,.-]{1,30}\)";
        let pattern = format!(
            r"^(?:({PLACE}(?:, \p{{L}}+\.? \d{{1,2}})?(?: {AGENCY})?)\s*(?:—|–|--|-)\s|((?:\p{{Lu}}[\p{{L}}.’'-]+ ?){{1,3}}{AGENCY})\s*(?:—|–|--|-|\.)\s)"
        );
        Regex::new(&pattern).expect("it is a pattern")
    });
    let found = START.captures(text).and_then(|found| found.get(1).or(found.get(2)));
    found.map(|dateline| dateline.as_str().trim().to_owned()).unwrap_or_default()
}

/// Whether `line` may be names: not a date, the label of a field or a paragraph.
fn is_byline(line: &str) -> bool {
    let digits = line.chars().filter(char::is_ascii_digit).count();
    digits < 4 && !line.ends_with('*') && line.chars().count() < 200
}

/// What a `<meta>` with that name or property says.
fn meta(document: &Document, name: &str) -> Option<String> {
    let selector = format!("meta[name='{name}' i], meta[property='{name}' i], meta[itemprop='{name}' i]");
    let is_name = |value: &str| !value.starts_with("http") || name.ends_with("url");
    attributes(document, &selector, "content").into_iter().find(|value| is_name(value))
}

fn attribute(document: &Document, selector: &str, name: &str) -> Option<String> {
    attributes(document, selector, name).into_iter().next()
}

fn attributes(document: &Document, selector: &str, name: &str) -> Vec<String> {
    let found = document.select(selector);
    let values = found.nodes().iter().filter_map(|node| node.attr(name));
    values.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dateline_is_the_place_before_a_dash() {
        for (text, place) in [
            ("GENEVA (AP) — A panel", "GENEVA (AP)"),
            ("WASHINGTON, March 4 (Reuters) - The", "WASHINGTON, March 4 (Reuters)"),
            ("NEW DELHI — The", "NEW DELHI"),
            ("Berlin (dpa) - Der Minister", "Berlin (dpa)"),
            ("São Paulo (AFP). O", "São Paulo (AFP)"),
            ("The minister said - as", ""),
            ("NATO said on Tuesday", ""),
            ("A - b", ""),
        ] {
            assert_eq!(dateline(text), place, "{text}");
        }
    }

    #[test]
    fn language_tags_are_bcp_47() {
        for (written, tag) in [
            ("en_US", Some("en-US")),
            ("zh-Hant-TW", Some("zh-Hant-TW")),
            ("de, en", Some("de")),
            ("und", None),
            ("english", None),
            ("", None),
        ] {
            assert_eq!(language_tag(written).as_deref(), tag, "{written}");
        }
    }

    #[test]
    fn a_page_says_what_it_is() {
        let head = |head: &str| about(&Document::from(format!("<html>{head}<body><p>x").as_str()), &About::default());
        let ld = |json: &str| head(&format!("<script type='application/ld+json'>{json}</script>"));
        let article = ld(
            r#"{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "no"}, {"@type": ["NewsArticle"],
            "headline": "One &amp; two", "author": [{"@type": "Person", "name": "Ann Ng"}, "Bo Li"], "inLanguage": "pt-BR",
            "datePublished": "2024-05-06T07:08:09+0200", "publisher": {"name": "The Post"}, "dateline": "LISBON",
            "mainEntityOfPage": {"@id": "https://post.example/a"}}]}"#,
        );
        let expected = About {
            title: "One & two".to_owned(),
            url: "https://post.example/a".to_owned(),
            publisher: "The Post".to_owned(),
            byline: "Ann Ng, Bo Li".to_owned(),
            dateline: "LISBON".to_owned(),
            published: "2024-05-06T07:08:09+02:00".to_owned(),
            language: "pt-BR".to_owned(),
        };
        assert_eq!(article, expected);
        let tags = head(
            "<head lang=fr><link rel=canonical href=https://a.example/1><meta property=og:site_name content=' Le Jour '>
            <meta name=author content='https://a.example/ann'><meta name=AUTHOR content='Ann'>
            <meta property=article:published_time content='6 May 2024'><meta property=og:locale content=fr_FR>",
        );
        let told = (tags.url.as_str(), tags.publisher.as_str(), tags.byline.as_str(), tags.published.as_str());
        assert_eq!((told, tags.language.as_str()), (("https://a.example/1", "Le Jour", "Ann", "2024-05-06"), "fr-FR"));
        assert_eq!(head("<link rel=canonical href=/relative>").url, "");
        assert_eq!(head("<!-- saved from url=(0025)https://b.example/saved -->").url, "https://b.example/saved");
        assert_eq!(ld("{ broken"), ld(r#"{"@type": "Recipe", "author": "x"}"#));
    }
}
