//! `redundant-assignment`: an assignment without which every answer is the same.
//!
//! Tried from the last to the first, each without those already found, so that of two that say the same the first stays.

use super::ground::Ground;
use super::look::{Look, bit};
use super::sets::Set;
use super::stands::relation_bit;
use super::{Find, Finding, Lint};
use crate::document::Letter;
use crate::matrix::Cell;
use crate::model::{AssignmentId, ComponentId, Handle, Model, PartyId, RelationId, TaskId};
use crate::parallel;

/// So many cells are looked at for assignments that are not needed where they stand.
const MOST_LOOKS: usize = 2_000_000;

/// So many are tried at once, on as many threads as there are, and look at no more cells each; what needs more is tried alone.
const AT_ONCE: usize = 1_024;
const FEW_LOOKS: usize = 1_000;

pub(super) static LINT: Lint = Lint {
    name: "redundant-assignment",
    finds: "an assignment that takes part in an answer, and leaving it out changes none",
    why: "What follows from the rest need not be said again. Said twice, it must be changed twice, and the day it is \
          changed once the two disagree. The lint tries the assignments from the last to the first, so of two that say the \
          same the first stays. Where a repetition is there to cite another source, give that source to the assignment \
          that stays.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: incidents
parties: { customer: {}, helpdesk: {}, vendor: {} }
tasks:
  incident:
    assign: [{ A: customer, R: helpdesk }]
    tasks:
      log:
        title: Log the call
        assign: [{ R: helpdesk }]
      restore:
        title: Restore the service
        assign: [{ R: vendor }]
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: incidents
parties: { customer: {}, helpdesk: {}, vendor: {} }
tasks:
  incident:
    assign: [{ A: customer, R: helpdesk }]
    tasks:
      log:
        title: Log the call
      restore:
        title: Restore the service
        assign: [{ R: vendor }]
",
    )],
    find: Find::Survey(|survey| {
        let (Some(ground), model) = (&survey.ground, survey.model()) else { return Vec::new() };
        let mut redundant = vec![false; model.assignments.len()];
        let marked = |marks: &[bool], id: AssignmentId| marks.get(id.place()).copied().unwrap_or(false);
        let seen = &survey.seen;
        let is_open = |id: &AssignmentId| marked(&seen.took_part, *id) && !marked(&seen.needed, *id);
        let open: Vec<AssignmentId> = model.assignments.iter().rev().map(|(id, _)| id).filter(is_open).collect();
        let mut looks = MOST_LOOKS;
        for some in open.chunks(AT_ONCE) {
            let few = FEW_LOOKS.min(looks);
            let tried = parallel::each_long(some, |id| ground.try_without(*id, |other| marked(&redundant, other), few));
            let mut gone: Vec<AssignmentId> = Vec::new();
            for (id, tried) in some.iter().zip(tried) {
                // What was found meanwhile may be what the answers would come from instead.
                let again = tried.looks == few || gone.iter().any(|gone| ground.may_meet(*id, *gone));
                let tried = if again { ground.try_without(*id, |other| marked(&redundant, other), looks) } else { tried };
                looks = looks.saturating_sub(tried.looks);
                if looks == 0 {
                    return vec![survey.too_many("redundant-assignment")];
                }
                if tried.changes_nothing {
                    redundant.get_mut(id.place()).into_iter().for_each(|it| *it = true);
                    gone.push(*id);
                }
            }
        }
        let redundant = |id: AssignmentId| marked(&redundant, id);
        let help = "Take it out; what it says follows from the others.";
        let found = model.assignments().filter(|(id, _)| redundant(*id));
        found.map(|(_, it)| Finding::at(it.span, "leaving this assignment out changes no answer".to_owned(), help)).collect()
    }),
};

/// What came of leaving an assignment out.
struct Tried {
    changes_nothing: bool,
    /// How many cells were looked at, beside those at which it stands.
    looks: usize,
}

impl Ground<'_> {
    /// Leaves an assignment out beside those that are gone, and looks at no more cells than so many.
    fn try_without(&self, id: AssignmentId, gone: impl Fn(AssignmentId) -> bool, most: usize) -> Tried {
        let letters = letters(self.model(), id);
        let same = |cell: Cell| {
            let before = self.look_without(cell, letters, &gone);
            let takes_part = before.letters().any(|(_, taking)| taking.parts().any(|(part, _)| part.id == id));
            let after = || self.look_without(cell, letters, |other| other == id || gone(other));
            !takes_part || answer(&before) == answer(&after())
        };
        let mut looks = 0;
        let changes_nothing = tops(self, id).all(same) && shows_in(self, id).take(most).inspect(|_| looks += 1).all(same);
        Tried { changes_nothing, looks }
    }

    /// Whether two assignments may apply to one cell.
    fn may_meet(&self, one: AssignmentId, other: AssignmentId) -> bool {
        let (one, other) = (self.model().assignment(one), self.model().assignment(other));
        let tasks = |one: TaskId, other: TaskId| self.tasks_below(one).contains(&other.place());
        let components = |one: ComponentId, other: ComponentId| self.components_below(one).contains(&other.place());
        pairs(one.tasks, other.tasks).any(|(one, other)| tasks(one, other) || tasks(other, one))
            && pairs(one.components, other.components).any(|(one, other)| components(one, other) || components(other, one))
    }
}

fn pairs<'a, T: Copy>(ones: &'a [T], others: &'a [T]) -> impl Iterator<Item = (T, T)> + 'a {
    ones.iter().flat_map(|one| others.iter().map(|other| (*one, *other)))
}

/// What leaving an assignment out must not change: for each letter the set, and when it is empty on purpose, which is
/// another answer than silence. The status follows.
fn answer(look: &Look<'_>) -> Vec<(Vec<(PartyId, Set)>, Set)> {
    look.letters().map(|(letter, taking)| (look.parties(letter), taking.said.clone())).collect()
}

/// The letters that may be otherwise without an assignment: those it speaks of, and those that a convention ties to them.
fn letters(model: &Model, id: AssignmentId) -> u8 {
    let own =
        model.assignments.clauses(id).iter().flat_map(|clause| clause.letters.iter()).fold(0, |bits, letter| bits | bit(letter));
    let tied = bit(Letter::Responsible) | bit(Letter::Accountable);
    if own & tied == 0 { own } else { own | tied }
}

/// The cells at which an assignment stands: most often it is needed there already.
fn tops<'g>(ground: &'g Ground<'_>, id: AssignmentId) -> impl Iterator<Item = Cell> + 'g {
    let assignment = ground.model().assignment(id);
    let tasks = assignment.tasks.iter().filter(|task| **task != TaskId::ALL);
    tasks.flat_map(|task| assignment.components.iter().map(|component| Cell { task: *task, component: *component }))
}

/// The cells in which leaving an assignment out may show first: at its own tasks, since what would decide in its stead at a
/// task below would do so there. What adds, or is implied, may be needed further below.
fn shows_in<'g>(ground: &'g Ground<'_>, id: AssignmentId) -> Box<dyn Iterator<Item = Cell> + 'g> {
    let (model, conventions) = (ground.model(), ground.model().conventions());
    let adds = model.assignments.clauses(id).iter().any(|clause| clause.adds);
    let implied = conventions.accountable_is_responsible || conventions.responsible_is_accountable;
    if adds || implied {
        return Box::new(cells_of(ground, id));
    }
    let assignment = model.assignment(id);
    let own = |task: &'g TaskId| {
        if *task == TaskId::ALL { model.task(*task).parts.as_slice() } else { std::slice::from_ref(task) }
    };
    let tasks = alike(assignment.tasks.iter().flat_map(own).copied().collect(), |task| ground.class_of_task(task));
    Box::new(tasks.into_iter().flat_map(move |task| {
        let components = ground.answering(task, assignment.components).into_iter();
        components.map(move |component| Cell { task, component })
    }))
}

impl Ground<'_> {
    /// Some components, and those below them at which a task may have another answer than at the component above: where
    /// something stands, at the task or above it, or a relation is named that is named there or above.
    fn answering(&self, task: TaskId, components: &[ComponentId]) -> Vec<ComponentId> {
        let (mut answering, mut relations) = (components.to_vec(), 0);
        let path = std::iter::successors(Some(task), |task| self.task_above(*task));
        for place in path.flat_map(|task| self.places_of(task)) {
            let lies_in = |outer: ComponentId, inner: ComponentId| self.components_below(outer).contains(&inner.place());
            let inside = components.iter().any(|component| lies_in(*component, place.component));
            if inside {
                answering.push(place.component);
            }
            if inside || components.iter().any(|component| lies_in(place.component, *component)) {
                relations |= place.relations;
            }
        }
        let related = (0..self.model().relations.len()).map(RelationId::new);
        for relation in related.filter(|relation| relations & relation_bit(*relation) != 0) {
            let below = components.iter().map(|component| self.components_below(*component));
            below.for_each(|below| answering.extend(self.related.named_in(relation, &below)));
        }
        answering.sort_unstable();
        answering.dedup();
        answering
    }

    fn class_of_task(&self, task: TaskId) -> TaskId {
        self.policy.matrix().representative(Cell { task, component: ComponentId::SYSTEM }).task
    }

    fn class_of_component(&self, component: ComponentId) -> ComponentId {
        self.policy.matrix().representative(Cell { task: TaskId::ALL, component }).component
    }
}

/// One cell of each class of those alike to which an assignment applies.
fn cells_of<'g>(ground: &'g Ground<'_>, id: AssignmentId) -> impl Iterator<Item = Cell> + 'g {
    let assignment = ground.model().assignment(id);
    let tasks = assignment.tasks.iter().flat_map(|task| ground.tasks_below(*task)).map(TaskId::new);
    let tasks = alike(tasks.filter(|task| *task != TaskId::ALL).collect(), |task| ground.class_of_task(task));
    let components = assignment.components.iter().flat_map(|component| ground.components_below(*component));
    let components = alike(components.map(ComponentId::new).collect(), |component| ground.class_of_component(component));
    tasks.into_iter().flat_map(move |task| components.clone().into_iter().map(move |component| Cell { task, component }))
}

/// In order, of neighbours that are alike the first.
fn alike<I: Ord + Copy>(mut all: Vec<I>, class: impl Fn(I) -> I) -> Vec<I> {
    all.sort_unstable();
    all.dedup_by_key(|id| class(*id));
    all
}
