//! What stands in the rows of a drawn matrix: for each task at a place its title and its marks.

use super::marks::{Holds, Kind, Mark, Notes};
use crate::document::Letter;
use crate::matrix::{Cell, Status};
use crate::model::{ComponentId, Model, PartyId, TaskId};
use crate::query::{Entry, GridCase, PartyGrid, PartyRow, Places};

/// A row of the drawing.
#[derive(Debug)]
pub(super) struct Row {
    /// How deep its task lies.
    pub(super) depth: u32,
    /// The title of the task; none beneath a row of the same task.
    pub(super) title: Option<String>,
    /// The component, where it is not that of the whole drawing.
    pub(super) place: Option<String>,
    /// The marks of each party.
    pub(super) parties: Vec<Vec<Mark>>,
    /// The letters that nobody holds on purpose, and of R and A those that nobody is named for.
    pub(super) none: Vec<Mark>,
    /// Whether the model says nothing at all.
    pub(super) silent: bool,
    /// When the cell is not there.
    pub(super) not_there: Holds,
}

/// The rows of a grid, and the notes of their marks. A place where the model is silent, as it is
/// above, is not drawn, unless it is silent of the task everywhere.
pub(super) fn rows(grid: &PartyGrid<'_>, notes: &mut Notes) -> Vec<Row> {
    let model = grid.policy.model();
    let silent = |row: &PartyRow| {
        row.cases
            .iter()
            .all(|case| case.status == Status::NotApplicable || (case.status == Status::Unassigned && says_nothing(case)))
    };
    // The nearest component above that has a row of its own.
    let above = |row: &PartyRow| {
        let of = |component| grid.rows.iter().find(|other| other.cell == Cell { component, ..row.cell });
        model.component_path(row.cell.component).skip(1).find_map(of)
    };
    let any = |task| grid.rows.iter().any(|row| row.cell.task == task && !silent(row));
    let mut rows: Vec<Row> = Vec::new();
    let mut last = None;
    for (nth, row) in grid.rows.iter().enumerate() {
        let task = row.cell.task;
        let next = grid.rows.get(nth + 1).is_some_and(|next| next.cell.task == task);
        if grid.places == Places::Every && silent(row) && above(row).map_or(next && any(task), silent) {
            continue;
        }
        let title = (last != Some(task)).then(|| titled(model, task));
        last = Some(task);
        rows.push(Row { title, ..drawn(grid, row.cell, &row.cases, notes) });
    }
    rows
}

fn says_nothing(case: &GridCase) -> bool {
    case.letters.iter().all(|entry| *entry == Entry::Silent)
}

fn titled(model: &Model, task: TaskId) -> String {
    let about = &model.task(task).about;
    about.title.as_deref().unwrap_or(&about.id).to_owned()
}

fn drawn(grid: &PartyGrid<'_>, cell: Cell, cases: &[GridCase], notes: &mut Notes) -> Row {
    let model = grid.policy.model();
    let mut mark = |letter: Letter, kind: Kind, is: &dyn Fn(&Entry) -> bool| {
        let there = |case: &&GridCase| case.status != Status::NotApplicable && is(case.letter(letter));
        let note = match notes.of(model, cases.iter().filter(there).map(|case| &case.when)) {
            Holds::Never => return None,
            Holds::Always => None,
            Holds::Noted(note) => Some(note),
        };
        Some(Mark { letter, kind, note })
    };
    let mut held = |party: PartyId| {
        let holds = |entry: &Entry| entry.parties().contains(&party);
        Letter::ALL.into_iter().filter_map(|letter| mark(letter, Kind::Held, &holds)).collect::<Vec<_>>()
    };
    let parties = grid.parties.iter().map(|party| held(*party)).collect();
    let nobody = |entry: &Entry| matches!(entry, Entry::Nobody(_));
    let needed = |letter| matches!(letter, Letter::Responsible | Letter::Accountable);
    let all_silent = cases.iter().all(|case| case.status == Status::Unassigned && says_nothing(case));
    let none = Letter::ALL.into_iter().flat_map(|letter| {
        let silent = |entry: &Entry| *entry == Entry::Silent && needed(letter) && !all_silent;
        [mark(letter, Kind::Nobody, &nobody), mark(letter, Kind::Silent, &silent)].into_iter().flatten().collect::<Vec<_>>()
    });
    let none = none.collect();
    let gone = cases.iter().filter(|case| case.status == Status::NotApplicable).map(|case| &case.when);
    let not_there = notes.of(model, gone);
    let about = &model.component(cell.component).about;
    let named = grid.places == Places::Every && cell.component != ComponentId::SYSTEM;
    Row {
        depth: model.task(cell.task).depth.saturating_sub(1),
        title: None,
        place: named.then(|| format!("at {}", about.title.as_deref().unwrap_or(&about.id))),
        parties,
        none,
        silent: all_silent,
        not_there,
    }
}
