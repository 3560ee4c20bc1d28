//! One colour for each letter, told apart also by who sees no red or no green; the letter itself is always shown too.

use crate::document::Letter;

/// A colour on light ground and on dark, each of enough contrast with the ground and with what stands on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tone {
    /// On light ground; white stands on it.
    pub light: &'static str,
    /// On dark ground; nearly black stands on it.
    pub dark: &'static str,
    /// A wash of it, behind black text.
    pub wash: &'static str,
}

/// The colour of a letter.
///
/// ```
/// use rasci::{Letter, report::palette::tone};
///
/// assert_ne!(tone(Letter::Responsible), tone(Letter::Accountable));
/// ```
#[must_use]
pub fn tone(letter: Letter) -> Tone {
    let (light, dark, wash) = match letter {
        Letter::Responsible => ("#0b5fa5", "#7bbcf2", "#d3e4f3"),
        Letter::Accountable => ("#b2410a", "#f79f6b", "#f8dccb"),
        Letter::Support => ("#0a7556", "#58c9a3", "#cfeade"),
        Letter::Consulted => ("#97457a", "#e3a0cc", "#f1dbe9"),
        Letter::Informed => ("#56616e", "#b3bdc8", "#e1e5e9"),
    };
    Tone { light, dark, wash }
}
