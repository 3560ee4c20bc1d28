//! Rows: what stands at one task, or the parties of a relation, at every component.
//!
//! Components count in an order in which each stands before its parts and those follow at once, so what is said of a component and its
//! parts is one range. A row is a block: the ranges of each letter with their values, a handful of lines of the processor's
//! cache at most. Where there would be too many, it is one block for each stretch of so many components.

use super::place::{AHEAD, END, FREE, HEAD, Place};
use super::value::Value;
use crate::source::to_u32;

/// A value for a range of components; of those that hold a component, the last decides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) from: u32,
    pub(super) until: u32,
    pub(super) value: Value,
}

/// The entries of the five letters, in their order.
pub(super) type Five = [Vec<Entry>; 5];

/// Where a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Row {
    at: u32,
    /// How many bits of a component's place tell its stretch; `WHOLE` where there is one block.
    shift: u32,
}

impl Default for Row {
    /// The empty row.
    fn default() -> Self {
        Self { at: 0, shift: WHOLE }
    }
}

impl Row {
    /// The row that is packed in these.
    #[inline]
    pub(super) fn new(at: u32, shift: u32) -> Self {
        Self { at, shift }
    }

    pub(super) fn at(self) -> u32 {
        self.at
    }

    pub(super) fn shift(self) -> u32 {
        self.shift
    }
}

/// The row is one block.
pub(super) const WHOLE: u32 = 15;

/// One block holds so many components at most.
const MOST_COMPONENTS: u32 = 1 << WHOLE;

/// And so many entries, unless a single component has more.
const MANY: usize = 32;

/// In a row of more blocks than one, so many entries begin in each, on average.
const EACH: usize = 8;

/// Every row.
#[derive(Debug)]
pub(super) struct Rows {
    /// Block after block: where its letters end; the first component of each entry, those that decide first; its last, with the free bit
    /// set; its value.
    words: Vec<u16>,
    /// Of rows of more than one block, where each is.
    blocks: Vec<u32>,
}

impl Rows {
    /// With the empty row, which is where `Row::default` is.
    pub(super) fn new() -> Self {
        Self { words: vec![0; HEAD], blocks: vec![0] }
    }

    /// Keeps the row of these entries, over so many components; none where there are more than can be told apart.
    pub(super) fn keep(&mut self, five: &Five, components: u32) -> Option<Row> {
        let count: usize = five.iter().map(Vec::len).sum();
        if count == 0 {
            return Some(Row::default());
        }
        if count <= MANY && components <= MOST_COMPONENTS {
            let at = self.block(five, 0, components)?;
            return Some(Row::new(at, WHOLE));
        }
        let blocks = to_u32(count / EACH).max(1);
        let mut shift = (components / blocks).max(1).ilog2().min(WHOLE - 1);
        loop {
            let (words, at) = (self.words.len(), to_u32(self.blocks.len()));
            let begins = (0..components.div_ceil(1 << shift)).map(|block| block << shift);
            let blocks: Option<Vec<u32>> =
                begins.map(|from| self.block(five, from, components.min(from + (1 << shift)))).collect();
            if let Some(blocks) = blocks {
                self.blocks.extend(blocks);
                return Some(Row::new(at, shift));
            }
            self.words.truncate(words);
            shift = shift.checked_sub(1)?;
        }
    }

    /// Where the block for these components is, which it makes.
    fn block(&mut self, five: &Five, from: u32, until: u32) -> Option<u32> {
        let at = u32::try_from(self.words.len()).ok()?;
        let mut entries: Vec<Entry> = Vec::new();
        let mut ends = 0_u64;
        for (letter, own) in five.iter().enumerate() {
            for entry in own.iter().rev().filter(|entry| entry.from < until && from < entry.until) {
                let (begin, end) = (entry.from.max(from), entry.until.min(until));
                entries.push(Entry { from: begin - from, until: end - from, value: entry.value });
                if (begin, end) == (from, until) && entry.value.decides() {
                    // It hides those above it everywhere in the block.
                    break;
                }
            }
            let end = u64::try_from(entries.len()).ok().filter(|end| *end < 1 << END)?;
            ends |= end << (END * to_u32(letter));
        }
        self.words.extend(Value::from_word(ends).to_words());
        self.words.extend(entries.iter().map(|entry| narrow(entry.from)));
        self.words.extend(entries.iter().map(|entry| narrow(entry.until - 1) | FREE));
        self.words.extend(entries.iter().flat_map(|entry| entry.value.to_words()));
        Some(at)
    }

    /// The block of a row that a component lies in.
    #[inline]
    pub(super) fn place(&self, row: Row, component: u32) -> Place<'_> {
        let whole = row.shift == WHOLE;
        // The same reads whether there is one block or many: which of the two cannot be foretold.
        let nth = if whole { 0 } else { row.at + (component >> row.shift) };
        let one_of_many = self.blocks.get(nth as usize).copied().unwrap_or(0);
        let at = if whole { row.at } else { one_of_many };
        // Of one block for all, that is every bit there is.
        let inside = component & ((1 << row.shift) - 1);
        Place::new(self.words.get(at as usize..).unwrap_or_default(), inside)
    }

    /// Every block of a row, and the first component that it is for.
    pub(super) fn each_block<'r>(&'r self, row: Row, components: u32, mut each: impl FnMut(usize, Place<'r>)) {
        for from in (0..components).step_by(1 << row.shift) {
            each(from as usize, self.place(row, from));
        }
    }

    /// Forgets what only adding needs.
    pub(super) fn finish(&mut self) {
        // The last entries are compared together with what follows them.
        self.words.extend([0; AHEAD]);
        self.words.shrink_to_fit();
        self.blocks.shrink_to_fit();
    }

    pub(super) fn bytes(&self) -> usize {
        self.words.capacity() * size_of::<u16>() + self.blocks.capacity() * size_of::<u32>()
    }
}

/// Within a block every number fits.
fn narrow(number: u32) -> u16 {
    u16::try_from(number & u32::from(u16::MAX)).unwrap_or_default()
}
