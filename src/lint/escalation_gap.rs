//! `escalation-gap`: a case is handed to a party that has nothing to do with anything.

use std::collections::HashSet;

use super::persons::containing;
use super::{Find, Finding, Lint};
use crate::model::PartyId;

pub(super) static LINT: Lint = Lint {
    name: "escalation-gap",
    finds: "a step of an escalation that holds no letter anywhere, in any way",
    why: "An escalation hands a case to someone who can do more. A party that holds no letter anywhere (not as a part or a \
          member of one that does, nor through one of its own) is not expected to do anything, and may not even know of \
          the service.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: incidents
parties: { helpdesk: {}, vendor: {}, crisis-board: {} }
tasks:
  incident:
    title: Handle an incident
    assign: [{ A/R: helpdesk, S: vendor }]
escalation:
  support: [helpdesk, vendor, crisis-board]
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: incidents
parties: { helpdesk: {}, vendor: {}, crisis-board: {} }
tasks:
  incident:
    title: Handle an incident
    assign: [{ A/R: helpdesk, S: vendor, I: crisis-board }]
escalation:
  support: [helpdesk, vendor, crisis-board]
",
    )],
    find: Find::Survey(|survey| {
        let model = survey.model();
        let named: HashSet<PartyId> = model.parties().map(|(id, _)| id).filter(|id| survey.seen.is_named(*id)).collect();
        // Named itself, in a party that is, or with a party in it that is.
        let with_parts: HashSet<PartyId> = named.iter().flat_map(|party| containing(model, *party)).collect();
        let holds = |party: PartyId| {
            named.contains(&party)
                || with_parts.contains(&party)
                || containing(model, party).iter().any(|above| named.contains(above))
        };
        let mut found = Vec::new();
        for escalation in model.escalations() {
            for party in escalation.steps.iter().filter(|party| !holds(**party)) {
                let id = &model.party(*party).about.id;
                let message = format!("escalation `{}` hands over to `{id}`, which holds no letter anywhere", escalation.id);
                found.push(Finding::at(escalation.span, message, "Assign it what it does, or take it out of the escalation."));
            }
        }
        found
    }),
};
