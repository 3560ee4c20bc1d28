//! Where an answer changes beneath a cell: the nearest cells below it that answer differently.

use crate::document::Letter;
use crate::matrix::Cell;
use crate::model::{Context, Handle};
use crate::policy::Policy;

impl Policy {
    /// The nearest cells beneath this one whose answer differs in these letters in the same context, each beneath none
    /// of the others.
    #[must_use]
    pub fn below(&self, cell: Cell, context: &Context, letters: &[Letter]) -> Vec<Cell> {
        let model = self.model();
        let answer = self.summaries(cell, context, letters);
        let mut found: Vec<Cell> = Vec::new();
        let mut open = vec![cell];
        let mut seen = std::collections::HashSet::from([cell]);
        let mut next = 0;
        while let Some(place) = open.get(next).copied() {
            next += 1;
            let tasks = model.task(place.task).parts.iter().map(|task| Cell { task: *task, ..place });
            let components =
                model.component(place.component).parts.iter().map(|component| Cell { component: *component, ..place });
            for step in tasks.chain(components) {
                if !seen.insert(step) {
                    continue;
                }
                // Alike by construction: no need to compare, but what lies below may still differ.
                let alike = self.matrix().representative(step) == self.matrix().representative(place);
                if alike || self.summaries(step, context, letters) == answer {
                    open.push(step);
                } else {
                    found.push(step);
                }
            }
        }
        let beneath = |lower: &Cell, upper: &Cell| {
            lower != upper
                && model.task_path(lower.task).any(|task| task == upper.task)
                && model.component_path(lower.component).any(|component| component == upper.component)
        };
        let mut nearest: Vec<Cell> =
            found.iter().filter(|lower| !found.iter().any(|upper| beneath(lower, upper))).copied().collect();
        nearest.sort_by_key(|cell| (cell.task.place(), cell.component.place()));
        nearest
    }
}
