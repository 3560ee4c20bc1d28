//! `rasci impact`: what breaks when a party leaves.

use std::process::ExitCode;

use rasci::Letter;
use rasci::jiff::civil::Date;
use rasci::query::Asked;
use rasci::report::{json::ImpactReport, text::impact_text};

use crate::gaps::parse_needed;
use crate::output::{ContextArgs, Failure, Format, ModelArgs, YES, parse_date, print_json, print_lines, these_letters};
use crate::terminal::busy;

/// What loses its last party of R, or of A, when a party leaves with all its parts
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  rasci impact model.yaml --without vendor\n  rasci impact model.yaml --without ann --on 2026-12-24 --letter R"
)]
pub(crate) struct Args {
    #[command(flatten)]
    model: ModelArgs,
    /// The party that leaves: its id or an alias
    #[arg(long, value_name = "PARTY")]
    without: String,
    /// Only this letter, R or A
    #[arg(long, value_parser = parse_needed)]
    letter: Vec<Letter>,
    #[command(flatten)]
    context: ContextArgs,
    /// On this day, on which others may be absent
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    on: Option<Date>,
    /// How to write the answer
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let policy = args.model.load()?;
    let without = policy.party(&args.without)?;
    let asked = Asked { context: args.context.context(&policy)?, on: args.on, letters: these_letters(&args.letter) };
    let impact = busy("looking at every cell", || policy.impact(without, &asked));
    match args.format {
        Format::Human => print_lines(&impact_text(&policy, without, &asked, &impact))?,
        Format::Json => print_json(&ImpactReport::new(&policy, without, &asked, &impact))?,
    }
    Ok(YES)
}
