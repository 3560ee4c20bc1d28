//! How much each party bears, R or A, of all that is assigned: every distinct answer is worked out once, and counted.
//!
//! The settings that may decide a letter in a cell are those of the nearest places, up to one that holds whatever the
//! context. Going through the tasks in order, a place changes that for the components below it, and most cells of a task
//! have the same as their neighbours and as the task above. A party that bears both letters of a cell counts once.

use hashbrown::HashMap;

use super::ground::Ground;
use super::lines::Line;
use super::look::ALL_LETTERS;
use super::sets::Set;
use crate::document::Letter;
use crate::matrix::Cell;
use crate::model::{ComponentId, DimensionId, Handle, Model, PartyId, RelationId, TaskId, When};

/// So many cells are looked at one by one, before the count is given up.
const MOST_CELLS: usize = 1_000_000;

/// What is borne by whom, and all there is.
pub(super) struct Loads {
    pub(super) of_party: HashMap<PartyId, u128>,
    pub(super) all: u128,
}

impl Ground<'_> {
    /// What each party bears, where one may bear half; none where too many cells differ.
    pub(super) fn loads(&self) -> Option<Loads> {
        let conventions = self.model().conventions();
        let implied = conventions.accountable_is_responsible || conventions.responsible_is_accountable;
        let there = self.task_there.iter().chain(&self.component_there).all(|there| *there == self.sets.always());
        let few = matches!(self.sets.always(), Set::Few(_));
        let mut weights = Weights { ground: self, known: HashMap::new() };
        if implied || self.any_additions || !there || !few {
            self.look_at_all(&mut weights)
        } else if self.nobody_bears_half() {
            Some(Loads { of_party: HashMap::new(), all: 0 })
        } else {
            self.count(&mut weights)
        }
    }

    /// Whether each party is named by too little to bear half of what is assigned: most often so, and then it need not be counted.
    fn nobody_bears_half(&self) -> bool {
        let model = self.model();
        let (mut most, mut of_relation) = (vec![0; model.parties.len()], vec![0; model.relations.len()]);
        let mut sure = 0;
        for letter in [Letter::Responsible, Letter::Accountable] {
            let mut line = Line::new(self, letter);
            model.tasks.ids().for_each(|task| line.enter(self, task));
            line.may_bear(self, &mut most, &mut of_relation);
            sure = line.sure().max(sure);
        }
        // By a relation it bears what the relation does, and nothing beside the components that name it there.
        let by_relation = |party: PartyId, relation: RelationId| {
            let named = self.related.of_party(party).iter().filter(|(_, it)| *it == relation);
            let components: usize = named.map(|(component, _)| self.components_below(*component).len()).sum();
            of_relation.get(relation.place()).copied().unwrap_or(0).min((components * model.tasks.len()) as u64)
        };
        let relations = || (0..model.relations.len()).map(RelationId::new);
        let most_of = |(party, most): (PartyId, u64)| most + relations().map(|it| by_relation(party, it)).sum::<u64>();
        model.parties().map(|(party, _)| party).zip(most).map(most_of).all(|most| most <= sure / 2)
    }

    fn look_at_all(&self, weights: &mut Weights<'_, '_>) -> Option<Loads> {
        let mut loads = Loads { of_party: HashMap::new(), all: 0 };
        for (cell, alike) in self.classes(MOST_CELLS)? {
            let look = self.look(cell);
            loads.all += weights.of(&look.assigned) * alike as u128;
            let letters = [Letter::Responsible, Letter::Accountable];
            let mut bears: HashMap<PartyId, Set> = HashMap::new();
            for (party, when) in letters.into_iter().flat_map(|letter| look.parties(letter)) {
                let known = bears.entry(party).or_insert_with(|| self.sets.never());
                *known = known.or(&when);
            }
            for (party, when) in bears {
                *loads.of_party.entry(party).or_default() += weights.of(&when) * alike as u128;
            }
        }
        Some(loads)
    }

    fn count(&self, weights: &mut Weights<'_, '_>) -> Option<Loads> {
        let components = self.model().components.len();
        let mut lines = [Letter::Responsible, Letter::Accountable].map(|letter| Line::new(self, letter));
        let mut loads = Loads { of_party: HashMap::new(), all: 0 };
        let always = weights.of(&self.sets.always());
        // Of cells in which a party may bear both, or that need a look, how many there are of each.
        let mut both: HashMap<(u32, u32, usize), u64> = HashMap::new();
        let mut looks = 0;
        for task in self.model().tasks.ids() {
            for line in &mut lines {
                line.enter(self, task);
            }
            if task == TaskId::ALL {
                continue;
            }
            let [responsible, accountable] = &mut lines;
            let mut component = 0;
            while component < components {
                let at = |line: &Line, component: usize| line.row.get(component).copied().unwrap_or(0);
                let pair = (at(responsible, component), at(accountable, component));
                let of = |line: &Line, number: u32| line.known.get(number as usize).copied();
                let (Some(one), Some(other)) = (of(responsible, pair.0), of(accountable, pair.1)) else { return None };
                let mut end = component + 1;
                let full = one.full || other.full;
                let related = one.related || other.related;
                while end < components && full && !related && (at(responsible, end), at(accountable, end)) == pair {
                    end += 1;
                }
                let count = (end - component) as u64;
                loads.all += if full {
                    always * u128::from(count)
                } else {
                    looks += 1;
                    let cell = Cell { task, component: ComponentId::new(component) };
                    weights.of(&self.look_without(cell, ALL_LETTERS, |_| false).assigned)
                };
                if related || one.parties & other.parties != 0 {
                    *both.entry((pair.0, pair.1, if related { component } else { 0 })).or_default() += count;
                } else {
                    responsible.add(pair.0, count);
                    accountable.add(pair.1, count);
                }
                component = end;
            }
            if looks > MOST_CELLS || both.len() > MOST_CELLS {
                return None;
            }
        }
        let [responsible, accountable] = &lines;
        let mut add = |bears: &[(PartyId, Set)], count: u64| {
            for (party, when) in bears {
                *loads.of_party.entry(*party).or_default() += weights.of(when) * u128::from(count);
            }
        };
        for line in [responsible, accountable] {
            for (number, count) in line.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                let mut bears = Vec::new();
                line.bears(self, crate::source::to_u32(number), ComponentId::SYSTEM, &mut bears);
                add(&joined(bears), *count);
            }
        }
        for ((one, other, component), count) in both {
            let mut bears = Vec::new();
            responsible.bears(self, one, ComponentId::new(component), &mut bears);
            accountable.bears(self, other, ComponentId::new(component), &mut bears);
            add(&joined(bears), count);
        }
        Some(loads)
    }
}

/// Each party once.
fn joined(mut bears: Vec<(PartyId, Set)>) -> Vec<(PartyId, Set)> {
    bears.sort_by_key(|(party, _)| *party);
    bears.dedup_by(|(party, when), (before, known)| {
        let same = party == before;
        if same {
            *known = known.or(when);
        }
        same
    });
    bears
}

/// How many combinations sets have, each set worked out once.
struct Weights<'g, 'p> {
    ground: &'g Ground<'p>,
    known: HashMap<u64, u128>,
}

impl Weights<'_, '_> {
    fn of(&mut self, set: &Set) -> u128 {
        let work_out = || if set.is_never() { 0 } else { combinations(self.ground.model(), &self.ground.sets.when(set)) };
        match set {
            Set::Few(bits) => *self.known.entry(*bits).or_insert_with(work_out),
            Set::Many(_) => work_out(),
        }
    }
}

/// The number of combinations in which a case holds: its alternatives are disjoint. All of them are fewer than 2^63, so
/// that no sum over the cells of a model comes near the end of a `u128`.
fn combinations(model: &Model, when: &When) -> u128 {
    let of_alternative = |alternative: &[(DimensionId, Vec<usize>)]| {
        let allowed = |id: DimensionId| alternative.iter().find(|(named, _)| *named == id).map(|(_, values)| values.len());
        model.dimensions().map(|(id, it)| allowed(id).unwrap_or(it.values.len()) as u128).product::<u128>()
    };
    if when.is_empty() { of_alternative(&[]) } else { when.iter().map(|alternative| of_alternative(alternative)).sum() }
}
