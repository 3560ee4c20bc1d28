//! `addition-to-nobody`: a party is added where a more specific setting says that nobody holds the letter.

use std::cmp::Reverse;

use super::ground::Ground;
use super::hits::{Hit, InCells, Needs, Words, deciding, join, letter_of, say};
use super::look::Part;
use super::{Find, Lint};
use crate::matrix::clauses;

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
            for (letter, taking) in look.letters().filter(|(_, taking)| !taking.additions.is_empty()) {
                let nobody =
                    |part: &Part| part.unsure && clauses(model, part.id, letter, false).all(|clause| clause.parties.is_empty());
                let to_some: Vec<&Part> = taking.settings.iter().filter(|part| !nobody(part)).collect();
                let outranks = |one: &Part, other: &Part| rank(ground, one) > rank(ground, other);
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
        say: |told, message| {
            let letter = letter_of(&told.hit);
            say(message, &["`", letter, "+` adds parties although `", letter, ": []` says that there is nobody, for"]);
        },
        help: "An addition is never lost. Take it out where nobody is meant, or the `[]` where somebody is.",
        topmost: false,
        beside: |told| Some((deciding(told, |_| true)?, "says that there is nobody")),
        needs: Needs::Places,
    }),
};

/// Task before component before condition before layer.
fn rank(ground: &Ground<'_>, part: &Part) -> ((u32, u32), Reverse<u64>, u32) {
    let assignment = ground.model().assignment(part.id);
    (ground.depths(part.at), Reverse(assignment.when.combinations()), assignment.layer)
}
