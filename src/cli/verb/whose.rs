//! Whose work a verb is about.

use ascribe_engine::dataset::Chosen;
use ascribe_schema::AnnotatorName;
use clap::Args;

use crate::Failed;

/// Whose work counts; without a choice, that of the only one there is.
#[derive(Debug, Args)]
pub(crate) struct Whose {
    /// Only this annotator's work; may be given several times
    #[arg(long, value_name = "NAME", conflicts_with_all = ["gold", "all"])]
    annotator: Vec<String>,
    /// Only what was adjudicated
    #[arg(long, conflicts_with = "all")]
    gold: bool,
    /// Everybody's work: what two annotators tagged counts for each
    #[arg(long)]
    all: bool,
}

impl Whose {
    /// What was chosen.
    pub(crate) fn chosen(&self) -> Result<Chosen, Failed> {
        let names = self.annotator.iter().map(|name| AnnotatorName::new(name.as_str()));
        Ok(match () {
            () if self.gold => Chosen::Gold,
            () if self.all => Chosen::All,
            () if self.annotator.is_empty() => Chosen::Only,
            () => Chosen::Named(names.collect::<Result<_, _>>()?),
        })
    }
}
