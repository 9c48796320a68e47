//! Texts in, proposals out, one JSON object a line: what `suggest --stream` speaks, and what models are asked in.
//!
//! In: `{"id": "…", "text": "…", "language": "en"}`, where the language may be left out and whatever else there is
//! does not matter. Out, in the same order: `{"id": "…", "annotations": [{"id": "a1", "label": "quote", "spans":
//! [[12, 80]], "text": ["…"], "attributes": {"form": "direct"}, "score": 0.97, "rule": "…"}], "relations": [{"id":
//! "r1", "kind": "attributed_to", "from": "a1", "to": "a2"}]}`. Offsets count Unicode scalar values. A line that is not
//! like that gives `{"line": 17, "error": "…"}` in its place; a blank line gives nothing, and counts.

mod answer;
mod batch;
mod request;

use std::{
    io::{self, Read, Write},
    panic::{AssertUnwindSafe, catch_unwind},
};

use ascribe_schema::Text;

pub(crate) use self::{batch::LONGEST, request::Request};
use self::{
    batch::{Batch, Batches},
    request::read,
};
use crate::in_order::in_order;

/// What came of a stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Streamed {
    /// How many texts there were.
    pub documents: u64,
    /// How many lines were none.
    pub refused: u64,
}

/// Why a stream broke off.
#[derive(Debug, thiserror::Error)]
pub enum StreamError {
    /// What comes in cannot be read.
    #[error("standard input cannot be read: {0}")]
    Read(io::Error),
    /// What goes out cannot be written.
    #[error("standard output cannot be written: {0}")]
    Write(io::Error),
    /// A defect of this program.
    #[error("this program has failed; please report what it was reading")]
    Crashed,
}

/// What a thread makes of a batch.
struct Made {
    lines: Vec<u8>,
    streamed: Streamed,
    /// Why there is no other batch.
    broken: Option<io::Error>,
}

/// Proposes for each text on `input`, on all processors and in bounded memory, and writes to `output` in order. Answers
/// are written as soon as they are there, also while more is being waited for.
///
/// # Errors
///
/// When reading or writing fails; not when nobody wants the answers any more, which ends it.
pub fn stream(input: impl Read + Send, output: &mut dyn Write) -> Result<Streamed, StreamError> {
    let mut all = Streamed::default();
    let outcome = in_order(Batches::new(input), &make, &mut |made| {
        let made = made.map_err(|_| StreamError::Crashed)?;
        output.write_all(&made.lines).and_then(|()| output.flush()).map_err(StreamError::Write)?;
        all.documents += made.streamed.documents;
        all.refused += made.streamed.refused;
        made.broken.map_or(Ok(()), |error| Err(StreamError::Read(error)))
    });
    match outcome {
        Err(StreamError::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(all),
        outcome => outcome.map(|()| all),
    }
}

fn make(batch: Batch) -> Made {
    let (mut streamed, mut lines) = (Streamed::default(), Vec::new());
    let mut refuse = |number, reason: &str, lines: &mut Vec<u8>| {
        answer::refuse(number, reason, lines);
        streamed.refused += 1;
    };
    if batch.too_long {
        refuse(batch.first, &format!("the line is longer than {} MiB", LONGEST >> 20), &mut lines);
    }
    for (number, line) in batch.lines() {
        let before = lines.len();
        // A panic, which no rule should, spoils this line only.
        let outcome = catch_unwind(AssertUnwindSafe(|| answer(line, &mut lines)));
        let outcome = outcome.unwrap_or_else(|_| Err("this program has failed on it; please report it".to_owned()));
        match outcome {
            Ok(()) => streamed.documents += 1,
            Err(reason) => {
                lines.truncate(before);
                refuse(number, &reason, &mut lines);
            }
        }
    }
    Made { lines, streamed, broken: batch.broken }
}

/// Writes the answer to one line.
fn answer(line: &[u8], out: &mut Vec<u8>) -> Result<(), String> {
    let request = read(line)?;
    let text = Text::new(request.text);
    let proposals = ascribe_attribution::propose(&text, request.language.as_deref(), &[]);
    answer::write(&request.id, &text, &proposals, out).map_err(|error| error.to_string())
}
