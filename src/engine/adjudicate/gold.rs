//! Gold: the annotation set that an adjudicator's decisions come to.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use ascribe_schema::{
    Annotation, AnnotationId, AnnotationRef, AnnotationSet, AnnotatorName, Decided, Decision, DecisionId, Edited,
    FORMAT, GOLD, Link, Origin, Progress, Relation, RelationId, Verdict,
};
use serde::Serialize;

use super::{Adjudication, CaseCounts, Ruling, adjudicate};
use crate::{
    Document,
    compare::{Comparison, compare},
    hex_sha256, lies_in, paratext,
};

/// An adjudicated set, and what to know of it.
#[derive(Clone, Debug)]
pub struct Gold {
    /// The set. It is finished when something was decided, and nothing is open, put off or stale.
    pub set: AnnotationSet,
    /// What is in it, and what is not.
    pub account: GoldAccount,
    /// What each annotation that was decided about has become; those that are not in gold are not here.
    pub became: BTreeMap<AnnotationRef, AnnotationId>,
    /// What each decision has brought into gold; nothing for one that rejects or puts off.
    pub made: BTreeMap<DecisionId, Vec<AnnotationId>>,
}

/// What became of decisions on their way into gold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct GoldAccount {
    /// How many cases are in which state, among those who were compared when it was decided.
    pub cases: CaseCounts,
    /// Decisions of which something has changed since. Gold has what was decided, until it is decided anew.
    pub stale: Vec<DecisionId>,
    /// Decisions of which something is left out, because its words are not in today's text.
    pub lost: Vec<DecisionId>,
    /// Ties that are left out.
    pub ties: Vec<LeftTie>,
    /// Annotators with tags of this document who were not compared when it was decided.
    pub not_compared: Vec<AnnotatorName>,
}

/// A tie that is not in gold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LeftTie {
    /// The decision about the annotation from which it starts.
    pub decision: DecisionId,
    /// The tie, as it was decided.
    #[serde(flatten)]
    pub link: Link,
    /// Why.
    pub why: LeftTieReason,
}

/// Why a tie is not in gold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftTieReason {
    /// Nothing was decided about the annotation to which it leads, or that was put off.
    Undecided,
    /// That annotation was rejected, or its words are not in today's text.
    NotInGold,
}

/// The annotators between whom `decisions` were made.
pub fn compared<'a>(decisions: impl IntoIterator<Item = &'a Arc<Decision>>) -> BTreeSet<AnnotatorName> {
    let names = decisions
        .into_iter()
        .flat_map(|decision| decision.about.iter().map(|input| &input.annotator).chain(&decision.without).cloned());
    names.collect()
}

/// Lays an adjudicator's decisions onto the work of those between whom they were made. People who came later count
/// once the adjudicator has compared them, too.
#[must_use]
pub fn standing<'a>(
    document: &Document,
    decisions: impl IntoIterator<Item = &'a Arc<Decision>> + Clone,
) -> (Comparison, Adjudication) {
    let names = compared(decisions.clone());
    let sets = names.iter().filter_map(|name| document.sets.get(name)).map(|stored| stored.set.clone());
    let comparison = compare(document, sets.collect());
    let adjudication = adjudicate(document, &comparison, decisions);
    (comparison, adjudication)
}

/// Makes gold of an adjudicator's decisions about a document.
///
/// It follows from the decisions alone, ids too, so that making it anew changes nothing. Each annotation says by which
/// decision it is there, and whose it is made from; annotations of several people that are the same become one. A tie
/// leads to whatever was decided about the annotation to which it led; where that is not in gold, the tie is left out
/// and named in the account. A stale decision counts as it was made.
#[must_use]
pub fn gold<'a>(
    document: &Document,
    adjudicator: &AnnotatorName,
    decisions: impl IntoIterator<Item = &'a Arc<Decision>> + Clone,
) -> Gold {
    let (comparison, adjudication) = standing(document, decisions);
    gold_of(document, adjudicator, &comparison, &adjudication)
}

/// Makes gold of decisions that were laid onto a comparison.
#[must_use]
pub fn gold_of(
    document: &Document,
    adjudicator: &AnnotatorName,
    comparison: &Comparison,
    adjudication: &Adjudication,
) -> Gold {
    let cast = Cast::of(adjudication);
    let mut account = GoldAccount { cases: adjudication.counts(), ..GoldAccount::default() };
    for ruling in &adjudication.rulings {
        let id = || ruling.decision.id.clone();
        account.stale.extend((!ruling.stands()).then(id));
        account.lost.extend(ruling.lost.then(id));
    }
    let compared = |name: &AnnotatorName| comparison.sides.iter().any(|side| side.annotator == *name);
    let others = document.sets.iter().filter(|(name, stored)| !name.is_gold() && !stored.set.annotations.is_empty());
    account.not_compared = others.map(|(name, _)| name.clone()).filter(|name| !compared(name)).collect();
    let relations = cast.relations(&mut account.ties);
    let origins = origins(comparison);
    let mut annotations: Vec<_> =
        cast.pieces.iter().map(|piece| piece.annotation(adjudicator, &cast.rulings[piece.ruling], &origins)).collect();
    keep_in_article(document, comparison, &mut annotations);
    let CaseCounts { open, stale, deferred, gone, .. } = account.cases;
    let waits = open + stale + deferred + gone + account.stale.len() + account.lost.len() > 0;
    let finished = !waits && !adjudication.rulings.is_empty();
    let mut set = AnnotationSet {
        format: FORMAT,
        document: document.record.id.clone(),
        text_sha256: comparison.text_sha256.clone(),
        annotator: gold_name(adjudicator),
        progress: if finished { Progress::Finished } else { Progress::InProgress },
        annotations,
        relations,
        rejected: Vec::new(),
        conflicts: Vec::new(),
    };
    set.sort();
    let (became, made) = cast.results();
    Gold { set, account, became, made }
}

/// What an adjudicator made of a document, under their own name, to be compared like an annotator's work.
#[must_use]
pub fn adjudicated<'a>(
    document: &Document,
    adjudicator: &AnnotatorName,
    decisions: impl IntoIterator<Item = &'a Arc<Decision>> + Clone,
) -> AnnotationSet {
    AnnotationSet { annotator: adjudicator.clone(), ..gold(document, adjudicator, decisions).set }
}

fn gold_name(otherwise: &AnnotatorName) -> AnnotatorName {
    // The reserved name is a good name, as a test holds.
    AnnotatorName::new(GOLD).unwrap_or_else(|_| otherwise.clone())
}

/// One annotation of gold on its way.
struct Piece<'a> {
    id: AnnotationId,
    /// The number of the ruling by which it is there.
    ruling: usize,
    content: &'a Edited,
    from: BTreeSet<AnnotationRef>,
}

/// All annotations of gold, and what became of those that were decided about.
struct Cast<'a> {
    rulings: &'a [Ruling],
    /// The ruling about each annotation.
    about: HashMap<AnnotationRef, usize>,
    pieces: Vec<Piece<'a>>,
    /// The pieces of each ruling.
    of_ruling: Vec<Vec<usize>>,
}

/// What makes two annotations of gold one: label, fragments, attributes, and the rulings to which ties lead.
type Key<'a> = (&'a str, &'a [ascribe_schema::Span], &'a BTreeMap<String, String>, BTreeSet<(&'a str, usize)>);

impl<'a> Cast<'a> {
    fn of(adjudication: &'a Adjudication) -> Self {
        let rulings = adjudication.rulings.as_slice();
        let mut about = HashMap::new();
        // Of two decisions about one annotation, the later one counts.
        for (number, ruling) in rulings.iter().enumerate().filter(|(_, ruling)| !ruling.superseded) {
            for input in &ruling.decision.about {
                about.entry(AnnotationRef::of(input)).or_insert(number);
            }
        }
        let mut cast = Self { rulings, about, pieces: Vec::new(), of_ruling: Vec::new() };
        let mut known: HashMap<Key<'a>, usize> = HashMap::new();
        for (number, ruling) in rulings.iter().enumerate() {
            let mut here = Vec::new();
            for right in &ruling.right {
                let from = match &right.from {
                    Some(from) => BTreeSet::from([from.clone()]),
                    None => ruling.decision.about.iter().map(AnnotationRef::of).collect(),
                };
                let piece = *known.entry(cast.key(&right.content)).or_insert_with(|| {
                    let id = AnnotationId::from_bits(bits(&format!("{} {}", ruling.decision.id, here.len())));
                    cast.pieces.push(Piece { id, ruling: number, content: &right.content, from: BTreeSet::new() });
                    cast.pieces.len() - 1
                });
                cast.pieces[piece].from.extend(from);
                if !here.contains(&piece) {
                    here.push(piece);
                }
            }
            cast.of_ruling.push(here);
        }
        cast
    }

    fn key(&self, content: &'a Edited) -> Key<'a> {
        let links = content.links.iter();
        let links = links.filter_map(|link| Some((link.kind.as_str(), *self.about.get(&link.to)?)));
        (&content.label, &content.spans, &content.attributes, links.collect())
    }

    /// The annotation of gold that a tie leads to.
    fn target(&self, link: &Link) -> Result<usize, LeftTieReason> {
        let ruling = *self.about.get(&link.to).ok_or(LeftTieReason::Undecided)?;
        let pieces = &self.of_ruling[ruling];
        let own = pieces.iter().find(|&&piece| self.pieces[piece].from.contains(&link.to));
        own.or(pieces.first()).copied().ok_or(match self.rulings[ruling].decision.verdict {
            Verdict::Defer => LeftTieReason::Undecided,
            _ => LeftTieReason::NotInGold,
        })
    }

    fn relations(&self, left: &mut Vec<LeftTie>) -> Vec<Relation> {
        let mut relations = BTreeMap::new();
        for piece in &self.pieces {
            for link in &piece.content.links {
                let to = match self.target(link).map(|number| &self.pieces[number].id) {
                    Ok(to) if *to != piece.id => to,
                    Ok(_) => continue,
                    Err(why) => {
                        let decision = self.rulings[piece.ruling].decision.id.clone();
                        left.push(LeftTie { decision, link: link.clone(), why });
                        continue;
                    }
                };
                let (from, kind) = (piece.id.clone(), link.kind.clone());
                let id = RelationId::from_bits(bits(&format!("{from} {kind} {to}")));
                relations.insert(id.clone(), Relation { id, kind, from, to: to.clone() });
            }
        }
        left.sort();
        left.dedup();
        relations.into_values().collect()
    }

    fn results(&self) -> (BTreeMap<AnnotationRef, AnnotationId>, BTreeMap<DecisionId, Vec<AnnotationId>>) {
        let id = |piece: usize| self.pieces[piece].id.clone();
        let became = |to: &AnnotationRef| {
            let link = Link { kind: String::new(), to: to.clone() };
            Some((to.clone(), id(self.target(&link).ok()?)))
        };
        let made = self.rulings.iter().zip(&self.of_ruling);
        let made =
            made.map(|(ruling, pieces)| (ruling.decision.id.clone(), pieces.iter().map(|&piece| id(piece)).collect()));
        (self.about.keys().filter_map(became).collect(), made.collect())
    }
}

impl Piece<'_> {
    fn annotation(&self, adjudicator: &AnnotatorName, ruling: &Ruling, origins: &Origins<'_>) -> Annotation {
        let decision = &ruling.decision;
        let from: Vec<_> = self.from.iter().cloned().collect();
        let origin = match (&decision.verdict, from.first()) {
            (Verdict::Accept(_), Some(first)) => match origins.get(&(&first.annotator, &first.annotation)) {
                Some(origin) => (*origin).clone(),
                None => Origin::Human(first.annotator.clone()),
            },
            _ => Origin::Human(adjudicator.clone()),
        };
        Annotation {
            id: self.id.clone(),
            label: self.content.label.clone(),
            spans: self.content.spans.clone(),
            text: self.content.text.clone(),
            attributes: self.content.attributes.clone(),
            note: decision.note.clone(),
            text_sha256: String::new(),
            origin,
            created: decision.created.clone(),
            decided: Some(Box::new(Decided { by: adjudicator.clone(), decision: decision.id.clone(), from })),
        }
    }
}

/// Who made each annotation that is compared.
type Origins<'a> = HashMap<(&'a AnnotatorName, &'a AnnotationId), &'a Origin>;

fn origins(comparison: &Comparison) -> Origins<'_> {
    let all = comparison.sides.iter().flat_map(|side| {
        side.set.annotations.iter().map(|annotation| ((&side.annotator, &annotation.id), &annotation.origin))
    });
    all.collect()
}

/// Takes over what annotators said of lines that were proposed as something else than the article, where gold has
/// annotations in them: otherwise these would count nowhere.
fn keep_in_article(document: &Document, comparison: &Comparison, annotations: &mut Vec<Annotation>) {
    let aside = paratext(document.proposed(&comparison.text_sha256), annotations.iter());
    let lost: Vec<_> = annotations.iter().filter(|one| lies_in(&aside, one)).map(Annotation::extent).collect();
    if lost.is_empty() {
        return;
    }
    let marks = comparison.sides.iter().flat_map(|side| &side.left_out).map(|(mark, _)| mark);
    let needed = |mark: &&Annotation| {
        let covers = |place| mark.spans.iter().any(|span| span.overlaps(place));
        mark.paratext() == Some(false) && lost.iter().any(|place| covers(*place))
    };
    let mut kept: BTreeMap<_, _> = BTreeMap::new();
    for mark in marks.filter(needed) {
        let id = AnnotationId::from_bits(bits(&format!("article {:?}", mark.spans)));
        kept.entry(id.clone()).or_insert(Annotation { id, ..mark.clone() });
    }
    annotations.extend(kept.into_values());
}

/// Bits for an id that follows from what it is made of.
fn bits(of: &str) -> u64 {
    u64::from_str_radix(&hex_sha256(of.as_bytes())[..13], 16).unwrap_or_default()
}
