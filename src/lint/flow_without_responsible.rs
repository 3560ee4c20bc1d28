//! `flow-without-responsible`: a step of a flow that nobody does.

use super::{Find, Finding, Lint};
use crate::document::Letter;
use crate::matrix::{Cell, Outcome, Status};
use crate::model::{Context, Flow, Step};
use crate::policy::Policy;

pub(super) static LINT: Lint = Lint {
    name: "flow-without-responsible",
    finds: "a flow step whose cell has nobody in R",
    why: "A flow says in which order tasks are done, and a case waits at a step that nobody does. The cell may be right by \
          itself: a task that a `$relation` gives to whoever manages a component has nobody in the whole system. A step \
          that leads there has to say which component it means.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: incidents
parties: { customer: {}, helpdesk: {}, vendor: {} }
components:
  sbc: { relations: { manager: vendor } }
tasks:
  log: { assign: [{ A: customer, R: helpdesk }] }
  repair: { assign: [{ A: customer, R: $manager }] }
flows:
  incident:
    steps:
      - { id: log, task: log, then: repair }
      - { id: repair, task: repair }
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: incidents
parties: { customer: {}, helpdesk: {}, vendor: {} }
components:
  sbc: { relations: { manager: vendor } }
tasks:
  log: { assign: [{ A: customer, R: helpdesk }] }
  repair: { assign: [{ A: customer, R: $manager }] }
flows:
  incident:
    steps:
      - { id: log, task: log, then: repair }
      - { id: repair, task: repair, component: sbc }
",
    )],
    find: Find::Model(|survey| {
        let policy = survey.policy;
        let steps = survey.model().flows().iter().flat_map(|flow| flow.steps.iter().map(move |step| (flow, step)));
        let finding = |(flow, step): (&Flow, &Step)| {
            let message = format!("nobody is responsible for step `{}` of flow `{}`", step.about.id, flow.about.id);
            Finding::at(
                step.about.span,
                message,
                "Say who does the step's task there, `R: PARTY`, or name another task or component.",
            )
        };
        steps.filter(|(_, step)| lacks_responsible(policy, step)).map(finding).collect()
    }),
};

/// Whether in some combination in which the step is taken nobody does it.
fn lacks_responsible(policy: &Policy, step: &Step) -> bool {
    let Some(task) = step.task else { return false };
    let model = policy.model();
    let cell = Cell { task, component: step.component };
    let view = policy.view(cell);
    let conditions = view.applying.iter().map(|applying| model.assignments.when(applying.id));
    let conditions = conditions.chain(view.place_conditions(model)).chain(std::iter::once(&step.when));
    let space = policy.matrix().space(model, &Context::default(), conditions);
    space.combinations().filter(|combination| step.when.holds(combination)).any(|combination| {
        let decided = view.decide(model, &combination);
        let responsible =
            decided.letters.get(Letter::Responsible.index()).is_some_and(|outcome| matches!(outcome, Outcome::Held(_)));
        decided.status != Status::NotApplicable && !responsible
    })
}
