//! No test file lies here without being run.

use std::fs;

use ascribe_tests::root;

/// The test files of a folder that its list of modules leaves out.
fn undeclared(folder: &str, list: &str, others: &[&str]) -> Vec<String> {
    let declared = fs::read_to_string(root().join(list)).unwrap();
    let names = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().file_name());
    let modules = names.filter_map(|name| name.to_str().unwrap().strip_suffix(".rs").map(str::to_owned));
    let missing = |module: &String| {
        !others.contains(&module.as_str()) && !declared.lines().any(|line| line == format!("mod {module};"))
    };
    modules.filter(missing).collect()
}

#[test]
fn every_test_file_is_declared() {
    for (folder, list, others) in
        // The hostile files are read, and git merges, by the real program, which only tests of its own package can run.
        [
            ("tests", "tests/all.rs", &["all", "git", "hostile", "killed", "lib"][..]),
            ("tests/datasets", "tests/datasets/mod.rs", &["mod"]),
            ("tests/window", "tests/window/mod.rs", &["mod"]),
        ]
    {
        let undeclared = undeclared(folder, list, others);
        assert!(undeclared.is_empty(), "declare these in {list}, or they never run: {undeclared:?}");
    }
}
