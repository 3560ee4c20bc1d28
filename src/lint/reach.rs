//! How far a finding reaches: the highest scope that it holds for, and in how many cells it holds besides.
//!
//! A finding holds in cells below those at which it shows first. From each of these the scope is widened to all tasks below
//! and to all components below, as far as the finding holds there whenever it holds at the cell itself and the other cell
//! is applicable; what stands at all tasks may hold in every task. Of these scopes the one is told that leaves the fewest
//! cells over.

use std::fmt::Write as _;
use std::ops::Range;

use hashbrown::HashMap;

use super::ground::Ground;
use super::hits::{Hit, InCells, Needs, Words};
use super::look::ALL_LETTERS;
use super::seen::{MOST_COUNTED, Shown};
use super::sets::Set;
use crate::matrix::{Block, Cell};
use crate::model::{AssignmentId, ComponentId, Handle, TaskId};
use crate::words::{say_block, when_words};

/// In all, so many looks are given to how far findings reach; those after that are told where they first show.
pub(super) const MOST_LOOKS: usize = 100_000;

/// The scope that is told of a finding.
pub(super) struct Reach {
    block: Block,
    when: Set,
    /// Its first cell, and when the finding holds there.
    pub(super) first: (Cell, Set),
    /// In how many cells it holds besides; none where they were not counted.
    more: Option<usize>,
}

/// The cells in which a finding holds, each class of those alike looked at once.
struct Extent<'g> {
    ground: &'g Ground<'g>,
    lint: &'g InCells,
    hit: &'g Hit,
    /// Where it shows first, and when.
    places: Vec<(Cell, Set)>,
    looked_at: HashMap<Cell, Vec<Hit>>,
    known: HashMap<Cell, Set>,
}

impl Extent<'_> {
    /// What the lint finds in a cell.
    fn hits(&mut self, cell: Cell) -> &[Hit] {
        let (ground, lint, hit) = (self.ground, self.lint, self.hit);
        // Of those alike the highest is looked at; but all tasks are no cell, and the whole system is like no component:
        // there a relation that nobody names is no gap.
        let highest = ground.policy.matrix().representative(cell);
        let own = highest.task == TaskId::ALL || lint.needs == Needs::PlacesOfTask;
        let task = if own { cell.task } else { highest.task };
        let component = if highest.component == ComponentId::SYSTEM { cell.component } else { highest.component };
        let alike = Cell { task, component };
        self.looked_at.entry(alike).or_insert_with(|| {
            let mut hits = Vec::new();
            if let (Needs::Pairs, Words::Letter(letter)) = (lint.needs, hit.words) {
                hits.push(Hit { when: ground.disagrees(hit.cause, letter, alike), ..hit.clone() });
            } else {
                let letters = if lint.topmost { ALL_LETTERS } else { ground.letters_of(hit.words) };
                (lint.hits)(ground, &ground.look_at(alike, letters), &mut hits);
            }
            hits
        })
    }

    /// When a cell is one at which the finding shows first, for all that is above it.
    fn begins(&mut self, cell: Cell) -> Set {
        let Hit { cause, words, .. } = *self.hit;
        let own = self.hits(cell).iter().filter(|hit| hit.cause == cause && hit.words == words);
        let when = own.fold(None, |all: Option<Set>, hit| Some(all.map_or_else(|| hit.when.clone(), |all| all.or(&hit.when))));
        match when {
            Some(when) if self.lint.topmost => self.ground.not_above(self.lint, cell, when),
            Some(when) => when,
            None => self.ground.sets.never(),
        }
    }

    /// When the finding holds in a cell: where the lint tells topmost cells only, below one of its own.
    fn holds(&mut self, cell: Cell) -> Set {
        if let Some(known) = self.known.get(&cell) {
            return known.clone();
        }
        let (ground, topmost) = (self.ground, self.lint.topmost);
        let Hit { cause, words, .. } = *self.hit;
        let above = self.places.iter().filter(|(place, _)| ground.is_below(cell, *place));
        let above = above.fold(ground.sets.never(), |all, (_, when)| all.or(when));
        let mut when = ground.sets.never();
        if !above.is_never() {
            let mine = self.hits(cell).iter().filter(|hit| topmost || hit.cause == cause && hit.words == words);
            when = mine.fold(when, |all, hit| all.or(&hit.when)).and(&ground.there(cell));
            when = if topmost { when.and(&above) } else { when };
        }
        self.known.insert(cell, when.clone());
        when
    }

    /// When some cell of a block is applicable and the finding holds in every one that is; none where that is not so
    /// in these combinations.
    fn holds_in(&mut self, block: Block, least: &Set) -> Option<Set> {
        let ground = self.ground;
        let (mut all, mut some) = (ground.sets.always(), ground.sets.never());
        for cell in ground.cells_in(block) {
            let there = ground.there(cell);
            all = all.minus(&there.minus(&self.holds(cell)));
            some = some.or(&there);
            if !least.within(&all) {
                return None;
            }
        }
        Some(all.and(&some))
    }
}

impl Ground<'_> {
    /// Whether it is counted how far a finding of a cause reaches; then that is taken from the looks that are left.
    pub(super) fn is_counted(&self, cause: AssignmentId, shown: &Shown, looks: &mut usize) -> bool {
        let size = if shown.vast { usize::MAX } else { size_of(&self.rectangles(cause, shown)) };
        let counted = size <= MOST_COUNTED.min(*looks) || size == 1;
        *looks = looks.saturating_sub(if counted && size > 1 { size } else { 0 });
        counted
    }

    /// How far a finding reaches.
    pub(super) fn reach(&self, lint: &InCells, hit: &Hit, shown: &Shown, counted: bool) -> Reach {
        let first = &shown.first;
        let at_first = |more| Reach { block: alone(first.0), when: first.1.clone(), first: first.clone(), more };
        if !counted {
            return at_first(None);
        }
        let rectangles = self.rectangles(hit.cause, shown);
        let everywhere = self.may_hold_in_every_task(hit.cause);
        let may_be_all = everywhere || self.tops_differ;
        if size_of(&rectangles) == 1 && !(may_be_all && self.is_at_top(first.0.task)) {
            return at_first(Some(0));
        }
        let (places, looked_at, known) = (shown.places().cloned().collect(), HashMap::new(), HashMap::new());
        let mut extent = Extent { ground: self, lint, hit, places, looked_at, known };
        if everywhere {
            self.spread(&mut extent);
        }
        let mut cells: Vec<Cell> = rectangles.into_iter().flat_map(cells_of).collect();
        cells.sort_unstable();
        cells.dedup();
        self.highest(&mut extent, &cells, may_be_all).unwrap_or_else(|| at_first(None))
    }

    /// The cells in which a finding may hold: at its places, and below.
    fn rectangles(&self, cause: AssignmentId, shown: &Shown) -> Vec<Rectangle> {
        let everywhere = self.may_hold_in_every_task(cause);
        let rectangle = |cell: Cell| {
            let tasks = if everywhere && self.is_at_top(cell.task) { TaskId::ALL } else { cell.task };
            (self.tasks_below(tasks), self.components_below(cell.component))
        };
        shown.places().map(|(cell, _)| rectangle(*cell)).collect()
    }

    /// The scope that leaves the fewest of these cells over.
    fn highest(&self, extent: &mut Extent<'_>, cells: &[Cell], may_be_all: bool) -> Option<Reach> {
        let mut best: Option<Reach> = None;
        for (cell, _) in extent.places.clone() {
            let when = extent.holds(cell);
            let above = self.cells_above(cell).fold(self.sets.never(), |all, above| all.or(&extent.holds(above)));
            if when.within(&above) {
                continue;
            }
            let forms = [(true, true), (true, false), (false, true), (false, false)];
            let widened = |(task_below, component_below)| Block { task_below, component_below, ..alone(cell) };
            let all = forms.into_iter().take(2).map(|form| Block { task: TaskId::ALL, ..widened(form) });
            let all = all.filter(|_| may_be_all && self.is_at_top(cell.task));
            for block in all.chain(forms.into_iter().map(widened)) {
                let Some(holds) = extent.holds_in(block, &when) else { continue };
                let is_left = |cell: &&Cell| {
                    let told = if self.lies_in(**cell, block) { holds.clone() } else { self.sets.never() };
                    !extent.holds(**cell).within(&told)
                };
                let more = cells.iter().filter(is_left).count();
                if best.as_ref().is_none_or(|best| best.more > Some(more)) {
                    best = Some(Reach { block, when: holds, first: (cell, when.clone()), more: Some(more) });
                }
            }
        }
        best
    }

    /// What stands at all tasks was looked at in the first of those at the top that are alike; it shows in the others too.
    fn spread(&self, extent: &mut Extent<'_>) {
        for (cell, _) in extent.places.clone().into_iter().filter(|(cell, _)| self.is_at_top(cell.task)) {
            for task in &self.model().task(TaskId::ALL).parts {
                let cell = Cell { task: *task, ..cell };
                let when = extent.begins(cell);
                if !when.is_never() && extent.places.iter().all(|(place, known)| *place != cell || !when.within(known)) {
                    extent.places.push((cell, when));
                }
            }
        }
    }

    /// The cells of the tasks and components above a cell.
    fn cells_above(&self, cell: Cell) -> impl Iterator<Item = Cell> {
        let tasks = std::iter::successors(Some(cell.task), |task| self.task_above(*task)).filter(|task| *task != TaskId::ALL);
        let cells = move |task| self.component_path(cell.component).map(move |component| Cell { task, component });
        tasks.flat_map(cells).filter(move |above| *above != cell)
    }

    /// Whether an assignment stands at all tasks, or at each of those at the top.
    fn may_hold_in_every_task(&self, cause: AssignmentId) -> bool {
        let tasks = self.model().assignment(cause).tasks;
        let top = &self.model().task(TaskId::ALL).parts;
        let lists_all = || top.len() > 1 && tasks.len() >= top.len() && top.iter().all(|task| tasks.binary_search(task).is_ok());
        tasks.first() == Some(&TaskId::ALL) || lists_all()
    }

    fn is_at_top(&self, task: TaskId) -> bool {
        self.task_above(task) == Some(TaskId::ALL)
    }

    /// Says how far a finding reaches; of many alternatives of its `when` the first.
    pub(super) fn say_reach(&self, reach: &Reach, message: &mut String) {
        say_block(self.model(), reach.block, message);
        message.push_str(&self.sets.words(&reach.when, |when| match when.split_first() {
            Some((first, others)) if others.len() > 1 => {
                format!("{}, or in {} other cases", when_words(self.model(), &vec![first.clone()]), others.len())
            }
            _ => when_words(self.model(), when),
        }));
        match reach.more {
            None => message.push_str(", and perhaps in cells below"),
            Some(0) => {}
            Some(1) => message.push_str(", and in one more cell"),
            Some(others) => {
                let _ = write!(message, ", and in {others} more cells");
            }
        }
    }

    fn cells_in(&self, block: Block) -> impl Iterator<Item = Cell> {
        let tasks = if block.task_below { self.tasks_below(block.task) } else { one(block.task.place()) };
        let components =
            if block.component_below { self.components_below(block.component) } else { one(block.component.place()) };
        cells_of((tasks, components))
    }

    fn lies_in(&self, cell: Cell, block: Block) -> bool {
        let task = cell.task == block.task || block.task_below && self.tasks_below(block.task).contains(&cell.task.place());
        let component = cell.component == block.component
            || block.component_below && self.components_below(block.component).contains(&cell.component.place());
        task && component
    }
}

/// Tasks and components, as places in the model.
type Rectangle = (Range<usize>, Range<usize>);

fn size_of(rectangles: &[Rectangle]) -> usize {
    let sizes = rectangles.iter().map(|(tasks, components)| tasks.len().saturating_mul(components.len()));
    sizes.fold(0, usize::saturating_add)
}

fn alone(Cell { task, component }: Cell) -> Block {
    Block { task, component, task_below: false, component_below: false }
}

fn one(place: usize) -> Range<usize> {
    place..place + 1
}

/// All tasks together are no cell themselves.
fn cells_of((tasks, components): Rectangle) -> impl Iterator<Item = Cell> {
    let tasks = tasks.filter(|task| *task != TaskId::ALL.place());
    tasks.flat_map(move |task| {
        components.clone().map(move |component| Cell { task: TaskId::new(task), component: ComponentId::new(component) })
    })
}
