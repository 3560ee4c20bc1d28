//! What applies to a cell, whatever the context: its assignments in rank order, and the conditions of its place.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::{Matrix, Space};
use crate::model::{AssignmentId, ComponentId, Condition, Context, Model, TaskId};

/// A task and a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// The task.
    pub task: TaskId,
    /// The component; [`ComponentId::SYSTEM`] for the whole system.
    pub component: ComponentId,
}

/// An assignment that stands at the cell or above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Applying {
    pub(crate) id: AssignmentId,
    /// The nearest of its tasks.
    pub(crate) task: TaskId,
    /// The nearest of its components.
    pub(crate) component: ComponentId,
    rank: Rank,
}

/// Task before component before condition before layer; greater decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rank {
    pub(crate) task_depth: u32,
    pub(crate) component_depth: u32,
    pub(crate) narrowness: Reverse<u64>,
    pub(crate) layer: u32,
}

impl Applying {
    pub(crate) fn rank(&self) -> Rank {
        self.rank
    }
}

/// A cell and what applies to it, the highest rank first, equals in the order of the documents.
#[derive(Debug)]
pub(crate) struct CellView {
    pub(crate) cell: Cell,
    pub(crate) applying: Vec<Applying>,
}

impl CellView {
    pub(crate) fn new(model: &Model, matrix: &Matrix, cell: Cell) -> Self {
        let Cell { task, component } = matrix.representative(cell);
        let mut seen = HashSet::new();
        let mut applying = Vec::new();
        for task in model.task_path(task) {
            for component in model.component_path(component) {
                for id in matrix.standing(model, task, component) {
                    // An assignment with several places counts with its nearest, which is met first.
                    if seen.insert(id) {
                        let assignment = model.assignment(id);
                        let rank = Rank {
                            task_depth: model.tasks[task].depth,
                            component_depth: model.components[component].depth,
                            narrowness: Reverse(assignment.when.combinations()),
                            layer: assignment.layer,
                        };
                        applying.push(Applying { id, task, component, rank });
                    }
                }
            }
        }
        applying.sort_by_key(|applying| (Reverse(applying.rank), applying.id));
        Self { cell, applying }
    }

    /// The conditions under which the task, the component, and all above them are there.
    pub(crate) fn place_conditions<'m>(&self, model: &'m Model) -> impl Iterator<Item = &'m Condition> + use<'m> {
        let tasks = model.task_path(self.cell.task).filter_map(|task| model.tasks[task].when.as_deref());
        let components =
            model.component_path(self.cell.component).filter_map(|component| model.components[component].when.as_deref());
        tasks.chain(components)
    }

    /// Every condition that applies to the cell: of its assignments, and of its place.
    pub(crate) fn conditions<'m>(&'m self, model: &'m Model) -> impl Iterator<Item = &'m Condition> {
        let assignments = self.applying.iter().map(|applying| model.assignments.when(applying.id));
        assignments.chain(self.place_conditions(model))
    }

    /// The combinations of a context, told apart as far as the cell does.
    pub(crate) fn space(&self, model: &Model, matrix: &Matrix, context: &Context) -> Space {
        matrix.space(model, context, self.conditions(model))
    }
}
