//! Benchmarks that need no window, and the large project that they and the window's work on.

mod agree;
mod compare;
mod dataset;
mod gamma;
mod html;
mod import;
mod lint;
mod offsets;
mod suggest;

use std::{
    path::Path,
    time::{Duration, Instant},
};

use ascribe_engine::{
    Action, Query, Session, Tree, default_scheme, find, hex_sha256, import, load, outline::outline, plan_move,
    set_path, store::Store,
};
use ascribe_schema::{
    Annotation, AnnotationId, AnnotationSet, AnnotatorName, DocumentId, FORMAT, Origin, Progress, Project, Relation,
    RelationId, Span, Text, write,
};

use crate::{DONE, Failed, Io, now};

/// Who tags in generated projects.
pub const ANNOTATOR: &str = "bench";

/// The size of the largest text that must stay quick, in bytes.
pub const LARGE: usize = 10_000_000;
/// The number of annotations on it.
pub const MANY: usize = 100_000;

/// Runs a benchmark by name and prints medians.
pub(crate) fn run(name: &str, folder: Option<&Path>, megabytes: Option<u64>, io: &mut Io<'_>) -> Result<u8, Failed> {
    let known = [
        "load", "edit", "find", "import", "revise", "all", "html", "offsets", "dataset", "lint", "suggest", "agree",
        "compare", "gamma",
    ];
    if name == "html" {
        let folder = folder.ok_or("say which folder: `ascribe-cli bench html FOLDER`")?;
        return html::run(folder, io);
    }
    if name == "offsets" {
        return offsets::run(io);
    }
    if name == "lint" {
        return lint::run(io);
    }
    if name == "gamma" {
        return gamma::run(io);
    }
    if name == "agree" {
        return agree::run(io);
    }
    if name == "compare" {
        return compare::run(io);
    }
    if name == "dataset" {
        return with_folder(|folder| dataset::run(folder, io));
    }
    if name == "suggest" {
        return suggest::run(megabytes, io);
    }
    if name == "window" {
        return Err("the window's benchmark needs the window: run `ascribe bench window`".into());
    }
    if !known.contains(&name) {
        return Err(format!("there is no benchmark `{name}`; choose one of {}", known.join(", ")).into());
    }
    if name != "import" {
        with_project(LARGEST, |folder, document| measure(name, folder, document, io))?;
    }
    if ["import", "all"].contains(&name) { with_folder(|folder| import::run(folder, io)) } else { Ok(DONE) }
}

/// How large a generated project is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Bytes of its one text, about.
    pub bytes: usize,
    /// Annotations on it, half of them tied.
    pub annotations: usize,
    /// Whether they lie on each other, that many on each word from the start of the text, instead of all along it.
    pub stacked: Option<usize>,
    /// Whether the text is one line without any break.
    pub unbroken: bool,
}

/// The largest project that must stay quick.
pub const LARGEST: Size = Size { bytes: LARGE, annotations: MANY, stacked: None, unbroken: false };

/// Makes a project of that size in a temporary folder, for as long as `work` runs.
///
/// # Errors
///
/// When the folder cannot be written, or as `work`.
pub fn with_project<T>(size: Size, work: impl FnOnce(&Path, &DocumentId) -> Result<T, Failed>) -> Result<T, Failed> {
    with_folder(|folder| work(folder, &make_project(folder, size)?))
}

/// A temporary folder, not there yet, for as long as `work` runs.
fn with_folder<T>(work: impl FnOnce(&Path) -> Result<T, Failed>) -> Result<T, Failed> {
    let folder = std::env::temp_dir().join(format!("ascribe-bench-{}", std::process::id()));
    let result = work(&folder);
    std::fs::remove_dir_all(&folder)?;
    result
}

fn measure(name: &str, folder: &Path, document: &DocumentId, io: &mut Io<'_>) -> Result<(), Failed> {
    writeln!(io.out, "{} MB of text, {MANY} annotations, {} relations; medians", LARGE / 1_000_000, MANY / 2)?;
    if ["load", "all"].contains(&name) {
        let load = median(5, || {
            let start = Instant::now();
            let project = load(&Tree::open(folder)?);
            let time = start.elapsed();
            if project.has_errors() { Err("the generated project has errors".into()) } else { Ok(time) }
        })?;
        writeln!(io.out, "load and check   {:>8.1} ms", load.as_secs_f64() * 1e3)?;
    }
    let annotator = AnnotatorName::new(ANNOTATOR)?;
    let project = load(&Tree::open(folder)?);
    let start = Instant::now();
    let mut session = Session::open(project, annotator, &io.time, || ());
    writeln!(io.out, "prepare for work {:>8.1} ms", start.elapsed().as_secs_f64() * 1e3)?;
    if ["edit", "all"].contains(&name) {
        measure_edits(&mut session, document, io)?;
    }
    if ["find", "all"].contains(&name) {
        measure_finding(&session, document, io)?;
    }
    if ["revise", "all"].contains(&name) {
        measure_revising(&session, document, io)?;
    }
    Ok(())
}

/// Searches through all of the text, and what the outline and the map are made of.
fn measure_finding(session: &Session, document: &DocumentId, io: &mut Io<'_>) -> Result<(), Failed> {
    let text = session.text(document).ok_or("the generated document has no text")?;
    let query = |words: &str, whole, pattern| Query { words: words.to_owned(), case: false, whole, pattern };
    for (name, query) in [
        ("find nothing", query("no such words", false, false)),
        ("find a word", query("minister", false, false)),
        ("find it whole", query("minister", true, false)),
        ("find a pattern", query(r"\b[A-Z]\w+ (said|denied) of\b", false, true)),
    ] {
        let mut count = 0;
        let time = median(5, || {
            let start = Instant::now();
            let hits = find(text, &query, || false)?;
            count = hits.spans.len();
            Ok(start.elapsed())
        })?;
        writeln!(io.out, "{name:<16} {:>8.1} ms, {count} hits", time.as_secs_f64() * 1e3)?;
    }
    let time = median(5, || {
        let start = Instant::now();
        if outline(text, &[]).is_empty() { Err("the generated text has no parts".into()) } else { Ok(start.elapsed()) }
    })?;
    writeln!(io.out, "outline          {:>8.1} ms", time.as_secs_f64() * 1e3)?;
    let set = session.set(document).ok_or("the generated set is not there")?;
    let time = median(100, || {
        let start = Instant::now();
        let parts: usize = set.density().map(|(_, density)| density.parts().count()).sum();
        if parts == 0 { Err("the generated set is empty".into()) } else { Ok(start.elapsed()) }
    })?;
    writeln!(io.out, "map of all tags  {:>8.3} ms", time.as_secs_f64() * 1e3)?;
    Ok(())
}

/// Moves all tags to a text with a change in each of 100 places.
fn measure_revising(session: &Session, document: &DocumentId, io: &mut Io<'_>) -> Result<(), Failed> {
    let text = session.text(document).ok_or("the generated document has no text")?;
    let set = session.set(document).ok_or("the generated set is not there")?.state();
    let mut corrected = String::new();
    for (number, piece) in text.as_str().split_inclusive("\n\n").enumerate() {
        corrected.push_str(if number % 200 == 7 { "It was corrected here.\n\n" } else { piece });
    }
    let corrected = Text::new(corrected);
    let mut counts = String::new();
    let time = median(3, || {
        let start = Instant::now();
        let planned = plan_move(set, &|_| Some(text.clone()), &corrected, "corrected");
        let (_, report) = planned.ok_or("the set cannot be moved")?;
        let told = report.counts().into_iter().map(|(fate, count)| format!("{count} {}", fate.name()));
        counts = told.collect::<Vec<_>>().join(", ");
        Ok(start.elapsed())
    })?;
    writeln!(io.out, "move all tags    {:>8.1} ms, {counts}", time.as_secs_f64() * 1e3)?;
    Ok(())
}

fn measure_edits(session: &mut Session, document: &DocumentId, io: &mut Io<'_>) -> Result<(), Failed> {
    let mut bits = 1 << 49;
    let mut random = || {
        bits += 1;
        bits
    };
    let mut at = 0;
    let edit = median(1000, || {
        at += 997;
        let spans = vec![Span::new(at, at + 40)];
        let start = Instant::now();
        session.act(document, Action::Tag { label: "claim".to_owned(), spans, tie: None }, "", &mut random)?;
        Ok(start.elapsed())
    })?;
    writeln!(io.out, "one edit         {:>8.3} ms", edit.as_secs_f64() * 1e3)?;
    let undo = median(1000, || {
        let start = Instant::now();
        session.undo()?;
        Ok(start.elapsed())
    })?;
    writeln!(io.out, "one undo         {:>8.3} ms", undo.as_secs_f64() * 1e3)?;
    let start = Instant::now();
    session.flush();
    writeln!(io.out, "save all         {:>8.1} ms (on its own thread)", start.elapsed().as_secs_f64() * 1e3)?;
    Ok(())
}

/// The most memory that this process has used until now, in MiB, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").trim().parse::<u64>().ok()? >> 10)
}

fn median(runs: usize, mut run: impl FnMut() -> Result<Duration, Failed>) -> Result<Duration, Failed> {
    let mut times = (0..runs).map(|_| run()).collect::<Result<Vec<_>, _>>()?;
    times.sort_unstable();
    Ok(times[runs / 2])
}

/// Makes a project with one document, annotated by [`ANNOTATOR`]; the same each time.
fn make_project(folder: &Path, size: Size) -> Result<DocumentId, Failed> {
    let project = Project { format: FORMAT, title: "Large".to_owned(), scheme: default_scheme(), ..Project::default() };
    let store = Store::create(folder, &project)?;
    let mut random = Random(42);
    let content = generated_text(size, &mut random);
    let imported = import("large.txt", content.as_bytes(), &now())?;
    store.add_document(&imported)?;
    let text = Text::new(imported.text);
    let id = imported.document.id;
    let mut set = AnnotationSet {
        format: FORMAT,
        document: id.clone(),
        text_sha256: hex_sha256(text.as_str().as_bytes()),
        annotator: AnnotatorName::new(ANNOTATOR)?,
        progress: Progress::InProgress,
        annotations: generated_annotations(&text, size, &mut random)?,
        relations: Vec::new(),
        rejected: Vec::new(),
        conflicts: Vec::new(),
    };
    for (n, pair) in set.annotations.chunks_exact(2).enumerate() {
        let id = RelationId::from_bits(n as u64);
        // A quote and the source that was made after it.
        let (from, to) = (pair[0].id.clone(), pair[1].id.clone());
        set.relations.push(Relation { id, kind: "attributed_to".to_owned(), from, to });
    }
    set.sort();
    store.write_file(&set_path(&set.annotator, &id), write(&set)?.as_bytes())?;
    Ok(id)
}

fn generated_annotations(text: &Text, size: Size, random: &mut Random) -> Result<Vec<Annotation>, Failed> {
    let (count, room) = (size.annotations, text.len().0.saturating_sub(400));
    // Words in the generated text are about six characters long, with the space after.
    let word = |n: usize| size.stacked.map(|deep| (n / deep) as u32 * 6);
    let annotation = |n: usize| {
        let spread = (n as u64 * u64::from(room) / count.max(1) as u64) as u32;
        let label = ["quote", "source", "claim", "source"][n % if size.stacked.is_some() { 4 } else { 2 }];
        let span = match word(n) {
            Some(start) => Span::new(start, start + 5),
            None => Span::new(spread, spread + 10 + random.below(if n.is_multiple_of(50) { 300 } else { 80 })),
        };
        Ok(Annotation {
            id: AnnotationId::from_bits(n as u64),
            label: label.to_owned(),
            spans: vec![span],
            text: vec![text.slice(span).ok_or("the generated span lies outside the text")?.to_owned()],
            attributes: Default::default(),
            text_sha256: String::new(),
            note: String::new(),
            origin: Origin::Human(AnnotatorName::new(ANNOTATOR)?),
            created: "2026-01-01T00:00:00Z".to_owned(),
            decided: None,
        })
    };
    (0..count).map(annotation).collect()
}

fn generated_text(size: Size, random: &mut Random) -> String {
    const WORDS: [&str; 24] = [
        "minister",
        "the",
        "said",
        "of",
        "report",
        "“never”",
        "harbour",
        "and",
        "officials",
        "a",
        "denied",
        "council",
        "on",
        "letter",
        "that",
        "bridge",
        "was",
        "in",
        "Tuesday",
        "signed",
        "naïve",
        "to",
        "figure",
        "fog",
    ];
    let mut text = String::from(if size.unbroken { "A large article. " } else { "A large article\n\n" });
    while text.len() < size.bytes {
        let words = 30 + random.below(90);
        for n in 0..words {
            text.push_str(WORDS[random.below(24) as usize]);
            let end = if size.unbroken { ". " } else { ".\n\n" };
            text.push_str(if n + 1 == words { end } else { " " });
        }
    }
    text
}

/// A small generator, so that the project is the same on every machine (Knuth's MMIX constants).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as u32) % limit
    }
}
