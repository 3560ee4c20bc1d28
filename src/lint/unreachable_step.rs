//! `unreachable-step`: a step of a flow that no case comes to.

use super::steps::reached_from;
use super::{Find, Finding, Lint};

pub(super) static LINT: Lint = Lint {
    name: "unreachable-step",
    finds: "a flow step that is not reachable from the first",
    why: "A step that nothing leads to is never taken: the `then` of the step before it is missing, or names another one. \
          The flow reads as if every case were, for example, closed with the user, and none is.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: incidents
parties: { customer: {}, helpdesk: {}, vendor: {} }
tasks:
  call: { title: Speak with the user, assign: [{ A: customer, R: helpdesk }] }
  repair: { assign: [{ A: customer, R: vendor }] }
flows:
  incident:
    steps:
      - { id: log, task: call, then: repair }
      - { id: repair, task: repair }
      - { id: close, task: call }
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: incidents
parties: { customer: {}, helpdesk: {}, vendor: {} }
tasks:
  call: { title: Speak with the user, assign: [{ A: customer, R: helpdesk }] }
  repair: { assign: [{ A: customer, R: vendor }] }
flows:
  incident:
    steps:
      - { id: log, task: call, then: repair }
      - { id: repair, task: repair, then: close }
      - { id: close, task: call }
",
    )],
    find: Find::Model(|survey| {
        let mut found = Vec::new();
        for flow in survey.model().flows() {
            let reached = reached_from(flow, 0);
            for (_, step) in flow.steps.iter().enumerate().filter(|(nth, _)| !reached.contains(nth)) {
                let message = format!("no step of flow `{}` leads to `{}`", flow.about.id, step.about.id);
                found.push(Finding::at(step.about.span, message, "Name it under `then` of the step before it, or take it out."));
            }
        }
        found
    }),
};
