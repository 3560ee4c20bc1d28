//! A grid: every code of every cell, for a model that has few cells for what it says.

use super::Index;
use super::code::{Code, Step};
use crate::document::Letter;
use crate::model::{Handle, Model, TaskId};

/// The codes of the five letters of each cell, task by task; tasks that are alike share theirs.
#[derive(Debug)]
pub(super) struct Grid {
    /// Where the cells of a task begin.
    rows: Vec<u32>,
    cells: Vec<[Code; 5]>,
}

/// A grid is worth its memory where it has at most so many cells for each assignment.
const CELLS_PER_ASSIGNMENT: usize = 16;

/// Or where it is small anyway.
const FEW_CELLS: usize = 1 << 12;

impl Grid {
    /// The grid of a model, if it is worth its memory.
    pub(super) fn new(model: &Model, index: &Index) -> Option<Self> {
        let mut bases: Vec<u32> = index.settings.base.clone();
        bases.sort_unstable();
        bases.dedup();
        let components = index.ranges.len();
        let cells = bases.len().saturating_mul(components as usize);
        if cells > FEW_CELLS.max(model.assignments.len().saturating_mul(CELLS_PER_ASSIGNMENT)) {
            return None;
        }
        let row = |base: &u32| Some(u32::try_from(bases.binary_search(base).ok()?).ok()? * components);
        let rows = index.settings.base.iter().map(row).collect::<Option<Vec<u32>>>()?;
        let mut grid = Self { rows, cells: Vec::with_capacity(cells) };
        for base in bases {
            for component in 0..components {
                grid.cells.push(Letter::ALL.map(|letter| index.ready(base as usize + letter.index(), component)));
            }
        }
        Some(grid)
    }

    #[inline]
    pub(super) fn at(&self, task: TaskId, component: u32, letter: Letter) -> Code {
        let row = self.rows.get(task.place()).map_or(0, |row| *row as usize);
        let cell = self.cells.get(row + component as usize);
        cell.and_then(|codes| codes.get(letter.index())).copied().unwrap_or(Code::SILENT)
    }

    pub(super) fn bytes(&self) -> usize {
        self.rows.capacity() * size_of::<u32>() + self.cells.capacity() * size_of::<[Code; 5]>()
    }
}

impl Index {
    /// The code of a line at a component, as far as no context is needed.
    fn ready(&self, line: usize, component: u32) -> Code {
        let mut code = self.settings.lines.get(line).map_or(Code::SILENT, |line| line.at(component));
        loop {
            code = match code.step() {
                Step::Line(line) => self.settings.lines.get(line as usize).map_or(Code::SILENT, |line| line.at(component)),
                Step::Steps(list) => self.lists.at(list, component),
                _ => return code,
            }
        }
    }
}
