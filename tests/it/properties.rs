//! The laws: what holds of every model, tried on models out of thin air.
//!
//! `PROPTEST_CASES` sets how many models each law is tried on.

mod census;
mod continuity;
mod declared;
mod derivation;
mod differences;
mod findings;
mod flows;
mod reach;
mod rewritten;
mod scopes;
mod texts;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::Index;
use rasci::document::{Component, Party, Task};
use rasci::model::When;
use rasci::query::How;
use rasci::{Cell, ComponentId, Context, Letter, Outcome, PartyId, Policy, TaskId, Verdict};

use crate::holders::looked_up;
use crate::oracle::{Combination, Reading, satisfied, upwards};
use crate::strategy::documents::{name, names};
use crate::strategy::{Written, models, one_more};

/// As many models as keep the whole file quick, unless the environment says otherwise.
pub fn config() -> ProptestConfig {
    let from_environment = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { from_environment.cases } else { 64 };
    ProptestConfig { cases, failure_persistence: None, ..from_environment }
}

/// What a cell says in one combination, by ids.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Summary {
    status: &'static str,
    held: BTreeMap<Letter, BTreeSet<String>>,
    nobody: BTreeSet<Letter>,
}

/// Task, component (none for the whole system), combination.
type Table = BTreeMap<(String, Option<String>, Combination), Summary>;

pub fn task_id(policy: &Policy, task: TaskId) -> String {
    policy.model().task(task).about.id.to_string()
}

pub fn component_id(policy: &Policy, component: ComponentId) -> Option<String> {
    (component != ComponentId::SYSTEM).then(|| policy.model().component(component).about.id.to_string())
}

pub fn party_id(policy: &Policy, party: PartyId) -> String {
    policy.model().party(party).about.id.to_string()
}

pub fn context(policy: &Policy, combination: &Combination) -> Context {
    policy.context(combination.iter().map(|(dimension, value)| (dimension.as_str(), value.as_str()))).unwrap()
}

/// How many of a case's alternatives a combination satisfies; one where the case holds always.
fn alternatives(policy: &Policy, when: &When, combination: &Combination) -> usize {
    let holds = |(dimension, values): &(rasci::model::DimensionId, Vec<usize>)| {
        let dimension = policy.model().dimension(*dimension);
        values.iter().any(|value| *dimension.values[*value] == combination[dimension.id.as_ref()])
    };
    if when.is_empty() { 1 } else { when.iter().filter(|alternative| alternative.iter().all(holds)).count() }
}

/// The one case that a combination lies in.
fn case_of<'c, C>(policy: &Policy, cases: &'c [C], when: impl Fn(&C) -> &When, combination: &Combination) -> (usize, &'c C) {
    let counts: Vec<usize> = cases.iter().map(|case| alternatives(policy, when(case), combination)).collect();
    assert_eq!(counts.iter().sum::<usize>(), 1, "{combination:?} is in one alternative of one case: {counts:?}");
    let nth = counts.iter().position(|count| *count == 1).unwrap();
    (nth, &cases[nth])
}

/// Every cell in every combination, as `cells` gives them.
fn table(policy: &Policy, combinations: &[Combination]) -> Table {
    let mut table = Table::new();
    for entry in policy.cells() {
        let mut first = Vec::new();
        for combination in combinations {
            let (nth, case) = case_of(policy, &entry.cases, |case| &case.when, combination);
            first.push(nth);
            let ids = |parties: &Vec<PartyId>| parties.iter().map(|party| party_id(policy, *party)).collect();
            let summary = Summary {
                status: case.status.as_str(),
                held: case.letters.iter().map(|(letter, parties)| (*letter, ids(parties))).collect(),
                nobody: case.nobody.iter().copied().collect(),
            };
            let key = (task_id(policy, entry.cell.task), component_id(policy, entry.cell.component), combination.clone());
            table.insert(key, summary);
        }
        // Cases stand in the order of their first combination, every one is met, and no two are alike.
        let mut met = Vec::new();
        for nth in first {
            if !met.contains(&nth) {
                met.push(nth);
            }
        }
        assert_eq!(met, (0..entry.cases.len()).collect::<Vec<_>>());
        for (nth, case) in entry.cases.iter().enumerate() {
            let alike = |other: &&rasci::query::CellCase| {
                (other.status, &other.letters, &other.nobody) == (case.status, &case.letters, &case.nobody)
            };
            assert!(!entry.cases[..nth].iter().any(|other| alike(&other)), "two cases of {:?} are alike", entry.cell);
        }
    }
    table
}

fn expected(reading: &Reading, task: &str, component: Option<&str>, combination: &Combination) -> Summary {
    let told = reading.cell(task, component, combination);
    Summary { status: told.status, held: told.held, nobody: told.said.union(&told.unresolved).copied().collect() }
}

/// The cells of a model by id: every task at the whole system and at every component.
fn places(reading: &Reading) -> Vec<(&str, Option<&str>)> {
    let components: Vec<Option<&str>> =
        std::iter::once(None).chain(reading.components.iter().map(|place| Some(place.id.as_str()))).collect();
    reading.tasks.iter().flat_map(|task| components.iter().map(|component| (task.id.as_str(), *component))).collect()
}

fn agrees_with_the_oracle(written: &Written) {
    let (policy, reading) = (written.load(), Reading::of(&written.documents));
    let combinations = reading.combinations();
    let table = table(&policy, &combinations);
    assert_eq!(table.len(), places(&reading).len() * combinations.len());
    for (task, component) in places(&reading) {
        let cell = policy.cell(task, component).unwrap();
        let open = policy.answer(cell, &Context::default());
        for combination in &combinations {
            let expected = expected(&reading, task, component, combination);
            let key = (task.to_owned(), component.map(str::to_owned), combination.clone());
            assert_eq!(table[&key], expected, "cells: {key:?}");
            let told = reading.cell(task, component, combination);
            let given = context(&policy, combination);
            looked_up(&policy, cell, &given, &told);
            let full = policy.answer(cell, &given);
            let [case] = full.cases() else { panic!("one case in a full context") };
            assert!(case.when.is_empty());
            let (_, one_of_open) = case_of(&policy, open.cases(), |case| &case.when, combination);
            for case in [case, one_of_open] {
                assert_eq!(case.status.as_str(), expected.status);
                for letter in Letter::ALL {
                    let parties: BTreeSet<String> = case.letter(letter).map(|party| party.about.id.to_string()).collect();
                    assert_eq!(parties, expected.held.get(&letter).cloned().unwrap_or_default(), "{key:?} {letter:?}");
                    let outcome = match case.outcome(letter) {
                        Outcome::Nobody(nobody, _) => Some(*nobody),
                        Outcome::Held(_) | Outcome::Silent => None,
                    };
                    assert_eq!(outcome == Some(rasci::matrix::Nobody::Said), told.said.contains(&letter));
                    assert_eq!(outcome == Some(rasci::matrix::Nobody::Unresolved), told.unresolved.contains(&letter));
                }
            }
        }
    }
}

/// Adds what nothing mentions: a party, a component, a task, a dimension.
fn with_bystanders(written: &Written, which: [bool; 4]) -> Written {
    let mut written = written.clone();
    let top = written.top();
    let [party, component, task, dimension] = which;
    if party {
        top.parties.0.insert(0, (name("bystander"), Party::default()));
    }
    if component {
        top.components.0.insert(0, (name("annex"), Component::default()));
    }
    if task {
        top.tasks.0.insert(0, (name("chore"), Task::default()));
    }
    if dimension {
        top.context.0.insert(0, (name("weather"), names(["fair", "foul"])));
    }
    written
}

proptest! {
    #![proptest_config(config())]

    /// The crate and the oracle agree on every cell in every combination, however it is asked for.
    #[test]
    fn every_cell_says_what_the_language_says(written in models()) {
        agrees_with_the_oracle(&written);
    }

    /// Loading twice gives the same cells and the same findings, in the same order.
    #[test]
    fn loading_twice_gives_the_same(written in models()) {
        let (first, second) = (written.load(), written.load());
        prop_assert_eq!(first.cells().collect::<Vec<_>>(), second.cells().collect::<Vec<_>>());
        prop_assert_eq!(first.lint(&Vec::new()), second.lint(&Vec::new()));
    }

    /// A party, a component, a task or a dimension that nothing mentions changes no answer.
    #[test]
    fn what_nothing_mentions_changes_nothing(written in models(), which in any::<[bool; 4]>()) {
        let reading = Reading::of(&written.documents);
        let before = table(&written.load(), &reading.combinations());
        let more = with_bystanders(&written, which);
        let after = table(&more.load(), &Reading::of(&more.documents).combinations());
        for ((task, component, mut combination), summary) in after {
            combination.remove("weather");
            let key = (task, component, combination);
            if key.0 != "chore" && key.1.as_deref() != Some("annex") {
                prop_assert_eq!(&summary, &before[&key], "{:?}", key);
            }
        }
    }

    /// A further assignment changes only cells at or below its tasks and its components, where its condition holds.
    #[test]
    fn an_assignment_changes_only_what_it_applies_to((written, more) in one_more()) {
        let reading = Reading::of(&more.documents);
        let combinations = reading.combinations();
        let (before, after) = (table(&written.load(), &combinations), table(&more.load(), &combinations));
        let added = more.documents.last().unwrap().1.assignments.last().unwrap().value.clone();
        let below = |path: Vec<Option<String>>, named: &Option<rasci::document::Names<'_>>| match named {
            None => true,
            Some(named) => path.iter().flatten().any(|place| named.items.iter().any(|name| *name.value == **place)),
        };
        for ((task, component, combination), summary) in &after {
            let applies = below(upwards(&reading.tasks, Some(task)), &added.task)
                && below(upwards(&reading.components, component.as_deref()), &added.component)
                && satisfied(added.when.as_ref(), combination);
            let key = (task.clone(), component.clone(), combination.clone());
            prop_assert!(applies || before[&key] == *summary, "{:?} was {:?} and is {:?}", key, before[&key], summary);
        }
    }

    /// A party holds what it is named for, what a party around it is named for, and what a party in it is named for.
    #[test]
    fn holding_is_being_named_or_in_or_around_who_is(written in models(), at in any::<(Index, Index)>(), letter in 0..5usize) {
        let (policy, reading) = (written.load(), Reading::of(&written.documents));
        let places = places(&reading);
        let (task, component) = *at.0.get(&places);
        let (cell, letter) = (policy.cell(task, component).unwrap(), Letter::ALL[letter]);
        for who in &reading.parties {
            let party = policy.party(&who.id).unwrap();
            for ways in [&How::ALL[..], &[How::Named], &[How::AsMember], &[How::ThroughPart]] {
                holds_as_read(&policy, &reading, cell, letter, party, ways);
            }
        }
    }
}

fn holds_as_read(policy: &Policy, reading: &Reading, cell: Cell, letter: Letter, party: PartyId, ways: &[How]) {
    let id = party_id(policy, party);
    let (task, component) = (task_id(policy, cell.task), component_id(policy, cell.component));
    let open = policy.holding(party, letter, cell, &Context::default(), None, ways);
    let mut held_in = Vec::new();
    for combination in reading.combinations() {
        let told = reading.cell(&task, component.as_deref(), &combination);
        let named = told.held.get(&letter).cloned().unwrap_or_default();
        let through = |way: How| -> BTreeSet<String> {
            let counts = |other: &&String| match way {
                How::Named => **other == id,
                How::AsMember => reading.containers(&id).contains(*other),
                How::ThroughPart => reading.containers(other).contains(&id),
            };
            named.iter().filter(counts).cloned().collect()
        };
        let expected = ways.iter().map(|way| (*way, through(*way))).find(|(_, through)| !through.is_empty());
        let full = policy.holding(party, letter, cell, &context(policy, &combination), None, ways);
        let (_, one_of_open) = case_of(policy, &open.cases, |case| &case.when, &combination);
        for case in [&full.cases[0], one_of_open] {
            let through = case.through.iter().map(|party| party_id(policy, *party)).collect();
            assert_eq!(case.how.map(|how| (how, through)), expected, "{id} {letter:?} {task} {component:?} {combination:?}");
        }
        held_in.push(expected.is_some());
    }
    let verdict = match (held_in.iter().all(|held| *held), held_in.iter().any(|held| *held)) {
        (true, _) => Verdict::Held,
        (false, true) => Verdict::Depends,
        (false, false) => Verdict::NotHeld,
    };
    assert_eq!(open.verdict(), verdict);
}
