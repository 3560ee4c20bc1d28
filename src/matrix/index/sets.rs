//! Sets of parties: of a few as a value itself, of more each kept once.

use super::pool::Pool;
use super::value::{Few, Step, Value};
use crate::model::PartyId;

/// Sets of parties by number.
#[derive(Debug, Default)]
pub(super) struct Sets(Pool<PartyId>);

impl Sets {
    /// The value of a set in declared order.
    pub(super) fn keep(&mut self, set: &[PartyId]) -> Value {
        Value::few(set.iter().copied()).unwrap_or_else(|| Value::set(self.0.keep(set)))
    }

    /// The value of a few parties as that of a set with a number.
    pub(super) fn apart(&mut self, value: Value) -> Option<Value> {
        let few = value.as_few()?;
        let parties: Vec<PartyId> = few.iter().collect();
        Some(Value::set(self.0.keep(&parties)))
    }

    /// The parties of a value; none of one that is no set.
    pub(super) fn parties(&self, value: Value) -> impl Iterator<Item = PartyId> {
        let (few, set) = match value.step() {
            Step::Few(few) => (Some(few), &[][..]),
            Step::Set(number) => (None, self.set(number)),
            _ => (None, &[][..]),
        };
        few.into_iter().flat_map(Few::iter).chain(set.iter().copied())
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
