//! `accountable-and-informed`: who answers for the work is only told of it.

use super::Lint;
use super::survey::both;
use crate::document::Letter;

pub(super) static LINT: Lint = Lint {
    name: "accountable-and-informed",
    finds: "a party named in A and I of one cell",
    find: |survey| {
        survey.findings(
            |_, case| both(survey.model(), case, Letter::Accountable, Letter::Informed),
            "Who answers for the work knows of it: take the party out of `I`, or out of `A`.",
        )
    },
};
