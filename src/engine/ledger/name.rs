//! When two names are one: by case, spaces, articles, titles, and the possessive.

/// Words that stand before a name and are no part of it, in the languages that most articles come in.
const ARTICLES: &[&str] = &[
    "the", "a", "an", "der", "die", "das", "dem", "den", "des", "le", "la", "les", "el", "los", "las", "il", "lo",
    "gli",
];

/// Titles, with one space between their words. What is left must still be a name.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "president",
    "vice president",
    "prime minister",
    "foreign minister",
    "defence minister",
    "defense minister",
    "minister",
    "secretary",
    "senator",
    "sen",
    "rep",
    "representative",
    "congressman",
    "congresswoman",
    "governor",
    "gov",
    "mayor",
    "judge",
    "justice",
    "general",
    "gen",
    "colonel",
    "col",
    "major",
    "maj",
    "captain",
    "capt",
    "lieutenant",
    "lt",
    "sergeant",
    "sgt",
    "admiral",
    "chancellor",
    "king",
    "queen",
    "prince",
    "princess",
    "pope",
    "bishop",
    "archbishop",
    "cardinal",
    "rabbi",
    "imam",
    "sheikh",
    "ambassador",
    "herr",
    "frau",
    "m",
    "mme",
    "mlle",
    "monsieur",
    "madame",
    "señor",
    "señora",
    "sr",
    "sra",
    "don",
    "doña",
    "signor",
    "signora",
    "präsident",
    "präsidentin",
    "président",
    "présidente",
    "presidente",
    "presidenta",
    "ministre",
    "ministro",
    "ministra",
];

/// Words that stand for somebody without naming or describing them.
const PRONOUNS: &[&str] = &[
    "i", "he", "she", "it", "we", "they", "you", "him", "her", "them", "us", "me", "who", "this", "that", "one",
    "both", "others", "someone", "somebody", "everyone", "many", "some", "er", "sie", "es", "wir", "ich", "man", "il",
    "elle", "ils", "elles", "on", "je", "nous", "él", "ella", "ellos", "ellas", "yo", "هو", "هي", "هم", "نحن",
];

/// What a name is known by: its words in lower case, one space between them, without a leading article or title and
/// without a possessive at its end.
pub(super) fn key(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut rest = words.as_slice();
    while let Some(shorter) = without_article(rest).or_else(|| without_title(rest)) {
        rest = shorter;
    }
    let joined = rest.join(" ");
    let trimmed =
        joined.trim_matches(|c: char| c.is_ascii_punctuation() || matches!(c, '“' | '”' | '’' | '‘' | '«' | '»'));
    let trimmed = if trimmed.is_empty() { &*joined } else { trimmed };
    without_possessive(trimmed).to_lowercase()
}

fn without_article<'a, 'b>(words: &'a [&'b str]) -> Option<&'a [&'b str]> {
    let (first, rest) = words.split_first()?;
    (!rest.is_empty() && ARTICLES.contains(&first.to_lowercase().as_str())).then_some(rest)
}

/// The words behind a title, where these are a name of their own: “Minister of Defence” stays as it is.
fn without_title<'a, 'b>(words: &'a [&'b str]) -> Option<&'a [&'b str]> {
    (1..=2).rev().find_map(|length| {
        let (title, rest) = words.split_at_checked(length)?;
        let title = title.join(" ").to_lowercase();
        let names = rest.first().is_some_and(|word| is_name(word));
        (names && TITLES.contains(&title.trim_end_matches('.'))).then_some(rest)
    })
}

fn without_possessive(name: &str) -> &str {
    let cut = ["'s", "’s", "'", "’"].into_iter().find_map(|ending| name.strip_suffix(ending));
    cut.filter(|rest| !rest.is_empty()).unwrap_or(name)
}

/// Whether a word is written as names are; scripts without capitals write all words so.
fn is_name(word: &str) -> bool {
    word.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase())
}

/// Whether a name is nothing but a pronoun.
pub(super) fn is_pronoun(name: &str) -> bool {
    PRONOUNS.contains(&name.trim().to_lowercase().as_str())
}

/// Whether any word but the first is written as a name, or the first one and all are few: a description such as “a
/// senior official” has none.
pub(super) fn has_name(name: &str) -> bool {
    let words: Vec<_> = name.split_whitespace().collect();
    let rest = without_article(&words).unwrap_or(&words);
    rest.iter().any(|word| is_name(word))
}

/// The name before an apposition, such as “Benny Gantz” of “Benny Gantz, the defence minister”; nothing where what is
/// behind the comma may be another name.
pub(super) fn before_apposition(name: &str) -> Option<&str> {
    let (before, behind) = name.split_once(',')?;
    let small = behind.trim_start().chars().next().is_some_and(char::is_lowercase);
    (small && !behind.contains(" and ") && has_name(before)).then(|| before.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_one_have_one_key() {
        for (name, expected) in [
            ("Benny Gantz", "benny gantz"),
            ("  Benny\u{a0}Gantz ", "benny gantz"),
            ("BENNY GANTZ", "benny gantz"),
            ("Benny Gantz’s", "benny gantz"),
            ("the workers’", "workers"),
            ("the Foreign Ministry's", "foreign ministry"),
            ("Mr. Gantz", "gantz"),
            ("Mr Gantz", "gantz"),
            ("President Joe Biden", "joe biden"),
            ("the Prime Minister Boris Johnson", "boris johnson"),
            ("Prof. Dr. Meyer", "meyer"),
            ("the President", "president"),
            ("Minister of Defence", "minister of defence"),
            ("The Hague", "hague"),
            ("The", "the"),
            ("A.", "a"),
            ("Die Zeit", "zeit"),
            ("رئيس الوزراء", "رئيس الوزراء"),
            ("", ""),
            ("’s", "s"),
            ("“", "“"),
        ] {
            assert_eq!(key(name), expected, "{name}");
        }
    }

    #[test]
    fn pronouns_and_descriptions_are_no_names() {
        for (name, pronoun, named) in [
            ("he", true, false),
            ("They", true, true),
            ("a senior official", false, false),
            ("The ministry spokesman", false, false),
            ("the Foreign Ministry", false, true),
            ("officials in Rabat", false, true),
            ("الوزير", false, true),
        ] {
            assert_eq!((is_pronoun(name), has_name(name)), (pronoun, named), "{name}");
        }
    }

    #[test]
    fn appositions_are_told_from_lists() {
        for (name, before) in [
            ("Benny Gantz, the defence minister", Some("Benny Gantz")),
            ("Benny Gantz, who heads the party", Some("Benny Gantz")),
            ("Smith, Jones", None),
            ("Smith, the baker, and Jones", None),
            ("officials, the ministry said", None),
            ("Gantz", None),
        ] {
            assert_eq!(before_apposition(name), before, "{name}");
        }
    }
}
