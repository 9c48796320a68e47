//! What only shows where several sets are compared: one source under names that hardly differ.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{
    Finding, Fix, Work,
    rules::ENTITY_SPELLED_DIFFERENTLY,
    work::{ENTITY, SOURCE, value, words},
};
use crate::Action;

pub(super) fn check(works: &[&Work<'_>], found: &mut Vec<Finding>) {
    let mut spellings: HashMap<&str, usize> = HashMap::new();
    let entities = || {
        works.iter().flat_map(|work| {
            work.tags().filter_map(move |(number, tag)| {
                let entity = value(tag, ENTITY).filter(|entity| tag.label == SOURCE && !entity.trim().is_empty())?;
                // White space at its ends is another rule's business.
                Some((*work, number, entity.trim()))
            })
        })
    };
    entities().for_each(|(.., entity)| *spellings.entry(entity).or_default() += 1);
    let mut groups: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    // Signs alone are no name that could be spelled otherwise.
    for &spelling in spellings.keys().filter(|spelling| !bare(spelling).is_empty()) {
        groups.entry(bare(spelling)).or_default().insert(spelling);
    }
    // Each rarer spelling with the usual one.
    let mut usual: HashMap<&str, &str> = HashMap::new();
    for group in groups.values().filter(|group| group.len() > 1) {
        let Some(most) = group.iter().max_by_key(|spelling| (spellings[**spelling], std::cmp::Reverse(**spelling)))
        else {
            continue;
        };
        usual.extend(group.iter().filter(|spelling| *spelling != most).map(|spelling| (*spelling, *most)));
    }
    for (work, number, entity) in entities() {
        let Some(&usual) = usual.get(entity) else { continue };
        let annotation = work.annotation(number);
        let message = format!("{} is “{entity}” here and “{usual}” elsewhere", words(annotation));
        let finding = work.finding(&ENTITY_SPELLED_DIFFERENTLY, &[number], annotation.extent(), message);
        let (id, name) = (annotation.id.clone(), ENTITY.to_owned());
        let action = Action::SetAttribute { id, name, value: Some(usual.to_owned()) };
        found.push(Finding { fix: Some(Fix { words: format!("write “{usual}”"), action }), ..finding });
    }
}

/// A name without what people write now this way and now that: case, accents, spaces, hyphens, points, apostrophes.
fn bare(name: &str) -> String {
    let letters = name.nfkd().filter(|&c| !is_combining_mark(c));
    letters.filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_hardly_differ_are_the_same_when_bare() {
        for (one, other, same) in [
            ("Benny Gantz", "benny  gantz", true),
            ("Ségolène Royal", "Segolene Royal", true),
            ("Al-Jazeera", "Al Jazeera", true),
            ("U.N.", "UN", true),
            ("O’Neill", "O'Neill", true),
            ("Müller", "Mueller", false),
            ("Gantz", "Ganz", false),
            ("وزير", "وَزير", true),
        ] {
            assert_eq!(bare(one) == bare(other), same, "{one} {other}");
        }
    }
}
