//! The one table of the rules of lint.

use ascribe_schema::{Problem, Severity};

/// What careful tagging does not leave behind: a rule that a project may turn off.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// A short name that never changes.
    pub name: &'static str,
    /// A warning is probably a mistake; a note is worth a look.
    pub severity: Severity,
    /// What it finds, in a line.
    pub about: &'static str,
    /// What to do about it.
    pub hint: &'static str,
}

macro_rules! rules {
    ($($id:ident, $name:literal, $severity:ident, $about:literal, $hint:literal;)*) => {
        $(pub(super) static $id: Rule =
            Rule { name: $name, severity: Severity::$severity, about: $about, hint: $hint };)*

        /// All rules, in the order in which they are listed.
        pub static RULES: &[&Rule] = &[$(&$id),*];
    };
}

rules! {
    QUOTE_WITHOUT_SOURCE, "quote-without-source", Warning,
        "a quote that is attributed to nobody",
        "tag who says it as a source, and tie the quote to it";
    DENIAL_WITHOUT_TARGET, "denial-without-target", Warning,
        "a denial of which it is not said what it denies",
        "tie it to the claim or quote that it denies; tag that first if need be";
    DENIAL_WITHOUT_SOURCE, "denial-without-source", Note,
        "a denial that is attributed to nobody",
        "tie it to the source that denies";
    SOURCE_NEVER_USED, "source-never-used", Warning,
        "a source to which nothing is attributed",
        "tie to it what it says, or delete it";
    CLAIM_IN_QUOTE_NOT_TIED, "claim-in-quote-not-tied", Note,
        "a claim inside a quote that does not express it",
        "tie the quote to the claim that it expresses";
    SEVERAL_SOURCES, "quote-with-several-sources", Note,
        "a quote that is attributed to several sources",
        "keep the nearest one that speaks; whoever passed it on is tied with relayed_by";
    RELATION_TO_ITSELF, "relation-to-itself", Warning,
        "a tie that leads back to where it starts",
        "take the tie away";
    DUPLICATE_RELATION, "duplicate-relation", Warning,
        "the same two annotations tied twice in the same way",
        "take one of the two ties away";
    CIRCULAR_RELAY, "circular-relay", Warning,
        "sources that relay each other in a circle",
        "take away the tie that leads back";
    SPAN_CUTS_QUOTE_MARK, "span-cuts-quote-mark", Warning,
        "an annotation that begins or ends right inside a quote mark, or holds only one of two",
        "a quote holds both of its marks; anything else holds both or neither";
    SPAN_CUTS_WORD, "span-cuts-word", Warning,
        "an annotation that begins or ends inside a word",
        "move its end to the end of the word";
    SPAN_HAS_SPACE, "span-has-space-at-its-end", Warning,
        "an annotation that begins or ends with white space",
        "leave the white space out";
    SOURCE_OVER_LINES, "source-over-lines", Warning,
        "a source that runs over the end of a line",
        "make two sources of it, or leave out what is not its name";
    FORM_AGAINST_MARKS, "form-against-marks", Note,
        "a direct quote without quote marks, or an indirect one that lies in marks",
        "give it another form, or move its ends";
    UNBALANCED_MARKS, "quote-marks-unbalanced", Note,
        "a quote of which the article’s own marks are missing or do not go together",
        "make sure where the quote really begins and ends; the marks stay as they are printed";
    TAG_IN_PARATEXT, "tag-in-paratext", Warning,
        "an annotation in what is not the article, which is counted and exported nowhere",
        "delete it, or say that the words are the article";
    DUPLICATE_ANNOTATION, "duplicate-annotation", Warning,
        "two annotations with the same label on the same words",
        "delete one of the two";
    CROSSING_SAME_LABEL, "crossing-same-label", Note,
        "two annotations with the same label of which each holds a part of the other",
        "let one hold the other, or keep them apart";
    SAME_WORDS_DIFFERENTLY, "same-words-tagged-differently", Warning,
        "the same words tagged with different labels in different places",
        "give them the same label, unless they really do something else here";
    STRAY_SPACE, "attribute-with-stray-space", Warning,
        "a value that is empty, or begins or ends with white space",
        "take the white space away";
    ENTITY_SPELLED_DIFFERENTLY, "source-entity-spelled-differently", Warning,
        "names of one source that differ only in case, spaces, hyphens or accents",
        "write the same name each time, or the ledger counts two sources";
    SAME_NAME_WITHOUT_ENTITY, "same-name-without-entity", Note,
        "a source without an entity, though the same words have one elsewhere in the article",
        "give it the same entity if it is the same source";
    PRONOUN_WITHOUT_ENTITY, "pronoun-without-entity", Note,
        "a pronoun of which it is not said who it is",
        "write into entity who speaks, so that the ledger counts it";
    ANONYMOUS_WITH_ENTITY, "anonymous-with-entity", Note,
        "an anonymous source of which the entity gives a name",
        "make sure that nobody is unmasked; a description does as an entity, too";
    VERDICT_WITHOUT_NOTE, "verdict-without-note", Note,
        "a claim that was checked, without a word on how",
        "write into the note what supports or refutes it";
    GOLD_WITHOUT_DECISION, "gold-without-decision", Warning,
        "gold on which the annotators differ, without anybody’s decision",
        "adjudicate the document, so that the decision and its reason are kept";
    GOLD_OUT_OF_DATE, "gold-out-of-date", Warning,
        "gold that is not what was decided",
        "make it anew with `ascribe-cli adjudicate --gold`, which says what has changed";
    FINISHED_WITH_OPEN_LINT, "finished-with-open-lint", Warning,
        "a document that is marked as finished though something is still open",
        "settle what is open, reopen the document, or turn the rule off";
}

/// The rule of that name.
#[must_use]
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}

/// What is wrong with a project's list of rules that are off. `file` names the list in problems.
#[must_use]
pub fn check_off(off: &[String], file: &str) -> Vec<Problem> {
    let unknown = off.iter().filter(|name| rule(name).is_none());
    let problem = |name: &String| {
        let message = format!("there is no rule `{name}` that could be turned off");
        let hint = "take it out of lint_off; `ascribe-cli check --rules` lists the rules";
        Problem::new(Severity::Warning, "unknown-lint-rule", file, message).hint(hint)
    };
    unknown.map(problem).collect()
}
