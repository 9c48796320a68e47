//! What the tests share: fresh projects, the bytes of folders, verbs with their output caught, and
//! randomness that is the same on every machine.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use ascribe_cli::Io;
use ascribe_engine::{Project, Session, Tree, default_scheme, import, load, store::Store};
use ascribe_schema::{AnnotatorName, DocumentId, FORMAT};
use tempfile::TempDir;

/// The time at which everything in tests happens.
pub const TIME: &str = "2026-11-22T10:00:00Z";
/// The article of the sample project that people have annotated.
pub const BRIDGE: &str = "in-port-averne-the-bridge-that-stands-on-b9vsrshj";
/// The article of the sample project that nobody has annotated.
pub const FOG: &str = "fog-a-brass-band-and-one-button-how-the-gebh28ga";

/// Every file of a folder by its path, with `/` between names.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The project's own folder, the root of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// A file or folder of the test data beside the project; says so and gives nothing where there is none.
#[must_use]
pub fn shared(path: &str) -> Option<PathBuf> {
    let path = root().join("../shared").join(path);
    if !path.exists() {
        println!("skipped: no shared data");
    }
    path.exists().then_some(path)
}

/// Every file of a folder, hidden ones too, but for `.ascribe`, which is not part of a project.
#[must_use]
pub fn files(folder: &Path) -> Files {
    let mut files = Files::new();
    collect(folder, "", &mut files);
    files
}

fn collect(folder: &Path, prefix: &str, files: &mut Files) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().unwrap();
        if kind.is_symlink() {
            files.insert(name, fs::read_link(entry.path()).unwrap().to_string_lossy().into_owned().into_bytes());
        } else if kind.is_file() {
            files.insert(name, fs::read(entry.path()).unwrap());
        } else if kind.is_dir() && name != ".ascribe" {
            collect(&entry.path(), &format!("{name}/"), files);
        }
    }
}

/// A project in a temporary folder of its own, gone when dropped.
pub struct Fresh {
    /// The temporary folder, which holds nothing but the project.
    pub outside: TempDir,
    /// The project's folder.
    pub path: PathBuf,
}

impl Fresh {
    /// A copy of the sample project.
    #[must_use]
    pub fn sample() -> Self {
        let fresh = Self::empty();
        for (path, bytes) in files(&root().join("projects/port-averne")) {
            fresh.write(&path, &bytes);
        }
        fresh
    }

    /// A project with these articles, and the ids that they got.
    #[must_use]
    pub fn of(articles: &[&str]) -> (Self, Vec<DocumentId>) {
        let fresh = Self::empty();
        let title = "Test".to_owned();
        let file = ascribe_schema::Project { format: FORMAT, title, scheme: default_scheme(), ..Default::default() };
        let store = Store::create(&fresh.path, &file).unwrap();
        let add = |article: &&str| {
            let imported = import("article.txt", article.as_bytes(), TIME).unwrap();
            store.add_document(&imported).unwrap();
            imported.document.id
        };
        let ids = articles.iter().map(add).collect();
        (fresh, ids)
    }

    fn empty() -> Self {
        let outside = tempfile::tempdir().unwrap();
        let path = outside.path().join("project");
        Self { outside, path }
    }

    /// The bytes of a file.
    #[must_use]
    pub fn read(&self, path: &str) -> Vec<u8> {
        fs::read(self.path.join(path)).unwrap()
    }

    /// The text of a file.
    #[must_use]
    pub fn text(&self, path: &str) -> String {
        String::from_utf8(self.read(path)).unwrap()
    }

    /// Writes a file, making its folder if need be.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Replaces the only place in a file where `old` stands.
    pub fn replace(&self, path: &str, old: &str, new: &str) {
        let text = self.text(path);
        assert_eq!(text.matches(old).count(), 1, "`{old}` stands once in {path}");
        self.write(path, text.replace(old, new));
    }

    /// The project as it is read.
    #[must_use]
    pub fn load(&self) -> Project {
        load(&Tree::open(&self.path).unwrap())
    }

    /// The project, opened for an annotator.
    #[must_use]
    pub fn session(&self, annotator: &str) -> Session {
        Session::open(self.load(), name(annotator), TIME, || ())
    }
}

/// An annotator's name.
#[must_use]
pub fn name(annotator: &str) -> AnnotatorName {
    AnnotatorName::new(annotator).unwrap()
}

/// A document's id.
#[must_use]
pub fn document(id: &str) -> DocumentId {
    DocumentId::new(id).unwrap()
}

/// The path of an annotator's set of the annotated sample article.
#[must_use]
pub fn set_of(annotator: &str) -> String {
    format!("annotations/{annotator}/{BRIDGE}.ron")
}

/// What a verb printed and how it ended.
#[derive(Debug)]
pub struct Output {
    /// The exit status.
    pub status: u8,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// Runs a verb with these arguments.
#[must_use]
pub fn run<A: Into<OsString> + Clone>(arguments: &[A]) -> Output {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut io = Io { out: &mut out, err: &mut err, time: TIME.to_owned(), program: None };
    let all = [OsString::from("ascribe-cli")].into_iter().chain(arguments.iter().cloned().map(Into::into));
    let status = ascribe_cli::run(all, &mut io);
    Output { status, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

/// Random numbers that are the same each time (SplitMix64, <https://prng.di.unimi.it/splitmix64.c>).
pub struct Random(pub u64);

impl Random {
    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, not including, `limit`.
    pub fn below(&mut self, limit: u32) -> u32 {
        (self.bits() % u64::from(limit)) as u32
    }

    /// One of several things.
    pub fn pick<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.below(things.len() as u32) as usize]
    }
}
