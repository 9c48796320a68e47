//! What comes in, cut into whole lines to be worked on together.

use std::io::{self, Read};

/// About how many bytes of lines make a batch.
const BATCH: usize = 256 * 1024;
/// The longest line that is read.
pub(crate) const LONGEST: usize = 64 << 20;

/// Some whole lines.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// The number of the first, counted from 1.
    pub first: u64,
    /// The lines with their ends; the last may have none.
    bytes: Vec<u8>,
    /// Whether it stands for one line that is too long.
    pub too_long: bool,
    /// Why reading ended, if not because there is no more.
    pub broken: Option<io::Error>,
}

/// Whole lines as they come in.
pub(super) struct Batches<R> {
    input: R,
    next: u64,
    /// What has been read and is not the end of a line.
    begun: Vec<u8>,
    over: bool,
    /// Whether a line that is too long has just been passed over.
    skipped: bool,
}

impl Batch {
    /// The lines with their numbers, without those that are blank.
    pub fn lines(&self) -> impl Iterator<Item = (u64, &[u8])> {
        let lines = (self.first..).zip(self.bytes.split(|byte| *byte == b'\n'));
        lines.filter(|(_, line)| !line.trim_ascii().is_empty())
    }
}

impl<R: Read> Batches<R> {
    pub fn new(input: R) -> Self {
        Self { input, next: 1, begun: Vec::new(), over: false, skipped: false }
    }

    /// Reads once, into what has been begun.
    fn read(&mut self) -> io::Result<usize> {
        let length = self.begun.len();
        self.begun.resize(length + BATCH, 0);
        let read = loop {
            match self.input.read(&mut self.begun[length..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.begun.truncate(length + read.as_ref().copied().unwrap_or_default());
        read
    }

    /// Reads on to the end of a line that is too long, and keeps only what follows it.
    fn skip(&mut self) -> io::Result<()> {
        loop {
            self.begun.clear();
            if self.read()? == 0 {
                return Ok(());
            }
            if let Some(end) = memchr::memchr(b'\n', &self.begun) {
                self.begun.drain(..=end);
                return Ok(());
            }
        }
    }

    fn batch(&mut self, bytes: Vec<u8>) -> Batch {
        let first = self.next;
        self.next += memchr::memchr_iter(b'\n', &bytes).count() as u64;
        Batch { first, bytes, ..Batch::default() }
    }

    /// What stands for a line that is too long.
    fn too_long(&mut self) -> Batch {
        let first = self.next;
        self.next += 1;
        let broken = self.skip().err();
        self.skipped = true;
        self.over = broken.is_some();
        Batch { first, bytes: Vec::new(), too_long: true, broken }
    }

    /// What is left at the end.
    fn last(&mut self, broken: Option<io::Error>) -> Option<Batch> {
        self.over = true;
        // Half a line is no line where the rest could not be read.
        let bytes = if broken.is_some() { Vec::new() } else { std::mem::take(&mut self.begun) };
        let batch = Batch { broken, ..self.batch(bytes) };
        (!batch.bytes.is_empty() || batch.broken.is_some()).then_some(batch)
    }
}

impl<R: Read> Iterator for Batches<R> {
    type Item = Batch;

    /// As many lines as one read gives: whoever writes a line and waits for the answer gets it.
    fn next(&mut self) -> Option<Batch> {
        // Behind a line that was too long, whole lines may stand that have been read already.
        if std::mem::take(&mut self.skipped)
            && let Some(end) = memchr::memrchr(b'\n', &self.begun)
        {
            let rest = self.begun.split_off(end + 1);
            let bytes = std::mem::replace(&mut self.begun, rest);
            return Some(self.batch(bytes));
        }
        while !self.over {
            let length = self.begun.len();
            match self.read() {
                Ok(0) => return self.last(None),
                Ok(_) => {}
                Err(error) => return self.last(Some(error)),
            }
            if length == 0 && self.next == 1 && self.begun.starts_with(b"\xef\xbb\xbf") {
                self.begun.drain(..3);
            }
            if let Some(end) = memchr::memrchr(b'\n', &self.begun[length.min(self.begun.len())..]) {
                let rest = self.begun.split_off(length.min(self.begun.len()) + end + 1);
                let bytes = std::mem::replace(&mut self.begun, rest);
                return Some(self.batch(bytes));
            }
            if self.begun.len() > LONGEST {
                return Some(self.too_long());
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line that is too long; then, at once, its end and two lines; and then somebody who waits for their answers.
    struct Waiting {
        left: usize,
        told: bool,
    }

    impl Read for Waiting {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            if self.left > 0 {
                let length = self.left.min(into.len());
                into[..length].fill(b'a');
                self.left -= length;
                return Ok(length);
            }
            assert!(!std::mem::replace(&mut self.told, true), "the answers are not given before more is read");
            let lines = b"\none\ntwo\n";
            into[..lines.len()].copy_from_slice(lines);
            Ok(lines.len())
        }
    }

    #[test]
    fn lines_behind_one_that_is_too_long_do_not_wait_for_more() {
        let mut batches = Batches::new(Waiting { left: LONGEST + 1, told: false });
        assert!(batches.next().is_some_and(|batch| batch.too_long && batch.first == 1));
        let next = batches.next().map(|batch| batch.lines().map(|(number, line)| (number, line.to_vec())).collect());
        assert_eq!(next, Some(vec![(2, b"one".to_vec()), (3, b"two".to_vec())]));
    }
}
