//! From key presses to commands.

use egui::{Context, Event, Key, KeyboardShortcut, ModifierNames, Modifiers};

use super::{Command, Entry, Scope};

/// Takes the key presses of this frame that mean something, and returns what they mean, in order.
///
/// Keys count only with exactly the modifiers of the table: Shift+Q is not Q.
pub fn press(ctx: &Context, entries: &[Entry], active: impl Fn(Scope) -> bool) -> Vec<Command> {
    let mut commands = Vec::new();
    ctx.input_mut(|input| {
        let mut taken = false;
        input.events.retain(|event| {
            if taken && matches!(event, Event::Text(_)) {
                // The letter of a key that was a command must not be typed into a field that gets focus now.
                return false;
            }
            if matches!(event, Event::Copy) && active(Scope::Caret) {
                commands.push(Command::Copy);
                return false;
            }
            if matches!(event, Event::Paste(_)) && active(Scope::Reading) {
                commands.push(Command::Paste);
                return false;
            }
            let Event::Key { key, physical_key, pressed: true, modifiers, .. } = event else { return true };
            let given = |key: Key, held: Modifiers| {
                let fits = |keys: &KeyboardShortcut| keys.logical_key == key && held.matches_exact(keys.modifiers);
                let fitting = entries.iter().filter(|entry| active(entry.scope) && entry.keys.iter().any(fits));
                // What is in focus comes before the text around it.
                fitting.min_by_key(|entry| !matches!(entry.scope, Scope::Suggestion | Scope::Review | Scope::Case))
            };
            // With Shift, or on some keyboards without it, the row of digits gives other signs.
            let digit = || physical_key.filter(|&place| is_digit(place)).and_then(|place| given(place, *modifiers));
            // And signs such as the full stop need Shift on some keyboards.
            let elsewhere = is_sign(*key) && *physical_key != Some(*key);
            let sign = || given(*key, Modifiers { shift: false, ..*modifiers }).filter(|_| elsewhere);
            let meant = given(*key, *modifiers).or_else(digit).or_else(sign);
            commands.extend(meant.map(|entry| entry.command.clone()));
            taken = meant.is_some();
            !taken
        });
    });
    commands
}

fn is_digit(key: Key) -> bool {
    key.name().len() == 1 && key.name().starts_with(|c: char| c.is_ascii_digit())
}

/// How keys are written on this system, such as `Ctrl+Z`.
#[must_use]
pub fn shortcut_text(ctx: &Context, keys: &KeyboardShortcut) -> String {
    written(keys, ctx.os().is_mac())
}

/// How keys are written; [`read_keys`] reads it back.
#[must_use]
pub fn written(keys: &KeyboardShortcut, is_mac: bool) -> String {
    let text = keys.format(&ModifierNames::NAMES, is_mac);
    // The sign says more than its name, but for those that join keys or can hardly be seen.
    match keys.logical_key {
        Key::Plus | Key::Minus | Key::Backtick => text,
        key if is_sign(key) => text.replace(key.name(), key.symbol_or_name()),
        _ => text,
    }
}

fn is_sign(key: Key) -> bool {
    let sign = key.symbol_or_name();
    sign.len() == 1 && key.name().len() > 1
}

/// Reads keys as they are written: `Ctrl+Shift+Left`, `Alt+Enter`, `.`. `Ctrl` and `Cmd` are the same.
#[must_use]
pub fn read_keys(text: &str) -> Option<KeyboardShortcut> {
    let text = text.trim();
    // The last sign may itself be a plus.
    let split = text.char_indices().rev().skip(1).find(|(_, c)| *c == '+').map_or(0, |(at, _)| at + 1);
    let (before, key) = text.split_at(split);
    let mut modifiers = Modifiers::NONE;
    for name in before.split_terminator('+') {
        modifiers = modifiers.plus(match name.trim().to_lowercase().as_str() {
            "ctrl" | "control" | "cmd" | "command" => Modifiers::COMMAND,
            "shift" => Modifiers::SHIFT,
            "alt" | "option" => Modifiers::ALT,
            _ => return None,
        });
    }
    Some(KeyboardShortcut::new(modifiers, key_named(key.trim())?))
}

fn key_named(name: &str) -> Option<Key> {
    let same = |key: &Key| key.name().eq_ignore_ascii_case(name);
    Key::from_name(name).or_else(|| Key::ALL.iter().copied().find(same)).or(match name.to_lowercase().as_str() {
        "del" => Some(Key::Delete),
        "page up" => Some(Key::PageUp),
        "page down" => Some(Key::PageDown),
        _ => None,
    })
}

/// The keys of a command as a person should press them, if it has any.
#[must_use]
pub fn keys_of(ctx: &Context, entries: &[Entry], command: &Command) -> Option<String> {
    let entry = entries.iter().find(|entry| entry.command == *command)?;
    entry.keys.first().map(|keys| shortcut_text(ctx, keys))
}

/// The keys of a command behind a hint: ` (F8)`, or nothing.
#[must_use]
pub fn in_brackets(ctx: &Context, entries: &[Entry], command: &Command) -> String {
    keys_of(ctx, entries, command).map(|keys| format!(" ({keys})")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_are_written() {
        const CTRL: Modifiers = Modifiers::COMMAND;
        const SHIFT: Modifiers = Modifiers::SHIFT;
        const ALT: Modifiers = Modifiers::ALT;
        for (text, modifiers, key, back) in [
            ("N", Modifiers::NONE, Key::N, "N"),
            ("n", Modifiers::NONE, Key::N, "N"),
            (".", Modifiers::NONE, Key::Period, "."),
            ("Ctrl+Shift+Left", CTRL.plus(SHIFT), Key::ArrowLeft, "Ctrl+Shift+Left"),
            ("cmd + z", CTRL, Key::Z, "Ctrl+Z"),
            ("Alt+Enter", ALT, Key::Enter, "Alt+Enter"),
            ("shift+alt+pagedown", ALT.plus(SHIFT), Key::PageDown, "Alt+Shift+PageDown"),
            ("Ctrl++", CTRL, Key::Plus, "Ctrl+Plus"),
            ("+", Modifiers::NONE, Key::Plus, "Plus"),
            ("Ctrl+Plus", CTRL, Key::Plus, "Ctrl+Plus"),
            ("F12", Modifiers::NONE, Key::F12, "F12"),
            ("Shift+3", SHIFT, Key::Num3, "Shift+3"),
            ("Del", Modifiers::NONE, Key::Delete, "Delete"),
            ("Ctrl+[", CTRL, Key::OpenBracket, "Ctrl+["),
        ] {
            let keys = read_keys(text);
            assert_eq!(keys, Some(KeyboardShortcut::new(modifiers, key)), "{text}");
            assert_eq!(keys.map(|keys| written(&keys, false)).as_deref(), Some(back));
        }
        for text in ["", "Ctrl", "Ctrl+", "Hyper+N", "NN", "Ctrl+Shift", "Ctrl N"] {
            assert_eq!(read_keys(text), None, "{text}");
        }
    }

    #[test]
    fn every_key_of_the_table_is_read_back() {
        for entry in super::super::table(&ascribe_engine::default_scheme()) {
            for keys in entry.keys {
                for mac in [false, true] {
                    assert_eq!(read_keys(&written(&keys, mac)), Some(keys), "{}", entry.name);
                }
            }
        }
    }
}
