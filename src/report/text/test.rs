//! Test results as lines: each failure with expected beside actual and why the answer came out, then the coverage.

use std::fmt::{self, Write};

use super::blocks::block_words;
use crate::document::Letter;
use crate::expectation::{Coverage, Difference, Report, Side, Suite, TestResult};
use crate::model::{Context, Model, When};
use crate::query::{Duty, How};
use crate::words::{cell_words, when_words};

/// Every failure, in the order of the files.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for suite in self.suites() {
            for result in suite.results().iter().filter(|result| !result.passed()) {
                writeln!(f, "{}", Failure { suite, result })?;
            }
        }
        write!(f, "{} passed, {} failed; {}", self.passed(), self.failed(), self.coverage())
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { assignments, covered, .. } = self;
        // Cut off, not rounded: only what is complete reads as 100.
        let percent = (covered * 100).checked_div(*assignments).unwrap_or(100);
        write!(f, "{covered} of {assignments} assignments covered ({percent} %)")
    }
}

/// What the command prints: failures, the assignments that no test covers, and the sum.
#[must_use]
pub fn test_text(report: &Report) -> String {
    let coverage = report.coverage();
    let mut text = format!("{report}\n");
    if !coverage.uncovered.is_empty() {
        text.push_str("\nNo test's answer depends on\n");
    }
    for uncovered in &coverage.uncovered {
        let _ = writeln!(text, "  {}:{}:{}  {}", uncovered.file, uncovered.line, uncovered.column, uncovered.what);
    }
    text
}

/// What is expected beside what is answered, in three lines.
#[must_use]
pub fn difference_text(suite: &Suite, difference: &Difference) -> String {
    let model = suite.policy().model();
    let Difference { cell, letter, context, when, expected, actual } = difference;
    let side = |side: &Option<Side>| side.as_ref().map_or("no such duty".to_owned(), |side| side_words(model, side));
    let letter = letter.map_or("status", Letter::as_str);
    let when = asked_words(model, context, when);
    format!("{letter} of {}{when}\n  expected  {}\n  actual    {}", cell_words(model, *cell), side(expected), side(actual))
}

/// A test that failed.
pub(in crate::report) struct Failure<'r> {
    pub(in crate::report) suite: &'r Suite,
    pub(in crate::report) result: &'r TestResult,
}

impl fmt::Display for Failure<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.suite.place(self.result.span);
        writeln!(f, "FAILED {}", self.result.name)?;
        writeln!(f, "  at {}:{}:{}", place.file, place.start.line, place.start.column)?;
        for difference in &self.result.differences {
            writeln!(f, "\n{}", indented(&self.difference(difference)))?;
        }
        Ok(())
    }
}

impl Failure<'_> {
    fn difference(&self, difference: &Difference) -> String {
        let mut text = difference_text(self.suite, difference);
        for why in self.suite.why(difference) {
            let _ = write!(text, "\n\n{}", indented(&why.to_string()));
        }
        text
    }
}

/// The values asked with, and of the rest those with which the answer differs.
pub(in crate::report) fn asked_words(model: &Model, context: &Context, when: &When) -> String {
    let fixed: Vec<_> = context.iter().map(|(dimension, value)| (dimension, vec![value])).collect();
    let joined = |rest: &[(_, Vec<usize>)]| fixed.iter().chain(rest).cloned().collect::<Vec<_>>();
    let all: When = if when.is_empty() { vec![joined(&[])] } else { when.iter().map(|rest| joined(rest)).collect() };
    let all: When = all.into_iter().filter(|alternative| !alternative.is_empty()).collect();
    when_words(model, &all)
}

fn side_words(model: &Model, side: &Side) -> String {
    let party = |id| format!("`{}`", model.party(id).about.id);
    match side {
        Side::Parties(parties) if parties.is_empty() => "nobody".to_owned(),
        Side::Parties(parties) => parties.iter().map(|id| party(*id)).collect::<Vec<_>>().join(", "),
        Side::Status(status) => status.as_str().to_owned(),
        Side::Holds(id, verdict) => format!("{}: {}", party(*id), verdict.as_str()),
        Side::Duty(id, duty) => format!("{}: {}", party(*id), duty_words(model, duty)),
    }
}

/// "R of `restore` with all below, at `sbc` alone, as-member through `customer`, when priority is P1".
fn duty_words(model: &Model, duty: &Duty) -> String {
    let how = if duty.how == How::Named { String::new() } else { format!(", {}", duty.how.as_str()) };
    let through = duty.through.map(|id| format!(" through `{}`", model.party(id).about.id)).unwrap_or_default();
    let (letter, block) = (duty.letter.as_str(), block_words(model, duty.block));
    format!("{letter} of {block}{how}{through}{}", when_words(model, &duty.when))
}

fn indented(text: &str) -> String {
    let line = |line: &str| if line.is_empty() { String::new() } else { format!("  {line}") };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}
