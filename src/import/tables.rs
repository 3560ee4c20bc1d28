//! Where tables are in a lane: the row of heads, and the rows that are under it.
//!
//! A row heads a table where what stands under its words is letters, or where its words are letters and names stand
//! under them. A table ends where another starts, or where after an empty row no letter follows.

use std::collections::BTreeSet;

use super::dialect::Meaning;
use super::lanes::{Kind, LaneRow};
use super::letters::latin;
use super::sheet::{CellId, Page};
use super::words::{self, Duty, Head};
use crate::document::Letter;

/// How a table says who holds what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Letters under parties, in these columns.
    Columns(Vec<usize>),
    /// Names under letters, in these columns.
    Inverted(Vec<(usize, Letter)>),
}

/// A table: its rows of heads, outermost first, and the rows under them.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) shape: Shape,
    pub(crate) heads: Vec<LaneRow>,
    pub(crate) rows: Vec<LaneRow>,
}

impl Table {
    /// The innermost row of heads.
    pub(crate) fn head(&self) -> Option<&LaneRow> {
        self.heads.last()
    }
}

/// What a lane consists of.
#[derive(Debug)]
pub(crate) enum Part {
    Table(Table),
    /// Rows that belong to no table.
    Stray(Vec<LaneRow>),
}

/// So many rows under a row tell what it heads.
const SAMPLE: usize = 40;

pub(crate) fn parts(rows: &[LaneRow], page: &Page) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut stray: Vec<LaneRow> = Vec::new();
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        let Some(shape) = shape(rows, at, page).filter(|shape| can_start(rows, at, shape)) else {
            stray.push(row.clone());
            at += 1;
            continue;
        };
        let mut heads = heads_above(&mut stray, &shape);
        heads.push(row.clone());
        let ((end, last_head), shape) = end_of(rows, at, shape, &mut heads, page);
        if stray.iter().any(|row| !row.is_blank()) {
            parts.push(Part::Stray(std::mem::take(&mut stray)));
        }
        stray.clear();
        let body = rows.get(last_head + 1..end).unwrap_or_default();
        parts.push(Part::Table(Table { shape, heads, rows: body.iter().filter(|row| !row.is_blank()).cloned().collect() }));
        at = end;
    }
    if stray.iter().any(|row| !row.is_blank()) {
        parts.push(Part::Stray(stray));
    }
    parts
}

/// Whether a row can be the first of a table: nothing as wide stands directly over it but words over its parties.
fn can_start(rows: &[LaneRow], at: usize, shape: &Shape) -> bool {
    let (Some(row), Some(above)) = (rows.get(at), at.checked_sub(1).and_then(|above| rows.get(above))) else { return true };
    let over = match shape {
        Shape::Columns(columns) => columns.iter().filter(|column| above.at(**column).is_some()).count(),
        Shape::Inverted(_) => 0,
    };
    let heads = match shape {
        Shape::Columns(columns) => over > 1 && over * 2 >= columns.len(),
        Shape::Inverted(_) => false,
    };
    above.filled().len() < row.filled().len() || heads || (over > 0 && over == above.filled().len())
}

/// The rows of heads that stand directly over the innermost one: those with words over several columns.
fn heads_above(stray: &mut Vec<LaneRow>, shape: &Shape) -> Vec<LaneRow> {
    let Shape::Columns(columns) = shape else { return Vec::new() };
    let over = |row: &LaneRow| row.filled().iter().filter(|(column, _)| columns.contains(column)).count();
    // With a text beside its only word it is a line of its own: `Version, 1.2`.
    let is_over =
        |row: &LaneRow| over(row) > 1 || (over(row) == 1 && row.filled().len() == 1 && row.cells.iter().flatten().count() > 1);
    let mut heads = Vec::new();
    while stray.last().is_some_and(is_over) {
        heads.extend(stray.pop());
    }
    heads.reverse();
    heads
}

/// Where the table that starts here ends, and the last row of its heads. Rows of heads that follow directly are heads of
/// one table: the last is the innermost.
fn end_of(rows: &[LaneRow], start: usize, mut shape: Shape, heads: &mut Vec<LaneRow>, page: &Page) -> ((usize, usize), Shape) {
    let mut last_head = start;
    let mut at = start + 1;
    let mut after_blank = false;
    while let Some(row) = rows.get(at) {
        if row.is_blank() {
            after_blank = true;
        } else if let Some(next) = starts_anew(rows, at, &shape, page) {
            if last_head + 1 != at {
                // What leads over to the next table is no row of this one.
                let above = rows.get(last_head + 1..at).unwrap_or_default().iter().rev();
                let leading = above.take_while(|row| leads_over(row, &next)).count();
                return ((at - leading, last_head), shape);
            }
            heads.push(row.clone());
            (shape, last_head) = (next, at);
        } else if after_blank && !goes_on(rows.get(at..).unwrap_or_default(), &shape) {
            return ((at, last_head), shape);
        } else {
            after_blank = false;
        }
        at += 1;
    }
    ((at, last_head), shape)
}

/// Whether a row directly over the heads of a table is its title, or words over its parties.
fn leads_over(row: &LaneRow, shape: &Shape) -> bool {
    let filled = row.filled();
    let over = |(column, _): &(usize, CellId)| match shape {
        Shape::Columns(columns) => columns.contains(column) && matches!(row.kind(*column), Kind::Text | Kind::Strange),
        Shape::Inverted(_) => false,
    };
    filled.len() == 1 || (!filled.is_empty() && filled.iter().all(over))
}

/// The shape of the table that starts at this row, where it is a row of heads and not a row of the table above.
fn starts_anew(rows: &[LaneRow], at: usize, shape: &Shape, page: &Page) -> Option<Shape> {
    let row = rows.get(at)?;
    let next = self::shape(rows, at, page)?;
    let anew = match shape {
        Shape::Columns(columns) => {
            let of = |kinds: &[Kind]| columns.iter().filter(|column| kinds.contains(&row.kind(**column))).count();
            let (words, letters) = (of(&[Kind::Text, Kind::Strange]), of(&[Kind::Letters]));
            let told = row.filled().first().map_or("", |(_, id)| page.text(Some(*id)));
            let said = words::head(told).is_some();
            row.filled().len() > 1 && words > 0 && words * 2 >= columns.len() && (letters == 0 || said)
        }
        Shape::Inverted(_) => matches!(next, Shape::Inverted(_)),
    };
    anew.then_some(next)
}

/// Whether a letter, or a name under one, follows before the next empty row.
fn goes_on(rows: &[LaneRow], shape: &Shape) -> bool {
    let block = rows.iter().take_while(|row| !row.is_blank());
    match shape {
        Shape::Columns(columns) => {
            let says = |row: &LaneRow| {
                columns.iter().any(|column| matches!(row.kind(*column), Kind::Letters | Kind::Word | Kind::Worded))
            };
            block.into_iter().any(says)
        }
        Shape::Inverted(columns) => {
            block.into_iter().any(|row| columns.iter().filter(|(column, _)| row.at(*column).is_some()).count() > 1)
        }
    }
}

/// What this row heads; none where it heads nothing.
fn shape(rows: &[LaneRow], at: usize, page: &Page) -> Option<Shape> {
    let head = rows.get(at)?;
    let below = rows.get(at + 1..).unwrap_or_default();
    let first = below.iter().position(|row| row.filled().len() > 1)?;
    let sample: Vec<&LaneRow> = below
        .get(first..)
        .unwrap_or_default()
        .iter()
        .take_while(|row| !row.is_blank())
        .filter(|row| row.filled().len() > 1)
        .take(SAMPLE)
        .collect();
    inverted(head, &sample, page).or_else(|| columns(head, &sample, page))
}

/// Names under letters: two different ones or more, R or A among them, and under them mostly something else than letters.
fn inverted(head: &LaneRow, sample: &[&LaneRow], page: &Page) -> Option<Shape> {
    let letters: Vec<(usize, Letter)> = head
        .filled()
        .into_iter()
        .filter_map(|(column, id)| Some((column, words::head_letter(page.text(Some(id)), &page.letters)?)))
        .collect();
    let distinct: BTreeSet<Letter> = letters.iter().map(|(_, letter)| *letter).collect();
    let leads = distinct.contains(&Letter::Responsible) || distinct.contains(&Letter::Accountable);
    if distinct.len() < 2 || distinct.len() < letters.len() || !leads {
        return None;
    }
    let under = |wanted: &[Kind]| {
        let kinds = sample.iter().flat_map(|row| letters.iter().map(|(column, _)| row.kind(*column)));
        kinds.filter(|kind| wanted.contains(kind)).count()
    };
    let (names, others) = (under(&[Kind::Text, Kind::Strange, Kind::Word, Kind::Worded]), under(&[Kind::Letters]));
    // Three letters or more beside the word for tasks are heads, even where the codes of parties look like letters.
    let corner = page.text(head.at(0).filter(|_| letters.iter().all(|(column, _)| *column > 0)));
    let spelled = letters.iter().all(|(column, _)| page.text(head.at(*column)).chars().count() > 1);
    let told = distinct.len() > 2 && (spelled || words::head(corner) == Some(Head::Task));
    let is_inverted = if told { names + others > 0 } else { names > others };
    is_inverted.then_some(Shape::Inverted(letters))
}

/// Letters under parties: columns with a head, and under it mostly letters or nothing; and a column of text beside them.
fn columns(head: &LaneRow, sample: &[&LaneRow], page: &Page) -> Option<Shape> {
    let width = head.cells.len();
    let count = |column: usize, kinds: &[Kind]| sample.iter().filter(|row| kinds.contains(&row.kind(column))).count();
    let is_party = |column: usize| {
        let letters = count(column, &[Kind::Letters, Kind::Word]);
        let nearly = letters + count(column, &[Kind::Nothing, Kind::Worded]);
        let filled = sample.len() - count(column, &[Kind::Blank]);
        let told = page.text(head.at(column));
        let headed = !words::is_nothing(told);
        let noted = matches!(words::head(told), Some(Head::Note | Head::Number | Head::Within | Head::Code));
        let said = letters + count(column, &[Kind::Nothing]);
        let enough = if noted { said * 10 >= filled * 9 } else { said * 2 >= filled || nearly * 5 >= filled * 4 };
        headed && letters > 0 && enough
    };
    let told = |column: usize| words::head(page.text(head.at(column)));
    let mut found: Vec<usize> = (0..width).filter(|column| is_party(*column)).collect();
    // Beside a column of letters that is called so, one that is called a role's has codes that look like letters.
    if found.iter().any(|column| told(*column) == Some(Head::Letter)) {
        found.retain(|column| !matches!(told(*column), Some(Head::Party | Head::Task | Head::Group)));
    }
    // Codes and words in the first column can look like letters: its head says that they are names.
    let named = |column: &usize| matches!(told(*column), Some(Head::Party | Head::Task | Head::Group));
    let no_text = |column: usize| (0..column).all(|left| count(left, &[Kind::Text]) == 0);
    if found.len() > 1 && found.first().is_some_and(|column| named(column) && no_text(*column)) {
        found.remove(0);
    }
    let first = *found.first()?;
    // What stands directly under a head is letters: else the row below is the head, or one of the rows after it.
    let next = sample.iter().find(|row| found.iter().any(|column| row.at(*column).is_some()))?;
    if !found.iter().any(|column| matches!(next.kind(*column), Kind::Letters | Kind::Word | Kind::Nothing | Kind::Worded)) {
        return None;
    }
    let any = [Kind::Text, Kind::Strange, Kind::Letters, Kind::Word, Kind::Worded];
    let is_text = |column: &usize| {
        count(*column, &[Kind::Text, Kind::Strange]) * 2 >= sample.len()
            || (named(column) && count(*column, &any) * 2 >= sample.len())
    };
    let texts = (0..width).filter(|column| !found.contains(column)).filter(is_text);
    let task = texts.clone().next()?;
    // Grades, sizes, rights: letters beside others that no dialect has.
    let all = |kinds: &[Kind]| found.iter().map(|column| count(*column, kinds)).sum::<usize>();
    if all(&[Kind::Strange]) * 5 > all(&[Kind::Letters, Kind::Word, Kind::Strange]) || speaks_of_rights(sample, page) {
        return None;
    }
    let is_said = |row: &LaneRow, column: usize| matches!(row.kind(column), Kind::Letters | Kind::Word);
    let leads = |row: &&&LaneRow| found.iter().any(|column| is_said(row, *column) && leads(page.text(row.at(*column)), page));
    sample.iter().find(leads)?;
    // A row of letters is no row of heads, unless its other words say so.
    let letters = found.iter().filter(|column| matches!(head.kind(**column), Kind::Letters)).count();
    let named = page.text(head.at(task));
    if letters * 2 >= found.len() && !(named.is_empty() || words::head(named).is_some_and(|head| head != Head::Letter)) {
        return None;
    }
    // A column between or after parties that has a head and no letter is a party that holds none.
    let is_idle = |column: usize| {
        column > first
            && !words::is_nothing(page.text(head.at(column)))
            && (count(column, &[Kind::Blank, Kind::Nothing]) == sample.len()
                || (count(column, &[Kind::Nothing]) * 2 >= sample.len() && count(column, &[Kind::Text, Kind::Worded]) == 0))
            && !matches!(words::head(page.text(head.at(column))), Some(Head::Note | Head::Within | Head::Number | Head::Code))
    };
    Some(Shape::Columns((0..width).filter(|column| found.contains(column) || is_idle(*column)).collect()))
}

/// Whether a cell says R or A, or a letter that is explained as one of them.
fn leads(text: &str, page: &Page) -> bool {
    let stands_for = |c: char| {
        let said = page.letters.iter().find(|(letter, _)| *letter == c).map(|(_, meaning)| *meaning);
        matches!(said, Some(Meaning::Says(Duty::Holds(Letter::Responsible | Letter::Accountable))))
    };
    text.chars().map(latin).any(|c| matches!(c.to_ascii_uppercase(), 'R' | 'A' | 'D') || stands_for(c))
}

/// Whether cells say which of create, read, update and delete is allowed.
fn speaks_of_rights(sample: &[&LaneRow], page: &Page) -> bool {
    let cells = sample.iter().flat_map(|row| row.filled());
    let rights =
        |text: &str| text.len() > 1 && text.len() < 6 && text.chars().all(|c| "CRUD".contains(c)) && text.contains(['U', 'D']);
    cells.filter(|(_, id)| rights(page.text(Some(*id)))).count() > 0
}
