//! Which parties are there: on a day, or after one has left.

use std::collections::HashSet;

use jiff::civil::Date;

use super::Model;
use super::id::PartyId;

/// Which parties are there: a person, unless absent without a deputy who is there; another party, unless it has parts or
/// members of which none is there. Who has left is not there.
#[derive(Debug, Clone)]
pub(crate) struct Presence<'m> {
    model: &'m Model,
    on: Option<Date>,
    gone: HashSet<PartyId>,
}

impl<'m> Presence<'m> {
    /// On a day; on any, where none is given.
    pub(crate) fn new(model: &'m Model, on: Option<Date>) -> Self {
        Self { model, on, gone: HashSet::new() }
    }

    pub(crate) fn on(model: &'m Model, day: Date) -> Self {
        Self::new(model, Some(day))
    }

    /// As if this party had left, and nothing else.
    pub(crate) fn without(model: &'m Model, party: PartyId) -> Self {
        Self::new(model, None).after(HashSet::from([party]))
    }

    /// As if these parties had left.
    pub(crate) fn after(self, gone: HashSet<PartyId>) -> Self {
        Self { gone, ..self }
    }

    /// Parts and members make no circle, and deputies who are all absent none either, so this ends.
    pub(crate) fn is_there(&self, party: PartyId) -> bool {
        if self.gone.contains(&party) {
            return false;
        }
        let it = self.model.party(party);
        if let Some(absence) = self.on.and_then(|day| it.absence_on(day)) {
            return absence.deputy.is_some_and(|deputy| self.is_there(deputy));
        }
        let mut inside = it.parts.iter().chain(&it.members).peekable();
        inside.peek().is_none() || inside.any(|party| self.is_there(*party))
    }

    /// Whether these are parties of which none is there; nobody at all is not lost.
    pub(crate) fn lacks_all(&self, parties: impl Iterator<Item = PartyId>) -> bool {
        let mut parties = parties.peekable();
        parties.peek().is_some() && !parties.any(|party| self.is_there(party))
    }
}
