//! `unresolved-relation`: a `$relation` that stands for nobody at a component.

use super::Lint;
use crate::document::Letter;
use crate::matrix::{TakingPart, clauses, stands_for};
use crate::model::{ComponentId, PartyRef};

pub(super) static LINT: Lint = Lint {
    name: "unresolved-relation",
    finds: "a cell of a component where a deciding setting or an addition has a `$relation` that stands for nobody",
    find: |survey| {
        let model = survey.model();
        survey.findings(
            |cell, case| {
                let component = cell.cell().component;
                let mut hits = Vec::new();
                for letter in Letter::ALL.into_iter().filter(|_| component != ComponentId::SYSTEM) {
                    let TakingPart { deciding, adding } = TakingPart::new(model, letter, &case.applied);
                    for (one, adds) in deciding.iter().map(|one| (one, false)).chain(adding.iter().map(|one| (one, true))) {
                        for party in clauses(model, one.id, letter, adds).flat_map(|clause| &clause.parties) {
                            if let PartyRef::Relation(relation) = party
                                && stands_for(model, *party, component).0.is_empty()
                            {
                                hits.push((one.id, format!("`${}` stands for nobody in", model.relation(*relation))));
                            }
                        }
                    }
                }
                hits.dedup();
                hits
            },
            "Name the relation at the component, at one above it, or for the whole system.",
        )
    },
};
