//! Reading what can be read of a broken annotation set.

use crate::{
    AnnotationSet, Problem, Severity,
    file::{Read, decode, git_mark, marked, parse, read},
};

/// Reads an annotation set; of one that is broken in places, all annotations, relations, rejections and conflicts
/// that stand whole on a line of their own, which is how Ascribe writes them. In the lines before them, a field that
/// a set can do without may be broken, too.
///
/// The result of a broken set is incomplete, with a problem for each line that was passed over.
///
/// # Errors
///
/// As [`read`], when the fields that a set needs cannot be read.
pub fn read_set(bytes: &[u8], file: &str) -> Result<Read<AnnotationSet>, Box<Problem>> {
    read(bytes, file).or_else(|problem| salvage(bytes, file).ok_or(problem))
}

/// The columns before a record.
const INDENT: usize = 8;

/// A line of the file with its number.
type Line<'a> = (usize, &'a str);

fn salvage(bytes: &[u8], file: &str) -> Option<Read<AnnotationSet>> {
    let text = decode(bytes, file).ok()?;
    let (mut head, mut records) = (Vec::new(), Vec::new());
    let mut section = None;
    let marked = marked(text, file);
    for (number, line) in (1..).zip(text.lines()) {
        match line {
            "    annotations: [" | "    relations: [" | "    rejected: [" | "    conflicts: [" => section = Some(line),
            "    ]," => section = None,
            _ => {}
        }
        match section {
            _ if marked.is_some() && git_mark(line).is_some() => {}
            Some(opening) if line != opening => records.push((number, opening, line.trim())),
            _ => head.push((number, line)),
        }
    }
    let mut result = read_head(head, file)?;
    result.complete = false;
    result.problems.splice(0..0, marked);
    for (number, opening, line) in records {
        let mut unknown = Vec::new();
        let record = line.trim_end_matches(',');
        let set = &mut result.value;
        let note = |field| unknown.push(field);
        let outcome = match opening.trim() {
            "annotations: [" => parse(record, note).map(|annotation| set.annotations.push(annotation)),
            "relations: [" => parse(record, note).map(|relation| set.relations.push(relation)),
            "rejected: [" => parse(record, note).map(|rejection| set.rejected.push(rejection)),
            _ => parse(record, note).map(|conflict| set.conflicts.push(conflict)),
        };
        if let Err(error) = outcome {
            result.problems.push(report(file, number, error.span.start.col + INDENT, error.code.to_string()));
        }
        let unknown = unknown.iter().map(|field| format!("this version does not know the field `{field}`"));
        result.problems.extend(unknown.map(|message| report(file, number, INDENT + 1, message)));
    }
    Some(result)
}

/// Reads the lines around the records, passing over those that fail and can be done without.
fn read_head(mut lines: Vec<Line<'_>>, file: &str) -> Option<Read<AnnotationSet>> {
    let mut problems = Vec::new();
    loop {
        let head: String = lines.iter().flat_map(|(_, line)| [line, "\n"]).collect();
        let Err(error) = parse::<AnnotationSet>(&head, |_| ()) else {
            let mut result: Read<AnnotationSet> = read(head.as_bytes(), file).ok()?;
            for problem in &mut result.problems {
                // The head has fewer lines than the file.
                let line = problem.place.line.and_then(|line| lines.get(line - 1));
                problem.place.line = line.map(|(number, _)| *number);
            }
            result.problems.splice(0..0, problems);
            return Some(result);
        };
        let at = error.span.start;
        let failed = at.line.checked_sub(1).filter(|&index| lines.get(index).is_some_and(|line| is_spare(line.1)))?;
        let (number, _) = lines.remove(failed);
        problems.push(report(file, number, at.col, error.code.to_string()));
    }
}

/// Whether a set can be read without that line: a field that has a default and stands on one line.
fn is_spare(line: &str) -> bool {
    let field = line.trim_start();
    let spare = ["progress:", "annotations:", "relations:", "rejected:", "conflicts:"];
    spare.iter().any(|name| field.starts_with(name)) && line.ends_with(',')
}

fn report(file: &str, line: usize, column: usize, message: String) -> Problem {
    let hint = "the rest of the file is shown read-only; mend this line, or restore the file from a copy";
    Problem::new(Severity::Error, "unreadable-line", file, message).at(line, column).hint(hint)
}
