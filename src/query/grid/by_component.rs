//! Tasks across components, for one letter.

use std::collections::HashMap;

use super::{GridAsk, GridCase, components_below, tasks_below};
use crate::document::Letter;
use crate::matrix::Cell;
use crate::model::{ComponentId, TaskId};
use crate::policy::Policy;

/// Tasks across components, for one letter.
#[derive(Debug, Clone)]
pub struct ComponentGrid<'p> {
    /// The policy that was asked.
    pub policy: &'p Policy,
    /// The letter.
    pub letter: Letter,
    /// What was asked.
    pub ask: GridAsk,
    /// The whole system, then every component in the order of the tree.
    pub components: Vec<ComponentId>,
    /// A row for each task, in the order of the tree.
    pub rows: Vec<ComponentRow>,
}

/// A task at every component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComponentRow {
    /// The task.
    pub task: TaskId,
    /// The cases of each cell, in the order of the components.
    pub cells: Vec<Vec<GridCase>>,
}

impl Policy {
    /// The rows of tasks across components, one after the other.
    #[must_use]
    pub fn component_rows(&self, letter: Letter, ask: &GridAsk) -> impl ExactSizeIterator<Item = ComponentRow> {
        let components = components_below(self.model(), ComponentId::SYSTEM);
        let context = ask.context.clone();
        tasks_below(self.model(), ask.task).into_iter().map(move |task| {
            // Cells that are alike are looked at once.
            let mut known: HashMap<Cell, Vec<GridCase>> = HashMap::new();
            let mut cases = |component: ComponentId| {
                let cell = Cell { task, component };
                let alike = self.matrix().representative(cell);
                known.entry(alike).or_insert_with(|| self.grid_cases(cell, &context, &[letter])).clone()
            };
            ComponentRow { task, cells: components.iter().map(|component| cases(*component)).collect() }
        })
    }

    /// Tasks across components: who holds a letter of each task where.
    ///
    /// ```
    /// # use rasci::{ComponentId, Letter, Policy};
    /// # use rasci::query::GridAsk;
    /// let policy = Policy::parse("model.yaml", "
    /// rasci: 1
    /// id: example
    /// parties: { customer: {}, vendor: {} }
    /// components: { back-end: { assign: [{ R: vendor }] } }
    /// tasks: { restore: {} }
    /// ")?;
    /// let grid = policy.component_grid(Letter::Responsible, GridAsk::default());
    /// assert_eq!(grid.components, [ComponentId::SYSTEM, policy.component("back-end")?]);
    /// let [system, back_end] = &grid.rows[0].cells[..] else { panic!("two cells") };
    /// assert!(system[0].letter(Letter::Responsible).parties().is_empty());
    /// assert_eq!(back_end[0].letter(Letter::Responsible).parties(), [policy.party("vendor")?]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn component_grid(&self, letter: Letter, ask: GridAsk) -> ComponentGrid<'_> {
        let rows = self.component_rows(letter, &ask).collect();
        ComponentGrid::new(self, letter, ask, rows)
    }
}

impl<'p> ComponentGrid<'p> {
    /// The grid of these rows, which [`Policy::component_rows`] gave for the same question.
    #[must_use]
    pub fn new(policy: &'p Policy, letter: Letter, ask: GridAsk, rows: Vec<ComponentRow>) -> Self {
        let components = components_below(policy.model(), ComponentId::SYSTEM);
        Self { policy, letter, ask, components, rows }
    }
}
