//! Rows of a table that are no task by themselves: the titles of groups, and how deep they lie, and rows that count.

use super::lanes::{Kind, LaneRow};
use super::layout::{Column, Layout};
use super::sheet::{CellId, Page};
use super::tables::Table;

/// Whether a row has numbers where letters stand, and nothing else there: `Count of R | 3 | 0`.
pub(crate) fn counts(row: &LaneRow, layout: &Layout, page: &Page) -> bool {
    let is_number = |text: &str| text.chars().any(|c| c.is_ascii_digit()) && text.parse::<f64>().is_ok();
    let mut texts = layout.all(Column::Letters).filter_map(|column| row.at(column)).map(|id| page.text(Some(id))).peekable();
    !layout.is_long && texts.peek().is_some() && texts.all(is_number)
}

/// How many rows there are up to the last that has letters.
pub(crate) fn upto_letters(table: &Table, layout: &Layout) -> usize {
    let holds = |row: &LaneRow| layout.all(Column::Letters).any(|column| row.kind(column) == Kind::Letters);
    table.rows.iter().rposition(holds).map_or(0, |last| last + 1)
}

/// The filled cells of a row but those that only draw a line: `-----`.
pub(crate) fn told(row: &LaneRow, page: &Page) -> Vec<(usize, CellId)> {
    let is_rule = |text: &str| text.chars().count() > 2 && text.chars().all(|c| matches!(c, '-' | '–' | '—' | '=' | '_'));
    row.filled().into_iter().filter(|(_, id)| !is_rule(page.text(Some(*id)))).collect()
}

/// Whether a row has a title, perhaps with a number, and nothing else.
pub(crate) fn is_section(row: &LaneRow, layout: &Layout, page: &Page) -> bool {
    let filled = told(row, page);
    let titles = |column: &usize| {
        matches!(layout.columns.get(*column), Some(Column::Task | Column::Number | Column::Group | Column::TaskId))
    };
    match filled.as_slice() {
        [_] => !layout.is_long,
        [(a, _), (b, _)] => titles(a) && titles(b) && layout.columns.get(*a) != Some(&Column::Group) && !layout.is_long,
        _ => false,
    }
}

/// Whether a row without letters has the number that those of the row below start with: `2` over `2.1`.
pub(crate) fn numbers_those_below(row: &LaneRow, following: Option<&LaneRow>, layout: &Layout, page: &Page) -> bool {
    let Some(column) = layout.column(Column::Number).filter(|_| !layout.is_long) else { return false };
    let lettered = layout.all(Column::Letters).any(|column| row.at(column).is_some());
    let (own, next) = (page.text(row.at(column)), page.text(following.and_then(|next| next.at(column))));
    let own = own.trim_end_matches('.').strip_suffix(".0").unwrap_or(own.trim_end_matches('.'));
    !lettered && !own.is_empty() && next.strip_prefix(own).is_some_and(|rest| rest.starts_with('.') && rest.len() > 1)
}

/// Whether rows without letters are groups: the first row is one, or all other rows say something of every party. Else
/// such a row can be a task for which nobody holds a letter.
pub(crate) fn are_groups(table: &Table, layout: &Layout, page: &Page) -> bool {
    let lettered: Vec<usize> = layout.all(Column::Letters).collect();
    let rows: Vec<&LaneRow> = table.rows.iter().filter(|row| !is_section(row, layout, page)).collect();
    let blanks = rows.iter().map(|row| lettered.iter().filter(|column| row.at(**column).is_none()).count()).sum::<usize>();
    table.rows.first().is_some_and(|row| is_section(row, layout, page)) || blanks * 20 <= rows.len() * lettered.len()
}

/// How deep a title lies by the number it starts with: 1 for `2`, 2 for `2.1`; 1 without a number.
pub(crate) fn depth(text: &str) -> usize {
    let number = text.split_whitespace().next().unwrap_or("");
    let parts = number.split('.').filter(|part| !part.is_empty());
    let parts = parts.map(|part| part.chars().all(|c| c.is_ascii_digit())).collect::<Vec<bool>>();
    if parts.iter().all(|is_number| *is_number) { parts.len().max(1) } else { 1 }
}
