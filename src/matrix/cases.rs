//! The combinations of a context, gathered into cases with equal answers, and when each case holds.
//!
//! Values that no condition tells apart are one group; an answer is computed once for each combination of groups. What
//! each case's `when` says follows the language: the first open dimension on which the answer still depends, its values
//! grouped by equal remaining answers, and so on inside each group.

use std::hash::Hash;

use hashbrown::HashMap;

use crate::model::{Combination, Condition, Context, DimensionId, Model, ValueSet, When};

/// The open dimensions of a context, each with its groups of values that are alike.
#[derive(Debug)]
pub(crate) struct Space {
    base: Combination,
    dimensions: Vec<OpenDimension>,
}

#[derive(Debug)]
struct OpenDimension {
    id: DimensionId,
    /// Values in declared order, groups in the order of their first value.
    groups: Vec<Vec<usize>>,
}

impl Space {
    /// The combinations of `context` (whose values stand in `base`), told apart as far as the conditions do.
    pub(super) fn new<'c>(
        model: &Model,
        context: &Context,
        base: Combination,
        conditions: impl Iterator<Item = &'c Condition>,
    ) -> Self {
        let mut sets: Vec<(DimensionId, Vec<&ValueSet>)> = Vec::new();
        for (dimension, allowed) in conditions.flat_map(Condition::dimensions) {
            if context.value(dimension).is_some() {
                continue;
            }
            match sets.iter_mut().find(|(other, _)| *other == dimension) {
                Some((_, known)) if known.contains(&allowed) => {}
                Some((_, known)) => known.push(allowed),
                None => sets.push((dimension, vec![allowed])),
            }
        }
        sets.sort_unstable_by_key(|(dimension, _)| *dimension);
        let open =
            sets.into_iter().map(|(id, sets)| OpenDimension { id, groups: groups(model.dimensions[id].values.len(), &sets) });
        Self { base, dimensions: open.filter(|open| open.groups.len() > 1).collect() }
    }

    /// How many combinations are told apart.
    pub(crate) fn len(&self) -> u64 {
        self.dimensions.iter().map(|open| open.groups.len() as u64).fold(1, u64::saturating_mul)
    }

    /// One combination for each that is told apart, in the order of the declared values.
    pub(crate) fn combinations(&self) -> impl Iterator<Item = Combination> + '_ {
        (0..self.len()).map(|mut number| {
            let mut combination = self.base.clone();
            for open in self.dimensions.iter().rev() {
                let count = open.groups.len() as u64;
                let group = usize::try_from(number % count).unwrap_or(0);
                number /= count;
                if let Some(value) = open.groups.get(group).and_then(|group| group.first()) {
                    combination.set(open.id, *value);
                }
            }
            combination
        })
    }
}

impl Space {
    /// The combinations that differ from this one in one dimension, by their numbers.
    pub(crate) fn beside(&self, number: usize) -> impl Iterator<Item = usize> {
        let mut step = 1;
        let mut beside = Vec::new();
        for open in self.dimensions.iter().rev() {
            let count = open.groups.len();
            let own = number / step % count;
            beside.extend((0..count).filter(|other| *other != own).map(|other| number - own * step + other * step));
            step *= count;
        }
        beside.sort_unstable();
        beside.into_iter()
    }
}

/// Values that the same sets contain are alike.
fn groups(values: usize, sets: &[&ValueSet]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut known: HashMap<Vec<bool>, usize> = HashMap::new();
    for value in 0..values {
        let signature: Vec<bool> = sets.iter().map(|set| set.contains(value)).collect();
        let group = *known.entry(signature).or_insert(groups.len());
        match groups.get_mut(group) {
            Some(group) => group.push(value),
            None => groups.push(vec![value]),
        }
    }
    groups
}

/// The distinct answers over a space, in the order of their first combination, each with when it holds.
pub(crate) fn cases<A: Eq + Hash + Clone>(space: &Space, mut answer: impl FnMut(&Combination) -> A) -> Vec<(When, A)> {
    gathered(space, space.combinations().map(|combination| answer(&combination)))
}

/// The same of the answers to the combinations of a space, in their order.
pub(crate) fn gathered<A: Eq + Hash + Clone>(space: &Space, each: impl Iterator<Item = A>) -> Vec<(When, A)> {
    let mut answers: Vec<A> = Vec::new();
    let mut known: HashMap<A, usize> = HashMap::new();
    let mut numbers: Vec<usize> = Vec::new();
    for answer in each {
        // Mostly it is that of the combination before.
        let before = numbers.last().copied().filter(|number| answers.get(*number) == Some(&answer));
        let number = before.unwrap_or_else(|| {
            let next = answers.len();
            let number = *known.entry(answer.clone()).or_insert(next);
            if number == next {
                answers.push(answer);
            }
            number
        });
        numbers.push(number);
    }
    let mut whens: Vec<When> = vec![When::new(); answers.len()];
    // One answer holds always, which is said by saying nothing.
    if answers.len() > 1 {
        divide(&space.dimensions, &numbers, &mut Vec::new(), &mut whens);
    }
    whens.into_iter().zip(answers).collect()
}

type Path = Vec<(DimensionId, Vec<usize>)>;

/// Writes down, for each answer among `numbers`, the paths of values that lead to it.
fn divide(dimensions: &[OpenDimension], numbers: &[usize], path: &mut Path, whens: &mut [When]) {
    let Some(first) = numbers.first() else { return };
    if numbers.iter().all(|number| number == first) {
        whens.get_mut(*first).into_iter().for_each(|when| when.push(path.clone()));
        return;
    }
    let Some((open, rest)) = dimensions.split_first() else {
        return;
    };
    let blocks: Vec<&[usize]> = numbers.chunks(numbers.len() / open.groups.len()).collect();
    let mut alike: Vec<(&[usize], Vec<usize>)> = Vec::new();
    for (block, values) in blocks.into_iter().zip(&open.groups) {
        match alike.iter_mut().find(|(other, _)| *other == block) {
            Some((_, known)) => known.extend(values),
            None => alike.push((block, values.clone())),
        }
    }
    if let [(block, _)] = alike.as_slice() {
        return divide(rest, block, path, whens);
    }
    for (block, mut values) in alike {
        values.sort_unstable();
        path.push((open.id, values));
        divide(rest, block, path, whens);
        path.pop();
    }
}
