//! `spacy`: a DocBin of spaCy 3, the file that `spacy train` reads.
//!
//! Written by us and not by a script for spaCy, so that nobody needs Python to export, memory stays flat and the
//! account is one for all formats. The layout is read from spaCy 3.8.18, `spacy/tokens/_serialize.py` and
//! `span_group.pyx`: MessagePack, compressed by zlib, of all tokens as 64-bit hashes (`hash.rs`), all strings, and a
//! group of spans for each text.
//!
//! The spans are in `doc.spans["sc"]`, the key that spaCy's span categoriser reads by default, because `doc.ents`
//! takes no overlap. Tokens are words by UAX #29, cut further where an annotation begins or ends, so that every span is
//! exact; `doc.text` is the text to the character. Fragments are spans of their own with one `id_`, the annotation's.
//! `doc.user_data` has `id`, `annotator` and `meta`. Relations, attributes and notes have no place in it.

mod hash;
mod write;

pub(super) use self::write::{HOLDS, Writer};
