//! Every assignment at every place it names, in rank order: what stands where, and what a place says in a few bits.
//!
//! An assignment that lists several tasks and components stands for one at each pair. The nearest of them outranks the
//! others wherever both apply, so each pair is a setting or an addition by itself.

use std::cmp::Reverse;
use std::ops::Range;

use hashbrown::HashMap;

use super::look::bit;
use crate::matrix::Cell;
use crate::model::{Assignment, AssignmentId, Clause, ComponentId, Condition, Handle, Model, PartyRef, RelationId, TaskId};
use crate::source::to_u32;

/// An assignment at a place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stand {
    pub(super) id: AssignmentId,
    /// The number of its condition.
    pub(super) when: u32,
    /// The relations it names, as bits; several may share one.
    pub(super) relations: u32,
    /// How narrow and how late, as a number: equals of a place decide together, and greater ones before them.
    pub(super) rank: u32,
    pub(super) layer: u16,
    /// The letters it sets and those it adds to, a bit for each.
    pub(super) sets: u8,
    pub(super) adds: u8,
    /// The letters it sets to `[]`, or by a relation, which may be nobody.
    pub(super) unsure: u8,
    /// Whether it holds whatever the context.
    pub(super) always: bool,
    /// Whether the assignment stands at this place only.
    pub(super) alone: bool,
}

/// A task and a component at which something stands, and what that says, letter by letter.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) component: ComponentId,
    start: u32,
    end: u32,
    pub(super) relations: u32,
    pub(super) sets: u8,
    pub(super) adds: u8,
    /// The letters that are set whatever the context, and those that are set under a condition.
    pub(super) always: u8,
    pub(super) conditional: u8,
    /// The letters that are always set to a party, and those that are at times set to what may be nobody.
    pub(super) solid: u8,
    pub(super) unsure: u8,
}

/// All that stands somewhere.
#[derive(Debug)]
pub(super) struct Stands {
    all: Vec<Stand>,
    places: Vec<Place>,
    /// The component of each place, which is what a place is found by.
    components: Vec<ComponentId>,
    of_task: Vec<OfTask>,
    /// For tasks with many places, one more than the number of the place at each component; 0 where there is none.
    dense: Vec<u32>,
}

/// The places of a task, by component.
#[derive(Debug, Clone, Default)]
struct OfTask {
    start: u32,
    end: u32,
    /// One more than where its part of the dense table begins; 0 where it has none.
    dense: u32,
    /// The letters that something at the task sets.
    sets: u8,
}

/// Of so many components, a task with a place at one of them is looked up in a table instead of searched.
const DENSE: usize = 8;

/// The bit of a relation.
pub(super) fn relation_bit(relation: RelationId) -> u32 {
    1 << (relation.place() % 32)
}

/// The conditions of a model, each once, and the number of that of each assignment.
pub(super) struct Conditions<'m> {
    pub(super) all: Vec<&'m Condition>,
    pub(super) of: Vec<u32>,
}

impl<'m> Conditions<'m> {
    pub(super) fn of(model: &'m Model) -> Self {
        let mut numbers: HashMap<&Condition, u32> = HashMap::new();
        let (mut all, mut of) = (Vec::new(), Vec::with_capacity(model.assignments.len()));
        // Assignments of the same condition share it, so that most are known by where it is kept.
        let mut kept: HashMap<*const Condition, u32> = HashMap::new();
        for (_, assignment) in model.assignments() {
            let when = assignment.when;
            let number = *kept.entry(std::ptr::from_ref(when)).or_insert_with(|| {
                *numbers.entry(when).or_insert_with(|| {
                    all.push(when);
                    to_u32(all.len() - 1)
                })
            });
            of.push(number);
        }
        Self { all, of }
    }
}

impl Stands {
    pub(super) fn of(model: &Model, conditions: &Conditions<'_>, pairs: usize) -> Self {
        let ranks = Ranks::of(model, conditions);
        let mut all: Vec<(Cell, Stand)> = Vec::with_capacity(pairs);
        for ((id, assignment), when) in model.assignments().zip(&conditions.of) {
            let stand = stand(id, &assignment, *when, ranks.number(*when, assignment.layer));
            for task in assignment.tasks {
                all.extend(assignment.components.iter().map(|component| (Cell { task: *task, component: *component }, stand)));
            }
        }
        all.sort_unstable_by_key(|(cell, stand)| (*cell, Reverse(stand.rank), stand.id));
        let mut places: Vec<Place> = Vec::new();
        let mut of_task: Vec<OfTask> = vec![OfTask::default(); model.tasks.len()];
        let mut last = None;
        for (nth, (cell, stand)) in all.iter().enumerate() {
            let of_task = of_task.get_mut(cell.task.place());
            if last.replace(*cell) != Some(*cell) {
                places.push(Place::new(cell.component, to_u32(nth)));
            }
            places.last_mut().into_iter().for_each(|place| place.add(stand));
            if let Some(of) = of_task {
                of.start = if of.end == 0 { to_u32(places.len() - 1) } else { of.start };
                of.end = to_u32(places.len());
                of.sets |= stand.sets;
            }
        }
        for place in &mut places {
            place.solid &= !place.unsure;
        }
        let components = places.iter().map(|place| place.component).collect();
        let all = all.into_iter().map(|(_, stand)| stand).collect();
        let mut stands = Self { all, places, components, of_task, dense: Vec::new() };
        stands.spread(model.components.len());
        stands
    }

    /// Lays out the places of tasks that have many.
    fn spread(&mut self, components: usize) {
        for of in &mut self.of_task {
            let range = of.start as usize..of.end as usize;
            if range.len() <= DENSE || range.len() * DENSE < components {
                continue;
            }
            let begin = self.dense.len();
            of.dense = to_u32(begin + 1);
            self.dense.resize(begin + components, 0);
            for nth in range {
                let component = self.components.get(nth).map_or(0, |component| component.place());
                self.dense.get_mut(begin + component).into_iter().for_each(|at| *at = to_u32(nth + 1));
            }
        }
    }

    pub(super) fn all(&self) -> &[Stand] {
        &self.all
    }

    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// The place of a number.
    pub(super) fn place(&self, nth: usize) -> Option<&Place> {
        self.places.get(nth)
    }

    /// The place at exactly this task and component, where something stands there.
    pub(super) fn place_at(&self, Cell { task, component }: Cell) -> Option<&Place> {
        let of = self.of_task.get(task.place())?;
        let nth = if let Some(begin) = of.dense.checked_sub(1) {
            self.dense.get(begin as usize + component.place())?.checked_sub(1)? as usize
        } else {
            let start = of.start as usize;
            start + self.components.get(start..of.end as usize)?.binary_search(&component).ok()?
        };
        self.places.get(nth)
    }

    /// The letters that something at a task sets.
    pub(super) fn set_at(&self, task: TaskId) -> u8 {
        self.of_task.get(task.place()).map_or(0, |of| of.sets)
    }

    /// Whether nothing stands at a task.
    pub(super) fn is_bare(&self, task: TaskId) -> bool {
        self.of_task.get(task.place()).is_none_or(|of| of.start == of.end)
    }

    /// The places of a task by component, as numbers and as what they are.
    pub(super) fn of_task(&self, task: TaskId) -> (Range<usize>, &[Place]) {
        let range = self.of_task.get(task.place()).map_or(0..0, |of| of.start as usize..of.end as usize);
        (range.clone(), self.places.get(range).unwrap_or_default())
    }

    /// What stands at a place, the highest rank first.
    pub(super) fn at(&self, place: &Place) -> &[Stand] {
        self.all.get(place.start as usize..place.end as usize).unwrap_or_default()
    }
}

impl Place {
    fn new(component: ComponentId, start: u32) -> Self {
        let (sets, adds, always, conditional, solid, unsure) = (0, 0, 0, 0, 0, 0);
        Self { component, start, end: start, relations: 0, sets, adds, always, conditional, solid, unsure }
    }

    fn add(&mut self, stand: &Stand) {
        self.end += 1;
        self.sets |= stand.sets;
        self.adds |= stand.adds;
        if stand.always {
            self.always |= stand.sets;
            self.solid |= stand.sets & !stand.unsure;
        } else {
            self.conditional |= stand.sets;
        }
        self.unsure |= stand.unsure;
        self.relations |= stand.relations;
    }
}

/// The ranks of a model's conditions and layers, as numbers: the narrower is the higher, and of those as narrow the later.
struct Ranks {
    /// How narrow each condition is.
    narrow: Vec<Reverse<u64>>,
    /// Those that occur.
    all: Vec<(Reverse<u64>, u32)>,
}

impl Ranks {
    fn of(model: &Model, conditions: &Conditions<'_>) -> Self {
        let narrow: Vec<Reverse<u64>> = conditions.all.iter().map(|when| Reverse(when.combinations())).collect();
        let of = |when: &u32| narrow.get(*when as usize).copied().unwrap_or(Reverse(u64::MAX));
        let mut all: Vec<_> = model.assignments().zip(&conditions.of).map(|((_, it), when)| (of(when), it.layer)).collect();
        all.sort_unstable();
        all.dedup();
        Self { narrow, all }
    }

    fn number(&self, when: u32, layer: u32) -> u32 {
        let narrow = self.narrow.get(when as usize).copied().unwrap_or(Reverse(u64::MAX));
        to_u32(self.all.partition_point(|known| *known < (narrow, layer)))
    }
}

fn stand(id: AssignmentId, assignment: &Assignment<'_>, when: u32, rank: u32) -> Stand {
    let letters = |of: &dyn Fn(&Clause<'_>) -> bool| {
        let clauses = assignment.clauses.iter().filter(|clause| of(clause));
        clauses.flat_map(|clause| clause.letters.iter()).fold(0, |bits, letter| bits | bit(letter))
    };
    let relation = |party: PartyRef| match party {
        PartyRef::Relation(relation) => Some(relation),
        PartyRef::Party(_) => None,
    };
    let named = assignment.clauses.iter().flat_map(|clause| clause.parties.iter()).filter_map(relation);
    Stand {
        id,
        when,
        relations: named.fold(0, |bits, relation| bits | relation_bit(relation)),
        rank,
        layer: u16::try_from(assignment.layer).unwrap_or(u16::MAX),
        sets: letters(&|clause| !clause.adds),
        adds: letters(&|clause| clause.adds),
        unsure: letters(&|clause| {
            !clause.adds && (clause.parties.is_empty() || clause.parties.iter().any(|party| relation(party).is_some()))
        }),
        always: assignment.when.is_always(),
        alone: assignment.tasks.len() == 1 && assignment.components.len() == 1,
    }
}
