//! Tests of splitting and laying out, with the bundled fonts only.
#![allow(clippy::unwrap_used, clippy::panic)]

use ascribe_schema::{Offset, Text};
use egui::{Color32, pos2};
use parley::BaseDirection;
use unicode_segmentation::UnicodeSegmentation;

use super::chunks::{Chunks, MAX_BYTES, is_boundary};
use super::heights::Heights;
use super::laid::{Laid, Place, Setting};
use super::*;

pub(super) const ARABIC: &str = "قال الوزير إن التقرير كاذب";
pub(super) const FAMILY: &str = "👩‍👩‍👧‍👦";

pub(super) fn style() -> TextStyle {
    TextStyle::new(Color32::BLACK, Color32::LIGHT_BLUE, Color32::RED)
}

/// A small generator of numbers, the same in every run.
pub(super) struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

fn lay_out(text: &str) -> Laid {
    lay_out_in(text, 600.0)
}

fn lay_out_in(text: &str, width: f32) -> Laid {
    let setting = Setting { style: style(), width, scale: 1.0 };
    Fonts::new(SystemFonts::Skip).lay_out(text, &setting, BaseDirection::Auto)
}

#[test]
fn chunks_cover_the_text_and_keep_clusters_whole() {
    let long = format!("{}{}", "a\u{301}".repeat(5000), FAMILY.repeat(900));
    let texts = [
        String::new(),
        "\n".to_owned(),
        "one\r\ntwo\n\nthree".to_owned(),
        "word ".repeat(4000),
        format!("{long}\n{long}\r\n"),
        format!("a{}b", "\u{301}".repeat(6000)),
        "大臣は「嘘だ。」と述べた。".repeat(300),
    ];
    for text in texts {
        let index = Text::new(text.as_str());
        let (mut byte, mut lines) = (0, 0);
        for chunk in Chunks::new(&text).iter() {
            let bytes = chunk.bytes();
            let between = &text[byte..bytes.start];
            assert!(["", "\n", "\r\n"].contains(&between), "{between:?} is lost");
            assert!(bytes.len() <= MAX_BYTES || text[bytes.clone()].graphemes(true).count() == 1);
            assert!(is_boundary(&text, bytes.start) && is_boundary(&text, bytes.end));
            assert_eq!(index.slice(chunk.span()), Some(&text[bytes.clone()]));
            lines += usize::from(chunk.ends_line);
            byte = bytes.end;
        }
        assert!(["", "\n"].contains(&&text[byte..]));
        assert_eq!(lines, text.split('\n').count());
    }
}

#[test]
fn chunks_are_found_by_offset() {
    let chunks = Chunks::new("ab\n\ncd");
    let found: Vec<_> = (0..8).map(|offset| chunks.at(Offset(offset))).collect();
    assert_eq!(found, [0, 0, 0, 1, 2, 2, 2, 2]);
}

#[test]
fn heights_agree_with_plain_sums() {
    let mut numbers = Numbers(42);
    let mut plain: Vec<f64> = (0..333).map(|_| numbers.below(50) as f64 + 1.0).collect();
    let mut heights = Heights::new(plain.clone());
    for _ in 0..500 {
        let (index, height) = (numbers.below(plain.len()), numbers.below(90) as f64 + 1.0);
        assert_eq!(heights.set(index, height), height - plain[index]);
        plain[index] = height;
        let at = numbers.below(plain.len() + 1);
        let sum: f64 = plain[..at].iter().sum();
        assert_eq!(heights.before(at), sum);
        if at < plain.len() {
            assert_eq!(heights.find(sum), (at, sum));
            assert_eq!(heights.find(sum + plain[at] - 0.5), (at, sum));
        }
    }
    assert_eq!(heights.total(), plain.iter().sum::<f64>());
    assert_eq!(heights.find(-5.0), (0, 0.0));
    assert_eq!(heights.find(1e9).0, plain.len() - 1);
    assert_eq!(Heights::default().find(3.0), (0, 0.0));
}

#[test]
fn a_hit_finds_the_caret_again() {
    let text = "The minister said “no” to the fifth official question, naïvely; and then a second line follows it.";
    let laid = lay_out_in(text, 300.0);
    assert!(laid.line_count() > 2);
    for (byte, _) in text.char_indices() {
        let caret = laid.caret(Place::before(byte));
        let hit = laid.hit(pos2(caret.left() + 0.3, caret.center().y));
        assert_eq!(hit.byte, byte);
        assert_eq!(laid.char_at(pos2(caret.left() + 0.3, caret.center().y)), Some(byte));
    }
    assert_eq!(laid.char_at(pos2(-3.0, 5.0)), None);
    assert_eq!(laid.char_at(pos2(5.0, -3.0)), None);
}

#[test]
fn arabic_runs_from_right_to_left() {
    let laid = lay_out(ARABIC);
    assert!(laid.is_rtl());
    let word = |n: usize| ARABIC.split(' ').take(n).map(|word| word.len() + 1).sum::<usize>();
    let of = |n: usize| laid.stretches(word(n)..word(n + 1) - 1);
    for n in 0..4 {
        let (this, next) = (of(n), of(n + 1));
        assert_eq!((this.len(), next.len()), (1, 1));
        assert!(next[0].right <= this[0].left, "word {n} is not right of the next");
    }
    assert!((of(0)[0].right - 600.0).abs() < 1.0, "not aligned to the right");
}

#[test]
fn a_span_over_two_directions_has_two_parts() {
    let text = format!("The minister said {ARABIC} today");
    let laid = lay_out(&text);
    let half = text.find("إن").unwrap();
    assert_eq!(laid.stretches(4..half).len(), 2);
    assert_eq!(laid.stretches(4..12).len(), 1);
    assert_eq!(laid.stretches(0..text.len()).len(), 1);
    assert_eq!(laid.stretches(4..4).len(), 0);
}

const JAPANESE: &str = "大臣は「それは嘘だ」と述べた。ところが、関係者（匿名）によれば、ニュースは正しかったという！ちょっと待って、ファックスが届いた。";
const THAI: &str = "รัฐมนตรีกล่าวว่าข่าวนี้ไม่เป็นความจริงและไม่มีใครเคยเห็นเอกสารดังกล่าวมาก่อน";

#[test]
fn a_caret_never_stands_inside_what_a_reader_takes_for_one_character() {
    let mut fonts = Fonts::new(SystemFonts::Skip);
    let setting = Setting { style: style(), width: 200.0, scale: 1.0 };
    for text in [
        "क्षत्रिय राष्ट्रपति ने कहा, हिन्दी में।",
        "n\u{303}a\u{308}\u{323}o\u{302}\u{301} Việt e\u{301}\u{301}\u{301}",
        "👩‍👩‍👧‍👦👍🏽🇲🇦🇫🇷1️⃣2️⃣#️⃣🏴󠁧󠁢󠁳󠁣󠁴󠁿❤️‍🔥☎️",
        "กำลังน้ำที่ผู้ใหญ่ซื้อ",
        "한국어 \u{1100}\u{1161}\u{11a8} 각",
        "مُحَمَّدٌ لا إله שָׁלוֹם",
        "தமிழ் கௌ கொ",
    ] {
        let laid = fonts.lay_out(text, &setting, BaseDirection::Auto);
        let cells = (0..laid.line_count()).flat_map(|line| laid.cells(line));
        let mut found: Vec<_> = cells.map(|cell| cell.start as usize..cell.end as usize).collect();
        found.sort_by_key(|cell| cell.start);
        let clusters: Vec<_> = text.grapheme_indices(true).map(|(at, cluster)| at..at + cluster.len()).collect();
        assert_eq!(found, clusters, "{text}");
    }
}

#[test]
fn lines_break_where_each_script_allows() {
    let mut fonts = Fonts::new(SystemFonts::Skip);
    for width in 120..500 {
        let setting = Setting { style: style(), width: width as f32, scale: 1.0 };
        let mut lines = |text: &'static str| {
            let laid = fonts.lay_out(text, &setting, BaseDirection::Auto);
            (0..laid.line_count()).map(|line| &text[laid.line_bytes(line)]).collect::<Vec<_>>()
        };
        for pair in lines(JAPANESE).windows(2) {
            let forbidden = |c: char| "。、」）！ーゃゅょっァィッャ".contains(c);
            assert!(!pair[1].starts_with(forbidden) && !pair[0].ends_with(['「', '（']), "{width}: {pair:?}");
        }
        let thai = lines(THAI);
        let mut at = 0;
        for line in &thai[..thai.len() - 1] {
            at += line.len();
            let word = ascribe_engine::segment::word_at(THAI, at).unwrap();
            assert_eq!(word.start, at, "{width}: {thai:?}");
        }
    }
}

#[test]
fn the_bundled_fonts_have_every_letter_of_these_scripts() {
    let mut fonts = Fonts::new(SystemFonts::Skip);
    let ctx = egui::Context::default();
    let setting = Setting { style: style(), width: 600.0, scale: 1.0 };
    let colour = Color32::BLACK;
    let mut missing = |text: &str| {
        let laid = fonts.lay_out(text, &setting, BaseDirection::Auto);
        mesh::GlyphMesh::new(&ctx, &mut fonts.atlas, &laid, colour).missing.is_some()
    };
    for text in ["“Voilà” Łódź ß ệ", "Ελληνικά ά", "Київ ґрунт", ARABIC, "پیام گفت", "שָׁלוֹם", THAI, "क्षत्रिय १२३ हिन्दी।"]
    {
        assert!(!missing(text), "{text}");
    }
    assert!(missing("\u{12000}"), "no bundled font has cuneiform");
    assert!(!missing("a\u{200b}\u{202e}b\u{ad}\u{feff}\t\u{2066}"), "what has no ink needs no font");
}

#[test]
fn an_over_long_line_of_ideographs_is_cut_after_a_stop() {
    let text = "大臣は「嘘だ。」と述べた。".repeat(900);
    for chunk in Chunks::new(&text).iter().filter(|chunk| !chunk.ends_line) {
        let (before, after) = text.split_at(chunk.bytes().end);
        assert!(before.ends_with('。') && after.starts_with('大'), "{:?}", after.chars().next());
    }
}
