//! Tables that lie on their side: letters in the first column, names beside them, tasks over the names, or, where there is one
//! column of names, in the title. They are turned, so that they read as names under letters.

use std::collections::BTreeSet;

use super::lanes::{Kind, LaneRow};
use super::sheet::{CellId, Grid, Page};
use super::tables::{Shape, Table};
use super::words::{self, Duty, Head};
use crate::document::Letter;

/// A row of heads, and one for each of the five letters.
const TALLEST: usize = 6;

/// The table that starts with the first of these rows, upright, and how many of them it takes.
pub(super) fn turned(rows: &[LaneRow], page: &Page) -> Option<(usize, Table)> {
    let height = rows.iter().take(TALLEST + 1).take_while(|row| !row.is_blank()).count();
    let block = rows.get(..height).filter(|_| (2..=TALLEST).contains(&height))?;
    let first = block.iter().filter_map(|row| row.cells.iter().position(Option::is_some)).min()?;
    let beside = |row: &LaneRow| words::head_letter(page.text(row.at(first)), page.letters());
    let (head, body) = match block.split_first()? {
        (first, _) if beside(first).is_some() => (None, block),
        (first, rest) => (Some(first), rest),
    };
    let letters: Vec<Letter> = body.iter().map(beside).collect::<Option<_>>()?;
    let distinct: BTreeSet<Letter> = letters.iter().copied().collect();
    let leads = distinct.contains(&Letter::Responsible) || distinct.contains(&Letter::Accountable);
    if distinct.len() < 2 || distinct.len() < letters.len() || !leads {
        return None;
    }
    let names: Vec<usize> =
        (first + 1..block.first()?.cells.len()).filter(|column| body.iter().any(|row| row.at(*column).is_some())).collect();
    let is_read = are_names(body, &letters, &names, page)
        && match (names.as_slice(), head) {
            ([_], None) => spelled(body, first, page) && cards(page) > 1,
            ([name], Some(head)) => words::head(page.text(head.at(*name))) == Some(Head::Party),
            ([], _) | (_, None) => false,
            (_, Some(head)) => !names.iter().any(|column| explains(page.text(head.at(*column)))),
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

/// How many grids have letters, and nothing else, in their first column: one that stands alone explains them.
fn cards(page: &Page) -> usize {
    let is_card = |grid: &&Grid| {
        let mut rows = grid.rows.iter().filter_map(|row| row.iter().flatten().next()).peekable();
        rows.peek().is_some() && rows.all(|id| words::head_letter(page.text(Some(*id)), page.letters()).is_some())
    };
    page.grids.iter().filter(is_card).count()
}
