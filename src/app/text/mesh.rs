//! The glyphs of a paragraph as meshes, made once and moved about from frame to frame.

use std::sync::Arc;

use egui::{Color32, Context, Mesh, Painter, Pos2, Rect, Vec2, pos2};
use parley::PositionedLayoutItem;
use parley::layout::GlyphRun;

use super::atlas::{Atlas, Face};
use super::laid::Laid;

/// The glyphs of one paragraph, relative to its corner; one mesh for each page of the atlas it needs.
pub(super) struct GlyphMesh {
    parts: Vec<Mesh>,
    colour: Color32,
    generation: u64,
    /// What was painted last, and where: a text that stands still costs nothing.
    moved: Option<(Pos2, Vec<Arc<Mesh>>)>,
}

impl GlyphMesh {
    /// Draws the glyphs of a paragraph that are not in the atlas yet, and puts all of them together.
    pub fn new(ctx: &Context, atlas: &mut Atlas, laid: &Laid, colour: Color32) -> Self {
        let mut mesh = Self { parts: Vec::new(), colour, generation: atlas.generation(), moved: None };
        mesh.fill(ctx, atlas, laid);
        if mesh.generation != atlas.generation() {
            // The atlas was emptied on the way. It holds far more than one paragraph, so once more is enough.
            mesh.parts.clear();
            mesh.generation = atlas.generation();
            mesh.fill(ctx, atlas, laid);
        }
        for (page, part) in mesh.parts.iter_mut().enumerate() {
            part.texture_id = atlas.texture(page);
        }
        mesh
    }

    /// Whether the mesh can still be painted.
    pub fn is_current(&self, atlas: &Atlas, colour: Color32) -> bool {
        self.generation == atlas.generation() && self.colour == colour
    }

    /// How many glyphs with ink there are.
    #[cfg(test)]
    pub fn glyphs(&self) -> usize {
        self.parts.iter().map(|part| part.vertices.len() / 4).sum()
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
                self.parts.push(Mesh::default());
            }
            let y = (glyph.y - glyphs.baseline() + baseline).round();
            let corner = (pos2(glyph.x.floor(), y) + slot.offset).to_vec2() / scale;
            let rect = Rect::from_min_size(corner.to_pos2(), slot.size / scale);
            let colour = if slot.coloured { Color32::WHITE } else { self.colour };
            self.parts[slot.page].add_rect_with_uv(rect, slot.uv, colour);
        }
    }

    /// Paints the glyphs of a paragraph whose corner lies at `origin`.
    pub fn paint(&mut self, painter: &Painter, origin: Pos2) {
        if self.moved.as_ref().is_none_or(|(at, _)| *at != origin) {
            let filled = self.parts.iter().filter(|part| !part.is_empty());
            self.moved = Some((origin, filled.map(|part| Arc::new(moved(part, origin.to_vec2()))).collect()));
        }
        let parts = self.moved.iter().flat_map(|(_, parts)| parts);
        painter.extend(parts.map(|part| part.clone().into()));
    }
}

fn moved(mesh: &Mesh, by: Vec2) -> Mesh {
    let mut mesh = mesh.clone();
    mesh.translate(by);
    mesh
}
