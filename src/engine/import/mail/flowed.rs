//! Plain text whose lines were broken by a mail program and are joined again when it is shown (RFC 3676).

/// The text with its paragraphs whole. Where `delete_space` is set, the space at which a line was broken is not
/// part of the text.
pub(super) fn join(text: &str, delete_space: bool) -> String {
    let mut joined = String::with_capacity(text.len());
    // How deep the line is quoted that the next one may continue.
    let mut open: Option<usize> = None;
    for line in text.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let words = line.trim_start_matches('>');
        let depth = line.len() - words.len();
        // A space that only keeps the line from looking like something else.
        let words = words.strip_prefix(' ').unwrap_or(words);
        let signature = words == "-- ";
        // An empty line parts paragraphs, whatever stands before it.
        if open != Some(depth) || signature || words.is_empty() {
            joined.push_str(if joined.is_empty() && open.is_none() { "" } else { "\n" });
            joined.push_str(&">".repeat(depth));
            joined.push_str(if depth > 0 && !words.is_empty() { " " } else { "" });
        }
        let flows = words.ends_with(' ') && !signature;
        joined.push_str(if flows && delete_space { &words[..words.len() - 1] } else { words });
        open = if flows { Some(depth) } else { Some(usize::MAX) };
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn soft_line_breaks_are_joined_and_hard_ones_stay() {
        for (text, delete_space, expected) in [
            ("one \ntwo\nthree", false, "one two\nthree"),
            ("one \r\ntwo\r\n\r\nthree\r\n", false, "one two\n\nthree\n"),
            ("one \ntwo", true, "onetwo"),
            ("> quoted \n> on\nown", false, "> quoted on\nown"),
            ("> quoted \nown", false, "> quoted \nown"),
            (" >not quoted\n From me", false, ">not quoted\nFrom me"),
            ("one \ntwo \n\nthree", false, "one two \n\nthree"),
            ("> a\n>\n> b \n>\n> c", false, "> a\n>\n> b \n>\n> c"),
            ("bye \n-- \nMe", false, "bye \n-- \nMe"),
            ("", false, ""),
            ("\n\na", false, "\n\na"),
        ] {
            assert_eq!(join(text, delete_space), expected, "{text:?}");
        }
    }
}
