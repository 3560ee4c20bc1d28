//! When tasks and components are there at all: those above them counted.

use super::masks::{FullContext, Masks};
use crate::matrix::Cell;
use crate::model::{ComponentId, Condition, Handle, Model, TaskId};

/// The masks of every task and every component.
#[derive(Debug)]
pub(super) struct Places {
    tasks: Vec<u32>,
    components: Vec<u32>,
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

    /// The mask under which a task is there.
    pub(super) fn task(&self, task: TaskId) -> u32 {
        self.tasks.get(task.place()).copied().unwrap_or(Masks::ALWAYS)
    }

    /// The mask under which a component is there.
    pub(super) fn component(&self, component: ComponentId) -> u32 {
        self.components.get(component.place()).copied().unwrap_or(Masks::ALWAYS)
    }

    /// Whether the task and the component of a cell are there.
    pub(super) fn are_there(&self, masks: &Masks, cell: Cell, context: &FullContext) -> bool {
        masks.holds(self.task(cell.task), context) && masks.holds(self.component(cell.component), context)
    }

    pub(super) fn bytes(&self) -> usize {
        (self.tasks.capacity() + self.components.capacity()) * size_of::<u32>()
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
