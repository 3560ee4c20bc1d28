//! `rasci escalation`: who hands over to whom, and what each holds.

use std::process::ExitCode;

use rasci::jiff::civil::Date;
use rasci::query::Asked;
use rasci::report::graph::escalation_graph;
use rasci::report::{json::EscalationReport, text::escalation_text};

use crate::flow::FlowFormat;
use crate::output::{ContextArgs, Failure, ModelArgs, YES, parse_date, print_json, print_lines, these_letters};
use crate::terminal::busy;

/// Who hands over to whom, from a party to the last, and what each holds: of a task, or anywhere
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  rasci escalation model.yaml\n  rasci escalation model.yaml --from helpdesk --task restore --component sbc --when priority=P1"
)]
pub(crate) struct Args {
    #[command(flatten)]
    model: ModelArgs,
    /// From this party on: itself, or a party that it is in, or one that is in it
    #[arg(long, value_name = "PARTY")]
    from: Option<String>,
    /// What each holds of this task
    #[arg(long)]
    task: Option<String>,
    /// What each holds of the task at this component; at the whole system without one
    #[arg(long, requires = "task")]
    component: Option<String>,
    #[command(flatten)]
    context: ContextArgs,
    /// On this day: who is absent, and who stands in
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    on: Option<Date>,
    /// How to write the answer
    #[arg(long, value_enum, default_value = "table")]
    format: FlowFormat,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let policy = args.model.load()?;
    let from = args.from.as_deref().map(|from| policy.party(from)).transpose()?;
    let cell = args.task.as_deref().map(|task| policy.cell(task, args.component.as_deref())).transpose()?;
    let asked = Asked { context: args.context.context(&policy)?, on: args.on, letters: these_letters(&[]) };
    let routes = busy("following the escalation", || policy.routes(from, cell, &asked));
    match args.format {
        FlowFormat::Table => print_lines(&escalation_text(&policy, from, cell, &asked, &routes))?,
        FlowFormat::Json => print_json(&EscalationReport::new(&policy, from, cell, &asked, &routes))?,
        format => format.draw(&routes.iter().filter_map(|route| escalation_graph(&policy, route)).collect::<Vec<_>>())?,
    }
    Ok(YES)
}
