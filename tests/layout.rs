//! No test file lies here without being run.

use std::fs;

use ascribe_tests::root;

#[test]
fn every_test_file_is_declared() {
    let all = fs::read_to_string(root().join("tests/all.rs")).unwrap();
    let mut undeclared = Vec::new();
    for entry in fs::read_dir(root().join("tests")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if let Some(module) = name.strip_suffix(".rs").filter(|module| !["all", "lib"].contains(module))
            && !all.lines().any(|line| line == format!("mod {module};"))
        {
            undeclared.push(name);
        }
    }
    assert!(undeclared.is_empty(), "declare these in tests/all.rs, or they never run: {undeclared:?}");
}
