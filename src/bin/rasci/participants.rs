//! `rasci participants`: who can take part, in each letter.

use std::process::ExitCode;

use rasci::Letter;
use rasci::jiff::civil::Date;
use rasci::query::Asked;
use rasci::report::{json::ParticipantsReport, text::participants_text};

use crate::output::{
    ContextArgs, Failure, Format, ModelArgs, YES, parse_date, parse_letter, print_json, print_lines, these_letters,
};
use crate::terminal::busy;

/// Who can take part: who may, who never does, who always does, and without whom a task, or a flow, has nobody
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  rasci participants model.yaml\n  rasci participants model.yaml --letter R --when priority=P1 --on 2026-12-24"
)]
pub(crate) struct Args {
    #[command(flatten)]
    model: ModelArgs,
    /// Only this letter; give it again for more
    #[arg(long, value_parser = parse_letter)]
    letter: Vec<Letter>,
    #[command(flatten)]
    context: ContextArgs,
    /// On this day: deputies take part for those who are absent
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    on: Option<Date>,
    /// How to write the answer
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let policy = args.model.load()?;
    let asked = Asked { context: args.context.context(&policy)?, on: args.on, letters: these_letters(&args.letter) };
    let participants = busy("looking at every cell", || policy.participants(&asked));
    match args.format {
        Format::Human => print_lines(&participants_text(&policy, &asked, &participants))?,
        Format::Json => print_json(&ParticipantsReport::new(&policy, &asked, &participants))?,
    }
    Ok(YES)
}
