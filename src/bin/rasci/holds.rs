//! `rasci holds`: whether a party holds a letter, in which way, and through whom.

use std::process::ExitCode;

use rasci::Letter;
use rasci::jiff::civil::Date;
use rasci::query::{How, Verdict};
use rasci::report::{json::HoldsReport, text::holds_text};

use crate::output::{ContextArgs, Failure, Format, ModelArgs, YES, parse_date, parse_letter, print_json, print_lines};

/// Whether a party holds a letter of a task: exit code 0 yes, 1 no, 3 it depends on the context
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  rasci holds model.yaml customer R submit-case sbc\n  rasci holds model.yaml ann R restore --how named,as-member --on 2026-12-24"
)]
pub(crate) struct Args {
    #[command(flatten)]
    model: ModelArgs,
    /// The party: its id or an alias
    party: String,
    /// The letter
    #[arg(value_parser = parse_letter)]
    letter: Letter,
    /// The task: its id or an alias
    task: String,
    /// The component: its id or an alias; the whole system without one
    component: Option<String>,
    #[command(flatten)]
    context: ContextArgs,
    /// What counts as yes: named, as-member, through-part [default: all three]
    #[arg(long, value_delimiter = ',', value_parser = parse_how, value_name = "WAYS")]
    how: Vec<How>,
    /// On this day: the absent hold nothing, who stands in for them does
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    on: Option<Date>,
    /// How to write the answer
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

pub(crate) fn parse_how(text: &str) -> Result<How, String> {
    How::ALL.into_iter().find(|how| how.as_str() == text).ok_or_else(|| "write one of named, as-member, through-part".to_owned())
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let policy = args.model.load()?;
    let party = policy.party(&args.party)?;
    let cell = policy.cell(&args.task, args.component.as_deref())?;
    let ways: Vec<How> = How::ALL.into_iter().filter(|how| args.how.is_empty() || args.how.contains(how)).collect();
    let holds = policy.holding(party, args.letter, cell, &args.context.context(&policy)?, args.on, &ways);
    match args.format {
        Format::Human => print_lines(&holds_text(&policy, party, &holds))?,
        Format::Json => print_json(&HoldsReport::new(&policy, &holds))?,
    }
    Ok(match holds.verdict() {
        Verdict::Held => YES,
        Verdict::NotHeld => ExitCode::FAILURE,
        Verdict::Depends => ExitCode::from(3),
    })
}
