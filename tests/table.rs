//! People at one article of many sentences, and somebody who decides between them: what the tests of deciding share.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use ascribe_engine::{
    Document, Papers, Project, Stamp,
    adjudicate::{Adjudication, Case, Gold, adjudicate, deciding, decision, gold},
    compare::{Comparison, compare},
};
use ascribe_schema::{
    Annotation, AnnotationSet, Decision, DecisionId, DocumentId, FORMAT, Origin, Progress, Relation, RelationId, Span,
    Verdict,
};
use ascribe_tests::{Fresh, Random, TIME, name};

/// How long each sentence of the article is, with the space after.
pub const SENTENCE: u32 = 23;

/// People at one article of many sentences, and an adjudicator.
pub struct Table {
    pub fresh: Fresh,
    pub project: Project,
    pub id: DocumentId,
    pub papers: Papers,
    random: Random,
}

impl Table {
    pub fn new(sentences: u32) -> Self {
        let text: String = (0..sentences).map(|number| format!("Sentence {number:02} goes here. ")).collect();
        let (fresh, ids) = Fresh::of(&[text.trim_end()]);
        let project = fresh.load();
        Self { fresh, project, id: ids[0].clone(), papers: Papers::default(), random: Random(7) }
    }

    /// amina and bo agree on as many sentences, each a quote.
    pub fn agreeing(sentences: u32) -> Self {
        let mut table = Self::new(sentences);
        for who in ["amina", "bo"] {
            for number in 0..sentences {
                table.tag(who, &format!("{who}{number}"), "quote", sentence(number));
            }
        }
        table
    }

    pub fn document(&self) -> &Document {
        &self.project.documents[&self.id]
    }

    pub fn change(&mut self, who: &str, change: impl FnOnce(&mut AnnotationSet)) {
        let stored = self.document().sets.get(&name(who)).map(|stored| stored.set.clone());
        let mut set = stored.unwrap_or_else(|| AnnotationSet {
            format: FORMAT,
            document: self.id.clone(),
            text_sha256: self.document().text_sha256().to_owned(),
            annotator: name(who),
            progress: Progress::Finished,
            annotations: Vec::new(),
            relations: Vec::new(),
            rejected: Vec::new(),
            conflicts: Vec::new(),
        });
        change(&mut set);
        set.sort();
        self.project.put_sets(&name(who), vec![(self.id.clone(), Some(set))]);
    }

    pub fn tag(&mut self, who: &str, id: &str, label: &str, span: Span) {
        let text = self.document().text.clone().unwrap();
        let annotation = Annotation {
            id: id.into(),
            label: label.to_owned(),
            spans: vec![span],
            text: vec![text.slice(span).unwrap().to_owned()],
            attributes: BTreeMap::new(),
            note: String::new(),
            text_sha256: String::new(),
            origin: Origin::Human(name(who)),
            created: TIME.to_owned(),
            decided: None,
        };
        self.change(who, |set| set.annotations.push(annotation));
    }

    pub fn edit(&mut self, who: &str, id: &str, edit: impl FnOnce(&mut Annotation)) {
        self.change(who, |set| edit(set.annotations.iter_mut().find(|one| one.id.as_str() == id).unwrap()));
    }

    pub fn place(&mut self, who: &str, id: &str, span: Span) {
        let words = self.document().text.clone().unwrap().slice(span).unwrap().to_owned();
        self.edit(who, id, |one| (one.spans, one.text) = (vec![span], vec![words]));
    }

    pub fn tie(&mut self, who: &str, kind: &str, from: &str, to: &str) {
        let id = RelationId::from(format!("{who} {from} {to}"));
        let (kind, from, to) = (kind.to_owned(), from.into(), to.into());
        self.change(who, |set| set.relations.push(Relation { id, kind, from, to }));
    }

    pub fn delete(&mut self, who: &str, id: &str) {
        self.change(who, |set| {
            set.annotations.retain(|one| one.id.as_str() != id);
            set.relations.retain(|tie| tie.from.as_str() != id && tie.to.as_str() != id);
        });
    }

    pub fn comparison(&self) -> Comparison {
        let sets = self.document().sets.values().filter(|stored| !stored.set.annotator.is_gold());
        compare(self.document(), sets.map(|stored| stored.set.clone()).collect())
    }

    pub fn laid(&self) -> Adjudication {
        adjudicate(self.document(), &self.comparison(), self.papers.decisions())
    }

    pub fn decisions(&self) -> Vec<Arc<Decision>> {
        self.papers.decisions().cloned().collect()
    }

    pub fn gold(&self) -> Gold {
        gold(self.document(), &name("zoe"), &self.decisions())
    }

    /// The case with that annotation.
    pub fn case(&self, id: &str) -> Case {
        let laid = self.laid();
        let holds = |case: &&Case| case.inputs.iter().any(|input| input.annotation.as_str() == id);
        laid.cases.iter().find(holds).unwrap_or_else(|| panic!("no case with {id}")).clone()
    }

    pub fn decide(&mut self, id: &str, verdict: Verdict, reason: &str) -> DecisionId {
        let case = self.case(id);
        let (zoe, random) = (name("zoe"), &mut self.random);
        let mut random = || random.bits();
        let mut stamp = Stamp { annotator: &zoe, time: TIME, random: &mut random };
        let made = decision(&case, verdict, reason, "", &mut stamp);
        let id = made.id.clone();
        let deed = deciding(&self.id, case.decisions(), made);
        self.papers.apply(&deed.changes).unwrap();
        id
    }

    pub fn stale(&self) -> BTreeSet<DecisionId> {
        let laid = self.laid();
        let stale = laid.rulings.iter().filter(|ruling| !ruling.stands());
        stale.map(|ruling| ruling.decision.id.clone()).collect()
    }
}

pub fn sentence(number: u32) -> Span {
    Span::new(number * SENTENCE, number * SENTENCE + 22)
}

pub fn accept(names: &[&str]) -> Verdict {
    Verdict::Accept(names.iter().map(|who| name(who)).collect())
}
