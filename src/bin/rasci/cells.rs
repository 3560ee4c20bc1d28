//! `rasci cells`: every task at every component, streamed.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::ValueEnum;
use rasci::jiff::civil::Date;
use rasci::report::json::Cells;
use rasci::report::rows::{HEADER, HEADER_ON_A_DAY, cell_rows, cell_rows_on};

use crate::output::{Failure, ModelArgs, YES, parse_date};

/// Every cell: each task at the whole system and at every component, with its cases
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  rasci cells model.yaml | jq 'select(.cases[].status == \"unassigned\") | .task'\n  rasci cells model.yaml --format csv > cells.csv"
)]
pub(crate) struct Args {
    #[command(flatten)]
    model: ModelArgs,
    /// On this day: with those who are absent, and who stands in
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    on: Option<Date>,
    /// How to write the cells
    #[arg(long, value_enum, default_value = "ndjson")]
    format: CellsFormat,
}

/// How cells are written.
#[derive(Clone, Copy, ValueEnum)]
enum CellsFormat {
    /// A JSON value a line, one for each cell
    Ndjson,
    /// A row for each case of each cell
    Csv,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let policy = args.model.load()?;
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        CellsFormat::Ndjson => {
            for entry in policy.cells() {
                serde_json::to_writer(&mut out, &Cells::new(&policy, &entry, args.on)).map_err(io::Error::from)?;
                writeln!(out)?;
            }
        }
        CellsFormat::Csv => {
            let mut rows = csv::Writer::from_writer(&mut out);
            match args.on {
                None => rows.write_record(HEADER).map_err(in_writing)?,
                Some(_) => rows.write_record(HEADER_ON_A_DAY).map_err(in_writing)?,
            }
            for entry in policy.cells() {
                match args.on {
                    None => cell_rows(&policy, &entry).try_for_each(|row| rows.write_record(row)),
                    Some(day) => cell_rows_on(&policy, &entry, day).try_for_each(|row| rows.write_record(row)),
                }
                .map_err(in_writing)?;
            }
            rows.flush()?;
        }
    }
    out.flush()?;
    Ok(YES)
}

/// The error of the writer itself: whether it is a broken pipe must still be seen.
fn in_writing(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}
