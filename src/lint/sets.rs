//! Sets of context combinations, as cheap as the model allows: bits, where all its conditions together tell few apart.
//!
//! A model whose conditions tell more than 64 combinations apart gets decision trees instead; lints see no difference.

use std::sync::Arc;

use super::memo::Memo;
use crate::matrix::{Matrix, Region, Space, cases};
use crate::model::{Combination, Condition, Context, Model, When};

/// A set of combinations of one model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Set {
    /// One bit for each combination that the model tells apart.
    Few(u64),
    /// However many there are.
    Many(Region),
}

impl Set {
    pub(super) fn is_never(&self) -> bool {
        matches!(self, Self::Few(0) | Self::Many(Region::Never))
    }

    /// The combinations in both.
    pub(super) fn and(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Few(one), Self::Few(other)) => Self::Few(one & other),
            (Self::Many(one), Self::Many(other)) => Self::Many(one.and(other)),
            _ => Self::Few(0),
        }
    }

    /// The combinations in either.
    pub(super) fn or(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Few(one), Self::Few(other)) => Self::Few(one | other),
            (Self::Many(one), Self::Many(other)) => Self::Many(one.or(other)),
            _ => Self::Few(0),
        }
    }

    /// The combinations that are not in the other.
    pub(super) fn minus(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Few(one), Self::Few(other)) => Self::Few(one & !other),
            (Self::Many(one), Self::Many(other)) => Self::Many(one.and(&other.not())),
            _ => Self::Few(0),
        }
    }

    /// Whether some combination is in both.
    pub(super) fn meets(&self, other: &Self) -> bool {
        !self.and(other).is_never()
    }

    pub(super) fn within(&self, other: &Self) -> bool {
        self.minus(other).is_never()
    }
}

/// The combinations of a model, and the sets that its conditions describe.
pub(super) struct Sets<'p> {
    model: &'p Model,
    /// Where they are few: all that are told apart.
    few: Option<(Space, Vec<Combination>)>,
    /// When the sets hold that were asked for, and in words.
    whens: Memo<u64, When>,
    words: Memo<u64, Arc<str>>,
}

impl<'p> Sets<'p> {
    pub(super) fn new(model: &'p Model, matrix: &Matrix) -> Self {
        let conditions = model.assignments().map(|(_, it)| it.when);
        let conditions = conditions.chain(model.tasks().filter_map(|(_, it)| it.when.as_deref()));
        let conditions = conditions.chain(model.components().filter_map(|(_, it)| it.when.as_deref()));
        let space = matrix.space(model, &Context::default(), conditions);
        let few = (space.len() <= 64).then(|| {
            let all = space.combinations().collect();
            (space, all)
        });
        Self { model, few, whens: Memo::default(), words: Memo::default() }
    }

    pub(super) fn never(&self) -> Set {
        if self.few.is_some() { Set::Few(0) } else { Set::Many(Region::Never) }
    }

    pub(super) fn always(&self) -> Set {
        match &self.few {
            Some((_, all)) => Set::Few(u64::MAX >> (64 - all.len().clamp(1, 64))),
            None => Set::Many(Region::Always),
        }
    }

    /// The combinations that satisfy a condition.
    pub(super) fn of(&self, condition: &Condition) -> Set {
        match &self.few {
            _ if condition.is_always() => self.always(),
            Some((_, all)) => {
                let holds = all.iter().enumerate().filter(|(_, combination)| condition.holds(combination));
                Set::Few(holds.fold(0, |bits, (nth, _)| bits | 1 << nth))
            }
            None => Set::Many(Region::of(self.model, &vec![condition.alternative(self.model)])),
        }
    }

    /// When a combination is in the set, as cases say it.
    pub(super) fn when(&self, set: &Set) -> When {
        match (set, &self.few) {
            (Set::Few(bits), Some((space, _))) => self.whens.get(*bits, || when_of(space, *bits)),
            (Set::Many(region), _) => region.when().unwrap_or_default(),
            (Set::Few(_), None) => When::new(),
        }
    }

    /// When a combination is in the set, in words that are made once for each set.
    pub(super) fn words(&self, set: &Set, say: impl Fn(&When) -> String) -> Arc<str> {
        let made = || say(&self.when(set)).into();
        match set {
            Set::Few(bits) => self.words.get(*bits, made),
            Set::Many(_) => made(),
        }
    }

    /// The combinations that differ from one of the set in one dimension, and perhaps some of the set itself.
    pub(super) fn beside(&self, set: &Set) -> Set {
        match (set, &self.few) {
            (Set::Few(bits), Some((space, all))) => {
                let inside = (0..all.len()).filter(|nth| bits >> nth & 1 == 1);
                Set::Few(inside.flat_map(|nth| space.beside(nth)).fold(0, |bits, nth| bits | 1 << nth))
            }
            (Set::Many(region), _) => {
                let dimensions = self.model.dimensions().map(|(id, _)| region.whatever(id));
                Set::Many(dimensions.fold(Region::Never, |all, one| all.or(&one)))
            }
            (Set::Few(_), None) => Set::Few(0),
        }
    }
}

fn when_of(space: &Space, bits: u64) -> When {
    let mut nth = 0;
    let found = cases(space, |_| {
        nth += 1;
        bits >> (nth - 1) & 1 == 1
    });
    found.into_iter().find(|(_, inside)| *inside).map(|(when, _)| when).unwrap_or_default()
}
