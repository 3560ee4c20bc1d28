//! `many-accountable`: work that several answer for, so that in the end nobody does.

use super::survey::names;
use super::{Find, Lint};
use crate::document::Letter;

pub(super) static LINT: Lint = Lint {
    name: "many-accountable",
    finds: "an assigned cell with two or more parties in A",
    why: "What several answer for, each may leave to the others. \"There must be only one accountable specified for each \
          task or deliverable\", says Wikipedia's article on responsibility assignment matrices; in ITIL v3 only one A \
          stands in a row. Often two assignments of the same scope act together where one was meant to be narrower.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: phone-system
parties: { customer: {}, helpdesk: {}, vendor: {} }
components:
  back-end: { title: Back-end run by the vendor }
tasks:
  restore:
    title: Restore the service
    assign:
      - { A: customer, R: helpdesk }
      - { A: vendor }
      - { component: back-end, R: vendor }
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: phone-system
parties: { customer: {}, helpdesk: {}, vendor: {} }
components:
  back-end: { title: Back-end run by the vendor }
tasks:
  restore:
    title: Restore the service
    assign:
      - { A: customer, R: helpdesk }
      - { component: back-end, A/R: vendor }
",
    )],
    find: Find::Cells(|survey| {
        survey.findings(
            |_, case| {
                let accountable = case.outcome(Letter::Accountable).holdings();
                let last = (accountable.len() > 1)
                    .then(|| accountable.iter().flat_map(|holding| &holding.because).map(|because| because.assignment).max());
                let ids = accountable.iter().map(|holding| holding.party);
                last.flatten()
                    .map(|last| (last, format!("{} are accountable for", names(survey.model(), ids))))
                    .into_iter()
                    .collect()
            },
            "Choose the one that answers for it; the others may be `R`, `S` or `C`.",
        )
    }),
};
