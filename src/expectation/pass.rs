//! Policy tests as a test of a Rust project, in one line: all of them pass, or the error shows what does not and why.

use std::fmt;
use std::path::Path;

use super::{Report, Unrunnable, run};

/// Why policy tests did not pass. Its `Debug` is its `Display`: that is what a `#[test]` shows of its error.
pub enum NotPassed {
    /// Some failed.
    Failed(Report),
    /// They could not be run.
    Unrunnable(Unrunnable),
}

/// Runs tests as [`run`] does; an error where one of them fails.
///
/// ```
/// # /*
/// #[test]
/// # */
/// fn the_policies_hold() -> Result<(), rasci::expectation::NotPassed> {
///     rasci::expectation::pass("policies/mydre")
/// }
/// # the_policies_hold().unwrap();
/// ```
///
/// # Errors
/// Where a test fails, with every failure as [`Report`] shows it; where tests cannot be run, with every mistake.
pub fn pass(path: impl AsRef<Path>) -> Result<(), NotPassed> {
    let report = run(path).map_err(NotPassed::Unrunnable)?;
    if report.is_passed() { Ok(()) } else { Err(NotPassed::Failed(report)) }
}

impl fmt::Display for NotPassed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(report) => write!(f, "{report}"),
            Self::Unrunnable(unrunnable) => write!(f, "{unrunnable}"),
        }
    }
}

impl fmt::Debug for NotPassed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Below what the test harness puts before it.
        write!(f, "\n{self}")
    }
}

impl std::error::Error for NotPassed {}
