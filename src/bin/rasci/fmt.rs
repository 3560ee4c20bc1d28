//! `rasci fmt`: models and policy tests written in the one way they are formatted.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

use rasci::format::{FormatError, formatted};
use rasci::source::Source;
use similar::TextDiff;

use crate::output::{Failure, YES, print_diagnostics, print_note, print_text, print_unsaid, yaml_files};

/// Format models and policy tests: order of keys, indentation, spacing, quotes
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  rasci fmt policies/\n  rasci fmt --check policies/")]
pub(crate) struct Args {
    /// Files, or directories: every `.yaml` and `.yml` in them, policy tests too
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Change nothing: show what would change; exit code 1 where anything does
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let files = yaml_files(&args.paths, |_| true)?;
    let (mut changed, mut refused) = (0, false);
    for file in &files {
        let Some((text, wanted)) = written(file)? else {
            refused = true;
            continue;
        };
        if text == wanted {
            continue;
        }
        changed += 1;
        let name = file.to_string_lossy();
        if args.check {
            let diff = TextDiff::from_lines(&text, &wanted);
            print_text(&diff.unified_diff().context_radius(2).header(&name, &format!("{name} formatted")).to_string())?;
        } else {
            fs::write(file, &wanted).map_err(|error| Failure::Usage(format!("cannot write `{name}`: {error}")))?;
            print_note(&format!("formatted {name}"));
        }
    }
    let what = if args.check { "to be formatted" } else { "formatted" };
    let count = |number: usize| format!("{number} file{}", if number == 1 { "" } else { "s" });
    print_note(&format!("{} read, {} {what}", count(files.len()), changed));
    Ok(match changed {
        _ if refused => ExitCode::from(2),
        0 => YES,
        _ if args.check => ExitCode::FAILURE,
        _ => YES,
    })
}

/// The text of a file and what it is to be; none where it cannot be, which has been said.
fn written(file: &Path) -> Result<Option<(String, String)>, Failure> {
    let name = file.to_string_lossy();
    let unreadable = |error: &dyn std::fmt::Display| Failure::Usage(format!("cannot read `{name}`: {error}"));
    let bytes = fs::read(file).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => unreadable(&"there is no such file"),
        kind => unreadable(&kind),
    })?;
    let text = String::from_utf8(bytes).map_err(|_| unreadable(&"it is not UTF-8"))?;
    let source = Source::new(&*name, &*text);
    // A byte order mark is no part of a text, and stays.
    let mark = text.strip_suffix(source.text()).unwrap_or("");
    match formatted(&source) {
        Ok(formatted) => Ok(Some((text.clone(), format!("{mark}{formatted}")))),
        Err(FormatError::Unreadable(error)) => {
            print_diagnostics(error.diagnostics(), error.sources());
            print_unsaid(&error);
            Ok(None)
        }
        Err(error) => {
            print_note(&format!("error: {error}"));
            Ok(None)
        }
    }
}
