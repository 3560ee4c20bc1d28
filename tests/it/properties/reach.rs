//! The scope that a finding is told at: a highest uniform one, as the language defines them, that begins above all others of
//! its kind; of those one that leaves the fewest cells over; and the number of those.

use std::collections::{BTreeMap, BTreeSet};

use super::findings::names;
use crate::oracle::findings::{At, Finding, Findings};
use crate::oracle::scope::{Block, Ground};
use crate::oracle::{Combination, Reading, upwards};

/// Cells by task and component.
type Cells = BTreeSet<(String, Option<String>)>;

/// A scope as a message names it.
#[derive(Debug)]
struct Said<'m> {
    block: Block,
    /// The alternatives of its `when`, and whether they are all.
    when: Vec<Vec<(&'m str, Vec<&'m str>)>>,
    all: bool,
    more: usize,
}

impl<'m> Said<'m> {
    fn read(message: &'m str) -> Self {
        let (scope, more) = message.split_once(", and in ").unwrap_or((message, "0 "));
        let more = more.split(' ').next().map(|more| if more == "one" { 1 } else { more.parse().unwrap() }).unwrap();
        let (scope, others) = scope.split_once(", or in ").unwrap_or((scope, ""));
        let (place, when) = scope.split_once(" when ").unwrap_or((scope, ""));
        let components_below = place.ends_with(" and its parts") || place.ends_with(" everywhere");
        let (place, component) = match place.rsplit_once(" at `") {
            Some((place, component)) => (place, Some(component.split('`').next().unwrap().to_owned())),
            None => (place, None),
        };
        let task = (!place.contains("every task")).then(|| names(place).last().unwrap().to_string());
        let tasks_below = task.is_none() || place.contains("all below it");
        let values = |one: &'m str| {
            let (dimension, values) = one.split_once(" is ").unwrap();
            (dimension, values.split(", ").flat_map(|values| values.split(" or ")).collect())
        };
        let alternative = |one: &'m str| one.split(" and ").map(values).collect();
        let when = if when.is_empty() { Vec::new() } else { when.split("; or when ").map(alternative).collect() };
        Self { block: ((task, tasks_below), (component, components_below)), when, all: others.is_empty(), more }
    }

    /// The combinations that it names.
    fn combinations(&self, all: &[Combination]) -> BTreeSet<usize> {
        let holds = |combination: &Combination| {
            let satisfies = |(dimension, values): &(&str, Vec<&str>)| values.contains(&combination[*dimension].as_str());
            self.when.is_empty() || self.when.iter().any(|alternative| alternative.iter().all(satisfies))
        };
        (0..all.len()).filter(|nth| holds(&all[*nth])).collect()
    }
}

/// A block with when: what is told of a finding.
struct Told {
    cells: Cells,
    when: BTreeSet<usize>,
    /// How many cells it leaves over.
    left: usize,
}

/// Each finding beside its message.
pub fn told_at_the_highest_scope(reading: &Reading, read: &Findings, told: &[(Finding, String)]) {
    let combinations = reading.combinations();
    let ground = Ground { tasks: &reading.tasks, components: &reading.components, combinations: &combinations };
    let numbers: BTreeMap<&Combination, usize> = combinations.iter().enumerate().map(|(nth, it)| (it, nth)).collect();
    let with_scope: Vec<(&Finding, &BTreeSet<At>)> = read.holds.iter().collect();
    let mut facts: BTreeMap<&At, BTreeSet<usize>> = BTreeMap::new();
    for (nth, (_, holds)) in with_scope.iter().enumerate() {
        holds.iter().for_each(|at| _ = facts.entry(at).or_default().insert(nth));
    }
    let uniform = ground.uniform(|task, component, combination| {
        let at = (task.to_owned(), component.map(str::to_owned), numbers[combination]);
        reading.is_there(task, component, combination).then(|| facts.get(&at).cloned().unwrap_or_default())
    });
    let inside = |block: &Block| -> Cells {
        let components = || std::iter::once(None).chain(reading.components.iter().map(|place| Some(place.id.clone())));
        let cells = reading.tasks.iter().flat_map(|task| components().map(|component| (task.id.clone(), component)));
        cells.filter(|(task, component)| ground.contains(block, task, component.as_deref())).collect()
    };
    for (nth, (finding, holds)) in with_scope.iter().enumerate() {
        let (_, message) = told.iter().find(|(other, _)| other == *finding).expect("found");
        let at = |task: &str, component: &Option<String>| -> BTreeSet<usize> {
            let here = holds.iter().filter(|(other, place, _)| other == task && place == component);
            here.map(|(.., combination)| *combination).collect()
        };
        // A scope is told for all of the combinations in which the finding holds in its first cell; in one of them it holds in none
        // above that, however far: else the scope would not be the highest.
        let begins = |task: &str, component: &Option<String>, here: &BTreeSet<usize>| {
            let components = upwards(&reading.components, component.as_deref());
            let tasks = upwards(&reading.tasks, Some(task)).into_iter().flatten();
            let cells = tasks.flat_map(|task| components.iter().map(move |component| (task.clone(), component)));
            let above = cells.filter(|(other, place)| (other.as_str(), *place) != (task, component));
            let above: BTreeSet<usize> = above.flat_map(|(task, component)| at(&task, component)).collect();
            !here.is_subset(&above)
        };
        let is_whole = |((task, _), (component, _)): &Block, when: &BTreeSet<usize>| match task {
            Some(task) => at(task, component) == *when && begins(task, component, when),
            None => reading.tasks.iter().any(|task| {
                let here = at(&task.id, component);
                upwards(&reading.tasks, Some(&task.id)).len() == 2 && here.is_subset(when) && begins(&task.id, component, &here)
            }),
        };
        let left = |cells: &Cells, when: &BTreeSet<usize>| {
            let over = |(task, component, combination): &&At| {
                !(cells.contains(&(task.clone(), component.clone())) && when.contains(combination))
            };
            holds.iter().filter(over).map(|(task, component, _)| (task, component)).collect::<BTreeSet<_>>().len()
        };
        let candidates = uniform.iter().filter(|(fact, ..)| *fact == nth).filter_map(|(_, block, when)| {
            let (cells, when) = (inside(block), when.iter().copied().collect());
            is_whole(block, &when).then(|| Told { left: left(&cells, &when), cells, when })
        });
        let candidates: Vec<Told> = candidates.collect();
        let said = Said::read(message);
        let (cells, when) = (inside(&said.block), said.combinations(&combinations));
        let is_said = |told: &&Told| told.cells == cells && if said.all { told.when == when } else { when.is_subset(&told.when) };
        let own = candidates.iter().find(is_said).unwrap_or_else(|| panic!("no highest uniform scope: {message}\n{holds:?}"));
        assert_eq!(own.left, said.more, "{message}\n{holds:?}");
        assert_eq!(Some(own.left), candidates.iter().map(|told| told.left).min(), "{message}\n{holds:?}");
    }
}
