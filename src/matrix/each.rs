//! The parties of an answer, one after another, of as many lists as it is read from.

use super::index::Few;
use crate::model::PartyId;

/// Parties in declared order.
#[derive(Debug, Clone, Copy)]
pub(super) enum List<'p> {
    Few(Few),
    Set(&'p [PartyId]),
}

impl List<'_> {
    fn first(&self) -> Option<PartyId> {
        match self {
            Self::Few(few) => few.first(),
            Self::Set(set) => set.first().copied(),
        }
    }

    fn pass(&mut self) {
        match self {
            Self::Few(few) => *few = few.rest(),
            Self::Set(set) => *set = set.get(1..).unwrap_or_default(),
        }
    }
}

/// The parties of an answer, one after another.
#[derive(Clone)]
pub(super) enum Each<'p> {
    Few(Few),
    Set(std::slice::Iter<'p, PartyId>),
    /// What settings name, and whom their relations stand for.
    Two([List<'p>; 2]),
    /// The same of what adds, too.
    Merged([List<'p>; 4]),
}

impl Iterator for Each<'_> {
    type Item = PartyId;

    #[inline]
    fn next(&mut self) -> Option<PartyId> {
        match self {
            Self::Few(few) => {
                let next = few.first()?;
                *few = few.rest();
                Some(next)
            }
            Self::Set(set) => set.next().copied(),
            Self::Two(lists) => merged(lists),
            Self::Merged(lists) => merged(lists),
        }
    }

    #[inline]
    fn fold<B, F: FnMut(B, PartyId) -> B>(self, first: B, join: F) -> B {
        match self {
            Self::Few(few) => few.fold(first, join),
            Self::Set(set) => set.copied().fold(first, join),
            Self::Two(mut lists) => std::iter::from_fn(|| merged(&mut lists)).fold(first, join),
            Self::Merged(mut lists) => std::iter::from_fn(|| merged(&mut lists)).fold(first, join),
        }
    }
}

/// The first party of some lists, which passes it.
#[inline]
fn merged(lists: &mut [List<'_>]) -> Option<PartyId> {
    let next = lists.iter().filter_map(List::first).min()?;
    lists.iter_mut().filter(|list| list.first() == Some(next)).for_each(List::pass);
    Some(next)
}
