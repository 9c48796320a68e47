//! The two forms of a structure on disk: an element of XMI, and an object of JSON.

use std::io::Write;

/// Writes structures one after the other.
pub(super) trait Form {
    /// Begins one.
    fn open(&mut self, kind: &'static str, id: u64);
    /// A number or truth value.
    fn literal(&mut self, name: &str, value: impl std::fmt::Display);
    /// A text.
    fn text(&mut self, name: &str, value: &str);
    /// A reference to another.
    fn reference(&mut self, name: &'static str, id: u64);
    /// Ends one.
    fn close(&mut self);
    /// Says that it belongs to the one text.
    fn reference_to_sofa(&mut self) {
        self.reference("sofa", 1);
    }
}

/// Elements of XMI.
pub(super) struct Xml<'a>(pub &'a mut Vec<u8>);

/// Objects of JSON, each with a comma before it but the first.
pub(super) struct Json<'a> {
    pub out: &'a mut Vec<u8>,
    pub first: bool,
}

impl Form for Xml<'_> {
    fn open(&mut self, kind: &'static str, id: u64) {
        let (package, name) = kind.rsplit_once('.').unwrap_or_default();
        let prefix = package.rsplit('.').next().unwrap_or_default();
        // `metadata.type` has the prefix of the package's own name.
        let prefix = if prefix == "type" { "metadata" } else { prefix };
        // Writing into memory cannot fail, here and below.
        let _ = write!(self.0, "<{prefix}:{name} xmi:id=\"{id}\"");
    }

    fn literal(&mut self, name: &str, value: impl std::fmt::Display) {
        let _ = write!(self.0, " {name}=\"{value}\"");
    }

    fn text(&mut self, name: &str, value: &str) {
        self.0.push(b' ');
        self.0.extend_from_slice(name.as_bytes());
        self.0.extend_from_slice(b"=\"");
        escape(value, self.0);
        self.0.push(b'"');
    }

    fn reference(&mut self, name: &'static str, id: u64) {
        self.literal(name, id);
    }

    fn close(&mut self) {
        self.0.extend_from_slice(b"/>\n");
    }
}

impl Form for Json<'_> {
    fn open(&mut self, kind: &'static str, id: u64) {
        self.out.extend_from_slice(if self.first { b"\n" } else { b",\n" });
        self.first = false;
        let _ = write!(self.out, "{{\"%ID\":{id},\"%TYPE\":\"{kind}\"");
    }

    fn literal(&mut self, name: &str, value: impl std::fmt::Display) {
        let _ = write!(self.out, ",\"{name}\":{value}");
    }

    fn text(&mut self, name: &str, value: &str) {
        let _ = write!(self.out, ",\"{name}\":");
        // A string is always JSON, and memory takes everything.
        let _ = serde_json::to_writer(&mut *self.out, value);
    }

    fn reference(&mut self, name: &'static str, id: u64) {
        let _ = write!(self.out, ",\"@{name}\":{id}");
    }

    fn close(&mut self) {
        self.out.push(b'}');
    }
}

/// Text as the value of an attribute: line breaks and tabs must be references, or readers make spaces of them.
fn escape(value: &str, out: &mut Vec<u8>) {
    let bytes = value.as_bytes();
    let mut from = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let reference: &[u8] = match byte {
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            b'>' => b"&gt;",
            b'"' => b"&quot;",
            b'\n' => b"&#10;",
            b'\r' => b"&#13;",
            b'\t' => b"&#9;",
            _ => continue,
        };
        out.extend_from_slice(&bytes[from..at]);
        out.extend_from_slice(reference);
        from = at + 1;
    }
    out.extend_from_slice(&bytes[from..]);
}

/// Whether XML 1.0 can hold a text (XML 1.0, production 2, Char).
pub(super) fn fits_xml(value: &str) -> bool {
    let bytes = value.as_bytes();
    let control = bytes.iter().any(|byte| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r'));
    !control && (value.is_ascii() || !value.contains(['\u{fffe}', '\u{ffff}']))
}
