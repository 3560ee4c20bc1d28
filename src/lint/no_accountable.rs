//! `no-accountable`: work that nobody answers for.

use super::hits::{InCells, Needs, alone, say};
use super::no_responsible::lacks;
use super::{Find, Lint};
use crate::document::Letter;

pub(super) static LINT: Lint = Lint {
    name: "no-accountable",
    finds: "an assigned cell in which A has no party",
    why: "Where nobody answers for the work, nobody has to notice that it goes wrong. RACI asks for one accountable party \
          for each task: Wikipedia's article on responsibility assignment matrices and ITIL v3 both have it as a rule. \
          \"Understanding who is accountable and responsible for particular processes and practices is key to maintaining \
          an effective governance system\", writes ISACA of the RACI charts of COBIT 2019 (COBIT Tool Kit Enhancements, 2020). \
          Where one responsible party is also the accountable one, write `A/R`, or the convention \
          `responsible-is-accountable: true`.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: on-call
parties:
  operations: { title: Operations, kind: team }
  vendor: { title: Vendor of the phone system, kind: organization }
tasks:
  incident:
    title: Handle an incident
    assign:
      - { R: operations, S: vendor }
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: on-call
parties:
  operations: { title: Operations, kind: team }
  vendor: { title: Vendor of the phone system, kind: organization }
tasks:
  incident:
    title: Handle an incident
    assign:
      - { A/R: operations, S: vendor }
",
    )],
    find: Find::Cells(InCells {
        hits: |ground, look, hits| lacks(ground, look, Letter::Accountable, hits),
        say: |_, message| say(message, &["nobody is accountable for"]),
        help: "Say who answers for it, `A: PARTY`, or `A: []` where nobody does on purpose.",
        topmost: true,
        beside: alone,
        needs: Needs::Places,
    }),
};
