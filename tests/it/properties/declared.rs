//! The law of the lints of what is declared: they find what a second reading finds, person by person and day by day.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use rasci::Policy;
use rasci::diagnostic::Diagnostic;
use rasci::document::Level;

use super::config;
use super::derivation::{id_of, with_ids};
use super::findings::names;
use crate::oracle::Reading;
use crate::oracle::findings::Findings;
use crate::strategy::Written;
use crate::strategy::dressing::{Declared, dressed};

/// The lints that are read a second time here.
const READ: [&str; 14] = [
    "similar-id",
    "unused-party",
    "unused-component",
    "unused-dimension",
    "unsourced-assignment",
    "out-of-scope",
    "understaffed",
    "unmet-requirement",
    "uncovered-absence",
    "single-point",
    "flow-without-responsible",
    "unreachable-step",
    "endless-flow",
    "escalation-gap",
];

/// What tells a finding from others of its lint, in the words of the second reading.
fn words(policy: &Policy, finding: &Diagnostic) -> String {
    let own = || {
        let at = policy.model().assignments().find(|(_, it)| Some(it.span) == finding.span).map(|(id, _)| id);
        id_of(policy, at.expect("an assignment"))
    };
    let names = names(&finding.message);
    match finding.name {
        "unsourced-assignment" => own(),
        "out-of-scope" => format!("{} {}", names[0], own()),
        "uncovered-absence" => {
            let day = finding.message.split(' ').nth(1).expect("a day");
            if finding.message.contains(" needs ") { format!("{day} {}", names[0]) } else { day.to_owned() }
        }
        "similar-id"
        | "unmet-requirement"
        | "flow-without-responsible"
        | "unreachable-step"
        | "endless-flow"
        | "escalation-gap" => format!("{} {}", names[0], names[1]),
        _ => names[0].to_owned(),
    }
}

fn found_as_read(written: &Written, declared: &Declared) {
    let (policy, read) = (written.load(), Findings::of_declared(&Reading::of(&written.documents), declared));
    let levels = READ.map(|name| (name.to_owned(), Level::Warn)).to_vec();
    let found = policy.lint(&levels).into_iter().filter(|each| READ.contains(&each.name));
    let told: BTreeSet<(&str, String)> = found.map(|each| (each.name, words(&policy, &each))).collect();
    let missed: Vec<_> = read.difference(&told).collect();
    let unfounded: Vec<_> = told.difference(&read).collect();
    assert!(missed.is_empty() && unfounded.is_empty(), "missed {missed:?}, unfounded {unfounded:?}, {declared:?}");
}

/// In 256 models, always the same, each of these lints finds something.
#[test]
fn every_lint_of_what_is_declared_is_met() {
    let mut runner = TestRunner::deterministic();
    let mut met = BTreeSet::new();
    for _ in 0..256 {
        let (written, declared) = dressed().new_tree(&mut runner).unwrap().current();
        let written = with_ids(written);
        met.extend(Findings::of_declared(&Reading::of(&written.documents), &declared).into_iter().map(|(lint, _)| lint));
    }
    assert_eq!(met, BTreeSet::from(READ));
}

proptest! {
    #![proptest_config(config())]

    /// The same findings, whoever reads what is declared.
    #[test]
    fn lints_find_what_a_second_reading_of_what_is_declared_finds((written, declared) in dressed()) {
        found_as_read(&with_ids(written), &declared);
    }
}
