//! `rasci test`: the policy tests, with coverage.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use rasci::expectation::{Coverage, run_all};
use rasci::report::json::TestReport;
use rasci::report::junit::junit;
use rasci::report::text::test_text;

use crate::output::{Failure, YES, print_json, print_lines, print_text};
use crate::terminal::busy;

/// Run policy tests: exit code 0 all passed, 1 one failed or the coverage is too low, 2 they could not be run
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  rasci test policies/\n  rasci test policies/ --min-coverage 90 --format junit > tests.xml")]
pub(crate) struct Args {
    /// Test files, or directories: every `*.test.yaml` in them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The directory that `model` and `extends` never leave [default: that of each test file]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// How to write the results
    #[arg(long, value_enum, default_value = "human")]
    format: TestFormat,
    /// Fail where the answers depend on less than this share of the assignments
    #[arg(long, value_name = "PERCENT", value_parser = parse_percent)]
    min_coverage: Option<f64>,
}

/// How results are written.
#[derive(Clone, Copy, ValueEnum)]
enum TestFormat {
    /// To be read.
    Human,
    /// For programs.
    Json,
    /// JUnit XML, for build servers.
    Junit,
}

fn parse_percent(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|percent| (0.0..=100.0).contains(percent));
    number.ok_or_else(|| "write a number from 0 to 100".to_owned())
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let report = busy("running the tests", || run_all(&args.paths, args.root.as_deref())).map_err(Failure::Tests)?;
    match args.format {
        TestFormat::Human => print_lines(&test_text(&report))?,
        TestFormat::Json => print_json(&TestReport::new(&report))?,
        TestFormat::Junit => print_text(&junit(&report))?,
    }
    let coverage = report.coverage();
    let low = args.min_coverage.filter(|least| Coverage::percent(&coverage) < *least);
    if let Some(least) = low {
        Failure::Usage(format!("the coverage is below {least} %: {coverage}")).report();
    }
    Ok(if report.is_passed() && low.is_none() { YES } else { ExitCode::FAILURE })
}
