//! What a cell in one combination says of a letter: the settings and additions, and who holds it because of which.

use rasci::Letter;

use super::{Applies, Look};
use crate::oracle::Reading;

impl<'r> Look<'r> {
    /// What sets a letter, or adds to it.
    pub(super) fn saying(&self, letter: Letter, adds: bool) -> impl Iterator<Item = &Applies<'r>> {
        self.applying.iter().filter(move |one| one.said.sets(letter, adds).is_some())
    }

    /// Who holds a letter, each as written, with what gives it; where a convention implies it, what gives the other letter.
    pub(super) fn givers(&self, reading: &Reading, letter: Letter) -> Vec<(Applies<'r>, String, String)> {
        let from = match letter {
            Letter::Responsible if self.told.implied.contains(&letter) => Letter::Accountable,
            Letter::Accountable if self.told.implied.contains(&letter) => Letter::Responsible,
            letter => letter,
        };
        let deciding = self.deciding(from).into_iter().map(|one| (one, false));
        let parts = deciding.chain(self.saying(from, true).map(|one| (one, true)));
        let named = parts.flat_map(|(one, adds)| {
            let parties = one.said.sets(from, adds).into_iter().flatten();
            parties
                .flat_map(|written| {
                    let parties = reading.stands_for(&written, self.cell.1).into_iter();
                    parties.map(move |party| (party, written.clone())).collect::<Vec<_>>()
                })
                .map(|(party, written)| (one.clone(), party, written))
                .collect::<Vec<_>>()
        });
        named.collect()
    }

    /// The settings of the highest rank.
    pub(super) fn deciding(&self, letter: Letter) -> Vec<&Applies<'r>> {
        let highest = self.saying(letter, false).map(|one| one.rank).max();
        self.saying(letter, false).filter(|one| Some(one.rank) == highest).collect()
    }
}
