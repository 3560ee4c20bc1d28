//! `rasci cells`: every task at every component, streamed.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::ValueEnum;
use rasci::jiff::civil::Date;
use rasci::report::json::Cells;
use rasci::report::rows::{HEADER, HEADER_ON_A_DAY, cell_rows, cell_rows_on};
use rasci::{Policy, TaskId};
use rayon::iter::ParallelIterator;
use rayon::slice::ParallelSlice;

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
    let mut out = io::stdout().lock();
    match args.format {
        CellsFormat::Ndjson => write(&policy, &mut out, |tasks, text| {
            policy.cells_of(tasks.iter().copied()).try_for_each(|entry| {
                serde_json::to_writer(&mut *text, &Cells::new(&policy, &entry, args.on))?;
                writeln!(text)
            })
        })?,
        CellsFormat::Csv => {
            let header = args.on.map_or(&HEADER[..], |_| &HEADER_ON_A_DAY);
            csv::Writer::from_writer(&mut out).write_record(header).map_err(in_writing)?;
            write(&policy, &mut out, |tasks, text| {
                let mut rows = csv::Writer::from_writer(text);
                for entry in policy.cells_of(tasks.iter().copied()) {
                    match args.on {
                        None => cell_rows(&policy, &entry).try_for_each(|row| rows.write_record(row)),
                        Some(day) => cell_rows_on(&policy, &entry, day).try_for_each(|row| rows.write_record(row)),
                    }
                    .map_err(in_writing)?;
                }
                rows.flush()
            })?;
        }
    }
    out.flush()?;
    Ok(YES)
}

/// About so many cells are worked out, by all cores, before they are written in their order.
const CELLS_AT_ONCE: usize = 1 << 13;
/// In so many parts for each core, so that none waits long for another.
const PARTS: usize = 4;

/// Writes the cells of every task, as `each` does.
fn write(
    policy: &Policy,
    out: &mut impl Write,
    each: impl Fn(&[TaskId], &mut Vec<u8>) -> io::Result<()> + Sync,
) -> io::Result<()> {
    let tasks: Vec<TaskId> = policy.model().tasks().map(|(task, _)| task).collect();
    let row = 1 + policy.model().components().count();
    let parts = PARTS * rayon::current_num_threads();
    let at_once = (CELLS_AT_ONCE / row).max(parts);
    for some in tasks.chunks(at_once) {
        let text = |tasks: &[TaskId]| {
            let mut text = Vec::new();
            each(tasks, &mut text).map(|()| text)
        };
        let texts: Vec<io::Result<Vec<u8>>> = some.par_chunks(at_once.div_ceil(parts)).map(text).collect();
        for text in texts {
            out.write_all(&text?)?;
        }
    }
    Ok(())
}

/// The error of the writer itself: whether it is a broken pipe must still be seen.
fn in_writing(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}
