//! How well the articles of saved web pages are found.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use ascribe_engine::{Options, read, whole_page};

use crate::{DONE, Failed, Io};

/// A saved page and what its article is: a page that holds nothing else, or the text alone.
struct Page {
    name: String,
    source: PathBuf,
    expected: PathBuf,
}

/// Reads all pages in `folder` (`*/source.html` with `*/expected.html`, or `*.html` with `*.txt`) and prints how
/// alike each article is to what it should be: F1 over the words that both have, each as often as it stands there.
/// A word is a run of letters and digits, in lower case.
pub(super) fn run(folder: &Path, io: &mut Io<'_>) -> Result<u8, Failed> {
    let pages = pages(folder)?;
    if pages.is_empty() {
        let wanted = "*/source.html with */expected.html, or *.html with *.txt";
        return Err(format!("{}: there are no pages with their articles in it ({wanted})", folder.display()).into());
    }
    let (mut sum, mut titles, mut named) = (0.0, 0, 0);
    let start = Instant::now();
    for page in &pages {
        let (text, title) = match read("page.html", &fs::read(&page.source)?, &Options::default()) {
            Ok(articles) => articles.into_iter().next().map(|article| (article.text, article.about.title)),
            Err(reason) => {
                writeln!(io.err, "{}: {reason}", page.source.display())?;
                None
            }
        }
        .unwrap_or_default();
        let expected = fs::read_to_string(&page.expected)?;
        let is_page = page.expected.extension().is_some_and(|extension| extension == "html");
        let [precision, recall, f1] = compare(&if is_page { whole_page(&expected).text } else { expected }, &text);
        let wanted = wanted_title(&page.source)?;
        named += usize::from(wanted.is_some());
        let right = wanted.as_ref().is_none_or(|wanted| *wanted == title);
        titles += usize::from(wanted.is_some() && right);
        sum += f1;
        let mark = if right { "" } else { "  another title" };
        writeln!(io.out, "{f1:.4}  precision {precision:.4}  recall {recall:.4}  {}{mark}", page.name)?;
    }
    writeln!(io.out, "{:.4}  mean F1 of {} pages", sum / pages.len() as f64, pages.len())?;
    writeln!(io.out, "titles right: {titles}/{named}")?;
    let rate = pages.len() as f64 / start.elapsed().as_secs_f64();
    writeln!(io.out, "{rate:.1} pages a second, one after the other")?;
    Ok(DONE)
}

fn pages(folder: &Path) -> Result<Vec<Page>, Failed> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let (source, expected) = if path.is_dir() {
            (path.join("source.html"), path.join("expected.html"))
        } else if path.extension().is_some_and(|extension| extension == "html") {
            (path.clone(), path.with_extension("txt"))
        } else {
            continue;
        };
        if source.is_file() && expected.is_file() {
            pages.push(Page { name, source, expected });
        }
    }
    pages.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(pages)
}

/// The title in the `expected-metadata.json` beside a page, if there is one; an article without a title gets one
/// from its text.
fn wanted_title(source: &Path) -> Result<Option<String>, Failed> {
    let path = source.with_file_name("expected-metadata.json");
    if !path.is_file() {
        return Ok(None);
    }
    let metadata: serde_json::Value = serde_json::from_str(&fs::read_to_string(path)?)?;
    Ok(metadata["title"].as_str().filter(|title| !title.is_empty()).map(str::to_owned))
}

/// Precision, recall and F1 of the words of `text`.
fn compare(expected: &str, text: &str) -> [f64; 3] {
    let (expected, text) = (words(expected), words(text));
    let count = |words: &HashMap<String, usize>| words.values().sum::<usize>() as f64;
    let both: usize = expected.iter().map(|(word, n)| text.get(word).map_or(0, |m| *n.min(m))).sum();
    if expected.is_empty() && text.is_empty() {
        return [1.0; 3];
    }
    let (precision, recall) = (both as f64 / count(&text).max(1.0), both as f64 / count(&expected).max(1.0));
    [precision, recall, 2.0 * both as f64 / (count(&expected) + count(&text))]
}

fn words(text: &str) -> HashMap<String, usize> {
    let mut words = HashMap::new();
    for word in text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word.to_owned()).or_default() += 1;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_count_as_often_as_both_have_them() {
        assert_eq!(compare("One two, two three.", "two TWO two four"), [0.5, 0.5, 0.5]);
        assert_eq!(compare("", ""), [1.0; 3]);
        assert_eq!(compare("a", ""), [0.0; 3]);
    }
}
