//! `prodigy`: the tasks of Prodigy, one a line, and the JSON lines that spaCy is trained from.
//!
//! Described at <https://prodi.gy/docs/api-interfaces>: `text`, `tokens`, `spans` (`start` and `end` in code points,
//! `token_start`, and `token_end`, which is the last token and not the one after it), `relations`, whose `head` and
//! `child` are numbers of tokens with the spans beside them, `answer`, `meta`. Written tokens are words by UAX #29, cut
//! further where an annotation begins or ends, so that every span is whole tokens.
//!
//! Prodigy keeps keys that it does not know. Our own are `id` on a task; on a span `annotation` (the id, the same on
//! all fragments of one annotation), `attributes` and `note`; `id` on a relation. `_annotator_id` is Prodigy's.
//!
//! Read, too: `{"text", "entities": [[start, end, label]]}` and pairs `["text", {"entities": […]}]`, spaCy's older ways
//! to write training data. Tasks that were rejected or ignored are told, not read.

mod read;
mod write;

pub(super) use self::{
    read::{open, recognise},
    write::Writer,
};
