//! Compares what a party holds with the duties that a test lists.
//!
//! The list is exact for each letter and way of holding that it names; the empty list expects that the party holds
//! nothing, in any way. A duty is covered by the assignments that put the party there.

use super::meant::Expected;
use super::run::Run;
use super::suite::{Difference, Side};
use crate::document::Letter;
use crate::matrix::Cell;
use crate::model::{Context, PartyId};
use crate::query::{Block, Duty, How, meets};

impl Run<'_> {
    pub(super) fn duties(&mut self, party: PartyId, expect: &[Expected]) -> Vec<Difference> {
        let names = |letter: Letter, how: How| expect.iter().any(|each| (each.duty.letter, each.duty.how) == (letter, how));
        let asked = |duty: &Duty| expect.is_empty() || names(duty.letter, duty.how);
        let actual: Vec<Duty> = self.policy.duties(party).into_iter().filter(asked).collect();
        let because = self.policy.why_duties(party, &actual, &Context::default());
        self.covered.extend(because.iter().flatten().map(|because| because.assignment));
        let missing = expect.iter().filter(|each| !actual.iter().any(|duty| each.is_met_by(duty)));
        let missing = missing.map(|each| self.difference(party, &each.duty, true));
        let unexpected = actual.iter().filter(|duty| !expect.iter().any(|each| each.is_met_by(duty)));
        let unexpected = unexpected.map(|duty| self.difference(party, duty, false));
        missing.chain(unexpected).collect()
    }

    /// A duty on one side only, with a cell that shows it.
    fn difference(&self, party: PartyId, duty: &Duty, expected: bool) -> Difference {
        let side = Some(Side::Duty(party, duty.clone()));
        Difference {
            cell: self.telling_cell(party, duty, expected),
            letter: Some(duty.letter),
            context: Context::default(),
            when: duty.when.clone(),
            expected: side.clone().filter(|_| expected),
            actual: side.filter(|_| !expected),
        }
    }

    /// The first cell of a duty's block in which a missing one is not held, or an unexpected one is.
    fn telling_cell(&self, party: PartyId, duty: &Duty, missing: bool) -> Cell {
        let tells = |cell: &Cell| {
            let holds = self.policy.holding(party, duty.letter, *cell, &Context::default(), None, &[duty.how]);
            let cases = holds.cases.iter().filter(|case| meets(&case.when, &duty.when));
            let mut held = cases.map(|case| case.how.is_some());
            if missing { held.any(|held| !held) } else { held.any(|held| held) }
        };
        let Block { task, component, .. } = duty.block;
        let first = || duty.block.cells(self.policy.model());
        first().find(tells).or_else(|| first().next()).unwrap_or(Cell { task, component })
    }
}

impl Expected {
    fn is_met_by(&self, duty: &Duty) -> bool {
        let through = if self.any_through { duty.through } else { self.duty.through };
        Duty { through, ..self.duty.clone() } == *duty
    }
}
