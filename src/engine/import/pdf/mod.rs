//! PDF files with a text layer.
//!
//! `pdf_oxide` finds the pieces of text and the order of columns; lines and paragraphs are put together here,
//! since its own text breaks at every line and loses the order of some. What only the layout made, line ends
//! and the hyphens at them, is not kept; every other sign is.

mod line;
mod paragraph;
mod rtl;

use pdf_oxide::{
    document::{PdfDocument, ReadingOrder},
    extractors::text::ArtifactType,
    layout::TextSpan,
    object::Object,
};

use self::line::Line;
use super::{About, Article, Doubt, DoubtKind, Format, ImportError};

const FORMAT: Format = Format::Pdf;
/// How far from its end the last mark of a file may be; some servers add lines of their own.
const TAIL: usize = 8192;

/// Reads a PDF file.
pub(super) fn read(bytes: &[u8]) -> Result<Article, ImportError> {
    if !ends(bytes) {
        return Err(FORMAT.broken("it ends in the middle"));
    }
    let document = PdfDocument::from_bytes(bytes.to_vec()).map_err(|reason| FORMAT.broken(reason))?;
    if document.is_encrypted() && !document.authenticate(b"").unwrap_or(false) {
        return Err(ImportError::Encrypted);
    }
    let pages = document.page_count().map_err(|reason| FORMAT.broken(reason))?;
    if pages == 0 {
        return Err(FORMAT.broken("it has no pages"));
    }
    let (mut found, mut empty, mut marginal) = (Vec::new(), Vec::new(), 0);
    for page in 0..pages {
        let spans = document.extract_spans_with_reading_order(page, ReadingOrder::Structure);
        let spans = spans.map_err(|reason| FORMAT.broken(format!("page {}: {reason}", page + 1)))?;
        let (spans, rest): (Vec<_>, Vec<_>) = spans.into_iter().partition(|span| !is_marginal(span));
        marginal += usize::from(!rest.is_empty());
        let lines = lines(&document, page, &spans)?;
        if lines.is_empty() {
            empty.push(page + 1);
        }
        found.push(lines);
    }
    if empty.len() == pages {
        let pictures = (0..pages).any(|page| document.page_image_handles(page).is_ok_and(|images| !images.is_empty()));
        return Err(match document.structured_warnings().first() {
            _ if pictures => ImportError::OnlyPictures,
            Some(warning) => FORMAT.broken(&warning.message),
            None => ImportError::Empty,
        });
    }
    let mut doubts = Vec::new();
    if !empty.is_empty() {
        let message = format!("no text was found on {} of {pages} pages: {}", empty.len(), ranges(&empty));
        let hint = "if they are pictures of text, run the file through text recognition (OCR) first";
        doubts.push(Doubt::new(DoubtKind::PartMissing, message).hint(hint));
    }
    if marginal > 0 {
        let message = format!("left out: what the file itself calls head, foot or background of {marginal} pages");
        doubts.push(Doubt::new(DoubtKind::LeftOut, message));
    }
    Ok(Article { text: paragraph::text(found), about: about(&document), doubts, ..Article::default() })
}

/// Whether the end of the file is there. What is left of one that was cut off could be read, but nobody would
/// know what is missing.
fn ends(bytes: &[u8]) -> bool {
    let end = &bytes[bytes.len().saturating_sub(TAIL)..];
    let has = |mark: &[u8]| end.windows(mark.len()).any(|window| window == mark);
    has(b"%%EOF") || has(b"startxref")
}

/// The lines of a page, in the order in which they are read.
fn lines(document: &PdfDocument, page: usize, spans: &[TextSpan]) -> Result<Vec<Line>, ImportError> {
    let turned = spans.iter().filter(|span| span.rotation_degrees != 0.0).count();
    if 2 * turned > spans.len() {
        // The page is read from another side, for which only the whole text is at hand.
        let text = document.extract_text(page).map_err(|reason| FORMAT.broken(reason))?;
        return Ok(line::of_text(&text));
    }
    let mut lines = line::of_spans(spans);
    if lines.iter().any(|line| rtl::has_rtl(&line.text)) {
        let glyphs = rtl::glyphs(&document.extract_chars(page).map_err(|reason| FORMAT.broken(reason))?);
        let right = rtl::is_rtl(lines.iter().flat_map(|line| line.text.chars()));
        for line in lines.iter_mut().filter(|line| rtl::has_rtl(&line.text)) {
            rtl::restore(line, &glyphs, right);
        }
    }
    Ok(lines)
}

/// Whether the file itself says that this is no content: a running head, a page number, a watermark.
fn is_marginal(span: &TextSpan) -> bool {
    matches!(span.artifact_type, Some(ArtifactType::Pagination(_) | ArtifactType::Background))
}

/// Numbers as a person lists them: `1, 3–5`.
fn ranges(numbers: &[usize]) -> String {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for &number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    let range = |&(first, last): &(usize, usize)| {
        if first == last { first.to_string() } else { format!("{first}–{last}") }
    };
    ranges.iter().map(range).collect::<Vec<_>>().join(", ")
}

fn about(document: &PdfDocument) -> About {
    let field = |name: &str| {
        let info = document.trailer().as_dict()?.get("Info")?;
        let info = document.resolve_object(info).ok()?;
        let value = document.resolve_object(info.as_dict()?.get(name)?).ok()?;
        Some(text_string(value.as_string()?).trim().to_owned())
    };
    let language = document.catalog().ok().and_then(|catalog| match catalog.as_dict()?.get("Lang")? {
        Object::String(language) => Some(text_string(language)),
        _ => None,
    });
    About {
        title: field("Title").filter(|title| is_title(title)).unwrap_or_default(),
        byline: field("Author").filter(|author| is_author(author)).unwrap_or_default(),
        published: field("CreationDate").and_then(|date| iso_date(&date)).unwrap_or_default(),
        language: language.unwrap_or_default(),
        ..About::default()
    }
}

/// Whether this is a title, and not the name that a program gave to a file.
fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let ends = [".doc", ".docx", ".odt", ".rtf", ".txt", ".pdf", ".indd", ".qxd", ".tex", ".dvi", ".html", ".ppt"];
    let empty = ["untitled", "unknown", "(anonymous)", "document", "microsoft word", "title"];
    title.contains(char::is_alphabetic)
        && !lower.starts_with("microsoft word - ")
        && !empty.contains(&&*lower)
        && !ends.iter().any(|end| lower.ends_with(end))
}

fn is_author(author: &str) -> bool {
    let none = ["unknown", "anonymous", "(anonymous)", "author", "user", "admin", "administrator", "owner"];
    author.contains(char::is_alphabetic) && !none.contains(&&*author.to_lowercase())
}

/// A string of the file's own data: UTF-16 or UTF-8 with a mark, or PDFDocEncoding, which is Latin 1 where
/// titles have letters.
fn text_string(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    let odd = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž";
    let sign = |byte: &u8| match byte {
        0x80..=0x9e => odd.chars().nth(usize::from(byte - 0x80)).unwrap_or('\u{fffd}'),
        0x9f => '\u{fffd}',
        0xa0 => '€',
        byte => char::from(*byte),
    };
    bytes.iter().map(sign).collect()
}

/// The day and time of `D:20240131120000+01'00'`.
fn iso_date(date: &str) -> Option<String> {
    let digits: String = date.strip_prefix("D:").unwrap_or(date).chars().take_while(char::is_ascii_digit).collect();
    let part = |from: usize, to: usize| digits.get(from..to);
    let (year, month, day) = (part(0, 4)?, part(4, 6)?, part(6, 8)?);
    let sane = (1980..2100).contains(&year.parse().unwrap_or(0))
        && (1..=12).contains(&month.parse().unwrap_or(0))
        && (1..=31).contains(&day.parse().unwrap_or(0));
    sane.then(|| format!("{year}-{month}-{day}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_no_titles() {
        for title in ["Microsoft Word - speech.doc", "speech.DOCX", "untitled", "", "123"] {
            assert!(!is_title(title), "{title}");
        }
        assert!(is_title("Gantz visits Morocco") && is_title("زيارة"));
    }

    #[test]
    fn data_of_the_file_is_read() {
        assert_eq!(text_string(b"\xfe\xff\x00\xe9\x20\x19"), "é’");
        assert_eq!(text_string(b"\x8dOK\x8e \xe9 \xa0"), "“OK” é €");
        assert_eq!(iso_date("D:20240131120000+01'00'").as_deref(), Some("2024-01-31"));
        assert_eq!(iso_date("D:00000000"), None);
        assert_eq!(iso_date("January"), None);
        assert_eq!(ranges(&[1, 3, 4, 5, 9]), "1, 3–5, 9");
    }
}
