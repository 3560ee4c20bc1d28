//! What was found in a file before anything is understood: filled cells, each with its place, in grids, and the lines of
//! text around them.
//!
//! A cell stands in one list, the page's, and a grid only refers to it: a merged cell stands in several positions of a
//! grid and is still one cell. What the cells are, and the letters that the file explains, are kept here once they are known.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::Refusal;
use super::dialect::{Alphabet, Meaning};
use super::lanes::{Kind, kinds};

/// Where something stands in the file that is read.
///
/// ```
/// use rasci::import::Place;
///
/// assert_eq!(Place { sheet: None, line: 3, column: 9 }.to_string(), "line 3, column 9");
/// assert_eq!(Place { sheet: Some("RACI".into()), line: 3, column: 28 }.to_string(), "RACI!AB3");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The sheet, in a workbook.
    pub sheet: Option<String>,
    /// The line of the text, or the row of the sheet, from 1.
    pub line: u32,
    /// The column, from 1: in Unicode code points in a text, in cells in a sheet.
    pub column: u32,
}

impl Place {
    /// The name of the cell in its sheet, `AB3`; none in a text.
    #[must_use]
    pub fn cell(&self) -> Option<String> {
        self.sheet.as_ref().map(|_| format!("{}{}", letters_of(self.column), self.line))
    }

    /// The line, or the sheet and its row, as a citation gives it.
    #[must_use]
    pub fn row(&self) -> String {
        match &self.sheet {
            Some(sheet) => format!("{sheet}, row {}", self.line),
            None => format!("line {}", self.line),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.sheet, self.cell()) {
            (Some(sheet), Some(cell)) => write!(f, "{sheet}!{cell}"),
            _ => write!(f, "line {}, column {}", self.line, self.column),
        }
    }
}

/// The letters by which a sheet calls its column: A for 1, AA for 27.
pub(crate) fn letters_of(mut column: u32) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        column -= 1;
        letters.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or(0)));
        column /= 26;
    }
    letters.iter().rev().collect()
}

/// A filled cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) text: String,
    /// Whether all of it is set in bold.
    pub(crate) strong: bool,
    pub(crate) place: Place,
}

/// A filled cell, by its number on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct CellId(u32);

impl CellId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A row of positions: filled or not.
pub(crate) type Row = Vec<Option<CellId>>;

/// Cells in rows and columns.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grid {
    /// What stands over it: the heading, or the name of the sheet.
    pub(crate) title: Option<String>,
    pub(crate) rows: Vec<Row>,
}

/// A line of text outside of grids.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) place: Place,
    /// The cell that the line is, where text outside of tables is counted too.
    pub(crate) cell: Option<CellId>,
}

/// All that was found in a file.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// What the file calls itself.
    pub(crate) title: Option<String>,
    pub(crate) grids: Vec<Grid>,
    pub(crate) prose: Vec<Line>,
    /// The letters that a legend explains.
    letters: Vec<(char, Meaning)>,
    /// Every letter that any dialect, or the legend, has.
    any: Alphabet,
    /// What each cell is, once that is known.
    kinds: Vec<Kind>,
    /// Whether its cells are fields between separators, as in CSV.
    pub(crate) is_delimited: bool,
    /// Whether a table stands in a block of code.
    pub(crate) has_coded: bool,
    /// What the reader has to tell of the file.
    pub(crate) remarks: Vec<(Place, String)>,
    cells: Vec<Cell>,
    /// The comments on each cell, which are cells too.
    comments: BTreeMap<CellId, Vec<CellId>>,
    /// Comments on empty cells.
    beside: Vec<CellId>,
    positions: usize,
}

impl Page {
    /// So many positions of grids are read; no table kept by hand comes near.
    pub(crate) const POSITIONS: usize = 2_000_000;

    /// Keeps a cell where it is filled: text without blanks around it, and without characters that nobody sees.
    pub(crate) fn fill(&mut self, text: &str, strong: bool, place: Place) -> Option<CellId> {
        let text = tidied(text);
        if text.is_empty() {
            return None;
        }
        let id = CellId(u32::try_from(self.cells.len()).ok()?);
        self.cells.push(Cell { text, strong, place });
        Some(id)
    }

    /// Keeps a comment on a cell, or, where that is empty, beside none.
    pub(crate) fn comment(&mut self, on: Option<CellId>, text: &str, place: Place) {
        let Some(comment) = self.fill(text, false, place) else { return };
        match on {
            Some(cell) => self.comments.entry(cell).or_default().push(comment),
            None => self.beside.push(comment),
        }
    }

    /// The comments on a cell.
    pub(crate) fn comments(&self, cell: CellId) -> impl Iterator<Item = CellId> + '_ {
        self.comments.get(&cell).into_iter().flatten().copied()
    }

    /// All comments.
    pub(crate) fn all_comments(&self) -> BTreeSet<CellId> {
        self.beside.iter().chain(self.comments.values().flatten()).copied().collect()
    }

    /// Keeps the letters that the file explains.
    pub(crate) fn explain(&mut self, letters: Vec<(char, Meaning)>) {
        self.any = Alphabet::any(&letters);
        self.letters = letters;
        self.kinds = kinds(self);
    }

    /// What a cell is, where all are known.
    pub(crate) fn kind(&self, cell: CellId) -> Option<Kind> {
        self.kinds.get(cell.index()).copied()
    }

    pub(crate) fn letters(&self) -> &[(char, Meaning)] {
        &self.letters
    }

    pub(crate) fn any(&self) -> &Alphabet {
        &self.any
    }

    /// Counts positions that a reader is about to make.
    pub(crate) fn reserve(&mut self, positions: usize) -> Result<(), Refusal> {
        self.positions = self.positions.saturating_add(positions);
        if self.positions > Self::POSITIONS {
            return Err(Refusal::TooLarge { what: format!("more than {} cells", Self::POSITIONS) });
        }
        Ok(())
    }

    pub(crate) fn say(&mut self, text: &str, place: Place) {
        let text = tidied(text);
        if !text.is_empty() {
            self.prose.push(Line { text, place, cell: None });
        }
    }

    /// A line that is a cell too: what nobody understands of it is reported.
    pub(crate) fn say_cell(&mut self, text: &str, place: Place) {
        let cell = self.fill(text, false, place.clone());
        self.say(text, place);
        if let Some(line) = self.prose.last_mut().filter(|_| cell.is_some()) {
            line.cell = cell;
        }
    }

    pub(crate) fn cells(&self) -> &[Cell] {
        &self.cells
    }

    pub(crate) fn cell(&self, id: CellId) -> &Cell {
        const NOTHING: &Cell = &Cell { text: String::new(), strong: false, place: Place { sheet: None, line: 0, column: 0 } };
        self.cells.get(id.index()).unwrap_or(NOTHING)
    }

    /// The text of a position; empty where nothing stands.
    pub(crate) fn text(&self, id: Option<CellId>) -> &str {
        id.map_or("", |id| self.cell(id).text.as_str())
    }
}

/// Blanks as one, lines without blanks around them, nothing that takes no room.
pub(crate) fn tidied(text: &str) -> String {
    // What joins the parts of a picture, or of a word, stays.
    let unseen = |c: &char| !matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}');
    let seen: String = text.chars().filter(unseen).map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
    let lines = seen.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A text with its digits as the raised ones that plain text has.
pub(crate) fn raised(text: &str) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let raise = |c: char| c.to_digit(10).and_then(|digit| RAISED.get(digit as usize)).copied().unwrap_or(c);
    text.chars().map(raise).collect()
}

/// Line and column of a byte of a text, for many bytes in ascending or any order.
pub(crate) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    pub(crate) fn place(&self, byte: usize) -> Place {
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = self.starts.get(line.wrapping_sub(1)).copied().unwrap_or(0);
        let before = self.text.get(start..byte).map_or(0, |before| before.chars().count());
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Place { sheet: None, line: count(line.max(1)), column: count(before + 1) }
    }
}
