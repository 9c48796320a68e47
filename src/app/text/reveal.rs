//! Scrolling so that a part of the text comes into view.

use super::flow::Flow;
use super::fonts::Fonts;

impl Flow {
    /// Scrolls no further than needed to show some lines with a little text around them. `top` and
    /// `bottom` are measured from the start of `chunk`.
    pub fn bring_into_view(&mut self, fonts: &mut Fonts, chunk: usize, top: f64, bottom: f64) {
        let view = f64::from(self.view);
        let y = self.y(chunk);
        let distance = (self.top - (y + bottom)).max(y + top - (self.top + view));
        if distance > view {
            // Far away, where little has been laid out: find a fresh place in the window.
            return self.place(fonts, chunk, top, view / 3.0);
        }
        let around = (view / 5.0).min(3.0 * (bottom - top));
        if y + top - around < self.top {
            self.place(fonts, chunk, top, around);
        } else if y + bottom + around > self.top + view {
            self.place(fonts, chunk, bottom, view - around);
        }
    }

    /// Scrolls so that some lines start a third down the window, unless all of them can be seen already.
    pub fn bring_a_third_down(&mut self, fonts: &mut Fonts, chunk: usize, top: f64, bottom: f64) {
        let y = self.y(chunk);
        if y + top < self.top || y + bottom > self.top + f64::from(self.view) {
            self.place(fonts, chunk, top, f64::from(self.view) / 3.0);
        }
    }

    /// Scrolls so that a line starts in the middle of the window.
    pub fn bring_to_middle(&mut self, fonts: &mut Fonts, chunk: usize, top: f64) {
        self.place(fonts, chunk, top, f64::from(self.view) / 2.0);
    }

    /// Scrolls so that what lies `inside` a paragraph is seen `below` the top of the window.
    fn place(&mut self, fonts: &mut Fonts, chunk: usize, inside: f64, below: f64) {
        self.ensure(fonts, chunk);
        // What will be seen above must have its true height first, or it would push this down.
        let (mut first, mut covered) = (chunk, inside);
        while covered < below && first > 0 {
            first -= 1;
            self.ensure(fonts, first);
            covered += self.height(first);
        }
        self.top = self.y(chunk) + inside - below;
        self.clamp_top();
    }
}
