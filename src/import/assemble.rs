//! From a page to a model and a report: the steps in order, over all tables of the file.

use std::collections::{BTreeMap, BTreeSet};

use super::dialect::{Alphabet, Ambiguity, Dialect};
use super::entries::Entry;
use super::found::{Found, on_top, tables_of};
use super::lanes::{Kind, LaneRow};
use super::layout::{Column, Layout, layout};
use super::ledger::{Fate, Ledger, Remark};
use super::legend::Explanations;
use super::model::{Draft, write};
use super::outline::Outline;
use super::parties::Parties;
use super::report::{Form, Report, TableRead};
use super::rows::Reader;
use super::sheet::{CellId, Page};
use super::tables::{Shape, Table};
use super::unread::{NO_PARTY, NO_TASK, names_no_party, no_matrix};
use super::upright::{Beside, upright};
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
        return Err(no_matrix(page, Vec::new()));
    }
    if let Some(ambiguity) = found.iter().find_map(|found| two_readings(found, page)).filter(|_| dialect.is_none()) {
        return Err(ambiguity.into());
    }
    let mut explained = Explanations::default();
    for rows in &stray {
        explained.rows(rows, page);
    }
    explained.prose(page);
    let alphabet = alphabet(dialect, &explained, &found, page)?;
    let mut ledger = Ledger::of(page);
    alphabet.remarks.iter().chain(&page.remarks).for_each(|(place, text)| ledger.remark(place, text));
    let mut parties = Parties::named_by(std::mem::take(&mut explained.names));
    let footnotes = footnotes::of(page, &stray);
    let mut used = BTreeSet::new();
    let (mut outline, mut read, mut unread) = (Outline::default(), Vec::new(), Vec::new());
    let several = found.len() > 1 && found.iter().map(|found| &found.title).collect::<BTreeSet<_>>().len() > 1;
    let on_top = on_top(page, &found, &footnotes).filter(|_| page.title.is_none());
    if let Some(cell) = on_top {
        ledger.settle(cell, Fate::Task);
    }
    for Found { table, title, title_cell } in found {
        let (table, turned) = upright(table, page, &|text| parties.is_name(text));
        let laid = layout(&table, page);
        let task = title.clone().filter(|_| laid.names_no_task() && is_written(title_cell, &table, page));
        if let Some(reason) = lacks(&table, &laid, task.is_some(), page) {
            unread.extend(left_out(&table, reason, &mut ledger, page));
            continue;
        }
        let mut reader = Reader {
            page,
            alphabet: &alphabet,
            footnotes: &footnotes,
            ledger: &mut ledger,
            parties: &mut parties,
            used: &mut used,
            titled: task.clone(),
        };
        let mut entries = reader.table(&table, &laid);
        // The title of a table that is one task is that of the task.
        let is_card = task.is_some() || (table.is_turned && table.rows.iter().all(|row| row.at(0).is_none()));
        if let ([entry], Some(title), true) = (entries.as_mut_slice(), &title, is_card) {
            entry.label.title.clone_from(title);
            if let Some(cell) = title_cell {
                ledger.settle(cell, Fate::Task);
            }
        }
        tell_of_one_task(&table, turned.is_some(), task.as_deref(), &mut ledger, page);
        if let Some(beside) = &turned {
            beside.corner.iter().for_each(|corner| ledger.settle(*corner, Fate::Head));
            said_beside(beside, &mut parties, &mut ledger, page);
        }
        let told = told(&table, &laid, turned.is_some(), &entries, page);
        let over = title.as_deref().filter(|_| several && !is_card);
        // A title is in the model as that of a group, or of the model where the page has none.
        let titles = page.title.is_none() && on_top.is_none() && read.is_empty();
        if let Some(cell) = title_cell.filter(|_| several || titles || task.is_some()) {
            ledger.settle(cell, Fate::Task);
        }
        read.extend(told.map(|told| TableRead { title: title.clone(), ..told }));
        outline.add(over, entries);
    }
    let letters = outline.letters();
    if letters.is_empty() {
        return Err(no_matrix(page, unread));
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
    let holds = |entry: &&Entry, letter| entry.letters.iter().any(|(_, held)| held.contains(&letter));
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

/// What is told of a table that was read, but for its title.
fn told(table: &Table, laid: &Layout, is_transposed: bool, entries: &[Entry], page: &Page) -> Option<TableRead> {
    let form = match table.shape {
        _ if table.is_turned => Form::Lying,
        _ if is_transposed => Form::Transposed,
        _ if laid.is_long => Form::Long,
        Shape::Inverted(_) => Form::Inverted,
        Shape::Columns(_) => Form::Columns,
    };
    let (_, first) = table.heads.iter().chain(&table.rows).flat_map(LaneRow::filled).next()?;
    let groups: BTreeSet<&String> = entries.iter().flat_map(|entry| &entry.groups).map(|label| &label.title).collect();
    let rows = if laid.is_long { table.rows.len() } else { entries.iter().filter(|entry| !entry.is_group).count() };
    let parties = match form {
        Form::Columns => laid.all(Column::Letters).count(),
        _ => entries.iter().flat_map(|entry| &entry.letters).map(|(party, _)| party).collect::<BTreeSet<_>>().len(),
    };
    Some(TableRead { place: page.cell(first).place.clone(), title: None, form, rows, groups: groups.len(), parties })
}

/// What a table lacks that it says who does what.
fn lacks(table: &Table, laid: &Layout, has_title: bool, page: &Page) -> Option<&'static str> {
    let no_task = laid.names_no_task() && !has_title;
    no_task.then_some(NO_TASK).or_else(|| names_no_party(table, laid, page).then_some(NO_PARTY))
}

/// Reports all rows of a table that is not read, and says where it stands.
fn left_out(table: &Table, reason: &str, ledger: &mut Ledger, page: &Page) -> Option<Remark> {
    for row in table.heads.iter().chain(&table.rows) {
        let cells: Vec<CellId> = row.filled().into_iter().map(|(_, id)| id).collect();
        ledger.report_all(page, &cells, reason);
    }
    let (_, first) = table.heads.iter().flat_map(LaneRow::filled).next()?;
    Some(Remark { place: page.cell(first).place.clone(), text: reason.to_owned() })
}

/// Says what the one task of a table was taken from: the head of its only column of letters, or the title over it.
fn tell_of_one_task(table: &Table, is_transposed: bool, title: Option<&str>, ledger: &mut Ledger, page: &Page) {
    if let (true, [task]) = (is_transposed, table.rows.as_slice())
        && let Some((_, id)) = task.filled().first()
    {
        ledger.remark(&page.cell(*id).place, format!("`{}` is taken for the one task of the table", page.text(Some(*id))));
    }
    if let (Some(title), Some((_, first))) = (title, table.heads.iter().flat_map(LaneRow::filled).next()) {
        let text = format!("the rows name no task: the title over them, `{title}`, is taken for it");
        ledger.remark(&page.cell(first).place, text);
    }
}

/// Whether the title of a table was written over it, and is not the name of its sheet.
fn is_written(title: Option<CellId>, table: &Table, page: &Page) -> bool {
    let first = table.heads.iter().flat_map(LaneRow::filled).next();
    title.is_some() || first.is_some_and(|(_, id)| page.cell(id).place.sheet.is_none())
}

/// The head of a table of names whose word is said of R by some and of A by others, where no other head is either.
fn two_readings(found: &Found, page: &Page) -> Option<Ambiguity> {
    let Shape::Inverted(columns) = &found.table.shape else { return None };
    let leads = |letter: Letter| matches!(letter, Letter::Responsible | Letter::Accountable);
    let mut leading = columns.iter().filter(|(_, letter)| leads(*letter));
    let (Some((column, _)), None) = (leading.next(), leading.next()) else { return None };
    let cell = page.cell(found.table.head()?.at(*column)?);
    let is_open = words::is_either(&cell.text) && words::head_letter(&cell.text, page.letters()).is_none();
    let reading = |letter: Letter| (format!("{} ({})", cell.text, letter.word()), Some(cell.place.clone()));
    let letter = cell.text.chars().next().filter(|_| is_open)?;
    Some(Ambiguity { letter, readings: [reading(Letter::Responsible), reading(Letter::Accountable)] })
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
        match &table.shape {
            Shape::Columns(columns) => {
                let cells =
                    table.rows.iter().flat_map(|row| columns.iter().map(move |column| (row.kind(*column), row.at(*column))));
                let cells = cells.filter(|(kind, _)| *kind == Kind::Letters);
                used.extend(cells.flat_map(|(_, id)| letters::signs(page.text(id))));
            }
            Shape::Inverted(columns) => used.extend(columns.iter().flat_map(|(_, letter)| letter.as_str().chars())),
        }
    }
    Ok(Alphabet::unexplained(&used)?)
}

/// What a table with parties in its rows says of them goes to them.
fn said_beside(beside: &Beside, parties: &mut Parties, ledger: &mut Ledger, page: &Page) {
    for (party, head, cell) in &beside.said {
        let Some(party) = parties.known(page.text(Some(*party))) else { continue };
        if let Some(head) = head {
            ledger.settle(*head, Fate::Head);
        }
        let (head, text) = (page.text(*head), page.text(Some(*cell)));
        if words::is_nothing(text) {
            ledger.settle(*cell, Fate::Nothing);
        } else {
            parties.say(party, if head.is_empty() { text.to_owned() } else { format!("{head}: {text}") });
            ledger.settle(*cell, Fate::Note);
        }
    }
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
