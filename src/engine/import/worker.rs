//! Reading in a process of its own: whatever a file does to its reader, the program and the project stand.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};

use super::{Article, Format, ImportError, Options, check_size, read};

/// The argument that makes a program of ours call [`serve`].
pub const SERVE: &str = "read-articles";
/// The most memory that the process may ask the system for, in bytes.
const MEMORY: u64 = 900 << 20;
/// The stack for parsers that call themselves once for each level of a file, in bytes.
const STACK: usize = 64 << 20;
/// How long reading may take, and how much longer for each MiB.
const PATIENCE: (Duration, Duration) = (Duration::from_millis(4500), Duration::from_secs(1));
/// How much is kept of what the process says before it ends, in bytes.
const LAST_WORDS: usize = 4096;
/// How often somebody is asked whether they still wait.
const GLANCE: Duration = Duration::from_millis(20);

/// Reads files, the risky ones in a process of its own that is started when it is first needed and ends with
/// this.
#[derive(Debug)]
pub struct Reader {
    program: Option<PathBuf>,
    worker: Option<Worker>,
}

#[derive(Debug)]
struct Worker {
    process: Child,
    input: ChildStdin,
    answers: Receiver<String>,
    /// The last that it said before it ended.
    last_words: Option<JoinHandle<String>>,
}

#[derive(Serialize, Deserialize)]
struct Request {
    file_name: String,
    options: Options,
    bytes: usize,
}

impl Reader {
    /// A reader that starts `program` with the argument [`SERVE`]; without a program everything is read in this
    /// process, where a panic of a parser is caught but neither its memory nor its time is limited.
    #[must_use]
    pub fn new(program: Option<&Path>) -> Self {
        Self { program: program.map(Path::to_owned), worker: None }
    }

    /// As [`read`], giving up when `stop` says so.
    ///
    /// # Errors
    ///
    /// As [`read`]; also when the file takes too long, takes too much memory or crashes its parser.
    pub fn read(
        &mut self,
        file_name: &str,
        bytes: &[u8],
        options: &Options,
        stop: &dyn Fn() -> bool,
    ) -> Result<Vec<Article>, ImportError> {
        check_size(bytes.len() as u64)?;
        let risky = options.format.map_or_else(|| Format::detect(file_name, bytes), Ok).is_ok_and(Format::is_risky);
        match self.program.clone() {
            Some(program) if risky => self.ask(&program, file_name, bytes, options, stop),
            _ => caught(|| read(file_name, bytes, options)),
        }
    }

    fn ask(
        &mut self,
        program: &Path,
        file_name: &str,
        bytes: &[u8],
        options: &Options,
        stop: &dyn Fn() -> bool,
    ) -> Result<Vec<Article>, ImportError> {
        // One that has ended since the last file is no fault of this one.
        let running = |worker: &mut Worker| matches!(worker.process.try_wait(), Ok(None));
        let mut worker = match self.worker.take().and_then(|mut worker| running(&mut worker).then_some(worker)) {
            Some(worker) => worker,
            None => Worker::start(program).map_err(|reason| ImportError::System(reason.to_string()))?,
        };
        let request = Request { file_name: file_name.to_owned(), options: options.clone(), bytes: bytes.len() };
        // If it ends while it reads the file, it does not answer.
        let _ = worker.send(&request, bytes);
        let patience = PATIENCE.0 + PATIENCE.1 * (bytes.len() >> 20) as u32;
        let Some(answer) = worker.wait(patience, stop)? else { return Err(ImportError::Crashed(worker.crash())) };
        self.worker = Some(worker);
        serde_json::from_str(&answer).unwrap_or_else(|reason| Err(ImportError::Crashed(reason.to_string())))
    }
}

impl Worker {
    fn start(program: &Path) -> io::Result<Self> {
        let mut command = Command::new(program);
        command.arg(SERVE).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = command.spawn()?;
        let missing = || io::Error::other("the reading process has no pipes");
        let input = process.stdin.take().ok_or_else(missing)?;
        let output = process.stdout.take().ok_or_else(missing)?;
        let mut errors = process.stderr.take().ok_or_else(missing)?;
        let last_words = thread::Builder::new().name("last words".to_owned()).spawn(move || {
            let (mut said, mut more) = (Vec::new(), [0; LAST_WORDS]);
            while let Ok(length @ 1..) = errors.read(&mut more) {
                said.extend_from_slice(&more[..length]);
                said.drain(..said.len().saturating_sub(LAST_WORDS));
            }
            String::from_utf8_lossy(&said).into_owned()
        })?;
        let (sender, answers) = channel();
        thread::Builder::new().name("answers".to_owned()).spawn(move || {
            let lines = BufReader::new(output).lines();
            // When the process has ended, so has the thread, and whoever waits learns it.
            for line in lines.map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        })?;
        Ok(Self { process, input, answers, last_words: Some(last_words) })
    }

    fn send(&mut self, request: &Request, bytes: &[u8]) -> io::Result<()> {
        serde_json::to_writer(&mut self.input, request)?;
        self.input.write_all(b"\n")?;
        self.input.write_all(bytes)?;
        self.input.flush()
    }

    /// Its answer; nothing if it has ended without one.
    fn wait(&mut self, patience: Duration, stop: &dyn Fn() -> bool) -> Result<Option<String>, ImportError> {
        let start = Instant::now();
        loop {
            match self.answers.recv_timeout(GLANCE) {
                Ok(answer) => return Ok(Some(answer)),
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
                Err(RecvTimeoutError::Timeout) if stop() => return Err(ImportError::Stopped),
                Err(RecvTimeoutError::Timeout) if start.elapsed() > patience => {
                    return Err(ImportError::Slow(patience.as_secs()));
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    /// Why it has ended, as far as its last words tell.
    fn crash(mut self) -> String {
        let _ = self.process.wait();
        let last_words = self.last_words.take().and_then(|thread| thread.join().ok()).unwrap_or_default();
        if last_words.contains("memory allocation of") {
            format!("reading it takes more than {} MiB of memory", MEMORY >> 20)
        } else if last_words.contains("overflowed its stack") {
            "it is nested too deep to be read".to_owned()
        } else {
            "its content makes the reader crash".to_owned()
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It holds nothing that could be lost; if it is gone already, that is what is wanted.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Reads what is asked for on `input` and answers on `output`, until there is nothing more to read: the life of
/// the other process.
///
/// # Errors
///
/// When the pipes break, because whoever asked is gone.
pub fn serve(input: impl Read, mut output: impl Write) -> io::Result<()> {
    #[cfg(unix)]
    rlimit::setrlimit(rlimit::Resource::AS, MEMORY, MEMORY)?;
    let mut input = BufReader::new(input);
    let mut line = String::new();
    while input.read_line(&mut line)? > 0 {
        let request: Request = serde_json::from_str(&line)?;
        let mut bytes = vec![0; request.bytes];
        input.read_exact(&mut bytes)?;
        let answer = caught(|| read(&request.file_name, &bytes, &request.options));
        serde_json::to_writer(&mut output, &answer)?;
        output.write_all(b"\n")?;
        output.flush()?;
        line.clear();
    }
    Ok(())
}

/// Runs a parser where a panic ends only a thread, with a stack for deeply nested files.
fn caught(work: impl FnOnce() -> Result<Vec<Article>, ImportError> + Send) -> Result<Vec<Article>, ImportError> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().name("parser".to_owned()).stack_size(STACK).spawn_scoped(scope, work);
        match thread.map(|thread| thread.join()) {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) => Err(ImportError::Crashed("its content makes the reader crash".to_owned())),
            Err(reason) => Err(ImportError::System(reason.to_string())),
        }
    })
}
