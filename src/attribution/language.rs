//! Which language a text is in, and which rules read it.

use std::{collections::HashMap, hash::BuildHasherDefault, sync::LazyLock};

use whatlang::Lang;

use crate::lexicon::Fnv;

/// The most of a text whose words are counted, in bytes, in parts from all over it.
const GLANCED_AT: usize = 1200;
/// The most of it whose letters are looked at, where its words do not tell.
const LOOKED_AT: usize = 4800;
/// How many parts that is.
const PARTS: usize = 6;
/// How many frequent words make a language clear.
const CLEAR: u32 = 5;

/// The language by whose rules a text is read; nothing where there are no rules for it.
///
/// `tag` is a BCP 47 tag; without one, the language is found out.
pub fn language(text: &str, tag: Option<&str>) -> Option<&'static str> {
    match tag.map(str::trim).filter(|tag| !tag.is_empty() && *tag != "und") {
        Some(tag) => {
            let primary = tag.split(['-', '_']).next().unwrap_or_default();
            KNOWN.into_iter().find(|known| known.eq_ignore_ascii_case(primary))
        }
        None => found_out(text),
    }
}

/// The languages that have rules.
const KNOWN: [&str; 5] = ["en", "de", "fr", "es", "ar"];

/// The language of a text as a BCP 47 tag; nothing where that is unsure.
#[must_use]
pub fn detect(text: &str) -> Option<&'static str> {
    by_words(text, CLEAR).or_else(|| {
        let found = whatlang::detect(&sample(text, LOOKED_AT, PARTS).join("\n"))?;
        found.is_reliable().then(|| tag(found.lang()))
    })
}

/// The language by whose rules a text of an unknown one is read: what is short is read by the likeliest rules, because
/// its quote marks alone would tell less.
fn found_out(text: &str) -> Option<&'static str> {
    let found = detect(text).or_else(|| by_words(text, 1)).or_else(|| {
        let found = whatlang::detect(&sample(text, LOOKED_AT, PARTS).join("\n"))?;
        Some(tag(found.lang()))
    })?;
    KNOWN.contains(&found).then_some(found)
}

/// The language by its most frequent words, which is fast; nothing where there are fewer than `least`, or where they do
/// not tell.
fn by_words(text: &str, least: u32) -> Option<&'static str> {
    let mut counts = [0_u32; KNOWN.len()];
    let mut words = 0_u32;
    for part in sample(text, GLANCED_AT, PARTS) {
        for word in part.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
            words += 1;
            if let Some(number) = BY_WORD.get(word) {
                counts[*number] += 1;
            }
        }
    }
    let best = (0..counts.len()).max_by_key(|number| counts[*number])?;
    let second = (0..counts.len()).filter(|number| *number != best).map(|number| counts[number]).max()?;
    let clear = counts[best] >= least && counts[best] > second * 2 && counts[best] * 9 > words;
    clear.then_some(KNOWN[best])
}

/// Parts from all over the text that have so many bytes together; all of a text that is no longer.
fn sample(text: &str, length: usize, parts: usize) -> Vec<&str> {
    if text.len() <= length {
        return vec![text];
    }
    let part = |number: usize| {
        let start = text.ceil_char_boundary(number * (text.len() / parts));
        let end = text.floor_char_boundary((start + length / parts).min(text.len()));
        text.get(start..end).unwrap_or_default()
    };
    (0..parts).map(part).collect()
}

/// Which language each of the frequent words is of.
static BY_WORD: LazyLock<HashMap<&str, usize, BuildHasherDefault<Fnv>>> = LazyLock::new(|| {
    FREQUENT.iter().enumerate().flat_map(|(number, words)| words.iter().map(move |word| (*word, number))).collect()
});

/// The most frequent words of each language that the others do not have, in the order of [`KNOWN`].
const FREQUENT: [&[&str]; KNOWN.len()] = [
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

/// The tag is the shortest code that the language has.
fn tag(language: Lang) -> &'static str {
    match language {
        Lang::Afr => "af",
        Lang::Aka => "ak",
        Lang::Amh => "am",
        Lang::Ara => "ar",
        Lang::Aze => "az",
        Lang::Bel => "be",
        Lang::Ben => "bn",
        Lang::Bul => "bg",
        Lang::Cat => "ca",
        Lang::Ces => "cs",
        Lang::Cmn => "zh",
        Lang::Cym => "cy",
        Lang::Dan => "da",
        Lang::Deu => "de",
        Lang::Ell => "el",
        Lang::Eng => "en",
        Lang::Epo => "eo",
        Lang::Est => "et",
        Lang::Fin => "fi",
        Lang::Fra => "fr",
        Lang::Guj => "gu",
        Lang::Heb => "he",
        Lang::Hin => "hi",
        Lang::Hrv => "hr",
        Lang::Hun => "hu",
        Lang::Hye => "hy",
        Lang::Ind => "id",
        Lang::Ita => "it",
        Lang::Jav => "jv",
        Lang::Jpn => "ja",
        Lang::Kan => "kn",
        Lang::Kat => "ka",
        Lang::Khm => "km",
        Lang::Kor => "ko",
        Lang::Lat => "la",
        Lang::Lav => "lv",
        Lang::Lit => "lt",
        Lang::Mal => "ml",
        Lang::Mar => "mr",
        Lang::Mkd => "mk",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Nld => "nl",
        Lang::Nob => "nb",
        Lang::Ori => "or",
        Lang::Pan => "pa",
        Lang::Pes => "fa",
        Lang::Pol => "pl",
        Lang::Por => "pt",
        Lang::Ron => "ro",
        Lang::Rus => "ru",
        Lang::Sin => "si",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Sna => "sn",
        Lang::Spa => "es",
        Lang::Srp => "sr",
        Lang::Swe => "sv",
        Lang::Tam => "ta",
        Lang::Tel => "te",
        Lang::Tgl => "tl",
        Lang::Tha => "th",
        Lang::Tuk => "tk",
        Lang::Tur => "tr",
        Lang::Ukr => "uk",
        Lang::Urd => "ur",
        Lang::Uzb => "uz",
        Lang::Vie => "vi",
        Lang::Yid => "yi",
        Lang::Zul => "zu",
    }
}

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
    fn sure_languages_are_named_and_others_are_not() {
        for (text, language) in [
            ("The minister said on Tuesday that the government would not accept the report.", Some("en")),
            ("Le ministre a déclaré mardi que la France ne céderait pas aux pressions des syndicats.", Some("fr")),
            ("Das können wir nicht einfach übernehmen, sagte der Ministerpräsident nach der Sitzung.", Some("de")),
            ("أعلن رئيس الوزراء يوم الثلاثاء أن الحكومة لن تغير اقتراحها", Some("ar")),
            (
                "Премьер-министр заявил во вторник, что правительство не изменит своего предложения. Мы не можем уступить давлению, сказал он журналистам. По данным опроса, большинство граждан хотят перемен, но не знают, какими они должны быть.",
                Some("ru"),
            ),
            ("总理周二表示，政府不会改变其提案。", Some("zh")),
            ("首相は火曜日、政府は提案を変更しないと述べた。", Some("ja")),
            ("Ok", None),
            ("12 : 3", None),
            ("", None),
        ] {
            assert_eq!(detect(text), language, "{text}");
        }
    }

    #[test]
    fn all_of_a_long_text_counts() {
        let quoted = "Le ministre a déclaré mardi que la France ne céderait pas aux pressions. ";
        let rest = "The minister said on Tuesday that the government would not accept the report. Officials near the \
            station had not been informed, and nobody could say why the harbour was closed. “We do not think that it \
            is fair,” she told reporters outside the parliament, and refused to answer any further questions. In \
            spring the council will decide whether ships may come back. ";
        assert_eq!(detect(&format!("{quoted}{}", rest.repeat(10_000))), Some("en"));
    }
}
