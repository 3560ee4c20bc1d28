//! `unassigned-task`: a task of which the model says nothing, anywhere, ever.

use super::ground::Ground;
use super::{Find, Finding, Lint};
use crate::matrix::Cell;
use crate::model::{ComponentId, Handle, TaskId};

pub(super) static LINT: Lint = Lint {
    name: "unassigned-task",
    finds: "a task all of whose cells, and those below, are unassigned or not applicable",
    why: "A row without letters is the first thing to look for in a responsibility matrix: the task was thought of, and \
          given to nobody. Who asks for it learns only that the model is silent. If nobody does it on purpose, `R: []` \
          says so, and is another answer than silence.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: life-cycle
parties: { customer: {}, operations: {} }
tasks:
  operate:
    title: Operate the service
    assign: [{ A: customer, R: operations }]
  decommission:
    title: Take the service out of use, and its data with it
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: life-cycle
parties: { customer: {}, operations: {} }
tasks:
  operate:
    title: Operate the service
    assign: [{ A: customer, R: operations }]
  decommission:
    title: Take the service out of use, and its data with it
    assign: [{ A/R: customer }]
",
    )],
    find: Find::Survey(|survey| {
        let (Some(ground), model) = (&survey.ground, survey.model()) else { return Vec::new() };
        let mut silent = vec![true; model.tasks.len()];
        // A task stands before its parts: from the last to the first, all below is known.
        for (task, it) in model.tasks.iter().rev() {
            let part_says = it.parts.iter().any(|part| !silent.get(part.place()).copied().unwrap_or(true));
            let said = survey.seen.said.get(task.place()).copied().unwrap_or(false);
            if let Some(silent) = silent.get_mut(task.place()) {
                *silent = !part_says && !said && (task == TaskId::ALL || !says(ground, task));
            }
        }
        let silent = |task: TaskId| silent.get(task.place()).copied().unwrap_or(false);
        let topmost =
            |task: TaskId| silent(task) && model.task(task).parent.is_none_or(|parent| parent == TaskId::ALL || !silent(parent));
        let found = model.tasks().filter(|(id, _)| topmost(*id));
        let help = "Say who holds it, `R: []` if nobody does on purpose, or take the task out.";
        found
            .map(|(_, task)| Finding::at(task.about.span, format!("the model says nothing about task `{}`", task.about.id), help))
            .collect()
    }),
};

/// Whether a cell of the task says anything: where what stands at the task or above begins to apply, or a relation is named.
fn says(ground: &Ground<'_>, task: TaskId) -> bool {
    let model = ground.model();
    let says = |component| {
        let look = ground.look(Cell { task, component });
        !look.assigned.is_never() || !look.nobody.is_never()
    };
    let places = || model.task_path(task).flat_map(|above| ground.at_task(above));
    let related = || {
        let mut below: Vec<usize> = places().flat_map(|component| ground.components_below(component)).collect();
        below.sort_unstable();
        below.dedup();
        below.into_iter().map(ComponentId::new).filter(|id| !model.component(*id).relations.is_empty())
    };
    places().any(says) || related().any(says)
}
