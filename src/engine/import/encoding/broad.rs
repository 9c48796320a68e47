//! The encodings of Chinese, Japanese and Korean, which have two bytes for most letters.

use std::collections::HashMap;

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GBK, SHIFT_JIS};

use super::guess::Guess;

/// The commonest characters of Chinese, in both ways of writing it: four in ten of any text, but two in a hundred of
/// one that was read wrongly.
const CHINESE: &str = "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年过過发發后後作里用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心她本前开開但因只从從想实實日者意无無力它与與长長，。、";
/// Those of Japanese.
const JAPANESE: &str = "のにはをたがでとしれさあるいもすってかなくらりこ、。日一国人年大十二本中長出三時行見月後前生五間上東四今金入学高円子外六下来気小七山話女北百書先名川千水半男西電語土木聞車何南万会政事方社者新部議員化地合市内相代定回自選米実関決全理戦当表要調主民目対不同分首総党府問明述発力";
/// Those of Korean.
const KOREAN: &str = "이다는의에가을를고하은지도로서기한사자인그리어나해들";
/// The encodings.
const BROAD: [(&Encoding, &str); 5] =
    [(GBK, CHINESE), (BIG5, CHINESE), (SHIFT_JIS, JAPANESE), (EUC_JP, JAPANESE), (EUC_KR, KOREAN)];
/// With so many letters, two of them common ones, there is enough to tell by.
const ENOUGH: usize = 8;
/// One letter in so many must be a common one.
const SHARE: usize = 8;

/// How a sample reads in one of these encodings.
#[derive(Clone, Copy, Debug)]
pub(super) struct Broad {
    pub encoding: &'static Encoding,
    /// The letters that are not ASCII.
    letters: usize,
    /// How many of them are among the commonest of the language.
    common: usize,
    /// Whether fewer Chinese characters than that are.
    odd: bool,
}

impl Broad {
    /// Whether so many letters are common ones as in any text.
    pub fn is_plausible(&self) -> bool {
        self.letters > 0 && self.common * SHARE >= self.letters
    }
}

/// How the sample reads in each encoding whose rules it keeps.
pub(super) fn readings(sample: &[u8]) -> Vec<Broad> {
    let reading = |(encoding, commonest): (&'static Encoding, &str)| {
        let text = encoding.decode_without_bom_handling(sample).0;
        let letters = text.chars().filter(|c| !c.is_ascii()).count();
        let mut counts: HashMap<char, usize> = HashMap::new();
        text.chars().filter(|c| !c.is_ascii()).for_each(|c| *counts.entry(c).or_default() += 1);
        // One letter that is everywhere is no sign of a language.
        let most = 1 + letters / 16;
        let common = commonest.chars().map(|c| most.min(counts.get(&c).copied().unwrap_or(0))).sum();
        let han = counts.iter().filter(|(c, _)| ('\u{4e00}'..='\u{9fff}').contains(*c));
        let (known, other): (Vec<_>, Vec<_>) = han.partition(|(c, _)| commonest.contains(**c));
        let [known, other] = [known, other].map(|counts| counts.iter().map(|(_, count)| **count).sum::<usize>());
        let odd = known * SHARE < other;
        let wrong = text.chars().filter(|&c| c == char::REPLACEMENT_CHARACTER).count();
        // Where parts of a large file were cut out, a letter may be cut in two.
        (letters > 0 && wrong * 200 <= letters).then_some(Broad { encoding, letters, common, odd })
    };
    BROAD.into_iter().filter_map(reading).collect()
}

/// What `chardetng` has told, one of these, held against the others and against `narrow`, the best of the encodings
/// with a byte a letter, which matters if its text is in a known language.
pub(super) fn decide(told: &'static Encoding, all: &[Broad], narrow: &Guess, language: bool) -> Guess {
    let is_told = |broad: &&Broad| broad.encoding == told;
    let Some(best) = all.iter().find(is_told) else { return Guess { encoding: told, others: vec![narrow.encoding] } };
    let close = all.iter().filter(|other| !is_told(other) && other.common * 2 >= best.common);
    let mut others: Vec<_> = close.map(|other| other.encoding).collect();
    if language || best.letters < ENOUGH || best.common < 2 || best.odd || !best.is_plausible() {
        others.push(narrow.encoding);
    }
    Guess { encoding: told, others }
}
