//! What stands where: every assignment at every place it names, in rank order, and when each place is there.
//!
//! An assignment that lists several tasks and components stands for one at each pair. The nearest of them outranks the
//! others wherever both apply, so each pair is a setting or an addition by itself.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::look::{Part, says};
use super::out_of_scope::Limits;
use super::sets::{Set, Sets};
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
    pub(super) any_additions: bool,
    /// The letters that some setting at a task itself sets whatever the context.
    always_set: Vec<u8>,
    stands: Vec<Stand>,
    places: Vec<(ComponentId, Range<usize>)>,
    /// For each task its places, by component.
    of_task: Vec<Range<usize>>,
    /// For each task and each component the end of what lies below it: each stands before its parts.
    task_end: Vec<usize>,
    component_end: Vec<usize>,
}

/// An assignment at a place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stand {
    pub(super) id: AssignmentId,
    /// The letters it sets and those it adds to, a bit for each.
    pub(super) sets: u8,
    pub(super) adds: u8,
    /// How narrow and how late: equals of a place decide together.
    pub(super) rank: (Reverse<u64>, u32),
}

/// The bit of a letter.
pub(super) fn bit(letter: Letter) -> u8 {
    1 << letter.index()
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
        let (stands, places, of_task) = laid_out(model, pairs);
        let any_additions = stands.iter().any(|stand| stand.adds != 0);
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
        let limits = Limits::of(model);
        Ok(Self {
            policy,
            sets,
            whens,
            task_there,
            component_there,
            limits,
            any_additions,
            always_set,
            stands,
            places,
            of_task,
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
        let stands =
            |(component, range): &(ComponentId, Range<usize>)| (*component, self.stands.get(range.clone()).unwrap_or_default());
        self.places_of(task).iter().map(stands)
    }

    fn places_of(&self, task: TaskId) -> &[(ComponentId, Range<usize>)] {
        self.of_task.get(task.place()).and_then(|range| self.places.get(range.clone())).unwrap_or_default()
    }

    /// What stands at exactly this task and component, the highest rank first.
    pub(super) fn at(&self, task: TaskId, component: ComponentId) -> &[Stand] {
        let places = self.places_of(task);
        let found = places.binary_search_by_key(&component, |(component, _)| *component).ok();
        let range = found.and_then(|nth| places.get(nth)).map(|(_, range)| range.clone());
        range.and_then(|range| self.stands.get(range)).unwrap_or_default()
    }

    /// All that applies to a cell where its condition holds, place by place, the nearest first.
    pub(super) fn applying(&self, cell: Cell) -> impl Iterator<Item = (Cell, &[Stand])> {
        let model = self.model();
        let tasks = model.task_path(cell.task).filter(|task| !self.places_of(*task).is_empty());
        tasks.flat_map(move |task| {
            let places = model.component_path(cell.component).map(move |component| Cell { task, component });
            places.map(|place| (place, self.at(place.task, place.component))).filter(|(_, stands)| !stands.is_empty())
        })
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

type LaidOut = (Vec<Stand>, Vec<(ComponentId, Range<usize>)>, Vec<Range<usize>>);

fn laid_out(model: &Model, pairs: usize) -> LaidOut {
    let mut all: Vec<(Cell, Stand)> = Vec::with_capacity(pairs);
    for (id, assignment) in model.assignments() {
        let letters = |adds| {
            let clauses = assignment.clauses.iter().filter(move |clause| clause.adds == adds);
            clauses.flat_map(|clause| clause.letters.iter()).fold(0, |bits, letter| bits | bit(letter))
        };
        let rank = (Reverse(assignment.when.combinations()), assignment.layer);
        let stand = Stand { id, sets: letters(false), adds: letters(true), rank };
        for task in assignment.tasks {
            all.extend(assignment.components.iter().map(|component| (Cell { task: *task, component: *component }, stand)));
        }
    }
    all.sort_unstable_by_key(|(cell, stand)| (*cell, Reverse(stand.rank), stand.id));
    let mut places: Vec<(ComponentId, Range<usize>)> = Vec::new();
    let mut of_task: Vec<Range<usize>> = vec![0..0; model.tasks.len()];
    let mut last = None;
    for (nth, (cell, _)) in all.iter().enumerate() {
        if last.replace(*cell) != Some(*cell) {
            let task = of_task.get_mut(cell.task.place());
            if let Some(range) = task {
                let start = if range.end == 0 { places.len() } else { range.start };
                *range = start..places.len() + 1;
            }
            places.push((cell.component, nth..nth));
        }
        places.last_mut().into_iter().for_each(|(_, range)| range.end = nth + 1);
    }
    (all.into_iter().map(|(_, stand)| stand).collect(), places, of_task)
}
