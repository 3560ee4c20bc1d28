//! A cell in all combinations at once: which assignments take part in each letter, when, and what comes out.
//!
//! Who is named is read from the assignments only where it is asked for.

use std::cell::OnceCell;

use super::ground::Ground;
use super::sets::Set;
use crate::document::Letter;
use crate::matrix::Cell;
use crate::model::{AssignmentId, PartyId, RelationId, TaskId};

/// Every letter, as bits say it.
pub(super) const ALL_LETTERS: u8 = 0b1_1111;

/// A cell, looked at.
pub(super) struct Look<'g> {
    pub(super) ground: &'g Ground<'g>,
    pub(super) cell: Cell,
    /// Whether only what begins here is asked for: what also shows at a task above is known from there.
    pub(super) new_only: bool,
    pub(super) letters: [Taking; 5],
    /// Each when some letter has a party; nobody on purpose; and neither, though the cell is applicable.
    pub(super) assigned: Set,
    pub(super) nobody: Set,
    pub(super) unassigned: Set,
}

/// What takes part in a letter.
pub(super) struct Taking {
    /// The settings, the highest rank first, each when it decides.
    pub(super) settings: Vec<Part>,
    pub(super) additions: Vec<Part>,
    /// When a setting decides, and when it or an addition says anything.
    pub(super) decided: Set,
    pub(super) mentioned: Set,
    /// When it has a party, and when it has none on purpose.
    pub(super) held: Set,
    pub(super) said: Set,
    /// When a convention gives it the parties of the other letter.
    pub(super) implied: Set,
    pub(super) named: OnceCell<Vec<Named>>,
}

/// An assignment that takes part in a letter.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) id: AssignmentId,
    /// Where it stands; the nearest of its places.
    pub(super) at: Cell,
    pub(super) when: Set,
    /// Whether it may name nobody: by `[]`, or by a relation.
    pub(super) unsure: bool,
}

/// A party named in a letter.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) party: PartyId,
    /// The relation by which it is.
    pub(super) relation: Option<RelationId>,
    pub(super) id: AssignmentId,
    pub(super) at: Cell,
    pub(super) when: Set,
    /// By a convention, from the other letter.
    pub(super) implied: bool,
}

impl Look<'_> {
    pub(super) fn letter(&self, letter: Letter) -> &Taking {
        of_letter(&self.letters, letter)
    }

    /// Whether what stands there shows here for the first time, or all that shows is asked for.
    pub(super) fn asks(&self, at: Cell) -> bool {
        !self.new_only || at.task == self.cell.task || at.task == TaskId::ALL
    }

    /// Every letter with what takes part in it.
    pub(super) fn letters(&self) -> impl Iterator<Item = (Letter, &Taking)> {
        Letter::ALL.into_iter().zip(&self.letters)
    }

    /// Whether anything that gives a letter its parties is asked for.
    pub(super) fn asks_of(&self, letter: Letter) -> bool {
        let asked = |letter| self.letter(letter).parts().any(|(part, _)| self.asks(part.at));
        asked(letter) || !self.letter(letter).implied.is_never() && asked(other_of_convention(letter))
    }

    /// Who is named in a letter, by which assignment, and when.
    pub(super) fn named(&self, letter: Letter) -> &[Named] {
        let taking = self.letter(letter);
        taking.named.get_or_init(|| {
            let mut named = self.ground.named(letter, taking, self.cell);
            if !taking.implied.is_never() {
                // What is implied of one letter was said of the other, and not the other way round as well.
                let other = other_of_convention(letter);
                let from = self.ground.named(other, self.letter(other), self.cell);
                let inside =
                    from.into_iter().map(|named| Named { when: named.when.and(&taking.implied), implied: true, ..named });
                named.extend(inside.filter(|named| !named.when.is_never()));
            }
            named
        })
    }

    /// Each party with when it holds a letter, in declared order.
    pub(super) fn parties(&self, letter: Letter) -> Vec<(PartyId, Set)> {
        parties(self.named(letter))
    }
}

impl Taking {
    /// Deciding settings, then additions, each with which it is.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&Part, bool)> {
        self.settings.iter().map(|part| (part, false)).chain(self.additions.iter().map(|part| (part, true)))
    }
}

/// Each party of those named, with when.
pub(super) fn parties(named: &[Named]) -> Vec<(PartyId, Set)> {
    let mut parties: Vec<(PartyId, Set)> = named.iter().map(|named| (named.party, named.when.clone())).collect();
    parties.sort_by_key(|(party, _)| *party);
    parties.dedup_by(|(party, when), (before, known)| {
        let same = party == before;
        if same {
            *known = known.or(when);
        }
        same
    });
    parties
}

/// The letter from which a convention implies another.
fn other_of_convention(letter: Letter) -> Letter {
    if letter == Letter::Responsible { Letter::Accountable } else { Letter::Responsible }
}

fn of_letter(letters: &[Taking; 5], letter: Letter) -> &Taking {
    let [responsible, accountable, support, consulted, informed] = letters;
    match letter {
        Letter::Responsible => responsible,
        Letter::Accountable => accountable,
        Letter::Support => support,
        Letter::Consulted => consulted,
        Letter::Informed => informed,
    }
}

/// The bit of a letter.
pub(super) fn bit(letter: Letter) -> u8 {
    1 << letter.index()
}

/// Whether an assignment sets or adds to a letter, as bits say it.
pub(super) fn says(bits: u8, letter: Letter) -> bool {
    bits & bit(letter) != 0
}
