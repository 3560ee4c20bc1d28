//! Sets of parties, each kept once.

use super::code::{Code, Step};
use super::pool::Pool;
use crate::model::PartyId;

/// Sets of parties by number.
#[derive(Debug, Default)]
pub(super) struct Sets(Pool<PartyId>);

impl Sets {
    /// The code of a set in declared order; none where there are too many.
    pub(super) fn keep(&mut self, set: &[PartyId]) -> Option<Code> {
        Code::new(Step::Held(self.0.keep(set)))
    }

    /// The set of this number.
    #[inline]
    pub(super) fn set(&self, number: u32) -> &[PartyId] {
        self.0.get(number)
    }

    /// Forgets what only building needs.
    pub(super) fn finish(&mut self) {
        self.0.finish();
    }

    pub(super) fn bytes(&self) -> usize {
        self.0.bytes()
    }
}
