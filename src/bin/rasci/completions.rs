//! `rasci completions` and `rasci man`: what a shell and a reader of manuals want to know of the command itself.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::{Shell, generate};
use clap_mangen::Man;

use crate::Cli;
use crate::output::{Failure, YES, print_text};

/// The completions of a shell: commands, options and their values
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  rasci completions bash > ~/.local/share/bash-completion/completions/rasci\n  rasci completions zsh > ~/.zfunc/_rasci\n  rasci completions fish > ~/.config/fish/completions/rasci.fish"
)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// The manual page of the command, or of one of its commands
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  rasci man > rasci.1\n  rasci man check > rasci-check.1")]
pub(crate) struct Manual {
    /// The command; without one, what all of them are
    command: Option<String>,
}

pub(crate) fn completions(args: &Completions) -> Result<ExitCode, Failure> {
    // The generator ends the process where it cannot write: so it writes to memory.
    let mut text = Vec::new();
    generate(args.shell, &mut Cli::command(), "rasci", &mut text);
    io::stdout().lock().write_all(&text)?;
    Ok(YES)
}

pub(crate) fn manual(args: &Manual) -> Result<ExitCode, Failure> {
    let mut cli = Cli::command();
    cli.build();
    let command = match &args.command {
        None => cli,
        Some(name) => {
            let found = cli.get_subcommands().find(|command| command.get_name() == name).cloned();
            let found = found.ok_or_else(|| Failure::Usage(format!("there is no command `{name}`; `rasci --help` lists all")))?;
            found.display_name(format!("rasci-{name}"))
        }
    };
    let mut text = Vec::new();
    Man::new(command).date("").render(&mut text)?;
    print_text(&sections(&String::from_utf8_lossy(&text)))?;
    Ok(YES)
}

/// What stands after the help has a section of its own name in a manual; examples keep their lines.
fn sections(page: &str) -> String {
    // `check` says how to suppress a finding before it comes to its examples.
    let page =
        page.replace(".SH EXTRA\nA finding", ".SH SUPPRESSION\nA finding").replace("\n\nExamples:\n", "\n.SH EXAMPLES\n.nf\n");
    page.replace(".SH EXTRA\nExamples:\n", ".SH EXAMPLES\n.nf\n").replace(".SH EXTRA\nExit codes: ", ".SH \"EXIT STATUS\"\n")
}
