//! `rasci check`: errors and lints of files and directories.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use rasci::diagnostic::{Annotation, Diagnostic, Plain, Severity, json, sarif};
use rasci::document::Level;
use rasci::lint::{Levels, Suppressed, TABLE};
use rasci::source::Sources;
use rasci::{LoadError, Policy};

use crate::fix::{Checked, Project};
use crate::lints::named;
use crate::output::{Failure, YES, print_diagnostics, print_json, print_lines, print_note, print_text, print_unsaid, yaml_files};
use crate::terminal::busy;

/// Check models: errors and lints; exit code 1 where a finding fails the check
#[derive(clap::Args)]
#[command(
    after_help = "A finding that is no fault is suppressed by a comment beside or above what it speaks of:\n  # rasci: allow(LINT) because REASON\n\nExamples:\n  rasci check policies/\n  rasci check --deny no-responsible --format json model.yaml\n  rasci check --fix policies/"
)]
pub(crate) struct Args {
    /// Models, or directories: every `.yaml` and `.yml` in them but `*.test.yaml`
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The directory that `extends` never leaves [default: that of each model]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Apply the mends that are certain, and write the files; only files given here are changed
    #[arg(long)]
    fix: bool,
    /// How to write the findings
    #[arg(long, value_enum, default_value = "human")]
    format: CheckFormat,
    /// Findings of this lint fail the check; where a lint is given several levels, the strictest counts
    #[arg(long, value_name = "LINT")]
    deny: Vec<String>,
    /// Findings of this lint are shown, and do not fail the check
    #[arg(long, value_name = "LINT")]
    warn: Vec<String>,
    /// Findings of this lint are not shown
    #[arg(long, value_name = "LINT")]
    allow: Vec<String>,
}

/// How findings are written.
#[derive(Clone, Copy, ValueEnum)]
enum CheckFormat {
    /// To be read, drawn beneath the lines they speak of
    Human,
    /// For programs
    Json,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// For GitHub Actions: a workflow command each
    Github,
}

/// The findings so far, in the form they are written in; people see theirs at once.
enum Report {
    Human,
    Json(json::Report),
    Sarif(sarif::Log),
    Github(String),
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let mut project = Project::new(yaml_files(&args.paths, is_model)?, args.root.clone(), levels(args)?);
    if args.fix {
        project.fix()?.iter().for_each(|line| print_note(line));
    }
    let mut report = Report::new(args.format);
    let mut told = HashSet::new();
    let (mut failing, mut warnings, mut unread) = (0, 0, false);
    let mut checked = busy("checking", || project.check());
    leave_out_used(&mut checked);
    for Checked { loaded, found, suppressed, .. } in &checked {
        let sources = loaded.as_ref().map_or_else(LoadError::sources, Policy::sources);
        // What several models extend is told once.
        let new = |diagnostic: &&Diagnostic| told.insert(Plain { diagnostic, sources }.to_string());
        let new: Vec<Diagnostic> = found.iter().filter(new).cloned().collect();
        failing += new.iter().filter(|diagnostic| fails(diagnostic)).count();
        warnings += new.iter().filter(|diagnostic| !fails(diagnostic)).count();
        report.add(&new, sources);
        if let Report::Sarif(log) = &mut report {
            for Suppressed { finding, comment, reason } in suppressed {
                if told.insert(Plain { diagnostic: finding, sources }.to_string()) {
                    log.add_suppressed(finding, *comment, reason.as_deref(), sources);
                }
            }
        }
        if let Err(error) = loaded {
            if matches!(report, Report::Human) {
                print_unsaid(error);
            }
            failing += error.unsaid();
            // A file that was not read says nothing of a model.
            unread |= error.diagnostics().iter().any(|diagnostic| diagnostic.span.is_none());
        }
    }
    match report {
        Report::Human => print_lines(&summary(checked.len(), failing, warnings))?,
        Report::Json(report) => print_json(&report)?,
        Report::Sarif(log) => print_json(&log)?,
        Report::Github(commands) => print_text(&commands)?,
    }
    Ok(match failing {
        _ if unread => ExitCode::from(2),
        0 => YES,
        _ => ExitCode::FAILURE,
    })
}

/// Leaves out what is said of a suppression that suppresses nothing in one model, and has a use in another.
fn leave_out_used(checked: &mut [Checked]) {
    let stands = |sources: &Sources, span| {
        let place = sources.place(span);
        (place.file.to_owned(), place.start.line)
    };
    let mut used: HashSet<((String, u32), &str)> = HashSet::new();
    for Checked { loaded, suppressed, .. } in checked.iter() {
        let Ok(policy) = loaded else { continue };
        used.extend(suppressed.iter().map(|it| (stands(policy.sources(), it.comment), it.finding.name)));
    }
    for Checked { loaded, found, .. } in checked {
        let Ok(policy) = loaded else { continue };
        found.retain(|finding| {
            let span = finding.span.filter(|_| finding.name == "unused-suppression");
            span.is_none_or(|span| !used.contains(&(stands(policy.sources(), span), policy.sources().text(span))))
        });
    }
}

/// Whether a finding fails the check.
fn fails(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity != Severity::Warn
}

impl Report {
    fn new(format: CheckFormat) -> Self {
        match format {
            CheckFormat::Human => Self::Human,
            CheckFormat::Json => Self::Json(json::Report { version: rasci::report::json::VERSION, diagnostics: Vec::new() }),
            CheckFormat::Sarif => Self::Sarif(sarif::Log::new(
                TABLE.iter().map(|lint| sarif::Rule::lint(lint.name, lint.finds, lint.default_level().severity())),
            )),
            CheckFormat::Github => Self::Github(String::new()),
        }
    }

    /// Takes in what was found in one model.
    fn add(&mut self, diagnostics: &[Diagnostic], sources: &Sources) {
        match self {
            Self::Human => print_diagnostics(diagnostics, sources),
            Self::Json(report) => {
                report.diagnostics.extend(diagnostics.iter().map(|diagnostic| json::Entry::new(diagnostic, sources)));
            }
            Self::Sarif(log) => diagnostics.iter().for_each(|diagnostic| log.add(diagnostic, sources)),
            Self::Github(commands) => {
                for diagnostic in diagnostics {
                    commands.push_str(&Annotation { diagnostic, sources }.to_string());
                    commands.push('\n');
                }
            }
        }
    }
}

fn summary(models: usize, failing: usize, warnings: usize) -> String {
    let count = |number: usize, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
    let found = match (failing, warnings) {
        (0, 0) => "nothing to report".to_owned(),
        (failing, warnings) => format!("{}, {}", count(failing, "error"), count(warnings, "warning")),
    };
    format!("{} checked: {found}\n", count(models, "model"))
}

fn levels(args: &Args) -> Result<Levels, Failure> {
    let given = [(&args.allow, Level::Allow), (&args.warn, Level::Warn), (&args.deny, Level::Deny)];
    let all = given.into_iter().flat_map(|(names, level)| names.iter().map(move |name| (name.clone(), level)));
    all.map(|(name, level)| named(&name).map(|_| (name, level))).collect()
}

/// Whether a file in a directory is a model: a policy test is none.
fn is_model(path: &Path) -> bool {
    let test = path.file_stem().and_then(|stem| Path::new(stem).extension()).is_some_and(|extension| extension == "test");
    !test
}
