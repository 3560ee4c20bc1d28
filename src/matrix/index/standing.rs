//! What stands at each task: where its row is, and for which components it may say something, so that most rows need not be read.

use super::place::{EACH_LETTER, END, Place};
use super::ranges::{Ranges, Spot};
use super::row::{Entry, Five, Row, Rows, WHOLE};
use super::value::Value;
use crate::document::Letter;
use crate::model::{Handle, TaskId};
use crate::source::to_u32;

/// What is read of a task first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(align(16))]
pub(super) struct Standing {
    row: u32,
    /// The nearest task above with settings of its own; itself where there is none.
    above: u32,
    /// For each letter a bit for each part of the components: whether anything stands there. Above them how the row is divided.
    bits: u64,
}

const LETTERS: u32 = 5;

/// So many bits has each letter, as in the head of a block.
const PARTS: u32 = Spot::PARTS;
const _: () = assert!(PARTS == END);

/// So many tasks are passed over at once where nothing stands for a component.
const AT_ONCE: usize = 3;

/// Of so many tasks what stands there is read at once.
const LEVELS: usize = 3;

impl Standing {
    /// The empty row, which is one block.
    const NOTHING: Self = Self { row: 0, above: 0, bits: (WHOLE as u64) << (PARTS * LETTERS) };

    fn new(row: Row, above: u32, bits: u64) -> Self {
        Self { row: row.at(), above, bits: bits | u64::from(row.shift()) << (PARTS * LETTERS) }
    }

    #[inline]
    pub(super) fn row(self) -> Row {
        // What is above the bits has only four.
        Row::new(self.row, u32::try_from(self.bits >> (PARTS * LETTERS)).unwrap_or_default())
    }
}

/// A task, and what is looked for there.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Nearest {
    number: u32,
    component: u32,
    bit: u64,
}

impl Nearest {
    /// Whether there is anything to be looked for.
    #[inline]
    pub(super) fn is_open(self) -> bool {
        self.bit != 0
    }

    #[inline]
    pub(super) fn closed(self) -> Self {
        Self { bit: 0, ..self }
    }
}

/// Every task, by its place.
#[derive(Debug)]
pub(super) struct Standings(Vec<Standing>);

impl Standings {
    pub(super) fn with_capacity(tasks: usize) -> Self {
        Self(Vec::with_capacity(tasks))
    }

    /// The next task: with this row of these entries, or as the task above it. Where a row says all, nothing is above it.
    pub(super) fn push(&mut self, above: Option<TaskId>, own: Option<(Row, &Five)>, ranges: &Ranges) {
        let number = to_u32(self.0.len());
        let parent = above.and_then(|above| self.0.get(above.place()).copied());
        let above = above.map_or(number, |above| to_u32(above.place()));
        let standing = match (own, parent) {
            (None, Some(parent)) => parent,
            (None, None) => Standing { above: number, ..Standing::NOTHING },
            (Some((row, five)), _) => {
                let letters = five.iter().zip(0..).flat_map(|(entries, letter)| entries.iter().map(move |entry| (letter, entry)));
                let bits =
                    letters.map(|(letter, entry)| parts(entry, ranges) << (PARTS * letter)).fold(0, |all, bits| all | bits);
                Standing::new(row, above, bits)
            }
        };
        self.0.push(standing);
    }

    /// What stands at a task, or at the nearest above with anything of its own.
    pub(super) fn of(&self, task: TaskId) -> Standing {
        self.get(to_u32(task.place()))
    }

    /// What stands at a task and at those above it, the nearest first.
    pub(super) fn upwards(&self, task: TaskId) -> impl Iterator<Item = Standing> + use<'_> {
        let own = Some((to_u32(task.place()), self.of(task)));
        let above = |(number, standing): &(u32, Standing)| {
            let above = Some(standing.above).filter(|above| above != number).map(|above| (above, self.get(above)));
            // A task with nothing of its own below one with nothing above is as that one.
            above.filter(|(_, other)| other != standing)
        };
        std::iter::successors(own, above).map(|(_, standing)| standing)
    }

    #[inline]
    fn get(&self, number: u32) -> Standing {
        self.0.get(number as usize).copied().unwrap_or(Standing { above: number, ..Standing::NOTHING })
    }

    /// What the nearest task says of a letter at a component, of what is accepted.
    #[inline]
    pub(super) fn find(
        &self,
        rows: &Rows,
        task: TaskId,
        spot: Spot,
        letter: Letter,
        mut accept: impl FnMut(Value) -> Value,
    ) -> Value {
        let nearest = self.nearest(task, spot, letter);
        let value = self.place(rows, nearest).find(letter, &mut accept);
        if value == Value::SILENT { self.find_above(rows, nearest, letter, accept) } else { value }
    }

    /// The nearest task, or one below it, that may say something of a letter at a component.
    #[inline]
    pub(super) fn nearest(&self, task: TaskId, spot: Spot, letter: Letter) -> Nearest {
        let bit = 1 << (spot.part + PARTS * to_u32(letter.index()));
        let nearest = Nearest { number: to_u32(task.place()), bit, component: spot.component };
        self.passed(nearest)
    }

    /// Passes over tasks that say nothing. Chosen, not branched on: where the next row is can then be known long before this one is read.
    #[inline]
    fn passed(&self, mut nearest: Nearest) -> Nearest {
        for _ in 0..AT_ONCE {
            let own = self.get(nearest.number);
            nearest.number = if own.bits & nearest.bit == 0 { own.above } else { nearest.number };
        }
        nearest
    }

    /// What it has to say.
    #[inline]
    pub(super) fn place<'r>(&self, rows: &'r Rows, nearest: Nearest) -> Place<'r> {
        let own = self.get(nearest.number);
        if own.bits & nearest.bit == 0 { Place::default() } else { rows.place(own.row(), nearest.component) }
    }

    /// What the nearest task above says, where this one says nothing.
    #[inline(never)]
    pub(super) fn find_above(
        &self,
        rows: &Rows,
        mut nearest: Nearest,
        letter: Letter,
        mut accept: impl FnMut(Value) -> Value,
    ) -> Value {
        let mut value = Value::SILENT;
        while value == Value::SILENT && nearest.is_open() {
            nearest = self.above(nearest);
            value = self.place(rows, nearest).find(letter, &mut accept);
        }
        value
    }

    /// The nearest task above, or one below it, that may say something; closed where there is none above.
    #[inline]
    pub(super) fn above(&self, nearest: Nearest) -> Nearest {
        let above = self.get(nearest.number).above;
        if above == nearest.number { nearest.closed() } else { self.passed(Nearest { number: above, ..nearest }) }
    }

    /// The same of the five letters.
    #[inline]
    pub(super) fn find_all(&self, rows: &Rows, task: TaskId, spot: Spot, mut accept: impl FnMut(Value) -> Value) -> [Value; 5] {
        let mut known = [Value::SILENT; 5];
        let mut open = EACH_LETTER;
        let mut number = to_u32(task.place());
        loop {
            // What stands at some tasks is read at once; the topmost is above itself.
            let mut found = [(0, Place::default()); LEVELS];
            let mut count = 0;
            let mut last = number;
            for _ in 0..LEVELS {
                let own = self.get(number);
                let says = own.bits >> spot.part & open;
                let row = if says == 0 { Row::default() } else { own.row() };
                if let Some(slot) = found.get_mut(count) {
                    *slot = (says, rows.place(row, spot.component));
                }
                count += usize::from(says != 0);
                (last, number) = (number, own.above);
            }
            for (says, place) in found.iter().take(count) {
                if says & open != 0 {
                    open = place.find_all(open, &mut known, &mut accept);
                }
            }
            if open == 0 || number == last {
                return known;
            }
        }
    }

    pub(super) fn bytes(&self) -> usize {
        self.0.capacity() * size_of::<Standing>()
    }
}

/// The parts of the components in which an entry lies.
fn parts(entry: &Entry, ranges: &Ranges) -> u64 {
    let part = |component: u32| Spot::new(component, ranges.len()).part;
    (part(entry.from)..=part(entry.until - 1)).fold(0, |all, part| all | 1 << part)
}
