//! `rasci fmt`: what it writes, what it shows, and what it refuses.

use std::fs;

use super::{files, run, run_in};

const PLAIN: &str = "id:   m\nrasci: 1 # version\n";
const FORMATTED: &str = "rasci: 1 # version\nid: m\n";

#[test]
fn files_are_formatted_and_told() {
    let folder =
        files(&[("a/m.yaml", PLAIN), ("a/m.test.yaml", "tests: []\nrasci-test: 1\nmodel: m.yaml\n"), ("a/n.yml", FORMATTED)]);
    let ran = run_in(folder.path(), &["fmt", "a"]);
    let told = "formatted a/m.test.yaml\nformatted a/m.yaml\n3 files read, 2 formatted\n";
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", told));
    let text = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(text("a/m.yaml"), FORMATTED);
    assert_eq!(text("a/m.test.yaml"), "rasci-test: 1\nmodel: m.yaml\ntests: []\n");
    let again = run_in(folder.path(), &["fmt", "a"]);
    assert_eq!((again.code, again.err.as_str()), (0, "3 files read, 0 formatted\n"));
}

#[test]
fn a_check_changes_nothing_and_shows_what_would_change() {
    let folder = files(&[("m.yaml", PLAIN), ("n.yaml", FORMATTED)]);
    let ran = run_in(folder.path(), &["fmt", "--check", "m.yaml", "n.yaml"]);
    let shown = "--- m.yaml\n+++ m.yaml formatted\n@@ -1,2 +1,2 @@\n-id:   m\n rasci: 1 # version\n+id: m\n";
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (1, shown, "2 files read, 1 to be formatted\n"));
    assert_eq!(fs::read_to_string(folder.path().join("m.yaml")).unwrap(), PLAIN);
    assert_eq!(run_in(folder.path(), &["fmt", "--check", "n.yaml"]).code, 0);
}

#[test]
fn what_cannot_be_read_is_refused_and_left_as_it_is() {
    let broken = "id: [m\nrasci: 1\n";
    let folder = files(&[("b.yaml", broken), ("m.yaml", PLAIN)]);
    fs::write(folder.path().join("c.yaml"), b"id: \xff\n").unwrap();
    let ran = run_in(folder.path(), &["fmt", "b.yaml", "m.yaml"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("error[syntax]") && ran.err.contains("--> b.yaml:"), "{}", ran.err);
    assert_eq!(fs::read_to_string(folder.path().join("b.yaml")).unwrap(), broken);
    assert_eq!(fs::read_to_string(folder.path().join("m.yaml")).unwrap(), FORMATTED, "the others are formatted");
    run_in(folder.path(), &["fmt", "c.yaml"]).refused("cannot read `c.yaml`: it is not UTF-8");
    run(&["fmt", "nowhere.yaml"]).refused("cannot read `nowhere.yaml`");
    run(&["fmt"]).refused("Usage");
}

#[test]
fn a_byte_order_mark_stays() {
    let folder = files(&[("m.yaml", &format!("\u{feff}{PLAIN}"))]);
    assert_eq!(run_in(folder.path(), &["fmt", "m.yaml"]).code, 0);
    assert_eq!(fs::read_to_string(folder.path().join("m.yaml")).unwrap(), format!("\u{feff}{FORMATTED}"));
}

/// The shipped models and their tests are formatted.
#[test]
fn the_shipped_models_are_formatted() {
    let ran = run_in(std::path::Path::new("."), &["fmt", "--check", "policies/anywherenow", "policies/mydre"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
}
