//! Which language a text is in.

use whatlang::Lang;

/// The most of a text that is looked at, in characters: parts from all over it.
const LOOKED_AT: usize = 4800;
/// How many parts that is.
const PARTS: usize = 6;

/// The language of `text` as a BCP 47 tag; nothing where that is unsure.
pub(super) fn detect(text: &str) -> Option<String> {
    let found = whatlang::detect(&sample(text)).filter(whatlang::Info::is_reliable)?;
    Some(tag(found.lang()).to_owned())
}

/// The text, or parts from all over it.
fn sample(text: &str) -> std::borrow::Cow<'_, str> {
    if text.len() <= LOOKED_AT {
        return text.into();
    }
    let part = |number: usize| {
        let start = text.floor_char_boundary(number * (text.len() / PARTS));
        // A character has up to four bytes, but most texts that are long have one.
        let end = text.floor_char_boundary((start + LOOKED_AT / PARTS).min(text.len()));
        &text[start..end]
    };
    (0..PARTS).map(part).collect::<Vec<_>>().join("\n").into()
}

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
            assert_eq!(detect(text).as_deref(), language, "{text}");
        }
    }

    #[test]
    fn all_of_a_long_text_counts() {
        let quoted = "Le ministre a déclaré mardi que la France ne céderait pas aux pressions. ";
        let rest = "The minister said on Tuesday that the government would not accept the report. Officials near the \
            station had not been informed, and nobody could say why the harbour was closed. “We do not think that it \
            is fair,” she told reporters outside the parliament, and refused to answer any further questions. In \
            spring the council will decide whether ships may come back. ";
        assert_eq!(detect(&format!("{quoted}{}", rest.repeat(10_000))).as_deref(), Some("en"));
    }
}
