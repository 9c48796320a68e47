//! Reading and selecting in every script: one window, one row a case.
//!
//! A row is a text, what a person does, and the text afterwards. In both texts `|` is the caret and `[…]` what is
//! selected, to whole words unless it was selected exactly. Keys are `Left`, `C+Left` (with Ctrl), `S+Left` (with
//! Shift), `A+S+Left` (with Alt too: exactly). The pointer goes to the left `<` or right `>` part of a character,
//! counted from 0: `click 3<`, `double 3>`, `drag 3< 8>`, and `exact 3< 8>` with Alt held.

use std::collections::BTreeMap;

use ascribe_schema::{DocumentId, Offset, Span, Text};
use ascribe_tests::Fresh;
use egui::{Event, Key, Modifiers, PointerButton, Pos2};

use super::person::{ALT, CTRL, NONE, Opening, Person, SHIFT};

type Row = (&'static str, &'static str, &'static str);

const LATIN: &[Row] = &[
    ("|abc", "Right", "a|bc"),
    ("abc|", "Right", "abc|"),
    ("one |two three", "C+Right", "one two| three"),
    ("one two| three", "C+Left", "one |two three"),
    ("one |two three", "S+Right", "one [two] three"),
    ("one |two three", "A+S+Right", "one [t]wo three"),
    ("we d|on’t stop", "C+Right", "we don’t| stop"),
    ("|He said “no” twice", "double 9<", "He said “[no]” twice"),
    ("|He said “no” twice", "drag 4< 10>", "He [said “no]” twice"),
    ("|He said “no” twice", "exact 4< 9>", "He s[aid “n]o” twice"),
    ("|Ελληνικά, Київ", "C+Right C+Right", "Ελληνικά, Київ|"),
];

const ARABIC: &[Row] = &[
    ("|قال الوزير", "Left", "ق|ال الوزير"),
    ("|قال الوزير", "Right", "|قال الوزير"),
    ("ق|ال الوزير", "Right", "|قال الوزير"),
    ("|قال الوزير", "C+Left", "قال| الوزير"),
    ("قال الوزير|", "C+Right", "قال |الوزير"),
    ("قال |الوزير", "S+Left", "قال [الوزير]"),
    ("قال |الوزير", "A+S+Left", "قال [ا]لوزير"),
    ("|قال الوزير", "End", "قال الوزير|"),
    ("قال الوزير|", "Home", "|قال الوزير"),
    ("|قال الوزير", "double 7<", "قال [الوزير]"),
    ("|قال الوزير", "drag 8> 5<", "قال [الوزير]"),
    ("|قال الوزير", "exact 4> 5<", "قال [ال]وزير"),
    ("قال| الوزير", "click 0>", "|قال الوزير"),
    ("قال| الوزير", "click 0<", "ق|ال الوزير"),
    ("|لا شيء", "Left", "ل|ا شيء"),
    ("|مُحَمَّد", "Left Left", "مُحَ|مَّد"),
    ("|قال «لا» ثم", "double 5>", "قال «[لا]» ثم"),
    ("|قال\nنعم", "Down", "قال\n|نعم"),
];

const HEBREW: &[Row] = &[
    ("|ראש הממשלה", "Left Left", "רא|ש הממשלה"),
    ("|ראש הממשלה", "C+Left C+Left", "ראש הממשלה|"),
    ("|שָׁלוֹם", "Left", "שָׁ|לוֹם"),
    ("|ראש הממשלה", "double 6>", "ראש [הממשלה]"),
    ("ראש ה|ממשלה", "S+Left", "ראש [הממשלה]"),
    ("|צה״ל אמר", "C+Left", "צה״ל| אמר"),
];

const MIXED: &[Row] = &[
    ("abc| אבג def", "Right", "abc |אבג def"),
    ("abc| אבג def", "Right Right", "abc אב|ג def"),
    ("abc| אבג def", "Right Right Right Right", "abc |אבג def"),
    ("abc| אבג def", "Right Right Right Right Right", "abc אבג |def"),
    ("abc אבג |def", "Left Left", "abc א|בג def"),
    ("|abc אבג def", "exact 1< 5<", "a[bc אב]ג def"),
    ("|abc אבג def", "exact 8> 5>", "abc א[בג d]ef"),
    ("|abc אבג def", "C+Right C+Right", "abc אבג| def"),
    ("עבג| abc דהו", "Left Left", "עבג ab|c דהו"),
    ("|עבג abc דהו", "exact 5< 9>", "עבג a[bc ד]הו"),
    ("عام |2024 كان", "Left", "عام 2024 |كان"),
    ("عام 2024| كان", "Right", "عام 2|024 كان"),
    ("|عام 2024 كان", "double 5<", "عام [2024] كان"),
    ("|قال (نعم) ثم", "double 6<", "قال ([نعم]) ثم"),
    ("|said «لا» again", "double 6<", "said «[لا]» again"),
    ("|said «لا» again", "exact 5< 8>", "said [«لا»] again"),
    ("|abc\nقال", "Down", "abc\nقال|"),
    ("abc\n|قال", "Up", "abc|\nقال"),
    ("a|\u{202e}bc\u{202c}d", "Right Right", "a\u{202e}bc|\u{202c}d"),
    ("|a\u{202e}bc\u{202c}d", "exact 2< 2>", "a\u{202e}[b]c\u{202c}d"),
];

const CHINESE_JAPANESE_KOREAN: &[Row] = &[
    ("|大臣は否定した。", "Right", "大|臣は否定した。"),
    ("|大臣は否定した。", "C+Right", "大臣|は否定した。"),
    ("大臣は否定|した。", "C+Left", "大臣は|否定した。"),
    ("|大臣は否定した。", "double 3>", "大臣は[否定]した。"),
    ("大臣は|否定した。", "S+Right", "大臣は[否定]した。"),
    ("大臣は|否定した。", "A+S+Right", "大臣は[否]定した。"),
    ("|大臣は「嘘だ」と述べた", "double 4<", "大臣は「[嘘]だ」と述べた"),
    ("|大臣は「嘘だ」と述べた", "drag 4< 5>", "大臣は「[嘘だ]」と述べた"),
    ("|外交部发言人否认", "double 1<", "[外交部]发言人否认"),
    ("外交部发言人|否认", "C+Right", "外交部发言人否认|"),
    ("|그는 부인했다", "C+Right C+Right", "그는 부인했다|"),
    ("|\u{1100}\u{1161}\u{11a8}다", "Right", "\u{1100}\u{1161}\u{11a8}|다"),
];

const THAI: &[Row] = &[
    ("|รัฐมนตรีกล่าวว่า", "Right", "รั|ฐมนตรีกล่าวว่า"),
    ("|รัฐมนตรีกล่าวว่า", "C+Right", "รัฐมนตรี|กล่าวว่า"),
    ("รัฐมนตรีกล่าวว่า|", "C+Left", "รัฐมนตรีกล่าว|ว่า"),
    ("|รัฐมนตรีกล่าวว่า", "double 9<", "รัฐมนตรี[กล่าว]ว่า"),
    ("รัฐมนตรี|กล่าวว่า", "S+Right", "รัฐมนตรี[กล่าว]ว่า"),
    ("|น้ำใจ", "Right", "น้ำ|ใจ"),
];

const HINDI: &[Row] = &[
    ("|क्षत्रिय", "Right", "क्ष|त्रिय"),
    ("|क्षत्रिय", "Right Right", "क्षत्रि|य"),
    ("क्षत्रिय|", "Left Left", "क्ष|त्रिय"),
    ("हिन्दी|", "Left", "हि|न्दी"),
    ("|सरकार ने कहा", "C+Right C+Right", "सरकार ने| कहा"),
    ("|सरकार ने कहा।", "double 11<", "सरकार ने [कहा]।"),
    ("|“हिन्दी” में", "exact 1< 1>", "“[हि]न्दी” में"),
];

const CLUSTERS: &[Row] = &[
    ("a|👩‍👩‍👧‍👦b", "Right", "a👩‍👩‍👧‍👦|b"),
    ("a👩‍👩‍👧‍👦|b", "Left", "a|👩‍👩‍👧‍👦b"),
    ("a|👩‍👩‍👧‍👦b", "A+S+Right", "a[👩‍👩‍👧‍👦]b"),
    ("|a👩‍👩‍👧‍👦b", "exact 3< 3>", "a[👩‍👩‍👧‍👦]b"),
    ("|🇲🇦🇫🇷", "Right", "🇲🇦|🇫🇷"),
    ("|1️⃣2️⃣", "Right", "1️⃣|2️⃣"),
    ("👍🏽|❤️‍🔥", "Right", "👍🏽❤️‍🔥|"),
    ("👍🏽|❤️‍🔥", "Left", "|👍🏽❤️‍🔥"),
    ("|e\u{301}\u{323}x", "Right", "e\u{301}\u{323}|x"),
    ("e\u{301}\u{323}|x", "Left", "|e\u{301}\u{323}x"),
    ("|nai\u{308}ve man", "double 3<", "[nai\u{308}ve] man"),
    ("|xn\u{303}o", "exact 1< 2>", "x[n\u{303}]o"),
];

/// The window in which all rows are tried, with an article for each text.
struct Desk {
    person: Person,
    articles: BTreeMap<String, DocumentId>,
}

impl Desk {
    fn new(rows: &[Row]) -> Self {
        let mut texts: Vec<_> = rows.iter().map(|(before, ..)| plain(before)).collect();
        texts.sort();
        texts.dedup();
        let (fresh, ids) = Fresh::of(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        Self { person: Person::at(fresh, Opening::default()), articles: texts.into_iter().zip(ids).collect() }
    }

    /// What is wrong with a row, if anything.
    fn fault(&mut self, (before, doing, after): Row) -> Option<String> {
        self.place(before);
        let words: Vec<_> = doing.split(' ').collect();
        for step in words.chunk_by(|_, next| next.ends_with(['<', '>'])) {
            match step {
                [key] => self.press(key),
                [deed, places @ ..] => self.point(deed, places),
                [] => {}
            }
        }
        let found = self.drawn();
        let other = (found != after).then(|| format!("{before} {doing}: {found}, not {after}"));
        other.or_else(|| self.highlight_fault().map(|fault| format!("{before} {doing}: {fault}")))
    }

    fn place(&mut self, before: &str) {
        let workspace = self.person.harness.state_mut().as_mut().unwrap().workspace_mut().unwrap();
        workspace.open(&self.articles[&plain(before)]);
        let caret = before.chars().position(|c| c == '|').unwrap() as u32;
        let reading = workspace.reading_mut().unwrap();
        reading.pane.set_caret(Offset(caret));
        reading.wants_keys = true;
        self.person.harness.run_steps(2);
    }

    fn press(&mut self, keys: &str) {
        let mut names: Vec<_> = keys.split('+').collect();
        let key = match names.pop() {
            Some("Left") => Key::ArrowLeft,
            Some("Right") => Key::ArrowRight,
            Some("Up") => Key::ArrowUp,
            Some("Down") => Key::ArrowDown,
            Some("Home") => Key::Home,
            Some("End") => Key::End,
            other => panic!("no key {other:?}"),
        };
        let modifier = |name: &&str| match *name {
            "C" => CTRL,
            "S" => SHIFT,
            "A" => ALT,
            other => panic!("no modifier {other}"),
        };
        let modifiers = names.iter().map(modifier).fold(NONE, Modifiers::plus);
        self.frame(Event::Key { key, physical_key: Some(key), pressed: true, repeat: false, modifiers });
        self.frame(Event::Key { key, physical_key: Some(key), pressed: false, repeat: false, modifiers });
    }

    fn point(&mut self, deed: &str, places: &[&str]) {
        // Long after the last click, so that it is no double one.
        self.person.harness.run_steps(8);
        let modifiers = if deed == "exact" { ALT } else { NONE };
        let points: Vec<_> = places.iter().map(|place| self.point_of(place)).collect();
        let (first, last) = (points[0], points[points.len() - 1]);
        let button = |pos, pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers };
        self.frame(Event::PointerMoved(first));
        self.frame(Event::ModifiersChanged(modifiers));
        self.frame(button(first, true));
        let steps: &[f32] = if places.len() > 1 || deed == "exact" { &[0.5, 1.0] } else { &[] };
        if deed == "double" {
            // So quickly that it falls into one frame of a test's slow clock.
            self.person.harness.input_mut().events.push(button(first, false));
            self.frame(button(first, true));
        }
        for &step in steps {
            self.frame(Event::PointerMoved(first.lerp(last, step)));
        }
        self.frame(button(last, false));
        self.frame(Event::ModifiersChanged(NONE));
    }

    /// A point in the left or right part of a character.
    fn point_of(&self, place: &str) -> Pos2 {
        let (number, side) = place.split_at(place.len() - 1);
        let start = Offset(number.parse().unwrap());
        let pane = &self.person.workspace().reading().unwrap().pane;
        let rect = pane.rects_of(Span { start, end: start.plus(1) })[0].rect;
        let inside = rect.width() * if side == "<" { 0.2 } else { 0.8 };
        egui::pos2(rect.left() + inside, rect.center().y)
    }

    fn frame(&mut self, event: Event) {
        self.person.harness.input_mut().events.push(event);
        self.person.harness.step();
    }

    /// The text with caret or selection drawn into it.
    fn drawn(&self) -> String {
        let reading = self.person.workspace().reading().unwrap();
        let text = reading.pane.text();
        let part = |start, end| text.slice(Span { start, end }).unwrap();
        match reading.selection() {
            Some(Span { start, end }) => {
                format!("{}[{}]{}", part(Offset(0), start), part(start, end), part(end, text.len()))
            }
            None => {
                let caret = reading.pane.caret();
                format!("{}|{}", part(Offset(0), caret), part(caret, text.len()))
            }
        }
    }

    /// Every selected letter must lie under the highlight, and no other.
    fn highlight_fault(&self) -> Option<String> {
        let reading = self.person.workspace().reading()?;
        let selection = reading.selection()?;
        let lines = reading.pane.rects_of(selection);
        let text: &Text = reading.pane.text();
        for start in (0..text.len().0).map(Offset) {
            let letter = Span { start, end: start.plus(1) };
            let Some(place) = reading.pane.rects_of(letter).first().map(|line| line.rect.center()) else { continue };
            let lit = lines.iter().any(|line| line.rect.contains(place));
            if lit != selection.contains(start) {
                return Some(format!("character {start} is {}under the highlight", if lit { "" } else { "not " }));
            }
        }
        None
    }
}

fn plain(row: &str) -> String {
    row.replace('|', "")
}

#[test]
fn caret_selection_pointer_and_highlight_follow_what_is_seen() {
    let rows = [LATIN, ARABIC, HEBREW, MIXED, CHINESE_JAPANESE_KOREAN, THAI, HINDI, CLUSTERS].concat();
    assert!(rows.len() >= 60, "only {} rows", rows.len());
    let mut desk = Desk::new(&rows);
    let faults: Vec<_> = rows.iter().filter_map(|&row| desk.fault(row)).collect();
    assert!(faults.is_empty(), "{} of {} rows: {faults:#?}", faults.len(), rows.len());
}
