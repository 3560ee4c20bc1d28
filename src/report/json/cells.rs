//! `cells` as values: one for each cell, a line each.

use serde::Serialize;

use super::parts::{Alternatives, Map, alternatives, component, party};
use crate::document::Letter;
use crate::policy::Policy;
use crate::query::{CellCase, CellEntry};

/// One cell.
#[derive(Debug, Serialize)]
pub struct Cells<'p> {
    task: &'p str,
    component: Option<&'p str>,
    cases: Vec<Case<'p>>,
}

#[derive(Debug, Serialize)]
struct Case<'p> {
    when: Alternatives<'p>,
    status: &'static str,
    letters: Map<&'static str, Vec<&'p str>>,
    nobody: Vec<&'static str>,
}

impl<'p> Cells<'p> {
    /// The value of a cell.
    #[must_use]
    pub fn new(policy: &'p Policy, entry: &CellEntry) -> Self {
        let model = policy.model();
        let case = |case: &CellCase| Case {
            when: alternatives(model, &case.when),
            status: case.status.as_str(),
            letters: Map(case
                .letters
                .iter()
                .map(|(letter, parties)| (letter.as_str(), parties.iter().map(|id| party(model, *id)).collect()))
                .collect()),
            nobody: case.nobody.iter().copied().map(Letter::as_str).collect(),
        };
        Self {
            task: &model.task(entry.cell.task).about.id,
            component: component(model, entry.cell.component),
            cases: entry.cases.iter().map(case).collect(),
        }
    }
}
