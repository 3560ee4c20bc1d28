//! `unused-component`: a component that nothing in the model is about.

use std::collections::HashSet;

use super::{Find, Finding, Lint};
use crate::model::{ComponentId, Model};

pub(super) static LINT: Lint = Lint {
    name: "unused-component",
    finds: "a component without relations, such that neither it nor one above or below is named",
    why: "A component that nothing is about answers as the whole system does, and that may be right. But whoever declared \
          it thought that it differs; mostly the assignment that says how is missing, or names another component by \
          mistake.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: phone-system
parties: { customer: {}, helpdesk: {}, vendor: {} }
components:
  sbc: { title: Session border controller }
  recorder: { title: Call recorder }
tasks:
  operate:
    assign:
      - { A: customer, R: helpdesk }
      - { component: sbc, R: vendor }
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: phone-system
parties: { customer: {}, helpdesk: {}, vendor: {} }
components:
  sbc: { title: Session border controller }
  recorder: { title: Call recorder }
tasks:
  operate:
    assign:
      - { A: customer, R: helpdesk }
      - { component: [sbc, recorder], R: vendor }
",
    )],
    find: Find::Model(|survey| {
        let model = survey.model();
        let named = named(model);
        let above: HashSet<ComponentId> =
            named.iter().flat_map(|id| model.component_path(*id)).filter(|id| *id != ComponentId::SYSTEM).collect();
        let unused = |id: ComponentId| {
            model.component(id).relations.is_empty()
                && !above.contains(&id)
                && !model.component_path(id).any(|above| named.contains(&above))
        };
        let topmost = |id: ComponentId| {
            unused(id) && model.component(id).parent.is_none_or(|parent| parent == ComponentId::SYSTEM || !unused(parent))
        };
        let found = model.components().filter(|(id, _)| topmost(*id));
        let help = "Name it in an assignment, give it a relation, or take it out.";
        found
            .map(|(_, it)| Finding::at(it.about.span, format!("nothing is said about component `{}`", it.about.id), help))
            .collect()
    }),
};

/// Every component that an assignment, a scope or a flow names.
fn named(model: &Model) -> HashSet<ComponentId> {
    let assignments = model.assignments().flat_map(|(_, it)| it.components.iter().copied());
    let scopes = model.parties().filter_map(|(_, it)| it.scope.as_ref()).flatten().copied();
    let flows = model.flows().iter().flat_map(|flow| &flow.steps).map(|step| step.component);
    assignments.chain(scopes).chain(flows).filter(|id| *id != ComponentId::SYSTEM).collect()
}
