//! How a look at a cell comes about: section 3 of the language once more, over sets of combinations. The settings of the
//! highest rank decide together, and what they leave open is for those below.

use std::cell::OnceCell;

use super::ground::Ground;
use super::look::{ALL_LETTERS, Look, Named, Part, Taking, parties, says};
use super::sets::Set;
use super::stands::Stand;
use crate::document::Letter;
use crate::matrix::{Cell, clauses};
use crate::model::{AssignmentId, PartyId, PartyRef};

/// The letters of a cell, while what applies to it is gone through.
struct Fold<'g> {
    ground: &'g Ground<'g>,
    asked: u8,
    letters: [Taking; 5],
    /// When each letter is still to be decided.
    open: [Set; 5],
}

impl Fold<'_> {
    /// What an assignment does that applies: it decides letters where they are open, and adds to others.
    fn take_part(&mut self, stand: &Stand, at: Cell, there: &Set, decided: &mut [Set; 5]) {
        let holds = self.ground.holds(stand);
        let each = self.letters.iter_mut().zip(&self.open).zip(decided).enumerate();
        for (nth, ((letter, open), decided)) in each {
            let bit = 1 << nth;
            if stand.sets & bit != 0 && open.meets(holds) {
                let when = open.and(holds);
                *decided = decided.or(&when);
                letter.settings.push(Part { id: stand.id, at, when, unsure: stand.unsure & bit != 0 });
            }
            // Of an assignment with several places, the nearest is met first.
            let is_first = || stand.alone || letter.additions.iter().all(|part| part.id != stand.id);
            if stand.adds & self.asked & bit != 0 && there.meets(holds) && is_first() {
                letter.additions.push(Part { id: stand.id, at, when: there.and(holds), unsure: stand.relations != 0 });
            }
        }
    }
}

impl Ground<'_> {
    /// A cell in all combinations.
    pub(super) fn look(&self, cell: Cell) -> Look<'_> {
        self.look_at(cell, ALL_LETTERS)
    }

    /// Some letters of a cell.
    pub(super) fn look_at(&self, cell: Cell, asked: u8) -> Look<'_> {
        self.look_without(cell, asked, |_| false)
    }

    /// Some letters of a cell, as they would be without some assignments.
    pub(super) fn look_without(&self, cell: Cell, asked: u8, left_out: impl Fn(AssignmentId) -> bool) -> Look<'_> {
        let there = self.there(cell);
        let open = Letter::ALL.map(|letter| if says(asked, letter) { there.clone() } else { self.sets.never() });
        let mut fold = Fold { ground: self, asked, letters: Letter::ALL.map(|_| self.nothing()), open };
        let full = fold.open.clone();
        let mut still_open = if there.is_never() { 0 } else { asked };
        for (at, place) in self.places_above(cell) {
            if still_open == 0 && !self.any_additions {
                break;
            }
            let speaks = |sets: u8, adds: u8| sets & still_open | adds & asked != 0;
            if !speaks(place.sets, place.adds) {
                continue;
            }
            for equals in self.stands.at(place).chunk_by(|one, other| one.rank == other.rank) {
                let mut decided = Letter::ALL.map(|_| self.sets.never());
                for stand in equals.iter().filter(|stand| speaks(stand.sets, stand.adds) && !left_out(stand.id)) {
                    fold.take_part(stand, at, &there, &mut decided);
                }
                for (open, decided) in fold.open.iter_mut().zip(&decided).filter(|(_, decided)| !decided.is_never()) {
                    *open = open.minus(decided);
                }
            }
            let is_open = |(nth, open): (usize, &Set)| u8::from(!open.is_never()) << nth;
            still_open = fold.open.iter().enumerate().map(is_open).sum();
        }
        let Fold { mut letters, open, .. } = fold;
        for ((letter, taking), (open, full)) in Letter::ALL.into_iter().zip(&mut letters).zip(open.iter().zip(&full)) {
            taking.decided = full.minus(open);
            self.come_out(letter, taking, cell);
        }
        self.imply(&mut letters, cell);
        let assigned = letters.iter().fold(self.sets.never(), |all, letter| all.or(&letter.held));
        let nobody = letters.iter().fold(self.sets.never(), |all, letter| all.or(&letter.said)).minus(&assigned);
        let unassigned = there.minus(&assigned).minus(&nobody);
        Look { ground: self, cell, new_only: false, letters, assigned, nobody, unassigned }
    }

    fn nothing(&self) -> Taking {
        let never = || self.sets.never();
        Taking {
            settings: Vec::new(),
            additions: Vec::new(),
            decided: never(),
            mentioned: never(),
            held: never(),
            said: never(),
            implied: never(),
            named: OnceCell::new(),
        }
    }

    /// When what takes part in a letter comes out as somebody at the cell's component, and when as nobody on purpose.
    fn come_out(&self, letter: Letter, taking: &mut Taking, cell: Cell) {
        taking.mentioned = taking.additions.iter().fold(taking.decided.clone(), |all, part| all.or(&part.when));
        let (mut held, mut said) = (self.sets.never(), self.sets.never());
        for (part, adds) in taking.parts() {
            if !part.unsure {
                held = held.or(&part.when);
                continue;
            }
            for clause in clauses(self.model(), part.id, letter, adds) {
                if clause.parties.is_empty() {
                    said = said.or(&part.when);
                }
                let is_somebody = |party: PartyRef| match party {
                    PartyRef::Party(_) => true,
                    PartyRef::Relation(relation) => !self.related.parties(relation, cell.component).is_empty(),
                };
                if clause.parties.iter().any(is_somebody) {
                    held = held.or(&part.when);
                }
            }
        }
        taking.said = said.minus(&held);
        taking.held = held;
    }

    /// Who is named by what takes part in a letter, as it comes out at the cell's component.
    pub(super) fn named(&self, letter: Letter, taking: &Taking, cell: Cell) -> Vec<Named> {
        let mut named = Vec::new();
        for (part, adds) in taking.parts() {
            let one =
                |party, relation| Named { party, relation, id: part.id, at: part.at, when: part.when.clone(), implied: false };
            for party in clauses(self.model(), part.id, letter, adds).flat_map(|clause| clause.parties.iter()) {
                match party {
                    PartyRef::Party(party) => named.push(one(party, None)),
                    PartyRef::Relation(relation) => {
                        let parties = self.related.parties(relation, cell.component);
                        named.extend(parties.iter().map(|party| one(*party, Some(relation))));
                    }
                }
            }
        }
        named
    }

    /// The conventions imply a letter where nothing that applies mentions it.
    fn imply(&self, letters: &mut [Taking; 5], cell: Cell) {
        let conventions = self.model().conventions();
        let [responsible, accountable, ..] = letters;
        let of_accountable = if conventions.accountable_is_responsible {
            accountable.held.minus(&responsible.mentioned)
        } else {
            self.sets.never()
        };
        let of_responsible = if conventions.responsible_is_accountable {
            let parties = parties(&self.named(Letter::Responsible, responsible, cell));
            let two = |when: &Set, others: &[(PartyId, Set)]| others.iter().any(|(_, other)| other.meets(when));
            let mut one = responsible.held.minus(&accountable.mentioned);
            for (nth, (_, when)) in parties.iter().enumerate() {
                let others = parties.get(nth + 1..).unwrap_or_default();
                if two(when, others) {
                    one = others.iter().fold(one, |one, (_, other)| one.minus(&when.and(other)));
                }
            }
            one
        } else {
            self.sets.never()
        };
        for (letter, implied) in [(responsible, of_accountable), (accountable, of_responsible)] {
            letter.held = letter.held.or(&implied);
            letter.implied = implied;
        }
    }
}
