//! What came of each file that was to be imported, told to people or in JSON.

use std::collections::BTreeMap;

use ascribe_engine::{Imported, store::Added};
use ascribe_schema::{Document, Problem, Severity, Text};
use serde::Serialize;

use super::reading::plain;
use crate::{Failed, Io};

/// What came of one file.
pub(super) struct Outcome {
    /// What a person knows it by.
    pub file: String,
    /// Its articles, or why there are none.
    pub articles: Result<Vec<Told>, String>,
}

/// What came of one article.
pub(super) struct Told {
    /// Whether it was new, or why it could not be written.
    pub added: Result<Added, String>,
    /// What is known of it.
    pub document: Document,
    /// Its text.
    pub text: String,
    /// The format's name.
    pub format: &'static str,
    /// What a person should look at.
    pub problems: Vec<Problem>,
}

impl Told {
    /// An article that was written or not.
    pub fn new(imported: Imported, format: &'static str, problems: Vec<Problem>, added: Result<Added, String>) -> Self {
        Self { added, document: imported.document, text: imported.text, format, problems }
    }
}

/// Tells of files one after the other, and counts.
#[derive(Default)]
pub(super) struct Account {
    json: bool,
    totals: Totals,
}

#[derive(Default, Serialize)]
struct Totals {
    files: usize,
    imported: usize,
    known: usize,
    refused: usize,
    warnings: usize,
    /// Files in folders that hold no articles, by how their names end.
    skipped: BTreeMap<String, usize>,
}

#[derive(Serialize)]
struct File<'a> {
    file: &'a str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    articles: Vec<Article<'a>>,
}

#[derive(Serialize)]
struct Article<'a> {
    id: &'a str,
    status: &'static str,
    title: &'a str,
    url: &'a str,
    publisher: &'a str,
    byline: &'a str,
    dateline: &'a str,
    published: &'a str,
    language: &'a str,
    format: &'static str,
    encoding: &'a str,
    characters: u32,
    paratext: Vec<Part<'a>>,
    problems: &'a [Problem],
}

#[derive(Serialize)]
struct Part<'a> {
    start: u32,
    end: u32,
    text: &'a str,
}

impl Account {
    /// Begins to tell.
    pub fn begin(json: bool, io: &mut Io<'_>) -> Result<Self, Failed> {
        if json {
            write!(io.out, "{{\"files\":[")?;
        }
        Ok(Self { json, totals: Totals::default() })
    }

    /// Tells of the next file.
    pub fn tell(&mut self, outcome: &Outcome, io: &mut Io<'_>) -> Result<(), Failed> {
        self.count(outcome);
        if self.json {
            let comma = if self.totals.files > 1 { "," } else { "" };
            write!(io.out, "{comma}\n{}", serde_json::to_string(&file(outcome))?)?;
            return Ok(());
        }
        let refused = |reason: &str| format!("not imported: {}: {reason}", outcome.file);
        let articles = match &outcome.articles {
            Ok(articles) => articles,
            Err(reason) => return Ok(writeln!(io.err, "{}", refused(reason))?),
        };
        for article in articles {
            let id = &article.document.id;
            for problem in &article.problems {
                writeln!(io.err, "{}", plain(&problem.to_string()))?;
            }
            match &article.added {
                Ok(Added::New) => writeln!(io.out, "{id}")?,
                Ok(Added::Known) => writeln!(io.err, "{}: already in the project as {id}", outcome.file)?,
                Err(reason) => writeln!(io.err, "{}", refused(reason))?,
            }
        }
        Ok(())
    }

    fn count(&mut self, outcome: &Outcome) {
        self.totals.files += 1;
        let Ok(articles) = &outcome.articles else {
            self.totals.refused += 1;
            return;
        };
        for article in articles {
            match &article.added {
                Ok(Added::New) => self.totals.imported += 1,
                Ok(Added::Known) => self.totals.known += 1,
                Err(_) => self.totals.refused += 1,
            }
            let warnings = article.problems.iter().filter(|problem| problem.severity >= Severity::Warning);
            self.totals.warnings += warnings.count();
        }
    }

    /// Ends, with the files that were passed over; says whether a person must look at something.
    pub fn end(mut self, skipped: BTreeMap<String, usize>, kinds: &str, io: &mut Io<'_>) -> Result<bool, Failed> {
        if !self.json && !skipped.is_empty() {
            let counts: Vec<_> = skipped.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
            writeln!(io.err, "skipped in folders: {}; {kinds}", counts.join(", "))?;
        }
        let wanting = self.totals.refused > 0 || self.totals.warnings > 0;
        self.totals.skipped = skipped;
        if self.json {
            let line = if self.totals.files > 0 { "\n" } else { "" };
            writeln!(io.out, "{line}],\"totals\":{}}}", serde_json::to_string(&self.totals)?)?;
        }
        Ok(wanting)
    }
}

fn file(outcome: &Outcome) -> File<'_> {
    let (articles, reason) = match &outcome.articles {
        Ok(articles) => {
            let reason = articles.iter().find_map(|article| article.added.as_ref().err());
            (articles.as_slice(), reason)
        }
        Err(reason) => (&[] as &[Told], Some(reason)),
    };
    let any = |added| articles.iter().any(|article| article.added.as_ref().is_ok_and(|other| *other == added));
    let status = if any(Added::New) {
        status(&Ok(Added::New))
    } else if reason.is_none() && any(Added::Known) {
        status(&Ok(Added::Known))
    } else {
        "refused"
    };
    File {
        file: &outcome.file,
        status,
        reason: reason.map(String::as_str),
        articles: articles.iter().map(article).collect(),
    }
}

fn status(added: &Result<Added, String>) -> &'static str {
    match added {
        Ok(Added::New) => "imported",
        Ok(Added::Known) => "known",
        Err(_) => "refused",
    }
}

fn article(told: &Told) -> Article<'_> {
    let Document { id, title, url, publisher, byline, dateline, published, language, .. } = &told.document;
    let encoding = told.document.revisions.last().map_or("", |revision| &revision.imported.encoding);
    let part = |&(start, end, text)| Part { start, end, text };
    let parts = parts(told);
    Article {
        id: id.as_str(),
        status: status(&told.added),
        title,
        url,
        publisher,
        byline,
        dateline,
        published,
        language,
        format: told.format,
        encoding,
        characters: told.text.chars().count() as u32,
        paratext: parts.iter().map(part).collect(),
        problems: &told.problems,
    }
}

/// The proposals of what is not the article, with their words.
fn parts(told: &Told) -> Vec<(u32, u32, &str)> {
    if told.document.paratext.is_empty() {
        return Vec::new();
    }
    let text = Text::new(told.text.as_str());
    let bytes = |offset| text.byte(offset).unwrap_or(0);
    let spans = told.document.paratext.iter();
    spans.map(|span| (span.start.0, span.end.0, &told.text[bytes(span.start)..bytes(span.end)])).collect()
}
