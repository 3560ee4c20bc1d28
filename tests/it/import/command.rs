//! The command: what it writes where, and its exit codes.

use std::fs;

use crate::cli::{files, run_in, snapshot};

const TABLE: &str = include_str!("raci.md");

#[test]
fn a_table_becomes_a_model_and_a_report() {
    let directory = files(&[("raci.md", TABLE)]);
    let ran = run_in(directory.path(), &["import", "raci.md", "-o", "model.yaml"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let model = fs::read_to_string(directory.path().join("model.yaml")).unwrap();
    snapshot("import", &format!("{}\n{model}", ran.out));
    let checked = run_in(directory.path(), &["check", "model.yaml", "--format", "json"]);
    assert!(!checked.out.contains("\"error\""), "{}", checked.out);
}

#[test]
fn the_model_goes_to_standard_output_and_the_report_then_to_standard_error() {
    let directory = files(&[("raci.md", TABLE)]);
    let ran = run_in(directory.path(), &["import", "raci.md", "-o", "-"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.starts_with("# Imported from raci.md.\nrasci: 1\n"), "{}", ran.out);
    assert!(ran.err.starts_with("raci.md: RACI, "), "{}", ran.err);
    let json = run_in(directory.path(), &["import", "raci.md", "-o", "-", "--format", "json"]);
    assert!(json.err.starts_with("{\n  \"version\": 1,\n  \"file\": \"raci.md\""), "{}", json.err);
}

#[test]
fn strict_writes_nothing_where_anything_was_left() {
    let directory = files(&[("raci.md", TABLE), ("good.csv", "Task,Dev,Ops\nBuild,A/R,I\n")]);
    let ran = run_in(directory.path(), &["import", "raci.md", "-o", "model.yaml", "--strict"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.out.ends_with("nothing is written: not everything was taken over (--strict)\n"), "{}", ran.out);
    assert!(!directory.path().join("model.yaml").exists());
    let good = run_in(directory.path(), &["import", "good.csv", "-o", "model.yaml", "--strict"]);
    assert_eq!(good.code, 0, "{}", good.out);
    assert!(directory.path().join("model.yaml").exists());
}

#[test]
fn a_model_that_is_there_is_replaced_only_by_force() {
    let directory = files(&[("raci.md", TABLE), ("model.yaml", "mended by hand\n")]);
    let run = |args: &[&str]| run_in(directory.path(), &[&["import", "raci.md", "-o", "model.yaml"], args].concat());
    run(&[]).refused("error: `model.yaml` is there already: write `--force` to replace it, or another name after `-o`\n");
    assert_eq!(fs::read_to_string(directory.path().join("model.yaml")).unwrap(), "mended by hand\n");
    assert_eq!(run(&["--force"]).code, 0);
    assert!(fs::read_to_string(directory.path().join("model.yaml")).unwrap().starts_with("# Imported from raci.md.\n"));
    run(&[]).refused("is there already");
    // What cannot be read leaves the old model as it is.
    fs::write(directory.path().join("raci.md"), "no table").unwrap();
    run(&["--force"]).refused("there is no table in the file");
    assert!(fs::read_to_string(directory.path().join("model.yaml")).unwrap().starts_with("# Imported from raci.md.\n"));
}

#[test]
fn what_is_refused_writes_nothing() {
    let directory = files(&[("shop.csv", "What,How many\nApples,3\n")]);
    let run = |args: &[&str]| run_in(directory.path(), &[&["import"], args, &["-o", "model.yaml"]].concat());
    run(&["shop.csv"]).refused("error: cannot import `shop.csv`: the table in the file is no responsibility matrix");
    run(&["none.csv"]).refused("error: cannot read `none.csv`: ");
    let others: [(&str, &[u8]); 6] = [
        ("empty.csv", b""),
        ("prose.md", b"# Duties\n\nThe chair is responsible for everything.\n"),
        ("page.pdf", b"%PDF-1.7\n1 0 obj\n"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("picture.png", b"\x89PNG\r\n\x1a\n"),
        ("broken.ods", b"PK\x03\x04"),
    ];
    for (name, bytes) in others {
        fs::write(directory.path().join(name), bytes).unwrap();
        run(&[name]).refused(&format!("error: cannot import `{name}`: "));
    }
    run(&["shop.csv", "--dialect", "rxci"]).refused("write one of raci, rasci, rasic, raci-vs, daci, cairo");
    assert!(!directory.path().join("model.yaml").exists());
}

#[test]
fn the_report_as_json() {
    let directory = files(&[("raci.md", TABLE)]);
    let ran = run_in(directory.path(), &["import", "raci.md", "-o", "model.yaml", "--format", "json"]);
    assert_eq!(ran.code, 0);
    let report = ran.json();
    assert_eq!(report["letters"]["A"], 5);
    assert_eq!(report["left"][0]["place"]["line"], 15);
    assert_eq!(report["left"][0]["kept"], true);
    let cells = report["cells"].as_object().unwrap();
    let sum: u64 = cells.values().map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(report["filled"], sum);
}
