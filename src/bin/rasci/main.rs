//! The command `rasci`: one file for each subcommand. Answers go to standard output, diagnostics to standard error.
//!
//! Exit codes: 0 yes, clean, passed; 1 no, findings, a difference; 2 the question could not be asked; `holds` also 3,
//! it depends.

mod absence;
mod cells;
mod check;
mod completions;
mod diff;
mod duties;
mod escalation;
mod fix;
mod flow;
mod fmt;
mod gaps;
mod holds;
mod impact;
mod import;
mod lints;
mod lsp;
mod matrix;
mod output;
mod participants;
mod revision;
mod schema;
mod show;
mod terminal;
mod test;
mod who;
mod why;

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue};
use clap::{Parser, Subcommand};

/// Who is responsible for this task, in this part of the system, and where is that written?
#[derive(Parser)]
#[command(
    name = "rasci",
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 yes, clean or passed, 1 no, findings or a failed test, 2 the question could not be asked, 3 it depends (holds)."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Check(check::Args),
    Who(who::Args),
    Why(why::Args),
    Holds(holds::Args),
    Duties(duties::Args),
    Gaps(gaps::Args),
    Impact(impact::Args),
    Diff(diff::Args),
    Participants(participants::Args),
    Absence(absence::Args),
    Flow(flow::Args),
    Escalation(escalation::Args),
    Show(show::Args),
    Matrix(matrix::Args),
    Cells(cells::Args),
    Test(test::Args),
    Fmt(fmt::Args),
    Import(import::Args),
    Lints(lints::Args),
    Schema(schema::Args),
    Completions(completions::Completions),
    Man(completions::Manual),
    Lsp(lsp::Args),
}

/// Who asks for a file to be written is told where an answer goes.
fn output_is_standard(mut error: clap::Error) -> clap::Error {
    let asked = error.get(ContextKind::InvalidArg).map(ToString::to_string).unwrap_or_default();
    if error.kind() == clap::error::ErrorKind::UnknownArgument && ["-o", "--output", "--out"].contains(&&*asked) {
        let tip = "the answer goes to standard output; write `> FILE` at the end to keep it";
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
    error
}

fn main() -> ExitCode {
    let outcome = match Cli::try_parse().unwrap_or_else(|error| output_is_standard(error).exit()).command {
        Command::Check(args) => check::run(&args),
        Command::Who(args) => who::run(&args),
        Command::Why(args) => why::run(&args),
        Command::Holds(args) => holds::run(&args),
        Command::Duties(args) => duties::run(&args),
        Command::Gaps(args) => gaps::run(&args),
        Command::Impact(args) => impact::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Participants(args) => participants::run(&args),
        Command::Absence(args) => absence::run(&args),
        Command::Flow(args) => flow::run(&args),
        Command::Escalation(args) => escalation::run(&args),
        Command::Show(args) => show::run(&args),
        Command::Matrix(args) => matrix::run(&args),
        Command::Cells(args) => cells::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Fmt(args) => fmt::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Lints(args) => lints::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Completions(args) => completions::completions(&args),
        Command::Man(args) => completions::manual(&args),
        Command::Lsp(args) => lsp::run(&args),
    };
    outcome.unwrap_or_else(|failure| failure.report())
}
