//! Which time limit of a task is taken, and in which part of a case: of those that hold the narrowest, so that a wider one is
//! told only for what the narrower ones leave to it.

use crate::matrix::{Cell, cases};
use crate::model::{Combination, Condition, Context, DimensionId, TimeLimit, When, Within};
use crate::policy::Policy;

/// A time limit of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Limit<'p> {
    /// As the author puts it.
    Text(&'p str),
    /// A time, and how it is counted.
    Time {
        /// As it is declared: of several with the same time and hours, the first.
        limit: &'p TimeLimit,
        /// In which part of the case it is the one that is taken: alternatives, none where it is in all of it. It holds where
        /// both this and the `when` of the case do.
        when: When,
    },
}

/// Of the limits of a task by place: when each is taken in one alternative of a case. No place: no limit holds.
type Taken = Vec<(Option<usize>, When)>;

impl Policy {
    /// The time limits of a task that are taken somewhere in a case; those of the nearest task above where it has none of its own.
    pub(super) fn within(&self, cell: Cell, context: &Context, when: &When) -> Vec<Limit<'_>> {
        let limits = match self.model().within(cell.task) {
            None => return Vec::new(),
            Some(Within::Text(text)) => return vec![Limit::Text(text)],
            Some(Within::Limits(limits)) => limits,
        };
        let always = [Vec::new()];
        let alternatives = if when.is_empty() { &always[..] } else { when.as_slice() };
        let each: Vec<Taken> = alternatives.iter().map(|alternative| self.taken(limits, context, alternative)).collect();
        let mut places: Vec<Option<usize>> = each.iter().flatten().map(|(place, _)| *place).collect();
        places.sort_unstable();
        places.dedup();
        let one = places.len() == 1;
        let alike = each.windows(2).all(|pair| pair.first() == pair.last());
        let limit = |place: usize| {
            let of = |taken: &Taken| taken.iter().find(|(other, _)| *other == Some(place)).map(|(_, when)| when.clone());
            let when = match each.first() {
                _ if one => When::new(),
                Some(first) if alike => of(first).unwrap_or_default(),
                _ => each.iter().zip(alternatives).flat_map(|(taken, rest)| joined(of(taken), rest)).collect(),
            };
            limits.get(place).map(|limit| Limit::Time { limit, when })
        };
        places.into_iter().flatten().filter_map(limit).collect()
    }

    /// Which limits are taken in one alternative of a case. Their conditions repeat nothing of it that is the same in all of it.
    fn taken(&self, limits: &[TimeLimit], context: &Context, alternative: &[(DimensionId, Vec<usize>)]) -> Taken {
        let mut context = context.clone();
        // What the limits do not tell apart is one value as well as another: an alternative names many dimensions, limits few.
        for (dimension, values) in alternative.iter().filter(|(dimension, values)| !divides(limits, *dimension, values)) {
            values.first().into_iter().for_each(|value| context.set(*dimension, *value));
        }
        let bound = Condition::of(alternative);
        let conditions = limits.iter().map(|limit| &limit.when).chain([&bound]);
        let space = self.matrix().space(self.model(), &context, conditions);
        let taken = cases(&space, |combination| bound.holds(combination).then(|| narrowest(limits, combination)));
        let whole = taken.iter().filter(|(_, place)| place.is_some()).count() == 1;
        let inside = taken.into_iter().filter_map(|(when, place)| Some((place?, if whole { When::new() } else { when })));
        let mut inside: Taken = inside.collect();
        inside.sort_unstable_by_key(|(place, _)| *place);
        inside
    }
}

/// The place of the limit that is taken in a combination: the narrowest whose condition holds, of equals the first. It is told
/// as the first of those that say the same.
fn narrowest(limits: &[TimeLimit], combination: &Combination) -> Option<usize> {
    let taken = limits.iter().filter(|limit| limit.when.holds(combination)).min_by_key(|limit| limit.when.combinations())?;
    limits.iter().position(|limit| limit.time == taken.time && limit.hours == taken.hours)
}

/// Whether the conditions of limits tell some of these values of a dimension from others.
fn divides(limits: &[TimeLimit], dimension: DimensionId, values: &[usize]) -> bool {
    limits.iter().flat_map(|limit| limit.when.dimensions()).filter(|(other, _)| *other == dimension).any(|(_, allowed)| {
        let inside = values.iter().filter(|value| allowed.contains(**value)).count();
        inside != 0 && inside != values.len()
    })
}

/// Conditions within an alternative, each with what the alternative says beside it.
fn joined(when: Option<When>, alternative: &[(DimensionId, Vec<usize>)]) -> When {
    let whole = |when: When| if when.is_empty() { vec![Vec::new()] } else { when };
    let mut joined = when.map(whole).unwrap_or_default();
    for path in &mut joined {
        let beside = alternative.iter().filter(|(dimension, _)| path.iter().all(|(own, _)| own != dimension));
        let beside: Vec<_> = beside.cloned().collect();
        path.extend(beside);
        path.sort_unstable_by_key(|(dimension, _)| *dimension);
    }
    joined
}
