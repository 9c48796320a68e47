//! What careful tagging does not leave behind: quotes without a source, spans that cut a word, and so on.
//!
//! [`schema::check_set`](ascribe_schema::check_set) says what is broken; lint says what is probably not meant. All
//! rules are in one table, [`RULES`], and a project may turn each of them off.

mod across;
mod edges;
mod gold;
mod marks;
mod rules;
mod same;
mod ties;
mod values;
mod work;

use std::collections::BTreeSet;

use ascribe_schema::{
    AnnotationId, AnnotatorName, DocumentId, Problem, Progress, Severity, Span, check_annotation, check_relation,
};
use serde::Serialize;

pub use self::{
    rules::{RULES, Rule, check_off, rule},
    work::Work,
};
use crate::{Action, Project, set_path, snap};

/// Something that is probably not meant, for a person to read and act on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The name of the rule.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The document.
    pub document: DocumentId,
    /// Whose set it is in.
    pub annotator: AnnotatorName,
    /// The annotations that it is about, the one to look at first; none where it is about the whole set.
    pub annotations: Vec<AnnotationId>,
    /// Where to look.
    pub span: Span,
    /// What is wrong, as a sentence without a full stop, with the words that it is about.
    pub message: String,
    /// What to do about it.
    pub hint: String,
    /// What would settle it without a loss, where that is certain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
}

/// An action that settles a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// What it does, in a few words, such as `take the marks in`.
    pub words: String,
    /// The action.
    #[serde(skip)]
    pub action: Action,
}

impl Finding {
    /// The same as a problem of the project, in the file of the set.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let file = set_path(&self.annotator, &self.document);
        let problem = Problem::new(self.severity, self.rule, file, self.message.clone()).hint(self.hint.clone());
        match self.annotations.first() {
            Some(id) => problem.of(id),
            None => problem,
        }
    }

    /// Whether a project may turn its rule off.
    #[must_use]
    pub fn can_be_off(&self) -> bool {
        rule(self.rule).is_some()
    }
}

/// What lint finds in one set by itself, in the order of the text, less the rules that are `off`.
#[must_use]
pub fn lint(work: &Work<'_>, off: &[String]) -> Vec<Finding> {
    let mut found = Vec::new();
    ties::check(work, &mut found);
    edges::check(work, &mut found);
    same::check(work, &mut found);
    values::check(work, &mut found);
    across::check(&[work], &mut found);
    settle(&mut found, off);
    let unfinished = unfinished(work, &found);
    found.extend(unfinished.filter(|finding| !off.iter().any(|name| name == finding.rule)));
    found
}

/// What is broken in one set and what lint finds there, in the order of the text.
#[must_use]
pub fn all_findings(work: &Work<'_>, off: &[String]) -> Vec<Finding> {
    let mut found = broken(work);
    found.extend(lint(work, off));
    found.sort_by(order);
    found
}

/// What lint finds in a whole project, by document and annotator, then in the order of the text, less the rules that
/// the project has turned off.
#[must_use]
pub fn lint_project(project: &Project) -> Vec<Finding> {
    let (scheme, off) = (&project.file.scheme, &project.file.lint_off);
    let works: Vec<_> = project
        .documents
        .values()
        .flat_map(|document| document.sets.values().filter_map(|stored| Work::of_set(document, &stored.set, scheme)))
        .collect();
    let mut found = lint_works(&works, off);
    let mut more = Vec::new();
    gold::out_of_date(project, &mut more);
    settle(&mut more, off);
    found.extend(more);
    found.sort_by(order);
    found
}

/// What lint finds in several sets, also where they are compared with each other.
#[must_use]
pub fn lint_works(works: &[Work<'_>], off: &[String]) -> Vec<Finding> {
    let mut found: Vec<_> = works.iter().flat_map(|work| lint(work, off)).collect();
    let mut more = Vec::new();
    across::check(&works.iter().collect::<Vec<_>>(), &mut more);
    gold::check(works, &mut more);
    settle(&mut more, off);
    // What a set shows by itself has been found there.
    let known: BTreeSet<_> = found.iter().map(key).collect();
    more.retain(|finding| !known.contains(&key(finding)));
    drop(known);
    found.extend(more);
    found.sort_by(order);
    found
}

/// What makes two findings the same to a person: the rule and the annotation.
fn key(finding: &Finding) -> (&'static str, DocumentId, AnnotatorName, Option<AnnotationId>) {
    (finding.rule, finding.document.clone(), finding.annotator.clone(), finding.annotations.first().cloned())
}

fn settle(found: &mut Vec<Finding>, off: &[String]) {
    found.retain(|finding| !off.iter().any(|name| name == finding.rule));
    found.sort_by(order);
}

fn order(a: &Finding, b: &Finding) -> std::cmp::Ordering {
    let key = |finding: &Finding| (finding.span, std::cmp::Reverse(finding.severity));
    (&a.document, &a.annotator, key(a), &a.annotations, a.rule).cmp(&(
        &b.document,
        &b.annotator,
        key(b),
        &b.annotations,
        b.rule,
    ))
}

/// A set that is marked as finished with something left to do.
fn unfinished(work: &Work<'_>, found: &[Finding]) -> Option<Finding> {
    let open = found.iter().filter(|finding| finding.severity >= Severity::Warning).count();
    (work.progress == Progress::Finished && open > 0).then(|| {
        let things = if open == 1 { "1 thing is".to_owned() } else { format!("{open} things are") };
        let message = format!("the article is marked as finished, and {things} still open");
        work.finding(&rules::FINISHED_WITH_OPEN_LINT, &[], Span::default(), message)
    })
}

/// What does not fit the text or the scheme, as findings.
fn broken(work: &Work<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for number in work.placed() {
        let annotation = work.annotation(number);
        for problem in check_annotation(annotation, work.text, work.scheme, "") {
            let ordered = problem.rule == "fragment-order";
            let mut finding = work.broken(problem, number);
            finding.fix = ordered.then(|| Fix {
                words: "put them in order".to_owned(),
                action: Action::SetSpans(annotation.id.clone(), annotation.spans.clone()),
            });
            found.push(finding);
        }
        let mut ends = annotation.spans.iter().flat_map(|span| [span.start, span.end]);
        if let Some(at) = ends.find(|&at| snap::cuts_cluster(work.text, at)) {
            let message = format!("it begins or ends at {at}, inside one visible character");
            let problem = Problem::new(Severity::Error, "span-cuts-character", "", message);
            found.push(work.broken(problem.hint("move that end by one character"), number));
        }
    }
    for (relation, ends) in work.ties() {
        let labels = ends.map(|end| end.map(|end| work.annotation(end).label.as_str()));
        let Some(number) = ends.into_iter().flatten().find(|&end| work.is_placed(end)) else { continue };
        let problems = check_relation(relation, (labels[0], labels[1]), work.scheme, "");
        found.extend(problems.into_iter().map(|problem| work.broken(problem, number)));
    }
    found
}
