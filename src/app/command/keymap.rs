//! Which keys give which command: the table's, and a person's own from `keymap.ron`.

use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write,
    path::{Path, PathBuf},
    sync::Arc,
};

use ascribe_engine::store::{StoreError, write_file};
use ascribe_schema::Scheme;
use egui::{Key, KeyboardShortcut, Modifiers};

use super::{
    Entry, Scope,
    keys::{read_keys, written},
    table,
};

/// A person's own keys, by the names of commands.
type Own = BTreeMap<String, Vec<String>>;

/// The commands of a project with the keys that give them.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    /// All commands. No key stands twice.
    pub entries: Arc<Vec<Entry>>,
    /// What a person should know of the keys, in sentences: what could not be read, and what clashes.
    pub troubles: Vec<String>,
    /// Where own keys are kept; nowhere in some tests.
    pub file: Option<PathBuf>,
    /// Whether there is such a file.
    pub started: bool,
    own: Own,
    unread: Option<String>,
}

impl Keymap {
    /// The keys for a scheme, with those that `file` holds.
    #[must_use]
    pub fn load(file: Option<PathBuf>, scheme: &Scheme) -> Self {
        let mut keymap = Self { file, ..Self::default() };
        keymap.read(scheme);
        keymap
    }

    /// Reads the file again. Whatever cannot be read is left out and told.
    pub fn read(&mut self, scheme: &Scheme) {
        self.started = self.file.as_deref().is_some_and(Path::exists);
        let read = self.file.as_deref().map_or(Ok(Own::new()), own_keys);
        (self.own, self.unread) = match read {
            Ok(own) => (own, None),
            Err(reason) => (Own::new(), Some(reason)),
        };
        self.fit(scheme);
    }

    /// Makes the table for another scheme.
    pub fn fit(&mut self, scheme: &Scheme) {
        let mut entries = table(scheme);
        self.troubles = self.unread.iter().cloned().collect();
        let own = take_own(&mut entries, &self.own, &mut self.troubles);
        part(&mut entries, &own, &mut self.troubles);
        unreadable_labels(scheme, &mut self.troubles);
        self.entries = Arc::new(entries);
    }

    /// Writes a file with the present keys, for a person to change, unless there is one; returns where it is.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn start_file(&mut self) -> Result<Option<&Path>, StoreError> {
        let Some(file) = self.file.as_deref() else { return Ok(None) };
        if !file.exists() {
            write_file(file, commented(&self.entries).as_bytes())?;
        }
        self.started = true;
        Ok(Some(file))
    }
}

/// Reads a person's own keys.
fn own_keys(file: &Path) -> Result<Own, String> {
    let told = |reason: String| format!("{} cannot be read, so all keys are as usual: {reason}.", file.display());
    match std::fs::read_to_string(file) {
        Ok(text) => ron::from_str(&text).map_err(|error| told(error.to_string())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Own::new()),
        Err(error) => Err(told(error.to_string())),
    }
}

/// A name as somebody might write it who does not copy it.
fn plain(name: &str) -> String {
    name.trim().trim_end_matches(['…', '.']).to_lowercase()
}

/// Puts own keys in the place of the usual ones; returns for which entries.
fn take_own(entries: &mut [Entry], own: &Own, troubles: &mut Vec<String>) -> Vec<bool> {
    let mut mine = vec![false; entries.len()];
    for (name, texts) in own {
        let Some(number) = entries.iter().position(|entry| plain(&entry.name) == plain(name)) else {
            // Labels of another project are no mistake.
            if !name.starts_with("Tag as ") && !name.starts_with("Tag the chosen hits as ") {
                troubles.push(format!(
                    "“{name}” in keymap.ron is no command; names are those of the list of all commands."
                ));
            }
            continue;
        };
        let entry = &mut entries[number];
        mine[number] = true;
        entry.keys.clear();
        for text in texts {
            match read_keys(text) {
                Some(keys) if is_clipboard(&keys) => {
                    troubles
                        .push(format!("“{text}” for “{name}” always means copy, cut or paste; choose another key."));
                }
                Some(keys) => entry.keys.push(keys),
                None => troubles
                    .push(format!("“{text}” for “{name}” is no key; write keys like N, Alt+Enter or Ctrl+Shift+Left.")),
            }
        }
        if entry.scope == Scope::Anywhere && entry.keys.iter().any(types_a_sign) {
            // It must still be possible to type that letter into a field.
            entry.scope = Scope::Reading;
        }
    }
    mine
}

/// Gives each key to one command: a person's own before the usual ones, then by the order of the table.
fn part(entries: &mut [Entry], own: &[bool], troubles: &mut Vec<String>) {
    let mut taken: HashMap<KeyboardShortcut, Vec<usize>> = HashMap::new();
    let mut order: Vec<_> = (0..entries.len()).collect();
    order.sort_by_key(|&number| !own[number]);
    for number in order {
        let (mut kept, mut lost) = (Vec::new(), Vec::new());
        for keys in std::mem::take(&mut entries[number].keys) {
            let holders = taken.entry(keys).or_default();
            let scope = entries[number].scope;
            match holders.iter().find(|&&holder| entries[holder].scope.meets(scope)) {
                Some(&winner) if winner != number => lost.push((keys, winner)),
                Some(_) => {}
                None => {
                    holders.push(number);
                    kept.push(keys);
                }
            }
        }
        for (keys, winner) in lost {
            // Whoever gives a key away that was one of several has lost nothing.
            if kept.is_empty() || own[number] || !own[winner] {
                let (winner, loser) = (&entries[winner].name, &entries[number].name);
                troubles.push(format!(
                    "{} means “{winner}”, so it cannot mean “{loser}”: give one of them another key in keymap.ron, or [] for none.",
                    written(&keys, cfg!(target_os = "macos")),
                ));
            }
        }
        entries[number].keys = kept;
    }
}

fn unreadable_labels(scheme: &Scheme, troubles: &mut Vec<String>) {
    for label in scheme.labels.iter().filter(|label| !label.key.is_empty()) {
        if Key::from_name(&label.key.to_uppercase()).is_none() {
            let (key, name) = (&label.key, &label.name);
            troubles.push(format!("“{key}”, the key of the label “{name}”, is none that can be told apart: change it in project.ron, or give “Tag as {name}” a key in keymap.ron."));
        }
    }
}

/// These never arrive as keys.
fn is_clipboard(keys: &KeyboardShortcut) -> bool {
    keys.modifiers == Modifiers::COMMAND && matches!(keys.logical_key, Key::C | Key::X | Key::V)
}

fn types_a_sign(keys: &KeyboardShortcut) -> bool {
    let sign = keys.logical_key == Key::Space || keys.logical_key.symbol_or_name().chars().count() == 1;
    let arrow = matches!(keys.logical_key, Key::ArrowDown | Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp);
    sign && !arrow && !keys.modifiers.command && !keys.modifiers.alt
}

/// A file that changes nothing and shows how to.
fn commented(entries: &[Entry]) -> String {
    let mut text = "\
// Your own keys for Ascribe: the name of a command, and the keys that give it.
// Take the // off a line and change it; [] means no key at all. What you leave out stays as it is.
// Keys are written like N, Alt+Enter or Ctrl+Shift+Left; Ctrl and Cmd are the same.
// When you have saved this file, choose “Read the keys again” in Ascribe.
{
"
    .to_owned();
    for entry in entries {
        let keys: Vec<_> =
            entry.keys.iter().map(|keys| format!("{:?}", written(keys, cfg!(target_os = "macos")))).collect();
        // Writing into a string cannot fail.
        let _ = writeln!(text, "    // {:?}: [{}],", entry.name, keys.join(", "));
    }
    text + "}\n"
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use ascribe_engine::default_scheme;

    use super::*;

    /// The keys of a command, and what is told, with this file.
    fn with(file: &str, command: &str) -> (Vec<String>, Vec<String>) {
        let mut keymap = Keymap { own: ron::from_str(file).unwrap(), ..Keymap::default() };
        keymap.fit(&default_scheme());
        let entry = keymap.entries.iter().find(|entry| entry.name == command).unwrap();
        (entry.keys.iter().map(|keys| written(keys, false)).collect(), keymap.troubles)
    }

    #[test]
    fn own_keys_count_before_the_usual_ones() {
        for (file, command, keys) in [
            ("{}", "Next tag", &["N"][..]),
            (r#"{"Next tag": ["Ctrl+J", "V"]}"#, "Next tag", &["Ctrl+J", "V"]),
            (r#"{"Next tag": []}"#, "Next tag", &[]),
            (r#"{"Undo": [], "Next tag": ["Ctrl+Z"]}"#, "Next tag", &["Ctrl+Z"]),
            // Another key is left, so nothing is lost.
            (r#"{"Next tag": ["P"]}"#, "Previous tag", &["Shift+N"]),
            (r#"{"Tag as rumour": ["V"]}"#, "Next tag", &["N"]),
            (r#"{"keys": ["V"], "find": ["Ctrl+S"]}"#, "Keys", &["V"]),
        ] {
            assert_eq!(with(file, command), (keys.iter().map(ToString::to_string).collect(), vec![]), "{file}");
        }
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (file, command, keys, told) in [
            (r#"{"Nxt tag": ["V"]}"#, "Next tag", &["N"][..], "“Nxt tag” in keymap.ron is no command"),
            (r#"{"Next tag": ["Ctrl+Foo", "V"]}"#, "Next tag", &["V"], "“Ctrl+Foo” for “Next tag” is no key"),
            (r#"{"Next tag": ["Ctrl+C"]}"#, "Next tag", &[], "always means copy"),
            (r#"{"Next tag": ["Ctrl+Z"]}"#, "Undo", &[], "Ctrl+Z means “Next tag”, so it cannot mean “Undo”"),
            (r#"{"Undo": ["V"], "Next tag": ["V"]}"#, "Next tag", &[], "V means “Undo”, so it cannot mean “Next tag”"),
        ] {
            let (found, troubles) = with(file, command);
            assert_eq!(
                (found, troubles.len()),
                (keys.iter().map(ToString::to_string).collect(), 1),
                "{file} {troubles:?}"
            );
            assert!(troubles[0].contains(told), "{troubles:?}");
        }
    }

    #[test]
    fn keys_of_labels_that_clash_are_told() {
        let mut scheme = default_scheme();
        scheme.labels[0].key = "n".to_owned();
        scheme.labels[1].key = "ĳ".to_owned();
        let keymap = Keymap::load(None, &scheme);
        let told = keymap.troubles.join("\n");
        assert!(told.contains("N means “Tag as claim”, so it cannot mean “Next tag”"), "{told}");
        assert!(told.contains("“ĳ”, the key of the label “quote”"), "{told}");
        assert_eq!(Keymap::load(None, &default_scheme()).troubles, Vec::<String>::new());
    }

    #[test]
    fn the_file_to_start_from_changes_nothing() {
        let mut keymap = Keymap::load(None, &default_scheme());
        let text = commented(&keymap.entries);
        assert!(text.contains("    // \"Next tag\": [\"N\"],\n"), "{text}");
        assert_eq!(ron::from_str::<Own>(&text).unwrap(), Own::new());
        keymap.own = ron::from_str(&text.replace("    // \"", "    \"")).unwrap();
        let before = keymap.entries.clone();
        keymap.fit(&default_scheme());
        assert_eq!(keymap.troubles, Vec::<String>::new());
        let keys = |entries: &[Entry]| entries.iter().map(|entry| entry.keys.clone()).collect::<Vec<_>>();
        assert_eq!(keys(&keymap.entries), keys(&before));
    }
}
