//! What is offered as a key is what the decoder knows there, and all of it: its own error lists the keys it knows.

use rasci::editor::Workspace;
use rasci::source::Memory;
use rasci::{Diagnostic, Policy, expectation};

/// No key of the language.
const UNKNOWN: &str = "zzqqzz: 1";

/// The keys that the error of the unknown one lists.
fn known(diagnostics: &[Diagnostic]) -> Vec<String> {
    let unknown = diagnostics.iter().find(|diagnostic| diagnostic.name == "unknown-key").expect("the error");
    let help = unknown.help.as_deref().unwrap().strip_prefix("Known here: ").unwrap();
    help.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The keys that are offered at the mark.
fn offered(name: &str, text: &str) -> Vec<String> {
    let mut workspace = Workspace::default();
    workspace.open(name, &text.replacen('|', "", 1));
    let offers = workspace.complete(name, text.find('|').unwrap());
    offers.items.into_iter().filter(|offer| offer.insert.contains(':')).map(|offer| offer.label).collect()
}

#[test]
fn every_key_of_a_model_is_offered() {
    for place in [
        "|",
        "sources: { s: { | } }",
        "requirements: { r: { | } }",
        "parties: { p: { | } }",
        "parties: { p: { contact: { | } } }",
        "parties: { p: { staff: { | } } }",
        "parties: { p: { absent: [{ | }] } }",
        "parties: { p: { parties: { q: { | } } } }",
        "components: { c: { | } }",
        "tasks: { t: { tasks: { u: { | } } } }",
        "tasks: { t: { within: { | } } }",
        "flows: { f: { | } }",
        "flows: { f: { steps: [{ | }] } }",
        "conventions: { | }",
        "remove: { | }",
    ] {
        let text = format!("rasci: 1\nid: m\n{place}\n");
        let error = Policy::parse("m.yaml", &text.replace('|', UNKNOWN)).expect_err(place);
        let mut expected = known(error.diagnostics());
        expected.retain(|key| place != "|" || !["rasci", "id"].contains(&key.as_str()));
        assert_eq!(offered("/p/m.yaml", &text), expected, "{place}");
    }
}

#[test]
fn every_key_of_an_assignment_is_offered() {
    let text = "rasci: 1\nid: m\nassignments: [{ | }]\n";
    let error = Policy::parse("m.yaml", &text.replace('|', UNKNOWN)).unwrap_err();
    let mut expected = known(error.diagnostics());
    let mut offered: Vec<String> = offered("/p/m.yaml", text).into_iter().filter(|key| !key.ends_with('+')).collect();
    expected.sort();
    offered.sort();
    assert_eq!(offered, expected);
}

#[test]
fn every_key_of_a_test_file_is_offered() {
    for place in [
        "|",
        "tests: [{ | }]",
        "tests: [{ name: n, holds: { | }, expect: held }]",
        "tests: [{ name: n, duties: p, expect: [{ | }] }]",
    ] {
        let text = format!("rasci-test: 1\nmodel: m.yaml\n{place}\n");
        let tests = text.replace('|', UNKNOWN);
        let model = "rasci: 1\nid: m\nparties: { p: {} }\n";
        let files: Memory = [("m.yaml", model), ("m.test.yaml", tests.as_str())].into_iter().collect();
        let unrunnable = expectation::run_from(&files, &["m.test.yaml"]).expect_err(place);
        let mut expected = known(unrunnable.errors()[0].diagnostics());
        expected.retain(|key| place != "|" || !["rasci-test", "model"].contains(&key.as_str()));
        let mut offered = offered("/p/m.test.yaml", &text);
        expected.sort();
        offered.sort();
        assert_eq!(offered, expected, "{place}");
    }
}
