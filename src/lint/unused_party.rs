//! `unused-party`: a party that nothing in the model names.

use std::collections::HashSet;

use super::{Find, Finding, Lint};
use crate::model::{Handle, Model, PartyId, PartyRef};

pub(super) static LINT: Lint = Lint {
    name: "unused-party",
    finds: "a party such that neither it nor one containing it or inside it is named",
    why: "A party that nothing names has nothing to do: its work was forgotten, or it left and its entry stayed. A party \
          counts as named where one that contains it is, or one inside it, so the people of a team that is named are not \
          reported. \"Who is never involved\" is among the questions that RAL, a language for assigning people to the \
          activities of a process, was made to answer (Cabanillas, Resinas, Ruiz-Cortés and Mendling, Methodology to Extend \
          RAL).",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: payments
parties: { finance: {}, operations: {}, auditor: { kind: organization } }
tasks:
  pay:
    title: Release a payment
    assign: [{ A: finance, R: operations }]
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: payments
parties: { finance: {}, operations: {}, auditor: { kind: organization } }
tasks:
  pay:
    title: Release a payment
    assign: [{ A: finance, R: operations, I: auditor }]
",
    )],
    find: Find::Model(|survey| {
        let model = survey.model();
        let named = named(model);
        let up =
            |party: PartyId| model.party(party).parent.iter().chain(&model.party(party).member_of).copied().collect::<Vec<_>>();
        let down =
            |party: PartyId| model.party(party).parts.iter().chain(&model.party(party).members).copied().collect::<Vec<_>>();
        let mut used: HashSet<PartyId> = reached(&named, up);
        used.extend(reached(&named, down));
        // Told once, at the topmost.
        let topmost = |party: PartyId| !used.contains(&party) && up(party).iter().all(|above| used.contains(above));
        let found = model.parties().filter(|(id, _)| topmost(*id));
        let help = "Name it where it acts, or take it out.";
        found.map(|(_, it)| Finding::at(it.about.span, format!("nothing names party `{}`", it.about.id), help)).collect()
    }),
};

/// Every party that an assignment, a relation, an escalation, a deputy or a `towards` names.
fn named(model: &Model) -> HashSet<PartyId> {
    let clauses = model.assignments().flat_map(|(_, it)| it.clauses.iter()).flat_map(|clause| clause.parties.iter());
    let by_clauses = clauses.filter_map(|party| match party {
        PartyRef::Party(party) => Some(party),
        PartyRef::Relation(_) => None,
    });
    let towards = model.assignments().flat_map(|(_, it)| it.towards.iter().copied());
    let relations =
        model.components.iter().flat_map(|(_, it)| &it.relations).flat_map(|relation| relation.parties.iter().copied());
    let escalations = model.escalations().iter().flat_map(|it| it.steps.iter().copied());
    let deputies = model.parties().flat_map(|(_, it)| &it.absences).filter_map(|absence| absence.deputy);
    // Most are named over and over.
    let mut in_clauses = vec![false; model.parties.len()];
    by_clauses.for_each(|party| in_clauses.get_mut(party.place()).into_iter().for_each(|named| *named = true));
    let by_clauses = model.parties().map(|(id, _)| id).filter(|id| in_clauses.get(id.place()).copied().unwrap_or(false));
    by_clauses.chain(towards).chain(relations).chain(escalations).chain(deputies).collect()
}

/// The parties given, and all that are reached from them.
fn reached(from: &HashSet<PartyId>, next: impl Fn(PartyId) -> Vec<PartyId>) -> HashSet<PartyId> {
    let mut all = from.clone();
    let mut open: Vec<PartyId> = from.iter().copied().collect();
    while let Some(party) = open.pop() {
        open.extend(next(party).into_iter().filter(|party| all.insert(*party)));
    }
    all
}
