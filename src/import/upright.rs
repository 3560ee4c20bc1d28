//! Which way round a table is: one with its parties beside it and tasks over it is turned, so that parties stand over letters.

use super::lanes::{Kind, LaneRow};
use super::layout::{Column, layout};
use super::sheet::{CellId, Page};
use super::tables::{Shape, Table};
use super::words::{self, Head};

/// What stands in a table beside its letters once it is turned.
pub(crate) struct Beside {
    /// The corner, or the first cell.
    pub(crate) corner: Option<CellId>,
    /// What is said of a party: its cell, the head over what is said, and that.
    pub(crate) said: Vec<(CellId, Option<CellId>, CellId)>,
}

/// Turns a table whose rows are parties, so that they are its columns. `known` says whether a text names a party.
pub(crate) fn upright(table: Table, page: &Page, known: &dyn Fn(&str) -> bool) -> (Table, Option<Beside>) {
    if !lies_down(&table, page, known) {
        return (table, None);
    }
    let Shape::Columns(columns) = &table.shape else { return (table, None) };
    let (Some(head), Some(party)) = (table.head(), layout(&table, page).column(Column::Task)) else { return (table, None) };
    let outer = table.heads.get(..table.heads.len() - 1).unwrap_or_default();
    let rows: Vec<&LaneRow> = table.rows.iter().filter(|row| row.filled().len() > 1).collect();
    let mut heads: Vec<_> = outer.iter().map(|_| None).collect();
    // The corner names the parties, who are no longer beneath it.
    heads.push(None);
    heads.extend(rows.iter().map(|row| row.at(party)));
    let turned = columns.iter().map(|column| {
        let over = outer.iter().map(|row| row.at(*column)).chain([head.at(*column)]);
        LaneRow::new(over.chain(rows.iter().map(|row| row.at(*column))).collect(), page)
    });
    let first = outer.len() + 1;
    let shape = Shape::Columns((first..first + rows.len()).collect());
    let corner = head.at(party).or_else(|| head.filled().first().map(|(_, id)| *id));
    let others = (0..head.cells.len()).filter(|column| *column != party && !columns.contains(column));
    let said =
        others.flat_map(|column| rows.iter().filter_map(move |row| Some((row.at(party)?, head.at(column), row.at(column)?))));
    let beside = Beside { corner, said: said.collect() };
    let turned = Table { shape, heads: vec![LaneRow::new(heads, page)], rows: turned.collect(), is_turned: false };
    (turned, Some(beside))
}

/// Whether the rows of a table are parties and its columns tasks.
fn lies_down(table: &Table, page: &Page, known: &dyn Fn(&str) -> bool) -> bool {
    let Shape::Columns(columns) = &table.shape else { return false };
    let laid = layout(table, page);
    let (Some(head), Some(first)) = (table.head(), laid.column(Column::Task)) else { return false };
    // One column of letters is one party, or one task where the word for parties stands beside it.
    let corner = page.text(head.at(first));
    let least = if words::head(corner) == Some(Head::Party) { 1 } else { 2 };
    if laid.is_long || columns.len() < least || laid.all(Column::Group).count() > 0 {
        return false;
    }
    let rows: Vec<&LaneRow> = table.rows.iter().filter(|row| row.filled().len() > 1).collect();
    let texts = |cells: Vec<&str>| cells.iter().filter(|text| known(text)).count();
    let beside = texts(rows.iter().map(|row| page.text(row.at(first))).collect());
    let over = texts(columns.iter().map(|column| page.text(head.at(*column))).collect());
    // People by name, and beside each the role.
    let is_role = |column: usize| !columns.contains(&column) && words::head(page.text(head.at(column))) == Some(Head::Party);
    let people = words::is_name_head(corner) && (0..head.cells.len()).any(is_role);
    let mut score = match words::head(corner) {
        _ if people => 5,
        Some(Head::Party) => 5,
        Some(Head::Task | Head::Group) => -4,
        _ => 0,
    };
    score += if beside * 2 > rows.len() { 3 } else { 0 };
    score -= if over * 2 > columns.len() { 3 } else { 0 };
    // One A for each task, whichever way the tasks lie.
    let is_a = |row: &LaneRow, column: usize| row.kind(column) == Kind::Letters && page.text(row.at(column)).contains(['A', 'А']);
    let singles = |counts: Vec<usize>| counts.iter().filter(|count| **count == 1).count() * 100 / counts.len().max(1);
    let by_row = singles(rows.iter().map(|row| columns.iter().filter(|column| is_a(row, **column)).count()).collect());
    let by_column = singles(columns.iter().map(|column| rows.iter().filter(|row| is_a(row, *column)).count()).collect());
    score += if by_column > by_row + 30 { 2 } else { 0 };
    score -= if by_row > by_column + 10 { 2 } else { 0 };
    let words =
        |texts: Vec<&str>| texts.iter().map(|text| text.split_whitespace().count()).sum::<usize>() * 10 / texts.len().max(1);
    let (over, beside) = (
        words(columns.iter().map(|column| page.text(head.at(*column))).collect()),
        words(rows.iter().map(|row| page.text(row.at(first))).collect()),
    );
    score += i32::from(over > beside + 5) - i32::from(over < beside);
    // Without a word in the corner less tells it.
    score >= if corner.is_empty() { 2 } else { 3 }
}
