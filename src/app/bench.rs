//! `ascribe bench window`: how soon a large document is on screen, and what a frame costs.

use std::{
    path::{Path, PathBuf},
    process::Command as Process,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use ascribe_cli::bench::{ANNOTATOR, LARGE, MANY, with_large_project};
use ascribe_schema::{AnnotatorName, Offset, Span};
use cpu_time::ThreadTime;
use eframe::{egui_glow, glow};
use egui::{Context, Event, LayerId, MouseWheelUnit, PaintCallback, RawInput, TouchPhase, Ui, pos2, vec2};

use crate::{App, command::Command, options::Options, settings::Settings, text::SystemFonts, window};

/// The word that makes a process the measured one; what follows is the project and the time of its start.
const CHILD: &str = "--measured";

/// Makes a large project, opens it in a window of its own, and prints what that took.
///
/// # Errors
///
/// A message when there is no display or the project cannot be made.
pub fn run(arguments: &[&str]) -> Result<(), String> {
    if let [CHILD, project, started] = arguments {
        return measure(PathBuf::from(project), started.parse().unwrap_or(0));
    }
    with_large_project(|folder, _| in_a_child(folder).map_err(Into::into)).map_err(|error| error.to_string())
}

fn in_a_child(folder: &Path) -> Result<(), String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let started = unix_nanos().to_string();
    let mut child = Process::new(program);
    child.args(["bench", "window", CHILD]).arg(folder).arg(started);
    let status = child.status().map_err(|error| error.to_string())?;
    if status.success() { Ok(()) } else { Err("the measured window failed".to_owned()) }
}

fn unix_nanos() -> u128 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_nanos())
}

/// The CPU time that this thread has used.
fn clock() -> Duration {
    ThreadTime::now().as_duration()
}

fn measure(project: PathBuf, started: u128) -> Result<(), String> {
    let annotator = AnnotatorName::new(ANNOTATOR).map_err(|error| error.to_string())?;
    let options = Options { paths: vec![project], annotator: Some(annotator), ..Options::default() };
    window::run(move |creation| {
        let app = App::new(&creation.egui_ctx, options, Settings::default(), SystemFonts::Load);
        let clock = Arc::default();
        Box::new(Bench { app, started, phase: 0, frame: 0, begun: None, clock, costs: Vec::new(), report: Vec::new() })
    })
}

/// What is done in a phase, for how many frames.
const PHASES: [(&str, usize); 4] = [("standing", 200), ("wheel", 600), ("page down", 200), ("jump", 200)];

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
        if self.report.is_empty() {
            if self.is_shown() {
                let time = unix_nanos().saturating_sub(self.started) as f64 / 1e6;
                let size = LARGE / 1_000_000;
                self.report.push(format!("{size} MB of text, {MANY} annotations; CPU of the drawing thread"));
                self.report.push(format!("first frame {time:>7.0} ms after the process was started"));
                self.costs.clear();
            }
            return;
        }
        self.frame += 1;
        let (name, frames) = PHASES[self.phase];
        if self.frame < frames {
            return;
        }
        self.report.push(summary(name, &mut self.costs));
        (self.frame, self.phase) = (0, self.phase + 1);
        if self.phase == PHASES.len() {
            self.report.extend(memory());
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            self.phase = 0;
            print(&self.report);
        }
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
        "{name:<10} median {median:>6.2} ms, 99 % {worst:>6.2} ms (with OpenGL {whole:>6.2} and {whole_worst:>6.2})"
    )
}

/// Memory in use, where the system tells.
fn memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS"))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(format!("memory     {:.0} MB", kib / 1024.0))
}

fn print(lines: &[String]) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    // Nobody is left to tell if standard output is closed.
    lines.iter().for_each(|line| writeln!(out, "{line}").unwrap_or_default());
}

impl eframe::App for Bench {
    fn raw_input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        self.turn();
        self.advance(ctx);
        if PHASES[self.phase].0 == "wheel" && !self.report.is_empty() {
            let delta = vec2(0.0, -60.0);
            let (unit, phase) = (MouseWheelUnit::Point, TouchPhase::Move);
            let source = egui::MouseWheelSource::Wheel;
            input.events.push(Event::PointerMoved(pos2(600.0, 400.0)));
            input.events.push(Event::MouseWheel { unit, delta, phase, source, modifiers: egui::Modifiers::NONE });
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
