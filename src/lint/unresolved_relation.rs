//! `unresolved-relation`: a `$relation` that stands for nobody at a component.

use super::hits::{Hit, InCells, Needs, Words, alone, join, say};
use super::{Find, Lint};
use crate::matrix::clauses;
use crate::model::{ComponentId, PartyRef};

pub(super) static LINT: Lint = Lint {
    name: "unresolved-relation",
    finds: "a cell of a component where a deciding setting or an addition has a `$relation` that stands for nobody",
    why: "A `$relation` stands for the parties that the nearest component names under it. Where none does, it stands for \
          nobody, and still decides: the duty does not fall back to whoever holds it more generally. In the whole system \
          that is as it should be, since the components say who it is; at a component it is a gap. Where a model is not \
          linked with who there is, it \"can easily contain errors such as the assignment of resources that do not belong to \
          the organizational model\" (Cabanillas, Resinas and Ruiz-Cortés, Defining and Analysing Resource Assignments in \
          Business Processes with RAL, 2011).",
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
    find: Find::Cells(InCells {
        hits: |ground, look, hits| {
            let component = look.cell.component;
            if component == ComponentId::SYSTEM {
                return;
            }
            for (letter, taking) in look.letters() {
                for (part, adds) in taking.parts().filter(|(part, _)| part.unsure && look.asks(part.at)) {
                    for party in clauses(ground.model(), part.id, letter, adds).flat_map(|clause| clause.parties.iter()) {
                        if let PartyRef::Relation(relation) = party
                            && ground.related.parties(relation, component).is_empty()
                        {
                            hits.push(Hit { cause: part.id, words: Words::Relation(relation), when: part.when.clone() });
                        }
                    }
                }
            }
            join(hits);
        },
        say: |told, message| {
            if let Words::Relation(relation) = told.hit.words {
                say(message, &["`$", told.ground.model().relation(relation), "` stands for nobody in"]);
            }
        },
        help: "Name the relation at the component, at one above it, or for the whole system.",
        topmost: false,
        beside: alone,
        needs: Needs::Places,
    }),
};
