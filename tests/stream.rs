//! The stream: texts in, proposals out, one JSON object a line, in order, whatever comes in.

use std::{
    io::{self, Cursor, Read, Write},
    sync::mpsc::{Receiver, channel},
};

use ascribe_engine::stream::{StreamError, Streamed, stream};
use ascribe_tests::Random;
use proptest::prelude::*;
use serde_json::{Value, json};

fn answers(input: impl Read + Send) -> (Vec<Value>, Streamed) {
    let mut output = Vec::new();
    let streamed = stream(input, &mut output).unwrap();
    let output = String::from_utf8(output).unwrap();
    assert!(output.is_empty() || output.ends_with('\n'));
    (output.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), streamed)
}

#[test]
fn a_text_gives_its_proposals_as_documented() {
    let text = "🦀 It was late. “We never signed it,” the mayor said.";
    let line = json!({ "id": "no 1", "text": text, "language": "en", "more": [1] }).to_string();
    let (answers, streamed) = answers(line.as_bytes());
    assert_eq!(streamed, Streamed { documents: 1, refused: 0 });
    let [answer] = answers.as_slice() else { panic!("{answers:?}") };
    assert_eq!(answer["id"], "no 1");
    let quote = answer["annotations"].as_array().unwrap().iter().find(|tag| tag["label"] == "quote").unwrap();
    // Scalar values, not bytes or UTF-16 units: the crab is one.
    assert_eq!((&quote["spans"], &quote["text"]), (&json!([[15, 36]]), &json!(["“We never signed it,”"])));
    assert_eq!(quote["attributes"]["form"], "direct");
    let score = quote["score"].as_f64().unwrap();
    assert!((0.0..=1.0).contains(&score) && (score * 100.0).fract() == 0.0, "two decimals: {score}");
    assert!(quote["rule"].as_str().is_some_and(|rule| !rule.is_empty()));
    for (number, tag) in (1..).zip(answer["annotations"].as_array().unwrap()) {
        assert_eq!(tag["id"], format!("a{number}"));
    }
    for (number, tie) in (1..).zip(answer["relations"].as_array().unwrap()) {
        assert_eq!(tie["id"], format!("r{number}"));
        assert!(
            ["from", "to"].iter().all(|end| answer["annotations"]
                .as_array()
                .unwrap()
                .iter()
                .any(|tag| tag["id"] == tie[*end]))
        );
    }
}

#[test]
fn a_text_without_proposals_has_empty_lists() {
    let (answers, _) = answers(&b"{\"id\":\"\",\"text\":\"\"}\n"[..]);
    assert_eq!(answers, [json!({ "id": "", "annotations": [], "relations": [] })]);
}

#[test]
fn bad_lines_are_told_by_their_numbers_and_the_rest_goes_on() {
    let good = |id: &str| format!("{{\"id\":\"{id}\",\"text\":\"a\"}}").into_bytes();
    let lines: [(&[u8], Result<&str, &str>); 12] = [
        (&good("first"), Ok("first")),
        (b"{\"text\":\"a\"}", Err("missing field `id`")),
        (b"{\"id\":\"x\"}", Err("missing field `text`")),
        (b"{\"id\":7,\"text\":\"a\"}", Err("expected a string")),
        (b"{\"id\":\"x\",\"text\":[]}", Err("expected a string")),
        (b"{\"id\":\"x\",\"text\":\"\xff\"}", Err("not UTF-8")),
        (b"{\"id\":\"x\",\"text\":\"\\ud83e\"}", Err("hex escape")),
        (b"no JSON", Err("no JSON object")),
        (b"[\"x\",\"a\"]", Err("no JSON object")),
        (b"{\"id\":\"x\",\"text\":\"a\"", Err("EOF")),
        (&good("\\ud83e\\udd80"), Ok("🦀")),
        (&good("last"), Ok("last")),
    ];
    // A mark at the start, blank lines, both line ends, and no end behind the last.
    let mut input = b"\xef\xbb\xbf".to_vec();
    for (number, (line, _)) in lines.iter().enumerate() {
        input.extend_from_slice(line);
        let end: &[u8] = if number % 2 == 0 { b"\r\n  \r\n\n" } else { b"\n\n\t\n" };
        input.extend_from_slice(if number + 1 < lines.len() { end } else { b"" });
    }
    let (answers, streamed) = answers(Cursor::new(input));
    assert_eq!(streamed, Streamed { documents: 3, refused: 9 });
    assert_eq!(answers.len(), lines.len());
    for (number, ((_, wanted), answer)) in lines.iter().zip(answers).enumerate() {
        match wanted {
            Ok(id) => assert_eq!(answer["id"], *id),
            Err(reason) => {
                assert_eq!(answer["line"], 1 + 3 * number, "{answer}");
                let told = answer["error"].as_str().unwrap();
                assert!(told.contains(reason), "{reason}: {told}");
                assert_eq!(answer.as_object().unwrap().len(), 2, "{answer}");
            }
        }
    }
}

/// Many texts of very different lengths, every hundredth line bad.
fn many(count: usize) -> String {
    let mut random = Random(7);
    let line = |number: usize| {
        let words = random.below(if number.is_multiple_of(50) { 600 } else { 9 });
        let text = "“No,” she said. ".repeat(words as usize);
        let id = if number % 100 == 99 { Value::Null } else { number.to_string().into() };
        json!({ "id": id, "text": text }).to_string() + "\n"
    };
    (0..count).map(line).collect()
}

#[test]
fn answers_come_in_the_order_of_the_lines_whatever_they_cost() {
    let input = many(3000);
    let (answers, streamed) = answers(input.as_bytes());
    assert_eq!(streamed, Streamed { documents: 2970, refused: 30 });
    for (number, answer) in answers.iter().enumerate() {
        match answer.get("id") {
            Some(id) => assert_eq!(*id, number.to_string()),
            None => assert_eq!(answer["line"], number + 1),
        }
    }
}

/// Gives what it has in pieces of these sizes.
struct Pieces<'a>(&'a [u8], Vec<usize>, usize);

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.2 += 1;
        let length = self.1[self.2 % self.1.len()].min(self.0.len()).min(buffer.len());
        buffer[..length].copy_from_slice(&self.0[..length]);
        self.0 = &self.0[length..];
        Ok(length)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn it_does_not_matter_in_which_pieces_the_lines_arrive(sizes in prop::collection::vec(1_usize..900, 1..20)) {
        let input = many(100);
        prop_assert_eq!(answers(Pieces(input.as_bytes(), sizes, 0)), answers(input.as_bytes()));
    }
}

/// Asks for a text only when the one before has been answered.
struct Asking {
    answered: Receiver<Vec<u8>>,
    asked: u32,
}

impl Read for Asking {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.asked > 0 && self.answered.recv().is_err() || self.asked == 5 {
            return Ok(0);
        }
        self.asked += 1;
        let line = format!("{{\"id\":\"{}\",\"text\":\"a\"}}\n", self.asked);
        buffer[..line.len()].copy_from_slice(line.as_bytes());
        Ok(line.len())
    }
}

#[test]
fn whoever_writes_a_line_and_waits_for_the_answer_gets_it() {
    struct Answers(std::sync::mpsc::Sender<Vec<u8>>);
    impl Write for Answers {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.send(bytes.to_vec()).map_err(io::Error::other)?;
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let (sender, answered) = channel();
    let streamed = stream(Asking { answered, asked: 0 }, &mut Answers(sender)).unwrap();
    assert_eq!(streamed.documents, 5);
}

/// Fails with this after some bytes.
struct Failing(Vec<u8>, io::ErrorKind);

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.0.len().min(buffer.len());
        if length == 0 {
            return Err(self.1.into());
        }
        buffer[..length].copy_from_slice(&self.0[..length]);
        self.0.drain(..length);
        Ok(length)
    }
}

impl Write for Failing {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.1.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn what_breaks_is_told_and_what_was_answered_before_is_there() {
    let mut output = Vec::new();
    let input = Failing(b"{\"id\":\"a\",\"text\":\"\"}\n{\"id\":\"half".to_vec(), io::ErrorKind::TimedOut);
    let error = stream(input, &mut output).unwrap_err();
    assert!(matches!(error, StreamError::Read(_)) && error.to_string().contains("standard input"), "{error}");
    assert_eq!(output, b"{\"id\":\"a\",\"annotations\":[],\"relations\":[]}\n");
    let broken = |kind| stream(many(500).as_bytes(), &mut Failing(Vec::new(), kind));
    assert!(matches!(broken(io::ErrorKind::StorageFull), Err(StreamError::Write(_))));
    assert!(broken(io::ErrorKind::BrokenPipe).is_ok(), "nobody wants the answers any more");
}

#[test]
fn a_line_without_end_is_told_and_the_next_is_read() {
    let start = Cursor::new(b"{\"id\":\"a\",\"text\":\"\"}\n{\"id\":\"huge\",\"text\":\"".to_vec());
    let end = Cursor::new(b"\"}\n{\"id\":\"b\",\"text\":\"\"}\nbad".to_vec());
    let input = start.chain(io::repeat(b'x').take(100 << 20)).chain(end);
    let (answers, streamed) = answers(input);
    assert_eq!(streamed, Streamed { documents: 2, refused: 2 });
    assert_eq!((&answers[0]["id"], &answers[2]["id"]), (&json!("a"), &json!("b")));
    assert_eq!(answers[1], json!({ "line": 2, "error": "the line is longer than 64 MiB" }));
    assert_eq!(answers[3]["line"], 4);
}
