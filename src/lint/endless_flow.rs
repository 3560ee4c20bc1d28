//! `endless-flow`: a step of a flow from which no case comes to an end.

use super::steps::reached_from;
use super::{Find, Finding, Lint};

pub(super) static LINT: Lint = Lint {
    name: "endless-flow",
    finds: "a reachable flow step from which no last step can be reached",
    why: "A flow may go round as often as it must, but it has to be able to end. From a step that leads only back into the \
          circle, no case is ever closed; mostly the way out is missing.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: changes
parties: { customer: {}, helpdesk: {}, vendor: {} }
tasks:
  build: { assign: [{ A: customer, R: vendor }] }
  accept: { assign: [{ A: customer, R: helpdesk }] }
flows:
  change:
    steps:
      - { id: build, task: build, then: accept }
      - { id: accept, task: accept, then: build }
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: changes
parties: { customer: {}, helpdesk: {}, vendor: {} }
tasks:
  build: { assign: [{ A: customer, R: vendor }] }
  accept: { assign: [{ A: customer, R: helpdesk }] }
flows:
  change:
    steps:
      - { id: build, task: build, then: accept }
      - { id: accept, task: accept, then: [build, release] }
      - { id: release, task: build }
",
    )],
    find: Find::Model(|survey| {
        let mut found = Vec::new();
        for flow in survey.model().flows() {
            let last = |nth: &usize| flow.steps.get(*nth).is_some_and(|step| step.then.is_empty());
            for nth in reached_from(flow, 0).into_iter().filter(|nth| !reached_from(flow, *nth).iter().any(last)) {
                let Some(step) = flow.steps.get(nth) else { continue };
                let message = format!("flow `{}` has no end after step `{}`", flow.about.id, step.about.id);
                found.push(Finding::at(step.about.span, message, "Lead it to a step without `then`."));
            }
        }
        found
    }),
};
