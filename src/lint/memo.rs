//! What is worked out once, whichever thread asks for it first.

use std::hash::Hash;
use std::sync::{PoisonError, RwLock};

use hashbrown::HashMap;

/// What was worked out, by what was asked for.
pub(super) struct Memo<K, V>(RwLock<HashMap<K, V>>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<K: Eq + Hash, V: Clone> Memo<K, V> {
    /// What is known, or else worked out now; two threads that ask at once may both do so.
    pub(super) fn get(&self, key: K, work_out: impl FnOnce() -> V) -> V {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        known.unwrap_or_else(|| {
            let value = work_out();
            self.0.write().unwrap_or_else(PoisonError::into_inner).insert(key, value.clone());
            value
        })
    }
}
