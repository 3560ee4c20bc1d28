//! `rasci import`: a responsibility table from elsewhere as a model.

use std::fs;
use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;

use rasci::import::{Dialect, Limits, Options, Refusal, Report, import};

use crate::output::{Failure, Format, YES, print_json, print_text};
use crate::terminal::busy;

/// Import a responsibility table: CSV, xlsx, ods, Markdown, HTML, JSON or YAML to a model that loads
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  rasci import matrix.csv -o imported.yaml\n  rasci import matrix.csv -o imported.yaml --force --strict --format json\n\nThe report says what was read and what was not taken over, with its place and the reason."
)]
pub(crate) struct Args {
    /// The file with the table
    file: PathBuf,
    /// Where to write the model; `-` is standard output, and the report then goes to standard error
    #[arg(short, long, value_name = "MODEL")]
    output: PathBuf,
    /// What the letters stand for: raci, rasci, rasic, raci-vs, daci or cairo [default: as a legend says, or the letters tell]
    #[arg(long, value_parser = parse_dialect)]
    dialect: Option<Dialect>,
    /// Write over a model that is there already
    #[arg(long)]
    force: bool,
    /// Write nothing and exit with 1 where anything was not taken over as it stands
    #[arg(long)]
    strict: bool,
    /// How to write the report
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

fn parse_dialect(text: &str) -> Result<Dialect, String> {
    Dialect::named(text).ok_or_else(|| "write one of raci, rasci, rasic, raci-vs, daci, cairo".to_owned())
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let options = Options { dialect: args.dialect, ..Options::default() };
    // Before anything is read: what somebody has mended by hand is not lost to a second import.
    if !args.force && args.output.as_os_str() != "-" && args.output.exists() {
        let output = args.output.display();
        let message = format!("`{output}` is there already: write `--force` to replace it, or another name after `-o`");
        return Err(Failure::Usage(message));
    }
    let bytes = read(&args.file, options.limits)?;
    let file = args.file.to_string_lossy();
    let imported = match busy("reading", || import(&file, &bytes, &options)) {
        Ok(imported) => imported,
        Err(Refusal::Unloadable(error)) => return Err(Failure::Load(*error)),
        Err(refusal) => return Err(Failure::Usage(format!("cannot import `{file}`: {refusal}"))),
    };
    let refused = args.strict && !imported.report.left.is_empty();
    let to_output = args.output.as_os_str() == "-";
    if refused {
        // The report says why nothing is written.
    } else if to_output {
        print_text(&imported.text)?;
    } else {
        let written = fs::write(&args.output, &imported.text);
        written.map_err(|error| Failure::Usage(format!("cannot write `{}`: {error}", args.output.display())))?;
    }
    say(args, &imported.report, to_output, refused)?;
    Ok(if refused { ExitCode::FAILURE } else { YES })
}

/// The bytes of the file: no more than may be read.
fn read(path: &PathBuf, limits: Limits) -> Result<Vec<u8>, Failure> {
    let cannot = |error: std::io::Error| Failure::Usage(format!("cannot read `{}`: {error}", path.display()));
    let file = fs::File::open(path).map_err(cannot)?;
    let mut bytes = Vec::new();
    // One more than the limit, so that what exceeds it is told from what reaches it.
    file.take(limits.bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(cannot)?;
    Ok(bytes)
}

fn say(args: &Args, report: &Report, to_error: bool, refused: bool) -> Result<(), Failure> {
    let text = match args.format {
        Format::Human => {
            let end = if refused {
                "nothing is written: not everything was taken over (--strict)".to_owned()
            } else {
                format!("written to {}", args.output.display())
            };
            if to_error && !refused { report.to_string() } else { format!("{report}\n{end}\n") }
        }
        Format::Json if !to_error => return print_json(report),
        Format::Json => {
            let json = serde_json::to_string_pretty(report).map_err(std::io::Error::from)?;
            format!("{json}\n")
        }
    };
    if to_error {
        anstream::eprint!("{text}");
        return Ok(());
    }
    print_text(&text)
}
