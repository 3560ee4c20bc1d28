//! `rasci flow`: who acts at each step of a flow, and who hands over to whom.

use std::process::ExitCode;

use clap::ValueEnum;
use rasci::jiff::civil::Date;
use rasci::query::{Asked, Travel};
use rasci::report::graph::{self, Graph, flow_graph};
use rasci::report::{json::FlowReport, text::flow_text};
use rasci::{Letter, Policy};

use crate::output::{ContextArgs, Failure, ModelArgs, YES, parse_date, parse_letter, print_json, print_lines, print_text};
use crate::terminal::busy;

/// How a case travels: who acts at each step, who hands over to whom, where it goes round, the paths and their length
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  rasci flow model.yaml\n  rasci flow model.yaml case --when priority=P1 --format json\n  rasci flow model.yaml --format mermaid"
)]
pub(crate) struct Args {
    #[command(flatten)]
    model: ModelArgs,
    /// The flow: its id; all of them without one
    flow: Option<String>,
    /// Beside who acts, who holds this letter; give it again for more
    #[arg(long, value_parser = parse_letter)]
    letter: Vec<Letter>,
    #[command(flatten)]
    context: ContextArgs,
    /// On this day: who is absent, and who stands in
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    on: Option<Date>,
    /// How to write the answer
    #[arg(long, value_enum, default_value = "table")]
    format: FlowFormat,
}

/// How flows and escalations are written.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum FlowFormat {
    /// To be read
    #[value(alias = "human")]
    Table,
    /// For programs
    Json,
    /// A graph for Graphviz
    Dot,
    /// A graph for Markdown
    Mermaid,
    /// A drawing
    Svg,
}

impl FlowFormat {
    /// Writes graphs, in the formats that draw.
    pub(crate) fn draw(self, graphs: &[Graph]) -> Result<(), Failure> {
        match self {
            Self::Table | Self::Json => Ok(()),
            Self::Dot => print_text(&graph::dot(graphs)),
            Self::Mermaid => print_text(&graph::mermaid(graphs)),
            Self::Svg => print_text(&graph::svg(graphs)),
        }
    }
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let policy = args.model.load()?;
    let asked = Asked { context: args.context.context(&policy)?, on: args.on, letters: args.letter.clone() };
    let travels = busy("following the flow", || travels(&policy, args.flow.as_deref(), &asked))?;
    match args.format {
        FlowFormat::Table => print_lines(&flow_text(&policy, &asked, &travels))?,
        FlowFormat::Json => print_json(&FlowReport::new(&policy, &asked, &travels))?,
        format => format.draw(&travels.iter().filter_map(|travel| flow_graph(&policy, travel)).collect::<Vec<_>>())?,
    }
    Ok(YES)
}

/// How a case travels through the flow of this id, or through each.
fn travels(policy: &Policy, flow: Option<&str>, asked: &Asked) -> Result<Vec<Travel>, Failure> {
    let Some(id) = flow else {
        let flows = 0..policy.model().flows().len();
        return Ok(flows.filter_map(|flow| policy.travel(flow, asked)).collect());
    };
    Ok(policy.travel(policy.flow(id)?, asked).into_iter().collect())
}
