//! Which part of a page is the article.

use std::collections::{HashMap, HashSet};

use dom_query::{Document, NodeId, NodeRef};
use dom_smoothie::{Config, Readability};

use super::{
    super::About,
    flow::{self, Paragraph, flow},
    lines, phrases, signs,
    style::{Display, look},
};

/// No more than this may not be all of the article, in characters.
const LITTLE: usize = 1_000;
/// A page with more parts that call themselves articles is a list of articles.
const MOST_ARTICLES: usize = 20;
/// A page with more that is set apart is hostile.
const MOST_APART: usize = 200;

/// The article of a page.
pub(super) struct Found {
    /// Its paragraphs.
    pub paragraphs: Vec<Paragraph>,
    /// What Readability takes for its title and so on.
    pub about: About,
}

/// Finds the article of `document`.
pub(super) fn find(document: &Document) -> Found {
    let body = document.body().unwrap_or(document.root());
    let (about, likely) = likely(document);
    let paragraphs = match likely {
        Some(likely) => {
            let found = part(document, &likely, &about.title);
            overlooked(document, &found, &about.title).unwrap_or(found)
        }
        None => flow(&body, &|_| true),
    };
    Found { paragraphs, about }
}

/// The paragraphs of the article, if `likely` are its text nodes and more.
fn part(document: &Document, likely: &HashSet<NodeId>, title: &str) -> Vec<Paragraph> {
    let body = document.body().unwrap_or(document.root());
    let mut suspect = suspect(&body, likely);
    let all = flow(&body, &|node| !node.is_text() || likely.contains(&node.id));
    let keep =
        |node: &NodeRef<'_>| if node.is_text() { likely.contains(&node.id) } else { !suspect.contains(&node.id) };
    let mut found = flow(&body, &keep);
    let apart = set_apart(document, &found);
    if !apart.is_empty() {
        let open = around(document, &apart);
        suspect.retain(|part| !open.contains(part));
        let texts: HashSet<NodeId> =
            found.iter().flat_map(|paragraph| &paragraph.nodes).copied().chain(apart).collect();
        let keep =
            |node: &NodeRef<'_>| if node.is_text() { texts.contains(&node.id) } else { !suspect.contains(&node.id) };
        found = flow(&body, &keep);
    }
    lines::article_only(document, &all, found, title)
}

/// The text nodes of what the article says in parts that call themselves something else: who says a quote, and what
/// is said in asides and nowhere in what is `found`.
fn set_apart(document: &Document, found: &[Paragraph]) -> Vec<NodeId> {
    let Some(core) = lines::core(document, found).and_then(|core| document.tree.get(&core)) else {
        return Vec::new();
    };
    let nodes: Vec<NodeId> = found.iter().flat_map(|paragraph| &paragraph.nodes).copied().collect();
    let (has, holds) = (nodes.iter().copied().collect::<HashSet<_>>(), around(document, &nodes));
    let quotes: Vec<NodeRef<'_>> = core.descendants_it().filter(|node| node.has_name("blockquote")).collect();
    let within_quotes: HashSet<NodeId> = quotes.iter().map(|quote| quote.id).collect();
    let figures = around(document, &quotes.iter().map(|quote| quote.id).collect::<Vec<_>>());
    let is_quote = |node: &NodeRef<'_>| {
        holds.contains(&node.id)
            && (within_quotes.contains(&node.id) || node.has_name("figure") && figures.contains(&node.id))
    };
    let may_be = |paragraph: &Paragraph| {
        if paragraph.linked > 0 || paragraph.nodes.iter().any(|node| has.contains(node)) {
            return false;
        }
        let within = || lines::around(document, paragraph).take_while(|node| node.id != core.id);
        let mut signs =
            within().filter_map(|node| node.element_ref().and_then(|element| signs::sign(&element))).peekable();
        if within().any(|node| is_quote(&node)) {
            return signs.all(signs::names_speaker);
        }
        let says = phrases::is_sentence(&paragraph.text) && phrases::speaks(&paragraph.text);
        says && signs.peek().is_some() && signs.all(signs::may_be_set_apart)
    };
    let told = lines::letters(&flow::join(found));
    let new = |paragraph: &Paragraph| !told.contains(&lines::letters(phrases::quoted(&paragraph.text)));
    let seen = flow(&core, &|_| true);
    seen.into_iter().filter(may_be).take(MOST_APART).filter(new).flat_map(|paragraph| paragraph.nodes).collect()
}

/// All elements that hold one of `nodes`.
fn around(document: &Document, nodes: &[NodeId]) -> HashSet<NodeId> {
    let mut around = HashSet::new();
    for node in nodes.iter().filter_map(|node| document.tree.get(node)) {
        let new = node.ancestors_it(None).take_while(|node| !around.contains(&node.id)).map(|node| node.id);
        let new: Vec<NodeId> = new.collect();
        around.extend(new);
    }
    around
}

/// The article as a part of the page that calls itself that, if Readability has `found` far less.
fn overlooked(document: &Document, found: &[Paragraph], title: &str) -> Option<Vec<Paragraph>> {
    // Where much was found, what there is besides is comments.
    let length: usize = found.iter().map(|paragraph| paragraph.text.chars().count()).sum();
    if length > LITTLE {
        return None;
    }
    let enough = (2 * prose(found)).max(LITTLE);
    let body = document.body()?;
    let is_article = |node: &NodeRef<'_>| node.element_ref().is_some_and(|element| signs::is_article(&element));
    let mut best: Option<(usize, Vec<Paragraph>)> = None;
    for node in body.descendants_it().filter(is_article).take(MOST_ARTICLES) {
        let texts = node.descendants_it().filter(NodeRef::is_text).map(|node| node.id).collect();
        let paragraphs = part(document, &texts, title);
        let prose = prose(&paragraphs);
        // What lies within and holds nearly as much is the better one.
        if prose >= enough && best.as_ref().is_none_or(|(most, _)| prose * 10 >= most * 9) {
            best = Some((prose, paragraphs));
        }
    }
    best.map(|(_, paragraphs)| paragraphs)
}

/// How many characters stand in whole sentences.
fn prose(paragraphs: &[Paragraph]) -> usize {
    paragraphs.iter().filter(|paragraph| paragraph.is_prose()).map(|paragraph| paragraph.text.chars().count()).sum()
}

/// What Readability finds: what the article is called, and the text nodes that are it. It works on a copy, in which
/// nodes keep their numbers.
fn likely(document: &Document) -> (About, Option<HashSet<NodeId>>) {
    let config = Config { keep_classes: true, ..Config::default() };
    let copy = document.clone();
    // Readability takes a dateline for a byline, and out of the sentence that it begins.
    copy.select("p [class*=dateline i]").remove_attr("class");
    let Ok(mut readability) = Readability::with_document(copy, None, Some(config)) else {
        return (About::default(), None);
    };
    let Ok(article) = readability.parse() else { return (About::default(), None) };
    let found = readability.doc.select("#readability-page-1");
    let known = |node: &NodeRef<'_>| document.tree.get(&node.id).is_some_and(|here| here.is_text());
    let likely = found.nodes().iter().flat_map(NodeRef::descendants_it).filter(known).map(|node| node.id).collect();
    let about = About {
        title: article.title,
        publisher: article.site_name.unwrap_or_default(),
        byline: article.byline.unwrap_or_default(),
        published: article.published_time.unwrap_or_default(),
        ..About::default()
    };
    (about, Some(likely))
}

/// The elements in `body` that call themselves something else. A name that much of the article bears says nothing.
fn suspect(body: &NodeRef<'_>, likely: &HashSet<NodeId>) -> HashSet<NodeId> {
    let lengths = lengths(body, likely);
    let length = |id: NodeId| lengths.get(&id).copied().unwrap_or_default();
    let inline = |node: &NodeRef<'_>| node.element_ref().is_some_and(|element| look(&element).0 == Display::Inline);
    let is_line = |node: &NodeRef<'_>| {
        let line = node.ancestors_it(None).find(|around| !inline(around));
        line.is_none_or(|line| length(line.id) == length(node.id))
    };
    let mut bearers: HashMap<&str, HashSet<NodeId>> = HashMap::new();
    for node in body.descendants_it() {
        let Some(sign) = node.element_ref().and_then(|element| signs::sign(&element)) else { continue };
        // Some words of a sentence may be named anything.
        if inline(&node) && !signs::holds_within_lines(sign) && !is_line(&node) {
            continue;
        }
        let bearers = bearers.entry(sign).or_default();
        if !node.ancestors_it(None).any(|around| bearers.contains(&around.id)) {
            bearers.insert(node.id);
        }
    }
    let most = length(body.id) * 3 / 10;
    let small = |bearers: &HashSet<NodeId>| bearers.iter().map(|&id| length(id)).sum::<usize>() <= most;
    bearers.into_values().filter(small).flatten().collect()
}

/// How many characters of the article each node in `body` holds.
fn lengths(body: &NodeRef<'_>, likely: &HashSet<NodeId>) -> HashMap<NodeId, usize> {
    let nodes: Vec<NodeRef<'_>> = std::iter::once(*body).chain(body.descendants_it()).collect();
    let mut lengths: HashMap<NodeId, usize> = HashMap::new();
    for node in nodes.iter().rev() {
        if likely.contains(&node.id) {
            lengths.insert(node.id, node.text().chars().filter(|c| !c.is_whitespace()).count());
        }
        let length = lengths.get(&node.id).copied().unwrap_or_default();
        if let Some(parent) = node.parent().filter(|_| length > 0) {
            *lengths.entry(parent.id).or_default() += length;
        }
    }
    lengths
}
