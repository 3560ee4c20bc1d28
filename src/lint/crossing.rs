//! Settings that disagree, found pair by pair: where two of a letter meet and neither is overridden.
//!
//! Two settings of a letter meet at the deeper of their tasks and the deeper of their components. Either one of them
//! stands at that cell, or one stands at its task and the other at its component. Of those at its component that hold
//! whatever the context only the nearest count, which lie inside all others; so it is for those at its task. What is left
//! to hold against each other are few pairs. Once a setting is known to disagree at so many places that no more are told,
//! it is not asked for again.

use super::ambiguous_assignment::Setting;
use super::ground::Ground;
use super::rows::letters_in;
use super::sets::Set;
use super::stands::{Place, Stand};
use super::sweep::Own;
use crate::document::Letter;
use crate::matrix::Cell;
use crate::model::{AssignmentId, ComponentId, Handle, TaskId};

/// Two settings that disagree in a cell: the one of the later assignment, the other, and when.
pub(super) struct Crossing {
    pub(super) cause: AssignmentId,
    pub(super) other: AssignmentId,
    pub(super) letter: Letter,
    pub(super) cell: Cell,
    pub(super) when: Set,
}

/// The places above the task that has been come to at which something of a kind stands, component by component.
struct Columns {
    /// For each letter and component the nearest place at exactly the component; one more than its number.
    top: [Vec<u32>; 5],
    /// For each place and letter the next such place above.
    above: Vec<[u32; 5]>,
}

impl Columns {
    fn new(components: usize, places: usize) -> Self {
        Self { top: std::array::from_fn(|_| vec![0; components]), above: vec![[0; 5]; places] }
    }

    fn top(&self, letter: usize, component: ComponentId) -> u32 {
        self.top.get(letter).and_then(|row| row.get(component.place())).copied().unwrap_or(0)
    }

    /// The number of a place and what stands above it.
    fn next(&self, letter: usize, place: u32) -> Option<(usize, u32)> {
        let nth = (place as usize).checked_sub(1)?;
        Some((nth, self.above.get(nth).and_then(|above| above.get(letter)).copied().unwrap_or(0)))
    }

    fn put(&mut self, letter: usize, component: ComponentId, nth: usize) {
        let before = self.top(letter, component);
        let above = self.above.get_mut(nth).and_then(|above| above.get_mut(letter));
        if let Some(above) = above {
            *above = before;
        }
        self.set(letter, component, crate::source::to_u32(nth + 1));
    }

    fn take(&mut self, letter: usize, component: ComponentId, nth: usize) {
        let above = self.above.get(nth).and_then(|above| above.get(letter)).copied().unwrap_or(0);
        self.set(letter, component, above);
    }

    fn set(&mut self, letter: usize, component: ComponentId, place: u32) {
        let top = self.top.get_mut(letter).and_then(|row| row.get_mut(component.place()));
        if let Some(top) = top {
            *top = place;
        }
    }
}

/// Components, a bit for each.
struct Marks(Vec<u64>);

impl Marks {
    fn new(components: usize) -> Self {
        Self(vec![0; components.div_ceil(64)])
    }

    fn set(&mut self, component: usize, mark: bool) {
        let bit = 1 << (component % 64);
        let word = self.0.get_mut(component / 64).into_iter();
        word.for_each(|word| *word = if mark { *word | bit } else { *word & !bit });
    }
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
    /// The letters in which each assignment is asked for no more.
    done: Vec<u8>,
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
            done: vec![0; model.assignments.len()],
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
            self.column_done.get_mut(letter).into_iter().for_each(|done| done.set(place.component.place(), false));
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
        for (at, place) in ground.places_above(cell) {
            let same = at == own.at;
            if place.conditional >> letter & 1 == 0 && !(same && place.unsure >> letter & 1 == 1) {
                continue;
            }
            for outer in ground.stands.at(place).iter().filter(|outer| outer.sets >> letter & 1 == 1) {
                // One above that holds always is overridden by whatever stands here.
                if !same && outer.always {
                    continue;
                }
                for inner in own.stands.iter().filter(|inner| inner.sets >> letter & 1 == 1) {
                    let pair = [Setting { at, stand: *outer }, Setting { at: own.at, stand: *inner }];
                    if !same || outer.id < inner.id {
                        self.hold(pair, letter, cell, found);
                    }
                }
            }
        }
    }

    /// Settings at a task, held against those that stand at exactly a component below theirs and at a task above.
    fn crossed(&mut self, task: TaskId, one: &Own<'g>, all: &[Own<'g>], letter: usize, found: &mut dyn FnMut(Crossing) -> bool) {
        let below = self.ground.components_below(one.at.component);
        let settings: Vec<Stand> = one.stands.iter().filter(|stand| stand.sets >> letter & 1 == 1).copied().collect();
        let under_condition = one.place.conditional >> letter & 1 == 1;
        let is_done = |this: &Self| settings.iter().all(|stand| this.is_done(stand.id, letter));
        let mut own_done = is_done(self);
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
            let is_inside = component < overridden;
            let cell = Cell { task, component: at };
            let (mut all_done, mut tried) = (true, false);
            let mut against = |this: &mut Self, nth: usize, always: bool| {
                let (Some(place), Some(above)) = (this.ground.stands.place(nth), this.tasks.get(nth).copied()) else { return };
                let above = Cell { task: above, component: at };
                let of_kind = |stand: &&Stand| stand.sets >> letter & 1 == 1 && stand.always == always;
                for outer in this.ground.stands.at(place).iter().filter(of_kind) {
                    for inner in settings.iter().filter(|inner| !(is_inside && inner.always)) {
                        let pair = [Setting { at: above, stand: *outer }, Setting { at: one.at, stand: *inner }];
                        tried |= this.hold(pair, letter, cell, found);
                    }
                    all_done &= this.is_done(outer.id, letter);
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
            self.column_done.get_mut(letter).into_iter().for_each(|done| done.set(component, all_done));
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
        let below = self.ground.differing_below(&pair, letter, cell.component);
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
