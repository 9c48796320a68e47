//! Denials as newspapers print them, and what only looks like one.
#![allow(clippy::unwrap_used, reason = "tests")]

use ascribe_schema::Text;

use crate::{Proposals, propose};

/// Each denial as `words | strength | source | what is denied`; `-` is nothing, `?` is left open.
fn denials(text: &str) -> Vec<String> {
    let text = Text::new(text.to_owned());
    let proposals = propose(&text, Some("en"), &[]);
    let words = |at: usize| {
        let spans: Vec<_> = proposals.annotations[at].spans.iter().filter_map(|span| text.slice(*span)).collect();
        spans.join(" … ")
    };
    let tied = |proposals: &Proposals, kind: &str, from: usize| {
        let tie = proposals.relations.iter().find(|tie| tie.kind == kind && tie.from == from);
        tie.map_or("-".to_owned(), |tie| words(tie.to))
    };
    let rows = proposals.annotations.iter().enumerate().filter(|(_, found)| found.label == "denial");
    rows.map(|(at, found)| {
        let strength = found.attributes.iter().find(|(name, _)| *name == "strength").unwrap();
        let (source, target) = (tied(&proposals, "attributed_to", at), tied(&proposals, "denies", at));
        format!("{} | {} | {source} | {target}", words(at), strength.1)
    })
    .collect()
}

/// Checks rows; where a row says `?`, anything may be found.
fn check(rows: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for (text, expected) in rows {
        let found = denials(text);
        let fits = |(found, expected): (&String, &&str)| {
            let (found, expected): (Vec<_>, Vec<_>) = (found.split(" | ").collect(), expected.split(" | ").collect());
            found.iter().zip(&expected).all(|(found, expected)| *expected == "?" || found == expected)
        };
        if found.len() != expected.len() || !found.iter().zip(*expected).all(fits) {
            wrong.push(format!("{text}\n    found {found:?}\n expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn verbs_of_denying_deny() {
    check(&[
        (
            "For its part, Morocco categorically denies having purchased this software and announced that it had filed complaints.",
            &[
                "categorically denies having purchased this software | outright | Morocco | having purchased this software",
            ],
        ),
        ("The ministry denied the allegations.", &["denied the allegations | outright | The ministry | -"]),
        (
            "The company denied that it had dumped waste in the river.",
            &[
                "denied that it had dumped waste in the river | outright | The company | it had dumped waste in the river",
            ],
        ),
        (
            "Mr. Haddad has repeatedly denied any involvement in the attack.",
            &["has repeatedly denied any involvement in the attack | outright | Mr. Haddad | -"],
        ),
        (
            "She denies he knew about the payments.",
            &["denies he knew about the payments | outright | She | he knew about the payments"],
        ),
        (
            "The senator flatly rejected that characterization in an interview on Monday.",
            &["flatly rejected that characterization | outright | The senator | -"],
        ),
        ("The department disputes her account.", &["disputes her account | outright | The department | -"]),
        (
            "The governor rejected suggestions that he had misled voters.",
            &["rejected suggestions that he had misled voters | outright | The governor | he had misled voters"],
        ),
        (
            "The bank refuted claims that it had lost the files.",
            &["refuted claims that it had lost the files | outright | The bank | it had lost the files"],
        ),
        (
            "The minister dismissed the report as baseless.",
            &["dismissed the report as baseless | outright | The minister | ?"],
        ),
        (
            "Peskov dismissed the accusations as “complete nonsense” on Friday.",
            &["dismissed the accusations as “complete nonsense” | outright | Peskov | -"],
        ),
        ("The report was denied by the ministry.", &["was denied | outright | the ministry | ?"]),
        ("The claims, denied by Moscow, were first published in March.", &["denied | outright | Moscow | ?"]),
        (
            "In a statement, the church denied these allegations: “We have done all we could.”",
            &["denied these allegations | outright | the church | -"],
        ),
        ("The actor denied wrongdoing.", &["denied wrongdoing | outright | The actor | ?"]),
        (
            "The mayor issued a statement denying that he had met the developer.",
            &["denying that he had met the developer | outright | The mayor | he had met the developer"],
        ),
        (
            "The agency has disputed the findings, saying that the sample was too small.",
            &["has disputed the findings | outright | The agency | -"],
        ),
        (
            "Officials denied on Tuesday that the road would be closed.",
            &["denied on Tuesday that the road would be closed | outright | Officials | the road would be closed"],
        ),
        ("Accused of taking bribes, which he denies, the mayor stepped down.", &["denies | outright | he | ?"]),
        ("The firm denied some of the claims.", &["denied some of the claims | partial | The firm | -"]),
        ("The White House pushed back on the claim.", &["pushed back on the claim | partial | The White House | -"]),
        ("The union took issue with the report.", &["took issue with the report | partial | The union | -"]),
        ("It denied the report.", &["denied the report | outright | It | -"]),
        (
            "Residents accused the mayor of taking bribes. The mayor denied the accusation.",
            &["denied the accusation | outright | The mayor | ?"],
        ),
        ("“I deny that,” the minister said.", &["deny that | outright | the minister | -"]),
    ]);
}

#[test]
fn declining_to_confirm_denies_a_little() {
    check(&[
        (
            "Asked by AFP, a spokeswoman for Mr. Gantz did not say whether the issue of NSO or the sale of military technology would be discussed during this visit.",
            &[
                "did not say whether the issue of NSO or the sale of military technology would be discussed during this visit | non_denial | a spokeswoman for Mr. Gantz | the issue of NSO or the sale of military technology would be discussed during this visit",
            ],
        ),
        ("The ministry declined to comment.", &["declined to comment | no_comment | The ministry | -"]),
        (
            "A spokesman for Black declined to discuss her plans.",
            &["declined to discuss her plans | no_comment | A spokesman for Black | -"],
        ),
        (
            "The army would neither confirm nor deny the report.",
            &["would neither confirm nor deny the report | non_denial | The army | -"],
        ),
        (
            "Officials declined to confirm or deny the account.",
            &["declined to confirm or deny the account | non_denial | Officials | -"],
        ),
        (
            "He would not say whether the governor plans to seek a new law.",
            &[
                "would not say whether the governor plans to seek a new law | no_comment | He | the governor plans to seek a new law",
            ],
        ),
        (
            "The company refused to answer questions about the leak.",
            &["refused to answer questions about the leak | no_comment | The company | -"],
        ),
        ("“No comment,” the lawyer said.", &["No comment | no_comment | the lawyer | -"]),
        ("The club had no comment on Sunday.", &["had no comment | no_comment | The club | -"]),
        ("The Pentagon declined comment.", &["declined comment | no_comment | The Pentagon | -"]),
        ("The family wouldn’t discuss the case.", &["wouldn’t discuss the case | no_comment | The family | -"]),
        (
            "Joyce Tillery declined to be interviewed Tuesday.",
            &["declined to be interviewed | no_comment | Joyce Tillery | -"],
        ),
        (
            "The spokesman did not deny that talks had taken place.",
            &["did not deny that talks had taken place | non_denial | The spokesman | talks had taken place"],
        ),
        ("She stopped short of denying the report.", &["stopped short of denying the report | non_denial | She | -"]),
        (
            "“We do not comment on ongoing investigations,” the prosecutor said.",
            &["do not comment on ongoing investigations | no_comment | the prosecutor | -"],
        ),
        (
            "The airline declined a request for comment.",
            &["declined a request for comment | no_comment | The airline | -"],
        ),
        ("The police have not confirmed the report.", &["have not confirmed the report | non_denial | The police | -"]),
        (
            "He declined to say which senators had been called.",
            &["declined to say which senators had been called | no_comment | He | -"],
        ),
    ]);
}

#[test]
fn taking_back_and_nouns_and_falsehood_deny() {
    check(&[
        ("The paper retracted the report.", &["retracted the report | retraction | The paper | -"]),
        (
            "On Monday it announced that the keepers had made eleven errors in September, and on Tuesday, in two lines, withdrew the figure, which belonged to another bridge.",
            &["withdrew the figure | retraction | it | ?"],
        ),
        ("The senator walked back his comments.", &["walked back his comments | retraction | The senator | -"]),
        ("The witness later recanted.", &["later recanted | retraction | The witness | -"]),
        (
            "The host apologized for the false claim on Thursday.",
            &["apologized for the false claim | retraction | The host | -"],
        ),
        ("The magazine issued a retraction.", &["issued a retraction | retraction | The magazine | -"]),
        ("The ministry issued a denial.", &["issued a denial | outright | The ministry | -"]),
        (
            "The company issued a firm denial that it had sold the data.",
            &["issued a firm denial that it had sold the data | outright | The company | it had sold the data"],
        ),
        (
            "His denial that he knew the man surprised nobody.",
            &["denial that he knew the man | outright | His | he knew the man"],
        ),
        ("Despite repeated denials from the palace, the rumours spread.", &["denials | outright | the palace | -"]),
        ("“That is not true,” the mayor said.", &["That is not true | outright | the mayor | -"]),
        (
            "“It is false that I sat on a warning,” she told the council on Tuesday.",
            &["It is false that I sat on a warning | outright | she | I sat on a warning"],
        ),
        (
            "“There is no truth to these rumours,” the agent said.",
            &["There is no truth to these rumours | outright | the agent | -"],
        ),
        ("He called the report “fake news”.", &["called the report “fake news” | outright | He | -"]),
        ("The bishop said the allegations were false.", &["the allegations were false | outright | The bishop | -"]),
        ("“Nonsense,” the minister replied.", &["Nonsense | outright | the minister | -"]),
        (
            "She described the claim as completely unfounded.",
            &["described the claim as completely unfounded | outright | She | -"],
        ),
        (
            "The chairman insisted that he had not seen the letter.",
            &["insisted that he had not seen the letter | outright | The chairman | -"],
        ),
        ("“That’s a lie,” Brown said.", &["That’s a lie | outright | Brown | -"]),
        (
            "The paper said that the money was stolen. The bank said the report was untrue.",
            &["the report was untrue | outright | The bank | ?"],
        ),
    ]);
}

#[test]
fn newspapers_deny_in_many_ways() {
    check(&[
        (
            "The Kremlin on Thursday denied reports that Russian troops had crossed the border.",
            &[
                "denied reports that Russian troops had crossed the border | outright | The Kremlin | Russian troops had crossed the border",
            ],
        ),
        (
            "The ambassador rejected as “absurd” claims that his country was involved.",
            &[
                "rejected as “absurd” claims that his country was involved | outright | The ambassador | his country was involved",
            ],
        ),
        (
            "Mr. Trump denied the accusations, calling them “fake news” and “a total fabrication.”",
            &[
                "denied the accusations | outright | Mr. Trump | -",
                "calling them “fake news” and “a total fabrication.” | outright | Mr. Trump | -",
            ],
        ),
        ("Moscow denies it.", &["denies it | outright | Moscow | -"]),
        (
            "The coach denied there was a rift in the team.",
            &["denied there was a rift in the team | outright | The coach | there was a rift in the team"],
        ),
        (
            "Iran denied on Sunday a report that it had agreed to talks.",
            &["denied on Sunday a report that it had agreed to talks | outright | Iran | it had agreed to talks"],
        ),
        (
            "Scientists dispute the claim that vaccines cause autism.",
            &["dispute the claim that vaccines cause autism | outright | Scientists | vaccines cause autism"],
        ),
        (
            "The team denied a report in The Sun that the striker was for sale.",
            &[
                "denied a report in The Sun that the striker was for sale | outright | The team | the striker was for sale",
            ],
        ),
        ("Prosecutors say he took $50,000, an allegation he denies.", &["denies | outright | he | ?"]),
        (
            "Officials in Riyadh initially denied that he had been detained, then changed their story.",
            &["initially denied that he had been detained | outright | Officials in Riyadh | he had been detained"],
        ),
        (
            "Mr. Cohen declined to discuss the payment but denied that it had come from the campaign.",
            &[
                "declined to discuss the payment | no_comment | Mr. Cohen | -",
                "denied that it had come from the campaign | outright | Mr. Cohen | it had come from the campaign",
            ],
        ),
        (
            "Israel has neither confirmed nor denied carrying out the strike.",
            &[
                "has neither confirmed nor denied carrying out the strike | non_denial | Israel | carrying out the strike",
            ],
        ),
        (
            "“I’m not going to comment on rumors,” Guardiola said.",
            &["’m not going to comment on rumors | no_comment | Guardiola | -"],
        ),
        (
            "“The president did nothing wrong,” his lawyer said.",
            &["The president did nothing wrong | outright | his lawyer | -"],
        ),
        ("“I never said that,” Mr. Perry said.", &["I never said that | outright | Mr. Perry | -"]),
        (
            "Tesla said the allegations are without merit.",
            &["the allegations are without merit | outright | Tesla | -"],
        ),
        ("He said the report was “simply not true.”", &["the report was “simply not true.” | outright | He | -"]),
        (
            "Her account is not entirely accurate, the paper said.",
            &["Her account is not entirely accurate | partial | the paper | -"],
        ),
        (
            "Mr. Williams apologized for saying that he was on the helicopter.",
            &[
                "apologized for saying that he was on the helicopter | retraction | Mr. Williams | he was on the helicopter",
            ],
        ),
        (
            "“That claim is false and defamatory,” the network said.",
            &["That claim is false and defamatory | outright | the network | -"],
        ),
        ("“There’s no truth to it,” Curry said.", &["There’s no truth to it | outright | Curry | -"]),
        (
            "The detective would not discuss details of the case.",
            &["would not discuss details of the case | no_comment | The detective | -"],
        ),
        ("He pleaded not guilty to all charges.", &["pleaded not guilty | outright | He | -"]),
    ]);
    check(&[
        ("The insurer denied her claim.", &[]),
        ("The bank denied the mortgage to the couple.", &[]),
        ("The judge dismissed the charges against him.", &[]),
        ("Cuba denies its citizens the right to travel.", &[]),
        ("The officer denied him water for two days.", &[]),
        ("The goalkeeper denied Messi from close range.", &[]),
        ("The store refused to refund the money.", &[]),
        ("He was convicted of making false statements.", &[]),
        ("It is not true love, he said.", &[]),
        ("The president rejected calls to resign.", &[]),
        ("The editor refused to retract the story.", &[]),
        ("He withdrew $500 from the bank.", &[]),
        ("There is no denying that he is popular.", &[]),
        ("The city apologized for the delay.", &[]),
    ]);
}

#[test]
fn what_is_refused_or_left_out_is_no_denial() {
    check(&[
        ("The judge denied bail to both men.", &[]),
        ("He was denied entry to the country.", &[]),
        ("The team had been denied visas to enter the United States.", &[]),
        ("They were twice denied visas.", &[]),
        ("The council denied them permission to build.", &[]),
        ("The new law denies women the right to vote.", &[]),
        ("The court denied the motion.", &[]),
        ("Parliament rejected the bill on Tuesday.", &[]),
        ("The union rejected the offer.", &[]),
        ("The appeals court rejected his appeal.", &[]),
        ("The club dismissed the coach after the match.", &[]),
        ("Class was dismissed early.", &[]),
        ("The army withdrew its troops from the valley.", &[]),
        ("The candidate withdrew from the race.", &[]),
        ("Shares declined 3 percent on Monday.", &[]),
        ("Sales declined to 4 million tons.", &[]),
        ("The tenants refused to leave.", &[]),
        ("A federal judge refused to block the law.", &[]),
        ("The company did not respond to a request for comment.", &[]),
        ("The ministry did not immediately respond to requests for comment.", &[]),
        ("She could not be reached for comment.", &[]),
        ("The report could not be independently confirmed.", &[]),
        ("Nobody denies that the bridge is old.", &[]),
        ("It is hard to deny that the plan has failed.", &[]),
        ("A dispute over a campaign sign ended with gunshots.", &[]),
        ("It is a territory disputed with the separatists.", &[]),
        ("The disputed election was held in May.", &[]),
        ("A denial-of-service attack took down the site.", &[]),
        ("The family lives in denial.", &[]),
        ("He declined the invitation.", &[]),
        ("She refused to sign the contract.", &[]),
        ("The minister confirmed the report.", &[]),
        ("The rocket took off after a false start.", &[]),
        ("The senator said the plan would not work.", &[]),
        ("He walked back to the hotel.", &[]),
        ("More than 8,000 requests were declined by local jurisdictions.", &[]),
        ("The reporter asked whether he denied the charge?", &[]),
        ("The team contested the final in Rome.", &[]),
        ("He did not say a word.", &[]),
    ]);
}

#[test]
fn what_is_denied_may_stand_before() {
    check(&[
        (
            "The opposition accused Ms. Orrell of hiding the letter. Ms. Orrell denied the accusation.",
            &["denied the accusation | outright | Ms. Orrell | of hiding the letter"],
        ),
        (
            "Brown said the company had poisoned the river. The company denied the claim.",
            &["denied the claim | outright | The company | the company had poisoned the river"],
        ),
        (
            "The mayor said the bridge was safe. The weather was fine. She went home and denied the rumours about her marriage.",
            &["denied the rumours about her marriage | outright | She | -"],
        ),
        (
            "Smith said that taxes had doubled.\n\nThe harvest was good.\n\nIt rained.\n\nThe fair was full.\n\nThe ministry denied the claim.",
            &["denied the claim | outright | The ministry | -"],
        ),
    ]);
}
