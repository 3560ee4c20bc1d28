//! `shadowed-assignment`: an assignment that no answer depends on.

use super::{Find, Finding, Lint};
use crate::model::{AssignmentId, Handle};

pub(super) static LINT: Lint = Lint {
    name: "shadowed-assignment",
    finds: "an assignment that takes part in no letter of any cell",
    why: "An assignment that decides nowhere and adds nowhere has no effect, and looks as if it had. Mostly it is a \
          default that every task overrides, or one that was narrowed until nothing was left of it. The next author may \
          change it and wonder why nothing happens.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: hosting
parties: { customer: {}, vendor: {}, database-team: {} }
assignments:
  - { A: vendor }
tasks:
  patch:
    assign: [{ A: customer, R: vendor }]
  backup:
    assign: [{ A: customer, R: database-team }]
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: hosting
parties: { customer: {}, vendor: {}, database-team: {} }
assignments:
  - { A: customer }
tasks:
  patch:
    assign: [{ R: vendor }]
  backup:
    assign: [{ R: database-team }]
",
    )],
    find: Find::Survey(|survey| {
        let took_part = |id: AssignmentId| survey.seen.took_part.get(id.place()).copied().unwrap_or(true);
        let shadowed = survey.model().assignments().filter(|(id, _)| !took_part(*id));
        let help = "Take it out, or make it more specific than those that decide where it stands; `rasci why` shows them.";
        let message = "takes part in no answer: others decide wherever it stands";
        shadowed.map(|(_, it)| Finding::at(it.span, format!("this assignment {message}"), help)).collect()
    }),
};
