//! Stage 8: policy tests. A test file beside a model says what its answers must be; [`run`] asks and compares.
//!
//! `find` looks for test files, `written` reads one as it stands, `meant` finds its names in the model, `run` and
//! `duties` ask and compare, `coverage` tells which assignments no test's answer depends on. Results are values; nothing
//! here prints, and how a report reads is said further down.
//!
//! In a test of your own project, one line runs all of them:
//!
//! ```
//! # /*
//! #[test]
//! # */
//! fn the_policies_hold() -> Result<(), rasci::expectation::NotPassed> {
//!     rasci::expectation::pass("policies/anywherenow")
//! }
//! # the_policies_hold().unwrap();
//! ```

mod coverage;
mod duties;
mod find;
mod meant;
mod pass;
mod run;
mod suite;
mod written;

use std::fmt;
use std::path::Path;

pub use coverage::{Coverage, Uncovered};
pub use pass::{NotPassed, pass};
pub use suite::{Difference, Side, Suite, TestResult};

use crate::diagnostic::{Diagnostic, Diagnostics, ErrorKind};
use crate::error::LoadError;
use crate::source::{Disk, Files, Sources};

/// What came of running tests. Its `Display` shows every failure, expected beside actual, and why the answer came out.
#[derive(Debug)]
#[must_use = "tests that fail are no error here: ask whether the report `is_passed`, or call `pass`"]
pub struct Report {
    suites: Vec<Suite>,
}

/// Why tests could not be run: the errors of test files and of the models they name.
#[derive(Debug)]
pub struct Unrunnable {
    errors: Vec<LoadError>,
}

/// Runs the test file at a path, or every `*.test.yaml` in the directory and below.
///
/// ```
/// let report = rasci::expectation::run("policies/mydre")?;
/// assert!(report.is_passed(), "{report}");
/// assert!(report.coverage().percent() > 90.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where there is no test, or a test file or its model has mistakes: all of them, each with its place.
pub fn run(path: impl AsRef<Path>) -> Result<Report, Unrunnable> {
    run_all([path], None)
}

/// Runs the tests at several paths. A test file names its model within the directory tree of `root`; of the test file
/// where none is given.
///
/// # Errors
/// Where a path has no test, or a test file or its model has mistakes: all of them, each with its place.
pub fn run_all<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>, root: Option<&Path>) -> Result<Report, Unrunnable> {
    let mut files = Vec::new();
    let mut errors = Vec::new();
    for path in paths {
        let path = path.as_ref();
        match find::test_files(path) {
            Ok(found) if found.is_empty() => errors.push(missing(format!("there is no test in `{}`", path.display()))),
            Ok(found) => files.extend(found),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                errors.push(missing(format!("cannot read `{}`: there is no such file", path.display())));
            }
            Err(error) => errors.push(missing(format!("cannot read `{}`: {error}", path.display()))),
        }
    }
    let mut seen = std::collections::HashSet::new();
    files.retain(|file| seen.insert(file.clone()));
    let run = |file: std::path::PathBuf| {
        let disk = root.map_or_else(|| Disk::beside(&file), Disk::under);
        Suite::run(&disk, &file.to_string_lossy(), root)
    };
    collect(errors, files.into_iter().map(run))
}

/// Runs test files of these names from a caller's own files.
///
/// ```
/// use rasci::source::Memory;
///
/// let files: Memory = [
///     ("model.yaml", "rasci: 1\nid: m\nparties: { ann: {} }\ntasks: { work: { assign: [{ A/R: ann }] } }\n"),
///     ("model.test.yaml", "rasci-test: 1\nmodel: model.yaml\ntests: [{ name: ann works, task: work, expect: { R: ann } }]\n"),
/// ]
/// .into_iter()
/// .collect();
/// let report = rasci::expectation::run_from(&files, &["model.test.yaml"])?;
/// assert_eq!((report.passed(), report.failed()), (1, 0));
/// # Ok::<(), rasci::expectation::Unrunnable>(())
/// ```
///
/// # Errors
/// Where a test file or its model has mistakes: all of them, each with its place.
pub fn run_from(files: &dyn Files, tests: &[&str]) -> Result<Report, Unrunnable> {
    collect(Vec::new(), tests.iter().map(|test| Suite::run(files, test, None)))
}

fn collect(mut errors: Vec<LoadError>, runs: impl Iterator<Item = Result<Suite, Vec<LoadError>>>) -> Result<Report, Unrunnable> {
    let mut suites = Vec::new();
    for run in runs {
        match run {
            Ok(suite) => suites.push(suite),
            Err(more) => errors.extend(more),
        }
    }
    if errors.is_empty() { Ok(Report { suites }) } else { Err(Unrunnable { errors }) }
}

fn missing(message: String) -> LoadError {
    let mut sink = Diagnostics::default();
    sink.push(Diagnostic::error(ErrorKind::MissingFile, None, message).help("Tests are files named `NAME.test.yaml`."));
    LoadError::new(Sources::default(), sink)
}

impl Report {
    /// The test files, in the order they were run.
    #[must_use]
    pub fn suites(&self) -> &[Suite] {
        &self.suites
    }

    /// How many tests passed.
    #[must_use]
    pub fn passed(&self) -> usize {
        self.results().filter(|result| result.passed()).count()
    }

    /// How many tests failed.
    #[must_use]
    pub fn failed(&self) -> usize {
        self.results().filter(|result| !result.passed()).count()
    }

    /// Whether every test passed.
    #[must_use]
    pub fn is_passed(&self) -> bool {
        self.failed() == 0
    }

    /// The assignments on which the answers depend, and those on which none does.
    #[must_use]
    pub fn coverage(&self) -> Coverage {
        Coverage::of(&self.suites)
    }

    fn results(&self) -> impl Iterator<Item = &TestResult> {
        self.suites.iter().flat_map(Suite::results)
    }
}

impl Suite {
    /// The assignments of this model on which the answers of this file depend, and those on which none does.
    #[must_use]
    pub fn coverage(&self) -> Coverage {
        Coverage::of([self])
    }
}

impl Unrunnable {
    /// What is wrong: one error for each test file, model or path that is.
    #[must_use]
    pub fn errors(&self) -> &[LoadError] {
        &self.errors
    }
}

impl fmt::Display for Unrunnable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, error) in self.errors.iter().enumerate() {
            write!(f, "{}{error}", if nth == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl std::error::Error for Unrunnable {}
