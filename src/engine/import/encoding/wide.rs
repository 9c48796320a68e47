//! UTF-16 without a byte-order mark.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::guess::Guess;

/// How many characters of a file are looked at.
const LOOKED_AT: usize = 1 << 15;
/// So many more common characters than in the other order leave no doubt.
const CLEAR: usize = 4;

/// Whether the bytes are UTF-16, and in which order: in the wrong one letters are scattered over all scripts.
pub(super) fn guess(bytes: &[u8]) -> Option<Guess> {
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let [little, big] = [UTF_16LE, UTF_16BE].map(|encoding| (usual(bytes, encoding), encoding));
    let (best, other) = if big.0 > little.0 { (big, little) } else { (little, big) };
    let (most, least) = (best.0?, other.0.unwrap_or(0));
    let looked_at = LOOKED_AT.min(bytes.len() / 2);
    let clear = most >= CLEAR + least;
    (most * 10 >= looked_at * 9).then(|| Guess { encoding: best.1, others: if clear { vec![] } else { vec![other.1] } })
}

/// How many characters are common ones in that order; nothing where one is none at all.
fn usual(bytes: &[u8], encoding: &'static Encoding) -> Option<usize> {
    let unit = |pair: &[u8]| match encoding == UTF_16LE {
        true => u16::from_le_bytes([pair[0], pair[1]]),
        false => u16::from_be_bytes([pair[0], pair[1]]),
    };
    let units = bytes.chunks_exact(2).take(LOOKED_AT).map(unit);
    let mut count = 0;
    for c in char::decode_utf16(units) {
        // The end of what is looked at may cut a pair of surrogates.
        let Ok(c) = c else { if bytes.len() > 2 * LOOKED_AT { continue } else { return None } };
        match c {
            '\t'
            | '\r'
            | '\n'
            | '\u{c}'
            | ' '..='~'
            | '\u{a0}'..='\u{24f}'
            | '\u{300}'..='\u{6ff}'
            | '\u{900}'..='\u{e7f}' => count += 1,
            '\u{1e00}'..='\u{1fff}'
            | '\u{2010}'..='\u{203a}'
            | '\u{20ac}'
            | '\u{3000}'..='\u{30ff}'
            | '\u{4e00}'..='\u{9fff}' => count += 1,
            '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff5e}' | '\u{10000}'.. => count += 1,
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{ffff}' => return None,
            _ => {}
        }
    }
    Some(count)
}
