//! Who holds a letter, as a look-up answers it: the parties, without a reason.

use super::Nobody;
use crate::model::PartyId;

/// Who holds a letter of a cell in a full context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// Those that settings give the letter to, in declared order.
    pub(super) decided: &'p [PartyId],
    /// Those that additions do.
    pub(super) added: &'p [PartyId],
}

impl<'p> Parties<'p> {
    /// Each party once, in declared order.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = PartyId> + use<'p> {
        Merged(*self)
    }

    /// Whether a party is among them.
    #[must_use]
    #[inline]
    pub fn contains(&self, party: PartyId) -> bool {
        self.decided.contains(&party) || self.added.contains(&party)
    }
}

impl PartialEq for Parties<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Parties<'_> {}

/// Two lists in declared order as one.
struct Merged<'p>(Parties<'p>);

impl Iterator for Merged<'_> {
    type Item = PartyId;

    #[inline]
    fn next(&mut self) -> Option<PartyId> {
        let Parties { decided, added } = self.0;
        // Most models add nothing.
        let Some((more, added)) = added.split_first() else {
            let (next, decided) = decided.split_first()?;
            self.0.decided = decided;
            return Some(*next);
        };
        match decided.split_first() {
            Some((next, decided)) if next <= more => {
                self.0.decided = decided;
                if next == more {
                    self.0.added = added;
                }
                Some(*next)
            }
            _ => {
                self.0.added = added;
                Some(*more)
            }
        }
    }

    #[inline]
    fn fold<B, F: FnMut(B, PartyId) -> B>(self, first: B, mut join: F) -> B {
        let Parties { decided, added } = self.0;
        if added.is_empty() {
            return decided.iter().fold(first, |joined, party| join(joined, *party));
        }
        let mut rest = self;
        let mut joined = first;
        for party in rest.by_ref() {
            joined = join(joined, party);
        }
        joined
    }
}
