//! `rasci gaps`: where nobody is responsible, or nobody accountable.

use std::process::ExitCode;

use rasci::Letter;
use rasci::jiff::civil::Date;
use rasci::query::Asked;
use rasci::report::{json::GapsReport, text::gaps_text};

use crate::output::{
    ContextArgs, Failure, Format, ModelArgs, YES, parse_date, parse_letter, print_json, print_lines, these_letters,
};
use crate::terminal::busy;

/// Where R or A has no party, and why: the model is silent, says nobody, or names a relation that stands for nobody
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  rasci gaps model.yaml\n  rasci gaps model.yaml --letter A --when priority=P1\n  rasci gaps model.yaml --on 2026-12-24 --format json"
)]
pub(crate) struct Args {
    #[command(flatten)]
    model: ModelArgs,
    /// Only this letter, R or A
    #[arg(long, value_parser = parse_needed)]
    letter: Vec<Letter>,
    #[command(flatten)]
    context: ContextArgs,
    /// On this day: also where all who hold the letter are absent
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    on: Option<Date>,
    /// How to write the answer
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

/// The letters without which there is a gap.
pub(crate) fn parse_needed(text: &str) -> Result<Letter, String> {
    let needed = |letter: &Letter| matches!(letter, Letter::Responsible | Letter::Accountable);
    parse_letter(text).ok().filter(needed).ok_or_else(|| "write R or A".to_owned())
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let policy = args.model.load()?;
    let asked = Asked { context: args.context.context(&policy)?, on: args.on, letters: these_letters(&args.letter) };
    let gaps = busy("looking at every cell", || policy.gaps(&asked));
    match args.format {
        Format::Human => print_lines(&gaps_text(&policy, &asked, &gaps))?,
        Format::Json => print_json(&GapsReport::new(&policy, &asked, &gaps))?,
    }
    Ok(YES)
}
