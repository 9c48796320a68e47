//! Reading what can be read of a broken annotation set.

use crate::{
    AnnotationSet, Problem, Severity,
    file::{Read, decode, parse, read},
};

/// Reads an annotation set; of one that is broken in places, all annotations and relations that stand
/// whole on a line of their own, which is how Ascribe writes them.
///
/// The result of a broken set is incomplete, with a problem for each line that was passed over.
///
/// # Errors
///
/// As [`read`], when not even the lines before the annotations can be read.
pub fn read_set(bytes: &[u8], file: &str) -> Result<Read<AnnotationSet>, Box<Problem>> {
    read(bytes, file).or_else(|problem| salvage(bytes, file).ok_or(problem))
}

/// The columns before a record.
const INDENT: usize = 8;

fn salvage(bytes: &[u8], file: &str) -> Option<Read<AnnotationSet>> {
    let text = decode(bytes, file).ok()?;
    let (mut head, mut records) = (String::new(), Vec::new());
    let mut section = None;
    for (number, line) in (1..).zip(text.lines()) {
        match line {
            "    annotations: [" | "    relations: [" => section = Some(line),
            "    ]," => section = None,
            _ => {}
        }
        match section {
            Some(opening) if line != opening => records.push((number, opening, line.trim())),
            _ => head.extend([line, "\n"]),
        }
    }
    let mut result: Read<AnnotationSet> = read(head.as_bytes(), file).ok()?;
    result.complete = false;
    for (number, opening, line) in records {
        let mut unknown = Vec::new();
        let record = line.trim_end_matches(',');
        let outcome = if opening.contains("annotations") {
            parse(record, |field| unknown.push(field)).map(|annotation| result.value.annotations.push(annotation))
        } else {
            parse(record, |field| unknown.push(field)).map(|relation| result.value.relations.push(relation))
        };
        let report = |column, message: String| {
            let hint = "the rest of the file is shown read-only; mend this line, or restore the file from a copy";
            Problem::new(Severity::Error, "unreadable-line", file, message).at(number, column).hint(hint)
        };
        if let Err(error) = outcome {
            result.problems.push(report(error.span.start.col + INDENT, error.code.to_string()));
        }
        let unknown = unknown.iter().map(|field| format!("this version does not know the field `{field}`"));
        result.problems.extend(unknown.map(|message| report(INDENT + 1, message)));
    }
    Some(result)
}
