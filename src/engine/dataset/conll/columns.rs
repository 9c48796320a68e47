//! Which columns of a CoNLL file are what.

/// How many rows are looked at.
const LOOKED_AT: usize = 2000;

/// The columns of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// Whether a tab stands between them, or else spaces.
    tabs: bool,
    /// Which is the token.
    token: usize,
    tags: Tags,
}

/// Where tags are.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Tags {
    /// In the last column of each row.
    Last,
    /// In these columns.
    In(Vec<usize>),
}

/// One tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag<'a> {
    /// No annotation.
    Outside,
    /// `B-`
    Begin(&'a str),
    /// `I-` or `M-`
    In(&'a str),
    /// `L-` or `E-`
    Last(&'a str),
    /// `U-`, `S-` or `W-`
    Only(&'a str),
}

impl<'a> Tag<'a> {
    /// What a cell says; nothing if it is no tag.
    pub fn of(cell: &'a str) -> Option<Self> {
        if matches!(cell, "O" | "_") {
            return Some(Self::Outside);
        }
        let (part, label) = cell.split_at_checked(2)?;
        if label.is_empty() {
            return None;
        }
        Some(match part {
            "B-" => Self::Begin(label),
            "I-" | "M-" => Self::In(label),
            "L-" | "E-" => Self::Last(label),
            "U-" | "S-" | "W-" => Self::Only(label),
            _ => return None,
        })
    }
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// Nothing: the end of a sentence.
    Blank,
    /// The beginning of a document, with its id or nothing.
    Document(&'a str),
    /// `# NAME = VALUE`, or a remark without a value.
    Comment(&'a str, &'a str),
    /// A row.
    Row(&'a str),
}

impl<'a> Line<'a> {
    /// Tells what a line is. A row may begin with `#`, too, but has no space behind it where tabs divide.
    pub fn of(line: &'a str) -> Self {
        if line.trim_ascii().is_empty() {
            return Self::Blank;
        }
        if line.starts_with("-DOCSTART-") {
            return Self::Document("");
        }
        let Some(comment) = line.strip_prefix('#') else { return Self::Row(line) };
        if comment.starts_with('\t') {
            // GermEval tells where a sentence comes from behind a tab.
            let tagged = comment.rsplit('\t').next().and_then(Tag::of).is_some();
            return if tagged { Self::Row(line) } else { Self::Comment(comment.trim(), "") };
        }
        // `# -X- O O` is a row of CoNLL-2003 whose token is `#`.
        if line.starts_with("# ") && line.rsplit(' ').next().and_then(Tag::of).is_some() && !comment.contains('=') {
            return Self::Row(line);
        }
        let comment = comment.trim();
        let (name, value) = comment.split_once('=').unwrap_or((comment, ""));
        let (name, value) = (name.trim(), value.trim());
        match name {
            "newdoc" => Self::Document(""),
            "newdoc id" => Self::Document(value),
            _ if line.starts_with("# ") || !value.is_empty() => Self::Comment(name, value),
            // `#tag O`: a hashtag.
            _ => Self::Row(line),
        }
    }

    /// Whether a document begins here.
    pub fn is_document(line: &[u8]) -> bool {
        (line.starts_with(b"-DOCSTART-") || line.starts_with(b"# newdoc"))
            && std::str::from_utf8(line).is_ok_and(|line| matches!(Line::of(line), Line::Document(_)))
    }
}

impl Columns {
    /// Finds out the columns from the beginning of a file; nothing if it has no tags.
    pub fn of(head: &str) -> Option<Self> {
        let lines = head.lines().take(LOOKED_AT).map(Line::of);
        let (mut names, mut rows) = (None, Vec::new());
        for line in lines {
            match line {
                Line::Comment("global.columns", value) => names = Some(value),
                Line::Row(row) => rows.push(row),
                _ => {}
            }
        }
        let tabs = rows.iter().filter(|row| row.contains('\t')).count() * 2 > rows.len();
        let mut columns = Self { tabs, token: 0, tags: Tags::Last };
        if let Some(names) = names {
            let names: Vec<_> = names.split_ascii_whitespace().collect();
            columns.token = names.iter().position(|name| name.eq_ignore_ascii_case("form")).unwrap_or(0);
            columns.tabs = true;
            if columns.token == 0 {
                columns.tags = Tags::In((1..names.len()).collect());
                return Some(columns);
            }
        }
        // CoNLL-U and GermEval number the tokens of a sentence.
        let cells: Vec<Vec<&str>> = rows.iter().map(|row| columns.split(row)).collect();
        let number = |cells: &Vec<&str>| cells[0].parse::<usize>().ok().filter(|_| cells.len() > 2);
        let counts = |pair: &[Vec<&str>]| {
            number(&pair[1]).is_some_and(|next| next == 1 || number(&pair[0]).is_some_and(|last| last + 1 == next))
        };
        if names.is_none() && cells.first().and_then(number) == Some(1) && cells.windows(2).all(counts) {
            columns.token = 1;
        }
        let is_tag = |cell: &&str| Tag::of(cell).is_some();
        let tagged = |cells: &&Vec<&str>| cells.len() > columns.token + 1 && cells.last().is_some_and(is_tag);
        // A few rows may be broken.
        if cells.is_empty() || cells.iter().filter(tagged).count() * 10 < cells.len() * 9 {
            return None;
        }
        let width = cells.iter().map(Vec::len).max().unwrap_or_default();
        let first = columns.token + 1;
        let several =
            width > first + 1 && cells.iter().all(|cells| cells.len() == width && cells[first..].iter().all(is_tag));
        // A column that is empty throughout, as in CoNLL-U, says nothing of tags.
        let filled = |column: usize| cells.iter().any(|cells| cells[column] != "_");
        if several && (first..width).all(filled) {
            columns.tags = Tags::In((first..width).collect());
        }
        Some(columns)
    }

    /// Whether the beginning of a file has a tag that is one, and is of no other format.
    pub fn recognise(head: &str) -> bool {
        // The last line may be cut.
        let whole = head.rfind('\n').map_or(head, |end| &head[..end]);
        if whole.starts_with(['{', '[', '<']) || whole.starts_with("#FORMAT=") {
            return false;
        }
        let Some(columns) = Self::of(whole) else { return false };
        let mut rows = 0;
        let right = whole.lines().take(LOOKED_AT).filter_map(|line| match Line::of(line) {
            Line::Row(row) => Some(row),
            _ => None,
        });
        let right = right.inspect(|_| rows += 1).filter(|row| columns.cells(row).is_some()).count();
        // A dataset of empty texts has no row.
        right * 10 >= rows * 9
    }

    fn split<'a>(&self, row: &'a str) -> Vec<&'a str> {
        if self.tabs { row.split('\t').collect() } else { row.split(' ').filter(|cell| !cell.is_empty()).collect() }
    }

    /// How many columns have tags.
    pub fn count(&self) -> usize {
        match &self.tags {
            Tags::Last => 1,
            Tags::In(columns) => columns.len(),
        }
    }

    /// A row's token and the cells of its tags; nothing if it has too few columns.
    pub fn cells<'a>(&self, row: &'a str) -> Option<(&'a str, Vec<&'a str>)> {
        let cells = self.split(row);
        let token = *cells.get(self.token)?;
        let tags = match &self.tags {
            Tags::Last if cells.len() < self.token + 2 => return None,
            Tags::Last => cells.last().map(|last| vec![*last])?,
            Tags::In(columns) => columns.iter().map(|column| cells.get(*column).copied()).collect::<Option<_>>()?,
        };
        Some((token, tags))
    }

    /// How many of a row's columns are neither the token nor tags.
    pub fn others(&self, row: &str) -> usize {
        self.split(row).len().saturating_sub(1 + self.count())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn columns_are_told_by_what_stands_in_them() {
        let cells = |head: &str, row: &'static str| {
            let columns = Columns::of(head)?;
            columns.cells(row).map(|(token, tags)| (token, tags.concat()))
        };
        assert_eq!(cells("a\tO\nb\tB-x\n", "c\tI-x"), Some(("c", "I-x".to_owned())));
        assert_eq!(
            cells("-DOCSTART- -X- O O\n\nEU NNP B-NP B-ORG\n", "a\u{a0}b DT I-NP O"),
            Some(("a\u{a0}b", "O".to_owned()))
        );
        assert_eq!(cells("a\tO\tB-y\nb\tB-x\tI-y\n", "c\tO\tO"), Some(("c", "OO".to_owned())));
        assert_eq!(
            cells("1\ta\t_\t_\t_\t_\t_\t_\t_\tB-x\n", "2\tb\t_\t_\t_\t_\t_\t_\t_\tO"),
            Some(("b", "O".to_owned()))
        );
        assert_eq!(
            cells("#\thttps://x.example [2009]\n1\ta\tO\tO\n2\tb\tB-x\tO\n\n1\tc\tO\tO\n", "2\td\tI-x\tB-y"),
            Some(("d", "I-xB-y".to_owned())),
            "GermEval"
        );
        assert_eq!(cells("1\tO\n2\tB-x\n", "3\tI-x"), Some(("3", "I-x".to_owned())), "numbers are tokens, too");
        assert_eq!(cells("# global.columns = FORM x\n", "#\tB-x"), Some(("#", "B-x".to_owned())));
        assert_eq!(Columns::of("a\nb\n"), None);
        assert_eq!(Columns::of("a\tNN\nb\tVB\n"), None);
    }

    #[test]
    fn a_hash_is_not_always_a_comment() {
        assert_eq!(Line::of("#\tO"), Line::Row("#\tO"));
        assert_eq!(Line::of("# -X- O O"), Line::Row("# -X- O O"));
        assert_eq!(Line::of("#tag O"), Line::Row("#tag O"));
        assert_eq!(Line::of("# text = a = b"), Line::Comment("text", "a = b"));
        assert_eq!(Line::of("# newdoc id = x"), Line::Document("x"));
        assert_eq!(Line::of("#\thttps://x.example"), Line::Comment("https://x.example", ""));
        assert_eq!(Line::of("\t"), Line::Blank);
    }
}
