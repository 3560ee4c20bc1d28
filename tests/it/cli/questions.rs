//! What can be asked, what cannot, and the exit code of each.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

use super::{MODEL, asked, files, run};

#[test]
fn an_unknown_name_is_told_with_the_nearest() {
    for (args, said) in [
        (&["who", "m.yaml", "restroe"][..], "error: unknown task `restroe`; did you mean `restore`?\n"),
        (&["who", "m.yaml", "restore", "scb"], "error: unknown component `scb`; did you mean `sbc`?\n"),
        (&["holds", "m.yaml", "helpdisk", "R", "restore"], "error: unknown party `helpdisk`; did you mean `helpdesk`?\n"),
        (
            &["why", "m.yaml", "restore", "nowhere", "--letter", "R"],
            "error: unknown component `nowhere`; known are `database`, `sbc`, `trunk`\n",
        ),
        (
            &["who", "m.yaml", "restore", "--when", "prioritiy=P1"],
            "error: unknown dimension `prioritiy`; did you mean `priority`?\n",
        ),
        (&["who", "m.yaml", "restore", "--when", "scenario=cluod"], "did you mean `cloud`?\n"),
        (&["show", "m.yaml", "vendr"], "did you mean `vendor`?\n"),
        (&["who", "m.yaml", ""], "error: unknown task ``; known are "),
    ] {
        run(args).refused(said);
    }
}

#[test]
fn a_context_is_given_once_for_each_dimension() {
    let both = asked(0, &["who", "m.yaml", "restore", "--when", "priority=P1", "--when", "scenario=cloud"]);
    assert_eq!(both["context"], serde_json::json!({ "priority": "P1", "scenario": "cloud" }));
    assert_eq!(both["cases"].as_array().unwrap().len(), 1);
    for (when, said) in [
        ("priority", "`--when priority` is not of the form DIMENSION=VALUE"),
        ("", "is not of the form DIMENSION=VALUE"),
        ("=P1", "unknown dimension ``"),
        ("priority=", "unknown value ``"),
        ("priority=P1=P2", "unknown value `P1=P2`"),
        ("priority=p1", "did you mean `P1`?"),
    ] {
        run(&["who", "m.yaml", "restore", "--when", when]).refused(said);
    }
    run(&["who", "m.yaml", "restore", "--when", "priority=P1", "--when", "priority=P2"]).refused("priority");
}

#[test]
fn letters_can_be_picked() {
    let picked = asked(0, &["who", "m.yaml", "restore", "--letter", "I", "--letter", "R", "--when", "priority=P1"]);
    let letters: Vec<&String> = picked["cases"][0]["letters"].as_object().unwrap().keys().collect();
    assert_eq!(letters, ["I", "R"]);
    let ran = run(&["who", "m.yaml", "restore", "--letter", "I", "--letter", "R", "--when", "priority=P1"]).out;
    assert!(ran.find("\n  R  ").unwrap() < ran.find("\n  I  ").unwrap(), "in their own order: {ran}");
    run(&["who", "m.yaml", "restore", "--letter", "X"]).refused("write one of R, A, S, C, I");
    run(&["why", "m.yaml", "restore"]).refused("--letter");
}

#[test]
fn how_narrows_what_counts_as_yes() {
    let code = |party: &str, how: &[&str]| run(&[&["holds", "m.yaml", party, "R", "restore"], how].concat()).code;
    assert_eq!(code("ann", &[]), 0);
    assert_eq!(code("ann", &["--how", "named"]), 1);
    assert_eq!(code("ann", &["--how", "named,as-member"]), 0);
    assert_eq!(code("ann", &["--how", "through-part", "--how", "as-member"]), 0);
    assert_eq!(code("customer", &["--how", "named,as-member"]), 1);
    run(&["holds", "m.yaml", "ann", "R", "restore", "--how", "somehow"]).refused("write one of named, as-member, through-part");
}

#[test]
fn on_a_day_deputies_stand_in() {
    let code = |party: &str, task: &str, on: &str| {
        let letter = if task == "stand-by" { "A" } else { "R" };
        run(&["holds", "m.yaml", party, letter, task, "--on", on]).code
    };
    for (day, ann, bob) in [("2026-12-20", 0, 1), ("2026-12-21", 1, 0), ("2027-01-04", 1, 0), ("2027-01-05", 0, 1)] {
        assert_eq!(code("ann", "stand-by", day), ann, "{day}");
        assert_eq!(code("bob", "stand-by", day), bob, "{day}");
        assert_eq!(code("ann", "restore", day), ann, "{day}");
        assert_eq!(code("bob", "restore", day), 0, "{day}");
    }
    run(&["who", "m.yaml", "restore", "--on", "2026-02-30"]).refused("there is no such day");
    for day in ["24-12-2026", "today", ""] {
        run(&["who", "m.yaml", "restore", "--on", day]).refused("write year, month and day: 2026-12-24");
    }
}

#[test]
fn a_question_to_no_model_is_not_asked() {
    run(&["who", "nowhere.yaml", "restore"]).refused("cannot read `nowhere.yaml`: there is no such file");
    run(&["who", ".", "restore"]).refused("is not a file");
    run(&["cells", "m.yaml", "--root", "nowhere"]).refused("nowhere");
    run(&["who"]).refused("Usage");
    run(&["whom", "m.yaml"]).refused("who");
    let broken = files(&[("m.yaml", "rasci: 1\nid: x\nwho: 1\n")]);
    super::run_in(broken.path(), &["who", "m.yaml", "restore"]).refused("error[unknown-key]: unknown key `who`");
    assert_eq!(run(&["--help"]).code, 0);
    assert_eq!(run(&["--version"]).out, format!("rasci {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn csv_has_a_row_for_each_case() {
    let ran = run(&["cells", "m.yaml", "--format", "csv"]);
    let rows: Vec<Vec<&str>> = ran.out.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows[0], ["task", "component", "when", "status", "R", "A", "S", "C", "I"]);
    assert!(rows.iter().all(|row| row.len() == 9), "{}", ran.out);
    assert_eq!(rows[1], ["restore", "", "priority is P1", "assigned", "vendor helpdesk", "customer", "", "vendor", "users"]);
    assert_eq!(rows[2], ["restore", "", "priority is P2 or P3", "assigned", "vendor helpdesk", "customer", "", "", "[]"]);
    assert!(
        rows.contains(&vec!["manage", "database", "scenario is on-premises", "nobody", "[]", "[]", "", "", ""]),
        "{}",
        ran.out
    );
}

#[test]
fn a_reader_that_has_enough_is_no_failure() {
    let tasks = crate::hostile::lines(20_000, |nth| format!("  task-{nth}: {{}}"));
    let directory = files(&[("m.yaml", &format!("{MODEL}\n")), ("many.yaml", &format!("rasci: 1\nid: x\ntasks:\n{tasks}"))]);
    for format in ["ndjson", "csv"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rasci"));
        command.current_dir(directory.path()).args(["cells", "many.yaml", "--format", format]);
        let mut cells = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = String::new();
        BufReader::with_capacity(64, cells.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let mut said = String::new();
        cells.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!((cells.wait().unwrap().code(), said.as_str()), (Some(0), ""), "{format}");
        assert!(first.starts_with("task,") || first.starts_with('{'), "{first}");
    }
}
