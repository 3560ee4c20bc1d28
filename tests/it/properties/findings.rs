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
        "conditional-fallthrough" => letter("decides "),
        "ambiguous-assignment" | "outranked-override" => format!("{} {}", letter("settings of "), own()),
        "addition-to-nobody" => format!("{} {}", letter(""), own()),
        "unassigned-task" | "overloaded-party" => names(&finding.message)[0].to_owned(),
        "many-accountable" | "shadowed-assignment" | "redundant-assignment" => own(),
        "unresolved-relation" => format!("{} {}", names(&finding.message)[0], own()),
        _ => String::new(),
    }
}

fn found_as_read(written: &Written) {
    let (policy, read) = (written.load(), Findings::of(&Reading::of(&written.documents)));
    let levels = READ.map(|name| (name.to_owned(), Level::Warn)).to_vec();
    let found: Vec<Diagnostic> = policy.lint(&levels).into_iter().filter(|each| READ.contains(&each.name)).collect();
    let told: BTreeSet<(&str, String)> = found.iter().map(|each| (each.name, words(&policy, each))).collect();
    let missed: Vec<_> = read.found.difference(&told).collect();
    let unfounded: Vec<_> = told.difference(&read.found).collect();
    assert!(missed.is_empty() && unfounded.is_empty(), "missed {missed:?}, unfounded {unfounded:?}");
    // What is said of a scope holds of every cell in it, and every cell is said of, or counted, somewhere.
    for (lint, cells) in &read.cells {
        let mut told = 0;
        for finding in found.iter().filter(|each| each.name == *lint) {
            let scope = Scope::read(&finding.message);
            let inside: Vec<&String> = cells.iter().filter(|cell| scope.contains(&policy, cell)).collect();
            assert!(!inside.is_empty(), "{}: {cells:?}", finding.message);
            told += inside.len() + scope.more;
        }
        assert!(told >= cells.len(), "{lint}: {cells:?} {found:?}");
    }
}

/// The scope that a message names.
#[derive(Debug)]
struct Scope {
    task: Option<String>,
    component: Option<String>,
    tasks_below: bool,
    components_below: bool,
    more: usize,
}

impl Scope {
    fn read(message: &str) -> Self {
        let (place, more) = message.split_once(", and in ").unwrap_or((message, "0 "));
        let more = more.split(' ').next().map(|more| if more == "one" { 1 } else { more.parse().unwrap() }).unwrap();
        let place = place.split(" when ").next().unwrap();
        let components_below = place.ends_with(" and its parts") || place.ends_with(" everywhere");
        let (place, component) = match place.rsplit_once(" at `") {
            Some((place, component)) => (place, Some(component.split('`').next().unwrap().to_owned())),
            None => (place, None),
        };
        let task = (!place.contains("every task")).then(|| names(place).last().unwrap().to_string());
        Self { tasks_below: task.is_none() || place.contains("all below it"), task, component, components_below, more }
    }

    /// Whether it contains a cell, as messages name it.
    fn contains(&self, policy: &Policy, cell: &str) -> bool {
        let (model, cell) = (policy.model(), names(cell));
        let tasks: Vec<&str> = model.task_path(policy.task(cell[0]).unwrap()).map(|id| &*model.task(id).about.id).collect();
        let at = cell.get(1).map_or(rasci::ComponentId::SYSTEM, |id| policy.component(id).unwrap());
        let components: Vec<&str> = model.component_path(at).map(|id| &*model.component(id).about.id).collect();
        let within = |path: &[&str], of: Option<&String>, below: bool| match of {
            None => below || path.len() == 1,
            Some(id) => path[0] == id.as_str() || below && path.contains(&id.as_str()),
        };
        within(&tasks, self.task.as_ref(), self.tasks_below)
            && within(&components, self.component.as_ref(), self.components_below)
    }
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
