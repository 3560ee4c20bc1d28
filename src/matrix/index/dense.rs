//! Every code of every cell, for a model that has few cells for what it says.

use super::Index;
use super::code::Code;
use crate::document::Letter;
use crate::model::{Handle, Model, TaskId};
use crate::source::to_u32;

/// The codes of the five letters of each cell, task by task; tasks that are alike share theirs.
#[derive(Debug)]
pub(super) struct Dense {
    /// For each task, which of the cells is its first.
    rows: Vec<u32>,
    codes: Vec<Code>,
}

/// That is worth its memory where there are at most so many cells for each assignment.
const CELLS_PER_ASSIGNMENT: usize = 16;

/// Or where it is small anyway.
const FEW_CELLS: usize = 1 << 12;

impl Dense {
    /// The codes of a model, if they are worth their memory.
    pub(super) fn new(model: &Model, index: &Index) -> Option<Self> {
        let mut bases: Vec<u32> = index.settings.clone();
        bases.sort_unstable();
        bases.dedup();
        let components = index.ranges.len();
        let cells = bases.len().saturating_mul(components as usize);
        if cells > FEW_CELLS.max(model.assignments.len().saturating_mul(CELLS_PER_ASSIGNMENT)) {
            return None;
        }
        let row = |base: &u32| Some(u32::try_from(bases.binary_search(base).ok()?).ok()? * components);
        let rows = index.settings.iter().map(row).collect::<Option<Vec<u32>>>()?;
        let mut dense = Self { rows, codes: Vec::with_capacity(cells * Letter::ALL.len()) };
        for base in bases {
            for component in 0..components {
                dense.codes.extend(Letter::ALL.map(|letter| index.ready(base + to_u32(letter.index()), component)));
            }
        }
        Some(dense)
    }

    #[inline]
    pub(super) fn at(&self, task: TaskId, component: u32, letter: Letter) -> Code {
        let place = (self.row(task) + component as usize) * Letter::ALL.len() + letter.index();
        self.codes.get(place).copied().unwrap_or(Code::SILENT)
    }

    /// The codes of the five letters.
    #[inline]
    pub(super) fn cell(&self, task: TaskId, component: u32) -> [Code; 5] {
        let place = (self.row(task) + component as usize) * Letter::ALL.len();
        self.codes.get(place..).and_then(<[Code]>::first_chunk).copied().unwrap_or([Code::SILENT; 5])
    }

    #[inline]
    fn row(&self, task: TaskId) -> usize {
        self.rows.get(task.place()).map_or(0, |row| *row as usize)
    }

    pub(super) fn bytes(&self) -> usize {
        self.rows.capacity() * size_of::<u32>() + self.codes.capacity() * size_of::<Code>()
    }
}

impl Index {
    /// The code of a line at a component, as far as no context is needed.
    fn ready(&self, line: u32, component: u32) -> Code {
        let mut code = self.lines.at(line, component);
        loop {
            let next = self.read_on(code, component);
            if next == code {
                return code;
            }
            code = next;
        }
    }
}
