//! The marks that a merge by lines leaves in a file, and the two copies that lie between them.

use ascribe_schema::git_mark;

/// The two copies in a marked file, and what both started from where the marks say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// What both started from: git writes it with `merge.conflictStyle` `diff3` or `zdiff3`.
    pub base: Option<String>,
    /// The copy above.
    pub ours: String,
    /// The copy below.
    pub theirs: String,
}

/// Where in a conflict a line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Both,
    Ours,
    Base,
    Theirs,
}

/// Takes a file apart that holds marks; nothing where there are none, or not in their order.
#[must_use]
pub fn split_markers(text: &str) -> Option<Marked> {
    let (mut base, mut ours, mut theirs) = (String::new(), String::new(), String::new());
    let (mut part, mut places, mut bases) = (Part::Both, 0, 0);
    for line in text.split_inclusive('\n') {
        part = match (part, git_mark(line)) {
            (Part::Both, Some('<')) => Part::Ours,
            (Part::Ours, Some('|')) => {
                bases += 1;
                Part::Base
            }
            (Part::Ours | Part::Base, Some('=')) => Part::Theirs,
            (Part::Theirs, Some('>')) => {
                places += 1;
                Part::Both
            }
            (_, Some(_)) => return None,
            (part, None) => {
                let copies: &mut [&mut String] = match part {
                    Part::Both => &mut [&mut base, &mut ours, &mut theirs],
                    Part::Ours => &mut [&mut ours],
                    Part::Base => &mut [&mut base],
                    Part::Theirs => &mut [&mut theirs],
                };
                copies.iter_mut().for_each(|copy| copy.push_str(line));
                part
            }
        };
    }
    let whole = part == Part::Both && places > 0;
    whole.then(|| Marked { base: (bases == places).then_some(base), ours, theirs })
}
