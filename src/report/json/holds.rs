//! `holds` as a value.

use serde::Serialize;

use super::VERSION;
use super::parts::{Alternatives, alternatives, party};
use crate::policy::Policy;
use crate::query::{Holds, How};

/// The answer to `holds`.
#[derive(Debug, Serialize)]
pub struct HoldsReport<'p> {
    version: u32,
    answer: &'static str,
    cases: Vec<Case<'p>>,
}

#[derive(Debug, Serialize)]
struct Case<'p> {
    when: Alternatives<'p>,
    how: Option<&'static str>,
    through: Vec<&'p str>,
}

impl<'p> HoldsReport<'p> {
    /// The value of an answer.
    #[must_use]
    pub fn new(policy: &'p Policy, holds: &Holds) -> Self {
        let model = policy.model();
        let case = |case: &crate::query::HeldCase| Case {
            when: alternatives(model, &case.when),
            how: case.how.map(How::as_str),
            through: case.through.iter().map(|id| party(model, *id)).collect(),
        };
        Self { version: VERSION, answer: holds.verdict().as_str(), cases: holds.cases.iter().map(case).collect() }
    }
}
