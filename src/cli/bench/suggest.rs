//! How fast the stream proposes, in how much memory, and how soon the proposals for a long article are there.

use std::{
    fmt::Write as _,
    io::{self, Read, Write},
    time::Instant,
};

use ascribe_engine::{Basis, stream::stream};
use ascribe_schema::Text;

use super::{Random, median, peak};
use crate::{DONE, Failed, Io};

/// What articles are made of.
const SAMPLES: [&str; 2] = [
    include_str!("../../../projects/port-averne/documents/in-port-averne-the-bridge-that-stands-on-b9vsrshj.txt"),
    include_str!("../../../projects/port-averne/documents/fog-a-brass-band-and-one-button-how-the-gebh28ga.txt"),
];
/// The size of an article in a stream, about, in bytes.
const ARTICLE: usize = 5000;
/// How many different articles there are; a stream goes through them again and again.
const ARTICLES: usize = 2000;
/// How many megabytes go through the stream, unless somebody says.
const SIZES: [u64; 2] = [100, 1000];
/// The size of an article that is opened, in bytes.
const OPENED: usize = 100_000;

/// Measures the stream on so many megabytes, and one long article.
pub(super) fn run(megabytes: Option<u64>, io: &mut Io<'_>) -> Result<u8, Failed> {
    let mut random = Random(42);
    let opened = article(OPENED, &mut random);
    let time = median(9, || {
        let text = Text::new(opened.as_str()).into();
        let start = Instant::now();
        let proposed = Basis::default().propose(text, []);
        let time = start.elapsed();
        if proposed.is_empty() { Err("nothing is proposed".into()) } else { Ok(time) }
    })?;
    writeln!(io.out, "one article of {} KB: {:.1} ms (median)", OPENED / 1000, time.as_secs_f64() * 1e3)?;
    let lines = lines(&mut random)?;
    let sizes = megabytes.map_or(SIZES.to_vec(), |megabytes| vec![megabytes]);
    for megabytes in sizes {
        let input = Again { lines: &lines, at: 0, left: megabytes * 1_000_000 };
        let (mut output, start) = (Counted(0), Instant::now());
        let streamed = stream(input, &mut output)?;
        let time = start.elapsed().as_secs_f64();
        // The last line may be cut.
        if streamed.refused > 1 {
            return Err(format!("{} lines were refused", streamed.refused).into());
        }
        let peak = peak().map_or_else(|| "?".to_owned(), |peak| peak.to_string());
        writeln!(
            io.out,
            "{megabytes:>5} MB in, {:.0} MB out: {:.2} MB/s, {:.0} documents/s, {peak} MiB at most",
            output.0 as f64 / 1e6,
            megabytes as f64 / time,
            streamed.documents as f64 / time
        )?;
    }
    Ok(DONE)
}

/// An article of about that size: paragraphs of the samples, in another order each time, with numbers that differ.
fn article(size: usize, random: &mut Random) -> String {
    let paragraphs: Vec<_> = SAMPLES.iter().flat_map(|sample| sample.split("\n\n")).collect();
    let mut text = String::with_capacity(size + 1000);
    let _ = writeln!(text, "News number {}", random.below(1_000_000));
    while text.len() < size {
        text.push('\n');
        text.push_str(paragraphs[random.below(paragraphs.len() as u32) as usize].trim_end());
        text.push('\n');
    }
    text.truncate(text.floor_char_boundary(size));
    text
}

/// The articles as lines of a stream.
fn lines(random: &mut Random) -> Result<Vec<u8>, Failed> {
    let mut lines = Vec::new();
    for number in 0..ARTICLES {
        let text = article(ARTICLE, random);
        serde_json::to_writer(&mut lines, &serde_json::json!({ "id": format!("doc{number:06}"), "text": text }))?;
        lines.push(b'\n');
    }
    Ok(lines)
}

/// The lines again and again, so many bytes of them.
struct Again<'a> {
    lines: &'a [u8],
    at: usize,
    left: u64,
}

impl Read for Again<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.left).unwrap_or(usize::MAX);
        let length = (self.lines.len() - self.at).min(buffer.len()).min(left);
        buffer[..length].copy_from_slice(&self.lines[self.at..self.at + length]);
        self.at = (self.at + length) % self.lines.len();
        self.left -= length as u64;
        Ok(length)
    }
}

/// Counts bytes.
struct Counted(u64);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
