//! From key presses to commands.

use egui::{Context, Event, KeyboardShortcut, ModifierNames, Modifiers};

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
            if matches!(event, Event::Copy) && active(Scope::Text) {
                commands.push(Command::Copy);
                return false;
            }
            let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
            let meant = entries.iter().find(|entry| {
                active(entry.scope) && entry.keys.iter().any(|keys| keys.logical_key == *key && same(*modifiers, keys))
            });
            commands.extend(meant.map(|entry| entry.command.clone()));
            taken = meant.is_some();
            !taken
        });
    });
    commands
}

fn same(held: Modifiers, keys: &KeyboardShortcut) -> bool {
    held.matches_exact(keys.modifiers)
}

/// How keys are written on this system, such as `Ctrl+Z`.
#[must_use]
pub fn shortcut_text(ctx: &Context, keys: &KeyboardShortcut) -> String {
    keys.format(&ModifierNames::NAMES, ctx.os().is_mac())
}
