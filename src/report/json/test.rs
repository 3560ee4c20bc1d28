//! `test` as a value: how many passed, the coverage, and every failure with expected beside actual.

use serde::Serialize;

use super::duties::DutyEntry;
use super::parts::{Alternatives, Map, alternatives, component, context, party};
use super::{VERSION, WhyReport};
use crate::document::Letter;
use crate::expectation::{Difference, Report, Side, Suite, TestResult};
use crate::model::Model;

/// What came of running tests.
#[derive(Debug, Serialize)]
pub struct TestReport<'r> {
    version: u32,
    passed: usize,
    failed: usize,
    coverage: CoverageEntry,
    failures: Vec<Failure<'r>>,
}

#[derive(Debug, Serialize)]
struct CoverageEntry {
    assignments: usize,
    covered: usize,
}

#[derive(Debug, Serialize)]
struct Failure<'r> {
    name: &'r str,
    file: &'r str,
    line: u32,
    column: u32,
    model: &'r str,
    differences: Vec<Differs<'r>>,
}

#[derive(Debug, Serialize)]
struct Differs<'r> {
    task: &'r str,
    component: Option<&'r str>,
    letter: Option<&'static str>,
    context: Map<&'r str, &'r str>,
    when: Alternatives<'r>,
    expected: Option<Answered<'r>>,
    actual: Option<Answered<'r>>,
    why: Vec<WhyReport<'r>>,
}

/// One side of a difference: one key says of which kind.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Answered<'r> {
    Parties(Vec<&'r str>),
    Status(&'static str),
    Answer(&'static str),
    Duty(DutyEntry<'r>),
}

impl<'r> TestReport<'r> {
    /// The value of a run.
    #[must_use]
    pub fn new(report: &'r Report) -> Self {
        let coverage = report.coverage();
        let failures = report.suites().iter().flat_map(|suite| {
            let failed = suite.results().iter().filter(|result| !result.passed());
            failed.map(move |result| failure(suite, result))
        });
        Self {
            version: VERSION,
            passed: report.passed(),
            failed: report.failed(),
            failures: failures.collect(),
            coverage: CoverageEntry { assignments: coverage.assignments, covered: coverage.covered },
        }
    }
}

fn failure<'r>(suite: &'r Suite, result: &'r TestResult) -> Failure<'r> {
    let place = suite.place(result.span);
    Failure {
        name: &result.name,
        file: place.file,
        line: place.start.line,
        column: place.start.column,
        model: suite.model(),
        differences: result.differences.iter().map(|each| differs(suite, each)).collect(),
    }
}

fn differs<'r>(suite: &'r Suite, difference: &Difference) -> Differs<'r> {
    let model = suite.policy().model();
    Differs {
        task: &model.task(difference.cell.task).about.id,
        component: component(model, difference.cell.component),
        letter: difference.letter.map(Letter::as_str),
        context: context(model, &difference.context),
        when: alternatives(model, &difference.when),
        expected: difference.expected.as_ref().map(|side| answered(model, side)),
        actual: difference.actual.as_ref().map(|side| answered(model, side)),
        why: suite.why(difference).iter().map(WhyReport::new).collect(),
    }
}

fn answered<'r>(model: &'r Model, side: &Side) -> Answered<'r> {
    match side {
        Side::Parties(parties) => Answered::Parties(parties.iter().map(|id| party(model, *id)).collect()),
        Side::Status(status) => Answered::Status(status.as_str()),
        Side::Holds(_, verdict) => Answered::Answer(verdict.as_str()),
        Side::Duty(_, duty) => Answered::Duty(DutyEntry::new(model, duty)),
    }
}
