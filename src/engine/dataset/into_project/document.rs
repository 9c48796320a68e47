//! Which document of the project a record is about, or the new one that it becomes.

use std::{collections::BTreeMap, sync::Arc};

use ascribe_schema::{AnnotatorName, DocumentId, Span, Text, hash_suffix};
use sha2::{Digest, Sha256};

use super::{Differing, Import, Placed};
use crate::{
    About, Article, Document, Imported, Origin,
    dataset::{DatasetError, Kind, Record, jsonl, misfit},
    find_quote, hex_sha256,
};

/// How much of the text around a span helps to find it again, in characters.
const CONTEXT: u32 = 32;

impl Import<'_> {
    /// Finds or makes the document of each record, and writes the new ones.
    pub(super) fn place(&mut self, records: Vec<(AnnotatorName, Record)>) -> Result<Vec<Placed>, DatasetError> {
        let (mut placed, mut made) = (Vec::new(), Vec::new());
        for (annotator, mut record) in records {
            if let Some(reason) = unusable(record.text.as_str()) {
                self.refuse(&record, reason);
                continue;
            }
            let hash = hex_sha256(record.text.as_str().as_bytes());
            let id = match self.by_text.get(&hash) {
                Some(id) => id.clone(),
                None => match self.with_another_text(&record) {
                    Some(id) if self.options.differing == Differing::Reanchor => {
                        self.reanchor(&mut record, &id);
                        id
                    }
                    Some(id) => {
                        let reason = format!(
                            "the project has another text of `{id}`; replace that by this one first, or have the annotations looked for by their words"
                        );
                        self.refuse(&record, &reason);
                        continue;
                    }
                    None => {
                        let imported = self.document(&record)?;
                        let id = imported.document.id.clone();
                        self.by_text.insert(hash, id.clone());
                        self.taken.new_documents.push(id.clone());
                        self.learn(&imported);
                        self.taken.numbers.entry(Kind::Document).or_default().imported += 1;
                        made.push(imported);
                        placed.push((id, annotator, record));
                        continue;
                    }
                },
            };
            self.taken.numbers.entry(Kind::Document).or_default().known += 1;
            placed.push((id, annotator, record));
        }
        if !self.options.dry_run {
            self.store.add_documents(&made).into_iter().collect::<Result<Vec<_>, _>>()?;
        }
        Ok(placed)
    }

    /// The document that a record names by its id or address, if its text is another.
    fn with_another_text(&self, record: &Record) -> Option<DocumentId> {
        let by_id = DocumentId::new(record.id.as_str()).ok().filter(|id| self.project.documents.contains_key(id));
        let url = record.meta("url");
        let same_url = |(id, document): (&DocumentId, &Document)| (document.record.url == url).then(|| id.clone());
        by_id.or_else(|| self.project.documents.iter().filter(|_| !url.is_empty()).find_map(same_url))
    }

    /// Looks for a record's annotations in the project's text, and refuses what is not found at exactly one place.
    fn reanchor(&mut self, record: &mut Record, id: &DocumentId) {
        let text = self.project.documents.get(id).and_then(|document| document.text.clone()).unwrap_or_default();
        let (mut found, mut missing) = (BTreeMap::new(), Vec::new());
        for (at, annotation) in record.annotations.iter().enumerate() {
            let spans: Option<Vec<_>> =
                annotation.spans.iter().map(|span| only_place(&record.text, *span, &text)).collect();
            match spans.filter(|spans| misfit(&text, spans).is_none()) {
                Some(spans) => drop(found.insert(at, spans)),
                None => missing.push(at),
            }
        }
        self.refuse_annotations(record, &missing, "its words are not at exactly one place of the project's text");
        for (at, spans) in found {
            record.annotations[at].spans = spans;
        }
        record.text = text;
        record.retain(|at, _| missing.binary_search(&at).is_err());
    }

    /// Refuses some annotations of a record, by their places in order, with all that is theirs; the caller takes them
    /// out.
    pub(super) fn refuse_annotations(&mut self, record: &Record, places: &[usize], reason: &str) {
        for at in places {
            let annotation = &record.annotations[*at];
            let (reason, content) =
                (format!("annotation `{}`: {reason}", annotation.id), jsonl::annotation(record, annotation));
            self.taken.told.refuse((&record.id, 0), Kind::Annotation, reason, content);
            let [_, counts @ ..] = Kind::of(annotation);
            for (kind, count) in counts {
                self.taken.numbers.entry(kind).or_default().refused += count;
            }
        }
        let refused = |end: usize| places.binary_search(&end).is_ok();
        for relation in record.relations.iter().filter(|r| refused(r.from) || refused(r.to)) {
            let content = jsonl::relation(record, relation);
            let reason = format!("relation `{}`: an end of it is refused", relation.id);
            self.taken.told.refuse((&record.id, 0), Kind::Relation, reason, content);
        }
    }

    /// The new document of a record.
    fn document(&self, record: &Record) -> Result<Imported, DatasetError> {
        let text = record.text.as_str().to_owned();
        let about = |name: &str| record.meta(name).to_owned();
        let title = [record.meta("title"), &record.id].into_iter().find(|title| !title.trim().is_empty());
        let about = About {
            title: title.unwrap_or("untitled").to_owned(),
            url: about("url"),
            publisher: about("publisher"),
            byline: about("byline"),
            dateline: about("dateline"),
            published: about("published"),
            language: about("language"),
        };
        let article = Article { text, about, ..Article::default() };
        let origin = Origin { file_name: record.id.clone(), ..Origin::default() };
        let mut imported = article.imported(&origin, &self.options.time).map_err(|_| DatasetError::Crashed)?;
        // A document that comes back from a dataset of ours keeps its id.
        let hash: [u8; 32] = Sha256::digest(imported.text.as_bytes()).into();
        if record.id.ends_with(&format!("-{}", hash_suffix(&hash)))
            && let Ok(id) = DocumentId::new(record.id.as_str())
        {
            imported.document.id = id;
        }
        for revision in &mut imported.document.revisions {
            revision.imported.importer = format!("{} dataset", self.options.format);
        }
        Ok(imported)
    }

    /// Keeps a new document in memory, for the records that follow.
    fn learn(&mut self, imported: &Imported) {
        let document = Document {
            text: Some(Arc::new(Text::new(imported.text.as_str()))),
            genuine: true,
            ..Document::of(imported.document.clone())
        };
        self.project.documents.insert(imported.document.id.clone(), document);
    }
}

/// Why no document can have that text.
fn unusable(text: &str) -> Option<&'static str> {
    if text.contains('\0') {
        return Some("its text holds a NUL character, which no text may");
    }
    text.trim().is_empty().then_some("it has no text")
}

/// Where the words of a span stand in another text, if that is exactly one place.
fn only_place(old: &Text, span: Span, new: &Text) -> Option<Span> {
    let slice = |start, end| old.slice(Span { start, end }).unwrap_or_default();
    let exact = slice(span.start, span.end);
    let before = slice(span.start.minus(CONTEXT), span.start);
    let after = slice(span.end, span.end.plus(CONTEXT).min(old.len()));
    // The words with all that stands around them first; where that was changed, the words alone.
    let places = [(before, after), (before, ""), ("", after), ("", "")];
    let found =
        places.iter().map(|(before, after)| find_quote(new, exact, before, after)).find(|found| !found.is_empty());
    found.filter(|found| found.len() == 1).and_then(|found| found.first().copied())
}
