//! The scope of an assignment as written: a task, a component and a condition, each with all that lies within.

use super::look::Part;
use crate::model::{ComponentId, Condition, Model, TaskId};

/// Where and when one assignment holds.
#[derive(Debug, Clone)]
pub(super) struct Scope<'m> {
    task: TaskId,
    component: ComponentId,
    when: &'m Condition,
}

impl<'m> Scope<'m> {
    /// The scope of an assignment at the place where it stands.
    pub(super) fn of(model: &'m Model, part: &Part) -> Self {
        Self { task: part.at.task, component: part.at.component, when: model.assignments.when(part.id) }
    }

    /// Whether it lies within the other and is not the same.
    pub(super) fn strictly_within(&self, model: &Model, other: &Self) -> bool {
        self.within(model, other) && !other.within(model, self)
    }

    fn within(&self, model: &Model, other: &Self) -> bool {
        model.task_path(self.task).any(|task| task == other.task)
            && model.component_path(self.component).any(|component| component == other.component)
            && self.when.within(other.when)
    }
}
