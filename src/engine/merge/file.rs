//! Joining files as they lie on disk: what kind they are is told by what stands in them.

use ascribe_schema::{
    AnnotationSet, CommentSet, Conflict, DecisionSet, DocumentId, Problem, Project, SuggestionSet, read, write,
};

use super::{
    Choice, MergeError, Mergeable, SettleError, markers::split_markers, merge, merge_sets, settle,
    settle::settle_on_text,
};
use crate::TextOf;

/// A kind of file that can be joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An annotator's set, or gold.
    Set,
    /// An adjudicator's decisions.
    Decisions,
    /// A writer's comments.
    Comments,
    /// `project.ron`.
    Project,
    /// A program's suggestions, which can be made anew.
    Suggestions,
}

/// What became of two copies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// The file that they make.
    pub text: String,
    /// What is open in it.
    pub conflicts: Vec<Conflict>,
    /// What a person should know, such as that comments in a copy are lost.
    pub notes: Vec<String>,
}

/// Why files cannot be joined or settled. Nothing has been changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// One of them cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Box<Problem>),
    /// One holds something that this version does not know and would lose.
    #[error("{0} holds something that this version does not know and would lose; update Ascribe, and merge again")]
    Incomplete(String),
    /// One is of a kind that is not joined.
    #[error(
        "{0} is no set of annotations, decisions or comments, no suggestions and no project.ron: these are merged; \
         compare it by hand"
    )]
    Kind(String),
    /// There are no marks of git in it.
    #[error("{0} holds no marks of two copies as git leaves them, or they are out of order")]
    NoMarks(String),
    /// They cannot be joined.
    #[error(transparent)]
    Merge(#[from] MergeError),
    /// They cannot be settled so.
    #[error(transparent)]
    Settle(#[from] SettleError),
    /// It could not be written as RON.
    #[error("the result cannot be written: {0}")]
    Unwritable(String),
}

/// A file with its name, for messages.
pub type Named<'a> = (&'a [u8], &'a str);

impl Kind {
    /// The kind that a file says it is; nothing where it is none of these.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let aside = |line: &&str| {
            let line = line.trim_start();
            line.is_empty() || line.starts_with("#!") || line.starts_with("//")
        };
        let first = text.lines().find(|line| !aside(line))?.trim_start();
        let name = first.split(|c: char| !c.is_alphanumeric()).next()?;
        match name {
            "AnnotationSet" => Some(Self::Set),
            "DecisionSet" => Some(Self::Decisions),
            "CommentSet" => Some(Self::Comments),
            "Project" => Some(Self::Project),
            "SuggestionSet" => Some(Self::Suggestions),
            _ => None,
        }
    }
}

/// The document that a file is about, where it can be read and is about one.
#[must_use]
pub fn document_of(bytes: &[u8]) -> Option<DocumentId> {
    let text = std::str::from_utf8(bytes).ok()?;
    match Kind::of(text)? {
        Kind::Set => Some(read::<AnnotationSet>(bytes, "").ok()?.value.document),
        _ => None,
    }
}

/// Joins two copies of one file. A base without content is none: both copies were added.
///
/// # Errors
///
/// When one of them cannot be read in full, or they do not belong together.
pub fn merge_bytes(
    base: Named<'_>,
    ours: Named<'_>,
    theirs: Named<'_>,
    texts: TextOf<'_>,
) -> Result<Joined, FileError> {
    let kind = std::str::from_utf8(ours.0).ok().and_then(Kind::of);
    match kind.ok_or_else(|| FileError::Kind(ours.1.to_owned()))? {
        Kind::Set => {
            let mut joined = with(base, ours, theirs, |base, ours, theirs| merge_sets(base, ours, theirs, texts))?;
            if read::<AnnotationSet>(joined.text.as_bytes(), "").is_ok_and(|set| set.value.annotator.is_gold()) {
                joined.notes.push("gold is made from decisions: make it anew once everything is merged".to_owned());
            }
            Ok(joined)
        }
        Kind::Decisions => with(base, ours, theirs, merge::<DecisionSet>),
        Kind::Comments => with(base, ours, theirs, merge::<CommentSet>),
        Kind::Project => with(base, ours, theirs, merge::<Project>),
        Kind::Suggestions => suggestions(base, ours, theirs),
    }
}

fn with<T: Mergeable>(
    base: Named<'_>,
    ours: Named<'_>,
    theirs: Named<'_>,
    merge: impl Fn(Option<&T>, &T, &T) -> Result<T, MergeError>,
) -> Result<Joined, FileError> {
    let mut notes = Vec::new();
    let added = base.0.iter().all(u8::is_ascii_whitespace);
    let base: Option<T> = if added { None } else { Some(whole(base, &mut Vec::new())?) };
    let (ours, theirs) = (whole::<T>(ours, &mut notes)?, whole::<T>(theirs, &mut notes)?);
    let merged = merge(base.as_ref(), &ours, &theirs)?;
    Ok(Joined { text: written(&merged)?, conflicts: merged.conflicts().to_vec(), notes })
}

/// Reads a file of which nothing may be lost.
fn whole<T: Mergeable>((bytes, name): Named<'_>, notes: &mut Vec<String>) -> Result<T, FileError> {
    let there = read::<T>(bytes, name)?;
    if !there.complete {
        return Err(there.problems.into_iter().next().map_or_else(
            || FileError::Incomplete(name.to_owned()),
            |problem| FileError::Unreadable(Box::new(problem)),
        ));
    }
    if written(&there.value)?.as_bytes() != bytes {
        notes.push(format!("{name} was laid out by hand: comments in it, its order and its spaces are not kept"));
    }
    Ok(there.value)
}

fn written<T: ascribe_schema::File + PartialEq>(value: &T) -> Result<String, FileError> {
    let text = write(value).map_err(|error| FileError::Unwritable(error.to_string()))?;
    match read::<T>(text.as_bytes(), "") {
        Ok(again) if again.value == *value => Ok(text),
        _ => Err(FileError::Unwritable("it reads differently".to_owned())),
    }
}

/// Suggestions are nobody's work: what one copy has changed stays, or else one of the two, always the same.
fn suggestions(base: Named<'_>, ours: Named<'_>, theirs: Named<'_>) -> Result<Joined, FileError> {
    let mut notes = Vec::new();
    for (bytes, name) in [ours, theirs] {
        read::<SuggestionSet>(bytes, name)?;
    }
    let kept = if ours.0 == base.0 {
        theirs
    } else if theirs.0 == base.0 || ours.0 == theirs.0 {
        ours
    } else {
        notes.push("both copies were proposed anew; one of them is kept, and can be made anew again".to_owned());
        if ours.0 > theirs.0 { ours } else { theirs }
    };
    Ok(Joined { text: String::from_utf8_lossy(kept.0).into_owned(), conflicts: Vec::new(), notes })
}

/// Joins the two copies between the marks that git has left in a file.
///
/// # Errors
///
/// When there are no marks, or what lies between them cannot be joined.
pub fn merge_marked((bytes, name): Named<'_>, texts: TextOf<'_>) -> Result<Joined, FileError> {
    let text = std::str::from_utf8(bytes).ok();
    let marked = text.and_then(split_markers).ok_or_else(|| FileError::NoMarks(name.to_owned()))?;
    let (ours, theirs) = (format!("{name}, the upper copy"), format!("{name}, the lower copy"));
    let join = |base: &str| {
        merge_bytes(
            (base.as_bytes(), name),
            (marked.ours.as_bytes(), &ours),
            (marked.theirs.as_bytes(), &theirs),
            texts,
        )
    };
    // Git's `zdiff3` moves what both copies share out of the base: it may not be whole.
    let usable = |base: &&String| {
        let base = (base.as_bytes(), name);
        base.0.iter().all(u8::is_ascii_whitespace) || merge_bytes(base, base, base, texts).is_ok()
    };
    if let Some(base) = marked.base.as_ref().filter(usable) {
        return join(base);
    }
    let mut joined = join("")?;
    let why = match marked.base {
        Some(_) => "what git wrote of what both copies started from is not whole",
        None => "git did not write what both copies started from",
    };
    let advice = "`git config merge.conflictStyle diff3` makes it write all of that";
    joined.notes.push(format!("{why}, so what one copy deleted is back; {advice}"));
    Ok(joined)
}

/// What is open in a file.
///
/// # Errors
///
/// When it cannot be read.
pub fn conflicts_of(file: Named<'_>) -> Result<Vec<Conflict>, FileError> {
    fn of<T: Mergeable>(file: Named<'_>) -> Result<Vec<Conflict>, FileError> {
        Ok(whole::<T>(file, &mut Vec::new())?.conflicts().to_vec())
    }
    match std::str::from_utf8(file.0).ok().and_then(Kind::of) {
        Some(Kind::Set) => of::<AnnotationSet>(file),
        Some(Kind::Decisions) => of::<DecisionSet>(file),
        Some(Kind::Comments) => of::<CommentSet>(file),
        Some(Kind::Project) => of::<Project>(file),
        Some(Kind::Suggestions) => Ok(Vec::new()),
        None => Err(FileError::Kind(file.1.to_owned())),
    }
}

/// Takes one side of what is open in a file at each of these paths; returns the file as it is then. `texts` gives the
/// texts of its document by their hash.
///
/// # Errors
///
/// When it cannot be read, or one of them cannot be settled so.
pub fn settle_bytes(
    file: Named<'_>,
    places: &[String],
    choice: Choice,
    texts: TextOf<'_>,
) -> Result<Joined, FileError> {
    match std::str::from_utf8(file.0).ok().and_then(Kind::of) {
        Some(Kind::Set) => settled::<AnnotationSet>(file, places, |set, at| settle_on_text(set, at, choice, texts)),
        Some(Kind::Decisions) => settled::<DecisionSet>(file, places, |set, at| settle(set, at, choice)),
        Some(Kind::Comments) => settled::<CommentSet>(file, places, |set, at| settle(set, at, choice)),
        Some(Kind::Project) => settled::<Project>(file, places, |project, at| settle(project, at, choice)),
        _ => Err(FileError::Kind(file.1.to_owned())),
    }
}

fn settled<T: Mergeable>(
    file: Named<'_>,
    places: &[String],
    settle: impl Fn(&T, &str) -> Result<T, SettleError>,
) -> Result<Joined, FileError> {
    let mut notes = Vec::new();
    let mut value: T = whole(file, &mut notes)?;
    for place in places {
        value = settle(&value, place)?;
    }
    Ok(Joined { text: written(&value)?, conflicts: value.conflicts().to_vec(), notes })
}
