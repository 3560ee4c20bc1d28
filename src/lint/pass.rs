//! One pass over the cells that lints must look at. What each lint finds is kept once for each cause, where it first shows.
//!
//! The tasks are gone through in parts, on as many threads as there are. The parts are the same however many these are.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::crossing::{Crossing, Crossings};
use super::ground::Ground;
use super::hits::{Hit, InCells, Needs, Words};
use super::look::{ALL_LETTERS, Look};
use super::seen::Seen;
use super::sets::Set;
use super::sweep::{Own, Sweep};
use super::{Find, Lint};
use crate::document::PartyKind;
use crate::matrix::Cell;
use crate::model::TaskId;
use crate::parallel;

/// So many cells are looked at, in all, before the lints give up.
const MOST_LOOKS: usize = 10_000_000;

/// So many places beyond the first of each finding are kept in all; of findings after that no more than the first is told.
const MOST_FURTHER_PLACES: usize = 200_000;

/// The tasks are gone through in no more parts than this.
const MOST_PARTS: usize = 8;

/// At so many places something stands in each part, but for the last.
const LEAST_PLACES: usize = 4;

type Lints = Vec<(&'static str, &'static InCells)>;

/// Looks at the cells of a model for these lints; where there are too many, gives how many it was given up after.
pub(super) fn look_at_all(ground: &Ground<'_>, lints: &[&'static Lint]) -> Result<Seen, usize> {
    let parts = parts(ground);
    let looks = AtomicUsize::new(0);
    let further_places = MOST_FURTHER_PLACES / parts.len().max(1);
    let seen = parallel::each_long(&parts, |tasks| Pass::new(ground, lints, further_places).over(tasks, &looks));
    let mut all = Seen::nothing(ground.model(), 0);
    for seen in seen {
        all.and(ground, seen.ok_or(MOST_LOOKS)?);
    }
    Ok(all)
}

/// The tasks in parts of about as many places at which something stands. Each begins with the tasks above its first: what is
/// found there shows nothing new below.
fn parts(ground: &Ground<'_>) -> Vec<Vec<TaskId>> {
    let size = ground.stands.len().div_ceil(MOST_PARTS).max(LEAST_PLACES);
    let (mut parts, mut placed) = (vec![Vec::new()], 0);
    for task in ground.model().tasks.ids() {
        if placed >= size {
            let mut above: Vec<TaskId> =
                std::iter::successors(ground.task_above(task), |task| ground.task_above(*task)).collect();
            above.reverse();
            parts.push(above);
            placed = 0;
        }
        placed += ground.places_of(task).len();
        parts.last_mut().into_iter().for_each(|part: &mut Vec<TaskId>| part.push(task));
    }
    parts
}

/// What goes through a part of the tasks.
struct Pass<'g, 'p> {
    ground: &'g Ground<'p>,
    by_place: Lints,
    by_party: Lints,
    by_pair: Lints,
    /// Whether the model has persons.
    persons: bool,
    sweep: Sweep<'g, 'p>,
    crossings: Crossings<'g, 'p>,
    seen: Seen,
}

impl<'g, 'p> Pass<'g, 'p> {
    fn new(ground: &'g Ground<'p>, lints: &[&'static Lint], further_places: usize) -> Self {
        let of = |needs: &[Needs]| -> Lints {
            let in_cells = lints.iter().filter_map(|lint| match &lint.find {
                Find::Cells(in_cells) => Some((lint.name, in_cells)),
                Find::Model(_) | Find::Survey(_) | Find::Suppressions(_) => None,
            });
            in_cells.filter(|(_, lint)| needs.contains(&lint.needs)).collect()
        };
        Self {
            ground,
            by_place: of(&[Needs::Places, Needs::PlacesOfTask]),
            by_party: of(&[Needs::Parties]),
            by_pair: of(&[Needs::Pairs]),
            persons: ground.model().parties().any(|(_, it)| it.kind == Some(PartyKind::Person)),
            sweep: Sweep::new(ground),
            crossings: Crossings::new(ground),
            seen: Seen::nothing(ground.model(), further_places),
        }
    }

    /// Goes through some tasks in order; none where too many cells were looked at, here and elsewhere.
    fn over(mut self, tasks: &[TaskId], looks: &AtomicUsize) -> Option<Seen> {
        for task in tasks {
            let own = self.sweep.enter(*task);
            self.crossings.leave(*task);
            if *task != TaskId::ALL {
                let looked_at = self.look(*task, &own);
                if looks.fetch_add(looked_at, Ordering::Relaxed) + looked_at > MOST_LOOKS {
                    return None;
                }
                self.cross(*task, &own);
            }
            self.crossings.enter(*task);
        }
        Some(self.seen)
    }

    /// Looks at the cells of a task; gives how many.
    fn look(&mut self, task: TaskId, own: &[Own<'g>]) -> usize {
        let cells = self.sweep.cells(task, own, |party| self.seen.is_named(party));
        for (component, asked) in &cells {
            let cell = Cell { task, component: *component };
            let letters = if asked.places { ALL_LETTERS } else { asked.twice };
            let mut look = self.ground.look_at(cell, letters);
            look.new_only = true;
            if asked.places {
                hits(self.ground, &look, &self.by_place, &mut self.seen);
                self.seen.take_down(&look, self.persons, &self.sweep.twice);
            }
            if asked.twice != 0 {
                hits(self.ground, &look, &self.by_party, &mut self.seen);
            }
        }
        cells.len()
    }

    /// Finds the pairs of settings at a task that disagree.
    fn cross(&mut self, task: TaskId, own: &[Own<'g>]) {
        let (ground, seen) = (self.ground, &mut self.seen);
        for (name, _) in &self.by_pair {
            self.crossings.find(task, own, &mut |crossing| {
                let Crossing { cause, other, letter, cell, when } = crossing;
                seen.keep(ground, name, Hit { cause, words: Words::Letter(letter), when }, cell, Some(other))
            });
        }
    }
}

/// Keeps what lints find in one cell.
fn hits(ground: &Ground<'_>, look: &Look<'_>, lints: &Lints, seen: &mut Seen) {
    let mut hits = Vec::new();
    for (name, lint) in lints {
        (lint.hits)(ground, look, &mut hits);
        for hit in hits.drain(..) {
            let when = if lint.topmost { ground.not_above(lint, look.cell, hit.when) } else { hit.when };
            if !when.is_never() {
                seen.keep(ground, name, Hit { when, ..hit }, look.cell, None);
            }
        }
    }
}

impl Ground<'_> {
    /// A cell's combinations without those in which the cell of the task above, or of the component above, has the same.
    pub(super) fn not_above(&self, lint: &InCells, cell: Cell, when: Set) -> Set {
        let task = self.task_above(cell.task).filter(|task| *task != TaskId::ALL).map(|task| Cell { task, ..cell });
        let component = self.component_above(cell.component).map(|component| Cell { component, ..cell });
        let mut hits = Vec::new();
        for above in task.into_iter().chain(component) {
            (lint.hits)(self, &self.look(above), &mut hits);
        }
        hits.iter().fold(when, |when, hit| when.minus(&hit.when))
    }
}
