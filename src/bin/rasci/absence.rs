//! `rasci absence`: who is away, who stands in, and what nobody covers.

use std::process::ExitCode;

use rasci::Letter;
use rasci::jiff::civil::Date;
use rasci::query::Asked;
use rasci::report::{json::AbsenceReport, text::absence_text};

use crate::gaps::parse_needed;
use crate::output::{ContextArgs, Failure, Format, ModelArgs, YES, parse_date, print_json, print_lines, these_letters};
use crate::terminal::busy;

/// Day by day who is away, who stands in, and what nobody covers; exit code 1 where a duty is uncovered or a party short
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  rasci absence model.yaml --from 2026-12-01 --until 2027-01-31\n  rasci absence model.yaml --from 2026-12-24 --until 2026-12-24 --letter R --format json"
)]
pub(crate) struct Args {
    #[command(flatten)]
    model: ModelArgs,
    /// The first day
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    from: Date,
    /// The last day
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    until: Date,
    /// Only duties of this letter, R or A
    #[arg(long, value_parser = parse_needed)]
    letter: Vec<Letter>,
    #[command(flatten)]
    context: ContextArgs,
    /// How to write the answer
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    if args.until < args.from {
        return Err(Failure::Usage("`--until` is before `--from`; both days are included".to_owned()));
    }
    let policy = args.model.load()?;
    let asked = Asked { context: args.context.context(&policy)?, on: None, letters: these_letters(&args.letter) };
    let days = busy("looking at every day", || policy.away(args.from, args.until, &asked));
    match args.format {
        Format::Human => print_lines(&absence_text(&policy, (args.from, args.until), &asked, &days))?,
        Format::Json => print_json(&AbsenceReport::new(&policy, (args.from, args.until), &asked, &days))?,
    }
    let covered = days.iter().all(|away| away.uncovered.is_empty() && away.short.is_empty());
    Ok(if covered { YES } else { ExitCode::FAILURE })
}
