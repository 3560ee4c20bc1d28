//! `no-responsible`: work that nobody does.

use super::Lint;
use crate::document::Letter;

pub(super) static LINT: Lint = Lint {
    name: "no-responsible",
    finds: "an assigned cell in which R has no party",
    find: |survey| {
        survey.findings(
            |case| case.lacks(Letter::Responsible).then(|| case.causes(Letter::Responsible).next())?,
            |_, place| format!("nobody is responsible for {place}"),
            "Say who does the work, `R: PARTY`, or `R: []` where nobody does on purpose.",
        )
    },
};
