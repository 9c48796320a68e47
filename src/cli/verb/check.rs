//! `check`: the problems of a project, and what lint finds in it.

use std::path::PathBuf;

use ascribe_engine::{
    Project, Tree,
    lint::{Finding, RULES, lint_project, rule},
    load,
};
use ascribe_schema::{Problem, Severity};
use clap::Args;
use serde::Serialize;

use crate::{DONE, Failed, Io, NEEDS_A_PERSON};

/// What to check.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// The project's folder, or a bundle
    #[arg(required_unless_present = "rules")]
    project: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Let warnings count for the exit status, those of lint too
    #[arg(long)]
    strict: bool,
    /// Of lint, only this rule, even where the project has turned it off; may be given several times
    #[arg(long, value_name = "NAME")]
    rule: Vec<String>,
    /// Of lint, not this rule; may be given several times
    #[arg(long, value_name = "NAME", conflicts_with = "rule")]
    off: Vec<String>,
    /// List the rules of lint, and check nothing
    #[arg(long, conflicts_with_all = ["project", "strict", "rule", "off"])]
    rules: bool,
}

#[derive(Serialize)]
struct Report<'a> {
    errors: usize,
    warnings: usize,
    notes: usize,
    problems: &'a [Problem],
    lint: Lint<'a>,
}

#[derive(Serialize)]
struct Lint<'a> {
    warnings: usize,
    notes: usize,
    findings: &'a [Finding],
}

#[derive(Serialize)]
struct Listed {
    rule: &'static str,
    severity: Severity,
    about: &'static str,
    hint: &'static str,
}

/// Lists every problem of a project, then what lint finds.
pub(crate) fn check(wanted: &Check, io: &mut Io<'_>) -> Result<u8, Failed> {
    let Some(project) = wanted.project.as_ref().filter(|_| !wanted.rules) else { return rules(wanted.json, io) };
    if let Some(unknown) = wanted.rule.iter().chain(&wanted.off).find(|name| rule(name).is_none()) {
        return Err(format!("there is no rule `{unknown}`; `check --rules` lists them").into());
    }
    let mut project = load(&Tree::open(project)?);
    let findings = findings(wanted, &mut project);
    let [errors, warnings, notes] = count(project.problems.iter().map(|problem| problem.severity));
    let [_, open, hints] = count(findings.iter().map(|finding| finding.severity));
    if wanted.json {
        let lint = Lint { warnings: open, notes: hints, findings: &findings };
        let report = Report { errors, warnings, notes, problems: &project.problems, lint };
        writeln!(io.out, "{}", serde_json::to_string_pretty(&report)?)?;
    } else {
        for problem in project.problems.iter().cloned().chain(findings.iter().map(Finding::problem)) {
            writeln!(io.out, "{problem}")?;
        }
        let documents = project.documents.len();
        writeln!(io.out, "{documents} documents: {errors} errors, {warnings} warnings, {notes} notes")?;
        writeln!(io.out, "lint: {open} warnings, {hints} notes")?;
    }
    let wanting = errors > 0 || (wanted.strict && warnings + open > 0);
    Ok(if wanting { NEEDS_A_PERSON } else { DONE })
}

/// What lint finds, as far as it is asked for.
fn findings(wanted: &Check, project: &mut Project) -> Vec<Finding> {
    let off = &mut project.file.lint_off;
    if wanted.rule.is_empty() {
        off.extend(wanted.off.iter().cloned());
    } else {
        off.clear();
    }
    let mut findings = lint_project(project);
    findings.retain(|finding| wanted.rule.is_empty() || wanted.rule.iter().any(|name| name == finding.rule));
    findings
}

fn count(severities: impl Iterator<Item = Severity> + Clone) -> [usize; 3] {
    [Severity::Error, Severity::Warning, Severity::Note]
        .map(|wanted| severities.clone().filter(|severity| *severity == wanted).count())
}

fn rules(json: bool, io: &mut Io<'_>) -> Result<u8, Failed> {
    if json {
        let listed = RULES.iter().map(|rule| Listed {
            rule: rule.name,
            severity: rule.severity,
            about: rule.about,
            hint: rule.hint,
        });
        writeln!(io.out, "{}", serde_json::to_string_pretty(&listed.collect::<Vec<_>>())?)?;
        return Ok(DONE);
    }
    let widest = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    for rule in RULES {
        writeln!(io.out, "{:widest$}  {:7}  {}", rule.name, rule.severity.to_string(), rule.about)?;
    }
    writeln!(io.err, "a project turns rules off in project.ron, such as lint_off: [\"{}\"]", RULES[0].name)?;
    Ok(DONE)
}
