//! `unexplained-suppression`: a comment that suppresses without a reason.

use super::suppression::Suppression;
use super::{Find, Finding, Lint};
use crate::yaml::shortened;

pub(super) static LINT: Lint = Lint {
    name: "unexplained-suppression",
    finds: "a suppression without a reason",
    why: "Who reads a suppression years later must know whether it still holds, and only its reason tells. It suppresses \
          without one too, and is reported in place of what it suppresses.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: changes
parties: { service-owner: {}, operations: {}, security: {} }
tasks:
  change:
    title: Carry out a change
    assign:
      # rasci: allow(many-accountable)
      - { A: [service-owner, security], R: operations }
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: changes
parties: { service-owner: {}, operations: {}, security: {} }
tasks:
  change:
    title: Carry out a change
    assign:
      # rasci: allow(many-accountable) because both answer for it until the merger
      - { A: [service-owner, security], R: operations }
",
    )],
    find: Find::Suppressions(|suppressions| {
        let bare = suppressions.all.iter().filter(|it| it.reason.is_none() && !it.lints.is_empty());
        let find = |it: &Suppression| match &it.because {
            Some(reason) => {
                let message = "a suppression whose reason does not stand right behind its bracket";
                Finding::at(it.span, message, format!("Write `{}` right behind the bracket.", shortened(reason)))
            }
            None => Finding::at(it.span, "a suppression without a reason", "Write `because` and the reason after it."),
        };
        bare.map(find).collect()
    }),
};
