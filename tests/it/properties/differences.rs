//! How two models differ, against a look at every cell of both in every combination of both.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rasci::document::{Component, Entries, Party, Task};
use rasci::query::Diff;
use rasci::{Letter, Policy, Status, TaskId};

use super::config;
use super::continuity::{Aways, DAYS, aways, day, is_there, stands, with_aways};
use crate::oracle::scope::{Ground, Told, both};
use crate::oracle::{Combination, Reading};
use crate::strategy::{Written, models, one_more};

/// Status and parties of one side.
type Side = (&'static str, BTreeSet<String>);

/// The letter, none for the status; what was; what is.
type Fact = (Option<Letter>, Side, Side);

/// What a cell says in a combination of both models: nothing where the model lacks its task, component or a value.
fn said(
    reading: &Reading,
    task: &str,
    component: Option<&str>,
    combination: &Combination,
) -> (&'static str, BTreeMap<Letter, BTreeSet<String>>) {
    let has_task = reading.tasks.iter().any(|place| place.id == task);
    let has_component = component.is_none_or(|component| reading.components.iter().any(|place| place.id == component));
    let has_values = reading.context.iter().all(|(dimension, values)| values.contains(&combination[dimension]));
    if !has_task || !has_component || !has_values {
        return ("absent", BTreeMap::new());
    }
    let told = reading.cell(task, component, combination);
    (told.status, told.held)
}

fn facts(
    was: &(&'static str, BTreeMap<Letter, BTreeSet<String>>),
    is: &(&'static str, BTreeMap<Letter, BTreeSet<String>>),
) -> BTreeSet<Fact> {
    let side = |said: &(&'static str, BTreeMap<Letter, BTreeSet<String>>), letter| {
        (said.0, said.1.get(&letter).cloned().unwrap_or_default())
    };
    let letters: BTreeSet<Fact> = Letter::ALL
        .into_iter()
        .filter(|letter| was.1.get(letter) != is.1.get(letter))
        .map(|letter| (Some(letter), side(was, letter), side(is, letter)))
        .collect();
    let only_status = letters.is_empty() && was.0 != is.0;
    letters.into_iter().chain(only_status.then(|| (None, (was.0, BTreeSet::new()), (is.0, BTreeSet::new())))).collect()
}

/// Who is away in a model, and the day on which it is asked.
type On<'a> = (&'a Aways, Option<u8>);

/// The same with those who do the work on the day: an absent person's deputy, or nobody for it; nor for a party that is not there.
fn there(
    reading: &Reading,
    said: (&'static str, BTreeMap<Letter, BTreeSet<String>>),
    (aways, on): On<'_>,
) -> (&'static str, BTreeMap<Letter, BTreeSet<String>>) {
    let held = said.1.into_iter().map(|(letter, parties)| {
        let there = parties.iter().filter(|party| is_there(reading, aways, party, on, &BTreeSet::new()));
        (letter, there.filter_map(|party| stands(aways, party, on)).collect::<BTreeSet<String>>())
    });
    (said.0, held.filter(|(_, parties)| !parties.is_empty()).collect())
}

fn expected(
    (old, old_on): (&Reading, On<'_>),
    (new, new_on): (&Reading, On<'_>),
    combinations: &[Combination],
) -> BTreeSet<Told<Fact>> {
    let (tasks, components) = (both(&old.tasks, &new.tasks), both(&old.components, &new.components));
    let ground = Ground { tasks: &tasks, components: &components, combinations };
    let applies = |status: &str| status != "absent" && status != "not-applicable";
    ground.uniform(|task, component, combination| {
        let was = there(old, said(old, task, component, combination), old_on);
        let is = there(new, said(new, task, component, combination), new_on);
        (applies(was.0) || applies(is.0)).then(|| facts(&was, &is))
    })
}

/// Every combination of the dimensions and values of both.
fn combinations(old: &Reading, new: &Reading) -> Vec<Combination> {
    let mut context = new.context.clone();
    for (dimension, values) in &old.context {
        match context.iter_mut().find(|(known, _)| known == dimension) {
            Some((_, known)) => {
                let more: Vec<String> = values.iter().filter(|value| !known.contains(value)).cloned().collect();
                known.extend(more);
            }
            None => context.push((dimension.clone(), values.clone())),
        }
    }
    let mut both = Reading::default();
    both.context = context;
    both.combinations()
}

fn answered(diff: &Diff<'_>, combinations: &[Combination]) -> Vec<Told<Fact>> {
    let model = diff.model();
    let side = |side: &rasci::query::Side| {
        let parties = side.parties.iter().map(|id| model.party(*id).about.id.to_string()).collect();
        (side.status.map_or("absent", Status::as_str), parties)
    };
    let holds = |when: &rasci::model::When, combination: &Combination| {
        let value = |(id, values): &(rasci::model::DimensionId, Vec<usize>)| {
            let dimension = model.dimension(*id);
            values.iter().any(|value| *dimension.values[*value] == combination[dimension.id.as_ref()])
        };
        when.is_empty() || when.iter().any(|alternative| alternative.iter().all(value))
    };
    let change = |change: &rasci::query::Change| {
        let block = change.block;
        let task = (block.task != TaskId::ALL).then(|| model.task(block.task).about.id.to_string());
        let component =
            (block.component != rasci::ComponentId::SYSTEM).then(|| model.component(block.component).about.id.to_string());
        let when = (0..combinations.len()).filter(|nth| holds(&change.when, &combinations[*nth])).collect();
        let fact = (change.letter, side(&change.old), side(&change.new));
        (fact, ((task, block.task_below), (component, block.component_below)), when)
    };
    diff.changes.iter().map(change).collect()
}

fn differs_as_read(old: &Written, new: &Written) {
    let nobody = Aways::new();
    differs_on((old, &nobody), (new, &nobody), None);
}

fn differs_on((old, old_aways): (&Written, &Aways), (new, new_aways): (&Written, &Aways), on: Option<u8>) {
    let (before, after) = (old.load(), new.load());
    let (old, new) = (Reading::of(&old.documents), Reading::of(&new.documents));
    let combinations = combinations(&old, &new);
    let diff = before.diff_on(&after, on.map(day));
    let answered = answered(&diff, &combinations);
    let expected = expected((&old, (old_aways, on)), (&new, (new_aways, on)), &combinations);
    assert_eq!(answered.len(), expected.len(), "nothing is told twice");
    assert_eq!(answered.into_iter().collect::<BTreeSet<_>>(), expected);
    for change in &diff.changes {
        for side in [&change.old, &change.new] {
            assert!(side.parties.is_empty() || !side.because.is_empty(), "both sides say why");
        }
    }
}

/// The same model with everything in another order, and all assignments at the top.
fn turned_round(written: &Written) -> Written {
    fn tasks(entries: &mut Entries<'static, Task<'static>>) {
        entries.0.reverse();
        entries.0.iter_mut().for_each(|(_, task)| {
            task.assign.reverse();
            tasks(&mut task.tasks);
        });
    }
    fn components(entries: &mut Entries<'static, Component<'static>>) {
        entries.0.reverse();
        entries.0.iter_mut().for_each(|(_, component)| {
            component.assign.reverse();
            components(&mut component.components);
        });
    }
    fn parties(entries: &mut Entries<'static, Party<'static>>) {
        entries.0.reverse();
        entries.0.iter_mut().for_each(|(_, party)| parties(&mut party.parties));
    }
    let mut written = written.clone();
    for (_, document) in &mut written.documents {
        tasks(&mut document.tasks);
        components(&mut document.components);
        parties(&mut document.parties);
        document.assignments.reverse();
        document.context.0.reverse();
        document.context.0.iter_mut().for_each(|(_, values)| values.items.reverse());
    }
    written
}

proptest! {
    #![proptest_config(config())]

    /// Two models that have nothing to do with each other differ as a look at every block of both says.
    #[test]
    fn models_differ_as_a_look_at_every_block_says((old, new) in (models(), models())) {
        differs_as_read(&old, &new);
    }

    /// So do two that are alike but for one assignment.
    #[test]
    fn an_assignment_more_is_the_difference_it_makes((old, new) in one_more()) {
        differs_as_read(&old, &new);
        differs_as_read(&new, &old);
    }

    /// On a day an absent person's letters are with who stands in, or with nobody.
    #[test]
    fn on_a_day_those_differ_who_are_there(written in models(), plans in (aways(), aways()), on in proptest::option::of(0..DAYS)) {
        let (old, old_aways) = with_aways(&written, &plans.0);
        let (new, new_aways) = with_aways(&written, &plans.1);
        differs_on((&old, &old_aways), (&new, &new_aways), on);
    }

    /// What is said in another order is the same.
    #[test]
    fn another_order_is_no_difference(written in models()) {
        let (before, after) = (written.load(), turned_round(&written).load());
        prop_assert!(before.diff(&after).changes.is_empty());
        prop_assert!(after.diff(&before).changes.is_empty());
    }
}

#[test]
fn another_way_to_say_it_is_no_difference() {
    let old = "rasci: 1\nid: m\ncontext: { p: [a, b] }\nparties: { x: { parties: { y: {} } }, z: {} }\n\
               components: { c: { relations: { owner: z } }, d: {} }\n\
               tasks:\n  t: { assign: [{ R: x, A: z }], tasks: { u: { assign: [{ when: { p: a }, R: y }] }, v: {} } }\n";
    let new = "rasci: 1\nid: n\ncontext: { q: [k, l], p: [b, a] }\nparties: { z: {}, y: {}, x: { members: [y] } }\n\
               components: { d: {}, c: {} }\ntasks: { v: {}, u: {}, t: {} }\n\
               assignments:\n  - { task: [t, v], A/R: z }\n  - { task: [v, t], component: [c, d], R: x }\n  - { task: [t, v, u], R: x }\n\
               \x20 - { task: u, when: { p: b }, A: z }\n  - { task: u, when: { p: a }, R: y, A: z }\n";
    let new = new.replace("A/R: z", "A: z");
    let (old, new) = (Policy::parse("old.yaml", old).unwrap(), Policy::parse("new.yaml", &new).unwrap());
    let diff = old.diff(&new);
    assert!(diff.changes.is_empty(), "{}", rasci::report::text::diff_text(&diff));
}

#[test]
fn a_team_of_which_nobody_is_there_holds_nothing() {
    let text = |away: &str| {
        format!(
            "rasci: 1\nid: m\nparties: {{ boss: {{}}, team: {{ parties: {{ ann: {{ kind: person{away} }} }} }} }}\n\
             tasks: {{ t: {{ assign: [{{ A: boss, R: team }}] }} }}\n"
        )
    };
    let (old, new) = (text(""), text(", absent: [{ from: 2026-01-01, until: 2026-01-02 }]"));
    let (old, new) = (Policy::parse("old.yaml", &old).unwrap(), Policy::parse("new.yaml", &new).unwrap());
    let changes = |day| old.diff_on(&new, Some(day)).changes;
    assert_eq!(changes(rasci::jiff::civil::date(2026, 1, 3)), []);
    let [change] = &changes(rasci::jiff::civil::date(2026, 1, 1))[..] else { panic!("one change") };
    assert_eq!((change.letter, change.old.parties.len(), change.new.parties.len()), (Some(Letter::Responsible), 1, 0));
}
