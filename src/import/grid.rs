//! A grid that `rasci matrix` wrote, as CSV, as Markdown or in a workbook: what its rows say of tasks, components and
//! contexts, read back exactly.
//!
//! Its heads are words that no table kept by hand has beside each other: `task`, `part-of`, `title`. Where Markdown left some
//! out, `task` and `status` stand still, and under that one of its four words in each row. A grid tells every letter of every
//! cell, also by what it leaves to silence, so that nothing here is judged.

use std::collections::BTreeMap;

use super::Refusal;
use super::ledger::{Fate, Ledger};
use super::sheet::{CellId, Grid, Page, Row};
use crate::document::Letter;

/// Values of dimensions, all of which must hold.
pub(crate) type Alternative = Vec<(String, Vec<String>)>;

/// What a cell says in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Case {
    /// When it holds: in one of these; none means always.
    pub(crate) when: Vec<Alternative>,
    pub(crate) applies: bool,
    /// For each letter that a party holds: the parties by their columns.
    pub(crate) letters: Vec<(Letter, Vec<usize>)>,
    pub(crate) nobody: Vec<Letter>,
}

/// What a task says at a component, or, without one, at the whole system.
#[derive(Debug, Clone)]
pub(crate) struct At {
    pub(crate) component: Option<String>,
    pub(crate) row: String,
    pub(crate) cases: Vec<Case>,
    /// The cell that says that it is applicable in no context.
    pub(crate) never: Option<CellId>,
}

/// A task of a grid.
#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) id: String,
    pub(crate) part_of: Option<String>,
    pub(crate) title: String,
    pub(crate) places: Vec<At>,
}

/// A party of a grid: its id and its title.
pub(crate) type Party = (String, Option<String>);

/// A grid as it was written.
#[derive(Debug, Default)]
pub(crate) struct Written {
    pub(crate) parties: Vec<Party>,
    pub(crate) tasks: Vec<Task>,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Task,
    PartOf,
    Title,
    Component,
    When,
    Status,
    Party(usize),
    Nobody,
    Unresolved,
    Silent,
}

/// The grid of a page, where it is one; what its cells became is in the ledger.
pub(crate) fn read(page: &Page, ledger: &mut Ledger) -> Option<Result<Written, Refusal>> {
    let [Grid { rows, .. }] = page.grids.as_slice() else { return None };
    let (head, rows) =
        rows.iter().position(|row| row.iter().any(Option::is_some)).and_then(|at| rows.get(at..)?.split_first())?;
    if !is_written(head, rows, page) {
        return None;
    }
    let mut written = Written::default();
    let told = |id: &Option<CellId>| if page.is_delimited { plain(page.text(*id)) } else { page.text(*id).to_owned() };
    let columns: Vec<Option<Column>> = head.iter().map(|id| column(&told(id), &mut written.parties)).collect();
    for id in head.iter().flatten() {
        ledger.settle(*id, Fate::Head);
    }
    for row in rows.iter().filter(|row| row.iter().any(Option::is_some)) {
        if let Err(refusal) = written.take(row, &columns, page, ledger) {
            return Some(Err(refusal));
        }
    }
    Some(Ok(written))
}

/// Whether these are the heads and rows of a grid: `task`, then the words for what else may be said of a row, each where it
/// has its place or not at all, then `status`.
fn is_written(head: &Row, rows: &[Row], page: &Page) -> bool {
    const BETWEEN: [&str; 4] = ["part-of", "title", "component", "when"];
    const STATUSES: [&str; 4] = ["assigned", "nobody", "unassigned", "not-applicable"];
    let texts: Vec<&str> = head.iter().map(|id| page.text(*id)).collect();
    let (Some(status), Some((&"task", rest))) = (texts.iter().position(|text| *text == "status"), texts.split_first()) else {
        return false;
    };
    let between: Vec<&str> = rest.iter().copied().take(status - 1).collect();
    let mut places = BETWEEN.iter();
    let in_order = between.iter().all(|word| places.any(|place| place == word));
    let mut said =
        rows.iter().filter(|row| row.iter().any(Option::is_some)).map(|row| page.text(row.get(status).copied().flatten()));
    in_order && (between.starts_with(&["part-of", "title"]) || said.all(|text| STATUSES.contains(&text)))
}

/// What stands under this head; a party is taken in.
fn column(head: &str, parties: &mut Vec<Party>) -> Option<Column> {
    Some(match head {
        "" => return None,
        "task" => Column::Task,
        "part-of" => Column::PartOf,
        "title" => Column::Title,
        "component" => Column::Component,
        "when" => Column::When,
        "status" => Column::Status,
        "nobody" => Column::Nobody,
        "unresolved" => Column::Unresolved,
        "silent" => Column::Silent,
        party => {
            let named = party.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
            parties.push(named.map_or_else(|| (party.to_owned(), None), |(title, id)| (id.to_owned(), Some(title.to_owned()))));
            Column::Party(parties.len() - 1)
        }
    })
}

impl Written {
    /// Takes in a row: a case of a task at a place.
    fn take(&mut self, row: &Row, columns: &[Option<Column>], page: &Page, ledger: &mut Ledger) -> Result<(), Refusal> {
        let mut said: BTreeMap<&'static str, String> = BTreeMap::new();
        let mut case = Case { when: Vec::new(), applies: true, letters: Vec::new(), nobody: Vec::new() };
        let (mut at, mut never) = (String::new(), None);
        for (id, column) in row.iter().zip(columns).filter_map(|(id, column)| Some(((*id)?, (*column)?))) {
            let text = page.text(Some(id));
            if at.is_empty() {
                at = page.cell(id).place.row();
            }
            let bad = || bad_cell(page, id);
            case.applies &= !(column == Column::Status && text == "not-applicable");
            if column == Column::Status && !case.applies && case.when.is_empty() {
                never = Some(id);
                continue;
            }
            let named = matches!(column, Column::Task | Column::PartOf | Column::Title);
            ledger.settle(id, if named { Fate::Task } else { Fate::Letters });
            match column {
                Column::Task => drop(said.insert("task", text.to_owned())),
                Column::PartOf => drop(said.insert("part-of", text.to_owned())),
                Column::Title => {
                    drop(said.insert("title", if page.is_delimited { plain(text) } else { text.to_owned() }));
                }
                Column::Component => drop(said.insert("component", text.to_owned())),
                Column::When => case.when = alternatives(text).ok_or_else(bad)?,
                Column::Party(party) => {
                    for letter in letters(text).ok_or_else(bad)? {
                        match case.letters.iter_mut().find(|(known, _)| *known == letter) {
                            Some((_, parties)) => parties.push(party),
                            None => case.letters.push((letter, vec![party])),
                        }
                    }
                }
                Column::Nobody | Column::Unresolved => case.nobody.extend(letters(text).ok_or_else(bad)?),
                Column::Status | Column::Silent => {}
            }
        }
        let id = said.remove("task").unwrap_or_default();
        let (part_of, component) = (said.remove("part-of"), said.remove("component"));
        let title = said.remove("title").unwrap_or_default();
        if self.tasks.last().is_none_or(|task| task.id != id) && !self.tasks.iter().any(|task| task.id == id) {
            self.tasks.push(Task { id: id.clone(), part_of, title, places: Vec::new() });
        }
        let Some(task) = self.tasks.iter_mut().rfind(|task| task.id == id) else { return Ok(()) };
        match task.places.last_mut() {
            Some(place) if place.component == component => place.cases.push(case),
            _ => task.places.push(At { component, row: at, cases: vec![case], never }),
        }
        Ok(())
    }
}

fn bad_cell(page: &Page, id: CellId) -> Refusal {
    let cell = page.cell(id);
    Refusal::Format { kind: format!("a grid of `rasci matrix` with `{}` at {}, which it does not write", cell.text, cell.place) }
}

/// The letters of `R/A`.
fn letters(text: &str) -> Option<Vec<Letter>> {
    text.split('/').map(|part| Letter::ALL.into_iter().find(|letter| letter.as_str() == part)).collect()
}

/// The alternatives of `priority=P1,P2 scenario=cloud or priority=P3`.
fn alternatives(text: &str) -> Option<Vec<Alternative>> {
    let values = |part: &str| {
        let (dimension, values) = part.split_once('=')?;
        Some((dimension.to_owned(), values.split(',').map(str::to_owned).collect()))
    };
    text.split(" or ").map(|alternative| alternative.split(' ').map(values).collect()).collect()
}

/// A title without the apostrophe that keeps a spreadsheet from taking it for a formula, which only CSV needs.
fn plain(text: &str) -> String {
    let guarded = text.starts_with('\'') && text.trim_start_matches('\'').starts_with(['=', '+', '-', '@']);
    text.get(usize::from(guarded)..).unwrap_or(text).to_owned()
}
