//! A person at the window: sees what has a name, clicks on it, presses keys, types.

use std::{cell::RefCell, path::PathBuf, rc::Rc, thread::sleep, time::Duration};

use ascribe::{App, options::Options, settings::Settings, text::SystemFonts, workspace::Workspace};
use ascribe_engine::SaveState;
use ascribe_tests::{Fresh, name};
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Role, Theme};
use egui_kittest::{
    Harness,
    kittest::{Queryable, by},
};

/// Ctrl as a keyboard reports it.
pub const CTRL: Modifiers = Modifiers { ctrl: true, command: true, ..Modifiers::NONE };
pub const SHIFT: Modifiers = Modifiers::SHIFT;
pub const ALT: Modifiers = Modifiers::ALT;
pub const NONE: Modifiers = Modifiers::NONE;

/// How long to wait for what a thread does, in steps of a few milliseconds.
const PATIENCE: usize = 2000;

/// A window with a person at it.
pub struct Person {
    pub(super) harness: Harness<'static, Option<App>>,
    /// The project that is open, so that it lasts as long as the window.
    pub fresh: Fresh,
}

/// How a window is opened.
pub struct Opening {
    pub annotator: Option<&'static str>,
    pub size: [f32; 2],
    pub scale: f32,
    pub theme: Theme,
    /// What the person's own keys are, if they have any.
    pub keymap: Option<&'static str>,
    /// Whether settings are kept, in a folder beside the project.
    pub settings: bool,
    /// Whether suggestions are shown, which come when a thread has made them.
    pub suggestions: bool,
    /// Whether it is looked now and then what other programs change in the project's folder.
    pub watch: bool,
    /// Whether letters that no bundled font has may show as boxes, as they would without system fonts.
    pub boxes: bool,
}

impl Default for Opening {
    fn default() -> Self {
        Self {
            annotator: Some("amina"),
            size: [1280.0, 800.0],
            scale: 1.0,
            theme: Theme::Light,
            keymap: None,
            settings: false,
            suggestions: false,
            watch: false,
            boxes: true,
        }
    }
}

impl Person {
    /// At the sample project, under this name.
    pub fn at_sample(annotator: &'static str) -> Self {
        Self::at(Fresh::sample(), Opening { annotator: Some(annotator), ..Opening::default() })
    }

    /// At a project, which has been opened.
    pub fn at(fresh: Fresh, opening: Opening) -> Self {
        let path = fresh.path.clone();
        let mut person = Self::before(fresh, vec![path], opening);
        person.wait("the project is open", |person| person.app().workspace().is_some());
        person
    }

    /// At a window that has just been started with these paths.
    pub fn before(fresh: Fresh, paths: Vec<PathBuf>, opening: Opening) -> Self {
        let watch = opening.watch.then_some(Duration::from_millis(20));
        let annotator = opening.annotator.map(name);
        let options = Options { paths, annotator, typed_paths: true, watch, ..Options::default() };
        let slot = Rc::new(RefCell::new(None));
        if let Some(keymap) = opening.keymap {
            fresh.write("../settings/keymap.ron", keymap);
        }
        let kept = opening.settings || opening.keymap.is_some();
        let file = kept.then(|| fresh.outside.path().join("settings/settings.ron"));
        let suggestions = opening.suggestions;
        let settings = Settings { file, suggestions, ..Settings::default() };
        let made = Rc::clone(&slot);
        let mut builder = Harness::builder()
            .with_size(opening.size)
            .with_pixels_per_point(opening.scale)
            .with_theme(opening.theme)
            .with_step_dt(0.1)
            .with_max_steps(40)
            .with_context_setup(move |ctx| {
                *made.borrow_mut() = Some(App::new(ctx, options, settings, SystemFonts::Skip));
            });
        if opening.boxes {
            builder = builder.allow_missing_glyphs();
        }
        let frame = move |ui: &mut egui::Ui, app: &mut Option<App>| {
            let app = app.get_or_insert_with(|| slot.take().unwrap());
            app.logic(&ui.ctx().clone());
            app.ui(ui);
        };
        Self { harness: builder.build_ui_state(frame, None), fresh }
    }

    pub fn app(&self) -> &App {
        self.harness.state().as_ref().unwrap()
    }

    pub fn workspace(&self) -> &Workspace {
        self.app().workspace().unwrap()
    }

    // What a person does

    #[track_caller]
    pub fn click(&mut self, role: Role, name: &str) {
        if role == Role::Button {
            // In a long menu it may have to be scrolled to.
            self.harness.query_all(by().role(role).label(name)).for_each(|node| node.scroll_to_me());
            self.settle();
        }
        let place = self.place_of(role, name).center();
        self.click_at(place, NONE);
    }

    /// A click on its own: no second one of a double click, and after all good news have gone.
    pub fn click_at(&mut self, place: Pos2, modifiers: Modifiers) {
        self.harness.run_steps(6);
        self.let_news_pass();
        self.frame(vec![Event::ModifiersChanged(modifiers), Event::PointerMoved(place)]);
        for pressed in [true, false] {
            self.frame(vec![Event::PointerButton { pos: place, button: PointerButton::Primary, pressed, modifiers }]);
        }
        self.frame(vec![Event::ModifiersChanged(NONE)]);
        self.settle();
    }

    pub fn double_click(&mut self, place: Pos2) {
        self.frame(vec![Event::PointerMoved(place)]);
        let button =
            |pressed| Event::PointerButton { pos: place, button: PointerButton::Primary, pressed, modifiers: NONE };
        self.frame(vec![button(true)]);
        self.frame(vec![button(false), button(true)]);
        self.frame(vec![button(false)]);
        self.settle();
    }

    /// So many quick clicks.
    pub fn clicks(&mut self, place: Pos2, count: usize) {
        self.harness.run_steps(6);
        let button =
            |pressed| Event::PointerButton { pos: place, button: PointerButton::Primary, pressed, modifiers: NONE };
        self.frame(vec![Event::PointerMoved(place)]);
        for _ in 0..count {
            self.frame(vec![button(true), button(false)]);
        }
        self.settle();
    }

    /// Drags from the middle of one character to the middle of another.
    pub fn drag(&mut self, from: Pos2, to: Pos2) {
        self.harness.run_steps(6);
        let button =
            |pos, pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: NONE };
        self.frame(vec![Event::PointerMoved(from)]);
        self.frame(vec![button(from, true)]);
        self.frame(vec![Event::PointerMoved(from.lerp(to, 0.5))]);
        self.frame(vec![Event::PointerMoved(to)]);
        self.frame(vec![button(to, false)]);
        self.settle();
    }

    /// Presses and releases a key as a keyboard does it: a letter comes with its text in the same frame.
    pub fn press(&mut self, modifiers: Modifiers, key: Key) {
        let event = |pressed| Event::Key { key, physical_key: Some(key), pressed, repeat: false, modifiers };
        let mut events = vec![Event::ModifiersChanged(modifiers), event(true)];
        let letter = key.name().to_owned();
        if letter.len() == 1 && !modifiers.command && !modifiers.alt {
            events.push(Event::Text(if modifiers.shift { letter } else { letter.to_lowercase() }));
        }
        self.frame(events);
        self.frame(vec![event(false), Event::ModifiersChanged(NONE)]);
        self.settle();
    }

    /// Presses a key that gives another sign than the one at its place on an English keyboard.
    pub fn press_on(&mut self, modifiers: Modifiers, key: Key, place: Key) {
        let event = |pressed| Event::Key { key, physical_key: Some(place), pressed, repeat: false, modifiers };
        self.frame(vec![Event::ModifiersChanged(modifiers), event(true)]);
        self.frame(vec![event(false), Event::ModifiersChanged(NONE)]);
        self.settle();
    }

    /// Types into the field that has the keyboard.
    pub fn type_text(&mut self, text: &str) {
        self.frame(vec![Event::Text(text.to_owned())]);
        self.settle();
    }

    /// Finds words with the keyboard alone, and leaves the `number`th hit from here selected.
    pub fn find(&mut self, words: &str) {
        self.press(CTRL, Key::F);
        self.press(CTRL, Key::A);
        self.type_text(words);
        self.press(NONE, Key::Escape);
    }

    pub fn drop_file(&mut self, path: PathBuf) {
        self.harness.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(path)));
        self.harness.step();
        self.settle();
    }

    /// Waits until what was told has gone by itself, and returns in how many frames.
    pub fn let_news_pass(&mut self) -> usize {
        for frames in 0..100 {
            if self.app().notice().is_none_or(|notice| notice.bad) {
                self.settle();
                return frames;
            }
            self.harness.step();
        }
        panic!("`{}` has not gone by itself", self.told());
    }

    /// A click for which the button is held for some frames, after some others.
    pub fn held_click(&mut self, role: Role, name: &str, after: usize, held: usize) {
        self.harness.run_steps(after);
        let pos = self.place_of(role, name).center();
        let button = |pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: NONE };
        self.frame(vec![Event::PointerMoved(pos), button(true)]);
        self.harness.run_steps(held);
        self.frame(vec![button(false)]);
        self.settle();
    }

    /// Clicks as soon as there is something to click on, while other things go on.
    #[track_caller]
    pub fn click_soon(&mut self, role: Role, name: &str) {
        for _ in 0..PATIENCE {
            if self.sees_a(role, name) {
                let pos = self.place_of(role, name).center();
                let button =
                    |pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: NONE };
                self.frame(vec![Event::PointerMoved(pos), button(true)]);
                return self.frame(vec![button(false)]);
            }
            sleep(Duration::from_millis(1));
            self.harness.step();
        }
        panic!("no {role:?} `{name}` has come; there is {:#?}", self.names());
    }

    /// Holds the pointer still over a place, for as long as a tooltip takes.
    pub fn hover(&mut self, place: Pos2) {
        self.frame(vec![Event::PointerMoved(place)]);
        self.harness.run_steps(15);
        self.settle();
    }

    /// Closes the window, and returns the project.
    pub fn leave(mut self) -> Fresh {
        let window = self.harness.input_mut().viewports.get_mut(&egui::ViewportId::ROOT).unwrap();
        window.events.push(egui::ViewportEvent::Close);
        self.harness.step();
        drop(self.harness);
        self.fresh
    }

    fn frame(&mut self, events: Vec<Event>) {
        self.harness.input_mut().events.extend(events);
        self.harness.step();
    }

    /// Until nothing moves any more; also fails when something that can be used has no name.
    pub fn settle(&mut self) {
        self.harness.run();
    }

    #[track_caller]
    pub fn wait(&mut self, what: &str, done: impl Fn(&Self) -> bool) {
        for _ in 0..PATIENCE {
            if done(self) {
                return self.settle();
            }
            sleep(Duration::from_millis(3));
            self.harness.step();
        }
        panic!("waited in vain until {what}; told: {}; there is {:#?}", self.told(), self.names());
    }

    /// Waits until everything is on disk, and returns the file of the annotator's set.
    pub fn saved(&mut self) -> String {
        self.wait("all is saved", |person| person.workspace().session.save_state() == SaveState::Saved);
        let annotator = self.workspace().session.annotator().to_string();
        std::fs::read_to_string(self.fresh.path.join(ascribe_tests::set_of(&annotator))).unwrap_or_default()
    }
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}
