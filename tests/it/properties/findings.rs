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
use crate::oracle::Reading;
use crate::oracle::findings::Findings;
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
fn names(message: &str) -> Vec<&str> {
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
        "many-accountable" => {
            let (parties, _) = finding.message.split_once(" are accountable").unwrap();
            names(parties).into_iter().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" ")
        }
        "accountable-and-informed" | "duplicate-letter" => finding.message.split(" for ").next().unwrap().to_owned(),
        "ambiguous-assignment" => {
            format!("{} {} {}", letter("settings of "), id(finding.related[0].span), own())
        }
        "conditional-fallthrough" => letter("decides "),
        "outranked-override" => format!("{} {}", letter("settings of "), own()),
        "addition-to-nobody" => format!("{} {}", letter(""), own()),
        "unassigned-task" | "overloaded-party" => names(&finding.message)[0].to_owned(),
        "shadowed-assignment" | "redundant-assignment" => own(),
        "unresolved-relation" => format!("{} {}", names(&finding.message)[0], own()),
        _ => String::new(),
    }
}

fn found_as_read(written: &Written) {
    let (policy, read) = (written.load(), Findings::of(&Reading::of(&written.documents)));
    let levels = READ.map(|name| (name.to_owned(), Level::Warn)).to_vec();
    let found: Vec<Diagnostic> = policy.lint(&levels).into_iter().filter(|each| READ.contains(&each.name)).collect();
    let told: BTreeSet<(&str, String)> = found.iter().map(|each| (each.name, words(&policy, each))).collect();
    assert_eq!(told, read.found);
    for finding in &found {
        let Some(cells) = read.cells.get(finding.name) else { continue };
        assert!(cells.iter().any(|cell| finding.message.contains(cell.as_str())), "{}: {cells:?}", finding.message);
    }
    // Every cell with a gap is counted once.
    let gaps = found.iter().filter(|each| each.name == "condition-gap").map(|each| {
        let more = each.message.split_once(", and ").map(|(_, more)| more.split(' ').next().unwrap());
        more.map_or(1, |more| if more == "one" { 2 } else { 1 + more.parse::<usize>().unwrap() })
    });
    assert_eq!(gaps.sum::<usize>(), read.cells.get("condition-gap").map_or(0, BTreeSet::len));
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
