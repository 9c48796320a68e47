//! `claimreview`: drafts of schema.org `ClaimReview`, one a line, from claims that somebody has checked. Only written.
//!
//! <https://schema.org/ClaimReview>. A draft is made of each annotation whose attribute `verification` is `supported`,
//! `disputed` or `refuted`, whatever its label; all others are left out. It says what was claimed (`claimReviewed`, the
//! exact words), by whom (the source that the claim, or a quote that expresses it, is attributed to: its `entity`, or
//! its words), where and when it appeared (the article), and the verdict as a rating from 1, refuted, to 3, supported.
//! No offsets: the format has none.
//!
//! What only the fact-checker knows stands empty and must be filled in before it is published, because search engines
//! demand it: `url` (of the review) and the `name` and `url` of its `author`. Other things to complete by hand:
//! `datePublished` of the review, and the name of the rating in the words of the house.

mod write;

pub(super) use self::write::{HOLDS, Writer};
