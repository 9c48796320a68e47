//! The one table of dataset formats.

use std::{fmt, path::PathBuf};

use super::{
    DatasetError, Fragments, Holds, ReadOptions, Unit, Works, WriteOptions, brat, claimreview, conll, csv, doccano,
    files::Peek,
    hypothesis, jsonl, label_studio, parquet, prodigy,
    pump::{Flow, Pumped, pump},
    qdpx, quotations, spacy, tei, triples, uima, w3c, webanno_tsv, xlsx,
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
    write: Option<Write>,
    read: Option<Reader>,
}

/// Writes all records that a flow gives.
type Write = fn(&WriteOptions, Flow<'_>) -> Result<Pumped, DatasetError>;

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
    /// One file, with how its name ends; or a folder of several where one is named (a path that ends in `/`, or a folder
    /// that is there), and for each part of a dataset that is divided.
    Either(&'static str),
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
        name: "parquet",
        about: "Ascribe's records as typed columns, for Hugging Face datasets, DuckDB, polars and Spark",
        unit: "code points",
        shape: Shape::Either("parquet"),
        holds: Holds::ALL,
        write: Some(|_, flow| pump(&parquet::Writer::new(&flow), flow)),
        read: Some(Reader { recognise: parquet::recognise, open: parquet::open }),
    },
    Row {
        name: "csv",
        about: "tables, one row a fragment; a folder has the texts and relations, too",
        unit: "code points",
        shape: Shape::Either("csv"),
        holds: Holds::ALL,
        write: Some(|options, flow| pump(&csv::Writer::new(options, &flow), flow)),
        read: Some(Reader { recognise: csv::recognise, open: csv::open }),
    },
    Row {
        name: "xlsx",
        about: "a workbook for Excel and LibreOffice, one row a fragment",
        unit: "code points",
        shape: Shape::File("xlsx"),
        holds: Holds::ALL,
        write: Some(|options, flow| pump(&xlsx::Writer::new(options), flow)),
        read: None,
    },
    Row {
        name: "brat",
        about: "a folder of texts with standoff annotations for brat and many other programs",
        unit: "code points",
        shape: Shape::Folder,
        holds: Holds::ALL,
        write: Some(|options, flow| pump(&brat::Writer::new(options), flow)),
        read: Some(Reader { recognise: brat::recognise, open: brat::open }),
    },
    Row {
        name: "conll",
        about: "a word a line with tags, a column a label, for training taggers",
        unit: "tokens",
        shape: Shape::File("conll"),
        holds: Holds { fragments: Fragments::Split, ..Holds::SPANS },
        write: Some(|options, flow| pump(&conll::Writer::new(options), flow)),
        read: Some(Reader { recognise: conll::recognise, open: conll::open }),
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
    Row {
        name: "w3c",
        about: "Web Annotation JSON-LD, the W3C's standard, with quotations and positions; one annotation a line",
        unit: "code points, or UTF-16 code units on request",
        shape: Shape::File("jsonl"),
        holds: Holds::ALL,
        write: Some(|options, flow| pump(&w3c::Writer::new(options), flow)),
        read: Some(Reader { recognise: w3c::recognise, open: w3c::open }),
    },
    Row {
        name: "hypothesis",
        about: "what the API of Hypothes.is gives; of documents that are known",
        unit: "UTF-16 code units",
        shape: Shape::File("json"),
        holds: Holds { fragments: Fragments::Hull, relations: false, attributes: true, notes: true },
        write: None,
        read: Some(Reader { recognise: hypothesis::recognise, open: hypothesis::open }),
    },
    Row {
        name: "quotations",
        about: "corpora of who said what: German news, LitBank, lines of attributions",
        unit: "code points; LitBank: tokens",
        shape: Shape::Folder,
        holds: Holds { fragments: Fragments::Kept, relations: true, attributes: true, notes: false },
        write: None,
        read: Some(Reader { recognise: quotations::recognise, open: quotations::open }),
    },
    Row {
        name: "uima",
        about: "UIMA CAS as XMI and JSON with its type system, for INCEpTION and dkpro-cassis",
        unit: "UTF-16 units",
        shape: Shape::Folder,
        holds: Holds::ALL,
        write: Some(|options, flow| pump(&uima::Writer(options), flow)),
        read: Some(Reader { recognise: uima::recognise, open: uima::open }),
    },
    Row {
        name: "webanno-tsv",
        about: "WebAnno TSV 3.3, tables of tokens, for WebAnno and INCEpTION",
        unit: "UTF-16 units",
        shape: Shape::Folder,
        holds: Holds::ALL,
        write: Some(|_, flow| pump(&webanno_tsv::Writer, flow)),
        read: Some(Reader { recognise: webanno_tsv::recognise, open: webanno_tsv::open }),
    },
    Row {
        name: "qdpx",
        about: "REFI-QDA project, for NVivo, MAXQDA, ATLAS.ti and QualCoder",
        unit: "code points",
        shape: Shape::File("qdpx"),
        holds: Holds::ALL,
        write: Some(|options, flow| pump(&qdpx::Writer::new(options), flow)),
        read: Some(Reader { recognise: qdpx::recognise, open: qdpx::open }),
    },
    Row {
        name: "tei",
        about: "TEI P5 with stand-off annotations, for digital editions; one file a document",
        unit: "code points",
        shape: Shape::Folder,
        holds: Holds::ALL,
        write: Some(|_, flow| pump(&tei::Writer, flow)),
        read: None,
    },
    Row {
        name: "claimreview",
        about: "drafts of schema.org ClaimReview, of claims that have a verdict; one a line",
        unit: "no offsets",
        shape: Shape::File("jsonl"),
        holds: claimreview::HOLDS,
        write: Some(|_, flow| pump(&claimreview::Writer, flow)),
        read: None,
    },
    Row {
        name: "triples",
        about: "who said what: source, cue and content, one row an attribution",
        unit: "code points",
        shape: Shape::File("csv"),
        holds: triples::HOLDS,
        write: Some(|options, flow| pump(&triples::Writer::table(options), flow)),
        read: None,
    },
    Row {
        name: "triples-jsonl",
        about: "who said what: source, cue and content, one line of JSON an attribution",
        unit: "code points",
        shape: Shape::File("jsonl"),
        holds: triples::HOLDS,
        write: Some(|_, flow| pump(&triples::Writer::lines(), flow)),
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
