//! How a text looks: sizes and colours, all given by the caller.

use egui::Color32;

/// How far letters are taken to reach above and below the baseline, in letter sizes.
///
/// The same for all scripts, so that highlights and underlines run straight through mixed text.
pub(super) const ASCENT: f32 = 0.86;
pub(super) const DESCENT: f32 = 0.28;
/// Height of the letters in a line, with the pixel that is kept free above them, in letter sizes.
const LETTERS: f32 = ASCENT + DESCENT + 0.06;

/// How a text is set. Lengths are in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    /// Size of the letters.
    pub size: f32,
    /// Distance from one baseline to the next, in letter sizes.
    ///
    /// Letters take up about 1.15 of it; the rest lies below them, free for underlines.
    pub line_height: f32,
    /// The widest a line may be; a wider pane shows the column in its middle.
    pub measure: f32,
    /// Least distance of the text from the edges of the pane.
    pub margin: f32,
    /// Space kept free on the right of the column, for what belongs to its lines.
    pub aside: f32,
    /// Extra space after each line of the text, in line heights.
    pub paragraph_gap: f32,
    /// Height of an empty line, in line heights.
    pub empty_line: f32,
    /// Colour of the letters.
    pub colour: Color32,
    /// Background of selected text.
    pub selection: Color32,
    /// Colour of the caret.
    pub caret: Color32,
    /// Colour of the signs that show characters which cannot be seen.
    pub sign: Color32,
    /// Whether all of those are shown, and not only directional ones.
    pub all_signs: bool,
    /// Whether all letters are equally wide, where the system has such a font.
    pub monospaced: bool,
}

impl TextStyle {
    /// A comfortable setting for reading, in the given colours.
    #[must_use]
    pub const fn new(colour: Color32, selection: Color32, caret: Color32) -> Self {
        Self {
            size: 17.0,
            line_height: 1.75,
            measure: 680.0,
            margin: 24.0,
            aside: 0.0,
            paragraph_gap: 0.3,
            empty_line: 0.5,
            colour,
            selection,
            caret,
            sign: colour,
            all_signs: false,
            monospaced: false,
        }
    }

    /// The same with at least `room` points free below the letters of each line.
    #[must_use]
    pub(super) fn with_room(mut self, room: f32) -> Self {
        self.line_height = self.line_height.max(LETTERS + room / self.size);
        self
    }

    /// Whether a text laid out in the one style has the same shape in the other.
    pub(super) fn same_shape(&self, other: &Self) -> bool {
        let shape = |style: &Self| {
            [
                style.size,
                style.line_height,
                style.measure,
                style.margin,
                style.aside,
                style.paragraph_gap,
                style.empty_line,
            ]
        };
        shape(self) == shape(other) && self.monospaced == other.monospaced
    }
}
