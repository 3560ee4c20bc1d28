//! From a page to a model and a report: the steps in order, over all tables of the file.

use std::collections::{BTreeMap, BTreeSet};

use super::dialect::{Alphabet, Ambiguity, Dialect};
use super::found::{Found, on_top, tables_of};
use super::lanes::{Kind, LaneRow};
use super::layout::{Column, layout, upright};
use super::ledger::{Fate, Ledger};
use super::legend::Explanations;
use super::model::{Draft, write};
use super::outline::Outline;
use super::parties::Parties;
use super::report::{Form, Report, TableRead};
use super::rows::Reader;
use super::sheet::{CellId, Page};
use super::tables::Shape;
use super::words::{self, Head};
use super::{Imported, Refusal, footnotes, letters};
use crate::document::Letter;

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
    alphabet.remarks.iter().for_each(|(place, text)| ledger.remark(place, text));
    let mut parties = Parties::named_by(std::mem::take(&mut explained.names));
    let footnotes = footnotes::of(page, &stray);
    let mut used = BTreeSet::new();
    let (mut outline, mut read) = (Outline::default(), Vec::new());
    let several = found.len() > 1 && found.iter().map(|found| &found.title).collect::<BTreeSet<_>>().len() > 1;
    let on_top = on_top(page, &found, &footnotes).filter(|_| page.title.is_none());
    if let Some(cell) = on_top {
        ledger.settle(cell, Fate::Task);
    }
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
        let titles = page.title.is_none() && on_top.is_none() && read.is_empty();
        if let Some(cell) = title_cell.filter(|_| several || titles) {
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
    let title = page.title.clone().or_else(|| on_top.map(|cell| page.text(Some(cell)).replace('\n', " ")));
    let title = title.or_else(|| read.first().filter(|_| !several).and_then(|table| table.title.clone()));
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
