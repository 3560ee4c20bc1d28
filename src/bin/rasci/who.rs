//! `rasci who`: the letters of a cell.

use std::process::ExitCode;

use rasci::Letter;
use rasci::jiff::civil::Date;
use rasci::report::{json::Who, text::who_text};

use crate::output::{
    ContextArgs, Failure, Format, ModelArgs, YES, parse_date, parse_letter, print_json, print_lines, these_letters,
};

/// Who holds which letter of a task, at a component or at the whole system
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  rasci who model.yaml submit-case sbc\n  rasci who model.yaml restore back-end --when priority=P1 --letter A\n  rasci who model.yaml restore --on 2026-12-24 --format json"
)]
pub(crate) struct Args {
    #[command(flatten)]
    model: ModelArgs,
    /// The task: its id or an alias
    task: String,
    /// The component: its id or an alias; the whole system without one
    component: Option<String>,
    /// Only this letter; give it again for more
    #[arg(long, value_parser = parse_letter)]
    letter: Vec<Letter>,
    #[command(flatten)]
    context: ContextArgs,
    /// On this day: who is absent, and who stands in
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    on: Option<Date>,
    /// How to write the answer
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let policy = args.model.load()?;
    let cell = policy.cell(&args.task, args.component.as_deref())?;
    let answer = policy.answer_letters(cell, &args.context.context(&policy)?, &these_letters(&args.letter));
    match args.format {
        Format::Human => print_lines(&who_text(&answer, args.on))?,
        Format::Json => print_json(&Who::new(&answer, args.on))?,
    }
    Ok(YES)
}
