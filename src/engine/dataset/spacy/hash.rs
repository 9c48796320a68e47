//! The numbers by which spaCy knows strings: MurmurHash64A with seed 1, but for the names of its own symbols.
//!
//! After spaCy 3.8.18, `spacy/strings.pyx` and `spacy/symbols.pyx`; the hash is Austin Appleby's, in the public domain.

use std::{collections::HashMap, sync::LazyLock};

/// Symbols 1 to 18.
const FLAGS: &str = "IS_ALPHA IS_ASCII IS_DIGIT IS_LOWER IS_PUNCT IS_SPACE IS_TITLE IS_UPPER LIKE_URL LIKE_NUM \
LIKE_EMAIL IS_STOP IS_OOV_DEPRECATED IS_BRACKET IS_QUOTE IS_LEFT_PUNCT IS_RIGHT_PUNCT IS_CURRENCY";
/// Symbols 64 to 103, after `FLAG19` to `FLAG63`.
const ATTRIBUTES: &str = "ID ORTH LOWER NORM SHAPE PREFIX SUFFIX LENGTH CLUSTER LEMMA POS TAG DEP ENT_IOB ENT_TYPE \
HEAD SENT_START SPACY PROB LANG ADJ ADP ADV AUX CONJ CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X \
EOL SPACE";
/// Symbols 380 to 456, after `DEPRECATED001` to `DEPRECATED276`.
const NAMES: &str = "PERSON NORP FACILITY ORG GPE LOC PRODUCT EVENT WORK_OF_ART LANGUAGE LAW DATE TIME PERCENT MONEY \
QUANTITY ORDINAL CARDINAL acomp advcl advmod agent amod appos attr aux auxpass cc ccomp complm conj cop csubj \
csubjpass dep det dobj expl hmod hyph infmod intj iobj mark meta neg nmod nn npadvmod nsubj nsubjpass num number oprd \
obj obl parataxis partmod pcomp pobj poss possessive preconj prep prt punct quantmod relcl rcmod root xcomp acl \
ENT_KB_ID MORPH ENT_ID IDX _";

static SYMBOLS: LazyLock<HashMap<String, u64>> = LazyLock::new(|| {
    let listed = |names: &'static str| names.split_ascii_whitespace().map(str::to_owned);
    let flags = (19..=63).map(|number| format!("FLAG{number}"));
    let deprecated = (1..=276).map(|number| format!("DEPRECATED{number:03}"));
    listed(FLAGS).chain(flags).chain(listed(ATTRIBUTES)).chain(deprecated).chain(listed(NAMES)).zip(1..).collect()
});

/// The number by which spaCy knows a string.
pub(super) fn number(string: &str) -> u64 {
    if string.is_empty() {
        return 0;
    }
    // No symbol is longer than this, and few words are symbols.
    let symbol = if string.len() <= 17 { SYMBOLS.get(string).copied() } else { None };
    symbol.unwrap_or_else(|| murmur(string.as_bytes()))
}

/// MurmurHash64A with seed 1.
fn murmur(bytes: &[u8]) -> u64 {
    const MIX: u64 = 0xc6a4_a793_5bd1_e995;
    let mut hash = 1 ^ (bytes.len() as u64).wrapping_mul(MIX);
    let (blocks, rest) = bytes.as_chunks::<8>();
    for block in blocks {
        let mut word = u64::from_le_bytes(*block).wrapping_mul(MIX);
        word ^= word >> 47;
        hash = (hash ^ word.wrapping_mul(MIX)).wrapping_mul(MIX);
    }
    if !rest.is_empty() {
        let word = rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
        hash = (hash ^ word).wrapping_mul(MIX);
    }
    hash = (hash ^ hash >> 47).wrapping_mul(MIX);
    hash ^ hash >> 47
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_have_the_numbers_that_spacy_gives_them() {
        // The first is in spaCy's documentation; all were asked of spaCy 3.8.18.
        assert_eq!(number("coffee"), 3_197_928_453_018_144_401);
        assert_eq!(number("“"), 16_073_121_960_489_476_521);
        assert_eq!(number("😀 long text here ok"), 11_337_707_147_031_952_297);
        assert_eq!(number("12345678"), 9_871_996_032_675_327_904);
        assert_eq!(number(""), 0);
    }

    #[test]
    fn names_of_symbols_are_their_places() {
        let known = [("IS_ALPHA", 1), ("FLAG19", 19), ("ORTH", 65), ("SPACE", 103), ("DEPRECATED001", 104)];
        let more = [("PERSON", 380), ("ORG", 383), ("mark", 423), ("ENT_KB_ID", 452), ("_", 456)];
        for (name, place) in known.into_iter().chain(more) {
            assert_eq!(number(name), place, "{name}");
        }
        assert_eq!(SYMBOLS.len(), 456);
    }
}
