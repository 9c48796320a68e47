//! What was said, where it stands behind the verb.

use std::ops::Range;

use crate::{
    english::{clause, phrase::core_after, verb::Group, word::Words},
    lexicon::{Class, Classes, Form},
    token::{Kind, Token},
};

/// The part of a sentence behind a verb and its subject.
pub struct Behind {
    /// Where it starts.
    pub start: usize,
    /// Where the sentence ends.
    pub end: usize,
    /// Whether the subject stands before it, behind the verb.
    pub inverted: bool,
}

/// What was said, with how it was found.
pub struct Right {
    /// Where it stands.
    pub stretch: Range<usize>,
    /// What stands before the subject belongs to it.
    pub joins: bool,
    /// What follows the sentence can belong to it.
    pub open: bool,
    /// It is nothing without a quotation.
    pub voice: bool,
    /// By which rule.
    pub rule: &'static str,
}

/// Verbs behind which a quotation or a clause can be what was said.
const SPEECH: Classes =
    Classes::of(&[Class::Say, Class::Tell, Class::Ask, Class::Voice, Class::Think, Class::Show, Class::Deny]);

/// Verbs that take a clause with `that`.
const THAT: Classes = Classes::of(&[
    Class::Say,
    Class::Tell,
    Class::Think,
    Class::Show,
    Class::Deny,
    Class::Ask,
    Class::Order,
    Class::Confirm,
]);

/// Verbs that take a clause without `that`.
const BARE: Classes = Classes::of(&[Class::Say, Class::Tell, Class::Think, Class::Show]);

impl Behind {
    /// What was said; `left` is what can be it before the subject, too.
    pub fn content(&self, words: Words<'_>, group: &Group, left: Option<&Range<usize>>) -> Option<Right> {
        let token = words.get(group.verb)?;
        let end = self.end;
        let mut at = self.start;
        if !self.inverted
            && (token.is(Class::Tell) || token.is(Class::Order) || (token.is(Class::Ask) && !words.is(at, Class::Wh)))
        {
            at = addressee(words, at, end);
        }
        let skipped = clause::adjuncts(words, at, end);
        // `said, in a statement, that`
        let inserted = if words.is_sign(at, ',') && words.is(at + 1, Class::Prep) {
            clause::adjuncts(words, at + 1, end)
        } else {
            at
        };
        let inserted = if inserted > at && words.is_sign(inserted, ',') { inserted + 1 } else { at };
        let places = [at, skipped, inserted];
        if let Some(right) = places.iter().find_map(|from| self.quotation(words, token, *from, left.is_some())) {
            return Some(right);
        }
        let infinitive = words.before(group.verb).is_some_and(|before| before.is(Class::To));
        let has_left = left.is_some();
        let quoted = left.is_some_and(|left| words.is_quoted(left.end - 1));
        // `Smith, he said, would go`: what was said goes on behind the comma.
        if has_left && !quoted && !infinitive && token.any(SPEECH) && clause::goes_on(words, skipped, end) {
            let right = make(words, skipped + 1..clause::end(words, skipped + 1, end), "quote.around")?;
            return Some(Right { joins: true, ..right });
        }
        if quoted || (has_left && (words.is_sign(at, ',') || skipped >= end)) {
            return None;
        }
        places
            .iter()
            .find_map(|from| self.marked(words, token, group, *from))
            .or_else(|| self.unmarked(words, token, group, at, skipped))
    }

    /// A quotation right behind the verb, or behind a comma or colon.
    fn quotation(&self, words: Words<'_>, token: &Token, from: usize, has_left: bool) -> Option<Right> {
        let end = self.end;
        let colon = words.is_sign(from, ':');
        let comma = colon || words.is_sign(from, ',') || words.get(from).is_some_and(Token::is_dash);
        let mut from = from + usize::from(comma);
        while words.is_word(from, &["and", "but"]) && words.is_quoted(from + 1) {
            from += 1;
        }
        let named = token.is(Class::Call) && words.is_quoted(from);
        if !(token.any(SPEECH) || colon || named) {
            return None;
        }
        let voice = token.is(Class::Voice) && !token.is(Class::Say);
        let right = |stretch, open, voice, rule| Some(Right { stretch, joins: has_left, open, voice, rule });
        if words.is_quoted(from) && from < end {
            let gap = token.is(Class::Call) && !token.any(SPEECH);
            let to = match (gap, comma) {
                // `which Smith called “a tragedy,” killed ten`
                (true, _) => last_quoted(words, from, end),
                (false, true) => quoted_run(words, from, end),
                (false, false) => clause::end(words, from, end),
            };
            return right(clause::trim(words, from..to), true, voice, "quote.before");
        }
        if colon && from >= end {
            return right(from..from, true, true, "quote.colon");
        }
        if colon && token.any(SPEECH) && !has_left {
            return right(clause::trim(words, from..end), true, false, "quote.colon");
        }
        None
    }

    /// A clause behind `that`, `whether` or `to`.
    fn marked(&self, words: Words<'_>, token: &Token, group: &Group, from: usize) -> Option<Right> {
        let end = self.end;
        if from >= end {
            return None;
        }
        // `that day` is no clause.
        let long = end - from >= 3 || words.is_quoted(from + 1);
        let clause_follows =
            long && !words.is(from + 1, Class::Time) && !words.is_sign(from + 1, ',') && !words.is_finite(from + 1);
        // `told reporters gathered in the street that`
        let told = token.is(Class::Tell) && !token.is(Class::Say) && !self.inverted;
        if told && !words.is(from, Class::That) {
            let stops = |at: usize| words.is_finite(at) || words.is_quoted(at) || words.is_sign(at, ',');
            let that = (from..end.min(from + 14))
                .find(|at| words.is(*at, Class::That) || stops(*at))
                .filter(|at| words.is(*at, Class::That));
            if let Some(that) = that.filter(|that| *that + 3 <= end) {
                return make(words, that..clause::end(words, that, end), "quote.that");
            }
        }
        if token.any(THAT) && words.is(from, Class::That) && clause_follows {
            return make(words, from..clause::end(words, from, end), "quote.that");
        }
        let asks = token.any(Classes::of(&[Class::Ask, Class::Say, Class::Think, Class::Tell, Class::Show]));
        let who = words.is_word(from, &["who", "which"]) && !token.any(Classes::of(&[Class::Ask, Class::Tell]));
        let time = words.is_word(from, &["when", "where", "if"]) && !token.is(Class::Ask);
        if asks && !self.inverted && !who && !time && words.is(from, Class::Wh) && words.has_finite(from, end) {
            return make(words, from..clause::end(words, from, end), "quote.whether");
        }
        let to = if words.is(from, Class::Neg) { from + 1 } else { from };
        let held = group.passive
            && words.is_word(
                group.verb,
                &["said", "reported", "believed", "thought", "alleged", "rumored", "rumoured", "understood"],
            );
        let expected = group.passive && token.is(Class::Want);
        let governs = (token.is(Class::Want) && !group.passive)
            || (token.is(Class::Order) && !expected)
            || (token.is(Class::Ask) && !self.inverted)
            || held;
        if governs && words.is(to, Class::To) && infinitive_follows(words, to) {
            let rule = if token.is(Class::Want) { "quote.to" } else { "quote.order" };
            return make(words, from..clause::infinitive_end(words, to, end), rule);
        }
        None
    }

    /// A clause or phrase that nothing introduces.
    fn unmarked(&self, words: Words<'_>, token: &Token, group: &Group, at: usize, skipped: usize) -> Option<Right> {
        let end = self.end;
        if token.is(Class::Accuse) || (token.is(Class::Say) && words.is_word(at, &["of"])) {
            let accuse = token.is(Class::Accuse);
            let gerund = |of: usize| words.is_ing(of + 1) || (words.is_adverb(of + 1) && words.is_ing(of + 2));
            let of = (at..end.min(at + 12)).find(|at| words.is_word(*at, &["of", "for"])).filter(|of| {
                gerund(*of) || (accuse && (words.is_word(*of, &["for"]) || *of == at || !words.has_finite(at, *of)))
            });
            if let Some(of) = of {
                return make(words, of..clause::end(words, of, end), "quote.accuse");
            }
        }
        // `called for an inquiry`
        if token.is(Class::Call)
            && words.is_word(at, &["for"])
            && words.is_word(group.verb, &["call", "calls", "called", "calling"])
        {
            return make(words, at + 1..clause::infinitive_end(words, at + 1, end), "quote.to");
        }
        if token.is(Class::Call)
            && let Some(right) = called(words, at, end)
        {
            return Some(right);
        }
        let says = words.is_word(
            group.verb,
            &["said", "says", "say", "saying", "believe", "believes", "think", "thinks", "thought"],
        );
        let bare = (token.any(BARE) && !token.is(Class::Voice) && !token.is(Class::Thing)) || says;
        if bare && !group.passive && !self.inverted {
            let auxiliary = Classes::of(&[Class::Modal, Class::Be, Class::Have, Class::Do]);
            // `states that seceded` is no clause; `said that will not happen` is.
            let relative = |at: usize| {
                words.is(at, Class::That)
                    && !words.get(at + 1).is_some_and(|next| next.any(auxiliary) || !words.is_finite(at + 1))
            };
            let opened = [at, skipped]
                .into_iter()
                .find(|from| *from < end && !relative(*from) && clause::opens(words, *from, end));
            // `a figure that he says exceeds a million`
            let relative = (words.is_finite(at) && says && at < end).then_some(at);
            if let Some(from) = opened.or(relative) {
                return make(words, from..clause::end(words, from, end), "quote.clause");
            }
        }
        let noun = |at: usize| words.get(at).is_some_and(|token| token.is(Class::Det) || token.is(Class::Poss));
        let finite = !words.before(group.verb).is_some_and(|before| before.is(Class::To));
        if token.is(Class::Deny) && finite && at < end && (words.is_ing(at) || (noun(at) && is_charge(words, at, end)))
        {
            return make(words, at..clause::end(words, at, end), "quote.object");
        }
        None
    }
}

fn make(words: Words<'_>, stretch: Range<usize>, rule: &'static str) -> Option<Right> {
    let stretch = clause::trim(words, stretch);
    let open = stretch.end > 0 && words.is_quoted(stretch.end - 1);
    (!stretch.is_empty()).then_some(Right { stretch, joins: false, open, voice: false, rule })
}

/// Whether the verb of an infinitive stands behind `to`, and not a noun.
pub fn infinitive_follows(words: Words<'_>, to: usize) -> bool {
    let mut at = to + 1;
    while words.is_adverb(at) || words.is(at, Class::Neg) {
        at += 1;
    }
    let Some(token) = words.get(at) else { return false };
    let grammar = token.any(Classes::of(&[Class::Det, Class::Poss, Class::Object, Class::Group]));
    let plural = token.form(Form::Plural) && !token.form(Form::Third);
    token.is_quoted() || !(token.kind != Kind::Lower || grammar || words.is_ing(at) || plural)
}

/// Behind quotations that stand one after the other, with what joins them.
fn last_quoted(words: Words<'_>, from: usize, end: usize) -> usize {
    let mut last = from;
    for at in from..end {
        if words.is_quoted(at) {
            last = at + 1;
        } else if !(words.is_word(at, &["and", "but"]) || words.is_sign(at, ',')) {
            break;
        }
    }
    last
}

/// Behind quotations, and behind what goes on in small letters, which still belongs to the sentence that is quoted.
fn quoted_run(words: Words<'_>, from: usize, end: usize) -> usize {
    let last = last_quoted(words, from, end);
    let aside = Classes::of(&[Class::Sub, Class::Coord, Class::Prep]);
    let continues = words.get(last).is_some_and(|next| next.kind == Kind::Lower && !next.any(aside));
    if continues && last < end { clause::end(words, from, end) } else { last }
}

/// `called the plan “a disaster”`, `described it as a disaster`.
fn called(words: Words<'_>, at: usize, end: usize) -> Option<Right> {
    let stop = clause::end(words, at, end);
    let right = |to: usize, open| {
        Some(Right { stretch: clause::trim(words, at..to), joins: false, open, voice: false, rule: "quote.called" })
    };
    if let Some(quoted) = (at..stop.min(at + 14)).find(|at| words.is_quoted(*at)) {
        return if words.has_finite(at, quoted) { None } else { right(quoted_run(words, quoted, stop), true) };
    }
    let pronoun = words.is(at, Class::Object) || words.is(at, Class::Empty);
    let object = if pronoun { at..at + 1 } else { core_after(words, at, end)? };
    let by_as = words.is_word(object.end, &["as"])
        && !words.is(object.end + 1, Class::Subject)
        && !clause::opens(words, object.end + 1, stop);
    let judged = by_as || words.is_word(object.end, &["a", "an"]);
    if judged { right(stop, false) } else { None }
}

/// Behind who was told: `told reporters on Tuesday`.
fn addressee(words: Words<'_>, at: usize, end: usize) -> usize {
    let none = Classes::of(&[Class::That, Class::Wh, Class::To]);
    if at >= end || words.get(at).is_some_and(|token| token.any(none) || token.is_quoted()) {
        return at;
    }
    if words.is(at, Class::Object)
        || (words.is(at, Class::Poss) && !words.is_nominal(at + 1))
        || words.is_word(at, &["you"])
    {
        return at + 1;
    }
    match core_after(words, at, end) {
        // `told him the plan was bad`: a phrase with a verb behind it is a subject.
        Some(phrase) if words.is_finite(phrase.end) && !words.is(phrase.end, Class::That) => {
            second(words, phrase).unwrap_or(at)
        }
        Some(phrase) => phrase.end,
        None => at,
    }
}

/// Where a second phrase begins inside what looks like one: `told reporters Smith was wrong`.
fn second(words: Words<'_>, phrase: Range<usize>) -> Option<usize> {
    let inner = Classes::of(&[Class::Prep, Class::Det, Class::Title]);
    (phrase.start + 1..phrase.end).find(|at| {
        let (Some(before), Some(here)) = (words.before(*at), words.get(*at)) else { return false };
        let name = before.kind == Kind::Lower && here.kind == Kind::Capital && !before.any(inner);
        name || (here.is(Class::Det) && !before.is(Class::Prep))
    })
}

/// Whether a phrase is something that somebody said, or may have done: `the allegations`.
fn is_charge(words: Words<'_>, at: usize, end: usize) -> bool {
    let said = |at: usize| {
        words.is(at, Class::Charge)
            || words.is_word(at, &["idea", "notion", "theory", "assertion", "insinuations", "rumors"])
    };
    core_after(words, at, end).is_some_and(|phrase| phrase.into_iter().any(said))
}
