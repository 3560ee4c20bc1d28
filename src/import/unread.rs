//! Why there is no matrix in a file: what looks like one, and what it lacks.

use std::collections::BTreeSet;

use super::Refusal;
use super::dialect::{Alphabet, Dialect, Explained};
use super::inverted;
use super::lanes::{Kind, LaneRow};
use super::layout::{Column, Layout};
use super::ledger::{Ledger, Remark};
use super::legend;
use super::sheet::{Grid, Page};
use super::signs::is_mark;
use super::tables::{Shape, Table};
use super::words::{self, Head};

/// Why rows that say who holds a letter are not taken over.
pub(super) const NO_TASK: &str = "the rows say who holds a letter and nowhere of which task: a column of tasks is missing";

/// Why rows that say which letters a task has are not taken over.
pub(super) const NO_PARTY: &str =
    "the rows say which letters a task has and nowhere who holds them: a column or a head for each party is missing";

const TASKS_IN_CELLS: &str =
    "tasks are listed under the letters of a party: a task is read from a row, or from the head of a column, of its own";

/// That there is no matrix, with the letters for want of which there can be none: beside those of a dialect, and explained
/// nowhere.
pub(super) fn no_matrix(page: &Page, mut unread: Vec<Remark>) -> Refusal {
    let unknown = |grid: &Grid| {
        let rows: Vec<LaneRow> = grid.rows.iter().map(|row| LaneRow::new(row.clone(), page)).collect();
        let cells =
            || rows.iter().flat_map(|row| row.filled().into_iter().map(|(column, id)| (row.kind(column), page.text(Some(id)))));
        let strange: BTreeSet<char> =
            cells().filter(|(kind, text)| *kind == Kind::Strange && text.len() == 1).flat_map(|(_, text)| text.chars()).collect();
        let known = cells().filter(|(kind, _)| *kind == Kind::Letters).count();
        if known > 2 && strange.len() < 4 { strange } else { BTreeSet::new() }
    };
    unread.extend(unknown_words(page));
    unread.extend(marks(page));
    unread.extend(lists_under_parties(page));
    Refusal::NoMatrix { tables: page.grids.len(), unknown: page.grids.iter().flat_map(unknown).collect(), unread }
}

/// Lines that explain a letter of the file by a word that nobody knows.
fn unknown_words(page: &Page) -> Vec<Remark> {
    let is_open = |line: &Explained| {
        let known = words::duty_by_name(&line.word).is_some() || words::is_either(&line.word);
        !known && Alphabet::usual().duty(line.letter).is_none()
    };
    let remark = |line: Explained| {
        let Explained { letter, word, place, .. } = line;
        let text = format!(
            "`{word}` is no word for a letter that is known: write `{letter} = Responsible`, or Accountable, Support, Consulted, Informed"
        );
        Remark { place, text }
    };
    explaining(page).into_iter().filter(is_open).map(remark).collect()
}

/// Lines that explain a letter of the file, and are no legend: too few of them are understood.
pub(super) fn unheeded(page: &Page, legend: &[Explained], dialect: Option<Dialect>, ledger: &mut Ledger) {
    // Who names a dialect says what the letters are.
    let lines = if dialect.is_none() { explaining(page) } else { Vec::new() };
    for Explained { letter, word, place, .. } in lines {
        let usual = Alphabet::usual().duty(letter);
        if !legend.iter().any(|known| known.letter == letter) && words::duty_by_name(&word) != usual {
            let text =
                format!("`{letter} = {word}` is not heeded: `{letter}` is read as without it; say it in a word that is known");
            ledger.remark(&place, text);
        }
    }
}

/// A letter, `=` and a word, where more than one cell is that letter.
fn explaining(page: &Page) -> Vec<Explained> {
    let cells = page.cells().iter().map(|cell| (&cell.text, &cell.place));
    let lines = page.prose.iter().filter(|line| line.cell.is_none()).map(|line| (&line.text, &line.place));
    let with_sign = cells.chain(lines).filter(|(text, _)| text.contains('='));
    let found = with_sign.filter_map(|(text, place)| legend::unknown_in(text, place));
    found.filter(|line| page.is_used(line.letter)).collect()
}

/// Marks of a table without letters: they say that somebody holds one.
fn marks(page: &Page) -> Option<Remark> {
    let said = |text: &str| is_mark(text) && !text.chars().all(char::is_alphanumeric) || text.eq_ignore_ascii_case("x");
    let mut marks = page.cells().iter().filter(|cell| said(&cell.text));
    let (first, _, _) = (marks.next()?, marks.next()?, marks.next()?);
    let text = format!(
        "`{}` says that somebody holds a letter, and not which: write the letter, or `{0} = Responsible` beside the table",
        first.text
    );
    Some(Remark { place: first.place.clone(), text })
}

/// Whether a table has one column of letters, whose head says that they are letters and not whose.
pub(super) fn names_no_party(table: &Table, layout: &Layout, page: &Page) -> bool {
    let mut lettered = layout.all(Column::Letters);
    let (Some(column), None, Shape::Columns(_), false) = (lettered.next(), lettered.next(), &table.shape, layout.is_long) else {
        return false;
    };
    let head = page.text(table.head().and_then(|head| head.at(column)));
    words::head(head) == Some(Head::Letter)
}

/// Rows of heads under which parties stand, and tasks, or only marks, under letters.
fn lists_under_parties(page: &Page) -> Vec<Remark> {
    let mut found = Vec::new();
    for grid in &page.grids {
        let rows: Vec<LaneRow> = grid.rows.iter().map(|row| LaneRow::new(row.clone(), page)).collect();
        for (nth, row) in rows.iter().enumerate() {
            let columns = inverted::lists_under_parties(row, page);
            let Some((_, first)) = row.filled().first().copied().filter(|_| !columns.is_empty()) else { continue };
            let below = rows.get(nth + 1..).unwrap_or_default().iter();
            let mut said = below.flat_map(|row| columns.iter().filter_map(|column| row.at(*column))).peekable();
            let are_marks = said.peek().is_some() && said.all(|id| is_mark(page.text(Some(id))));
            let text = if are_marks { NO_TASK } else { TASKS_IN_CELLS };
            found.push(Remark { place: page.cell(first).place.clone(), text: text.to_owned() });
        }
    }
    found
}
