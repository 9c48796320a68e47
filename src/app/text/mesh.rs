//! Meshes that are made once and moved about from frame to frame: the glyphs of a paragraph, and whatever else
//! is painted on it.

use std::sync::Arc;

use egui::{Color32, Context, Mesh, Painter, Pos2, Rect, pos2};
use parley::layout::Cluster;

use super::atlas::{Atlas, Face, Slot};
use super::laid::Laid;
use super::visual::Cell;

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
            self.moved = Some((origin, self.at(origin)));
        }
        painter.extend(self.moved.iter().map(|(_, mesh)| mesh.clone().into()));
    }

    /// The mesh with its origin at `origin`, where it can be in the memory of the one painted last.
    fn at(&mut self, origin: Pos2) -> Arc<Mesh> {
        let mut moved = self.moved.take().map_or_else(|| Arc::new(self.mesh.clone()), |(_, mesh)| mesh);
        let by = origin.to_vec2();
        for (to, from) in Arc::make_mut(&mut moved).vertices.iter_mut().zip(&self.mesh.vertices) {
            to.pos = from.pos + by;
        }
        moved
    }
}

/// The glyphs of one paragraph, relative to its corner; one mesh for each page of the atlas it needs.
pub(super) struct GlyphMesh {
    parts: Vec<FloatingMesh>,
    /// The byte of the first character for which no font was found.
    pub missing: Option<usize>,
    colour: Color32,
    generation: u64,
}

impl GlyphMesh {
    /// Draws the glyphs of a paragraph that are not in the atlas yet, and puts all of them together.
    pub fn new(ctx: &Context, atlas: &mut Atlas, laid: &Laid, colour: Color32) -> Self {
        let mut mesh = Self { parts: Vec::new(), missing: None, colour, generation: atlas.generation() };
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
        let scale = laid.scale();
        for (index, (line, baseline)) in laid.baselines().enumerate() {
            let (cells, mut next) = (laid.cells(index), 0);
            for run in line.runs() {
                let face = Face::of(&run);
                for cluster in run.visual_clusters() {
                    let start = cluster.text_range().start;
                    // Nearly always the next one: only the order of runs may differ from that of the layout.
                    if !cells.get(next).is_some_and(|cell| cell.holds(start)) {
                        next = cells.iter().position(|cell| cell.holds(start)).unwrap_or(cells.len());
                    }
                    let Some(cell) = cells.get(next) else { continue };
                    next += 1;
                    if cell.control {
                        continue;
                    }
                    let mut x = left_of(&cluster, cell);
                    for glyph in cluster.glyphs() {
                        self.missing = self.missing.or((glyph.id == 0).then_some(start));
                        let at = pos2(x + glyph.x, baseline + glyph.y);
                        x += glyph.advance;
                        if let Some(slot) = atlas.slot(ctx, &run, face, glyph.id, at.x) {
                            self.add_glyph(&slot, at, scale);
                        }
                    }
                }
            }
        }
    }

    fn add_glyph(&mut self, slot: &Slot, at: Pos2, scale: f32) {
        while self.parts.len() <= slot.page {
            self.parts.push(FloatingMesh::default());
        }
        let corner = (pos2(at.x.floor(), at.y.round()) + slot.offset).to_vec2() / scale;
        let rect = Rect::from_min_size(corner.to_pos2(), slot.size / scale);
        let colour = if slot.coloured { Color32::WHITE } else { self.colour };
        self.parts[slot.page].mesh.add_rect_with_uv(rect, slot.uv, colour);
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

/// Where the glyphs of a cluster begin. Those of a ligature all belong to its first cluster, which in a
/// right-to-left run is the rightmost.
fn left_of(cluster: &Cluster<'_, ()>, cell: &Cell) -> f32 {
    let starts_cell = cluster.text_range().start == cell.start as usize;
    if cluster.is_rtl() && starts_cell {
        return cell.right - cluster.glyphs().map(|glyph| glyph.advance).sum::<f32>();
    }
    if starts_cell == cluster.is_rtl() { cell.right - cluster.advance() } else { cell.left }
}
