//! The files of brat folders: which texts and annotation files belong together.

use std::{
    collections::{HashMap, HashSet},
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

use super::{names, parse::is_line, read::read};
use crate::dataset::{
    DatasetError, Format, ReadOptions, Told, Unit, Work, Works,
    files::{Peek, ending, find, stem, works_of},
};

/// How the names of annotation files end; the first alone, or all others together.
const ENDINGS: [&str; 5] = ["ann", "a1", "a2", "co", "rel"];
/// How many documents are read as one work.
const AT_ONCE: usize = 64;
/// How many files of a folder are looked into to tell whether it is brat's.
const LOOKED_AT: usize = 8;

/// One document: its text and its annotation files.
#[derive(Debug, Default)]
pub struct Source {
    /// What it is called.
    pub id: String,
    /// Who annotated it, where the files say so.
    pub annotator: String,
    /// The text, if there is one.
    pub text: Option<PathBuf>,
    /// Its annotation files.
    pub marks: Vec<PathBuf>,
    /// Whether the text was found in another folder.
    pub elsewhere: bool,
    /// How many annotation files are not read, because there is an `.ann`.
    pub unread: usize,
}

/// Whether a file or folder is of this format.
pub fn recognise(peek: &Peek<'_>) -> bool {
    if !peek.path.is_dir() {
        return ENDINGS.contains(&peek.ending().as_str()) && looks_like(&peek.head) == Some(true);
    }
    let marks = || peek.files.iter().filter(|file| ENDINGS[..3].contains(&ending(file).as_str()));
    let looks: Vec<_> = marks().take(LOOKED_AT).map(|file| looks_like(&head(file))).collect();
    let so_many = |wanted| looks.iter().filter(|look| **look == Some(wanted)).count();
    // A few may be broken.
    !looks.is_empty() && so_many(true) >= so_many(false)
}

/// Whether one of the first lines is one of brat's; nothing for an empty file.
fn looks_like(head: &[u8]) -> Option<bool> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let mut lines = head.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).peekable();
    lines.peek()?;
    Some(lines.any(is_line))
}

fn head(path: &Path) -> Vec<u8> {
    const ENOUGH: u64 = 512;
    let mut head = Vec::new();
    // A file that cannot be read is told when it is read.
    let _ = File::open(path).and_then(|file| file.take(ENOUGH).read_to_end(&mut head));
    head
}

/// Reads files and folders.
///
/// # Errors
///
/// When one is not there, or there is nothing of this format.
pub fn open(paths: &[PathBuf], options: &ReadOptions) -> Result<Works, DatasetError> {
    for path in paths {
        path.metadata().map_err(|source| DatasetError::Read { path: path.clone(), source })?;
    }
    let (sources, skipped) = sources(&files(paths)?, paths);
    if sources.is_empty() {
        let path = paths.first().cloned().unwrap_or_default();
        return Err(match Format::named("brat") {
            Some(format) => DatasetError::Nothing { path, format },
            None => DatasetError::Unknown(path),
        });
    }
    let utf16 = options.offsets == Some(Unit::Utf16);
    let mut skipped = Some(skipped);
    let works = works_of(sources, AT_ONCE, move |source, told: &mut Told| Vec::from_iter(read(&source, utf16, told)));
    Ok(Box::new(works.map(move |work| match skipped.take() {
        Some(skipped) if skipped > 0 => Box::new(move |told: &mut Told| {
            for _ in 0..skipped {
                told.note("a text in a folder without annotation files was not read");
            }
            work(told)
        }) as Work,
        _ => work,
    })))
}

/// All texts and annotation files; beside a file that is named itself, those that belong to it.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, DatasetError> {
    let mut files = find(paths)?;
    files.retain(|path| ENDINGS.contains(&ending(path).as_str()) || ending(path) == "txt");
    let known: HashSet<&PathBuf> = files.iter().collect();
    let named = paths.iter().filter(|path| !path.is_dir());
    let beside = named.flat_map(|path| ["txt"].iter().chain(&ENDINGS).map(move |ending| path.with_extension(ending)));
    let more: Vec<_> = beside.filter(|path| !known.contains(path) && path.is_file()).collect();
    files.extend(more);
    Ok(files)
}

/// The documents that files make, in the order of the files, and how many texts belong to nothing.
fn sources(files: &[PathBuf], named: &[PathBuf]) -> (Vec<Source>, usize) {
    let mut groups: Vec<(PathBuf, Source)> = Vec::new();
    let mut places: HashMap<PathBuf, usize> = HashMap::new();
    let mut marked: HashSet<&Path> = HashSet::new();
    for file in files {
        let bare = file.with_extension("");
        let at = *places.entry(bare).or_insert_with_key(|bare| {
            groups.push((bare.clone(), Source::default()));
            groups.len() - 1
        });
        let source = &mut groups[at].1;
        if ending(file) == "txt" {
            source.text = Some(file.clone());
        } else {
            source.marks.push(file.clone());
            marked.extend(file.parent());
        }
    }
    for (_, source) in &mut groups {
        source.marks.sort_by_key(|file| ENDINGS.iter().position(|known| *known == ending(file)));
        if source.marks.first().is_some_and(|file| ending(file) == "ann") {
            source.unread = source.marks.len() - 1;
            source.marks.truncate(1);
        }
    }
    let taken = texts_elsewhere(&mut groups);
    let total = groups.len();
    groups.retain(|(_, source)| {
        !source.marks.is_empty()
            || source.text.as_ref().is_some_and(|text| {
                !taken.contains(text)
                    && (named.contains(text) || text.parent().is_some_and(|folder| marked.contains(folder)))
            })
    });
    let skipped = total - groups.len() - taken.len();
    name(&mut groups, named);
    (groups.into_iter().map(|(_, source)| source).collect(), skipped)
}

/// Gives annotation files without a text beside them the one of their name in another folder; says which were taken.
fn texts_elsewhere(groups: &mut [(PathBuf, Source)]) -> HashSet<PathBuf> {
    let mut alone: HashMap<String, Option<PathBuf>> = HashMap::new();
    for (bare, source) in groups.iter().filter(|(_, source)| source.marks.is_empty()) {
        // Of two texts with one name neither is meant for certain.
        alone.entry(stem_of(bare)).and_modify(|text| *text = None).or_insert_with(|| source.text.clone());
    }
    let mut taken = HashSet::new();
    for (bare, source) in groups.iter_mut().filter(|(_, source)| source.text.is_none()) {
        let stem = stem_of(bare);
        let mut found = alone.get(&stem).cloned().flatten().map(|text| (text, String::new()));
        if let (None, Some((id, annotator))) = (&found, stem.rsplit_once('_')) {
            found = alone.get(id).cloned().flatten().map(|text| (text, annotator.to_owned()));
        }
        if let Some((text, annotator)) = found {
            taken.insert(text.clone());
            source.text = Some(text);
            source.annotator = annotator;
            source.elsewhere = true;
        }
    }
    taken
}

fn stem_of(bare: &Path) -> String {
    bare.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Names documents after their files, or their paths where names repeat, and annotators after the folders that are
/// theirs.
fn name(groups: &mut [(PathBuf, Source)], named: &[PathBuf]) {
    let mut ours: HashMap<PathBuf, bool> = HashMap::new();
    let mut count: HashMap<(String, String), usize> = HashMap::new();
    for (bare, source) in groups.iter_mut() {
        source.id = source.text.as_deref().map_or_else(|| stem_of(bare), stem);
        if let Some((folder, root)) = bare.parent().and_then(|folder| Some((folder, folder.parent()?))) {
            let own = *ours.entry(folder.to_owned()).or_insert_with(|| is_ours(root) && !is_ours(folder));
            if own && source.annotator.is_empty() {
                source.annotator = stem_of(folder);
            }
        }
        *count.entry((source.id.clone(), source.annotator.clone())).or_default() += 1;
    }
    for (bare, source) in groups.iter_mut() {
        if count.get(&(source.id.clone(), source.annotator.clone())).is_some_and(|count| *count > 1) {
            let inside = named.iter().filter(|root| root.is_dir()).find_map(|root| bare.strip_prefix(root).ok());
            source.id = inside.unwrap_or(bare).to_string_lossy().replace('\\', "/");
        }
    }
}

/// Whether a folder has a configuration of ours.
fn is_ours(folder: &Path) -> bool {
    head(&folder.join("annotation.conf")).starts_with(names::MARK.as_bytes())
}
