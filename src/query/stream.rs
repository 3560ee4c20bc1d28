//! Every cell in one full context, by handle: as fast as memory is.

use crate::matrix::{AllHolders, Cell, FullContext, Painter};
use crate::model::{ComponentId, Handle, TaskId};
use crate::policy::Policy;

/// So many tasks one thread works out together.
#[cfg(feature = "parallel")]
const TASKS_AT_ONCE: usize = 64;

impl Policy {
    /// Every cell in a full context, with who holds each of its five letters: each task at the whole system and at every component, in
    /// their order. Allocates the answers of one task at a time, with those of the tasks above it.
    ///
    /// ```
    /// use rasci::query::Holders;
    /// use rasci::{Context, Letter, Policy};
    ///
    /// let policy = Policy::parse("model.yaml", "
    /// rasci: 1
    /// id: example
    /// parties: { helpdesk: {}, vendor: {} }
    /// components: { web: {} }
    /// tasks: { restore: { assign: [{ A/R: vendor }] }, inform: { assign: [{ component: web, R: helpdesk }] } }
    /// ")?;
    /// let always = policy.full_context(&Context::default())?;
    /// let open = policy.cells_in(&always).filter(|(_, all)| all.letter(Letter::Responsible) == Holders::Silent);
    /// assert!(open.map(|(cell, _)| cell).eq([policy.cell("inform", None)?]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn cells_in<'p>(&'p self, context: &'p FullContext) -> impl Iterator<Item = (Cell, AllHolders<'p>)> {
        self.rows_in(self.task_ids(), context)
    }

    /// The same, worked out by as many threads as there are cores. The order is kept where the cells are collected.
    #[cfg(feature = "parallel")]
    #[must_use]
    pub fn par_cells_in<'p>(
        &'p self,
        context: &'p FullContext,
    ) -> impl rayon::iter::ParallelIterator<Item = (Cell, AllHolders<'p>)> {
        use rayon::iter::ParallelIterator;
        self.par_tasks().flat_map_iter(|tasks| self.rows_in(tasks, context))
    }

    /// All tasks in their order, for threads to share: those that follow each other mostly have those above them in common.
    #[cfg(feature = "parallel")]
    pub(super) fn par_tasks(&self) -> impl rayon::iter::ParallelIterator<Item = impl Iterator<Item = TaskId> + use<'_>> {
        use rayon::iter::{IntoParallelIterator, ParallelIterator};
        let count = self.model().tasks().count().div_ceil(TASKS_AT_ONCE);
        (0..count).into_par_iter().map(|nth| self.task_ids().skip(nth * TASKS_AT_ONCE).take(TASKS_AT_ONCE))
    }

    pub(super) fn task_ids(&self) -> impl Iterator<Item = TaskId> + use<'_> {
        self.model().tasks().map(|(task, _)| task)
    }

    /// The cells of these tasks.
    fn rows_in<'p>(
        &'p self,
        tasks: impl Iterator<Item = TaskId>,
        context: &'p FullContext,
    ) -> impl Iterator<Item = (Cell, AllHolders<'p>)> {
        let painter = self.index().painter(context.clone());
        let tasks = tasks.map(|task| Cell { task, component: ComponentId::SYSTEM });
        Rows { painter, tasks, now: None, components: self.model().components().count() + 1 }
    }
}

/// The cells of some tasks, each with who holds its letters.
struct Rows<'p, T> {
    painter: Painter<'p>,
    /// The first cell of each task.
    tasks: T,
    /// The cell that is next, of the task before.
    now: Option<Cell>,
    components: usize,
}

impl<'p, T: Iterator<Item = Cell>> Iterator for Rows<'p, T> {
    type Item = (Cell, AllHolders<'p>);

    // Written out, since nested iterators are not made one loop of.
    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let cell = match self.now {
            Some(cell) => cell,
            None => self.tasks.next()?,
        };
        let next = cell.component.index() + 1;
        self.now = (next < self.components).then(|| Cell { component: ComponentId::new(next), ..cell });
        Some((cell, self.painter.letters(cell)))
    }

    #[inline]
    fn fold<B, F: FnMut(B, Self::Item) -> B>(self, first: B, mut join: F) -> B {
        let Self { mut painter, tasks, now, components } = self;
        now.into_iter().chain(tasks).fold(first, |joined, begin| {
            let cells =
                (begin.component.index()..components).map(|component| Cell { component: ComponentId::new(component), ..begin });
            cells.fold(joined, |joined, cell| join(joined, (cell, painter.letters(cell))))
        })
    }
}
