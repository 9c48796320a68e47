//! Opening the window.

use eframe::NativeOptions;
use egui::ViewportBuilder;

use crate::{app::App, options::Options, settings::Settings, text::SystemFonts};

/// What the window needs on Linux, by the names of Debian's packages.
const NEEDED: &str = "libx11-6 libxcursor1 libxi6 libxkbcommon-x11-0 libgl1 libgl1-mesa-dri (X11), or libwayland-client0 libxkbcommon0 libegl1 (Wayland)";

/// Opens the window and returns when it has been closed.
///
/// # Errors
///
/// A message for a person, when there is no display or a library is missing.
pub fn open(options: Options) -> Result<(), String> {
    run(move |creation| {
        let app = App::new(&creation.egui_ctx, options, Settings::load(), SystemFonts::Load);
        Box::new(app)
    })
}

/// Opens a window with any program in it.
pub(crate) fn run(make: impl FnOnce(&eframe::CreationContext<'_>) -> Box<dyn eframe::App>) -> Result<(), String> {
    let viewport = ViewportBuilder::default()
        .with_app_id("ascribe")
        .with_title("Ascribe")
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([640.0, 400.0]);
    let options = NativeOptions { viewport, centered: true, ..NativeOptions::default() };
    quiet_about_missing_libraries();
    // winit panics where libxkbcommon-x11 is missing, instead of returning an error.
    let opened = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        eframe::run_native("ascribe", options, Box::new(|creation| Ok(make(creation))))
    }));
    match opened {
        Ok(result) => result.map_err(|error| explain(&error.to_string())),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            Err(explain(&text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string)).unwrap_or_default()))
        }
    }
}

/// The system's words, and what to do about them.
fn explain(reason: &str) -> String {
    // winit says where in its own source it gave up, which helps nobody here.
    let reason = match reason.rsplit_once(".rs:").and_then(|(_, rest)| rest.split_once(": ")) {
        Some((_, words)) => words.trim_end_matches('.'),
        None => reason.trim_end_matches('.'),
    };
    if reason.contains("could not be loaded") || reason.contains("librar") {
        format!("the window needs a library that this system lacks ({reason}). On Debian or Ubuntu install {NEEDED}.")
    } else if reason.contains("DISPLAY") {
        format!("there is no display to open a window on ({reason}). On a server, use ascribe-cli.")
    } else {
        format!("the window failed: {reason}")
    }
}

/// The panic over a missing library is told in words by [`run`]; its own report would only confuse.
fn quiet_about_missing_libraries() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !panic.to_string().contains("could not be loaded") {
            usual(panic);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_lacks_is_said_in_words() {
        for (reason, words) in [
            (
                "winit EventLoopError: os error at /x/mod.rs:788: Failed to load one of xlib's shared libraries",
                "libx11-6",
            ),
            ("Library libxkbcommon-x11.so could not be loaded.", "libxkbcommon-x11-0"),
            ("os error at /x/mod.rs:765: neither WAYLAND_DISPLAY nor DISPLAY is set.", "use ascribe-cli"),
            ("no adapter", "the window failed: no adapter"),
        ] {
            let said = explain(reason);
            assert!(said.contains(words) && !said.contains(".rs"), "{said}");
        }
    }
}
