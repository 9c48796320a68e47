//! LitBank's quotations: a text of sentences and tokens, and lines that count them.

use std::{collections::HashMap, path::Path, sync::Arc};

use ascribe_schema::{Span, Text};

use crate::dataset::{
    Annotation, Kind, Record, Told,
    files::{stem, text},
    misfit,
};

/// Whether a file of marks begins as these do.
pub fn begins(content: &str) -> bool {
    ["QUOTE\t", "ATTRIB\t"].iter().any(|word| content.trim_start().starts_with(word))
}

/// The record of a file of marks and the text beside it; what does not fit is told.
pub fn read(path: &Path, told: &mut Told) -> Option<Record> {
    let file = path.display().to_string();
    let beside = path.with_extension("txt");
    let marks = text(path).map_err(|reason| told.refuse((&file, 0), Kind::Document, reason.to_string(), "")).ok()?;
    let content = match text(&beside) {
        Ok(content) => content,
        Err(reason) => {
            let reason = format!("its text, {}, cannot be read: {reason}", beside.display());
            told.refuse((&file, 0), Kind::Document, reason, marks);
            return None;
        }
    };
    told.bytes += (marks.len() + content.len()) as u64;
    let sentences = tokens(&content);
    let text = Text::new(content);
    let mut record = Record { id: stem(path), ..Record::default() };
    let mut places = HashMap::new();
    for (number, line) in (1..).zip(marks.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let fields: Vec<_> = line.split('\t').collect();
        match fields.as_slice() {
            ["QUOTE", id, bounds @ .., quote] if bounds.len() == 4 => {
                let span = span(bounds, &sentences).and_then(|span| match misfit(&text, &[span]) {
                    None if text.slice(span).is_some_and(|held| same(held, quote)) => Ok(span),
                    None => Err("its text is not what stands at its tokens".to_owned()),
                    Some(why) => Err(why),
                });
                match span {
                    Ok(_) if places.contains_key(*id) => {
                        told.refuse((&file, number), Kind::Annotation, "another quotation has the same id", line);
                    }
                    Ok(span) => {
                        places.insert((*id).to_owned(), record.annotations.len());
                        record.annotations.push(Annotation::new(*id, "quote", vec![span]));
                    }
                    Err(why) => told.refuse((&file, number), Kind::Annotation, why, line),
                }
            }
            ["ATTRIB", id, speaker] => {
                let annotation = places.get(*id).and_then(|at: &usize| record.annotations.get_mut(*at));
                let why = match annotation.map(|found| &mut found.attributes) {
                    Some(attributes) if attributes.contains_key("speaker") => "its quotation has a speaker already",
                    Some(attributes) => {
                        attributes.insert("speaker".to_owned(), (*speaker).to_owned());
                        continue;
                    }
                    None => "there is no quotation of that id before it",
                };
                told.refuse((&file, number), Kind::Attribute, why, line);
            }
            _ => told.refuse((&file, number), Kind::Annotation, "it is no line of a quotation or its speaker", line),
        }
    }
    record.text = Arc::new(text);
    Some(record)
}

/// Where the tokens of each sentence lie, a sentence a line.
fn tokens(content: &str) -> Vec<Vec<Span>> {
    let mut at = 0;
    let mut sentence = |line: &str| {
        let mut tokens = Vec::new();
        for token in line.split_inclusive(' ') {
            let length = token.trim_end_matches(['\r', ' ']).chars().count() as u32;
            tokens.push(Span::new(at, at + length));
            at += token.chars().count() as u32;
        }
        at += 1;
        tokens
    };
    content.split('\n').map(&mut sentence).collect()
}

/// From the first token to the last, both by the numbers of sentence and token.
fn span(bounds: &[&str], sentences: &[Vec<Span>]) -> Result<Span, String> {
    let numbers: Option<Vec<usize>> = bounds.iter().map(|number| number.parse().ok()).collect();
    let Some([from, first, to, last]) = numbers.as_deref() else {
        return Err("its sentences and tokens are no numbers".to_owned());
    };
    let token = |sentence: &usize, token: &usize| {
        let found = sentences.get(*sentence).and_then(|tokens| tokens.get(*token)).copied();
        found.ok_or_else(|| format!("there is no token {token} in sentence {sentence}, counted from 0"))
    };
    let (first, last) = (token(from, first)?, token(to, last)?);
    if last.end < first.start {
        return Err("it ends before it begins".to_owned());
    }
    Ok(Span { start: first.start, end: last.end })
}

/// Whether two texts have the same tokens.
fn same(held: &str, quote: &str) -> bool {
    held.split_ascii_whitespace().eq(quote.split_ascii_whitespace())
}
