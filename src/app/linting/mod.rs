//! What lint finds in the set that is shown, and in the whole project.

mod inspect;
mod list;
mod margin;

use std::sync::Arc;

use ascribe_engine::{
    SetState, WorkingSet,
    lint::{Finding, Work, all_findings, lint_project},
};
use ascribe_schema::{AnnotationId, AnnotatorName, DocumentId, Scheme, Severity, Span, Text};
use egui::{Color32, Context};

use crate::{
    background::{Job, Lost},
    exporting::Material,
    theme::Theme,
    workspace::Workspace,
};

pub(crate) use self::{inspect::ui as inspect_ui, list::ui as list_ui, margin::ui as margin_ui};

/// The longest text, in bytes, and the most tags that are looked through while the window waits: a few milliseconds.
const SHORT: (usize, usize) = (64 << 10, 500);

/// What lint finds.
#[derive(Default)]
pub struct Lint {
    /// In the set that is shown, in the order of the text.
    findings: Arc<[Finding]>,
    /// Which state of which set that is of.
    of: Option<Of>,
    /// What is being looked through.
    job: Option<(Of, Job<Vec<Finding>>)>,
    /// What was found in the whole project, when somebody asked.
    pub whole: Whole,
}

/// A state of a set, judged by some rules.
#[derive(Clone, PartialEq)]
struct Of {
    document: DocumentId,
    annotator: AnnotatorName,
    version: u64,
    off: Vec<String>,
}

/// What lint finds in the whole project.
#[derive(Default)]
pub struct Whole {
    /// What it found, each with the title of its article; nothing before it is done.
    pub found: Option<Looked>,
    job: Option<Job<Looked>>,
}

/// Findings with the titles of their articles; or why there are none, for people.
pub type Looked = Result<Vec<(Finding, String)>, String>;

impl Lint {
    /// Whether what is known is of the set as it is now.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.job.is_none()
    }

    /// What was found in the set that is shown.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// What was found about an annotation.
    pub fn about<'a>(&'a self, id: &'a AnnotationId) -> impl Iterator<Item = &'a Finding> {
        self.findings.iter().filter(move |finding| finding.annotations.first() == Some(id))
    }

    /// How many findings are more than a note.
    #[must_use]
    pub fn open(&self) -> usize {
        self.findings.iter().filter(|finding| finding.severity > Severity::Note).count()
    }

    /// Looks through the whole project, on a thread: what is in its files, with the sets as the window has them.
    pub fn look_at_all(&mut self, ctx: &Context, material: Material) {
        self.whole.found = None;
        self.whole.job = Some(Job::start(ctx, move |_| {
            let project = material.project()?;
            let title = |id: &DocumentId| {
                project.documents.get(id).map(|document| document.record.title.clone()).unwrap_or_default()
            };
            let found = lint_project(&project).into_iter();
            let titled = |finding: Finding| {
                let title = title(&finding.document);
                (finding, title)
            };
            Ok(found.map(titled).collect())
        }));
    }

    /// Takes in what threads have found.
    fn poll(&mut self) {
        if let Some(outcome) = self.whole.job.as_ref().and_then(|job| job.poll().transpose()) {
            self.whole.job = None;
            self.whole.found =
                Some(outcome.unwrap_or_else(|Lost| Err("Looking through the project has failed.".to_owned())));
        }
        if let Some(outcome) = self.job.as_ref().and_then(|(_, job)| job.poll().transpose()) {
            let of = self.job.take().map(|(of, _)| of);
            (self.findings, self.of) = (outcome.unwrap_or_default().into(), of);
        }
    }
}

/// Looks through the set that is shown if it has changed; on a thread where that may take long.
pub(crate) fn prepare(ctx: &Context, workspace: &mut Workspace) {
    workspace.lint.poll();
    let Some((of, set, text)) = shown(workspace) else {
        (workspace.lint.findings, workspace.lint.of, workspace.lint.job) = (Arc::default(), None, None);
        return;
    };
    let lint = &workspace.lint;
    if lint.of.as_ref() == Some(&of) && lint.job.is_none() || lint.job.as_ref().is_some_and(|(other, _)| *other == of) {
        return;
    }
    let (proposed, scheme) = (workspace.paratext(), workspace.scheme());
    if text.as_str().len() <= SHORT.0 && set.len() <= SHORT.1 {
        let found = look(set, text, proposed, scheme, &of.off);
        let lint = &mut workspace.lint;
        (lint.findings, lint.of, lint.job) = (found.into(), Some(of), None);
        return;
    }
    let (state, text, proposed, scheme): (SetState, _, _, _) =
        (set.state().clone(), text.clone(), proposed.to_vec(), scheme.clone());
    let (off, other) =
        (of.off.clone(), workspace.lint.of.as_ref().is_some_and(|before| before.document != of.document));
    if other {
        workspace.lint.findings = Arc::default();
    }
    let job = Job::start(ctx, move |_| look(&WorkingSet::new(state), &text, &proposed, &scheme, &off));
    workspace.lint.job = Some((of, job));
}

fn look(set: &WorkingSet, text: &Text, proposed: &[Span], scheme: &Scheme, off: &[String]) -> Vec<Finding> {
    all_findings(&Work::of_working(set, text, proposed, scheme), off)
}

/// The set that is shown in the text that its tags lie in; nothing while an earlier text is shown.
fn shown(workspace: &Workspace) -> Option<(Of, &WorkingSet, &Arc<Text>)> {
    let set = workspace.shown_set().filter(|_| workspace.earlier.is_none())?;
    let of = Of {
        document: set.state().document().clone(),
        annotator: set.state().annotator().clone(),
        version: set.version(),
        off: workspace.session.project().file.lint_off.clone(),
    };
    Some((of, set, workspace.shown_text()?))
}

/// The sign and the colour of a finding.
fn sign(severity: Severity, theme: &Theme) -> (&'static str, Color32) {
    match severity {
        Severity::Error => ("×", theme.error.0),
        Severity::Warning => ("!", theme.warning.0),
        Severity::Note => ("?", theme.muted.0),
    }
}
