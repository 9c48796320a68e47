//! The bundled fonts, and what laying out and painting with them takes.

use std::sync::Arc;

use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, SourceCache};
use parley::{BaseDirection, FontContext, FontFamily, FontFamilyName, GenericFamily, LayoutContext};

use super::atlas::Atlas;
use super::label::Labels;
use super::laid::{Laid, Setting};

/// Inter Regular, for the user interface around the text.
pub static INTER_REGULAR: &[u8] = include_bytes!("../../../assets/fonts/Inter-Regular.otf");
/// Inter SemiBold, for headings and emphasis in the user interface.
pub static INTER_SEMIBOLD: &[u8] = include_bytes!("../../../assets/fonts/Inter-SemiBold.otf");

/// The reading faces, under names that no font of the system can have, so that they look alike everywhere.
pub static READING: [(&str, &[u8]); 5] = [
    ("Ascribe Latin", include_bytes!("../../../assets/fonts/NotoSerif-Regular.ttf")),
    ("Ascribe Arabic", include_bytes!("../../../assets/fonts/NotoNaskhArabic-Regular.ttf")),
    ("Ascribe Hebrew", include_bytes!("../../../assets/fonts/NotoSerifHebrew-Regular.ttf")),
    ("Ascribe Thai", include_bytes!("../../../assets/fonts/NotoSerifThai-Regular.ttf")),
    ("Ascribe Devanagari", include_bytes!("../../../assets/fonts/NotoSerifDevanagari-Regular.ttf")),
];

const INTERFACE: &str = "Ascribe Interface";

/// Where glyphs are looked for, in this order: all of it for what lies in columns, from the second on for labels, from
/// the third on for the article.
static FAMILIES: [FontFamilyName<'static>; 9] = [
    FontFamilyName::Generic(GenericFamily::Monospace),
    FontFamilyName::named(INTERFACE),
    FontFamilyName::named(READING[0].0),
    FontFamilyName::named(READING[1].0),
    FontFamilyName::named(READING[2].0),
    FontFamilyName::named(READING[3].0),
    FontFamilyName::named(READING[4].0),
    // Before the serifs of the system, some of which have a few emoji without colours.
    FontFamilyName::Generic(GenericFamily::Emoji),
    FontFamilyName::Generic(GenericFamily::Serif),
];

/// Whether scripts that the bundled fonts lack are shown with fonts of the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SystemFonts {
    /// Look for the fonts of the system.
    Load,
    /// Use the bundled fonts only, so that a text looks the same on every machine; for tests.
    Skip,
}

/// Fonts for reading, with the glyphs drawn so far. One for the whole application, shared by all panes.
pub struct Fonts {
    context: FontContext,
    layouts: LayoutContext<()>,
    pub(super) atlas: Atlas,
    pub(super) labels: Labels,
}

impl Fonts {
    /// Registers the bundled fonts and, if asked to, finds those of the system.
    #[must_use]
    pub fn new(system: SystemFonts) -> Self {
        let options = CollectionOptions { shared: false, system_fonts: system == SystemFonts::Load };
        let mut collection = Collection::new(options);
        for (name, bytes) in READING.into_iter().chain([(INTERFACE, INTER_REGULAR)]) {
            let renamed = FontInfoOverride { family_name: Some(name), ..Default::default() };
            collection.register_fonts(Blob::new(Arc::new(bytes)), Some(renamed));
        }
        let context = FontContext { collection, source_cache: SourceCache::default() };
        Self { context, layouts: LayoutContext::new(), atlas: Atlas::default(), labels: Labels::default() }
    }

    /// Lays out one paragraph of an article.
    pub(super) fn lay_out(&mut self, text: &str, setting: &Setting, direction: BaseDirection) -> Laid {
        let families = if setting.style.monospaced { &FAMILIES[..] } else { &FAMILIES[2..] };
        self.lay_out_with(families, text, setting, direction)
    }

    /// Lays out a text beside the article, in the font of the window.
    pub(super) fn lay_out_label(&mut self, text: &str, setting: &Setting, direction: BaseDirection) -> Laid {
        self.lay_out_with(&FAMILIES[1..], text, setting, direction)
    }

    fn lay_out_with(
        &mut self,
        families: &'static [FontFamilyName<'static>],
        text: &str,
        setting: &Setting,
        direction: BaseDirection,
    ) -> Laid {
        let family = FontFamily::List(families.into());
        let mut builder = self.layouts.ranged_builder(&mut self.context, text, setting.scale, true);
        builder.set_base_direction(direction);
        builder.push_default(family);
        Laid::new(builder, text, setting)
    }
}
