//! Every cell in one full context, by handle: as fast as memory is.

use crate::document::Letter;
use crate::matrix::{Cell, FullContext, Holders};
use crate::model::TaskId;
use crate::policy::Policy;

impl Policy {
    /// Every cell in a full context, with who holds each of its five letters: each task at the whole system and at every component, in
    /// their order. Allocates nothing.
    ///
    /// ```
    /// use rasci::query::Holders;
    /// use rasci::{Context, Policy};
    ///
    /// let policy = Policy::parse("model.yaml", "
    /// rasci: 1
    /// id: example
    /// parties: { helpdesk: {}, vendor: {} }
    /// components: { web: {} }
    /// tasks: { restore: { assign: [{ A/R: vendor }] }, inform: { assign: [{ component: web, R: helpdesk }] } }
    /// ")?;
    /// let always = policy.full_context(&Context::default())?;
    /// let open = policy.cells_in(&always).filter(|(_, [responsible, ..])| *responsible == Holders::Silent);
    /// assert!(open.map(|(cell, _)| cell).eq([policy.cell("inform", None)?]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn cells_in<'p>(&'p self, context: &'p FullContext) -> impl Iterator<Item = (Cell, [Holders<'p>; 5])> {
        self.model().tasks().flat_map(move |(task, _)| self.row_in(task, context))
    }

    /// The same, looked up by as many threads as there are cores. The order is kept where the cells are collected.
    #[cfg(feature = "parallel")]
    #[must_use]
    pub fn par_cells_in<'p>(
        &'p self,
        context: &'p FullContext,
    ) -> impl rayon::iter::ParallelIterator<Item = (Cell, [Holders<'p>; 5])> {
        use rayon::iter::{IntoParallelIterator, ParallelIterator};
        let tasks: Vec<TaskId> = self.model().tasks().map(|(task, _)| task).collect();
        tasks.into_par_iter().flat_map_iter(move |task| self.row_in(task, context))
    }

    fn row_in<'p>(&'p self, task: TaskId, context: &'p FullContext) -> impl Iterator<Item = (Cell, [Holders<'p>; 5])> {
        self.row(task).map(move |cell| {
            let all = self.all_holders(cell, context);
            (cell, Letter::ALL.map(|letter| all.letter(letter)))
        })
    }
}
