//! Who holds a letter, as a look-up answers it: the parties, without a reason.

use std::hash::{Hash, Hasher};

use super::Nobody;
use crate::model::PartyId;

/// Who holds a letter of a cell in a full context.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holders<'p> {
    /// These parties.
    Held(Parties<'p>),
    /// Nobody, and why.
    Nobody(Nobody),
    /// The model is silent.
    Silent,
    /// The task or the component is not there.
    NotApplicable,
}

/// At least one party.
#[derive(Debug, Clone, Copy)]
pub struct Parties<'p> {
    /// Those that settings name, in declared order.
    first: &'p [PartyId],
    /// Those that come in otherwise: through relations, or by additions.
    others: [&'p [PartyId]; 3],
}

impl<'p> Parties<'p> {
    /// The parties of lists in declared order.
    #[inline]
    pub(super) fn new([first, others @ ..]: [&'p [PartyId]; 4]) -> Self {
        Self { first, others }
    }

    /// Each party once, in declared order.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = PartyId> + use<'p> {
        Merged(*self)
    }

    /// Whether a party is among them.
    #[must_use]
    #[inline]
    pub fn contains(&self, party: PartyId) -> bool {
        self.first.contains(&party) || self.others.iter().any(|list| list.contains(&party))
    }

    /// Whether settings name them all.
    #[inline]
    fn is_one_list(&self) -> bool {
        self.others.iter().all(|list| list.is_empty())
    }
}

impl PartialEq for Parties<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Parties<'_> {}

impl Hash for Parties<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.iter().for_each(|party| party.hash(state));
    }
}

/// Lists in declared order as one.
struct Merged<'p>(Parties<'p>);

impl Iterator for Merged<'_> {
    type Item = PartyId;

    #[inline]
    fn next(&mut self) -> Option<PartyId> {
        if self.0.is_one_list() {
            let (next, rest) = self.0.first.split_first()?;
            self.0.first = rest;
            return Some(*next);
        }
        let Parties { first, others } = &mut self.0;
        let lists = || std::iter::once(&*first).chain(&*others);
        let next = lists().filter_map(|list| list.first()).min().copied()?;
        for list in std::iter::once(first).chain(others) {
            if let Some((_, rest)) = list.split_first().filter(|(own, _)| **own == next) {
                *list = rest;
            }
        }
        Some(next)
    }

    #[inline]
    fn fold<B, F: FnMut(B, PartyId) -> B>(self, first: B, mut join: F) -> B {
        if self.0.is_one_list() {
            return self.0.first.iter().fold(first, |joined, party| join(joined, *party));
        }
        let mut rest = self;
        let mut joined = first;
        for party in rest.by_ref() {
            joined = join(joined, party);
        }
        joined
    }
}
