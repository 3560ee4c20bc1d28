//! Legends that are a line, a row, or two columns, and nothing else: each part is a letter, a sign and its word. Such a list is a
//! legend also where it explains few letters, or has words that are not known.

use super::dialect::Explained;
use super::lanes::LaneRow;
use super::legend::{distinct, explained_in_row, meanings, single_letter, unknown, unknown_in_row};
use super::sheet::{Page, Place};
use super::words;

/// Fewer letters are a legend only in a list.
const ENOUGH: usize = 3;

/// Whether so much is explained that it is a legend: beside a word that is known, two others in a line of nothing else will do.
pub(super) fn is_enough(found: &[Explained]) -> bool {
    let listed: Vec<Explained> = found.iter().filter(|line| line.is_listed).cloned().collect();
    distinct(found) >= ENOUGH || is_list(&listed)
}

fn is_list(listed: &[Explained]) -> bool {
    let known = distinct(listed);
    known > 1 || (known == 1 && listed.len() >= ENOUGH)
}

/// What texts explain that are each a letter, a sign and its word: nothing where one of them is something else.
fn listed<'t>(texts: impl Iterator<Item = (&'t str, &'t Place)>) -> Vec<Explained> {
    let mut found: Vec<Explained> = Vec::new();
    for (text, place) in texts {
        let Some((letter, word)) = parted(text) else { return Vec::new() };
        let Some(other) = unknown(letter, word, place) else { return Vec::new() };
        let said = meanings(letter, word.trim_start(), place);
        found.extend(if said.is_empty() { vec![other] } else { said });
    }
    for line in &mut found {
        line.is_listed = true;
    }
    if is_list(&found) { found } else { Vec::new() }
}

/// What a line explains, where it is a list, perhaps after a word for legends: `Legend: R = Responsible, A = Accountable`.
pub(super) fn listed_in_line(text: &str, place: &Place) -> Vec<Explained> {
    let list = text.split_once(':').filter(|(head, _)| heads_list(head)).map_or(text, |(_, rest)| rest);
    listed(list.split([',', ';', '|', '·', '\n']).map(|part| (part.trim(), place)))
}

/// What the cells of a row explain, where each is a letter with its word, perhaps after a word for legends.
pub(super) fn listed_in_row(row: &LaneRow, page: &Page) -> Vec<Explained> {
    let cells = row.filled().into_iter().map(|(_, id)| page.cell(id));
    listed(
        cells.enumerate().filter(|(nth, cell)| *nth > 0 || !heads_list(&cell.text)).map(|(_, cell)| (&*cell.text, &cell.place)),
    )
}

fn heads_list(text: &str) -> bool {
    words::heads_legend(text) && !text.contains('=')
}

/// Whether a row is a legend laid out in cells: `R = Responsible | A = Accountable`. With nothing in the first column it heads letters.
pub(crate) fn is_laid_out(row: &LaneRow, page: &Page) -> bool {
    row.at(0).is_some() && row.filled().len() > 1 && !listed_in_row(row, page).is_empty()
}

/// Whether rows explain letters, one in each, and are nothing else: a legend beside a table.
pub(crate) fn is_beside(rows: &[LaneRow], page: &Page) -> bool {
    let explained = |row: &LaneRow| {
        let cells = row.filled();
        let text = cells.first().map_or("", |(_, id)| page.text(Some(*id)));
        match cells.len() {
            1 if heads_list(text) => Some(Vec::new()),
            1 | 2 => {
                let said =
                    if cells.len() == 1 || single_letter(text).is_some() { explained_in_row(row, page) } else { Vec::new() };
                let other = unknown_in_row(row, page);
                (!said.is_empty() || other.is_some()).then(|| said.into_iter().chain(other).collect())
            }
            _ => None,
        }
    };
    let found: Option<Vec<Vec<Explained>>> = rows.iter().filter(|row| !row.is_blank()).map(explained).collect();
    found.is_some_and(|found| distinct(&found.concat()) > 1)
}

/// A letter and what stands after the sign behind it.
pub(super) fn parted(text: &str) -> Option<(char, &str)> {
    let (letter, word) = text.split_once(['=', ':', '–', '—']).or_else(|| text.split_once(" - "))?;
    Some((single_letter(letter)?, word))
}
