//! `matrix`: every answer laid out as a grid: tasks across parties, or across components for one letter.
//!
//! A [`PartyGrid`] has a row for each task at a place, a [`ComponentGrid`] a cell for each task at each component.
//! Each holds the cases of the cell as `who` has them, so that a party, nobody, silence and not applicable stay apart.

mod by_component;
mod by_party;

pub use by_component::{ComponentGrid, ComponentRow};
pub use by_party::{PartyGrid, PartyRow, Places};

use jiff::civil::Date;

use crate::document::Letter;
use crate::matrix::{Cell, Decided, Nobody, Outcome, Status};
use crate::model::{ComponentId, Context, Model, PartyId, TaskId, When};
use crate::policy::Policy;

/// What a grid is asked about: which tasks, in which context, on which day.
#[derive(Debug, Clone)]
pub struct GridAsk {
    /// This task and all below it; every task for [`TaskId::ALL`].
    pub task: TaskId,
    /// The context; what it leaves open is answered in cases.
    pub context: Context,
    /// The day on which absences and deputies are looked at, where one is given.
    pub on: Option<Date>,
}

impl Default for GridAsk {
    fn default() -> Self {
        Self { task: TaskId::ALL, context: Context::default(), on: None }
    }
}

/// One case of a cell: when it holds, and what each letter says then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridCase {
    /// When it holds; none means always.
    pub when: When,
    /// What the cell says, as a whole.
    pub status: Status,
    /// What each letter says, in the order of [`Letter::ALL`].
    pub letters: [Entry; 5],
}

/// What a letter of a cell says.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Entry {
    /// These parties hold it, in declared order.
    Held(Vec<PartyId>),
    /// Nobody does, and the model says so.
    Nobody(Nobody),
    /// The model is silent, or the cell is not applicable.
    Silent,
}

impl Entry {
    /// The parties that hold the letter.
    #[must_use]
    pub fn parties(&self) -> &[PartyId] {
        match self {
            Self::Held(parties) => parties,
            Self::Nobody(_) | Self::Silent => &[],
        }
    }

    fn of(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Held(_) => Self::Held(outcome.parties().collect()),
            Outcome::Nobody(why, _) => Self::Nobody(*why),
            Outcome::Silent => Self::Silent,
        }
    }
}

impl GridCase {
    /// What a letter says.
    #[must_use]
    pub fn letter(&self, letter: Letter) -> &Entry {
        self.letters.get(letter.index()).unwrap_or(&Entry::Silent)
    }

    /// The letters that a party holds, in the order of the word.
    pub fn held_by(&self, party: PartyId) -> impl Iterator<Item = Letter> + '_ {
        Letter::ALL.into_iter().filter(move |letter| self.letter(*letter).parties().contains(&party))
    }
}

impl Policy {
    /// The cases of a cell in a context, told apart by status and by what these letters say.
    pub(crate) fn grid_cases(&self, cell: Cell, context: &Context, letters: &[Letter]) -> Vec<GridCase> {
        let view = self.view(cell);
        let space = view.space(self.model(), self.matrix(), context);
        let entries = |decided: Decided| {
            let mut entries = decided.letters.each_ref().map(Entry::of);
            let left_out = Letter::ALL.into_iter().zip(&mut entries).filter(|(letter, _)| !letters.contains(letter));
            left_out.for_each(|(_, entry)| *entry = Entry::Silent);
            (decided.status, entries)
        };
        let found = view.decisions(self.model(), &space, entries);
        found.into_iter().map(|(when, (status, letters))| GridCase { when, status, letters }).collect()
    }
}

/// A task and all below it, each before its parts, parts in declared order; without the root of all tasks.
pub(crate) fn tasks_below(model: &Model, task: TaskId) -> Vec<TaskId> {
    let all = depth_first(task, |task| &model.task(task).parts);
    all.into_iter().filter(|task| *task != TaskId::ALL).collect()
}

/// The whole system and every component, each before its parts, parts in declared order.
pub(crate) fn components_below(model: &Model, component: ComponentId) -> Vec<ComponentId> {
    depth_first(component, |component| &model.component(component).parts)
}

fn depth_first<'m, I: Copy + 'm>(root: I, parts: impl Fn(I) -> &'m Vec<I>) -> Vec<I> {
    let mut open = vec![root];
    let mut all = Vec::new();
    while let Some(next) = open.pop() {
        all.push(next);
        open.extend(parts(next).iter().rev().copied());
    }
    all
}
