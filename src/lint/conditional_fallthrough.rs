//! `conditional-fallthrough`: every setting at a task carries a condition, and where none holds, a task above decides.
//!
//! A task that exists only under a condition says so itself, with `when`; a condition on its assignments hands the rest
//! to whoever holds the task above.

use super::survey::OwnSettings;
use super::{Find, Lint};
use crate::document::Letter;
use crate::matrix::{TakingPart, clauses};

pub(super) static LINT: Lint = Lint {
    name: "conditional-fallthrough",
    finds: "a task whose settings of a letter all carry a condition, where none of them applies and a task above decides",
    why: "A condition on the assignments of a task does not end the task: where the condition does not hold, whoever holds \
          the task above has it. That is right for a task that always exists. Where it exists under the condition only, as \
          a service that one contract has and the other has not, the condition belongs to the task.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: field-service
context: { contract: [basic, premium] }
parties: { customer: {}, helpdesk: {}, field-engineer: { kind: role } }
tasks:
  support:
    assign: [{ A: customer, R: helpdesk }]
    tasks:
      site-visit:
        title: Visit the site
        assign: [{ when: { contract: premium }, R: field-engineer }]
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: field-service
context: { contract: [basic, premium] }
parties: { customer: {}, helpdesk: {}, field-engineer: { kind: role } }
tasks:
  support:
    assign: [{ A: customer, R: helpdesk }]
    tasks:
      site-visit:
        title: Visit the site
        when: { contract: premium }
        assign: [{ R: field-engineer }]
",
    )],
    find: Find::Cells(|survey| {
        let model = survey.model();
        survey.findings(
            |cell, case| {
                let task = cell.cell().task;
                let mut hits = Vec::new();
                for letter in Letter::ALL {
                    let sets = |id| clauses(model, id, letter, false).next().is_some();
                    if survey.own_settings.get(&(task, letter)) != Some(&OwnSettings::AllConditional) {
                        continue;
                    }
                    let near = cell.view.applying.iter().find(|applying| applying.task == task && sets(applying.id));
                    let applies = case.applied.iter().any(|applying| applying.task == task && sets(applying.id));
                    let above =
                        TakingPart::new(model, letter, &case.applied).deciding.first().is_some_and(|one| one.task != task);
                    if let Some(near) = near.filter(|_| !applies && above) {
                        hits.push((
                            near.id,
                            format!("where its condition does not hold, a task above decides {} for", letter.as_str()),
                        ));
                    }
                }
                hits
            },
            "Write `when` on the task if it exists only then, or add a setting without a condition.",
        )
    }),
};
