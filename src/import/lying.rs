//! Tables that lie on their side: letters in the first column, names beside them, tasks over the names, or, where there is one
//! column of names, in the title. They are turned, so that they read as names under letters.

use std::collections::BTreeSet;

use super::lanes::{Kind, LaneRow};
use super::sheet::{CellId, Grid, Page, Row};
use super::tables::{Shape, Table};
use super::words::{self, Duty, Head};
use crate::document::Letter;

/// More rows are not letters that stand once.
const TALLEST: usize = 6;

/// So many lines of text can stand over a table.
const LINES: usize = 8;

/// The table that starts with the first of these rows, upright, and how many of them it takes.
pub(super) fn turned(rows: &[LaneRow], page: &Page) -> Option<(usize, Table)> {
    let begins = |row: &LaneRow| row.cells.iter().position(Option::is_some);
    let beside = |row: &LaneRow, column: usize| words::head_letter(page.text(row.at(column)), page.letters());
    let (head, under) = match rows.split_first().filter(|(row, _)| !row.is_blank())? {
        (row, _) if is_lettered(&row.cells, page) => (None, rows),
        (row, rest) => (Some(row), rest),
    };
    let first = begins(under.first()?).filter(|first| head.and_then(begins).is_none_or(|start| start >= *first))?;
    let letters: Vec<Letter> = under.iter().take(TALLEST).map_while(|row| beside(row, first)).collect();
    let body = under.get(..letters.len())?;
    // Below it nothing stands, or the title of another.
    let ends = under.get(letters.len()).is_none_or(|row| row.filled().len() < 2);
    let height = letters.len() + usize::from(head.is_some());
    let distinct: BTreeSet<Letter> = letters.iter().copied().collect();
    let leads = distinct.contains(&Letter::Responsible) || distinct.contains(&Letter::Accountable);
    if !ends || distinct.len() < 2 || distinct.len() < letters.len() || !leads {
        return None;
    }
    let names: Vec<usize> =
        (first + 1..under.first()?.cells.len()).filter(|column| body.iter().any(|row| row.at(*column).is_some())).collect();
    let is_read = are_names(body, &letters, &names, page)
        && match (names.as_slice(), head) {
            ([_], None) => spelled(body, first, page) && cards(page) > 1,
            ([name], Some(head)) => words::head(page.text(head.at(*name))) == Some(Head::Party),
            ([], _) | (_, None) => false,
            (_, Some(head)) => names_tasks(head, &names) && !names.iter().any(|column| explains(page.text(head.at(*column)))),
        };
    if !is_read {
        return None;
    }
    let is_card = names.len() == 1;
    let over = |column: usize| head.filter(|_| !is_card).and_then(|head| head.at(column));
    let row = |corner, column: usize| {
        LaneRow::new(std::iter::once(corner).chain(body.iter().map(|row| row.at(column))).collect(), page)
    };
    let mut heads = vec![row(head.and_then(|head| head.at(first)), first)];
    // What is over the names of a card says that they are names.
    heads.splice(
        0..0,
        head.filter(|_| is_card).map(|head| LaneRow::new(vec![None, names.first().and_then(|name| head.at(*name))], page)),
    );
    let rows = names.iter().map(|column| row(over(*column), *column)).collect();
    let shape = Shape::Inverted((1..).zip(letters).collect());
    Some((height, Table { shape, heads, rows, is_turned: true }))
}

/// Whether a row stands over the first of these rows, and heads what they are turned into: it is no title over all of it.
pub(super) fn leads(rows: &[LaneRow], page: &Page) -> bool {
    let Some((row, below)) = rows.split_first() else { return false };
    let is_line = |row: &&LaneRow| row.filled().len() < 2;
    let lines = if is_line(&row) { below.iter().take(LINES).take_while(is_line).count() } else { 0 };
    let mut below = (0..=lines).filter_map(|nth| below.get(nth..));
    below.any(|rows| rows.first().is_some_and(|head| !is_lettered(&head.cells, page)) && turned(rows, page).is_some())
}

/// Whether a letter, or a word for one, stands first in a row.
fn is_lettered(row: &Row, page: &Page) -> bool {
    row.iter().flatten().next().is_some_and(|id| words::head_letter(page.text(Some(*id)), page.letters()).is_some())
}

/// Whether a row has something over the names of each task: one text over all of them is a title.
fn names_tasks(head: &LaneRow, names: &[usize]) -> bool {
    let over: BTreeSet<CellId> = names.iter().filter_map(|column| head.at(*column)).collect();
    over.len() > 1
}

/// Whether what stands beside letters can be names: short, not all of them letters, and no words for the letters beside which they stand.
fn are_names(body: &[LaneRow], letters: &[Letter], columns: &[usize], page: &Page) -> bool {
    let mut cells: Vec<(Kind, Letter, CellId)> = Vec::new();
    for (row, letter) in body.iter().zip(letters) {
        cells.extend(columns.iter().filter_map(|column| Some((row.kind(*column), *letter, row.at(*column)?))));
    }
    let text = |id: CellId| page.text(Some(id));
    let names: Vec<&str> = cells.iter().map(|(.., id)| text(*id)).filter(|text| !words::is_nothing(text)).collect();
    let lettered = cells.iter().filter(|(kind, ..)| *kind == Kind::Letters).count();
    let words = names.iter().map(|name| name.split_whitespace().count()).sum::<usize>();
    let explains = |letter: Letter, id: CellId| {
        words::duty_by_name(text(id)) == Some(Duty::Holds(letter)) || words::is_either(text(id)) || text(id) == letter.as_str()
    };
    let explaining = cells.iter().filter(|(_, letter, id)| explains(*letter, *id)).count();
    lettered < names.len() && words <= names.len() * 4 && explaining * 2 < names.len()
}

fn explains(head: &str) -> bool {
    matches!(words::head(head), Some(Head::Note | Head::Code | Head::Letter))
}

/// Whether each letter is a word, and names beside them are written as names are: a legend says what letters mean.
fn spelled(body: &[LaneRow], first: usize, page: &Page) -> bool {
    let is_word = |row: &LaneRow| page.text(row.at(first)).chars().filter(|c| c.is_alphabetic()).count() > 1;
    let is_name = |(column, id): &(usize, CellId)| {
        let words: Vec<&str> = page.text(Some(*id)).split_whitespace().collect();
        let capital = |word: &&&str| word.starts_with(char::is_uppercase);
        *column == first || words::is_nothing(page.text(Some(*id))) || words.iter().filter(capital).count() * 2 >= words.len()
    };
    body.iter().all(|row| is_word(row) && row.filled().iter().all(is_name))
}

/// How many cards there are: grids that have letters, and nothing else, in their first column, and rows of letters under a
/// title. One that stands alone explains them.
fn cards(page: &Page) -> usize {
    let is_line = |row: &Row| row.iter().flatten().collect::<BTreeSet<_>>().len() < 2;
    let cards = |grid: &Grid| {
        let filled: Vec<&Row> = grid.rows.iter().filter(|row| row.iter().any(Option::is_some)).collect();
        if !filled.is_empty() && filled.iter().all(|row| is_lettered(row, page)) {
            return 1;
        }
        let mut runs = filled.chunk_by(|a, b| is_line(a) == is_line(b)).peekable();
        // What stands over the first title is no card.
        runs.next_if(|run| run.first().is_some_and(|row| !is_line(row)));
        runs.filter(|run| run.len() > 1 && run.iter().all(|row| is_lettered(row, page) && !is_line(row))).count()
    };
    page.grids.iter().map(cards).sum()
}
