//! Policy tests as an author writes them, over a model with several parties for a letter and three values in a dimension:
//! the order in which things are written does not count, and each answer that differs is told once.

use rasci::expectation::{Report, run_from};
use rasci::report::json::TestReport;
use rasci::source::Memory;
use serde_json::{Value, json};

use crate::cli::{files, run_in};

const MODEL: &str = "rasci: 1
id: m
context: { shift: [early, late, night], place: [home, office, car] }
parties: { ann: {}, bob: {}, eve: {} }
components: { sbc: {} }
tasks:
  call:
    assign:
      - { A: eve, R: [ann, bob], R+: eve }
      - { when: { shift: early }, I: bob }
      - { when: { shift: late }, I: bob }
      - { when: { shift: night, place: car }, C: ann }
  idle: {}
assignments: [{ component: sbc, S: ann }]
";

/// The report of these tests of the model above.
fn tested(tests: &[&str]) -> Report {
    let items = tests.iter().map(|test| format!("  - {{ name: t, {test} }}\n")).collect::<Vec<_>>().concat();
    let text = format!("rasci-test: 1\nmodel: m.yaml\ntests:\n{items}");
    let memory: Memory = [("m.yaml", MODEL), ("m.test.yaml", &text)].into_iter().collect();
    run_from(&memory, &["m.test.yaml"]).unwrap_or_else(|error| panic!("{error}"))
}

/// The answers of a test that differ.
fn differences(test: &str) -> Vec<Value> {
    let value = serde_json::to_value(TestReport::new(&tested(&[test]))).unwrap();
    value["failures"][0]["differences"].as_array().cloned().unwrap_or_default()
}

#[test]
fn the_order_of_what_is_written_does_not_count() {
    for test in [
        "task: call, expect: { R: [eve, bob, ann] }",
        "task: call, expect: { R: [ann, bob, ann, eve] }",
        "task: call, when: { place: [car, office], shift: [late, early] }, expect: { I: bob }",
        "task: call, when: { shift: [early, late, night], place: { not: car } }, expect: { C: [] }",
        "duties: ann, expect: [{ letter: S, component: sbc }, { letter: R, task: call }, { letter: C, task: call, \
         when: { place: car, shift: night } }]",
        // An alternative that allows everything is all there is to say.
        "duties: bob, expect: [{ letter: R, task: call, when: [{ shift: night }, { shift: [late, night, early] }] }, \
         { letter: I, task: call, when: [{ shift: late }, { shift: early }] }]",
    ] {
        assert!(tested(&[test]).is_passed(), "{test}: {}", tested(&[test]));
    }
}

/// Two assignments say the same of two shifts: that is one answer that differs, told of both.
#[test]
fn an_answer_that_comes_about_in_several_ways_is_told_once() {
    let told: Vec<_> = (differences("task: call, expect: { I: ann }").iter())
        .map(|each| (each["actual"]["parties"].clone(), each["when"].clone()))
        .collect();
    let expected = [(json!(["bob"]), json!([{ "shift": ["early", "late"] }])), (json!([]), json!([{ "shift": ["night"] }]))];
    assert_eq!(told, expected);
}

#[test]
fn of_a_status_that_differs_every_letter_that_says_something_is_explained() {
    let letters = |test: &str| -> Vec<String> {
        let [one] = &differences(test)[..] else { panic!("one answer differs: {test}") };
        one["why"].as_array().unwrap().iter().map(|why| why["letter"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(letters("task: call, when: { shift: late }, expect: nobody"), ["R", "A", "I"]);
    // Where the cell says nothing at all, one derivation tells that.
    assert_eq!(letters("task: idle, expect: nobody"), ["R"]);
}

#[test]
fn what_no_test_depends_on_is_named_as_it_is_written() {
    let report = tested(&["task: call, expect: { C: [] }"]);
    let uncovered: Vec<String> = report.coverage().uncovered.into_iter().map(|each| each.what).collect();
    assert_eq!(uncovered, ["R/A of `call`", "I of `call`", "I of `call`", "S of every task at `sbc`"]);
}

#[test]
fn a_base_is_covered_by_the_tests_of_any_model_made_of_it() {
    let test = |model: &str, test: &str| format!("rasci-test: 1\nmodel: {model}\ntests: [{{ name: t, {test} }}]\n");
    let (base, site) = (test("m.yaml", "task: call, expect: { A: eve }"), test("site.yaml", "task: idle, expect: unassigned"));
    let memory: Memory = [
        ("m.yaml", MODEL),
        ("site.yaml", "rasci: 1\nid: site\nextends: m.yaml\n"),
        ("m.test.yaml", &base),
        ("site.test.yaml", &site),
    ]
    .into_iter()
    .collect();
    for tests in [["m.test.yaml", "site.test.yaml"], ["site.test.yaml", "m.test.yaml"]] {
        let coverage = run_from(&memory, &tests).unwrap().coverage();
        assert_eq!((coverage.covered, coverage.assignments), (1, 5), "{tests:?}");
    }
}

/// By name, each once however often it is named, and with either ending.
#[test]
fn test_files_are_run_once_and_in_order() {
    let failing =
        |name: &str| format!("rasci-test: 1\nmodel: m.yaml\ntests: [{{ name: {name}, task: idle, expect: {{ R: ann }} }}]\n");
    let folder = files(&[
        ("m.yaml", MODEL),
        ("b.test.yaml", &failing("second")),
        ("a.test.yml", &failing("first")),
        ("c.test.yaml", &failing("third")),
    ]);
    let ran = run_in(folder.path(), &["test", ".", "b.test.yaml", "."]);
    let failed: Vec<&str> = ran.out.lines().filter(|line| line.starts_with("FAILED") || line.starts_with("  at ")).collect();
    let expected = [
        "FAILED first",
        "  at a.test.yml:3:17",
        "FAILED second",
        "  at b.test.yaml:3:17",
        "FAILED third",
        "  at c.test.yaml:3:17",
    ];
    assert_eq!(failed, expected, "{}", ran.out);
    assert!(ran.out.contains("0 passed, 3 failed"), "{}", ran.out);
}
