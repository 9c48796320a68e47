//! What every number means, how it is worked out, and where that is published.

use crate::Measure;

/// Observed agreement, weighted as Krippendorff's α weights it.
pub const PERCENT: Measure = Measure {
    key: "percent",
    name: "Percent agreement",
    definition: "The share of pairs of values of one item that are equal: 1 − the observed disagreement of Krippendorff’s α. \
                 With gaps, items count by how many values they have, because each pair counts 1 / (values − 1). \
                 Not corrected for chance.",
    source: "Krippendorff 2004, Content Analysis, 2nd ed., p. 222 and 227",
};

/// Observed agreement as the mean over items.
pub const PERCENT_ITEM_MEAN: Measure = Measure {
    key: "percent_item_mean",
    name: "Percent agreement, mean of items",
    definition: "The mean over items of the share of pairs of raters who agree on the item. With gaps, every item with \
                 at least two values counts the same. Not corrected for chance.",
    source: "Fleiss 1971, Psychological Bulletin 76(5), eq. 2 and 3; with gaps Gwet 2014, Handbook, 4th ed., eq. 2.3.6",
};

/// Chance as equal use of the categories, two raters.
pub const BENNETT_S: Measure = Measure {
    key: "bennett_s",
    name: "Bennett’s S",
    definition: "Mean agreement of items, corrected for raters who would use all k categories equally often: \
                 (P − 1/k) / (1 − 1/k), with the k categories that occur. For more than two raters P is the share of pairs, \
                 which makes it the same as Randolph’s κ.",
    source: "Bennett, Alpert & Goldstein 1954, Public Opinion Quarterly 18(3); Brennan & Prediger 1981",
};

/// Chance as what both raters together did, two raters.
pub const SCOTT_PI: Measure = Measure {
    key: "scott_pi",
    name: "Scott’s π",
    definition: "Agreement of two raters, corrected for two who would use each category as often as both together did. \
                 For more raters see Fleiss’ κ, which is the same for two.",
    source: "Scott 1955, Public Opinion Quarterly 19(3)",
};

/// Chance as what each of two raters did.
pub const COHEN_KAPPA: Measure = Measure {
    key: "cohen_kappa",
    name: "Cohen’s κ",
    definition: "Agreement of two raters, corrected for two who would each use every category as often as they did. \
                 Items that one of them left out do not count. For more raters see Light’s and Conger’s κ.",
    source: "Cohen 1960, Educational and Psychological Measurement 20(1), eq. 1",
};

/// The mean of Cohen's κ over pairs.
pub const LIGHT_KAPPA: Measure = Measure {
    key: "light_kappa",
    name: "Light’s κ",
    definition: "The mean of Cohen’s κ over all pairs of raters, each over the items that both rated. \
                 Undefined when it is for any pair.",
    source: "Light 1971, Psychological Bulletin 76(5); Hallgren 2012",
};

/// Cohen's κ for many raters.
pub const CONGER_KAPPA: Measure = Measure {
    key: "conger_kappa",
    name: "Conger’s κ",
    definition: "Mean agreement of items, corrected for raters who would each use every category as often as they did, \
                 over all pairs: Cohen’s κ for any number of raters, also by the names of Davies & Fleiss and of Hubert. \
                 With gaps, each rater’s shares are of the values that they gave.",
    source: "Conger 1980, Psychological Bulletin 88(2); with gaps Gwet 2014, Handbook, 4th ed., section 2.5",
};

/// Scott's π for many raters.
pub const FLEISS_KAPPA: Measure = Measure {
    key: "fleiss_kappa",
    name: "Fleiss’ κ",
    definition: "Mean agreement of items, corrected for raters who would use each category as often as all together did. \
                 With gaps, a category’s share is the mean over items of its share of the item’s values.",
    source: "Fleiss 1971, Psychological Bulletin 76(5), eq. 1–7; with gaps Gwet 2014, Handbook, 4th ed., section 2.4",
};

/// Chance as equal use of the categories.
pub const RANDOLPH_KAPPA: Measure = Measure {
    key: "randolph_kappa",
    name: "Randolph’s κ",
    definition: "Mean agreement of items, corrected for raters who would use all k categories equally often, \
                 with the k categories that occur.",
    source: "Randolph 2005, Joensuu Learning and Instruction Symposium (free-marginal multirater κ)",
};

/// α for categories without an order.
pub const ALPHA_NOMINAL: Measure = Measure {
    key: "krippendorff_alpha_nominal",
    name: "Krippendorff’s α, nominal",
    definition: "1 − observed disagreement / disagreement by chance, where two different values disagree and chance pairs \
                 all values of items that have at least two. Gaps are allowed.",
    source: "Krippendorff 2004, Content Analysis, 2nd ed., p. 222–232; Krippendorff 2011, Computing Krippendorff’s Alpha-Reliability",
};

/// α for ranks.
pub const ALPHA_ORDINAL: Measure = Measure {
    key: "krippendorff_alpha_ordinal",
    name: "Krippendorff’s α, ordinal",
    definition: "As nominal α, where two values differ by the square of how many values lie between them, \
                 half of either’s equals included. The values must be numbers; only their order counts.",
    source: "Krippendorff 2004, Content Analysis, 2nd ed., p. 232–233; Krippendorff 2011, p. 6",
};

/// α for numbers.
pub const ALPHA_INTERVAL: Measure = Measure {
    key: "krippendorff_alpha_interval",
    name: "Krippendorff’s α, interval",
    definition: "As nominal α, where two values differ by the square of their difference. The values must be numbers.",
    source: "Krippendorff 2004, Content Analysis, 2nd ed., p. 233; Krippendorff 2011, p. 6",
};

/// α for amounts.
pub const ALPHA_RATIO: Measure = Measure {
    key: "krippendorff_alpha_ratio",
    name: "Krippendorff’s α, ratio",
    definition: "As nominal α, where two values differ by the square of their difference divided by their sum. \
                 The values must be numbers and not negative.",
    source: "Krippendorff 2004, Content Analysis, 2nd ed., p. 233; Krippendorff 2011, p. 6",
};

/// Chance as guessing at hard items.
pub const GWET_AC1: Measure = Measure {
    key: "gwet_ac1",
    name: "Gwet’s AC1",
    definition: "Mean agreement of items, corrected for raters who guess at some of the items: chance is \
                 Σ π(1 − π) / (k − 1), with the k categories that occur and their shares π as for Fleiss’ κ. \
                 Stays meaningful where one category is far more frequent than the others.",
    source: "Gwet 2008, British Journal of Mathematical and Statistical Psychology 61(1), eq. 3–5; with gaps Gwet 2014, Handbook, 4th ed.",
};

/// Krippendorff's first α of unitizing.
pub const ALPHA_U: Measure = Measure {
    key: "alpha_u",
    name: "Krippendorff’s αU (1995)",
    definition: "1 − observed / expected disagreement of units, by category and summed over categories. Units that meet \
                 disagree by the squares of the differences of their ends, a unit that lies in the other’s gap by the square \
                 of its length. Lengths count in whole units of 1, as characters do. Where units of one category and one \
                 annotator overlap, outermost ones are compared with outermost ones and those inside with those inside, \
                 each layer as if it were a category of its own.",
    source: "Krippendorff 1995, Sociological Methodology 25; Krippendorff 2004, Content Analysis, 2nd ed., p. 251–256",
};

/// The 2016 family: place and category.
pub const U_ALPHA: Measure = Measure {
    key: "u_alpha",
    name: "Krippendorff’s uα (2016)",
    definition: "Agreement on where units are and what category they have: coincidences are lengths on which two annotators \
                 have the same value, gaps being a value, too; chance pairs all sections of the continuum except each with \
                 itself. Where units of one annotator overlap, the value is all categories that lie there, and each end \
                 of a unit begins a new section.",
    source: "Krippendorff, Mathet, Bouvry & Widlöcher 2016, Quality & Quantity 50(6); Krippendorff 2019, Content Analysis, 4th ed., section 12.6.3",
};

/// The 2016 family: place alone.
pub const BAR_U_ALPHA: Measure = Measure {
    key: "bar_u_alpha",
    name: "Krippendorff’s |uα (2016)",
    definition: "Agreement on where units are, whatever their category: uα with the values “unit” and “gap” only.",
    source: "Krippendorff, Mathet, Bouvry & Widlöcher 2016, Quality & Quantity 50(6); Krippendorff 2019, Content Analysis, 4th ed., section 12.6.4",
};

/// The 2016 family: category where both have a unit.
pub const CU_ALPHA: Measure = Measure {
    key: "cu_alpha",
    name: "Krippendorff’s cuα (2016)",
    definition: "Agreement on categories where at least two annotators have units: uα of the coincidences of units alone, \
                 without gaps; chance pairs all sections but each with itself, each as long as its coincidences with \
                 others’ units, over the number of others.",
    source: "Krippendorff, Mathet, Bouvry & Widlöcher 2016, Quality & Quantity 50(6); Krippendorff 2019, Content Analysis, 4th ed., section 12.6.5",
};

/// The 2016 family: one category.
pub const KU_ALPHA: Measure = Measure {
    key: "ku_alpha",
    name: "Krippendorff’s (k)uα (2016)",
    definition: "How well one category is told from the others where at least two annotators have units. \
                 What several categories of one annotator lie on is a value of its own.",
    source: "Krippendorff, Mathet, Bouvry & Widlöcher 2016, Quality & Quantity 50(6); Krippendorff 2019, Content Analysis, 4th ed., section 12.6.6",
};

/// α of single characters.
pub const CHARACTER_ALPHA: Measure = Measure {
    key: "character_alpha_nominal",
    name: "Krippendorff’s α of characters",
    definition: "Nominal α where every character is an item and its value is all categories that lie on it; \
                 “none” is a value, too.",
    source: "Krippendorff 2004, Content Analysis, 2nd ed., p. 222–232",
};

/// κ of single characters.
pub const CHARACTER_KAPPA: Measure = Measure {
    key: "character_cohen_kappa",
    name: "Cohen’s κ of characters",
    definition: "Cohen’s κ where every character is an item and its value is all categories that lie on it; \
                 “none” is a value, too.",
    source: "Cohen 1960, Educational and Psychological Measurement 20(1), eq. 1",
};

/// The same ends.
pub const F1_EXACT: Measure = Measure {
    key: "span_f1_exact",
    name: "F1, exact",
    definition: "Units of two annotators with the same ends and the same category, matched one to one; F1 = 2 × matched / \
                 (units of the one + units of the other). Chinchor’s and nervaluate’s “strict”.",
    source: "Van Rijsbergen 1979, Information Retrieval, ch. 7; Hripcsak & Rothschild 2005, JAMIA 12(3)",
};

/// Any part in common.
pub const F1_OVERLAP: Measure = Measure {
    key: "span_f1_overlap",
    name: "F1, overlap",
    definition: "Units of two annotators that have any part and the category in common, as many as can be matched one to one. \
                 nervaluate’s “type” where nothing overlaps twice.",
    source: "Hripcsak & Rothschild 2005, JAMIA 12(3); Chinchor & Sundheim 1993, MUC-5",
};

/// Ends that nearly agree.
pub const F1_TOLERANT: Measure = Measure {
    key: "span_f1_tolerant",
    name: "F1, boundary-tolerant",
    definition: "Units of two annotators with the same category whose starts and whose ends are each at most the tolerance apart, \
                 as many as can be matched one to one.",
    source: "Hripcsak & Rothschild 2005, JAMIA 12(3)",
};

/// The same ends, whatever the category.
pub const F1_EXACT_ANY: Measure = Measure {
    key: "span_f1_exact_any_label",
    name: "F1, exact, any category",
    definition: "As exact F1, whatever the categories. nervaluate’s “exact” where nothing overlaps twice.",
    source: "Hripcsak & Rothschild 2005, JAMIA 12(3)",
};

/// Any part in common, whatever the category.
pub const F1_OVERLAP_ANY: Measure = Measure {
    key: "span_f1_overlap_any_label",
    name: "F1, overlap, any category",
    definition: "As overlap F1, whatever the categories.",
    source: "Hripcsak & Rothschild 2005, JAMIA 12(3)",
};

/// Ends that nearly agree, whatever the category.
pub const F1_TOLERANT_ANY: Measure = Measure {
    key: "span_f1_tolerant_any_label",
    name: "F1, boundary-tolerant, any category",
    definition: "As boundary-tolerant F1, whatever the categories.",
    source: "Hripcsak & Rothschild 2005, JAMIA 12(3)",
};

/// γ.
pub const GAMMA: Measure = Measure {
    key: "gamma",
    name: "Mathet’s γ",
    definition: "1 less the disorder of the best alignment by the mean disorder of best alignments of chance samples. \
                 Place and category count together; a unit without a counterpart costs Δ∅.",
    source: "Mathet, Widlöcher & Métivier 2015, Computational Linguistics 41(3), sections 4 and 5",
};

/// γ-cat.
pub const GAMMA_CAT: Measure = Measure {
    key: "gamma_cat",
    name: "Mathet’s γ-cat",
    definition: "1 less the disagreement on categories of aligned units by that of chance samples. Pairs weigh the more \
                 the better they lie on each other. As in pygamma-agreement, a missing unit counts as a different category.",
    source: "Mathet 2017, Computational Linguistics 43(3), section 4.2.5",
};

/// γ-k.
pub const GAMMA_K: Measure = Measure {
    key: "gamma_k",
    name: "Mathet’s γ-k",
    definition: "γ-cat of the pairs in which at least one unit has the category.",
    source: "Mathet 2017, Computational Linguistics 43(3), section 4.2.5",
};

/// The observed disorder.
pub const GAMMA_OBSERVED: Measure = Measure {
    key: "gamma_observed_disorder",
    name: "γ, observed disorder",
    definition: "The least sum of the disorders of unitary alignments that hold every unit once, by the mean number of \
                 units of an annotator.",
    source: "Mathet, Widlöcher & Métivier 2015, Computational Linguistics 41(3), section 4.3",
};

/// The expected disorder.
pub const GAMMA_EXPECTED: Measure = Measure {
    key: "gamma_expected_disorder",
    name: "γ, expected disorder",
    definition: "The mean disorder of the best alignments of samples drawn by chance.",
    source: "Mathet, Widlöcher & Métivier 2015, Computational Linguistics 41(3), section 5",
};

/// The measures of ratings, in the order in which they are listed.
pub const OF_RATINGS: [&Measure; 14] = [
    &PERCENT,
    &PERCENT_ITEM_MEAN,
    &BENNETT_S,
    &SCOTT_PI,
    &COHEN_KAPPA,
    &LIGHT_KAPPA,
    &CONGER_KAPPA,
    &FLEISS_KAPPA,
    &RANDOLPH_KAPPA,
    &ALPHA_NOMINAL,
    &ALPHA_ORDINAL,
    &ALPHA_INTERVAL,
    &ALPHA_RATIO,
    &GWET_AC1,
];

/// The measures of units, in the order in which they are listed.
pub const OF_UNITS: [&Measure; 18] = [
    &ALPHA_U,
    &U_ALPHA,
    &BAR_U_ALPHA,
    &CU_ALPHA,
    &KU_ALPHA,
    &CHARACTER_ALPHA,
    &CHARACTER_KAPPA,
    &GAMMA,
    &GAMMA_CAT,
    &GAMMA_K,
    &GAMMA_OBSERVED,
    &GAMMA_EXPECTED,
    &F1_EXACT,
    &F1_OVERLAP,
    &F1_TOLERANT,
    &F1_EXACT_ANY,
    &F1_OVERLAP_ANY,
    &F1_TOLERANT_ANY,
];

/// The family of γ, in the order in which it is listed.
pub const OF_GAMMA: [&Measure; 5] = [&GAMMA, &GAMMA_CAT, &GAMMA_K, &GAMMA_OBSERVED, &GAMMA_EXPECTED];
