//! `redundant-assignment`: an assignment without which every answer is the same.
//!
//! Tried from the last to the first, each without those already found, so that of two that say the same the first stays.

use super::ground::Ground;
use super::look::{Look, bit};
use super::sets::Set;
use super::{Find, Finding, Lint};
use crate::document::Letter;
use crate::matrix::Cell;
use crate::model::{AssignmentId, ComponentId, Handle, Model, PartyId, TaskId};

/// So many cells are looked at for assignments that are not needed where they stand.
const MOST_LOOKS: usize = 2_000_000;

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
        let took_part = |id: AssignmentId| survey.took_part.get(id.place()).copied().unwrap_or(false);
        let mut looks = MOST_LOOKS;
        let needed = |id: AssignmentId| survey.needed.get(id.place()).copied().unwrap_or(false);
        for (id, _) in model.assignments.iter().rev().filter(|(id, _)| took_part(*id) && !needed(*id)) {
            let gone = |other: AssignmentId| redundant.get(other.place()).copied().unwrap_or(false);
            let letters = letters(model, id);
            let same = |cell: Cell| {
                let before = ground.look_without(cell, letters, gone);
                let after = ground.look_without(cell, letters, |other| other == id || gone(other));
                answer(&before) == answer(&after)
            };
            if tops(ground, id).all(same) {
                let mut cells = shows_in(ground, id);
                let found = cells.by_ref().take(looks).inspect(|_| looks -= 1).all(same);
                if looks == 0 {
                    return vec![survey.too_many("redundant-assignment")];
                }
                redundant.get_mut(id.place()).into_iter().for_each(|it| *it = found);
            }
        }
        let help = "Take it out; what it says follows from the others.";
        let redundant = |id: AssignmentId| redundant.get(id.place()).copied().unwrap_or(false);
        let found = model.assignments().filter(|(id, _)| redundant(*id));
        found.map(|(_, it)| Finding::at(it.span, "leaving this assignment out changes no answer".to_owned(), help)).collect()
    }),
};

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

/// The cells in which leaving an assignment out may show first, one of each class of those alike: at its own tasks, since
/// what would decide in its stead at a task below would do so there. What adds, or is implied, may be needed further below.
fn shows_in<'g>(ground: &'g Ground<'_>, id: AssignmentId) -> Box<dyn Iterator<Item = Cell> + 'g> {
    let (model, conventions) = (ground.model(), ground.model().conventions());
    let adds = model.assignments.clauses(id).iter().any(|clause| clause.adds);
    let implied = conventions.accountable_is_responsible || conventions.responsible_is_accountable;
    if adds || implied {
        return Box::new(cells_of(ground, id));
    }
    let tasks = model.assignment(id).tasks.iter();
    let tasks =
        tasks.flat_map(|task| if *task == TaskId::ALL { model.task(*task).parts.as_slice() } else { std::slice::from_ref(task) });
    Box::new(cells(ground, id, tasks.map(|task| task.place()).collect()))
}

/// One cell of each class of those alike to which an assignment applies.
pub(super) fn cells_of<'g>(ground: &'g Ground<'_>, id: AssignmentId) -> impl Iterator<Item = Cell> + 'g {
    let tasks = ground.model().assignment(id).tasks.iter().flat_map(|task| ground.tasks_below(*task));
    cells(ground, id, tasks.collect())
}

fn cells<'g>(ground: &'g Ground<'_>, id: AssignmentId, mut tasks: Vec<usize>) -> impl Iterator<Item = Cell> + 'g {
    let (model, matrix) = (ground.model(), ground.policy.matrix());
    let task_of = |place: usize| matrix.representative(Cell { task: TaskId::new(place), component: ComponentId::SYSTEM }).task;
    tasks.sort_unstable();
    tasks.retain(|place| *place != TaskId::ALL.place());
    tasks.dedup_by_key(|place| task_of(*place));
    let components = model.assignment(id).components.iter().flat_map(|component| ground.components_below(*component));
    let mut components: Vec<usize> = components.collect();
    components.sort_unstable();
    let component_of =
        |place: usize| matrix.representative(Cell { task: TaskId::ALL, component: ComponentId::new(place) }).component;
    components.dedup_by_key(|place| component_of(*place));
    tasks.into_iter().flat_map(move |task| {
        let cell = move |component: &usize| Cell { task: TaskId::new(task), component: ComponentId::new(*component) };
        components.clone().into_iter().map(move |component| cell(&component))
    })
}
