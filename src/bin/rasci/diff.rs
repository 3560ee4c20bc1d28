//! `rasci diff`: how two models differ in meaning, as a command of its own and as one that git calls.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use rasci::Policy;
use rasci::jiff::civil::Date;
use rasci::report::json::DiffReport;
use rasci::report::text::{diff_markdown, diff_text};

use crate::output::{Failure, YES, load, parse_date, print_json, print_lines, print_text};
use crate::revision::{InPlace, Revision};
use crate::terminal::busy;

/// How two models differ in meaning: each letter that was held by some and is held by others; exit code 1 where any does
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  rasci diff old.yaml new.yaml\n  rasci diff git:main:policies/model.yaml policies/model.yaml --format markdown\n\nIn git, with `*.yaml diff=rasci` in .gitattributes:\n  git config diff.rasci.command \"rasci diff\"\n  git difftool --extcmd \"rasci diff\" main -- policies/model.yaml"
)]
pub(crate) struct Args {
    /// The old model and the new one: a file, or `git:REVISION:PATH`; or the seven arguments of git's external diff
    #[arg(required = true, num_args = 2..=9, value_names = ["OLD", "NEW"])]
    models: Vec<String>,
    /// The directory that `extends` never leaves [default: that of each model]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// On this day: the absent hold nothing, who stands in for them does
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    on: Option<Date>,
    /// How to write the answer
    #[arg(long, value_enum, default_value = "human")]
    format: DiffFormat,
}

/// How differences are written.
#[derive(Clone, Copy, ValueEnum)]
enum DiffFormat {
    /// To be read.
    Human,
    /// For programs.
    Json,
    /// For a comment on a change.
    Markdown,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    match args.models.as_slice() {
        [old, new] => differ(args, &args.model(old)?, &args.model(new)?),
        // What git hands over: the path, then file, object and mode of each side; of a renamed file also its new path, and how
        // alike the two are. A difference is no failure then: git would stop at it.
        [path, old, _, _, new, _, _, rest @ ..] if rest.len() != 1 => {
            let new_path = rest.first().unwrap_or(path);
            let (old, new) = (args.handed_over(path, old)?, args.handed_over(new_path, new)?);
            print_text(&format!("{path}\n\n"))?;
            differ(args, &old, &new)?;
            Ok(YES)
        }
        _ => Err(Failure::Usage("write two models, OLD and NEW; or let git call this with its seven arguments".to_owned())),
    }
}

fn differ(args: &Args, old: &Policy, new: &Policy) -> Result<ExitCode, Failure> {
    let diff = busy("comparing the models", || old.diff_on(new, args.on));
    match args.format {
        DiffFormat::Human => print_lines(&diff_text(&diff))?,
        DiffFormat::Json => print_json(&DiffReport::new(&diff))?,
        DiffFormat::Markdown => print_text(&diff_markdown(&diff))?,
    }
    Ok(if diff.changes.is_empty() { YES } else { ExitCode::FAILURE })
}

impl Args {
    fn model(&self, name: &str) -> Result<Policy, Failure> {
        let Some(named) = name.strip_prefix("git:") else { return Ok(load(name.as_ref(), self.root.as_deref())?) };
        let revision = named.split_once(':').filter(|(revision, path)| !revision.is_empty() && !path.is_empty());
        let (revision, path) =
            revision.ok_or_else(|| Failure::Usage(format!("`{name}` is not of the form git:REVISION:PATH")))?;
        let files = Revision::new(revision, path, self.root.as_deref());
        Ok(Policy::loader().load_from(&files, path)?)
    }

    /// A side of git's external diff: the text stands in a file of git's making, but means the model at the path.
    fn handed_over(&self, path: &str, file: &str) -> Result<Policy, Failure> {
        if file == "/dev/null" {
            return Ok(Policy::parse(path, "rasci: 1\nid: nothing\n")?);
        }
        let files = InPlace::new(path, file, self.root.as_deref());
        Ok(Policy::loader().load_from(&files, path)?)
    }
}
