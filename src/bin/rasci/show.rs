//! `rasci show`: all that is declared of an entry.

use std::process::ExitCode;

use rasci::report::{json::Shown, text::show_text};

use crate::output::{Failure, Format, ModelArgs, YES, print_json, print_text};

/// All that is declared of a party, component, task, requirement or source
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  rasci show model.yaml helpdesk\n  rasci show model.yaml sbc --format json")]
pub(crate) struct Args {
    #[command(flatten)]
    model: ModelArgs,
    /// The id or an alias of the entry
    id: String,
    /// How to write the answer
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let policy = args.model.load()?;
    let shown = Shown::find(&policy, &args.id)?;
    match args.format {
        Format::Human => print_text(&show_text(&shown))?,
        Format::Json => print_json(&shown)?,
    }
    Ok(YES)
}
