//! Colleagues' work that came by mail or on a stick: `receive`.

use std::path::PathBuf;

use ascribe_engine::{
    Place, Tree,
    colleague::{Differences, How, Offer, Piece, Standing, Taken, look, take},
    load,
    store::Store,
};
use ascribe_schema::AnnotatorName;
use clap::Args;

use super::reading::plain;
use crate::{DONE, Failed, Io, NEEDS_A_PERSON};

/// What to take, and how.
#[derive(Debug, Args)]
pub(crate) struct Receive {
    /// The project's folder
    project: PathBuf,
    /// Bundles, project folders, annotators' folders, or files of annotations, decisions or comments
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Who you are: your own files are left alone, unless --merge joins them
    #[arg(long, value_name = "NAME")]
    mine: Option<String>,
    /// Where a file here and theirs both have something of their own: take theirs; a copy of the one here is kept
    #[arg(long, conflicts_with = "merge")]
    replace: bool,
    /// Where they differ, and for your own: join the two by ids and fields
    #[arg(long)]
    merge: bool,
    /// Say what would be taken, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Takes colleagues' work into a project; what must be chosen is left, unless the options choose.
pub(crate) fn receive(wanted: &Receive, io: &mut Io<'_>) -> Result<u8, Failed> {
    let tree = Tree::open(&wanted.project)?;
    let Place::Folder(root) = tree.place() else {
        return Err("a bundle cannot be changed; unpack it first".into());
    };
    let project = load(&tree);
    let mine = wanted.mine.as_deref().map(AnnotatorName::new).transpose()?;
    let offer = look(&project, mine.as_ref(), &wanted.paths)?;
    for problem in &offer.problems {
        writeln!(io.err, "{problem}")?;
    }
    let chosen = choose(wanted, &offer);
    let mut left = !offer.problems.is_empty();
    for (number, piece) in offer.pieces.iter().enumerate() {
        let taken = chosen.iter().any(|(chosen, _)| *chosen == number);
        left |= piece.asks() && !taken;
        writeln!(io.out, "{}: {}", plain(&piece.path), told(piece, taken))?;
    }
    if wanted.dry_run {
        writeln!(io.err, "nothing was written, because of --dry-run")?;
        return Ok(if left { NEEDS_A_PERSON } else { DONE });
    }
    let account = take(&Store::at(root), &project, &offer, &chosen);
    for document in &account.documents {
        writeln!(io.out, "documents/{document}: came along")?;
    }
    for (number, outcome) in account.pieces {
        let path = plain(&offer.pieces[number].path);
        match outcome {
            Ok(Taken::Merged(open)) if open > 0 => {
                left = true;
                writeln!(io.err, "{path}: {open} places are open; `merge --open` lists them")?;
            }
            Ok(_) => {}
            Err(reason) => {
                left = true;
                writeln!(io.err, "{path}: {reason}")?;
            }
        }
    }
    Ok(if left { NEEDS_A_PERSON } else { DONE })
}

fn choose(wanted: &Receive, offer: &Offer) -> Vec<(usize, How)> {
    let how = |piece: &Piece| match piece.standing {
        Standing::Different(_) | Standing::Mine(_) if wanted.merge => Some(How::Merge),
        Standing::Different(_) | Standing::HereUnreadable => wanted.replace.then_some(How::Replace),
        _ => piece.brings().then_some(How::Replace),
    };
    offer.pieces.iter().enumerate().filter_map(|(number, piece)| Some((number, how(piece)?))).collect()
}

fn told(piece: &Piece, taken: bool) -> String {
    let by = |Differences { added, changed, missing }: Differences| {
        format!("{added} only there, {changed} different, {missing} only here")
    };
    let what = match piece.standing {
        Standing::New => format!("new, {} in it", piece.count),
        Standing::WithDocument => format!("new, {} in it, and its article comes along", piece.count),
        Standing::Same => "the same as here".to_owned(),
        Standing::Newer(differences) => format!("newer than here: {}", by(differences)),
        Standing::Older(differences) => format!("older than here: {}", by(differences)),
        Standing::Different(differences) if !taken => {
            format!("different from here: {}; left: choose with --replace or --merge", by(differences))
        }
        Standing::Different(differences) => format!("different from here: {}", by(differences)),
        Standing::HereUnreadable if !taken => "the one here cannot be read; left: choose --replace".to_owned(),
        Standing::HereUnreadable => "the one here cannot be read".to_owned(),
        Standing::Mine(differences) if !taken => format!("your own, left alone: {}", by(differences)),
        Standing::Mine(differences) => format!("your own: {}", by(differences)),
        Standing::Refused => "cannot be taken".to_owned(),
    };
    let moved = piece.moved.as_ref().map(|report| {
        let counts = report.counts().into_iter().filter(|(_, count)| *count > 0);
        let counts: Vec<_> = counts.map(|(fate, count)| format!("{count} {}", fate.name())).collect();
        format!("; made on an older text, on the newest: {}", counts.join(", "))
    });
    what + &moved.unwrap_or_default()
}
