//! Which assignments no test's answer depends on.
//!
//! An assignment is covered where it decides or adds in a letter that some test asks about, in some combination that it
//! asks about. What several models build on is one assignment, covered by the tests of any of them.

use std::collections::BTreeMap;

use super::suite::Suite;
use crate::matrix::Cell;
use crate::model::{Assignment, Model};
use crate::words::cell_words;

/// How many assignments there are, how many are covered, and where the others stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// All assignments of the models that were tested.
    pub assignments: usize,
    /// Those on which the answer of some test depends.
    pub covered: usize,
    /// The others, by file and place.
    pub uncovered: Vec<Uncovered>,
}

/// An assignment on which no test's answer depends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncovered {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
    /// The letters it speaks of and the first cell it stands at: "A/R of `restore` at `sbc`".
    pub what: String,
}

impl Coverage {
    pub(super) fn of<'s>(suites: impl IntoIterator<Item = &'s Suite>) -> Self {
        let mut places: BTreeMap<(String, u32, u32), (String, bool)> = BTreeMap::new();
        for suite in suites {
            for (id, assignment) in suite.policy.model().assignments() {
                let place = suite.policy.place(assignment.span);
                let place = (place.file.to_owned(), place.start.line, place.start.column);
                let entry = places.entry(place).or_insert_with(|| (what(suite.policy.model(), &assignment), false));
                entry.1 |= suite.covered.contains(&id);
            }
        }
        let assignments = places.len();
        let uncovered: Vec<Uncovered> = places
            .into_iter()
            .filter(|(_, (_, covered))| !covered)
            .map(|((file, line, column), (what, _))| Uncovered { file, line, column, what })
            .collect();
        Self { assignments, covered: assignments - uncovered.len(), uncovered }
    }

    /// The covered ones in percent of all; 100 where there is none to cover.
    #[must_use]
    pub fn percent(&self) -> f64 {
        let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
        if self.assignments == 0 { 100.0 } else { 100.0 * count(self.covered) / count(self.assignments) }
    }
}

fn what(model: &Model, assignment: &Assignment<'_>) -> String {
    let mut letters: Vec<_> = assignment.clauses.iter().flat_map(|clause| clause.letters.iter()).collect();
    letters.sort_unstable();
    letters.dedup();
    let letters = letters.into_iter().map(crate::document::Letter::as_str).collect::<Vec<_>>().join("/");
    let cell = assignment.tasks.first().zip(assignment.components.first());
    let cell = cell.map(|(task, component)| cell_words(model, Cell { task: *task, component: *component }));
    format!("{letters} of {}", cell.unwrap_or_default().replace("``", "every task"))
}
