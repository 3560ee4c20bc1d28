//! The highest uniform scope: a fact about cells, told once for every block of which it is true.
//!
//! A block is a task alone or with all below it, times a component or the whole system, alone or with all below it. The
//! fact is true of a block in a combination where some cell of it is applicable and the fact is true in every applicable
//! one. Told is every block for which that is so in a combination in which no next wider block has it, at least one such.
//! Nothing here knows what the facts are.

use super::Cell;
use super::region::Region;
use crate::model::{ComponentId, Handle, Model, TaskId, When};

/// A task alone or with all below it, times a component alone or with all below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Block {
    /// The task; [`TaskId::ALL`] for all of them.
    pub task: TaskId,
    /// The component; [`ComponentId::SYSTEM`] for the whole system.
    pub component: ComponentId,
    /// With all tasks below.
    pub task_below: bool,
    /// With all components below.
    pub component_below: bool,
}

impl Block {
    /// The blocks one step wider: in the task, and in the component.
    fn wider(self, model: &Model) -> impl Iterator<Item = Self> {
        let task = if self.task_below {
            model.task(self.task).parent.map(|task| Self { task, ..self })
        } else {
            Some(Self { task_below: true, ..self })
        };
        let component = if self.component_below {
            model.component(self.component).parent.map(|component| Self { component, ..self })
        } else {
            Some(Self { component_below: true, ..self })
        };
        task.into_iter().chain(component)
    }

    /// Of the blocks with exactly the same cells, the widest.
    #[must_use]
    pub fn widest(self, model: &Model) -> Self {
        let mut block = self;
        block.task_below |= model.task(block.task).parts.is_empty();
        // All tasks together are no cell themselves: a task that is the only one under them is all there is.
        let only = |task: TaskId| model.task(task).parent == Some(TaskId::ALL) && model.task(TaskId::ALL).parts.len() == 1;
        if block.task_below && only(block.task) {
            block.task = TaskId::ALL;
        }
        block.component_below |= model.component(block.component).parts.is_empty();
        block
    }

    /// The cells of the block.
    pub fn cells(self, model: &Model) -> impl Iterator<Item = Cell> + '_ {
        let task_in =
            move |task: TaskId| task == self.task || self.task_below && model.task_path(task).any(|above| above == self.task);
        let component_in = move |component: ComponentId| {
            component == self.component
                || self.component_below && model.component_path(component).any(|above| above == self.component)
        };
        let components = move || std::iter::once(ComponentId::SYSTEM).chain(model.components().map(|(id, _)| id));
        let tasks = model.tasks().map(|(task, _)| task).filter(move |task| task_in(*task));
        tasks.flat_map(move |task| {
            components().filter(move |component| component_in(*component)).map(move |component| Cell { task, component })
        })
    }
}

/// The blocks of a model, and when some cell of each is applicable.
pub(crate) struct Blocks<'m> {
    model: &'m Model,
    applicable: Grid,
    some: Grid,
}

impl<'m> Blocks<'m> {
    /// The blocks of a model whose cells are applicable in these combinations.
    pub(crate) fn new(model: &'m Model, mut applicable: impl FnMut(Cell) -> Region) -> Self {
        let mut cells = Grid::new(model, &Region::Never);
        for cell in every_cell(model) {
            cells.set(alone(cell), applicable(cell));
        }
        let mut some = cells.clone();
        some.widen(model, Region::or);
        Self { model, applicable: cells, some }
    }

    /// Every block with a combination in which the fact is true of it, and that no next wider block has whole; and when.
    pub(crate) fn uniform(&self, mut fact: impl FnMut(Cell) -> Region) -> Vec<(Block, When)> {
        let mut all = Grid::new(self.model, &Region::Always);
        for cell in every_cell(self.model) {
            let cell_alone = alone(cell);
            all.set(cell_alone, fact(cell).or(&self.applicable.get(cell_alone).not()));
        }
        all.widen(self.model, Region::and);
        let holds = |block: Block| all.get(block).and(self.some.get(block));
        let mut found = Vec::new();
        for block in every_block(self.model) {
            let region = holds(block);
            let Some(when) = region.when() else { continue };
            if !block.wider(self.model).any(|wider| region.within(&holds(wider))) {
                found.push((block, when));
            }
        }
        found
    }
}

fn alone(Cell { task, component }: Cell) -> Block {
    Block { task, component, task_below: false, component_below: false }
}

fn every_cell(model: &Model) -> impl Iterator<Item = Cell> {
    let tasks = model.tasks.ids().skip(1);
    tasks.flat_map(|task| model.components.ids().map(move |component| Cell { task, component }))
}

/// Every block, the wider of the same task and component first.
fn every_block(model: &Model) -> impl Iterator<Item = Block> {
    let forms = [(true, true), (true, false), (false, true), (false, false)];
    model.tasks.ids().flat_map(move |task| {
        model.components.ids().flat_map(move |component| {
            forms.into_iter().map(move |(task_below, component_below)| Block { task, component, task_below, component_below })
        })
    })
}

/// A region for every block.
#[derive(Clone)]
struct Grid {
    width: usize,
    regions: Vec<Region>,
    none: Region,
}

impl Grid {
    fn new(model: &Model, region: &Region) -> Self {
        let (width, height) = (2 * model.components.len(), 2 * model.tasks.len());
        Self { width, regions: vec![region.clone(); width * height], none: region.clone() }
    }

    fn place(&self, block: Block) -> usize {
        let row = 2 * block.task.place() + usize::from(block.task_below);
        row * self.width + 2 * block.component.place() + usize::from(block.component_below)
    }

    fn get(&self, block: Block) -> &Region {
        self.regions.get(self.place(block)).unwrap_or(&self.none)
    }

    fn set(&mut self, block: Block, region: Region) {
        let place = self.place(block);
        if let Some(slot) = self.regions.get_mut(place) {
            *slot = region;
        }
    }

    /// Fills in the blocks with all below from those alone: a place itself, joined with all below each of its parts.
    fn widen(&mut self, model: &Model, join: fn(&Region, &Region) -> Region) {
        // A parent stands before its parts, so from the last to the first all parts are known.
        for task in model.tasks.ids() {
            for component in model.components.ids().rev() {
                let here = Block { task, component, task_below: false, component_below: false };
                let parts = model.component(component).parts.iter();
                let parts = parts.map(|part| Block { component: *part, component_below: true, ..here });
                let region = parts.fold(self.get(here).clone(), |region, part| join(&region, self.get(part)));
                self.set(Block { component_below: true, ..here }, region);
            }
        }
        for task in model.tasks.ids().rev() {
            for (component, component_below) in model.components.ids().flat_map(|id| [(id, false), (id, true)]) {
                let here = Block { task, component, task_below: false, component_below };
                let parts = model.task(task).parts.iter().map(|part| Block { task: *part, task_below: true, ..here });
                let region = parts.fold(self.get(here).clone(), |region, part| join(&region, self.get(part)));
                self.set(Block { task_below: true, ..here }, region);
            }
        }
    }
}
