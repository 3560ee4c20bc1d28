//! `check`: what it reads, how lints are levelled, its JSON, and every message there is, as an author reads it.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::{MODEL, files, run, run_in, snapshot};

/// A model with one finding of a lint.
const TWO_ACCOUNTABLE: &str = "rasci: 1\nid: x\nparties: {a: {}, b: {}}\ntasks: {t: {assign: [{R: a, A: [a, b]}]}}\n";

#[test]
fn a_directory_is_searched_for_models() {
    let directory = files(&[
        ("all/a.yaml", "rasci: 1\nid: a\n"),
        ("all/deep/b.yml", "rasci: 1\nid: b\n"),
        ("all/a.test.yaml", "no model at all"),
        ("all/a.test.yml", "no model at all"),
        ("all/notes.txt", "no model at all"),
        ("none/notes.txt", "no model at all"),
    ]);
    let ran = run_in(directory.path(), &["check", "all"]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "2 models checked: nothing to report\n", ""));
    // Named outright, a file is checked whatever it is called.
    assert_eq!(run_in(directory.path(), &["check", "all/a.test.yaml"]).code, 1);
    run_in(directory.path(), &["check", "none"]).refused("there is no model in `none`");
}

#[test]
fn errors_are_the_answer_and_a_missing_file_is_none() {
    let directory = files(&[("bad.yaml", "rasci: 1\nid: x\nwho: 1\n"), ("good.yaml", "rasci: 1\nid: x\n")]);
    let bad = run_in(directory.path(), &["check", "good.yaml", "bad.yaml"]);
    assert_eq!((bad.code, bad.out.as_str()), (1, "2 models checked: 1 error, 0 warnings\n"));
    assert!(bad.err.contains("error[unknown-key]"), "{}", bad.err);
    let missing = run_in(directory.path(), &["check", "good.yaml", "nowhere.yaml"]);
    assert_eq!(missing.code, 2, "{}", missing.err);
    assert!(missing.err.contains("cannot read `nowhere.yaml`: there is no such file"), "{}", missing.err);
    let missing = run_in(directory.path(), &["check", "--format", "json", "nowhere.yaml"]);
    assert_eq!((missing.code, &missing.json()["diagnostics"][0]["place"]), (2, &json!(null)));
    run(&["check"]).refused("Usage");
}

#[test]
fn what_several_models_extend_is_told_once() {
    let directory = files(&[
        ("base.yaml", TWO_ACCOUNTABLE),
        ("one.yaml", "rasci: 1\nid: one\nextends: base.yaml\n"),
        ("two.yaml", "rasci: 1\nid: two\nextends: base.yaml\n"),
    ]);
    let ran = run_in(directory.path(), &["check", "one.yaml", "two.yaml"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, "2 models checked: 1 error, 0 warnings\n"));
    assert_eq!(ran.err.matches("error[many-accountable]").count(), 1, "{}", ran.err);
}

#[test]
fn levels_come_from_the_command_then_the_model() {
    let with = |level: &str| format!("{TWO_ACCOUNTABLE}lints: {{many-accountable: {level}}}\n");
    let directory = files(&[
        ("none.yaml", TWO_ACCOUNTABLE),
        ("allow.yaml", &with("allow")),
        ("warn.yaml", &with("warn")),
        ("deny.yaml", &with("deny")),
    ]);
    for (file, args, code, summary) in [
        ("none.yaml", &[][..], 1, "1 error, 0 warnings"),
        ("allow.yaml", &[], 0, "nothing to report"),
        ("warn.yaml", &[], 0, "0 errors, 1 warning"),
        ("deny.yaml", &[], 1, "1 error, 0 warnings"),
        ("none.yaml", &["--allow", "many-accountable"], 0, "nothing to report"),
        ("none.yaml", &["--warn", "many-accountable"], 0, "0 errors, 1 warning"),
        ("allow.yaml", &["--deny", "many-accountable"], 1, "1 error, 0 warnings"),
        ("deny.yaml", &["--warn", "many-accountable"], 0, "0 errors, 1 warning"),
    ] {
        let ran = run_in(directory.path(), &[&["check", file], args].concat());
        assert_eq!((ran.code, ran.out), (code, format!("1 model checked: {summary}\n")), "{file} {args:?}");
    }
    run(&["check", "m.yaml", "--deny", "no-such-lint"]).refused("unknown lint `no-such-lint`");
    run(&["lints", "no-such-lint"]).refused("unknown lint `no-such-lint`");
    let lints = run(&["lints"]);
    assert_eq!((lints.code, lints.err.as_str()), (0, ""));
    assert!(lints.out.lines().any(|line| line.starts_with("many-accountable ") && line.contains(" deny ")), "{}", lints.out);
}

#[test]
fn check_has_its_shape() {
    let text = "rasci: 1\nid: x\nparties:\n  é: {}\n  ab: {}\ntasks: {t: {note: é, assign: [{R: abc}]}}\nid: y\n";
    let directory = files(&[("m.yaml", text), ("w.yaml", TWO_ACCOUNTABLE)]);
    let ran = run_in(directory.path(), &["check", "--format", "json", "m.yaml"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    let answer = ran.json();
    assert_eq!(answer["version"], 1);
    let place = |line: u32, column: u32, end: u32| json!({ "file": "m.yaml", "line": line, "column": column, "end_line": line, "end_column": end });
    let found = answer["diagnostics"].as_array().unwrap();
    assert_eq!(found.len(), 3, "{answer}");
    assert_eq!((&found[0]["name"], &found[0]["place"]), (&json!("invalid-id"), &place(4, 3, 4)));
    assert_eq!(
        found[1],
        json!({
            "name": "unknown-party", "severity": "error", "message": "unknown party `abc`", "help": "Did you mean `ab`?",
            "place": place(6, 35, 38), "related": [],
            "mends": [{ "title": "write `ab`", "certain": true, "edits": [{ "place": place(6, 35, 38), "text": "ab" }] }],
        })
    );
    assert_eq!((&found[2]["name"], &found[2]["place"]), (&json!("duplicate-key"), &place(7, 1, 3)));
    assert_eq!(found[2]["related"], json!([{ "message": "first here", "place": place(2, 1, 3) }]));

    let severity = |level: &str| {
        let ran = run_in(directory.path(), &["check", "--format", "json", level, "many-accountable", "w.yaml"]);
        ran.json()["diagnostics"][0]["severity"].clone()
    };
    assert_eq!((severity("--warn"), severity("--deny")), (json!("warn"), json!("deny")));
    let clean = run_in(directory.path(), &["check", "--format", "json", "--allow", "many-accountable", "w.yaml"]);
    assert_eq!(clean.json(), json!({ "version": 1, "diagnostics": [] }));
    assert!(MODEL.is_ascii(), "columns of the other tests count bytes");
}

#[test]
fn every_message_reads_as_it_should() {
    let mut models: Vec<PathBuf> = fs::read_dir("policies/broken").unwrap().map(|entry| entry.unwrap().path()).collect();
    models.sort();
    let mut all = String::new();
    for model in models {
        let model = if model.is_dir() { model.join("model.yaml") } else { model };
        let ran = run_in(Path::new("."), &["check", model.to_str().unwrap()]);
        assert_eq!(ran.code, 1, "{}", model.display());
        write!(all, "=== {}\n{}", model.display(), ran.err).unwrap();
    }
    for line in all.lines() {
        if let Some((_, message)) = line.split_once("]: ").filter(|_| line.starts_with("error[")) {
            assert!(!message.ends_with('.') && !message.starts_with(char::is_uppercase), "a fragment: {message}");
        }
        if let Some(help) = line.split_once("help: ").map(|(_, help)| help) {
            assert!(help.starts_with(|first: char| first.is_uppercase() || first == '`'), "a sentence: {help}");
        }
    }
    snapshot("broken", &all);
}
