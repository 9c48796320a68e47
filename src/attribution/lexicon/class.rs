//! The classes of words, and the forms that words stand in.

/// Makes the classes with their names in the files.
macro_rules! classes {
    ($($(#[$doc:meta])* $class:ident $name:literal,)*) => {
        /// A class of words, as a heading of a lexicon names it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Class {
            $($(#[$doc])* $class,)*
        }

        impl Class {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$class,)*];

            /// What headings call it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$class => $name,)*
                }
            }
        }
    };
}

classes! {
    /// Verbs that report words: they take a quotation, a clause, or stand beside one (`say`).
    Say "say",
    /// Verbs that report words to somebody who is named (`tell`).
    Tell "tell",
    /// Verbs of asking (`ask whether`).
    Ask "ask",
    /// Verbs that stand beside a quotation only (`continue`, `laugh`).
    Voice "voice",
    /// Verbs of believing, knowing and feeling (`think`).
    Think "think",
    /// Verbs of intending, with an infinitive (`vow to`).
    Want "want",
    /// Verbs of making somebody do something (`urge them to`).
    Order "order",
    /// Verbs that give a thing a name or judge it (`call it a disaster`).
    Call "call",
    /// Verbs that lay something to somebody's charge (`accuse them of lying`).
    Accuse "accuse",
    /// Verbs by which documents and data speak (`show`).
    Show "show",
    /// Verbs that take a thing unless `that` says otherwise (`recognize`).
    Thing "thing",
    /// Verbs of denying (`deny`, `reject`).
    Deny "deny",
    /// Verbs of declining to speak (`decline to comment`).
    Decline "decline",
    /// Verbs of taking back (`retract`).
    Retract "retract",
    /// Verbs of confirming and answering, that deny when they are negated or declined (`confirm`, `comment`).
    Confirm "confirm",
    /// What is denied, taken back or commented on (`allegation`, `comment`).
    Charge "charge",
    /// Words for what is not true (`false`, `nonsense`).
    False "false",
    /// Words for what is on record, or is law (`voted`, `sentenced`).
    Record "record",
    /// Words of judging and feeling, which nobody can check (`beautiful`).
    Opinion "opinion",
    /// Nouns of denying (`denial`).
    DenyNoun "deny-noun",
    /// Nouns that carry a clause (`a statement that`).
    SayNoun "say-noun",
    /// Nouns that carry an infinitive (`a promise to`).
    Promise "promise",
    /// Verbs by which somebody has such a noun (`make the claim that`).
    Make "make",
    /// Adjectives that carry a clause (`confident that`).
    Sure "sure",
    /// Words that introduce a source without a verb (`according`, `per`).
    According "according",
    /// Words that report without a source (`reportedly`).
    Hearsay "hearsay",
    /// Determiners (`the`).
    Det "det",
    /// Possessive determiners (`his`).
    Poss "poss",
    /// Pronouns as subjects (`he`).
    Subject "subject",
    /// Pronouns as objects (`him`).
    Object "object",
    /// Relative pronouns (`who`).
    Rel "rel",
    /// Indefinite and other pronouns that can speak (`some`, `others`).
    Some "some",
    /// What stands where a subject should and is nobody (`it`, `there`).
    Empty "empty",
    /// Prepositions.
    Prep "prep",
    /// `and`, `or`, `but`.
    Coord "coord",
    /// Conjunctions that begin a subordinate clause.
    Sub "sub",
    /// `that`.
    That "that",
    /// Words that begin an indirect question (`whether`).
    Wh "wh",
    /// Forms of the verb `be`.
    Be "be",
    /// Forms of the verb `have`.
    Have "have",
    /// Forms of the verb `do`.
    Do "do",
    /// Modal verbs.
    Modal "modal",
    /// Negations.
    Neg "neg",
    /// Adverbs.
    Adverb "adverb",
    /// `to`, before an infinitive.
    To "to",
    /// Frequent verbs that report nothing; only forms that are seldom anything else.
    Verb "verb",
    /// Times (`Monday`, `week`).
    Time "time",
    /// Titles that stand before a name (`Mr`, `senator`).
    Title "title",
    /// Nouns for people.
    Person "person",
    /// Nouns for many people (`officials`).
    Group "group",
    /// Nouns for bodies (`ministry`).
    Body "body",
    /// Nouns for texts (`report`).
    Document "document",
    /// Nouns and names for media (`newspaper`, `AFP`).
    Media "media",
    /// Nouns for people who are not named (`source`).
    Anonymous "anonymous",
    /// Given names of women, titles and pronouns with them.
    Female "female",
    /// Given names of men, titles and pronouns with them.
    Male "male",
    /// What stands before the title of a work (`film`).
    Work "work",
    /// What stands before a name or a nickname (`known as`).
    Named "named",
    /// What makes a claim worth checking (`percent`, `million`).
    Quantity "quantity",
    /// Idioms and words that are no denial though they look like one.
    NoDenial "no-denial",
    /// Words that weaken (`may`, `perhaps`).
    Hedge "hedge",
    /// Forms of indirect speech, as German's (`sei`, `habe`).
    Reported "reported",
    /// Nouns that are nothing else, for languages that write them like other words.
    Noun "noun",
    /// Names of countries and of the capitals that speak for them (`Moscow`).
    Place "place",
    /// Finite verbs that need a last part at the end of their clause, as in `teilte mit`.
    Split "split",
    /// The last parts of such verbs.
    Particle "particle",
}

impl Class {
    /// The class of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|class| class.name() == name)
    }

    /// Whether its entries are verbs, with their forms.
    #[must_use]
    pub fn is_verb(self) -> bool {
        use Class::{
            Accuse, Ask, Call, Confirm, Decline, Deny, Make, Order, Retract, Say, Show, Tell, Think, Verb, Voice, Want,
        };
        matches!(
            self,
            Say | Tell
                | Ask
                | Voice
                | Think
                | Want
                | Order
                | Call
                | Accuse
                | Show
                | Deny
                | Decline
                | Make
                | Retract
                | Confirm
                | Verb
        )
    }

    /// Whether its entries are nouns, with their plural.
    #[must_use]
    pub fn is_noun(self) -> bool {
        use Class::{Anonymous, Body, Charge, DenyNoun, Document, Group, Media, Person, Promise, SayNoun};
        matches!(self, Anonymous | Body | Charge | DenyNoun | Document | Group | Media | Person | Promise | SayNoun)
    }
}

/// Classes, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes(u128);

impl Classes {
    /// The set of these.
    #[must_use]
    pub const fn of(classes: &[Class]) -> Self {
        let (mut bits, mut at) = (0, 0);
        while at < classes.len() {
            bits |= 1 << classes[at] as u32;
            at += 1;
        }
        Self(bits)
    }

    /// These and one more.
    #[must_use]
    pub const fn with(self, class: Class) -> Self {
        Self(self.0 | 1 << class as u32)
    }

    /// Adds one.
    pub fn insert(&mut self, class: Class) {
        self.0 |= 1 << class as u32;
    }

    /// Whether it is in the set.
    #[must_use]
    pub const fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u32) != 0
    }

    /// Whether one of these is in the set.
    #[must_use]
    pub const fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    /// Whether there is none in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// A form of a verb or noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `say`.
    Base,
    /// `says`.
    Third,
    /// `said`.
    Past,
    /// `said`, after `has` or `was`.
    Participle,
    /// `saying`.
    Ing,
    /// `statement`.
    Singular,
    /// `statements`.
    Plural,
}

/// Forms, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forms(u8);

impl Forms {
    /// Adds one.
    pub fn insert(&mut self, form: Form) {
        self.0 |= 1 << form as u8;
    }

    /// Whether it is in the set.
    #[must_use]
    pub const fn has(self, form: Form) -> bool {
        self.0 & (1 << form as u8) != 0
    }
}
