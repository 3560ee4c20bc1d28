//! Which assignment a finding is told at, where the lint looks for what a cell lacks.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rasci::Letter;

use super::{Applies, At, Findings, Look};
use crate::oracle::{Combination, Reading, upwards};

/// Of assignments, that of the least deep task, then component, then the first.
pub(super) fn most_general<'l, 'r: 'l>(all: impl Iterator<Item = &'l Applies<'r>>) -> Option<String> {
    all.min_by_key(|one| (one.rank.0, one.rank.1, one.nth)).map(|one| one.id.to_owned())
}

impl<'r> Look<'r> {
    pub(super) fn at(&self) -> At {
        (self.cell.0.to_owned(), self.cell.1.map(str::to_owned), self.combination)
    }

    /// Every assignment that takes part in a letter.
    pub(super) fn taking_part(&self) -> impl Iterator<Item = &Applies<'r>> {
        Letter::ALL.into_iter().flat_map(|letter| self.deciding(letter).into_iter().chain(self.saying(letter, true)))
    }

    /// Where a letter without a party is told: at what gives it to a relation that stands for nobody, or else at the most
    /// general of those that name somebody in another letter.
    pub(super) fn lacking(&self, reading: &Reading, letter: Letter) -> String {
        let first = self.deciding(letter).into_iter().min_by_key(|one| one.nth);
        let added = || self.saying(letter, true).min_by_key(|one| (Reverse(one.rank), one.nth));
        if let Some(one) = first.or_else(added) {
            return one.id.to_owned();
        }
        let names = |one: &Applies<'_>, letter, adds| {
            let parties = one.said.sets(letter, adds).into_iter().flatten();
            parties.flat_map(|party| reading.stands_for(&party, self.cell.1)).next().is_some()
        };
        let holders = Letter::ALL.into_iter().flat_map(|letter| {
            let deciding = self.deciding(letter).into_iter().filter(move |one| names(one, letter, false));
            deciding.chain(self.saying(letter, true).filter(move |one| names(one, letter, true)))
        });
        most_general(holders).expect("an assigned cell has somebody")
    }
}

impl Findings {
    /// Combinations in which a cell is silent, beside one in which it is not.
    pub(super) fn gap(&mut self, looks: &[Look<'_>], combinations: &[Combination]) {
        let silent = |look: &&Look<'_>| look.told.status == "unassigned";
        let beside = |one: &Look<'_>, other: &Look<'_>| {
            let (one, other) = (&combinations[one.combination], &combinations[other.combination]);
            one.iter().filter(|(dimension, value)| other[*dimension] != **value).count() == 1
        };
        let said = || looks.iter().filter(|look| !silent(look));
        let gaps: Vec<&Look<'_>> = looks.iter().filter(silent).filter(|gap| said().any(|look| beside(gap, look))).collect();
        let speaking = said().filter(|look| gaps.iter().any(|gap| beside(gap, look))).flat_map(Look::taking_part);
        if let Some(cause) = most_general(speaking) {
            for gap in &gaps {
                self.add_topmost("condition-gap", gap, cause.clone());
            }
        }
    }

    /// What is wrong in a cell and in none directly above it is told; it reaches all cells below in which the same is wrong.
    pub(super) fn attribute(&mut self, reading: &Reading) {
        for (lint, wrong) in std::mem::take(&mut self.topmost) {
            let is_top = |(task, component, combination): &At| {
                let above = upwards(&reading.tasks, Some(task)).into_iter().nth(1).flatten();
                let by_task = above.map(|task| (task, component.clone(), *combination));
                let above = component.as_ref().map(|component| upwards(&reading.components, Some(component)).into_iter().nth(1));
                let by_component = above.flatten().map(|component| (task.clone(), component, *combination));
                !by_task.into_iter().chain(by_component).any(|above| wrong.contains_key(&above))
            };
            let tops: BTreeMap<&At, &String> = wrong.iter().filter(|(at, _)| is_top(at)).collect();
            for at in wrong.keys() {
                let (task, component, combination) = at;
                for task in upwards(&reading.tasks, Some(task)).into_iter().flatten() {
                    for component in upwards(&reading.components, component.as_deref()) {
                        if let Some(cause) = tops.get(&(task.clone(), component, *combination)) {
                            self.holds.entry((lint, (*cause).clone())).or_default().insert(at.clone());
                            self.found.insert((lint, (*cause).clone()));
                        }
                    }
                }
            }
        }
    }
}
