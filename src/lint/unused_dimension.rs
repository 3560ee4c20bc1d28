//! `unused-dimension`: a context dimension on which nothing depends.

use std::collections::HashSet;

use super::{Find, Finding, Lint};
use crate::model::{Condition, DimensionId};

pub(super) static LINT: Lint = Lint {
    name: "unused-dimension",
    finds: "a dimension that no condition names",
    why: "A dimension on which nothing depends promises a difference that the model does not make: who asks must wonder \
          which value to give, and the answer is the same for all of them. Either the conditions are still to be written, \
          or the dimension can go.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: phone-system
context: { priority: [P1, P2, P3], region: [north, south] }
parties: { customer: {}, helpdesk: {}, vendor: {} }
tasks:
  restore:
    assign:
      - { A: customer, R: helpdesk }
      - { when: { priority: P1 }, S: vendor }
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: phone-system
context: { priority: [P1, P2, P3] }
parties: { customer: {}, helpdesk: {}, vendor: {} }
tasks:
  restore:
    assign:
      - { A: customer, R: helpdesk }
      - { when: { priority: P1 }, S: vendor }
",
    )],
    find: Find::Model(|survey| {
        let model = survey.model();
        let limits = model.tasks().flat_map(|(_, it)| it.limits());
        let conditions = model.assignments().map(|(_, it)| it.when);
        let conditions = conditions.chain(model.tasks().filter_map(|(_, it)| it.when.as_deref()));
        let conditions = conditions.chain(model.components().filter_map(|(_, it)| it.when.as_deref()));
        let conditions = conditions.chain(limits.map(|limit| &limit.when));
        let conditions = conditions.chain(model.flows().iter().flat_map(|flow| &flow.steps).map(|step| &step.when));
        let named: HashSet<DimensionId> = conditions.flat_map(Condition::names).collect();
        let found = model.dimensions().filter(|(id, _)| !named.contains(id));
        let help = "Name it in a condition, or take it out of `context`.";
        found.map(|(_, it)| Finding::at(it.span, format!("no condition names dimension `{}`", it.id), help)).collect()
    }),
};
