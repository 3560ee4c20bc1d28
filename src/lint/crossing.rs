//! Settings that disagree, found pair by pair: where two of a letter meet and neither is overridden.
//!
//! Two settings of a letter meet at the deeper of their tasks and the deeper of their components. Either one of them
//! stands at that cell, or one stands at its task and the other at its component. Of those at its component that hold
//! whatever the context only the nearest count, which lie inside all others; so it is for those at its task. What is left
//! to hold against each other are few pairs. Once a setting is known to disagree at so many places that no more are told,
//! it is not asked for again.

use hashbrown::HashMap;

use super::ambiguous_assignment::{FEW, Setting};
use super::columns::{Columns, Marks};
use super::ground::Ground;
use super::rows::letters_in;
use super::sets::Set;
use super::stands::{Place, Stand};
use super::sweep::Own;
use crate::document::Letter;
use crate::matrix::Cell;
use crate::model::{AssignmentId, ComponentId, Handle, TaskId};
use crate::source::to_u32;

/// Two settings that disagree in a cell: the one of the later assignment, the other, and when.
pub(super) struct Crossing {
    pub(super) cause: AssignmentId,
    pub(super) other: AssignmentId,
    pub(super) letter: Letter,
    pub(super) cell: Cell,
    pub(super) when: Set,
}

/// The settings of a letter at a place that carry a condition: all, and those still asked for.
#[derive(Clone, Default)]
struct Conditions {
    all: Vec<Stand>,
    open: Vec<Stand>,
}

/// The settings above the task that has been come to, component by component.
pub(super) struct Crossings<'g, 'p> {
    ground: &'g Ground<'p>,
    /// Settings that hold whatever the context, and those with a condition.
    always: Columns,
    conditional: Columns,
    /// The task of each place on the path.
    tasks: Vec<TaskId>,
    /// For each letter the components at which something stands exactly.
    said: [Marks; 5],
    /// Those of them where all that may decide is known to disagree.
    column_done: [Marks; 5],
    /// For each letter and component, of those that may decide there and are still asked for, one more than the last.
    column_open: [Vec<u32>; 5],
    /// The letters in which each assignment is asked for no more.
    done: Vec<u8>,
    /// Of places where much stands, the settings of a letter that carry a condition.
    conditions: HashMap<(Cell, usize), Conditions>,
    path: Vec<(usize, TaskId)>,
}

impl<'g, 'p> Crossings<'g, 'p> {
    pub(super) fn new(ground: &'g Ground<'p>) -> Self {
        let model = ground.model();
        let components = model.components.len();
        Self {
            ground,
            always: Columns::new(components, ground.stands.len()),
            conditional: Columns::new(components, ground.stands.len()),
            tasks: vec![TaskId::ALL; ground.stands.len()],
            said: std::array::from_fn(|_| Marks::new(components)),
            column_done: std::array::from_fn(|_| Marks::new(components)),
            column_open: std::array::from_fn(|_| vec![u32::MAX; components]),
            done: vec![0; model.assignments.len()],
            conditions: HashMap::new(),
            path: Vec::new(),
        }
    }

    /// An assignment is asked for no more in a letter.
    pub(super) fn close(&mut self, id: AssignmentId, letter: Letter) {
        self.done.get_mut(id.place()).into_iter().for_each(|done| *done |= 1 << letter.index());
    }

    fn is_done(&self, id: AssignmentId, letter: usize) -> bool {
        self.done.get(id.place()).is_some_and(|done| done >> letter & 1 == 1)
    }

    /// Leaves the tasks that do not contain one.
    pub(super) fn leave(&mut self, task: TaskId) {
        while self.path.last().is_some_and(|(end, _)| *end <= task.place()) {
            let Some((_, left)) = self.path.pop() else { return };
            let (numbers, places) = self.ground.stands.of_task(left);
            for (nth, place) in numbers.zip(places) {
                letters_in(place.always).for_each(|letter| self.always.take(letter, place.component, nth));
                letters_in(place.conditional).for_each(|letter| self.conditional.take(letter, place.component, nth));
                self.reopen(place);
            }
        }
    }

    /// Puts what stands at a task above all that comes below it.
    pub(super) fn enter(&mut self, task: TaskId) {
        let (numbers, places) = self.ground.stands.of_task(task);
        for (nth, place) in numbers.zip(places) {
            letters_in(place.always).for_each(|letter| self.always.put(letter, place.component, nth));
            letters_in(place.conditional).for_each(|letter| self.conditional.put(letter, place.component, nth));
            self.reopen(place);
            self.tasks.get_mut(nth).into_iter().for_each(|of| *of = task);
        }
        self.path.push((self.ground.tasks_below(task).end, task));
    }

    fn reopen(&mut self, place: &Place) {
        for letter in letters_in(place.sets) {
            let some = self.always.top(letter, place.component) | self.conditional.top(letter, place.component) != 0;
            self.said.get_mut(letter).into_iter().for_each(|said| said.set(place.component.place(), some));
            self.leave_open(letter, place.component.place(), u32::MAX);
        }
    }

    /// Keeps, of those that may decide at a component and are still asked for, one more than the last.
    fn leave_open(&mut self, letter: usize, component: usize, last: u32) {
        self.column_done.get_mut(letter).into_iter().for_each(|done| done.set(component, last == 0));
        if let Some(open) = self.column_open.get_mut(letter).and_then(|open| open.get_mut(component)) {
            *open = last;
        }
    }

    /// The first component from one on, below another, at which something stands exactly; that is not known to disagree, where
    /// that is asked for.
    fn next_said(&self, letter: usize, from: usize, end: usize, only_open: bool) -> Option<usize> {
        let (said, done) = (self.said.get(letter)?, self.column_done.get(letter)?);
        let words = said.0.iter().zip(&done.0).enumerate().skip(from / 64).take_while(|(nth, _)| nth * 64 < end);
        let mut first = u64::MAX << (from % 64);
        let found = words.map(|(nth, (said, done))| {
            let asked = if only_open { said & !done } else { *said };
            (nth, asked & std::mem::replace(&mut first, u64::MAX))
        });
        let at = found.filter(|(_, bits)| *bits != 0).map(|(nth, bits)| nth * 64 + bits.trailing_zeros() as usize).next();
        at.filter(|at| *at < end)
    }

    /// Gives every pair at a task that disagrees and is still asked for; `found` says whether the cause is asked for on.
    pub(super) fn find(&mut self, task: TaskId, own: &[Own<'g>], found: &mut dyn FnMut(Crossing) -> bool) {
        for one in own {
            for letter in letters_in(one.place.sets) {
                self.nested(task, one, letter, found);
                self.crossed(task, one, own, letter, found);
            }
        }
    }

    /// Settings at a place, held against those at the same place and those above it that carry a condition.
    fn nested(&mut self, task: TaskId, own: &Own<'g>, letter: usize, found: &mut dyn FnMut(Crossing) -> bool) {
        let ground = self.ground;
        if !ground.any_conditions && own.place.unsure >> letter & 1 == 0 {
            return;
        }
        let cell = Cell { task, component: own.at.component };
        let settings: Vec<Stand> = own.stands.iter().filter(|stand| stand.sets >> letter & 1 == 1).copied().collect();
        let mut outers: Vec<Stand> = Vec::new();
        for (at, place) in ground.places_above(cell) {
            let same = at == own.at;
            if place.conditional >> letter & 1 == 0 && !(same && place.unsure >> letter & 1 == 1) {
                continue;
            }
            outers.clear();
            if same {
                outers.extend_from_slice(&settings);
            } else {
                // One above that holds always is overridden by whatever stands here.
                self.under_condition(at, place, letter, settings.iter().all(|stand| self.is_done(stand.id, letter)), &mut outers);
            }
            for outer in &outers {
                for inner in settings.iter().filter(|inner| !same || outer.id < inner.id) {
                    let pair = [Setting { at, stand: *outer }, Setting { at: own.at, stand: *inner }];
                    self.hold(pair, letter, cell, found);
                }
            }
        }
    }

    /// The settings of a letter at a place that carry a condition; only those that are still asked for, if that is wanted.
    fn under_condition(&mut self, at: Cell, place: &Place, letter: usize, only_open: bool, into: &mut Vec<Stand>) {
        let stands = self.ground.stands.at(place);
        let of_letter = stands.iter().filter(|stand| stand.sets >> letter & 1 == 1 && !stand.always).copied();
        if stands.len() <= FEW {
            return into.extend(of_letter);
        }
        let (ground, of) = (self.ground, Letter::ALL.get(letter).copied());
        let kept = self.conditions.entry((at, letter)).or_insert_with(|| {
            // What is overridden at its own place is so everywhere.
            let stands = |stand: &Stand| of.is_some_and(|of| ground.stands_at_place(&Setting { at, stand: *stand }, of, place));
            let all: Vec<Stand> = of_letter.filter(stands).collect();
            Conditions { open: all.clone(), all }
        });
        if only_open {
            kept.open.retain(|stand| self.done.get(stand.id.place()).is_none_or(|done| done >> letter & 1 == 0));
        }
        into.extend_from_slice(if only_open { &kept.open } else { &kept.all });
    }

    /// Settings at a task, held against those that stand at exactly a component below theirs and at a task above.
    fn crossed(&mut self, task: TaskId, one: &Own<'g>, all: &[Own<'g>], letter: usize, found: &mut dyn FnMut(Crossing) -> bool) {
        let below = self.ground.components_below(one.at.component);
        let settings: Vec<Stand> = one.stands.iter().filter(|stand| stand.sets >> letter & 1 == 1).copied().collect();
        let under_condition = one.place.conditional >> letter & 1 == 1;
        let is_done = |this: &Self| settings.iter().all(|stand| this.is_done(stand.id, letter));
        let mut own_done = is_done(self);
        let first = settings.iter().map(|stand| to_u32(stand.id.place() + 1)).min().unwrap_or(0);
        // What always holds further inside overrides what always holds here.
        let inner = all.iter().filter(|other| other.at.task == one.at.task && other.place.always >> letter & 1 == 1);
        let mut inner = inner.map(|other| self.ground.components_below(other.at.component)).peekable();
        while inner.next_if(|range| range.start <= below.start).is_some() {}
        let (mut from, mut overridden) = (below.start + 1, 0);
        while let Some(component) = self.next_said(letter, from, below.end, own_done) {
            while let Some(range) = inner.next_if(|range| range.start <= component) {
                overridden = range.end.max(overridden);
            }
            if component < overridden && !under_condition {
                from = overridden;
                continue;
            }
            let at = ComponentId::new(component);
            from = component + 1;
            // What is known to disagree is asked for only as the other of a later one.
            if own_done && self.column_open.get(letter).and_then(|open| open.get(component)).is_some_and(|open| *open <= first) {
                continue;
            }
            let is_inside = component < overridden;
            let cell = Cell { task, component: at };
            let (mut open, mut tried) = (0, false);
            let mut against = |this: &mut Self, nth: usize, always: bool| {
                let (Some(place), Some(above)) = (this.ground.stands.place(nth), this.tasks.get(nth).copied()) else { return };
                let above = Cell { task: above, component: at };
                let of_kind = |stand: &&Stand| stand.sets >> letter & 1 == 1 && stand.always == always;
                for outer in this.ground.stands.at(place).iter().filter(of_kind) {
                    for inner in settings.iter().filter(|inner| !(is_inside && inner.always)) {
                        let pair = [Setting { at: above, stand: *outer }, Setting { at: one.at, stand: *inner }];
                        tried |= this.hold(pair, letter, cell, found);
                    }
                    open = if this.is_done(outer.id, letter) { open } else { to_u32(outer.id.place() + 1).max(open) };
                }
            };
            if let Some((nth, _)) = self.always.next(letter, self.always.top(letter, at)) {
                against(self, nth, true);
            }
            let mut place = self.conditional.top(letter, at);
            while let Some((nth, next)) = self.conditional.next(letter, place) {
                against(self, nth, false);
                place = next;
            }
            self.leave_open(letter, component, open);
            if tried {
                own_done = is_done(self);
            }
        }
    }

    /// Holds two settings against each other in the cell where they meet, if the later is still asked for.
    fn hold(&mut self, pair: [Setting; 2], letter: usize, cell: Cell, found: &mut dyn FnMut(Crossing) -> bool) -> bool {
        let [one, other] = pair.map(|setting| setting.stand.id);
        let Some(letter) = Letter::ALL.get(letter).copied() else { return false };
        if one == other || self.is_done(one.max(other), letter.index()) {
            return false;
        }
        let below = self.ground.differing_below(&pair, letter, cell);
        for component in std::iter::once(cell.component).chain(below) {
            let cell = Cell { component, ..cell };
            let when = self.ground.disagree(&pair, letter, cell);
            if !when.is_never() && !found(Crossing { cause: one.max(other), other: one.min(other), letter, cell, when }) {
                self.close(one.max(other), letter);
                break;
            }
        }
        true
    }
}
