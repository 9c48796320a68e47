//! Offsets, bytes and UTF-16 code units agree with a naive count.

use ascribe_schema::{Offset, Span, Text};
use proptest::{collection::vec, prelude::*, sample::select};

/// Characters of one, two, three and four bytes, some of which join with their neighbours.
const ODD: [char; 14] =
    ['a', ' ', '\n', '\u{301}', 'é', 'ا', '“', '…', '\u{202e}', '\u{feff}', '🦀', '👩', '\u{200d}', '\u{10ffff}'];

fn text(length: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    vec(prop_oneof![select(&ODD[..]), any::<char>()], length).prop_map(String::from_iter)
}

/// The bytes and UTF-16 units before each character, and before the end.
fn naive(content: &str) -> Vec<(usize, usize)> {
    let mut places = vec![(0, 0)];
    let (mut bytes, mut units) = (0, 0);
    for c in content.chars() {
        bytes += c.to_string().len();
        units += c.to_string().encode_utf16().count();
        places.push((bytes, units));
    }
    places
}

fn check(content: &str) {
    let text = Text::new(content);
    let places = naive(content);
    let last = places.len() - 1;
    assert_eq!(text.len(), Offset(last as u32));
    for (offset, &(byte, utf16)) in (0..).map(Offset).zip(&places) {
        assert_eq!((text.byte(offset), text.utf16(offset)), (Some(byte), Some(utf16)), "at {offset}");
        assert_eq!(text.char_at(offset), content.chars().nth(offset.get()), "at {offset}");
    }
    let find = |places: Vec<usize>, wanted| places.binary_search(&wanted).ok().map(|at| Offset(at as u32));
    let (bytes, units): (Vec<_>, Vec<_>) = places.iter().copied().unzip();
    for byte in 0..bytes[last] + 3 {
        assert_eq!(text.offset_of_byte(byte), find(bytes.clone(), byte), "byte {byte}");
    }
    for unit in 0..units[last] + 3 {
        assert_eq!(text.offset_of_utf16(unit), find(units.clone(), unit), "UTF-16 unit {unit}");
    }
    let past = text.len().plus(1);
    assert_eq!((text.byte(past), text.utf16(past), text.char_at(text.len())), (None, None, None));
}

#[test]
fn offsets_agree_with_a_naive_count_around_every_step_of_the_index() {
    for length in [0, 1, 127, 128, 129, 255, 256, 257, 384, 1000] {
        for unit in ["a", "é", "“", "🦀", "a🦀", "🦀a“é"] {
            check(&unit.chars().cycle().take(length).collect::<String>());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..Default::default() })]

    #[test]
    fn offsets_agree_with_a_naive_count_in_any_text(content in text(0..700)) {
        check(&content);
    }

    #[test]
    fn a_slice_is_what_skipping_and_taking_gives(content in text(0..400), start in 0..420_u32, end in 0..420_u32) {
        let text = Text::new(content.as_str());
        let fits = start <= end && end <= text.len().0;
        let expected: String = content.chars().take(end as usize).skip(start as usize).collect();
        prop_assert_eq!(text.slice(Span::new(start, end)), fits.then_some(expected.as_str()));
    }
}
