//! What a terminal shows: no line is wider than it is, nothing is lost on the way, and columns stand beneath each other
//! whatever script they are in.

use proptest::prelude::*;
use rasci::report::text::fitted;
use unicode_width::UnicodeWidthStr;

use super::{Ran, files, run_in, run_wide};

/// Wide, combining and joined characters, and titles longer than a line.
const MODEL: &str = include_str!("wide.yaml");

const QUESTIONS: &[&str] = &[
    "who m.yaml restore",
    "who m.yaml restore back-end --when priority=P1",
    "why m.yaml restore --letter R",
    "holds m.yaml combining R restore",
    "duties m.yaml helpdesk",
    "gaps m.yaml",
    "impact m.yaml --without helpdesk",
    "diff m.yaml n.yaml",
    "participants m.yaml",
    "absence m.yaml --from 2026-12-01 --until 2027-01-31",
    "flow m.yaml",
    "escalation m.yaml",
    "show m.yaml restore",
    "show m.yaml helpdesk",
    "matrix m.yaml",
    "matrix m.yaml --letter R",
];

fn ask(question: &str, columns: Option<usize>) -> Ran {
    let other = MODEL.replace("R: helpdesk", "R: combining");
    let folder = files(&[("m.yaml", MODEL), ("n.yaml", &other)]);
    let args: Vec<&str> = question.split(' ').collect();
    let ran = columns.map_or_else(|| run_in(folder.path(), &args), |columns| run_wide(folder.path(), &args, columns));
    assert_eq!(ran.err, "", "nobody looks on, so no progress is drawn");
    ran
}

fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn no_answer_is_wider_than_the_terminal() {
    for question in QUESTIONS {
        let whole = ask(question, None).out;
        for columns in [40, 60, 80, 120] {
            let shown = ask(question, Some(columns)).out;
            let widest = shown.lines().max_by_key(|line| line.width()).unwrap();
            assert!(widest.width() <= columns, "{question} at {columns}: {widest}");
            // A grid puts its columns in groups, each after the tasks; the rest says the same, word by word.
            if !question.starts_with("matrix") {
                assert_eq!(bare(&shown), bare(&whole), "{question} at {columns}");
            }
        }
        assert_eq!(ask(question, Some(1000)).out, whole, "{question}: where there is room nothing is broken");
    }
}

#[test]
fn what_programs_read_is_never_broken() {
    for question in [
        "who m.yaml restore --format json",
        "matrix m.yaml --format csv",
        "flow m.yaml --format dot",
        "diff m.yaml n.yaml --format markdown",
    ] {
        assert_eq!(ask(question, Some(40)).out, ask(question, None).out, "{question}");
    }
}

#[test]
fn columns_stand_beneath_each_other_in_every_script() {
    let text = ask("who m.yaml restore --letter R --letter A --letter I", None).out;
    let begins: Vec<usize> =
        text.lines().filter_map(|line| line.split_once("inferred  m.yaml")).map(|(before, _)| before.width()).collect();
    assert!(begins.len() > 2 && begins.iter().all(|begin| *begin == begins[0]), "{text}");
}

proptest! {
    /// Any text, at any width: every line fits, nothing but space is lost, and what fitted stays as it was.
    #[test]
    fn any_text_fits(lines in proptest::collection::vec("( {0,9}[a-z/`.,-]{1,12}| [件業一、。（）é\u{301}👩\u{200d}💻]{1,9}){0,9}", 0..4), width in 20_usize..90) {
        let text = lines.join("\n");
        let shown = fitted(&text, Some(width));
        for line in shown.lines() {
            prop_assert!(line.width() <= width, "{line:?} of {text:?}");
        }
        prop_assert_eq!(bare(&shown), bare(&text));
        for line in text.lines().filter(|line| line.width() <= width) {
            prop_assert!(shown.lines().any(|shown| shown == line), "{line:?}");
        }
    }
}
