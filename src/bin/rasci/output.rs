//! What the subcommands share: loading, asking by name, printing, and the ways to fail.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use rasci::diagnostic::{Diagnostic, Plain, Severity, Style, render};
use rasci::expectation::Unrunnable;
use rasci::jiff::civil::Date;
use rasci::model::Context;
use rasci::report::text::fitted;
use rasci::source::Sources;
use rasci::{Letter, LoadError, Policy, QueryError};
use serde::Serialize;
use walkdir::WalkDir;

use crate::terminal::{busy, note_width, width};

/// The question was asked, and the answer is yes.
pub(crate) const YES: ExitCode = ExitCode::SUCCESS;

/// So many diagnostics are drawn beneath their lines; the rest take one line each.
const DRAWN: usize = 200;

/// Why a question could not be asked.
pub(crate) enum Failure {
    /// The model has errors.
    Load(LoadError),
    /// Tests, or the models they name, have errors.
    Tests(Unrunnable),
    /// A name of the question is unknown.
    Query(QueryError),
    /// An argument makes no sense.
    Usage(String),
    /// The answer could not be written.
    Write(io::Error),
}

/// How an answer is written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// To be read.
    Human,
    /// For programs.
    Json,
}

/// The model, and the directory its `extends` stay in.
#[derive(Args)]
pub(crate) struct ModelArgs {
    /// The file of the model
    pub(crate) model: PathBuf,
    /// The directory that `extends` never leaves [default: that of the model]
    #[arg(long, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
}

/// The context of a question.
#[derive(Args)]
pub(crate) struct ContextArgs {
    /// A value of the context; give it once for each dimension
    #[arg(long = "when", value_name = "DIMENSION=VALUE")]
    pub(crate) when: Vec<String>,
}

impl Failure {
    /// Says what went wrong; exit code 2.
    pub(crate) fn report(&self) -> ExitCode {
        let mut out = anstream::stderr().lock();
        let _ = match self {
            Self::Load(error) => {
                print_errors(error);
                Ok(())
            }
            Self::Tests(error) => {
                error.errors().iter().for_each(print_errors);
                Ok(())
            }
            Self::Query(error) => writeln!(out, "{}", fitted(&format!("error: {error}"), note_width())),
            Self::Usage(message) => writeln!(out, "{}", fitted(&format!("error: {message}"), note_width())),
            // A reader that has had enough, as `head` does, is no failure.
            Self::Write(error) if error.kind() == io::ErrorKind::BrokenPipe => return YES,
            Self::Write(error) => writeln!(out, "error: cannot write the answer: {error}"),
        };
        ExitCode::from(2)
    }
}

fn print_errors(error: &LoadError) {
    print_diagnostics(error.diagnostics(), error.sources());
    print_unsaid(error);
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        Self::Load(error)
    }
}

impl From<QueryError> for Failure {
    fn from(error: QueryError) -> Self {
        Self::Query(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

impl ModelArgs {
    pub(crate) fn load(&self) -> Result<Policy, Failure> {
        Ok(load(&self.model, self.root.as_deref())?)
    }
}

pub(crate) fn load(path: &Path, root: Option<&Path>) -> Result<Policy, LoadError> {
    let loader = Policy::loader();
    let loader = match root {
        Some(root) => loader.root(root),
        None => loader,
    };
    busy("reading the model", || loader.load(path))
}

impl ContextArgs {
    pub(crate) fn context(&self, policy: &Policy) -> Result<Context, Failure> {
        let split = |text: &String| {
            let pair = text.split_once('=').map(|(dimension, value)| (dimension.to_owned(), value.to_owned()));
            pair.ok_or_else(|| Failure::Usage(format!("`--when {text}` is not of the form DIMENSION=VALUE")))
        };
        let pairs = self.when.iter().map(split).collect::<Result<Vec<_>, _>>()?;
        Ok(policy.context(pairs.iter().map(|(dimension, value)| (dimension.as_str(), value.as_str())))?)
    }
}

pub(crate) fn parse_letter(text: &str) -> Result<Letter, String> {
    Letter::parse(text).ok_or_else(|| "write one of R, A, S, C, I".to_owned())
}

/// The letters that were picked, in their order; all of them where none was.
pub(crate) fn these_letters(picked: &[Letter]) -> Vec<Letter> {
    Letter::ALL.into_iter().filter(|letter| picked.is_empty() || picked.contains(letter)).collect()
}

pub(crate) fn parse_date(text: &str) -> Result<Date, String> {
    let date = text.parse().ok().filter(|_| text.len() == "2026-12-24".len());
    let is_written_so = text.bytes().map(|byte| if byte.is_ascii_digit() { b'0' } else { byte }).eq(*b"0000-00-00");
    let help = if is_written_so { "there is no such day" } else { "write year, month and day: 2026-12-24" };
    date.ok_or_else(|| help.to_owned())
}

/// The files given, and those with YAML in the directories given that are wanted.
pub(crate) fn yaml_files(paths: &[PathBuf], wanted: impl Fn(&Path) -> bool) -> Result<Vec<PathBuf>, Failure> {
    let yaml = |path: &Path| path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let before = files.len();
        for entry in WalkDir::new(path).sort_by_file_name() {
            let entry = entry.map_err(|error| Failure::Usage(format!("cannot read `{}`: {error}", path.display())))?;
            if entry.file_type().is_file() && yaml(entry.path()) && wanted(entry.path()) {
                // As it is named where another model extends it.
                files.push(entry.path().strip_prefix(".").unwrap_or(entry.path()).to_path_buf());
            }
        }
        if files.len() == before {
            return Err(Failure::Usage(format!("there is no model in `{}`", path.display())));
        }
    }
    Ok(files)
}

/// Writes an answer to be read, in lines that fit into the terminal.
pub(crate) fn print_lines(text: &str) -> Result<(), Failure> {
    print_text(&fitted(text, width()))
}

/// Writes an answer as it is.
pub(crate) fn print_text(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    read_so_far(write!(out, "{text}").and_then(|()| out.flush()))
}

/// Writes an answer for programs.
pub(crate) fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    // Standard output by itself writes line by line.
    let mut out = io::BufWriter::new(io::stdout().lock());
    let written = serde_json::to_writer_pretty(&mut out, value).map_err(io::Error::from);
    read_so_far(written.and_then(|()| writeln!(out)).and_then(|()| out.flush()))
}

/// A reader that has had enough, as `head` does, is no failure, and changes nothing of the exit code.
fn read_so_far(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Writes a line that is no part of the answer.
pub(crate) fn print_note(line: &str) {
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// Writes how many errors there were beyond those that are kept.
pub(crate) fn print_unsaid(error: &LoadError) {
    let more = error.unsaid();
    if more > 0 {
        let _ = writeln!(anstream::stderr(), "and {more} more error{}", if more == 1 { "" } else { "s" });
    }
}

/// Writes diagnostics to standard error, drawn beneath their lines; of very many only the first are drawn.
pub(crate) fn print_diagnostics(diagnostics: &[Diagnostic], sources: &Sources) {
    let style = if io::stderr().is_terminal() { Style::Coloured } else { Style::Plain };
    let mut out = anstream::stderr().lock();
    for diagnostic in diagnostics.iter().take(DRAWN) {
        let _ = writeln!(out, "{}\n", render(&narrowed(diagnostic, sources), sources, style));
    }
    for diagnostic in diagnostics.iter().skip(DRAWN) {
        let _ = writeln!(out, "{}", Plain { diagnostic, sources });
    }
}

/// A diagnostic whose sentences fit the terminal; the lines of the file are drawn as they are.
fn narrowed<'d>(diagnostic: &'d Diagnostic, sources: &Sources) -> Cow<'d, Diagnostic> {
    let Some(width) = note_width() else { return Cow::Borrowed(diagnostic) };
    // The message stands behind the name of its kind, the help behind the numbers of the lines.
    let level = if diagnostic.severity == Severity::Warn { "warning" } else { "error" };
    let name = format!("{level}[{}]: ", diagnostic.name).len();
    let spans = diagnostic.span.into_iter().chain(diagnostic.related.iter().map(|related| related.span));
    let numbers = spans.map(|span| sources.place(span).end.line.to_string().len()).max().unwrap_or(0);
    let help = numbers + " = help: ".len();
    let mut narrowed = diagnostic.clone();
    narrowed.message = paragraph(&diagnostic.message, Some(width.saturating_sub(name)));
    narrowed.help = diagnostic.help.as_ref().map(|text| paragraph(text, Some(width.saturating_sub(help))).into());
    Cow::Owned(narrowed)
}

/// Lines that fit, none further in than another.
pub(crate) fn paragraph(text: &str, width: Option<usize>) -> String {
    fitted(text, width).lines().map(str::trim_start).collect::<Vec<_>>().join("\n")
}
