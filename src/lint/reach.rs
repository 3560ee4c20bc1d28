//! How far a finding reaches: the highest scope that it holds for, in words, and how many cells there are besides.
//!
//! A finding shows first at a cell above all others of its cause, or at several such cells. From the first of them the
//! scope is widened to all tasks below and to all components below, as far as the finding holds there in every
//! combination in which it holds at the cell itself and the other cell is applicable.

use std::cell::Cell as Count;
use std::collections::HashMap;
use std::ops::Range;

use super::ground::Ground;
use super::hits::{Hit, InCells, Needs, Words};
use super::look::{ALL_LETTERS, bit};
use super::sets::Set;
use super::survey::{MOST_COUNTED, Shown};
use crate::document::Letter;
use crate::matrix::{Block, Cell};
use crate::model::{ComponentId, Handle, TaskId};
use crate::words::{block_words, when_words};

/// In all, so many looks are given to how far findings reach; those after that are told where they first show.
pub(super) const MOST_LOOKS: usize = 100_000;

/// The cells of which a finding is asked, each class of those alike looked at once.
struct Asked<'g> {
    ground: &'g Ground<'g>,
    lint: &'g InCells,
    hit: &'g Hit,
    known: HashMap<Cell, Set>,
}

impl Asked<'_> {
    /// When the finding holds in a cell.
    fn holds(&mut self, cell: Cell) -> Set {
        let ground = self.ground;
        // Of those alike the highest is looked at; but all tasks are no cell, and the whole system is like no component:
        // there a relation that nobody names is no gap.
        let highest = ground.policy.matrix().representative(cell);
        let task = if highest.task == TaskId::ALL { cell.task } else { highest.task };
        let component = if highest.component == ComponentId::SYSTEM { cell.component } else { highest.component };
        let alike = Cell { task, component };
        let found = self.known.get(&alike).cloned().unwrap_or_else(|| {
            if let (Needs::Pairs, Words::Letter(letter)) = (self.lint.needs, self.hit.words) {
                return ground.disagrees(self.hit.cause, letter, alike);
            }
            let mut hits = Vec::new();
            let letters = if self.lint.topmost { ALL_LETTERS } else { letters_of(self.hit.words) };
            (self.lint.hits)(ground, &ground.look_without(alike, letters, |_| false), &mut hits);
            let topmost = self.lint.topmost;
            let mine = hits.iter().filter(|hit| topmost || (hit.cause == self.hit.cause && hit.words == self.hit.words));
            mine.fold(ground.sets.never(), |all, hit| all.or(&hit.when))
        });
        self.known.insert(alike, found.clone());
        found
    }
}

impl Ground<'_> {
    /// The words for how far a finding reaches that shows first in these cells.
    pub(super) fn reach(&self, lint: &InCells, hit: &Hit, shown: &Shown, looks: &Count<usize>) -> String {
        let places = &shown.places;
        let Some((first, when)) = places.first() else { return String::new() };
        let mut asked = Asked { ground: self, lint, hit, known: HashMap::new() };
        // What stands at all tasks is found in the first of them.
        let of_all = self.model().assignment(hit.cause).tasks.first() == Some(&TaskId::ALL);
        let below = |cell: Cell| {
            let top = if of_all { TaskId::ALL } else { cell.task };
            (self.tasks_below(top), self.components_below(cell.component))
        };
        let rectangles: Vec<(Range<usize>, Range<usize>)> = places.iter().map(|(cell, _)| below(*cell)).collect();
        let size = rectangles.iter().map(|(tasks, components)| tasks.len().saturating_mul(components.len()));
        let alone = Block { task: first.task, component: first.component, task_below: false, component_below: false };
        let words = |block: Block, more: String| format!("{}{}{more}", block_words(self.model(), block), self.first_when(when));
        let size = size.fold(0, usize::saturating_add);
        if size == places.len() && !shown.vast {
            return words(alone, more_words(size - 1));
        }
        if shown.vast || size > MOST_COUNTED.min(looks.get()) {
            return words(alone, ", and perhaps in cells below".to_owned());
        }
        let widened = |task_below, component_below| Block { task_below, component_below, ..alone };
        let all_tasks = Block { task: TaskId::ALL, ..widened(true, true) };
        let forms = [all_tasks, Block { component_below: false, ..all_tasks }].into_iter().filter(|_| of_all).chain([
            widened(true, true),
            widened(true, false),
            widened(false, true),
            alone,
        ]);
        looks.set(looks.get() - size);
        let mut cells: Vec<Cell> = rectangles.into_iter().flat_map(cells_of).collect();
        cells.sort_unstable();
        cells.dedup();
        let mut whole = |block: &Block| {
            let inside = self.cells_in(*block);
            inside.into_iter().all(|cell| self.there(cell).and(when).within(&asked.holds(cell)))
        };
        let block = forms.into_iter().find(|block| whole(block)).unwrap_or(alone);
        let outside = cells.iter().filter(|cell| !self.lies_in(**cell, block));
        let more = outside.filter(|cell| !asked.holds(**cell).is_never()).count();
        words(block, more_words(more))
    }

    /// When, in words; of many alternatives the first.
    fn first_when(&self, when: &Set) -> String {
        let when = self.sets.when(when);
        match when.split_first() {
            Some((first, others)) if others.len() > 1 => {
                format!("{}, or in {} other cases", when_words(self.model(), &vec![first.clone()]), others.len())
            }
            _ => when_words(self.model(), &when),
        }
    }

    fn cells_in(&self, block: Block) -> Vec<Cell> {
        let tasks = if block.task_below { self.tasks_below(block.task) } else { one(block.task.place()) };
        let components =
            if block.component_below { self.components_below(block.component) } else { one(block.component.place()) };
        cells_of((tasks, components)).collect()
    }

    fn lies_in(&self, cell: Cell, block: Block) -> bool {
        let task = cell.task == block.task || block.task_below && self.tasks_below(block.task).contains(&cell.task.place());
        let component = cell.component == block.component
            || block.component_below && self.components_below(block.component).contains(&cell.component.place());
        task && component
    }
}

/// The letters that a finding of these words depends on.
fn letters_of(words: Words) -> u8 {
    let own = match words {
        Words::Letter(letter) => bit(letter),
        Words::Both(_, one, other) | Words::BothBy(_, one, other) => bit(one) | bit(other),
        Words::Nothing | Words::Party(_) | Words::Relation(_) => ALL_LETTERS,
    };
    // A convention may tie these.
    let tied = bit(Letter::Responsible) | bit(Letter::Accountable);
    if own & tied == 0 { own } else { own | tied }
}

/// That a finding holds in more cells.
fn more_words(more: usize) -> String {
    match more {
        0 => String::new(),
        1 => ", and in one more cell".to_owned(),
        others => format!(", and in {others} more cells"),
    }
}

fn one(place: usize) -> Range<usize> {
    place..place + 1
}

/// All tasks together are no cell themselves.
fn cells_of((tasks, components): (Range<usize>, Range<usize>)) -> impl Iterator<Item = Cell> {
    let tasks = tasks.filter(|task| *task != TaskId::ALL.place());
    tasks.flat_map(move |task| {
        components.clone().map(move |component| Cell { task: TaskId::new(task), component: ComponentId::new(component) })
    })
}
