//! `unassigned-task`: a task of which the model says nothing, anywhere, ever.

use std::collections::HashSet;

use super::{Find, Finding, Lint};
use crate::matrix::{Cell, Status};
use crate::model::{ComponentId, Model, TaskId};

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
    find: Find::Cells(|survey| {
        let model = survey.model();
        let says = |status| matches!(status, Status::Assigned | Status::Nobody);
        // Tasks that are alike answer alike: what is found of the first of them holds for all.
        let class = |task| survey.policy.matrix().representative(Cell { task, component: ComponentId::SYSTEM }).task;
        let said: HashSet<TaskId> =
            survey.cases().filter(|(_, case)| says(case.status())).map(|(cell, _)| class(cell.cell().task)).collect();
        let silent =
            |task: TaskId| !said.contains(&class(task)) && below(model, task).iter().all(|part| !said.contains(&class(*part)));
        let topmost =
            |task: TaskId| silent(task) && model.task(task).parent.is_none_or(|parent| parent == TaskId::ALL || !silent(parent));
        let found = model.tasks().filter(|(id, _)| topmost(*id));
        let help = "Say who holds it, `R: []` if nobody does on purpose, or take the task out.";
        found
            .map(|(_, task)| Finding::at(task.about.span, format!("the model says nothing about task `{}`", task.about.id), help))
            .collect()
    }),
};

fn below(model: &Model, task: TaskId) -> Vec<TaskId> {
    let mut all = model.task(task).parts.clone();
    let mut next = 0;
    while let Some(task) = all.get(next).copied() {
        all.extend(&model.task(task).parts);
        next += 1;
    }
    all
}
