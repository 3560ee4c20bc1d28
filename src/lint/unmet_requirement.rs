//! `unmet-requirement`: a person who acts without what its party asks for.

use super::persons::containing;
use super::{Finding, Lint};
use crate::document::PartyKind;
use crate::model::PartyId;

pub(super) static LINT: Lint = Lint {
    name: "unmet-requirement",
    finds: "a person lacking what it, or a party it is in, requires",
    find: |survey| {
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
                        Finding::at(person.about.span, message, &help).related(model.party(party).about.span, "required here"),
                    );
                }
            }
        }
        found
    },
};
