//! `unresolved-relation`: a `$relation` that stands for nobody at a component.

use super::{Find, Lint};
use crate::document::Letter;
use crate::matrix::{TakingPart, clauses, stands_for};
use crate::model::{ComponentId, PartyRef};

pub(super) static LINT: Lint = Lint {
    name: "unresolved-relation",
    finds: "a cell of a component where a deciding setting or an addition has a `$relation` that stands for nobody",
    why: "A `$relation` stands for the parties that the nearest component names under it. Where none does, it stands for \
          nobody, and still decides: the duty does not fall back to whoever holds it more generally. In the whole system \
          that is as it should be, since the components say who it is; at a component it is a gap.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: sites
parties: { customer: {}, engineer: {}, vendor: {}, reception: {} }
components:
  sbc: { relations: { site-contact: reception } }
  recorder: { title: Call recorder }
tasks:
  visit:
    title: Visit the site
    assign:
      - { A: customer, R: engineer, I: $site-contact }
      - { component: recorder, S: vendor }
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: sites
parties: { customer: {}, engineer: {}, vendor: {}, reception: {} }
components:
  sbc: { relations: { site-contact: reception } }
  recorder: { title: Call recorder, relations: { site-contact: reception } }
tasks:
  visit:
    title: Visit the site
    assign:
      - { A: customer, R: engineer, I: $site-contact }
      - { component: recorder, S: vendor }
",
    )],
    find: Find::Cells(|survey| {
        let model = survey.model();
        survey.findings(
            |cell, case| {
                let component = cell.cell().component;
                let mut hits = Vec::new();
                for letter in Letter::ALL.into_iter().filter(|_| component != ComponentId::SYSTEM) {
                    let TakingPart { deciding, adding } = TakingPart::new(model, letter, &case.applied);
                    for (one, adds) in deciding.iter().map(|one| (one, false)).chain(adding.iter().map(|one| (one, true))) {
                        for party in clauses(model, one.id, letter, adds).flat_map(|clause| &clause.parties) {
                            if let PartyRef::Relation(relation) = party
                                && stands_for(model, *party, component).0.is_empty()
                            {
                                hits.push((one.id, format!("`${}` stands for nobody in", model.relation(*relation))));
                            }
                        }
                    }
                }
                hits.dedup();
                hits
            },
            "Name the relation at the component, at one above it, or for the whole system.",
        )
    }),
};
