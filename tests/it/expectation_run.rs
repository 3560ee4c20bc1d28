//! Policy tests from the command line, and what their page says.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use rasci::Policy;
use rasci::expectation::{run, run_from};
use rasci::report::junit::junit;
use rasci::source::Memory;

const MODEL: &str =
    "rasci: 1\nid: m\nparties: { a: {}, b: {} }\ntasks: { t: { assign: [{ A/R: a }] }, u: { assign: [{ A/R: b }] } }\n";

fn rasci(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rasci")).args(words).current_dir(folder).output().unwrap()
}

/// A folder with the model above and these tests of it.
fn folder(tests: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("m.yaml"), MODEL).unwrap();
    fs::create_dir(folder.path().join("below")).unwrap();
    fs::write(folder.path().join("m.test.yaml"), format!("rasci-test: 1\nmodel: m.yaml\ntests:\n{tests}")).unwrap();
    folder
}

#[test]
fn exit_codes_tell_passed_failed_and_unrunnable() {
    let good = folder("  - { name: a, task: t, expect: { R: a } }\n");
    let code = |folder: &Path, words: &[&str]| rasci(folder, words).status.code().unwrap();
    assert_eq!(code(good.path(), &["test", "."]), 0);
    assert_eq!(code(good.path(), &["test", "m.test.yaml", ".", "--min-coverage", "50"]), 0);
    assert_eq!(code(good.path(), &["test", ".", "--min-coverage", "50.1"]), 1);
    assert_eq!(code(good.path(), &["test", ".", "--min-coverage", "101"]), 2);
    assert_eq!(code(good.path(), &["test", "below"]), 2);
    assert_eq!(code(good.path(), &["test", "nowhere"]), 2);
    let failing = folder("  - { name: a, task: t, expect: { R: b } }\n");
    assert_eq!(code(failing.path(), &["test", ".", "--format", "json"]), 1);
    let mistaken = folder("  - { name: a, task: tt, expect: { R: b } }\n");
    let output = rasci(mistaken.path(), &["test", "."]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(String::from_utf8(output.stderr).unwrap().contains("unknown task `tt`"));
}

#[test]
fn a_model_outside_of_the_folder_needs_a_root() {
    let folder = folder("  - { name: a, task: t, expect: { R: a } }\n");
    let text = "rasci-test: 1\nmodel: ../m.yaml\ntests: [{ name: a, task: t, expect: { R: a } }]\n";
    fs::write(folder.path().join("below/n.test.yaml"), text).unwrap();
    let refused = rasci(folder.path(), &["test", "below"]);
    assert!(String::from_utf8(refused.stderr).unwrap().contains("outside-root"));
    assert_eq!(rasci(folder.path(), &["test", "below", "--root", "."]).status.code(), Some(0));
}

#[test]
fn junit_is_xml_whatever_a_test_is_called() {
    let name = "a < b & \\\"c\\\" > 'd' ]]> \\u0001 \\n é🙂";
    let folder = folder(&format!(
        "  - {{ name: \"{name}\", task: t, expect: {{ R: b }} }}\n  - {{ name: b, task: u, expect: {{ R: b }} }}\n"
    ));
    let xml = junit(&run(folder.path()).unwrap());
    let document = roxmltree::Document::parse(&xml).unwrap_or_else(|error| panic!("{error}\n{xml}"));
    let suites = document.root_element();
    assert_eq!(
        (suites.tag_name().name(), suites.attribute("tests"), suites.attribute("failures")),
        ("testsuites", Some("2"), Some("1"))
    );
    let suite = document.descendants().find(|node| node.has_tag_name("testsuite")).unwrap();
    assert_eq!((suite.attribute("tests"), suite.attribute("failures")), (Some("2"), Some("1")));
    let cases: Vec<_> = document.descendants().filter(|node| node.has_tag_name("testcase")).collect();
    assert_eq!(cases[0].attribute("name"), Some("a < b & \"c\" > 'd' ]]> \u{fffd} \n é🙂"));
    assert_eq!((cases[0].attribute("line"), cases[1].attribute("line")), (Some("4"), Some("5")));
    let failure = cases[0].children().find(|node| node.has_tag_name("failure")).unwrap();
    assert!(failure.text().unwrap().contains("expected  `b`\n    actual    `a`"), "{xml}");
    assert_eq!(failure.attribute("message"), Some("1 answer differs"));
    assert!(!cases[1].has_children());
    let printed = rasci(folder.path(), &["test", ".", "--format", "junit"]);
    assert!(roxmltree::Document::parse(&String::from_utf8(printed.stdout).unwrap()).is_ok());
}

#[test]
fn an_assignment_taken_out_of_a_shipped_model_fails_a_test() {
    let model = fs::read_to_string("policies/anywherenow/operating-model-2.yaml").unwrap();
    let tests = fs::read_to_string("policies/anywherenow/operating-model-2.test.yaml").unwrap();
    let policy = Policy::parse("model.yaml", &model).unwrap();
    let mut unnoticed = Vec::new();
    for id in policy.model().assignments().map(|(_, assignment)| assignment.id.unwrap()) {
        let without = format!("rasci: 1\nid: without\nextends: model.yaml\nremove: {{ assignments: {id} }}\n");
        let tests = tests.replace("model: operating-model-2.yaml", "model: without.yaml");
        let files = [("model.yaml", model.as_str()), ("without.yaml", &without), ("without.test.yaml", &tests)];
        let report = run_from(&files.into_iter().collect::<Memory>(), &["without.test.yaml"]).unwrap();
        if report.is_passed() {
            unnoticed.push(id);
        }
    }
    assert!(unnoticed.is_empty(), "{unnoticed:?}");
}

/// The blocks of the page about tests that open with these words.
fn blocks(opening: &str) -> Vec<String> {
    let page = fs::read_to_string("docs/tests.md").unwrap();
    let opening = format!("\n```{opening}\n");
    page.split(&opening).skip(1).map(|rest| format!("{}\n", rest.split("\n```").next().unwrap())).collect()
}

#[test]
fn the_page_about_tests_is_true() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, opening: &str| {
        let [text] = &blocks(opening)[..] else { panic!("one block of {opening}") };
        fs::write(folder.path().join(name), text).unwrap();
    };
    write("phone-system.yaml", "yaml model");
    write("phone-system.test.yaml", "yaml test");
    write("failing.test.yaml", "yaml failing");
    let passing = rasci(folder.path(), &["test", "phone-system.test.yaml"]);
    assert_eq!(passing.status.code(), Some(0), "{}", String::from_utf8_lossy(&passing.stdout));
    let failing = rasci(folder.path(), &["test", "failing.test.yaml"]);
    assert_eq!(String::from_utf8(failing.stdout).unwrap(), blocks("text").concat());
}

#[test]
fn in_a_rust_test_a_failure_reads_as_it_does_on_the_command_line() {
    let model = "rasci: 1\nid: m\nparties: { ann: {}, bob: {} }\ntasks: { work: { assign: [{ A/R: ann }] } }\n";
    let test = |expect: &str| {
        format!("rasci-test: 1\nmodel: m.yaml\ntests: [{{ name: bob works, task: work, expect: {{ R: {expect} }} }}]\n")
    };
    let outcome = |expect: &str| {
        let folder = crate::cli::files(&[("m.yaml", model), ("m.test.yaml", &test(expect))]);
        rasci::expectation::pass(folder.path()).map_err(|error| format!("{error:?}"))
    };
    assert_eq!(outcome("ann"), Ok(()));
    let failed = outcome("bob").unwrap_err();
    assert!(failed.starts_with("\nFAILED bob works\n") && failed.contains("expected  `bob`\n"), "{failed}");
    let unrunnable = outcome("eve").unwrap_err();
    assert!(unrunnable.contains("error[unknown-party]: unknown party `eve`\n  help: "), "{unrunnable}");
}
