//! Why there is no matrix in a file: what looks like one, and what it lacks.

use std::collections::BTreeSet;

use super::Refusal;
use super::lanes::{Kind, LaneRow};
use super::layout::{Column, Layout};
use super::ledger::Remark;
use super::shapes;
use super::sheet::{Grid, Page};
use super::signs::is_mark;
use super::tables::{Shape, Table};
use super::words::{self, Head};

/// Why rows that say who holds a letter are not taken over.
pub(super) const NO_TASK: &str = "the rows say who holds a letter and nowhere of which task: a column of tasks is missing";

/// Why rows that say which letters a task has are not taken over.
pub(super) const NO_PARTY: &str =
    "the rows say which letters a task has and nowhere who holds them: a column or a head for each party is missing";

const TASKS_IN_CELLS: &str =
    "tasks are listed under the letters of a party: a task is read from a row, or from the head of a column, of its own";

/// That there is no matrix, with the letters for want of which there can be none: beside those of a dialect, and explained
/// nowhere.
pub(super) fn no_matrix(page: &Page, mut unread: Vec<Remark>) -> Refusal {
    let unknown = |grid: &Grid| {
        let rows: Vec<LaneRow> = grid.rows.iter().map(|row| LaneRow::new(row.clone(), page)).collect();
        let cells =
            || rows.iter().flat_map(|row| row.filled().into_iter().map(|(column, id)| (row.kind(column), page.text(Some(id)))));
        let strange: BTreeSet<char> =
            cells().filter(|(kind, text)| *kind == Kind::Strange && text.len() == 1).flat_map(|(_, text)| text.chars()).collect();
        let known = cells().filter(|(kind, _)| *kind == Kind::Letters).count();
        if known > 2 && strange.len() < 4 { strange } else { BTreeSet::new() }
    };
    unread.extend(lists_under_parties(page));
    Refusal::NoMatrix { tables: page.grids.len(), unknown: page.grids.iter().flat_map(unknown).collect(), unread }
}

/// Whether a table has one column of letters, whose head says that they are letters and not whose.
pub(super) fn names_no_party(table: &Table, layout: &Layout, page: &Page) -> bool {
    let mut lettered = layout.all(Column::Letters);
    let (Some(column), None, Shape::Columns(_), false) = (lettered.next(), lettered.next(), &table.shape, layout.is_long) else {
        return false;
    };
    let head = page.text(table.head().and_then(|head| head.at(column)));
    words::head(head) == Some(Head::Letter)
}

/// Rows of heads under which parties stand, and tasks, or only marks, under letters.
fn lists_under_parties(page: &Page) -> Vec<Remark> {
    let mut found = Vec::new();
    for grid in &page.grids {
        let rows: Vec<LaneRow> = grid.rows.iter().map(|row| LaneRow::new(row.clone(), page)).collect();
        for (nth, row) in rows.iter().enumerate() {
            let columns = shapes::lists_under_parties(row, page);
            let Some((_, first)) = row.filled().first().copied().filter(|_| !columns.is_empty()) else { continue };
            let below = rows.get(nth + 1..).unwrap_or_default().iter();
            let mut said = below.flat_map(|row| columns.iter().filter_map(|column| row.at(*column))).peekable();
            let are_marks = said.peek().is_some() && said.all(|id| is_mark(page.text(Some(id))));
            let text = if are_marks { NO_TASK } else { TASKS_IN_CELLS };
            found.push(Remark { place: page.cell(first).place.clone(), text: text.to_owned() });
        }
    }
    found
}
