//! `suggest --stream`: JSON lines in, JSON lines out, for pipelines.

use std::io::Read;

use ascribe_engine::stream::Streamed;

use crate::{DONE, Failed, Io, NEEDS_A_PERSON};

/// Proposes for each line of `input`.
pub(super) fn stream(input: impl Read + Send, io: &mut Io<'_>) -> Result<u8, Failed> {
    let Streamed { refused, .. } = ascribe_engine::stream::stream(input, io.out)?;
    Ok(if refused > 0 { NEEDS_A_PERSON } else { DONE })
}
