//! What is attributed in sentences as papers write them: a text, and each content with its source.

use crate::table::quotes;

/// Each quote with who says it, as `words < source`.
fn found(text: &str) -> Vec<String> {
    quotes("en", text).into_iter().map(|(quote, source)| format!("{quote} < {source}")).collect()
}

fn check(rows: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for (text, expected) in rows {
        let found = found(text);
        if found != *expected {
            wrong.push(format!("{text}\n    found    {found:?}\n    expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn what_was_said_ends_where_the_sentence_goes_on() {
    check(&[
        (
            "After the mayor conceded Monday that he lacked the votes, he suffered another loss.",
            &["that he lacked the votes < the mayor"],
        ),
        (
            "While Ms. Reed told the panel that she does not know Olsen, she later told The Herald that she believed him.",
            &["that she does not know Olsen < Ms. Reed", "that she believed him < she"],
        ),
        (
            "Critics of Olsen, who note that he voted against the bill, say he was posing.",
            &["that he voted against the bill < who", "he was posing < Critics of Olsen"],
        ),
        ("Olsen said he would cut taxes but Reed denied it.", &["he would cut taxes < Olsen"]),
        (
            "The police said that the park is not closed, but reporters on the ground heard a different story.",
            &["that the park is not closed < The police"],
        ),
        (
            "Saying that the city must go on, he said it must find another way.",
            &["that the city must go on < he", "it must find another way < he"],
        ),
        ("His claim that the plan should be dropped was wrong.", &["that the plan should be dropped < His"]),
        ("The fire, which Reed called “a tragedy,” killed ten.", &["“a tragedy,” < Reed"]),
    ]);
}

#[test]
fn what_only_says_when_is_no_part_of_it() {
    check(&[
        ("When asked from whom, Olsen said, “From him.”", &["“From him.” < Olsen"]),
        ("Reacting to the news, the mayor tweeted, “Finally.”", &["“Finally.” < the mayor"]),
        ("Though many members voiced support, none of them objected.", &[]),
        (
            "During a talk on “Eight O’Clock,” Olsen said the truth would be known soon.",
            &["the truth would be known soon < Olsen"],
        ),
    ]);
}

#[test]
fn clauses_need_no_that() {
    check(&[
        ("Owners say there is nothing wrong with it.", &["there is nothing wrong with it < Owners"]),
        ("Ms. Alder said there’s no rule.", &["there’s no rule < Ms. Alder"]),
        ("Reed said Olsen “overruled” the panel.", &["Olsen “overruled” the panel < Reed"]),
        ("The statement said the panel “must act.”", &["the panel “must act.” < The statement"]),
        (
            "Olsen said the mayor “believes in a plan for the rich.”",
            &["the mayor “believes in a plan for the rich.” < Olsen"],
        ),
        ("He believes at least one bill will fail.", &["at least one bill will fail < He"]),
        ("Turnbow said he’s undecided.", &["he’s undecided < Turnbow"]),
    ]);
}

#[test]
fn words_between_the_verb_and_what_was_said_change_nothing() {
    check(&[
        ("The panel said late Monday that it will meet.", &["that it will meet < The panel"]),
        ("Reed testified before the panel that he lied.", &["that he lied < Reed"]),
        ("Officials, meanwhile, say that it is fine.", &["that it is fine < Officials"]),
        ("Reed said, in a statement, that it is fine.", &["that it is fine < Reed"]),
        ("Mook said on CNN’s “State of the Union” that it was Russia.", &["that it was Russia < Mook"]),
        ("Reed told reporters gathered in the street that it was over.", &["that it was over < Reed"]),
    ]);
}

#[test]
fn accusing_and_naming_take_what_they_say() {
    check(&[
        ("The union accused the firm of negligence.", &["of negligence < The union"]),
        (
            "Clerks accused Olsen of deceptively spinning the numbers.",
            &["of deceptively spinning the numbers < Clerks"],
        ),
        ("Olsen blamed Reed for hiding the report.", &["for hiding the report < Olsen"]),
        ("Olsen described the report as a sham.", &["the report as a sham < Olsen"]),
        ("He called the plan “a disaster” on Monday.", &["the plan “a disaster” < He"]),
        ("The mayor mocked the plan as he sought to rally voters.", &[]),
        ("Rivals have repeatedly raised concerns that bias played a role.", &["that bias played a role < Rivals"]),
        ("The panel is looking into allegations that Reed stole the funds.", &["that Reed stole the funds < "]),
    ]);
}

#[test]
fn verbs_that_say_nothing_here_are_no_frames() {
    check(&[
        ("The judge denied the city’s request for a stay.", &[]),
        ("For Olsen, loyalty is a way to size up men.", &[]),
        ("The story also removed a note from Carl Olsen Jr., who posted a message about the leak.", &[]),
        ("Prices are expected to rise in May.", &[]),
        ("Eleven southern states that seceded from the union lost.", &[]),
        ("The harbour was closed in order to help the ships.", &[]),
    ]);
}

#[test]
fn the_next_sentence_says_who_asked() {
    check(&[
        ("“Stay,” Reed said.\n\n“Why?” Olsen asked.", &["“Stay,” < Reed", "“Why?” < Olsen"]),
        ("“Really?” Smith asked. “I doubt it.”", &["“Really?” … “I doubt it.” < Smith"]),
        ("“The rules demand care,” he said, according to the Herald.", &["“The rules demand care,” < he"]),
    ]);
}

#[test]
fn parts_of_one_utterance_are_one_quote() {
    check(&[
        ("“We won,” he said. “We won big.”", &["“We won,” … “We won big.” < he"]),
        ("“The people,” Ryan told CNBC, “deserve better.”", &["“The people,” … “deserve better.” < Ryan"]),
        ("The plan, he said, would go on.", &["The plan … would go on < he"]),
        ("“One,” Reed said.\n\n“Two. Three.”\n\nThen it rained.", &["“One,” … “Two. Three.” < Reed"]),
        (
            "“We won,” Mr. Olsen, the nominee, told a crowd in Toledo, Ohio, on Monday. “We won big.”",
            &["“We won,” … “We won big.” < Mr. Olsen, the nominee"],
        ),
    ]);
}
