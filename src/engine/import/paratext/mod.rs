//! Lines that are not the article.
//!
//! A line counts only if all of it is of such a kind: short, a paragraph of its own, and worded as no sentence of an
//! article is. What is not found, a person marks in a second; what is found wrongly would be left out unseen.

mod phrases;

use std::sync::LazyLock;

use ascribe_schema::{Offset, Span, Text};
use regex::{Regex, RegexSet};

use self::phrases::{AGENCIES, BY, CALLS, CREDITS, LETTERS, LINKS, MAKERS, OWNERS, PLAIN_LINKS};
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
    let mut lines = text.split('\n').peekable();
    let (mut at, mut number, mut previous) = (0, 0, "");
    while let Some(line) = lines.next() {
        let before = std::mem::replace(&mut previous, line).trim();
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
        let after = lines.peek().map_or("", |after| after.trim());
        let alone = || is_alone(before, after);
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
fn is_alone(before: &str, after: &str) -> bool {
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
static OWNED: LazyLock<RegexSet> =
    LazyLock::new(|| regex_set(OWNERS.iter().map(|pattern| whole(pattern)).chain([LETTERS.to_owned()])));
static LINE: LazyLock<RegexSet> = LazyLock::new(|| {
    let patterns = CREDITS.iter().map(|pattern| whole(pattern));
    regex_set(patterns.chain([format!(r"^{PLAIN_LINKS}\b"), format!("^{LINKS} ?[:|>»]")]))
});

/// A link before a headline: the next word has a capital, or is quoted, and the line does not end as a sentence.
static HEADLINE: LazyLock<Regex> = LazyLock::new(|| regex(&format!(r"^(?i:{LINKS})(?: [–—-])? [\p{{Lu}}“«\x22\d]")));
/// Those links that a name or a sentence could go on from, too.
static OPEN: LazyLock<Regex> = LazyLock::new(|| {
    regex("^(?i:related|recommended|more from|more stories|don't miss|most |trending|top stories|up next)")
});
/// Who made a picture: nothing but names.
static MAKER: LazyLock<Regex> = LazyLock::new(|| {
    let name =
        r"(?:@?\p{Lu}[\p{L}\d.'’/-]*|@\w+|[\u{600}-\u{6ff}]+|of|the|and|for|on|via|de|di|del|la|von|van|der|[/&|])";
    regex(&format!(r"^(?i:{MAKERS}) {name}(?:,? {name}){{0,9}}\.?$"))
});
static LINK: LazyLock<Regex> = LazyLock::new(|| regex(&format!("^{LINKS}[.!…»>]*$")));
static AGENCY: LazyLock<Regex> = LazyLock::new(|| regex(&format!("^{AGENCIES}$")));
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
    let ended = || line.trim_end_matches(['”', '"', '»', '’', ')']).ends_with(['.', '!', '?']);
    let headline = || HEADLINE.is_match(line) && !OPEN.is_match(line) && !ended() && !is_told(line);
    let worded = folded.len() <= SHORT && CALL.is_match(&folded) || OWNED.is_match(&folded);
    worded && !is_sentence(&folded)
        || LINE.is_match(&folded) && !is_told(line)
        || LINK.is_match(&folded)
        || headline()
        || MAKER.is_match(line)
        || PICTURED.is_match(line)
}

/// Whether a line says what somebody says, or goes on to tell what came of it.
fn is_sentence(folded: &str) -> bool {
    static SAYS: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"\b(?:said|says|told|tells|wrote|writes|asked|added|warned|urged|argued|claimed|denied|insisted|begged|ordered|announced|ruled|recalled|replied|he|she|dit|déclaré|sagte|dijo|disse|ha detto)\b",
        )
    });
    static GOES_ON: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"\band (?:it |they |has |was |later |then )*(?:\p{L}+ed|was|were|has|had|is|are|sold|won|led|made|became|drew|set|went|got)\b",
        )
    });
    let granted = ["republished", "reprinted", "permission", "creative commons", "updated", "translated"];
    SAYS.is_match(folded) || GOES_ON.is_match(folded) && !granted.iter().any(|word| folded.contains(word))
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
    let joining = |word: &&str| ["and", "with", "und", "et", "y", "e", "&", "|"].contains(word);
    let linking = |word: &&str| ["in", "of", "for", "de", "van", "von", "der"].contains(word) || joining(word);
    let is_name = |word: &&str| word.starts_with(char::is_uppercase) || word.starts_with(is_arabic);
    // “By Land and Sea” names nobody, and “Von der Leyen” is a name that does not follow a word.
    let people = words.split(joining).all(|person| {
        let names = || person.iter().filter(|word| !linking(word));
        person.first().is_some_and(is_name)
            && (names().count() >= 2 || names().all(|name| AGENCY.is_match(name) || name.starts_with(is_arabic)))
    });
    let enough = (2..=10).contains(&words.len()) && words.iter().all(|word| linking(word) || is_name(word));
    (enough && people && !name.ends_with(['.', '!', '?', ':', '”', ';'])).then_some(name)
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
