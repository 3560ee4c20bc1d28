//! `rasci show`: all that is declared of an entry.

use std::process::ExitCode;

use clap::ValueEnum;
use rasci::report::graph::{self, trees};
use rasci::report::{json::Shown, text::show_text};

use crate::output::{Failure, ModelArgs, YES, print_json, print_lines, print_text};

/// All that is declared of a party, component, task, requirement or source
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  rasci show model.yaml helpdesk\n  rasci show model.yaml sbc --format json\n  rasci show model.yaml --format dot | dot -Tpng > model.png"
)]
pub(crate) struct Args {
    #[command(flatten)]
    model: ModelArgs,
    /// The id or an alias of the entry; a drawing without one is of all parties, components and tasks
    id: Option<String>,
    /// How to write the answer
    #[arg(long, value_enum, default_value = "human")]
    format: ShowFormat,
}

/// How an entry is written.
#[derive(Clone, Copy, ValueEnum)]
enum ShowFormat {
    /// To be read
    Human,
    /// For programs
    Json,
    /// What it is made of, for Graphviz
    Dot,
    /// What it is made of, for Markdown
    Mermaid,
    /// What it is made of, as a drawing
    Svg,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let policy = args.model.load()?;
    let graphs = || trees(&policy, args.id.as_deref());
    let shown = || match &args.id {
        Some(id) => Ok(Shown::find(&policy, id)?),
        None => {
            Err(Failure::Usage("name the entry to show; without one, `--format dot`, `mermaid` and `svg` draw all".to_owned()))
        }
    };
    match args.format {
        ShowFormat::Human => print_lines(&show_text(&shown()?))?,
        ShowFormat::Json => print_json(&shown()?)?,
        ShowFormat::Dot => print_text(&graph::dot(&graphs()?))?,
        ShowFormat::Mermaid => print_text(&graph::mermaid(&graphs()?))?,
        ShowFormat::Svg => print_text(&graph::svg(&graphs()?))?,
    }
    Ok(YES)
}
