//! The rules of the house that a program can check: arrows between crates, sizes, who may write, colours.

use std::{fs, path::Path, process::Command};

use ascribe_tests::root;
use serde_json::Value;

/// This file names everything that is forbidden.
const SELF: &str = "tests/tidy.rs";

/// Every Rust file of the project, by path from its root, with its text.
fn sources() -> Vec<(String, String)> {
    let mut sources = Vec::new();
    for folder in ["src", "tests"] {
        collect(&root(), folder, &mut sources);
    }
    assert!(sources.iter().any(|(path, _)| path == SELF), "the sources are found");
    sources
}

fn collect(root: &Path, folder: &str, sources: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(root.join(folder)).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            collect(root, &path, sources);
        } else if path.ends_with(".rs") {
            sources.push((path, fs::read_to_string(entry.path()).unwrap()));
        }
    }
}

/// Fails when a line of a file that `concerns` holds one of the `words`, saying why that is forbidden.
fn forbid(words: &[&str], concerns: impl Fn(&str) -> bool, reason: &str) {
    let mut found = Vec::new();
    for (path, text) in sources().iter().filter(|(path, _)| path != SELF && concerns(path)) {
        for (number, line) in (1..).zip(text.lines()) {
            let code = line.split("//").next().unwrap_or_default();
            if words.iter().any(|word| code.contains(word)) {
                found.push(format!("{path}:{number}: {}", line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "{reason}\n{}", found.join("\n"));
}

/// The packages of the workspace with the names of what they depend on, tests aside.
fn packages() -> Vec<(String, Vec<String>)> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let metadata = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(metadata.status.success(), "{}", String::from_utf8_lossy(&metadata.stderr));
    let json: Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let name = |json: &Value| json["name"].as_str().unwrap().to_owned();
    let dependencies = |package: &Value| {
        let all = package["dependencies"].as_array().unwrap().iter();
        all.filter(|dependency| dependency["kind"].is_null()).map(name).collect()
    };
    json["packages"].as_array().unwrap().iter().map(|package| (name(package), dependencies(package))).collect()
}

fn dependencies(of: &str) -> Vec<String> {
    packages().into_iter().find(|(name, _)| name == of).unwrap().1
}

/// Which of our own crates a crate depends on.
fn ours(of: &str) -> Vec<String> {
    let mut ours = dependencies(of);
    ours.retain(|name| name == "ascribe" || name.starts_with("ascribe-"));
    ours
}

fn check_without(package: &str, forbidden: &[&str], reason: &str) {
    let found: Vec<_> = dependencies(package).into_iter().filter(|name| forbidden.contains(&name.as_str())).collect();
    assert!(found.is_empty(), "{package} must not depend on {found:?}: {reason}");
}

const SCREEN: [&str; 6] = ["egui", "eframe", "winit", "parley", "swash", "rfd"];

#[test]
fn schema_stands_alone() {
    let allowed = ["ron", "serde", "serde_ignored", "thiserror"];
    assert_eq!(dependencies("ascribe-schema"), allowed, "other programs use the schema: keep it small");
}

#[test]
fn schema_opens_nothing_and_starts_nothing() {
    let words = ["std::fs", "std::net", "std::thread", "std::time", "std::process", "std::env", "fs::", "thread::"];
    let reason = "the schema knows no file system, network, thread or clock: bytes in, bytes out";
    forbid(&words, |path| path.starts_with("src/schema/"), reason);
}

#[test]
fn attribution_knows_texts_and_nothing_else() {
    assert_eq!(ours("ascribe-attribution"), ["ascribe-schema"], "a text in, proposals out");
    let words = ["std::fs", "std::net", "std::thread", "std::time", "std::process", "std::env", "fs::", "thread::"];
    forbid(&words, |path| path.starts_with("src/attribution/"), "the same text gives the same proposals everywhere");
}

#[test]
fn agreement_knows_annotations_and_nothing_else() {
    assert_eq!(ours("ascribe-agreement"), ["ascribe-schema"], "annotations in, numbers out");
    let words = ["std::fs", "std::net", "std::time", "std::process", "std::env", "fs::"];
    forbid(&words, |path| path.starts_with("src/agreement/"), "the same work gives the same numbers everywhere");
}

#[test]
fn engine_knows_texts_and_files_and_no_screen_or_terminal() {
    assert_eq!(ours("ascribe-engine"), ["ascribe-agreement", "ascribe-attribution", "ascribe-schema"]);
    check_without("ascribe-engine", &SCREEN, "it works without a screen");
    check_without("ascribe-engine", &["clap", "getrandom", "jiff"], "terminal, randomness and time come from outside");
    let words = ["SystemTime::now", "println!", "eprintln!", "std::env"];
    let reason = "the engine prints nothing; time and the environment are arguments";
    forbid(&words, |path| path.starts_with("src/engine/"), reason);
}

#[test]
fn cli_knows_no_window() {
    assert_eq!(ours("ascribe-cli"), ["ascribe-engine", "ascribe-schema"]);
    check_without("ascribe-cli", &SCREEN, "it runs on servers");
}

#[test]
fn app_stands_on_cli_engine_and_schema() {
    assert_eq!(ours("ascribe"), ["ascribe-cli", "ascribe-engine", "ascribe-schema"]);
}

#[test]
fn there_is_no_other_crate() {
    let mut names: Vec<_> = packages().into_iter().map(|(name, _)| name).collect();
    names.sort();
    let known = [
        "ascribe",
        "ascribe-agreement",
        "ascribe-attribution",
        "ascribe-cli",
        "ascribe-engine",
        "ascribe-schema",
        "ascribe-tests",
    ];
    assert_eq!(names, known, "a new crate must be a boundary: argue for it in ARCHITECTURE.md, then name it here");
}

#[test]
fn nothing_is_called_utils() {
    let vague = ["utils", "util", "common", "core", "types", "manager", "helpers", "misc"];
    let named = |path: &String| {
        let stems = path.split('/').map(|name| name.trim_end_matches(".rs"));
        stems.into_iter().any(|stem| vague.contains(&stem))
    };
    let found: Vec<_> = sources().into_iter().map(|(path, _)| path).filter(named).collect();
    assert!(found.is_empty(), "these names say nothing about what is inside: {found:?}");
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent = |(path, text): (String, String)| (!text.starts_with("//! ")).then_some(path);
    let found: Vec<_> = sources().into_iter().filter_map(silent).collect();
    assert!(found.is_empty(), "the first line must be a `//!` comment that says what the file is for: {found:?}");
}

#[test]
fn files_stay_short() {
    let long = |(path, text): (String, String)| {
        let lines = text.lines().count();
        (lines > 500).then(|| format!("{path} has {lines} lines"))
    };
    let found: Vec<_> = sources().into_iter().filter_map(long).collect();
    assert!(found.is_empty(), "a file is about 300 lines, 500 at most: {found:#?}");
}

#[test]
fn only_the_store_writes() {
    let words = [
        "fs::write",
        "fs::rename",
        "fs::copy",
        "fs::remove",
        "fs::create_dir",
        "fs::hard_link",
        "fs::set_permissions",
        "File::create",
        "OpenOptions",
    ];
    // The benchmarks remove their own temporary folder, which is no project of anyone's.
    let allowed = |path: &str| path.starts_with("src/engine/store/") || path == "src/cli/bench.rs";
    let concerns = |path: &str| path.starts_with("src/") && !allowed(path);
    forbid(&words, concerns, "only src/engine/store writes, so that no write can be torn or land outside a project");
}

#[test]
fn the_benchmarks_only_remove_their_own_folder() {
    let text = fs::read_to_string(root().join("src/cli/bench.rs")).unwrap();
    let writing: Vec<_> =
        text.lines().filter(|line| line.contains("fs::") && !line.contains("fs::read")).map(str::trim).collect();
    assert_eq!(writing, ["std::fs::remove_dir_all(&folder)?;"], "the exception is for this one line");
}

#[test]
fn colours_are_data() {
    let made =
        ["from_rgb", "from_rgba", "from_gray", "from_black_alpha", "from_white_alpha", "from_additive", "hex_color!"];
    let named = [
        "BLACK",
        "DARK_GRAY",
        "GRAY",
        "LIGHT_GRAY",
        "BROWN",
        "DARK_RED",
        "RED",
        "LIGHT_RED",
        "CYAN",
        "MAGENTA",
        "YELLOW",
        "ORANGE",
        "LIGHT_YELLOW",
        "KHAKI",
        "DARK_GREEN",
        "GREEN",
        "LIGHT_GREEN",
        "DARK_BLUE",
        "BLUE",
        "LIGHT_BLUE",
        "PURPLE",
        "GOLD",
        "DEBUG_COLOR",
    ]
    .map(|name| format!("Color32::{name}"));
    // White multiplies a picture's own colours by one, and placeholders are replaced: neither is a colour.
    let words: Vec<_> = made.into_iter().chain(named.iter().map(String::as_str)).collect();
    // The atlas turns a glyph's picture, which the font made, into the form that the screen takes.
    let allowed = |path: &str| path.contains("theme") || path == "src/app/text/atlas.rs" || path.ends_with("tests.rs");
    let concerns = |path: &str| path.starts_with("src/app/") && !allowed(path);
    forbid(&words, concerns, "colours come from the theme; drawing code names none");
}

#[test]
fn nothing_is_unsafe_unfinished_or_skipped() {
    let words =
        ["unsafe {", "unsafe fn", "unsafe impl", "unsafe extern", "todo!", "unimplemented!", "#[ignore", "dbg!"];
    forbid(&words, |_| true, "no unsafe code, nothing unfinished, no test that does not run");
}

#[test]
fn every_rule_that_proposes_has_a_reason() {
    const REASONS: &str = "src/attribution/reason.rs";
    let is_rule = |word: &&str| {
        let parts: Vec<_> = word.split('.').collect();
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        matches!(parts[..], ["quote" | "source" | "denial" | "claim", rule] if plain(rule)) || *word == "marks"
    };
    let (mut given, mut used) = (Vec::new(), Vec::new());
    for (path, text) in sources().iter().filter(|(path, _)| path.starts_with("src/attribution/")) {
        let found = text.split('"').filter(is_rule).map(str::to_owned);
        if path == REASONS { given.extend(found) } else { used.extend(found) }
    }
    assert!(used.len() > 20, "the rules are found: {used:?}");
    let without: Vec<_> = used.iter().filter(|rule| !given.contains(rule)).collect();
    assert!(without.is_empty(), "say in {REASONS} why these propose something: {without:?}");
}
