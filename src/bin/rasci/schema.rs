//! `rasci schema`: the language as a JSON Schema.

use std::process::ExitCode;

use rasci::document::schema;

use crate::output::{Failure, YES, print_json};

/// The JSON Schema of the language, draft 2020-12, for editors
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  rasci schema > rasci.schema.json")]
pub(crate) struct Args {}

pub(crate) fn run(_: &Args) -> Result<ExitCode, Failure> {
    print_json(&schema::of_document())?;
    Ok(YES)
}
