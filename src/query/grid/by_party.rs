//! Tasks across parties: a row for each task at a place, a column for each party that holds something.

use std::collections::HashSet;

use super::{GridAsk, GridCase, components_below, tasks_below};
use crate::document::Letter;
use crate::matrix::Cell;
use crate::model::{ComponentId, PartyId};
use crate::policy::Policy;

/// At which components a grid looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Places {
    /// At this one; [`ComponentId::SYSTEM`] is the whole system.
    One(ComponentId),
    /// At the whole system, and at every component where the answer is another than at the component above it: what
    /// is not listed is as it is above.
    Every,
}

/// Tasks across parties.
#[derive(Debug, Clone)]
pub struct PartyGrid<'p> {
    /// The policy that was asked.
    pub policy: &'p Policy,
    /// At which components.
    pub places: Places,
    /// What was asked.
    pub ask: GridAsk,
    /// The parties that hold a letter somewhere in it, and who stands in for them, in declared order.
    pub parties: Vec<PartyId>,
    /// The rows, in the order of the tree of tasks, under each task in the order of the tree of components.
    pub rows: Vec<PartyRow>,
}

/// A task at a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyRow {
    /// The task and the component.
    pub cell: Cell,
    /// Its cases, in the order of their first combination.
    pub cases: Vec<GridCase>,
}

impl Policy {
    /// The rows of tasks across parties, one after the other: for each task those of its places.
    #[must_use]
    pub fn party_rows(&self, places: Places, ask: &GridAsk) -> impl ExactSizeIterator<Item = Vec<PartyRow>> {
        let components = match places {
            Places::One(component) => vec![component],
            Places::Every => components_below(self.model(), ComponentId::SYSTEM),
        };
        let context = ask.context.clone();
        tasks_below(self.model(), ask.task).into_iter().map(move |task| {
            let row = |component| {
                let cell = Cell { task, component };
                PartyRow { cell, cases: self.grid_cases(cell, &context, &Letter::ALL) }
            };
            let all: Vec<PartyRow> = components.iter().map(|component| row(*component)).collect();
            let told = |row: &PartyRow| match self.model().component(row.cell.component).parent {
                Some(above) if places == Places::Every => {
                    all.iter().find(|other| other.cell.component == above).is_none_or(|other| other.cases != row.cases)
                }
                _ => true,
            };
            all.iter().filter(|row| told(row)).cloned().collect()
        })
    }

    /// Tasks across parties: who holds which letter of each task.
    ///
    /// ```
    /// # use rasci::{ComponentId, Letter, Policy};
    /// # use rasci::query::{GridAsk, Places};
    /// let policy = Policy::parse("model.yaml", "
    /// rasci: 1
    /// id: example
    /// parties: { customer: {}, helpdesk: {} }
    /// tasks: { restore: { assign: [{ A: customer, R: helpdesk }] } }
    /// ")?;
    /// let grid = policy.party_grid(Places::One(ComponentId::SYSTEM), GridAsk::default());
    /// let helpdesk = policy.party("helpdesk")?;
    /// assert_eq!(grid.parties, [policy.party("customer")?, helpdesk]);
    /// assert_eq!(grid.rows[0].cases[0].held_by(helpdesk).collect::<Vec<_>>(), [Letter::Responsible]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn party_grid(&self, places: Places, ask: GridAsk) -> PartyGrid<'_> {
        let rows = self.party_rows(places, &ask).flatten().collect();
        PartyGrid::new(self, places, ask, rows)
    }
}

impl<'p> PartyGrid<'p> {
    /// The grid of these rows, which [`Policy::party_rows`] gave for the same question.
    #[must_use]
    pub fn new(policy: &'p Policy, places: Places, ask: GridAsk, rows: Vec<PartyRow>) -> Self {
        let held = rows.iter().flat_map(|row| &row.cases).flat_map(|case| &case.letters).flat_map(super::Entry::parties);
        let held: HashSet<PartyId> = held.copied().collect();
        let deputies = held.iter().filter_map(|party| policy.absence(*party, ask.on?)?.deputy);
        let mut parties: Vec<PartyId> = held.iter().copied().chain(deputies).collect();
        parties.sort_unstable();
        parties.dedup();
        Self { policy, places, ask, parties, rows }
    }
}
