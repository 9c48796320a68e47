//! Rich text and e-mails, as their readers see them.

use ascribe_engine::{Article, DoubtKind, ImportError, Options, read};

fn outcome(name: &str, bytes: &[u8]) -> Result<Article, ImportError> {
    read(name, bytes, &Options::default()).map(|mut articles| articles.remove(0))
}

/// The text of a rich text, and what was left out.
fn check_rtf(body: &[u8], text: &str, left_out: &[&str]) {
    let article = outcome("a.rtf", &[br"{\rtf1\ansi\ansicpg1252 ", body, b"}"].concat()).unwrap();
    let shown = String::from_utf8_lossy(body).into_owned();
    assert_eq!(article.text, text, "{shown}");
    let messages: Vec<_> = article.doubts.iter().map(|doubt| doubt.message.as_str()).collect();
    assert_eq!(messages, left_out, "{shown}");
}

#[test]
fn every_sign_of_rich_text_is_kept() {
    for (body, text) in [
        (br"caf\'e9 \'93q\'94 \{x\} a\\b".as_slice(), "café “q” {x} a\\b"),
        (b"caf\xe9", "café"),
        (br"a\u8217\'92b\u-10179?\u-8694?c", "a’b\u{1f60a}c"),
        (br"\uc0\u1575 \u1604\uc2\u233\'c3\'a9x", "الéx"),
        (br"a\~b\-c\_d", "a\u{a0}b\u{ad}c\u{2011}d"),
        (br"a\emdash b\endash\lquote c\rquote\ldblquote d\rdblquote\bullet", "a—b–‘c’“d”•"),
        (b"one\\par two\\line three\\tab four\\par\\par \nfive\\\r\nsix", "one\n\ntwo\nthree\tfour\n\nfive\n\nsix"),
        (br"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}{\f2\fcharset128 Gothic;}}\f1\'cf\'f0{\f2\'83\'65}\'e8", "Прテи"),
        (br"{\*\generator X;}{\stylesheet{\s1 Normal;}}{\colortbl;\red1;}{\pict\bin4 {}}}}{\*\shppict x}a", "a"),
        (br"{\field{\*\fldinst HYPERLINK}{\fldrslt {\b link}}} on{\*\bkmkstart x}", "link on"),
        (br"{\upr{ansi}{\*\ud{\u233 ?}}}", "é"),
        (br"\trowd\cellx1\cellx2\pard\intbl a\cell b\par c\cell\row\pard after", "a\n\nb\n\nc\n\nafter"),
        (br"\trowd\cellx1\cellx2\pard\intbl a\cell\cell\row\trowd\intbl c\cell d\cell\row\pard after", "a\t\nc\td\n\nafter"),
        (br"before{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt box\par}}{\shprslt box}} after", "before after\n\nbox"),
        (br"a  b{\i c}d e", "a  bcd e"),
        (br"\ansicpg1251{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset1 Arial;}}\f0 d\'e9j\'e0\f1\'e0", "déjàа"),
        (br"\deff1{\fonttbl{\f0\fcharset2 Symbol;}{\f1\fcharset0 Arial;}{\f2\fcharset204 Arial;}}caf\'e9 \f2\'cf \plain\'e9", "café П é"),
        (br"{\*\do\dobxpage{\dptxbxtext In the box.\par}}\pard Main.\par", "Main.\n\nIn the box."),
        (br"{\field{\fldinst{HYPERLINK http://x}}{\fldrslt link}} end", "link end"),
    ] {
        check_rtf(body, text, &[]);
    }
}

#[test]
fn what_rich_text_does_not_show_is_left_out_and_counted() {
    for (body, text, left_out) in [
        (br"{\header Running head\par}{\footer 1}a".as_slice(), "a", "1 header or footer"),
        (br"a{\footnote\chftn  note\par}b\par c", "ab\n\nc\n\n note", "1 number of a note, which stands at the end"),
        (br"a{\*\annotation why?}b", "ab", "1 comment"),
        (br"a{\v secret}b", "ab", "1 hidden passage"),
        (br"a{\deleted gone}b", "ab", "1 deleted passage"),
        (br"{\listtext\'b7\tab}a", "a", "1 mark of a list item"),
    ] {
        check_rtf(body, text, &[&format!("left out: {left_out}")]);
    }
}

#[test]
fn formulas_of_rich_text_are_missing_and_counted() {
    let article = outcome("a.rtf", br"{\rtf1\ansi a {\mmath{\*\moMath{\mr x=1}}}b}").unwrap();
    assert_eq!(article.text, "a b");
    let doubt = &article.doubts[0];
    assert_eq!((doubt.kind, &*doubt.message), (DoubtKind::PartMissing, "1 formulas are not in the text"));
}

#[test]
fn rich_text_says_what_it_is_and_what_is_wrong() {
    let info = br"{\rtf1\mac{\info{\title Caf\'8e}{\author A. Writer}{\creatim\yr2024\mo2\dy1\hr9}}\'8etoile}";
    let article = outcome("a.rtf", info).unwrap();
    let about = (&*article.about.title, &*article.about.byline, &*article.about.published);
    assert_eq!((article.text.as_str(), about), ("étoile", ("Café", "A. Writer", "2024-02-01")));
    for (bytes, expected) in [
        (br"{\rtf1 a".as_slice(), "it ends in the middle"),
        (br"{\rtf1\pc \'82}", "its code page 437 is not known"),
        (br"{\rtf1\ansicpg932 \'81}", "bytes in it do not fit its code page 932"),
        (b"hello", "it does not begin with {\\rtf"),
    ] {
        let message = outcome("a.rtf", bytes).unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
    }
}

const HEAD: &str = "From: =?utf-8?q?Ren=C3=A9e?= <r@example.org>\r\nSubject: =?iso-8859-1?q?Caf=E9?= news\r\n\
                    Date: Thu, 1 Feb 2024 10:00:00 +0100\r\nMIME-Version: 1.0\r\n";

/// The text of an e-mail whose header goes on like this.
fn check_mail(rest: &[u8], text: &str) {
    let article = outcome("a.eml", &[HEAD.as_bytes(), rest].concat()).unwrap();
    assert_eq!(article.text, text, "{}", String::from_utf8_lossy(rest));
    let about = (&*article.about.title, &*article.about.byline, &*article.about.published);
    assert_eq!(about, ("Café news", "Renée", "2024-02-01T10:00:00+01:00"));
}

#[test]
fn an_email_is_read_as_its_reader_sees_it() {
    let plain =
        |more: &str, body: &[u8]| [format!("Content-Type: text/plain; {more}\r\n\r\n").as_bytes(), body].concat();
    check_mail(&plain("charset=utf-8", "caf\u{e9}\u{a0}a\r\n\r\nb\r\n".as_bytes()), "café\u{a0}a\n\nb");
    check_mail(&plain("charset=windows-1256", b"\xc7\xe1"), "ال");
    check_mail(&plain("charset=utf-8; format=flowed", b"one \r\ntwo\r\nthree"), "one two\nthree");
    let quoted = b"Content-Type: text/plain; charset=iso-8859-15\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n5 =A4 so=\r\nft";
    check_mail(quoted, "5 € soft");
    let base64 =
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+YTwvcD48cD5iw6k8L3A+";
    check_mail(base64, "a\n\nbé");
    let both = |plain: &str, html: &str| {
        format!(
            "Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n{plain}\r\n\
             --x\r\nContent-Type: text/html\r\n\r\n{html}\r\n--x--\r\n"
        )
    };
    check_mail(
        both("a long line that\r\nwas broken", "<p>a long line that was broken</p>").as_bytes(),
        "a long line that was broken",
    );
    check_mail(
        both("all of the words are in this part", "<p>See the text</p>").as_bytes(),
        "all of the words are in this part",
    );
}

#[test]
fn attachments_are_left_out_by_name() {
    let mail = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nbody\r\n\
         --x\r\nContent-Type: application/pdf; name=\"a.pdf\"\r\nContent-Disposition: attachment; filename=\"a.pdf\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n\
         Subject: Inner\r\n\r\ninner words\r\n--x--\r\n"
    );
    let article = outcome("a.eml", mail.as_bytes()).unwrap();
    assert_eq!(article.text, "body");
    let doubt = &article.doubts[0];
    assert_eq!((doubt.kind, &*doubt.message), (DoubtKind::LeftOut, "left out: 2 attachments: a.pdf, Inner"));
}

#[test]
fn what_is_no_email_or_is_locked_says_so() {
    let locked =
        format!("{HEAD}Content-Type: multipart/encrypted; boundary=x\r\n\r\n--x\r\n\r\nVersion: 1\r\n--x--\r\n");
    assert_eq!(outcome("a.eml", locked.as_bytes()).unwrap_err(), ImportError::Encrypted);
    let message = outcome("a.eml", b"Just some words.\n\nAnd more.").unwrap_err().to_string();
    assert!(message.contains("it has no header such as From"), "{message}");
}

/// An e-mail in two parts: a plain one that is sound, and this one.
fn after_a_part(second: &str) -> Article {
    let mail = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nFirst.\r\n\
         --x\r\n{second}\r\n--x\r\nContent-Type: text/plain\r\n\r\nLast.\r\n--x--\r\n"
    );
    outcome("a.eml", mail.as_bytes()).unwrap()
}

#[test]
fn no_part_of_an_email_is_lost_where_it_breaks_its_rules() {
    let plain = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: ";
    for (part, text) in [
        (format!("{plain}quoted-printable\r\n\r\nsee http://x/?a=zz caf=C3=A9"), "see http://x/?a=zz café"),
        (format!("{plain}quoted-printable\r\n\r\na == b =\r\nc"), "a == b c"),
        (format!("{plain}base64\r\n\r\nY2Fmw6k=\r\n_____ list footer!"), "café\n_____ list footer!"),
        (
            "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
             <p><a href=3D\"?a==zz\">caf=C3=A9</a></p>"
                .to_owned(),
            "café",
        ),
    ] {
        let article = after_a_part(&part);
        assert_eq!((&*article.text, article.doubts.len()), (&*format!("First.\n\n{text}\n\nLast."), 0), "{part}");
    }
    let broken = format!("{plain}base64\r\n\r\nY2Fm\r\n!?\r\n{}", "QUFB".repeat(12));
    assert_eq!(after_a_part(&broken).doubts[0].kind, DoubtKind::PartMissing);
}

#[test]
fn pictures_among_the_words_are_left_out_by_name() {
    for picture in [
        "Content-Type: image/png; name=a.png\r\nContent-Disposition: inline; filename=a.png\r\n\
         Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgoAAAANSUhEUgAA",
        "Content-Type: image/gif; name=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\nR0lGODlhISIjJCUm",
    ] {
        let article = after_a_part(picture);
        assert_eq!((&*article.text, &*article.doubts[0].message), ("First.\n\nLast.", "left out: 1 attachment: a.png"));
    }
}

#[test]
fn an_email_that_says_a_wrong_encoding_is_read_or_doubted() {
    let read = |kind: &str, body: &[u8]| {
        outcome("a.eml", &[format!("{HEAD}Content-Type: {kind}\r\n\r\n").as_bytes(), body].concat()).unwrap()
    };
    let utf8 = read("text/plain; charset=iso-8859-1", "Le président a déclaré".as_bytes());
    assert_eq!((&*utf8.text, &*utf8.encoding), ("Le président a déclaré", "UTF-8"));
    let page = read("text/html", b"<meta charset=iso-8859-5><p>\xbf\xe0\xd8");
    assert_eq!((&*page.text, &*page.encoding), ("При", "ISO-8859-5"));
    let page = "From: a\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html; \
                charset=windows-1252\n\n<p>Le président a déclaré.</p>\n--x--\n";
    let saved = outcome("a.mhtml", page.as_bytes()).unwrap();
    assert_eq!((&*saved.text, &*saved.encoding), ("Le président a déclaré.", "UTF-8"));
}

#[test]
fn the_header_of_an_email_is_in_the_letters_of_its_body() {
    let mail = b"From: \xcf\xf0\xe8 <a@b>\nSubject: \xcf\xf0\xe8\n\
                 Content-Type: text/plain; charset=windows-1251\n\n\xcf\xf0\xe8";
    let about = outcome("a.eml", mail).unwrap().about;
    assert_eq!((&*about.title, &*about.byline), ("При", "При"));
}

#[test]
fn a_message_that_only_holds_another_is_that_one() {
    let mail =
        format!("{HEAD}Content-Type: message/rfc822\r\n\r\nFrom: B <b@c>\r\nSubject: Inner\r\n\r\nThe words.\r\n");
    let article = outcome("a.eml", mail.as_bytes()).unwrap();
    assert_eq!((&*article.text, &*article.about.title, &*article.about.byline), ("The words.", "Inner", "B"));
}
