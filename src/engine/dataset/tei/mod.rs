//! `tei`: TEI P5 with the annotations apart from the text, one file a document. Only written.
//!
//! TEI P5 Guidelines 4, <https://tei-c.org/release/doc/tei-p5-doc/en/html/>: `standOff` (16.10), `listAnnotation`
//! (16.11.5), `relation` (14.3.2), the pointer scheme `string-range()` (17.2.4). The text is one `ab` with
//! `xml:space="preserve"`; a line ends with its line feed and `lb`, so the characters of the `ab` are those of the
//! text, one for one, and `string-range(text,OFFSET,LENGTH)` counts the same code points as everywhere in Ascribe.
//!
//! A label is a `category`, an annotation an `annotation` with a range for each fragment and its label as a `note`, an
//! attribute a `note` of the type `attribute` with its name in `n`, a note one of the type `comment`, a relation a
//! `relation`. XML cannot hold control characters: a document with one in its text is left out, elsewhere it is
//! replaced.

mod write;

pub(super) use self::write::Writer;
