//! A grid as lanes: what stands side by side, parted by empty columns, each read for itself from top to bottom.

use std::collections::HashMap;

use super::letters::{self, Reading};
use super::listed;
use super::sheet::{CellId, Grid, Page, Row};
use super::words;

/// What a position of a lane holds, seen for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Blank,
    Nothing,
    Letters,
    /// A word that stands for a letter.
    Word,
    /// A letter with words beside it, or a word for which there are two.
    Worded,
    Text,
    /// A short word in capitals that is no letter: `B`, `CRUD`.
    Strange,
}

/// A row of a lane.
#[derive(Debug, Clone)]
pub(crate) struct LaneRow {
    pub(crate) cells: Row,
    pub(crate) kinds: Vec<Kind>,
}

impl LaneRow {
    pub(crate) fn new(cells: Row, page: &Page) -> Self {
        let kinds = cells.iter().map(|id| kind(*id, page)).collect();
        Self { cells, kinds }
    }

    pub(crate) fn at(&self, column: usize) -> Option<CellId> {
        self.cells.get(column).copied().flatten()
    }

    pub(crate) fn kind(&self, column: usize) -> Kind {
        self.kinds.get(column).copied().unwrap_or(Kind::Blank)
    }

    /// The filled cells, a merged one once, with the first column of each.
    pub(crate) fn filled(&self) -> Vec<(usize, CellId)> {
        let mut filled: Vec<(usize, CellId)> = Vec::new();
        for (column, id) in self.cells.iter().enumerate() {
            if let Some(id) = id
                && filled.last().is_none_or(|(_, last)| last != id)
            {
                filled.push((column, *id));
            }
        }
        filled
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.cells.iter().all(Option::is_none)
    }
}

/// What a cell is, before it is known what the letters of the file stand for.
fn kind(id: Option<CellId>, page: &Page) -> Kind {
    let Some(id) = id else { return Kind::Blank };
    page.kind(id).unwrap_or_else(|| kind_of(page.text(Some(id)), page))
}

/// What each cell of a page is.
pub(crate) fn kinds(page: &Page) -> Vec<Kind> {
    // Most cells of a large table say what another does.
    let mut known: HashMap<&str, Kind> = HashMap::new();
    page.cells().iter().map(|cell| *known.entry(&cell.text).or_insert_with(|| kind_of(&cell.text, page))).collect()
}

fn kind_of(text: &str, page: &Page) -> Kind {
    match letters::read(text, page.any()) {
        Reading::Nothing => Kind::Nothing,
        Reading::Letters(held) if held.spelled => Kind::Word,
        Reading::Letters(_) => Kind::Letters,
        Reading::Worded => Kind::Worded,
        // Nobody knows yet: a letter may come to stand here.
        Reading::Other if words::is_open(text) => Kind::Worded,
        Reading::Other if words::is_either(text) && !text.contains(' ') => Kind::Worded,
        Reading::Other if text.len() <= 5 && text.chars().all(|c| c.is_ascii_uppercase()) => Kind::Strange,
        Reading::Other => Kind::Text,
    }
}

/// The lanes of a grid, each a list of rows as wide as it.
pub(crate) fn lanes(grid: &Grid, page: &Page) -> Vec<Vec<LaneRow>> {
    let width = grid.rows.iter().map(Vec::len).max().unwrap_or(0);
    let rows: Vec<Row> = grid.rows.iter().map(|row| padded(row, width)).collect();
    let mut lanes: Vec<(usize, usize, Vec<Row>)> = Vec::new();
    for block in rows.split(|row| row.iter().all(Option::is_none)) {
        let spans = spans(block, width, page);
        for (from, to) in spans {
            let part = block.iter().map(|row| row.get(from..to).unwrap_or_default().to_vec());
            // What starts in the same column goes on below.
            if let Some((_, until, rows)) = lanes.iter_mut().find(|(start, _, _)| *start == from) {
                *until = to.max(*until);
                rows.push(Row::new());
                rows.extend(part);
            } else {
                lanes.push((from, to, part.collect()));
            }
        }
    }
    let lane = |(from, to, rows): (usize, usize, Vec<Row>)| {
        rows.into_iter().map(|row| LaneRow::new(padded(&row, to - from), page)).collect()
    };
    lanes.into_iter().map(lane).collect()
}

fn padded(row: &Row, width: usize) -> Row {
    let mut row = row.clone();
    row.resize(width.max(row.len()), None);
    row
}

/// The runs of columns that stand for themselves: parted by empty columns, each with text and letters of its own, or
/// names under letters.
fn spans(block: &[Row], width: usize, page: &Page) -> Vec<(usize, usize)> {
    let is_empty = |column: usize| block.iter().all(|row| row.get(column).copied().flatten().is_none());
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for column in 0..width {
        if is_empty(column) {
            continue;
        }
        match runs.last_mut() {
            Some((_, end)) if *end == column => *end = column + 1,
            _ => runs.push((column, column + 1)),
        }
    }
    let stands_alone = |(from, to): (usize, usize)| {
        let kinds: Vec<Kind> =
            block.iter().flat_map(|row| row.get(from..to).unwrap_or_default()).map(|id| kind(*id, page)).collect();
        let has = |wanted: Kind| kinds.iter().filter(|kind| **kind == wanted).count();
        // The first column of a table is text, and it has more than its head.
        let first = block.iter().filter(|row| kind(row.get(from).copied().flatten(), page) == Kind::Text).count();
        to - from > 1 && first > 1 && (has(Kind::Letters) + has(Kind::Word) > 0 || has(Kind::Text) > block.len())
    };
    let whole = || vec![(runs.first().map_or(0, |run| run.0), runs.last().map_or(0, |run| run.1))];
    let beside = |(from, to): (usize, usize)| {
        let rows = block.iter().map(|row| LaneRow::new(row.get(from..to).unwrap_or_default().to_vec(), page));
        listed::is_beside(&rows.collect::<Vec<_>>(), page)
    };
    if runs.len() > 1 && runs.iter().all(|run| stands_alone(*run) || beside(*run)) {
        return runs;
    }
    if runs.is_empty() { Vec::new() } else { whole() }
}
