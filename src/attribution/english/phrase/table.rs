//! Who speaks, in sentences as reporters write them.

use crate::table::wrong;

/// A text, and its quotes with their sources.
type Line = (&'static str, &'static [(&'static str, &'static str)]);

#[rustfmt::skip]
const LINES: &[Line] = &[
    // What stands behind the noun and says who it is.
    ("“We saw it all,” one man guarding the shop told reporters.", &[("“We saw it all,”", "one man guarding the shop")]),
    ("“We saw it all,” said one man guarding the shop.", &[("“We saw it all,”", "one man guarding the shop")]),
    ("“We saw it all,” one aide close to the talks told Reed.", &[("“We saw it all,”", "one aide close to the talks")]),
    ("“It is over,” the source close to the mayor lamented. “It is done.”", &[("“It is over,” … “It is done.”", "the source close to the mayor")]),
    ("One man guarding the shop said that he saw it all.", &[("that he saw it all", "One man guarding the shop")]),
    ("Authorities probing the fire said that nobody was hurt.", &[("that nobody was hurt", "Authorities probing the fire")]),
    // Titles, short forms and days inside the phrase.
    ("“It is over,” county spokeswoman Cdr. Ann Reed told KXYZ.", &[("“It is over,”", "county spokeswoman Cdr. Ann Reed")]),
    ("“It is over,” R&D Corp. CEO Ann Reed said.", &[("“It is over,”", "R&D Corp. CEO Ann Reed")]),
    ("“It is over,” the department's No. 2 official said.", &[("“It is over,”", "the department's No. 2 official")]),
    ("“The park is closed,” the Thursday report said.", &[("“The park is closed,”", "the Thursday report")]),
    ("“The mill must stay,” the Save The Mill group said.", &[("“The mill must stay,”", "the Save The Mill group")]),
    ("“Most of all,” the paper notes, “the mayor is wrong.”", &[("“Most of all,” … “the mayor is wrong.”", "the paper")]),
    ("“The park is closed,” the Herald reports.", &[("“The park is closed,”", "the Herald")]),
    ("“I came,” he boomed.", &[("“I came,”", "he")]),
    ("Reed shot back, “I am old.”", &[("“I am old.”", "Reed")]),
    // Behind the verb.
    ("“I came,” said retired captain Carl Olsen.", &[("“I came,”", "retired captain Carl Olsen")]),
    ("“I came,” said renowned chef Carl Olsen.", &[("“I came,”", "renowned chef Carl Olsen")]),
    ("“I came,” says 22-year-old Ann Reed, who is finishing a degree.", &[("“I came,”", "22-year-old Ann Reed")]),
    ("“I came,” said 22-year-old Carl Olsen.", &[("“I came,”", "22-year-old Carl Olsen")]),
    ("“I came,” said then-mayor Ann Reed.", &[("“I came,”", "then-mayor Ann Reed")]),
    ("“I came,” said ex-wife Ann Reed.", &[("“I came,”", "ex-wife Ann Reed")]),
    ("“I came,” said another of the men.", &[("“I came,”", "another of the men")]),
    // The head of the phrase, and no noun inside it.
    ("A poll over the weekend from The Herald and KXYZ showed that most voters agree.", &[("that most voters agree", "A poll over the weekend from The Herald and KXYZ")]),
    ("The poll of 900 adults, made in May, found that most voters agree.", &[("that most voters agree", "The poll of 900 adults")]),
    ("Some officers returned to the mill June 11 and the county police told the owners that it was safe.", &[("that it was safe", "the county police")]),
    ("A July 25 call had promised that the mill would stay.", &[("that the mill would stay", "A July 25 call")]),
    ("Olsen, who also goes by his stage name, Red, said that the show was over.", &[("that the show was over", "Olsen")]),
    ("The petition rules say that the list is closed.", &[("that the list is closed", "The petition rules")]),
    ("The new details appear to show that the mayor knew.", &[("that the mayor knew", "The new details")]),
    ("“It is over,” famed political guru Carl Olsen said.", &[("“It is over,”", "famed political guru Carl Olsen")]),
    ("“It is bad,” a person briefed on the talks said.", &[("“It is bad,”", "a person briefed on the talks")]),
    ("“It is bad,” the 34-year-old said.", &[("“It is bad,”", "the 34-year-old")]),
    ("“It is bad,” the newly elected mayor said.", &[("“It is bad,”", "the newly elected mayor")]),
    ("Critics of the mayor say he lied.", &[("he lied", "Critics of the mayor")]),
    ("Letters from the council to the mayor last week asserted that the plan was bad.", &[("that the plan was bad", "Letters from the council to the mayor")]),
    ("In an email to the Herald, police spokesman Carl Olsen said that it was bad.", &[("that it was bad", "police spokesman Carl Olsen")]),
    ("The mayor, who is 62, and his wife, Ann, said they would leave.", &[("they would leave", "The mayor, who is 62, and his wife, Ann")]),
    ("Ann Reed, the mayor, and her lawyer said that they would leave.", &[("that they would leave", "Ann Reed, the mayor, and her lawyer")]),
    // What stands between the subject and its verb.
    ("In a talk on Friday, Olsen laid out a plan and said that he would not sign the bill.", &[("that he would not sign the bill", "Olsen")]),
    ("Olsen laid out a plan and said that he was tired.", &[("that he was tired", "Olsen")]),
    ("The mayor over the weekend had tweeted that the park was closed.", &[("that the park was closed", "The mayor")]),
    ("Olsen himself has criticized the summary, saying in a letter that it was wrong.", &[("that it was wrong", "Olsen himself")]),
    ("A joint panel earlier this year found that the plan had failed.", &[("that the plan had failed", "A joint panel")]),
    ("The mayor earlier in a tweet on Monday said that the plan works.", &[("that the plan works", "The mayor")]),
    ("The department, in a major reversal, on May 7 said that the case was dropped.", &[("that the case was dropped", "The department")]),
    ("Olsen, alluding to other plans, raised the possibility of “a second deal in May.”", &[("“a second deal in May.”", "Olsen")]),
    ("“It is bad,” Ann Reed, who leads the Trade, Roads, Rail panel, said.", &[("“It is bad,”", "Ann Reed")]),
    ("Reed, no friend of the mayor, said that the plan was bad.", &[("that the plan was bad", "Reed, no friend of the mayor")]),
    ("Added a local lawmaker: “The plan is bad.”", &[("“The plan is bad.”", "a local lawmaker")]),
    ("A spokeswoman for the paper, Ann Reed, later tweeted that it was wrong.", &[("that it was wrong", "A spokeswoman for the paper, Ann Reed")]),
    ("“It is bad,” said a lawyer for the city, Carl Olsen.", &[("“It is bad,”", "a lawyer for the city, Carl Olsen")]),
    ("“It is bad,” said Ann Reed, Carl Olsen’s lawyer.", &[("“It is bad,”", "Ann Reed, Carl Olsen’s lawyer")]),
    ("“It is bad,” Reed, her voice shaking, said.", &[("“It is bad,”", "Reed")]),
    // Names in marks.
    ("“Go on and fight,” Olsen told NBC’s “Meet the Press.”", &[("“Go on and fight,”", "Olsen")]),
    ("“We must fight,” Olsen said on “Carl Olsen Tonight.” “We cannot stop.”", &[("“We must fight,” … “We cannot stop.”", "Olsen")]),
    ("“We must fight,” Olsen said on CNBC's \"Squawk on the Street.\"", &[("“We must fight,”", "Olsen")]),
    ("She launched her “I feel your pain” tour in May.", &[]),
    // Surveys.
    ("Olsen is ahead in the county, poll results released this week show.", &[("Olsen is ahead in the county", "poll results released this week")]),
    ("Olsen is ahead in the county, a poll released this week shows.", &[("Olsen is ahead in the county", "a poll released this week")]),
    // Verbs and nouns that look the same.
    ("The paper reported that the man was dead.", &[("that the man was dead", "The paper")]),
    ("Olsen and his lawyer claim that the mayor knew.", &[("that the mayor knew", "Olsen and his lawyer")]),
    // Phrases in marks that no verb of saying has.
    ("I wrote on May 11, two days before he resigned: “The plan is over.”", &[("“The plan is over.”", "I")]),
    ("Olsen said about a dozen towns were looked at before Doral was taken as “the best place by far.”", &[("“the best place by far.”", "Olsen")]),
    ("The budget passed in May.\n'Not the end of it'\nNobody was pleased with it.", &[]),
    ("The tape holds his threat of “fire and fury for all.”", &[("“fire and fury for all.”", "his")]),
    ("The book quotes one of Reed’s messages: “The voters are a sack of fools.”", &[("“The voters are a sack of fools.”", "Reed")]),
    ("Reed is “a great man indeed,” in Olsen’s words.", &[("“a great man indeed,”", "Olsen")]),
    ("Reed, in Olsen's view, is “the one who will save us.”", &[("“the one who will save us.”", "Olsen")]),
];

#[test]
fn who_speaks() {
    let rows: Vec<_> = LINES.iter().map(|(text, quotes)| ("en", *text, *quotes)).collect();
    let wrong = wrong(&rows);
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}
