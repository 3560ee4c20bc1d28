//! A set of context combinations, however many there are: a decision tree over the dimensions, in declared order.
//!
//! Equal sets are equal trees, because a dimension on which nothing depends is never split on. What a set says of itself,
//! its `when`, is the tree read aloud. Nothing here knows cells.

use crate::model::{DimensionId, Handle, Model, When};

/// A set of combinations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Region {
    /// None of them.
    Never,
    /// All of them.
    Always,
    /// It depends on this dimension: a set for each of its values, which speaks of later dimensions only.
    By(DimensionId, Vec<Region>),
}

impl Region {
    /// The set that a case's `when` describes.
    pub(crate) fn of(model: &Model, when: &When) -> Self {
        if when.is_empty() {
            return Self::Always;
        }
        when.iter().fold(Self::Never, |region, alternative| region.or(&Self::alternative(model, alternative)))
    }

    fn alternative(model: &Model, alternative: &[(DimensionId, Vec<usize>)]) -> Self {
        let mut parts: Vec<_> = alternative.iter().collect();
        parts.sort_by_key(|(dimension, _)| dimension.place());
        parts.into_iter().rev().fold(Self::Always, |inner, (dimension, values)| {
            let value = |value| if values.contains(&value) { inner.clone() } else { Self::Never };
            Self::split(*dimension, (0..model.dimension(*dimension).values.len()).map(value).collect())
        })
    }

    /// The combinations in both.
    pub(crate) fn and(&self, other: &Self) -> Self {
        self.joined(other, &Self::Never, &Self::Always)
    }

    /// The combinations in either.
    pub(crate) fn or(&self, other: &Self) -> Self {
        self.joined(other, &Self::Always, &Self::Never)
    }

    /// Joined where one set prevails over every other, and one over none.
    fn joined(&self, other: &Self, prevails: &Self, yields: &Self) -> Self {
        let each = |parts: &[Self], other: &Self| parts.iter().map(|part| part.joined(other, prevails, yields)).collect();
        match (self, other) {
            (one, two) if one == prevails || two == prevails => prevails.clone(),
            (same, none) | (none, same) if none == yields => same.clone(),
            (Self::By(one, ours), Self::By(two, theirs)) if one == two => {
                Self::split(*one, ours.iter().zip(theirs).map(|(ours, theirs)| ours.joined(theirs, prevails, yields)).collect())
            }
            (Self::By(one, ours), Self::By(two, _)) if one < two => Self::split(*one, each(ours, other)),
            (_, Self::By(two, theirs)) => Self::split(*two, each(theirs, self)),
            // Neither prevails nor yields, so both depend on a dimension.
            (same, _) => same.clone(),
        }
    }

    /// The combinations that are not in it.
    pub(crate) fn not(&self) -> Self {
        match self {
            Self::Never => Self::Always,
            Self::Always => Self::Never,
            Self::By(dimension, parts) => Self::By(*dimension, parts.iter().map(Self::not).collect()),
        }
    }

    /// Whether all of it lies in another.
    pub(crate) fn within(&self, other: &Self) -> bool {
        self.and(&other.not()) == Self::Never
    }

    /// The combinations that are in it with some value of the dimension.
    pub(crate) fn whatever(&self, dimension: DimensionId) -> Self {
        match self {
            Self::By(own, parts) if *own == dimension => parts.iter().fold(Self::Never, |all, part| all.or(part)),
            Self::By(own, parts) => Self::split(*own, parts.iter().map(|part| part.whatever(dimension)).collect()),
            same => same.clone(),
        }
    }

    /// When a combination is in it, as cases say it; none where none is.
    pub(crate) fn when(&self) -> Option<When> {
        let mut when = When::new();
        self.paths(&mut Vec::new(), &mut when);
        match self {
            Self::Never => None,
            Self::Always => Some(When::new()),
            Self::By(..) => Some(when),
        }
    }

    /// Values with equal remaining sets go together.
    fn paths(&self, path: &mut Vec<(DimensionId, Vec<usize>)>, when: &mut When) {
        let (dimension, parts) = match self {
            Self::Never => return,
            Self::Always => return when.push(path.clone()),
            Self::By(dimension, parts) => (dimension, parts),
        };
        let mut alike: Vec<(&Region, Vec<usize>)> = Vec::new();
        for (value, part) in parts.iter().enumerate() {
            match alike.iter_mut().find(|(other, _)| *other == part) {
                Some((_, values)) => values.push(value),
                None => alike.push((part, vec![value])),
            }
        }
        for (part, values) in alike {
            path.push((*dimension, values));
            part.paths(path, when);
            path.pop();
        }
    }

    fn split(dimension: DimensionId, parts: Vec<Self>) -> Self {
        match parts.split_first() {
            Some((first, rest)) if rest.iter().all(|part| part == first) => first.clone(),
            _ => Self::By(dimension, parts),
        }
    }
}

/// The same condition, as cases say it; none where nothing satisfies it.
pub(crate) fn tidy(model: &Model, when: &When) -> Option<When> {
    Region::of(model, when).when()
}

/// When both conditions hold, as cases say it; none where they never do.
pub(crate) fn both(model: &Model, one: &When, other: &When) -> Option<When> {
    Region::of(model, one).and(&Region::of(model, other)).when()
}
