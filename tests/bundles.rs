//! Bundles: the whole project in one file and back, byte for byte.

use std::{fs, path::PathBuf};

use ascribe_schema::{Bundle, Content, FORMAT, read, write};
use ascribe_tests::{FOG, Files, Fresh, files, run, set_of};

/// The files that belong to a project: not the hidden ones, which are the machine's.
fn visible(fresh: &Fresh) -> Files {
    files(&fresh.path).into_iter().filter(|(path, _)| !path.starts_with('.')).collect()
}

fn packed(fresh: &Fresh) -> PathBuf {
    let bundle = fresh.outside.path().join("all.ron");
    let output = run(&["pack".as_ref(), fresh.path.as_os_str(), "-o".as_ref(), bundle.as_os_str()]);
    let expected = format!("{} files packed into {}\n", visible(fresh).len(), bundle.display());
    assert_eq!((output.status, output.out, output.err), (0, expected, String::new()));
    bundle
}

#[test]
fn packing_and_unpacking_gives_back_every_byte() {
    let latin: fn(&Fresh) = |fresh| fresh.write("documents/scan.bin", b"\xff\xfe\0caf\xe9");
    let by_hand: fn(&Fresh) = |fresh| {
        fresh.replace(&set_of("bo"), "    annotations: [\n", "    /* mine */ annotations: [\r\n\t");
        fresh.write(&set_of("carla"), "\u{feff}not even RON \"\\\u{202e}\0\r\n");
    };
    let empty: fn(&Fresh) = |fresh| fresh.write(&format!("documents/{FOG}.txt"), "");
    for (what, change) in [("sample", (|_| ()) as fn(&Fresh)), ("bytes", latin), ("by hand", by_hand), ("empty", empty)]
    {
        let fresh = Fresh::sample();
        change(&fresh);
        let (bundle, folder) = (packed(&fresh), fresh.outside.path().join("copy"));
        let output = run(&["unpack".as_ref(), bundle.as_os_str(), folder.as_os_str()]);
        assert_eq!((output.status, output.err.as_str()), (0, ""), "{what}");
        assert!(files(&folder) == files(&fresh.path), "{what}: the same files, hidden ones included");
        let again = Fresh { path: folder, ..fresh };
        assert!(packed(&again) == bundle && visible(&again).len() >= 8, "{what}");
    }
}

#[test]
fn a_bundle_is_one_ron_file_with_every_file_in_it() {
    let fresh = Fresh::sample();
    let text = fs::read(packed(&fresh)).unwrap();
    let bundle = read::<Bundle>(&text, "all.ron").unwrap();
    assert_eq!(write(&bundle.value).unwrap().as_bytes(), text);
    let files: Files = bundle.value.files.into_iter().map(|(path, c)| (path, c.into_bytes().unwrap())).collect();
    assert!(files == visible(&fresh));
}

#[test]
fn a_bundle_opens_like_a_folder() {
    for damage in [
        |_: &Fresh| (),
        |fresh: &Fresh| fresh.replace(&set_of("bo"), "Human(\"bo\"), created: \"2026-10-15T13:58:53Z\"", "x"),
    ] {
        let fresh = Fresh::sample();
        damage(&fresh);
        let bundle = packed(&fresh);
        for arguments in [&["check"][..], &["check", "--json"], &["stats"], &["stats", "--json"]] {
            let run_on = |path: &PathBuf| {
                let all: Vec<_> = arguments.iter().map(Into::into).chain([path.clone().into_os_string()]).collect();
                let output = run(&all);
                (output.status, output.out, output.err)
            };
            assert_eq!(run_on(&bundle), run_on(&fresh.path), "{arguments:?}");
        }
    }
}

#[test]
fn unpacking_never_writes_over_anything() {
    let fresh = Fresh::sample();
    let bundle = packed(&fresh);
    let before = files(fresh.outside.path());
    for target in [fresh.path.as_os_str(), bundle.as_os_str()] {
        let output = run(&["unpack".as_ref(), bundle.as_os_str(), target]);
        assert_eq!(output.status, 2, "{}", output.out);
        assert!(!output.err.is_empty() && files(fresh.outside.path()) == before);
    }
}

#[test]
fn a_bundle_cannot_be_added_to() {
    let fresh = Fresh::sample();
    let (bundle, article) = (packed(&fresh), fresh.outside.path().join("a.txt"));
    fs::write(&article, "An article").unwrap();
    let before = files(fresh.outside.path());
    let output = run(&["add".as_ref(), bundle.as_os_str(), article.as_os_str()]);
    let expected = "ascribe: a bundle cannot be changed; unpack it first\n";
    assert_eq!((output.status, output.err.as_str()), (2, expected));
    assert!(files(fresh.outside.path()) == before);
}

#[test]
fn a_bundle_that_cannot_be_unpacked_in_full_leaves_nothing_behind() {
    let long = format!("documents/{}.txt", "z".repeat(300));
    for (first, second, reason) in [
        ("documents/a.txt", "documents/A.txt", "`documents/A.txt` and `documents/a.txt`"),
        ("documents/a.txt", "Documents/b.txt", "`Documents` and `documents/a.txt`"),
        ("documents/a", "documents/a/b.txt", "`documents/a` and `documents/a/b.txt`"),
        ("documents/a.txt", &long, "cannot write"),
    ] {
        let outside = tempfile::tempdir().unwrap();
        let bundle = outside.path().join("odd.ron");
        let files_in = [first, second].map(|path| (path.to_owned(), Content::Text("x".to_owned())));
        fs::write(&bundle, write(&Bundle { format: FORMAT, files: files_in.into() }).unwrap()).unwrap();
        fs::create_dir(outside.path().join("empty")).unwrap();
        for target in ["new/project", "empty"] {
            let folder = outside.path().join(target);
            let output = run(&["unpack".as_ref(), bundle.as_os_str(), folder.as_os_str()]);
            assert_eq!(output.status, 2, "{first} and {second}");
            assert!(output.err.contains(reason), "{reason}: {}", output.err);
        }
        let mut left: Vec<_> = fs::read_dir(outside.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["empty", "odd.ron"], "{first} and {second}");
        assert_eq!(fs::read_dir(outside.path().join("empty")).unwrap().count(), 0, "{first} and {second}");
    }
}

#[test]
fn a_bundle_is_never_packed_into_its_own_project() {
    let fresh = Fresh::sample();
    let before = files(fresh.outside.path());
    for inside in ["all.ron", "documents/all.ron", "new/folder/all.ron", "../project/all.ron"] {
        let output =
            run(&["pack".as_ref(), fresh.path.as_os_str(), "-o".as_ref(), fresh.path.join(inside).as_os_str()]);
        assert_eq!((output.status, output.out.as_str()), (2, ""), "{inside}");
        assert!(output.err.contains("lies inside the project"), "{inside}: {}", output.err);
    }
    assert!(files(fresh.outside.path()) == before);
}

#[test]
#[cfg(unix)]
fn links_are_not_left_out_of_a_bundle_in_silence() {
    let fresh = Fresh::sample();
    for link in ["documents/linked.txt", "annotations/linked"] {
        std::os::unix::fs::symlink(fresh.outside.path(), fresh.path.join(link)).unwrap();
    }
    let (bundle, before) = (fresh.outside.path().join("all.ron"), files(fresh.outside.path()));
    let output = run(&["pack".as_ref(), fresh.path.as_os_str(), "-o".as_ref(), bundle.as_os_str()]);
    assert_eq!((output.status, output.out.as_str()), (2, ""));
    assert!(output.err.contains("annotations/linked, documents/linked.txt"), "{}", output.err);
    assert!(files(fresh.outside.path()) == before);
}

#[test]
fn what_is_no_bundle_is_refused_with_a_reason() {
    let odd = |content| write(&Bundle { format: FORMAT, files: [("x.bin".to_owned(), content)].into() }).unwrap();
    for (what, text, reason) in [
        ("nothing", String::new(), "empty"),
        ("an article", "Once upon a time".to_owned(), "bundle:1:"),
        ("a newer bundle", "Bundle(format: 99, files: {})".to_owned(), "format 99"),
        ("an unknown field", "Bundle(format: 1, files: {}, links: [])".to_owned(), "links"),
        ("no hexadecimal", odd(Content::Bytes("0g".to_owned())), "hexadecimal"),
        (
            "a path twice",
            "Bundle(format: 1, files: {\"a\": Text(\"1\"), \"a\": Text(\"2\")})".to_owned(),
            "`a` stands twice",
        ),
        ("half a byte", odd(Content::Bytes("012".to_owned())), "hexadecimal"),
        ("deep nesting", format!("Bundle(format: 1, files: {}", "{".repeat(100_000)), "bundle:1:"),
    ] {
        let outside = tempfile::tempdir().unwrap();
        let bundle = outside.path().join("odd.ron");
        fs::write(&bundle, text).unwrap();
        let output = run(&["check".as_ref(), bundle.as_os_str()]);
        assert_eq!(output.status, 2, "{what}");
        assert!(output.err.contains("odd.ron") && output.err.contains(reason), "{what}: {}", output.err);
    }
}
