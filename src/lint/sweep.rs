//! Which cells a lint must look at: a few of all there are, and every finding shows in one of them.
//!
//! What is found of a cell in a combination comes from assignments that take part in it, from the places where their
//! `$relation`s are named, and from nothing else of the letters they speak of applying there. Take the deepest task and
//! the deepest component among those. At the cell where the two meet, above the first one, all of them still take part:
//! what outranks one of them there would outrank it at every cell below, since it applies there too and ranks the same.
//! And what does not apply at a cell does not apply above it. So the finding shows where they meet.
//!
//! Either an assignment stands at that very cell, or one stands at its task and a component above, and another takes
//! part that stands at exactly its component and a task above, or a relation in use is named there. One pass over the
//! tasks finds all of these: for each component it keeps whether something that stands at exactly the component may
//! still take part, which no longer holds below a task whose own assignment sets the letter at a component above,
//! whatever the context. Conditions are looked at no closer than that, so a cell too many may be looked at, none too few.

use super::ground::Ground;
use crate::matrix::Cell;
use crate::model::{AssignmentId, ComponentId, Handle, PartyRef, TaskId};

const LETTERS: u8 = 0b1_1111;
/// That an addition stands here, or that one here has a relation.
const ADDS: u8 = 1 << 5;
/// That something stands here at the task that is looked at.
const OWN: u8 = 1 << 6;

/// What may take part, for each component, at the task that has been come to.
struct Rows {
    /// The letters of which a setting that stands at exactly the component may decide.
    exact: Vec<u8>,
    /// The letters of which a setting with a relation may decide.
    relations: Vec<u8>,
}

/// A task on the path, and what its own assignments changed.
struct Entered {
    end: usize,
    undo: Vec<(usize, Vec<u8>, Vec<u8>)>,
}

impl Ground<'_> {
    /// Gives every cell that must be looked at, tasks before their parts and components before theirs, until told to stop;
    /// with `outranked`, also those where what does not take part, since others outrank it, meets the rest.
    pub(super) fn sweep(&self, outranked: bool, mut visit: impl FnMut(Cell) -> bool) {
        let model = self.model();
        let (tells, with_relation) = (self.telling_components(), self.with_relations());
        let mut rows = Rows { exact: vec![0; model.components.len()], relations: vec![0; model.components.len()] };
        let mut path: Vec<Entered> = Vec::new();
        let everywhere: Vec<ComponentId> = self.at_task(TaskId::ALL).map(|(component, _)| component).collect();
        let mut plain_seen = false;
        for (task, it) in model.tasks.iter() {
            while path.last().is_some_and(|entered| entered.end <= task.place()) {
                path.pop().into_iter().for_each(|entered| rows.restore(entered));
            }
            let mut own: Vec<ComponentId> = self.at_task(task).map(|(component, _)| component).collect();
            // Tasks at the top that say nothing themselves are alike: what stands at all tasks is looked at in the first.
            let top = it.parent == Some(TaskId::ALL);
            let alike = top && own.is_empty() && it.when.is_none() && std::mem::replace(&mut plain_seen, true);
            let undo = self.enter(&mut rows, task, &with_relation, outranked);
            path.push(Entered { end: self.tasks_below(task).end, undo });
            if top && !alike {
                own.extend(&everywhere);
                own.sort_unstable();
                own.dedup();
            }
            if task != TaskId::ALL && !self.visit_row(&mut rows, &tells, task, &own, &mut visit) {
                return;
            }
        }
    }

    fn visit_row(
        &self,
        rows: &mut Rows,
        tells: &[bool],
        task: TaskId,
        own: &[ComponentId],
        visit: &mut impl FnMut(Cell) -> bool,
    ) -> bool {
        let mark = |exact: &mut [u8], on: bool| {
            for component in own {
                exact.get_mut(component.place()).into_iter().for_each(|it| if on { *it |= OWN } else { *it &= !OWN });
            }
        };
        mark(&mut rows.exact, true);
        let mut looked_at = 0;
        let mut goes_on = true;
        for component in own {
            let below = self.components_below(*component);
            for place in below.start.max(looked_at)..below.end {
                let at = |row: &[u8]| row.get(place).copied().unwrap_or(0);
                let told = at(&rows.relations) != 0 && tells.get(place).copied().unwrap_or(false);
                if (at(&rows.exact) != 0 || told) && goes_on {
                    goes_on = visit(Cell { task, component: ComponentId::new(place) });
                }
            }
            looked_at = below.end.max(looked_at);
        }
        mark(&mut rows.exact, false);
        goes_on
    }

    /// What the assignments at a task change for its cells and all below, and how that is undone.
    fn enter(&self, rows: &mut Rows, task: TaskId, with_relation: &[bool], outranked: bool) -> Vec<(usize, Vec<u8>, Vec<u8>)> {
        let mut undo = Vec::new();
        let mut kept = 0;
        for (component, stands) in self.at_task(task) {
            let below = self.components_below(component);
            if below.start >= kept {
                let copy = |row: &[u8]| row.get(below.clone()).unwrap_or_default().to_vec();
                undo.push((below.start, copy(&rows.exact), copy(&rows.relations)));
                kept = below.end;
            }
            let has = |id: AssignmentId| with_relation.get(id.place()).copied().unwrap_or(false);
            let bits = |adds: u8| if adds == 0 { 0 } else { ADDS };
            let says = stands.iter().fold(0, |all, stand| all | stand.sets | bits(stand.adds));
            let related = stands.iter().filter(|stand| has(stand.id)).fold(0, |all, stand| all | stand.sets | bits(stand.adds));
            let always = stands
                .iter()
                .filter(|stand| !outranked && self.model().assignment(stand.id).when.is_always())
                .fold(0, |all, stand| all | stand.sets);
            for row in [&mut rows.exact, &mut rows.relations] {
                row.get_mut(below.clone()).unwrap_or_default().iter_mut().for_each(|it| *it &= !(always & LETTERS));
            }
            rows.relations.get_mut(below).unwrap_or_default().iter_mut().for_each(|it| *it |= related);
            rows.exact.get_mut(component.place()).into_iter().for_each(|it| *it |= says);
        }
        undo
    }

    /// The components at which a relation may come out otherwise than above: those that name one, and those at the top,
    /// where a relation that nobody names is a gap, which it is not in the whole system.
    fn telling_components(&self) -> Vec<bool> {
        let tells = |component: &crate::model::Component| !component.relations.is_empty() || component.depth == 1;
        self.model().components.iter().map(|(_, component)| tells(component)).collect()
    }

    fn with_relations(&self) -> Vec<bool> {
        let model = self.model();
        // A setting that narrower ones of an earlier document outrank does not take part, and is reported all the same.
        let layered = model.assignments().any(|(_, it)| it.layer > 0);
        let parties = |it: &crate::model::Assignment<'_>| {
            let mut parties = it.clauses.iter().flat_map(|clause| clause.parties.iter());
            parties.any(|party| matches!(party, PartyRef::Relation(_)))
        };
        let any = model.assignments().any(|(_, it)| parties(&it));
        model.assignments().map(|(_, it)| parties(&it) || (layered && any)).collect()
    }
}

impl Rows {
    fn restore(&mut self, entered: Entered) {
        for (start, exact, relations) in entered.undo {
            for (row, kept) in [(&mut self.exact, exact), (&mut self.relations, relations)] {
                row.get_mut(start..start + kept.len()).into_iter().for_each(|now| now.copy_from_slice(&kept));
            }
        }
    }
}
