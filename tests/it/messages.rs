//! Every message as text: what `policies/broken` and the pages of lints do not bring up is brought up here and kept in
//! `tests/it/snapshots/messages.txt`; and no message in the source stands in no snapshot.

mod sources;
mod written;

use std::fmt::Write;
use std::path::Path;

use rasci::diagnostic::Diagnostic;
use rasci::editor::Workspace;
use rasci::source::Memory;
use rasci::{Limits, LoadError, Policy, expectation};

use crate::cli::{MODEL, files, run_in, snapshot};
use written::{ARGUMENTS, LIMITS, MODELS, RENAMES, SYNTAX, TESTS};

/// That a message is written as all are: a fragment, and a sentence that helps.
fn is_in_style(Diagnostic { message, help, name, .. }: &Diagnostic) {
    let begins = message.chars().next().is_some_and(|first| !first.is_uppercase() || message.starts_with(letter_first));
    let adds = message.contains("::") || message.ends_with('.') && !message.ends_with("...");
    assert!(begins && !adds, "{name}: {message}");
    let help = help.as_deref().unwrap_or_else(|| panic!("{name}: {message}: no help"));
    let sentence = help.starts_with(|first: char| first.is_uppercase() || first == '`') && help.ends_with(['.', '?']);
    assert!(sentence, "{name}: {help}");
}

/// `I has no party`, `R of ...`: a letter is no word.
fn letter_first(first: char) -> bool {
    "RASCI".contains(first)
}

/// What is wrong, in style.
fn told(error: &LoadError) -> String {
    error.diagnostics().iter().for_each(is_in_style);
    format!("{error}\n")
}

fn refused(text: &str) -> String {
    let outcome = Policy::parse("model.yaml", text);
    format!("=== {}\n{}\n", text.trim_start_matches(HEAD).trim_end(), told(&outcome.expect_err(text)))
}

const HEAD: &str = "rasci: 1\nid: m\n";

#[test]
fn messages_that_are_seldom_seen_are_these() {
    let mut all = String::new();
    for text in SYNTAX.into_iter().chain(MODELS) {
        all += &refused(&format!("{HEAD}{text}"));
    }
    for (name, limits, text) in LIMITS {
        let outcome = Policy::loader().limits(limits()).parse("model.yaml", &format!("{HEAD}{text}"));
        let _ = writeln!(all, "=== limit: {name}\n{}", told(&outcome.expect_err(name)));
    }
    let several: Memory = [("model.yaml", "rasci: 1\nid: m\nextends: base.yaml\n"), ("base.yaml", HEAD)].into_iter().collect();
    let few = Limits { documents: 1, ..Limits::default() };
    let outcome = Policy::loader().limits(few).load_from(&several, "model.yaml");
    let _ = writeln!(all, "=== limit: documents\n{}", told(&outcome.unwrap_err()));
    for test in TESTS {
        let model = format!("{HEAD}parties: {{ ann: {{}} }}\ntasks: {{ work: {{ assign: [{{ A/R: ann }}] }} }}\n");
        let text = format!("rasci-test: 1\nmodel: m.yaml\n{test}\n");
        let memory: Memory = [("m.yaml", model.as_str()), ("m.test.yaml", &text)].into_iter().collect();
        let unrunnable = expectation::run_from(&memory, &["m.test.yaml"]).expect_err(test);
        let _ = writeln!(all, "=== test: {test}");
        unrunnable.errors().iter().for_each(|error| all += &told(error));
        all.push('\n');
    }
    let mut workspace = Workspace::default();
    let text = format!("{HEAD}parties: {{ ann: {{ aliases: Anna }}, bob: {{}} }}\nlints: {{ unused-party: allow }}\n");
    workspace.open("/p/m.yaml", &text);
    for (mark, new) in RENAMES {
        let why = workspace.rename("/p/m.yaml", text.find(mark).unwrap(), new).unwrap_err();
        let _ = writeln!(all, "=== rename {mark} to {new}\n{why}\n");
    }
    let _ = writeln!(all, "=== rename what is not open\n{}\n", workspace.rename("/p/n.yaml", 0, "x").unwrap_err());
    workspace.open("/p/m.yaml", &format!("{text}tasks: {{ [\n"));
    let _ = writeln!(
        all,
        "=== rename in a broken document\n{}\n",
        workspace.rename("/p/m.yaml", text.find("bob").unwrap(), "x").unwrap_err()
    );
    snapshot("messages", &all);
}

#[test]
fn what_the_command_refuses_is_this() {
    let folder = files(&[
        ("m.yaml", MODEL),
        ("empty/readme.txt", ""),
        ("lost.test.yaml", "rasci-test: 1\nmodel: nowhere.yaml\ntests: [{ name: idle, task: idle, expect: unassigned }]\n"),
        ("inner/m.test.yaml", "rasci-test: 1\nmodel: ../m.yaml\ntests: [{ name: idle, task: idle, expect: unassigned }]\n"),
        ("table.csv", "nothing here\n"),
        ("closed.yaml", "a:\n  - { b: 1, c: 2\n    } # rasci: allow(many-accountable) because z\n"),
        ("broken.yaml", "rasci: 1\nid: m\ntitle: &a x\n"),
        ("m.test.yaml", "rasci-test: 1\nmodel: m.yaml\ntests: [{ name: idle, task: idle, expect: unassigned }]\n"),
    ]);
    std::fs::write(folder.path().join("latin.yaml"), b"rasci: 1\nid: m\ntitle: caf\xe9\n").unwrap();
    std::fs::write(folder.path().join("latin.test.yaml"), b"rasci-test: 1\nmodel: m.yaml\ntests: [caf\xe9]\n").unwrap();
    let mut all = String::new();
    for line in ARGUMENTS {
        let ran = run_in(folder.path(), &line.split_whitespace().collect::<Vec<_>>());
        assert!(ran.code > 0, "{line}: {}", ran.out);
        let _ = writeln!(all, "$ rasci {line}\n{}exit {}\n", ran.err, ran.code);
    }
    snapshot("refusals", &all);
}

#[test]
fn every_message_of_the_source_stands_in_a_snapshot() {
    let entries = std::fs::read_dir("tests/it/snapshots").unwrap().map(|entry| entry.unwrap().path());
    let texts = entries.filter(|path| path.extension().is_some_and(|extension| extension == "txt"));
    let snapshots: String = texts.map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let snapshots = sources::in_one_line(&snapshots);
    let messages = sources::messages(Path::new("src"));
    assert!(messages.len() > 150, "only {} messages were found", messages.len());
    let seen = |message: &str| snapshots.contains(message) || sources::UNSEEN.iter().any(|(unseen, _)| message.contains(unseen));
    let missing: Vec<_> = messages.iter().filter(|(_, message)| !seen(message)).collect();
    assert!(missing.is_empty(), "in no snapshot: {missing:#?}");
}
