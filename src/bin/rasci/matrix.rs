//! `rasci matrix`: every answer as a grid, in the format that is asked for.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::ValueEnum;
use rasci::jiff::civil::Date;
use rasci::query::{ComponentGrid, GridAsk, PartyGrid, Places};
use rasci::report::json::Grid;
use rasci::report::page::Page;
use rasci::report::sheet::{Sheet, component_sheet, markdown, party_sheet, terminal_table, write_csv, xlsx};
use rasci::report::svg::matrix;
use rasci::report::text::fitted;
use rasci::{ComponentId, Letter, Policy, TaskId};

use crate::output::{ContextArgs, Failure, ModelArgs, YES, parse_date, parse_letter, print_json, print_text};
use crate::terminal::{progress, width};

/// All answers as a grid: tasks across parties, or with --letter tasks across components
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  rasci matrix model.yaml\n  rasci matrix model.yaml --component sbc --when priority=P1\n  rasci matrix model.yaml --letter A --format markdown\n  rasci matrix model.yaml --every --format csv > matrix.csv"
)]
pub(crate) struct Args {
    #[command(flatten)]
    model: ModelArgs,
    /// Tasks across parties at this component [default: the whole system]
    #[arg(long, value_name = "ID", conflicts_with_all = ["letter", "every"])]
    component: Option<String>,
    /// Tasks across parties at the whole system and at every component where the answer is another than above it
    #[arg(long, conflicts_with = "letter")]
    every: bool,
    /// Tasks across components: who holds this letter
    #[arg(long, value_parser = parse_letter)]
    letter: Option<Letter>,
    /// Only this task and what it is made of
    #[arg(long, value_name = "ID")]
    task: Option<String>,
    #[command(flatten)]
    context: ContextArgs,
    /// On this day: who is absent, and who stands in
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    on: Option<Date>,
    /// How to write the grid
    #[arg(long, value_enum, default_value = "table")]
    format: MatrixFormat,
}

/// How a grid is written.
#[derive(Clone, Copy, ValueEnum)]
enum MatrixFormat {
    /// As wide as the terminal
    #[value(alias = "human")]
    Table,
    /// A table for READMEs and comments
    Markdown,
    /// For spreadsheets: RFC 4180
    Csv,
    /// For programs
    Json,
    /// A drawing of tasks across parties
    Svg,
    /// For spreadsheets, with letters in colour
    Xlsx,
    /// A page for the browser, with everything in it: --component, --every and --letter are chosen there
    Html,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let policy = args.model.load()?;
    let task = args.task.as_ref().map_or(Ok(TaskId::ALL), |task| policy.task(task))?;
    let ask = GridAsk { task, context: args.context.context(&policy)?, on: args.on };
    if matches!(args.format, MatrixFormat::Html) {
        print_text(&page(&policy, ask)?)?;
        return Ok(YES);
    }
    let grid = args.grid(&policy, ask)?;
    match args.format {
        MatrixFormat::Table => {
            let sheet = grid.sheet();
            let title = fitted(&sheet.title, width());
            print_text(&format!("{title}\n\n{}", terminal_table(&sheet, width()).text(width())))?;
        }
        MatrixFormat::Markdown => print_text(&markdown(&grid.sheet()))?,
        MatrixFormat::Csv => write_csv(&grid.sheet(), BufWriter::new(io::stdout().lock()))?,
        MatrixFormat::Json => print_json(&grid.json())?,
        MatrixFormat::Svg => print_text(&grid.svg()?)?,
        MatrixFormat::Xlsx => io::stdout().lock().write_all(&xlsx(&grid.sheet())?)?,
        MatrixFormat::Html => {}
    }
    Ok(YES)
}

/// The page of the whole model.
fn page(policy: &Policy, ask: GridAsk) -> Result<String, Failure> {
    let mut page = Page::new(policy, ask);
    for task in progress("tasks", page.tasks().to_vec().into_iter()) {
        page.add(task);
    }
    page.html().map_err(|error| Failure::Write(io::Error::other(error)))
}

/// The grid that was asked for.
enum Asked<'p> {
    Parties(PartyGrid<'p>),
    Components(ComponentGrid<'p>),
}

impl Args {
    fn grid<'p>(&self, policy: &'p Policy, ask: GridAsk) -> Result<Asked<'p>, Failure> {
        if let Some(letter) = self.letter {
            let rows = progress("tasks", policy.component_rows(letter, &ask)).collect();
            return Ok(Asked::Components(ComponentGrid::new(policy, letter, ask, rows)));
        }
        let places = match &self.component {
            _ if self.every => Places::Every,
            Some(component) => Places::One(policy.component(component)?),
            None => Places::One(ComponentId::SYSTEM),
        };
        let rows = progress("tasks", policy.party_rows(places, &ask)).flatten().collect();
        Ok(Asked::Parties(PartyGrid::new(policy, places, ask, rows)))
    }
}

impl<'p> Asked<'p> {
    fn sheet(&self) -> Sheet {
        match self {
            Self::Parties(grid) => party_sheet(grid),
            Self::Components(grid) => component_sheet(grid),
        }
    }

    fn svg(&self) -> Result<String, Failure> {
        match self {
            Self::Parties(grid) => Ok(matrix(grid)),
            Self::Components(_) => Err(Failure::Usage("a drawing has parties across; leave `--letter` out".to_owned())),
        }
    }

    fn json(&self) -> Grid<'p> {
        match self {
            Self::Parties(grid) => Grid::of_parties(grid),
            Self::Components(grid) => Grid::of_components(grid),
        }
    }
}
