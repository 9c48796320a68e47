//! Saved web pages: the article is found, whole and alone, and what the page says of it.

use std::fs;

use ascribe_engine::{Article, DoubtKind, ImportError, Options, Reader, read};
use ascribe_tests::{run, shared};

fn page(bytes: &[u8]) -> Article {
    read("page.html", bytes, &Options::default()).unwrap().remove(0)
}

const SENTENCES: &str = "The harbour master said on Tuesday that the bridge would open again before winter, and that the \
     council, which had asked for it, would pay for the work. Nobody at the council wanted to comment on that.";

/// A page as news sites make them, with the article in the middle of everything else.
fn news(body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang='en-GB'><head><title>Bridge to open – The Averne Post</title>
        <link rel='canonical' href='https://post.example/bridge'>
        <meta property='og:title' content='Bridge to open'><meta property='og:site_name' content='The Averne Post'>
        <meta name='author' content='Ann Ng'>
        <meta property='article:published_time' content='2026-03-04T10:20:30+0100'>
        <style>p {{ margin: 0 }}</style></head><body>
        <nav><ul><li><a href='/'>Home</a><li><a href='/world'>World</a></ul></nav>
        <header><h1>Bridge to open</h1><div class='byline'>By Ann Ng</div></header>
        <main><article><div class='article-body'>{body}</div>
        <div class='newsletter-signup'><p>Get our newsletter, with all the news of the day, in the morning.</p></div>
        </article>
        <section class='related-stories'><h2>More stories</h2><ul><li><a href='/1'>Fog in port</a></ul></section>
        <div id='comments'><h3>2 comments</h3><p>I do not believe that, and neither does anybody else here.</p></div></main>
        <footer>© The Averne Post. All rights reserved.</footer></body></html>"
    )
}

#[test]
fn the_article_is_kept_and_nothing_else_is() {
    let body = format!(
        "<p>AVERNE — {SENTENCES}</p>
        <figure><img src='a.jpg' alt='The bridge'><figcaption>The bridge. Photo: Bo Li</figcaption></figure>
        <p>One thing&nbsp;is clear: “The co\u{ad}st, \u{200e}whatever it is, will be ours”, she said.<br>She did not\n smile.</p>
        <p>Read also: <a href='/2'>Who pays for bridges</a></p>
        <h2>What comes next</h2>
        <ul><li>{SENTENCES}</li><li>The <a href='/report'>report</a> comes out in May.</li></ul>
        <p><a href='/3'>Ten bridges that you must see</a></p>
        <blockquote><p>{SENTENCES}</p></blockquote>
        <table><tr><th>Year<th>Cost<tr><td>2025<td>12</table>
        <p class='share-bar'>Share this on Facebook</p>"
    );
    let article = page(news(&body).as_bytes());
    let expected = format!(
        "AVERNE — {SENTENCES}\n\nOne thing\u{a0}is clear: “The co\u{ad}st, \u{200e}whatever it is, will be ours”, she said.\nShe did \
         not smile.\n\nWhat comes next\n\n{SENTENCES}\nThe report comes out in May.\n\n{SENTENCES}\n\nYear\tCost\n2025\t12"
    );
    assert_eq!(article.text, expected);
    let about = &article.about;
    assert_eq!((about.title.as_str(), about.byline.as_str()), ("Bridge to open", "Ann Ng"));
    assert_eq!((about.publisher.as_str(), about.language.as_str()), ("The Averne Post", "en-GB"));
    assert_eq!((about.url.as_str(), about.dateline.as_str()), ("https://post.example/bridge", "AVERNE"));
    assert_eq!(about.published, "2026-03-04T10:20:30+01:00");
    let kinds: Vec<_> = article.doubts.iter().map(|doubt| doubt.kind).collect();
    assert_eq!(kinds, [DoubtKind::LeftOut]);
    assert!(article.doubts[0].message.contains(" of the "), "{}", article.doubts[0].message);
}

#[test]
fn words_that_sound_like_something_else_stay_in_sentences() {
    for sentence in [
        "The minister said that nobody would follow him on Twitter or on Facebook any longer, and left.",
        "Advertisement was banned in 1974. Share prices fell on the day after.",
        "Photo shops, printers and newsletters are what the town lives on.",
        "Read more slowly, the teacher said, and you will see what I mean.",
    ] {
        let body = format!("<p>{SENTENCES}</p><p>{sentence}</p><p>{SENTENCES}</p><p>{SENTENCES}</p>");
        let text = page(news(&body).as_bytes()).text;
        assert_eq!(text, format!("{SENTENCES}\n\n{sentence}\n\n{SENTENCES}\n\n{SENTENCES}"));
    }
}

/// Twelve paragraphs of an article, with `part` amid them.
fn amid(part: &str) -> String {
    let prose = |n: usize| format!("<p>The minister said on Tuesday that report number {n} was wrong. {SENTENCES}</p>");
    let half = |from: usize| (from..from + 6).map(prose).collect::<String>();
    format!(
        "<html><head><title>Minister denies report</title></head><body><article><h1>Minister denies report</h1>{}{part}\
         {}</article></body></html>",
        half(0),
        half(6)
    )
}

#[test]
fn what_the_article_says_stays_whatever_it_sounds_like() {
    for said in [
        "No comment.",
        "“We will fight on,” the minister said – Reuters",
        "From June all pensioners will get free access to the ministry’s app",
        "The rebels get their orders through two encrypted apps, he said.",
        "He resigned on Monday. Follow the money, one diplomat wrote on Twitter, and you will see why.",
        "Register to vote now or lose the right, the commission told citizens of two provinces.",
        "Contact us before Friday, the kidnappers told the family, or she dies.",
        "“Contact the author of this lie,” the minister shouted.",
        "Donate now, the president begged the donors.",
        "Support our journalism is what the slogan on the wall said.",
        "The treaty left all rights reserved to the states, the court found after a long hearing in the capital.",
        "The latest news of the strike reached her by phone, an aide said.",
        "Image by image the investigators rebuilt the crash.",
        "Video credits the rebels with the attack, not the army.",
        "Abonnenten beklagten sich bitter über die neue Ausgabe der Zeitung und ihr Magazin.",
        "Read: a word that the minister repeated three times in her answer.",
        "Related: a distant cousin of the king, he said, was also paid.",
        "Must read: the judge told him so twice.",
        "Copyright is what they fought about, the two heirs told the court.",
        "<a href='/x'>The ministry said in a statement that it had never paid the men anything.</a>",
        "<a href='/x'>“I never paid them,” the minister told the inquiry.</a>",
        "Doe, on the radio: <a href='/x'>“I never paid them.”</a>",
    ] {
        let text = page(amid(&format!("<p>{said}</p>")).as_bytes()).text;
        let bare = said.replace("<a href='/x'>", "").replace("</a>", "");
        assert!(text.contains(&format!("\n\n{bare}\n\n")), "{said}");
    }
}

#[test]
fn what_only_leads_elsewhere_goes_even_amid_the_article() {
    for said in [
        "Read also: <a href='/x'>“I never paid them”, says minister</a>",
        "<a href='/x'>Ten ministers who paid</a>",
        "Follow us on <a href='/x'>Twitter</a> for all the news of the day.",
        "3 comments",
        "Advertisement",
        "Photo: Bo Li / Reuters",
        "© 2026 The Averne Post. All rights reserved.",
    ] {
        let text = page(amid(&format!("<p>{said}</p>")).as_bytes()).text;
        assert_eq!(text, page(amid("").as_bytes()).text, "{said}");
    }
}

#[test]
fn names_of_parts_take_nothing_from_what_the_article_says() {
    let paid = "The minister’s brother said that he had paid the men himself, in cash, at night.";
    for (part, said) in [
        (
            "<p>In the <span class='rate'>64 percent</span> turnout the party lost all its seats.</p>".to_owned(),
            "In the 64 percent turnout the party lost all its seats.",
        ),
        (
            "<blockquote><p>“We were never paid.”</p><footer>Jane Doe, mayor</footer></blockquote>".to_owned(),
            "“We were never paid.”\n\nJane Doe, mayor",
        ),
        (
            "<figure><blockquote><p>“We were never paid.”</p></blockquote><figcaption>Jane Doe, mayor</figcaption></figure>"
                .to_owned(),
            "“We were never paid.”\n\nJane Doe, mayor",
        ),
        (format!("<aside><p>{paid}</p></aside>"), paid),
        (format!("<div class='teaser'><p>{paid}</p></div>"), paid),
        (
            "<p class='share-quote'>“I never shared it,” Doe told the inquiry in the capital.</p>".to_owned(),
            "“I never shared it,” Doe told the inquiry in the capital.",
        ),
    ] {
        let text = page(amid(&part).as_bytes()).text;
        assert!(text.contains(&format!("\n\n{said}\n\n")), "{part}");
    }
    // What is said twice, or not said by anybody, is no loss.
    let stays = format!("<p>{paid}</p>");
    for part in [
        format!("<aside><p>{paid}</p></aside>"),
        "<aside><p>Every week, all the stories that you should know about.</p></aside>".to_owned(),
        "<div class='comments'><p>I never believed a word of what he said.</p></div>".to_owned(),
        "<div><span class='credit'>Bo Li</span></div>".to_owned(),
    ] {
        let text = page(amid(&format!("{stays}{part}")).as_bytes()).text;
        assert_eq!(text, page(amid(&stays).as_bytes()).text, "{part}");
    }
}

#[test]
fn what_was_copied_from_a_page_is_all_the_article() {
    let copied = "<p>The minister spoke.</p><p>3 comments</p><p>No comment.</p><aside>Share</aside>";
    let seen = "The minister spoke.\n\n3 comments\n\nNo comment.\n\nShare";
    for before in ["", "<meta charset='utf-8'>", "<html>\n<body>\n<!--StartFragment-->"] {
        let article = page(format!("{before}{copied}").as_bytes());
        assert_eq!((article.text.as_str(), article.doubts.as_slice()), (seen, [].as_slice()), "{before}");
    }
    let pasted = page(amid("<!--StartFragment--><p>3 comments</p><!--EndFragment-->").as_bytes());
    assert_eq!(pasted.text, page(amid("").as_bytes()).text);
}

#[test]
fn short_paragraphs_stay() {
    let short = ["“No”, she said.", "Nothing followed.", "13 March was a Friday.", "By then all had left."];
    for long in [1, 2, 5] {
        let paragraphs: Vec<&str> = std::iter::repeat_n(SENTENCES, long).chain(short).chain([SENTENCES]).collect();
        let body: String = paragraphs.iter().map(|paragraph| format!("<p>{paragraph}</p>")).collect();
        assert_eq!(page(news(&body).as_bytes()).text, paragraphs.join("\n\n"));
    }
}

#[test]
fn a_name_that_much_of_the_article_bears_says_nothing() {
    let paragraph = format!("<div class='promo-box'><p>{SENTENCES}</p></div>");
    let text = page(news(&paragraph.repeat(4)).as_bytes()).text;
    assert_eq!(text, [SENTENCES; 4].join("\n\n"));
}

#[test]
fn a_page_without_an_article_gives_all_of_it() {
    assert_eq!(page(b"<p>One.<p>Two.").text, "One.\n\nTwo.");
    assert_eq!(page(b"no tags at all").text, "no tags at all");
    assert_eq!(read("page.html", b"<script>x</script>", &Options::default()), Err(ImportError::Empty));
}

#[test]
fn a_page_says_its_encoding() {
    let body = format!("<p>Où est le café ? {SENTENCES}</p>");
    let body: Vec<u8> = body.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    for head in [
        "<meta charset=windows-1252>",
        "<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-1'>",
        "<?xml version='1.0' encoding='ISO-8859-1'?>",
    ] {
        let article = page(&[head.as_bytes(), &body].concat());
        assert!(article.text.starts_with("Où est le café ?"), "{head}: {}", article.text);
        assert_eq!(article.encoding, "windows-1252");
    }
}

#[test]
fn a_page_nested_without_end_is_refused() {
    let mut reader = Reader::new(None);
    for open in ["<div>", "<b>", "<table><tr><td>", "<ul><li>", "<blockquote><p>", "<svg>", "<a b=1><i>"] {
        let page = open.repeat(100_000) + "text";
        let outcome = reader.read("page.html", page.as_bytes(), &Options::default(), &|| false);
        let said = outcome.map(|articles| articles[0].text.len()).map_err(|reason| reason.to_string());
        assert!(
            said.as_ref().is_ok_and(|length| *length <= 4) || said.as_ref().is_err_and(|said| said.contains("deep")),
            "{open}: {said:?}"
        );
    }
}

#[test]
fn the_articles_of_public_test_pages_are_found() {
    let Some(folder) = shared("data/readability_pages") else { return };
    let output = run(&["bench".as_ref(), "html".as_ref(), folder.as_os_str()]);
    assert_eq!((output.status, output.err.as_str()), (0, ""));
    let mean = output.out.lines().find(|line| line.contains("mean F1")).unwrap();
    let mean: f64 = mean.split_whitespace().next().unwrap().parse().unwrap();
    assert!(mean >= 0.98, "{}", output.out);
    let titles = output.out.lines().find_map(|line| line.strip_prefix("titles right: ")).unwrap();
    let (right, all) = titles.split_once('/').unwrap();
    assert_eq!(right, all);
}

#[test]
fn pages_from_another_tool_import() {
    let Some(folder) = shared("data/inception_tests/inception-io-html/src/test/resources") else { return };
    for file in
        ["html/test.html", "html/test-with-head.html", "html/test-with-head-and-doctype.html", "html-zip/index.html"]
    {
        let article = page(&fs::read(folder.join(file)).unwrap());
        assert!(!article.text.contains(['<', '>']) && article.text.trim() == article.text, "{file}: {}", article.text);
    }
}

#[test]
fn a_dateline_with_a_name_of_its_own_stays_and_is_told() {
    let start =
        "<p><span class='dateline'>GENEVA (AP) — </span>The talks went on all night and ended without a deal.</p>";
    let article = page(amid("").replacen("<p>", &format!("{start}<p>"), 1).as_bytes());
    assert!(article.text.starts_with("GENEVA (AP) — The talks went on all night"), "{}", article.text);
    assert_eq!(article.about.dateline, "GENEVA (AP)");
}
