//! Stage 5: the semantics and nothing else. A `Matrix` is a model compiled so that a cell is looked up, not searched.
//!
//! `cell` finds what applies to a cell, in rank order; `fold` decides each letter in one combination of the context;
//! `cases` gathers combinations with equal answers and says when each holds, `decisions` those of a whole cell; `region` is a set of combinations, and
//! `blocks` tells a fact about cells at its highest uniform scope. Nothing here knows names or words.

mod blocks;
mod cases;
mod cell;
mod decisions;
mod each;
mod fold;
mod holders;
mod index;
mod region;

use hashbrown::HashMap;

pub use blocks::Block;
pub(crate) use blocks::Blocks;
pub(crate) use cases::{Space, cases, gathered};
pub use cell::Cell;
pub(crate) use cell::{Applying, CellView};
pub use fold::{Because, Holding, Nobody, Outcome, Status, Via};
pub(crate) use fold::{Decided, TakingPart, clauses, stands_for};
pub use holders::{AllHolders, Holders, Parties};
pub use index::{FullContext, Question};
pub(crate) use index::{Index, Painter};
pub(crate) use region::{Region, both, tidy};

use crate::diagnostic::{Diagnostic, Diagnostics, ErrorKind};
use crate::model::{AssignmentId, Combination, ComponentId, Condition, Context, Handle, Model, TaskId, Within};
use crate::source::to_u32;

/// A model compiled: where its assignments stand, and which places differ from the place above them.
#[derive(Debug)]
pub(crate) struct Matrix {
    /// The assignments that stand at each task, by component, and for each task where its own begin.
    standing: Vec<(ComponentId, AssignmentId)>,
    begins: Vec<u32>,
    /// The assignments that list many of both, by task: their pairs would be more than what is written.
    wide: HashMap<TaskId, Vec<AssignmentId>>,
    /// For each task, itself or the nearest above with an assignment or a condition: all cells of the two are alike.
    tasks: Vec<TaskId>,
    /// The same for components, where relations count too.
    components: Vec<ComponentId>,
    dimensions: usize,
    /// What all conditions of the model together tell apart, where that is few combinations.
    everywhere: Option<Space>,
}

/// For so many combinations it is less work to look each of them up than to find out which a cell tells apart.
const FEW_COMBINATIONS: u64 = 256;

impl Matrix {
    /// Compiles a model. A cell whose combinations are too many to tell apart is an error.
    pub(crate) fn compile(model: &Model, told_apart: u64, sink: &mut Diagnostics) -> Self {
        let mut wide: HashMap<TaskId, Vec<AssignmentId>> = HashMap::new();
        let mut own_task = vec![false; model.tasks.len()];
        let mut own_component = vec![false; model.components.len()];
        let mut counts = vec![0; model.tasks.len()];
        for (id, tasks, components) in model.assignments.places() {
            for component in components {
                mark(&mut own_component, component.place());
            }
            for task in tasks {
                mark(&mut own_task, task.place());
                if is_wide(tasks, components) {
                    wide.entry(*task).or_default().push(id);
                } else if let Some(count) = counts.get_mut(task.place()) {
                    *count += components.len();
                }
            }
        }
        let (standing, begins) = by_task(model, counts);
        for (id, _) in model.tasks.iter().filter(|(_, task)| task.when.is_some()) {
            mark(&mut own_task, id.place());
        }
        for (id, _) in
            model.components.iter().filter(|(_, component)| component.when.is_some() || !component.relations.is_empty())
        {
            mark(&mut own_component, id.place());
        }
        let mut matrix = Self {
            standing,
            begins,
            wide,
            tasks: nearest_own(&own_task, model.tasks.ids(), |task| model.tasks[task].parent),
            components: nearest_own(&own_component, model.components.ids(), |component| model.components[component].parent),
            dimensions: model.dimensions.len(),
            everywhere: None,
        };
        let everywhere = matrix.space(model, &Context::default(), all_conditions(model));
        // No cell tells more apart than all conditions of the model together: most models end here.
        if everywhere.len() > told_apart {
            matrix.check_told_apart(model, told_apart, sink);
        }
        matrix.everywhere = Some(everywhere).filter(|space| space.len() <= FEW_COMBINATIONS);
        matrix
    }

    /// The cell whose answers are the same, at the highest place: a cell is compiled once for all that are alike.
    pub(crate) fn representative(&self, cell: Cell) -> Cell {
        Cell {
            task: self.tasks.get(cell.task.place()).copied().unwrap_or(cell.task),
            component: self.components.get(cell.component.place()).copied().unwrap_or(cell.component),
        }
    }

    /// The assignments that stand at exactly this task, at whatever components.
    pub(crate) fn standing_at(&self, task: TaskId) -> impl Iterator<Item = AssignmentId> {
        let of_task = self.of_task(task).iter().map(|(_, id)| *id);
        of_task.chain(self.wide.get(&task).into_iter().flatten().copied())
    }

    fn of_task(&self, task: TaskId) -> &[(ComponentId, AssignmentId)] {
        let bound = |place: usize| self.begins.get(place).map_or(0, |begin| *begin as usize);
        self.standing.get(bound(task.place())..bound(task.place() + 1)).unwrap_or_default()
    }

    /// The assignments that stand at exactly this task and component, and those that stand at the task and list it.
    fn standing(&self, model: &Model, task: TaskId, component: ComponentId) -> impl Iterator<Item = AssignmentId> {
        let of_task = self.of_task(task);
        let first = of_task.partition_point(|(other, _)| *other < component);
        let at = of_task.iter().skip(first).take_while(move |(other, _)| *other == component).map(|(_, id)| *id);
        let lists = move |id: &AssignmentId| model.assignment(*id).components.binary_search(&component).is_ok();
        at.chain(self.wide.get(&task).into_iter().flatten().copied().filter(lists))
    }

    /// The combinations of a context, its open dimensions told apart only where these conditions do.
    pub(crate) fn space<'c>(&self, model: &Model, context: &Context, conditions: impl Iterator<Item = &'c Condition>) -> Space {
        let mut base = Combination::first(self.dimensions);
        context.iter().for_each(|(dimension, value)| base.set(dimension, value));
        Space::new(model, context, base, conditions)
    }

    /// The combinations that all conditions of the model together tell apart, where they are few.
    pub(crate) fn everywhere(&self) -> Option<&Space> {
        self.everywhere.as_ref()
    }

    /// Reports every cell with too many combinations to tell apart, once for all that are alike.
    fn check_told_apart(&self, model: &Model, limit: u64, sink: &mut Diagnostics) {
        let open = Context::default();
        let own = |task: &TaskId| self.tasks.get(task.place()) == Some(task) || !model.tasks[*task].limits().is_empty();
        let tasks = model.tasks.ids().filter(own);
        for task in tasks {
            let components = model.components.ids().filter(|component| self.components.get(component.place()) == Some(component));
            for component in components {
                let view = CellView::new(model, self, Cell { task, component });
                let limits = model.within(task).map_or(&[][..], Within::limits);
                let conditions = view.conditions(model).chain(limits.iter().map(|limit| &limit.when));
                let count = self.space(model, &open, conditions).len();
                if count > limit {
                    sink.push(too_many(model, &view, count, limit));
                    break;
                }
            }
        }
    }
}

/// Every condition of a model: of assignments, of places, and of time limits.
fn all_conditions(model: &Model) -> impl Iterator<Item = &Condition> {
    let tasks = model.tasks.iter().filter_map(|(_, task)| task.when.as_deref());
    let components = model.components.iter().filter_map(|(_, component)| component.when.as_deref());
    let limits = model.tasks.iter().flat_map(|(_, task)| task.limits()).map(|limit| &limit.when);
    model.assignments.conditions().iter().chain(tasks).chain(components).chain(limits)
}

fn too_many(model: &Model, view: &CellView, count: u64, limit: u64) -> Diagnostic {
    let mut spans: Vec<_> = view
        .applying
        .iter()
        .map(|applying| model.assignment(applying.id))
        .filter(|assignment| !assignment.when.is_always())
        .map(|assignment| assignment.span)
        .collect();
    spans.sort_unstable();
    let message = format!("the conditions of one cell tell {count} combinations of the context apart, more than {limit}");
    Diagnostic::error(ErrorKind::LimitExceeded, spans.first().copied(), message)
        .help("Split the task, or join dimensions that go together, so that fewer conditions meet in one cell.")
}

/// The assignments that stand at each task, by component, and where those of each task begin: so many stand at each.
fn by_task(model: &Model, counts: Vec<usize>) -> (Vec<(ComponentId, AssignmentId)>, Vec<u32>) {
    let mut begins = vec![0];
    begins.extend(counts.into_iter().scan(0, |end, count| {
        *end += count;
        Some(to_u32(*end))
    }));
    let mut next = begins.clone();
    let end = begins.last().map_or(0, |end| *end as usize);
    let mut standing = vec![(ComponentId::SYSTEM, AssignmentId::new(0)); end];
    for (id, tasks, components) in model.assignments.places() {
        for task in tasks.iter().filter(|_| !is_wide(tasks, components)) {
            let Some(next) = next.get_mut(task.place()) else { continue };
            let free = standing.iter_mut().skip(*next as usize);
            free.zip(components).for_each(|(place, component)| *place = (*component, id));
            *next += to_u32(components.len());
        }
    }
    for task in begins.windows(2) {
        if let [from, until] = *task
            && let Some(of_task) = standing.get_mut(from as usize..until as usize)
        {
            of_task.sort_unstable();
        }
    }
    (standing, begins)
}

/// Whether the pairs of an assignment's places are many more than the places.
fn is_wide(tasks: &[TaskId], components: &[ComponentId]) -> bool {
    const MOST_PAIRS: usize = 64;
    let (tasks, components) = (tasks.len(), components.len());
    tasks.min(components) > 1 && tasks.saturating_mul(components) > MOST_PAIRS
}

fn mark(marks: &mut [bool], place: usize) {
    marks.get_mut(place).into_iter().for_each(|mark| *mark = true);
}

/// For each place itself or the nearest above that has something of its own; the root where none has.
fn nearest_own<I: Handle>(own: &[bool], ids: impl Iterator<Item = I>, parent: impl Fn(I) -> Option<I>) -> Vec<I> {
    let mut nearest: Vec<I> = Vec::with_capacity(own.len());
    for id in ids {
        // A parent stands before its parts, so its own answer is known.
        let above = parent(id).and_then(|parent| nearest.get(parent.place()).copied());
        let here = own.get(id.place()).copied().unwrap_or(true);
        nearest.push(above.filter(|_| !here).unwrap_or(id));
    }
    nearest
}
