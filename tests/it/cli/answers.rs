//! The answers that people read, as they read them.

use std::fmt::Write;

use super::{run, snapshot};

/// Each question with its answer and exit code, one after the other.
pub(super) fn dialogue(questions: &[&[&str]]) -> String {
    let mut text = String::new();
    for args in questions {
        let ran = run(args);
        assert_eq!(ran.err, "", "{args:?}");
        write!(text, "$ rasci {}\n{}exit {}\n\n", args.join(" "), ran.out, ran.code).unwrap();
    }
    text
}

#[test]
fn who() {
    snapshot(
        "who",
        &dialogue(&[
            &["who", "m.yaml", "restore"],
            &["who", "m.yaml", "restore", "trunk", "--when", "priority=P1"],
            &["who", "m.yaml", "restore", "--letter", "S"],
            &["who", "m.yaml", "manage", "sbc"],
            &["who", "m.yaml", "manage", "database"],
            &["who", "m.yaml", "idle"],
            &["who", "m.yaml", "stand-by", "--on", "2026-12-24"],
            &["who", "m.yaml", "restore", "--letter", "R", "--on", "2026-12-24"],
        ]),
    );
}

#[test]
fn why() {
    snapshot(
        "why",
        &dialogue(&[
            &["why", "m.yaml", "restore", "sbc", "--letter", "R"],
            &["why", "m.yaml", "restore", "--letter", "I"],
            &["why", "m.yaml", "restore", "--letter", "C", "--when", "priority=P2"],
            &["why", "m.yaml", "manage", "sbc", "--letter", "A"],
            &["why", "m.yaml", "manage", "database", "--letter", "A"],
            &["why", "m.yaml", "idle", "--letter", "R"],
        ]),
    );
}

#[test]
fn holds() {
    snapshot(
        "holds",
        &dialogue(&[
            &["holds", "m.yaml", "ann", "R", "restore"],
            &["holds", "m.yaml", "customer", "R", "restore"],
            &["holds", "m.yaml", "Ex", "C", "restore"],
            &["holds", "m.yaml", "users", "R", "restore"],
            &["holds", "m.yaml", "bob", "A", "stand-by", "--on", "2026-12-24"],
        ]),
    );
}

#[test]
fn show() {
    snapshot(
        "show",
        &dialogue(&[
            &["show", "m.yaml", "helpdesk"],
            &["show", "m.yaml", "ann"],
            &["show", "m.yaml", "sbc"],
            &["show", "m.yaml", "restore"],
            &["show", "m.yaml", "contract"],
        ]),
    );
}

#[test]
fn cells_and_lints() {
    snapshot(
        "cells",
        &dialogue(&[&["cells", "m.yaml"], &["cells", "m.yaml", "--format", "csv"], &["lints"], &["lints", "condition-gap"]]),
    );
}
