//! A component in a block: which entries hold it, and what the first of them says.

use std::hint::select_unpredictable;

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

/// So many words behind the last entry must be there to be read with it.
pub(super) const AHEAD: usize = VALUE * AT_ONCE;

const BITS: u32 = 16;

/// The bit of each of these.
const EACH_ENTRY: [u64; AT_ONCE] = [1 << WHOLE, 1 << (WHOLE + BITS), 1 << (WHOLE + 2 * BITS), 1 << (WHOLE + 3 * BITS)];

/// Of the five letters together, so many.
const MANY_AT_ONCE: usize = 60;

/// Where in a word each letter has its bits, the first of them, the last, and all of the first letter.
const EACH_END: [u32; 5] = [0, END, 2 * END, 3 * END, 4 * END];
pub(super) const EACH_LETTER: u64 = 1 | 1 << END | 1 << (2 * END) | 1 << (3 * END) | 1 << (4 * END);
const GUARDS: u64 = EACH_LETTER << (END - 1);
const PLACES: u64 = (1 << END) - 1;

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

    /// What the first of the entries of a letter says that hold the component and are accepted; what is not is silence.
    #[inline]
    pub(super) fn find(&self, letter: Letter, mut accept: impl FnMut(Value) -> Value) -> Value {
        let (begin, end) = self.entries(letter);
        let holding = self.holding(begin, end);
        // Read whichever of them holds, so that these reads need not wait for it, and chosen, not branched on.
        let mut value = Value::SILENT;
        for (own, bit) in self.values(begin).into_iter().zip(EACH_ENTRY).rev() {
            value = select_unpredictable(holding & bit == 0, value, own);
        }
        let value = accept(value);
        let more = holding != 0 || begin + AT_ONCE < end;
        if value == Value::SILENT && more { self.find_refused((begin, end), holding, accept) } else { value }
    }

    /// The same of the entries behind one that is not accepted.
    #[inline(never)]
    fn find_refused(&self, (mut begin, end): (usize, usize), mut holding: u64, mut accept: impl FnMut(Value) -> Value) -> Value {
        holding &= holding.wrapping_sub(1);
        loop {
            while holding != 0 {
                let value = accept(self.value(begin + (holding.trailing_zeros() / BITS) as usize));
                if value != Value::SILENT {
                    return value;
                }
                holding &= holding - 1;
            }
            begin += AT_ONCE;
            if begin >= end {
                return Value::SILENT;
            }
            holding = self.holding(begin, end);
        }
    }

    /// The same of the letters that are open, each a bit of `EACH_LETTER`; and which still are.
    #[inline]
    pub(super) fn find_all(&self, mut open: u64, known: &mut [Value; 5], mut accept: impl FnMut(Value) -> Value) -> u64 {
        let count = self.count();
        if count > MANY_AT_ONCE {
            return self.find_each(open, known, accept);
        }
        let words = |at: usize| self.block.get(HEAD + at..HEAD + at + count.next_multiple_of(AT_ONCE)).unwrap_or_default();
        let ((firsts, _), (lasts, _)) = (words(0).as_chunks(), words(count).as_chunks());
        let mut holding = 0;
        for (firsts, lasts) in firsts.iter().zip(lasts).rev() {
            // The bit of each word, side by side.
            let bits = (self.compared(word(*firsts), word(*lasts)) >> WHOLE).wrapping_mul(1 << 48 | 1 << 33 | 1 << 18 | 1 << 3);
            holding = holding << AT_ONCE | bits >> 48 & 0xf;
        }
        let (mut own, mut before) = (0, 0);
        for bits in EACH_END {
            let upto = !(u64::MAX << (self.ends >> bits & PLACES));
            own |= (upto ^ before) & (open >> bits & 1).wrapping_neg();
            before = upto;
        }
        let mut rest = holding & own;
        while rest != 0 {
            let nth = rest.trailing_zeros();
            let value = accept(self.value(nth as usize));
            // The first letter of which the entries end behind this one; there are less than a half as many as a place can tell.
            let behind = (self.ends | GUARDS).wrapping_sub(u64::from(nth + 1) * EACH_LETTER) & GUARDS;
            let letter = behind.trailing_zeros() / END;
            if let Some(known) = known.get_mut(letter as usize) {
                *known = value;
            }
            let found = value != Value::SILENT;
            let others = u64::MAX << (self.ends >> (END * letter) & PLACES);
            rest &= select_unpredictable(found, others, rest - 1);
            open &= !(u64::from(found) << (END * letter));
        }
        open
    }

    /// Each entry of the block: the number of its letter, its first component, its last, its value. Those of a letter that come later decide.
    pub(super) fn each(self) -> impl Iterator<Item = (usize, usize, usize, Value)> + use<'r> {
        let component = move |at: usize| usize::from(self.block.get(HEAD + at).copied().unwrap_or_default() & !FREE);
        Letter::ALL.into_iter().flat_map(move |letter| {
            let (first, end) = self.entries(letter);
            (first..end).rev().map(move |nth| (letter.index(), component(nth), component(self.count() + nth), self.value(nth)))
        })
    }

    #[cold]
    fn find_each(&self, mut open: u64, known: &mut [Value; 5], mut accept: impl FnMut(Value) -> Value) -> u64 {
        for ((letter, known), bits) in Letter::ALL.into_iter().zip(known).zip(EACH_END) {
            if open >> bits & 1 == 1 {
                *known = self.find(letter, &mut accept);
                open &= !(u64::from(*known != Value::SILENT) << bits);
            }
        }
        open
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

    /// Which of these entries hold the component, of so many as are compared at once: the uppermost bit of the word of each.
    #[inline]
    fn holding(&self, begin: usize, end: usize) -> u64 {
        let words = |at: usize| self.block.get(HEAD + at..).and_then(<[u16]>::first_chunk).copied().map(word);
        let (Some(firsts), Some(lasts)) = (words(begin), words(self.count() + begin)) else { return 0 };
        let count = end.saturating_sub(begin).min(AT_ONCE);
        let own = u64::MAX.checked_shr(BITS * to_u32(AT_ONCE - count)).unwrap_or(0);
        self.compared(firsts, lasts) & own
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

    /// The values of as many entries as are compared at once; what is behind the last is none.
    #[inline]
    fn values(&self, begin: usize) -> [Value; AT_ONCE] {
        let words =
            self.block.get(HEAD + 2 * self.count() + VALUE * begin..).and_then(<[u16]>::first_chunk::<{ VALUE * AT_ONCE }>);
        let mut values = [Value::SILENT; AT_ONCE];
        for (value, words) in values.iter_mut().zip(words.into_iter().flat_map(|words| words.as_chunks().0)) {
            *value = Value::from_words(*words);
        }
        values
    }
}
