//! Lines in Arabic, Hebrew and other scripts that are read from the right.
//!
//! A file says where each sign stands, from left to right; here the order is restored in which it is read and
//! typed: the rule that set it (UAX #9, L2) turned around.

use pdf_oxide::layout::TextChar;
use unicode_normalization::UnicodeNormalization;

use super::line::Line;

/// Whether signs of a script that is read from the right are in it.
pub(super) fn has_rtl(text: &str) -> bool {
    text.chars().any(|sign| class(sign) == Class::Right)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Left,
    Right,
    Digit,
    /// Stands with the digit beside it.
    WithDigit,
    Mark,
    Neutral,
}

fn class(sign: char) -> Class {
    match sign {
        '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}' => Class::Mark,
        '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' => Class::Mark,
        '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' | '0'..='9' => Class::Digit,
        '.' | ',' | ':' | '/' | '%' | '$' | '€' | '£' | '+' | '-' | '°' | '\u{66a}'..='\u{66c}' => Class::WithDigit,
        '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{6d4}' | '\u{fd3e}' | '\u{fd3f}' => Class::Neutral,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => Class::Right,
        '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}' => Class::Right,
        sign if sign.is_alphabetic() => Class::Left,
        _ => Class::Neutral,
    }
}

/// What is drawn in one place, and where.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    text: String,
    left: f32,
    width: f32,
    /// Half its height above its foot.
    middle: f32,
}

impl Glyph {
    fn of(sign: &TextChar) -> Self {
        let middle = sign.bbox.y + sign.bbox.height / 2.0;
        Self { text: sign.char.into(), left: sign.bbox.x, width: sign.bbox.width, middle }
    }

    fn centre(&self) -> f32 {
        self.left + self.width / 2.0
    }

    fn class(&self) -> Class {
        self.text.chars().next().map_or(Class::Neutral, class)
    }
}

/// The glyphs of a page. One that stands for several letters, such as lam and alef in one, is told as signs that
/// share its width, in the order of reading; letters that merely happen to be equally wide are so elsewhere too.
pub(super) fn glyphs(signs: &[TextChar]) -> Vec<Glyph> {
    let runs = equal_runs(signs);
    let width = |sign: &TextChar| sign.bbox.width / sign.font_size.max(0.1);
    let letter = |sign: &TextChar| class(sign.char) == Class::Right;
    let mut single: Vec<f32> = Vec::new();
    for run in runs.iter().filter(|run| !may_be_one(run)) {
        single.extend(run.iter().filter(|sign| letter(sign)).map(width));
    }
    single.sort_by(f32::total_cmp);
    let is_single = |wanted: f32| {
        let at = single.partition_point(|width| *width < wanted - 0.002);
        single.get(at).is_some_and(|width| *width < wanted + 0.002)
    };
    let mut glyphs = Vec::with_capacity(signs.len());
    for run in runs {
        if may_be_one(run) && !is_single(width(&run[0])) {
            let mut whole = Glyph::of(&run[0]);
            whole.text = run.iter().map(|sign| sign.char).collect();
            whole.width *= run.len() as f32;
            glyphs.push(whole);
        } else {
            glyphs.extend(run.iter().map(Glyph::of));
        }
    }
    glyphs
}

/// Signs side by side that are equally wide, taken together.
fn equal_runs(signs: &[TextChar]) -> Vec<&[TextChar]> {
    let right = |sign: &TextChar| matches!(class(sign.char), Class::Right | Class::Mark);
    let together = |a: &TextChar, b: &TextChar| {
        let equal = (a.bbox.width - b.bbox.width).abs() < 0.01;
        equal && right(a) && right(b) && (a.bbox.x + a.bbox.width - b.bbox.x).abs() < 0.05
    };
    signs.chunk_by(together).collect()
}

/// Whether a run may be one glyph: lam and alef, or several signs, of which two alike are no rare thing.
fn may_be_one(run: &[TextChar]) -> bool {
    match run {
        [lam, alef] => lam.char == '\u{644}' && matches!(alef.char, '\u{622}' | '\u{623}' | '\u{625}' | '\u{627}'),
        run => run.len() > 2,
    }
}

/// Whether most letters are read from the right.
pub(super) fn is_rtl(text: impl Iterator<Item = char> + Clone) -> bool {
    let count = |wanted| text.clone().filter(|sign| class(*sign) == wanted).count();
    count(Class::Right) > count(Class::Left)
}

/// Writes the text of `line` anew, of the glyphs of its page. `right` is whether the whole page is read from the
/// right; a line with many foreign names may not tell.
pub(super) fn restore(line: &mut Line, glyphs: &[Glyph], right: bool) {
    let inside = |glyph: &&Glyph| {
        (line.bottom..=line.top).contains(&glyph.middle)
            && (line.left - 1.0..=line.right + 1.0).contains(&glyph.centre())
    };
    let glyphs: Vec<_> = glyphs.iter().filter(inside).collect();
    let count = |text: &str| text.chars().filter(|sign| !sign.is_whitespace()).count();
    let (found, seen) = (glyphs.iter().map(|glyph| count(&glyph.text)).sum::<usize>(), count(&line.text));
    // If the glyphs are not those of the line, its text as it was found is the better one.
    if found * 5 < seen * 4 || found * 4 > seen * 5 {
        return;
    }
    let visual = spaced(&with_marks(&glyphs), line.size);
    let right = right || is_rtl(line.text.chars());
    line.text = letters(&logical(&visual, right)).trim().to_owned();
}

/// The glyphs of a line from left to right, each with the marks that are set over it.
fn with_marks(glyphs: &[&Glyph]) -> Vec<Glyph> {
    let (marks, letters): (Vec<_>, Vec<_>) = glyphs.iter().partition(|glyph| glyph.class() == Class::Mark);
    let mut letters: Vec<Glyph> = letters.into_iter().cloned().cloned().collect();
    for mark in marks {
        let distance = |glyph: &Glyph| (glyph.centre() - mark.centre()).abs();
        let below = letters.iter_mut().filter(|glyph| glyph.class() == Class::Right);
        match below.min_by(|a, b| distance(a).total_cmp(&distance(b))) {
            Some(letter) => letter.text.push_str(&mark.text),
            None => letters.push((*mark).clone()),
        }
    }
    letters.sort_by(|a, b| a.left.total_cmp(&b.left));
    letters
}

/// What stands in each place, with spaces where there are gaps.
fn spaced(glyphs: &[Glyph], size: f32) -> Vec<String> {
    let mut visual: Vec<String> = Vec::new();
    let mut end = f32::INFINITY;
    for glyph in glyphs {
        let blank = |text: &String| text.trim().is_empty();
        let gap = glyph.left - end;
        if gap > 0.25 * size && !visual.last().is_some_and(blank) && !blank(&glyph.text) {
            visual.push(if gap > 2.0 * size { "\t" } else { " " }.to_owned());
        }
        let right = glyph.left + glyph.width;
        end = if end.is_finite() { end.max(right) } else { right };
        visual.push(glyph.text.clone());
    }
    visual
}

/// The order of reading of what stands from left to right.
fn logical(visual: &[String], right: bool) -> String {
    let mut classes: Vec<_> = visual.iter().map(|text| text.chars().next().map_or(Class::Neutral, class)).collect();
    for at in 0..classes.len() {
        if classes[at] == Class::WithDigit {
            // After Arabic letters, numbers hold together less.
            let letter = visual[at..].iter().find(|text| text.starts_with(|sign| class(sign) == Class::Right));
            let arabic =
                right && letter.is_some_and(|text| !text.starts_with(|sign| matches!(sign, '\u{590}'..='\u{5ff}')));
            let digit = |at: usize| classes.get(at) == Some(&Class::Digit);
            let (before, after) = (at > 0 && digit(at - 1), digit(at + 1));
            let beside = visual[at].starts_with(['%', '$', '€', '£', '°', '\u{66a}']) && (before || after);
            let between = before && after && !(arabic && visual[at].starts_with(['+', '-']));
            classes[at] = if between || (beside && !arabic) { Class::Digit } else { Class::Neutral };
        }
    }
    let levels = levels(&classes, right);
    let highest = levels.iter().copied().max().unwrap_or(0);
    let mut order: Vec<usize> = (0..visual.len()).collect();
    for level in (1..=highest).rev() {
        let mut start = 0;
        while start < order.len() {
            let length = order[start..].iter().take_while(|at| levels[**at] >= level).count();
            order[start..start + length].reverse();
            start += length.max(1);
        }
    }
    let sign = |at: usize| if levels[at] % 2 == 1 { mirrored(&visual[at]) } else { visual[at].clone() };
    order.into_iter().map(sign).collect()
}

/// The embedding levels: odd where reading goes to the left.
fn levels(classes: &[Class], right: bool) -> Vec<u8> {
    let base = u8::from(right);
    let mut levels = vec![base; classes.len()];
    // What the nearest sign with a direction says, on either side.
    let strong = |at: Option<&Class>, digits: Class| match at {
        Some(Class::Digit) => Some(digits),
        Some(class) => Some(*class),
        None => None,
    };
    for at in 0..classes.len() {
        let directed = |class: &&Class| matches!(class, Class::Left | Class::Right | Class::Digit);
        let before = classes[..at].iter().rev().find(directed);
        let after = classes[at + 1..].iter().find(directed);
        let letter = |class: &&Class| matches!(class, Class::Left | Class::Right);
        let around = || (classes[..at].iter().rev().find(letter), classes[at + 1..].iter().find(letter));
        levels[at] = match classes[at] {
            Class::Left => 2 * base,
            Class::Right => 1,
            Class::Digit if right => 2,
            Class::Digit => match around() {
                (Some(Class::Right), Some(Class::Right)) => 2,
                _ => 0,
            },
            _ if right => match (strong(before, Class::Right), strong(after, Class::Right)) {
                (Some(Class::Left), Some(Class::Left)) => 2,
                _ => 1,
            },
            _ => match around() {
                (Some(Class::Right), Some(Class::Right)) => 1,
                _ => 0,
            },
        };
    }
    levels
}

fn mirrored(text: &str) -> String {
    let pairs = ["()", "[]", "{}", "<>", "«»", "‹›"];
    let turned = pairs.iter().find_map(|pair| {
        let (first, last) = (&pair[..pair.len() / 2], &pair[pair.len() / 2..]);
        if text == first { Some(last) } else { (text == last).then_some(first) }
    });
    turned.unwrap_or(text).to_owned()
}

/// Arabic letters for the forms in which they are drawn; words that are one sign stay.
fn letters(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\u{fb50}'..='\u{fd3d}' | '\u{fd50}'..='\u{fdef}' | '\u{fe70}'..='\u{fefc}' => {
                letters.extend(std::iter::once(sign).nfkc().filter(|sign| *sign != ' '));
            }
            sign => letters.push(sign),
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_from_the_right_gets_its_order_back() {
        for (visual, expected) in [
            ("abc", "abc"),
            ("םולש", "שלום"),
            (".2024 תנשב", "בשנת 2024."),
            ("Reuters יפל", "לפי Reuters"),
            (".The Times ב", "ב The Times."),
            ("%25.5 ןמ", "מן %25.5"),
            ("25.5% ןמ", "מן 25.5%"),
            ("نم %25.5 نأ", "أن 25.5% من"),
            ("يف 24-11-2024 موي", "يوم 2024-11-24 في"),
            ("(ב) א", "א (ב)"),
            ("he said םולש םכל to us", "he said לכם שלום to us"),
            ("«ב»", "«ב»"),
        ] {
            let signs: Vec<_> = visual.chars().map(String::from).collect();
            let right = !visual.starts_with(char::is_lowercase);
            assert_eq!(logical(&signs, right), expected, "{visual}");
        }
    }

    #[test]
    fn drawn_forms_become_letters() {
        assert_eq!(letters("\u{fefb} \u{fee3}\u{fe8e} ﷺ"), "لا ما ﷺ");
    }
}
