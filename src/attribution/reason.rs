//! Why something is proposed: one plain sentence for each rule.

/// The sentence for a rule, as a person should read it; empty for a rule that is not of this crate.
///
/// ```
/// assert_eq!(ascribe_attribution::reason("quote.after"), "Somebody is said to say it right after it.");
/// ```
#[must_use]
pub fn reason(rule: &str) -> &'static str {
    REASONS.iter().find(|(name, _)| *name == rule).map_or("", |(_, reason)| reason)
}

/// Every rule with its sentence.
const REASONS: &[(&str, &str)] = &[
    ("quote.before", "Somebody is said to say it right before the quotation."),
    ("quote.after", "Somebody is said to say it right after it."),
    ("quote.around", "Who says it stands in the middle of what is said."),
    ("quote.that", "A clause with “that” follows a word for saying, thinking or showing."),
    ("quote.clause", "A clause follows a word for saying or thinking, without “that”."),
    ("quote.to", "What somebody means to do, or is said to do, follows a word for wanting or saying."),
    ("quote.whether", "An indirect question follows a word for asking, saying or knowing."),
    ("quote.order", "What somebody is told or asked to do follows a word for ordering or asking."),
    ("quote.called", "Somebody is said to call or describe something in these words."),
    ("quote.accuse", "Somebody is accused, and this is what of."),
    ("quote.object", "It is what a word for denying, rejecting or confirming is about."),
    ("quote.noun", "A noun for something said, such as “claim” or “promise”, is followed by what was said."),
    ("quote.sure", "An adjective such as “confident” or “worried” is followed by what somebody believes."),
    ("quote.according", "“According to” or the like names whose words it gives."),
    ("quote.for", "“For” and a name at the front say whose view it gives."),
    ("quote.colon", "It follows a colon behind who speaks."),
    ("quote.credit", "A dash and a name follow the quotation."),
    ("quote.floating", "The quotation stands by itself, so it belongs to whoever spoke last."),
    ("quote.partial", "These words stand in quotation marks and are neither a title nor a name."),
    ("quote.beside", "The sentence beside the quotation says who speaks."),
    ("quote.reported", "The sentence is in the form of reported speech, so it goes on with what was said."),
    ("quote.whole", "The sentence tells in its own words what somebody said."),
    ("marks", "It stands in quotation marks; there are no rules yet for this language."),
    ("source.subject", "It is the subject of the word that says so."),
    ("source.inverted", "It follows the word that says so."),
    ("source.according", "It follows “according to” or the like."),
    ("source.owner", "The words are called theirs, as in “the minister’s claim”."),
    ("source.inherited", "It is who spoke last: the words go on without a new speaker."),
    ("source.relay", "The words are said to have come through it, as in “quoted by the agency”."),
    ("source.told", "It is the medium that the words were said to, as in “told the newspaper”."),
    ("denial.verb", "A verb of denying, rejecting or disputing."),
    ("denial.noun", "A noun for a denial, such as “denial” or “rebuttal”."),
    ("denial.decline", "Somebody declines or refuses to say or confirm something."),
    ("denial.retract", "Somebody withdraws or corrects what was said before."),
    ("denial.not_done", "Somebody says that they did not do it, or that it did not happen."),
    ("denial.truth", "Something is said to be untrue."),
    ("claim.quantity", "It gives a number or a share that can be checked."),
    ("claim.comparison", "It compares, or says that something is the most, the first of its kind, or never so."),
    ("claim.denied", "It is what somebody denies, or does not confirm."),
    ("claim.event", "It says that something happened, with who, where or when."),
    ("claim.cause", "It says that one thing caused or led to another."),
    ("claim.record", "It says what a law, a record or a document holds."),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn reasons_are_sentences_and_no_two_rules_share_a_name() {
        let names: BTreeSet<_> = REASONS.iter().map(|(name, _)| name).collect();
        assert_eq!(names.len(), REASONS.len());
        for (name, reason) in REASONS {
            assert!(
                reason.ends_with('.') && reason.chars().next().is_some_and(|c| c.is_uppercase() || c == '“'),
                "{name}"
            );
        }
        assert_eq!(reason("model.of.somebody"), "");
    }
}
