//! The underline of one fragment: its lane, its form, its letter. Colour alone never tells labels apart, nor tags
//! from suggestions.

use egui::{Pos2, Shape, Stroke, pos2};

use super::lanes::LANES;
use crate::text::LineRect;

/// From the letters of the text to the first lane, in points.
const FIRST: f32 = 2.5;
/// From one lane to the next.
const PITCH: f32 = 4.5;
/// Half the width that a letter takes out of its line.
const HALF: f32 = 4.5;
/// How much wider half of it is with each letter more.
const MORE: f32 = 3.2;

/// A dash of a suggestion, and the gap after it.
const DASH: (f32, f32) = (5.0, 3.5);

/// The room below a line of text for that many lanes, in points.
pub fn room(lanes: usize) -> f32 {
    match lanes.min(LANES) {
        0 => 0.0,
        lanes => FIRST + PITCH * (lanes - 1) as f32 + 3.5,
    }
}

/// How the underline of a fragment is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Underline {
    /// Which lane it runs in.
    pub lane: usize,
    /// Which label it stands for, by its number in the scheme.
    pub form: usize,
    /// Whether it is only suggested: dashed, whatever its label.
    pub dashed: bool,
    /// Colour and width.
    pub stroke: Stroke,
    /// How many letters stand in it.
    pub signs: usize,
    /// Whether the text around runs from right to left.
    pub rtl: bool,
    /// Physical pixels per point: lines lie on whole pixels.
    pub scale: f32,
}

impl Underline {
    /// How high it runs below a line of text.
    #[must_use]
    pub fn y(&self, line: &LineRect) -> f32 {
        ((line.rect.bottom() + FIRST + PITCH * self.lane as f32) * self.scale).round() / self.scale
    }

    /// Adds the lines for the parts of a fragment, and returns the middle of its letter.
    pub fn draw(&self, rects: &[LineRect], shapes: &mut Vec<Shape>) -> Option<Pos2> {
        let start = self.start(rects)?;
        let end = rects.len() - 1 - self.start(&rects.iter().rev().copied().collect::<Vec<_>>())?;
        let (letter, half) = (self.letter(&rects[start]), self.half());
        for (number, line) in rects.iter().enumerate() {
            let y = self.y(line);
            let (left, right) = (line.rect.left() + 0.5, line.rect.right() - 0.5);
            if number == start {
                self.stroke(left, letter.x - half, y, shapes);
                self.stroke(letter.x + half, right, y, shapes);
            } else {
                self.stroke(left, right, y, shapes);
            }
            if number == end {
                let x = if self.rtl { left } else { right };
                shapes.push(Shape::line_segment([pos2(x, y - 2.5), pos2(x, y + 1.0)], self.stroke));
            }
        }
        Some(letter)
    }

    /// A thin line from one fragment of an annotation to the next: they belong together.
    pub fn bridge(&self, rects: &[LineRect], shapes: &mut Vec<Shape>) {
        let stroke = Stroke::new(0.75, self.stroke.color);
        for line in rects {
            let y = self.y(line);
            let ends = [pos2(line.rect.left(), y), pos2(line.rect.right(), y)];
            shapes.extend(Shape::dashed_line(&ends, stroke, 1.5, 2.5));
        }
    }

    /// Which part a reader comes to first: the first, or in right-to-left text the last of the first line.
    fn start(&self, rects: &[LineRect]) -> Option<usize> {
        let first = rects.first()?.line;
        let same = rects.iter().take_while(|line| line.line == first).count();
        Some(if self.rtl { same - 1 } else { 0 })
    }

    fn half(&self) -> f32 {
        HALF + MORE * self.signs.saturating_sub(1) as f32
    }

    /// Letters of neighbouring lanes stand side by side, where there is room for both.
    fn letter(&self, line: &LineRect) -> Pos2 {
        let room = line.rect.width();
        let half = self.half();
        let aside = if self.lane % 2 == 1 && room > 5.0 * half { 2.2 * half } else { 0.0 };
        let from_start = if room < 2.0 * half { room / 2.0 } else { half + aside };
        let x = if self.rtl { line.rect.right() - from_start } else { line.rect.left() + from_start };
        pos2(x, self.y(line))
    }

    fn stroke(&self, left: f32, right: f32, y: f32, shapes: &mut Vec<Shape>) {
        if right - left < 1.0 {
            return;
        }
        let stroke = self.stroke;
        let straight =
            |y: f32, width: f32| Shape::line_segment([pos2(left, y), pos2(right, y)], Stroke::new(width, stroke.color));
        if self.dashed {
            return shapes.extend(Shape::dashed_line(&[pos2(left, y), pos2(right, y)], stroke, DASH.0, DASH.1));
        }
        match self.form % 4 {
            0 => {
                let steps = (((right - left) / 2.0) as usize).clamp(1, 2000);
                let point = |n: usize| {
                    let swing = [0.0, -1.25, 0.0, 1.25][n % 4];
                    pos2(left + (right - left) * n as f32 / steps as f32, y + swing)
                };
                shapes.push(Shape::line((0..=steps).map(point).collect(), stroke));
            }
            1 => shapes.push(straight(y, stroke.width)),
            2 => {
                let ends = [pos2(left, y), pos2(right, y)];
                shapes.extend(Shape::dotted_line(&ends, stroke.color, 3.5, stroke.width * 0.62));
            }
            _ => shapes.extend([straight(y - 1.25, stroke.width * 0.6), straight(y + 1.25, stroke.width * 0.6)]),
        }
    }
}
