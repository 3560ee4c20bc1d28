//! Work on several threads, where the feature `parallel` is on. What comes out is the same without it.

#[cfg(feature = "parallel")]
use std::sync::{LazyLock, Mutex, PoisonError, atomic};

/// Threads for what must not wait behind long work, as a load must not for the lints of an older text. Whoever is in a pool stays in it.
#[cfg(feature = "parallel")]
fn pool() -> Option<&'static rayon::ThreadPool> {
    static POOL: LazyLock<Option<rayon::ThreadPool>> = LazyLock::new(|| rayon::ThreadPoolBuilder::new().build().ok());
    if rayon::current_thread_index().is_some() { None } else { POOL.as_ref() }
}

/// Makes something of each of some things, in their order. Each takes long.
#[cfg(feature = "parallel")]
pub(crate) fn each_long<T: Sync, R: Send>(all: &[T], make: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
    all.par_iter().map(make).collect()
}

/// Makes something of each of some things, in their order.
///
/// The thread that asks works too, and does not wait for another to wake: that takes as long as a small model does to read.
#[cfg(feature = "parallel")]
pub(crate) fn each<T: Sync, R: Send>(all: &[T], make: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let (next, results) = (atomic::AtomicUsize::new(0), Mutex::new(Vec::with_capacity(all.len())));
    let work = || {
        let takes = std::iter::from_fn(|| {
            let nth = next.fetch_add(1, atomic::Ordering::Relaxed);
            all.get(nth).map(|one| (nth, make(one)))
        });
        let own: Vec<(usize, R)> = takes.collect();
        results.lock().unwrap_or_else(PoisonError::into_inner).extend(own);
    };
    let others = threads().min(all.len()).saturating_sub(1);
    match pool() {
        Some(pool) => pool.in_place_scope(|scope| work_with(scope, others, &work)),
        None => rayon::in_place_scope(|scope| work_with(scope, others, &work)),
    }
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_unstable_by_key(|(nth, _)| *nth);
    results.into_iter().map(|(_, one)| one).collect()
}

/// Works here and on so many others.
#[cfg(feature = "parallel")]
fn work_with<'w>(scope: &rayon::Scope<'w>, others: usize, work: &'w (dyn Fn() + Sync)) {
    for _ in 0..others {
        scope.spawn(move |_| work());
    }
    work();
}

/// Makes something of each of some things, in their order.
#[cfg(not(feature = "parallel"))]
pub(crate) fn each<T, R>(all: &[T], make: impl Fn(&T) -> R) -> Vec<R> {
    all.iter().map(make).collect()
}

/// Two things, made at once.
#[cfg(feature = "parallel")]
pub(crate) fn both<A: Send, B: Send>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    match pool() {
        Some(pool) => pool.join(one, other),
        None => rayon::join(one, other),
    }
}

/// Makes something of each of some things, in their order.
#[cfg(not(feature = "parallel"))]
pub(crate) fn each_long<T, R>(all: &[T], make: impl Fn(&T) -> R) -> Vec<R> {
    each(all, make)
}

/// Two things, made one after the other.
#[cfg(not(feature = "parallel"))]
pub(crate) fn both<A, B>(one: impl FnOnce() -> A, other: impl FnOnce() -> B) -> (A, B) {
    (one(), other())
}

/// How many threads there are to work on.
#[cfg(feature = "parallel")]
pub(crate) fn threads() -> usize {
    pool().map_or_else(rayon::current_num_threads, rayon::ThreadPool::current_num_threads)
}

/// How many threads there are to work on.
#[cfg(not(feature = "parallel"))]
pub(crate) fn threads() -> usize {
    1
}
