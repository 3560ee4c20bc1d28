//! `rasci lints`: the lints there are, or the page of one.

use std::fmt::Write;
use std::process::ExitCode;

use rasci::lint::{Lint, TABLE, page_markdown};

use crate::output::{Failure, YES, paragraph, print_lines, print_text};
use crate::terminal::width;

/// The lints that `check` runs, with their levels; or the page of one
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  rasci lints\n  rasci lints condition-gap")]
pub(crate) struct Args {
    /// The lint whose page to print: why it matters, a model in which it fires, and the same mended
    #[arg(value_name = "NAME")]
    lint: Option<String>,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    match &args.lint {
        Some(name) => print_text(&narrowed(&page_markdown(named(name)?), width()))?,
        None => print_lines(&table())?,
    }
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

/// A page whose paragraphs fit the terminal; its models stay as they are written.
fn narrowed(page: &str, width: Option<usize>) -> String {
    let Some(width) = width else { return page.to_owned() };
    let (mut lines, mut open, mut in_model) = (Vec::new(), Vec::new(), false);
    for line in page.lines() {
        let fence = line.starts_with("```");
        if in_model || fence || line.is_empty() {
            lines.extend(joined(&mut open, width));
            lines.push(line.to_owned());
            in_model ^= fence;
        } else {
            open.push(line);
        }
    }
    lines.extend(joined(&mut open, width));
    lines.join("\n") + "\n"
}

/// The lines of a paragraph: as they are where they fit, else in others.
fn joined(open: &mut Vec<&str>, width: usize) -> Vec<String> {
    let lines = std::mem::take(open);
    if lines.iter().all(|line| line.chars().count() <= width) {
        return lines.into_iter().map(str::to_owned).collect();
    }
    paragraph(&lines.join(" "), Some(width)).lines().map(str::to_owned).collect()
}

fn table() -> String {
    let width = TABLE.iter().map(|lint| lint.name.len()).max().unwrap_or(0);
    TABLE.iter().fold(String::new(), |mut text, lint| {
        let _ = writeln!(text, "{:width$}  {:5}  {}", lint.name, lint.default_level().as_str(), lint.finds);
        text
    })
}
