//! `many-accountable`: work that several answer for, so that in the end nobody does.

use super::Lint;
use crate::document::Letter;

pub(super) static LINT: Lint = Lint {
    name: "many-accountable",
    finds: "an assigned cell with two or more parties in A",
    find: |survey| {
        let model = survey.policy.model();
        survey.findings(
            |case| (case.outcome(Letter::Accountable).holdings().len() > 1).then(|| case.causes(Letter::Accountable).max())?,
            |case, place| {
                let ids = case.outcome(Letter::Accountable).parties().map(|party| format!("`{}`", model.party(party).about.id));
                format!("{} are accountable for {place}", ids.collect::<Vec<_>>().join(" and "))
            },
            "Choose the one that answers for it; the others may be `R`, `S` or `C`.",
        )
    },
};
