//! Which lines are proposed, and which are not.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;

/// What is found where the first line is the title.
fn found(text: &str) -> Found {
    propose(text, text.lines().next().unwrap())
}

/// The proposals in a text, as they stand there.
fn proposed(text: &str) -> Vec<String> {
    let indexed = Text::new(text);
    found(text).spans.into_iter().map(|span| indexed.slice(span).unwrap().to_owned()).collect()
}

fn in_an_article(line: &str) -> Vec<String> {
    proposed(&format!("A headline\n\nA first paragraph of the article.\n\n{line}\n\nAnother paragraph of it.\n"))
}

#[test]
fn what_is_not_the_article_is_proposed() {
    for line in [
        "Read also Article reserved for our subscribers “Abraham’s agreements must be preserved”",
        "Read also: The minister resigns",
        "READ MORE: Why the harbour is closed",
        "Also read | Ten things to know",
        "Read more",
        "Read more »",
        "• See also: The bridge at Port Averne",
        "Related articles",
        "More on this story",
        "To not miss anything on African news, subscribe to the newsletter of World Africa from this link. Every Saturday.",
        "Sign up for our daily newsletter and never miss a story.",
        "Subscribe to our newsletter!",
        "Already a subscriber? Log in",
        "Subscribe to continue reading",
        "This article is reserved for our subscribers",
        "source site-29",
        "Source link",
        "Source: https://example.org/news/1",
        "Photo: Jane Doe / The Courier",
        "Image: Reuters",
        "FILE PHOTO: The president speaks to reporters in Lisbon, March 3, 2021. REUTERS/Jane Doe",
        "The president speaks to reporters in Lisbon, March 3, 2021. REUTERS/Jane Doe",
        "Getty Images",
        "Photo by Jane Doe",
        "Advertisement",
        "ADVERTISEMENT",
        "Share this article",
        "Share on Facebook",
        "Follow us on Twitter",
        "Follow Jane Doe on Twitter: @janedoe",
        "© 2021 The Courier. All rights reserved.",
        "Copyright 2021 The Courier",
        "This article was originally published on The Conversation.",
        "Story continues below advertisement",
        "Lire aussi : La grève se poursuit",
        "Lire aussi Article réservé à nos abonnés La grève se poursuit",
        "Abonnez-vous",
        "Publicité",
        "Crédit photo : Jean Dupont",
        "Lesen Sie auch: Der Minister tritt zurück",
        "Mehr zum Thema",
        "Anzeige",
        "Foto: dpa",
        "Lea también: La huelga continúa",
        "Te puede interesar: La huelga continúa",
        "Leggi anche: Lo sciopero continua",
        "Leia também: A greve continua",
        "اقرأ أيضا: الوزير يستقيل",
        "اقرأ المزيد",
        "Already a member? Sign in here",
        "To continue reading this article, please subscribe",
        "Become a member today and support our work",
        "Follow us on Twitter, Facebook and Instagram",
        "Follow us on X for the latest news",
        "Video by John Smith for The Courier",
        "Photo courtesy of Jane Doe/AFP",
        "Image source, Getty Images",
        "First published on March 3, 2021",
        "First published in The Courier",
        "Originally published at https://example.org/1",
        "This essay was first published in The Courier and is republished with permission.",
        "The Courier 2021. All rights reserved",
        "Join our Telegram channel",
        "By Jane Doe and AFP",
        "Von Jane Doe in Berlin",
    ] {
        assert_eq!(in_an_article(line), [line], "{line}");
    }
}

#[test]
fn what_is_the_article_is_not_proposed() {
    for line in [
        "Read more than once, the letter made no sense to him.",
        "See also the decision of the court in the earlier case.",
        "See also",
        "Also read in court was a letter by the minister.",
        "The newspaper asked readers to subscribe to its newsletter.",
        "Subscribers to the newsletter were told on Monday that it would end.",
        "“Subscribe to our newsletter,” she said, and laughed.",
        "He urged them to sign up for the newsletter of the union.",
        "The photo shows the minister in Lisbon.",
        "Images of the harbour were sent around the world.",
        "Source: a close friend of the minister, who did not want to be named.",
        "A source familiar with the visit told AFP that it was over.",
        "The report was published on Tuesday.",
        "This report was published in March by the commission.",
        "Share prices fell by three per cent.",
        "Follow the money, he said on Tuesday.",
        "The advertisement was withdrawn.",
        "Copyright law does not protect ideas, the court found.",
        "By Tuesday evening the harbour was closed",
        "By then Jane Doe had left the building.",
        "Correction: an earlier version of this article gave a wrong date.",
        "Lire est un plaisir, a déclaré le ministre.",
        "Die Anzeige wurde am Dienstag erstattet.",
        "Listen!",
        "The World with AFP",
        "Already a member of NATO, Turkey wants more say in Brussels.",
        "Become a member of the EU or leave the table, the minister was told.",
        "Like many politicians on Facebook, she posts every day.",
        "Video by activists shows police beating protesters in the square.",
        "Image by image, the investigators reconstructed the attack.",
        "First published in 1949, the novel sold a million copies.",
        "First published in 1949 the novel sold well",
        "This report was first published by the United Nations in 2019 and caused outrage.",
        "This story first appeared in Berlin and made her famous.",
        "Supporters were told to march, donate, and join the Telegram channel of the militia.",
        "They march, donate, and join the Telegram channel of the militia.",
        "To win, join the Telegram channel of the militia.",
        "To continue reading, she said, is an act of courage.",
        "The company keeps all rights reserved to it by the treaty, the court ruled.",
        "Copyright by itself does not protect ideas, the judge held.",
        "Don't miss Paris, the envoy told the hall. “It is the last chance.”",
        "Don’t miss Paris, warned the envoy",
        "Related Companies, the developer, denied it: “We never paid.”",
        "Share on the market fell",
        "Von der Leyen in Kiew",
        "By Land and Sea",
    ] {
        assert_eq!(in_an_article(line), [""; 0], "{line}");
    }
}

#[test]
fn the_headline_is_never_proposed_nor_a_part_of_a_broken_paragraph() {
    assert_eq!(proposed("Advertisement\n\nText of the article."), [""; 0]);
    let broken =
        "Title\n\nIn the evening she used to sit by the window of the house and\nRead more\nthan one book at a time.";
    assert_eq!(proposed(broken), [""; 0]);
}

#[test]
fn datelines_and_bylines_are_proposed_and_known() {
    let long = "The minister said on Tuesday that the harbour would stay closed until spring.";
    for (start, dateline) in [
        ("PARIS, Nov 23 (Reuters) —", "PARIS, Nov 23 (Reuters)"),
        ("PARIS (Reuters) -", "PARIS (Reuters)"),
        ("Paris (AFP) –", "Paris (AFP)"),
        ("WASHINGTON —", "WASHINGTON"),
        ("NEW YORK, March 3, 2021 —", "NEW YORK, March 3, 2021"),
        ("Berlin (dpa) -", "Berlin (dpa)"),
    ] {
        let text = format!("A headline\n\nBy Jane Doe and John Smith\n\n{start} {long}\n\n{long}\n");
        assert_eq!(proposed(&text), ["By Jane Doe and John Smith", start], "{start}");
        let found = found(&text);
        assert_eq!((found.byline.as_str(), found.dateline.as_str()), ("Jane Doe and John Smith", dateline));
    }
    for start in ["CHAPTER I —", "No —", "Mr. Gantz —", "Paris —", "UPDATE 2 —", "I —"] {
        assert_eq!(found(&format!("A headline\n\n{start} {long}\n")), Found::default(), "{start}");
    }
}
