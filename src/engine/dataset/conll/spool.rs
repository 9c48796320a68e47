//! Rows that wait in a scratch file until all labels are known, since each is a column of every row.

use std::{
    collections::BTreeSet,
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Read, Seek, Write},
};

/// Rows with a column for each of their labels, piece by piece.
pub struct Spool {
    file: BufWriter<File>,
    pieces: Vec<(u64, Vec<String>)>,
    /// Labels whose columns come first, in this order.
    first: Vec<String>,
}

impl Spool {
    /// Begins with no rows.
    pub fn new(first: Vec<String>) -> io::Result<Self> {
        let file = BufWriter::with_capacity(1 << 18, tempfile::tempfile()?);
        Ok(Self { file, pieces: Vec::new(), first })
    }

    /// Adds rows; `labels` names their columns behind the token.
    pub fn add(&mut self, rows: &[u8], labels: Vec<String>) -> io::Result<()> {
        self.pieces.push((rows.len() as u64, labels));
        self.file.write_all(rows)
    }

    /// Writes everything with the columns of all labels.
    pub fn pour(self, out: &mut dyn Write) -> io::Result<()> {
        let all: BTreeSet<&String> = self.pieces.iter().flat_map(|(_, labels)| labels).collect();
        let more = all.into_iter().filter(|label| !self.first.contains(label));
        let columns: Vec<&String> = self.first.iter().chain(more).collect();
        write!(out, "# global.columns = FORM")?;
        columns.iter().try_for_each(|label| write!(out, " {label}"))?;
        writeln!(out)?;
        let mut file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        let mut file = BufReader::with_capacity(1 << 18, file);
        for (length, labels) in &self.pieces {
            let mut rows = file.by_ref().take(*length);
            if labels.iter().eq(columns.iter().copied()) {
                io::copy(&mut rows, out)?;
            } else {
                let places: Vec<_> = columns.iter().map(|label| labels.iter().position(|own| own == *label)).collect();
                widen(&mut rows, &places, out)?;
            }
        }
        Ok(())
    }
}

/// Writes rows with other columns: those at `places` of the ones they have, `O` where there is none.
fn widen(rows: &mut impl BufRead, places: &[Option<usize>], out: &mut dyn Write) -> io::Result<()> {
    let (mut line, mut wide) = (Vec::new(), Vec::new());
    loop {
        line.clear();
        if rows.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        let row = line.strip_suffix(b"\n").unwrap_or(&line);
        if row.is_empty() || row.starts_with(b"# ") {
            out.write_all(&line)?;
            continue;
        }
        let cells: Vec<_> = row.split(|byte| *byte == b'\t').collect();
        wide.clear();
        wide.extend_from_slice(cells[0]);
        for place in places {
            wide.push(b'\t');
            wide.extend_from_slice(place.and_then(|place| cells.get(place + 1)).unwrap_or(&b"O".as_slice()));
        }
        wide.push(b'\n');
        out.write_all(&wide)?;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn rows_get_the_columns_of_labels_that_come_later() {
        let labels = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let mut spool = Spool::new(labels(&["quote"])).unwrap();
        spool.add(b"# newdoc\n#\tB-quote\n\n", labels(&["quote"])).unwrap();
        spool.add(b"a\tO\tB-claim\tO\n", labels(&["quote", "claim", "source"])).unwrap();
        let mut out = Vec::new();
        spool.pour(&mut out).unwrap();
        let expected = "# global.columns = FORM quote claim source\n# newdoc\n#\tB-quote\tO\tO\n\na\tO\tB-claim\tO\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
