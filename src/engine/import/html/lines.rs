//! Paragraphs that are not the article, told by what they say and where they stand.

use std::collections::HashMap;

use dom_query::{Document, NodeId, NodeRef};

use super::{
    flow::Paragraph,
    phrases::{self, Signs},
};

/// The longest heading, in bytes; some pages set whole paragraphs as headings.
const LONGEST_HEADING: usize = 200;

/// What is left of the paragraphs of `document` when those go that lead elsewhere. `all` are those that were there
/// before parts went that call themselves something else.
pub(super) fn article_only(
    document: &Document,
    all: &[Paragraph],
    paragraphs: Vec<Paragraph>,
    title: &str,
) -> Vec<Paragraph> {
    let core = core(document, &paragraphs);
    let inside = |paragraph: &Paragraph| {
        paragraph.is_prose() || core.is_none_or(|core| around(document, paragraph).any(|node| node.id == core))
    };
    let paragraphs: Vec<Paragraph> = paragraphs.into_iter().filter(inside).collect();
    let title = letters(title);
    let is_title = |at: usize, paragraph: &Paragraph| at < 3 && letters(&paragraph.text) == title;
    // Sentences that by no sign are anything but the article.
    let everything = Signs { near_end: true, outside: true, linked: true };
    let told = |paragraph: &Paragraph| paragraph.is_prose() && !phrases::is_else(&paragraph.text, everything);
    let first = paragraphs.iter().position(told).unwrap_or(paragraphs.len());
    let last = paragraphs.iter().rposition(told).unwrap_or_default();
    let mut kept: Vec<Paragraph> = paragraphs
        .iter()
        .enumerate()
        .filter(|&(at, paragraph)| {
            let signs = Signs {
                near_end: at < 4 || at + 4 >= paragraphs.len(),
                outside: at < first || at > last,
                linked: paragraph.linked > 0,
            };
            !is_title(at, paragraph)
                && !phrases::is_else(&paragraph.text, signs)
                && (is_heading(document, paragraph) || !leads_elsewhere(paragraph))
        })
        .map(|(_, paragraph)| paragraph.clone())
        .collect();
    // Where much of a page is links, links are what it is about.
    let length = |part: &[Paragraph]| part.iter().map(|paragraph| paragraph.text.len()).sum::<usize>();
    if length(&kept) * 10 < length(&paragraphs) * 6 {
        kept.clone_from(&paragraphs);
    }
    let left = without_empty_parts(document, all, kept);
    if left.is_empty() { paragraphs } else { left }
}

/// The innermost element that holds nearly all sentences. What else stands around it is not the article.
pub(super) fn core(document: &Document, paragraphs: &[Paragraph]) -> Option<NodeId> {
    // How deep each element lies, and how many paragraphs of sentences it holds, of what length in all.
    let mut held: HashMap<NodeId, (usize, usize, usize)> = HashMap::new();
    let mut all = 0;
    for paragraph in paragraphs.iter().filter(|paragraph| paragraph.is_prose()) {
        let length = paragraph.text.len();
        all += length;
        let outward: Vec<_> = around(document, paragraph).collect();
        for (depth, node) in outward.iter().rev().enumerate() {
            let held = held.entry(node.id).or_insert((depth, 0, 0));
            (held.1, held.2) = (held.1 + 1, held.2 + length);
        }
    }
    // One long paragraph is not where the others are.
    let most = held.into_iter().filter(|(_, (_, count, length))| *count >= 3 && length * 10 >= all * 9);
    most.max_by_key(|(_, (depth, _, _))| *depth).map(|(node, _)| node)
}

/// The elements around a paragraph, from within.
pub(super) fn around<'a>(document: &'a Document, paragraph: &Paragraph) -> impl Iterator<Item = NodeRef<'a>> {
    let first = paragraph.nodes.first().and_then(|first| document.tree.get(first));
    std::iter::successors(first.and_then(|first| first.parent()), NodeRef::parent)
}

/// Whether nearly all of a paragraph is a link: `Read also: …`, or a list of articles. Sentences and quotes that are
/// links are still what the article says.
fn leads_elsewhere(paragraph: &Paragraph) -> bool {
    let length = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let text = &*paragraph.text;
    // An address to be read is not only there to be followed.
    if text.contains("://") || text.contains("www.") || text.contains('@') {
        return false;
    }
    let (label, rest) = match text.split_once(':') {
        Some((label, rest)) if label.split_whitespace().count() <= 6 && length(rest) > 0 => (label, rest),
        _ => ("", text),
    };
    let says = |line: &str| phrases::is_sentence(line) || phrases::quotes(line);
    let announced = paragraph.linked < length(text) && phrases::announces(&format!("{label}:"));
    paragraph.linked * 10 >= length(rest) * 9 && (announced || !text.lines().all(says))
}

/// Without headings of parts that are gone.
fn without_empty_parts(document: &Document, all: &[Paragraph], kept: Vec<Paragraph>) -> Vec<Paragraph> {
    let key = |paragraph: &Paragraph| paragraph.nodes.first().copied();
    let after: HashMap<Option<NodeId>, Option<NodeId>> =
        all.iter().zip(all.iter().skip(1).map(key).chain([None])).map(|(one, next)| (key(one), next)).collect();
    let mut left: Vec<Paragraph> = Vec::new();
    // What stands after the paragraph that is looked at, from the last on.
    let mut next: Option<(Option<NodeId>, bool)> = None;
    for paragraph in kept.into_iter().rev() {
        let heading = is_heading(document, &paragraph) || is_label(&paragraph.text);
        let gone = heading
            && match next {
                None => is_heading(document, &paragraph) || after.get(&key(&paragraph)).is_some_and(Option::is_some),
                Some((first, heading)) => heading && after.get(&key(&paragraph)).is_some_and(|then| *then != first),
            };
        if !gone {
            next = Some((key(&paragraph), heading));
            left.push(paragraph);
        }
    }
    left.reverse();
    left
}

/// A few words that announce what follows.
fn is_label(text: &str) -> bool {
    text.ends_with(':') && text.len() < LONGEST_HEADING / 2
}

fn is_heading(document: &Document, paragraph: &Paragraph) -> bool {
    let first = paragraph.nodes.first().and_then(|first| document.tree.get(first));
    let mut around = std::iter::successors(first.and_then(|first| first.parent()), NodeRef::parent).take(4);
    let names = ["h1", "h2", "h3", "h4", "h5", "h6"];
    paragraph.text.len() < LONGEST_HEADING && around.any(|node| names.iter().any(|name| node.has_name(name)))
}

pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
