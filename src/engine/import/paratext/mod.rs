//! Lines that are not the article.
//!
//! A line counts only if all of it is of such a kind: short, a paragraph of its own, and worded as no sentence of an
//! article is. What is not found, a person marks in a second; what is found wrongly would be left out unseen.

mod phrases;

use std::sync::LazyLock;

use ascribe_schema::{Offset, Span, Text};
use regex::{Regex, RegexSet};

use self::phrases::{AGENCIES, BY, CALLS, CREDITS, LETTERS, LINKS, OWNERS, PLAIN_LINKS};
use crate::snap::cuts_cluster;

/// The longest line that is looked at, in bytes.
const LONGEST: usize = 400;
/// The longest call to subscribe or share, in bytes.
const SHORT: usize = 140;
/// In so many lines that hold something, from the start, bylines and datelines are looked for.
const FIRST: usize = 8;
/// A line shorter than this was not broken because it was full.
const FULL: usize = 50;

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// Lines and parts of lines that are probably not the article, in the order of the text.
    pub spans: Vec<Span>,
    /// Who wrote the article, if a line says so.
    pub byline: String,
    /// Where it was written, if it begins with that.
    pub dateline: String,
}

/// What in the `text` of an article with that `title` is probably not the article.
pub(super) fn propose(text: &str, title: &str) -> Found {
    let mut found = Found::default();
    let mut bytes = Vec::new();
    let lines: Vec<&str> = text.split('\n').collect();
    let (mut at, mut number) = (0, 0);
    for (index, line) in lines.iter().enumerate() {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len() + 1;
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        number += 1;
        // The headline is one, whatever it says.
        if number == 1 && line.contains(title.trim()) {
            continue;
        }
        let alone = || is_alone(&lines, index);
        if number <= FIRST
            && let Some(dateline) = DATELINE.captures(line)
            && let (Some(all), Some(place)) = (dateline.get(0), dateline.get(1))
            && is_dateline(&dateline, line)
        {
            bytes.push((start, start + all.as_str().trim_end().len()));
            fill(&mut found.dateline, place.as_str());
        } else if number <= FIRST
            && alone()
            && let Some(name) = byline(line)
        {
            bytes.push((start, start + line.len()));
            fill(&mut found.byline, name);
        } else if line.len() <= LONGEST && is_paratext(line) && alone() {
            bytes.push((start, start + line.len()));
        }
    }
    found.spans = spans(text, &bytes);
    found
}

fn fill(field: &mut String, value: &str) {
    if field.is_empty() {
        value.trim().clone_into(field);
    }
}

/// Ranges of bytes as spans, but for those that would cut a visible character.
fn spans(text: &str, bytes: &[(usize, usize)]) -> Vec<Span> {
    if bytes.is_empty() {
        return Vec::new();
    }
    let text = Text::new(text);
    let offset = |byte| text.offset_of_byte(byte).unwrap_or(Offset::ZERO);
    let spans = bytes.iter().map(|&(start, end)| Span { start: offset(start), end: offset(end) });
    spans.filter(|span| ![span.start, span.end].iter().any(|&offset| cuts_cluster(&text, offset))).collect()
}

/// Whether a line is a paragraph of its own, and not a part of one that is broken into lines.
fn is_alone(lines: &[&str], index: usize) -> bool {
    let before = index.checked_sub(1).map_or("", |before| lines[before].trim());
    let after = lines.get(index + 1).map_or("", |after| after.trim());
    let ended = before.len() < FULL || before.ends_with(['.', '!', '?', ':', '”', '"', '»', '…', ')', '؟', '。']);
    ended && !after.starts_with(char::is_lowercase)
}

/// As the patterns want it.
fn folded(line: &str) -> String {
    let sides = |c: char| c.is_whitespace() || "•-–—*_>→»›|[]()#▶►◄★".contains(c);
    let words = line.trim_matches(sides).to_lowercase().replace(['’', '‘'], "'");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

static CALL: LazyLock<RegexSet> = LazyLock::new(|| regex_set(CALLS.iter().map(|pattern| whole(pattern))));
static LINE: LazyLock<RegexSet> = LazyLock::new(|| {
    let patterns = CREDITS.iter().chain(OWNERS).map(|pattern| whole(pattern));
    regex_set(patterns.chain([format!(r"^{PLAIN_LINKS}\b"), format!("^{LINKS} ?[:|>»]"), LETTERS.to_owned()]))
});

/// A link before a headline: the next word has a capital, or is quoted, and the line does not end as a sentence.
static HEADLINE: LazyLock<Regex> = LazyLock::new(|| regex(&format!(r"^(?i:{LINKS})(?: [–—-])? [\p{{Lu}}“«\x22\d]")));
static LINK: LazyLock<Regex> = LazyLock::new(|| regex(&format!("^{LINKS}[.!…»>]*$")));
/// Agency and photographer at the end of what is under a picture.
static PICTURED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:\b(?:REUTERS|AFP|AP Photo|EPA(?:-EFE)?|Xinhua|ZUMA|dpa|Anadolu)\s?/\s?\p{Lu}[\p{L} .'’-]{2,40}|/\s?(?:Getty Images|AFP|REUTERS|Reuters|dpa|Shutterstock|AP))\)?\.?$",
    )
});
static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    let place = r"\p{Lu}[\p{L}.'’-]*(?:[ ,/]+\p{Lu}[\p{L}.'’-]*){0,4}";
    let date = r"(?:,? ?\d{0,2}\.? ?\p{L}{3,9}\.? ?\d{0,2}(?:st|nd|rd|th)?(?:,? \d{4})?)?";
    regex(&format!(r"^({place}{date}(?: ?[(/]({AGENCIES})(?: ?[/,-] ?[\p{{L}} ]{{2,20}})?\)?)?) ?(?:--|[-–—:])\s+"))
});

/// A pattern for all of a line, which may end with a stop.
fn whole(pattern: &str) -> String {
    format!("^(?:{pattern})[.:…]?$")
}

fn regex(pattern: &str) -> Regex {
    #[expect(clippy::expect_used, reason = "the patterns are part of the program, and each test uses them")]
    Regex::new(pattern).expect("a pattern of the program")
}

fn regex_set(patterns: impl IntoIterator<Item = String>) -> RegexSet {
    #[expect(clippy::expect_used, reason = "the patterns are part of the program, and each test uses them")]
    RegexSet::new(patterns).expect("patterns of the program")
}

/// Whether all of a line is something else than the article.
fn is_paratext(line: &str) -> bool {
    let folded = folded(line);
    if folded == "see also" {
        // The heading of a part.
        return false;
    }
    let headline = || HEADLINE.is_match(line) && !line.ends_with(['.', '!']);
    let worded = folded.len() <= SHORT && CALL.is_match(&folded) || LINE.is_match(&folded);
    worded && !is_told(line) || LINK.is_match(&folded) || headline() || PICTURED.is_match(line)
}

/// Whether somebody is said to have said it, so that it is part of the article after all.
fn is_told(line: &str) -> bool {
    static TOLD: LazyLock<Regex> = LazyLock::new(|| {
        regex(r"[“”«»\x22].*\b(?i:said|says|told|wrote|asked|dit|déclaré|sagte|dijo|disse|ha detto)\b")
    });
    TOLD.is_match(line)
}

/// The names in a line that says nothing but who wrote the article.
fn byline(line: &str) -> Option<&str> {
    let name = BY.iter().find_map(|by| line.strip_prefix(by)?.strip_prefix([' ', '\u{a0}']))?;
    let words: Vec<_> = name.split_whitespace().collect();
    let linking = |word: &str| {
        ["and", "with", "in", "of", "for", "de", "van", "von", "der", "und", "et", "y", "e", "&", "|"].contains(&word)
    };
    let is_name = |word: &&str| linking(word) || word.starts_with(char::is_uppercase) || word.starts_with(is_arabic);
    let enough = (2..=10).contains(&words.len()) && words.iter().filter(|word| !linking(word)).count() >= 2;
    (enough && words.iter().all(is_name) && !name.ends_with(['.', '!', '?', ':', '”', ';'])).then_some(name)
}

fn is_arabic(c: char) -> bool {
    ('\u{600}'..='\u{6ff}').contains(&c)
}

/// Whether what looks like a dateline is one: an agency is named, or the place is in capitals and what follows is
/// no dialogue and no heading.
fn is_dateline(found: &regex::Captures<'_>, line: &str) -> bool {
    const HEADS: [&str; 14] = [
        "CHAPTER",
        "PART",
        "NOTE",
        "UPDATE",
        "BREAKING",
        "EXCLUSIVE",
        "ANALYSIS",
        "OPINION",
        "VIDEO",
        "WATCH",
        "BOOK",
        "SCENE",
        "ACT",
        "TL",
    ];
    let (Some(all), Some(place)) = (found.get(0), found.get(1)) else { return false };
    let rest = &line[all.end()..];
    if rest.chars().count() < FULL {
        return false;
    }
    let named = found.get(2).is_some();
    let city = place.as_str().split([',', '(', '/']).next().unwrap_or_default().trim();
    let capitals = city.chars().filter(|c| c.is_alphabetic()).count() > 2 && !city.contains(char::is_lowercase);
    let dashed = all.as_str().trim_end().ends_with(['–', '—']) || all.as_str().trim_end().ends_with("--");
    let heading = city.split(' ').any(|word| HEADS.contains(&word));
    let opens = rest.starts_with(|c: char| c.is_uppercase() || "“\"«".contains(c));
    let dated = place.as_str().contains(|c: char| c.is_ascii_digit());
    named && opens || capitals && !heading && opens && (dashed || dated)
}

#[cfg(test)]
mod tests;
