//! Two copies of one file: `merge`, which git can call, and `git-setup`, which makes it do so.

use std::{
    fs,
    path::{Path, PathBuf},
};

use ascribe_engine::{
    Place, Tree,
    merge::{Choice, Joined, conflicts_of, document_of, merge_bytes, merge_marked, settle_bytes},
    store::{Store, write_file},
    stored_text,
};
use ascribe_schema::Conflict;
use clap::{Args, ValueEnum};

use crate::{DONE, Failed, Io, NEEDS_A_PERSON};

/// What to merge, or to settle.
#[derive(Debug, Args)]
pub(crate) struct Merge {
    /// BASE OURS THEIRS: what both copies started from, and the two copies; an empty BASE where both were added.
    /// Or, with one of the options, the one file that holds both
    #[arg(required = true, num_args = 1..=3, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Where to write the result, such as OURS; standard output otherwise
    #[arg(short, long, value_name = "OUT", conflicts_with_all = ["markers", "take", "open"])]
    output: Option<PathBuf>,
    /// Where in a project the file belongs, for messages and for the texts of its document (git's %P)
    #[arg(long, value_name = "PATH", conflicts_with_all = ["markers", "take", "open"])]
    path: Option<PathBuf>,
    /// Put together what git left in FILE with marks between
    #[arg(long, conflicts_with_all = ["take", "open"])]
    markers: bool,
    /// List what is open in FILE
    #[arg(long, conflicts_with = "take")]
    open: bool,
    /// Settle what is open in FILE: take this side
    #[arg(long, value_name = "SIDE")]
    take: Option<Side>,
    /// Only what is open at this place; may be given several times
    #[arg(long, value_name = "PLACE", requires = "take")]
    at: Vec<String>,
    /// With --open: print JSON
    #[arg(long, requires = "open")]
    json: bool,
}

/// Which side to take.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Side {
    /// What both started from
    Base,
    /// The first copy
    Ours,
    /// The second copy
    Theirs,
    /// What the file has now
    AsIs,
}

impl From<Side> for Choice {
    fn from(side: Side) -> Self {
        match side {
            Side::Base => Self::Base,
            Side::Ours => Self::Ours,
            Side::Theirs => Self::Theirs,
            Side::AsIs => Self::AsItIs,
        }
    }
}

/// Joins two copies; or settles what an earlier merge left open.
pub(crate) fn merge(wanted: &Merge, io: &mut Io<'_>) -> Result<u8, Failed> {
    match (wanted.files.as_slice(), wanted.take) {
        ([file], Some(side)) => take(file, side.into(), &wanted.at, io),
        ([file], None) if wanted.markers => unmark(file, io),
        ([file], None) if wanted.open => list(file, wanted.json, io),
        ([base, ours, theirs], None) if !wanted.markers && !wanted.open => three(wanted, [base, ours, theirs], io),
        _ => Err("name three files, BASE OURS THEIRS; or one, with --markers, --open or --take".into()),
    }
}

fn three(wanted: &Merge, files: [&PathBuf; 3], io: &mut Io<'_>) -> Result<u8, Failed> {
    let [base, ours, theirs] = files.map(|file| read(file));
    let (base, ours, theirs) = (base?, ours?, theirs?);
    let place = wanted.path.as_deref().unwrap_or(files[1]);
    let name = place.display().to_string();
    let [here, there, before] = ["ours", "theirs", "what both started from"].map(|side| format!("{name} ({side})"));
    let root = project_of(place);
    let text = |sha256: &str| stored_text(&Tree::Folder(root.clone()?), &document_of(&ours)?, sha256);
    let joined = merge_bytes((&base, &before), (&ours, &here), (&theirs, &there), &text);
    let joined = joined.map_err(|error| format!("{name}: {error}"))?;
    match &wanted.output {
        Some(output) => write_file(output, joined.text.as_bytes())?,
        None => write!(io.out, "{}", joined.text)?,
    }
    tell(&name, &joined, io)
}

fn read(file: &Path) -> Result<Vec<u8>, Failed> {
    fs::read(file).map_err(|error| format!("cannot read {}: {error}", file.display()).into())
}

/// The folder of the project that a path lies in.
fn project_of(path: &Path) -> Option<PathBuf> {
    let here = |folder: &Path| if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() };
    path.ancestors().skip(1).map(here).find(|folder| Tree::open(folder).is_ok())
}

/// Says what a person should know and what is open.
fn tell(name: &str, joined: &Joined, io: &mut Io<'_>) -> Result<u8, Failed> {
    for note in &joined.notes {
        writeln!(io.err, "{name}: {note}")?;
    }
    if joined.conflicts.is_empty() {
        return Ok(DONE);
    }
    for record in &joined.conflicts {
        writeln!(io.err, "{name}: open at {}", record.at)?;
    }
    let places = match joined.conflicts.len() {
        1 => "1 place".to_owned(),
        n => format!("{n} places"),
    };
    writeln!(
        io.err,
        "{name}: the copies differ at {places}; both versions are kept in the file: decide in the window, or with \
         `merge --take ours` or `--take theirs`"
    )?;
    Ok(NEEDS_A_PERSON)
}

/// A file of a project: the project, the path in it, and the bytes.
fn of_project(file: &Path) -> Result<(Store, String, Vec<u8>), Failed> {
    let bytes = read(file)?;
    let none = || format!("{} lies in no project; `merge` leaves a copy there of what it replaces", file.display());
    let file = file.canonicalize()?;
    let root = project_of(&file).ok_or_else(none)?;
    let inside = file.strip_prefix(&root).map_err(|_| none())?;
    let names: Vec<_> = inside.iter().map(|name| name.to_string_lossy()).collect();
    Ok((Store::at(root), names.join("/"), bytes))
}

fn unmark(file: &Path, io: &mut Io<'_>) -> Result<u8, Failed> {
    let (store, path, bytes) = of_project(file)?;
    let name = file.display().to_string();
    let tree = Tree::Folder(store.root().to_owned());
    // Its own name says of which document it is: between the marks nothing may be whole.
    let document = file.file_stem().and_then(|stem| ascribe_schema::DocumentId::new(stem.to_string_lossy()).ok());
    let text = |sha256: &str| stored_text(&tree, document.as_ref()?, sha256);
    let joined = merge_marked((&bytes, &name), &text)?;
    store.replace_read(&path, Some(&bytes), joined.text.as_bytes())?;
    writeln!(io.err, "{name}: put together; what was there is kept in .ascribe/backups")?;
    tell(&name, &joined, io)
}

fn take(file: &Path, side: Choice, at: &[String], io: &mut Io<'_>) -> Result<u8, Failed> {
    let (store, path, bytes) = of_project(file)?;
    let name = file.display().to_string();
    let all = conflicts_of((&bytes, &name))?;
    let places = if at.is_empty() { all.iter().map(|record| record.at.clone()).collect() } else { at.to_vec() };
    let tree = Tree::Folder(store.root().to_owned());
    let text = |sha256: &str| stored_text(&tree, &document_of(&bytes)?, sha256);
    let joined = settle_bytes((&bytes, &name), &places, side, &text)?;
    store.replace_read(&path, Some(&bytes), joined.text.as_bytes())?;
    writeln!(io.out, "{} settled, {} open", places.len(), joined.conflicts.len())?;
    Ok(if joined.conflicts.is_empty() { DONE } else { NEEDS_A_PERSON })
}

fn list(file: &Path, json: bool, io: &mut Io<'_>) -> Result<u8, Failed> {
    let open = conflicts_of((&read(file)?, &file.display().to_string()))?;
    if json {
        writeln!(io.out, "{}", serde_json::to_string_pretty(&open)?)?;
    } else {
        for Conflict { at, base, ours, theirs } in &open {
            writeln!(io.out, "{at}")?;
            for (side, value) in [("base", base), ("ours", ours), ("theirs", theirs)] {
                writeln!(io.out, "  {side}: {}", super::reading::plain(value.as_deref().unwrap_or("(not there)")))?;
            }
        }
    }
    Ok(if open.is_empty() { DONE } else { NEEDS_A_PERSON })
}

/// Makes git use the merge driver: writes what belongs to the project, and prints what belongs to the machine.
pub(crate) fn git_setup(project: &Path, io: &mut Io<'_>) -> Result<u8, Failed> {
    let Place::Folder(root) = Tree::open(project)?.place() else {
        return Err("a bundle is one file, which git cannot merge; unpack it first".into());
    };
    let added = Store::at(root).set_up_git()?;
    match added.len() {
        0 => writeln!(io.err, ".gitattributes says it all already")?,
        _ => writeln!(io.err, "written to .gitattributes, for everybody; commit it:\n  {}", added.join("\n  "))?,
    }
    let program = io.program.as_ref().map_or_else(|| "ascribe-cli".to_owned(), |path| path.display().to_string());
    let driver = format!("{} merge %O %A %B -o %A --path %P", quoted(&program));
    writeln!(io.err, "to be run once in each clone, for git runs no program only because a project names it:")?;
    writeln!(io.out, "git config merge.ascribe.name {}", quoted("Ascribe: by ids and fields"))?;
    writeln!(io.out, "git config merge.ascribe.driver {}", quoted(&driver))?;
    Ok(DONE)
}

/// A word for a POSIX shell.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}
