//! Lists that are kept once each, one after another in one list, each after its length.

use std::hash::{BuildHasher, Hash};

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::model::{Handle, PartyId};
use crate::source::to_u32;

/// What a list can hold: also its own length.
pub(super) trait Word: Copy + Eq + Hash {
    fn of_length(length: usize) -> Self;
    fn length(self) -> usize;
}

impl Word for u64 {
    fn of_length(length: usize) -> Self {
        u64::from(to_u32(length))
    }

    fn length(self) -> usize {
        usize::try_from(self).unwrap_or_default()
    }
}

/// A length is kept as the place of a party.
impl Word for PartyId {
    fn of_length(length: usize) -> Self {
        Self::new(length)
    }

    fn length(self) -> usize {
        self.place()
    }
}

/// Lists, each known by where its length stands.
#[derive(Debug)]
pub(super) struct Pool<T> {
    words: Vec<T>,
    /// The number of each list, and its hash, so that few lists are read again.
    known: HashTable<(u32, u32)>,
    hasher: DefaultHashBuilder,
}

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Self { words: Vec::new(), known: HashTable::new(), hasher: DefaultHashBuilder::default() }
    }
}

impl<T: Word> Pool<T> {
    /// The number of a list.
    pub(super) fn keep(&mut self, list: &[T]) -> u32 {
        let Self { words, known, hasher } = self;
        let hash = hasher.hash_one(list);
        // Folded into half, and spread again over the whole.
        let half = u32::try_from((hash >> 32 ^ hash) & u64::from(u32::MAX)).unwrap_or_default();
        let spread = |half: u32| u64::from(half).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let same = |(number, other): &(u32, u32)| *other == half && listed(words, *number) == list;
        if let Some((number, _)) = known.find(spread(half), same) {
            return *number;
        }
        let number = to_u32(words.len());
        words.push(T::of_length(list.len()));
        words.extend_from_slice(list);
        known.insert_unique(spread(half), (number, half), |(_, half)| spread(*half));
        number
    }

    /// The list of this number.
    #[inline]
    pub(super) fn get(&self, number: u32) -> &[T] {
        listed(&self.words, number)
    }

    /// Forgets what only adding needs.
    pub(super) fn finish(&mut self) {
        self.known = HashTable::new();
        self.words.shrink_to_fit();
    }

    pub(super) fn bytes(&self) -> usize {
        self.words.capacity() * size_of::<T>()
    }
}

#[inline]
fn listed<T: Word>(words: &[T], number: u32) -> &[T] {
    let rest = words.get(number as usize..).unwrap_or_default();
    let Some((length, rest)) = rest.split_first() else { return &[] };
    rest.get(..length.length()).unwrap_or_default()
}
