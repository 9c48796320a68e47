//! How fast one dataset format becomes another, and in how much memory.

use std::{path::Path, sync::Arc, time::Instant};

use ascribe_engine::dataset::{
    self, Annotation, Destination, Format, Kind, ReadOptions, Record, Relation, Told, Way, Work, Works, WriteOptions,
    Written,
};
use ascribe_schema::{Span, Text};

use super::{Random, median, peak};
use crate::{DONE, Failed, Io};

/// How many documents, with how many annotations each.
const LARGE: (usize, usize) = (10_000, 100);
/// How many documents become XMI.
const SMALL: usize = 1000;
/// How often each conversion is measured.
const TIMES: usize = 5;
/// What texts are made of.
const WORDS: [&str; 20] = [
    "the",
    "minister",
    "said",
    "that",
    "no",
    "café",
    "was",
    "never",
    "“until",
    "now”",
    "closed",
    "officials",
    "denied",
    "of",
    "to",
    "report",
    "harbour",
    "we’re",
    "Tuesday",
    "agreement",
];

/// Makes a dataset in `folder`, converts it from format to format, and prints medians.
pub(super) fn run(folder: &Path, io: &mut Io<'_>) -> Result<u8, Failed> {
    let (brat, lines, few) = (folder.join("brat"), folder.join("large.jsonl"), folder.join("small.jsonl"));
    write(generated(LARGE.0), "brat", &Destination::Path(brat.clone()))?;
    write(generated(SMALL), "jsonl", &Destination::Path(few.clone()))?;
    write(generated(LARGE.0), "jsonl", &Destination::Path(lines.clone()))?;
    writeln!(io.out, "{} documents with {} annotations each; medians of {TIMES}", LARGE.0, LARGE.1)?;
    let rows = [
        ("brat", &brat, "jsonl", LARGE.0),
        ("jsonl", &lines, "parquet", LARGE.0),
        ("jsonl", &lines, "conll", LARGE.0),
        ("jsonl", &few, "uima", SMALL),
    ];
    for (from, input, to, documents) in rows {
        let mut run = 0;
        let time = median(TIMES, || {
            let start = Instant::now();
            let format = Format::named(from).ok_or("the format is not there")?;
            let works = dataset::read(format, std::slice::from_ref(input), &ReadOptions::default())?;
            run += 1;
            let written = write(works, to, &Destination::Path(folder.join(format!("{to}-{run}"))))?;
            let count = written.account.numbers(Kind::Annotation).all();
            let time = start.elapsed();
            if count == documents * LARGE.1 { Ok(time) } else { Err(format!("{count} annotations").into()) }
        })?;
        let peak = peak().map_or_else(|| "?".to_owned(), |peak| peak.to_string());
        writeln!(
            io.out,
            "{from:>6} → {to:<8} {documents:>6} documents {:>6.2} s, {peak} MiB at most",
            time.as_secs_f64()
        )?;
    }
    Ok(DONE)
}

fn write(works: Works, format: &str, to: &Destination) -> Result<Written, Failed> {
    let way = Way {
        change: &|record, _| Some(record),
        parts: Vec::new(),
        part: &|_| 0,
        summary: false,
        stopped: &|| false,
        progress: &mut |_| (),
    };
    let format = Format::named(format).ok_or("the format is not there")?;
    Ok(dataset::write(works, format, to, &WriteOptions::default(), way, &|_| Vec::new())?)
}

/// Documents that are made while they are written, so that memory shows what the conversion takes.
fn generated(documents: usize) -> Works {
    Box::new((0..documents).map(|number| Box::new(move |_: &mut Told| vec![record(number)]) as Work))
}

/// A document as newspapers have them: tags on some words of every sentence, every fifth tied, every tenth with a value.
fn record(number: usize) -> Record {
    let mut random = Random(number as u64 + 1);
    let (mut text, mut offset, mut annotations) = (String::new(), 0_u32, Vec::new());
    while annotations.len() < LARGE.1 {
        for n in 0..12 + random.below(28) {
            let start = offset;
            let words = 1 + random.below(6);
            for w in 0..words {
                let word = WORDS[random.below(20) as usize];
                text.push_str(word);
                offset += word.chars().count() as u32;
                if w + 1 < words {
                    text.push(' ');
                    offset += 1;
                }
            }
            if n % 3 == 0 && annotations.len() < LARGE.1 {
                let label = ["claim", "quote", "source", "denial"][random.below(4) as usize];
                let mut annotation =
                    Annotation::new(format!("T{}", annotations.len() + 1), label, vec![Span::new(start, offset)]);
                if annotations.len() % 10 == 9 {
                    annotation.attributes.insert("certainty".to_owned(), "probable".to_owned());
                }
                annotations.push(annotation);
            }
            text.push(' ');
            offset += 1;
        }
        text.push_str(".\n");
        offset += 2;
    }
    let tie = |n: usize| Relation { id: format!("R{n}"), kind: "attributed_to".to_owned(), from: n * 5, to: n * 5 + 1 };
    let relations = (0..LARGE.1 / 5).map(tie).collect();
    Record {
        id: format!("doc{number:06}"),
        text: Arc::new(Text::new(text)),
        annotations,
        relations,
        ..Record::default()
    }
}
