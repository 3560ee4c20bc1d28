//! Each format carries a grid whole: what a reader of it finds is what the sheet holds, whatever stands in the titles.

use std::fmt::Write;

use proptest::prelude::*;
use rasci::query::Places;
use rasci::report::sheet::{Kind, harmless, terminal_table};
use rasci::{ComponentId, Letter, Policy};
use unicode_width::UnicodeWidthStr;

use super::{by_component, by_party, from_csv, from_markdown, from_xlsx, places, plain};
use crate::cli::{asked, files, run, run_in, snapshot};
use crate::properties::config;

/// A model whose titles are these.
fn titled(task: &str, party: &str) -> Policy {
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    let text = format!(
        "rasci: 1\nid: m\ncontext: {{ p: [x, y] }}\nparties: {{ a: {{ title: {} }}, silent: {{}} }}\ncomponents: {{ c: {{}} }}\n\
         tasks:\n  t: {{ title: {}, assign: [{{ A/R: a }}, {{ when: {{ p: x }}, I: [] }}, {{ component: c, R: silent }}] }}\n",
        quoted(party),
        quoted(task),
    );
    Policy::parse("m.yaml", &text).unwrap()
}

/// As a table of Markdown shows a text: without the space around it, control characters as spaces.
fn shown(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect::<String>().trim().to_owned()
}

const HOSTILE: [&str; 14] = [
    "=HYPERLINK(\"http://example.org\")",
    "'=1",
    "+1",
    "-1",
    "@SUM(A1)",
    "a | b",
    "<script>alert(1)</script>",
    "**bold** _it_ `code` [link](http://example.org) ![i](x)",
    "a \"quoted\", text; with 'all'",
    "復旧する ✓ é",
    "&amp; &lt;",
    "www.example.org a@example.org",
    "1. item # no heading ~~gone~~ $x$ [^1]",
    "back\\slash \\| pipe",
];

fn check(policy: &Policy) {
    let sheets = [by_party(policy, Places::Every), by_component(policy, Letter::Responsible)];
    for sheet in sheets {
        assert_eq!(from_csv(&sheet), plain(&sheet));
        assert_eq!(from_xlsx(&sheet), plain(&sheet));
        let kept: Vec<Vec<String>> = plain(&sheet.clone().without_empty_columns())
            .iter()
            .map(|row| row.iter().map(|field| shown(field)).collect())
            .collect();
        let found: Vec<Vec<String>> = from_markdown(&sheet)
            .iter()
            .map(|row| row.iter().map(|field| shown(field.trim_start_matches('\u{2003}'))).collect())
            .collect();
        assert_eq!(found, kept);
    }
}

#[test]
fn hostile_titles_stay_text() {
    for title in HOSTILE {
        check(&titled(title, title));
        let spreadsheet = harmless(title);
        assert!(!spreadsheet.starts_with(['=', '+', '-', '@']), "{spreadsheet}");
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_title_stays_text(task in "\\PC{0,20}", party in "\\PC{0,20}") {
        check(&titled(&task, &party));
    }

    /// No line of a table is wider than the terminal, and nothing of it is lost.
    #[test]
    fn tables_fit(task in "[a-z復旧é ]{1,60}", width in 20..120usize) {
        let policy = titled(&task, "Party");
        for sheet in [by_party(&policy, Places::Every), by_component(&policy, Letter::Accountable)] {
            let text = terminal_table(&sheet, Some(width)).text(Some(width));
            prop_assert!(text.lines().all(|line| line.width() <= width), "{width}\n{text}");
            let letters: usize = places(&sheet, Kind::Party)
                .iter()
                .flat_map(|nth| sheet.rows.iter().map(|row| row.fields[*nth].matches(['A', 'R']).count()))
                .sum();
            prop_assert_eq!(text.matches(['A', 'R']).count(), letters, "{}", text);
        }
    }
}

#[test]
fn a_party_may_be_called_as_a_column_is() {
    let heads = plain(&by_party(&titled("t", "p"), Places::Every)).remove(0);
    assert!(heads.contains(&"silent (silent)".to_owned()) && heads.contains(&"silent".to_owned()), "{heads:?}");
}

#[test]
fn the_terminal_is_as_wide_as_it_says() {
    let folder = files(&[("m.yaml", crate::cli::MODEL)]);
    let wide = |columns: &str| {
        let command = std::process::Command::new(env!("CARGO_BIN_EXE_rasci"))
            .current_dir(folder.path())
            .args(["matrix", "m.yaml", "--every"])
            .env("COLUMNS", columns)
            .output()
            .unwrap();
        assert!(command.stderr.is_empty(), "nobody looks on, so no progress is drawn");
        let text = String::from_utf8(command.stdout).unwrap();
        text.lines().skip(2).map(UnicodeWidthStr::width).max().unwrap()
    };
    assert!(wide("60") <= 60 && wide("60") < wide("200"));
}

#[test]
fn grids_as_people_read_them() {
    let mut text = String::new();
    for args in [
        &["matrix", "m.yaml"][..],
        &["matrix", "m.yaml", "--component", "sbc", "--when", "priority=P1"],
        &["matrix", "m.yaml", "--every", "--task", "restore"],
        &["matrix", "m.yaml", "--letter", "R"],
        &["matrix", "m.yaml", "--task", "stand-by", "--on", "2026-12-24"],
        &["matrix", "m.yaml", "--letter", "A", "--task", "stand-by", "--on", "2026-12-24"],
        &["matrix", "m.yaml", "--format", "markdown"],
        &["matrix", "m.yaml", "--letter", "R", "--format", "markdown"],
        &["matrix", "m.yaml", "--every", "--format", "csv"],
        &["matrix", "m.yaml", "--letter", "I", "--format", "csv"],
        &["matrix", "m.yaml", "--task", "manage", "--component", "database", "--format", "json"],
        &["matrix", "m.yaml", "--task", "idle", "--letter", "R", "--format", "json"],
    ] {
        let ran = run(args);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{args:?}");
        writeln!(text, "$ rasci {}\n{}", args.join(" "), ran.out.replace("\r\n", "\n")).unwrap();
    }
    snapshot("matrix", &text);
}

#[test]
fn what_cannot_be_asked_is_told() {
    run(&["matrix", "m.yaml", "--component", "scb"]).refused("did you mean `sbc`?");
    run(&["matrix", "m.yaml", "--task", "restor"]).refused("did you mean `restore`?");
    run(&["matrix", "m.yaml", "--letter", "R", "--component", "sbc"]).refused("cannot be used with");
    run(&["matrix", "m.yaml", "--every", "--component", "sbc"]).refused("cannot be used with");
}

#[test]
fn a_grid_of_nothing_is_a_heading() {
    let policy = Policy::parse("m.yaml", "rasci: 1\nid: empty\n").unwrap();
    let sheet = by_party(&policy, Places::One(ComponentId::SYSTEM));
    assert!(sheet.rows.is_empty() && from_csv(&sheet).len() == 1);
    let folder = files(&[("m.yaml", "rasci: 1\nid: empty\n")]);
    assert_eq!(run_in(folder.path(), &["matrix", "m.yaml"]).code, 0);
    assert_eq!(asked(0, &["matrix", "m.yaml"])["across"], "parties");
}
