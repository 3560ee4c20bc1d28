//! When: dimensions, the values that are asked with, and conditions on them.

use super::id::{DimensionId, Handle, Table};
use crate::source::Span;

/// A named, finite set of values.
#[derive(Debug, Clone)]
pub struct Dimension {
    /// Its id.
    pub id: Box<str>,
    /// Its values, in declared order.
    pub values: Vec<Box<str>>,
    /// Where it is declared.
    pub span: Span,
}

/// A set of values of one dimension.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct ValueSet(Vec<u64>);

impl ValueSet {
    /// The first `count` values.
    pub(crate) fn first(count: usize) -> Self {
        (0..count).collect()
    }

    pub(crate) fn contains(&self, value: usize) -> bool {
        self.0.get(value / 64).is_some_and(|word| word >> (value % 64) & 1 == 1)
    }

    pub(crate) fn insert(&mut self, value: usize) {
        if self.0.len() <= value / 64 {
            self.0.resize(value / 64 + 1, 0);
        }
        if let Some(word) = self.0.get_mut(value / 64) {
            *word |= 1 << (value % 64);
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(crate) fn without(&self, other: &Self) -> Self {
        (0..self.0.len() * 64).filter(|value| self.contains(*value) && !other.contains(*value)).collect()
    }
}

impl FromIterator<usize> for ValueSet {
    fn from_iter<I: IntoIterator<Item = usize>>(values: I) -> Self {
        let mut set = Self::default();
        values.into_iter().for_each(|value| set.insert(value));
        set
    }
}

/// When something holds: for some dimensions, the values with which it does.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Condition {
    /// The dimensions that matter to it, with the values it allows.
    pub(super) dimensions: Vec<(DimensionId, ValueSet)>,
    /// Those it names with every value, which is as good as not naming them.
    pub(super) idle: Vec<DimensionId>,
    pub(super) combinations: u64,
}

impl Condition {
    /// Each dimension it mentions, with the values it allows.
    pub(crate) fn dimensions(&self) -> impl Iterator<Item = (DimensionId, &ValueSet)> {
        self.dimensions.iter().map(|(dimension, allowed)| (*dimension, allowed))
    }

    /// The condition that one alternative of a case's `when` states. How narrow it is does not count.
    pub(crate) fn of(alternative: &[(DimensionId, Vec<usize>)]) -> Self {
        let allowed = |(dimension, values): &(DimensionId, Vec<usize>)| (*dimension, values.iter().copied().collect());
        Self { dimensions: alternative.iter().map(allowed).collect(), idle: Vec::new(), combinations: 0 }
    }

    /// The condition as the one alternative of a `when`.
    #[must_use]
    pub fn alternative(&self, dimensions: &super::Model) -> Vec<(DimensionId, Vec<usize>)> {
        let values = |dimension: DimensionId, allowed: &ValueSet| {
            (0..dimensions.dimension(dimension).values.len()).filter(|value| allowed.contains(*value)).collect()
        };
        self.dimensions.iter().map(|(dimension, allowed)| (*dimension, values(*dimension, allowed))).collect()
    }

    /// Every dimension it names, also where it allows every value.
    pub(crate) fn names(&self) -> impl Iterator<Item = DimensionId> {
        self.dimensions.iter().map(|(dimension, _)| *dimension).chain(self.idle.iter().copied())
    }

    /// How many combinations of the whole context satisfy it: fewer is narrower.
    #[must_use]
    pub fn combinations(&self) -> u64 {
        self.combinations
    }

    /// Whether every combination that satisfies it satisfies the other.
    pub(crate) fn within(&self, other: &Self) -> bool {
        let allowed = |dimension| self.dimensions.iter().find(|(own, _)| *own == dimension).map(|(_, allowed)| allowed);
        other
            .dimensions
            .iter()
            .all(|(dimension, others)| allowed(*dimension).is_some_and(|allowed| allowed.without(others).len() == 0))
    }

    /// Whether it holds always.
    #[must_use]
    pub fn is_always(&self) -> bool {
        self.dimensions.is_empty()
    }

    /// Whether a combination satisfies it.
    pub(crate) fn holds(&self, combination: &Combination) -> bool {
        self.dimensions.iter().all(|(dimension, allowed)| allowed.contains(combination.value(*dimension)))
    }
}

/// The values a question is asked with. Dimensions may be left open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Context(Vec<(DimensionId, usize)>);

impl Context {
    /// The value asked with for a dimension, as its place in the declared order; none where it is left open.
    #[must_use]
    pub fn value(&self, dimension: DimensionId) -> Option<usize> {
        self.0.iter().find(|(other, _)| *other == dimension).map(|(_, value)| *value)
    }

    /// Every dimension asked with and its value, in the order of the dimensions.
    pub fn iter(&self) -> impl Iterator<Item = (DimensionId, usize)> {
        self.0.iter().copied()
    }

    pub(crate) fn set(&mut self, dimension: DimensionId, value: usize) {
        self.0.retain(|(other, _)| *other != dimension);
        self.0.push((dimension, value));
        self.0.sort_unstable();
    }
}

/// One value of every dimension.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Combination(Vec<usize>);

impl Combination {
    /// The first value of each of so many dimensions.
    pub(crate) fn first(dimensions: usize) -> Self {
        Self(vec![0; dimensions])
    }

    pub(crate) fn value(&self, dimension: DimensionId) -> usize {
        self.0.get(dimension.place()).copied().unwrap_or(0)
    }

    pub(crate) fn set(&mut self, dimension: DimensionId, value: usize) {
        if let Some(slot) = self.0.get_mut(dimension.place()) {
            *slot = value;
        }
    }
}

/// How many combinations these dimensions have; none where there are more than 2^63.
pub(crate) fn combinations(dimensions: &Table<DimensionId, Dimension>) -> Option<u64> {
    let all = dimensions.iter().try_fold(1u64, |all, (_, dimension)| all.checked_mul(dimension.values.len() as u64))?;
    (all <= 1 << 63).then_some(all)
}
