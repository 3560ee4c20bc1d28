//! A component in a block: which entries hold it, and what the last of them says.

use super::row::WHOLE;
use super::value::{Value, word};
use crate::document::Letter;
use crate::source::to_u32;

/// A block begins with where the entries of each letter end, each in so many bits of one word of eight bytes.
pub(super) const END: u32 = 12;
pub(super) const HEAD: usize = 4;
const VALUE: usize = 4;

/// The uppermost bit of a word is free, since components in a block have numbers below it.
pub(super) const FREE: u16 = 1 << WHOLE;

/// So many entries are compared at once: as many words of two bytes as are in one of eight.
const AT_ONCE: usize = 4;

/// So many words behind the last entry must be there to be compared with it.
pub(super) const AHEAD: usize = AT_ONCE;

const BITS: usize = 16;

/// Of the five letters together, so many.
const MANY_AT_ONCE: usize = 60;
const EVERY: u64 = 0x0001_0001_0001_0001;

/// A block, and where a component stands in it.
#[derive(Clone, Copy, Default)]
pub(super) struct Place<'r> {
    block: &'r [u16],
    ends: u64,
    /// In each word of two bytes.
    component: u64,
}

impl<'r> Place<'r> {
    /// Where a component stands in the block that the words begin with.
    #[inline]
    pub(super) fn new(words: &'r [u16], component: u32) -> Self {
        Self { block: words, ends: words.first_chunk().copied().map_or(0, word), component: u64::from(component) * EVERY }
    }

    /// What the last of the entries of a letter says that hold the component and are accepted; what is not is silence.
    #[inline]
    pub(super) fn find(&self, letter: Letter, mut accept: impl FnMut(Value) -> Value) -> Value {
        let (first, end) = self.entries(letter);
        let (begin, found) = self.last_holding(first, end);
        let value = if found == 0 { Value::SILENT } else { accept(self.value(begin + found.ilog2() as usize / BITS)) };
        let more = found != 0 || first < begin;
        if value == Value::SILENT && more { self.find_before(first, (begin, found), accept) } else { value }
    }

    /// The same of the entries before one that is not accepted.
    #[inline(never)]
    fn find_before(&self, first: usize, (mut begin, mut found): (usize, u64), mut accept: impl FnMut(Value) -> Value) -> Value {
        found ^= found.checked_ilog2().map_or(0, |nth| 1 << nth);
        loop {
            while let Some(nth) = found.checked_ilog2() {
                let value = accept(self.value(begin + nth as usize / BITS));
                if value != Value::SILENT {
                    return value;
                }
                found ^= 1 << nth;
            }
            if begin <= first {
                return Value::SILENT;
            }
            (begin, found) = self.last_holding(first, begin);
        }
    }

    /// The same of each letter of which nothing is known yet.
    #[inline]
    pub(super) fn find_all(&self, known: &mut [Value; 5], mut accept: impl FnMut(Value) -> Value) {
        let count = self.count();
        if count > MANY_AT_ONCE {
            return self.find_each(known, accept);
        }
        let words = |at: usize| self.block.get(HEAD + at..HEAD + at + count.next_multiple_of(AT_ONCE)).unwrap_or_default();
        let ((firsts, _), (lasts, _)) = (words(0).as_chunks(), words(count).as_chunks());
        let mut holding = 0;
        for ((firsts, lasts), begin) in firsts.iter().zip(lasts).zip((0..).step_by(AT_ONCE)) {
            // The bit of each word, side by side.
            let bits = (self.compared(word(*firsts), word(*lasts)) >> WHOLE).wrapping_mul(1 << 48 | 1 << 33 | 1 << 18 | 1 << 3);
            holding |= (bits >> 48 & 0xf) << begin;
        }
        let mut ends = self.ends;
        for known in known {
            let own = (1_u64 << (ends & ((1 << END) - 1))) - 1;
            let mut found = holding & own;
            while found != 0 && *known == Value::SILENT {
                *known = accept(self.value(found.ilog2() as usize));
                found ^= 1 << found.ilog2();
            }
            holding &= !own;
            ends >>= END;
        }
    }

    /// Each entry of the block: the number of its letter, its first component, its last, its value. Those of a letter that come later decide.
    pub(super) fn each(self) -> impl Iterator<Item = (usize, usize, usize, Value)> + use<'r> {
        let component = move |at: usize| usize::from(self.block.get(HEAD + at).copied().unwrap_or_default() & !FREE);
        Letter::ALL.into_iter().flat_map(move |letter| {
            let (first, end) = self.entries(letter);
            (first..end).map(move |nth| (letter.index(), component(nth), component(self.count() + nth), self.value(nth)))
        })
    }

    #[cold]
    fn find_each(&self, known: &mut [Value; 5], mut accept: impl FnMut(Value) -> Value) {
        for (letter, known) in Letter::ALL.into_iter().zip(known) {
            if *known == Value::SILENT {
                *known = self.find(letter, &mut accept);
            }
        }
    }

    /// Where the entries of a letter begin and end.
    #[inline]
    fn entries(&self, letter: Letter) -> (usize, usize) {
        let end = |ends: u64| usize::try_from(ends & ((1 << END) - 1)).unwrap_or_default();
        let bits = END * to_u32(letter.index());
        (end(self.ends << END >> bits), end(self.ends >> bits))
    }

    #[inline]
    fn count(&self) -> usize {
        self.entries(Letter::Informed).1
    }

    /// Which of the last of these entries hold the component, and which entry the lowest bits are of.
    #[inline]
    fn last_holding(&self, first: usize, end: usize) -> (usize, u64) {
        let begin = end.saturating_sub(AT_ONCE).max(first);
        let count = end.saturating_sub(begin);
        let own = u64::MAX.checked_shr(to_u32(BITS * (AT_ONCE - count))).unwrap_or(0);
        (begin, self.holding(begin) & own)
    }

    /// Which of the entries from one on hold the component: the uppermost bit of the word of each.
    #[inline]
    fn holding(&self, begin: usize) -> u64 {
        let words = |at: usize| self.block.get(HEAD + at..).and_then(<[u16]>::first_chunk).copied().map(word);
        let (Some(firsts), Some(lasts)) = (words(begin), words(self.count() + begin)) else { return 0 };
        self.compared(firsts, lasts)
    }

    #[inline]
    fn compared(&self, firsts: u64, lasts: u64) -> u64 {
        const FREES: u64 = FREE as u64 * EVERY;
        // The free bit of a word stays where what is taken off is not greater. Behind the last entry stands something else, which may take
        // from the words above it, but from none below.
        (self.component | FREES).wrapping_sub(firsts) & lasts.wrapping_sub(self.component) & FREES
    }

    #[inline]
    fn value(&self, nth: usize) -> Value {
        let words = self.block.get(HEAD + 2 * self.count() + VALUE * nth..).and_then(<[u16]>::first_chunk);
        words.copied().map_or(Value::SILENT, Value::from_words)
    }
}
