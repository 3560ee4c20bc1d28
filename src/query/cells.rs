//! `cells`: every task at every component, with its cases. Streams: one cell is held at a time.

use jiff::civil::Date;

use crate::document::Letter;
use crate::matrix::{Cell, Decided, Outcome, Status, cases};
use crate::model::{ComponentId, Context, PartyId, When};
use crate::policy::Policy;

/// A cell and its cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellEntry {
    /// The cell.
    pub cell: Cell,
    /// Its cases, in the order of their first combination.
    pub cases: Vec<CellCase>,
}

/// One case of a cell: when it holds, and the parties of each letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellCase {
    /// When it holds; none means always.
    pub when: When,
    /// What the cell says, as a whole.
    pub status: Status,
    /// The letters that have parties, each with those, in declared order.
    pub letters: Vec<(Letter, Vec<PartyId>)>,
    /// The letters that nobody holds: said on purpose, or through a relation that stands for nobody.
    pub nobody: Vec<Letter>,
}

type Summary = (Status, Vec<(Letter, Vec<PartyId>)>, Vec<Letter>);

impl Policy {
    /// Every cell: each task at the whole system and at every component, in their order.
    pub fn cells(&self) -> impl Iterator<Item = CellEntry> + '_ {
        let components = || std::iter::once(ComponentId::SYSTEM).chain(self.model().components().map(|(id, _)| id));
        let cells = self.model().tasks().flat_map(move |(task, _)| components().map(move |component| Cell { task, component }));
        cells.map(|cell| self.cell_entry(cell))
    }

    /// One cell, with its cases over the whole context.
    #[must_use]
    pub fn cell_entry(&self, cell: Cell) -> CellEntry {
        CellEntry { cell, cases: self.summaries(cell, &Context::default(), &Letter::ALL) }
    }

    /// The parties of a case who are away on a day, each with who stands in, in the order of the letters.
    ///
    /// ```
    /// # use rasci::{Policy, jiff::civil::date, matrix::Cell};
    /// let policy = Policy::parse("team.yaml", "
    /// rasci: 1
    /// id: team
    /// parties: { ann: { kind: person, absent: [{ from: 2026-12-21, until: 2026-12-31, deputy: bob }] }, bob: { kind: person } }
    /// tasks: { log: { assign: [{ R: ann, A: bob }] } }
    /// ")?;
    /// let entry = policy.cells().next().expect("a cell");
    /// let absent = policy.absent_of(&entry.cases[0], date(2026, 12, 24));
    /// assert_eq!(absent, [(policy.party("ann")?, Some(policy.party("bob")?))]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn absent_of(&self, case: &CellCase, day: Date) -> Vec<(PartyId, Option<PartyId>)> {
        let mut absent: Vec<(PartyId, Option<PartyId>)> = Vec::new();
        for party in case.letters.iter().flat_map(|(_, parties)| parties) {
            if absent.iter().all(|(known, _)| known != party) {
                absent.extend(self.absence(*party, day).map(|absence| (*party, absence.deputy)));
            }
        }
        absent
    }

    pub(super) fn summaries(&self, cell: Cell, context: &Context, letters: &[Letter]) -> Vec<CellCase> {
        let view = self.view(cell);
        let space = view.space(self.model(), self.matrix(), context);
        let found = cases(&space, |combination| summary(&view.decide(self.model(), combination), letters));
        found.into_iter().map(|(when, (status, letters, nobody))| CellCase { when, status, letters, nobody }).collect()
    }
}

fn summary(decided: &Decided, letters: &[Letter]) -> Summary {
    let all = || Letter::ALL.into_iter().zip(&decided.letters).filter(|(letter, _)| letters.contains(letter));
    let held =
        all().map(|(letter, outcome)| (letter, outcome.parties().collect::<Vec<_>>())).filter(|(_, parties)| !parties.is_empty());
    let nobody = all().filter(|(_, outcome)| matches!(outcome, Outcome::Nobody(..))).map(|(letter, _)| letter);
    (decided.status, held.collect(), nobody.collect())
}
