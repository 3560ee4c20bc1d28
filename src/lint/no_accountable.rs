//! `no-accountable`: work that nobody answers for.

use super::survey::lacks;
use super::{Find, Lint};
use crate::document::Letter;

pub(super) static LINT: Lint = Lint {
    name: "no-accountable",
    finds: "an assigned cell in which A has no party",
    why: "Where nobody answers for the work, nobody has to notice that it goes wrong. RACI asks for one accountable party \
          for each task: Wikipedia's article on responsibility assignment matrices and ITIL v3 both have it as a rule. \
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
    find: Find::Cells(|survey| {
        survey.findings(
            |cell, case| {
                let cause = lacks(survey.model(), cell, case, Letter::Accountable)
                    .then(|| case.causes(Letter::Accountable).next())
                    .flatten();
                cause.map(|cause| (cause, "nobody is accountable for".to_owned())).into_iter().collect()
            },
            "Say who answers for it, `A: PARTY`, or `A: []` where nobody does on purpose.",
        )
    }),
};
