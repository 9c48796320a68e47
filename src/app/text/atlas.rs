//! Pictures of glyphs, kept in textures so that painting text means painting rectangles.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use egui::{Color32, ColorImage, Context, Rect, TextureHandle, TextureId, TextureOptions, Vec2, pos2, vec2};
use parley::layout::Run;
use swash::FontRef;
use swash::scale::image::{Content, Image};
use swash::scale::{Render, ScaleContext, Source, StrikeWith};
use swash::zeno::Vector;

/// Width and height of a page. Every graphics driver takes textures of this size.
const SIDE: usize = 1024;
/// Pages held at most: 16 MB of texture. A text of thousands of different ideographs fits.
const MAX_PAGES: usize = 4;
/// Glyphs are drawn at so many places between two pixels.
const STEPS: f32 = 4.0;

/// Which picture: a glyph of a font at a size and at a fraction of a pixel.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    face: Face,
    glyph: u32,
    step: u8,
}

/// A font at a size, as a run of text asks for it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Face {
    font: u64,
    index: u32,
    size: u32,
    /// Stands for the axis settings of a variable font.
    axes: u64,
    bold: bool,
}

impl Face {
    pub fn of(run: &Run<'_, ()>) -> Self {
        let mut axes = DefaultHasher::new();
        coordinates(run).for_each(|value| value.hash(&mut axes));
        Self {
            font: run.font().data.id(),
            index: run.font().index,
            size: run.font_size().to_bits(),
            axes: axes.finish(),
            bold: run.synthesis().embolden(),
        }
    }
}

/// Where a picture lies in a texture, and where to put it. Lengths are in physical pixels.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    pub page: usize,
    pub uv: Rect,
    /// From the whole pixel left of the glyph's origin on the baseline to the picture's corner.
    pub offset: Vec2,
    pub size: Vec2,
    /// Whether the picture has its own colours.
    pub coloured: bool,
}

struct Page {
    texture: TextureHandle,
    /// The next free place in the current shelf, and the height of that shelf.
    x: usize,
    y: usize,
    shelf: usize,
}

/// All pictures drawn so far.
#[derive(Default)]
pub(super) struct Atlas {
    pages: Vec<Page>,
    slots: HashMap<Key, Option<Slot>>,
    scaler: ScaleContext,
    generation: u64,
}

impl Atlas {
    /// Changes whenever all pictures have been thrown away; meshes made before must be made anew.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    pub fn texture(&self, page: usize) -> TextureId {
        self.pages.get(page).map(|page| page.texture.id()).unwrap_or_default()
    }

    /// The picture of a glyph whose origin lies at `x`; `None` for one without ink.
    pub fn slot(&mut self, ctx: &Context, run: &Run<'_, ()>, face: Face, glyph: u32, x: f32) -> Option<Slot> {
        let step = ((x - x.floor()) * STEPS) as u8;
        let key = Key { face, glyph, step };
        if let Some(slot) = self.slots.get(&key) {
            return *slot;
        }
        let slot = self.draw(run, key).and_then(|image| self.store(ctx, &image));
        self.slots.insert(key, slot);
        slot
    }

    fn draw(&mut self, run: &Run<'_, ()>, key: Key) -> Option<Image> {
        let font = FontRef::from_index(run.font().data.as_ref(), run.font().index as usize)?;
        let id = [key.face.font, u64::from(key.face.index)];
        let builder = self.scaler.builder_with_id(font, id).size(run.font_size());
        let mut scaler = builder.normalized_coords(coordinates(run)).build();
        let sources = [Source::ColorOutline(0), Source::ColorBitmap(StrikeWith::BestFit), Source::Outline];
        let mut render = Render::new(&sources);
        render.offset(Vector::new(f32::from(key.step) / STEPS, 0.0));
        if key.face.bold {
            render.embolden(run.font_size() / 40.0);
        }
        let image = render.render(&mut scaler, key.glyph as u16)?;
        let fits = |length: u32| (1..SIDE as u32 - 2).contains(&length);
        (fits(image.placement.width) && fits(image.placement.height)).then_some(image)
    }

    /// Puts a picture on a page; when all pages are full, starts afresh.
    fn store(&mut self, ctx: &Context, image: &Image) -> Option<Slot> {
        let size = [image.placement.width as usize, image.placement.height as usize];
        let mut place = self.pages.last_mut().and_then(|page| page.reserve(size));
        if place.is_none() {
            self.add_page(ctx);
            place = self.pages.last_mut().and_then(|page| page.reserve(size));
        }
        let [x, y] = place?;
        let picture = ColorImage::new(size, pixels(image));
        let page = self.pages.len() - 1;
        self.pages[page].texture.set_partial([x, y], picture, TextureOptions::LINEAR);
        let part = |length: usize| length as f32 / SIDE as f32;
        Some(Slot {
            page,
            uv: Rect::from_min_size(pos2(part(x), part(y)), vec2(part(size[0]), part(size[1]))),
            offset: vec2(image.placement.left as f32, -image.placement.top as f32),
            size: vec2(size[0] as f32, size[1] as f32),
            coloured: image.content == Content::Color,
        })
    }

    fn add_page(&mut self, ctx: &Context) {
        if self.pages.len() == MAX_PAGES {
            // Dropped textures live until the end of the frame, so what was painted before stays right.
            self.pages.clear();
            self.slots.clear();
            self.generation += 1;
            ctx.request_repaint();
        }
        let empty = ColorImage::filled([SIDE, SIDE], Color32::TRANSPARENT);
        let texture = ctx.load_texture("glyphs", empty, TextureOptions::LINEAR);
        self.pages.push(Page { texture, x: 1, y: 1, shelf: 0 });
    }
}

impl Page {
    /// A free place for a picture, with an empty pixel around it so that neighbours do not shine through.
    fn reserve(&mut self, [width, height]: [usize; 2]) -> Option<[usize; 2]> {
        if self.x + width + 1 > SIDE {
            self.x = 1;
            self.y += self.shelf + 1;
            self.shelf = 0;
        }
        if self.y + height + 1 > SIDE {
            return None;
        }
        let place = [self.x, self.y];
        self.x += width + 1;
        self.shelf = self.shelf.max(height);
        Some(place)
    }
}

fn coordinates<'a>(run: &'a Run<'_, ()>) -> impl Iterator<Item = i16> + 'a {
    run.normalized_coords().iter().map(|coordinate| coordinate.to_bits())
}

fn pixels(image: &Image) -> Vec<Color32> {
    match image.content {
        Content::Color => {
            let channels = image.data.chunks_exact(4);
            channels.map(|c| Color32::from_rgba_unmultiplied(c[0], c[1], c[2], c[3])).collect()
        }
        _ => image.data.iter().map(|&coverage| Color32::from_white_alpha(coverage)).collect(),
    }
}
