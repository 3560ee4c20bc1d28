//! The matrices of a page with what stands over them, the rows that are in none, and the title of the file.

use std::collections::BTreeSet;

use super::dialect::Explained;
use super::footnotes;
use super::lanes::{Kind, LaneRow, lanes};
use super::legend::{explained_in_row, is_task, single_letter, unknown_in_row};
use super::listed::{is_beside, is_laid_out};
use super::sheet::{CellId, Page};
use super::tables::{Part, Shape, Table, parts};
use super::words::{self, Head};

/// A table with what stands over it.
pub(crate) struct Found {
    pub(crate) table: Table,
    pub(crate) title: Option<String>,
    pub(crate) title_cell: Option<CellId>,
}

/// The matrices of a page, and the rows that are in none.
pub(crate) fn tables_of(page: &Page) -> (Vec<Found>, Vec<Vec<LaneRow>>) {
    let (mut found, mut stray): (Vec<Found>, Vec<Vec<LaneRow>>) = (Vec::new(), Vec::new());
    for grid in &page.grids {
        for lane in lanes(grid, page) {
            if is_beside(&lane, page) {
                stray.push(lane);
                continue;
            }
            let mut above: Option<CellId> = None;
            for part in parts(&lane, page) {
                match part {
                    Part::Table(table) if !table.is_turned && is_legend(&table, page) => {
                        stray.push(table.heads.into_iter().chain(table.rows).collect());
                        above = None;
                    }
                    Part::Table(mut table) => {
                        // Where each row is a task, a party and a letter, one that is full explains nothing.
                        let full = if says_who_does_what(&table, page) { 2 } else { 3 };
                        let below = explained_below(&mut table.rows, full, page);
                        if table.rows.is_empty() {
                            // Letters are explained under a head, and that is all.
                            stray.push(table.heads.into_iter().chain(below).collect());
                            above = None;
                            continue;
                        }
                        if !below.is_empty() {
                            stray.push(below);
                        }
                        let title_cell = above.take();
                        let own = title_cell.map(|id| page.text(Some(id)).replace('\n', " "));
                        found.push(Found { table, title: own.or_else(|| grid.title.clone()), title_cell });
                    }
                    Part::Stray(rows) => {
                        above = title_in(&rows, page);
                        stray.push(rows);
                    }
                }
            }
        }
    }
    (found, stray)
}

/// What stands alone at the top of the file, over the first table and whatever leads to it: the title of the file.
pub(crate) fn on_top(page: &Page, found: &[Found], footnotes: &[(String, String)]) -> Option<CellId> {
    let grid = page.grids.first()?;
    let row = grid.rows.iter().find(|row| row.iter().any(Option::is_some))?;
    let mut filled: Vec<CellId> = row.iter().flatten().copied().collect();
    filled.dedup();
    let [id] = filled.as_slice() else { return None };
    let first = found.iter().flat_map(|found| found.table.heads.iter().chain(&found.table.rows)).flat_map(LaneRow::filled);
    let over = first.map(|(_, id)| id).min().is_some_and(|first| *id < first);
    let text = page.text(Some(*id));
    let plain = text.chars().count() <= 120 && footnotes::footnote(text).is_none() && !text.contains(" = ");
    let of_a_table = found.len() > 1 && found.iter().any(|found| found.title_cell == Some(*id));
    (over && plain && !of_a_table && !footnotes.iter().any(|(_, note)| note == text)).then_some(*id)
}

/// Takes the rows at the end of a table that explain letters in so many cells or fewer, or are footnotes, or head such rows.
fn explained_below(rows: &mut Vec<LaneRow>, most: usize, page: &Page) -> Vec<LaneRow> {
    let mut from = rows.len();
    let numbered = footnotes::numbered(rows, page);
    while let Some(row) = from.checked_sub(1).and_then(|last| rows.get(last)) {
        let filled = row.filled();
        let text = filled.first().map_or("", |(_, id)| page.text(Some(*id)));
        let explains =
            (filled.len() <= most || is_laid_out(row, page)) && !is_task(row, page) && explained(row, page).next().is_some();
        let marked = filled.len() == 1
            && footnotes::footnote(text).is_some_and(|(mark, _)| !footnotes::is_number(&mark) || numbered.contains(&mark));
        let heads = filled.len() == 1 && from < rows.len() && words::heads_legend(text);
        // One text over all columns that nothing follows is said of the table.
        let said = from == rows.len() && is_across(row);
        if !(explains || marked || heads || said) {
            break;
        }
        from -= 1;
    }
    // One letter that looks explained, or two in two rows, are tasks.
    let below = rows.get(from..).unwrap_or_default();
    let known = below.iter().flat_map(|row| explained_in_row(row, page)).map(|line| line.letter).collect::<BTreeSet<char>>();
    let lines = below.iter().filter(|row| explained(row, page).next().is_some()).count();
    let said = matches!(below, [row] if is_across(row));
    let enough = known.len() > 2 || (lines == 1 && known.len() == 2) || lines == 0 || said;
    if enough { rows.split_off(from) } else { Vec::new() }
}

/// Whether a row is one text over all columns.
fn is_across(row: &LaneRow) -> bool {
    row.filled().len() == 1 && row.cells.len() > 1 && row.cells.iter().all(Option::is_some)
}

/// What a row can explain, by words that are known or not.
fn explained(row: &LaneRow, page: &Page) -> impl Iterator<Item = Explained> {
    explained_in_row(row, page).into_iter().chain(unknown_in_row(row, page))
}

/// The last of these rows where it can be the title of the table below: a text alone.
fn title_in(rows: &[LaneRow], page: &Page) -> Option<CellId> {
    let last = rows.iter().rev().find(|row| !row.is_blank())?;
    match last.filled().as_slice() {
        [(_, id)] if page.text(Some(*id)).chars().count() <= 120 && !page.text(Some(*id)).contains(" = ") => Some(*id),
        _ => None,
    }
}

/// Whether a table explains letters: one letter in each row, each once, with a word for it; or a letter and its word in each
/// head.
fn is_legend(table: &Table, page: &Page) -> bool {
    if let Shape::Inverted(columns) = &table.shape {
        let is_lettered = |column: &usize| columns.iter().any(|(of, _)| of == column);
        return table.rows.iter().flat_map(LaneRow::filled).all(|(column, _)| is_lettered(&column));
    }
    if says_who_does_what(table, page) {
        return false;
    }
    // A legend has one column of letters; its words for them may be read as letters too.
    let lettered = |column: usize| {
        table.rows.iter().any(|row| row.at(column).is_some_and(|id| single_letter(page.text(Some(id))).is_some()))
    };
    let width = table.head().map_or(0, |head| head.cells.len());
    if (0..width).filter(|column| lettered(*column)).count() != 1 {
        return false;
    }
    let mut letters = BTreeSet::new();
    let mut worded = 0;
    for row in &table.rows {
        let filled = row.filled();
        let mut lettered = filled.iter().filter_map(|(_, id)| single_letter(page.text(Some(*id))));
        let (Some(letter), None) = (lettered.next(), lettered.next()) else { continue };
        // Beside it stands no cell of letters: a matrix can have tasks that start as words for letters do.
        let cells = filled.iter().filter(|(column, _)| row.kind(*column) == Kind::Letters).count();
        if cells > 1 || !letters.insert(letter) {
            return false;
        }
        let worded_cell = |(_, id): &(usize, CellId)| {
            let text = page.text(Some(*id));
            single_letter(text).is_none() && words::duty(text).is_some()
        };
        worded += usize::from(filled.iter().any(worded_cell));
    }
    worded >= 2 && worded * 5 >= table.rows.len() * 3
}

/// Whether heads name tasks and parties: such a table is no legend, whatever words those start with.
fn says_who_does_what(table: &Table, page: &Page) -> bool {
    let heads = || table.head().into_iter().flat_map(LaneRow::filled).filter_map(|(_, id)| words::head(page.text(Some(id))));
    heads().any(|head| head == Head::Task) && heads().any(|head| head == Head::Party)
}
