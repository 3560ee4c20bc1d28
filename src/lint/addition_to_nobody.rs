//! `addition-to-nobody`: a party is added where a more specific setting says that nobody holds the letter.

use super::{Find, Lint};
use crate::document::Letter;
use crate::matrix::{Applying, TakingPart, clauses};

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
    find: Find::Cells(|survey| {
        let model = survey.model();
        survey.findings(
            |_, case| {
                let mut hits = Vec::new();
                for letter in Letter::ALL {
                    let TakingPart { deciding, adding } = TakingPart::new(model, letter, &case.applied);
                    let nobody = |one: &Applying| clauses(model, one.id, letter, false).all(|clause| clause.parties.is_empty());
                    let Some(highest) = deciding.first().filter(|_| deciding.iter().all(nobody)) else { continue };
                    let outranked = adding.iter().filter(|one| one.rank() < highest.rank());
                    hits.extend(
                        outranked.map(|one| (one.id, format!("{}+ adds to nobody, said on purpose, for", letter.as_str()))),
                    );
                }
                hits
            },
            "Take the addition out where nobody is meant, or the `[]` where somebody is.",
        )
    }),
};
