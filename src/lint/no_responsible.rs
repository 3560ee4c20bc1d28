//! `no-responsible`: work that nobody does.

use super::Lint;
use super::survey::lacks;
use crate::document::Letter;

pub(super) static LINT: Lint = Lint {
    name: "no-responsible",
    finds: "an assigned cell in which R has no party",
    find: |survey| {
        survey.findings(
            |cell, case| {
                let cause = lacks(survey.model(), cell, case, Letter::Responsible)
                    .then(|| case.causes(Letter::Responsible).next())
                    .flatten();
                cause.map(|cause| (cause, "nobody is responsible for".to_owned())).into_iter().collect()
            },
            "Say who does the work, `R: PARTY`, or `R: []` where nobody does on purpose.",
        )
    },
};
