//! `no-accountable`: work that nobody answers for.

use super::Lint;
use crate::document::Letter;

pub(super) static LINT: Lint = Lint {
    name: "no-accountable",
    finds: "an assigned cell in which A has no party",
    find: |survey| {
        survey.findings(
            |case| case.lacks(Letter::Accountable).then(|| case.causes(Letter::Accountable).next())?,
            |_, place| format!("nobody is accountable for {place}"),
            "Say who answers for it, `A: PARTY`, or `A: []` where nobody does on purpose.",
        )
    },
};
