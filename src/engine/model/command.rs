//! Asking a program: all questions to its standard input, its answers from its standard output.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, RecvTimeoutError, SyncSender, TryRecvError, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use super::{Broken, Order, intake::Intake};
use crate::stream::LONGEST;

/// How much is kept of what a program writes to standard error, in bytes.
const LAST_WORDS: usize = 4096;
/// How many lines may wait to be looked at.
const AHEAD: usize = 16;
/// How often somebody is asked whether they still wait.
const GLANCE: Duration = Duration::from_millis(20);
/// How long a program may take to end when there is nothing more to answer.
const GRACE: Duration = Duration::from_secs(5);

/// A program that runs, and is ended with all that it has started when this goes.
struct Process {
    child: Child,
    output: Receiver<Line>,
    last_words: Arc<Mutex<Vec<u8>>>,
    status: Option<ExitStatus>,
}

/// What it writes.
enum Line {
    Whole(Vec<u8>),
    TooLong,
}

/// Starts the program, asks it everything, and takes its answers in.
///
/// # Errors
///
/// When it cannot be started, fails, or does not answer everything in time.
pub(super) fn ask(
    words: &[String],
    intake: &mut Intake<'_>,
    patience: Duration,
    stop: &dyn Fn() -> bool,
) -> Result<(), Broken> {
    let order = intake.order();
    let program = words.first().cloned().unwrap_or_default();
    let start = |reason| Broken::Start { program: program.clone(), reason };
    let mut process = Process::start(words, &order.folder).map_err(start)?;
    process.question(order.clone()).map_err(|reason| Broken::Start { program, reason })?;
    process.answers(intake, patience, stop)
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}

impl Process {
    fn start(words: &[String], folder: &Path) -> io::Result<Self> {
        let (program, arguments) = words.split_first().ok_or_else(|| io::Error::other("its command is empty"))?;
        let mut command = Command::new(program);
        command.args(arguments).current_dir(folder);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // A group of its own, so that what it starts can be ended with it.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn()?;
        let missing = || io::Error::other("it has no pipes");
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let (sender, output) = sync_channel(AHEAD);
        let last_words = Arc::new(Mutex::new(Vec::new()));
        let process = Self { child, output, last_words: last_words.clone(), status: None };
        let (stdout, stderr) = (stdout.ok_or_else(missing)?, stderr.ok_or_else(missing)?);
        thread::Builder::new().name("answers".to_owned()).spawn(move || read_lines(stdout, &sender))?;
        thread::Builder::new().name("last words".to_owned()).spawn(move || read_end(stderr, &last_words))?;
        Ok(process)
    }

    /// Writes all questions, on a thread that ends with the program: its end breaks the pipe, and is told otherwise.
    fn question(&mut self, order: Order) -> io::Result<()> {
        let Some(mut input) = self.child.stdin.take() else { return Err(io::Error::other("it has no pipes")) };
        let work = move || order.asked.iter().all(|asked| input.write_all(&order.line(asked)).is_ok());
        thread::Builder::new().name("questions".to_owned()).spawn(work).map(drop)
    }

    fn answers(&mut self, intake: &mut Intake<'_>, patience: Duration, stop: &dyn Fn() -> bool) -> Result<(), Broken> {
        let mut since = Instant::now();
        while let Some(awaited) = intake.awaited() {
            if stop() {
                return Err(Broken::Stopped);
            }
            if since.elapsed() > patience {
                let seconds = patience.as_secs() as u32;
                return Err(Broken::Slow { seconds, document: awaited.id.clone() });
            }
            match self.output.recv_timeout(GLANCE) {
                Ok(line) => take(intake, line)?,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            // Only an answer gives it time for the next.
            if intake.awaited().is_none_or(|next| next.id != awaited.id) {
                since = Instant::now();
            }
        }
        self.rest(intake, patience.min(GRACE), stop)
    }

    /// Takes in what comes after the last answer, and says how the program ended.
    fn rest(&mut self, intake: &mut Intake<'_>, grace: Duration, stop: &dyn Fn() -> bool) -> Result<(), Broken> {
        let since = Instant::now();
        let mut open = true;
        while open || self.ended().is_none() {
            if stop() {
                return Err(Broken::Stopped);
            }
            if since.elapsed() > grace {
                return Err(Broken::Lingering);
            }
            match self.output.recv_timeout(GLANCE) {
                Ok(line) => take(intake, line)?,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    open = false;
                    thread::sleep(GLANCE);
                }
            }
        }
        match self.status {
            Some(status) if !status.success() => {
                Err(Broken::Failed { status: status.to_string(), last_words: self.last_words() })
            }
            _ if intake.awaited().is_some() => Err(Broken::Silent(self.last_words())),
            _ => Ok(()),
        }
    }

    fn ended(&mut self) -> Option<ExitStatus> {
        if self.status.is_none() {
            self.status = self.child.try_wait().ok().flatten();
        }
        self.status
    }

    /// The end of what it has written to standard error.
    fn last_words(&self) -> String {
        // What was written last may still be on its way.
        thread::sleep(GLANCE);
        let bytes = self.last_words.lock().unwrap_or_else(PoisonError::into_inner);
        let plain = |c: char| if c.is_control() && c != '\n' { '\u{fffd}' } else { c };
        String::from_utf8_lossy(&bytes).trim().chars().map(plain).collect()
    }

    /// Ends it, and what it has started.
    fn end(&mut self) {
        // What it leaves behind may hold its pipes open, and its number with them.
        if self.ended().is_none() || matches!(self.output.try_recv(), Ok(_) | Err(TryRecvError::Empty)) {
            end_family(self.child.id());
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn take(intake: &mut Intake<'_>, line: Line) -> Result<(), Broken> {
    match line {
        Line::Whole(line) => intake.take(&line),
        Line::TooLong => {
            intake.babble(format!("it is longer than {} MiB", LONGEST >> 20))?;
            Err(Broken::Babbling)
        }
    }
}

/// Ends a program and all that it has started, by the group that they are in.
#[cfg(unix)]
fn end_family(group: u32) {
    // Only this, or unsafe code, sends a signal to a group.
    run_quietly("/bin/sh", &["-c", &format!("kill -s KILL -- -{group}")]);
}

/// Ends a program and all that it has started.
#[cfg(not(unix))]
fn end_family(program: u32) {
    run_quietly("taskkill", &["/F", "/T", "/PID", &program.to_string()]);
}

fn run_quietly(program: &str, arguments: &[&str]) {
    // If there is nothing to end any more, that is what is wanted.
    let mut command = Command::new(program);
    let _ = command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
}

/// Hands on line by line, until there is no more, a line is too long, or nobody wants them.
fn read_lines(output: impl Read, lines: &SyncSender<Line>) {
    let mut output = BufReader::new(output);
    loop {
        let mut line = Vec::new();
        let read = output.by_ref().take(LONGEST as u64).read_until(b'\n', &mut line);
        let end = line.ends_with(b"\n");
        let line = match read {
            Ok(0) | Err(_) => return,
            Ok(LONGEST) if !end => Line::TooLong,
            Ok(_) => Line::Whole(line),
        };
        let too_long = matches!(line, Line::TooLong);
        if lines.send(line).is_err() || too_long {
            return;
        }
    }
}

/// Keeps the end of what comes.
fn read_end(mut errors: impl Read, kept: &Mutex<Vec<u8>>) {
    let mut more = [0; LAST_WORDS];
    while let Ok(length @ 1..) = errors.read(&mut more) {
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.extend_from_slice(&more[..length]);
        let over = kept.len().saturating_sub(LAST_WORDS);
        kept.drain(..over);
    }
}
