//! From a page to a model and a report: the steps in order, over all tables of the file.

use std::collections::{BTreeMap, BTreeSet};

use super::dialect::{Alphabet, Ambiguity, Dialect};
use super::lanes::{Kind, LaneRow, lanes};
use super::layout::{Column, layout, upright};
use super::ledger::{Fate, Ledger};
use super::legend::{Explanations, explained_in_row, single_letter};
use super::model::{Draft, write};
use super::outline::Outline;
use super::parties::Parties;
use super::report::{Form, Report, TableRead};
use super::rows::Reader;
use super::sheet::{CellId, Page};
use super::tables::{Part, Shape, Table, parts};
use super::words::{self, Head};
use super::{Imported, Refusal, footnotes, letters};
use crate::document::Letter;

/// A table with what stands over it.
struct Found {
    table: Table,
    title: Option<String>,
    title_cell: Option<CellId>,
}

impl From<Ambiguity> for Refusal {
    fn from(Ambiguity { letter, readings }: Ambiguity) -> Self {
        Self::Ambiguous { letter, readings }
    }
}

pub(super) fn assemble(file: &str, page: &Page, dialect: Option<Dialect>) -> Result<Imported, Refusal> {
    let (found, stray) = tables_of(page);
    if found.is_empty() {
        return Err(Refusal::NoMatrix { tables: page.grids.len() });
    }
    let mut explained = Explanations::default();
    for rows in &stray {
        explained.rows(rows, page);
    }
    explained.prose(page);
    let alphabet = alphabet(dialect, &explained, &found, page)?;
    let mut ledger = Ledger::of(page);
    let mut parties = Parties::named_by(std::mem::take(&mut explained.names));
    let footnotes = footnotes::of(page, &stray);
    let mut used = BTreeSet::new();
    let (mut outline, mut read) = (Outline::default(), Vec::new());
    let several = found.len() > 1 && found.iter().map(|found| &found.title).collect::<BTreeSet<_>>().len() > 1;
    for Found { table, title, title_cell } in found {
        let (table, turned) = upright(table, page, &|text| parties.is_name(text));
        let laid = layout(&table, page);
        let place =
            table.heads.iter().chain(&table.rows).flat_map(LaneRow::filled).next().map(|(_, id)| page.cell(id).place.clone());
        let mut reader = Reader {
            page,
            alphabet: &alphabet,
            footnotes: &footnotes,
            ledger: &mut ledger,
            parties: &mut parties,
            used: &mut used,
        };
        let entries = reader.table(&table, &laid);
        if let Some(corner) = turned {
            ledger.settle(corner, Fate::Head);
        }
        let form = match table.shape {
            _ if turned.is_some() => Form::Transposed,
            Shape::Inverted(_) => Form::Inverted,
            _ if laid.is_long => Form::Long,
            Shape::Columns(_) => Form::Columns,
        };
        let groups: BTreeSet<String> = entries.iter().flat_map(|entry| &entry.groups).map(|label| label.title.clone()).collect();
        let rows = if laid.is_long { table.rows.len() } else { entries.iter().filter(|entry| !entry.is_group).count() };
        let named = match form {
            Form::Columns => laid.all(Column::Letters).count(),
            _ => entries.iter().flat_map(|entry| &entry.letters).map(|(party, _)| party).collect::<BTreeSet<_>>().len(),
        };
        let over = title.as_deref().filter(|_| several);
        // A title is in the model as that of a group, or of the model where the page has none.
        if let Some(cell) = title_cell.filter(|_| several || (page.title.is_none() && read.is_empty())) {
            ledger.settle(cell, Fate::Task);
        }
        if let Some(place) = place {
            read.push(TableRead { place, title: title.clone(), form, rows, groups: groups.len(), parties: named });
        }
        outline.add(over, entries);
    }
    let letters = outline.letters();
    if letters.is_empty() {
        return Err(Refusal::NoMatrix { tables: page.grids.len() });
    }
    explained.legend_cells.iter().for_each(|id| ledger.settle(*id, Fate::Legend));
    join_names(&stray, &mut parties, &mut ledger, page);
    footnotes::settle(&used, &stray, &mut ledger, page);
    for rows in &stray {
        for row in rows {
            let cells: Vec<CellId> = row.filled().into_iter().map(|(_, id)| id).collect();
            ledger.report_all(page, &cells, "this is no part of a responsibility matrix");
        }
    }
    let holds = |entry: &&super::parties::Entry, letter| entry.letters.iter().any(|(_, held)| held.contains(&letter));
    let answered_only =
        outline.tasks().filter(|entry| holds(entry, Letter::Accountable) && !holds(entry, Letter::Responsible)).count();
    let title = page.title.clone().or_else(|| read.first().filter(|_| !several).and_then(|table| table.title.clone()));
    let text = write(&Draft { file, title: title.as_deref(), outline: &outline, parties: &parties, answered_only });
    let (fates, left, remarks) = ledger.close(page);
    let mut cells: BTreeMap<Fate, usize> = BTreeMap::new();
    for fate in fates {
        *cells.entry(fate).or_default() += 1;
    }
    let report = Report {
        file: file.to_owned(),
        dialect: alphabet.name.clone(),
        tables: read,
        tasks: outline.tasks().count(),
        parties: parties.all.len(),
        letters,
        cells,
        answered_only,
        left,
        remarks,
    };
    Ok(Imported { text, report })
}

/// The matrices of a page, and the rows that are in none.
fn tables_of(page: &Page) -> (Vec<Found>, Vec<Vec<LaneRow>>) {
    let (mut found, mut stray): (Vec<Found>, Vec<Vec<LaneRow>>) = (Vec::new(), Vec::new());
    for grid in &page.grids {
        for lane in lanes(grid, page) {
            let mut above: Option<CellId> = None;
            for part in parts(&lane, page) {
                match part {
                    Part::Table(table) if is_legend(&table, page) => {
                        stray.push(table.heads.into_iter().chain(table.rows).collect());
                        above = None;
                    }
                    Part::Table(mut table) => {
                        // Where each row is a task, a party and a letter, one that is full explains nothing.
                        let full = if says_who_does_what(&table, page) { 2 } else { 3 };
                        let below = explained_below(&mut table.rows, full, page);
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

/// Takes the rows at the end of a table that explain letters in so many cells or fewer, or are footnotes, or head such rows.
fn explained_below(rows: &mut Vec<LaneRow>, most: usize, page: &Page) -> Vec<LaneRow> {
    let mut from = rows.len();
    while let Some(row) = from.checked_sub(1).and_then(|last| rows.get(last)) {
        let filled = row.filled();
        let text = filled.first().map_or("", |(_, id)| page.text(Some(*id)));
        let explains = filled.len() <= most && !explained_in_row(row, page).is_empty();
        let marked = filled.len() == 1 && footnotes::footnote(text).is_some();
        let heads = filled.len() == 1 && from < rows.len() && words::heads_legend(text);
        if !(explains || marked || heads) {
            break;
        }
        from -= 1;
    }
    // One line that looks like a legend is a task.
    let explaining = rows.get(from..).unwrap_or_default().iter().filter(|row| !explained_in_row(row, page).is_empty()).count();
    if (1..3).contains(&explaining) { Vec::new() } else { rows.split_off(from) }
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

/// What the letters stand for: as asked, as a legend says, as the letters that are used tell.
fn alphabet(dialect: Option<Dialect>, explained: &Explanations, found: &[Found], page: &Page) -> Result<Alphabet, Refusal> {
    if let Some(dialect) = dialect {
        return Ok(Alphabet::of(dialect));
    }
    if !explained.legend.is_empty() {
        return Ok(Alphabet::explained(&explained.legend)?);
    }
    let mut used: Vec<char> = Vec::new();
    for Found { table, .. } in found {
        let Shape::Columns(columns) = &table.shape else { continue };
        let cells = table.rows.iter().flat_map(|row| columns.iter().map(move |column| (row.kind(*column), row.at(*column))));
        for (_, id) in cells.filter(|(kind, _)| *kind == Kind::Letters) {
            let text = page.text(id);
            if text.chars().filter(|c| c.is_alphabetic()).count() <= 5 {
                used.extend(text.chars().map(letters::latin).map(|c| c.to_ascii_uppercase()).filter(char::is_ascii_uppercase));
            }
        }
    }
    Ok(Alphabet::unexplained(&used)?)
}

/// Joins tables of names: what they say of a party goes to it.
fn join_names(stray: &[Vec<LaneRow>], parties: &mut Parties, ledger: &mut Ledger, page: &Page) {
    for rows in stray {
        let about = |row: &LaneRow| row.filled().iter().take(2).find_map(|(_, id)| parties.known(page.text(Some(*id))));
        let joined: Vec<Option<usize>> = rows.iter().map(about).collect();
        let Some(first) = joined.iter().position(Option::is_some) else { continue };
        let heads = first.checked_sub(1).and_then(|nth| rows.get(nth));
        // A table of names has a row for each party; another one only mentions parties.
        let once: BTreeSet<usize> = joined.iter().copied().flatten().collect();
        let times = joined.iter().flatten().count();
        let is_head = |id: CellId| matches!(words::head(page.text(Some(id))), Some(Head::Party | Head::Code));
        let headed = heads.is_some_and(|row| row.filled().iter().take(2).any(|(_, id)| is_head(*id)));
        if once.len() < times || times * 2 < rows.len().saturating_sub(1) || !headed {
            continue;
        }
        for (row, party) in rows.iter().zip(&joined) {
            let Some(party) = party else { continue };
            for (column, id) in row.filled() {
                let text = page.text(Some(id));
                if parties.known(text) == Some(*party) {
                    ledger.settle(id, Fate::Party);
                } else if words::is_nothing(text) {
                    ledger.settle(id, Fate::Nothing);
                } else if !ledger.is_settled(id) {
                    let head = heads.map_or("", |row| page.text(row.at(column)));
                    let plain = head.is_empty() || words::head(head) == Some(Head::Note);
                    parties.say(*party, if plain { text.to_owned() } else { format!("{head}: {text}") });
                    ledger.settle(id, Fate::Note);
                }
            }
        }
        if let Some(heads) = heads {
            heads.filled().into_iter().for_each(|(_, id)| ledger.settle(id, Fate::Head));
        }
    }
}
