//! Sets of parties, each kept once.

use std::collections::HashMap;

use super::code::{Code, Step};
use crate::model::{Handle, PartyId};
use crate::source::to_u32;

/// Sets of parties in one list, each after its length; a set's number is where its length stands.
#[derive(Debug, Default)]
pub(super) struct Sets {
    /// A length is kept as the place of a party, so that one list holds both.
    parties: Vec<PartyId>,
    known: HashMap<Box<[PartyId]>, Code>,
}

impl Sets {
    /// The code of a set in declared order; none where there are too many.
    pub(super) fn keep(&mut self, set: &[PartyId]) -> Option<Code> {
        if let Some(code) = self.known.get(set) {
            return Some(*code);
        }
        let code = Code::new(Step::Held(to_u32(self.parties.len())))?;
        self.parties.push(PartyId::new(set.len()));
        self.parties.extend_from_slice(set);
        self.known.insert(set.into(), code);
        Some(code)
    }

    /// The set of this number.
    #[inline]
    pub(super) fn set(&self, number: u32) -> &[PartyId] {
        let rest = self.parties.get(number as usize..).unwrap_or_default();
        let Some((length, rest)) = rest.split_first() else { return &[] };
        rest.get(..length.place()).unwrap_or_default()
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
