//! Sets of parties, each kept once.

use std::collections::HashMap;

use super::code::{Code, Step};
use crate::model::{Handle, PartyId};

/// Sets of parties in one list: first every party alone, then each larger set, its length before it.
#[derive(Debug)]
pub(super) struct Sets {
    parties: Vec<PartyId>,
    alone: usize,
    known: HashMap<Box<[PartyId]>, Code>,
}

impl Sets {
    pub(super) fn new(parties: impl Iterator<Item = PartyId>) -> Self {
        let parties: Vec<PartyId> = parties.collect();
        Self { alone: parties.len(), parties, known: HashMap::new() }
    }

    /// The code of a set in declared order; none where there are too many.
    pub(super) fn keep(&mut self, set: &[PartyId]) -> Option<Code> {
        if let [party] = set {
            return Code::new(Step::Held(u32::try_from(party.place()).ok()?));
        }
        if let Some(code) = self.known.get(set) {
            return Some(*code);
        }
        let code = Code::new(Step::Held(u32::try_from(self.parties.len()).ok()?))?;
        // A length is kept as the place of a party, so that one list holds both.
        self.parties.push(PartyId::new(set.len()));
        self.parties.extend_from_slice(set);
        self.known.insert(set.into(), code);
        Some(code)
    }

    /// The set of this number.
    #[inline]
    pub(super) fn set(&self, number: u32) -> &[PartyId] {
        let at = number as usize;
        let Some(first) = self.parties.get(at) else { return &[] };
        if at < self.alone {
            return std::slice::from_ref(first);
        }
        self.parties.get(at + 1..at + 1 + first.place()).unwrap_or_default()
    }

    /// Forgets what only building needs.
    pub(super) fn finish(&mut self) {
        self.known = HashMap::new();
        self.parties.shrink_to_fit();
    }

    pub(super) fn bytes(&self) -> usize {
        self.parties.capacity() * size_of::<PartyId>()
    }
}
