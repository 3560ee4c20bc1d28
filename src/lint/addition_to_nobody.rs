//! `addition-to-nobody`: a party is added where a more specific setting says that nobody holds the letter.

use std::cmp::Reverse;

use super::hits::{Hit, InCells, Needs, Words, join};
use super::look::Part;
use super::{Find, Lint};
use crate::matrix::clauses;
use crate::model::Model;

pub(super) static LINT: Lint = Lint {
    name: "addition-to-nobody",
    finds: "an addition where the settings that decide are all `[]` and rank higher",
    why: "`[]` says that nobody holds a letter, on purpose. An addition is never lost, so the parties that a more general \
          assignment adds hold it all the same, and the `[]` is without effect. One of the two authors does not get what \
          was written. Where the more general one need not hold everywhere, set the letter there instead of adding to it.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: maintenance
parties: { customer: {}, helpdesk: {}, vendor: {}, users: {} }
tasks:
  maintain:
    title: Maintain the service
    assign:
      - { A: customer, R: vendor, I: helpdesk }
      - { I+: users }
    tasks:
      silent-patch:
        title: Patch without an interruption, and without a message
        assign: [{ I: [] }]
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: maintenance
parties: { customer: {}, helpdesk: {}, vendor: {}, users: {} }
tasks:
  maintain:
    title: Maintain the service
    assign:
      - { A: customer, R: vendor, I: [helpdesk, users] }
    tasks:
      silent-patch:
        title: Patch without an interruption, and without a message
        assign: [{ I: [] }]
",
    )],
    find: Find::Cells(InCells {
        hits: |ground, look, hits| {
            let model = ground.model();
            for (letter, taking) in look.letters() {
                let nobody = |part: &Part| clauses(model, part.id, letter, false).all(|clause| clause.parties.is_empty());
                let to_some: Vec<&Part> = taking.settings.iter().filter(|part| !nobody(part)).collect();
                let outranks = |one: &Part, other: &Part| rank(model, one) > rank(model, other);
                for addition in &taking.additions {
                    let higher = taking.settings.iter().filter(|part| nobody(part) && outranks(part, addition));
                    let when = higher.fold(ground.sets.never(), |all, part| all.or(&part.when.and(&addition.when)));
                    let when = to_some.iter().fold(when, |when, part| when.minus(&part.when));
                    if !when.is_never() {
                        hits.push(Hit { cause: addition.id, words: Words::Letter(letter), when });
                    }
                }
            }
            join(hits);
        },
        say: |_, _, hit| match hit.words {
            Words::Letter(letter) => format!("{}+ adds to nobody, said on purpose, for", letter.as_str()),
            _ => String::new(),
        },
        help: "Take the addition out where nobody is meant, or the `[]` where somebody is.",
        topmost: false,
        beside: |ground, cell, hit| {
            let Words::Letter(letter) = hit.words else { return None };
            let look = ground.look(cell);
            let deciding = look.letter(letter).settings.iter().find(|part| part.when.meets(&hit.when));
            deciding.map(|part| (part.id, "says that nobody does"))
        },
        needs: Needs::Places,
    }),
};

/// Task before component before condition before layer.
fn rank(model: &Model, part: &Part) -> (u32, u32, Reverse<u64>, u32) {
    let assignment = model.assignment(part.id);
    let depths = (model.task(part.at.task).depth, model.component(part.at.component).depth);
    (depths.0, depths.1, Reverse(assignment.when.combinations()), assignment.layer)
}
