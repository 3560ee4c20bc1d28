//! `rasci why`: the derivation of a letter.

use std::process::ExitCode;

use rasci::Letter;
use rasci::jiff::civil::Date;
use rasci::report::{json::WhyReport, text::why_text};

use crate::output::{ContextArgs, Failure, Format, ModelArgs, YES, parse_date, parse_letter, print_json, print_lines};

/// Why a letter of a task is what it is: every assignment that applied, what each did, where it is written
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  rasci why model.yaml submit-case sbc --letter R\n  rasci why model.yaml root-cause-analysis --letter R --when cause=mixed"
)]
pub(crate) struct Args {
    #[command(flatten)]
    model: ModelArgs,
    /// The task: its id or an alias
    task: String,
    /// The component: its id or an alias; the whole system without one
    component: Option<String>,
    /// The letter
    #[arg(long, value_parser = parse_letter)]
    letter: Letter,
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
    let context = args.context.context(&policy)?;
    let why = policy.why(&args.task, args.component.as_deref(), args.letter, &context)?;
    match args.format {
        Format::Human => print_lines(&why_text(&why, args.on))?,
        Format::Json => match args.on {
            Some(day) => print_json(&WhyReport::new(&why).on(&why, day))?,
            None => print_json(&WhyReport::new(&why))?,
        },
    }
    Ok(YES)
}
