//! `conll`: a token a line with a tag that says which annotation it begins or continues.
//!
//! The form of the CoNLL shared tasks (<https://aclanthology.org/W03-0419/>) with comments as in CoNLL-U Plus
//! (<https://universaldependencies.org/ext-format.html>). It has no offsets, relations, attributes and notes.
//!
//! # Writing
//!
//! One file: a line a token, columns apart by a tab, a blank line after each sentence. The first column is the token
//! (words by UAX #29), then one column a label, in the order of the scheme, labels it does not know behind it by name;
//! `# global.columns` at the top names them. In a column of its own a label does not hide another. Of annotations with
//! one label on the same words the longest stays, then the first; the others are left out. An annotation that begins or
//! ends inside a word is widened to it. Each fragment begins with a `B-` of its own. No annotation is cut by the end of a
//! sentence: the sentences are joined.
//!
//! Tags are IOB2 (`B-`, `I-`, `O`) or BILOU. Before each document stand `# newdoc id = …` and `# ascribe = {…}` with its
//! exact text, metadata and annotator as JSON, from which reading restores them; programs that read CoNLL skip lines
//! with `#` and a space.
//!
//! With one column for all labels (`one_column`) the file is as that of CoNLL-2003, without comments, for readers that
//! know nothing else, such as `spacy convert -c ner`: `TOKEN -X- O TAG`, apart by spaces, with `-DOCSTART- -X- O O` before
//! each document. The longest annotation stays, whatever its label; ids, metadata and spacing have no place.
//!
//! # Reading
//!
//! Columns apart by tabs, or else by spaces. The tags are in the columns that `# global.columns` names besides `FORM`;
//! without it, in all columns behind the token if all look like tags, else in the last. The token is in the first column,
//! or behind one that numbers the tokens of each sentence. BIO, IOB, IOB2, BILOU, BIOES and BMEWO are told by what stands
//! there: an `I-` that continues nothing begins something. Documents begin with `-DOCSTART-` or
//! `# newdoc`; a file without is one document. The text is that of `# ascribe`, or of the sentences' `# text =` if its
//! tokens are in it; else tokens are set with one space between, and sentences a line each.

mod columns;
mod document;
mod read;
mod spool;
mod tags;
mod write;

pub(super) use self::{
    read::{open, recognise},
    write::Writer,
};
