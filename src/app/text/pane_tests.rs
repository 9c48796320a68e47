//! Tests of the pane: scrolling, moving the caret, the pointer; with the bundled fonts only.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::Arc;

use ascribe_schema::{Offset, Span, Text};
use egui::{Color32, Context, Event, Modifiers, PointerButton, Pos2, RawInput, Rect, pos2, vec2};
use parley::BaseDirection;

use super::laid::Setting;
use super::tests::{ARABIC, FAMILY, Numbers, style};
use super::*;

/// A pane in a window of 800 × 600 points, without the window.
struct Window {
    ctx: Context,
    fonts: Fonts,
    pane: TextPane,
    scale: f32,
    size: egui::Vec2,
    time: f64,
}

impl Window {
    fn new(text: &str) -> Self {
        let pane = TextPane::new(Arc::new(Text::new(text)));
        let (ctx, fonts) = (Context::default(), Fonts::new(SystemFonts::Skip));
        let mut window = Self { ctx, fonts, pane, scale: 1.0, size: vec2(800.0, 600.0), time: 0.0 };
        window.frame(Vec::new());
        window
    }

    fn frame(&mut self, events: Vec<Event>) -> PaneResponse {
        self.time += 1.0 / 60.0;
        let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, self.size));
        let input = RawInput { screen_rect, time: Some(self.time), events, ..Default::default() };
        self.ctx.set_pixels_per_point(self.scale);
        let mut response = None;
        let mut output = self.ctx.run_ui(input, |ui| {
            response = Some(self.pane.show(ui, &mut self.fonts, &style(), "Article", &mut ()));
        });
        output.textures_delta.clear();
        response.unwrap()
    }

    fn go(&mut self, motion: Motion) -> Offset {
        self.pane.move_caret(&mut self.fonts, motion, false);
        self.pane.caret()
    }

    /// All places the caret comes to, until it stays where it is.
    fn walk(&mut self, motion: Motion) -> Vec<u32> {
        let mut stops = vec![self.pane.caret().0];
        while stops.len() < 100_000 {
            let next = self.go(motion).0;
            if Some(&next) == stops.last() {
                break;
            }
            stops.push(next);
        }
        stops
    }
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

fn wheel(points: f32) -> Vec<Event> {
    vec![
        Event::PointerMoved(pos2(400.0, 300.0)),
        Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: vec2(0.0, points),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        },
    ]
}

fn long_text() -> String {
    let mut numbers = Numbers(7);
    let words = ["the", "minister", "said", "“no”", "and", "nobody", "had", "seen", "Łódź"];
    let mut text = String::new();
    for _ in 0..400 {
        for _ in 0..numbers.below(200) {
            text.push_str(words[numbers.below(words.len())]);
            text.push(' ');
        }
        text.push('\n');
    }
    text
}

#[test]
fn the_caret_stops_only_between_clusters() {
    let text = format!("a\u{301}b{FAMILY}c");
    let mut window = Window::new(&text);
    let end = text.chars().count() as u32;
    let stops = [0, 2, 3, end - 1, end];
    assert_eq!(window.walk(Motion::Right), stops);
    let mut back = window.walk(Motion::Left);
    back.reverse();
    assert_eq!(back, stops);
}

#[test]
fn walking_right_visits_every_character_of_wrapped_lines_and_paragraphs() {
    let text = format!("{}\n\nshort\n{}", "word and another ".repeat(30), "x".repeat(9000));
    let mut window = Window::new(&text);
    let all: Vec<u32> = (0..=text.len() as u32).collect();
    assert_eq!(window.walk(Motion::Right), all);
    let mut back = window.walk(Motion::Left);
    back.reverse();
    assert_eq!(back, all);
}

#[test]
fn left_goes_forward_in_arabic() {
    let long = format!("{} ", ARABIC).repeat(12);
    let mut window = Window::new(&format!("first\n{long}\nlast"));
    window.pane.set_caret(Offset(6));
    // Nothing is to the right of the start of the paragraph but the paragraph before.
    assert_eq!(window.go(Motion::Right), Offset(5));
    assert_eq!(window.go(Motion::Right), Offset(6));
    for offset in 7..6 + long.chars().count() as u32 + 2 {
        assert_eq!(window.go(Motion::Left), Offset(offset));
    }
}

#[test]
fn a_selection_spans_paragraphs() {
    let mut window = Window::new("one two\nthree four\n\nfive");
    window.pane.set_selection(Offset(4), Offset(22));
    window.frame(Vec::new());
    let span = window.pane.selection().unwrap();
    assert_eq!(span, Span::new(4, 22));
    let rects = window.pane.rects_of(span);
    assert_eq!(rects.len(), 3);
    assert!(rects.windows(2).all(|pair| pair[0].rect.bottom() < pair[1].rect.top()));
    assert!(rects[0].floor > rects[0].rect.bottom() + 6.0, "no room for underlines");
    window.go(Motion::Right);
    assert_eq!((window.pane.selection(), window.pane.caret()), (None, Offset(22)));
}

#[test]
fn lines_words_and_paragraphs() {
    let mut window = Window::new("one two, three\n\nfour five");
    assert_eq!(window.walk(Motion::WordRight), [0, 3, 7, 14, 20, 25]);
    assert_eq!(window.walk(Motion::WordLeft), [25, 21, 16, 9, 4, 0]);
    assert_eq!(window.go(Motion::LineEnd), Offset(14));
    assert_eq!(window.go(Motion::LineDown), Offset(15));
    assert_eq!(window.go(Motion::LineDown), Offset(25));
    assert_eq!(window.go(Motion::ParagraphUp), Offset(16));
    assert_eq!(window.go(Motion::ParagraphUp), Offset(0));
    assert_eq!(window.go(Motion::ParagraphDown), Offset(16));
    assert_eq!(window.go(Motion::TextEnd), Offset(25));
    assert_eq!(window.go(Motion::LineStart), Offset(16));
}

#[test]
fn pages_lead_through_the_whole_text() {
    let text = long_text();
    let mut window = Window::new(&text);
    let down = window.walk(Motion::PageDown);
    assert!(down.len() > 20 && down.windows(2).all(|pair| pair[0] < pair[1]));
    assert_eq!(down.last(), Some(&(text.chars().count() as u32)));
    window.frame(Vec::new());
    assert!(window.pane.caret_rect().is_some());
    assert_eq!(window.walk(Motion::PageUp).last(), Some(&0));
}

#[test]
fn scrolling_moves_every_paragraph_by_as_much() {
    let mut window = Window::new(&long_text());
    window.pane.scroll_to(Span::new(90_000, 90_010));
    window.frame(Vec::new());
    let y = window.pane.rect_of(Offset(90_000)).unwrap().top();
    assert!((y - 200.0).abs() < 15.0, "{y} is not a third down");
    for points in [30.0, -30.0] {
        let mut total = 0.0;
        for n in 0..200 {
            let at = |y| window.pane.hit(pos2(400.0, y)).unwrap().0;
            let places = [at(200.0), at(400.0)];
            let y = |window: &Window| places.map(|place| window.pane.rect_of(place).unwrap().top());
            let before = y(&window);
            window.frame(if n < 120 { wheel(points) } else { Vec::new() });
            let after = y(&window);
            assert!((after[0] - before[0] - after[1] + before[1]).abs() < 0.01, "paragraphs jump");
            total += after[0] - before[0];
        }
        assert!((total - 120.0 * points).abs() < 3.0, "moved by {total}");
    }
}

#[test]
fn the_reading_position_survives_a_new_width_and_scale() {
    let mut window = Window::new(&long_text());
    window.pane.scroll_to(Span::new(50_000, 50_010));
    window.frame(Vec::new());
    let start = window.pane.visible().start;
    window.size = vec2(500.0, 600.0);
    window.frame(Vec::new());
    assert!(window.pane.visible().contains(start));
    window.scale = 2.0;
    window.frame(Vec::new());
    window.frame(Vec::new());
    assert!(window.pane.visible().contains(start));
}

#[test]
fn clicks_and_drags_are_reported() {
    let mut window = Window::new("one two three\nfour five six");
    window.pane.set_selection(Offset(4), Offset(14));
    let inside = |offset| window.pane.rect_of(Offset(offset)).unwrap().center() + vec2(1.0, 0.0);
    let (from, to) = (inside(4), inside(18));
    window.frame(vec![Event::PointerMoved(from)]);
    let response = window.frame(vec![button(from, true)]);
    assert_eq!((response.pressed_at, response.gesture), (Some(Offset(4)), None));
    let response = window.frame(vec![button(from, false)]);
    let Some(Gesture::Click { at, char, .. }) = response.gesture else { panic!("no click") };
    assert_eq!((at, char), (Offset(4), Some(Offset(4))));
    assert_eq!(response.hover, Some(Offset(4)));
    window.time += 2.0;
    window.frame(vec![button(from, true)]);
    window.frame(vec![Event::PointerMoved(to)]);
    let outside = pos2(to.x, 5000.0);
    let response = window.frame(vec![Event::PointerMoved(outside)]);
    assert!(matches!(response.gesture, Some(Gesture::Drag { from: Offset(4), ended: false, .. })));
    let response = window.frame(vec![Event::PointerMoved(to), button(to, false)]);
    let Some(Gesture::Drag { from, to, ended, .. }) = response.gesture else { panic!("no drag") };
    assert_eq!((from, to, ended), (Offset(4), Offset(18), true));
}

#[test]
fn an_overfull_atlas_starts_afresh() {
    let mut window = Window::new("The quick brown fox, 0123456789");
    let (mut sizes, start) = (0..200, window.fonts.atlas.generation());
    let text = "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    while window.fonts.atlas.generation() == start {
        let style = TextStyle { size: 60.0 + sizes.next().unwrap() as f32, ..style() };
        let setting = Setting { style, width: 900.0, scale: 1.0 };
        let laid = window.fonts.lay_out(text, &setting, BaseDirection::Auto);
        let mesh = mesh::GlyphMesh::new(&window.ctx, &mut window.fonts.atlas, &laid, Color32::BLACK);
        assert!(mesh.is_current(&window.fonts.atlas, Color32::BLACK));
    }
    // The next frame draws again what it needs.
    let seen = window.pane.seen.chunks.start;
    window.frame(Vec::new());
    let mesh = window.pane.flow.entries[&seen].mesh.as_ref().unwrap();
    assert!(mesh.is_current(&window.fonts.atlas, style().colour));
}

#[test]
fn the_mesh_holds_every_letter() {
    let mut window = Window::new("");
    let setting = Setting { style: style(), width: 300.0, scale: 1.25 };
    let laid = window.fonts.lay_out("abc def", &setting, BaseDirection::Auto);
    let mesh = mesh::GlyphMesh::new(&window.ctx, &mut window.fonts.atlas, &laid, Color32::BLACK);
    assert_eq!(mesh.glyphs(), 6);
}

/// Wants room below the lines of every paragraph.
struct Roomy(f32);

impl Decorate for Roomy {
    fn room(&mut self, _span: Span) -> f32 {
        self.0
    }

    fn under(&mut self, _painter: &egui::Painter, _paragraph: &Paragraph<'_>) {}
    fn over(&mut self, _painter: &egui::Painter, _paragraph: &Paragraph<'_>) {}
}

#[test]
fn first_line_stays_where_it_is_when_lines_move_apart() {
    let mut window = Window::new(&"words of one long paragraph ".repeat(70));
    for _ in 0..40 {
        window.frame(wheel(-6.0));
    }
    // The wheel glides on for a while.
    for _ in 0..60 {
        window.frame(Vec::new());
    }
    let top = window.pane.visible().start;
    assert!(top > Offset(200), "some lines are above the window: {top}");
    // One that is whole, whatever part of the first can be seen.
    let next = window.pane.flow.text.len().min(top.plus(100));
    let before = window.pane.rect_of(next).unwrap().top();
    let mut frame = |room: f32| {
        let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, window.size));
        window.time += 1.0;
        let input = RawInput { screen_rect, time: Some(window.time), ..Default::default() };
        let mut output = window.ctx.run_ui(input, |ui| {
            window.pane.show(ui, &mut window.fonts, &style(), "Article", &mut Roomy(room));
        });
        output.textures_delta.clear();
        (window.pane.visible().start, window.pane.rect_of(next).unwrap().top())
    };
    let (start, apart) = frame(40.0);
    assert_eq!(start, top, "the same line is the first");
    assert!(apart > before && apart < before + 100.0, "and what follows moves by its own lines only: {before} {apart}");
    let (start, back) = frame(0.0);
    assert_eq!(start, top);
    assert!((back - before).abs() < 2.0, "{before} {back}");
}
