//! From works to pieces to files: reading and writing on all processors, in order, with bounded memory.

use std::collections::BTreeMap;

use super::{Account, DatasetError, Entry, Holds, Record, Summary, Told};
use crate::{
    in_order,
    store::{Draft, Stream},
};

/// One piece of reading, of a few megabytes at most, that may be done on any thread.
pub type Work = Box<dyn FnOnce(&mut Told) -> Vec<Record> + Send>;

/// All reading that there is to do, in order. Taking the next one must be quick: it happens on one thread at a time.
pub type Works = Box<dyn Iterator<Item = Work> + Send>;

/// Changes a record, drops some of it or all, and says so.
pub type Change<'a> = &'a (dyn Fn(Record, &mut Told) -> Option<Record> + Sync);

/// Turns records into pieces of a format, on several threads at once.
pub(super) trait Encode: Sync {
    /// What is made of some records, ready to be written.
    type Piece: Send;
    /// What writes pieces.
    type Sink: Sink<Self::Piece>;

    /// What the format can hold.
    fn holds(&self) -> Holds;

    /// Decides what is written of each record, and makes a piece of what is.
    ///
    /// # Errors
    ///
    /// When the format cannot be written at all.
    fn encode(&self, entries: &mut [Entry]) -> Result<Self::Piece, DatasetError>;

    /// Begins to write.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    fn open(&self, place: Place<'_>) -> Result<Self::Sink, DatasetError>;
}

/// Writes pieces in order, on one thread.
pub(super) trait Sink<Piece> {
    /// Writes the next piece.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    fn put(&mut self, place: Place<'_>, piece: Piece) -> Result<(), DatasetError>;

    /// Writes what comes after the last.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    fn finish(self, place: Place<'_>) -> Result<(), DatasetError>;
}

/// Where one part of a dataset is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    pub draft: &'a Draft,
    /// The part's folder, ending in `/`, or nothing for the whole.
    pub folder: &'a str,
    /// The name of its one file, for formats that are one, where that is in a folder.
    pub file: Option<&'a str>,
    /// Whether the part may have several files, for formats that can be one file or several.
    pub many: bool,
}

impl Place<'_> {
    /// The stream of the part's one file.
    pub fn stream(self) -> Result<Stream, DatasetError> {
        let stream = match self.file {
            Some(name) => self.draft.stream_to(name),
            None => self.draft.stream(),
        };
        Ok(stream?)
    }

    /// A stream into one of the part's files.
    pub fn stream_to(self, name: &str) -> Result<Stream, DatasetError> {
        Ok(self.draft.stream_to(&format!("{}{name}", self.folder))?)
    }

    /// Writes one of the part's files.
    pub fn write(self, name: &str, bytes: &[u8]) -> Result<(), DatasetError> {
        Ok(self.draft.write(&format!("{}{name}", self.folder), bytes)?)
    }

    /// What could not be written, and where.
    pub fn io(self, source: std::io::Error) -> DatasetError {
        DatasetError::Write(self.draft.io(source))
    }
}

/// What happens to records between reading and writing.
pub(super) struct Flow<'a> {
    /// What is to be read.
    pub works: Works,
    /// What is done to each record.
    pub change: Change<'a>,
    /// Which part a record belongs to.
    pub part: &'a (dyn Fn(&Record) -> usize + Sync),
    /// Where the parts are written.
    pub places: &'a [Place<'a>],
    /// Whether to count what the parts hold.
    pub summary: bool,
    /// Whether to give up.
    pub stopped: &'a (dyn Fn() -> bool + Sync),
    /// Hears how many records have been written.
    pub progress: &'a mut dyn FnMut(usize),
}

/// What a thread has made of one work.
struct Made<Piece> {
    told: Told,
    account: Account,
    pieces: Vec<Result<Part<Piece>, DatasetError>>,
}

/// What of a work belongs to one part of the dataset.
struct Part<Piece> {
    part: usize,
    piece: Piece,
    records: usize,
    summary: Option<Summary>,
}

/// What came of reading and writing.
#[derive(Debug, Default)]
pub(super) struct Pumped {
    pub account: Account,
    pub told: Told,
    /// What each part holds, if that was asked for.
    pub summaries: Vec<Summary>,
}

/// Reads and writes everything.
pub(super) fn pump<E: Encode>(encoder: &E, flow: Flow<'_>) -> Result<Pumped, DatasetError> {
    let Flow { works, change, part, places, summary, stopped, progress } = flow;
    let mut sinks = places.iter().map(|place| encoder.open(*place)).collect::<Result<Vec<_>, _>>()?;
    let mut pumped = Pumped { summaries: vec![Summary::default(); places.len()], ..Pumped::default() };
    let mut count = 0;
    let make = |work: Work| make(encoder, work, change, part, summary);
    in_order(works, &make, stopped, &mut |made| {
        pumped.account.add(made.account);
        pumped.account.add(std::mem::take(&mut pumped.told.left_out));
        pumped.told.add(made.told);
        for piece in made.pieces {
            let Part { part, piece, records, summary } = piece?;
            sinks[part].put(places[part], piece)?;
            summary.into_iter().for_each(|summary| pumped.summaries[part].add(summary));
            count += records;
        }
        progress(count);
        Ok(())
    })?;
    pumped.account.add(std::mem::take(&mut pumped.told.left_out));
    for (sink, place) in sinks.into_iter().zip(places) {
        sink.finish(*place)?;
    }
    Ok(pumped)
}

/// Does all works with `make`, on all processors, and hands what comes of them to `take` in their order.
pub(super) fn in_order<T: Send>(
    works: Works,
    make: &(dyn Fn(Work) -> T + Sync),
    stopped: &dyn Fn() -> bool,
    take: &mut dyn FnMut(T) -> Result<(), DatasetError>,
) -> Result<(), DatasetError> {
    in_order::in_order(works, make, &mut |made| {
        if stopped() {
            return Err(DatasetError::Stopped);
        }
        take(made.map_err(|_| DatasetError::Crashed)?)
    })
}

/// What one thread makes of one work.
fn make<E: Encode>(
    encoder: &E,
    work: Work,
    change: Change<'_>,
    part: &(dyn Fn(&Record) -> usize + Sync),
    summary: bool,
) -> Made<E::Piece> {
    let mut made = Made { told: Told::default(), account: Account::default(), pieces: Vec::new() };
    let mut parts: BTreeMap<usize, Vec<Entry>> = BTreeMap::new();
    for record in work(&mut made.told) {
        if let Some(record) = change(record, &mut made.told) {
            parts.entry(part(&record)).or_default().push(Entry::new(record, encoder.holds()));
        }
    }
    for (part, mut entries) in parts {
        let piece = encoder.encode(&mut entries);
        entries.iter().for_each(|entry| entry.settle(&mut made.account));
        let summary = summary.then(|| Summary::of(&entries));
        let records = entries.len();
        made.pieces.push(piece.map(|piece| Part { part, piece, records, summary }));
    }
    made
}
