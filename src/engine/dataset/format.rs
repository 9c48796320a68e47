//! The one table of dataset formats.

use std::{fmt, path::PathBuf};

use super::{
    DatasetError, Fragments, Holds, ReadOptions, Unit, Works, WriteOptions, doccano,
    files::Peek,
    jsonl, label_studio, prodigy,
    pump::{Flow, Pumped, pump},
    spacy,
};

/// A dataset format.
#[derive(Clone, Copy)]
pub struct Format(&'static Row);

/// All that is known of a format.
struct Row {
    name: &'static str,
    /// What it is and who reads it, in a few words.
    about: &'static str,
    /// What offsets in its files count.
    unit: &'static str,
    shape: Shape,
    holds: Holds,
    write: Option<fn(&WriteOptions, Flow<'_>) -> Result<Pumped, DatasetError>>,
    read: Option<Reader>,
}

struct Reader {
    recognise: fn(&Peek<'_>) -> bool,
    open: fn(&[PathBuf], &ReadOptions) -> Result<Works, DatasetError>,
}

/// What a dataset of a format is on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One file, with how its name ends.
    File(&'static str),
    /// A folder of files.
    Folder,
}

/// In the order in which they are offered. Of the readers the first that recognises a file reads it.
const ROWS: &[Row] = &[
    Row {
        name: "jsonl",
        about: "Ascribe's own records, without any loss; one document a line",
        unit: "code points",
        shape: Shape::File("jsonl"),
        holds: Holds::ALL,
        write: Some(|_, flow| pump(&jsonl::Writer, flow)),
        read: Some(Reader { recognise: jsonl::recognise, open: jsonl::open }),
    },
    Row {
        name: "spacy",
        about: "a DocBin for training with spaCy 3, spans under \"sc\"",
        unit: "tokens and code points",
        shape: Shape::File("spacy"),
        holds: spacy::HOLDS,
        write: Some(|_, flow| pump(&spacy::Writer, flow)),
        read: None,
    },
    Row {
        name: "prodigy",
        about: "tasks for Prodigy, one a line; spaCy's JSON lines are read, too",
        unit: "code points and tokens",
        shape: Shape::File("jsonl"),
        holds: Holds::ALL,
        write: Some(|_, flow| pump(&prodigy::Writer, flow)),
        read: Some(Reader { recognise: prodigy::recognise, open: prodigy::open }),
    },
    Row {
        name: "label-studio",
        about: "tasks for Label Studio, with the labelling configuration",
        unit: "code points",
        shape: Shape::Folder,
        holds: Holds::ALL,
        write: Some(|options, flow| pump(&label_studio::Writer::new(options), flow)),
        read: Some(Reader { recognise: label_studio::recognise, open: label_studio::open }),
    },
    Row {
        name: "doccano",
        about: "for doccano's window, which counts as browsers do; what doccano exports is read",
        unit: "UTF-16 code units",
        shape: Shape::File("jsonl"),
        holds: Holds::ALL,
        write: Some(|_, flow| pump(&doccano::Writer(Unit::Utf16), flow)),
        read: Some(Reader { recognise: doccano::recognise, open: doccano::open }),
    },
    Row {
        name: "doccano-py",
        about: "the same for programs in Python, which count code points; read as doccano",
        unit: "code points",
        shape: Shape::File("jsonl"),
        holds: Holds::ALL,
        write: Some(|_, flow| pump(&doccano::Writer(Unit::CodePoints), flow)),
        read: None,
    },
];

impl Format {
    /// All formats, in the order in which they are offered.
    pub fn all() -> impl Iterator<Item = Self> {
        ROWS.iter().map(Self)
    }

    /// The format of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|format| format.name() == name)
    }

    /// The name, as it is typed.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// What it is and who reads it, in a few words.
    #[must_use]
    pub fn about(self) -> &'static str {
        self.0.about
    }

    /// What offsets in its files count.
    #[must_use]
    pub fn unit(self) -> &'static str {
        self.0.unit
    }

    /// What a dataset is on disk.
    #[must_use]
    pub fn shape(self) -> Shape {
        self.0.shape
    }

    /// What it can hold.
    #[must_use]
    pub fn holds(self) -> Holds {
        self.0.holds
    }

    /// Whether it can be written.
    #[must_use]
    pub fn is_written(self) -> bool {
        self.0.write.is_some()
    }

    /// Whether it can be read.
    #[must_use]
    pub fn is_read(self) -> bool {
        self.0.read.is_some()
    }

    /// What it cannot keep, in words; empty for one that keeps everything.
    #[must_use]
    pub fn lacks(self) -> Vec<&'static str> {
        let Holds { fragments, relations, attributes, notes } = self.0.holds;
        let lacks = [
            (fragments == Fragments::Hull, "fragments (one span from the first to the last)"),
            (fragments == Fragments::Split, "which fragments belong together"),
            (!relations, "relations"),
            (!attributes, "attributes"),
            (!notes, "notes"),
        ];
        lacks.into_iter().filter(|(lacking, _)| *lacking).map(|(_, what)| what).collect()
    }

    pub(super) fn write(self, options: &WriteOptions, flow: Flow<'_>) -> Result<Pumped, DatasetError> {
        let write = self.0.write.ok_or(DatasetError::OneWay(self, true))?;
        write(options, flow)
    }

    pub(super) fn open(self, paths: &[PathBuf], options: &ReadOptions) -> Result<Works, DatasetError> {
        let reader = self.0.read.as_ref().ok_or(DatasetError::OneWay(self, false))?;
        (reader.open)(paths, options)
    }

    /// The first format that recognises a file or folder.
    pub(super) fn recognising(peek: &Peek<'_>) -> Option<Self> {
        Self::all().find(|format| format.0.read.as_ref().is_some_and(|reader| (reader.recognise)(peek)))
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Format {}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
