//! What waits to be done for the texts as they are now. What is older is forgotten.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rasci::Policy;
use rasci::editor::Overlay;

/// So long nothing must change before a check begins.
const PAUSE: Duration = Duration::from_millis(5);

/// What is to be checked: the open texts, and the documents among them.
pub(super) struct Job {
    /// Which texts these are: a later job has newer ones.
    pub(super) number: u64,
    pub(super) files: Overlay,
    /// The name of each document that is checked, with the directory that its `extends` stay in.
    pub(super) documents: Vec<(String, PathBuf)>,
}

/// What waits to be done, the newest texts only.
#[derive(Default)]
pub(super) struct Jobs {
    next: Mutex<Next>,
    changed: Condvar,
}

#[derive(Default)]
struct Next {
    newest: u64,
    job: Option<Job>,
    slow: VecDeque<Slow>,
    ended: bool,
}

/// What takes longer than loading a model.
pub(super) struct Slow {
    pub(super) number: u64,
    pub(super) document: String,
    pub(super) work: Work,
}

pub(super) enum Work {
    Lints(Arc<Policy>),
    Tests(Overlay),
}

impl Jobs {
    /// Puts a job in the place of one that nobody has taken on, and of all that came of it.
    pub(super) fn put(&self, job: Job) {
        let mut next = self.lock();
        next.newest = job.number;
        next.job = Some(job);
        next.slow.clear();
        self.changed.notify_all();
    }

    /// Ends the threads once they are done with what they do.
    pub(super) fn end(&self) {
        self.lock().ended = true;
        self.changed.notify_all();
    }

    pub(super) fn take(&self) -> Option<Job> {
        let mut next = self.lock();
        let mut taken = None;
        while !next.ended {
            // Changes come in pairs (a bracket and the one that closes it), and quickly: the last of them counts.
            let newer = next.job.take();
            if newer.is_none() && taken.is_some() {
                return taken;
            }
            taken = newer;
            next = if taken.is_some() {
                self.changed.wait_timeout(next, PAUSE).unwrap_or_else(PoisonError::into_inner).0
            } else {
                self.changed.wait(next).unwrap_or_else(PoisonError::into_inner)
            };
        }
        None
    }

    pub(super) fn give(&self, slow: Slow) {
        let mut next = self.lock();
        if next.newest == slow.number {
            next.slow.push_back(slow);
            self.changed.notify_all();
        }
    }

    /// What is to be done next: at once of the texts that are `known`, of newer ones once they stay so for a pause.
    pub(super) fn take_slow(&self, known: u64, pause: Duration) -> Option<Slow> {
        let mut next = self.lock();
        while !next.ended {
            let newest = next.newest;
            if next.slow.is_empty() {
                next = self.changed.wait(next).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            if newest != known {
                let still = |next: &mut Next| !next.ended && next.newest == newest;
                next = self.changed.wait_timeout_while(next, pause, still).unwrap_or_else(PoisonError::into_inner).0;
            }
            if let Some(slow) = next.slow.pop_front().filter(|slow| slow.number == newest) {
                return Some(slow);
            }
        }
        None
    }

    /// Whether there are newer texts than those of a job.
    pub(super) fn is_stale(&self, number: u64) -> bool {
        let next = self.lock();
        next.ended || next.newest != number
    }

    fn lock(&self) -> MutexGuard<'_, Next> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
