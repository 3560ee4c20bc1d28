//! `unmet-requirement`: a person who acts without what its party asks for.

use super::persons::containing;
use super::{Find, Finding, Lint};
use crate::document::PartyKind;
use crate::model::PartyId;

pub(super) static LINT: Lint = Lint {
    name: "unmet-requirement",
    finds: "a person lacking what it, or a party it is in, requires",
    why: "What a party requires of its persons (a screening, a certificate, a signed agreement) is there because a law or \
          a contract wants it before they act. One person without it is enough to break the promise, and a list of letters \
          does not show it.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: patient-records
requirements:
  screened: { title: Screened for work with personal data, because: GDPR }
parties:
  records-team:
    requires: screened
    parties:
      ann: { kind: person, satisfies: screened }
      bob: { kind: person }
tasks:
  correct-record: { assign: [{ A/R: records-team }] }
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: patient-records
requirements:
  screened: { title: Screened for work with personal data, because: GDPR }
parties:
  records-team:
    requires: screened
    parties:
      ann: { kind: person, satisfies: screened }
      bob: { kind: person, satisfies: screened }
tasks:
  correct-record: { assign: [{ A/R: records-team }] }
",
    )],
    find: Find::Model(|survey| {
        let model = survey.model();
        let mut found = Vec::new();
        for (id, person) in model.parties().filter(|(_, it)| it.kind == Some(PartyKind::Person)) {
            let mut parties: Vec<PartyId> = std::iter::once(id).chain(containing(model, id)).collect();
            parties.sort_unstable();
            let mut told = Vec::new();
            for party in parties {
                for requirement in &model.party(party).requires {
                    if person.satisfies.contains(requirement) || told.contains(requirement) {
                        continue;
                    }
                    told.push(*requirement);
                    let required = &model.requirement(*requirement).about.id;
                    let message = format!(
                        "`{}` does not satisfy `{required}`, which `{}` requires",
                        person.about.id,
                        model.party(party).about.id
                    );
                    let help = format!("Write `satisfies: {required}` once it does.");
                    found.push(
                        Finding::at(person.about.span, message, help).related(model.party(party).about.span, "required here"),
                    );
                }
            }
        }
        found
    }),
};
