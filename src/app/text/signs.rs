//! Characters that cannot be seen: obeyed in an article, where a small flag shows each that changes the order of
//! others, and on demand each of the rest; spelt out everywhere else, so that no title can reorder the words around
//! it.

use std::borrow::Cow;

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

use super::label::runs_right_to_left;

/// Width and height of a flag, in points.
const FLAG: f32 = 5.0;

/// A character that cannot be seen.
#[derive(Debug, PartialEq, Eq)]
pub struct Sign {
    /// The character.
    pub character: char,
    /// Its abbreviation in the standard.
    pub short: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it does to the text around it.
    pub effect: &'static str,
}

const fn sign(character: char, short: &'static str, name: &'static str, effect: &'static str) -> Sign {
    Sign { character, short, name, effect }
}

static DIRECTIONAL: [Sign; 12] = [
    sign('\u{61c}', "ALM", "Arabic letter mark", "What stands beside it is set as beside an Arabic letter."),
    sign('\u{200e}', "LRM", "Left-to-right mark", "What stands beside it is set as beside a left-to-right letter."),
    sign('\u{200f}', "RLM", "Right-to-left mark", "What stands beside it is set as beside a right-to-left letter."),
    sign('\u{202a}', "LRE", "Left-to-right embedding", "What follows is set from left to right, up to its end."),
    sign('\u{202b}', "RLE", "Right-to-left embedding", "What follows is set from right to left, up to its end."),
    sign('\u{202c}', "PDF", "Pop directional formatting", "Ends an embedding or an override."),
    sign('\u{202d}', "LRO", "Left-to-right override", "All letters that follow are forced from left to right."),
    sign('\u{202e}', "RLO", "Right-to-left override", "All letters that follow are forced from right to left."),
    sign('\u{2066}', "LRI", "Left-to-right isolate", "What follows stands apart and is set from left to right."),
    sign('\u{2067}', "RLI", "Right-to-left isolate", "What follows stands apart and is set from right to left."),
    sign('\u{2068}', "FSI", "First strong isolate", "What follows stands apart, in the direction of its first letter."),
    sign('\u{2069}', "PDI", "Pop directional isolate", "Ends an isolate."),
];

/// Those that are shown on demand: they change no order, and a text may be full of them.
static QUIET: [Sign; 17] = [
    sign('\t', "TAB", "Tab", "Leads to the next column."),
    sign('\r', "CR", "Carriage return", "The old Mac's end of a line."),
    sign('\u{85}', "NEL", "Next line", "An end of a line."),
    sign('\u{a0}', "NBSP", "No-break space", "The line does not end here."),
    sign('\u{ad}', "SHY", "Soft hyphen", "The word may be divided here; only then a hyphen shows."),
    sign('\u{2002}', "ENSP", "En space", "A space half as wide as the letters are high."),
    sign('\u{2003}', "EMSP", "Em space", "A space as wide as the letters are high."),
    sign('\u{2007}', "FSP", "Figure space", "A space as wide as a digit; the line does not end here."),
    sign('\u{2009}', "THSP", "Thin space", "A narrow space."),
    sign('\u{200a}', "HSP", "Hair space", "A very narrow space."),
    sign('\u{200b}', "ZWSP", "Zero width space", "The line may end here."),
    sign('\u{200c}', "ZWNJ", "Zero width non-joiner", "Keeps apart letters that would be joined."),
    sign('\u{200d}', "ZWJ", "Zero width joiner", "Joins letters, or pictures, that would stand apart."),
    sign('\u{202f}', "NNBSP", "Narrow no-break space", "The line does not end here."),
    sign('\u{2060}', "WJ", "Word joiner", "The line does not end here."),
    sign('\u{3000}', "IDSP", "Ideographic space", "A space as wide as a Chinese character."),
    sign(
        '\u{feff}',
        "BOM",
        "Zero width no-break space",
        "The line does not end here; or a mark of byte order left in the text.",
    ),
];

/// The character without a look of its own that `c` is, if it is one.
pub(super) fn sign_of(c: char) -> Option<&'static Sign> {
    if matches!(c, ' '..='~') {
        return None;
    }
    directional(c).or_else(|| QUIET.binary_search_by_key(&c, |sign| sign.character).ok().map(|at| &QUIET[at]))
}

impl Sign {
    /// Whether it is shown even when nobody asks, because it changes the order in which others are read.
    pub(super) fn is_loud(&self) -> bool {
        is_directional(self.character)
    }

    /// Whether it takes up room in its line.
    pub(super) fn is_wide(&self) -> bool {
        self.character.is_whitespace() && !matches!(self.character, '\r' | '\u{85}')
    }
}

/// The directional character that `c` is, if it is one.
fn directional(c: char) -> Option<&'static Sign> {
    is_directional(c).then(|| DIRECTIONAL.iter().find(|sign| sign.character == c))?
}

/// Whether a character tells others in which direction they run.
pub(super) fn is_directional(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What is shown instead of a character that cannot be seen. Joiners stay where they join letters or emoji.
fn spelt(before: char, c: char) -> Option<&'static str> {
    match c {
        '\u{200c}' if before.is_ascii() => Some("ZWNJ"),
        '\u{200d}' if before.is_ascii() => Some("ZWJ"),
        '\u{ad}' => Some("SHY"),
        '\u{200b}' => Some("ZWSP"),
        '\u{2060}' => Some("WJ"),
        '\u{feff}' => Some("BOM"),
        _ => directional(c).map(|sign| sign.short),
    }
}

/// A text that somebody wrote, fit for a label of its own: in one line, with invisible characters spelt out.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    spell_out(text, |_| true)
}

/// A sentence of ours about things that have names, such as files. What was [`isolated`] in it stays so.
#[must_use]
pub fn visible_sentence(text: &str) -> Cow<'_, str> {
    spell_out(text, |c| !matches!(c, '\u{2068}' | '\u{2069}'))
}

fn spell_out(text: &str, concerned: impl Fn(char) -> bool) -> Cow<'_, str> {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let sign = |before: char, c: char| spelt(before, c).filter(|_| concerned(c));
    let pairs = || std::iter::once(' ').chain(text.chars()).zip(text.chars());
    if !pairs().any(|(before, c)| breaks(c) || sign(before, c).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for (before, c) in pairs() {
        match sign(before, c) {
            Some(short) => shown.extend(["⟨", short, "⟩"]),
            None => shown.push(if breaks(c) { ' ' } else { c }),
        }
    }
    Cow::Owned(shown)
}

/// A text that somebody wrote, fit to stand inside a sentence of ours: also kept apart from the words around it, if
/// any of it runs from right to left.
#[must_use]
pub fn isolated(text: &str) -> Cow<'_, str> {
    let text = visible(text);
    if runs_right_to_left(&text) { Cow::Owned(format!("\u{2068}{text}\u{2069}")) } else { text }
}

/// Paints a sign: below a space a bracket; for all others a line. A directional character has a flag on it, which
/// points where the letters are sent, and is a lozenge where something ends.
pub(super) fn paint(painter: &Painter, line: Rect, sign: &Sign, colour: Color32) {
    let stroke = Stroke::new(1.0, colour);
    if sign.is_wide() {
        let (left, right) = (line.left() + 1.0, line.right() - 1.0);
        let (high, low) = (line.bottom() - 5.0, line.bottom() - 2.0);
        painter.line(vec![pos2(left, high), pos2(left, low), pos2(right, low), pos2(right, high)], stroke);
        return;
    }
    if !sign.is_loud() {
        painter.line_segment([line.center_top() + vec2(0.0, 3.0), line.center_bottom()], stroke);
        let top = line.center_top() + vec2(0.0, 3.0);
        if sign.character == '\u{ad}' {
            painter.line_segment([line.center() - vec2(2.5, 0.0), line.center() + vec2(2.5, 0.0)], stroke);
        } else {
            painter.circle_filled(top, 1.8, colour);
        }
        return;
    }
    painter.line_segment([line.center_top(), line.center_bottom()], Stroke::new(1.0, colour));
    let point = |x: f32, y: f32| line.center_top() + vec2(x * FLAG, y * FLAG);
    let flag = |corners: Vec<Pos2>| painter.add(Shape::convex_polygon(corners, colour, Stroke::NONE));
    let (right, left) = (
        vec![point(0.0, 0.0), point(1.0, 0.5), point(0.0, 1.0)],
        vec![point(0.0, 0.0), point(0.0, 1.0), point(-1.0, 0.5)],
    );
    match sign.short {
        "FSI" => {
            flag(right);
            flag(left);
        }
        "PDF" | "PDI" => {
            flag(vec![point(0.0, 0.0), point(0.6, 0.6), point(0.0, 1.2), point(-0.6, 0.6)]);
        }
        short if short.starts_with('L') => {
            flag(right);
        }
        _ => {
            flag(left);
        }
    }
}

/// Where the flag of a directional character is painted: `nth` of those in the same place.
pub(super) fn place(x: f32, top: f32, bottom: f32, nth: usize) -> Rect {
    let top = top - 2.0 + nth as f32 * (FLAG + 1.0);
    Rect::from_min_max(pos2(x - FLAG, top.min(bottom - FLAG)), pos2(x + FLAG, bottom))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_shown_on_demand_are_in_the_order_of_their_characters() {
        assert!(QUIET.is_sorted_by_key(|sign| sign.character));
        for sign in QUIET.iter().chain(&DIRECTIONAL) {
            assert_eq!(sign_of(sign.character), Some(sign));
        }
        assert_eq!((sign_of(' '), sign_of('a'), sign_of('é')), (None, None, None));
    }

    #[test]
    fn nothing_in_a_label_is_obeyed_unseen() {
        for (written, shown, inside) in [
            ("“Non”, a dit", "“Non”, a dit", "“Non”, a dit"),
            ("abc\u{202e}def", "abc⟨RLO⟩def", "abc⟨RLO⟩def"),
            ("a\nb\u{ad}c\u{feff}", "a b⟨SHY⟩c⟨BOM⟩", "a b⟨SHY⟩c⟨BOM⟩"),
            ("قال", "قال", "\u{2068}قال\u{2069}"),
            ("\u{2067}قال\u{2069}", "⟨RLI⟩قال⟨PDI⟩", "\u{2068}⟨RLI⟩قال⟨PDI⟩\u{2069}"),
            ("👩\u{200d}👧", "👩\u{200d}👧", "👩\u{200d}👧"),
            ("pay\u{200d}pal", "pay⟨ZWJ⟩pal", "pay⟨ZWJ⟩pal"),
            ("می\u{200c}گوید", "می\u{200c}گوید", "\u{2068}می\u{200c}گوید\u{2069}"),
        ] {
            assert_eq!((visible(written).as_ref(), isolated(written).as_ref()), (shown, inside));
        }
    }
}
