//! What may decide in each cell of a task, a few bits for each component, kept while the tasks are gone through in order.
//!
//! A task begins with what its parent has, and its own assignments change that below their components: a setting that
//! holds whatever the context leaves nothing to what stands above. Conditions are looked at no closer than that.

use super::ground::Ground;
use super::stands::Place;
use crate::matrix::Cell;
use crate::model::{Handle, TaskId};

/// The settings that stand at exactly the component and may decide, the additions, and the letters that have a party for
/// sure: eight bits for each.
const SAID: usize = 0;
/// The relations of additions.
const ADDED: usize = 1;
/// For each letter the rank of the place whose setting decides whatever the context; then the relations of settings.
const RANKS: usize = 2;
const RELATIONS: usize = RANKS + 5;

/// The rows of the task that has been come to.
pub(super) struct Rows {
    rows: [Vec<u32>; RELATIONS + 5],
    path: Vec<Entered>,
}

/// A task on the path, and what its own assignments changed.
struct Entered {
    end: usize,
    undo: Vec<(usize, usize, Vec<u32>)>,
}

/// The rank of a place, as far as its task and component go; greater outranks.
pub(super) fn place_rank((task_depth, component_depth): (u32, u32)) -> u32 {
    (task_depth << 8) + component_depth + 1
}

/// The numbers of the letters in a set of them.
pub(super) fn letters_in(bits: u8) -> impl Iterator<Item = usize> {
    (0..5).filter(move |letter| bits >> letter & 1 == 1)
}

impl Rows {
    pub(super) fn new(components: usize) -> Self {
        Self { rows: std::array::from_fn(|_| vec![0; components]), path: Vec::new() }
    }

    fn get(&self, row: usize, component: usize) -> u32 {
        self.rows.get(row).and_then(|row| row.get(component)).copied().unwrap_or(0)
    }

    /// The letters of settings that stand at exactly a component and may decide.
    pub(super) fn exact(&self, component: usize) -> u8 {
        self.get(SAID, component).to_le_bytes()[0]
    }

    /// The letters of additions that stand at exactly a component.
    pub(super) fn exact_adds(&self, component: usize) -> u8 {
        self.get(SAID, component).to_le_bytes()[1]
    }

    /// The letters that have a party in every combination.
    pub(super) fn solid(&self, component: usize) -> u8 {
        self.get(SAID, component).to_le_bytes()[2]
    }

    /// What is said at the task, to be held against what is said below it.
    pub(super) fn solid_row(&self) -> Vec<u8> {
        self.rows.first().into_iter().flatten().map(|said| said.to_le_bytes()[2]).collect()
    }

    /// The rank that a setting of a letter must have to decide in a cell.
    pub(super) fn rank(&self, letter: usize, component: usize) -> u32 {
        self.get(RANKS + letter, component)
    }

    /// The relations by which a letter may be set, or added to.
    pub(super) fn relations(&self, letter: usize, component: usize) -> u32 {
        self.get(RELATIONS + letter, component) | self.get(ADDED, component)
    }

    /// The relations by which any letter may be.
    pub(super) fn any_relations(&self, component: usize) -> u32 {
        (0..5).fold(0, |bits, letter| bits | self.relations(letter, component))
    }

    /// Leaves the tasks that do not contain one.
    pub(super) fn leave(&mut self, task: TaskId) -> usize {
        let mut left = 0;
        while self.path.last().is_some_and(|entered| entered.end <= task.place()) {
            for (row, start, kept) in self.path.pop().into_iter().flat_map(|entered| entered.undo) {
                let now = self.rows.get_mut(row).and_then(|row| row.get_mut(start..start + kept.len()));
                if let Some(now) = now {
                    now.copy_from_slice(&kept);
                }
            }
            left += 1;
        }
        left
    }

    /// What the assignments at a task change for its cells and all below.
    pub(super) fn enter(&mut self, ground: &Ground<'_>, task: TaskId) {
        let mut undo = Vec::new();
        let mut kept = [0; RELATIONS + 5];
        for place in ground.places_of(task) {
            let below = ground.components_below(place.component);
            let letters = |of: u8, first: usize| letters_in(of).map(move |letter| first + letter);
            let related = |letter: &usize| place.relations != 0 || ground.related.any() && place.always >> letter & 1 == 1;
            let changed = [SAID, ADDED].into_iter().filter(|row| *row == SAID || place.adds != 0 && place.relations != 0);
            let changed = changed.chain(letters(place.always, RANKS));
            let changed = changed.chain(letters_in(place.sets).filter(related).map(|letter| RELATIONS + letter));
            for row in changed {
                let kept = kept.get_mut(row).filter(|kept| **kept <= below.start);
                if let (Some(kept), Some(now)) = (kept, self.rows.get(row)) {
                    undo.push((row, below.start, now.get(below.clone()).unwrap_or_default().to_vec()));
                    *kept = below.end;
                }
            }
            self.change(ground, place, place_rank(ground.depths(Cell { task, component: place.component })));
        }
        self.path.push(Entered { end: ground.tasks_below(task).end, undo });
    }

    fn change(&mut self, ground: &Ground<'_>, place: &Place, rank: u32) {
        let below = ground.components_below(place.component);
        let mut each = |row: usize, change: &dyn Fn(u32) -> u32| {
            let row = self.rows.get_mut(row).and_then(|row| row.get_mut(below.clone()));
            row.into_iter().flatten().for_each(|it| *it = change(*it));
        };
        let byte = |bits: u8, nth: u32| u32::from(bits) << (8 * nth);
        let cleared = byte(place.always, 0) | byte(place.unsure, 2);
        let solid = byte(place.solid, 2);
        each(SAID, &|it| it & !cleared | solid);
        for letter in letters_in(place.always) {
            each(RANKS + letter, &|_| rank);
            each(RELATIONS + letter, &|_| 0);
        }
        if place.relations != 0 {
            let stands = ground.stands.at(place).iter();
            for stand in stands.filter(|stand| stand.relations != 0) {
                letters_in(stand.sets).for_each(|letter| each(RELATIONS + letter, &|it| it | stand.relations));
            }
            if place.adds != 0 {
                each(ADDED, &|it| it | place.relations);
            }
        }
        let own = byte(place.sets, 0) | byte(place.adds, 1);
        let at = self.rows.get_mut(SAID).and_then(|row| row.get_mut(below.start));
        if let Some(it) = at {
            *it |= own;
        }
    }
}
