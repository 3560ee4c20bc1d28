//! Work on several threads, where the feature `parallel` is on. What comes out is the same without it.

/// Makes something of each of some things, in their order.
#[cfg(feature = "parallel")]
pub(super) fn each<T: Sync, R: Send>(all: &[T], make: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
    all.par_iter().map(make).collect()
}

/// Makes something of each of some things, in their order.
#[cfg(not(feature = "parallel"))]
pub(super) fn each<T, R>(all: &[T], make: impl Fn(&T) -> R) -> Vec<R> {
    all.iter().map(make).collect()
}
