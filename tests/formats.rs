//! Every format that was ever released still opens, and what it holds is still there.

use std::{
    fs,
    path::{Path, PathBuf},
};

use ascribe_engine::{Tree, load, stats};
use ascribe_schema::{AnnotationSet, CommentSet, DecisionSet, File, Project, SuggestionSet};

fn formats() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats");
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn projects_of_every_released_format_open_without_a_problem() {
    let formats = formats();
    assert!(formats.iter().any(|path| path.ends_with(ascribe_schema::FORMAT.to_string())), "today's is missing");
    for path in formats {
        let project = load(&Tree::open(&path).unwrap());
        assert_eq!(project.problems, [], "{}", path.display());
        let counts = &stats(&project).annotators.into_values().next().unwrap();
        assert_eq!((counts.finished, counts.annotations, counts.relations["attributed_to"]), (1, 4, 1));
    }
}

#[test]
fn files_of_todays_format_are_written_as_they_are_kept() {
    let path = formats().into_iter().find(|path| path.ends_with(ascribe_schema::FORMAT.to_string())).unwrap();
    let stem = "a-minister-says-no-00000000.ron";
    check::<AnnotationSet>(&path.join("annotations/amina").join(stem));
    check::<DecisionSet>(&path.join("decisions/dana").join(stem));
    check::<CommentSet>(&path.join("comments/bo").join(stem));
    check::<SuggestionSet>(&path.join("suggestions/rules").join(stem));
    check::<Project>(&path.join("project.ron"));
}

/// The file is written as it was read.
fn check<T: File>(path: &Path) {
    let bytes = fs::read(path).unwrap();
    let read = ascribe_schema::read::<T>(&bytes, "").unwrap();
    assert!(read.complete, "{}: {:?}", path.display(), read.problems);
    assert_eq!(ascribe_schema::write(&read.value).unwrap().as_bytes(), bytes, "{}", path.display());
}
