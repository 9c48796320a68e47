//! Dividing a dataset into parts, such as train, dev and test, by document.

use sha2::{Digest, Sha256};

use super::DatasetError;

/// Named parts of a dataset with their shares.
///
/// A document's part follows from a hash of the seed and its id alone: more documents never move those that are there,
/// and all annotators' records of one document are in one part.
///
/// ```
/// use ascribe_engine::dataset::Split;
///
/// let split = Split::parse("train=80,dev=10,test=10", 7).unwrap();
/// let part = split.part("gantz-visits-morocco-k7m2q9xd");
/// assert_eq!(part, split.part("gantz-visits-morocco-k7m2q9xd"));
/// assert!(Split::parse("train=0", 7).is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    parts: Vec<(String, u64)>,
    seed: u64,
}

impl Split {
    /// Reads `train=80,dev=10,test=10`; the shares are weights and need not add up to 100.
    ///
    /// # Errors
    ///
    /// When that is no list of names with positive numbers, or two parts have one name.
    pub fn parse(text: &str, seed: u64) -> Result<Self, DatasetError> {
        let wrong = |what: &str| {
            DatasetError::Options(format!("{what} in --split {text}; write it like train=80,dev=10,test=10"))
        };
        let mut parts: Vec<(String, u64)> = Vec::new();
        for part in text.split(',') {
            let (name, share) = part.split_once('=').ok_or_else(|| wrong("a part has no share"))?;
            let name = name.trim();
            let named = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
            if !named {
                return Err(wrong("a part has no name of letters, digits, - and _"));
            }
            if parts.iter().any(|(other, _)| other == name) {
                return Err(wrong("two parts have one name"));
            }
            let share: u32 = share
                .trim()
                .parse()
                .ok()
                .filter(|share| *share > 0)
                .ok_or_else(|| wrong("a share is no positive number"))?;
            parts.push((name.to_owned(), u64::from(share)));
        }
        Ok(Self { parts, seed })
    }

    /// The names of the parts.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.parts.iter().map(|(name, _)| name.as_str())
    }

    /// The number of the part that a document belongs to.
    #[must_use]
    pub fn part(&self, document: &str) -> usize {
        self.part_at(self.place(document))
    }

    /// Where a document falls, evenly from 0 up to 1.
    fn place(&self, document: &str) -> f64 {
        let mut hash = Sha256::new();
        hash.update(self.seed.to_le_bytes());
        hash.update(document.as_bytes());
        let hash: [u8; 32] = hash.finalize().into();
        let bits = hash[..8].iter().fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte));
        // 53 bits are what an f64 holds exactly.
        (bits >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn part_at(&self, place: f64) -> usize {
        let total: u64 = self.parts.iter().map(|(_, share)| share).sum();
        let mut sum = 0;
        for (number, (_, share)) in self.parts.iter().enumerate() {
            sum += share;
            if place * (total as f64) < sum as f64 {
                return number;
            }
        }
        self.parts.len() - 1
    }

    /// The parts of documents of which each has a stratum, such as its rarest label: within each stratum the documents
    /// are put in the order of their hashes and cut by the shares. A document more can move one other document across
    /// each cut of its stratum.
    #[must_use]
    pub fn stratified(&self, documents: &[(&str, &str)]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..documents.len()).collect();
        let key = |at: usize| {
            let (id, stratum) = documents[at];
            (stratum, self.place(id), id)
        };
        order.sort_by(|a, b| {
            let ((stratum_a, place_a, id_a), (stratum_b, place_b, id_b)) = (key(*a), key(*b));
            stratum_a.cmp(stratum_b).then(place_a.total_cmp(&place_b)).then(id_a.cmp(id_b))
        });
        let mut parts = vec![0; documents.len()];
        for stratum in order.chunk_by(|a, b| documents[*a].1 == documents[*b].1) {
            for (rank, at) in stratum.iter().enumerate() {
                parts[*at] = self.part_at((rank as f64 + 0.5) / stratum.len() as f64);
            }
        }
        parts
    }
}
