//! The themes are data that parse, and can be read by people with weak eyes.

use ascribe::theme::{Color, FILES, Theme};

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

#[test]
fn text_can_be_read_on_page_and_panel() {
    for theme in themes() {
        let mut colors = vec![
            ("ink", theme.ink),
            ("muted", theme.muted),
            ("accent", theme.accent),
            ("good", theme.good),
            ("warning", theme.warning),
            ("error", theme.error),
        ];
        colors.extend(theme.palette.iter().map(|(name, color)| (name.as_str(), *color)));
        check(&theme, &colors, &[("page", theme.page), ("panel", theme.panel)], TEXT);
        check(&theme, &[("on_accent", theme.on_accent)], &[("accent", theme.accent)], TEXT);
    }
}

#[test]
fn selected_and_found_text_can_be_read() {
    for theme in themes() {
        let grounds = [("selection", theme.selection), ("find", theme.find), ("find_current", theme.find_current)];
        check(&theme, &[("ink", theme.ink)], &grounds, TEXT);
        check(&theme, &[("accent", theme.accent)], &grounds[..1], TEXT);
        let grounds = [("control", theme.control), ("control_hover", theme.control_hover)];
        check(&theme, &[("ink", theme.ink), ("error", theme.error)], &grounds, TEXT);
    }
}

#[test]
fn labels_can_be_read_on_buttons() {
    for theme in themes() {
        let mut colors: Vec<_> = theme.palette.iter().map(|(name, color)| (name.as_str(), *color)).collect();
        colors.push(("muted", theme.muted));
        check(&theme, &colors, &[("control", theme.control)], TEXT);
    }
}

#[test]
fn controls_stand_out() {
    for theme in themes() {
        let grounds = [("control", theme.control), ("page", theme.page)];
        check(&theme, &[("control_line", theme.control_line)], &grounds, LINE);
    }
}

#[test]
fn wrong_colour_is_told() {
    let file = FILES[0].replacen("#1d1b18", "ink", 1);
    let error = Theme::read(&file).unwrap_err().to_string();
    assert!(error.contains("`ink` is not a colour such as #1f5fbf"), "{error}");
}
