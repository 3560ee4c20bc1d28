//! `condition-gap`: a cell that says something in one combination of the context, and nothing in one beside it.

use super::hits::{Hit, InCells, Needs, Words, alone, say};
use super::look::Part;
use super::{Find, Lint};

pub(super) static LINT: Lint = Lint {
    name: "condition-gap",
    finds: "a cell unassigned in one combination and not in another that differs in one dimension",
    why: "An answer for some hours, priorities or contracts and none for the next is mostly a value that was forgotten, or \
          that was added to the context later. Nobody finds out before the night comes. Name the value, say `[]` where \
          nobody is meant, or write `when` on the task where it does not exist then.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: telephone
context: { hours: [office, evening, night] }
parties: { customer: {}, helpdesk: {}, vendor: {} }
tasks:
  answer-calls:
    title: Answer the telephone
    assign:
      - { when: { hours: office }, A: customer, R: helpdesk }
      - { when: { hours: evening }, A: customer, R: vendor }
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: telephone
context: { hours: [office, evening, night] }
parties: { customer: {}, helpdesk: {}, vendor: {} }
tasks:
  answer-calls:
    title: Answer the telephone
    assign:
      - { when: { hours: office }, A: customer, R: helpdesk }
      - { when: { hours: [evening, night] }, A: customer, R: vendor }
",
    )],
    find: Find::Cells(InCells {
        hits: |ground, look, hits| {
            let says = look.assigned.or(&look.nobody);
            if look.unassigned.is_never() || says.is_never() {
                return;
            }
            let when = look.unassigned.and(&ground.sets.beside(&says));
            if when.is_never() {
                return;
            }
            // Told at the most general of those that speak in a combination beside one of silence.
            let beside = says.and(&ground.sets.beside(&when));
            let parts = look.letters().flat_map(|(_, taking)| taking.parts()).map(|(part, _)| part);
            let depths = |part: &&Part| (ground.depths(part.at), part.id);
            let cause = parts.filter(|part| part.when.meets(&beside)).min_by_key(depths);
            hits.extend(cause.map(|part| Hit { cause: part.id, words: Words::Nothing, when }));
        },
        say: |_, message| say(message, &["the model is silent for"]),
        help: "Say who holds it then, or `[]` if nobody does; or write `when` on the task if it does not exist then.",
        topmost: true,
        beside: alone,
        needs: Needs::Places,
    }),
};
