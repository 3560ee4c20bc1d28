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
    "test m.test.yaml",
    "lints",
];

/// A test that fails, and one that covers little.
const TESTS: &str = include_str!("wide.test.yaml");

fn ask(question: &str, columns: Option<usize>) -> Ran {
    let other = MODEL.replace("R: helpdesk", "R: combining");
    let folder = files(&[("m.yaml", MODEL), ("n.yaml", &other), ("m.test.yaml", TESTS)]);
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
        "test m.test.yaml --format junit",
        "cells m.yaml",
        "cells m.yaml --format csv",
        "check m.yaml --format github",
    ] {
        assert_eq!(ask(question, Some(40)).out, ask(question, None).out, "{question}");
    }
}

/// Whether a line is drawn of a file: its name, one of its lines, or the marks beneath one.
fn is_drawn(line: &str) -> bool {
    let rest = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    rest.trim_start().starts_with(['|', '+', '-'])
}

#[test]
fn what_is_said_of_a_finding_fits_and_what_is_drawn_of_the_file_stays() {
    let broken = MODEL.replace("R: helpdesk", "R: hepldesk").replace("S: [helpdesk", "S: [a-party-that-is-nowhere");
    let folder = files(&[("good.yaml", MODEL), ("broken.yaml", &broken)]);
    for (model, code) in [("good.yaml", 0), ("broken.yaml", 1)] {
        let whole = run_in(folder.path(), &["check", model]);
        assert!(whole.code == code && whole.err.lines().any(|line| line.width() > 80 && !is_drawn(line)), "{}", whole.err);
        for columns in [60, 80, 120] {
            let shown = run_wide(folder.path(), &["check", model], columns);
            let widest = shown.err.lines().filter(|line| !is_drawn(line)).max_by_key(|line| line.width()).unwrap();
            assert!(widest.width() <= columns, "{model} at {columns}: {widest}");
            assert_eq!(bare(&shown.err), bare(&whole.err), "{model} at {columns}");
            let drawn = |text: &str| text.lines().filter(|line| is_drawn(line)).map(str::to_owned).collect::<Vec<_>>();
            let beside_help = |line: &String| !line.contains("= help");
            let kept = |text: &str| drawn(text).into_iter().filter(beside_help).collect::<Vec<_>>();
            assert_eq!(kept(&shown.err), kept(&whole.err), "{model} at {columns}");
        }
    }
    let refused = run_wide(folder.path(), &["lints", "no-such-lint-as-this-name-says-at-length"], 40);
    assert!(refused.err.lines().count() > 1 && refused.err.lines().all(|line| line.width() <= 42), "{}", refused.err);
}

#[test]
fn the_page_of_a_lint_fits_but_for_its_models() {
    let folder = files(&[]);
    for lint in rasci::lint::TABLE {
        let whole = run_in(folder.path(), &["lints", lint.name]).out;
        let shown = run_wide(folder.path(), &["lints", lint.name], 50).out;
        assert_eq!(bare(&shown), bare(&whole), "{}", lint.name);
        let models = |page: &str| page.split("```").skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(models(&shown), models(&whole), "{}", lint.name);
        for text in shown.split("```").step_by(2) {
            assert!(text.lines().all(|line| line.width() <= 50), "{}: {text}", lint.name);
        }
        // A paragraph is as wide as it can be.
        for text in shown.split("```").step_by(2) {
            for lines in text.lines().collect::<Vec<_>>().windows(2) {
                let word = lines[1].split(' ').next().unwrap_or_default();
                assert!(
                    word.is_empty() || lines[0].is_empty() || lines[0].width() + 1 + word.width() > 48,
                    "{}: {lines:?}",
                    lint.name
                );
            }
        }
        assert_eq!(run_wide(folder.path(), &["lints", lint.name], 500).out, whole, "{}", lint.name);
    }
}

#[test]
fn lines_are_broken_where_they_may_be() {
    let text = "  title  Restore the service at night\n- a mark, and what goes on beneath it\n12. a number, and the same again\n";
    let lines = "  title  Restore the service\n         at night\n- a mark, and what goes on\n  beneath it\n12. a number, and the same\n    again\n";
    assert_eq!(fitted(text, Some(28)), lines);
    // No line begins with what ends a sentence, nor ends with what opens one.
    assert_eq!(fitted("作業は二名で行うこと。復旧する", Some(20)), "作業は二名で行うこ\n  と。復旧する");
    assert_eq!(fitted("作業は二名で行うこ「復旧する」", Some(20)), "作業は二名で行うこ\n  「復旧する」");
    // What is one sign stays one.
    let team = "👩\u{200d}💻".repeat(12);
    assert!(fitted(&team, Some(20)).lines().all(|line| !line.trim().starts_with('\u{200d}') && !line.ends_with('\u{200d}')));
}

#[test]
fn titles_of_a_grid_are_shown_where_there_is_room() {
    let shown = |columns| ask("matrix m.yaml", columns).out.contains(" title");
    assert_eq!([Some(60), Some(200), None].map(shown), [false, true, true]);
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
