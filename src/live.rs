//! Stage 7: a policy that is replaced while it is asked. Readers never wait, and an answer is of one version.

use std::sync::Arc;

use arc_swap::ArcSwap;

use crate::policy::Policy;

/// The policy of now, for a program that reads its model again while it runs.
///
/// Whoever asks takes the [`policy`](Live::policy) once and asks that: all answers are then of one version, however often it is replaced
/// meanwhile. Handles belong to the policy that gave them, so names are looked up in the one that is asked.
///
/// ```
/// use rasci::{Live, Policy};
///
/// let live = Live::new(Policy::parse("model.yaml", "rasci: 1\nid: first\n")?);
/// let asked = live.policy();
/// live.replace(Policy::parse("model.yaml", "rasci: 1\nid: second\n")?);
/// assert_eq!(asked.model().about().id.as_ref(), "first");
/// assert_eq!(live.policy().model().about().id.as_ref(), "second");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Live {
    current: ArcSwap<Policy>,
}

impl Live {
    /// Begins with this policy.
    #[must_use]
    pub fn new(policy: impl Into<Arc<Policy>>) -> Self {
        Self { current: ArcSwap::new(policy.into()) }
    }

    /// The policy of now. It stays as it is for whoever holds it.
    #[must_use]
    pub fn policy(&self) -> Arc<Policy> {
        self.current.load_full()
    }

    /// Puts another policy in its place, and gives back the one before. A model that does not load replaces nothing: load it first.
    pub fn replace(&self, policy: impl Into<Arc<Policy>>) -> Arc<Policy> {
        self.current.swap(policy.into())
    }
}
