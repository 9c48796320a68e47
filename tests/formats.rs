//! Every format that was ever released still opens, and what it holds is still there.

use std::{fs, path::PathBuf};

use ascribe_engine::{Tree, load, stats};

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
    let set = path.join("annotations/amina/a-minister-says-no-00000000.ron");
    let bytes = fs::read(&set).unwrap();
    let read = ascribe_schema::read::<ascribe_schema::AnnotationSet>(&bytes, "set").unwrap();
    assert_eq!(ascribe_schema::write(&read.value).unwrap().as_bytes(), bytes);
    let bytes = fs::read(path.join("suggestions/rules/a-minister-says-no-00000000.ron")).unwrap();
    let read = ascribe_schema::read::<ascribe_schema::SuggestionSet>(&bytes, "suggestions").unwrap();
    assert_eq!(ascribe_schema::write(&read.value).unwrap().as_bytes(), bytes);
    let bytes = fs::read(path.join("project.ron")).unwrap();
    let read = ascribe_schema::read::<ascribe_schema::Project>(&bytes, "project.ron").unwrap();
    assert_eq!(ascribe_schema::write(&read.value).unwrap().as_bytes(), bytes);
}
