//! Tables with several rows of heads: the rows over the innermost one and those directly under it, and what stands in which.

use std::collections::BTreeSet;

use super::lanes::{Kind, LaneRow};
use super::listed::is_laid_out;
use super::sheet::Page;
use super::tables::Shape;
use super::words::{self, Head};

/// Whether a row directly under the heads has a name for each of them, and no task: `Team | Sales | CIO`, where `CIO` alone reads
/// as letters.
pub(super) fn names_heads(rows: &[LaneRow], at: usize, columns: &[usize], heads: &[LaneRow], page: &Page) -> bool {
    let (Some(row), Some(above)) = (rows.get(at), at.checked_sub(1).and_then(|above| rows.get(above))) else { return false };
    if heads.last().is_none_or(|head| head.cells != above.cells) {
        return false;
    }
    let corner = row.filled().first().filter(|(column, _)| !columns.contains(column)).map_or("", |(_, id)| page.text(Some(*id)));
    let says_who = words::is_name_head(corner)
        || words::is_team_head(corner)
        || (words::is_head_word(corner) && words::head(corner) == Some(Head::Party));
    let texts: Vec<&str> = columns.iter().map(|column| page.text(row.at(*column))).collect();
    let long = |text: &&str| text.chars().filter(|c| c.is_alphanumeric()).count() > 2;
    let is_text = |column: &usize| matches!(row.kind(*column), Kind::Text | Kind::Strange);
    let distinct: BTreeSet<&&str> = texts.iter().collect();
    (corner.is_empty() || says_who)
        && texts.iter().all(|text| !text.is_empty() && words::is_name(text))
        && (columns.iter().any(is_text) || (distinct.len() == texts.len() && texts.iter().any(long)))
}

/// The innermost heads with those above that have nothing below them, as where cells are merged: `Task` over a blank.
pub(super) fn with_those_above(heads: &mut [LaneRow], shape: &Shape, page: &Page) {
    let Shape::Columns(columns) = shape else { return };
    let Some((inner, outer)) = heads.split_last_mut() else { return };
    let mut cells = inner.cells.clone();
    for (column, cell) in cells.iter_mut().enumerate().filter(|(column, cell)| cell.is_none() && !columns.contains(column)) {
        // What also stands over parties is a title of theirs.
        let alone = |row: &LaneRow| row.at(column).filter(|id| !columns.iter().any(|other| row.at(*other) == Some(*id)));
        *cell = outer.iter().rev().find_map(alone);
    }
    if cells != inner.cells {
        *inner = LaneRow::new(cells, page);
    }
}

/// The rows of heads that stand directly over the innermost one: those with words over several columns.
pub(super) fn heads_above(stray: &mut Vec<LaneRow>, shape: &Shape, page: &Page) -> Vec<LaneRow> {
    let Shape::Columns(columns) = shape else { return Vec::new() };
    let over = |row: &LaneRow| row.filled().iter().filter(|(column, _)| columns.contains(column)).count();
    // With a text beside its only word it is a line of its own: `Version, 1.2`.
    let is_over =
        |row: &LaneRow| over(row) > 1 || (over(row) == 1 && row.filled().len() == 1 && row.cells.iter().flatten().count() > 1);
    let mut heads = Vec::new();
    while stray.last().is_some_and(|row| is_over(row) && !is_laid_out(row, page)) {
        heads.extend(stray.pop());
    }
    heads.reverse();
    heads
}
