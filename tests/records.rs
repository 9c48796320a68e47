//! Lists of articles: JSON lines and tables.

use ascribe_engine::{Article, DoubtKind, ImportError, Options, read};

fn outcome(name: &str, bytes: &[u8]) -> Result<Vec<Article>, ImportError> {
    read(name, bytes, &Options::default())
}

/// What is read of each article: text, title, url, publisher, byline, date and language.
fn rows(articles: Vec<Article>) -> Vec<[String; 7]> {
    let row = |Article { text, about, .. }| {
        [text, about.title, about.url, about.publisher, about.byline, about.published, about.language]
    };
    articles.into_iter().map(row).collect()
}

const FULL: [&str; 7] = ["One “a”\n\nb", "T", "http://x/", "P", "B", "2024-02-01", "fr"];

#[test]
fn json_lines_fill_what_is_known_of_an_article() {
    for json in [
        r#"{"text": "One “a”\n\nb", "title": "T", "url": "http://x/", "publisher": "P", "byline": "B", "date": "2024-02-01", "lang": "fr"}"#,
        r#"{"article_text": "One \u201ca\u201d\r\n\r\nb", "headline": " T ", "link": "http://x/", "source": "P", "authors": ["B"], "published_at": "2024-02-01", "language": "fr"}"#,
        r#"{"text": ["One “a”", "b"], "meta": {"title": "T", "url": "http://x/", "outlet": "P", "author": "B", "Date": "2024-02-01", "lang": "fr"}}"#,
        "[\n{\"body\": \"One “a”\\n\\nb\",\n\"title\": \"T\", \"uri\": \"http://x/\", \"newspaper\": \"P\", \"author\": \"B\", \"pub-date\": \"2024-02-01\", \"lang\": \"fr\"}\n]",
    ] {
        for json in [json.to_owned(), format!("\u{feff}{json}\r\n\r\n")] {
            assert_eq!(rows(outcome("a.jsonl", json.as_bytes()).unwrap()), [FULL.map(str::to_owned)], "{json}");
        }
    }
    let two = "{\"text\": \"a\", \"lang\": \"en\"}\n\n{\"text\": \"b\", \"lang\": \"en\", \"title\": null}\n";
    assert_eq!(outcome("a.ndjson", two.as_bytes()).unwrap().len(), 2);
}

#[test]
fn tables_fill_what_is_known_of_an_article() {
    let head = ["Text", "Title", "URL", "Source", "Author", "Date", "Lang"];
    let table = |separator: &str| {
        format!(
            "{}\r\n{}\r\n",
            head.join(separator),
            FULL.map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).join(separator)
        )
    };
    for (name, table) in [
        ("a.csv", table(",")),
        ("a.csv", table(";")),
        ("a.csv", table("\t")),
        ("a.csv", format!("\u{feff}sep=;\r\n{}", table(";"))),
        ("a.csv", format!("\u{feff}{}", table(","))),
        ("a.tsv", table("\t")),
    ] {
        assert_eq!(rows(outcome(name, table.as_bytes()).unwrap()), [FULL.map(str::to_owned)], "{table}");
    }
    let latin = b"text;title;lang\ncaf\xe9 \x80 5;\xc9t\xe9;fr\n";
    let options = Options { encoding: Some("windows-1252".to_owned()), ..Options::default() };
    let articles = read("a.csv", latin, &options).unwrap();
    assert_eq!(
        (&*articles[0].text, &*articles[0].about.title, &*articles[0].encoding),
        ("café € 5", "Été", "windows-1252")
    );
}

#[test]
fn a_person_chooses_the_column() {
    let table = b"text,Full story,lang\nshort,long words,en\n";
    for (column, expected) in [(None, "short"), (Some("Full story"), "long words"), (Some("full_story"), "long words")]
    {
        let options = Options { text_column: column.map(str::to_owned), ..Options::default() };
        assert_eq!(read("a.csv", table, &options).unwrap()[0].text, expected);
    }
    let json = br#"{"a": "first", "b": "second"}"#;
    let options = Options { text_column: Some("b".to_owned()), ..Options::default() };
    assert_eq!(read("a.jsonl", json, &options).unwrap()[0].text, "second");
}

#[test]
fn a_list_that_cannot_be_read_gives_nothing_and_says_where() {
    let column = |wanted: &str, columns: &[&str]| ImportError::Column {
        wanted: wanted.to_owned(),
        columns: columns.iter().map(|column| (*column).to_owned()).collect(),
    };
    assert_eq!(outcome("a.csv", b"a,b\n1,2\n"), Err(column("text", &["a", "b"])));
    assert_eq!(outcome("a.csv", b"body,content\n1,2\n"), Err(column("text", &["body", "content"])));
    assert_eq!(outcome("a.jsonl", b"{\"a\": 1}"), Err(column("text", &["a"])));
    let options = Options { text_column: Some("x".to_owned()), ..Options::default() };
    assert_eq!(read("a.csv", b"text\n1\n", &options), Err(column("x", &["text"])));
    for (name, list, line, expected) in [
        ("a.jsonl", "{\"text\": \"a\"}\n{\"text\": \"b\"\n", 3, "it is not JSON"),
        ("a.jsonl", "{\"text\": \"a\"}\n\nnonsense\n", 3, "it is not JSON"),
        ("a.jsonl", "{\"text\": \"a\"}\n{\"title\": \"b\"}", 2, "there is no field `text`"),
        ("a.jsonl", "{\"text\": \"a\"}\n{\"text\": {}}", 2, "the field `text` is no text"),
        ("a.jsonl", "{\"text\": \"a\"}\n\"b\"", 2, "it is not an object with fields"),
        ("a.jsonl", "{\"text\": \"a\"}\n{\"text\": \" \"}", 2, "it holds no text"),
        ("a.csv", "text,title\na,b\n\"c\nd\",e\nf\n", 5, "it has 1 fields where the header has 2"),
        ("a.csv", "text,title\n\"a\nb\",c\n,d\n", 4, "it holds no text"),
        ("a.tsv", "text\ttitle\na\tb\tc\n", 2, "it has 3 fields"),
        ("a.csv", "title,text\nOne,\"We will\" he said\n", 2, "a quote mark in it"),
        ("a.csv", "title,text\n1,\"a\nb\"\n1,\"We will not go\n2,Second.\n", 4, "a quote mark in it"),
    ] {
        match outcome(name, list.as_bytes()) {
            Err(ImportError::Line { line: found, reason }) => {
                assert!(found == line && reason.starts_with(expected), "{list:?}: {found} {reason}");
            }
            other => panic!("{list:?}: {other:?}"),
        }
    }
    assert_eq!(outcome("a.csv", b"text,title\n"), Err(ImportError::Empty));
    assert_eq!(outcome("a.jsonl", b"\n"), Err(ImportError::Empty));
}

#[test]
fn fields_without_a_place_are_named_once() {
    let json = "{\"id\": 7, \"text\": \"a\", \"tags\": {\"x\": 1}}\n{\"id\": 8, \"text\": \"b\", \"note\": \"\"}\n";
    let articles = outcome("a.jsonl", json.as_bytes()).unwrap();
    let doubts: Vec<_> = articles.iter().flat_map(|article| &article.doubts).collect();
    assert_eq!((doubts.len(), doubts[0].kind), (1, DoubtKind::LeftOut));
    assert_eq!(doubts[0].message, "left out of every article: the fields id, tags");
}

#[test]
fn quote_marks_of_a_text_are_kept_where_tabs_part_the_cells() {
    for (table, texts) in [
        (
            "id\ttext\n1\t\"We will not go,\" he said.\n2\t\"Never.\"\n",
            vec!["\"We will not go,\" he said.", "\"Never.\""],
        ),
        ("id\ttext\n1\t\"We will not go\n2\tSecond.\n", vec!["\"We will not go", "Second."]),
        ("id\ttext\n1\t\"I will not go.\"\n", vec!["\"I will not go.\""]),
        ("id\ttext\n1\t\"a \"\"b\"\"\"\n2\t\"c\"\n", vec!["a \"b\"", "c"]),
        ("\"id\"\t\"text\"\n\"1\"\t\"a\"\n", vec!["a"]),
    ] {
        let found: Vec<_> =
            outcome("a.tsv", table.as_bytes()).unwrap().into_iter().map(|article| article.text).collect();
        assert_eq!(found, texts, "{table:?}");
    }
}
