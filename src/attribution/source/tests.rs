//! What is said of sources, on sentences as newspapers write them.

#![allow(clippy::unwrap_used, reason = "tests")]

use ascribe_schema::Text;

use crate::{Proposal, Proposals, propose};

fn read(text: &str) -> (Text, Proposals) {
    let text = Text::new(text.to_owned());
    let proposals = propose(&text, Some("en"), &[]);
    (text, proposals)
}

/// The last source with these words.
fn source<'a>(text: &Text, proposals: &'a Proposals, words: &str) -> Option<(usize, &'a Proposal)> {
    let mut sources = proposals.annotations.iter().enumerate().filter(|(_, annotation)| annotation.label == "source");
    sources.rfind(|(_, annotation)| annotation.spans.iter().all(|span| text.slice(*span) == Some(words)))
}

fn attribute<'a>(proposal: &'a Proposal, name: &str) -> &'a str {
    proposal.attributes.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
}

fn sources(text: &Text, proposals: &Proposals) -> Vec<String> {
    let sources = proposals.annotations.iter().filter(|annotation| annotation.label == "source");
    sources.map(|source| text.slice(source.spans[0]).unwrap_or_default().to_owned()).collect()
}

/// A text, a source in it, its kind and its naming.
const KINDS: &[(&str, &str, &str, &str)] = &[
    ("Smith said the plan had failed.", "Smith", "unknown", "described"),
    ("Mr. Smith said the plan had failed.", "Mr. Smith", "person", "named"),
    ("Karen Liddell said the plan had failed.", "Karen Liddell", "person", "named"),
    ("The White House said the plan had failed.", "The White House", "organisation", "named"),
    ("The Kremlin said the plan had failed.", "The Kremlin", "organisation", "named"),
    ("Israel said the plan had failed.", "Israel", "organisation", "named"),
    ("The ministry said the plan had failed.", "The ministry", "organisation", "described"),
    ("The company said the plan had failed.", "The company", "organisation", "described"),
    ("The Pew Research Center said the plan had failed.", "The Pew Research Center", "organisation", "named"),
    ("The ministry’s spokeswoman said the plan had failed.", "The ministry’s spokeswoman", "person", "described"),
    ("A spokesman for the mayor said the plan had failed.", "A spokesman for the mayor", "person", "described"),
    ("A senior official said the plan had failed.", "A senior official", "person", "described"),
    ("Officials said the plan had failed.", "Officials", "group", "described"),
    ("Police said the man was armed.", "Police", "group", "described"),
    ("House Republicans said the plan had failed.", "House Republicans", "group", "described"),
    ("Residents said the plan had failed.", "Residents", "group", "described"),
    ("AFP reported that the plan had failed.", "AFP", "media", "named"),
    ("The New York Times reported that the plan had failed.", "The New York Times", "media", "named"),
    ("The newspaper reported that the plan had failed.", "The newspaper", "media", "described"),
    ("The report said the plan had failed.", "The report", "document", "described"),
    ("A study found that the plan had failed.", "A study", "document", "described"),
    ("The letter said the plan had failed.", "The letter", "document", "described"),
    ("He said the plan had failed.", "He", "person", "pronoun"),
    ("They said the plan had failed.", "They", "group", "pronoun"),
    ("Others said the plan had failed.", "Others", "group", "pronoun"),
    ("A source said the plan had failed.", "A source", "person", "anonymous"),
    ("Sources said the plan had failed.", "Sources", "group", "anonymous"),
    ("“It failed,” a source familiar with the visit said.", "a source familiar with the visit", "person", "anonymous"),
    ("“It failed,” said two people briefed on the talks.", "two people briefed on the talks", "group", "anonymous"),
    ("People close to her said she would run.", "People close to her", "group", "anonymous"),
    ("“It failed,” said an aide, who spoke on condition of anonymity.", "an aide", "person", "anonymous"),
    ("The mayor, Hector Salas, said the plan had failed.", "The mayor, Hector Salas", "person", "named"),
    ("“It failed,” said Jane Roe, a lawyer.", "Jane Roe, a lawyer", "person", "named"),
    ("The president said the plan had failed.", "The president", "person", "described"),
    ("The President said the plan had failed.", "The President", "person", "described"),
    ("Prime Minister John Key said the plan had failed.", "Prime Minister John Key", "person", "named"),
    ("One of them said the plan had failed.", "One of them", "person", "described"),
    ("Fox News host Sean Hannity said it had failed.", "Fox News host Sean Hannity", "person", "named"),
    (
        "The World Health Organization (WHO) said the plan had failed.",
        "The World Health Organization (WHO)",
        "organisation",
        "named",
    ),
    ("Sheriff Tommy Ledford said the man was armed.", "Sheriff Tommy Ledford", "person", "named"),
];

/// A text, the last source in it with these words, and who that is; nobody where it is empty.
const ENTITIES: &[(&str, &str, &str)] = &[
    ("Sheriff Tommy Ledford said it was over. Ledford said no one was hurt.", "Ledford", "Tommy Ledford"),
    ("Benny Gantz flew to Rabat. Mr. Gantz said the visit went well.", "Mr. Gantz", "Benny Gantz"),
    ("Mr. Schumer said it had failed.", "Mr. Schumer", "Schumer"),
    ("Susan Collins met Tim Kaine. She said the bill had failed.", "She", "Susan Collins"),
    ("Susan Collins met Tim Kaine. He said the bill had failed.", "He", "Tim Kaine"),
    ("Tim Kaine met John Burr. He said the bill had failed.", "He", ""),
    ("Tim Kaine said he was tired. He said the bill had failed.", "He", "Tim Kaine"),
    ("Dana Whitlock and Carl Whitlock came. Whitlock said it was fine.", "Whitlock", ""),
    ("Mary Whitlock and Carl Whitlock came. Mr. Whitlock said it was fine.", "Mr. Whitlock", "Carl Whitlock"),
    ("Principal Andre Whitfield blamed the mail. He’s proud of Imani Brooks, he said.", "he", "Andre Whitfield"),
    ("The World Health Organization (WHO) met. WHO said the plan had failed.", "WHO", "World Health Organization"),
    ("The Church of Scientology sued. The Church said it was wronged.", "The Church", "Church of Scientology"),
    ("The White House said it would wait.", "The White House", "White House"),
    (
        "U.S. District Judge Martin Escobedo ruled on Friday. The judge said it was over.",
        "The judge",
        "Martin Escobedo",
    ),
    ("Judge Martin Escobedo met Judge Ann Lee. The judge said it was over.", "The judge", ""),
    ("A spokesman for the mayor said it was over. He said no one was hurt.", "He", ""),
    ("Ducey’s spokesman, Daniel Reyes, said it was over. He said no one was hurt.", "He", "Daniel Reyes"),
    (
        "“It is new,” a source familiar with the visit told AFP. “It is a declaration,” added this manager.",
        "this manager",
        "source familiar with the visit",
    ),
    ("“It is so,” a source said. “It is a declaration,” added this manager.", "this manager", ""),
    ("The Pew Research Center polled voters. It said most were worried.", "It", ""),
    ("The Pew Research Center said voters were poor. It said most were worried.", "It", "Pew Research Center"),
    ("Adam B. Schiff came. “It is over,” said Adam Schiff.", "Adam Schiff", "Adam B. Schiff"),
    ("Officials said it was over.", "Officials", ""),
    ("Randi Weingarten, president of a union, objected. “Kids ask,” she said.", "she", "Randi Weingarten"),
    ("Carl Whitlock, who said he voted, left.", "who", "Carl Whitlock"),
    ("Ms. Clark, a nurse, came first. “It hurt,” she said.", "she", "Clark"),
    ("Paris police chief Anne Roux spoke on Monday. Roux said two men were held.", "Roux", "Anne Roux"),
    ("He met Senators Susan Collins and Lisa Murkowski. Ms. Collins said it failed.", "Ms. Collins", "Susan Collins"),
    ("Jane Roe led Neighbors United. She said the plan had failed.", "She", "Jane Roe"),
    ("Valeska Paris left the church in 2007. Paris said she was held on a ship.", "Paris", "Valeska Paris"),
    ("Paris said it would not sign the treaty.", "Paris", "Paris"),
    ("Russell Dean Pickard was jailed. Pickard said he had fired at an armadillo.", "Pickard", "Russell Dean Pickard"),
    ("Chelsea Manning met Chelsea Clinton. Chelsea said it was fun.", "Chelsea", ""),
    (
        "The International Monetary Fund (IMF) cut its forecast. The IMF said growth had slowed.",
        "The IMF",
        "International Monetary Fund",
    ),
    ("The Trump administration sued. Trump said it was fair.", "Trump", "Trump"),
    ("Trump Tower was closed. Trump said it was fair.", "Trump", "Trump"),
    ("Karen Brooks won the prize. Karen said she was glad.", "Karen", "Karen Brooks"),
    ("Daniel Reyes, a spokesman, came. The spokesman said it was over.", "The spokesman", "Daniel Reyes"),
    ("Daniel Reyes, a spokesman, came with Ann Lee, a spokesman. The spokesman said it was over.", "The spokesman", ""),
    ("A spokesman for Daniel Reyes said it was over. Reyes said nobody was hurt.", "Reyes", "Daniel Reyes"),
    ("Ann Lee and Mary Poe came. She said it was over.", "She", ""),
    ("Ann Lee said Mary Poe had lied. She said it was over.", "She", "Ann Lee"),
    ("Tim Kaine’s wife, Anne Holton, came. She said it was over.", "She", "Anne Holton"),
    ("Tim Kaine spoke. \n\n“It is over,” he said.", "he", "Tim Kaine"),
    ("AFP reported that the talks had failed. It said both sides had left.", "It", "AFP"),
    ("According to Bruce Maddy-Weitzman, it was no chance. “It is possible,” he said.", "he", "Bruce Maddy-Weitzman"),
    ("The two men left. He said it was over.", "He", ""),
];

/// A text, a source in it, and the medium through which its words came; none where it is empty.
const RELAYS: &[(&str, &str, &str)] = &[
    ("Mr. Smith told Reuters that the plan had failed.", "Mr. Smith", "Reuters"),
    ("“It failed,” Mr. Smith told the newspaper.", "Mr. Smith", "the newspaper"),
    ("Mr. Smith told The New York Times that the plan had failed.", "Mr. Smith", "The New York Times"),
    ("Mr. Smith told reporters that the plan had failed.", "Mr. Smith", ""),
    ("Mr. Smith told his wife that the plan had failed.", "Mr. Smith", ""),
    ("Mr. Smith told the media that the plan had failed.", "Mr. Smith", ""),
    ("“It failed,” said Mr. Smith, quoted by AFP.", "Mr. Smith", "AFP"),
    (
        "Officials, quoted by the Interfax news agency, said the plan had failed.",
        "Officials",
        "the Interfax news agency",
    ),
    ("The plan had failed, Mr. Smith said, as reported by Reuters.", "Mr. Smith", "Reuters"),
    ("Reuters quoted Mr. Smith as saying the plan had failed.", "Mr. Smith", "Reuters"),
    ("According to AFP, officials said the plan had failed.", "officials", "AFP"),
    ("Officials said the plan had failed, according to Reuters.", "Officials", "Reuters"),
    ("Officials said the plan had failed, according to the report.", "the report", ""),
    ("Mr. Smith said in an interview with CNN that the plan had failed.", "Mr. Smith", "CNN"),
    ("Mr. Smith said in an interview with his lawyer that the plan had failed.", "Mr. Smith", ""),
    ("Mr. Smith said the plan cited by Reuters had failed.", "Mr. Smith", ""),
    ("“It failed,” Mr. Smith told Fox News host Sean Hannity.", "Mr. Smith", ""),
    ("“It failed,” Mr. Smith told the Associated Press.", "Mr. Smith", "the Associated Press"),
    ("“It failed,” Mr. Smith told Breitbart News.", "Mr. Smith", "Breitbart News"),
    ("“It failed,” Mr. Smith told AFP on Friday.", "Mr. Smith", "AFP"),
    ("“It failed,” a source close to the talks told AFP.", "a source close to the talks", "AFP"),
    ("A source told the daily Haaretz that the plan had failed.", "A source", "the daily Haaretz"),
    ("“It failed,” Mr. Smith told the BBC.", "Mr. Smith", "the BBC"),
    ("“It failed,” Mr. Smith told the court.", "Mr. Smith", ""),
    ("“It failed,” Mr. Smith told lawmakers.", "Mr. Smith", ""),
    ("“It failed,” Mr. Smith told his party.", "Mr. Smith", ""),
    ("The minister, quoted by Al-Jazeera, said the plan had failed.", "The minister", "Al-Jazeera"),
    ("“It failed,” the minister was quoted as saying by Reuters.", "the minister", "Reuters"),
    ("“It failed,” Mr. Smith said, according to CNN.", "Mr. Smith", "CNN"),
    ("“It failed,” said Mr. Smith, cited by The Washington Post.", "Mr. Smith", "The Washington Post"),
    ("The agency quoted Mr. Smith as saying the plan had failed.", "Mr. Smith", "The agency"),
    ("Mr. Smith said, in an interview on Fox News, that the plan had failed.", "Mr. Smith", "Fox News"),
    ("CNN reported that the plan had failed.", "CNN", ""),
    ("According to CNN, the plan had failed.", "CNN", ""),
    ("Residents told the newspaper that shots were fired.", "Residents", "the newspaper"),
    ("She told the station that shots were fired.", "She", "the station"),
    ("“It failed,” he told a local television station.", "he", "a local television station"),
    ("The company told investors that sales had fallen.", "The company", ""),
    ("“It failed,” Mr. Smith told a news conference.", "Mr. Smith", ""),
    ("“It failed,” Mr. Smith told a reporter for CNN.", "Mr. Smith", ""),
];

/// A text, and the words of a source in it that must be whole.
const SPANS: &[(&str, &str)] = &[
    (
        "“It failed,” said another, a retired mill worker named Roy Pelkey, 71.",
        "another, a retired mill worker named Roy Pelkey, 71",
    ),
    ("Nearly everyone said the plan had failed.", "Nearly everyone"),
    ("A 2016 survey by the Ohio Fund found that the plan had failed.", "A 2016 survey by the Ohio Fund"),
    ("According to the team’s coach, Alireza Mehraban, the plan had failed.", "the team’s coach, Alireza Mehraban"),
    ("According to the Herald, Professor Burrows said the plan had failed.", "the Herald"),
    ("For Jane Roe, a writer, the visit, in full tension, was no chance.", "Jane Roe, a writer"),
    (
        "“It failed,” said Rep. Leonard Voss, D-Md., a member of the committee.",
        "Rep. Leonard Voss, D-Md., a member of the committee",
    ),
    ("The minister said on Monday that the plan had failed.", "The minister"),
    ("The minister, who is ill, said the plan had failed.", "The minister"),
    ("The minister’s claim that the plan had failed was news.", "The minister"),
];

#[test]
fn a_source_is_given_whole_and_without_what_is_not_part_of_it() {
    let mut wrong = Vec::new();
    for (words, name) in SPANS {
        let (text, proposals) = read(words);
        if source(&text, &proposals, name).is_none() {
            wrong.push(format!("{words} → no {name}: {:?}", sources(&text, &proposals)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_source_says_what_it_is_and_how_it_is_named() {
    let mut wrong = Vec::new();
    for (words, name, kind, naming) in KINDS {
        let (text, proposals) = read(words);
        match source(&text, &proposals, name) {
            Some((_, found)) if attribute(found, "kind") == *kind && attribute(found, "naming") == *naming => {}
            Some((_, found)) => wrong.push(format!("{words} → {:?}", found.attributes)),
            None => wrong.push(format!("{words} → no {name}: {:?}", sources(&text, &proposals))),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_source_is_who_it_is_where_that_is_clear() {
    let mut wrong = Vec::new();
    for (words, name, entity) in ENTITIES {
        let (text, proposals) = read(words);
        match source(&text, &proposals, name) {
            Some((_, found)) if attribute(found, "entity") == *entity => {}
            Some((_, found)) => wrong.push(format!("{words} → {:?}", found.attributes)),
            None => wrong.push(format!("{words} → no {name}: {:?}", sources(&text, &proposals))),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_that_came_through_a_medium_are_tied_to_it() {
    let mut wrong = Vec::new();
    for (words, name, medium) in RELAYS {
        let (text, proposals) = read(words);
        let Some((at, _)) = source(&text, &proposals, name) else {
            wrong.push(format!("{words} → no {name}: {:?}", sources(&text, &proposals)));
            continue;
        };
        let tie = proposals.relations.iter().find(|tie| tie.kind == "relayed_by" && tie.from == at);
        let found = tie.and_then(|tie| text.slice(proposals.annotations[tie.to].spans[0])).unwrap_or_default();
        if found != *medium {
            wrong.push(format!("{words} → {found}"));
        }
        if !proposals.relations.iter().any(|tie| tie.kind == "attributed_to" && tie.to == at) {
            wrong.push(format!("{words} → nothing is said by {name}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
