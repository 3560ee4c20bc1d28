//! Policy tests: what passes, what fails and how it reads, what is covered, what is refused; and the tests of the
//! shipped models.

mod examples;

use std::fs;

use rasci::expectation::{Report, Unrunnable, run, run_from};
use rasci::report::json::TestReport;
use rasci::source::Memory;
use serde_json::json;
use serde_yaml::Value;

const MODEL: &str = "rasci: 1
id: m
context: { p: [P1, P2, P3], s: [cloud, local] }
parties: { customer: { parties: { desk: {}, users: {} } }, vendor: {} }
components: { back: {}, base: { when: { s: local } } }
tasks:
  fix:
    assign:
      - { A: customer, R: desk }
      - { component: back, R: vendor, S: [] }
      - { when: { p: P1 }, C+: vendor }
  learn:
    assign: [{ when: { p: P1, s: cloud }, R: [] }]
";

/// The report of tests of the model above, written as the items of their list.
fn tested(tests: &str) -> Result<Report, Unrunnable> {
    let text = format!("rasci-test: 1\nmodel: m.yaml\ntests:\n{tests}");
    let files: Memory = [("m.yaml", MODEL), ("m.test.yaml", &text)].into_iter().collect();
    run_from(&files, &["m.test.yaml"])
}

fn passes(test: &str) -> bool {
    tested(&format!("  - {{ name: t, {test} }}\n")).unwrap().is_passed()
}

#[test]
fn the_shipped_models_pass_their_tests() {
    let report = run("policies").unwrap_or_else(|error| panic!("{error}"));
    assert!(report.is_passed(), "{report}");
    assert_eq!(report.suites().len(), 6);
    for suite in report.suites() {
        let coverage = suite.coverage();
        // What the example extends is tested beside the profile; of what it adds nothing is left out.
        if suite.model().ends_with("example-engagement.yaml") {
            assert!(coverage.uncovered.iter().all(|each| each.file.ends_with("core-support-team.yaml")), "{coverage}");
            continue;
        }
        assert!(coverage.percent() > 90.0, "{}: {coverage}: {:#?}", suite.model(), coverage.uncovered);
    }
    assert!(report.coverage().percent() > 90.0, "{}", report.coverage());
}

/// Whether a test asks about this cell and, by its `when`, about at least these values.
fn asks(place: &Value, when: &Value, words: &[&str], values: &[(&str, &str)]) -> bool {
    let same = |key: &str, word: Option<&&str>| place.get(key).and_then(Value::as_str) == word.copied();
    let allowed = |(dimension, value): &(&str, &str)| match when.get(*dimension) {
        None => true,
        Some(Value::Sequence(all)) => all.iter().any(|each| each.as_str() == Some(value)),
        Some(one) => one.as_str() == Some(value),
    };
    same("task", words.first()) && same("component", words.get(1)) && values.iter().all(allowed)
}

/// Whether a test asks what a row of the questions asks, and expects the answer that stands there.
fn is_question(test: &Value, ask: &str, expect: &str) -> bool {
    let words: Vec<&str> = ask.split(' ').collect();
    let options = words.iter().position(|word| word.starts_with("--")).unwrap_or(words.len());
    let pairs: Vec<&[&str]> = words[options..].chunks(2).collect();
    let values: Vec<(&str, &str)> =
        pairs.iter().filter(|pair| pair[0] == "--when").map(|pair| pair[1].split_once('=').unwrap()).collect();
    let when = test.get("when").cloned().unwrap_or_default();
    let expected = &test["expect"];
    match words[..options] {
        ["who", ref place @ ..] => {
            let letter = pairs.iter().find(|pair| pair[0] == "--letter").unwrap()[1];
            let parties = expected.as_mapping().into_iter().flatten();
            let parties = parties.filter(|(key, _)| key.as_str().unwrap().split('/').any(|each| each == letter));
            let parties: Vec<String> = parties
                .map(|(_, value)| match value {
                    Value::Sequence(all) => all.iter().map(|each| each.as_str().unwrap()).collect::<Vec<_>>().join(" "),
                    one => one.as_str().unwrap().to_owned(),
                })
                .collect();
            let silent = expect == "silent" && parties == [""];
            let right = expected.as_str() == Some(expect) || parties == [expect] || silent;
            asks(test, &when, place, &values) && right
        }
        ["holds", party, letter, ref place @ ..] => {
            let Some(asked) = test.get("holds") else { return false };
            let who = asked["party"].as_str() == Some(party) && asked["letter"].as_str() == Some(letter);
            who && asks(asked, &when, place, &values) && expected.as_str() == Some(expect)
        }
        _ => true,
    }
}

#[test]
fn every_question_of_responsibility_is_a_test() {
    let mut missing = Vec::new();
    for questions in ["anywherenow", "mydre"] {
        let text = fs::read_to_string(format!("tests/it/questions/{questions}.tsv")).unwrap();
        for row in text.lines().skip(1) {
            let [_, model, ask, expect, _] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("{row}") };
            let tests = fs::read_to_string(format!("policies/{}", model.replace(".yaml", ".test.yaml"))).unwrap();
            let tests: Value = serde_yaml::from_str(&tests).unwrap();
            if !tests["tests"].as_sequence().unwrap().iter().any(|test| is_question(test, ask, expect)) {
                missing.push(format!("{model}: {ask}: {expect}"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn an_expectation_is_exact_for_the_letters_it_names() {
    assert!(passes("task: fix, expect: { R: desk }"));
    assert!(passes("task: fix, component: back, expect: { R: vendor, A: customer }"));
    assert!(!passes("task: fix, expect: { R: [desk, vendor] }"));
    assert!(!passes("task: fix, expect: { R: [] }"));
    assert!(!passes("task: fix, expect: { A/R: customer }"));
}

#[test]
fn an_empty_list_expects_no_party_said_or_silent() {
    assert!(passes("task: fix, component: back, expect: { S: [] }"));
    assert!(passes("task: fix, expect: { S: [] }"));
}

#[test]
fn an_expectation_holds_in_every_combination_left_open() {
    assert!(passes("task: fix, when: { p: P1 }, expect: { C: vendor }"));
    assert!(passes("task: fix, when: { p: { not: P1 } }, expect: { C: [] }"));
    assert!(passes("task: fix, when: { p: [P2, P3] }, expect: { C: [] }"));
    assert!(!passes("task: fix, when: { p: [P1, P2] }, expect: { C: vendor }"));
    assert!(!passes("task: fix, expect: { C: vendor }"));
    assert!(!passes("task: fix, component: base, expect: { R: desk }"));
    assert!(passes("task: fix, component: base, when: { s: local }, expect: { R: desk }"));
}

#[test]
fn a_status_is_expected_by_its_word() {
    assert!(passes("task: learn, when: { p: P2 }, expect: unassigned"));
    assert!(passes("task: learn, when: { p: P1, s: cloud }, expect: nobody"));
    assert!(passes("task: learn, component: base, when: { s: cloud }, expect: not-applicable"));
    assert!(!passes("task: learn, expect: unassigned"));
    assert!(!passes("task: fix, expect: nobody"));
}

#[test]
fn holding_is_asked_in_some_ways_or_all() {
    let asked = |rest: &str| passes(&format!("holds: {{ letter: R, task: fix, {rest}"));
    assert!(asked("party: desk }, expect: held"));
    assert!(asked("party: customer }, expect: held"));
    assert!(asked("party: customer, how: named }, expect: not-held"));
    assert!(asked("party: customer, how: [named, through-part] }, expect: held"));
    assert!(asked("party: desk, component: base }, expect: depends"));
    assert!(asked("party: desk, component: base }, when: { s: [local] }, expect: held"));
    assert!(!asked("party: desk }, expect: depends"));
    let vendor = |rest: &str| passes(&format!("holds: {{ party: vendor, letter: C, task: fix }}, {rest}"));
    assert!(vendor("expect: depends"));
    assert!(vendor("when: { p: [P2, P3] }, expect: not-held"));
}

#[test]
fn duties_are_exact_for_each_letter_and_way_listed() {
    assert!(passes("duties: customer, expect: [{ letter: A, task: fix }]"));
    assert!(passes("duties: desk, expect: [{ letter: A, task: fix, how: as-member, through: customer }]"));
    assert!(passes("duties: desk, expect: [{ letter: A, task: fix, how: as-member }]"));
    assert!(!passes("duties: desk, expect: [{ letter: A, task: fix }]"));
    assert!(!passes("duties: customer, expect: [{ letter: A, task: fix, component-below: false }]"));
    assert!(passes("duties: customer, expect: [{ letter: A, task: fix, task-below: false }]"));
    assert!(passes("duties: vendor, expect: [{ letter: C, task: fix, when: { p: P1 } }]"));
    assert!(passes("duties: vendor, expect: [{ letter: C, task: fix, when: [{ p: P1, s: cloud }, { p: P1, s: local }] }]"));
    assert!(!passes("duties: vendor, expect: [{ letter: C, task: fix }]"));
    assert!(!passes("duties: vendor, expect: []"));
}

/// A duty that is missing is shown at a cell in which it is not held, and one too many at one in which it is.
#[test]
fn a_duty_that_differs_is_shown_where_it_does() {
    let shown = |test: &str| tested(&format!("  - {{ name: t, {test} }}\n")).unwrap().to_string();
    let missing = shown("duties: desk, expect: [{ letter: R, task: fix }]");
    assert!(missing.contains("  R of `fix` at `back`\n    expected  `desk`: R of `fix`, everywhere\n"), "{missing}");
    let unexpected = shown("duties: vendor, expect: []");
    assert!(unexpected.contains("  R of `fix` at `back`\n    expected  no such duty\n"), "{unexpected}");
}

#[test]
fn where_there_is_nothing_to_cover_all_is_covered() {
    let files: Memory = [
        ("m.yaml", "rasci: 1\nid: m\ntasks: { t: {} }\n"),
        ("m.test.yaml", "rasci-test: 1\nmodel: m.yaml\ntests: [{ name: t, task: t, expect: unassigned }]\n"),
    ]
    .into_iter()
    .collect();
    let coverage = run_from(&files, &["m.test.yaml"]).unwrap().coverage();
    assert_eq!((coverage.assignments, coverage.percent().to_string().as_str()), (0, "100"));
}

#[test]
fn an_assignment_is_covered_where_it_takes_part_in_what_is_asked() {
    let covered = |test: &str| tested(&format!("  - {{ name: t, {test} }}\n")).unwrap().coverage().covered;
    assert_eq!(covered("task: fix, expect: { R: desk }"), 1);
    assert_eq!(covered("task: fix, component: back, expect: { R: vendor }"), 1);
    assert_eq!(covered("task: fix, component: back, expect: { R: vendor, A: customer }"), 2);
    assert_eq!(covered("task: fix, when: { p: P2 }, expect: { C: [] }"), 0);
    assert_eq!(covered("task: fix, when: { p: [P1, P2] }, expect: { C: [] }"), 1);
    assert_eq!(covered("task: fix, when: { p: [P2, P3] }, expect: { C: [] }"), 0);
    assert_eq!(covered("task: fix, component: back, expect: nobody"), 3);
    assert_eq!(covered("holds: { party: users, letter: R, task: fix }, expect: not-held"), 1);
    assert_eq!(covered("duties: vendor, expect: [{ letter: C, task: fix, when: { p: P1 } }]"), 1);
    assert_eq!(covered("task: learn, expect: { A: [] }"), 0);
    let coverage = tested("  - { name: t, task: fix, expect: { R: desk } }\n").unwrap().coverage();
    let places: Vec<_> = coverage.uncovered.iter().map(|each| (each.file.as_str(), each.line, each.column)).collect();
    assert_eq!(places, [("m.yaml", 10, 9), ("m.yaml", 11, 9), ("m.yaml", 13, 14)]);
    assert_eq!(coverage.to_string(), "1 of 4 assignments covered (25 %)");
}

#[test]
fn every_mistake_is_told_at_its_place() {
    let tests = "  - { name: a, task: fox, component: bck, expect: { R: dsk, X: desk, A: desk, A: desk } }
  - { nam: b, holds: { party: desk, leter: R, task: fix }, expect: hold }
  - { name: c, task: fix, when: { p: P9, q: P1, s: { not: [cloud, local] } }, expect: {} }
  - { name: d, duties: desk, task: fix, expect: [{ letter: Q, task: fox }] }
  - { name: e, task: fix, expect: assigned }
  - { name: f, expect: { R: desk } }
";
    let error = tested(tests).unwrap_err();
    let [error] = error.errors() else { panic!("{error}") };
    let found: Vec<String> = error
        .diagnostics()
        .iter()
        .map(|each| {
            let place = error.sources().place(each.span.unwrap());
            format!("{}:{} {}", place.start.line, place.start.column, each.name)
        })
        .collect();
    let expected = "4:22 unknown-task, 4:38 unknown-component, 4:56 unknown-party, 4:61 unknown-key, 4:79 duplicate-key, \
                    5:5 missing-key, 5:7 unknown-key, 5:22 missing-key, 5:37 unknown-key, 5:68 invalid-value, \
                    6:38 unknown-value, 6:42 unknown-dimension, 6:52 impossible-condition, 6:87 no-letter, \
                    7:30 unknown-key, 7:60 invalid-value, 8:35 invalid-value, 9:5 missing-key";
    let expected: Vec<&str> = expected.split(", ").map(str::trim).collect();
    assert_eq!(found, expected, "{error}");
}

#[test]
fn a_model_with_mistakes_and_a_missing_one_are_told() {
    let tests = "rasci-test: 1\nmodel: m.yaml\ntests: [{ name: t, task: fix, expect: { R: a } }]\n";
    let broken: Memory = [("m.yaml", "rasci: 1\nid: m\nparties: { a: { kid: x } }\n"), ("t", tests)].into_iter().collect();
    assert!(run_from(&broken, &["t"]).unwrap_err().to_string().contains("unknown key `kid`"));
    let missing: Memory = [("t", tests)].into_iter().collect();
    assert!(run_from(&missing, &["t"]).unwrap_err().to_string().starts_with("t:2:8: error[missing-file]"));
    let version: Memory = [("t", "rasci-test: 2\n")].into_iter().collect();
    assert!(run_from(&version, &["t"]).unwrap_err().to_string().contains("unknown version `2` of test files"));
}

#[test]
fn a_failure_as_a_value_has_both_sides_and_why() {
    let report = tested(
        "  - { name: letters, task: fix, when: { s: cloud }, expect: { C: vendor } }
  - { name: status, task: learn, when: { p: P2 }, expect: nobody }
  - { name: holds, holds: { party: desk, letter: R, task: fix }, expect: depends }
  - { name: part, task: fix, when: { p: [P1, P2] }, expect: { C: vendor } }
  - { name: duty, duties: customer, expect: [{ letter: A, task: fix, when: { p: P1 } }] }
",
    )
    .unwrap();
    let value = serde_json::to_value(TestReport::new(&report)).unwrap();
    assert_eq!((&value["version"], &value["passed"], &value["failed"]), (&json!(1), &json!(0), &json!(5)));
    let [letters, status, holds, part, duty] = &value["failures"].as_array().unwrap()[..] else { panic!("{value:#}") };
    assert_eq!((&letters["file"], &letters["line"], &letters["model"]), (&json!("m.test.yaml"), &json!(4), &json!("m.yaml")));
    let differs = &letters["differences"][0];
    assert_eq!(differs["context"], json!({ "s": "cloud" }));
    assert_eq!(differs["when"], json!([{ "p": ["P2", "P3"] }]));
    assert_eq!((&differs["expected"], &differs["actual"]), (&json!({ "parties": ["vendor"] }), &json!({ "parties": [] })));
    assert_eq!(differs["why"][0]["cases"][0]["near"][0]["assignment"]["line"], json!(11));
    assert_eq!(status["differences"][0]["actual"], json!({ "status": "unassigned" }));
    assert_eq!(part["differences"][0]["when"], json!([{ "p": ["P2"] }]));
    assert_eq!(holds["differences"][0]["actual"], json!({ "answer": "held" }));
    let sides: Vec<_> = duty["differences"].as_array().unwrap().iter().map(|each| (&each["expected"], &each["actual"])).collect();
    let (missing, unexpected) = (sides[0], sides[1]);
    assert_eq!((&missing.0["duty"]["when"], missing.1), (&json!([{ "p": ["P1"] }]), &json!(null)));
    assert_eq!((unexpected.0, &unexpected.1["duty"]["when"]), (&json!(null), &json!([])));
}
