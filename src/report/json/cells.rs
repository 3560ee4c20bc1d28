//! `cells` as values: one for each cell, a line each.

use jiff::civil::Date;
use serde::Serialize;

use super::parts::{Absent, Alternatives, Map, alternatives, component, party};
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
    #[serde(skip_serializing_if = "Option::is_none")]
    absent: Option<Vec<Absent<'p>>>,
}

impl<'p> Cells<'p> {
    /// The value of a cell; on a day with those of its parties who are away.
    #[must_use]
    pub fn new(policy: &'p Policy, entry: &CellEntry, on: Option<Date>) -> Self {
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
            absent: on.map(|day| Absent::all(policy, &policy.absent_of(case, day))),
        };
        Self {
            task: &model.task(entry.cell.task).about.id,
            component: component(model, entry.cell.component),
            cases: entry.cases.iter().map(case).collect(),
        }
    }
}
