//! Who is in a party, and which parties one is in: through parts and members, at any depth.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::document::PartyKind;
use crate::model::{Model, PartyId};

/// The distinct persons in a party; itself, where it is one.
pub(super) fn persons(model: &Model, party: PartyId) -> Vec<PartyId> {
    let mut all = walk(party, |party| model.party(party).parts.iter().chain(&model.party(party).members).copied().collect());
    all.push(party);
    all.retain(|party| model.party(*party).kind == Some(PartyKind::Person));
    all.sort_unstable();
    all
}

/// The parties that contain a party.
pub(super) fn containing(model: &Model, party: PartyId) -> Vec<PartyId> {
    walk(party, |party| model.party(party).parent.iter().chain(&model.party(party).member_of).copied().collect())
}

/// Which parties are there on a day: a person, unless absent without a deputy who is there; another party, unless it
/// has parts or members of which none is there. `without` is as if it had left.
pub(super) struct Presence<'m> {
    model: &'m Model,
    on: Option<Date>,
    without: Option<PartyId>,
}

impl<'m> Presence<'m> {
    pub(super) fn on(model: &'m Model, day: Date) -> Self {
        Self { model, on: Some(day), without: None }
    }

    pub(super) fn without(model: &'m Model, person: PartyId) -> Self {
        Self { model, on: None, without: Some(person) }
    }

    /// Parts and members make no circle, and deputies who are all absent none either, so this ends.
    pub(super) fn is_there(&self, party: PartyId) -> bool {
        if self.without == Some(party) {
            return false;
        }
        let it = self.model.party(party);
        if let Some(absence) = self.on.and_then(|day| it.absence_on(day)) {
            return absence.deputy.is_some_and(|deputy| self.is_there(deputy));
        }
        let mut inside = it.parts.iter().chain(&it.members).peekable();
        inside.peek().is_none() || inside.any(|party| self.is_there(*party))
    }
}

fn walk(from: PartyId, next: impl Fn(PartyId) -> Vec<PartyId>) -> Vec<PartyId> {
    let mut seen = HashSet::new();
    let mut open = next(from);
    while let Some(party) = open.pop() {
        if seen.insert(party) {
            open.extend(next(party));
        }
    }
    seen.into_iter().collect()
}
