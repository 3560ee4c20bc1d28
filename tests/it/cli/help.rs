//! What the command says of itself: every command shows how it is called, and what it shows can be called so; shells
//! get completions, and readers of manuals a page.

use std::process::Command;

use super::{MODEL, files, run, run_in};

/// Beside the small model, what the examples speak of.
const MORE: &str = "
components: { back-end: {} }
context: { cause: [application, mixed] }
tasks: { submit-case: {}, root-cause-analysis: {} }
flows: { case: { steps: [{ id: first, task: restore }] } }
";

/// The names of all commands, as the help lists them.
pub(super) fn commands() -> Vec<String> {
    let help = run(&["--help"]).out;
    let (_, list) = help.split_once("Commands:\n").unwrap();
    let names = list.lines().take_while(|line| !line.is_empty());
    let names = names.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.map(|line| line.split_whitespace().next().unwrap().to_owned()).filter(|name| name != "help").collect()
}

#[test]
fn every_command_has_examples_and_they_run() {
    let more = format!("rasci: 1\nid: more\nextends: base.yaml\n{MORE}");
    let test = "rasci-test: 1\nmodel: model.yaml\ntests: [{ name: idle, task: idle, expect: unassigned }]\n";
    let base = MODEL.replace("id: small", "id: base");
    let folder = files(&[
        ("base.yaml", &base),
        ("model.yaml", &more),
        ("old.yaml", &more),
        ("new.yaml", &more),
        ("policies/base.yaml", &base),
        ("policies/model.yaml", &more),
        ("policies/model.test.yaml", test),
        ("matrix.csv", "task,helpdesk,vendor\nrestore,R,A\n"),
    ]);
    let git =
        |args: &[&str]| assert!(Command::new("git").current_dir(folder.path()).args(args).output().unwrap().status.success());
    git(&["init", "--quiet", "--initial-branch", "main"]);
    git(&["add", "."]);
    git(&["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "models"]);
    let commands = commands();
    assert!(commands.len() > 15, "{commands:?}");
    for command in commands {
        let help = run(&[&command, "--help"]).out;
        let (_, examples) = help.split_once("Examples:\n").unwrap_or_else(|| panic!("`rasci {command} --help` has no examples"));
        let lines: Vec<&str> = examples.lines().map_while(|line| line.strip_prefix("  rasci ")).collect();
        assert!(!lines.is_empty(), "{help}");
        for line in lines {
            // What another program does with the answer is its own matter.
            let own = line.split([';', '|', '>', '<']).next().unwrap();
            let args: Vec<&str> = own.split_whitespace().collect();
            assert!(args[0] == command, "`rasci {line}` is an example of another command");
            if SERVES.contains(&args[0]) {
                continue;
            }
            let ran = run_in(folder.path(), &args);
            assert!(ran.code != 2, "`rasci {line}`: {}", ran.err);
        }
    }
}

/// Commands that run until they are told to end.
const SERVES: &[&str] = &["lsp"];

#[test]
fn shells_complete_commands_and_options() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = run(&["completions", shell]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        for word in ["matrix", "--every", "escalation"]
            .iter()
            .map(|word| if shell == "fish" { word.trim_start_matches('-') } else { word })
        {
            assert!(ran.out.contains(word), "{shell} does not know {word}");
        }
    }
    // Where there is a bash, it takes them.
    let folder = files(&[("rasci.bash", &run(&["completions", "bash"]).out)]);
    let script = "source rasci.bash && COMP_WORDS=(rasci mat) COMP_CWORD=1 && _rasci rasci mat rasci && echo \"${COMPREPLY[@]}\"";
    if let Ok(bash) = Command::new("bash").current_dir(folder.path()).args(["--norc", "-c", script]).output() {
        assert_eq!(String::from_utf8(bash.stdout).unwrap(), "matrix\n", "{}", String::from_utf8_lossy(&bash.stderr));
    }
    run(&["completions", "abacus"]).refused("invalid value");
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    let all = run(&["man"]).out;
    assert!(all.contains(".TH rasci 1") && all.contains(".SH \"EXIT STATUS\"\n0 yes"), "{all}");
    for command in commands() {
        assert!(all.contains(&format!("rasci\\-{command}(1)")), "{command}");
        let page = run(&["man", &command]).out;
        assert!(page.contains(&format!(".TH rasci-{command} 1")) && page.contains(".SH OPTIONS"), "{page}");
        assert!(page.contains(".SH EXAMPLES\n.nf\n  rasci ") && !page.contains("EXTRA"), "{page}");
    }
    run(&["man", "whom"]).refused("there is no command `whom`");
}
