//! Who is in a party, and which parties one is in: through parts and members, at any depth.

use std::collections::HashSet;

use crate::document::PartyKind;
pub(super) use crate::model::Presence;
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
