//! A model laid out for the lints: what stands where, when each place is there, and what applies to a cell.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::look::{Part, bit, says};
use super::out_of_scope::Limits;
use super::related::Related;
use super::sets::{Set, Sets};
use super::stands::{Place, Stand, Stands};
use crate::document::Letter;
use crate::matrix::Cell;
use crate::model::{AssignmentId, ComponentId, Condition, Handle, Model, TaskId};
use crate::policy::Policy;

/// More pairs of places than this are not laid out: each is kept while the lints run.
const MOST_PAIRS: usize = 8_000_000;

/// A model laid out for the lints.
pub(super) struct Ground<'p> {
    pub(super) policy: &'p Policy,
    pub(super) sets: Sets<'p>,
    /// When each assignment holds.
    pub(super) whens: Vec<Set>,
    pub(super) task_there: Vec<Set>,
    pub(super) component_there: Vec<Set>,
    pub(super) limits: Limits,
    pub(super) related: Related<'p>,
    pub(super) stands: Stands,
    pub(super) any_additions: bool,
    /// Whether all assignments stand in one document.
    pub(super) one_layer: bool,
    /// The letters that some setting at a task itself sets whatever the context.
    always_set: Vec<u8>,
    /// For each task and each component the end of what lies below it: each stands before its parts.
    task_end: Vec<usize>,
    component_end: Vec<usize>,
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
        // Few conditions are written by many assignments.
        let mut known: HashMap<&Condition, Set> = HashMap::new();
        let whens = model.assignments().map(|(_, it)| known.entry(it.when).or_insert_with(|| sets.of(it.when)).clone());
        let whens = whens.collect();
        let task_there = there(&sets, model.tasks.iter().map(|(_, it)| (it.parent.map(Handle::place), it.when.as_deref())));
        let component_there =
            there(&sets, model.components.iter().map(|(_, it)| (it.parent.map(Handle::place), it.when.as_deref())));
        let stands = Stands::of(model, pairs);
        let any_additions = stands.all().iter().any(|stand| stand.adds != 0);
        let mut always_set = vec![0; model.tasks.len()];
        for (_, assignment) in model.assignments().filter(|(_, it)| it.when.is_always()) {
            let letters = assignment.clauses.iter().filter(|clause| !clause.adds).flat_map(|clause| clause.letters.iter());
            let bits = letters.fold(0, |bits, letter| bits | bit(letter));
            for task in assignment.tasks {
                always_set.get_mut(task.place()).into_iter().for_each(|set| *set |= bits);
            }
        }
        let task_end = ends(&model.tasks.iter().map(|(_, it)| it.parent.map(Handle::place)).collect::<Vec<_>>());
        let component_end = ends(&model.components.iter().map(|(_, it)| it.parent.map(Handle::place)).collect::<Vec<_>>());
        Ok(Self {
            policy,
            sets,
            whens,
            task_there,
            component_there,
            limits: Limits::of(model),
            related: Related::of(model),
            any_additions,
            one_layer: stands.all().iter().all(|stand| Some(stand.rank.1) == stands.all().first().map(|first| first.rank.1)),
            stands,
            always_set,
            task_end,
            component_end,
        })
    }

    pub(super) fn model(&self) -> &'p Model {
        self.policy.model()
    }

    /// When an assignment holds.
    pub(super) fn when(&self, id: AssignmentId) -> Set {
        self.whens.get(id.place()).cloned().unwrap_or_else(|| self.sets.never())
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

    /// The components that something stands at, at the task itself, in order, each with what does, the highest rank first.
    pub(super) fn at_task(&self, task: TaskId) -> impl Iterator<Item = (ComponentId, &[Stand])> {
        self.places_of(task).iter().map(|place| (place.component, self.stands.at(place)))
    }

    pub(super) fn places_of(&self, task: TaskId) -> &[Place] {
        self.stands.of_task(task).1
    }

    /// The place at exactly this task and component, where something stands there.
    pub(super) fn place(&self, task: TaskId, component: ComponentId) -> Option<&Place> {
        let places = self.places_of(task);
        let found = places.binary_search_by_key(&component, |place| place.component).ok();
        found.and_then(|nth| places.get(nth))
    }

    /// What stands at exactly this task and component, the highest rank first.
    pub(super) fn at(&self, task: TaskId, component: ComponentId) -> &[Stand] {
        self.place(task, component).map(|place| self.stands.at(place)).unwrap_or_default()
    }

    /// The places at a cell and above it at which something stands, the nearest first.
    pub(super) fn places_above(&self, cell: Cell) -> impl Iterator<Item = (Cell, &Place)> {
        let model = self.model();
        let tasks = model.task_path(cell.task).filter(|task| !self.places_of(*task).is_empty());
        tasks.flat_map(move |task| {
            let places = model.component_path(cell.component).map(move |component| Cell { task, component });
            places.filter_map(|at| Some((at, self.place(at.task, at.component)?)))
        })
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
                let when = self.when(stand.id).and(&there);
                if !when.is_never() && settings.iter().all(|other| other.id != stand.id) {
                    settings.push(Part { id: stand.id, at, when });
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
        task.place()..self.task_end.get(task.place()).copied().unwrap_or(0)
    }

    /// A component and all below it, as places in the model.
    pub(super) fn components_below(&self, component: ComponentId) -> Range<usize> {
        component.place()..self.component_end.get(component.place()).copied().unwrap_or(0)
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

/// The end of what lies below each place: its parts stand after it without a gap.
fn ends(parents: &[Option<usize>]) -> Vec<usize> {
    let mut ends: Vec<usize> = (1..=parents.len()).collect();
    for (place, parent) in parents.iter().enumerate().rev() {
        let own = ends.get(place).copied().unwrap_or(0);
        if let Some(end) = parent.and_then(|parent| ends.get_mut(parent)) {
            *end = own.max(*end);
        }
    }
    ends
}
