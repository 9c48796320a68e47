//! Putting a REFI-QDA project together.
//!
//! What comes first in the XML is known last, so the texts go straight into the archive, and everything about their
//! selections into a temporary file.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs::File,
    io::{self, BufWriter, Read, Seek, SeekFrom, Write},
};

use zip::{
    DateTime, ZipWriter,
    write::{SimpleFileOptions, StreamWriter},
};

use super::{
    ATTRIBUTES, PROJECT, guid, label_guid, set_guid, user_guid, value_guid, variable_guid,
    write::{Piece, push_made},
};
use crate::{
    dataset::{
        DatasetError,
        markup::{push_attribute, push_element},
        pump::{Place, Sink},
    },
    store::Stream,
};

/// A source as far as it is written.
struct Source {
    guid: String,
    name: String,
    user: String,
    meta: Vec<(String, String)>,
    /// Where its selections are in the temporary file.
    pieces: Vec<(u64, u64)>,
}

/// Writes the archive.
pub struct Project {
    head: String,
    zip: ZipWriter<StreamWriter<Stream>>,
    spool: BufWriter<File>,
    spooled: u64,
    links: BufWriter<File>,
    has_links: bool,
    sources: Vec<Source>,
    places: HashMap<String, usize>,
    labels: BTreeMap<String, (String, String)>,
    values: BTreeMap<String, BTreeSet<String>>,
    /// The sources of each annotator.
    users: BTreeMap<String, Vec<String>>,
}

fn options() -> SimpleFileOptions {
    // The time of day would make every archive another.
    SimpleFileOptions::default().last_modified_time(DateTime::default()).large_file(true)
}

impl Project {
    /// Begins to write; `head` is the start of the XML, `labels` are those of the scheme.
    pub fn begin(
        place: Place<'_>,
        head: String,
        labels: BTreeMap<String, (String, String)>,
    ) -> Result<Self, DatasetError> {
        let spool = || tempfile::tempfile().map(BufWriter::new).map_err(|source| place.io(source));
        Ok(Self {
            head,
            zip: ZipWriter::new_stream(place.stream()?),
            spool: spool()?,
            spooled: 0,
            links: spool()?,
            has_links: false,
            sources: Vec::new(),
            places: HashMap::new(),
            labels,
            values: BTreeMap::new(),
            users: BTreeMap::new(),
        })
    }

    fn add(&mut self, piece: Piece) -> io::Result<()> {
        let at = match self.places.get(&piece.source) {
            Some(at) => *at,
            None => {
                let path = format!("sources/{}.txt", piece.source);
                self.zip.start_file(path, options()).map_err(io::Error::other)?;
                self.zip.write_all(piece.text.as_bytes())?;
                self.places.insert(piece.source.clone(), self.sources.len());
                let (guid, name) = (piece.source.clone(), piece.name);
                let (user, meta) = (piece.annotator.clone(), piece.meta);
                self.sources.push(Source { guid, name, user, meta, pieces: Vec::new() });
                self.sources.len() - 1
            }
        };
        self.spool.write_all(piece.selections.as_bytes())?;
        let length = piece.selections.len() as u64;
        self.sources[at].pieces.push((self.spooled, length));
        self.spooled += length;
        self.links.write_all(piece.links.as_bytes())?;
        self.has_links |= !piece.links.is_empty();
        for label in piece.labels {
            self.labels.entry(label).or_default();
        }
        for (name, value) in piece.values {
            self.values.entry(name).or_default().insert(value);
        }
        if !piece.annotator.is_empty() {
            self.users.entry(piece.annotator).or_default().push(piece.source);
        }
        Ok(())
    }

    /// What stands before the sources: users, codes and variables.
    fn before(&self) -> String {
        let mut out = self.head.clone();
        if !self.users.is_empty() {
            out.push_str("<Users>\n");
            for name in self.users.keys() {
                out.push_str("<User");
                push_attribute(&mut out, "guid", &user_guid(name));
                push_attribute(&mut out, "name", name);
                push_attribute(&mut out, "id", name);
                out.push_str("/>\n");
            }
            out.push_str("</Users>\n");
        }
        if !self.labels.is_empty() || !self.values.is_empty() {
            out.push_str("<CodeBook><Codes>\n");
            for (label, (color, guideline)) in &self.labels {
                open_code(&mut out, &label_guid(label), label, true, color);
                if !guideline.is_empty() {
                    push_element(&mut out, "Description", guideline);
                }
                out.push_str("</Code>\n");
            }
            self.attributes(&mut out);
            out.push_str("</Codes></CodeBook>\n");
        }
        let variables: BTreeSet<_> =
            self.sources.iter().flat_map(|source| &source.meta).map(|(name, _)| name).collect();
        if !variables.is_empty() {
            out.push_str("<Variables>\n");
            for name in variables {
                out.push_str("<Variable");
                push_attribute(&mut out, "guid", &variable_guid(name));
                push_attribute(&mut out, "name", name);
                push_attribute(&mut out, "typeOfVariable", "Text");
                out.push_str("/>\n");
            }
            out.push_str("</Variables>\n");
        }
        out
    }

    fn attributes(&self, out: &mut String) {
        if self.values.is_empty() {
            return;
        }
        open_code(out, &guid(&["qdpx attributes"]), ATTRIBUTES, false, "");
        for (name, values) in &self.values {
            open_code(out, &guid(&["qdpx attribute", name]), name, false, "");
            for value in values {
                open_code(out, &value_guid(name, value), value, true, "");
                out.push_str("</Code>\n");
            }
            out.push_str("</Code>\n");
        }
        out.push_str("</Code>\n");
    }

    /// What stands after the links: who worked on which sources.
    fn after(&self) -> String {
        let mut out = String::new();
        if !self.users.is_empty() {
            out.push_str("<Sets>\n");
            for (name, sources) in &self.users {
                out.push_str("<Set");
                push_attribute(&mut out, "guid", &set_guid(name));
                push_attribute(&mut out, "name", &format!("annotated by {name}"));
                out.push('>');
                for source in sources {
                    out.push_str("<MemberSource");
                    push_attribute(&mut out, "targetGUID", source);
                    out.push_str("/>");
                }
                out.push_str("</Set>\n");
            }
            out.push_str("</Sets>\n");
        }
        out.push_str("</Project>\n");
        out
    }

    fn complete(mut self) -> io::Result<()> {
        self.zip.start_file(PROJECT, options()).map_err(io::Error::other)?;
        self.zip.write_all(self.before().as_bytes())?;
        let after = self.after();
        let mut spool = self.spool.into_inner().map_err(io::IntoInnerError::into_error)?;
        if !self.sources.is_empty() {
            self.zip.write_all(b"<Sources>\n")?;
            for source in &self.sources {
                let (start, end) = tags(source);
                self.zip.write_all(start.as_bytes())?;
                for (at, length) in &source.pieces {
                    spool.seek(SeekFrom::Start(*at))?;
                    io::copy(&mut Read::by_ref(&mut spool).take(*length), &mut self.zip)?;
                }
                self.zip.write_all(end.as_bytes())?;
            }
            self.zip.write_all(b"</Sources>\n")?;
        }
        if self.has_links {
            let mut links = self.links.into_inner().map_err(io::IntoInnerError::into_error)?;
            links.rewind()?;
            self.zip.write_all(b"<Links>\n")?;
            io::copy(&mut links, &mut self.zip)?;
            self.zip.write_all(b"</Links>\n")?;
        }
        self.zip.write_all(after.as_bytes())?;
        self.zip.finish().map_err(io::Error::other)?.into_inner().flush()
    }
}

/// What stands before and after the selections of a source.
fn tags(source: &Source) -> (String, String) {
    let mut start = "<TextSource".to_owned();
    push_attribute(&mut start, "guid", &source.guid);
    push_attribute(&mut start, "name", &source.name);
    push_attribute(&mut start, "plainTextPath", &format!("internal://{}.txt", source.guid));
    push_made(&mut start, &source.user, "");
    start.push_str(">\n");
    let mut end = String::new();
    for (name, value) in &source.meta {
        end.push_str("<VariableValue><VariableRef");
        push_attribute(&mut end, "targetGUID", &variable_guid(name));
        end.push_str("/>");
        push_element(&mut end, "TextValue", value);
        end.push_str("</VariableValue>\n");
    }
    end.push_str("</TextSource>\n");
    (start, end)
}

fn open_code(out: &mut String, own: &str, name: &str, codable: bool, color: &str) {
    out.push_str("<Code");
    push_attribute(out, "guid", own);
    push_attribute(out, "name", name);
    push_attribute(out, "isCodable", if codable { "true" } else { "false" });
    let hexadecimal = color.strip_prefix('#').is_some_and(|digits| digits.bytes().all(|c| c.is_ascii_hexdigit()));
    if hexadecimal && [4, 7].contains(&color.len()) {
        push_attribute(out, "color", color);
    }
    out.push('>');
}

impl Sink<Vec<Piece>> for Project {
    fn put(&mut self, place: Place<'_>, pieces: Vec<Piece>) -> Result<(), DatasetError> {
        pieces.into_iter().try_for_each(|piece| self.add(piece)).map_err(|source| place.io(source))
    }

    fn finish(self, place: Place<'_>) -> Result<(), DatasetError> {
        self.complete().map_err(|source| place.io(source))
    }
}
