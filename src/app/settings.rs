//! What the program remembers about its user: kept with their settings, never in a project.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use ascribe_engine::store;
use ascribe_schema::AnnotatorName;
use serde::{Deserialize, Serialize};

use crate::exporting::ExportChoice;

/// How many projects are remembered.
const RECENT: usize = 8;

/// What the program remembers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Under which name this person annotates.
    pub annotator: Option<AnnotatorName>,
    /// Light, dark, or as the system.
    pub theme: Appearance,
    /// Size of everything; 1 is normal.
    pub zoom: f32,
    /// Whether anything moves by itself: scrolling that glides, things that fade in, a caret that blinks.
    pub motion: bool,
    /// Whether characters that cannot be seen are shown in the article.
    pub all_signs: bool,
    /// Whether suggestions are shown in the article.
    pub suggestions: bool,
    /// Whether the list of documents is shown where there is room.
    pub documents: bool,
    /// Whether the inspector is shown where there is room.
    pub inspector: bool,
    /// The projects opened last, the newest first.
    pub recent: Vec<PathBuf>,
    /// What was chosen in the last export.
    pub export: ExportChoice,
    /// Which models may run, by project and command: what a project names runs nowhere by itself.
    pub models: BTreeSet<String>,
    /// Where this is kept; nowhere in tests.
    #[serde(skip)]
    pub file: Option<PathBuf>,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Appearance {
    /// As the system says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            annotator: None,
            theme: Appearance::default(),
            zoom: 1.0,
            motion: true,
            all_signs: false,
            suggestions: true,
            documents: true,
            inspector: true,
            recent: Vec::new(),
            export: ExportChoice::default(),
            models: BTreeSet::new(),
            file: None,
        }
    }
}

impl Settings {
    /// Reads the settings; whatever cannot be read is as on the first day.
    #[must_use]
    pub fn load() -> Self {
        let file = folders().map(|folders| folders.0.join("settings.ron"));
        let text = file.as_ref().and_then(|file| std::fs::read_to_string(file).ok());
        let mut settings: Self = text.and_then(|text| ron::from_str(&text).ok()).unwrap_or_default();
        settings.zoom = settings.zoom.clamp(0.5, 2.5);
        settings.file = file;
        settings
    }

    /// Keeps the settings.
    ///
    /// # Errors
    ///
    /// A message when they cannot be written.
    pub fn save(&self) -> Result<(), String> {
        let Some(file) = &self.file else { return Ok(()) };
        let pretty = ron::ser::PrettyConfig::new().new_line("\n");
        let text = ron::ser::to_string_pretty(self, pretty).map_err(|error| error.to_string())?;
        store::write_file(file, text.as_bytes()).map_err(|error| error.to_string())
    }

    /// Where a person's own keys are kept.
    #[must_use]
    pub fn keymap_file(&self) -> Option<PathBuf> {
        self.file.as_ref().map(|file| file.with_file_name("keymap.ron"))
    }

    /// Remembers a project as the one opened last.
    pub fn remember(&mut self, project: &Path) {
        self.recent.retain(|other| other != project);
        self.recent.insert(0, project.to_owned());
        self.recent.truncate(RECENT);
    }
}

impl From<Appearance> for egui::ThemePreference {
    fn from(appearance: Appearance) -> Self {
        match appearance {
            Appearance::System => Self::System,
            Appearance::Light => Self::Light,
            Appearance::Dark => Self::Dark,
        }
    }
}

/// The user's own folders for settings and for data.
#[must_use]
pub fn folders() -> Option<(PathBuf, PathBuf)> {
    use etcetera::BaseStrategy;
    let base = etcetera::choose_base_strategy().ok()?;
    Some((base.config_dir().join("ascribe"), base.data_dir().join("ascribe")))
}
