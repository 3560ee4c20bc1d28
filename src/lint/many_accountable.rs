//! `many-accountable`: work that several answer for, so that in the end nobody does.

use super::Lint;
use super::survey::names;
use crate::document::Letter;

pub(super) static LINT: Lint = Lint {
    name: "many-accountable",
    finds: "an assigned cell with two or more parties in A",
    find: |survey| {
        survey.findings(
            |_, case| {
                let accountable = case.outcome(Letter::Accountable).holdings();
                let last = (accountable.len() > 1)
                    .then(|| accountable.iter().flat_map(|holding| &holding.because).map(|because| because.assignment).max());
                let ids = accountable.iter().map(|holding| holding.party);
                last.flatten()
                    .map(|last| (last, format!("{} are accountable for", names(survey.model(), ids))))
                    .into_iter()
                    .collect()
            },
            "Choose the one that answers for it; the others may be `R`, `S` or `C`.",
        )
    },
};
