//! The ids of a vocabulary, each with its handle.
//!
//! In a large model the text that an id is written in is in no cache, so the table holds the first bytes of each: a short one is told
//! apart by these alone.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::model::id::Handle;
use crate::source::to_u32;

/// Ids and their handles.
pub(super) struct Ids<'d, I> {
    /// The ids in the order of their handles.
    names: Vec<&'d str>,
    /// The place of the first handle.
    first: usize,
    table: HashTable<Entry<I>>,
    hasher: DefaultHashBuilder,
}

/// An id as far as the table holds it.
#[derive(Debug, Clone, Copy)]
struct Entry<I> {
    head: Head,
    id: I,
}

/// The length of a text and its first bytes: all of it where there are no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Head {
    bytes: [u8; Head::LENGTH],
    length: u32,
}

impl Head {
    const LENGTH: usize = 8;

    #[inline]
    fn of(text: &str) -> Self {
        let text = text.as_bytes();
        let bytes = text.first_chunk().copied().unwrap_or_else(|| {
            let mut bytes = [0; Self::LENGTH];
            bytes.iter_mut().zip(text).for_each(|(byte, of_text)| *byte = *of_text);
            bytes
        });
        Self { bytes, length: to_u32(text.len()) }
    }

    fn is_all(self) -> bool {
        self.length as usize <= Self::LENGTH
    }
}

impl<'d, I: Handle> Ids<'d, I> {
    /// Ids in the order of their handles, which follow each other; none stands twice.
    pub(super) fn new(order: impl Iterator<Item = (I, &'d str)>) -> Self {
        let (ids, names): (Vec<I>, Vec<&'d str>) = order.unzip();
        let first = ids.first().map_or(0, |id| id.place());
        let mut all = Self { first, table: HashTable::with_capacity(names.len()), hasher: DefaultHashBuilder::default(), names };
        for (id, name) in ids.into_iter().zip(&all.names) {
            let head = Head::of(name);
            let hash = all.hash(name, head);
            // There is room, so nothing is hashed again.
            all.table.insert_unique(hash, Entry { head, id }, |_| 0);
        }
        all
    }

    /// The handle of an id.
    #[inline]
    pub(super) fn get(&self, name: &str) -> Option<I> {
        let head = Head::of(name);
        let same = |entry: &Entry<I>| entry.head == head && (head.is_all() || self.name(entry.id) == name);
        self.table.find(self.hash(name, head), same).map(|entry| entry.id)
    }

    /// Every id with its handle, in order.
    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = (&'d str, I)> {
        let first = self.first;
        self.names.iter().enumerate().map(move |(nth, name)| (*name, I::new(first + nth)))
    }

    fn name(&self, id: I) -> &'d str {
        id.place().checked_sub(self.first).and_then(|nth| self.names.get(nth)).copied().unwrap_or("")
    }

    #[inline]
    fn hash(&self, name: &str, head: Head) -> u64 {
        if head.is_all() { self.hasher.hash_one(u64::from_le_bytes(head.bytes)) } else { self.hasher.hash_one(name) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::TaskId;

    #[test]
    fn names_are_told_apart_by_length_and_by_what_lies_beyond_their_first_bytes() {
        let names = ["a", "aa", "aaaaaaaa", "aaaaaaaaa", "aaaaaaaab", "aaaaaaaaaa", "b", "aaaaaaab", ""];
        let ids = Ids::new(names.iter().enumerate().map(|(nth, name)| (TaskId::new(nth + 1), *name)));
        for (nth, name) in names.into_iter().enumerate() {
            assert_eq!(ids.get(name), Some(TaskId::new(nth + 1)), "{name}");
        }
        for name in ["aaa", "c", "aaaaaaac", "aaaaaaaac", "aaaaaaaaaaa", "a\0"] {
            assert_eq!(ids.get(name), None, "{name}");
        }
        assert!(ids.iter().map(|(name, _)| name).eq(names));
    }
}
