//! The law of the lints: they find what a look at every cell in every combination finds, no more and no less.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use rasci::diagnostic::Diagnostic;
use rasci::document::Level;
use rasci::model::AssignmentId;
use rasci::{Letter, Policy, Span};

use super::config;
use super::derivation::{id_of, with_ids};
use super::reach::told_at_the_highest_scope;
use crate::oracle::Reading;
use crate::oracle::findings::{Finding, Findings};
use crate::strategy::apart::many_combinations;
use crate::strategy::{Written, models};

/// The lints that are read a second time.
const READ: [&str; 15] = [
    "no-responsible",
    "no-accountable",
    "many-accountable",
    "accountable-and-informed",
    "duplicate-letter",
    "ambiguous-assignment",
    "condition-gap",
    "conditional-fallthrough",
    "outranked-override",
    "addition-to-nobody",
    "unassigned-task",
    "shadowed-assignment",
    "redundant-assignment",
    "unresolved-relation",
    "overloaded-party",
];

/// The names between backticks.
pub fn names(message: &str) -> Vec<&str> {
    message.split('`').skip(1).step_by(2).collect()
}

/// What tells a finding from others of its lint, in the words of the second reading.
fn words(policy: &Policy, finding: &Diagnostic) -> String {
    let id = |span: Span| {
        let at = policy.model().assignments().find(|(_, it)| it.span == span).map(|(id, _)| -> AssignmentId { id });
        id_of(policy, at.expect("an assignment"))
    };
    let own = || id(finding.span.unwrap());
    let letter = |before: &str| {
        let (_, rest) = finding.message.split_once(before).expect("a letter");
        format!("{:?}", Letter::parse(&rest[..1]).unwrap())
    };
    match finding.name {
        "accountable-and-informed" | "duplicate-letter" => {
            format!("{} {}", finding.message.split(" for ").next().unwrap(), own())
        }
        "conditional-fallthrough" => format!("{} {}", letter("decides "), own()),
        "ambiguous-assignment" | "outranked-override" => format!("{} {}", letter("settings of "), own()),
        "addition-to-nobody" => format!("{} {}", letter("`"), own()),
        "unassigned-task" | "overloaded-party" => names(&finding.message)[0].to_owned(),
        "no-responsible"
        | "no-accountable"
        | "condition-gap"
        | "many-accountable"
        | "shadowed-assignment"
        | "redundant-assignment" => own(),
        "unresolved-relation" => format!("{} {}", names(&finding.message)[0], own()),
        other => unreachable!("{other} is not read"),
    }
}

fn found_as_read(written: &Written) {
    let (policy, reading) = (written.load(), Reading::of(&written.documents));
    let read = Findings::of(&reading);
    let levels = READ.map(|name| (name.to_owned(), Level::Warn)).to_vec();
    let found = policy.lint(&levels).into_iter().filter(|each| READ.contains(&each.name));
    let told: Vec<(Finding, String)> = found.map(|each| ((each.name, words(&policy, &each)), each.message)).collect();
    let findings: BTreeSet<Finding> = told.iter().map(|(finding, _)| finding.clone()).collect();
    let missed: Vec<_> = read.found.difference(&findings).collect();
    let unfounded: Vec<_> = findings.difference(&read.found).collect();
    assert!(missed.is_empty() && unfounded.is_empty(), "missed {missed:?}, unfounded {unfounded:?}");
    assert_eq!(told.len(), findings.len(), "a finding is told twice: {told:?}");
    told_at_the_highest_scope(&reading, &read, &told);
}

/// In 256 models, always the same, each of these lints finds something.
#[test]
fn every_lint_that_is_read_twice_is_met() {
    let mut runner = TestRunner::deterministic();
    let mut met = BTreeSet::new();
    for _ in 0..256 {
        let written = with_ids(models().new_tree(&mut runner).unwrap().current());
        met.extend(Findings::of(&Reading::of(&written.documents)).found.into_iter().map(|(lint, _)| lint));
    }
    assert_eq!(met, BTreeSet::from(READ));
}

proptest! {
    #![proptest_config(config())]

    /// The same findings, whoever looks.
    #[test]
    fn lints_find_what_a_look_at_every_cell_finds(written in models()) {
        found_as_read(&with_ids(written));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: config().cases.div_ceil(16), ..config() })]

    /// The same findings also where a set of combinations is more than a word of bits.
    #[test]
    fn lints_find_the_same_where_many_combinations_are_told_apart(written in many_combinations()) {
        found_as_read(&with_ids(written));
    }
}
