//! `out-of-scope`: a party named where it may not act.

use std::collections::HashMap;

use super::survey::cited_with;
use super::{Find, Lint};
use crate::model::{ComponentId, Model, PartyId};

pub(super) static LINT: Lint = Lint {
    name: "out-of-scope",
    finds: "a party named outside of its limit",
    why: "A party's `scope` says where it may act at all: where it has access, a mandate, a contract. Named beyond that, \
          it cannot do what it is given. The whole system lies outside of every scope, so an assignment without a \
          component is beyond it too.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: hosting
parties:
  customer: {}
  operations: {}
  database-team: { scope: database }
components: { database: {} }
tasks:
  patch:
    assign:
      - { A: customer, R: [operations, database-team] }
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: hosting
parties:
  customer: {}
  operations: {}
  database-team: { scope: database }
components: { database: {} }
tasks:
  patch:
    assign:
      - { A: customer, R: operations }
      - { component: database, R+: database-team }
",
    )],
    find: Find::Cells(|survey| {
        let model = survey.model();
        let limits: HashMap<PartyId, Vec<ComponentId>> =
            model.parties().filter_map(|(id, _)| Some((id, limit(model, id)?))).collect();
        survey.findings(
            |cell, case| {
                let path: Vec<ComponentId> = model.component_path(cell.cell().component).collect();
                let outside = |party: &PartyId| {
                    limits.get(party).is_some_and(|limit| !limit.iter().any(|component| path.contains(component)))
                };
                let named = cited_with(case).into_iter().filter(|(party, _)| outside(party));
                named
                    .map(|(party, cause)| (cause, format!("`{}` is named outside of its scope for", model.party(party).about.id)))
                    .collect()
            },
            "Name the component in the assignment, or widen the party's `scope`.",
        )
    }),
};

/// The components a party is limited to; none where it is unlimited.
///
/// Parts and members make no circle, so this ends.
fn limit(model: &Model, party: PartyId) -> Option<Vec<ComponentId>> {
    let it = model.party(party);
    if let Some(scope) = &it.scope {
        return Some(scope.clone());
    }
    let mut inside = it.parts.iter().chain(&it.members).peekable();
    inside.peek()?;
    inside.map(|party| limit(model, *party)).collect::<Option<Vec<_>>>().map(|limits| limits.concat())
}
