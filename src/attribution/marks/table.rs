//! What the parser makes of texts in every style, and of damaged ones.
#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;

use super::{Marks, quotations};

/// The quotations of `text`, each as `>` for every one that holds it, a sign for the state of its marks (`~` they do not
/// go together, `(` the opening one is missing, `)` the closing one, `+` it goes on over paragraphs), and its parts.
fn told(text: &str) -> Vec<String> {
    let tell = |quoted: super::Quoted| {
        let sign = match quoted.marks {
            Marks::Balanced => "",
            Marks::Mismatched => "~",
            Marks::MissingOpen => "(",
            Marks::MissingClose => ")",
            Marks::Continued => "+",
        };
        let parts: Vec<_> = quoted.parts.into_iter().map(|part| &text[part]).collect();
        format!("{}{sign}{}", ">".repeat(quoted.depth as usize), parts.join(" / "))
    };
    quotations(text).into_iter().map(tell).collect()
}

fn check(rows: &[(&str, &[&str])]) {
    let wrong: Vec<_> = rows.iter().filter(|(text, expected)| told(text) != *expected).collect();
    let told: Vec<_> =
        wrong.iter().map(|(text, expected)| format!("{text:?}\n  is  {:?}\n  not {expected:?}", told(text))).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), told.join("\n"));
}

/// Texts of any kind, with many marks.
fn rich_text() -> impl Strategy<Value = String> {
    let marks: Vec<char> = "“”„‟\"＂‘’‚‛'`«»‹›「」『』".chars().collect();
    let around: Vec<char> = " \n\u{a0}\u{202f}.,!?:—-(sS0aBéßの人ש".chars().collect();
    let any = prop_oneof![
        5 => proptest::sample::select(marks),
        5 => proptest::sample::select(around),
        1 => any::<char>(),
    ];
    proptest::collection::vec(any, 0..80).prop_map(|all| all.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn quotations_of_any_text_are_whole_in_order_and_cross_nowhere(text in rich_text()) {
        let all = quotations(&text);
        let ends = |quoted: &super::Quoted| (quoted.parts[0].start, quoted.parts[quoted.parts.len() - 1].end);
        for quoted in &all {
            prop_assert!(!quoted.parts.is_empty());
            for part in &quoted.parts {
                let content = text.get(part.clone());
                prop_assert!(content.is_some_and(|content| content.chars().count() > 1 && !content.contains('\n')));
            }
            prop_assert!(quoted.parts.windows(2).all(|pair| pair[0].end < pair[1].start));
            if quoted.parts.len() > 1 {
                prop_assert!(!matches!(quoted.marks, Marks::Balanced | Marks::MissingOpen));
            }
            let whole = ends(quoted);
            let holding = all.iter().filter(|other| {
                let other = ends(other);
                other != whole && other.0 <= whole.0 && whole.1 <= other.1
            });
            prop_assert_eq!(holding.count(), quoted.depth as usize);
        }
        for pair in all.windows(2) {
            let (first, second) = (ends(&pair[0]), ends(&pair[1]));
            prop_assert!(first.0 < second.0 || (first.0 == second.0 && first.1 > second.1));
        }
        for (number, quoted) in all.iter().enumerate() {
            for other in &all[number + 1..] {
                let (first, second) = (ends(quoted), ends(other));
                prop_assert!(second.0 >= first.1 || second.1 <= first.1, "{first:?} crosses {second:?}");
            }
        }
    }
}

#[test]
fn every_style_is_read() {
    check(&[
        ("no marks", &[]),
        ("", &[]),
        ("He said “No, never”, twice.", &["“No, never”"]),
        ("a \"b c\" d \"e\"", &["\"b c\"", "\"e\""]),
        ("„Ja“, sagte er, „und ‚nein‘.“", &["„Ja“", "„und ‚nein‘.“", ">‚nein‘"]),
        ("Powiedział: „Tak”.", &["„Tak”"]),
        ("»Nein«, sagte sie, »ich nicht.«", &["»Nein«", "»ich nicht.«"]),
        ("»Er sagte ›nein‹ dazu«, sagte sie.", &["»Er sagte ›nein‹ dazu«", ">›nein‹"]),
        ("«Sì», disse.", &["«Sì»"]),
        ("Il dit : « Non, “jamais” ! » Et part.", &["« Non, “jamais” ! »", ">“jamais”"]),
        (
            "Il dit\u{a0}: «\u{202f}Non\u{202f}», puis «\u{202f}oui\u{202f}».",
            &["«\u{202f}Non\u{202f}»", "«\u{202f}oui\u{202f}»"],
        ),
        ("« Il a dit « non » », dit-elle.", &["« Il a dit « non » »", ">« non »"]),
        ("Le mot ‹ non › est ‹ dur ›.", &["‹ non ›", "‹ dur ›"]),
        ("”Ja”, sade han. ”Och nej.”", &["”Ja”", "”Och nej.”"]),
        ("”Han sade ’nej’ till mig”, sade hon.", &["”Han sade ’nej’ till mig”", ">’nej’"]),
        ("»Kyllä», hän sanoi. »Ei.»", &["»Kyllä»", "»Ei.»"]),
        ("彼は「はい『本』です」と言った。", &["「はい『本』です」", ">『本』"]),
        ("他说：“是的，‘好’。”然后走了。", &["“是的，‘好’。”", ">‘好’"]),
        ("他称“和平”是“目标”。", &["“和平”", "“目标”"]),
        ("半角｢カナ｣です", &["｢カナ｣"]),
        ("〝引用〟です", &["〝引用〟"]),
        ("＂全角＂です", &["＂全角＂"]),
        ("قال «نعم» ثم ذهب", &["«نعم»"]),
        ("وأضاف: \"لن نتراجع\"، مؤكدا", &["\"لن نتراجع\""]),
        ("قال: “نعم”، ثم ذهب", &["“نعم”"]),
        ("אמר \"כן\" והלך", &["\"כן\""]),
        ("דובר צה\"ל אמר: \"לא ידוע\".", &["\"לא ידוע\""]),
        ("הוא אמר: ״כן״.", &["״כן״"]),
        ("She said ``Yes'' and ``no''.", &["``Yes''", "``no''"]),
        ("''Yes,'' she said.", &["''Yes,''"]),
        ("`Yes,' she said.", &["`Yes,'"]),
        ("‘‘Yes,’’ she said, ‘‘it’s so.’’", &["‘‘Yes,’’", "‘‘it’s so.’’"]),
        ("Він сказав: «Так». «Ні», – відповіла вона.", &["«Так»", "«Ні»"]),
        ("«Я читал „Войну и мир“», — сказал он.", &["«Я читал „Войну и мир“»", ">„Войну и мир“"]),
        ("Είπε: «Ναι».", &["«Ναι»"]),
        ("“One.” “Two.” “Three.”", &["“One.”", "“Two.”", "“Three.”"]),
        ("(“Yes”) [“no”] –“so”– \"and\"/\"or\"", &["“Yes”", "“no”", "“so”", "\"and\"", "\"or\""]),
        ("“I was—” he said. “—and then…” “... so?”", &["“I was—”", "“—and then…”", "“... so?”"]),
        ("“¿Qué?”, dijo. «¡No!»", &["“¿Qué?”", "«¡No!»"]),
        ("a “b ‘c “d” e’ f” g", &["“b ‘c “d” e’ f”", ">‘c “d” e’", ">>“d”"]),
        (
            "\"She said, 'He told me \"no\" twice.'\"",
            &["\"She said, 'He told me \"no\" twice.'\"", ">'He told me \"no\" twice.'", ">>\"no\""],
        ),
        ("“‘Yes,’ he told me.”", &["“‘Yes,’ he told me.”", ">‘Yes,’"]),
        ("“He told me ‘yes.’”", &["“He told me ‘yes.’”", ">‘yes.’"]),
        ("word—“Hello”—word", &["“Hello”"]),
        ("\" Yes , \" he said , \" it is . \"", &["\" Yes , \"", "\" it is . \""]),
        ("“ Yes , ” he said .", &["“ Yes , ”"]),
        ("said:\"Hello\"and left", &["\"Hello\""]),
        ("« Non », dit-il. »", &["« Non »"]),
    ]);
}

#[test]
fn apostrophes_and_measures_close_nothing() {
    check(&[
        ("don’t, the '90s, 6\" tall, rock ’n’ roll’s", &[]),
        ("don't, 'tis, rock 'n' roll, ’em and ‘em, the workers' rights", &[]),
        ("6' 2\" and 5'10\" and 5’ 11”", &[]),
        ("\"He is 6' 2\" tall,\" she said.", &["\"He is 6' 2\" tall,\""]),
        ("\"It is 6\" long,\" she said.", &["\"It is 6\" long,\""]),
        ("\"It was 1999\" he said, \"or 2000\"", &["\"It was 1999\"", "\"or 2000\""]),
        ("‘The workers’ rights’, he said", &["‘The workers’ rights’"]),
        ("‘It’s so’ and the workers’ rights", &["‘It’s so’"]),
        ("‘yes’ and the workers’ rights", &["‘yes’"]),
        ("'It is so,' he said. 'It isn't.'", &["'It is so,'", "'It isn't.'"]),
        ("‘It is so,’ he said. ‘It isn’t.’", &["‘It is so,’", "‘It isn’t.’"]),
        ("'I'm goin' home,' he said.", &["'I'm goin' home,'"]),
        (
            "'The workers' rights,' he said, 'are the bosses' gain.'",
            &["'The workers' rights,'", "'are the bosses' gain.'"],
        ),
        ("'He said \"no\" to the boys' mother,' she said.", &["'He said \"no\" to the boys' mother,'", ">\"no\""]),
        ("'It is 'fine'' he said", &["'It is 'fine''", ">'fine'"]),
        ("O’Neill’s, l’État, d'accord, aujourd’hui", &[]),
        ("l’« État » et d’“ici” et l'\"Etat\", qu'« il »", &["« État »", "“ici”", "\"Etat\"", "« il »"]),
        ("She said \"the boys' toys\" and 'no'.", &["\"the boys' toys\"", "'no'"]),
        ("“The ’90s were good,” he said of the ’80s.", &["“The ’90s were good,”"]),
        ("“I don‘t know,” he said.", &["“I don‘t know,”"]),
        ("Lincoln 's Inn and the ' prentice", &[]),
        ("due to‘Hostile actions’ today", &["‘Hostile actions’"]),
        ("The 'red line' and the 'blue one' met.", &["'red line'", "'blue one'"]),
    ]);
}

#[test]
fn quotations_go_on_over_paragraphs() {
    check(&[
        ("“One.\n\n“Two.\n\n“Three,” he said.", &["+“One. / “Two. / “Three,”"]),
        ("He said: “One.\n“Two.”\n“Three,” he said.", &["+“One. / “Two.”", "“Three,”"]),
        ("\"One.\n\n\"Two,\" he said. \"Three.\"", &["+\"One. / \"Two,\"", "\"Three.\""]),
        ("« Un.\n\n« Deux », dit-il.", &["+« Un. / « Deux »"]),
        ("« Un.\n\n» Deux.\n\n» Trois », dit-il.", &["+« Un. / » Deux. / » Trois »"]),
        ("»Eins.\n\n»Zwei.«", &["+»Eins. / »Zwei.«"]),
        ("„Eins.\n„Zwei“, sagte er.", &["+„Eins. / „Zwei“"]),
        ("‘One isn’t.\n\n‘Two is,’ he said.", &["+‘One isn’t. / ‘Two is,’"]),
        ("'One isn't.\n\n'Two is,' he said.", &["+'One isn't. / 'Two is,'"]),
        ("”Ett.\n”Två”, sade han.", &["+”Ett. / ”Två”"]),
        ("“He said ‘no.’\n\n“And ‘yes,’” she said.", &["+“He said ‘no.’ / “And ‘yes,’”", ">‘no.’", ">‘yes,’"]),
        ("“One.\n\nTwo.\n\n“Three.”", &[")“One.", "“Three.”"]),
        ("“One.\n\n“Two.\n\nThree.", &[")“One. / “Two."]),
        ("“One,” he said. “Two.\n \n “Three.”", &["“One,”", "+“Two. / “Three.”"]),
        ("「一。\n「二」", &["+「一。 / 「二」"]),
    ]);
}

#[test]
fn damaged_marks_have_a_best_reading() {
    check(&[
        ("due to“Hostile actions” kingdom", &["“Hostile actions”"]),
        ("decided to“Intensify” its", &["“Intensify”"]),
        ("allegations to the ” serious “. For", &["~” serious “"]),
        ("called it ”serious“ twice, and ”grave“.", &["~”serious“", "~”grave“"]),
        ("“Until now. It is our partnership ”, added", &["“Until now. It is our partnership ”"]),
        ("“It is possible, with all that this implies. “, he", &["~“It is possible, with all that this implies. “"]),
        (
            "to “Strengthen its” hard power “in a tense regional context” between",
            &["~“Strengthen its” hard power “in a tense regional context”", ">~” hard power “"],
        ),
        (
            "to “Strengthen its ”hard power“ in a tense context” now",
            &["“Strengthen its ”hard power“ in a tense context”", ">~”hard power“"],
        ),
        ("the “red line” and “blue line” were “The” lines", &["“red line”", "“blue line”", "“The”"]),
        ("it was “good” and “bad” and “the” rest “of it”", &["“good”", "“bad”", "~“the” rest “of it”", ">~” rest “"]),
        ("part of the “Abrahamic Accords,” a process", &["“Abrahamic Accords,”"]),
        ("said ” no and then “yes” too", &["“yes”"]),
        ("He said: “I shall go on.", &[")“I shall go on."]),
        ("“One” and a stray “ here", &["“One”"]),
        ("\"I shall go on.", &[")\"I shall go on."]),
        ("« Je continue.", &[")« Je continue."]),
        ("I love cats,” he said.", &["(I love cats,”"]),
        ("He went home. I love cats,” he said.", &["(I love cats,”"]),
        ("I love cats. And dogs.”", &["(I love cats. And dogs.”"]),
        ("I love cats,\" he said. \"Dogs too.\"", &["(I love cats,\"", "\"Dogs too.\""]),
        ("“I love cats. “Dogs too,” he said.", &[")“I love cats.", "“Dogs too,”"]),
        ("the “hard power of the “soft power” state", &["“soft power”"]),
        ("“I love cats,\" he said.", &["~“I love cats,\""]),
        ("\"I love cats,” he said.", &["~\"I love cats,”"]),
        ("“I love cats,’ he said.", &["~“I love cats,’"]),
        ("‘I love cats,” he said.", &["~‘I love cats,”"]),
        ("“I love cats,» he said.", &["~“I love cats,»"]),
        ("„Ja\", sagte er.", &["~„Ja\""]),
        ("„Ja„, sagte er.", &["~„Ja„"]),
        ("«No«, disse. «Sì»", &["~«No«", "«Sì»"]),
        ("“‘I love it,” he said.", &["“‘I love it,”", ">)‘I love it,"]),
        ("« He said “no and left »", &["« He said “no and left »", ">)“no and left"]),
        ("\"I love cats, \" he said, \" but dogs too.\"", &["\"I love cats, \"", "\" but dogs too.\""]),
        ("He said,“ I love cats.” Then,“ I go.”", &["“ I love cats.”", "“ I go.”"]),
        ("He said,\" I love cats.\" She left.", &["\" I love cats.\""]),
        ("I love cats,\" he said. She left,\" too.", &["(I love cats,\"", "(She left,\""]),
        ("I love cats”, he said.", &["(I love cats”"]),
        ("Ich gehe“, sagte er. „Ja.“", &["(Ich gehe“", "„Ja.“"]),
        ("the \"Mets Poet'. I have", &["~\"Mets Poet'"]),
        ("said the boys' mother to \"the men", &[")\"the men"]),
        ("a “b «c “d” e» f", &["«c “d” e»", ">“d”"]),
        ("”", &[]),
        ("“", &[]),
        ("\"\"\"\" '' “” «»", &[]),
    ]);
}
