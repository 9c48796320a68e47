//! Whether anything moves by itself: scrolling that glides, things that fade in, a caret that blinks.

use egui::{Context, Event, MouseWheelUnit, Plugin, RawInput, Style, TouchPhase, style::ScrollAnimation};

/// Lets things move by themselves, or not.
pub fn set(ctx: &Context, moves: bool) {
    ctx.all_styles_mut(|style| {
        let usual = Style::default();
        style.animation_time = if moves { usual.animation_time } else { 0.0 };
        style.scroll_animation = if moves { usual.scroll_animation } else { ScrollAnimation::none() };
        style.visuals.text_cursor.blink = moves && usual.visuals.text_cursor.blink;
    });
    ctx.plugin_or_default::<Wheel>().lock().still = !moves;
}

/// Takes the glide out of the mouse wheel, which egui has no setting for.
#[derive(Default)]
struct Wheel {
    still: bool,
}

/// What egui scrolls by at once, in points; it glides over anything from 8 on.
const AT_ONCE: f32 = 7.0;

impl Plugin for Wheel {
    fn debug_name(&self) -> &'static str {
        "wheel without glide"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        if self.still {
            let line = ctx.options(|options| options.input_options.line_scroll_speed);
            let events = std::mem::take(&mut input.events);
            input.events = events.into_iter().flat_map(|event| steps(event, line)).collect();
        }
    }
}

/// A turn of the wheel as many small ones.
fn steps(event: Event, line: f32) -> Vec<Event> {
    match event {
        Event::MouseWheel { unit, delta, phase: TouchPhase::Move, source, modifiers }
            if unit != MouseWheelUnit::Page =>
        {
            let whole = if unit == MouseWheelUnit::Line { line * delta } else { delta };
            let number = (whole.length() / AT_ONCE).ceil().clamp(1.0, 1000.0);
            let (unit, delta, phase) = (MouseWheelUnit::Point, whole / number, TouchPhase::Move);
            vec![Event::MouseWheel { unit, delta, phase, source, modifiers }; number as usize]
        }
        event => vec![event],
    }
}
