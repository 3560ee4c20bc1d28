//! Where tables are in a lane: the row of heads, and the rows that are under it.
//!
//! A row heads a table where what stands under its words is letters, or where its words are letters and names stand
//! under them. A table ends where another starts, or where after an empty row no letter follows.

use super::lanes::{Kind, LaneRow};
use super::listed::is_laid_out;
use super::lying::{leads, turned};
use super::parties::key;
use super::shapes::shape;
use super::sheet::{CellId, Page};
use super::words::{self, Head};
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
    /// Whether its letters stood beside the names, and it was turned.
    pub(crate) is_turned: bool,
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

pub(crate) fn parts(rows: &[LaneRow], page: &Page) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut stray: Vec<LaneRow> = Vec::new();
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        if is_laid_out(row, page) {
            stray.push(row.clone());
            at += 1;
            continue;
        }
        if let Some((taken, table)) = turned(rows.get(at..).unwrap_or_default(), page) {
            parts.extend(set_apart(&mut stray));
            parts.push(Part::Table(table));
            at += taken;
            continue;
        }
        let title = leads(rows.get(at..).unwrap_or_default(), page);
        let Some(shape) = shape(rows, at, page).filter(|shape| !title && can_start(rows, at, shape, page)) else {
            stray.push(row.clone());
            at += 1;
            continue;
        };
        let mut heads = heads_above(&mut stray, &shape, page);
        heads.push(row.clone());
        let ((end, last_head), shape) = end_of(rows, at, shape, &mut heads, page);
        parts.extend(set_apart(&mut stray));
        let body = rows.get(last_head + 1..end).unwrap_or_default().iter().filter(|row| !row.is_blank());
        parts.push(Part::Table(Table { shape, heads, rows: body.cloned().collect(), is_turned: false }));
        at = end;
    }
    parts.extend(set_apart(&mut stray));
    parts
}

/// The rows so far that belong to no table, where any has something in it.
fn set_apart(stray: &mut Vec<LaneRow>) -> Option<Part> {
    let rows = std::mem::take(stray);
    rows.iter().any(|row| !row.is_blank()).then_some(Part::Stray(rows))
}

/// Whether a row can be the first of a table: nothing as wide stands directly over it but words over its parties.
fn can_start(rows: &[LaneRow], at: usize, shape: &Shape, page: &Page) -> bool {
    let (Some(row), Some(above)) = (rows.get(at), at.checked_sub(1).and_then(|above| rows.get(above))) else { return true };
    let over = match shape {
        Shape::Columns(columns) => columns.iter().filter(|column| above.at(**column).is_some()).count(),
        Shape::Inverted(_) => 0,
    };
    let heads = match shape {
        Shape::Columns(columns) => over > 1 && over * 2 >= columns.len(),
        Shape::Inverted(_) => false,
    };
    is_laid_out(above, page) || above.filled().len() < row.filled().len() || heads || (over > 0 && over == above.filled().len())
}

/// The rows of heads that stand directly over the innermost one: those with words over several columns.
fn heads_above(stray: &mut Vec<LaneRow>, shape: &Shape, page: &Page) -> Vec<LaneRow> {
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

/// Where the table that starts here ends, and the last row of its heads. Rows of heads that follow directly are heads of
/// one table: the last is the innermost.
fn end_of(rows: &[LaneRow], start: usize, mut shape: Shape, heads: &mut Vec<LaneRow>, page: &Page) -> ((usize, usize), Shape) {
    let mut last_head = start;
    let mut at = start + 1;
    let mut after_blank = false;
    while let Some(row) = rows.get(at) {
        if row.is_blank() {
            after_blank = true;
        } else if let Some(next) = starts_anew(rows, at, &shape, heads, page) {
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
fn starts_anew(rows: &[LaneRow], at: usize, shape: &Shape, heads: &[LaneRow], page: &Page) -> Option<Shape> {
    let row = rows.get(at).filter(|row| !is_laid_out(row, page))?;
    // What the row itself says is seen first, since what stands under it takes longer to look at.
    if let Shape::Columns(columns) = shape {
        let of = |kinds: &[Kind]| columns.iter().filter(|column| kinds.contains(&row.kind(**column))).count();
        let (texts, letters) = (of(&[Kind::Text, Kind::Strange]), of(&[Kind::Letters]));
        let filled = row.filled();
        let told = filled.first().map_or("", |(_, id)| page.text(Some(*id)));
        let said = words::head(told).is_some();
        let mostly = texts > 0 && texts * 2 >= columns.len() && (letters == 0 || said);
        // Set apart from the table above, names of parties that look like letters are heads too.
        let parted = said && texts > 0 && is_parted(rows, at);
        if is_head_again(row, columns, page) {
            return super::shapes::shape(rows, at, page);
        }
        match heads.last().map_or(Again::No, |head| says_heads(row, head, columns, page)) {
            Again::Same => return super::shapes::shape(rows, at, page).or_else(|| Some(shape.clone())),
            Again::Corner => {
                let named = columns.iter().all(|column| words::is_name(page.text(row.at(*column))));
                return super::shapes::shape(rows, at, page).or_else(|| named.then(|| shape.clone()));
            }
            Again::Word if is_parted(rows, at) => return super::shapes::shape(rows, at, page),
            Again::Word | Again::No => {}
        }
        if filled.len() < 2 || !(mostly || parted) || !can_head(rows, at, columns, heads, page) {
            return None;
        }
    }
    let next = super::shapes::shape(rows, at, page)?;
    let Shape::Inverted(lettered) = shape else { return Some(next) };
    let columns: Vec<usize> = lettered.iter().map(|(column, _)| *column).collect();
    (matches!(next, Shape::Inverted(_)) && says_letters_anew(rows, at, &columns, heads, page)).then_some(next)
}

/// Whether a row of words for letters, under letters, heads a table. Parties can be called so too (`Support`, `Approvals`): with a task
/// before them that is no word of heads they are, unless they are the words of the heads.
fn says_letters_anew(rows: &[LaneRow], at: usize, columns: &[usize], heads: &[LaneRow], page: &Page) -> bool {
    let (Some(row), Some(head)) = (rows.get(at), heads.last()) else { return false };
    let same = |column: usize| key(page.text(row.at(column))) == key(page.text(head.at(column)));
    let corner = row.filled().first().map(|(column, _)| *column);
    corner.is_some_and(same) || columns.iter().all(|column| same(*column)) || can_head(rows, at, columns, heads, page)
}

/// Whether a row of texts where letters stand can head a table: its corner is empty or a word for what stands below it, it is
/// set apart, or the row of heads directly over it has not a word of its own for each party. Else it is a task, with texts.
fn can_head(rows: &[LaneRow], at: usize, columns: &[usize], heads: &[LaneRow], page: &Page) -> bool {
    let Some(row) = rows.get(at) else { return false };
    let filled = row.filled();
    let corner = filled.first().filter(|(column, _)| !columns.contains(column)).map_or("", |(_, id)| page.text(Some(*id)));
    let strong = filled.iter().all(|(_, id)| page.cell(*id).strong);
    let above = at.checked_sub(1).and_then(|above| rows.get(above));
    let under_heads = above.is_some_and(|above| heads.last().is_some_and(|head| head.cells == above.cells));
    let words_each =
        above.is_some_and(|above| above.filled().iter().filter(|(column, _)| columns.contains(column)).count() >= columns.len());
    corner.is_empty() || words::is_head_alone(corner) || strong || is_parted(rows, at) || (under_heads && !words_each)
}

/// Whether an empty row stands over this one, or over its title.
fn is_parted(rows: &[LaneRow], at: usize) -> bool {
    let above = |nth: usize| at.checked_sub(nth).and_then(|at| rows.get(at));
    let is_blank = |nth: usize| above(nth).is_some_and(LaneRow::is_blank);
    is_blank(1) || (is_blank(2) && above(1).is_some_and(|row| row.filled().len() == 1))
}

/// Whether a row is nothing but words of heads, one of which is for letters: `Task | Role | RACI` looks like a row of letters.
fn is_head_again(row: &LaneRow, columns: &[usize], page: &Page) -> bool {
    let head = |column: usize| words::head(page.text(row.at(column)));
    let filled = row.filled();
    filled.len() > 1
        && filled.iter().all(|(column, _)| head(*column).is_some())
        && columns.iter().any(|column| head(*column) == Some(Head::Letter))
}

/// How far a row says what heads say, though its words may read as letters: `Activity | CS | Consultants`.
enum Again {
    /// All that the heads of the table say.
    Same,
    /// What they say in the corner.
    Corner,
    /// Another word for tasks or parties in the corner, and beside it nothing that only a cell of letters is.
    Word,
    No,
}

fn says_heads(row: &LaneRow, head: &LaneRow, columns: &[usize], page: &Page) -> Again {
    let filled = row.filled();
    let Some((first, id)) = filled.first().copied().filter(|(first, _)| filled.len() > 1 && !columns.contains(first)) else {
        return Again::No;
    };
    let same = |column: usize| key(page.text(row.at(column))) == key(page.text(head.at(column)));
    if filled.iter().all(|(column, _)| same(*column)) && columns.iter().all(|column| same(*column)) {
        return Again::Same;
    }
    if same(first) {
        return Again::Corner;
    }
    if words::is_head_word(page.text(Some(id))) && columns.iter().all(|column| words::is_name(page.text(row.at(*column)))) {
        return Again::Word;
    }
    Again::No
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
