//! Two clones, many pairs of edits made at the same time, and the real git, which calls the real program to merge them.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "tests")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use ascribe_engine::merge::Mergeable;
use ascribe_schema::{
    Annotation, AnnotationSet, AnnotatorName, CommentSet, DecisionSet, DocumentId, FORMAT, File, Input, Project, Text,
    read, write,
};

#[path = "concurrent.rs"]
mod concurrent;

use concurrent::{
    Facts, comment_facts, decision_facts, edit_comments, edit_decisions, edit_project, edit_set, lost, must_ask,
    project_facts, risen, set_facts,
};

const PAIRS: usize = 200;
const ID: &str = "in-port-averne-the-bridge-that-stands-on-b9vsrshj";

fn program(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ascribe-cli")).args(arguments).output().unwrap()
}

/// Runs a command in a clone, with no configuration but the clone's own.
fn command(folder: &Path, program: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "Test").env(format!("GIT_{who}_EMAIL"), "test@example.org");
    }
    command.output().unwrap()
}

fn git(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, "git", arguments)
}

fn must(output: Output) -> String {
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{error}{said}");
    String::from_utf8(output.stdout).unwrap()
}

/// Numbers that are the same each time (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % u64::from(limit)) as u32
    }
}

/// What a decision says of somebody's first annotation: the text it was made on, and the annotation as it was then.
fn decided(set: &AnnotationSet) -> (String, Vec<Input>) {
    let Annotation { id, label, spans, text, attributes, .. } = set.annotations[0].clone();
    let input =
        Input { annotator: set.annotator.clone(), annotation: id, label, spans, text, attributes, links: vec![] };
    (set.text_sha256.clone(), vec![input])
}

/// What both clones hold, as the test knows it.
struct Clones {
    folders: [PathBuf; 2],
    text: Text,
    random: Random,
}

/// What came of one file.
struct Came {
    path: &'static str,
    asked: BTreeSet<String>,
    edits: usize,
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, name) = (entry.as_ref().unwrap().path(), entry.unwrap().file_name());
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            fs::copy(path, to.join(name)).unwrap();
        }
    }
}

impl Clones {
    /// A project in git, and a clone of it, both set up as `git-setup` says.
    fn new(outside: &Path) -> Self {
        let folders = ["a", "b"].map(|name| outside.join(name));
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        copy(&root.join("projects/port-averne"), &folders[0]);
        let text = Text::new(fs::read_to_string(folders[0].join(format!("documents/{ID}.txt"))).unwrap());
        let clones = Self { folders, text, random: Random(1) };
        let mut few: AnnotationSet = clones.load(0, SET).unwrap();
        // The fewer there are, the more often two people meet.
        few.annotations.truncate(8);
        few.let_go();
        clones.save(0, SET, &few);
        let [first, second] = &clones.folders;
        must(git(first, &["init", "-q"]));
        let setup = must(program(&["git-setup", first.to_str().unwrap()]));
        must(command(first, "sh", &["-ec", &setup]));
        must(git(first, &["add", "-A"]));
        must(git(first, &["commit", "-qm", "base"]));
        must(git(outside, &["clone", "-q", "a", "b"]));
        must(command(second, "sh", &["-ec", &setup]));
        clones
    }

    fn load<T: File>(&self, clone: usize, path: &str) -> Option<T> {
        let bytes = fs::read(self.folders[clone].join(path)).ok()?;
        let there = read::<T>(&bytes, path).unwrap();
        assert!(there.complete && there.problems.is_empty(), "{path}");
        Some(there.value)
    }

    fn save<T: File>(&self, clone: usize, path: &str, value: &T) {
        let path = self.folders[clone].join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, write(value).unwrap()).unwrap();
    }

    /// Edits a file in both clones; returns the facts before, here and there.
    fn edit<T: File + Clone>(
        &mut self,
        path: &str,
        new: T,
        facts: fn(&T) -> Facts,
        edit: impl Fn(&mut T, &mut dyn FnMut(u32) -> u32),
    ) -> [Facts; 3] {
        let base: T = self.load(0, path).unwrap_or(new);
        let sides = [0, 1].map(|clone| {
            let mut copy = base.clone();
            for _ in 0..1 + self.random.below(4) {
                edit(&mut copy, &mut |limit| self.random.below(limit));
            }
            self.save(clone, path, &copy);
            facts(&copy)
        });
        let [here, there] = sides;
        [facts(&base), here, there]
    }

    /// Checks what git and the program made of a file.
    fn check<T: Mergeable>(&self, path: &'static str, facts: fn(&T) -> Facts, [base, here, there]: [Facts; 3]) -> Came {
        let merged: T = self.load(0, path).unwrap();
        let after = facts(&merged);
        let asked: BTreeSet<_> = merged.conflicts().iter().map(|record| record.at.clone()).collect();
        let orders = ["annotators", "reasons", "scheme.labels"];
        let named: BTreeSet<_> = asked.iter().filter(|at| !orders.contains(&at.as_str())).cloned().collect();
        let named: BTreeSet<_> =
            named.into_iter().filter(|at| !at.starts_with("assignments.") || at.matches('.').count() > 1).collect();
        assert_eq!(named, must_ask(&base, &here, &there), "{path}");
        let mut edits = 0;
        for side in [&here, &there] {
            assert_eq!(lost(&base, side, &after, &named), Vec::<&String>::new(), "{path}");
            assert_eq!(risen(&base, side, &after, &named), Vec::<&String>::new(), "{path}");
            edits += side.iter().filter(|(place, value)| base.get(*place) != Some(value)).count();
            edits += base.keys().filter(|place| !side.contains_key(*place)).count();
        }
        Came { path, asked, edits }
    }

    /// Both edit all files and commit; the first pulls the second's work. Returns what came of each file.
    fn round(&mut self) -> Vec<Came> {
        let (document, me) = (DocumentId::new(ID).unwrap(), AnnotatorName::new("amina").unwrap());
        let text = self.text.clone();
        let set: AnnotationSet = self.load(0, SET).unwrap();
        let decided = decided(&self.load(0, &SET.replace("/amina/", "/bo/")).unwrap());
        let set = self.edit(SET, set, set_facts, |set, draw| edit_set(set, &text, draw));
        let (writer, about) = (me.clone(), document.clone());
        let new = CommentSet { format: FORMAT, document: about, writer, comments: Vec::new(), conflicts: Vec::new() };
        let comments = self.edit(COMMENTS, new, comment_facts, edit_comments);
        let (adjudicator, about) = (me, document.clone());
        let new =
            DecisionSet { format: FORMAT, document: about, adjudicator, decisions: Vec::new(), conflicts: Vec::new() };
        let decisions = self.edit(DECISIONS, new, decision_facts, |set, draw| {
            edit_decisions(set, draw);
            for decision in &mut set.decisions {
                (decision.text_sha256, decision.about) = decided.clone();
            }
        });
        let project: Project = self.load(0, PROJECT).unwrap();
        let project = self.edit(PROJECT, project, project_facts, |project, draw| {
            edit_project(project, std::slice::from_ref(&document), draw);
        });
        for folder in &self.folders {
            must(git(folder, &["add", "-A"]));
            must(git(folder, &["commit", "-qm", "edits", "--allow-empty"]));
        }
        let pulled = git(&self.folders[0], &["pull", "-q", "--no-rebase", "--no-edit", "../b", "HEAD"]);
        let came = vec![
            self.check::<AnnotationSet>(SET, set_facts, set),
            self.check::<CommentSet>(COMMENTS, comment_facts, comments),
            self.check::<DecisionSet>(DECISIONS, decision_facts, decisions),
            self.check::<Project>(PROJECT, project_facts, project),
        ];
        let open: BTreeSet<_> = came.iter().filter(|came| !came.asked.is_empty()).map(|came| came.path).collect();
        let unmerged = must(git(&self.folders[0], &["diff", "--name-only", "--diff-filter=U"]));
        assert_eq!(unmerged.lines().collect::<BTreeSet<_>>(), open, "git reports what is open, and nothing else");
        assert_eq!(pulled.status.success(), open.is_empty());
        came
    }

    /// Settles all that is open, commits, and lets the second clone catch up.
    fn settle(&mut self, came: &[Came]) {
        for came in came.iter().filter(|came| !came.asked.is_empty()) {
            let file = self.folders[0].join(came.path);
            let side = ["ours", "theirs", "base", "as-is"][self.random.below(4) as usize];
            let take = |side| program(&["merge", "--take", side, file.to_str().unwrap()]);
            // A side may lead to what the other side of another record has deleted.
            if !take(side).status.success() {
                must(take("as-is"));
            }
        }
        let [first, second] = &self.folders;
        must(git(first, &["add", "-A"]));
        if came.iter().any(|came| !came.asked.is_empty()) {
            must(git(first, &["commit", "-qm", "merged"]));
        }
        must(git(second, &["pull", "-q", "--ff-only", "../a", "HEAD"]));
    }
}

const SET: &str = "annotations/amina/in-port-averne-the-bridge-that-stands-on-b9vsrshj.ron";
const COMMENTS: &str = "comments/amina/in-port-averne-the-bridge-that-stands-on-b9vsrshj.ron";
const DECISIONS: &str = "decisions/amina/in-port-averne-the-bridge-that-stands-on-b9vsrshj.ron";
const PROJECT: &str = "project.ron";

#[test]
fn git_merges_two_clones_and_asks_only_where_both_meant_the_same() {
    if Command::new("git").arg("--version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "git is needed");
        println!("skipped: no git");
        return;
    }
    let outside = tempfile::tempdir().unwrap();
    let mut clones = Clones::new(outside.path());
    let (mut clean, mut places, mut edits, mut files) = (0, 0, 0, 0);
    for _ in 0..PAIRS {
        let came = clones.round();
        // Whatever came of it, the project loads without an error.
        must(program(&["check", clones.folders[0].to_str().unwrap()]));
        clean += usize::from(came.iter().all(|came| came.asked.is_empty()));
        files += came.iter().filter(|came| !came.asked.is_empty()).count();
        places += came.iter().map(|came| came.asked.len()).sum::<usize>();
        edits += came.iter().map(|came| came.edits).sum::<usize>();
        clones.settle(&came);
    }
    println!(
        "{PAIRS} pairs of edits in 4 files each: {clean} merged clean; {edits} changed fields, none lost; git asked \
         in {files} files, at {places} places, all of them changed by both"
    );
}
