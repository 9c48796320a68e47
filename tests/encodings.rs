//! Texts in any encoding: the right characters, or a person is told that it was a guess.

use ascribe_engine::{Article, DoubtKind, ImportError, Options, read};
use ascribe_tests::shared;
use encoding_rs::Encoding;
use proptest::prelude::*;

/// A few sentences in each of many languages, made up for these tests.
const TEXTS: &str = include_str!("fixtures/languages.tsv");

fn texts() -> impl Iterator<Item = (&'static str, &'static str)> {
    TEXTS.lines().map(|line| line.split_once('\t').unwrap())
}

fn text(language: &str) -> &'static str {
    texts().find(|(name, _)| *name == language).unwrap().1
}

/// With the marks of ASCII, which older encodings have.
fn plain(text: &str) -> String {
    let marks = [
        ('’', "'"),
        ('‘', "'"),
        ('“', "\""),
        ('”', "\""),
        ('„', "\""),
        ('«', "\""),
        ('»', "\""),
        ('—', "-"),
        ('–', "-"),
        ('…', "..."),
    ];
    marks.into_iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// The text in that encoding; nothing where it has not all characters.
fn encoded(text: &str, encoding: &str) -> Option<Vec<u8>> {
    match encoding {
        "utf-16le" => return Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        "utf-16be" => return Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        _ => {}
    }
    let (bytes, _, missing) = Encoding::for_label(encoding.as_bytes()).unwrap().encode(text);
    (!missing).then(|| bytes.into_owned())
}

fn decoded(bytes: &[u8], encoding: Option<&str>) -> Result<Article, ImportError> {
    let options = Options { encoding: encoding.map(str::to_owned), ..Options::default() };
    read("a.txt", bytes, &options).map(|mut articles| articles.remove(0))
}

/// Whether the encoding was recognised without any doubt; an article that is wrong must say that it is unsure.
fn is_sure(text: &str, bytes: &[u8], what: &str) -> bool {
    let article = decoded(bytes, None).unwrap();
    let unsure = article.doubts.iter().any(|doubt| doubt.kind == DoubtKind::UnsureEncoding);
    assert!(unsure || article.text == text, "{what}: sure to be {}, but it reads {}", article.encoding, article.text);
    !unsure
}

const ENCODINGS: [&str; 34] = [
    "utf-16le",
    "utf-16be",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "windows-874",
    "iso-8859-2",
    "iso-8859-3",
    "iso-8859-4",
    "iso-8859-5",
    "iso-8859-6",
    "iso-8859-7",
    "iso-8859-8-i",
    "iso-8859-10",
    "iso-8859-13",
    "iso-8859-14",
    "iso-8859-15",
    "iso-8859-16",
    "koi8-r",
    "koi8-u",
    "ibm866",
    "macintosh",
    "x-mac-cyrillic",
    "gbk",
    "big5",
    "euc-jp",
    "shift_jis",
    "euc-kr",
];

/// Whether anybody writes that language in that encoding: those for one language have some letters of many.
fn is_used(language: &str, encoding: &str) -> bool {
    match encoding {
        "windows-1258" => language == "vi",
        "gbk" => ["zh", "zht"].contains(&language),
        "big5" => language == "zht",
        "euc-jp" | "shift_jis" => language == "ja",
        "euc-kr" => language == "ko",
        _ => true,
    }
}

#[test]
fn a_named_encoding_gives_exactly_the_text() {
    for (language, text) in texts() {
        for encoding in ENCODINGS {
            for text in [text.to_owned(), plain(text)] {
                let Some(bytes) = encoded(&text, encoding) else { continue };
                let article = decoded(&bytes, Some(encoding)).unwrap();
                assert!(
                    article.text == text && article.doubts.is_empty(),
                    "{language} in {encoding}: {}",
                    article.text
                );
            }
        }
    }
    let marked = |text: &str, little: bool| {
        let units = text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() });
        (if little { vec![0xff, 0xfe] } else { vec![0xfe, 0xff] }).into_iter().chain(units).collect::<Vec<_>>()
    };
    for (name, little) in [("utf-16", true), ("utf-16", false), ("UTF-16LE", true), ("utf-16be", false)] {
        assert_eq!(decoded(&marked("où ?", little), Some(name)).unwrap().text, "où ?");
    }
    for (name, encoding) in [("latin1", "windows-1252"), ("cp1252", "windows-1252"), ("mac-roman", "macintosh")] {
        assert_eq!(decoded(&encoded("où ?", encoding).unwrap(), Some(name)).unwrap().text, "où ?");
    }
}

#[test]
fn what_does_not_fit_a_named_encoding_is_refused_with_the_byte() {
    let refused = |bytes: &[u8], name: &str| decoded(bytes, Some(name)).unwrap_err();
    let undecodable = |name: &str, at| ImportError::Undecodable(name.to_owned(), at);
    assert_eq!(refused(b"caf\xe9 noir", "utf-8"), undecodable("UTF-8", 3));
    assert_eq!(refused(b"\xef\xbb\xbfcaf\xe9", "utf-8"), undecodable("UTF-8", 6));
    assert_eq!(refused(&[b"a".repeat(9000), b"\xe9".to_vec()].concat(), "utf-8"), undecodable("UTF-8", 9000));
    assert_eq!(refused(b"ab\x81", "shift_jis"), undecodable("Shift_JIS", 2));
    assert_eq!(refused(b"a\0b\0\x00\xdcc\0", "utf-16le"), undecodable("UTF-16LE", 4));
    assert_eq!(refused(b"a\0b", "utf-16le"), undecodable("UTF-16LE", 2));
    assert_eq!(refused(b"\xef\xbb\xbfx", "windows-1252"), undecodable("windows-1252", 0));
    assert_eq!(refused(b"x", "klingon"), ImportError::UnknownEncoding("klingon".to_owned()));
    assert_eq!(refused(b"x", "hz-gb-2312"), ImportError::UnknownEncoding("hz-gb-2312".to_owned()));
}

#[test]
fn a_file_that_breaks_off_after_its_mark_is_refused() {
    assert_eq!(decoded(b"\xef\xbb\xbfcaf\xc3", None).unwrap_err(), ImportError::Undecodable("UTF-8".to_owned(), 6));
    assert_eq!(decoded(b"\xff\xfea\0b", None).unwrap_err(), ImportError::Undecodable("UTF-16LE".to_owned(), 4));
}

#[test]
fn these_are_recognised_by_themselves() {
    for (language, encodings) in [
        ("en", &["windows-1252", "utf-16le", "utf-16be", "macintosh"] as &[&str]),
        ("fr", &["windows-1252", "macintosh", "utf-16le"]),
        ("fr2", &["windows-1252", "iso-8859-15", "macintosh"]),
        ("de", &["windows-1252", "macintosh"]),
        ("es", &["windows-1252", "macintosh"]),
        ("pt", &["windows-1252"]),
        ("it", &["windows-1252"]),
        ("sv", &["windows-1252"]),
        ("pl", &["windows-1250", "iso-8859-2"]),
        ("cs", &["windows-1250", "iso-8859-2"]),
        ("hu", &["windows-1250"]),
        ("tr", &["windows-1254"]),
        ("lt", &["windows-1257"]),
        ("ru", &["windows-1251", "koi8-r", "ibm866", "utf-16le"]),
        ("uk", &["windows-1251", "koi8-u"]),
        ("el", &["windows-1253"]),
        ("he", &["windows-1255"]),
        ("ar", &["windows-1256", "iso-8859-6", "utf-16le"]),
        ("ar2", &["windows-1256", "iso-8859-6"]),
        ("th", &["windows-874"]),
        ("vi", &["windows-1258"]),
        ("ja", &["shift_jis", "euc-jp", "iso-2022-jp"]),
        ("zh", &["gbk", "utf-16le"]),
        ("zht", &["big5"]),
        ("ko", &["euc-kr"]),
    ] {
        for encoding in encodings {
            let marks = text(language);
            let marks = if *encoding == "windows-1258" { toned(marks) } else { marks.to_owned() };
            let tried = [marks.clone(), plain(&marks), plain(&marks).replace('\u{27}', "")];
            let (text, bytes) = tried.iter().find_map(|text| Some((text, encoded(text, encoding)?))).unwrap();
            assert!(is_sure(text, &bytes, language), "{language} in {encoding}: unsure");
        }
    }
}

/// Vietnamese as windows-1258 has it: tones are characters of their own.
fn toned(text: &str) -> String {
    let tones = [
        ('\u{300}', "ìòỳầềồằờừ", "ioyâêôăơư"),
        ('\u{301}', "ýấếốắớứ", "yâêôăơư"),
        ('\u{309}', "ảẻỉỏủỷẩểổẳởử", "aeiouyâêôăơư"),
        ('\u{303}', "ãẽĩõũỹẫễỗẵỡữ", "aeiouyâêôăơư"),
        ('\u{323}', "ạẹịọụỵậệộặợự", "aeiouyâêôăơư"),
    ];
    let parts = |c: char| {
        let found = tones
            .iter()
            .find_map(|(tone, from, to)| Some((*tone, to.chars().nth(from.chars().position(|f| f == c)?)?)));
        found.map_or([Some(c), None], |(tone, base)| [Some(base), Some(tone)])
    };
    text.chars().flat_map(parts).flatten().collect()
}

#[test]
fn the_article_that_the_project_started_from_is_recognised_in_every_encoding_that_holds_it() {
    let Some(path) = shared("seed/000_738c08aa9cd153b0.txt") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let article = decoded(&encoded(&text, "windows-1252").unwrap(), None).unwrap();
    assert_eq!((article.text.as_str(), article.encoding.as_str()), (text.as_str(), "windows-1252"));
    for encoding in ["windows-1252", "macintosh", "utf-16le", "utf-16be", "utf-8"] {
        assert!(is_sure(&text, &encoded(&text, encoding).unwrap(), encoding), "{encoding}");
    }
}

#[test]
fn a_guess_that_may_be_wrong_shows_a_line_as_each_encoding_reads_it() {
    let article = decoded(b"Un \xe0 la carte", None).unwrap();
    let [doubt] = article.doubts.as_slice() else { panic!("one doubt: {:?}", article.doubts) };
    assert_eq!(doubt.kind, DoubtKind::UnsureEncoding);
    for reading in ["“Un à la carte” (windows-1252)", "“Un ŕ la carte” (windows-1250)"] {
        assert!(doubt.message.contains(reading), "{}", doubt.message);
    }
    for bytes in [b"\xe9" as &[u8], b"\x80", b"\xe0 \xe9", b"\xa4 5"] {
        assert!(!decoded(bytes, None).unwrap().doubts.is_empty(), "{bytes:?}");
    }
}

#[test]
fn utf_8_is_always_read_as_utf_8_and_doubted_only_where_another_reading_is_good() {
    let start = "The minister said on Tuesday that the report was wrong and that she would not resign.\n\n";
    for line in [
        "It was 20˚C",
        "A 5 kΩ resistor.",
        "Some ≈20 people came.",
        "The √ sign",
        "The firm eBayÉ",
        "It´s over",
        "≈ 20",
        "The μTorrent client",
        "5 μm wide",
        "Add 2½oz of it.",
        "The talks go on. ■",
        "More → here",
        "──",
        "Left ≠ right",
        "CaFÉs and cafÉ",
        "The Fußball-iPhoneß",
        "The brand MÜNCHENeR",
        "The Δt was small",
        "The singer (†2019)",
    ] {
        for text in [line.to_owned(), format!("{start}{line}")] {
            let article = decoded(text.as_bytes(), None).unwrap();
            assert_eq!((article.text.as_str(), article.encoding.as_str()), (text.as_str(), "UTF-8"));
            assert_eq!(article.doubts, [], "{line}");
        }
    }
    // In macintosh this is `l’école`.
    let article = decoded(b"A l\xd5\x8ecole", None).unwrap();
    assert_eq!((article.text.as_str(), article.encoding.as_str()), ("A l\u{54e}cole", "UTF-8"));
    assert!(article.doubts.len() == 1 && article.doubts[0].message.contains("macintosh"), "{:?}", article.doubts);
    let page =
        |charset| format!("<html><head><meta charset={charset}></head><body><p>A l\u{54e}cole</p></body></html>");
    let read_page = |charset| read("a.html", page(charset).as_bytes(), &Options::default()).unwrap().remove(0).doubts;
    assert!(read_page("utf-8").iter().all(|doubt| doubt.kind != DoubtKind::UnsureEncoding));
}

#[test]
fn encodings_that_are_not_known_and_those_of_hardly_any_file_are_never_sure() {
    let start = b"The minister said on Tuesday that the report was wrong and that she would not resign.\n\n";
    // `café`, `für`, `à` in code page 850, `It´s` in macintosh, ISO-8859-1 and code page 850, and words of ISO-8859-14.
    for line in [b"The caf\x82 was open" as &[u8], b"The f\x81r sign", b"It\xabs over", b"It\xb4s over", b"D\xf0r"] {
        for bytes in [line.to_vec(), [start, line].concat()] {
            let article = decoded(&bytes, None).unwrap();
            assert!(!article.doubts.is_empty(), "{line:?}: sure to be {}: {}", article.encoding, article.text);
        }
    }
}

#[test]
fn a_large_file_is_recognised_by_parts_of_it_and_read_whole() {
    let text = format!("{}\n{}", "The harbour was closed, and nobody said why.\n".repeat(100_000), text("fr"));
    assert!(is_sure(&text, &encoded(&text, "windows-1252").unwrap(), "long"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_part_of_any_text_is_silently_wrong_in_any_encoding(
        language in 0..texts().count(), start in 0_usize..400, length in 12_usize..400, capitals in prop::bool::weighted(0.1),
        ascii in any::<bool>(),
    ) {
        let (language, text) = texts().nth(language).unwrap();
        let text = if language == "vi" { toned(text) } else { text.to_owned() };
        let text = if ascii { plain(&text) } else { text };
        let part: String = text.chars().skip(start % text.chars().count()).take(length).collect();
        let part = if capitals { part.to_uppercase() } else { part };
        if part.chars().count() >= 12 {
            for encoding in ENCODINGS.into_iter().filter(|encoding| is_used(language, encoding)) {
                if let Some(bytes) = encoded(&part, encoding) {
                    is_sure(&part, &bytes, encoding);
                }
            }
        }
    }
}
