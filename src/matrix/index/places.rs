//! When tasks and components are there at all: those above them counted.

use super::masks::{FullContext, Masks};
use crate::matrix::Cell;
use crate::model::{Condition, Handle, Model};

/// The masks of every task and every component.
#[derive(Debug)]
pub(super) struct Places {
    pub(super) tasks: Vec<u32>,
    pub(super) components: Vec<u32>,
}

impl Places {
    /// None where every task and component is there always.
    pub(super) fn new(model: &Model, masks: &mut Masks) -> Option<Self> {
        let tasks = model.tasks.iter().map(|(_, task)| (task.parent.map(Handle::place), task.when.as_deref()));
        let tasks = downwards(masks, tasks);
        let components =
            model.components.iter().map(|(_, component)| (component.parent.map(Handle::place), component.when.as_deref()));
        let components = downwards(masks, components);
        let always = tasks.iter().chain(&components).all(|mask| *mask == Masks::ALWAYS);
        (!always).then_some(Self { tasks, components })
    }

    /// Whether the task and the component of a cell are there.
    pub(super) fn are_there(&self, masks: &Masks, cell: Cell, context: &FullContext) -> bool {
        let there = |places: &[u32], place: usize| places.get(place).is_none_or(|mask| masks.holds(*mask, context));
        there(&self.tasks, cell.task.place()) && there(&self.components, cell.component.place())
    }
}

/// For each place its mask and those of the places above it together; a parent stands before its parts.
fn downwards<'m>(masks: &mut Masks, places: impl Iterator<Item = (Option<usize>, Option<&'m Condition>)>) -> Vec<u32> {
    let mut all: Vec<u32> = Vec::new();
    for (parent, when) in places {
        let above = parent.and_then(|parent| all.get(parent).copied()).unwrap_or(Masks::ALWAYS);
        let own = when.map_or(Masks::ALWAYS, |when| masks.of(when));
        all.push(masks.both(above, own));
    }
    all
}
