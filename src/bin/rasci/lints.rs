//! `rasci lints`: the lints there are.

use std::fmt::Write;
use std::process::ExitCode;

use rasci::document::LINTS;
use rasci::lint::TABLE;

use crate::output::{Failure, YES, print_text};

/// The lints that `check` runs, with their levels
#[derive(clap::Args)]
#[command(after_help = "Example:\n  rasci lints")]
pub(crate) struct Args {}

pub(crate) fn run(_: &Args) -> Result<ExitCode, Failure> {
    let mut text = String::new();
    for lint in TABLE {
        let level = LINTS.iter().find(|(name, _)| *name == lint.name).map_or("", |(_, level)| level.as_str());
        let _ = writeln!(text, "{:18} {level:6} {}", lint.name, lint.finds);
    }
    print_text(&text)?;
    Ok(YES)
}
