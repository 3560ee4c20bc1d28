//! Exit codes: of every command, what each outcome ends with, also where nobody reads the answer to its end.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::help::commands;
use super::{MODEL, files, run_in};

/// What comes of each: 0 yes, clean or passed; 1 no, findings, a difference, a failed test; 2 not asked; 3 it depends.
const TABLE: [(i32, &str); 85] = [
    (0, "check clean.yaml"),
    (0, "check warned.yaml"),
    (0, "check --allow many-accountable denied.yaml"),
    (1, "check denied.yaml"),
    (1, "check clean.yaml broken.yaml"),
    (1, "check --deny unused-dimension warned.yaml"),
    (1, "check --format json denied.yaml"),
    (1, "check --format sarif denied.yaml"),
    (1, "check --format github denied.yaml"),
    (2, "check clean.yaml nowhere.yaml"),
    (2, "check --deny nothing clean.yaml"),
    (2, "check"),
    (0, "who m.yaml restore sbc"),
    (0, "who m.yaml idle"),
    (2, "who m.yaml nothing"),
    (2, "who broken.yaml work"),
    (0, "why m.yaml restore --letter R"),
    (2, "why m.yaml restore"),
    (0, "holds m.yaml users I restore --when priority=P1"),
    (1, "holds m.yaml users R restore"),
    (1, "holds m.yaml ann R restore --how named"),
    (3, "holds m.yaml users I restore"),
    (2, "holds m.yaml nobody R restore"),
    (2, "holds broken.yaml ann R work"),
    (0, "duties m.yaml users"),
    (0, "duties clean.yaml bob"),
    (2, "duties m.yaml nobody"),
    (0, "gaps m.yaml"),
    (0, "gaps clean.yaml"),
    (2, "gaps broken.yaml"),
    (0, "impact m.yaml --without vendor"),
    (2, "impact m.yaml --without nobody"),
    (0, "diff clean.yaml clean.yaml"),
    (0, "diff clean.yaml messy.yaml"),
    (1, "diff clean.yaml denied.yaml"),
    (2, "diff clean.yaml broken.yaml"),
    (2, "diff clean.yaml"),
    (0, "participants m.yaml"),
    (2, "participants broken.yaml"),
    (0, "absence away.yaml --from 2026-12-01 --until 2026-12-02"),
    (1, "absence away.yaml --from 2026-12-24 --until 2026-12-24"),
    (2, "absence away.yaml --from 2026-12-24 --until 2026-12-01"),
    (0, "flow flow.yaml"),
    (2, "flow flow.yaml nothing"),
    (0, "escalation flow.yaml"),
    (2, "escalation broken.yaml"),
    (0, "show m.yaml vendor"),
    (2, "show m.yaml nothing"),
    (0, "matrix m.yaml"),
    (2, "matrix m.yaml --component nothing"),
    (0, "cells m.yaml"),
    (2, "cells broken.yaml"),
    (0, "test passes.test.yaml"),
    (0, "test passes.test.yaml --min-coverage 100"),
    (1, "test half.test.yaml --min-coverage 100"),
    (0, "test half.test.yaml --min-coverage 50"),
    (1, "test fails.test.yaml"),
    (1, "test fails.test.yaml --format json"),
    (1, "test fails.test.yaml --format junit"),
    (2, "test passes.test.yaml lost.test.yaml"),
    (2, "test clean.yaml"),
    (2, "test nowhere"),
    (2, "test passes.test.yaml --min-coverage 101"),
    (0, "fmt --check clean.yaml"),
    (1, "fmt --check clean.yaml messy.yaml"),
    (0, "fmt messy.yaml"),
    (0, "fmt --check messy.yaml"),
    (2, "fmt syntax.yaml"),
    (2, "fmt --check nowhere.yaml"),
    (0, "check --fix slip.yaml"),
    (0, "import table.csv -o new.yaml"),
    (2, "import table.csv -o new.yaml"),
    (2, "import nowhere.csv -o other.yaml"),
    (0, "lints"),
    (0, "lints condition-gap"),
    (2, "lints nothing"),
    (0, "schema"),
    (2, "schema more"),
    (0, "completions bash"),
    (2, "completions nothing"),
    (0, "man check"),
    (2, "man nothing"),
    (1, "lsp"),
    (2, "lsp more"),
    (2, "whom"),
];

const CLEAN: &str = "rasci: 1\nid: m\nparties: { ann: { kind: person } }\ntasks: { work: { assign: [{ A/R: ann }] } }\n";

fn folder() -> TempDir {
    let test = |name: &str, expect: &str| {
        format!("rasci-test: 1\nmodel: {name}\ntests: [{{ name: ann works, task: work, expect: {expect} }}]\n")
    };
    let clean = CLEAN.replace("ann: {", "bob: {}, ann: {");
    files(&[
        ("m.yaml", MODEL),
        ("clean.yaml", &clean.replace("bob: {}", "bob: { kind: person }").replace("A/R: ann", "A/R: ann, S: bob")),
        ("messy.yaml", &clean.replace("bob: {}", "bob: {kind: person}").replace("A/R: ann", "A/R: ann, S: bob")),
        ("denied.yaml", &clean.replace("A/R: ann", "R: ann, A: [ann, bob]")),
        ("warned.yaml", &CLEAN.replace("parties", "context: { season: [dry, wet] }\nparties")),
        ("broken.yaml", &CLEAN.replace("A/R: ann", "A/R: somebody")),
        ("slip.yaml", &CLEAN.replace("parties", "partys")),
        ("syntax.yaml", "rasci: [\n"),
        ("away.yaml", &CLEAN.replace("person", "person, absent: [{ from: 2026-12-24, until: 2026-12-26 }]")),
        ("two.yaml", &CLEAN.replace("] } }\n", "] }, rest: { assign: [{ A/R: ann }] } }\n")),
        (
            "flow.yaml",
            &format!("{CLEAN}flows: {{ case: {{ steps: [{{ id: first, task: work }}] }} }}\nescalation: {{ up: [ann] }}\n"),
        ),
        ("passes.test.yaml", &test("clean.yaml", "{ A/R: ann }")),
        ("half.test.yaml", &test("two.yaml", "{ A/R: ann }")),
        ("fails.test.yaml", &test("clean.yaml", "{ R: bob }")),
        ("lost.test.yaml", &test("nowhere.yaml", "nobody")),
        ("table.csv", "task,ann,bob\nwork,R,A\n"),
    ])
}

#[test]
fn every_outcome_of_every_command_has_its_code() {
    let folder = folder();
    let mut seen: BTreeSet<(String, i32)> = BTreeSet::new();
    for (code, line) in TABLE {
        let words: Vec<&str> = line.split_whitespace().collect();
        let ran = run_in(folder.path(), &words);
        assert_eq!(ran.code, code, "`rasci {line}`: {}{}", ran.out, ran.err);
        seen.insert((words[0].to_owned(), code));
    }
    for command in commands() {
        // A server ends well only after a session, of which other tests speak.
        let well = i32::from(command == "lsp");
        assert!(seen.contains(&(command.clone(), well)) && seen.contains(&(command.clone(), 2)), "`{command}` is missing");
    }
}

#[test]
fn a_reader_that_has_had_enough_changes_no_code() {
    let folder = folder();
    let unread = [
        (0, "check clean.yaml"),
        (1, "check denied.yaml"),
        (1, "check --format sarif denied.yaml"),
        (1, "test fails.test.yaml"),
        (1, "diff clean.yaml denied.yaml"),
        (1, "fmt --check messy.yaml"),
        (3, "holds m.yaml users I restore"),
    ];
    for (code, line) in unread {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = Command::new(env!("CARGO_BIN_EXE_rasci"));
        command.current_dir(folder.path()).args(line.split_whitespace()).stdout(writer).stderr(Stdio::null());
        assert_eq!(command.status().unwrap().code(), Some(code), "`rasci {line}`");
    }
}
