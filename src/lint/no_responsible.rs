//! `no-responsible`: work that nobody does.

use super::survey::lacks;
use super::{Find, Lint};
use crate::document::Letter;

pub(super) static LINT: Lint = Lint {
    name: "no-responsible",
    finds: "an assigned cell in which R has no party",
    why: "Work that nobody does is not done, and each of those who are asked, told or answerable may think that another \
          does it. \"There is at least one role with a participation type of responsible\" for a task, says Wikipedia's \
          article on responsibility assignment matrices, and ITIL v3 asks for at least one R in each row. Where whoever is \
          accountable also does the work unless another is named, as that article allows, write the convention \
          `accountable-is-responsible: true`.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: backups
parties:
  customer: { kind: organization }
  operator: { title: Hosting operator, kind: organization }
tasks:
  restore-test:
    title: Restore a backup, to see that it works
    assign:
      - { A: customer, C: operator }
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: backups
parties:
  customer: { kind: organization }
  operator: { title: Hosting operator, kind: organization }
tasks:
  restore-test:
    title: Restore a backup, to see that it works
    assign:
      - { A: customer, R: operator }
",
    )],
    find: Find::Cells(|survey| {
        survey.findings(
            |cell, case| {
                let cause = lacks(survey.model(), cell, case, Letter::Responsible)
                    .then(|| case.causes(Letter::Responsible).next())
                    .flatten();
                cause.map(|cause| (cause, "nobody is responsible for".to_owned())).into_iter().collect()
            },
            "Say who does the work, `R: PARTY`, or `R: []` where nobody does on purpose.",
        )
    }),
};
