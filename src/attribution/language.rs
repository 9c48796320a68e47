//! Which language a text is in, and which rules read it.

use std::{collections::HashMap, hash::BuildHasherDefault, sync::LazyLock};

use whatlang::{Detector, Lang};

use crate::lexicon::Fnv;

/// The most of a text that is looked at, in bytes, in parts from all over it.
const LOOKED_AT: usize = 1200;
/// How many parts that is.
const PARTS: usize = 4;

/// The language by whose rules a text is read; nothing where there are no rules for it.
///
/// `tag` is a BCP 47 tag; without one, the language is found out.
pub fn language(text: &str, tag: Option<&str>) -> Option<&'static str> {
    match tag.map(str::trim).filter(|tag| !tag.is_empty() && *tag != "und") {
        Some(tag) => {
            let primary = tag.split(['-', '_']).next().unwrap_or_default();
            KNOWN.iter().find(|(known, _)| known.eq_ignore_ascii_case(primary)).map(|(known, _)| *known)
        }
        None => found_out(text),
    }
}

/// The languages that have rules, with what the detector calls them.
const KNOWN: [(&str, Lang); 5] =
    [("en", Lang::Eng), ("de", Lang::Deu), ("fr", Lang::Fra), ("es", Lang::Spa), ("ar", Lang::Ara)];

/// By frequent words, which is fast and right for nearly all texts; by their letters where words do not tell.
fn found_out(text: &str) -> Option<&'static str> {
    let sample = sample(text);
    let mut counts = [0_u32; 5];
    let mut words = 0_u32;
    for word in sample.iter().flat_map(|part| part.split(|c: char| !c.is_alphabetic())).filter(|word| !word.is_empty())
    {
        words += 1;
        if let Some(number) = BY_WORD.get(word) {
            counts[*number] += 1;
        }
    }
    let best = (0..counts.len()).max_by_key(|number| counts[*number])?;
    let second = (0..counts.len()).filter(|number| *number != best).map(|number| counts[number]).max()?;
    let clear = counts[best] >= 5 && counts[best] > second * 2 && counts[best] * 9 > words;
    if clear || (words < 12 && counts[best] > 0 && second == 0) {
        return Some(KNOWN[best].0);
    }
    let found = Detector::new().detect(&sample.join(" "))?;
    // What is short is read by the likeliest rules: marks alone would lose more.
    KNOWN.iter().find(|(_, lang)| *lang == found.lang()).map(|(known, _)| *known)
}

/// Parts of the text.
fn sample(text: &str) -> Vec<&str> {
    if text.len() <= LOOKED_AT {
        return vec![text];
    }
    let part = |number: usize| {
        let start = text.ceil_char_boundary(number * (text.len() / PARTS));
        let end = text.floor_char_boundary((start + LOOKED_AT / PARTS).min(text.len()));
        text.get(start..end).unwrap_or_default()
    };
    (0..PARTS).map(part).collect()
}

/// Which language each of the frequent words is of.
static BY_WORD: LazyLock<HashMap<&str, usize, BuildHasherDefault<Fnv>>> = LazyLock::new(|| {
    FREQUENT.iter().enumerate().flat_map(|(number, words)| words.iter().map(move |word| (*word, number))).collect()
});

/// The most frequent words of each language that the others do not have, in the order of [`KNOWN`].
const FREQUENT: [&[&str]; 5] = [
    &[
        "the", "The", "of", "and", "to", "that", "is", "was", "for", "with", "it", "by", "are", "he", "his", "at",
        "which", "from", "has", "have", "not", "be", "who", "they", "but", "said",
    ],
    &[
        "der", "die", "Die", "und", "den", "von", "das", "Das", "mit", "ist", "sich", "dem", "nicht", "ein", "eine",
        "auf", "für", "im", "zu", "wurde", "als", "auch", "Der", "dass", "einen", "einer", "bei", "nach", "hat",
    ],
    &[
        "le", "les", "et", "des", "du", "dans", "une", "est", "pour", "au", "qui", "pas", "par", "sur", "ne", "avec",
        "ce", "il", "sont", "aux", "cette", "Le", "Les", "ont", "d", "qu", "été",
    ],
    &[
        "el", "El", "los", "las", "y", "del", "por", "más", "su", "pero", "sus", "este", "fue", "esta", "han", "según",
        "también", "Los", "una", "con", "dijo", "sobre", "desde", "hay", "muy", "está", "ya",
    ],
    &[
        "في", "من", "على", "إلى", "أن", "عن", "التي", "الذي", "مع", "هذا", "هذه", "بعد", "ما", "كما", "بين", "قال",
        "لا", "كان", "إن", "أو", "ذلك", "عبر", "وقال",
    ],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_decides_where_there_is_one() {
        for (tag, expected) in [
            ("de", Some("de")),
            ("de-AT", Some("de")),
            ("EN_us", Some("en")),
            ("zh-Hans", None),
            ("pt", None),
            ("und", Some("en")),
            ("", Some("en")),
        ] {
            let text = "The minister said on Tuesday that the government would not accept the report.";
            assert_eq!(language(text, Some(tag)), expected, "{tag}");
        }
    }

    #[test]
    fn without_a_tag_the_language_is_found_out() {
        for (text, expected) in [
            ("The minister said on Tuesday that the government would not accept the report.", Some("en")),
            ("“No,” he said.", Some("en")),
            ("Das können wir nicht einfach übernehmen, sagte der Ministerpräsident nach der Sitzung.", Some("de")),
            ("Le ministre a déclaré mardi que la France ne céderait pas aux pressions des syndicats.", Some("fr")),
            (
                "El ministro aseguró este martes que el Gobierno no va a cambiar su propuesta para los presupuestos.",
                Some("es"),
            ),
            ("أعلن رئيس الوزراء يوم الثلاثاء أن الحكومة لن تغير اقتراحها", Some("ar")),
            ("Премьер-министр заявил во вторник, что правительство не изменит своего предложения.", None),
            ("总理周二表示，政府不会改变其提案。", None),
            ("12 : 3", None),
            ("", None),
        ] {
            assert_eq!(language(text, None), expected, "{text}");
        }
    }

    #[test]
    fn all_of_a_long_text_counts() {
        let start = "Le ministre a déclaré mardi que la France ne céderait pas aux pressions. ";
        let rest = "The minister said that it was not fair, and he refused to answer the questions of the press. ";
        assert_eq!(language(&format!("{start}{}", rest.repeat(1000)), None), Some("en"));
    }
}
