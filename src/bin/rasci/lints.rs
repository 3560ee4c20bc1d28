//! `rasci lints`: the lints there are, or the page of one.

use std::fmt::Write;
use std::process::ExitCode;

use rasci::lint::{Lint, TABLE, page_markdown};

use crate::output::{Failure, YES, print_text};

/// The lints that `check` runs, with their levels; or the page of one
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  rasci lints\n  rasci lints condition-gap")]
pub(crate) struct Args {
    /// The lint whose page to print: why it matters, a model in which it fires, and the same mended
    #[arg(value_name = "NAME")]
    lint: Option<String>,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    print_text(&match &args.lint {
        Some(name) => page_markdown(named(name)?),
        None => table(),
    })?;
    Ok(YES)
}

/// The lint of this name.
pub(crate) fn named(name: &str) -> Result<&'static Lint, Failure> {
    Lint::named(name).ok_or_else(|| {
        let hint = match Lint::near(name) {
            Some(near) => format!("did you mean `{}`?", near.name),
            None => "`rasci lints` lists them".to_owned(),
        };
        Failure::Usage(format!("unknown lint `{name}`; {hint}"))
    })
}

fn table() -> String {
    let width = TABLE.iter().map(|lint| lint.name.len()).max().unwrap_or(0);
    TABLE.iter().fold(String::new(), |mut text, lint| {
        let _ = writeln!(text, "{:width$}  {:5}  {}", lint.name, lint.default_level().as_str(), lint.finds);
        text
    })
}
