//! Meshes that are made once and moved about from frame to frame: the glyphs of a paragraph, and whatever else
//! is painted on it.

use std::sync::Arc;

use egui::{Color32, Context, Mesh, Painter, Pos2, Rect, pos2};
use parley::PositionedLayoutItem;
use parley::layout::GlyphRun;

use super::atlas::{Atlas, Face};
use super::laid::Laid;

/// A mesh around an origin that changes from frame to frame.
#[derive(Default)]
pub struct FloatingMesh {
    mesh: Mesh,
    /// What was painted last, and where: what stands still costs nothing.
    moved: Option<(Pos2, Arc<Mesh>)>,
}

impl FloatingMesh {
    /// Takes over a mesh whose origin is at zero.
    #[must_use]
    pub fn new(mesh: Mesh) -> Self {
        Self { mesh, moved: None }
    }

    /// Paints the mesh with its origin at `origin`.
    pub fn paint(&mut self, painter: &Painter, origin: Pos2) {
        if self.mesh.is_empty() {
            return;
        }
        if self.moved.as_ref().is_none_or(|(at, _)| *at != origin) {
            let mut mesh = self.mesh.clone();
            mesh.translate(origin.to_vec2());
            self.moved = Some((origin, Arc::new(mesh)));
        }
        painter.extend(self.moved.iter().map(|(_, mesh)| mesh.clone().into()));
    }
}

/// The glyphs of one paragraph, relative to its corner; one mesh for each page of the atlas it needs.
pub(super) struct GlyphMesh {
    parts: Vec<FloatingMesh>,
    colour: Color32,
    generation: u64,
}

impl GlyphMesh {
    /// Draws the glyphs of a paragraph that are not in the atlas yet, and puts all of them together.
    pub fn new(ctx: &Context, atlas: &mut Atlas, laid: &Laid, colour: Color32) -> Self {
        let mut mesh = Self { parts: Vec::new(), colour, generation: atlas.generation() };
        mesh.fill(ctx, atlas, laid);
        if mesh.generation != atlas.generation() {
            // The atlas was emptied on the way. It holds far more than one paragraph, so once more is enough.
            mesh.parts.clear();
            mesh.generation = atlas.generation();
            mesh.fill(ctx, atlas, laid);
        }
        for (page, part) in mesh.parts.iter_mut().enumerate() {
            part.mesh.texture_id = atlas.texture(page);
        }
        mesh
    }

    /// Whether the mesh can still be painted.
    pub fn is_current(&self, atlas: &Atlas, colour: Color32) -> bool {
        self.is_of(atlas) && self.colour == colour
    }

    /// Whether the atlas still holds its glyphs.
    pub fn is_of(&self, atlas: &Atlas) -> bool {
        self.generation == atlas.generation()
    }

    /// How many glyphs with ink there are.
    #[cfg(test)]
    pub fn glyphs(&self) -> usize {
        self.parts.iter().map(|part| part.mesh.vertices.len() / 4).sum()
    }

    fn fill(&mut self, ctx: &Context, atlas: &mut Atlas, laid: &Laid) {
        for (line, baseline) in laid.baselines() {
            for item in line.items() {
                if let PositionedLayoutItem::GlyphRun(run) = item {
                    self.add_run(ctx, atlas, &run, baseline, laid.scale());
                }
            }
        }
    }

    fn add_run(&mut self, ctx: &Context, atlas: &mut Atlas, glyphs: &GlyphRun<'_, ()>, baseline: f32, scale: f32) {
        let run = glyphs.run();
        let face = Face::of(run);
        for glyph in glyphs.positioned_glyphs() {
            let Some(slot) = atlas.slot(ctx, run, face, glyph.id, glyph.x) else { continue };
            while self.parts.len() <= slot.page {
                self.parts.push(FloatingMesh::default());
            }
            let y = (glyph.y - glyphs.baseline() + baseline).round();
            let corner = (pos2(glyph.x.floor(), y) + slot.offset).to_vec2() / scale;
            let rect = Rect::from_min_size(corner.to_pos2(), slot.size / scale);
            let colour = if slot.coloured { Color32::WHITE } else { self.colour };
            self.parts[slot.page].mesh.add_rect_with_uv(rect, slot.uv, colour);
        }
    }

    /// Forgets where it was painted: it is out of view.
    pub fn rest(&mut self) {
        self.parts.iter_mut().for_each(|part| part.moved = None);
    }

    /// Paints the glyphs of a paragraph whose corner lies at `origin`.
    pub fn paint(&mut self, painter: &Painter, origin: Pos2) {
        self.parts.iter_mut().for_each(|part| part.paint(painter, origin));
    }
}
