//! Which names are parts of others: surnames, first names, short forms.

use super::name::{Bearer, Map, Names};

impl<'a> Names<'a> {
    /// Keeps what is said of one person only.
    fn entitle(&mut self) {
        for (title, number) in std::mem::take(&mut self.said) {
            let entity = self.entity(number);
            let known = self.titles.entry(title).or_insert(entity);
            if *known != entity {
                *known = None;
            }
        }
    }

    /// Ties parts of names to the names in full.
    pub(super) fn join(&mut self) {
        let mut parts: Map<&'a str, Vec<usize>> = Map::default();
        for (number, name) in self.names.iter().enumerate() {
            let several = name.words.contains(' ');
            if several {
                for word in [last(name.words), first(name.words)] {
                    parts.entry(word).or_default().push(number);
                }
            }
        }
        for number in 0..self.names.len() {
            if self.names[number].full.is_some() {
                continue;
            }
            let words = self.names[number].words;
            let same = |other: &usize| {
                let other = self.names[*other].words;
                other == words || (words.contains(' ') && first(other) == first(words) && last(other) == last(words))
            };
            let Some(found) = parts.get(last(words)) else { continue };
            if words.contains(' ') {
                // `Adam Schiff` is `Adam B. Schiff`, whichever came first.
                self.names[number].full = found.iter().copied().find(same).filter(|full| *full != number);
                continue;
            }
            let bearer = self.names[number].bearer;
            let mut fits: Vec<usize> = found
                .iter()
                .copied()
                .filter(|full| {
                    // By its first word goes a person, and an organisation where that word says so: `the Church`.
                    let whole = &self.names[*full];
                    let front = first(whole.words) == words;
                    match whole.bearer {
                        Bearer::Organisation | Bearer::Media => front && bearer == Bearer::Organisation,
                        Bearer::Person => !front || matches!(bearer, Bearer::Person | Bearer::Unknown),
                        Bearer::Unknown => !front,
                    }
                })
                .map(|full| self.names[full].full.unwrap_or(full))
                .collect();
            fits.sort_unstable();
            fits.dedup_by(|one, two| {
                let (one, two) = (self.names[*one].words, self.names[*two].words);
                first(one) == first(two) && last(one) == last(two)
            });
            match fits[..] {
                [full] => self.names[number].full = Some(full),
                // `Chelsea` of two whose first name that is.
                [] => self.names[number].shared = found.iter().filter(|full| self.is_bearer_open(**full)).count() > 1,
                _ => self.names[number].shared = true,
            }
        }
        let unsure: Vec<bool> = self
            .names
            .iter()
            .map(|name| !name.sure && name.full.is_none() && !parts.contains_key(name.words))
            .collect();
        self.occurrences.retain(|occurrence| !unsure[occurrence.name]);
        self.share();
        self.entitle();
    }

    fn is_bearer_open(&self, number: usize) -> bool {
        matches!(self.names[number].bearer, Bearer::Person | Bearer::Unknown)
    }

    /// What is known of a part is known of the whole, and the other way round.
    fn share(&mut self) {
        for whole in [false, true] {
            for number in 0..self.names.len() {
                let Some(full) = self.names[number].full else { continue };
                let (from, to) = if whole { (full, number) } else { (number, full) };
                let (bearer, gender) = (self.names[from].bearer, self.names[from].gender);
                let name = &mut self.names[to];
                if name.bearer == Bearer::Unknown && bearer == Bearer::Person || whole && bearer != Bearer::Unknown {
                    name.bearer = bearer;
                }
                name.gender = name.gender.or(gender);
            }
        }
    }
}

fn first(name: &str) -> &str {
    name.split(' ').next().unwrap_or(name)
}

fn last(name: &str) -> &str {
    name.rsplit(' ').find(|word| !matches!(*word, "Jr." | "Sr." | "II" | "III" | "Jr" | "Sr")).unwrap_or(name)
}
