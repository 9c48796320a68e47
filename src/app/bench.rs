//! `ascribe bench window`: how soon a large document is on screen, and what a frame costs.

use std::{
    path::{Path, PathBuf},
    process::{Command as Process, Stdio},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use ascribe_cli::bench::{ANNOTATOR, LARGEST, Size, with_project};
use ascribe_schema::{AnnotatorName, Offset, Span};
use cpu_time::ThreadTime;
use eframe::{egui_glow, glow};
use egui::{
    Context, Event, LayerId, Modifiers, MouseWheelUnit, PaintCallback, PointerButton, RawInput, TouchPhase, Ui, pos2,
    vec2,
};

use crate::{App, command::Command, options::Options, settings::Settings, text::SystemFonts, window};

/// The word that makes a process the measured one; what follows is the time of its start, the memory of an empty
/// window in MB, and the project.
const CHILD: &str = "--measured";

/// The texts and annotations that are measured, by name.
fn cases() -> Vec<(String, Size)> {
    let mut cases = Vec::new();
    for (text, bytes) in [("10 KB", 10_000), ("1 MB", 1_000_000), ("10 MB", LARGEST.bytes)] {
        for (many, annotations) in [("no", 0), ("10,000", 10_000), ("100,000", 100_000)] {
            cases.push((format!("{text}, {many} annotations"), Size { bytes, annotations, ..LARGEST }));
        }
    }
    let unbroken = Size { bytes: 1_000_000, annotations: 10_000, unbroken: true, ..LARGEST };
    cases.push(("1 MB in one line, 10,000 annotations".to_owned(), unbroken));
    let stacked = Size { bytes: 10_000, annotations: 24_000, stacked: Some(40), ..LARGEST };
    cases.push(("40 annotations on every word".to_owned(), stacked));
    cases
}

/// Opens windows on projects of many sizes, drives them, and prints what that took. With words, only the cases
/// whose names hold all of them.
///
/// # Errors
///
/// A message when there is no display or a project cannot be made.
pub fn run(arguments: &[&str]) -> Result<(), String> {
    if let [CHILD, started, empty, project @ ..] = arguments {
        return measure(project, started.parse().unwrap_or(0), empty.parse().unwrap_or(0.0));
    }
    let wanted = |(name, _): &(String, Size)| arguments.iter().all(|word| name.contains(word));
    let empty = child(None, 0.0)?.trim().to_owned();
    print(&[format!("an empty window takes {empty} MB; below, CPU of the drawing thread a frame")]);
    let empty = empty.parse().unwrap_or(0.0);
    for (name, size) in cases().into_iter().filter(wanted) {
        let report = with_project(size, |folder, _| child(Some(folder), empty).map_err(Into::into));
        print(&[name, report.map_err(|error| error.to_string())?]);
    }
    Ok(())
}

/// Measures a window in a process of its own, and returns what it printed.
fn child(project: Option<&Path>, empty: f64) -> Result<String, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let started = unix_nanos().to_string();
    let mut child = Process::new(program);
    child.args(["bench", "window", CHILD, &started, &empty.to_string()]).args(project);
    let output = child.stderr(Stdio::inherit()).output().map_err(|error| error.to_string())?;
    let failed = || "the measured window failed".to_owned();
    if output.status.success() { String::from_utf8(output.stdout).map_err(|_| failed()) } else { Err(failed()) }
}

fn unix_nanos() -> u128 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_nanos())
}

/// The CPU time that this thread has used.
fn clock() -> Duration {
    ThreadTime::now().as_duration()
}

fn measure(project: &[&str], started: u128, empty: f64) -> Result<(), String> {
    let annotator = AnnotatorName::new(ANNOTATOR).map_err(|error| error.to_string())?;
    let paths: Vec<_> = project.iter().map(PathBuf::from).collect();
    let (annotator, opens) = (Some(annotator), !paths.is_empty());
    let options = Options { paths, annotator, ..Options::default() };
    window::run(move |creation| {
        let app = App::new(&creation.egui_ctx, options, Settings::default(), SystemFonts::Load);
        let (clock, costs, report) = (Arc::default(), Vec::new(), Vec::new());
        Box::new(Bench { app, started, empty, opens, phase: 0, frame: 0, begun: None, clock, costs, report })
    })
}

/// What is done in a phase, for how many frames.
const PHASES: [(&str, usize); 6] =
    [("standing", 100), ("wheel", 200), ("page down", 100), ("jump", 100), ("drag", 160), ("resize", 100)];

/// What a frame cost this thread.
#[derive(Clone, Copy, Default)]
struct Cost {
    /// Input, layout, shapes, tessellation: until OpenGL gets the first triangle.
    frame: Duration,
    /// All of it, with OpenGL, which here may be software.
    whole: Duration,
}

/// The program, driven and measured.
struct Bench {
    app: App,
    started: u128,
    /// The memory of an empty window, in MB.
    empty: f64,
    /// Whether a project is opened; without one, only memory is measured.
    opens: bool,
    phase: usize,
    frame: usize,
    /// The thread's CPU clock when the frame began.
    begun: Option<Duration>,
    /// What the frame had cost when OpenGL got its first triangle.
    clock: Arc<Mutex<Duration>>,
    costs: Vec<Cost>,
    report: Vec<String>,
}

impl Bench {
    /// Ends the measurement of a frame; the next begins.
    fn turn(&mut self) {
        if let Some(begun) = self.begun {
            let frame = *self.clock.lock().unwrap_or_else(PoisonError::into_inner);
            self.costs.push(Cost { frame, whole: clock().saturating_sub(begun) });
        }
        self.begun = Some(clock());
    }

    fn is_shown(&self) -> bool {
        let reading = self.app.workspace().and_then(|workspace| workspace.reading());
        reading.is_some_and(|reading| !reading.pane.visible().is_empty())
    }

    /// Notes when the text was first on screen, then goes from phase to phase.
    fn advance(&mut self, ctx: &Context) {
        self.frame += 1;
        if !self.opens {
            if self.frame == 60 {
                self.end(ctx, vec![format!("{:.0}", memory())]);
            }
            return;
        }
        if self.report.is_empty() {
            if self.is_shown() {
                let time = unix_nanos().saturating_sub(self.started) as f64 / 1e6;
                self.report.push(format!("  first frame {time:>6.0} ms after the process was started"));
                self.costs.clear();
                self.frame = 0;
            }
            return;
        }
        let (name, frames) = PHASES[self.phase];
        if self.frame < frames {
            return;
        }
        self.report.push(summary(name, &mut self.costs));
        (self.frame, self.phase) = (0, self.phase + 1);
        if self.phase == PHASES.len() {
            self.phase = 0;
            let (all, mut report) = (memory(), std::mem::take(&mut self.report));
            report.push(format!("  memory    {all:>4.0} MB, {:.0} MB beyond an empty window", all - self.empty));
            self.end(ctx, report);
        }
    }

    fn end(&mut self, ctx: &Context, report: Vec<String>) {
        print(&report);
        self.opens = false;
        ctx.send_viewport_cmd(egui::ViewportCommand::Close);
    }

    fn drive(&mut self) {
        let length = self.app.workspace().and_then(|open| Some(open.reading()?.pane.text().len().0)).unwrap_or(0);
        match PHASES[self.phase].0 {
            "page down" => self.app.queue.push(Command::Caret(crate::text::Motion::PageDown)),
            "jump" if length > 0 => {
                let at = Offset((self.frame as u32).wrapping_mul(2_654_435_761) % length);
                self.app.queue.push(Command::Select(Span { start: at, end: at.plus(1) }));
            }
            _ => {}
        }
    }

    /// What a hand would do in this phase.
    fn hand(&self, input: &mut RawInput) {
        let (frame, middle) = (self.frame as f32, pos2(600.0, 400.0));
        let modifiers = Modifiers::NONE;
        let button = |pressed| Event::PointerButton { pos: middle, button: PointerButton::Primary, pressed, modifiers };
        match PHASES[self.phase].0 {
            "wheel" => {
                let (unit, phase, delta) = (MouseWheelUnit::Point, TouchPhase::Move, vec2(0.0, -60.0));
                let source = egui::MouseWheelSource::Wheel;
                input.events.push(Event::PointerMoved(middle));
                input.events.push(Event::MouseWheel { unit, delta, phase, source, modifiers });
            }
            "drag" if self.frame == 1 => input.events.extend([Event::PointerMoved(middle), button(true)]),
            "drag" if self.frame == 159 => input.events.push(button(false)),
            // Down to the lower edge, where the text scrolls under the selection.
            "drag" => {
                let (across, down) = (350.0 * (frame / 9.0).sin(), (frame * 3.0).min(340.0));
                input.events.push(Event::PointerMoved(middle + vec2(across.abs() - 250.0, down)));
            }
            "resize" => {
                let size = vec2(1280.0 - 10.0 * (frame % 30.0), 800.0 - 4.0 * (frame % 30.0));
                input.screen_rect = Some(egui::Rect::from_min_size(pos2(0.0, 0.0), size));
            }
            _ => {}
        }
    }
}

fn summary(name: &str, costs: &mut Vec<Cost>) -> String {
    let column = |of: fn(&Cost) -> Duration| {
        let mut times: Vec<f64> = costs.iter().map(|cost| of(cost).as_secs_f64() * 1e3).collect();
        times.sort_by(f64::total_cmp);
        [times[times.len() / 2], times[times.len() * 99 / 100]]
    };
    let ([median, worst], [whole, whole_worst]) = (column(|cost| cost.frame), column(|cost| cost.whole));
    costs.clear();
    format!(
        "  {name:<10} median {median:>6.2} ms, 99 % {worst:>6.2} ms (with OpenGL {whole:>6.2} and {whole_worst:>6.2})"
    )
}

/// Memory in use in MB, where the system tells.
fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kib.unwrap_or_default() / 1024.0
}

fn print(lines: &[String]) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    // Nobody is left to tell if standard output is closed.
    lines.iter().for_each(|line| writeln!(out, "{}", line.trim_end()).unwrap_or_default());
}

impl eframe::App for Bench {
    fn raw_input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        self.turn();
        self.advance(ctx);
        if !self.report.is_empty() {
            self.hand(input);
        }
    }

    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        if !self.report.is_empty() {
            self.drive();
        }
        self.app.logic(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let (noted, begun) = (self.clock.clone(), self.begun);
        let note = egui_glow::CallbackFn::new(move |_, _: &egui_glow::Painter| {
            let cost = begun.map(|begun| clock().saturating_sub(begun)).unwrap_or_default();
            *noted.lock().unwrap_or_else(PoisonError::into_inner) = cost;
        });
        let callback = PaintCallback { rect: ui.max_rect(), callback: Arc::new(note) };
        // The first shape of the lowest layer: painted before anything else.
        ui.ctx().layer_painter(LayerId::background()).add(callback);
        self.app.ui(ui);
        ui.ctx().request_repaint();
    }

    fn on_exit(&mut self, _gl: Option<&glow::Context>) {}
}
