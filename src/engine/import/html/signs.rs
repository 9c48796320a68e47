//! What the names that a page gives to its parts say about them.

use dom_query::Element;

/// Names of parts that are not the article. A name of several words stands for parts whose name holds these words
/// next to each other.
const NAMES: [&str; 95] = [
    "ad",
    "ads",
    "advert",
    "advertisement",
    "advertising",
    "also read",
    "author bio",
    "author box",
    "author info",
    "author card",
    "about author",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "caption",
    "comment",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "copyright",
    "credit",
    "credits",
    "disqus",
    "donate",
    "donation",
    "embed",
    "entry meta",
    "article meta",
    "post meta",
    "follow",
    "gdpr",
    "infobox",
    "inline recirc",
    "jp relatedposts",
    "keywords",
    "legende",
    "mailing",
    "mc embed signup",
    "metadata",
    "more on",
    "more stories",
    "most popular",
    "most read",
    "mostread",
    "navigation",
    "newsletter",
    "nav",
    "outbrain",
    "pagination",
    "pager",
    "paywall",
    "piano",
    "popular",
    "poll",
    "post date",
    "post tags",
    "print",
    "promo",
    "promotion",
    "pub date",
    "publish date",
    "rate",
    "rating",
    "read also",
    "read more",
    "read next",
    "readmore",
    "recirc",
    "recirculation",
    "recommend",
    "recommendation",
    "recommendations",
    "recommended",
    "related",
    "relatedarticles",
    "relatedposts",
    "reply",
    "see also",
    "share",
    "sharedaddy",
    "sharing",
    "sidebar",
    "signup",
    "skip",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "tags",
    "taglist",
    "teaser",
    "toolbar",
];

/// Names of parts that a program reads aloud and nobody sees.
const UNSEEN: [&str; 4] = ["sr only", "visually hidden", "visuallyhidden", "screen reader text"];

const TAGS: [&str; 7] = ["aside", "button", "dialog", "figcaption", "footer", "form", "nav"];
const ROLES: [&str; 5] = ["complementary", "navigation", "contentinfo", "banner", "search"];
const PROPERTIES: [&str; 5] = ["author", "date published", "date modified", "publisher", "caption"];

/// What `element` calls itself, if that is not the article.
pub(super) fn sign(element: &Element) -> Option<&'static str> {
    let own = &*element.name.local;
    let heading = matches!(own, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    if let Some(tag) = TAGS.iter().find(|&&tag| tag == own) {
        return Some(tag);
    }
    if matches!(own, "body" | "html" | "main" | "article") {
        return None;
    }
    element.attrs.iter().find_map(|attribute| {
        let table: &[&'static str] = match &*attribute.name.local {
            "class" => &NAMES,
            // The id of a part of the text is often made of its heading.
            "id" if !heading => &NAMES,
            "role" => &ROLES,
            "itemprop" => &PROPERTIES,
            _ => return None,
        };
        let words = words(&attribute.value);
        if &*attribute.name.local == "id" && words.split_whitespace().count() > 3 {
            return None;
        }
        let is_name = |name: &&&str| words.contains(&format!(" {name} "));
        let unseen = UNSEEN.iter().find(|name| *attribute.name.local == *"class" && is_name(name));
        unseen.or_else(|| table.iter().find(is_name)).copied()
    })
}

/// Whether what bears `sign` within a line is no part of what the line says.
pub(super) fn holds_within_lines(sign: &str) -> bool {
    sign == "button" || UNSEEN.contains(&sign)
}

/// Whether what bears `sign` may be words of the article set apart, such as a quote pulled out of it.
pub(super) fn may_be_set_apart(sign: &str) -> bool {
    const SET_APART: [&str; 9] =
        ["aside", "complementary", "embed", "infobox", "promo", "share", "sidebar", "social", "teaser"];
    SET_APART.contains(&sign)
}

/// Whether what bears `sign` says in a quote who is quoted.
pub(super) fn names_speaker(sign: &str) -> bool {
    ["footer", "figcaption", "caption", "byline", "credit", "author"].contains(&sign)
}

/// Names of parts that are the article.
const ARTICLES: [&str; 12] = [
    "article body",
    "articlebody",
    "article content",
    "article text",
    "entry content",
    "post body",
    "post content",
    "post text",
    "story body",
    "story content",
    "story text",
    "wysiwyg content",
];

/// Whether `element` calls itself the article.
pub(super) fn is_article(element: &Element) -> bool {
    matches!(&*element.name.local, "article" | "main")
        || element.attrs.iter().any(|attribute| {
            matches!(&*attribute.name.local, "class" | "id" | "itemprop" | "role") && {
                let words = words(&attribute.value);
                words == " main " || ARTICLES.iter().any(|name| words.contains(&format!(" {name} ")))
            }
        })
}

/// The words of a name such as `relatedStories__box-title`, between single spaces.
fn words(name: &str) -> String {
    let mut words = String::from(" ");
    let mut before = ' ';
    for c in name.chars() {
        let hump = c.is_uppercase() && before.is_lowercase();
        if (hump || !c.is_alphanumeric()) && !words.ends_with(' ') {
            words.push(' ');
        }
        if c.is_alphanumeric() {
            words.extend(c.to_lowercase());
        }
        before = c;
    }
    words.push(' ');
    words
}
