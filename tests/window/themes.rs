//! The themes are data that parse, and can be read by people with weak eyes.

use ascribe::theme::{Color, FILES, PARATEXT_FADE, Theme};

/// WCAG 2.2, success criterion 1.4.3, for text: <https://www.w3.org/TR/WCAG22/#contrast-minimum>.
const TEXT: f64 = 4.5;
/// WCAG 2.2, success criterion 1.4.11, for the lines of controls: <https://www.w3.org/TR/WCAG22/#non-text-contrast>.
const LINE: f64 = 3.0;

fn themes() -> [Theme; 2] {
    FILES.map(|file| Theme::read(file).unwrap())
}

/// Relative luminance: <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>.
fn luminance(color: Color) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(color.0.r()) + 0.7152 * linear(color.0.g()) + 0.0722 * linear(color.0.b())
}

/// Contrast ratio: <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>.
pub fn contrast(a: Color, b: Color) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn check(theme: &Theme, pairs: &[(&str, Color)], grounds: &[(&str, Color)], least: f64) {
    let mut weak = Vec::new();
    for (name, color) in pairs {
        for (ground, behind) in grounds {
            let found = contrast(*color, *behind);
            if found < least {
                weak.push(format!("{name} on {ground}: {found:.2}"));
            }
        }
    }
    assert!(weak.is_empty(), "below {least}:1 in the {} theme: {weak:#?}", if theme.dark { "dark" } else { "light" });
}

#[test]
pub fn contrast_is_computed_as_published() {
    let color = |hex: &str| Color::try_from(hex.to_owned()).unwrap();
    assert!((contrast(color("#000000"), color("#ffffff")) - 21.0).abs() < 1e-9);
    // The lightest grey that still passes on white, known from every contrast checker.
    assert!((contrast(color("#767676"), color("#ffffff")) - 4.54).abs() < 0.005);
}

#[test]
fn one_theme_is_light_and_one_dark() {
    let [light, dark] = themes();
    assert!(!light.dark && dark.dark);
    assert_eq!(light.palette.keys().collect::<Vec<_>>(), dark.palette.keys().collect::<Vec<_>>());
    for label in ascribe_engine::default_scheme().labels {
        assert!(light.palette.contains_key(&label.color), "{}", label.color);
    }
}

/// The strongest fill of a tag in focus, under its words.
const TAG: f32 = 0.3;
/// The fill of a banner.
const BANNER: f32 = 0.12;

/// A colour painted with some strength over another.
fn over(color: Color, strength: f32, ground: Color) -> Color {
    let part = |above: u8, below: u8| (f32::from(above) * strength + f32::from(below) * (1.0 - strength)).round() as u8;
    let (a, b) = (color.0, ground.0);
    Color(egui::Color32::from_rgb(part(a.r(), b.r()), part(a.g(), b.g()), part(a.b(), b.b())))
}

type Named<'a> = (&'a str, Color);

fn palette(theme: &Theme) -> Vec<Named<'_>> {
    theme.palette.iter().map(|(name, color)| (name.as_str(), *color)).collect()
}

/// The page under a tag in focus, of each colour.
fn tagged(theme: &Theme) -> Vec<Named<'_>> {
    palette(theme).into_iter().map(|(name, color)| (name, over(color, TAG, theme.page))).collect()
}

fn states(theme: &Theme) -> [Named<'_>; 4] {
    [("accent", theme.accent), ("good", theme.good), ("warning", theme.warning), ("error", theme.error)]
}

#[test]
fn text_can_be_read_on_page_and_panel() {
    for theme in themes() {
        let mut colors = palette(&theme);
        colors.extend(states(&theme));
        colors.extend([("ink", theme.ink), ("muted", theme.muted)]);
        check(&theme, &colors, &[("page", theme.page), ("panel", theme.panel)], TEXT);
        check(&theme, &[("on_accent", theme.on_accent)], &[("accent", theme.accent)], TEXT);
    }
}

#[test]
fn selected_found_and_tagged_text_can_be_read() {
    for theme in themes() {
        let selection = ("selection", theme.selection);
        let mut grounds = vec![selection, ("find", theme.find), ("find_current", theme.find_current)];
        grounds.extend(tagged(&theme));
        let tags: Vec<_> = palette(&theme);
        let found = [selection, ("find", theme.find)];
        grounds.extend(tags.iter().flat_map(|(name, color)| found.map(|(_, below)| (*name, over(*color, TAG, below)))));
        check(&theme, &[("ink", theme.ink)], &grounds, TEXT);
        // The words of what is chosen in a list, and in a menu.
        check(&theme, &[("accent", theme.accent)], &[selection], TEXT);
    }
}

#[test]
fn text_that_is_not_the_article_steps_back_but_can_be_read() {
    for theme in themes() {
        let ink = over(theme.page, PARATEXT_FADE, theme.ink);
        check(&theme, &[("paratext", ink)], &[("page", theme.page)], TEXT);
    }
}

#[test]
fn banners_can_be_read() {
    for theme in themes() {
        let grounds = states(&theme).map(|(name, color)| (name, over(color, BANNER, theme.page)));
        check(&theme, &[("ink", theme.ink)], &grounds, TEXT);
    }
}

#[test]
fn words_on_buttons_and_rows_can_be_read_under_the_pointer_too() {
    for theme in themes() {
        let mut colors = palette(&theme);
        colors.extend(states(&theme));
        colors.extend([("ink", theme.ink), ("muted", theme.muted)]);
        let grounds = [("control", theme.control), ("control_hover", theme.control_hover)];
        check(&theme, &colors, &grounds, TEXT);
    }
}

#[test]
fn controls_stand_out() {
    for theme in themes() {
        let grounds = [("control", theme.control), ("page", theme.page), ("panel", theme.panel)];
        let lines = [("control_line", theme.control_line), ("line", theme.line)];
        check(&theme, &lines[..1], &grounds, LINE);
        check(&theme, &lines[1..], &grounds[1..], LINE);
        check(&theme, &lines[..1], &[("control_hover", theme.control_hover), ("selection", theme.selection)], LINE);
    }
}

#[test]
fn focus_and_caret_stand_out_wherever_they_are() {
    for theme in themes() {
        let mut grounds = vec![
            ("page", theme.page),
            ("panel", theme.panel),
            ("control", theme.control),
            ("control_hover", theme.control_hover),
            ("selection", theme.selection),
            ("find", theme.find),
            ("find_current", theme.find_current),
        ];
        grounds.extend(tagged(&theme));
        check(&theme, &[("accent", theme.accent)], &grounds, LINE);
    }
}

#[test]
fn lines_of_tags_stand_out_on_every_fill() {
    for theme in themes() {
        let mut grounds = vec![("page", theme.page), ("selection", theme.selection), ("find", theme.find)];
        grounds.extend(tagged(&theme));
        check(&theme, &palette(&theme), &grounds, LINE);
    }
}

#[test]
fn what_steps_back_can_still_be_seen() {
    for theme in themes() {
        let mut colors = palette(&theme);
        colors.extend([("ink", theme.ink), ("muted", theme.muted)]);
        let faded: Vec<_> = colors.iter().map(|(name, color)| (*name, Color(theme.faded(color.0)))).collect();
        check(&theme, &faded, &[("page", theme.page)], LINE);
    }
}

#[test]
fn wrong_colour_is_told() {
    let file = FILES[0].replacen("#1d1b18", "ink", 1);
    let error = Theme::read(&file).unwrap_err().to_string();
    assert!(error.contains("`ink` is not a colour such as #1f5fbf"), "{error}");
}
