//! `understaffed`: a party with fewer persons than it needs.

use super::persons::persons;
use super::{Find, Finding, Lint};

pub(super) static LINT: Lint = Lint {
    name: "understaffed",
    finds: "a party with persons, and fewer than it needs",
    why: "`staff: { at-least: 2 }` is a promise, often one of a contract or of a law that wants four eyes. A team that \
          lists fewer persons cannot keep it on any day. Persons count once, however often they occur in the party; a \
          party in which no person is declared is described, not staffed, and not reported.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: four-eyes
parties:
  payments-team:
    staff: { at-least: 2 }
    parties:
      ann: { kind: person }
tasks:
  pay: { assign: [{ A/R: payments-team }] }
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: four-eyes
parties:
  payments-team:
    staff: { at-least: 2 }
    parties:
      ann: { kind: person }
      bob: { kind: person }
tasks:
  pay: { assign: [{ A/R: payments-team }] }
",
    )],
    find: Find::Model(|survey| {
        let model = survey.model();
        let mut found = Vec::new();
        for (id, it) in model.parties() {
            let Some(least) = it.staff_at_least else { continue };
            let count = persons(model, id).len();
            // A party of which no person is declared is described, not staffed.
            if count > 0 && count < least as usize {
                let message = format!("`{}` needs {least} persons and has {count}", it.about.id);
                found.push(Finding::at(
                    it.about.span,
                    message,
                    "Name the missing persons under `parties` or `members`, or lower `at-least`.",
                ));
            }
        }
        found
    }),
};
