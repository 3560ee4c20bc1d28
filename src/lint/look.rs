//! A cell in all combinations at once: which assignments take part in each letter, when, and what comes out.
//!
//! Section 3 of the language once more, over sets of combinations: the settings of the highest rank decide together, and
//! what they leave open is for those below.

use super::ground::Ground;
use super::sets::Set;
use crate::document::Letter;
use crate::matrix::{Cell, clauses};
use crate::model::{AssignmentId, Handle, PartyId, PartyRef, RelationId, TaskId};

/// Every letter, as bits say it.
pub(super) const ALL_LETTERS: u8 = 0b1_1111;

/// A cell, looked at.
pub(super) struct Look {
    pub(super) cell: Cell,
    /// Whether only what begins here is asked for: what also shows at a task above is known from there.
    pub(super) new_only: bool,
    letters: [Taking; 5],
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
    /// Who is named, by which assignment, and when.
    pub(super) named: Vec<Named>,
    /// When a setting decides, and when it or an addition says anything.
    pub(super) decided: Set,
    pub(super) mentioned: Set,
    /// When it has a party, and when it has none on purpose.
    pub(super) held: Set,
    pub(super) said: Set,
}

/// An assignment that takes part in a letter.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) id: AssignmentId,
    /// Where it stands; the nearest of its places.
    pub(super) at: Cell,
    pub(super) when: Set,
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

impl Look {
    pub(super) fn letter(&self, letter: Letter) -> &Taking {
        let [responsible, accountable, support, consulted, informed] = &self.letters;
        match letter {
            Letter::Responsible => responsible,
            Letter::Accountable => accountable,
            Letter::Support => support,
            Letter::Consulted => consulted,
            Letter::Informed => informed,
        }
    }

    /// Whether what stands there shows here for the first time, or all that shows is asked for.
    pub(super) fn asks(&self, at: Cell) -> bool {
        !self.new_only || at.task == self.cell.task || at.task == TaskId::ALL
    }

    /// Every letter with what takes part in it.
    pub(super) fn letters(&self) -> impl Iterator<Item = (Letter, &Taking)> {
        Letter::ALL.into_iter().zip(&self.letters)
    }
}

impl Taking {
    /// Deciding settings, then additions, each with which it is.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&Part, bool)> {
        self.settings.iter().map(|part| (part, false)).chain(self.additions.iter().map(|part| (part, true)))
    }

    /// Each party with when it holds the letter, in declared order.
    pub(super) fn parties(&self) -> Vec<(PartyId, Set)> {
        let mut parties: Vec<(PartyId, Set)> = self.named.iter().map(|named| (named.party, named.when.clone())).collect();
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
}

impl Ground<'_> {
    /// A cell in all combinations.
    pub(super) fn look(&self, cell: Cell) -> Look {
        self.look_without(cell, ALL_LETTERS, |_| false)
    }

    /// Some letters of a cell, as they would be without some assignments.
    pub(super) fn look_without(&self, cell: Cell, asked: u8, left_out: impl Fn(AssignmentId) -> bool) -> Look {
        let there = self.there(cell);
        let mut letters = Letter::ALL.map(|_| self.nothing());
        let mut open = Letter::ALL.map(|letter| if says(asked, letter) { there.clone() } else { self.sets.never() });
        let full = open.clone();
        for (at, stands) in self.applying(cell) {
            if !self.any_additions && open.iter().all(Set::is_never) {
                break;
            }
            let same_rank = |one: &super::stands::Stand, other: &super::stands::Stand| one.rank == other.rank;
            for equals in stands.chunk_by(same_rank) {
                let mut decided = Letter::ALL.map(|_| self.sets.never());
                for stand in equals.iter().filter(|stand| !left_out(stand.id)) {
                    let Some(when) = self.whens.get(stand.id.place()) else { continue };
                    let each = letters.iter_mut().zip(&open).zip(&mut decided).enumerate();
                    for (nth, ((letter, open), decided)) in each {
                        if stand.sets >> nth & 1 == 1 && open.meets(when) {
                            let when = open.and(when);
                            *decided = decided.or(&when);
                            letter.settings.push(Part { id: stand.id, at, when });
                        }
                        // Of an assignment with several places, the nearest is met first.
                        if stand.adds & asked & (1 << nth) != 0
                            && there.meets(when)
                            && letter.additions.iter().all(|part| part.id != stand.id)
                        {
                            letter.additions.push(Part { id: stand.id, at, when: there.and(when) });
                        }
                    }
                }
                open.iter_mut().zip(&decided).for_each(|(open, decided)| *open = open.minus(decided));
            }
        }
        for ((letter, taking), (open, full)) in Letter::ALL.into_iter().zip(&mut letters).zip(open.iter().zip(&full)) {
            taking.decided = full.minus(open);
            self.come_out(letter, taking, cell);
        }
        self.imply(&mut letters);
        let assigned = letters.iter().fold(self.sets.never(), |all, letter| all.or(&letter.held));
        let nobody = letters.iter().fold(self.sets.never(), |all, letter| all.or(&letter.said)).minus(&assigned);
        let unassigned = there.minus(&assigned).minus(&nobody);
        Look { cell, new_only: false, letters, assigned, nobody, unassigned }
    }

    fn nothing(&self) -> Taking {
        let never = || self.sets.never();
        let (settings, additions, named) = (Vec::new(), Vec::new(), Vec::new());
        Taking { settings, additions, named, decided: never(), mentioned: never(), held: never(), said: never() }
    }

    /// What those that take part in a letter come out as at the cell's component.
    fn come_out(&self, letter: Letter, taking: &mut Taking, cell: Cell) {
        let mut said = self.sets.never();
        taking.mentioned = taking.additions.iter().fold(taking.decided.clone(), |all, part| all.or(&part.when));
        let mut named = Vec::new();
        for (part, adds) in taking.parts() {
            for clause in clauses(self.model(), part.id, letter, adds) {
                if clause.parties.is_empty() {
                    said = said.or(&part.when);
                }
                for party in clause.parties.iter() {
                    let one = |party, relation| Named {
                        party,
                        relation,
                        id: part.id,
                        at: part.at,
                        when: part.when.clone(),
                        implied: false,
                    };
                    match party {
                        PartyRef::Party(party) => named.push(one(party, None)),
                        PartyRef::Relation(relation) => {
                            let parties = self.related.parties(relation, cell.component);
                            named.extend(parties.iter().map(|party| one(*party, Some(relation))));
                        }
                    }
                }
            }
        }
        taking.held = named.iter().fold(self.sets.never(), |all, named| all.or(&named.when));
        taking.said = said.minus(&taking.held);
        taking.named = named;
    }

    /// The conventions imply a letter where nothing that applies mentions it.
    fn imply(&self, letters: &mut [Taking; 5]) {
        let [responsible, accountable, ..] = letters;
        let conventions = self.model().conventions();
        let taken = |from: &[Named], when: &Set| -> Vec<Named> {
            let inside = from.iter().map(|named| Named { when: named.when.and(when), implied: true, ..named.clone() });
            inside.filter(|named| !named.when.is_never()).collect()
        };
        let of_accountable = if conventions.accountable_is_responsible {
            taken(&accountable.named, &accountable.held.minus(&responsible.mentioned))
        } else {
            Vec::new()
        };
        let of_responsible = if conventions.responsible_is_accountable {
            let parties = responsible.parties();
            let two = |when: &Set, others: &[(PartyId, Set)]| others.iter().any(|(_, other)| other.meets(when));
            let mut one = responsible.held.minus(&accountable.mentioned);
            for (nth, (_, when)) in parties.iter().enumerate() {
                let others = parties.get(nth + 1..).unwrap_or_default();
                if two(when, others) {
                    one = others.iter().fold(one, |one, (_, other)| one.minus(&when.and(other)));
                }
            }
            taken(&responsible.named, &one)
        } else {
            Vec::new()
        };
        for (letter, implied) in [(responsible, of_accountable), (accountable, of_responsible)] {
            letter.held = implied.iter().fold(letter.held.clone(), |all, named| all.or(&named.when));
            letter.named.extend(implied);
        }
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
