//! `rasci duties`: what a party holds.

use std::process::ExitCode;

use rasci::Letter;
use rasci::jiff::civil::Date;
use rasci::query::{Asked, How};
use rasci::report::{json::DutiesReport, text::duties_text};

use crate::holds::parse_how;
use crate::output::{
    ContextArgs, Failure, Format, ModelArgs, YES, parse_date, parse_letter, print_json, print_lines, these_letters,
};
use crate::terminal::busy;

/// What a party holds, each letter once for the widest tasks and components for which it does
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  rasci duties model.yaml helpdesk\n  rasci duties model.yaml ann --how named,as-member --letter R --on 2026-12-24\n  rasci duties model.yaml helpdesk --towards users --format json"
)]
pub(crate) struct Args {
    #[command(flatten)]
    model: ModelArgs,
    /// The party: its id or an alias
    party: String,
    /// Only what it holds in these ways: named, as-member, through-part [default: all three]
    #[arg(long, value_delimiter = ',', value_parser = parse_how, value_name = "WAYS")]
    how: Vec<How>,
    /// Only this letter; give it again for more
    #[arg(long, value_parser = parse_letter)]
    letter: Vec<Letter>,
    /// Only what is owed to this party
    #[arg(long, value_name = "PARTY")]
    towards: Option<String>,
    #[command(flatten)]
    context: ContextArgs,
    /// On this day: the absent hold nothing, who stands in for them does
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    on: Option<Date>,
    /// How to write the answer
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let policy = args.model.load()?;
    let party = policy.party(&args.party)?;
    let towards = args.towards.as_deref().map(|towards| policy.party(towards)).transpose()?;
    let ways: Vec<How> = How::ALL.into_iter().filter(|how| args.how.is_empty() || args.how.contains(how)).collect();
    let asked = Asked { context: args.context.context(&policy)?, on: args.on, letters: these_letters(&args.letter) };
    let duties = busy("looking at every cell", || policy.duties_asked(party, &ways, towards, &asked));
    match args.format {
        Format::Human => print_lines(&duties_text(&policy, party, &asked, &duties))?,
        Format::Json => print_json(&DutiesReport::new(&policy, party, args.on, &duties))?,
    }
    Ok(YES)
}
