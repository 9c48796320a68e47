//! Many files at once, on as many threads as there are processors, in the order in which they were named.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc::sync_channel,
    },
    thread,
    time::Duration,
};

use super::{Article, ImportError, LARGEST, Options, Origin, Reader, check_size, hex_sha256};

/// How long a thread that is far ahead waits before it looks again.
const PAUSE: Duration = Duration::from_millis(2);
/// Why what is neither a file nor a link to one is not read.
const NO_FILE: &str = "this is not a regular file but a pipe, a device or the like; save what it gives as a file, or hand it over by standard input as `-`";

/// Where the bytes of a file come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file on disk.
    File(PathBuf),
    /// Bytes that were given, such as from the clipboard, under a name that says by its end what they are.
    Bytes(String, Vec<u8>),
}

/// What came of reading one file.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Where it came from.
    pub origin: Origin,
    /// Its articles, or why there are none.
    pub outcome: Result<Vec<Article>, ImportError>,
}

impl Source {
    /// The name of the file, without its folder.
    #[must_use]
    pub fn file_name(&self) -> String {
        match self {
            Self::File(path) => path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            Self::Bytes(name, _) => name.clone(),
        }
    }

    /// What a person knows it by: its path, or its name where it has none.
    #[must_use]
    pub fn place(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Bytes(name, _) => name.clone(),
        }
    }

    /// All that `stream` gives, under such a name; of more than is read of any file, only enough to refuse it.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn of_stream(name: &str, stream: impl Read) -> io::Result<Self> {
        Ok(Self::Bytes(name.to_owned(), bounded(stream)?))
    }

    /// The bytes; what is too large, or is no file, such as a pipe that never ends, is refused before it is read.
    ///
    /// # Errors
    ///
    /// When it is too large, or the system refuses.
    pub fn bytes(&self) -> Result<Vec<u8>, ImportError> {
        let refused = |reason: io::Error| ImportError::System(reason.to_string());
        match self {
            Self::File(path) => {
                let about = fs::metadata(path).map_err(refused)?;
                if !about.is_file() {
                    return Err(ImportError::System(NO_FILE.to_owned()));
                }
                check_size(about.len())?;
                let bytes = fs::File::open(path).and_then(bounded).map_err(refused)?;
                check_size(bytes.len() as u64).map(|()| bytes)
            }
            Self::Bytes(_, bytes) => Ok(bytes.clone()),
        }
    }

    /// How a file name ends, without the dot, in lower case and fit for any system; `bin` where it does not end in
    /// a few letters and digits.
    #[must_use]
    pub fn extension(file_name: &str) -> String {
        let end = file_name.rsplit_once('.').map_or("", |(_, end)| end);
        let plain = !end.is_empty() && end.len() <= 8 && end.bytes().all(|byte| byte.is_ascii_alphanumeric());
        // The project's own files end in `.ron`.
        if plain && !end.eq_ignore_ascii_case("ron") { end.to_lowercase() } else { "bin".to_owned() }
    }

    /// The file as it is to be kept beside the text: how its name ends, and its bytes, if it still is what was read.
    ///
    /// # Errors
    ///
    /// When it is not, or the system refuses.
    pub fn original(&self, origin: &Origin) -> Result<(String, Vec<u8>), ImportError> {
        let bytes = self.bytes()?;
        if hex_sha256(&bytes) != origin.file_sha256 {
            return Err(ImportError::System("the file has changed since it was read; import it again".to_owned()));
        }
        Ok((Self::extension(&origin.file_name), bytes))
    }

    fn read(&self, reader: &mut Reader, options: &Options, stop: &dyn Fn() -> bool) -> Candidate {
        let mut origin = Origin { file_name: self.file_name(), file_sha256: String::new() };
        let outcome = self.bytes().and_then(|bytes| {
            origin.file_sha256 = hex_sha256(&bytes);
            reader.read(&origin.file_name, &bytes, options, stop)
        });
        Candidate { origin, outcome }
    }
}

/// How many files are read ahead of the one that is wanted: enough to go on while others are being written.
const AHEAD: usize = 64;

/// All bytes, or one more than is read of any file.
fn bounded(stream: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Which article is wanted next; nobody waits for it any more once this is gone.
struct Wanted<'a>(&'a AtomicUsize);

impl Drop for Wanted<'_> {
    fn drop(&mut self) {
        self.0.store(usize::MAX, Ordering::Relaxed);
    }
}

/// Reads all `sources` and hands each to `each` with its number, in order, until `stop` says so: what has not
/// been handed over by then never is. `program` is what [`Reader::new`] takes.
pub fn read_all(
    sources: &[Source],
    program: Option<&Path>,
    options: &Options,
    stop: &(dyn Fn() -> bool + Sync),
    each: &mut dyn FnMut(usize, Candidate),
) {
    let (next, wanted) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let threads = thread::available_parallelism().map_or(1, usize::from).min(sources.len());
    let (sender, receiver) = sync_channel(AHEAD);
    // Not far ahead of whoever takes the articles, or all of them would lie in memory while one slow file is read.
    let early = |number| number > wanted.load(Ordering::Relaxed).saturating_add(AHEAD);
    thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, next, early) = (sender.clone(), &next, &early);
            scope.spawn(move || {
                let mut reader = Reader::new(program);
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    while number < sources.len() && early(number) && !stop() {
                        thread::park_timeout(PAUSE);
                    }
                    let Some(source) = sources.get(number).filter(|_| !stop()) else { break };
                    if sender.send((number, source.read(&mut reader, options, stop))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let (mut waiting, wanted) = (BTreeMap::new(), Wanted(&wanted));
        let mut number = 0;
        for (read, candidate) in receiver {
            waiting.insert(read, candidate);
            while let Some(candidate) = waiting.remove(&number).filter(|_| !stop()) {
                each(number, candidate);
                number += 1;
                wanted.0.store(number, Ordering::Relaxed);
            }
        }
    });
}
