//! Colours and fonts of the window. All colours come from `assets/theme/*.ron`.

use std::{collections::BTreeMap, sync::Arc};

use egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Shadow, Stroke, Style,
    TextStyle, Visuals, vec2,
};
use serde::Deserialize;

use crate::text::{INTER_REGULAR, INTER_SEMIBOLD, READING};

/// The themes as files, light and dark.
pub const FILES: [&str; 2] =
    [include_str!("../../assets/theme/light.ron"), include_str!("../../assets/theme/dark.ron")];

/// How far words that are not the article step back towards the page; further, they could not be read.
pub const PARATEXT_FADE: f32 = 0.35;

/// A colour of a theme, written as `#rrggbb`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub struct Color(pub Color32);

impl TryFrom<String> for Color {
    type Error = String;

    fn try_from(hex: String) -> Result<Self, String> {
        Color32::from_hex(&hex).map(Self).map_err(|_| format!("`{hex}` is not a colour such as #1f5fbf"))
    }
}

/// The colours of one theme, by what they are for.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Theme {
    /// Whether light text stands on dark.
    pub dark: bool,
    /// Behind everything.
    pub window: Color,
    /// Behind the lists and the inspector.
    pub panel: Color,
    /// Behind the article.
    pub page: Color,
    /// Text.
    pub ink: Color,
    /// Text that matters less.
    pub muted: Color,
    /// Lines between things.
    pub line: Color,
    /// Buttons and fields.
    pub control: Color,
    /// Buttons under the pointer.
    pub control_hover: Color,
    /// Around buttons and fields.
    pub control_line: Color,
    /// What is chosen or in focus.
    pub accent: Color,
    /// Text on `accent`.
    pub on_accent: Color,
    /// Behind selected text.
    pub selection: Color,
    /// Behind what was found.
    pub find: Color,
    /// Behind the find result that is shown.
    pub find_current: Color,
    /// Saved, finished.
    pub good: Color,
    /// The least and the most in a heat map.
    pub heat: [Color; 2],
    /// Wants attention.
    pub warning: Color,
    /// Went wrong.
    pub error: Color,
    /// How far annotations step back towards the page while another one is in focus: 0 not at all, 1 until
    /// they are gone.
    pub fade: f32,
    /// Colours of labels, by the names that schemes use.
    pub palette: BTreeMap<String, Color>,
}

impl Theme {
    /// Reads a theme.
    ///
    /// # Errors
    ///
    /// When it is not RON, lacks a colour, or a colour is not written as `#rrggbb`.
    pub fn read(file: &str) -> Result<Self, ron::error::SpannedError> {
        ron::from_str(file)
    }

    /// The colour of a label, by the name in the scheme; a label without one gets its turn by `number`.
    #[must_use]
    pub fn label(&self, name: &str, number: usize) -> Color32 {
        let turn = || self.palette.values().nth(number % self.palette.len().max(1));
        self.palette.get(name).or_else(turn).map_or(self.ink.0, |color| color.0)
    }

    /// The colour of a place in a heat map, from 0 for the least to 1 for the most.
    #[must_use]
    pub fn heat(&self, part: f32) -> Color32 {
        self.heat[0].0.lerp_to_gamma(self.heat[1].0, part.clamp(0.0, 1.0))
    }

    /// The colour for text that is easiest to read on `ground`: that of the ink, or that of the page.
    #[must_use]
    pub fn ink_on(&self, ground: Color32) -> Color32 {
        let ratio = |ink: Color| {
            let (a, b) = (luminance(ink.0) + 0.05, luminance(ground) + 0.05);
            a.max(b) / a.min(b)
        };
        if ratio(self.ink) >= ratio(self.page) { self.ink.0 } else { self.page.0 }
    }

    /// A colour on the page that steps back behind what is in focus.
    #[must_use]
    pub fn faded(&self, color: Color32) -> Color32 {
        color.lerp_to_gamma(self.page.0, self.fade)
    }

    fn visuals(&self) -> Visuals {
        let mut visuals = if self.dark { Visuals::dark() } else { Visuals::light() };
        let radius = CornerRadius::same(5);
        let states = &mut visuals.widgets;
        let all = [
            (&mut states.noninteractive, self.panel, self.line),
            (&mut states.inactive, self.control, self.control_line),
            (&mut states.hovered, self.control_hover, self.ink),
            (&mut states.active, self.control_hover, self.accent),
            (&mut states.open, self.control_hover, self.control_line),
        ];
        for (state, fill, line) in all {
            (state.bg_fill, state.weak_bg_fill) = (fill.0, fill.0);
            state.bg_stroke = Stroke::new(1.0, line.0);
            state.fg_stroke = Stroke::new(1.0, self.ink.0);
            state.corner_radius = radius;
            state.expansion = 0.0;
        }
        visuals.weak_text_color = Some(self.muted.0);
        // Also the frame of the field that has the keyboard, and the text of what is chosen.
        visuals.selection.bg_fill = self.selection.0;
        visuals.selection.stroke = Stroke::new(1.5, self.accent.0);
        visuals.hyperlink_color = self.accent.0;
        visuals.faint_bg_color = self.control.0;
        visuals.extreme_bg_color = self.page.0;
        visuals.text_edit_bg_color = Some(self.page.0);
        visuals.warn_fg_color = self.warning.0;
        visuals.error_fg_color = self.error.0;
        (visuals.window_fill, visuals.panel_fill) = (self.panel.0, self.panel.0);
        visuals.window_stroke = Stroke::new(1.0, self.line.0);
        visuals.window_corner_radius = CornerRadius::same(8);
        visuals.menu_corner_radius = CornerRadius::same(8);
        let shadow = Shadow { offset: [0, 4], blur: 16, spread: 0, color: self.ink.0.gamma_multiply(0.15) };
        let none = if self.dark { Shadow::NONE } else { shadow };
        (visuals.window_shadow, visuals.popup_shadow) = (none, none);
        visuals.text_cursor.stroke = Stroke::new(2.0, self.accent.0);
        visuals
    }
}

/// Relative luminance: <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>.
fn luminance(color: Color32) -> f32 {
    let linear = egui::Rgba::from(color);
    0.2126 * linear.r() + 0.7152 * linear.g() + 0.0722 * linear.b()
}

/// Both themes, read from the files that are part of the program.
#[derive(Clone, Debug)]
pub struct Themes {
    light: Theme,
    dark: Theme,
}

impl Themes {
    /// Reads the themes and gives egui its fonts, sizes and colours.
    #[must_use]
    pub fn install(ctx: &Context) -> Self {
        // A test reads both files; a theme without colours would still show text in egui's own.
        let [light, dark] = FILES.map(|file| Theme::read(file).unwrap_or_default());
        ctx.set_fonts(fonts());
        for (theme, colors) in [(egui::Theme::Light, &light), (egui::Theme::Dark, &dark)] {
            ctx.style_mut_of(theme, |style| {
                style.visuals = colors.visuals();
                measure(style);
            });
        }
        Self { light, dark }
    }

    /// The theme that is shown now.
    #[must_use]
    pub fn current(&self, ctx: &Context) -> &Theme {
        match ctx.theme() {
            egui::Theme::Light => &self.light,
            egui::Theme::Dark => &self.dark,
        }
    }
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in [("Inter", INTER_REGULAR), ("Inter SemiBold", INTER_SEMIBOLD)].into_iter().chain(READING) {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    // Those for other scripts, and for the rare Latin letters that Inter lacks.
    let fallback = READING.map(|(name, _)| name.to_owned());
    let family = |first: &str| [&[first.to_owned()][..], &fallback].concat();
    fonts.families.insert(FontFamily::Proportional, family("Inter"));
    fonts.families.insert(FontFamily::Monospace, family("Inter"));
    fonts.families.insert(strong_family(), family("Inter SemiBold"));
    fonts
}

fn strong_family() -> FontFamily {
    FontFamily::Name("strong".into())
}

/// The font of headings and of what is chosen.
#[must_use]
pub fn strong(size: f32) -> FontId {
    FontId::new(size, strong_family())
}

fn measure(style: &mut Style) {
    style.text_styles = [
        (TextStyle::Small, FontId::proportional(12.0)),
        (TextStyle::Body, FontId::proportional(14.0)),
        (TextStyle::Button, FontId::proportional(14.0)),
        (TextStyle::Monospace, FontId::proportional(14.0)),
        (TextStyle::Heading, strong(18.0)),
    ]
    .into();
    style.spacing.item_spacing = vec2(8.0, 6.0);
    style.spacing.button_padding = vec2(8.0, 4.0);
    style.spacing.interact_size.y = 24.0;
    style.spacing.menu_margin = Margin::same(6);
    style.spacing.window_margin = Margin::same(16);
    // A faded line at the edge would read as paratext.
    style.spacing.scroll.fade.strength = 0.0;
    style.interaction.selectable_labels = false;
}
