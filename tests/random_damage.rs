//! Files damaged at random: nothing panics, and nothing is dropped from a set that can be changed.

use std::path::PathBuf;

use ascribe_engine::{SetState, Tree, load, stats};
use ascribe_tests::{Files, Fresh, Random, files};

/// Bytes that matter to RON, to UTF-8 or to a line.
const ODD: &[u8] = b"\"\\()[]{},:#!\n\r\0/*'0-9r\xff\xc3\xa9\xe2\x80";

/// Changes a few bytes, cuts or repeats a stretch, or puts a stretch of another file there.
fn damage(bytes: &mut Vec<u8>, other: &[u8], random: &mut Random) {
    for _ in 0..=random.below(3) {
        let place = |random: &mut Random, bytes: &[u8]| {
            let start = random.below(bytes.len().max(1) as u32) as usize;
            start..(start + random.below(60) as usize).min(bytes.len())
        };
        let range = place(random, bytes);
        match random.below(6) {
            0 => bytes.truncate(range.start),
            1 => drop(bytes.splice(range, [])),
            2 => {
                let again = bytes[range.clone()].to_vec();
                bytes.splice(range.start..range.start, again);
            }
            3 => {
                let foreign = other[place(random, other)].to_vec();
                bytes.splice(range, foreign);
            }
            _ => {
                let byte = *random.pick(ODD);
                bytes.splice(range.start..(range.start + 1).min(bytes.len()), [byte]);
            }
        }
    }
}

fn check(files: Files, what: &str) {
    let project = load(&Tree::Bundle(PathBuf::from("damaged"), files));
    assert_eq!(stats(&project).documents.len(), project.documents.len());
    for problem in &project.problems {
        assert!(!problem.place.file.is_empty() && !problem.to_string().is_empty(), "{what}");
    }
    for stored in project.documents.values().flat_map(|document| document.sets.values()) {
        let mut sorted = stored.set.clone();
        sorted.sort();
        let kept = SetState::from_file(stored.set.clone()).to_file();
        assert!(!stored.writable || kept == sorted, "{what}: saving would lose something");
    }
}

#[test]
fn random_damage_never_panics_and_never_loses_a_tag_in_silence() {
    let sound: Files = files(&Fresh::sample().path);
    let paths: Vec<_> = sound.keys().filter(|path| !path.starts_with('.')).cloned().collect();
    let random = &mut Random(3);
    for round in 0..600 {
        let mut broken = sound.clone();
        let (path, other) = (random.pick(&paths), random.pick(&paths));
        damage(broken.get_mut(path).unwrap(), &sound[other], random);
        check(broken, &format!("{path} in round {round}"));
    }
}
