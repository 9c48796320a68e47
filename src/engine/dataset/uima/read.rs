//! Opening files of CAS XMI and CAS JSON.

use std::path::{Path, PathBuf};

use super::{Source, archive, json, legacy, record, type_system::Types, xmi};
use crate::dataset::{
    DatasetError, Format, Kind, ReadOptions, Record, Told, Unit, Works,
    files::{self, Peek, ending, find_ending, stem, works_of},
};

/// How many files are read as one work.
const AT_ONCE: usize = 4;
/// How many folders above a file a type system is looked for.
const ABOVE: usize = 3;

/// Whether a file, or a folder's first file, is of this format.
pub fn recognise(peek: &Peek<'_>) -> bool {
    if peek.head.starts_with(b"PK") {
        return archive::holds_cas(peek.path);
    }
    if peek.path.is_dir() {
        let mut files = peek.files.iter().filter(|file| matches!(ending(file).as_str(), "xmi" | "json"));
        return peek.holds("xmi")
            || files.next().and_then(|file| Peek::at(file).ok()).is_some_and(|peek| recognise(&peek));
    }
    let text = peek.text();
    let start = text.trim_start();
    let newer = ["\"%TYPES\"", "\"%FEATURE_STRUCTURES\"", "\"%VIEWS\""].iter().any(|name| text.contains(name));
    let older = text.contains("\"_context\"") && text.contains("\"_types\"");
    (start.starts_with('<') && text.contains("<xmi:XMI")) || (start.starts_with('{') && (newer || older))
}

/// Reads files, and those in folders that end in `.xmi` or `.json`, or in archives that hold such.
///
/// # Errors
///
/// When a file is not there, or there is none.
pub fn open(paths: &[PathBuf], options: &ReadOptions) -> Result<Works, DatasetError> {
    files::there(paths)?;
    let mut found = find_ending(paths, &["xmi", "json", "zip"])?;
    found.retain(|path| ending(path) != "zip" || paths.contains(path) || archive::holds_cas(path));
    let xmi: std::collections::HashSet<PathBuf> =
        found.iter().filter(|path| ending(path) == "xmi").map(|path| path.with_extension("")).collect();
    let beside =
        |path: &PathBuf| ending(path) == "json" && xmi.contains(&path.with_extension("")) && !paths.contains(path);
    let twice = found.iter().filter(|path| beside(path)).count();
    // What stands beside the data in a folder of ours is no document.
    found.retain(|path| !beside(path) && (paths.contains(path) || !path.ends_with(crate::store::ACCOUNT_FILE)));
    if let (true, Some(path), Some(format)) = (found.is_empty(), paths.first(), Format::named("uima")) {
        return Err(DatasetError::Nothing { path: path.clone(), format });
    }
    let unit = options.offsets.unwrap_or(Unit::Utf16);
    let roots = paths.to_vec();
    let works = works_of(found, AT_ONCE, move |path, told| read(&path, &roots, unit, told));
    let note: crate::dataset::Work = Box::new(move |told| {
        for _ in 0..twice {
            told.note("a CAS is there as XMI and as JSON; the XMI was read");
        }
        Vec::new()
    });
    Ok(if twice == 0 { works } else { Box::new(std::iter::once(note).chain(works)) })
}

fn read(path: &Path, roots: &[PathBuf], unit: Unit, told: &mut Told) -> Vec<Record> {
    if ending(path) == "zip" {
        let mut records = Vec::new();
        archive::each(path, &mut |inside, content, types| records.extend(parse(inside, content, types, unit, told)));
        return records;
    }
    let content = files::text(path).map_err(|reason| reason.to_string());
    let xml = content.as_ref().is_ok_and(|content| content.trim_start().starts_with('<'));
    let types = if xml { type_system(path, roots) } else { None };
    parse(path, content, types.as_ref(), unit, told).into_iter().collect()
}

/// The record of a file's content, if that could be read.
fn parse(
    path: &Path,
    content: Result<String, String>,
    types: Option<&Types>,
    unit: Unit,
    told: &mut Told,
) -> Option<Record> {
    let file = path.display().to_string();
    let content = match content {
        Ok(content) => content,
        Err(reason) => {
            told.refuse((&file, 0), Kind::Document, reason, "");
            return None;
        }
    };
    told.bytes += content.len() as u64;
    let result = if content.trim_start().starts_with('<') {
        if types.is_none() {
            told.note("there is no type system beside the XMI; what its features are was inferred");
        }
        xmi::parse(&content, types).map(|cas| {
            let source =
                |structure: &super::Structure| content.get(structure.source.clone()).unwrap_or_default().to_owned();
            record(&cas, &Source { file: &file, id: stem(path), unit, content: &source }, told)
        })
    } else {
        serde_json::from_str::<serde_json::Value>(&content).map_err(|reason| reason.to_string()).and_then(|json| {
            let newer = json.get("%FEATURE_STRUCTURES").is_some();
            let cas = if newer { json::parse(&json)? } else { legacy::parse(&json)? };
            let fields = if newer { json::fields(&json) } else { Vec::new() };
            let source = |structure: &super::Structure| match fields.get(structure.source.start) {
                Some(fields) => serde_json::to_string(fields).unwrap_or_default(),
                None => format!("{} {:?}", structure.kind, structure.spans),
            };
            Ok(record(&cas, &Source { file: &file, id: stem(path), unit, content: &source }, told))
        })
    };
    let mut record = result.unwrap_or_else(|reason| {
        told.refuse((&file, 0), Kind::Document, reason, content);
        None
    })?;
    if let Some((id, annotator)) = in_project(path) {
        (record.id, record.annotator) = (id, annotator);
    }
    Some(record)
}

/// The document and the annotator of a file of a whole project that INCEpTION has exported, which lies at
/// `annotation/DOCUMENT/ANNOTATOR.xmi` or, packed once more, at `annotation/DOCUMENT/ANNOTATOR.zip/ANNOTATOR.xmi`.
pub(in crate::dataset) fn in_project(path: &Path) -> Option<(String, String)> {
    let packed = path.parent().filter(|folder| ending(folder) == "zip");
    let document = packed.unwrap_or(path).parent()?;
    let kind = document.parent()?.file_name()?;
    let whole = kind == "annotation" || kind == "curation";
    whole.then(|| (document.file_name().unwrap_or_default().to_string_lossy().into_owned(), stem(path)))
}

/// The type system beside a file, or in a folder above it inside what was named.
fn type_system(path: &Path, roots: &[PathBuf]) -> Option<Types> {
    let mut folder = path.parent()?;
    for _ in 0..ABOVE {
        let mut names: Vec<_> = std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()).collect();
        names.retain(|name| {
            let called = name.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
            called.starts_with("typesystem") && called.ends_with(".xml")
        });
        names.sort();
        let found = names.iter().find_map(|name| Types::parse(&files::text(name).ok()?));
        if found.is_some() || roots.iter().any(|root| root == folder || root == path) {
            return found;
        }
        folder = folder.parent()?;
    }
    None
}
