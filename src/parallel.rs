//! Work on several threads, where the feature `parallel` is on. What comes out is the same without it.

/// Makes something of each of some things, in their order.
///
/// The thread that asks works too, and does not wait for another to wake: that takes as long as a small model does to read.
#[cfg(feature = "parallel")]
pub(crate) fn each<T: Sync, R: Send>(all: &[T], make: impl Fn(&T) -> R + Sync) -> Vec<R> {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};

    let (next, results) = (AtomicUsize::new(0), Mutex::new(Vec::with_capacity(all.len())));
    let work = || {
        let takes = std::iter::from_fn(|| {
            let nth = next.fetch_add(1, Ordering::Relaxed);
            all.get(nth).map(|one| (nth, make(one)))
        });
        let own: Vec<(usize, R)> = takes.collect();
        results.lock().unwrap_or_else(std::sync::PoisonError::into_inner).extend(own);
    };
    rayon::in_place_scope(|scope| {
        for _ in 1..threads().min(all.len()) {
            scope.spawn(|_| work());
        }
        work();
    });
    let mut results = results.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    results.sort_unstable_by_key(|(nth, _)| *nth);
    results.into_iter().map(|(_, one)| one).collect()
}

/// Makes something of each of some things, in their order.
#[cfg(not(feature = "parallel"))]
pub(crate) fn each<T, R>(all: &[T], make: impl Fn(&T) -> R) -> Vec<R> {
    all.iter().map(make).collect()
}

/// Two things, made at once.
#[cfg(feature = "parallel")]
pub(crate) fn both<A: Send, B: Send>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    rayon::join(one, other)
}

/// Two things, made one after the other.
#[cfg(not(feature = "parallel"))]
pub(crate) fn both<A, B>(one: impl FnOnce() -> A, other: impl FnOnce() -> B) -> (A, B) {
    (one(), other())
}

/// How many threads there are to work on.
#[cfg(feature = "parallel")]
pub(crate) fn threads() -> usize {
    rayon::current_num_threads()
}

/// How many threads there are to work on.
#[cfg(not(feature = "parallel"))]
pub(crate) fn threads() -> usize {
    1
}
