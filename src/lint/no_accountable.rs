//! `no-accountable`: work that nobody answers for.

use super::Lint;
use super::survey::lacks;
use crate::document::Letter;

pub(super) static LINT: Lint = Lint {
    name: "no-accountable",
    finds: "an assigned cell in which A has no party",
    find: |survey| {
        survey.findings(
            |cell, case| {
                let cause = lacks(survey.model(), cell, case, Letter::Accountable)
                    .then(|| case.causes(Letter::Accountable).next())
                    .flatten();
                cause.map(|cause| (cause, "nobody is accountable for".to_owned())).into_iter().collect()
            },
            "Say who answers for it, `A: PARTY`, or `A: []` where nobody does on purpose.",
        )
    },
};
