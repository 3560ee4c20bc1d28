//! `conditional-fallthrough`: every setting at a task carries a condition, and where none holds, a task above decides.
//!
//! A task that exists only under a condition says so itself, with `when`; a condition on its assignments hands the rest
//! to whoever holds the task above.

use super::hits::{Hit, InCells, Needs, Words, deciding, letter_of, say};
use super::look::says;
use super::stands::Stand;
use super::{Find, Lint};
use crate::matrix::Cell;

pub(super) static LINT: Lint = Lint {
    name: "conditional-fallthrough",
    finds: "a task whose settings of a letter all carry a condition, where none of them applies and a task above decides",
    why: "A condition on the assignments of a task does not end the task: where the condition does not hold, whoever holds \
          the task above has it. That is right for a task that always exists. Where it exists under the condition only, as \
          a service that one contract has and the other has not, the condition belongs to the task.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: field-service
context: { contract: [basic, premium] }
parties: { customer: {}, helpdesk: {}, field-engineer: { kind: role } }
tasks:
  support:
    assign: [{ A: customer, R: helpdesk }]
    tasks:
      site-visit:
        title: Visit the site
        assign: [{ when: { contract: premium }, R: field-engineer }]
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: field-service
context: { contract: [basic, premium] }
parties: { customer: {}, helpdesk: {}, field-engineer: { kind: role } }
tasks:
  support:
    assign: [{ A: customer, R: helpdesk }]
    tasks:
      site-visit:
        title: Visit the site
        when: { contract: premium }
        assign: [{ R: field-engineer }]
",
    )],
    find: Find::Cells(InCells {
        hits: |ground, look, hits| {
            let Cell { task, component } = look.cell;
            for (letter, taking) in look.letters() {
                let sets = |stand: &&Stand| says(stand.sets, letter);
                if !says(ground.stands.set_at(task), letter) || ground.sets_always(task, letter) {
                    continue;
                }
                let path = ground.component_path(component).map(|component| Cell { task, component });
                let near: Vec<&Stand> = path.flat_map(|at| ground.at(at)).filter(sets).collect();
                let Some(cause) = near.first().map(|stand| stand.id) else { continue };
                let applies = near.iter().fold(ground.sets.never(), |all, stand| all.or(ground.holds(stand)));
                let when = taking.decided.minus(&applies);
                if !when.is_never() {
                    hits.push(Hit { cause, words: Words::Letter(letter), when });
                }
            }
        },
        say: |told, message| {
            let letter = letter_of(&told.hit);
            say(message, &["where its condition does not hold, a task above decides ", letter, " for"]);
        },
        help: "Write `when` on the task if it exists only then, or add a setting without a condition.",
        topmost: false,
        beside: |told| Some((deciding(told, |part| part.at.task != told.cell.task)?, "decides then")),
        needs: Needs::PlacesOfTask,
    }),
};
