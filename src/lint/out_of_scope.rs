//! `out-of-scope`: a party named where it may not act.

use std::collections::HashMap;

use super::hits::{Hit, InCells, Needs, Words, alone, join, say};
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
    find: Find::Cells(InCells {
        hits: |ground, look, hits| {
            let Limits(limits) = &ground.limits;
            if limits.is_empty() {
                return;
            }
            let path: Vec<ComponentId> = ground.component_path(look.cell.component).collect();
            let outside =
                |party: &PartyId| limits.get(party).is_some_and(|limit| !limit.iter().any(|component| path.contains(component)));
            for (letter, _) in look.letters() {
                for named in
                    look.named(letter).iter().filter(|named| !named.implied && look.asks(named.at) && outside(&named.party))
                {
                    hits.push(Hit { cause: named.id, words: Words::Party(named.party), when: named.when.clone() });
                }
            }
            join(hits);
        },
        say: |told, message| {
            if let Words::Party(party) = told.hit.words {
                say(message, &["`", &told.ground.model().party(party).about.id, "` is named outside of its scope for"]);
            }
        },
        help: "Name the component in the assignment, or widen the party's `scope`.",
        topmost: false,
        beside: alone,
        needs: Needs::Places,
    }),
};

/// The components that each party with a limit may be named at.
#[derive(Debug)]
pub(super) struct Limits(HashMap<PartyId, Vec<ComponentId>>);

impl Limits {
    /// Whether no party has a limit.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn of(model: &Model) -> Self {
        Self(model.parties().filter_map(|(id, _)| Some((id, limit(model, id)?))).collect())
    }
}

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
