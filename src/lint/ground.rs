//! A model laid out for the lints: what stands where, when each place is there, and what applies to a cell.

use std::collections::BTreeMap;
use std::ops::Range;

use super::ambiguous_assignment::Overriding;
use super::look::{Part, says};
use super::out_of_scope::Limits;
use super::related::Related;
use super::sets::{Set, Sets};
use super::stands::{Conditions, Place, Stand, Stands};
use crate::document::Letter;
use crate::matrix::Cell;
use crate::model::{AssignmentId, ComponentId, Condition, Handle, Model, TaskId};
use crate::policy::Policy;

/// More pairs of places than this are not laid out: each is kept while the lints run.
const MOST_PAIRS: usize = 8_000_000;

/// A model laid out for the lints.
#[expect(clippy::struct_excessive_bools, reason = "each is asked for itself")]
pub(super) struct Ground<'p> {
    pub(super) policy: &'p Policy,
    pub(super) sets: Sets<'p>,
    /// When each condition holds, and the number of that of each assignment.
    whens: Vec<Set>,
    when_of: Vec<u32>,
    never: Set,
    pub(super) task_there: Vec<Set>,
    pub(super) component_there: Vec<Set>,
    pub(super) limits: Limits,
    pub(super) related: Related<'p>,
    pub(super) stands: Stands,
    pub(super) overriding: Overriding,
    pub(super) any_additions: bool,
    pub(super) any_conditions: bool,
    /// Whether there are several tasks at the top, of which some exist under a condition only.
    pub(super) tops_differ: bool,
    /// Whether all assignments stand in one document.
    pub(super) one_layer: bool,
    /// The letters that some setting at a task itself sets whatever the context.
    always_set: Vec<u8>,
    tasks: Tree<TaskId>,
    components: Tree<ComponentId>,
}

/// A hierarchy in few bytes: each place stands before its parts, and what lies below it without a gap behind it.
struct Tree<I> {
    parents: Vec<Option<I>>,
    depths: Vec<u32>,
    ends: Vec<usize>,
}

impl<I: Handle> Tree<I> {
    fn of(places: impl Iterator<Item = (Option<I>, u32)>) -> Self {
        let (parents, depths): (Vec<Option<I>>, Vec<u32>) = places.unzip();
        let mut ends: Vec<usize> = (1..=parents.len()).collect();
        for (place, parent) in parents.iter().enumerate().rev() {
            let own = ends.get(place).copied().unwrap_or(0);
            if let Some(end) = parent.and_then(|parent| ends.get_mut(parent.place())) {
                *end = own.max(*end);
            }
        }
        Self { parents, depths, ends }
    }

    fn parent(&self, id: I) -> Option<I> {
        self.parents.get(id.place()).copied().flatten()
    }

    fn depth(&self, id: I) -> u32 {
        self.depths.get(id.place()).copied().unwrap_or(0)
    }

    fn below(&self, id: I) -> Range<usize> {
        id.place()..self.ends.get(id.place()).copied().unwrap_or(0)
    }
}

impl<'p> Ground<'p> {
    /// None where the places of assignments are too many; then how many there are.
    pub(super) fn new(policy: &'p Policy) -> Result<Self, usize> {
        let model = policy.model();
        let pairs = model.assignments().map(|(_, it)| it.tasks.len().saturating_mul(it.components.len()));
        let pairs = pairs.fold(0, usize::saturating_add);
        if pairs > MOST_PAIRS {
            return Err(pairs);
        }
        let sets = Sets::new(model, policy.matrix());
        let conditions = Conditions::of(model);
        let whens = conditions.all.iter().map(|when| sets.of(when)).collect();
        let task_there = there(&sets, model.tasks.iter().map(|(_, it)| (it.parent.map(Handle::place), it.when.as_deref())));
        let component_there =
            there(&sets, model.components.iter().map(|(_, it)| (it.parent.map(Handle::place), it.when.as_deref())));
        let stands = Stands::of(model, &conditions, pairs);
        let tops = &model.task(TaskId::ALL).parts;
        let mut always_set = vec![0; model.tasks.len()];
        for (task, set) in model.tasks.ids().zip(&mut always_set) {
            *set = stands.of_task(task).1.iter().fold(0, |bits, place| bits | place.always);
        }
        Ok(Self {
            policy,
            whens,
            when_of: conditions.of,
            never: sets.never(),
            sets,
            task_there,
            component_there,
            limits: Limits::of(model),
            related: Related::of(model),
            tops_differ: tops.len() > 1 && tops.iter().any(|task| model.task(*task).when.is_some()),
            any_conditions: stands.all().iter().any(|stand| !stand.always),
            any_additions: stands.all().iter().any(|stand| stand.adds != 0),
            one_layer: stands.all().iter().all(|stand| Some(stand.layer) == stands.all().first().map(|first| first.layer)),
            stands,
            overriding: Overriding::default(),
            always_set,
            tasks: Tree::of(model.tasks.iter().map(|(_, it)| (it.parent, it.depth))),
            components: Tree::of(model.components.iter().map(|(_, it)| (it.parent, it.depth))),
        })
    }

    pub(super) fn model(&self) -> &'p Model {
        self.policy.model()
    }

    /// When an assignment holds.
    pub(super) fn when(&self, id: AssignmentId) -> &Set {
        self.when_of.get(id.place()).and_then(|when| self.whens.get(*when as usize)).unwrap_or(&self.never)
    }

    /// When what stands somewhere holds.
    pub(super) fn holds(&self, stand: &Stand) -> &Set {
        self.whens.get(stand.when as usize).unwrap_or(&self.never)
    }

    /// Whether some setting of a letter at a task itself holds whatever the context.
    pub(super) fn sets_always(&self, task: TaskId, letter: Letter) -> bool {
        self.always_set.get(task.place()).is_some_and(|set| says(*set, letter))
    }

    /// When a cell is applicable.
    pub(super) fn there(&self, Cell { task, component }: Cell) -> Set {
        match (self.task_there.get(task.place()), self.component_there.get(component.place())) {
            (Some(task), Some(component)) => task.and(component),
            _ => self.sets.never(),
        }
    }

    /// How deep the task and the component of a place are.
    pub(super) fn depths(&self, at: Cell) -> (u32, u32) {
        (self.tasks.depth(at.task), self.components.depth(at.component))
    }

    /// The task above another.
    pub(super) fn task_above(&self, task: TaskId) -> Option<TaskId> {
        self.tasks.parent(task)
    }

    /// The component above another.
    pub(super) fn component_above(&self, component: ComponentId) -> Option<ComponentId> {
        self.components.parent(component)
    }

    /// A component and all above it, the nearest first.
    pub(super) fn component_path(&self, component: ComponentId) -> impl Iterator<Item = ComponentId> {
        std::iter::successors(Some(component), |component| self.components.parent(*component))
    }

    /// The components that something stands at, at the task itself, in order.
    pub(super) fn at_task(&self, task: TaskId) -> impl Iterator<Item = ComponentId> {
        self.places_of(task).iter().map(|place| place.component)
    }

    pub(super) fn places_of(&self, task: TaskId) -> &[Place] {
        self.stands.of_task(task).1
    }

    /// What stands at exactly this task and component, the highest rank first.
    pub(super) fn at(&self, at: Cell) -> &[Stand] {
        self.stands.place_at(at).map(|place| self.stands.at(place)).unwrap_or_default()
    }

    /// The places at a cell and above it at which something stands, the nearest first.
    pub(super) fn places_above(&self, cell: Cell) -> impl Iterator<Item = (Cell, &Place)> {
        let first = if self.stands.is_bare(cell.task) { self.next_task(cell) } else { Some(cell) };
        let places = std::iter::successors(first, move |at| {
            let component = self.components.parent(at.component).map(|component| Cell { component, ..*at });
            component.or_else(|| self.next_task(Cell { component: cell.component, ..*at }))
        });
        places.filter_map(|at| Some((at, self.stands.place_at(at)?)))
    }

    /// The places from a cell up to one above it at which something sets a letter.
    pub(super) fn places_between(&self, cell: Cell, top: Cell, letter: Letter) -> impl Iterator<Item = (Cell, &Place)> {
        let above = move |task: &TaskId| if *task == top.task { None } else { self.tasks.parent(*task) };
        let tasks = std::iter::successors(Some(cell.task), above);
        let tasks = tasks.filter(move |task| says(self.stands.set_at(*task), letter));
        let above =
            move |component: &ComponentId| if *component == top.component { None } else { self.components.parent(*component) };
        let cells = tasks.flat_map(move |task| {
            let components = std::iter::successors(Some(cell.component), above);
            components.map(move |component| Cell { task, component })
        });
        let placed = cells.filter_map(|at| Some((at, self.stands.place_at(at)?)));
        placed.filter(move |(_, place)| says(place.sets, letter))
    }

    /// The cell of the nearest task above at which something stands.
    fn next_task(&self, cell: Cell) -> Option<Cell> {
        let mut above = std::iter::successors(self.tasks.parent(cell.task), |task| self.tasks.parent(*task));
        above.find(|task| !self.stands.is_bare(*task)).map(|task| Cell { task, ..cell })
    }

    /// All that applies to a cell where its condition holds, place by place, the nearest first.
    pub(super) fn applying(&self, cell: Cell) -> impl Iterator<Item = (Cell, &[Stand])> {
        self.places_above(cell).map(|(at, place)| (at, self.stands.at(place)))
    }

    /// The settings of a letter that apply to a cell, each at the nearest of its places, whatever outranks them.
    pub(super) fn settings(&self, cell: Cell, letter: Letter) -> Vec<Part> {
        let there = self.there(cell);
        let mut settings: Vec<Part> = Vec::new();
        for (at, stands) in self.applying(cell) {
            for stand in stands.iter().filter(|stand| says(stand.sets, letter)) {
                let when = self.holds(stand).and(&there);
                if !when.is_never() && settings.iter().all(|other| other.id != stand.id) {
                    settings.push(Part { id: stand.id, at, when, unsure: says(stand.unsure, letter) });
                }
            }
        }
        settings
    }

    /// One cell of each class of those that are alike, with how many they are; none where the classes are too many.
    pub(super) fn classes(&self, most: usize) -> Option<Vec<(Cell, usize)>> {
        let (model, matrix) = (self.model(), self.policy.matrix());
        let mut tasks: BTreeMap<TaskId, (TaskId, usize)> = BTreeMap::new();
        for (task, _) in model.tasks() {
            let class = matrix.representative(Cell { task, component: ComponentId::SYSTEM }).task;
            tasks.entry(class).or_insert((task, 0)).1 += 1;
        }
        let mut components: BTreeMap<ComponentId, usize> = BTreeMap::new();
        for component in model.components.ids() {
            *components.entry(matrix.representative(Cell { task: TaskId::ALL, component }).component).or_default() += 1;
        }
        let cells = tasks.values().flat_map(|(task, tasks)| {
            components.iter().map(move |(component, count)| (Cell { task: *task, component: *component }, tasks * count))
        });
        (tasks.len().saturating_mul(components.len()) <= most).then(|| cells.collect())
    }

    /// Whether a cell lies at another or below it.
    pub(super) fn is_below(&self, cell: Cell, above: Cell) -> bool {
        self.tasks_below(above.task).contains(&cell.task.place())
            && self.components_below(above.component).contains(&cell.component.place())
    }

    /// How many cells there are at a cell and below it.
    pub(super) fn size_below(&self, cell: Cell) -> usize {
        self.tasks_below(cell.task).len().saturating_mul(self.components_below(cell.component).len())
    }

    /// A task and all below it, as places in the model.
    pub(super) fn tasks_below(&self, task: TaskId) -> Range<usize> {
        self.tasks.below(task)
    }

    /// A component and all below it, as places in the model.
    pub(super) fn components_below(&self, component: ComponentId) -> Range<usize> {
        self.components.below(component)
    }
}

/// When each place and all above it are there. A parent stands before its parts.
fn there<'m>(sets: &Sets<'_>, places: impl Iterator<Item = (Option<usize>, Option<&'m Condition>)>) -> Vec<Set> {
    let mut there: Vec<Set> = Vec::new();
    for (parent, when) in places {
        let above = parent.and_then(|parent| there.get(parent)).cloned().unwrap_or_else(|| sets.always());
        there.push(when.map_or_else(|| above.clone(), |when| above.and(&sets.of(when))));
    }
    there
}
